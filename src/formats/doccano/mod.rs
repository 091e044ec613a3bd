//! Files of doccano: JSONL, one document a line.
//!
//! What stands here was learned from doccano 1.8.4 (2023): its importer and exporter were run, and its
//! page in a browser.
//!
//! # A line
//!
//! ```json
//! {"id":1,"text":"Ada met Bob.","name":"1","label":[[0,3,"Person"],[8,11,"Person"]],"Comments":[]}
//! {"id":2,"text":"The parcel never came.","label":["Delivery"],"Comments":[]}
//! ```
//!
//! - `text` is the text; the importer's form can name another member.
//! - `label` holds spans, `[start, end, name]` with an exclusive end, or classes. Earlier exports call
//!   it `labels`. Exports of projects with relations have `entities`, objects with `start_offset`,
//!   `end_offset` and `label`, and `relations` between their ids. Projects of intents have `entities`
//!   and, in `cats`, classes.
//! - Members of an imported line come out again in the export: the name of the document is one of
//!   them, by no rule. `name`, `file`, `filename`, `location` and `id` are tried.
//! - `[]` is a document without labels, and one that nobody has looked at: the export does not tell
//!   them apart.
//! - `dataset` or `split`, and `language`, are members that labelwright writes.
//!
//! # The unit of the offsets
//!
//! The file does not say it. The page counts UTF-16 code units; where a project has the switch "Count
//! grapheme clusters as one character", it counts grapheme clusters by the rules of Unicode 10. The
//! server stores what it is given: a file that a Python program wrote has code points, and so has what
//! doccano's own import of CoNLL made. So the spans of a file have to tell.
//!
//! # Bytes
//!
//! UTF-8, LF, compact. Exports escape `/`. Every line is written with the same members, since doccano's
//! import breaks off where a member stands on some lines only.

mod detect;
mod fix;
mod keep;
mod quick;
mod reader;
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
pub struct Doccano;

static INFO: Info = Info {
    name: "doccano",
    title: "doccano",
    extensions: &["jsonl"],
    layout: Layout::LINES,
    unit: UnitRule::Inferred {
        among: &[
            Unit::Utf16,
            Unit::Grapheme10,
            Unit::Grapheme,
            Unit::CodePoint,
        ],
        written: Unit::Utf16,
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
    keys: &[],
    private: &[],
};

impl Format for Doccano {
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
        true
    }

    fn complete(&self, _plan: &mut Plan, _source: &Project, _stem: &str) {}

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::DoccanoWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        const IMPORT: &str = "import it as JSONL with the encoding utf_8 into a doccano project";
        let (task, switches) = match (new.kind?, new.unit) {
            (Kind::SingleLabelClassification, _) => {
                ("Text Classification", "\"Allow single label\" on")
            }
            (Kind::MultiLabelClassification, _) => {
                ("Text Classification", "\"Allow single label\" off")
            }
            (_, Some(Unit::Grapheme10)) => (
                "Sequence Labeling",
                "\"Count grapheme clusters as one character\" on",
            ),
            (_, None | Some(Unit::Utf16)) => (
                "Sequence Labeling",
                "\"Count grapheme clusters as one character\" off",
            ),
            (_, Some(unit)) => {
                return Some(format!(
                    "these offsets count {}, which doccano's page does not; leave out --offsets for \
                     a file to import",
                    unit.plural()
                ));
            }
        };
        let overlap = if new.kind?.has_spans() {
            " (and \"Allow overlapping spans\" on if some overlap, or it drops them)"
        } else {
            ""
        };
        Some(format!("{IMPORT} for {task}, with {switches}{overlap}"))
    }
}

impl Editor for Doccano {
    fn changes(
        &self,
        _project: &Project,
        (document, locator): (&Document<'_>, &Locator<'_>),
        action: &FixAction,
    ) -> Vec<Change> {
        fix::changes(document, locator, action)
    }
}

impl LedgerSource for Doccano {
    fn head(&self, _facts: LedgerFacts<'_>, _head: &mut LedgerHead) {}

    fn may_head(&self, head: &LedgerHead) -> bool {
        inline_keep::may_head(head)
    }

    fn may_note(&self, entry: &LedgerEntry) -> bool {
        inline_keep::may_note(entry, &wire::TEXTS, &wire::LISTS)
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
