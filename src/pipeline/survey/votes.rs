//! Which unit the offsets of a file count in that does not say it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::alignment::plausibility::{MARGIN, alike, edge_kinds, plausibility, tempered};
use crate::alignment::{AlignedDocument, first_difference};
use crate::diagnostics::Bounds;
use crate::formats::UnitRule;
use crate::model::UnitChoice;
use crate::model::fingerprints::{fingerprint, fingerprint_of};
use crate::text::{ByteRange, Span, Text, Unit};

const UNITS: usize = Unit::ALL.len();

/// How many kinds of labels, and how many surfaces, are kept: those of the smallest fingerprints, so
/// that it does not matter in which order documents are added.
const KEPT: usize = 4096;

/// What speaks for a unit if a label under it has a surface that labels have which read alike under
/// every unit: in hundredths of a nat, as [`plausibility`] counts.
const KNOWN: i64 = 300;

/// What the labels of a file that does not state a unit say for each that it may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Votes {
    /// Labels that read differently in two of them, by what stands at their edges.
    #[serde(with = "crate::json::pairs")]
    kinds: BTreeMap<u64, Kind>,
    /// Fingerprints of surfaces: bit `n` says that a label has it under `Unit::ALL[n]` and another
    /// under others; [`ALIKE`], that a label has it under all.
    #[serde(with = "crate::json::pairs")]
    surfaces: BTreeMap<u64, u8>,
    /// How many labels read differently.
    differing: u64,
}

const ALIKE: u8 = 1 << UNITS;

/// Labels whose edges are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kind {
    /// How many there are.
    count: u32,
    /// What speaks for each unit by one of them, in the order of [`Unit::ALL`].
    scores: [i32; UNITS],
}

fn index(unit: Unit) -> usize {
    Unit::ALL
        .iter()
        .position(|other| *other == unit)
        .unwrap_or(0)
}

impl Votes {
    /// Lets the spans of a document vote, where its text has what tells the units apart. They were
    /// proved in one of these units.
    pub(crate) fn add(&mut self, aligned: &AlignedDocument<'_>, among: &[Unit]) {
        let Some(text) = aligned.text() else {
            return;
        };
        let Some(agreed) = first_difference(text, among) else {
            return;
        };
        let mut differing: Vec<Span> = Vec::new();
        for (number, label) in aligned.document.spans().iter().enumerate() {
            let span = label.span;
            // A label whose unit the text that it covers has settled says nothing of others.
            if label.covered.is_some() || span.start < 0 || span.start > span.end {
                continue;
            }
            if span.end > agreed {
                differing.push(span);
            } else if let Some(place) = aligned.range(number) {
                // All units have it there.
                self.see(text, place, ALIKE);
            }
        }
        if differing.is_empty() {
            return self.trim();
        }
        let places: Vec<(Unit, Vec<Option<ByteRange>>)> = among
            .iter()
            .map(|unit| {
                let spans = differing.iter().map(|span| Span {
                    unit: *unit,
                    ..*span
                });
                let places = text.resolve(&spans.collect::<Vec<_>>());
                (*unit, places.into_iter().map(Result::ok).collect())
            })
            .collect();
        for number in 0..differing.len() {
            let readings = places.iter().map(|(unit, all)| (*unit, all[number]));
            self.add_differing(text, readings);
        }
        self.trim();
    }

    /// Adds a label that reads differently under two units.
    fn add_differing(
        &mut self,
        text: &Text<'_>,
        readings: impl Iterator<Item = (Unit, Option<ByteRange>)> + Clone,
    ) {
        self.differing += 1;
        // A unit that is not asked about has no say.
        let mut scores = [i32::MIN / 2; UNITS];
        let mut kind = Vec::with_capacity(8 * 4 * UNITS);
        for (unit, place) in readings.clone() {
            let place = place.map(|place| (place.start(), place.end()));
            scores[index(unit)] = plausibility(text, place);
            let around = edge_kinds(text, place).unwrap_or(['\0'; 4]);
            kind.extend(
                around
                    .into_iter()
                    .flat_map(|char| u32::from(char).to_le_bytes()),
            );
        }
        let scores = tempered(scores);
        kind.extend(scores.into_iter().flat_map(i32::to_le_bytes));
        let known = self.kinds.entry(fingerprint_of(&kind));
        let known = known.or_insert(Kind { count: 0, scores });
        known.count = known.count.saturating_add(1);
        for (unit, place) in readings {
            if let Some(place) = place {
                self.see(text, place, 1 << index(unit));
            }
        }
    }

    /// Notes a surface. One of a single character is found anywhere.
    fn see(&mut self, text: &Text<'_>, place: ByteRange, under: u8) {
        let surface = text.slice(place);
        if surface.chars().nth(1).is_some() {
            *self.surfaces.entry(fingerprint(surface)).or_default() |= under;
        }
    }

    fn trim(&mut self) {
        while self.kinds.len() > KEPT {
            self.kinds.pop_last();
        }
        while self.surfaces.len() > KEPT {
            self.surfaces.pop_last();
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (key, kind) in other.kinds {
            let mine = self.kinds.entry(key);
            let mine = mine.or_insert(Kind { count: 0, ..kind });
            mine.count = mine.count.saturating_add(kind.count);
        }
        for (key, under) in other.surfaces {
            *self.surfaces.entry(key).or_default() |= under;
        }
        self.differing += other.differing;
        self.trim();
    }

    /// Whether such labels can stand in a stretch of a file.
    pub(crate) fn is_within(&self, bounds: &Bounds) -> bool {
        /// Far more than a label ever speaks for or against a unit.
        const MOST: u32 = 100_000;
        let is_known = |kind: &Kind| {
            let scores = kind.scores.iter();
            bounds.hold(kind.count.into()) && scores.into_iter().all(|it| it.unsigned_abs() <= MOST)
        };
        self.kinds.len().max(self.surfaces.len()) <= KEPT
            && self.kinds.values().all(is_known)
            && self.surfaces.values().all(|under| *under < 2 * ALIKE)
            && bounds.hold(self.differing)
    }

    /// What speaks for a unit, in hundredths of a nat.
    fn weight(&self, unit: Unit) -> i64 {
        let kinds = self.kinds.values().map(|kind| {
            let sum = i64::from(kind.scores[index(unit)]) * i64::from(kind.count);
            alike(sum, u64::from(kind.count))
        });
        let has = |under: &&u8| **under & ALIKE != 0 && **under & (1 << index(unit)) != 0;
        let known = self.surfaces.values().filter(has).count();
        let known = i64::try_from(known).unwrap_or(i64::MAX / KNOWN);
        kinds.sum::<i64>() + KNOWN * known
    }

    /// The unit that the labels speak for, with enough of a margin.
    pub(crate) fn choice(&self, rule: UnitRule) -> UnitChoice {
        let UnitRule::Inferred { among, .. } = rule else {
            return UnitChoice::Given(rule.assumed());
        };
        let assumed = rule.assumed();
        if self.differing == 0 {
            return UnitChoice::Found(assumed);
        }
        let mut weights: Vec<(i64, Unit)> = among
            .iter()
            .map(|unit| (self.weight(*unit), *unit))
            .collect();
        weights.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        match weights[..] {
            [(best, unit), (next, _), ..] if best - next >= MARGIN => UnitChoice::Found(unit),
            [(_, unit)] => UnitChoice::Found(unit),
            _ => UnitChoice::Ambiguous {
                taken: assumed,
                among,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::alignment::TextState;
    use crate::model::{Label, Labels};
    use crate::rules::testing::document;

    const AMONG: &[Unit] = &[Unit::CodePoint, Unit::Utf16];
    const RULE: UnitRule = UnitRule::Inferred {
        among: AMONG,
        written: Unit::CodePoint,
    };

    /// Adds a document whose offsets are in `unit`; `[` and `]` stand around its labels.
    fn add(votes: &mut Votes, marked: &str, unit: Unit) {
        let (mut text, mut open, mut ranges) = (String::new(), 0, Vec::new());
        for char in marked.chars() {
            match char {
                '[' => open = text.len(),
                ']' => ranges.push(open..text.len()),
                _ => text.push(char),
            }
        }
        let text = Text::new(&text);
        let ranges = ranges.into_iter().filter_map(|range| text.range(range));
        let spans = text.declare(&ranges.collect::<Vec<_>>(), unit);
        let labels = spans.into_iter().flatten().enumerate();
        let labels = labels.map(|(index, span)| Label {
            category: Cow::Borrowed("Name"),
            span: Span {
                unit: Unit::CodePoint,
                ..span
            },
            region: 0,
            index,
            covered: None,
        });
        let document = document(Labels::entities(labels.collect(), None));
        let state = TextState::Read(text.clone());
        let taken = UnitChoice::Found(Unit::CodePoint);
        votes.add(&AlignedDocument::new(&document, state, taken, false), AMONG);
    }

    fn choice(documents: &[&str], unit: Unit) -> UnitChoice {
        let mut votes = Votes::default();
        for document in documents {
            add(&mut votes, document, unit);
        }
        votes.choice(RULE)
    }

    fn is_open(choice: UnitChoice) -> bool {
        matches!(choice, UnitChoice::Ambiguous { .. })
    }

    #[test]
    fn one_vote_does_not_decide() {
        for unit in [Unit::CodePoint, Unit::Utf16] {
            assert!(is_open(choice(&["😀ABC。[北京]的大学"], unit)), "{unit:?}");
            assert!(is_open(choice(&["😀在[北京]的大学"], unit)), "{unit:?}");
        }
    }

    #[test]
    fn words_between_blanks_decide_at_once() {
        for unit in [Unit::CodePoint, Unit::Utf16] {
            let found = choice(&["😀 met [Ada] there"], unit);
            assert_eq!(found, UnitChoice::Found(unit));
        }
        let without = choice(&["met [Ada] there"], Unit::Utf16);
        assert_eq!(without, UnitChoice::Found(Unit::CodePoint));
    }

    #[test]
    fn a_surface_that_is_known_speaks_for_the_reading_that_has_it() {
        let known = [
            "[北京]和[上海]和[大阪]😀",
            "😀我在[北京]的",
            "😀我在[上海]的",
            "😀我在[大阪]的",
        ];
        for unit in [Unit::CodePoint, Unit::Utf16] {
            assert_eq!(choice(&known, unit), UnitChoice::Found(unit));
            assert!(is_open(choice(&known[1..], unit)), "{unit:?}");
        }
    }

    #[test]
    fn a_table_of_numbers_does_not_outvote_its_names() {
        // Three characters before each name stands a number, behind a sign as well.
        let row = "15℃／24℃[天津]多云18℃／25℃[太原]多云14℃／24℃[大连]小雨10℃／20℃[长春]阴";
        let document = format!("😀😀😀{}", row.repeat(20));
        let found = choice(&[&document], Unit::CodePoint);
        assert_ne!(found, UnitChoice::Found(Unit::Utf16));
    }

    #[test]
    fn parts_add_up_in_any_order() {
        let documents: Vec<String> = (0..60)
            .map(|number| {
                let name = "甲乙丙丁戊己庚辛壬癸".chars().nth(number % 10).unwrap();
                format!(
                    "[{name}子]😀{}[{name}子]。见[{number}号]",
                    "和".repeat(number)
                )
            })
            .collect();
        let mut whole = Votes::default();
        for document in &documents {
            add(&mut whole, document, Unit::CodePoint);
        }
        let mut parts = Votes::default();
        for chunk in documents.chunks(7).rev() {
            let mut part = Votes::default();
            for document in chunk {
                add(&mut part, document, Unit::CodePoint);
            }
            part.merge(parts);
            parts = part;
        }
        assert_eq!(parts, whole);
    }
}
