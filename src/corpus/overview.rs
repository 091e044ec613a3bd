//! A corpus as a picture shows it: how its labels are spread, how long its texts are, which words
//! have several labels, and some documents with their labels.

use std::collections::BTreeMap;

use super::BySplit;
use super::kept_name::kept_name;
use super::surfaces::{Surfaces, places, surface};
use crate::alignment::{AlignedDocument, TextState};
use crate::diagnostics::Excerpt;
use crate::diagnostics::redact::redact_prose;
use crate::text::{Unit, floor_char};

/// How much of a corpus is shown word by word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Documents with their labels.
    pub samples: usize,
    /// Words that have several labels.
    pub surfaces: usize,
    /// Places of one of these with one of its labels.
    pub places: usize,
    /// Pairs of documents that stand in Train and in Test.
    pub pairs: usize,
}

/// A corpus as a picture shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// Documents.
    pub documents: BySplit,
    /// The labels, by name.
    pub labels: BTreeMap<String, LabelSpread>,
    /// The lengths of the texts that were read.
    pub lengths: Lengths,
    /// How many texts were read, and why the others were not.
    pub texts: TextCounts,
    /// Spans whose place in the text is not proved.
    pub unproved: u64,
    /// Words that have several labels, those with the most places first.
    pub surfaces: Vec<AmbiguousSurface>,
    /// Documents of the test set whose text, or nearly so, the training set has too: how many.
    pub leaks: u64,
    /// Some of them.
    pub pairs: Vec<Pair>,
    /// Some documents with their labels.
    pub samples: Vec<Sample>,
    /// Below how many instances a label is rare.
    pub rare: u64,
    /// The most characters that the service takes of a document.
    pub longest: u64,
    /// The rules that were turned off.
    pub off: Vec<&'static str>,
    /// The SHA-256 of the label file, in hexadecimal digits, where somebody has counted it.
    pub digest: Option<String>,
}

/// How a label is spread over the sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelSpread {
    /// Documents that have it.
    pub documents: BySplit,
    /// Its instances.
    pub instances: BySplit,
}

/// What became of the texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextCounts {
    /// They were read.
    pub read: u64,
    /// They are missing, too long or no UTF-8.
    pub unread: u64,
    /// Nobody asked for them.
    pub not_asked: u64,
}

/// Lengths of texts in UTF-16 code units, in bins that are each a quarter longer than the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    /// Texts by bin.
    pub bins: BTreeMap<usize, u64>,
    /// The shortest and the longest.
    pub extremes: Option<(u64, u64)>,
    /// All of them together.
    pub sum: u64,
    /// How many they are.
    pub count: u64,
}

/// How many bins there are from one length to the tenfold.
const BINS_PER_DECADE: f64 = 10.0;

/// Words that have several labels.
#[derive(Clone, Debug, PartialEq)]
pub struct AmbiguousSurface {
    /// The words.
    pub words: String,
    /// The labels by name: how many places, and some of them.
    pub labels: Vec<(String, u64, Vec<Excerpt>)>,
}

/// Two documents with one text, or nearly so.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The one of the test set.
    pub test: String,
    /// The one of the training set.
    pub train: String,
    /// The Jaccard index of the shingles of the two; 1 where the texts are the same.
    pub index: f64,
}

/// A document with its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its place in the file, from 0.
    pub index: u64,
    /// What reports call it.
    pub name: String,
    /// The set that it belongs to.
    pub split: Option<String>,
    /// The beginning of its text, without what no report may show.
    pub text: String,
    /// Whether the text goes on.
    pub goes_on: bool,
    /// The labels in that: first byte, end (exclusive), name.
    pub spans: Vec<(usize, usize, String)>,
    /// Its classes.
    pub classes: Vec<String>,
}

/// How many bytes of a text a sample has.
const SAMPLE_BYTES: usize = 3000;

impl Overview {
    /// Counts a document.
    pub fn add(&mut self, aligned: &AlignedDocument<'_>) {
        let document = aligned.document;
        let split = document.split.as_ref();
        *self.documents.of(split) += 1;
        let mut own: BTreeMap<String, u64> = BTreeMap::new();
        for (label, _) in document.categories() {
            *own.entry(kept_name(label).into_owned()).or_default() += 1;
        }
        for (label, count) in own {
            let spread = self.labels.entry(label).or_default();
            *spread.documents.of(split) += 1;
            *spread.instances.of(split) += count;
        }
        match &aligned.text {
            TextState::Read(text) | TextState::Blank(text) => {
                self.texts.read += 1;
                self.lengths.add(text.len(Unit::Utf16));
            }
            TextState::NotAsked => self.texts.not_asked += 1,
            _ => self.texts.unread += 1,
        }
        let proved = aligned.proved().count();
        self.unproved += (document.spans().len() - proved) as u64;
    }

    /// Adds the places of a document that have one of the words that have several labels. No more are
    /// kept of one kind than `extent` says.
    pub fn add_places(
        &mut self,
        aligned: &AlignedDocument<'_>,
        wanted: &BTreeMap<&str, usize>,
        extent: Extent,
    ) {
        let Some(text) = aligned.text().filter(|_| !wanted.is_empty()) else {
            return;
        };
        for (range, label) in places(aligned) {
            let words = surface(text.slice(range));
            let number = words.as_deref().and_then(|words| wanted.get(words));
            let Some(found) = number.and_then(|number| self.surfaces.get_mut(*number)) else {
                continue;
            };
            let document = aligned.document;
            let name = kept_name(&document.spans()[label].category);
            let mut labels = found.labels.iter_mut();
            if let Some((_, _, excerpts)) = labels.find(|(label, ..)| *label == *name)
                && excerpts.len() < extent.places
            {
                let path = document.address.path();
                excerpts.push(Excerpt::around(path, text.as_str(), range.as_range()));
            }
        }
    }

    /// Adds what another part of the corpus has, which comes behind this one. Of the samples
    /// the first ones stay.
    pub fn merge(&mut self, other: Self, extent: Extent) {
        self.documents.add(other.documents);
        for (label, spread) in other.labels {
            let own = self.labels.entry(label).or_default();
            own.documents.add(spread.documents);
            own.instances.add(spread.instances);
        }
        self.lengths.merge(&other.lengths);
        self.texts.read += other.texts.read;
        self.texts.unread += other.texts.unread;
        self.texts.not_asked += other.texts.not_asked;
        self.unproved += other.unproved;
        self.samples.extend(other.samples);
        self.trim(extent);
        self.leaks += other.leaks;
        for (own, other) in self.surfaces.iter_mut().zip(other.surfaces) {
            for (own, other) in own.labels.iter_mut().zip(other.labels) {
                own.2.extend(other.2);
                own.2.truncate(extent.places);
            }
        }
    }
}

impl Overview {
    /// Leaves no more samples than are shown: those whose labels overlap show most, and of the
    /// others the first.
    pub fn trim(&mut self, extent: Extent) {
        if self.samples.len() > extent.samples {
            let rank = |sample: &Sample| (!sample.has_overlaps(), sample.index);
            self.samples.sort_by_key(rank);
            self.samples.truncate(extent.samples);
        }
    }
}

impl AmbiguousSurface {
    /// The words that have several labels, with so many places that the first `most` of them are
    /// worth a look; their places are not there yet.
    #[must_use]
    pub fn of(surfaces: &Surfaces, most: usize) -> Vec<Self> {
        let several = surfaces.labeled(2);
        let several = several.filter(|it| it.labels.len() > 1 && it.is_telling());
        let mut several: Vec<_> = several.collect();
        let second = |labels: &[(String, super::surfaces::Places)]| {
            let mut counts: Vec<u64> = labels.iter().map(|(_, places)| places.count).collect();
            counts.sort_unstable();
            counts.iter().rev().nth(1).copied()
        };
        // The more places have another label than most, the more there is to settle.
        several.sort_by(|a, b| {
            let keys = (second(&a.labels), a.places());
            let others = (second(&b.labels), b.places());
            others.cmp(&keys).then_with(|| a.words.cmp(&b.words))
        });
        several.truncate(most);
        let of = |surface: &super::surfaces::Surface| Self {
            words: surface.words.clone(),
            labels: {
                let labels = surface.labels.iter();
                let labels = labels.map(|(label, it)| (label.clone(), it.count, Vec::new()));
                labels.collect()
            },
        };
        several.into_iter().map(of).collect()
    }
}

impl Sample {
    /// A document as it is shown.
    #[must_use]
    pub fn of(aligned: &AlignedDocument<'_>) -> Option<Self> {
        let text = aligned.text()?.as_str();
        let end = floor_char(text, text.len().min(SAMPLE_BYTES));
        let document = aligned.document;
        let spans = aligned.proved().filter_map(|(label, range, _)| {
            let range = range.as_range();
            let name = &document.spans()[label].category;
            (range.end <= end && !range.is_empty())
                .then(|| (range.start, range.end, kept_name(name).into_owned()))
        });
        let mut spans: Vec<_> = spans.collect();
        spans.sort_by(|a, b| (a.0, b.1, &a.2).cmp(&(b.0, a.1, &b.2)));
        let (shown, []) = redact_prose(&text[..end], []);
        if shown.len() != end {
            // The places would not be those of the labels.
            spans.clear();
        }
        Some(Self {
            index: document.index,
            name: document.address.path().to_owned(),
            split: document.split.as_ref().map(|split| split.name().to_owned()),
            text: shown.into_owned(),
            goes_on: end < text.len(),
            spans,
            classes: document
                .classes()
                .iter()
                .map(|class| kept_name(&class.category).into_owned())
                .collect(),
        })
    }

    /// Whether two of its labels share a character.
    fn has_overlaps(&self) -> bool {
        let mut end = 0;
        self.spans.iter().any(|span| {
            let overlaps = span.0 < end;
            end = end.max(span.1);
            overlaps
        })
    }
}

impl Lengths {
    fn add(&mut self, length: u64) {
        *self.bins.entry(Self::bin(length)).or_default() += 1;
        self.extend((length, length));
        self.sum += length;
        self.count += 1;
    }

    fn extend(&mut self, (least, most): (u64, u64)) {
        let now = self.extremes.unwrap_or((least, most));
        self.extremes = Some((now.0.min(least), now.1.max(most)));
    }

    fn merge(&mut self, other: &Self) {
        for (bin, count) in &other.bins {
            *self.bins.entry(*bin).or_default() += count;
        }
        if let Some(extremes) = other.extremes {
            self.extend(extremes);
        }
        self.sum += other.sum;
        self.count += other.count;
    }

    /// The bin of a length.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a logarithm of a length is small and not negative"
    )]
    pub fn bin(length: u64) -> usize {
        ((length.max(1) as f64).log10() * BINS_PER_DECADE + 1e-9).floor() as usize
    }

    /// The shortest length of a bin.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "bins are few"
    )]
    pub fn least(bin: usize) -> u64 {
        10_f64.powf(bin as f64 / BINS_PER_DECADE).ceil() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_hold_the_lengths_that_they_begin_with() {
        for length in [0, 1, 9, 10, 99, 100, 128_000, u64::from(u32::MAX)] {
            let bin = Lengths::bin(length);
            assert!(Lengths::least(bin) <= length.max(1), "{length}");
            assert!(Lengths::least(bin + 1) > length, "{length}");
        }
        let mut lengths = Lengths::default();
        for length in [5, 50, 500] {
            lengths.add(length);
        }
        assert_eq!(
            (lengths.extremes, lengths.sum, lengths.count),
            (Some((5, 500)), 555, 3)
        );
    }
}
