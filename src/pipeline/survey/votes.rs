//! Which unit the offsets of a file count in that does not say it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::alignment::first_astral;
use crate::model::{Document, UnitChoice};
use crate::text::words::{WordEdge, word_edge};
use crate::text::{Span, Text, Unit};

/// Edges on word edges under the two units that a file without a stated one may mean.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Votes {
    code_point: u64,
    utf16: u64,
    /// Labels that read differently in the two.
    differing: u64,
}

impl Votes {
    /// Lets a document's spans vote, where its text has what tells the units apart.
    pub(crate) fn add(&mut self, document: &Document<'_>, text: &Text<'_>) {
        let Some(astral) = first_astral(text) else {
            return;
        };
        let mut edges = BTreeMap::new();
        for label in document.spans() {
            let Span { start, end, .. } = label.span;
            if start >= 0 && start <= end && end > astral {
                self.differing += 1;
                // Each label's edges count for themselves, shared or not.
                for edge in [start, end].into_iter().filter(|edge| *edge > astral) {
                    *edges.entry(edge).or_insert(0_u64) += 1;
                }
            }
        }
        for (unit, votes) in [
            (Unit::CodePoint, &mut self.code_point),
            (Unit::Utf16, &mut self.utf16),
        ] {
            let at = |edge: &i64| Span {
                unit,
                start: *edge,
                end: *edge,
            };
            let spans: Vec<Span> = edges.keys().map(at).collect();
            for (place, count) in text.resolve(&spans).into_iter().zip(edges.values()) {
                let clean = |byte| word_edge(text, byte) == WordEdge::Clean;
                if place.is_ok_and(|place| clean(place.start())) {
                    *votes += count;
                }
            }
        }
    }

    pub(crate) const fn merge(&mut self, other: Self) {
        self.code_point += other.code_point;
        self.utf16 += other.utf16;
        self.differing += other.differing;
    }

    pub(crate) const fn choice(self) -> UnitChoice {
        if self.differing == 0 || self.code_point > self.utf16 {
            UnitChoice::Found(Unit::CodePoint)
        } else if self.utf16 > self.code_point {
            UnitChoice::Found(Unit::Utf16)
        } else {
            UnitChoice::Ambiguous
        }
    }
}
