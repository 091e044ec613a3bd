//! Azure Machine Learning labeling exports: JSONL, one document a line.
//!
//! Microsoft publishes no specification of these files for text. What stands here was learned
//! from real exports (991 lines), from the azureml-automl-dnn-nlp package, version 1.62, and
//! from Microsoft's own converter (microsoft/CognitiveServicesLanguageUtilities, e9f94228).
//!
//! # A line
//!
//! ```json
//! {"image_url":"AmlDatastore://workspaceblobstore/docs/1.txt","label":[{"label":"City","offsetStart":0,"offsetEnd":4}],"label_confidence":[1.0]}
//! ```
//!
//! - `image_url` names the document, for text too. The text itself is never in the file.
//!   Seen is `AmlDatastore://<datastore>/<path>`, not percent-encoded; image projects of the
//!   same service also have the long `azureml://subscriptions/…/paths/<path>`.
//! - `label` tells the kind of the project. In an entity project it holds spans. `offsetStart` is inclusive and `offsetEnd` exclusive (the package
//!   slices `text[start:end]`; every span of the real exports is so).
//! - `label_confidence` runs parallel to `label`: `1.0` for what a person labeled, otherwise
//!   the model's probability. It may be absent.
//! - Exports may add `labeler`, `updated_by`, `labeling_time_in_seconds` and
//!   `label_creation_time`. The names in them are personal data.
//!
//! A multi-class line has a string and a number, a multi-label line has arrays, which may be
//! empty (the package's fixtures and writers, and the documentation for images; no real export
//! was found):
//!
//! ```json
//! {"image_url":"AmlDatastore://ds/a.txt","label":"Refund","label_confidence":1.0}
//! {"image_url":"AmlDatastore://ds/a.txt","label":["Refund","Urgent"],"label_confidence":[1.0,1.0]}
//! ```
//!
//! ML assist predicts multi-label projects as one string of all classes with an array of
//! probabilities. That string is no class name and is never read as one.
//!
//! # The unit of the offsets
//!
//! It is nowhere stated. The package indexes Python strings, that is code points; Microsoft's
//! converter copies the numbers into a format of UTF-16 code units. The two agree up to the
//! first character outside the basic plane. CR LF counts two in both.
//!
//! # Bytes
//!
//! UTF-8, LF, one compact object a line, floats as `1.0`: what Python's
//! `json.dumps(record, separators=(",", ":"))` writes. Pre-labels made by the package have
//! `", "` and `": "` and escape what is not ASCII.

mod confidence;
mod document;
mod fix;
mod keep;
mod reader;
mod url;
mod wire;
mod writer;

use std::io::Read;

use super::detect::is_spread;
use super::{
    Context, Editor, Format, Head, Header, Info, Layout, LedgerFacts, LedgerSource, Match,
    NewCorpus, Place, Plan, Reading, Record, TextPlace, UnitRule, Writer,
};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Assumption, FixAction, Issue};
use crate::formats::ledger::{LedgerEntry, LedgerHead};
use crate::json::change::Change;
use crate::json::cut::{Cut, Lines, Outline, Sizes};
use crate::json::{Locator, Pointer};
use crate::model::{At, Classes, Document, Kind, Project};
use crate::text::Unit;

/// The format.
pub struct Aml;

static INFO: Info = Info {
    name: "aml",
    title: "Azure Machine Learning",
    extensions: &["jsonl"],
    layout: Layout::LINES,
    unit: UnitRule::Inferred {
        among: &[Unit::CodePoint, Unit::Utf16],
        written: Unit::CodePoint,
    },
    texts: TextPlace::Addresses,
    declares: false,
    splits: false,
    file_splits: false,
    kinds: &[
        Kind::EntityRecognition,
        Kind::SingleLabelClassification,
        Kind::MultiLabelClassification,
    ],
    keys: &["image_url", "label", "label_confidence", "image_details"],
    private: &["labeler", "updated_by"],
};

/// The keys of which a line has at least one at its top.
const KEYS: [&str; 3] = ["image_url", "label_confidence", "image_details"];

impl Format for Aml {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        let weight = head.known(&KEYS);
        if weight == 0 || head.is_spread_array() {
            return Match::No;
        }
        let first = head.objects.first().filter(|_| head.is_object());
        let is_known = |keys: &Vec<String>| keys.iter().any(|key| KEYS.contains(&key.as_str()));
        if first.is_some_and(is_known) && is_spread(head.text) {
            let what = "an Azure ML record that is spread over several lines, where JSONL has one \
                        object a line";
            return Match::Broken(what.to_owned());
        }
        Match::Fits(weight, "lines with `image_url`")
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
        (document, _): (&Document<'_>, &Locator<'_>),
        at: At,
    ) -> Place {
        Place::Value(pointer(document, at))
    }

    fn editor(&self) -> Option<&dyn Editor> {
        Some(self)
    }

    fn ledger(&self) -> Option<&dyn LedgerSource> {
        Some(self)
    }

    fn complete(&self, plan: &mut Plan, _source: &Project, _stem: &str) {
        if plan.datastore.is_empty() {
            "workspaceblobstore".clone_into(&mut plan.datastore);
            if plan.restored.is_some() {
                // The ledger has the addresses.
                return;
            }
            plan.assumed.push(Assumption {
                what: "datastore",
                value: plan.datastore.clone(),
                option: "--datastore",
            });
        }
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        let training = match new.kind {
            Some(kind) if kind.has_classes() => "csv",
            _ => "conll",
        };
        Some(format!(
            "upload the texts to the datastore that it names, and {} beside them as a data asset; for \
             AutoML convert it to `{training}` (labeling projects of Azure ML import labels of images only)",
            new.path
        ))
    }

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::AmlWriter::new(plan))
    }

    fn schema(&self) -> Option<&'static str> {
        Some(include_str!("../../../schemas/aml.schema.json"))
    }
}

impl Editor for Aml {
    fn changes(
        &self,
        _project: &Project,
        (document, line): (&Document<'_>, &Locator<'_>),
        action: &FixAction,
    ) -> Vec<Change> {
        fix::changes(document, line, action, |at| pointer(document, at))
    }
}

impl LedgerSource for Aml {
    fn head(&self, facts: LedgerFacts<'_>, head: &mut LedgerHead) {
        (head.datastore, head.prefix) = facts.folder.cloned().unzip();
        if !keep::shortens(head) {
            // The target has the folder in the names of its documents.
            head.prefix = head.prefix.take().map(|_| String::new());
        }
    }

    fn may_head(&self, head: &LedgerHead) -> bool {
        head.project.is_none() && head.undeclared.is_empty()
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
        keep::entries(aligned, name, head, out);
    }
}

/// The pointer from the root of a line to a place in it.
fn pointer(document: &Document<'_>, at: At) -> Pointer {
    let root = Pointer::root();
    match at {
        At::Document | At::Split | At::Language | At::Region(_) | At::Summary => root,
        At::Address => root.key("image_url"),
        At::Label(label) => {
            let index = document.spans().get(label).map_or(0, |label| label.index);
            root.key("label").item(index)
        }
        At::Class(class) => match &document.labels.classes {
            Some(Classes::Many(classes)) => {
                let index = classes.get(class).map_or(0, |class| class.index);
                root.key("label").item(index)
            }
            _ => root.key("label"),
        },
    }
}
