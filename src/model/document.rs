//! The span model: what every format is read into and written from.
//!
//! A corpus is a [`Project`] (what stands once) and its [`Document`]s (what stands once a
//! record). A document borrows from the bytes that it was read from.

use std::borrow::Cow;
use std::ops::Range;

use crate::json::Pointer;
use crate::model::{Address, Class, Label, Labels, Region};
use crate::text::Unit;

/// A document as its label file describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'a> {
    /// Its place among the records of the file, from 0.
    pub index: u64,
    /// The first byte of its record in the file.
    pub start: u64,
    /// The record as it is spelled.
    pub source: &'a str,
    /// Where its text lies, or what it is called where its text stands elsewhere.
    pub address: Address<'a>,
    /// Where its text stands.
    pub body: Body<'a>,
    /// The language, BCP-47, where the format says one.
    pub language: Option<Cow<'a, str>>,
    /// The split, where the format says one.
    pub split: Option<Split<'a>>,
    /// The labels.
    pub labels: Labels<'a>,
    /// How the file writes a span; what a rule's message should speak of.
    pub notation: Notation,
    /// What only its own format can hold.
    pub extras: Extras<'a>,
    /// How many of its labels could not be read; each has a finding.
    pub unreadable: u64,
}

/// Where the text of a document stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body<'a> {
    /// In a file of its own, at the document's address.
    #[default]
    Elsewhere,
    /// In the record itself.
    Inline(Cow<'a, str>),
    /// In the record, cut into tokens: what stood between them is not known.
    Tokens(Tokens),
}

/// A text as the file of its tokens gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// The tokens with one blank between each two, and LF between sentences; or the text that the
    /// file says itself.
    pub text: String,
    /// Where each stands.
    pub places: Vec<TokenPlace>,
    /// Whether the file says the text itself.
    pub is_stated: bool,
    /// Whether the file says how the document is called.
    pub is_named: bool,
    /// Whether the text itself was looked for, and there is none with these tokens.
    pub is_unfound: bool,
}

/// Where a token stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPlace {
    /// Its bytes in [`Tokens::text`].
    pub text: Range<usize>,
    /// Its bytes in the record.
    pub source: Range<usize>,
}

impl Document<'_> {
    /// The labels that are spans, in the file's order.
    #[must_use]
    pub fn spans(&self) -> &[Label<'_>] {
        match &self.labels.spans {
            Some(spans) => &spans.labels,
            None => &[],
        }
    }

    /// The classes, in the file's order.
    #[must_use]
    pub fn classes(&self) -> &[Class<'_>] {
        match &self.labels.classes {
            Some(classes) => classes.as_slice(),
            None => &[],
        }
    }

    /// The names of all labels, spans or classes, and where each stands.
    pub fn categories(&self) -> impl Iterator<Item = (&str, At)> {
        let spans = self.spans().iter().enumerate();
        let spans = spans.map(|(index, label)| (&*label.category, At::Label(index)));
        let classes = self.classes().iter().enumerate();
        spans.chain(classes.map(|(index, class)| (&*class.category, At::Class(index))))
    }

    /// The regions, in the file's order.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        match &self.labels.spans {
            Some(spans) => spans.regions.as_deref().unwrap_or_default(),
            None => &[],
        }
    }
}

/// The set that a document belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split<'a> {
    /// For training.
    Train,
    /// For choosing between models while training goes on: a development or validation set. Azure
    /// has no place for it.
    Dev,
    /// For testing.
    Test,
    /// A value that the service does not know.
    Other(Cow<'a, str>),
}

impl Split<'_> {
    /// The set that is meant, where nothing but the case of the value and white space around it
    /// is wrong.
    #[must_use]
    pub fn meant(&self) -> Option<Split<'static>> {
        if *self == Split::Dev {
            return Some(Split::Dev);
        }
        let value = self.name().trim();
        let mut known = [Split::Train, Split::Test].into_iter();
        known.find(|known| known.name().eq_ignore_ascii_case(value))
    }

    /// The name of the set, as reports and a Language file spell it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Train => "Train",
            Self::Dev => "Dev",
            Self::Test => "Test",
            Self::Other(value) => value,
        }
    }
}

/// How a format writes the extent of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Start and exclusive end (AML: `offsetStart`, `offsetEnd`).
    StartEnd,
    /// The same by plain names (`start`, `end`).
    Plain,
    /// Start and length (Language: `offset`, `length`).
    OffsetLength,
}

/// What a document carries that another format has no place for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras<'a> {
    /// The confidences.
    pub confidence: Confidence<'a>,
    /// Contributor columns (who labeled, when): name and JSON text.
    pub columns: Vec<(&'static str, &'a str)>,
    /// How many members the contract does not have, or that are null, at any depth.
    pub unknown: u64,
    /// Members of a document of an earlier shape that the contract does not have: name and JSON
    /// text. Today's shape of the same format holds them; they are not among `unknown`.
    pub carried: Vec<(String, &'a str)>,
    /// Whether the document has no list of labels at all, which is less than an empty one.
    pub unlabeled: bool,
    /// Whether it has a member that holds the labels of another kind of project.
    pub of_another_kind: bool,
    /// Where its spans stand in the record, in a format where that is not always the same: arrays,
    /// each with the number of the first label in it. The `region` and `index` of a label say where
    /// in the array.
    pub spans_at: Vec<(usize, Pointer)>,
    /// The same of its classes.
    pub classes_at: Vec<(usize, Pointer)>,
    /// What it holds beside labels, and how much of each sort; a sort may stand here several times.
    pub lost: Vec<(Foreign, u64)>,
    /// How the file says what its spans cover ([`Label::covered`]), where that proves them.
    pub covered: Option<Covered>,
}

/// What a document of another tool holds that labels cannot be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Labeled spans, in a project of classes.
    Span,
    /// Classes, in a project of spans.
    Class,
    /// Relations between labels, equivalences and events.
    Relation,
    /// Attributes, notes and normalizations of labels.
    Attribute,
    /// What other people labeled in the same document; an annotation each.
    Annotation,
    /// What a model labeled; a prediction each.
    Prediction,
    /// Answers that were rejected or ignored, and annotations that were cancelled.
    Answer,
    /// Columns of tokens beside token and tag; one for a document.
    TokenColumn,
    /// Token borders; one for a document.
    Tokens,
    /// Ids, counts and the like, by which a tool keeps its own records; a member each.
    Bookkeeping,
}

/// How a file says what its spans cover. What it says is the very text, so a span whose characters
/// are another text has no place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// The units that each of the spans may be in, the usual one first.
    pub among: &'static [Unit],
    /// The labels that cover several stretches of text, by their index in [`Document::spans`]: start
    /// and end of each stretch, in the order of the file. What they cover is these with one blank
    /// between each two, or with none.
    pub fragments: Vec<(usize, Vec<(i64, i64)>)>,
}

/// The confidences of a document's labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confidence<'a> {
    /// The format has none.
    #[default]
    Inapplicable,
    /// Each label has one, and each is spelled `1.0`: a manual label.
    Ones,
    /// The format has them and this record does not.
    Absent,
    /// Anything else, as JSON text.
    Other(&'a str),
}

/// A place in a document that a finding can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The document as a whole.
    Document,
    /// Its location or URL.
    Address,
    /// Its split.
    Split,
    /// Its language.
    Language,
    /// A label, by its index in [`Document::spans`].
    Label(usize),
    /// A region, by its index in [`Document::regions`].
    Region(usize),
    /// A class, by its index in [`Document::classes`].
    Class(usize),
    /// The location of the summary.
    Summary,
}

/// The unit that is used for reading a corpus, and how it was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitChoice {
    /// The file or the user says it.
    Given(Unit),
    /// The evidence says it.
    Found(Unit),
    /// The evidence fits several alike; one is taken, and spans that differ between them are not
    /// judged.
    Ambiguous {
        /// The one that is taken.
        taken: Unit,
        /// What it may be.
        among: &'static [Unit],
    },
}

impl UnitChoice {
    /// The unit itself.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Given(unit) | Self::Found(unit) | Self::Ambiguous { taken: unit, .. } => unit,
        }
    }
}
