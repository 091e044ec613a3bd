//! Label file formats.
//!
//! A format knows how to tell its files from others, where its records end, and how to read
//! and write them. It knows nothing of rules, texts or other formats. Every folder here holds
//! the same files: `wire` (the format's types as they stand in the file), `reader`, `writer`.
//! To add a format: write its folder, and name it in [`FORMATS`].

pub mod aml;
mod audit;
mod detect;
mod fields;
pub mod language;
pub mod ledger;
pub mod losses;
pub mod schema;
mod write;

use serde_json::value::RawValue;

use self::ledger::{LedgerEntry, LedgerHead};
use self::losses::Losses;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Assumption, FixAction, Issue, Located, Location};
use crate::json::change::Change;
use crate::json::cut::{Cut, Outline, Sizes};
use crate::json::patch::Edit;
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project, Shape};
use crate::text::{Span, Unit};

pub use detect::{Detected, HEAD_BYTES, detect};

/// One record, as cut.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Its number in the file, from 0.
    pub index: u64,
    /// The place of its first byte in the file.
    pub start: u64,
    /// Its text.
    pub text: &'a str,
    /// Whether the file ends with it, without a line end.
    pub ends_file: bool,
}

/// What the reader of a record must know of the whole file.
#[derive(Clone, Copy, Debug)]
pub struct Context<'p> {
    /// What stands once in the file.
    pub project: &'p Project,
    /// What it labels, as far as that is known. A record that tells otherwise is read as what
    /// it is.
    pub kind: Option<Kind>,
    /// The unit of the offsets.
    pub unit: Unit,
    /// Whether the quick reader may be tried first. It answers what the careful one would, or
    /// nothing; tests compare the two.
    pub quick: bool,
}

/// What a record turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordForm {
    /// A document of a project of this kind.
    Kind(Kind),
    /// A document that does not tell its kind (`"label":[]`).
    Undecided,
    /// A line of an image project.
    Image,
    /// A prediction whose one string names several classes.
    Prediction,
    /// No document. The facts say why, unless the record is blank.
    Unreadable,
}

/// What reading a record gave.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The document, as far as it could be read.
    pub document: Option<Document<'a>>,
    /// What the record is.
    pub form: RecordForm,
    /// What is not as it should be.
    pub issues: Vec<Located>,
    /// What to change in the record so that it has today's shape, in bytes of the record.
    pub edits: Vec<Edit>,
}

/// What reading the outline of a file gave.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// What stands once in the corpus.
    pub project: Project,
    /// What is not as it should be, and where in the file.
    pub issues: Vec<(Issue, Option<Location>)>,
    /// What to change around the records so that the file has today's shape, in bytes of the
    /// file.
    pub edits: Vec<Edit>,
    /// The outline as JSON without white space, where it is today's shape.
    pub raw: Option<Box<RawValue>>,
    /// The outline itself, where it is asked for.
    pub outline: Option<Outline>,
}

/// The numbers that a document is written with.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// For each label of the document its span in the target's unit, or `None` where it is
    /// left out.
    pub spans: &'a [Option<Span>],
    /// The length of the text in the target's unit.
    pub length: i64,
    /// What a ledger keeps of the document.
    pub entries: &'a [LedgerEntry],
}

/// What a file in another format is written with.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What stands once in the new corpus, as options and defaults have it.
    pub project: Project,
    /// The labels in the order of first appearance.
    pub labels: Vec<String>,
    /// The unit of the offsets.
    pub unit: Unit,
    /// The split for documents that have none.
    pub dataset: Option<&'static str>,
    /// The datastore of URLs.
    pub datastore: String,
    /// The folder of URLs, without slashes at its ends.
    pub prefix: String,
    /// What was assumed.
    pub assumed: Vec<Assumption>,
    /// The head of the ledger whose facts are put back.
    pub restored: Option<LedgerHead>,
}

/// Takes away most of what was written, where it has become long; the last bytes stay.
pub type Relieve<'a> = &'a mut dyn FnMut(&mut Vec<u8>);

/// Writes a corpus. Documents are written apart from one another and joined in their order.
pub trait Writer: Sync {
    /// What comes before the first document.
    fn head(&self, out: &mut Vec<u8>);

    /// One document. Where it may become long, `relieve` is called now and then.
    fn document(
        &self,
        document: &Document<'_>,
        placed: Placed<'_>,
        out: &mut Vec<u8>,
        relieve: Relieve<'_>,
    );

    /// What comes between two documents.
    fn separator(&self) -> &'static [u8];

    /// What comes after the last document; `any` tells whether there was one.
    fn tail(&self, any: bool, out: &mut Vec<u8>);

    /// A document that a ledger kept as a whole, since the other format has no form for it.
    fn kept_document(&self, _value: &RawValue, _out: &mut Vec<u8>) {}

    /// The name that the document has in the target, where two must not have the same.
    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str;

    /// Whether the target holds the document at all.
    fn holds(&self, _document: &Document<'_>) -> bool {
        true
    }

    /// Whether the length of the text is written.
    fn needs_length(&self) -> bool;

    /// Counts what the target has no place for in this document.
    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses);

    /// Counts what the target has no place for in the corpus as a whole, once the documents
    /// were counted. `rebuilt` gets what options bring back on the
    /// way back, but for what the defaults do.
    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>);
}

/// One label file format.
pub trait Format: Sync {
    /// The name used on the command line.
    fn name(&self) -> &'static str;

    /// The name used in sentences.
    fn title(&self) -> &'static str;

    /// How the names of its files end, without the dot.
    fn extension(&self) -> &'static str;

    /// The keys of which a file of this format has at least one at its top.
    fn keys(&self) -> &'static [&'static str];

    /// The unit of the offsets, where the format fixes it.
    fn unit(&self) -> Option<Unit>;

    /// The unit that is written where the user names none.
    fn default_unit(&self) -> Unit;

    /// Whether files declare their labels and may assign documents to splits.
    fn declares(&self) -> bool;

    /// Cuts a stream into batches.
    fn cutter<'a>(
        &self,
        input: Box<dyn std::io::Read + Send + 'a>,
        sizes: Sizes,
    ) -> Box<dyn Cut + 'a>;

    /// Whether records can only be read once the header is known.
    fn needs_header(&self) -> bool;

    /// Reads what stands once in a file.
    fn header(&self, outline: &Outline) -> Header;

    /// Reads a record.
    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a>;

    /// The pointer from the root of the file, or of the line, to a record.
    fn record_pointer(&self, project: &Project, index: u64) -> Pointer;

    /// The pointer from the root of a record to a place in it.
    fn pointer(&self, project: &Project, document: &Document<'_>, at: At) -> Pointer;

    /// What to change in a record so that it is fixed; in pointers from its root. Empty where
    /// the format has no way to do that.
    fn changes(&self, project: &Project, document: &Document<'_>, fix: &FixAction) -> Vec<Change>;

    /// What to change around the records, whose outline the locator is of.
    fn header_change(
        &self,
        project: &Project,
        locator: &Locator<'_>,
        fix: &FixAction,
    ) -> Option<Change>;

    /// Fills the gaps of a plan for writing this format: what the source does not say and the
    /// user did not.
    fn complete(&self, plan: &mut Plan, source: &Project, stem: &str);

    /// Whether the format has a form for projects of this kind.
    fn has_kind(&self, kind: Kind) -> bool;

    /// Notes what stands once in a file and no other format can hold.
    fn ledger_head(&self, header: &Header, head: &mut LedgerHead);

    /// Notes what stands in a document and no other format can hold. `spans` are its labels in
    /// the target, and `location` is its name in a Language file.
    fn ledger_entries(
        &self,
        project: &Project,
        aligned: &AlignedDocument<'_>,
        spans: &[Option<Span>],
        location: &str,
        head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    );

    /// A writer of projects of the plan's kind.
    fn writer(&self, plan: Plan) -> Box<dyn Writer>;

    /// The definition in the published schema that is about a record, or `None` where the whole
    /// schema is.
    fn record_definition(&self, kind: Option<Kind>, shape: Shape) -> Option<&'static str>;

    /// The published JSON Schema.
    fn schema(&self) -> &'static str;
}

/// Every format, in the order in which help texts name them.
pub const FORMATS: &[&dyn Format] = &[&aml::Aml, &language::Language];

/// The format of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// Where a place of a document lies in its file. The locator is of the document's record.
#[must_use]
pub fn location(
    format: &dyn Format,
    project: &Project,
    locator: &Locator<'_>,
    document: &Document<'_>,
    at: At,
) -> Location {
    let pointer = format.pointer(project, document, at);
    let bytes = locator.locate(&pointer);
    let bytes = bytes.unwrap_or(0..document.source.len());
    Location {
        bytes: document.start + bytes.start as u64..document.start + bytes.end as u64,
        pointer: format
            .record_pointer(project, document.index)
            .join(&pointer),
        document: Some(document.address.path().to_owned()),
    }
}

/// The place of a byte-order mark.
fn byte_order_mark() -> Location {
    Location {
        bytes: 0..3,
        pointer: Pointer::root(),
        document: None,
    }
}
