//! A defect, and what is known of it.

use super::clean::Base;
use super::corpus::{Corpus, Place};

/// One thing that happens to a corpus.
pub(super) struct Defect {
    pub(super) name: String,
    pub(super) base: Base,
    /// The rule that finds it.
    pub(super) rule: &'static str,
    /// Rules that cannot but speak too.
    pub(super) company: Vec<&'static str>,
    pub(super) make: Box<dyn Fn(&mut Corpus) -> Place + Send + Sync>,
}

/// The same defect in several corpora.
pub(super) fn everywhere(
    rule: &'static str,
    bases: &[Base],
    name: &str,
    make: fn(&mut Corpus) -> Place,
) -> Vec<Defect> {
    let bases = bases.iter();
    bases.map(|base| defect(rule, *base, name, make)).collect()
}

/// A defect that nobody else speaks of.
pub(super) fn defect(
    rule: &'static str,
    base: Base,
    name: impl Into<String>,
    make: impl Fn(&mut Corpus) -> Place + Send + Sync + 'static,
) -> Defect {
    Defect {
        name: name.into(),
        base,
        rule,
        company: Vec::new(),
        make: Box::new(make),
    }
}

impl Defect {
    /// The same where another rule cannot but speak too, and `why`.
    pub(super) fn beside(mut self, rule: &'static str, why: &str) -> Self {
        assert!(!why.is_empty());
        self.company.push(rule);
        self
    }
}
