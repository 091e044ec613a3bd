//! Surfaces: the words that labels stand on.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::shingles::hash;
use super::smallest::Smallest;
use crate::examined::Examined;
use crate::losses::Shared;
use crate::model::Labels;

/// The most surfaces that are kept.
pub const SURFACES: usize = 1 << 16;

/// The longest surface that is kept, in bytes.
const LONGEST: usize = 100;

/// Whether the places of all of a document's labels are beyond doubt.
#[must_use]
pub fn trusted(examined: &Examined<'_>) -> bool {
    let proved = |label: &Option<Result<_, _>>| matches!(label, Some(Ok(_)));
    examined.document.unreadable == 0 && examined.labels.iter().all(proved)
}

/// Where a surface stands with one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// How many times.
    pub count: u64,
    /// The first place: a document's index, and a label's in it.
    pub first: (u64, usize),
}

/// The labels of one surface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    /// The words, with single blanks for white space.
    pub words: String,
    /// The places by label.
    pub labels: BTreeMap<String, Places>,
}

impl Surface {
    /// How many places are labeled.
    #[must_use]
    pub fn places(&self) -> u64 {
        self.labels.values().map(|places| places.count).sum()
    }

    /// The label with the most places.
    #[must_use]
    pub fn majority(&self) -> Option<(&str, u64)> {
        let mut most: Option<(&str, u64)> = None;
        for (label, places) in &self.labels {
            if most.is_none_or(|(_, count)| places.count > count) {
                most = Some((label, places.count));
            }
        }
        most
    }

    fn merge(&mut self, other: Self) {
        if self.words != other.words {
            // Two surfaces with one hash: the smaller one stays, whatever the order.
            if other.words < self.words {
                *self = other;
            }
            return;
        }
        for (label, places) in other.labels {
            self.add(&label, places);
        }
    }

    fn add(&mut self, label: &str, places: Places) {
        match self.labels.get_mut(label) {
            Some(seen) => {
                seen.count += places.count;
                seen.first = seen.first.min(places.first);
            }
            None => {
                self.labels.insert(label.to_owned(), places);
            }
        }
    }
}

/// A surface with a label that it seldom has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The words.
    pub words: String,
    /// The label that most places have, and how many.
    pub majority: (String, u64),
    /// The label that few have, and how many.
    pub minority: (String, u64),
    /// The first place of the latter: a document's index, and a label's in it.
    pub first: (u64, usize),
}

/// The surfaces of a corpus: those with the smallest hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surfaces(Smallest<u64, Surface>);

impl Default for Surfaces {
    fn default() -> Self {
        Self::with_cap(SURFACES)
    }
}

impl Surfaces {
    /// None yet, with room for so many.
    #[must_use]
    pub const fn with_cap(cap: usize) -> Self {
        Self(Smallest::with_cap(cap))
    }

    /// Adds the labels of a document.
    pub fn add(&mut self, examined: &Examined<'_>) {
        for (words, label) in surfaces(examined) {
            let category = &*examined.document.spans()[label].category;
            self.note(&words, category, (examined.document.index, label));
        }
    }

    /// Adds a place of words with a label: a document's index, and a label's in it.
    pub fn note(&mut self, words: &str, label: &str, first: (u64, usize)) {
        let made = || Surface {
            words: words.to_owned(),
            labels: BTreeMap::new(),
        };
        let Some(surface) = self.0.entry(hash(words.as_bytes()), made) else {
            return;
        };
        if surface.words == words {
            surface.add(label, Places { count: 1, first });
        } else if words < &*surface.words {
            *surface = made();
            surface.add(label, Places { count: 1, first });
        }
    }

    /// Adds what another part of the corpus has.
    pub fn merge(&mut self, other: Self) {
        self.0.merge(other.0, Surface::merge);
    }

    /// How many surfaces are kept at most, where there were more.
    #[must_use]
    pub fn compared(&self) -> Option<usize> {
        self.0.overflowed().then(|| self.0.cap())
    }

    /// The surfaces with at least so many labeled places.
    pub fn labeled(&self, least: u64) -> impl Iterator<Item = &Surface> {
        let surfaces = self.0.iter().map(|(_, surface)| surface);
        surfaces.filter(move |surface| surface.places() >= least)
    }

    /// The surface of these words.
    #[must_use]
    pub fn find(&self, words: &str) -> Option<&Surface> {
        let found = self.0.get(&hash(words.as_bytes()));
        found.filter(|surface| surface.words == words)
    }

    /// The labels that a surface has at no more than a `share` of its places, of which there
    /// are at least `least`. Each is held against the label with the most places.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^53")]
    pub fn conflicts(&self, least: u64, share: f64) -> Vec<Conflict> {
        let mut found = Vec::new();
        for surface in self.labeled(least) {
            let Some((majority, most)) = surface.majority() else {
                continue;
            };
            for (label, places) in &surface.labels {
                let both = most + places.count;
                if label == majority || both < least || places.count as f64 / both as f64 > share {
                    continue;
                }
                found.push(Conflict {
                    words: surface.words.clone(),
                    majority: (majority.to_owned(), most),
                    minority: (label.clone(), places.count),
                    first: places.first,
                });
            }
        }
        found.sort_by(|a, b| (a.first, &a.words).cmp(&(b.first, &b.words)));
        found
    }
}

/// The surfaces of a document, each with the index of its label. A place counts once however
/// often the label stands there, and not at all where two labels do.
#[must_use]
pub fn surfaces<'a>(examined: &Examined<'a>) -> Vec<(Cow<'a, str>, usize)> {
    if !matches!(examined.document.labels, Labels::Spans { .. }) || !trusted(examined) {
        return Vec::new();
    }
    let labels = examined.document.spans();
    let mut places: Vec<_> = examined.proved().collect();
    places.sort_by_key(|(label, range, _)| (*range, *label));
    let at_one_place = places.chunk_by(|a, b| a.1 == b.1);
    let agreed = at_one_place.filter(|place| {
        let category = |(label, ..): &(usize, _, _)| &labels[*label].category;
        place
            .iter()
            .all(|other| category(other) == category(&place[0]))
    });
    let surfaces = agreed.filter_map(|place| {
        let (label, range, text) = place[0];
        Some((surface(text.slice(range))?, label))
    });
    surfaces.collect()
}

/// Words with single blanks for white space; `None` where there are none, or too many.
fn surface(words: &str) -> Option<Cow<'_, str>> {
    let words = words.trim();
    let plain = |(at, char): (usize, char)| {
        let double = char == ' ' && words.as_bytes().get(at + 1) == Some(&b' ');
        char == ' ' && !double || !char.is_whitespace()
    };
    let words = if words.char_indices().all(plain) {
        Cow::Borrowed(words)
    } else {
        Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    (1..=LONGEST).contains(&words.len()).then_some(words)
}

/// What the instances of a label look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// How many were seen in the texts.
    pub instances: u64,
    /// Whether they are all the same words.
    pub words: Shared<String>,
    /// How many have cased letters, and none of them in lower case.
    pub upper: u64,
    /// How many have cased letters, and none of them in upper case.
    pub lower: u64,
}

impl Forms {
    fn add(&mut self, words: &str) {
        self.instances += 1;
        match surface(words) {
            Some(words) => self.words.add(&*words, str::to_owned),
            None => self.words = Shared::Many,
        }
        let upper = words.chars().any(char::is_uppercase);
        let lower = words.chars().any(char::is_lowercase);
        self.upper += u64::from(upper && !lower);
        self.lower += u64::from(lower && !upper);
    }

    /// Adds what another part of the corpus has seen.
    pub fn merge(&mut self, other: Self) {
        self.instances += other.instances;
        self.words.merge(other.words);
        self.upper += other.upper;
        self.lower += other.lower;
    }
}

/// Adds the labels of a document to the forms of each.
pub fn add_forms(forms: &mut BTreeMap<String, Forms>, examined: &Examined<'_>) {
    if !matches!(examined.document.labels, Labels::Spans { .. }) || !trusted(examined) {
        return;
    }
    for (label, range, text) in examined.proved() {
        let category = &*examined.document.spans()[label].category;
        if !forms.contains_key(category) {
            forms.insert(category.to_owned(), Forms::default());
        }
        if let Some(forms) = forms.get_mut(category) {
            forms.add(text.slice(range));
        }
    }
}
