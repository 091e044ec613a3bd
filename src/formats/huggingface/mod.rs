//! Records of Hugging Face data sets: JSONL, one document a line.
//!
//! A data set on the hub is a folder of JSONL, CSV or Parquet, and nothing fixes its columns. What
//! stands here is what occurs, and what datasets 5.2.0 read and wrote of it (run).
//!
//! # A record
//!
//! ```json
//! {"text":"Ada met Bob.","entities":[{"start":0,"end":3,"label":"Person"}],"name":"1.txt"}
//! {"text":"The parcel never came.","label":"Delivery"}
//! {"text":"The parcel never came.","labels":["Delivery","Refund"]}
//! {"id":"0","tokens":["Ada","met","Bob","."],"ner_tags":["B-Person","O","B-Person","O"]}
//! ```
//!
//! - `text` is the text. `entities`, `spans`, `ner` or `annotations` are spans: objects with `start`
//!   (inclusive), `end` (exclusive) and `label`.
//! - `label` is a class, `labels` (or a list in `label`) any number of them.
//! - `tokens` are strings with a tag each in `ner_tags`, `tags`, `labels` or `ner`, as in CoNLL: the
//!   text is looked for among those that the user names, or put together of the tokens with blanks
//!   between them. Spans are written where the user does not ask for this form, since they keep the
//!   text; in this form `id` is the name of the document, and tags are strings in IOB2.
//! - A number in place of a label has its name in the features of the data set, which are not in the
//!   file: `Dataset.to_json` loses them. So numbers are not read unless the user gives the names. With
//!   them, a list with a 0 or 1 for each name is read as marks.
//! - The name of a document is `name`, `file`, `filename`, `location` or `id`; one without is called
//!   after its file and its line.
//! - `dataset` or `split` is its set, where it says train, test or one of the names of a development
//!   set.
//!
//! # The unit of the offsets
//!
//! By custom code points, since the programs that write and read these files are written in Python.
//! Where the spans of a file speak for UTF-16, that is believed.
//!
//! # Bytes
//!
//! UTF-8, LF. `load_dataset("json")` takes a byte-order mark, blank lines, CR LF and a raw U+2028 as
//! well. Every record is written with the same members, and lists are never null.

mod classes;
mod detect;
mod fix;
mod keep;
mod quick;
mod reader;
mod spans;
mod tagged;
mod tokens;
mod wire;
mod writer;

use std::io::Read;

use super::{
    Context, Editor, Format, Head, Header, Info, Layout, LedgerFacts, LedgerSource, Match,
    NewCorpus, Place, Plan, Reading, Record, TextPlace, UnitRule, Writer, inline_keep, whole,
};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Issue};
use crate::formats::ledger::{LedgerEntry, LedgerHead};
use crate::json::change::Change;
use crate::json::cut::{Cut, Lines, Outline, Sizes};
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project};
use crate::text::Unit;

/// The format.
pub struct Huggingface;

static INFO: Info = Info {
    name: "huggingface",
    title: "Hugging Face JSONL",
    extensions: &["jsonl"],
    layout: Layout::LINES,
    unit: UnitRule::Inferred {
        among: &[Unit::CodePoint, Unit::Utf16],
        written: Unit::CodePoint,
    },
    texts: TextPlace::InlineOrTokens,
    declares: false,
    splits: true,
    file_splits: true,
    kinds: &[
        Kind::EntityRecognition,
        Kind::SingleLabelClassification,
        Kind::MultiLabelClassification,
    ],
    keys: &[],
    private: &[],
};

impl Format for Huggingface {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        detect::detect(head)
    }

    fn mixes_kinds(&self) -> bool {
        false
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(Lines::new(input, sizes))
    }

    fn header(&self, outline: &Outline) -> Header {
        let mut header = Header::default();
        if outline.byte_order_mark {
            let place = Some(super::byte_order_mark());
            header.issues.push((Issue::ByteOrderMark, place));
        }
        header
    }

    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a> {
        reader::read(record, context)
    }

    fn record_pointer(&self, _project: &Project, _index: u64) -> Option<Pointer> {
        Some(Pointer::root())
    }

    fn place(
        &self,
        _project: &Project,
        (document, locator): (&Document<'_>, &Locator<'_>),
        at: At,
    ) -> Place {
        Place::Value(reader::pointer(document, locator, at))
    }

    fn editor(&self) -> Option<&dyn Editor> {
        Some(self)
    }

    fn ledger(&self) -> Option<&dyn LedgerSource> {
        Some(self)
    }

    fn sorts_spans(&self) -> bool {
        // As tokens.
        true
    }

    fn complete(&self, _plan: &mut Plan, _source: &Project, _stem: &str) {}

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::HuggingfaceWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        let path = crate::diagnostics::quote(new.path);
        let path = path.trim_matches('`');
        Some(format!(
            "load it with `load_dataset(\"json\", data_files=\"{path}\")` of the Python package datasets"
        ))
    }
}

impl Editor for Huggingface {
    fn changes(
        &self,
        _project: &Project,
        (document, locator): (&Document<'_>, &Locator<'_>),
        action: &FixAction,
    ) -> Vec<Change> {
        fix::changes(document, locator, action)
    }
}

impl LedgerSource for Huggingface {
    fn head(&self, _facts: LedgerFacts<'_>, _head: &mut LedgerHead) {}

    fn may_head(&self, head: &LedgerHead) -> bool {
        inline_keep::may_head(head)
    }

    fn may_note(&self, entry: &LedgerEntry) -> bool {
        // Members that labels or tags stand in.
        let lists = [&wire::SPANS[..], &wire::CLASSES, &wire::TAGS].concat();
        inline_keep::may_note(entry, &wire::TEXTS, &lists)
    }

    fn entries(
        &self,
        _project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) {
        keep::entries(aligned, name, &head.told, out);
    }

    fn whole(
        &self,
        _project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        _head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) -> bool {
        whole::note(aligned.document, name, out)
    }
}
