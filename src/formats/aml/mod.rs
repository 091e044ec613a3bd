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
mod fix;
mod keep;
mod reader;
mod url;
mod wire;
mod writer;

use crate::model::Classes;
use std::io::Read;

use super::{Context, Format, Header, Plan, Reading, Record, Writer};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Assumption, FixAction, Issue};
use crate::formats::ledger::{LedgerEntry, LedgerHead};
use crate::json::change::Change;
use crate::json::cut::{Cut, Lines, Outline, Sizes};
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Labels, Project, Shape};
use crate::text::{Span, Unit};

/// The format.
pub struct Aml;

impl Format for Aml {
    fn name(&self) -> &'static str {
        "aml"
    }

    fn title(&self) -> &'static str {
        "Azure Machine Learning"
    }

    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn keys(&self) -> &'static [&'static str] {
        &["image_url", "label_confidence", "image_details"]
    }

    fn unit(&self) -> Option<Unit> {
        None
    }

    fn default_unit(&self) -> Unit {
        Unit::CodePoint
    }

    fn declares(&self) -> bool {
        false
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(Lines::new(input, sizes))
    }

    fn needs_header(&self) -> bool {
        false
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

    fn record_pointer(&self, _project: &Project, _index: u64) -> Pointer {
        Pointer::root()
    }

    fn pointer(&self, _project: &Project, document: &Document<'_>, at: At) -> Pointer {
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

    fn changes(&self, project: &Project, document: &Document<'_>, fix: &FixAction) -> Vec<Change> {
        fix::changes(document, fix, |at| self.pointer(project, document, at))
    }

    fn header_change(
        &self,
        _project: &Project,
        _locator: &Locator<'_>,
        _mend: &FixAction,
    ) -> Option<Change> {
        None
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

    fn has_kind(&self, kind: Kind) -> bool {
        matches!(
            kind,
            Kind::EntityRecognition
                | Kind::SingleLabelClassification
                | Kind::MultiLabelClassification
        )
    }

    fn ledger_head(&self, _header: &Header, _head: &mut LedgerHead) {}

    fn ledger_entries(
        &self,
        _project: &Project,
        aligned: &AlignedDocument<'_>,
        spans: &[Option<Span>],
        location: &str,
        head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) {
        keep::entries(aligned.document, spans, location, head, out);
    }

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::AmlWriter::new(plan))
    }

    fn record_definition(&self, _kind: Option<Kind>, _shape: Shape) -> Option<&'static str> {
        None
    }

    fn schema(&self) -> &'static str {
        include_str!("../../../schemas/aml.schema.json")
    }
}
