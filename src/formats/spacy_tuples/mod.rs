//! Training tuples of spaCy: pairs of a text and its annotations, in JSON.
//!
//! What stands here was learned from spaCy 3.8.18, which was run (`Example.from_dict`), and from
//! files of ner-annotator (tecoholic).
//!
//! # A file
//!
//! ```json
//! [
//!   ["Ada met Bob.", {"entities": [[0, 3, "Person"], [8, 11, "Person"]]}],
//!   ["money back", {"cats": {"Refund": 1.0, "Urgent": 0.0}}]
//! ]
//! ```
//!
//! - Each item is an array of a text and an object. So is each line of JSONL, which is read too. An
//!   object with `annotations` holds the array of pairs; `classes` beside it declares the labels.
//!   There `null` stands for a text that somebody passed over.
//! - `entities` are arrays of start, exclusive end and label. spaCy refuses entities that overlap
//!   (`E103`), and drops those that begin or end inside a token (`W030`).
//! - `cats` has a number for each class, which is one of the text from a half on. Classes that it
//!   does not name are not learned from the text, so all of them are written.
//! - `spans` has groups of spans, which may overlap.
//! - An object without any of them is a text without annotations: spaCy learns nothing from it.
//! - Nothing says what a document is called, nor which set it belongs to.
//!
//! The file with `TRAIN_DATA` that older tutorials have is Python and no JSON.
//!
//! # The unit of the offsets
//!
//! Code points, as in [`super::spacy`]. Pages that write such files in a browser count UTF-16, so the
//! evidence decides.
//!
//! # Bytes
//!
//! UTF-8. Written are two blanks a level, as Python's `json.dump(…, indent=2, ensure_ascii=False)`
//! does, and one LF at the end.

mod cut;
mod fix;
mod header;
mod keep;
mod place;
mod reader;
mod wire;
mod writer;

use std::io::Read;

use super::{
    Context, Editor, Format, Head, Header, Info, Layout, LedgerFacts, LedgerSource, Match,
    NewCorpus, Place, Plan, Reading, Record, TextPlace, UnitRule, Writer,
};
use crate::alignment::AlignedDocument;
use crate::diagnostics::FixAction;
use crate::formats::ledger::{LedgerEntry, LedgerHead};
use crate::json::change::Change;
use crate::json::cut::{Cut, Outline, Sizes};
use crate::json::{Kind as JsonKind, Locator, Node, Pointer};
use crate::model::{At, Document, Kind, Project};
use crate::text::Unit;

/// The format.
pub struct SpacyTuples;

/// What offsets may count.
const AMONG: [Unit; 2] = [Unit::CodePoint, Unit::Utf16];

static INFO: Info = Info {
    name: "spacy-tuples",
    title: "spaCy training tuples",
    extensions: &["json", "jsonl"],
    layout: Layout::ITEMS,
    unit: UnitRule::Inferred {
        among: &AMONG,
        written: Unit::CodePoint,
    },
    texts: TextPlace::Inline,
    declares: false,
    splits: false,
    file_splits: true,
    kinds: &[
        Kind::EntityRecognition,
        Kind::SingleLabelClassification,
        Kind::MultiLabelClassification,
    ],
    keys: &["classes", "annotations"],
    private: &[],
};

impl Format for SpacyTuples {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        detect(head)
    }

    fn may_be(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(b"[") || head.trim_ascii_start().starts_with(b"{")
    }

    fn has_names(&self) -> bool {
        false
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(cut::Pairs::new(input, sizes))
    }

    fn header(&self, outline: &Outline) -> Header {
        header::header(outline)
    }

    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a> {
        reader::read(record, context)
    }

    fn record_pointer(&self, project: &Project, index: u64) -> Option<Pointer> {
        let root = Pointer::root();
        if project.without_array {
            return Some(root);
        }
        let holder = project
            .records_key
            .map_or(root.clone(), |key| root.key(key));
        Some(holder.item(index))
    }

    fn place(
        &self,
        _project: &Project,
        (document, locator): (&Document<'_>, &Locator<'_>),
        at: At,
    ) -> Place {
        Place::Value(place::pointer(document, locator, at))
    }

    fn editor(&self) -> Option<&dyn Editor> {
        Some(self)
    }

    fn ledger(&self) -> Option<&dyn LedgerSource> {
        Some(self)
    }

    fn complete(&self, _plan: &mut Plan, _source: &Project, _stem: &str) {}

    fn lists_labels(&self) -> bool {
        true
    }

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::TuplesWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        Some(format!(
            "in Python, `[Example.from_dict(nlp.make_doc(text), labels) for text, labels in \
             json.load(open(\"{}\", encoding=\"utf-8\"))]` makes examples to train on (`from \
             spacy.training import Example`)",
            new.path
        ))
    }
}

/// How much a file's beginning looks like pairs of a text and its annotations.
fn detect(head: &Head<'_>) -> Match {
    const SIGN: &str = "pairs of a text and an object with its annotations";
    let text = head.text;
    if text.starts_with('{') {
        let holds = head.known(&["annotations"]) > 0 && head.known(&["classes"]) > 0;
        let first = text.split_once("\"annotations\"").map(|(_, rest)| rest);
        let first = first.and_then(|rest| rest.trim_start().strip_prefix(':'));
        let first = first.and_then(|rest| rest.trim_start().strip_prefix('['));
        let begins = first.is_some_and(|rest| rest.trim_start().starts_with(['[', 'n', ']']));
        return if holds && begins {
            Match::Fits(
                2,
                "an object with `classes` and `annotations` that are pairs",
            )
        } else {
            Match::No
        };
    }
    let Some(inner) = text.strip_prefix('[') else {
        return Match::No;
    };
    if inner.trim_start().starts_with('"') {
        // A pair a line; the items of the first line are no records then.
        let line = text.lines().find_map(|line| Node::parse(line).ok());
        return match line {
            Some(line) if is_pair(&line) => Match::Fits(2, SIGN),
            _ => Match::No,
        };
    }
    if head.records().iter().any(is_pair) {
        return Match::Fits(2, SIGN);
    }
    Match::No
}

/// Whether a value is an array of a text and an object with annotations, or without any.
fn is_pair(value: &Node<'_>) -> bool {
    let items = value.items();
    let [text, annotations, ..] = items.as_slice() else {
        return false;
    };
    let members = annotations.members();
    let is_known = |name: &str| members.iter().any(|member| member.key() == name);
    text.kind() == JsonKind::String
        && annotations.kind() == JsonKind::Object
        && (members.is_empty() || wire::MEMBERS.iter().any(|name| is_known(name)))
}

impl Editor for SpacyTuples {
    fn changes(
        &self,
        _project: &Project,
        (document, locator): (&Document<'_>, &Locator<'_>),
        action: &FixAction,
    ) -> Vec<Change> {
        fix::changes(document, locator, action)
    }
}

impl LedgerSource for SpacyTuples {
    fn head(&self, _facts: LedgerFacts<'_>, _head: &mut LedgerHead) {}

    fn may_head(&self, head: &LedgerHead) -> bool {
        head.project.is_none() && head.datastore.is_none() && head.undeclared.is_empty()
    }

    fn may_note(&self, entry: &LedgerEntry) -> bool {
        keep::may_note(entry)
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
