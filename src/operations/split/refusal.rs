//! Why a corpus is not split.

use std::collections::BTreeSet;
use std::fmt;

use super::gather::Gathered;
use super::request::{Division, SETS};
use crate::diagnostics::{count, quote};
use crate::model::Kind;
use crate::stratification::{Split, Units};

/// How far from what a ratio wants a test set may be where groups allow no nearer size: one in so many
/// documents of it.
const TOLERANCE: u64 = 10;

/// Why a corpus is not split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Records of the file cannot be read.
    Unreadable,
    /// There are no documents.
    NoDocuments,
    /// No document has a label.
    Unlabeled {
        /// How many documents there are.
        documents: u64,
    },
    /// All documents have one class, so that there is nothing to tell apart.
    OneClass(String),
    /// Nearly equal texts are to stay together, and no text could be read.
    NoTexts,
    /// A set would have no document.
    EmptySet {
        /// The documents of the test set.
        test: u64,
        /// All documents.
        total: u64,
    },
    /// Documents that must not be parted are settled in several sets: two of them.
    Straddling(String, String),
    /// There are fewer documents, or groups of them, than sets.
    TooFew {
        /// The documents and groups.
        units: u64,
        /// The sets.
        sets: u64,
    },
    /// Groups do not allow the size.
    Size {
        /// The set.
        set: String,
        /// The documents that it was to have.
        wanted: u64,
        /// The nearest number that it can have.
        nearest: u64,
        /// The documents of the largest group.
        largest: u64,
        /// How many documents stay where they are.
        kept: u64,
    },
}

/// Why no split of a corpus makes sense, whatever is asked for.
pub(super) fn of_corpus(gathered: &Gathered, kind: Option<Kind>) -> Option<Refusal> {
    let documents = gathered.documents.len() as u64;
    if documents == 0 {
        return Some(Refusal::NoDocuments);
    }
    if gathered.labels.is_empty() {
        return Some(Refusal::Unlabeled { documents });
    }
    let used = gathered.documents.iter().flat_map(|it| &it.labels);
    let used: BTreeSet<u32> = used.map(|(label, _)| *label).collect();
    match (kind, gathered.labels.keys().next()) {
        (Some(Kind::SingleLabelClassification), Some(class)) if used.len() == 1 => {
            Some(Refusal::OneClass(class.clone()))
        }
        _ => None,
    }
}

/// Fails where units do not allow sets of the sizes that are wanted.
pub(super) fn of_sizes(
    units: &Units,
    division: Division,
    sets: &[String],
    wanted: &[u64],
) -> Result<(), Refusal> {
    if units.len() < sets.len() {
        return Err(Refusal::TooFew {
            units: units.len() as u64,
            sets: sets.len() as u64,
        });
    }
    let kept: u64 = units.kept(sets.len()).iter().sum();
    let keeps = kept > 0;
    let sizes = Split::sizes(units, wanted);
    for ((set, wanted), has) in sets.iter().zip(wanted).zip(&sizes) {
        let allowed = match division {
            Division::TestCount(_) => 0,
            Division::TestRatio(_) => (wanted / TOLERANCE).max(1),
            Division::Folds(_) => *wanted,
        };
        // What is kept is as it is, and the outcome says so.
        let is_off = has.abs_diff(*wanted) > allowed && !keeps;
        let is_rest = set == SETS[1];
        if *has == 0 || (is_off && !is_rest) {
            return Err(Refusal::Size {
                set: set.clone(),
                wanted: *wanted,
                nearest: *has,
                largest: units.largest(),
                kept,
            });
        }
    }
    Ok(())
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str(
                "not all of it can be read, and no document may be lost; `labelwright check` says what \
                 is wrong",
            ),
            Self::NoDocuments => f.write_str("it has no documents"),
            Self::Unlabeled { documents } => write!(
                f,
                "none of its {} has a label, so there are no shares to keep; label them first",
                count(*documents, "document")
            ),
            Self::OneClass(class) => write!(
                f,
                "all its documents have the class {}, so there is nothing to tell apart; label \
                 documents with another class first",
                quote(class)
            ),
            Self::NoTexts => f.write_str(
                "`--group-near` compares texts, and none could be read; name their folder with `--texts`",
            ),
            Self::EmptySet { test: 0, total } => write!(
                f,
                "of {} Test would get none; ask for a greater share, or label more documents",
                count(*total, "document")
            ),
            Self::EmptySet { test, total } => write!(
                f,
                "Test would get {test} of {}, and Train none; ask for fewer",
                count(*total, "document")
            ),
            Self::Straddling(one, other) => write!(
                f,
                "{} and {} must stay together, since they have one text or are of one group, and `--keep` \
                 keeps them in different sets; split without `--keep`, or give both one set first",
                quote(one),
                quote(other)
            ),
            Self::TooFew { units, sets } => write!(
                f,
                "{units} documents or groups cannot make {sets} sets; ask for fewer sets, or for smaller groups"
            ),
            Self::Size {
                set,
                wanted,
                nearest,
                kept,
                ..
            } if *kept > 0 => write!(
                f,
                "{} stay in the set that they have, so that {set} gets {nearest} instead of {wanted}; split \
                 without `--keep`, or ask for another size",
                count(*kept, "document")
            ),
            Self::Size {
                set,
                wanted,
                nearest,
                largest,
                ..
            } => write!(
                f,
                "groups stay together, and do not make a {set} of {}: the largest has {}, and the \
                 nearest size is {nearest}; ask for another size, or for smaller groups",
                count(*wanted, "document"),
                count(*largest, "document")
            ),
        }
    }
}
