//! Label Studio: one JSON array of tasks, each with its text and what was labeled on it.
//!
//! What stands here was learned by running Label Studio 1.23.2 and the front ends of 1.2 to 1.10.1,
//! and from its SDK 2.1.2; there is no specification.
//!
//! # A file
//!
//! ```json
//! [{"data":{"text":"Ada met Bob.","name":"1.txt"},
//!   "annotations":[{"result":[{"id":"1-1","from_name":"label","to_name":"text","type":"labels",
//!     "value":{"start":0,"end":3,"labels":["Person"]}}]}]}]
//! ```
//!
//! - `data` has the text and whatever else was imported with it. Which member is the text stands in
//!   the labeling config of the project, which is not in the file: it is `text`, or the one that
//!   the user names, or the only string that is nothing else.
//! - `annotations` has what each person labeled; `completions` is its name before 1.0. One that was
//!   cancelled is no label. `"result":[]` says that there is nothing to label, no annotation that
//!   nobody has looked.
//! - `labels` of a region may be several, which are as many spans. `choices` are classes.
//! - `predictions` are a model's, and no labels.
//! - Exports add ids, times and the accounts of people.
//!
//! `JSON_MIN` exports have one object for each annotation, with the members of `data` at its top and
//! the labels under the name of their control. They are read.
//!
//! # The unit of the offsets
//!
//! Code points since front end 1.5.0, UTF-16 code units up to 1.3, and both in one document in 1.4.
//! The file does not say it. `value.text` does where it is: it is what the page displayed, so it is
//! compared without white space and without the `\n` that stand there for line ends. CR LF counts
//! two, and a byte-order mark in the text one.
//!
//! # Bytes
//!
//! Written is UTF-8 with LF, two blanks a level; no ids of tasks, no accounts, no times.

mod annotation;
mod canonical;
mod config;
mod data;
mod detect;
mod fix;
mod issues;
mod keep;
mod made;
mod min;
mod place;
mod reader;
mod region;
mod wire;
mod writer;

use std::io::Read;

use super::{
    Context, Editor, Format, Head, Header, Info, Layout, LedgerFacts, LedgerSource, Match,
    NewCorpus, Place, Plan, Reading, Record, TextPlace, UnitRule, Writer, array, whole,
};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Issue, Location};
use crate::formats::ledger::{LedgerEntry, LedgerHead};
use crate::json::change::Change;
use crate::json::cut::{Cut, Elements, Outline, Sizes};
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project};
use crate::text::Unit;

/// The format.
pub struct LabelStudio;

static INFO: Info = Info {
    name: "label-studio",
    title: "Label Studio",
    extensions: &["json"],
    layout: Layout::ITEMS,
    unit: UnitRule::Inferred {
        among: wire::AMONG,
        written: Unit::CodePoint,
    },
    texts: TextPlace::Inline,
    declares: false,
    splits: true,
    file_splits: false,
    kinds: &[
        Kind::EntityRecognition,
        Kind::SingleLabelClassification,
        Kind::MultiLabelClassification,
    ],
    keys: &[
        "annotations",
        "predictions",
        "completions",
        "annotation_id",
        "lead_time",
    ],
    private: &[
        "completed_by",
        "annotator",
        "created_username",
        "last_created_by",
        "comment_authors",
        "annotators",
        "reviewers",
        "email",
        "username",
        "first_name",
        "last_name",
        "initials",
        "avatar",
    ],
};

impl Format for LabelStudio {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        detect::detect(head)
    }

    fn may_be(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(b"{") || head.trim_ascii_start().starts_with(b"[")
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(Elements::new(input, sizes, &[&[]]).or_bare())
    }

    fn header(&self, outline: &Outline) -> Header {
        let mut header = array::header(outline, "an array of tasks, or one task");
        let mut note = |issue: Issue, bytes| {
            let location = Location {
                bytes,
                pointer: Some(Pointer::root()),
                document: None,
            };
            header.issues.push((issue, Some(location)));
        };
        if outline.byte_order_mark {
            note(issues::MARK, 0..3);
        }
        if outline.bare > 1 {
            note(issues::LINES, 0..1);
        }
        if outline.bytes == b"[]" && outline.length <= 3 {
            note(issues::EMPTY, 0..2);
        }
        header
    }

    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a> {
        reader::read(record, context)
    }

    fn record_pointer(&self, project: &Project, index: u64) -> Option<Pointer> {
        Some(array::record_pointer(project.without_array, index))
    }

    fn place(
        &self,
        _project: &Project,
        (document, _): (&Document<'_>, &Locator<'_>),
        at: At,
    ) -> Place {
        Place::Value(place::pointer(document, at))
    }

    fn editor(&self) -> Option<&dyn Editor> {
        Some(self)
    }

    fn ledger(&self) -> Option<&dyn LedgerSource> {
        Some(self)
    }

    fn complete(&self, _plan: &mut Plan, _source: &Project, _stem: &str) {}

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::LabelStudioWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        let config = config::config(new.kind, new.labels);
        Some(format!(
            "make a project of Label Studio with this labeling config, and import {} into it: \
             {config}",
            new.path
        ))
    }
}

impl Editor for LabelStudio {
    fn changes(
        &self,
        _project: &Project,
        (document, locator): (&Document<'_>, &Locator<'_>),
        action: &FixAction,
    ) -> Vec<Change> {
        fix::changes(document, locator, action)
    }
}

impl LedgerSource for LabelStudio {
    fn head(&self, _facts: LedgerFacts<'_>, _head: &mut LedgerHead) {}

    fn may_head(&self, head: &LedgerHead) -> bool {
        let is_placed = head.datastore.is_some() || head.prefix.is_some();
        head.project.is_none() && head.undeclared.is_empty() && !is_placed
    }

    fn may_note(&self, entry: &LedgerEntry) -> bool {
        keep::may_note(entry)
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
        place::is_task(aligned.document) && whole::note(aligned.document, name, out)
    }
}
