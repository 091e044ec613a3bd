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
//! What holds the labels of a document depends on the kind: `entities` for NER and healthcare,
//! `class` (**one object**) and `classes` (an array) for single- and multi-label classification,
//! `sentimentSpans` (spans without regions) for sentiment, and `summaryLocation` names the
//! summary in abstractive summarization. Entities and classes are declared in `assets`.
//!
//! # Earlier shapes
//!
//! - November 2021: `entityNames` or `intentNames` at the top, and documents whose labels name
//!   an index in it (`entity`, `start`, `length`; `intents`), with `culture` for the language.
//! - 2021-11-01-preview: `extractors` or `classifiers` with `name`s; labels have an
//!   `extractorName`. At the top of the file, or in the `assets` of an import body that has
//!   `api-version` and metadata with other names (`name`, `modelType`, `multiLingual`).
//! - The draft of 2022-05-01: today's shape with the key `project-file-version` and kinds in
//!   camel case.
//!
//! The numbers mean the same in all of them (the 240 labels of the loan agreement sample are the
//! same spans in every shape that it was published in).
//!
//! # What the members mean
//!
//! - Members come in any order, and a file may hold more of them than the contract has.
//! - `entities` means two things: the declared labels in `assets`, the regions in a document.
//! - Offsets and lengths are UTF-16 code units, **absolute in the document** and not relative
//!   to the region (documentation of 2021; the sentence has gone since). CR LF counts two: all
//!   240 labels of the loan agreement sample fit that reading, 31 fit the other.
//! - Training looks at regions only. A region without labels is a negative sample; a document
//!   without regions is unlabeled. These are two facts.
//! - `dataset` is `Train`, `Test` or absent, and absence is no fault.
//! - A project that is not `multilingual` has documents in its `language` alone, region apart. In one
//!   that is, each document says its own.
//! - Both `projectKind`s must be there and agree, or the import fails with `InvalidArgument`.

mod canonical;
mod complete;
mod document;
mod fix;
mod keep;
mod model;
mod place;
mod reader;
mod relabel;
mod restore;
mod upgrade;
mod wire;
mod writer;

use std::borrow::Cow;
use std::io::Read;

use self::place::{pointer, record_pointer};
use super::{
    Context, Editor, Format, Head, Header, Info, LabelEdit, Layout, LedgerFacts, LedgerSource,
    Match, NewCorpus, NewRecord, Place, Plan, Reading, Record, Relabeler, TextPlace, UnitRule,
    Writer,
};
use crate::alignment::AlignedDocument;
use crate::diagnostics::FixAction;
use crate::formats::ledger::{LedgerEntry, LedgerHead};
use crate::json::change::Change;
use crate::json::cut::{Cut, Elements, Outline, Sizes};
use crate::json::patch::Edit;
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project, Shape};
use crate::text::Unit;

/// The format.
pub struct Language;

static INFO: Info = Info {
    name: "language",
    title: "Azure AI Language",
    extensions: &["json"],
    layout: Layout::ITEMS,
    unit: UnitRule::Fixed(Unit::Utf16),
    texts: TextPlace::Files,
    declares: true,
    splits: true,
    file_splits: false,
    kinds: &Kind::ALL,
    keys: &KEYS,
    private: &[],
};

/// The keys of which a file has at least one at its top, whatever its age.
const KEYS: [&str; 10] = [
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
];

/// The arrays that may hold the documents: that of today's shape, and that of the earliest.
const DOCUMENTS: [&[&str]; 2] = [&["assets", "documents"], &["documents"]];

impl Format for Language {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        match head.known(&KEYS) {
            weight @ 1.. if head.is_object() => {
                Match::Fits(weight, "an object with `metadata` and `assets`")
            }
            _ => Match::No,
        }
    }

    fn shortens_names(&self) -> bool {
        true
    }

    fn mixes_kinds(&self) -> bool {
        false
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(Elements::new(input, sizes, &DOCUMENTS))
    }

    fn header(&self, outline: &Outline) -> Header {
        reader::header(outline)
    }

    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a> {
        reader::read(record, context)
    }

    fn record_pointer(&self, project: &Project, index: u64) -> Option<Pointer> {
        Some(record_pointer(project, index))
    }

    fn place(
        &self,
        project: &Project,
        (document, _): (&Document<'_>, &Locator<'_>),
        at: At,
    ) -> Place {
        Place::Value(pointer(project, document, at))
    }

    fn editor(&self) -> Option<&dyn Editor> {
        Some(self)
    }

    fn relabeler(&self) -> Option<&dyn Relabeler> {
        Some(self)
    }

    fn ledger(&self) -> Option<&dyn LedgerSource> {
        Some(self)
    }

    fn complete(&self, plan: &mut Plan, source: &Project, stem: &str) {
        complete::complete(plan, source, stem);
    }

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::LanguageWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        Some(format!(
            "upload the texts to the blob container that it names, and import {} into Azure AI \
             Language (the service's name for that is \"import project\")",
            new.path
        ))
    }

    fn schema(&self) -> Option<&'static str> {
        Some(include_str!("../../../schemas/language.schema.json"))
    }

    fn record_definition(&self, kind: Option<Kind>, shape: Shape) -> Option<&'static str> {
        let entities = kind.is_none_or(|kind| kind == Kind::EntityRecognition);
        Some(match (shape, kind) {
            (wire::BY_INDEX, _) if entities => "v0-document-entities",
            (wire::BY_INDEX, _) => "v0-document-classes",
            (wire::TAGS | wire::BODY, _) if entities => "v1-document-entities",
            (wire::TAGS | wire::BODY, _) => "v1-document-classes",
            (_, Some(Kind::Healthcare)) => "document-healthcare",
            (_, Some(Kind::SingleLabelClassification)) => "document-single",
            (_, Some(Kind::MultiLabelClassification)) => "document-multi",
            (_, Some(Kind::TextSentiment)) => "document-sentiment",
            (_, Some(Kind::AbstractiveSummarization)) => "document-summarization",
            _ => "document-entities",
        })
    }
}

impl Editor for Language {
    fn changes(
        &self,
        project: &Project,
        (document, _): (&Document<'_>, &Locator<'_>),
        action: &FixAction,
    ) -> Vec<Change> {
        fix::changes(project, action, |at| pointer(project, document, at))
    }

    fn header_change(
        &self,
        project: &Project,
        locator: &Locator<'_>,
        action: &FixAction,
    ) -> Option<Change> {
        fix::header_change(project, locator, action)
    }
}

impl Relabeler for Language {
    fn is_model(&self, kind: Kind, record: &str) -> bool {
        model::is_model(kind, record)
    }

    fn model(&self, kind: Kind, is_compact: bool) -> &'static str {
        model::canonical(kind, is_compact)
    }

    fn relabel(
        &self,
        document: &Document<'_>,
        edits: &[LabelEdit<'_>],
        length: i64,
        like: &str,
    ) -> Option<Vec<Edit>> {
        relabel::edits(document, edits, length, like)
    }

    fn record(&self, new: &NewRecord<'_>, like: &str) -> Option<String> {
        model::record(new, like)
    }
}

impl LedgerSource for Language {
    fn head(&self, facts: LedgerFacts<'_>, head: &mut LedgerHead) {
        head.datastore = Some(facts.plan.datastore.clone());
        head.prefix = Some(facts.plan.prefix.clone());
        let project = facts.header.raw.clone();
        let languages = &facts.plan.languages;
        head.project =
            project.or_else(|| upgrade::modern_header(&facts.header.project, languages.clone()));
    }

    fn may_head(&self, head: &LedgerHead) -> bool {
        let project = head.project.as_deref();
        project.is_none_or(|project| keep::is_header(project.get()))
    }

    fn may_note(&self, entry: &LedgerEntry) -> bool {
        keep::may_note(entry)
    }

    fn kind(&self, head: &LedgerHead) -> Option<Kind> {
        complete::kept_project(head)?.kind
    }

    fn entries(
        &self,
        project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) {
        let source = modern_source(project, aligned.document, head);
        let sorts = super::find(&head.to).is_some_and(Format::sorts_spans);
        keep::entries(project, aligned, (&source, name, sorts), out);
    }

    fn whole(
        &self,
        project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) -> bool {
        let document = aligned.document;
        let source = modern_source(project, document, head);
        out.push(keep::whole(project, document, &source, name));
        true
    }
}

/// A document as it is spelled in today's shape: what comes back is that.
fn modern_source<'d>(
    project: &Project,
    document: &Document<'d>,
    head: &LedgerHead,
) -> Cow<'d, str> {
    if project.shape.is_foreign() {
        Cow::Owned(upgrade::modern_document(head, document))
    } else {
        Cow::Borrowed(document.source)
    }
}
