//! The rules: one file each, in the folder of its group.
//!
//! A rule says what is wrong; it reads nothing and knows no format. There are three ways to
//! come by a finding, and most rules use one of them:
//!
//! - [`Rule::fact`] puts into words what a reader or a converter noted;
//! - [`Rule::document`] looks at one document and its text, where a symptom shows of what it
//!   looks for ([`Rule::when`]);
//! - [`Rule::corpus`] looks at what the whole corpus adds up to.
//!
//! To add a rule: write its file, name it in [`RULES`], and give it a pair of fixtures under
//! `fixtures/rules/<name>/{bad,good}`. Tests see to the rest.

mod conversion;
mod coverage;
mod documents;
mod levels;
pub mod meta;
mod offsets;
mod project;
pub mod run;
mod scope;
pub mod settings;
mod shape;
mod sink;
mod split;
mod syntax;
#[cfg(test)]
pub(crate) mod testing;
mod triage;

use std::collections::{BTreeMap, BTreeSet};

use self::settings::Settings;
use crate::alignment::AlignedDocument;
use crate::corpus::confirmed::Confirmed;
#[cfg(test)]
use crate::corpus::confirmed::NOTHING;
use crate::corpus::kept_name::{LONGEST, kept_name};
use crate::corpus::{Ask, Statistics};
use crate::diagnostics::{Diagnostic, Folded, Issue, Location, Message};
use crate::formats::Info;
use crate::json::change::Op;
use crate::model::{Declaration, HeaderMember, Kind, Project};
use crate::text::Unit;

pub use crate::diagnostics::Applicability;
pub use crate::rules::meta::{Basis, Group, Meta};
pub use levels::{Choice, LevelError, Levels, UnknownRule, allowed, expand, turned_on};
pub use scope::{Scope, Traits};
pub use sink::{CorpusPlace, CorpusSink, DocumentSink, Drain, Said};
pub use triage::Symptoms;

/// What a corpus rule looks at.
#[derive(Debug)]
pub struct Corpus<'a> {
    /// What stands once in the corpus.
    pub project: &'a Project,
    /// The first declaration of each label.
    pub declarations: BTreeMap<&'a str, &'a Declaration>,
    /// What the user asks of it.
    pub settings: &'a Settings,
    /// What it labels, where that can be told.
    pub kind: Option<Kind>,
    /// What the documents add up to.
    pub statistics: &'a Statistics,
    /// Whether the file is broken around its records, or of a project that is not read.
    pub broken: bool,
    /// What the recheck has proved of what the statistics suspect.
    pub confirmed: &'a Confirmed,
    /// Whether the file is checked, and not only what a conversion of it needs.
    pub is_check: bool,
    /// Whether the user named the folders of the texts.
    pub texts_given: bool,
    /// Where the first of the missing texts are, if some are near.
    pub texts_near: Option<TextsNear>,
    /// In a conversion without texts: the documents whose region was made to end with the last
    /// label.
    pub guessed_regions: u64,
    /// The unit that the offsets were read in.
    pub unit: Unit,
    /// What they may count, where the format does not fix it.
    pub units: &'static [Unit],
}

/// A folder near the label file that has texts which were not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextsNear {
    /// The folder, as `--texts` would be given it.
    pub folder: String,
    /// How many of those that were looked for there have a file of their name in it.
    pub found: u64,
    /// How many were looked for.
    pub asked: u64,
}

#[cfg(test)]
impl<'a> Corpus<'a> {
    /// A Language corpus without texts that adds up to `statistics`, for tests.
    fn of(project: &'a Project, statistics: &'a Statistics, settings: &'a Settings) -> Self {
        Self {
            project,
            declarations: project.first_declarations(),
            settings,
            kind: project.kind,
            broken: false,
            statistics,
            confirmed: &NOTHING,
            is_check: true,
            texts_given: false,
            texts_near: None,
            guessed_regions: 0,
            unit: Unit::Utf16,
            units: &[Unit::CodePoint, Unit::Utf16],
        }
    }
}

impl Corpus<'_> {
    /// Whether everything in the file could be read, so that what is absent is absent.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        let declared = !self.project.declarations_unread && !self.project.documents_unread;
        !self.broken && self.statistics.unread == 0 && declared
    }

    /// Whether every record could be read, if not each label in it, so that labels can be
    /// counted.
    #[must_use]
    pub const fn has_all_records(&self) -> bool {
        !self.broken && self.statistics.unread_records == 0 && !self.project.documents_unread
    }

    /// The place of a member of the project, where the file has it.
    #[must_use]
    pub fn place(member: Option<&HeaderMember>) -> Option<Location> {
        let member = member?;
        Some(Location {
            bytes: member.bytes.clone(),
            pointer: Some(member.pointer.clone()),
            document: None,
        })
    }

    /// The names of all labels, declared or used: so declaring a label changes nothing here.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&str> {
        let declared = self.declarations.keys().copied();
        // What is used is kept cut where it is very long.
        let cut = |name: &str| self.statistics.labels.contains_key(&*kept_name(name));
        let declared = declared.filter(|name| name.len() <= LONGEST || !cut(name));
        let used = self.statistics.labels.keys().map(String::as_str);
        declared.chain(used).collect()
    }

    /// Where a label is declared first, if it is.
    #[must_use]
    pub fn declaration(&self, label: &str) -> Option<Location> {
        self.declarations.get(label).copied().map(Location::from)
    }
}

/// A part of a whole. The division is rounded once, so a share that is a decimal fraction is
/// equal to the threshold that is written so.
#[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

/// `35 %`, with as many decimals as the number needs.
fn percent(share: f64) -> String {
    let rounded = (share * 1e4).round() / 1e2;
    format!("{rounded} %")
}

/// The name of the rule about labels that are used and not declared.
pub const LABEL_UNDECLARED: &str = "label-undeclared";

/// The rule about texts that are not found: a pass asks where they are.
pub const DOCUMENT_MISSING: &str = "document-missing";

/// The name of the rule about texts that no label file lists.
pub const DOCUMENT_UNLISTED: &str = "document-unlisted";

/// The name of the rule about names of projects.
pub const PROJECT_NAME: &str = "project-name";

/// The name of the rule about languages that the service does not list.
pub const LANGUAGE_UNKNOWN: &str = "language-unknown";

/// The rule about words with several labels in one document.
pub const SURFACE_CONFLICT_IN_DOCUMENT: &str = "surface-conflict-in-document";

/// The rule about words that have a label in one place of a document and not in another.
pub const SURFACE_UNLABELED_IN_DOCUMENT: &str = "surface-unlabeled-in-document";

/// The name of the rule about spans that a conversion cannot prove.
pub const SPAN_UNPROVEN: &str = "span-unproven";

/// The name of the rule that forensics is for.
pub const OFFSET_UNIT_MISMATCH: &str = "offset-unit-mismatch";

/// The rules about the edges of a span, of which one speaks for all where several have something to
/// say: the last of them, or the gravest.
pub const EDGES: [&str; 3] = [SPAN_EDGE_WHITESPACE, SPAN_SPLITS_GRAPHEME, SPAN_CUTS_WORD];

/// See [`EDGES`].
pub const SPAN_SPLITS_GRAPHEME: &str = "span-splits-grapheme";

/// The rule that speaks for the next two where they have too much to say.
pub const SPANS_ADRIFT: &str = "spans-adrift";
/// See [`SPANS_ADRIFT`].
pub const SPAN_CUTS_WORD: &str = "span-cuts-word";
/// See [`SPANS_ADRIFT`].
pub const SPAN_EDGE_WHITESPACE: &str = "span-edge-whitespace";

/// The rule about regions past the end of their texts.
pub const REGION_OUT_OF_BOUNDS: &str = "region-out-of-bounds";

/// One rule.
pub trait Rule: Sync {
    /// Its entry in the catalogue.
    fn meta(&self) -> &'static Meta;

    /// What it asks the statistics for that costs time.
    fn asks(&self) -> &'static [Ask] {
        &[]
    }

    /// Words for a fact that [`Issue::rule`] assigns to this rule.
    fn issue(&self, _fact: &Issue) -> Option<Message> {
        None
    }

    /// What would fix what a fact is about, where a machine can. `value` is the JSON text of the
    /// value at the fact's place.
    fn fix(&self, _fact: &Issue, _value: &str) -> Option<Op> {
        None
    }

    /// Whether what it says of a document quotes its text.
    fn quotes_text(&self) -> bool {
        false
    }

    /// Takes the words of a document out of what it said of it, in a file of that format.
    fn redact(&self, finding: &mut Diagnostic, _: &Info) {
        finding.redact(self.quotes_text());
    }

    /// Words for several findings with one remedy, where they are one.
    fn folded(&self, _all: &Folded) -> Option<String> {
        None
    }

    /// Which symptoms must show in a document before it is asked to look: by default it never
    /// is.
    fn when(&self) -> Symptoms {
        Symptoms::NEVER
    }

    /// Looks at one document and its text, where one of the symptoms of [`Self::when`] shows.
    fn document(&self, _examined: &AlignedDocument<'_>, _sink: &mut DocumentSink<'_>) {}

    /// Looks at what was proved of some documents once the corpus was known: there may be very
    /// many, so they come a batch at a time.
    fn confirmed(&self, _confirmed: &Confirmed, _sink: &mut CorpusSink<'_>) {}

    /// Looks at the sum over all documents.
    fn corpus(&self, _corpus: &Corpus<'_>, _sink: &mut CorpusSink<'_>) {}
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.meta().name == name)
}

/// The catalogue: what is said of every rule, in the order of [`RULES`].
#[must_use]
pub fn metas() -> Vec<&'static Meta> {
    RULES.iter().map(|rule| rule.meta()).collect()
}

/// Every rule, by group and in the order of the documentation.
pub const RULES: &[&dyn Rule] = &[
    &syntax::InvalidJson,
    &syntax::InvalidUtf8,
    &syntax::LoneSurrogate,
    &syntax::ByteOrderMark,
    &syntax::DuplicateKey,
    &syntax::NestingTooDeep,
    &syntax::NotALabelFile,
    &syntax::BlankLine,
    &syntax::TruncatedFile,
    &shape::MissingMember,
    &shape::WrongType,
    &shape::UnknownMember,
    &shape::NullMember,
    &shape::KindUnknown,
    &shape::KindMismatch,
    &shape::KindCase,
    &shape::MemberOfAnotherKind,
    &shape::ClassAsArray,
    &shape::StringIndexType,
    &shape::VersionUnknown,
    &shape::LegacyShape,
    &shape::UnsupportedKind,
    &shape::ImageRecord,
    &shape::MixedKinds,
    &shape::PredictionRecord,
    &shape::RecordsNotAccepted,
    &shape::ConfidenceMismatch,
    &shape::BadDocumentUrl,
    &shape::SeveralAnnotators,
    &shape::TagSchemeBroken,
    &shape::ImporterRejects,
    &shape::LabelsAreNumbers,
    &offsets::SpanNegative,
    &offsets::SpanReversed,
    &offsets::SpanEmpty,
    &offsets::SpanOutOfBounds,
    &offsets::SpanSplitsCharacter,
    &offsets::SpanSplitsGrapheme,
    &offsets::SpanEdgeWhitespace,
    &offsets::SpanCutsWord,
    &offsets::OffsetUnitMismatch,
    &offsets::AmlUnitAmbiguous,
    &offsets::RegionOutOfBounds,
    &offsets::RegionTooShort,
    &offsets::LabelOutsideRegion,
    &offsets::RegionsOverlap,
    &offsets::SpansDuplicate,
    &offsets::SpansConflict,
    &offsets::SpansOverlap,
    &offsets::SpanTooLong,
    &offsets::SpansAdrift,
    &offsets::UnsafeLineBreak,
    &documents::DocumentMissing,
    &documents::DocumentEmpty,
    &documents::DocumentNotUtf8,
    &documents::DocumentBom,
    &documents::DocumentTooLong,
    &documents::DocumentDuplicate,
    &documents::DocumentCaseCollision,
    &documents::DocumentUnlisted,
    &documents::LocationUnsafe,
    &documents::LocationNotTxt,
    &documents::LocationNested,
    &documents::LocationName,
    &documents::LocationUnportable,
    &documents::DocumentSameText,
    &documents::TokensNotInText,
    &documents::DocumentAmbiguous,
    &documents::TextRebuilt,
    &coverage::LabelUndeclared,
    &coverage::LabelUnused,
    &coverage::LabelDeclaredTwice,
    &coverage::LabelName,
    &coverage::ClassDuplicate,
    &coverage::ClassReadsAsMissing,
    &coverage::LabelsAlike,
    &coverage::TooFewLabels,
    &coverage::TooManyLabels,
    &coverage::LabelRare,
    &coverage::LabelFewInTrain,
    &coverage::LabelImbalance,
    &coverage::DocumentUnlabeled,
    &coverage::DocumentCount,
    &coverage::SurfaceConflict,
    &coverage::SurfaceConflictInDocument,
    &coverage::SurfaceUnlabeled,
    &coverage::SurfaceUnlabeledInDocument,
    &coverage::SurfaceSeldomLabeled,
    &coverage::LabelMonotone,
    &split::DatasetUnknown,
    &split::SplitAbsent,
    &split::SplitPartial,
    &split::SplitOneSided,
    &split::SplitRatio,
    &split::LabelMissingInTrain,
    &split::LabelMissingInTest,
    &split::SplitSkewed,
    &split::SplitLeak,
    &split::SplitNearLeak,
    &project::ProjectName,
    &project::LanguageUnknown,
    &project::LanguageMixed,
    &project::LanguageScript,
    &project::AmlMultilingual,
    &project::AmlLanguage,
    &project::AmlTooFewLabels,
    &project::AmlSplitIgnored,
    &conversion::LossyConversion,
    &conversion::LocationCollision,
    &conversion::InputsConflict,
    &conversion::SpanUnproven,
    &conversion::AssumedMetadata,
    &conversion::NoCounterpart,
];
