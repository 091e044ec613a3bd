//! The grapheme clusters of a text, and those that cannot be told from a few bytes.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};

use super::grapheme10::Clusters10;
use super::unit::Unit;

/// The grapheme clusters of a text: where each begins, in bytes, and its characters. They are those
/// of Unicode 10 for [`Unit::Grapheme10`], and those of today for any other unit.
pub fn clusters(text: &str, unit: Unit) -> impl Iterator<Item = (usize, &str)> + Clone {
    if unit == Unit::Grapheme10 {
        Of::Ten(Clusters10::of(text))
    } else {
        Of::Today(text.grapheme_indices(true))
    }
}

#[derive(Clone)]
enum Of<'a> {
    Today(GraphemeIndices<'a>),
    Ten(Clusters10<'a>),
}

impl<'a> Iterator for Of<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Today(clusters) => clusters.next(),
            Self::Ten(clusters) => clusters.next(),
        }
    }
}

/// About how many bytes lie between two remembered edges.
const STEP: usize = 256;

/// Where clusters begin, for the places where nothing nearby tells: in a run of thousands of
/// flags, or of marks on one letter, each question would look back over all of it. Made when it
/// is first asked; each answer then costs a walk over some [`STEP`] bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Clusters {
    /// Edges in ascending order, from 0.
    edges: OnceCell<Vec<usize>>,
    /// The cluster of the last answer, which may be a long one.
    last: Cell<(usize, usize)>,
}

impl Clusters {
    /// The cluster that holds a byte of the text, which must have it. Text and unit are always the
    /// same ones.
    pub(super) fn around(&self, text: &str, byte: usize, unit: Unit) -> Range<usize> {
        let (start, end) = self.last.get();
        if (start..end).contains(&byte) {
            return start..end;
        }
        let edges = self.edges.get_or_init(|| edges(text, unit));
        let from = edges.partition_point(|edge| *edge <= byte);
        let from = from.checked_sub(1).map_or(0, |at| edges[at]);
        let mut found = from..from;
        for (_, cluster) in clusters(&text[from..], unit) {
            found = found.end..found.end + cluster.len();
            if found.end > byte {
                break;
            }
        }
        self.last.set((found.start, found.end));
        found
    }
}

/// Edges between clusters, one for each [`STEP`] bytes or the next one after.
fn edges(text: &str, unit: Unit) -> Vec<usize> {
    let mut edges = vec![0];
    let mut next = STEP;
    for (edge, _) in clusters(text, unit) {
        if edge >= next {
            edges.push(edge);
            next = edge + STEP;
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_byte_lies_in_its_cluster(
            parts in prop::collection::vec(
                (prop::sample::select(vec!["a", "\u{301}", "🇩", "🇪", "👩", "\u{200d}", "é", "\r", "\n"]), 1_usize..300),
                1..8,
            ),
            places in prop::collection::vec(0_usize..5000, 1..20),
        ) {
            let text: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
            for unit in [Unit::Grapheme, Unit::Grapheme10] {
                let found = Clusters::default();
                for place in &places {
                    let place = place % text.len();
                    let mut all = clusters(&text, unit).map(|(at, cluster)| at..at + cluster.len());
                    let want = all.find(|cluster| cluster.contains(&place)).unwrap();
                    prop_assert_eq!(found.around(&text, place, unit), want);
                }
            }
        }
    }
}
