//! The rules: one file each, in the folder of its group.
//!
//! A rule says what is wrong; it reads nothing and knows no format. There are three ways to
//! come by a finding, and most rules use one of them:
//!
//! - [`Rule::fact`] puts into words what a reader or a converter noted;
//! - [`Rule::document`] looks at one document and its text;
//! - [`Rule::corpus`] looks at what the whole corpus adds up to.
//!
//! To add a rule: write its file, name it in [`RULES`], and give it a pair of fixtures under
//! `fixtures/rules/<name>/{bad,good}`. Tests see to the rest.

mod conversion;
mod coverage;
mod documents;
mod levels;
mod offsets;
pub mod run;
mod shape;
mod sink;
mod split;
mod syntax;

use crate::diagnostic::{Message, Severity};
use crate::examined::Examined;
use crate::fact::Fact;
use crate::model::Project;
use crate::site::Site;
use crate::tally::Tally;

pub use levels::{Levels, UnknownRule};
pub use sink::{CorpusSink, DocumentSink};

/// The subject of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Can the file be read at all?
    Syntax,
    /// Has it the members and types of the contract?
    Shape,
    /// Do the spans name characters, and the right ones?
    Offsets,
    /// Are the texts there, and whole?
    Documents,
    /// Are the labels declared, used and frequent enough?
    Coverage,
    /// Can the test set measure what the training set teaches?
    Split,
    /// What stops or costs something in a conversion.
    Conversion,
}

impl Group {
    /// Every group, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Syntax,
        Self::Shape,
        Self::Offsets,
        Self::Documents,
        Self::Coverage,
        Self::Split,
        Self::Conversion,
    ];

    /// The name used on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Shape => "shape",
            Self::Offsets => "offsets",
            Self::Documents => "documents",
            Self::Coverage => "coverage",
            Self::Split => "split",
            Self::Conversion => "conversion",
        }
    }
}

/// Why a rule exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The published contract or a parser would reject it.
    Format,
    /// The service's documented limit or behaviour.
    Service,
    /// The label cannot mean what the labeler meant.
    Truth,
    /// The documentation or practice recommends otherwise.
    Advice,
}

impl Basis {
    /// The word used in the catalogue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Service => "service",
            Self::Truth => "truth",
            Self::Advice => "advice",
        }
    }

    /// What it means, as a sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Format => "The published contract, or a parser, rejects it.",
            Self::Service => "The service documents this limit or behaviour.",
            Self::Truth => "The label cannot mean what the labeler meant.",
            Self::Advice => "The documentation, or practice, recommends otherwise.",
        }
    }
}

/// Whether mending a finding by machine keeps the meaning of the labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// It does.
    Safe,
    /// It may change it.
    Unsafe,
}

impl Fix {
    /// The word used in the catalogue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// What is said of a rule: its entry in the catalogue, and the sections of `explain`.
/// Everything but `example` is prose in Markdown.
#[derive(Debug)]
pub struct Meta {
    /// The name, kebab-case; it names the defect and reads well after "allow".
    pub name: &'static str,
    /// The subject.
    pub group: Group,
    /// The severity of its findings, where the user does not say otherwise.
    pub severity: Severity,
    /// Why the rule exists.
    pub basis: Basis,
    /// Whether a machine can mend it.
    pub fix: Option<Fix>,
    /// What it finds: one line without a full stop.
    pub summary: &'static str,
    /// Why it matters: what the service or the model does with it.
    pub why: &'static str,
    /// A piece of a label file that it reports.
    pub example: &'static str,
    /// How to mend it.
    pub remedy: &'static str,
    /// Where the facts come from.
    pub source: &'static str,
}

/// What a corpus rule looks at.
#[derive(Debug)]
pub struct Corpus<'a> {
    /// What stands once in the corpus.
    pub project: &'a Project,
    /// What the documents add up to.
    pub tally: &'a Tally,
    /// Whether the format declares its labels and knows splits (Language does, AML does not).
    pub declares: bool,
    /// Whether the user named the folders of the texts.
    pub texts_given: bool,
    /// Whether the texts are looked at.
    pub texts_asked: bool,
    /// In a conversion without texts: the documents whose region was made to end with the last
    /// label.
    pub guessed_regions: u64,
}

impl Corpus<'_> {
    /// Where a label is declared, if it is.
    #[must_use]
    pub fn declaration(&self, label: &str) -> Option<Site> {
        let mut declared = self.project.declared.iter();
        let found = declared.find(|declaration| declaration.name == label)?;
        Some(Site {
            bytes: found.bytes.clone(),
            pointer: found.pointer.clone(),
            document: None,
        })
    }
}

/// One rule.
pub trait Rule: Sync {
    /// Its entry in the catalogue.
    fn meta(&self) -> &'static Meta;

    /// Words for a fact that [`Fact::rule`] assigns to this rule.
    fn fact(&self, _fact: &Fact) -> Option<Message> {
        None
    }

    /// Looks at one document and its text.
    fn document(&self, _examined: &Examined<'_>, _sink: &mut DocumentSink<'_>) {}

    /// Looks at the sum over all documents.
    fn corpus(&self, _corpus: &Corpus<'_>, _sink: &mut CorpusSink<'_>) {}
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.meta().name == name)
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
    &shape::StringIndexType,
    &shape::BadDocumentUrl,
    &offsets::SpanNegative,
    &offsets::SpanReversed,
    &offsets::SpanEmpty,
    &offsets::SpanOutOfBounds,
    &offsets::SpanSplitsCharacter,
    &offsets::SpanSplitsGrapheme,
    &offsets::SpanEdgeWhitespace,
    &offsets::SpanCutsWord,
    &offsets::AmlUnitAmbiguous,
    &offsets::RegionOutOfBounds,
    &offsets::RegionTooShort,
    &offsets::LabelOutsideRegion,
    &offsets::RegionsOverlap,
    &offsets::SpansDuplicate,
    &offsets::SpansConflict,
    &offsets::SpansOverlap,
    &offsets::SpanTooLong,
    &documents::DocumentMissing,
    &documents::DocumentEmpty,
    &documents::DocumentNotUtf8,
    &documents::DocumentDuplicate,
    &documents::LocationUnsafe,
    &coverage::LabelUndeclared,
    &coverage::LabelUnused,
    &coverage::LabelRare,
    &split::DatasetUnknown,
    &split::SplitAbsent,
    &split::SplitRatio,
    &split::LabelMissingInTrain,
    &split::LabelMissingInTest,
    &conversion::LossyConversion,
    &conversion::LocationCollision,
    &conversion::SpanUnproven,
    &conversion::AssumedMetadata,
    &conversion::NoCounterpart,
];
