//! Which unit the offsets of a file count in that does not say it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::alignment::first_difference;
use crate::formats::UnitRule;
use crate::model::{Document, UnitChoice};
use crate::text::words::{WordEdge, word_edge};
use crate::text::{Span, Text, Unit};

/// Edges on word edges under the units that a file without a stated one may mean.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Votes {
    /// For each unit, in the order of [`Unit::ALL`].
    clean: [u64; Unit::ALL.len()],
    /// Labels that read differently in two of them.
    differing: u64,
}

fn index(unit: Unit) -> usize {
    Unit::ALL
        .iter()
        .position(|other| *other == unit)
        .unwrap_or(0)
}

impl Votes {
    /// Lets a document's spans vote, where its text has what tells the units apart.
    pub(crate) fn add(&mut self, document: &Document<'_>, text: &Text<'_>, among: &[Unit]) {
        let Some(agreed) = first_difference(text, among) else {
            return;
        };
        let mut edges = BTreeMap::new();
        for label in document.spans() {
            let Span { start, end, .. } = label.span;
            if start >= 0 && start <= end && end > agreed {
                self.differing += 1;
                // Each label's edges count for themselves, shared or not.
                for edge in [start, end].into_iter().filter(|edge| *edge > agreed) {
                    *edges.entry(edge).or_insert(0_u64) += 1;
                }
            }
        }
        for unit in among {
            let at = |edge: &i64| Span {
                unit: *unit,
                start: *edge,
                end: *edge,
            };
            let spans: Vec<Span> = edges.keys().map(at).collect();
            for (place, count) in text.resolve(&spans).into_iter().zip(edges.values()) {
                let clean = |byte| word_edge(text, byte) == WordEdge::Clean;
                if place.is_ok_and(|place| clean(place.start())) {
                    self.clean[index(*unit)] += count;
                }
            }
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (sum, more) in self.clean.iter_mut().zip(other.clean) {
            *sum += more;
        }
        self.differing += other.differing;
    }

    /// The unit that most edges are for.
    pub(crate) fn choice(self, rule: UnitRule) -> UnitChoice {
        let UnitRule::Inferred { among, .. } = rule else {
            return UnitChoice::Given(rule.assumed());
        };
        let assumed = rule.assumed();
        if self.differing == 0 {
            return UnitChoice::Found(assumed);
        }
        let votes = |unit: &Unit| self.clean[index(*unit)];
        let most = among.iter().map(votes).max().unwrap_or(0);
        let mut best = among.iter().filter(|unit| votes(unit) == most);
        match (best.next(), best.next()) {
            (Some(unit), None) => UnitChoice::Found(*unit),
            _ => UnitChoice::Ambiguous {
                taken: assumed,
                among,
            },
        }
    }
}
