//! What the recheck at a file has proved of what its statistics suspects.

use std::collections::BTreeMap;

use super::search::{Coverage, Found};
use super::surfaces::Conflict;
use crate::diagnostics::{Location, Shown};

/// A document whose text is that of another one, or nearly so.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// The address of the document.
    pub location: Location,
    /// What reports call it.
    pub name: String,
    /// What they call the other one.
    pub other: String,
    /// The Jaccard index of the shingles of the two texts; 1 where the texts are the same.
    pub index: f64,
}

/// A surface that stands in a document without a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlabeled {
    /// The document.
    pub location: Location,
    /// What was found in it.
    pub found: Found,
    /// The first of the places.
    pub shown: Shown,
}

/// A [`Conflict`] and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedConflict {
    /// The conflict.
    pub conflict: Conflict,
    /// The first place with the label that few have.
    pub location: Location,
    /// Its words.
    pub shown: Shown,
}

/// Words that seldom have a label.
#[derive(Clone, Debug, PartialEq)]
pub struct SeldomLabeled {
    /// The words.
    pub words: String,
    /// The label that most of their labeled places have.
    pub label: String,
    /// How many places there are, and how many of them are labeled.
    pub coverage: Coverage,
    /// The first of these.
    pub location: Location,
    /// Its words.
    pub shown: Shown,
}

/// The first uses of a label.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FirstUses {
    /// Where they are; no more than a finding names.
    pub places: Vec<Location>,
    /// The words of the first.
    pub shown: Shown,
}

/// What the recheck has proved. In the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confirmed {
    /// Documents with the text of an earlier one.
    pub same: Vec<Alike>,
    /// Documents of Test with the text of one of Train.
    pub leaks: Vec<Alike>,
    /// Documents of Test with nearly the text of one of Train.
    pub near: Vec<Alike>,
    /// Documents of Test so much of which stands in so many others that nearly the same text
    /// may have been passed over.
    pub common: u64,
    /// The most pairs that were compared in full, where there were more.
    pub pairs_compared: Option<usize>,
    /// Surfaces with a label that they seldom have.
    pub conflicts: Vec<PlacedConflict>,
    /// Surfaces that stand without a label.
    pub unlabeled: Vec<Unlabeled>,
    /// Surfaces that seldom have one.
    pub seldom: Vec<SeldomLabeled>,
    /// The first uses of each label that is not declared, where they were looked for.
    pub undeclared: BTreeMap<String, FirstUses>,
}

/// What is proved where nothing was looked at.
pub static NOTHING: Confirmed = Confirmed {
    same: Vec::new(),
    leaks: Vec::new(),
    near: Vec::new(),
    common: 0,
    pairs_compared: None,
    conflicts: Vec::new(),
    unlabeled: Vec::new(),
    seldom: Vec::new(),
    undeclared: BTreeMap::new(),
};
