//! What speaks against a fix, and which of many fixes do no harm: found by few checks.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::diagnostics::Diagnostic;
use crate::pipeline::{Error, Outcome};

/// What makes two findings of two states of a file the same: the rule, the document, and what
/// is named first in the message. Places move.
pub(super) type FindingKey = (&'static str, Option<String>, String);

pub(super) fn key(finding: &Diagnostic) -> FindingKey {
    let named = finding.message.split('`').nth(1).unwrap_or_default();
    (finding.rule, finding.document.clone(), named.to_owned())
}

/// How often each finding is there in a state of a file.
#[derive(Default, Hash)]
pub(super) struct Tally {
    findings: BTreeMap<FindingKey, u64>,
    /// The same in whatever document.
    anywhere: BTreeMap<(&'static str, String), u64>,
}

impl Tally {
    pub(super) fn of(outcome: &Outcome) -> Result<Self, Error> {
        let mut tally = Self::default();
        for finding in &outcome.diagnostics {
            let key = key(&*finding?);
            *tally.anywhere.entry((key.0, key.2.clone())).or_default() += 1;
            *tally.findings.entry(key).or_default() += 1;
        }
        Ok(tally)
    }

    fn count(&self, key: &FindingKey) -> u64 {
        self.findings.get(key).copied().unwrap_or_default()
    }

    /// How many findings of another state may be those of this one. What was said of a label at its
    /// first use is said at its declaration, which is in no document, once it has one.
    fn known(&self, key: &FindingKey) -> u64 {
        let (rule, document, named) = key;
        if document.is_some() {
            return self.count(key);
        }
        let anywhere = self.anywhere.get(&(rule, named.clone()));
        anywhere.copied().unwrap_or_default()
    }

    /// What tells two states from one another that do not have the same findings.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// The documents in which something speaks against the fixes that were made, and `None` for
/// what is in no document.
pub(super) type Harm = BTreeSet<Option<String>>;

/// What speaks against fixes that led from one state of a file to another: a finding that the
/// file did not have before anything was fixed, and a finding that its own fix leaves there.
///
/// This is the law. All else here hangs on nothing but what it returns.
pub(super) fn harm<'a>(
    before: &Tally,
    from: &Tally,
    to: &Tally,
    made: impl Iterator<Item = &'a FindingKey>,
) -> Harm {
    let brought = to.findings.iter();
    let brought = brought.filter(|(key, count)| **count > before.known(key));
    let brought = brought.map(|((_, document, _), _)| document.clone());
    let left = made.filter(|key| to.count(key) >= from.count(key));
    let left = left.map(|(_, document, _)| document.clone());
    brought.chain(left).collect()
}

/// How many of the fixes of a rule are found out one by one that harm the corpus as a whole,
/// before its others are left out with them.
const CULPRITS: usize = 2;

/// How many checks are kept for what harms the corpus as a whole.
const KEPT: usize = 30;

/// Finds fixes that do no harm together, by few checks: about two for each time that
/// the fixes of one document, or those of one rule, can be halved. `wanted` is what is
/// asked of each; `check` makes those that it names, and says what speaks against
/// them.
pub(super) struct Search<'a, F> {
    /// What each fix is for.
    findings: &'a [&'a FindingKey],
    check: F,
    /// How many checks may still be asked for.
    left: &'a mut usize,
    /// What was tried last, and what came of it.
    tried: Option<(Vec<bool>, Harm)>,
}

/// The fixes of one document, of which some do harm in it.
struct Suspects {
    all: Vec<usize>,
    /// Do no harm.
    good: Vec<usize>,
    /// Are tried now, beside the good ones.
    trial: Vec<usize>,
    /// Wait to be tried.
    waiting: Vec<Vec<usize>>,
    /// Whether nothing more can be found out about them.
    is_settled: bool,
}

impl<'a, F: FnMut(&[bool]) -> Result<Harm, Error>> Search<'a, F> {
    pub(super) fn new(findings: &'a [&'a FindingKey], left: &'a mut usize, check: F) -> Self {
        Self {
            findings,
            check,
            left,
            tried: None,
        }
    }

    /// The fixes that do no harm, as far as they were found with the checks that were left. They
    /// were tried together, unless there are none.
    pub(super) fn run(mut self) -> Result<Vec<bool>, Error> {
        let mut wanted = vec![true; self.findings.len()];
        if self.harm(&wanted)?.is_some_and(|harm| harm.is_empty()) {
            return Ok(wanted);
        }
        self.by_document(&mut wanted)?;
        if self.harm(&wanted)?.is_some_and(|harm| harm.is_empty()) {
            return Ok(wanted);
        }
        self.by_rule(&wanted)
    }

    /// What speaks against fixes; nothing where no check is left.
    fn harm(&mut self, wanted: &[bool]) -> Result<Option<Harm>, Error> {
        if let Some((_, harm)) = self.tried.as_ref().filter(|(tried, _)| tried == wanted) {
            return Ok(Some(harm.clone()));
        }
        if *self.left == 0 {
            return Ok(None);
        }
        *self.left -= 1;
        let harm = (self.check)(wanted)?;
        self.tried = Some((wanted.to_vec(), harm.clone()));
        Ok(Some(harm))
    }

    /// Leaves out the fixes of documents that do harm in their own document. All documents are
    /// looked at by the same checks.
    fn by_document(&mut self, wanted: &mut [bool]) -> Result<(), Error> {
        let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, finding) in self.findings.iter().enumerate() {
            if let (_, Some(document), _) = finding {
                of.entry(document).or_default().push(index);
            }
        }
        let mut suspects: BTreeMap<&str, Suspects> = BTreeMap::new();
        while *self.left > KEPT
            && let Some(harm) = self.harm(wanted)?
        {
            for (document, suspects) in &mut suspects {
                let document = Some((*document).to_owned());
                suspects.judge(harm.contains(&document), wanted);
            }
            for document in harm.iter().flatten() {
                if let Some((document, fixes)) = of.get_key_value(&**document)
                    && !suspects.contains_key(*document)
                {
                    suspects.insert(document, Suspects::new(fixes, wanted));
                }
            }
            if suspects.values().all(|suspects| suspects.is_settled) {
                return Ok(());
            }
        }
        // What was not found out in time is left out.
        for suspects in suspects.values().filter(|suspects| !suspects.is_settled) {
            for index in &suspects.trial {
                wanted[*index] = false;
            }
        }
        Ok(())
    }

    /// The fixes that do no harm to the corpus as a whole, rule by rule: as many of each as do
    /// none together.
    fn by_rule(&mut self, wanted: &[bool]) -> Result<Vec<bool>, Error> {
        let mut good = vec![false; wanted.len()];
        let indices: Vec<usize> = (0..wanted.len()).filter(|index| wanted[*index]).collect();
        let rule = |index: &usize| self.findings[*index].0;
        let groups = indices.chunk_by(|a, b| rule(a) == rule(b));
        for group in groups.map(<[usize]>::to_vec).collect::<Vec<_>>() {
            let mut rest = &*group;
            for _ in 0..CULPRITS {
                let harmless = self.harmless(&mut good, rest)?;
                rest = rest.get(harmless + 1..).unwrap_or_default();
                if rest.is_empty() {
                    break;
                }
            }
        }
        Ok(good)
    }

    /// Adds to the good as many fixes, from the first on, as do no harm; and says how many.
    fn harmless(&mut self, good: &mut Vec<bool>, fixes: &[usize]) -> Result<usize, Error> {
        let (mut least, mut most) = (0, fixes.len() + 1);
        // All of them first: mostly it is another rule that does harm.
        let mut next = fixes.len();
        while next > least {
            let mut trial = good.clone();
            for index in &fixes[least..next] {
                trial[*index] = true;
            }
            match self.harm(&trial)? {
                Some(harm) if harm.is_empty() => {
                    *good = trial;
                    least = next;
                }
                Some(_) => most = next,
                None => break,
            }
            next = least + (most - least) / 2;
        }
        Ok(least)
    }
}

impl Suspects {
    /// All fixes of a document that was harmed by them.
    fn new(all: &[usize], wanted: &mut [bool]) -> Self {
        let mut suspects = Self {
            all: all.to_vec(),
            good: Vec::new(),
            trial: all.to_vec(),
            waiting: Vec::new(),
            is_settled: false,
        };
        suspects.judge(true, wanted);
        suspects
    }

    /// Draws the conclusion from a check in which the document was harmed or not, and says which
    /// of its fixes are wanted in the next one.
    fn judge(&mut self, is_harmed: bool, wanted: &mut [bool]) {
        if self.is_settled {
            return;
        }
        if self.trial.is_empty() {
            // Where it is harmed without any of them, something else does that.
            let is_innocent = is_harmed && self.good.is_empty();
            for index in self.all.iter().filter(|_| is_innocent) {
                wanted[*index] = true;
            }
            self.is_settled = true;
            return;
        }
        let trial = std::mem::take(&mut self.trial);
        if is_harmed {
            for index in &trial {
                wanted[*index] = false;
            }
            if trial.len() > 1 {
                let (first, second) = trial.split_at(trial.len() / 2);
                self.waiting.push(second.to_vec());
                self.waiting.push(first.to_vec());
            }
        } else {
            self.good.extend(trial);
        }
        self.trial = self.waiting.pop().unwrap_or_default();
        for index in &self.trial {
            wanted[*index] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many fixes of a rule, in so many documents.
    fn fixes(rule: &'static str, count: usize, documents: usize) -> Vec<FindingKey> {
        let document = |index: usize| Some(format!("{}.txt", index % documents));
        let key = |index| (rule, document(index), String::new());
        (0..count).map(key).collect()
    }

    /// Which of the fixes do no harm, and after how many checks.
    fn search(findings: &[FindingKey], check: impl Fn(&[usize]) -> Harm) -> (Vec<usize>, usize) {
        let on = |wanted: &[bool]| -> Vec<usize> {
            (0..wanted.len()).filter(|index| wanted[*index]).collect()
        };
        let findings: Vec<&FindingKey> = findings.iter().collect();
        let mut left = 60;
        let mut best = Vec::new();
        let search = Search::new(&findings, &mut left, |wanted| {
            let wanted = on(wanted);
            let harm = check(&wanted);
            if harm.is_empty() {
                best.clone_from(&wanted);
            }
            Ok(harm)
        });
        let good = on(&search.run().unwrap());
        assert_eq!(good, best, "the last that was tried");
        (good, 60 - left)
    }

    #[test]
    fn fixes_without_harm_take_one_check() {
        let (good, checks) = search(&fixes("a", 1000, 10), |_| Harm::new());
        assert_eq!((good.len(), checks), (1000, 1));
    }

    #[test]
    fn documents_are_looked_at_together() {
        let findings = fixes("a", 4000, 1000);
        let is_bad = |index: usize| index % 1000 < 500 && index / 1000 == 2;
        let (good, checks) = search(&findings, |wanted| {
            let bad = wanted.iter().filter(|index| is_bad(**index));
            bad.map(|index| findings[*index].1.clone()).collect()
        });
        assert_eq!(good.len(), 3500);
        assert!(!good.iter().any(|index| is_bad(*index)));
        assert!(checks < 12, "{checks}");
    }

    #[test]
    fn what_is_too_much_for_the_corpus_is_found_by_halving() {
        let findings = fixes("a", 4000, 4000);
        let (good, checks) = search(&findings, |wanted| {
            let is_harmed = wanted.len() > 200;
            is_harmed.then_some(None).into_iter().collect()
        });
        assert_eq!(good, (0..200).collect::<Vec<_>>());
        assert!(checks < 30, "{checks}");
    }

    #[test]
    fn a_document_that_is_harmed_by_others_keeps_its_fixes() {
        let mut findings = fixes("a", 100, 100);
        findings.extend(fixes("b", 1, 100));
        findings[100].1 = None;
        let (good, _) = search(&findings, |wanted| {
            let is_harmed = wanted.contains(&100);
            let document = findings[7].1.clone();
            is_harmed.then_some(document).into_iter().collect()
        });
        assert_eq!(good, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn checks_are_bounded_whatever_does_harm() {
        let findings = fixes("a", 5000, 1);
        let (good, checks) = search(&findings, |wanted| {
            let bad = wanted.iter().any(|index| index % 2 == 0);
            bad.then(|| findings[0].1.clone()).into_iter().collect()
        });
        assert!(good.iter().all(|index| index % 2 == 1));
        assert!(checks <= 60, "{checks}");
    }
}
