//! Records of Prodigy, and of spaCy's `Doc.to_json`: JSONL, one text a line.
//!
//! Prodigy is no public program. What stands here was learned from its documentation
//! (prodi.gy/docs/api-interfaces), from 7,004 records that it has written
//! (explosion/prodigy-recipes, 428bccb5), and from spaCy 3.8.18, which was run.
//!
//! # A record
//!
//! ```json
//! {"text":"Ada met Bob.","spans":[{"start":0,"end":3,"label":"Person"}],"meta":{"file":"1.txt"},"answer":"accept"}
//! ```
//!
//! - `text` is the text itself.
//! - `spans` are labels with a place: `start` inclusive, `end` exclusive. `token_start` and the
//!   inclusive `token_end` count tokens, and follow from the text and `tokens`.
//! - `answer` is `accept`, `reject` or `ignore`. Only what was accepted is a label. A record without
//!   it is one where it has labels, or a list of them.
//! - `spans` may be absent from an accepted record: then the text was looked at, and has none.
//! - A record of text classification has `label`, and the answer says whether it is that. One with
//!   `options` has in `accept` those that were chosen. `cats` has a number for each class, which
//!   is one of the text from a half on.
//! - `Doc.to_json` has its spans in `ents`, or in the groups of `spans`, which is an object then.
//! - `meta` is free. `file` or `name` in it, or `file` beside it, is the name of the document;
//!   `dataset` in it is the set that it belongs to.
//! - A record may have any other member.
//!
//! # The unit of the offsets
//!
//! Code points: `Doc.char_span` of spaCy 3.8.18 found 34 of 37 spans by them (the other three begin or
//! end inside a token), and none behind an emoji by UTF-16. Scripts in other languages than Python
//! write UTF-16 all the same, so the evidence decides.
//!
//! # Bytes
//!
//! UTF-8, one object a line. Written is what the example shows, without tokens: those would not
//! be the tokenizer's that the file goes to.

mod fix;
mod keep;
mod place;
mod reader;
mod wire;
mod writer;

use std::io::Read;

use super::{
    Context, Editor, Format, Head, Header, Info, Layout, LedgerFacts, LedgerSource, Match,
    NewCorpus, Place, Plan, Reading, Record, TextPlace, UnitRule, Writer, whole,
};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Issue};
use crate::formats::ledger::{LedgerEntry, LedgerHead};
use crate::json::change::Change;
use crate::json::cut::{Cut, Lines, Outline, Sizes};
use crate::json::{Kind as JsonKind, Locator, Node, Pointer};
use crate::model::{At, Document, Kind, Project};
use crate::text::Unit;

/// The format.
pub struct Spacy;

static INFO: Info = Info {
    name: "spacy",
    title: "spaCy and Prodigy",
    extensions: &["jsonl"],
    layout: Layout::LINES,
    unit: UnitRule::Inferred {
        among: &wire::AMONG,
        written: Unit::CodePoint,
    },
    texts: TextPlace::Inline,
    declares: false,
    splits: true,
    file_splits: true,
    kinds: &[
        Kind::EntityRecognition,
        Kind::SingleLabelClassification,
        Kind::MultiLabelClassification,
    ],
    keys: &[
        "_input_hash",
        "_task_hash",
        "_view_id",
        "_session_id",
        "_annotator_id",
        "answer",
        "spans",
        "ents",
    ],
    private: &["_annotator_id", "_session_id"],
};

impl Format for Spacy {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        detect(head)
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(Lines::new(input, sizes))
    }

    fn header(&self, outline: &Outline) -> Header {
        let mut header = Header::default();
        if outline.byte_order_mark {
            header
                .issues
                .push((Issue::ByteOrderMark, Some(super::byte_order_mark())));
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
        Box::new(writer::SpacyWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        Some(format!(
            "`prodigy db-in NAME {}` puts it into Prodigy's database as the dataset NAME; for `spacy \
             train`, convert it to `docbin`",
            new.path
        ))
    }
}

/// How much a file's beginning looks like records of Prodigy or spaCy.
fn detect(head: &Head<'_>) -> Match {
    let records = head.records();
    if head.text.starts_with('[') {
        let is_old = |record: &Node<'_>| {
            let members = record.members();
            let paragraphs = members.iter().find(|member| member.key() == "paragraphs");
            paragraphs.is_some_and(|member| member.value.kind() == JsonKind::Array)
        };
        // One long document may be all that there is of it.
        let begins = |text: &str| text.contains("\"paragraphs\"") && text.contains("\"sentences\"");
        if records.iter().any(is_old) || records.is_empty() && begins(head.text) {
            let what = "training data of spaCy 2 (`paragraphs`), of which `python -m spacy convert \
                        FILE.json .` makes a `.spacy` file of today";
            return Match::Broken(what.to_owned());
        }
        return Match::No;
    }
    if head.known(&wire::MARKS) > 0 && head.known(&["text"]) > 0 {
        return Match::Fits(2, "records with `_input_hash` or another mark of Prodigy");
    }
    let has = |name: &str, is: &dyn Fn(Node<'_>) -> bool| {
        records.iter().any(|record| {
            let members = record.members();
            let mut found = members.iter().filter(|member| member.key() == name);
            found.any(|member| is(member.value))
        })
    };
    let of_spans = |value: Node<'_>| {
        value.items().first().is_some_and(|span| {
            let members = span.members();
            let has = |name: &&str| members.iter().any(|member| member.key() == *name);
            wire::SPAN_MEMBERS.iter().all(has)
        })
    };
    let of_objects = |value: Node<'_>| {
        let first = value.items().first().map(|token| token.kind());
        first == Some(JsonKind::Object)
    };
    let is_list = |value: Node<'_>| value.kind() == JsonKind::Array;
    if !has("text", &|value| value.kind() == JsonKind::String) {
        if has("pattern", &|_| true) && has("label", &|_| true) {
            let what = "match patterns of spaCy or Prodigy (`label` and `pattern`), and no labels";
            return Match::Broken(what.to_owned());
        }
        return Match::No;
    }
    let is_answer = |value: Node<'_>| wire::ANSWERS.contains(&value.raw());
    if has("answer", &is_answer) {
        return Match::Fits(2, "records with `text` and an `answer` of Prodigy");
    }
    if has("ents", &of_spans) {
        return Match::Fits(2, "records with `ents`, as `Doc.to_json` writes them");
    }
    if has("spans", &of_spans) {
        return Match::Fits(
            2,
            "records with `text` and `spans` of `start`, `end` and `label`",
        );
    }
    if has("tokens", &of_objects) {
        return Match::Fits(2, "records with `text` and `tokens` that are objects");
    }
    if has("ents", &is_list) && has("tokens", &is_list) {
        return Match::Fits(1, "records with `ents` and `tokens`");
    }
    if has("spans", &is_list) {
        return Match::Perhaps("records with `text` and empty `spans`");
    }
    let is_labeled = ["label", "labels", "entities"];
    let is_labeled = is_labeled.iter().any(|name| has(name, &|_| true));
    if !is_labeled && has("meta", &|value| value.kind() == JsonKind::Object) {
        return Match::Perhaps("records with `text` and `meta`");
    }
    Match::No
}

impl Editor for Spacy {
    fn changes(
        &self,
        _project: &Project,
        (document, locator): (&Document<'_>, &Locator<'_>),
        action: &FixAction,
    ) -> Vec<Change> {
        fix::changes(document, locator, action)
    }
}

impl LedgerSource for Spacy {
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
