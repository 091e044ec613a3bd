//! What readers and converters find in the data, before any rule has put it into words.
//!
//! A format's reader knows that a member is missing; it does not know how severe that is or
//! what to tell the user. It notes a [`Issue`], and the rule that [`Issue::rule`] names says it.

use std::borrow::Cow;
mod sorts;

use std::ops::Range;

use super::Looks;
use super::causes::{Assumption, TagFault, Unproven};
use crate::json::Pointer;
use crate::model::Kind;

/// One thing that is not as it should be in a label file or in its conversion.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Issue {
    /// RFC 8259 forbids it; the parser's words.
    InvalidJson(String),
    /// More bytes than are held at once.
    TooLong {
        /// The length of the record, or `None` of what stands around the records.
        length: Option<u64>,
        /// The most that is held.
        limit: u64,
    },
    /// The file stops inside a value.
    TruncatedFile,
    /// Bytes that are not UTF-8.
    InvalidUtf8,
    /// A `\ud800`-style escape without its partner.
    LoneSurrogate,
    /// The file begins with a byte-order mark.
    ByteOrderMark,
    /// A key that its object has before.
    DuplicateKey(String),
    /// A column of a table whose name a column before it has.
    RepeatedColumn(String),
    /// More levels than [`crate::json::MAX_DEPTH`].
    NestingTooDeep(usize),
    /// A line of a JSONL file without a value.
    BlankLine,
    /// A row of a table without a cell.
    BlankRow,
    /// A blank line of an annotation file.
    BlankEntry,
    /// No format knows the content; what it looks like instead.
    NotALabelFile(Looks),
    /// A required member is absent from the object at the place.
    MissingMember(&'static str),
    /// A value of another type than the contract's.
    WrongType {
        /// What it is the value of: a member or an item, quoted, or "the record".
        name: String,
        /// What the contract wants, as a noun phrase.
        expected: &'static str,
        /// What stands there, as a noun phrase.
        found: String,
        /// Whether the value can be read all the same (`12.0`, `-0`).
        readable: bool,
    },
    /// A member that the contract does not have.
    UnknownMember(String),
    /// A member that is nearly a known one, which is absent.
    MisspelledMember {
        /// The key.
        name: String,
        /// The member that was probably meant.
        meant: &'static str,
        /// Whether that one is required, so that the object is not valid without it.
        required: bool,
    },
    /// An optional member that is `null`.
    NullMember(String),
    /// A `projectKind` that no version has.
    KindUnknown {
        /// The value in the file.
        value: String,
        /// The nearest kind that exists, where one is near.
        nearest: Option<&'static str>,
    },
    /// The two `projectKind`s differ.
    KindMismatch {
        /// `metadata.projectKind`
        metadata: String,
        /// `assets.projectKind`
        assets: String,
    },
    /// A `projectKind` in another case than the service's.
    KindCase {
        /// The value in the file.
        value: String,
        /// The service's spelling.
        right: &'static str,
    },
    /// A member that belongs to projects of another kind.
    MemberOfAnotherKind {
        /// The member.
        name: String,
        /// The kind of this project.
        kind: Kind,
        /// What projects of this kind have instead, where they have something of the sort.
        instead: Option<&'static str>,
    },
    /// `"class": [{…}]` where one object belongs.
    ClassAsArray,
    /// A `projectFileVersion` that no source names.
    VersionUnknown(String),
    /// A shape of before 2022-05-01.
    LegacyShape {
        /// The shape, such as "the shape of November 2021 (`entityNames`)".
        shape: &'static str,
        /// What was assumed in reading it.
        assumed: Option<&'static str>,
    },
    /// A project of a family that has files of its own: which, as a noun phrase.
    UnsupportedKind(String),
    /// Lines of an image project: how many.
    ImageRecord(u64),
    /// Lines of another kind than the first ones: the first kind, the other, and how many lines
    /// are of the other.
    MixedKinds {
        /// The kind of the first line that has one.
        first: Kind,
        /// The kind at the place.
        other: Kind,
        /// Lines that are not of the first kind.
        lines: u64,
    },
    /// Predictions of ML assist, one string for all classes: how many lines.
    PredictionRecord(u64),
    /// Records that are no labels because of what was answered: how many.
    RecordsNotAccepted {
        /// Those that somebody said to be wrong.
        rejected: u64,
        /// How many of them ask about one span, and tell nothing of the rest of the text.
        of_spans: u64,
        /// Those that somebody passed over.
        ignored: u64,
        /// Those that are `null`.
        null: u64,
    },
    /// Texts in a folder that no label file lists.
    DocumentUnlisted {
        /// The names of the first ones.
        names: Vec<String>,
        /// How many there are.
        total: u64,
    },
    /// Confidences that do not belong to the labels.
    ConfidenceMismatch {
        /// How many there are, where the count is wrong: `(confidences, labels)`.
        counts: Option<(u64, u64)>,
        /// A value outside 0..1, as it is spelled.
        value: Option<String>,
    },
    /// `stringIndexType` is absent (`None`), or not `Utf16CodeUnit`.
    StringIndexType(Option<String>),
    /// An `image_url` of none of the known forms; what is wrong with it.
    BadDocumentUrl(&'static str),
    /// Several annotations of one document, of which one is to be read.
    SeveralAnnotators {
        /// How many there are.
        annotations: u64,
        /// Whether the user says whose is meant; then none of them is that person's, or several are.
        told: bool,
    },
    /// A label that is a number and whose name is not known.
    LabelsAreNumbers {
        /// The number, as it is spelled.
        value: String,
        /// How many names the user gives, where the user does; the number has none of them.
        names: Option<u64>,
    },
    /// What the tool whose file this is would not take, or would take in silence and break.
    ImporterRejects {
        /// The tool, with the version that it was tried with: `Label Studio 1.23.2`.
        tool: &'static str,
        /// What stands in the file, as the first words of a sentence; no value of the file that
        /// may not be shown.
        what: Cow<'static, str>,
        /// What the tool does with it, as the rest of a sentence behind the tool's name:
        /// `refuses the whole file`.
        outcome: &'static str,
        /// What to do, as an imperative.
        help: &'static str,
    },
    /// What the target of a conversion cannot hold.
    Lossy {
        /// `(what, how many)`, in a fixed order.
        lost: Vec<(&'static str, u64)>,
        /// Facts of the ledger that is put back whose documents or labels are not there.
        unplaced: u64,
        /// Whether a ledger can keep what is lost.
        has_ledger: bool,
    },
    /// Two documents would get the same location.
    LocationCollision {
        /// The location that both would have.
        location: String,
        /// The path of the first of them.
        first: String,
        /// The path of the one at the place.
        second: String,
    },
    /// Inputs that are to become one contradict one another in a document.
    InputsConflict {
        /// The document.
        document: String,
        /// What an earlier input has, in words; or why the two cannot be united.
        earlier: String,
        /// What this one has; `None` where it is not about a label.
        later: Option<String>,
    },
    /// Spans that cannot be converted truthfully.
    SpanUnproven {
        /// Why.
        cause: Unproven,
        /// How many labels this concerns.
        labels: u64,
        /// How many documents they stand in.
        documents: u64,
    },
    /// What the target needs and the source does not say.
    AssumedMetadata {
        /// The values that were written.
        assumed: Vec<Assumption>,
        /// The languages that documents got for the scripts of their texts, each with how many
        /// documents did.
        by_script: Vec<(&'static str, u64)>,
        /// The options that bring back on the way back what the target does not hold.
        rebuilt: Vec<Assumption>,
    },
    /// The target has no address for documents of the source.
    NoAddress {
        /// The location of the first.
        location: String,
        /// What is wrong with it.
        reason: &'static str,
        /// How many documents there are.
        documents: u64,
        /// The target format.
        target: &'static str,
    },
    /// A tag that does not fit those before and behind it.
    TagScheme {
        /// The tag.
        tag: String,
        /// What is wrong with it.
        fault: TagFault,
    },
    /// Tokens that do not stand in the text that they should be of, or of which there is no text.
    TokensNotInText {
        /// The text that they were looked for in; `None` where no text has their characters.
        text: Option<String>,
        /// The first token that does not stand there; empty where the text goes on behind the last.
        token: String,
        /// What stands there instead: the first characters; empty where the text ends.
        found: String,
    },
    /// Tokens that several texts have: the one that was taken, and another.
    DocumentAmbiguous {
        /// The name of the first of them.
        taken: String,
        /// The name of the second.
        other: String,
        /// How many there are.
        texts: u64,
    },
    /// Labels overlap, and the target has no form for that.
    Overlapping {
        /// How many labels overlap another that stands before them.
        labels: u64,
        /// How many documents they stand in.
        documents: u64,
        /// The target format.
        target: &'static str,
    },
    /// The target has nothing for this kind of project: its name, or `None` where the file
    /// does not tell its kind.
    NoCounterpart {
        /// The kind of the source, in the source's words.
        kind: Option<String>,
        /// The target format.
        target: &'static str,
    },
}

impl Issue {
    /// What is done where a machine fixes it, as in "remove the member"; empty where none can.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::ByteOrderMark => "remove the byte-order mark",
            Self::BlankLine | Self::BlankRow => "remove the line",
            Self::NullMember(_) => "remove the member",
            Self::KindCase { .. } => "write the kind as the service spells it",
            Self::ClassAsArray => "write the class as an object",
            Self::LegacyShape { .. } => "write the file in today's shape",
            Self::WrongType { .. } => "write the value as the right type",
            Self::MemberOfAnotherKind { .. } => "write the member that this kind has",
            _ => "",
        }
    }

    /// The rule that reports the fact.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::InvalidJson(_) | Self::TooLong { .. } => "invalid-json",
            Self::TruncatedFile => "truncated-file",
            Self::InvalidUtf8 => "invalid-utf8",
            Self::LoneSurrogate => "lone-surrogate",
            Self::ByteOrderMark => "byte-order-mark",
            Self::DuplicateKey(_) | Self::RepeatedColumn(_) => "duplicate-key",
            Self::NestingTooDeep(_) => "nesting-too-deep",
            Self::BlankLine | Self::BlankRow | Self::BlankEntry => "blank-line",
            Self::NotALabelFile(_) => "not-a-label-file",
            Self::MissingMember(_) => "missing-member",
            Self::WrongType { .. } => "wrong-type",
            Self::UnknownMember(_) | Self::MisspelledMember { .. } => "unknown-member",
            Self::NullMember(_) => "null-member",
            Self::KindUnknown { .. } => "kind-unknown",
            Self::KindMismatch { .. } => "kind-mismatch",
            Self::KindCase { .. } => "kind-case",
            Self::MemberOfAnotherKind { .. } => "member-of-another-kind",
            Self::ClassAsArray => "class-as-array",
            Self::VersionUnknown(_) => "version-unknown",
            Self::LegacyShape { .. } => "legacy-shape",
            Self::UnsupportedKind(_) => "unsupported-kind",
            Self::ImageRecord(_) => "image-record",
            Self::MixedKinds { .. } => "mixed-kinds",
            Self::PredictionRecord(_) => "prediction-record",
            Self::RecordsNotAccepted { .. } => "records-not-accepted",
            Self::ConfidenceMismatch { .. } => "confidence-mismatch",
            Self::DocumentUnlisted { .. } => "document-unlisted",
            Self::StringIndexType(_) => "string-index-type",
            Self::BadDocumentUrl(_) => "bad-document-url",
            Self::SeveralAnnotators { .. } => "several-annotators",
            Self::TagScheme { .. } => "tag-scheme-broken",
            Self::TokensNotInText { .. } => "tokens-not-in-text",
            Self::DocumentAmbiguous { .. } => "document-ambiguous",
            Self::ImporterRejects { .. } => "importer-rejects",
            Self::LabelsAreNumbers { .. } => "labels-are-numbers",
            Self::Lossy { .. } => "lossy-conversion",
            Self::LocationCollision { .. } => "location-collision",
            Self::InputsConflict { .. } => "inputs-conflict",
            Self::SpanUnproven { .. } => "span-unproven",
            Self::AssumedMetadata { .. } => "assumed-metadata",
            Self::NoAddress { .. } | Self::Overlapping { .. } | Self::NoCounterpart { .. } => {
                "no-counterpart"
            }
        }
    }
}

/// A fact and where it stands, from the start of the record (or header) that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The fact.
    pub issue: Issue,
    /// The value it is about, from the root of the record.
    pub pointer: Pointer,
    /// Its bytes, from the first byte of the record.
    pub bytes: Range<usize>,
}
