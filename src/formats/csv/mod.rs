//! Tables of texts with a class each: CSV, TSV and their kin, one document a row.
//!
//! Nobody has specified these files but for how cells are quoted (RFC 4180). What stands here was
//! learned from the files that labeling tools and spreadsheets write, and from what pandas 3.1 and
//! Hugging Face datasets 5.2 read of them.
//!
//! # A file
//!
//! ```csv
//! text,label,name,dataset
//! "He said ""hi"", twice",Refund,1.txt,Train
//! "line one
//! line two",Urgent,2.txt,Test
//! ```
//!
//! - The first row names the columns, in any order and case. `text` and `label` must be there,
//!   under one of their usual names; `name` and `dataset` may be. Other columns are kept in the
//!   file, and lost in a conversion.
//! - What parts the cells is the sign among `,` `;` tab and `|` that is most frequent in the first
//!   row. A cell may be quoted, and hold line ends then; a quote in it is doubled. Rows end with LF
//!   or CR LF, never with CR alone.
//! - The text is the cell, character for character. No offsets point into it, so there is no unit.
//! - A label is a class. An empty cell is no class. A list as Python or JSON writes it,
//!   `['Refund','Urgent']`, is several; a file with such a list anywhere is of a project with any
//!   number of classes a document, every other one of a project with one. A list of anything else
//!   is no name of a class.
//!   Where there is a column `Comments`, the table is doccano's, and `#` joins several classes.
//! - Without a column for labels each other column is a class, and marks with 1 or 0 whether a document
//!   has it.
//! - A table with a column `Url` and none for texts is that of the studio of Azure Machine Learning:
//!   the texts stand elsewhere.
//! - A document without a name is called after the file and its row: `reviews-0001.txt`. `.txt` is
//!   added to a name that does not end so.
//! - `dataset` is `train`, `test`, one of the names of a development set (`dev`, `val`, `valid`,
//!   `validation`), or empty.
//!
//! # Bytes
//!
//! Read are UTF-8 with and without a byte-order mark. Written are UTF-8 without it, `,`, LF, and
//! quotes where a cell needs them: pandas reads that back equal with `keep_default_na=False`.

mod cells;
mod detect;
mod header;
mod keep;
mod list;
mod reader;
mod rows;
mod scan;
mod wire;
mod writer;

use std::io::Read;

use super::ledger::{LedgerEntry, LedgerHead};
use super::{
    Context, Format, Head, Header, Info, Layout, LedgerFacts, LedgerSource, Match, NewCorpus,
    Place, Plan, Reading, Record, TextPlace, Told, UnitRule, Writer,
};
use crate::alignment::AlignedDocument;
use crate::json::cut::{Cut, Outline, Sizes};
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project};

/// The format.
pub struct Csv;

static INFO: Info = Info {
    name: "csv",
    title: "CSV with a class for each text",
    extensions: &["csv", "tsv"],
    layout: Layout::ROWS,
    unit: UnitRule::None,
    texts: TextPlace::Inline,
    declares: false,
    splits: true,
    file_splits: false,
    kinds: &[
        Kind::SingleLabelClassification,
        Kind::MultiLabelClassification,
    ],
    keys: &[],
    private: &[],
};

impl Format for Csv {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        if head.text.starts_with(['{', '[']) {
            return Match::No;
        }
        if let Some(what) = detect::obstacle(head.text) {
            return Match::Broken(what.to_owned());
        }
        let fits = |weight| Match::Fits(weight, "a first row with columns for texts and classes");
        detect::weight(head.text).map_or(Match::No, fits)
    }

    fn may_be(&self, head: &[u8]) -> bool {
        !head.trim_ascii_start().starts_with(b"{")
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(rows::Rows::new(input, sizes))
    }

    fn header(&self, outline: &Outline) -> Header {
        header::header(outline, Told::NOTHING)
    }

    fn header_told(&self, outline: &Outline, told: &Told) -> Header {
        header::header(outline, told)
    }

    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a> {
        reader::read(record, context)
    }

    fn record_pointer(&self, _project: &Project, _index: u64) -> Option<Pointer> {
        None
    }

    fn place(
        &self,
        project: &Project,
        (document, _): (&Document<'_>, &Locator<'_>),
        at: At,
    ) -> Place {
        Place::Bytes(reader::place(project, document, at))
    }

    fn ledger(&self) -> Option<&dyn LedgerSource> {
        Some(self)
    }

    fn complete(&self, plan: &mut Plan, _source: &Project, _stem: &str) {
        // What is put back is read again, by its columns.
        let kept = plan.restored.as_ref().and_then(keep::table);
        plan.project.table = Some(kept.unwrap_or_else(|| writer::written_table(plan.splits)));
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        let task = match new.kind {
            Some(Kind::MultiLabelClassification) => "multi-label classification",
            _ => "multi-class classification",
        };
        Some(format!(
            "give {} to AutoML of Azure ML as its training or validation data for text {task}, or read it \
             with pandas and `keep_default_na=False`",
            new.path
        ))
    }

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::CsvWriter::new(plan))
    }
}

impl LedgerSource for Csv {
    fn head(&self, facts: LedgerFacts<'_>, head: &mut LedgerHead) {
        keep::head(&facts.header.project, head);
    }

    fn may_head(&self, head: &LedgerHead) -> bool {
        keep::may_head(head)
    }

    fn may_note(&self, entry: &LedgerEntry) -> bool {
        keep::may_note(entry)
    }

    fn entries(
        &self,
        project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        _head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) {
        let label = writer::classes(aligned.document);
        keep::entries(project, aligned, name, &label, out);
    }

    fn whole(
        &self,
        project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) -> bool {
        keep::note_whole((project, head), aligned.document, name, out)
    }
}
