//! What came of splitting a corpus, as it is told.

use std::fmt;

use super::summary::Spread;
use crate::diagnostics::{count, quote};

/// The fewest instances of a label that the service asks for in the training set (its page on evaluation
/// metrics, November 2025).
const ENOUGH: u64 = 15;

/// What came of splitting a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SplitOutcome {
    /// The names of the sets; of two, the first is the test set.
    pub sets: Vec<String>,
    /// The documents that each set was to have.
    pub wanted: Vec<u64>,
    /// The names of the labels, in the order of [`Spread::labels`].
    pub labels: Vec<String>,
    /// How the sets were before, with a third one for documents without a set; `None` where no document had
    /// one.
    pub before: Option<Spread>,
    /// How they are.
    pub after: Spread,
    /// How many groups of several documents stay together, and the documents in them.
    pub groups: (u64, u64),
    /// The documents that stayed where they were.
    pub kept: u64,
    /// The seed.
    pub seed: u64,
    /// What could not be had, and why.
    pub unmet: Vec<Unmet>,
}

/// Something that could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// A set has another size than was wanted, because of groups or of documents that stay where they are.
    Size {
        /// The set.
        set: String,
        /// The documents that were wanted.
        wanted: u64,
        /// Those that it has.
        has: u64,
        /// How many documents of the corpus stay where they are.
        kept: u64,
    },
    /// A label is absent from a set.
    Absent {
        /// The label.
        label: String,
        /// The set.
        set: String,
        /// Its documents.
        documents: u64,
        /// The groups or single documents that these are.
        units: u64,
        /// How many sets there are.
        sets: u64,
        /// The documents of the set.
        size: u64,
        /// How many documents of the corpus stay where they are.
        kept: u64,
    },
    /// A label has fewer instances in the training set than the service asks for.
    Few {
        /// The label.
        label: String,
        /// Its instances there.
        instances: u64,
    },
    /// The pairs of labels are too many to be looked at.
    Pairs,
    /// Texts were not looked at, or so many could not be read: what is the same is not known of these.
    Unread(Option<u64>),
}

impl SplitOutcome {
    /// Notes what could not be had of sizes and labels.
    pub fn find_unmet(&mut self) {
        let sets = self.sets.iter().zip(&self.wanted).zip(&self.after.sizes);
        let is_split = self.sets.len() == 2;
        for (number, ((set, wanted), has)) in sets.enumerate() {
            // Of two sets, one tells of the other.
            if wanted != has && (number == 0 || !is_split) {
                self.unmet.push(Unmet::Size {
                    set: set.clone(),
                    wanted: *wanted,
                    has: *has,
                    kept: self.kept,
                });
            }
        }
        for (label, spread) in self.labels.iter().zip(&self.after.labels) {
            let sets = self.sets.iter().zip(&self.after.sizes);
            let absent = spread.documents.iter().zip(sets);
            for (_, (set, size)) in absent.filter(|(documents, _)| **documents == 0) {
                self.unmet.push(Unmet::Absent {
                    label: label.clone(),
                    set: set.clone(),
                    documents: spread.documents.iter().sum(),
                    units: spread.units,
                    sets: self.sets.len() as u64,
                    size: *size,
                    kept: self.kept,
                });
            }
            // Of folds, all but one are the training set.
            if let ([_, train], [_, _]) = (spread.instances.as_slice(), self.sets.as_slice())
                && (1..ENOUGH).contains(train)
            {
                self.unmet.push(Unmet::Few {
                    label: label.clone(),
                    instances: *train,
                });
            }
        }
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size {
                set,
                wanted,
                has,
                kept,
            } => {
                let documents = count(*has, "document");
                let why = match kept {
                    0 => "groups stay together, and allow no nearer size".to_owned(),
                    kept => format!(
                        "{} of all are kept where they are",
                        count(*kept, "document")
                    ),
                };
                write!(f, "{set} has {documents} instead of {wanted}: {why}")
            }
            Self::Absent {
                label,
                set,
                documents,
                units,
                sets,
                size,
                kept,
            } => {
                let label = quote(label);
                let has = count(*documents, "document");
                match (documents, units) {
                    (1, _) => write!(f, "{set} has no {label}: only one document has it"),
                    (_, 1) => write!(f, "{set} has no {label}: its {has} are one group"),
                    // There is one for each set, so the label is not the cause.
                    (_, units) if units >= sets && *kept > 0 => write!(
                        f,
                        "{set} has no {label}: {} of all are kept where they are",
                        count(*kept, "document")
                    ),
                    (_, units) if units >= sets => write!(
                        f,
                        "{set} has no {label}: a set of {} has no room for each label; ask for a \
                         larger one",
                        count(*size, "document")
                    ),
                    (_, units) if units == documents => {
                        write!(f, "{set} has no {label}: only {has} have it")
                    }
                    _ => write!(f, "{set} has no {label}: its {has} are in {units} groups"),
                }
            }
            Self::Few { label, instances } => write!(
                f,
                "{} has {} in Train; the service asks for {ENOUGH}: label more documents with it",
                quote(label),
                count(*instances, "instance")
            ),
            Self::Pairs => f.write_str(
                "documents have too many labels at once for pairs of them to be looked at; each label by \
                 itself keeps its share",
            ),
            Self::Unread(None) => f.write_str(
                "the texts were not read, so documents with the same text may be parted",
            ),
            Self::Unread(Some(texts)) => write!(
                f,
                "{} could not be read, so documents with the same text may be parted",
                count(*texts, "text")
            ),
        }
    }
}
