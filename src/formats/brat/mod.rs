//! brat standoff: a folder of texts, each with the labels on it in a file beside it.
//!
//! Facts are from brat's source, its parser run on 35 files and its page in a browser
//! (nlplab/brat, commit 44ecd825 of 2021, the last one).
//!
//! # A folder
//!
//! ```text
//! annotation.conf      the labels
//! a.txt                a text, UTF-8
//! a.ann                the labels on it, UTF-8
//! train/b.txt
//! train/b.ann
//! ```
//!
//! A record is one `.ann` file. A text without one is not shown by brat. An empty one is a document
//! without labels: tools make them beforehand, so it is no proof that somebody looked.
//!
//! # A file
//!
//! ```text
//! T1⇥Person 0 9⇥Ada Byron
//! T2⇥Person 23 27;28 31⇥Bob. She
//! R1⇥Knows Arg1:T1 Arg2:T2
//! ```
//!
//! - A line is an ID, a tab, and what the ID's letter says. `T` is a label on text: type, start and
//!   exclusive end, a tab and the text that it covers. The others are relations (`R`, `*`), events
//!   (`E`), attributes (`A`, `M`), normalizations (`N`) and notes (`#`), which are counted, and lost in
//!   other formats. A `T` by which an event is told goes with the event.
//! - Offsets count code points; CR LF is two, a byte-order mark is one. Files of release 1.3 (2012)
//!   count UTF-16. The covered text says which, label by label.
//! - A label of several stretches has them parted by `;`, and in the covered text by one blank. No
//!   covered text goes over a line break, so brat writes a label that does as one stretch a line.
//!   Stretches with nothing but white space between them are read as one span.
//! - `train`, `dev` and `test` at the top of the folder are sets.
//!
//! # Bytes
//!
//! Written are `T1`, `T2`, … in the order of the labels, LF, no byte-order mark; code points; a label
//! with line breaks as one stretch a line, without white space at the breaks; the texts byte for byte;
//! `annotation.conf` with its four sections. Blanks in names of labels become `_`.

mod config;
mod keep;
mod reader;
mod wire;
mod writer;

use std::io::Read;

use super::ledger::{LedgerEntry, LedgerHead};
use super::{
    Context, Format, Head, Header, Info, Layout, LedgerFacts, LedgerSource, Match, NewCorpus,
    Place, Plan, Reading, Record, TextPlace, UnitRule, Writer,
};
use crate::alignment::AlignedDocument;
use crate::json::cut::{Cut, Outline, Sizes, Whole};
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project};
use crate::text::Unit;

/// The format.
pub struct Brat;

static INFO: Info = Info {
    name: "brat",
    title: "brat standoff",
    extensions: &["ann"],
    layout: Layout::folder(wire::CONFIG),
    unit: UnitRule::Inferred {
        among: wire::UNITS,
        written: Unit::CodePoint,
    },
    texts: TextPlace::Files,
    declares: true,
    splits: true,
    file_splits: false,
    kinds: &[Kind::EntityRecognition],
    keys: &[],
    private: &[],
};

impl Format for Brat {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        let mut lines = wire::lines(head.text).map(|line| wire::entry(line.text));
        let is_label = |entry: &wire::Entry<'_>| matches!(entry, wire::Entry::Text(read) if !read.fragments.is_empty());
        let is_known =
            |entry: &wire::Entry<'_>| !matches!(entry, wire::Entry::Other | wire::Entry::Blank);
        match lines.next() {
            Some(first) if is_known(&first) => {
                if is_label(&first) || lines.take(20).any(|entry| is_label(&entry)) {
                    Match::Fits(2, "lines of labels with IDs, offsets and covered texts")
                } else {
                    Match::Perhaps("lines with IDs")
                }
            }
            _ => Match::No,
        }
    }

    fn may_be(&self, head: &[u8]) -> bool {
        !head.trim_ascii_start().starts_with(b"{")
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(Whole::record(input, sizes))
    }

    fn header(&self, outline: &Outline) -> Header {
        config::header(outline)
    }

    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a> {
        reader::read(record, context)
    }

    fn declares(&self, project: &Project) -> bool {
        !project.declared.is_empty()
    }

    fn has_splits(&self, _project: &Project, stems: &[String]) -> bool {
        stems.iter().any(|stem| wire::set_of(stem).is_some())
    }

    fn record_pointer(&self, _project: &Project, _index: u64) -> Option<Pointer> {
        None
    }

    fn place(
        &self,
        _project: &Project,
        (document, _): (&Document<'_>, &Locator<'_>),
        at: At,
    ) -> Place {
        Place::Bytes(reader::place(document, at))
    }

    fn ledger(&self) -> Option<&dyn LedgerSource> {
        Some(self)
    }

    fn complete(&self, _plan: &mut Plan, _source: &Project, _stem: &str) {}

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::BratWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        Some(format!(
            "put the folder {} below `data` of brat's server, and open it there; `annotation.conf` in it \
             has the labels",
            new.path
        ))
    }
}

impl LedgerSource for Brat {
    fn head(&self, facts: LedgerFacts<'_>, head: &mut LedgerHead) {
        head.project.clone_from(&facts.header.raw);
    }

    fn may_head(&self, head: &LedgerHead) -> bool {
        keep::may_head(head)
    }

    fn may_note(&self, entry: &LedgerEntry) -> bool {
        keep::may_note(entry)
    }

    fn kind(&self, _head: &LedgerHead) -> Option<Kind> {
        Some(Kind::EntityRecognition)
    }

    fn entries(
        &self,
        _project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        _head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) {
        keep::entries(aligned, name, out);
    }
}
