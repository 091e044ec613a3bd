//! Azure AI Language labels files: one JSON object a project.
//!
//! The contract is the authoring API (Azure/azure-rest-api-specs,
//! `analyzetext-authoring.json`, 2022-05-01 and later) together with the documentation's pages
//! on data formats; what neither says was measured on Microsoft's sample projects
//! (Azure-Samples/cognitive-services-sample-data-files).
//!
//! # A file
//!
//! ```json
//! {
//!   "projectFileVersion": "2022-05-01",
//!   "stringIndexType": "Utf16CodeUnit",
//!   "metadata": { "projectKind": "CustomEntityRecognition", "storageInputContainerName": "docs",
//!     "projectName": "demo", "multilingual": false, "description": "", "language": "en-us" },
//!   "assets": {
//!     "projectKind": "CustomEntityRecognition",
//!     "entities": [ { "category": "City" } ],
//!     "documents": [
//!       { "location": "1.txt", "language": "en-us", "dataset": "Train",
//!         "entities": [ { "regionOffset": 0, "regionLength": 20,
//!           "labels": [ { "category": "City", "offset": 0, "length": 4 } ] } ] } ]
//!   }
//! }
//! ```
//!
//! - Members come in any order, and a file may hold more of them than the contract has.
//! - `entities` means two things: the declared labels in `assets`, the regions in a document.
//! - Offsets and lengths are UTF-16 code units, **absolute in the document** and not relative
//!   to the region (documentation of 2021; the sentence has gone since). CR LF counts two: all
//!   240 labels of the loan agreement sample fit that reading, 31 fit the other.
//! - Training looks at regions only. A region without labels is a negative sample; a document
//!   without regions is unlabeled. These are two facts.
//! - `dataset` is `Train`, `Test` or absent, and absence is no fault.
//! - Both `projectKind`s must be there and agree, or the import fails with `InvalidArgument`.

mod reader;
mod wire;
mod writer;

use std::io::Read;

use super::{Context, Format, Header, Plan, Reading, Record, Writer};
use crate::fact::Assumption;
use crate::json::Pointer;
use crate::json::cut::{Cut, Elements, Outline};
use crate::model::{At, Document, Kind, Project};
use crate::text::Unit;

/// The format.
pub struct Language;

impl Format for Language {
    fn name(&self) -> &'static str {
        "language"
    }

    fn title(&self) -> &'static str {
        "Azure AI Language"
    }

    fn keys(&self) -> &'static [&'static str] {
        &[
            "projectFileVersion",
            "stringIndexType",
            "metadata",
            "assets",
            "project-file-version",
            "api-version",
            "entityNames",
            "intentNames",
            "extractors",
            "classifiers",
        ]
    }

    fn unit(&self) -> Option<Unit> {
        Some(Unit::Utf16)
    }

    fn default_unit(&self) -> Unit {
        Unit::Utf16
    }

    fn declares(&self) -> bool {
        true
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, size: usize) -> Box<dyn Cut + 'a> {
        Box::new(Elements::new(input, size))
    }

    fn header(&self, outline: &Outline) -> Header {
        reader::header(outline)
    }

    fn read<'a>(&self, record: Record<'a>, context: Context) -> Reading<'a> {
        reader::read(record, context)
    }

    fn record_pointer(&self, index: u64) -> Pointer {
        Pointer::root().key("assets").key("documents").item(index)
    }

    fn pointer(&self, document: &Document<'_>, at: At) -> Pointer {
        let root = Pointer::root();
        match at {
            At::Document => root,
            At::Address => root.key("location"),
            At::Split => root.key("dataset"),
            At::Region(region) => {
                let index = document
                    .regions()
                    .get(region)
                    .map_or(0, |region| region.index);
                root.key("entities").item(index)
            }
            At::Label(label) => {
                let found = document.spans().get(label);
                let (region, index) = found.map_or((0, 0), |label| (label.region, label.index));
                root.key("entities").item(region).key("labels").item(index)
            }
        }
    }

    fn complete(&self, plan: &mut Plan, source: &Project, stem: &str) {
        let project = &mut plan.project;
        let mut assume = |slot: &mut Option<String>, value: String, what, option| {
            if slot.is_none() {
                plan.assumed.push(Assumption {
                    what,
                    value: value.clone(),
                    option,
                });
                *slot = Some(value);
            }
        };
        assume(
            &mut project.name,
            project_name(stem),
            "project name",
            "--project-name",
        );
        let container = source.container.clone();
        let container = container.unwrap_or_else(|| "workspaceblobstore".to_owned());
        assume(
            &mut project.container,
            container,
            "container",
            "--container",
        );
        assume(
            &mut project.language,
            "en-us".to_owned(),
            "language",
            "--language",
        );
        assume(
            &mut project.description,
            String::new(),
            "description",
            "--description",
        );
        if project.multilingual.is_none() {
            project.multilingual = Some(false);
            plan.assumed.push(Assumption {
                what: "multilingual",
                value: "false".to_owned(),
                option: "--multilingual",
            });
        }
    }

    fn has_kind(&self, _kind: Kind) -> bool {
        true
    }

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::LanguageWriter::new(plan))
    }

    fn schema(&self) -> &'static str {
        include_str!("../../../schemas/language.schema.json")
    }
}

/// A project name out of a file's stem: letters, digits, `_`, `.` and `-` alone, at most 50
/// (documentation, service limits). Anything else becomes `-`.
fn project_name(stem: &str) -> String {
    let allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-');
    let chars = stem
        .chars()
        .map(|char| if allowed(char) { char } else { '-' });
    let name: String = chars.take(50).collect();
    if name.chars().all(|char| char == '-') {
        "project".to_owned()
    } else {
        name
    }
}
