//! How far the findings of each rule reach: how many documents and labels they are about, and how
//! many of them a machine could fix.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::store::{DiagnosticStore, SpillError};
use crate::diagnostics::{Applicability, Diagnostic, Severity};
use crate::model::fingerprints::fingerprint;

/// The most documents and labels that are told apart in all, at 8 bytes each. Of more it is only
/// known that there are so many at least.
const MOST: usize = 1_000_000;

/// How far the findings of a rule and a severity reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Different documents, by their names.
    pub documents: Reached,
    /// Different labels, by the fingerprints of their names, which several label files may share.
    labels: BTreeSet<u64>,
    /// Whether there are more labels than these.
    is_cut: bool,
    /// Findings that a machine can fix without changing what a label means.
    pub safe: u64,
    /// Findings that a machine can fix, and that may change it.
    pub risky: u64,
}

impl Reach {
    /// Different labels, by their names.
    #[must_use]
    pub fn labels(&self) -> Reached {
        reached(&self.labels, self.is_cut)
    }

    /// Adds what another file has of the rule. Its documents are different ones.
    pub fn add(&mut self, other: &Self) {
        self.documents = Reached {
            number: self.documents.number.saturating_add(other.documents.number),
            is_exact: self.documents.is_exact && other.documents.is_exact,
        };
        self.labels.extend(&other.labels);
        self.is_cut |= other.is_cut;
        self.safe += other.safe;
        self.risky += other.risky;
    }
}

/// How many things there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// How many there are, or are at least.
    pub number: u64,
    /// Whether there are no more.
    pub is_exact: bool,
}

impl Default for Reached {
    fn default() -> Self {
        Self {
            number: 0,
            is_exact: true,
        }
    }
}

/// What is gathered of a file, by rule and severity.
#[derive(Default)]
pub(super) struct Gathered {
    rules: BTreeMap<(&'static str, Severity), Sets>,
    /// How many names are kept.
    kept: usize,
}

/// Fingerprints of names; two of a million have the same one by a chance of 1 to 37 millions.
#[derive(Default)]
struct Sets {
    documents: BTreeSet<u64>,
    labels: BTreeSet<u64>,
    /// Whether documents, or labels, are left out.
    is_cut: (bool, bool),
}

impl Gathered {
    /// Adds a finding, as it was before it became one with others.
    pub(super) fn add(&mut self, finding: &Diagnostic) {
        let sets = self.rules.entry((finding.rule, finding.severity));
        let sets = sets.or_default();
        let places = finding.places.as_deref();
        let others = places.into_iter().flat_map(|places| &places.others);
        let others = others.filter_map(|place| place.document.as_deref());
        for document in finding.document.as_deref().into_iter().chain(others) {
            sets.is_cut.0 |= !keep(&mut sets.documents, document, &mut self.kept);
        }
        if let Some(label) = finding.label() {
            sets.is_cut.1 |= !keep(&mut sets.labels, label, &mut self.kept);
        }
        sets.is_cut.0 |= places.is_some_and(|all| all.total > all.others.len() as u64 + 1);
    }

    /// What it comes to: with the findings as they are told, of which those of `added` rules were
    /// added before.
    ///
    /// Fails where findings cannot be read back.
    pub(super) fn finish(
        mut self,
        findings: &DiagnosticStore,
        added: &BTreeSet<&'static str>,
    ) -> Result<BTreeMap<(&'static str, Severity), Reach>, SpillError> {
        let mut reaches: BTreeMap<_, Reach> = BTreeMap::new();
        for finding in findings {
            let finding = finding?;
            if !added.contains(finding.rule) {
                self.add(&finding);
            }
            let reach = reaches.entry((finding.rule, finding.severity));
            let reach = reach.or_default();
            match finding.remedy().map(|remedy| remedy.applicability) {
                Some(Applicability::Safe) => reach.safe += 1,
                Some(Applicability::Unsafe) => reach.risky += 1,
                None => {}
            }
        }
        for (key, reach) in &mut reaches {
            let Some(sets) = self.rules.remove(key) else {
                continue;
            };
            reach.documents = reached(&sets.documents, sets.is_cut.0);
            (reach.labels, reach.is_cut) = (sets.labels, sets.is_cut.1);
        }
        Ok(reaches)
    }
}

fn reached(names: &BTreeSet<u64>, is_cut: bool) -> Reached {
    Reached {
        number: names.len() as u64,
        is_exact: !is_cut,
    }
}

/// Keeps a name, unless there are too many.
fn keep(names: &mut BTreeSet<u64>, name: &str, kept: &mut usize) -> bool {
    let print = fingerprint(name);
    if names.contains(&print) {
        return true;
    }
    if *kept == MOST {
        return false;
    }
    *kept += 1;
    names.insert(print)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Location, Message, Place, Places};
    use crate::rules::run;

    fn finding(document: &str, label: &str) -> Diagnostic {
        let meta = crate::rules::find("span-empty").unwrap().meta();
        let location = Location {
            bytes: 0..1,
            pointer: None,
            document: Some(document.to_owned()),
        };
        let message = Message::new("empty").of_label(label);
        run::diagnostic(meta, Severity::Error, message, Some(location))
    }

    fn of(findings: Vec<Diagnostic>) -> Reach {
        let mut store = DiagnosticStore::default();
        store.extend(findings).unwrap();
        let gathered = Gathered::default();
        let reaches = gathered.finish(&store, &BTreeSet::new()).unwrap();
        reaches[&("span-empty", Severity::Error)].clone()
    }

    #[test]
    fn names_count_once() {
        let mut fixable = finding("2.txt", "B");
        fixable.remedied(Some(Applicability::Unsafe), "remove the label".to_owned());
        let reach = of(vec![finding("1.txt", "A"), finding("1.txt", "B"), fixable]);
        let exact = |number| Reached {
            number,
            is_exact: true,
        };
        assert_eq!((reach.documents, reach.labels()), (exact(2), exact(2)));
        assert_eq!((reach.safe, reach.risky), (0, 1));
        let mut both = reach.clone();
        both.add(&of(vec![finding("1.txt", "A"), finding("1.txt", "C")]));
        assert_eq!((both.documents, both.labels()), (exact(3), exact(3)));
    }

    #[test]
    fn what_is_not_listed_is_not_exact() {
        let mut several = finding("1.txt", "A");
        let place = Place {
            document: Some("2.txt".to_owned()),
            ..Place::default()
        };
        several.places = Some(Box::new(Places {
            total: 3,
            others: vec![place],
        }));
        let reach = of(vec![several.clone()]);
        assert_eq!(
            (reach.documents.number, reach.documents.is_exact),
            (2, false)
        );
        assert!(reach.labels().is_exact);
        if let Some(places) = &mut several.places {
            places.total = 2;
        }
        assert!(of(vec![several]).documents.is_exact);
    }
}
