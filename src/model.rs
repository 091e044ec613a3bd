//! The span model: what every format is read into and written from.
//!
//! A corpus is a [`Project`] (what stands once) and its [`Document`]s (what stands once a
//! record). A document borrows from the bytes that it was read from.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::json::Pointer;
use crate::text::{Span, Unit};

/// What a project labels. Named after Azure AI Language's `projectKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Spans of text with a label each (NER).
    EntityRecognition,
    /// One class a document.
    SingleLabelClassification,
    /// Any number of classes a document.
    MultiLabelClassification,
    /// Spans of text, each positive, negative or neutral.
    TextSentiment,
    /// NER with entity components, for health care.
    Healthcare,
    /// Documents with a summary each.
    AbstractiveSummarization,
}

impl Kind {
    /// Every kind of the text family.
    pub const ALL: [Self; 6] = [
        Self::EntityRecognition,
        Self::SingleLabelClassification,
        Self::MultiLabelClassification,
        Self::TextSentiment,
        Self::Healthcare,
        Self::AbstractiveSummarization,
    ];

    /// Today's spelling of the `projectKind` (analyzetext-authoring 2022-05-01 and later).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EntityRecognition => "CustomEntityRecognition",
            Self::SingleLabelClassification => "CustomSingleLabelClassification",
            Self::MultiLabelClassification => "CustomMultiLabelClassification",
            Self::TextSentiment => "CustomTextSentiment",
            Self::Healthcare => "CustomHealthcare",
            Self::AbstractiveSummarization => "CustomAbstractiveSummarization",
        }
    }

    /// What a person calls it.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::EntityRecognition => "entity recognition",
            Self::SingleLabelClassification => "single-label classification",
            Self::MultiLabelClassification => "multi-label classification",
            Self::TextSentiment => "sentiment",
            Self::Healthcare => "healthcare",
            Self::AbstractiveSummarization => "abstractive summarization",
        }
    }

    /// Whether its labels are spans of text.
    #[must_use]
    pub const fn has_spans(self) -> bool {
        matches!(
            self,
            Self::EntityRecognition | Self::Healthcare | Self::TextSentiment
        )
    }

    /// Whether its labels are declared by the project.
    #[must_use]
    pub const fn declares(self) -> bool {
        !matches!(self, Self::TextSentiment | Self::AbstractiveSummarization)
    }
}

/// How old the shape of a file is, where its format has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Today's.
    #[default]
    Today,
    /// Today's but for names in the header: the draft of 2022-05-01.
    Draft,
    /// The import body of 2021-11-01-preview.
    Body,
    /// The tags file of 2021-11-01-preview: no metadata.
    Tags,
    /// The file of November 2021: labels by index, no metadata.
    Indexed,
}

impl Shape {
    /// Whether today's shape is so far from it that a file is written anew.
    #[must_use]
    pub const fn is_foreign(self) -> bool {
        matches!(self, Self::Body | Self::Tags | Self::Indexed)
    }
}

/// A label or class that a project declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub pointer: Pointer,
    /// Its bytes in the file.
    pub bytes: Range<u64>,
}

/// A value in the header of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its bytes in the file.
    pub bytes: Range<u64>,
}

/// Where the members of a project stand that rules speak of; `None` where they are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// `projectName`
    pub name: Option<Member>,
    /// `language`
    pub language: Option<Member>,
    /// `multilingual`
    pub multilingual: Option<Member>,
}

/// What stands once in a corpus. An AML export has nothing of it: all is empty then.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The kind, where the header tells it.
    pub kind: Option<Kind>,
    /// How old the file's shape is.
    pub shape: Shape,
    /// Whether the header leaves open if documents have one class or several; then they have
    /// one where every document does.
    pub one_class_or_several: bool,
    /// `projectFileVersion`
    pub version: Option<String>,
    /// `projectName`
    pub name: Option<String>,
    /// `storageInputContainerName`
    pub container: Option<String>,
    /// `language`, BCP-47
    pub language: Option<String>,
    /// `multilingual`
    pub multilingual: Option<bool>,
    /// `description`
    pub description: Option<String>,
    /// `settings`, where they hold anything: JSON text without white space.
    pub settings: Option<String>,
    /// Where some of these members stand.
    pub places: Places,
    /// The declared labels in their order.
    pub declared: Vec<Declaration>,
    /// How many members the contract does not have, or that are null.
    pub extras: u64,
    /// Whether some of the declarations could not be read, so that nothing can be said of what
    /// is declared.
    pub declarations_unread: bool,
    /// Whether the list of the documents is absent, or no list.
    pub documents_unread: bool,
}

impl Project {
    /// The first declaration of each label.
    #[must_use]
    pub fn first_declarations(&self) -> BTreeMap<&str, &Declaration> {
        let declared = self.declared.iter().rev();
        declared
            .map(|declared| (&*declared.name, declared))
            .collect()
    }
}

/// A document as its label file describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'a> {
    /// Its place among the records of the file, from 0.
    pub index: u64,
    /// The first byte of its record in the file.
    pub start: u64,
    /// The record as it is spelled.
    pub source: &'a str,
    /// Where its text lies.
    pub address: Address<'a>,
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

impl Document<'_> {
    /// The labels that are spans, in the file's order.
    #[must_use]
    pub fn spans(&self) -> &[Label<'_>] {
        match &self.labels {
            Labels::Spans { labels, .. } | Labels::Sentiments(labels) => labels,
            Labels::Class(_) | Labels::Classes(_) | Labels::Summary(_) => &[],
        }
    }

    /// The classes, in the file's order.
    #[must_use]
    pub fn classes(&self) -> &[Class<'_>] {
        match &self.labels {
            Labels::Class(class) => class.as_slice(),
            Labels::Classes(classes) => classes,
            Labels::Spans { .. } | Labels::Sentiments(_) | Labels::Summary(_) => &[],
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
        match &self.labels {
            Labels::Spans { regions, .. } => regions,
            _ => &[],
        }
    }
}

/// Where a document's text lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The `location` or `image_url` as the file has it, unescaped.
    pub written: Cow<'a, str>,
    /// The path in it, in bytes: all of a location, the part after the datastore of a URL.
    pub path: Range<usize>,
    /// The datastore's name in it, in bytes.
    pub datastore: Option<Range<usize>>,
    /// Whether the text may lie under a shorter path: without the first segments, down to the
    /// bare name. So for URLs, whose folders seldom exist beside the label file.
    pub shortens: bool,
}

impl Address<'_> {
    /// The path under the container or datastore. This is what reports call the document.
    #[must_use]
    pub fn path(&self) -> &str {
        self.written.get(self.path.clone()).unwrap_or_default()
    }

    /// The last segment of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        let path = self.path();
        path.rsplit('/').next().unwrap_or(path)
    }

    /// The path without its last segment and the slash before that.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    }

    /// Whether it is the plain name or path of a document, as in a Language file, and no URL.
    #[must_use]
    pub const fn is_location(&self) -> bool {
        !self.shortens
    }

    /// The datastore's name.
    #[must_use]
    pub fn datastore(&self) -> Option<&str> {
        self.written.get(self.datastore.clone()?)
    }
}

/// The set that a document belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split<'a> {
    /// For training.
    Train,
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
        let value = self.name().trim();
        let mut known = [Split::Train, Split::Test].into_iter();
        known.find(|known| known.name().eq_ignore_ascii_case(value))
    }

    /// The value as a Language file spells it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Train => "Train",
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
    /// Start and length (Language: `offset`, `length`).
    OffsetLength,
}

/// The labels of a document; the variant follows the kind of the project.
#[derive(Clone, Debug, PartialEq)]
pub enum Labels<'a> {
    /// Entities. `regions` is `None` where the format has none (AML) and empty where a document
    /// is unlabeled.
    Spans {
        /// The labels of all regions, one region after the other.
        labels: Vec<Label<'a>>,
        /// The stretches of text that training looks at.
        regions: Vec<Region>,
        /// Whether the format has regions at all.
        regional: bool,
    },
    /// Spans without regions, each positive, negative or neutral.
    Sentiments(Vec<Label<'a>>),
    /// One class, or none yet.
    Class(Option<Class<'a>>),
    /// Any number of classes.
    Classes(Vec<Class<'a>>),
    /// Where the summary lies.
    Summary(Address<'a>),
}

/// A class on a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class<'a> {
    /// The class's name.
    pub category: Cow<'a, str>,
    /// Its index in the file's array of classes (0 where there is none).
    pub index: usize,
    /// Its spelling, where it is a number or a truth value instead of a string.
    pub spelled: Option<&'a str>,
}

/// A labelled span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The label's name.
    pub category: Cow<'a, str>,
    /// Where it stands; absolute in the document, whatever its region.
    pub span: Span,
    /// The region that holds it, an index of the file's array (0 where there are none).
    pub region: usize,
    /// Its index in the file's array of labels.
    pub index: usize,
}

/// A stretch of text that training looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its extent.
    pub span: Span,
    /// Its index in the file's array of regions.
    pub index: usize,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The evidence fits code points and UTF-16 alike; code points are taken, and spans that
    /// differ between the two are not judged.
    Ambiguous,
}

impl UnitChoice {
    /// The unit itself.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Given(unit) | Self::Found(unit) => unit,
            Self::Ambiguous => Unit::CodePoint,
        }
    }
}
