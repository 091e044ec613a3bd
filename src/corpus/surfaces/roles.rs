//! Labels that tell apart what the same words are there for.

use std::collections::BTreeMap;

use super::capped::Surfaces;
use super::surface::Surface;
use crate::corpus::kept_name::kept_name;
use crate::model::fingerprints::{fingerprint, fingerprint_under};

/// Two labels, whatever their order, as a number other than 0 that is no set of hypotheses.
#[must_use]
pub fn pair_print(one: &str, other: &str) -> u64 {
    let (one, other) = (kept_name(one), kept_name(other));
    let (first, second) = if one <= other {
        (one, other)
    } else {
        (other, one)
    };
    fingerprint_under(fingerprint(&first), &second) | 1 << 63
}

impl Surfaces {
    /// The pairs of labels that are roles of the same words, such as the state of a lender and that of a
    /// borrower: most of the words that have the rarer one, and two places or more, have the other one
    /// too, and at least 3 do. Each is a [`pair_print`].
    ///
    /// In diseases that are labeled by their role in the sentence that leaves 122 of 552 findings, and 89 %
    /// of them are right in place of 34 % (`docs/verdict.md`). Of those in seven corpora with real errors it
    /// takes none away.
    pub fn roles(&self) -> impl Iterator<Item = u64> {
        let mut labeled: BTreeMap<&str, u64> = BTreeMap::new();
        let mut shared: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for surface in self.labeled(2).filter(|surface| surface.is_telling()) {
            let Some((majority, _)) = surface.majority() else {
                continue;
            };
            for label in names(surface) {
                *labeled.entry(label).or_default() += 1;
                if label != majority {
                    let pair = (label.min(majority), label.max(majority));
                    *shared.entry(pair).or_default() += 1;
                }
            }
        }
        shared
            .into_iter()
            .filter_map(move |((one, other), shared)| {
                let of = |label| labeled.get(label).copied().unwrap_or_default();
                let fewer = of(one).min(of(other));
                (shared >= 3 && shared * 2 > fewer).then(|| pair_print(one, other))
            })
    }
}

fn names(surface: &Surface) -> impl Iterator<Item = &str> {
    surface.labels.iter().map(|(label, _)| &**label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surfaces(notes: &[(&str, &[&str])]) -> Surfaces {
        let mut surfaces = Surfaces::default();
        for (words, labels) in notes {
            for label in *labels {
                surfaces.note(words, label, (0, 0));
            }
        }
        surfaces
    }

    #[test]
    fn states_of_lenders_and_borrowers_were_conflicts() {
        let mut notes: Vec<(&str, &[&str])> = vec![
            ("Ohio", &["Lender", "Borrower", "Borrower"]),
            ("Utah", &["Lender", "Lender", "Borrower"]),
            ("Iowa", &["Lender", "Borrower"]),
            ("Maine", &["Lender", "Lender"]),
            ("Texas", &["Borrower"]),
        ];
        let found: Vec<u64> = surfaces(&notes).roles().collect();
        assert_eq!(found, [pair_print("Borrower", "Lender")]);
        assert_eq!(
            pair_print("Borrower", "Lender"),
            pair_print("Lender", "Borrower")
        );
        // Two may be slips.
        assert_eq!(surfaces(&notes[1..]).roles().count(), 0);
        // Few of many are slips too.
        let many = ["Nevada", "Kansas", "Alaska"];
        notes.extend(many.map(|words| (words, &["Lender", "Lender"][..])));
        notes.extend(["Idaho", "Oregon", "Hawaii"].map(|it| (it, &["Borrower", "Borrower"][..])));
        assert_eq!(surfaces(&notes).roles().count(), 0);
    }
}
