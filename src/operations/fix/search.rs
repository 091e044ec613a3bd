//! Which of many fixes do no harm: found by few checks.

use std::collections::BTreeMap;

use super::law::{Aim, Harm, Reason};
use crate::pipeline::Error;

/// How many of the fixes of a rule are found out one by one that harm the corpus as a whole,
/// before its others are left out with them.
const CULPRITS: usize = 2;

/// How many checks are kept for what harms the corpus as a whole.
const KEPT: usize = 12;

/// Finds fixes that do no harm together, by few checks: about two for each time that
/// the fixes of one document, or those of one rule, can be halved. `wanted` is what is
/// asked of each; `check` makes those that it names, and says what speaks against
/// them.
pub(super) struct Search<'a, F> {
    /// What each fix is for.
    aims: &'a [Aim],
    check: F,
    /// What spoke against fixes when they were tried, by index.
    reasons: BTreeMap<usize, Reason>,
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
    pub(super) fn new(aims: &'a [Aim], left: &'a mut usize, check: F) -> Self {
        Self {
            aims,
            check,
            reasons: BTreeMap::new(),
            left,
            tried: None,
        }
    }

    /// The fixes that do no harm, as far as they were found with the checks that were left, and
    /// what speaks against each of the others. Those without harm were tried together, unless there
    /// are none.
    pub(super) fn run(mut self) -> Result<Vec<Option<Reason>>, Error> {
        let mut wanted = vec![true; self.aims.len()];
        if !self.does_no_harm(&wanted)? {
            self.by_document(&mut wanted)?;
            if !self.does_no_harm(&wanted)? {
                wanted = self.by_rule(&wanted)?;
            }
        }
        let reason = |index| self.reasons.get(&index).copied();
        let verdicts = wanted.iter().enumerate();
        let verdicts = verdicts
            .map(|(index, is_good)| (!is_good).then(|| reason(index).unwrap_or(Reason::Untried)));
        Ok(verdicts.collect())
    }

    fn does_no_harm(&mut self, wanted: &[bool]) -> Result<bool, Error> {
        Ok(self.harm(wanted)?.is_some_and(|harm| harm.is_empty()))
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
        for (index, aim) in self.aims.iter().enumerate() {
            if let (_, Some(document), _) = &aim.finding {
                of.entry(document).or_default().push(index);
            }
        }
        let mut suspects: BTreeMap<&str, Suspects> = BTreeMap::new();
        while *self.left > KEPT
            && let Some(harm) = self.harm(wanted)?
        {
            for (document, suspects) in &mut suspects {
                let reason = harm.get(&Some((*document).to_owned())).copied();
                let tried = suspects.judge(reason, wanted);
                if let Some(reason) = reason {
                    self.reasons
                        .extend(tried.into_iter().map(|index| (index, reason)));
                }
            }
            for (document, reason) in &harm {
                let Some(document) = document else {
                    continue;
                };
                if let Some((document, fixes)) = of.get_key_value(&**document)
                    && !suspects.contains_key(&**document)
                {
                    self.reasons
                        .extend(fixes.iter().map(|index| (*index, *reason)));
                    suspects.insert(document, Suspects::new(fixes, *reason, wanted));
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
        let rule = |index: &usize| self.aims[*index].finding.0;
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
                Some(harm) => {
                    most = next;
                    // What one fix more brings is its doing.
                    let reason = harm.into_values().next_back();
                    let told = reason.filter(|_| next == least + 1);
                    self.reasons
                        .extend(told.map(|reason| (fixes[least], reason)));
                }
                None => break,
            }
            next = least + (most - least) / 2;
        }
        Ok(least)
    }
}

impl Suspects {
    /// All fixes of a document that was harmed by them.
    fn new(all: &[usize], reason: Reason, wanted: &mut [bool]) -> Self {
        let mut suspects = Self {
            all: all.to_vec(),
            good: Vec::new(),
            trial: all.to_vec(),
            waiting: Vec::new(),
            is_settled: false,
        };
        suspects.judge(Some(reason), wanted);
        suspects
    }

    /// Draws the conclusion from a check in which something spoke against the document, or
    /// nothing, and says which of its fixes are wanted in the next one. Returns those that the check
    /// was about.
    fn judge(&mut self, harm: Option<Reason>, wanted: &mut [bool]) -> Vec<usize> {
        if self.is_settled {
            return Vec::new();
        }
        if self.trial.is_empty() {
            // Where it is harmed without any of them, something else does that.
            let is_innocent = harm.is_some() && self.good.is_empty();
            for index in self.all.iter().filter(|_| is_innocent) {
                wanted[*index] = true;
            }
            self.is_settled = true;
            return Vec::new();
        }
        let trial = std::mem::take(&mut self.trial);
        if harm.is_some() {
            for index in &trial {
                wanted[*index] = false;
            }
            if trial.len() > 1 {
                let (first, second) = trial.split_at(trial.len() / 2);
                self.waiting.push(second.to_vec());
                self.waiting.push(first.to_vec());
            }
        } else {
            self.good.extend(&trial);
        }
        self.trial = self.waiting.pop().unwrap_or_default();
        for index in &self.trial {
            wanted[*index] = true;
        }
        trial
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many fixes of a rule, in so many documents.
    fn fixes(rule: &'static str, count: usize, documents: usize) -> Vec<Aim> {
        let document = |index: usize| Some(format!("{}.txt", index % documents));
        let aim = |index| Aim {
            finding: (rule, document(index), String::new()),
            is_part: false,
        };
        (0..count).map(aim).collect()
    }

    /// What speaks against some documents.
    fn against(documents: impl IntoIterator<Item = Option<String>>) -> Harm {
        let documents = documents.into_iter();
        documents
            .map(|document| (document, Reason::Brings("worse")))
            .collect()
    }

    /// Which of the fixes do no harm, and after how many checks.
    fn search(aims: &[Aim], check: impl Fn(&[usize]) -> Harm) -> (Vec<usize>, usize) {
        let on = |wanted: &[bool]| -> Vec<usize> {
            (0..wanted.len()).filter(|index| wanted[*index]).collect()
        };
        let mut left = 60;
        let mut best = Vec::new();
        let search = Search::new(aims, &mut left, |wanted| {
            let wanted = on(wanted);
            let harm = check(&wanted);
            if harm.is_empty() {
                best.clone_from(&wanted);
            }
            Ok(harm)
        });
        let verdicts = search.run().unwrap();
        let good: Vec<bool> = verdicts.iter().map(Option::is_none).collect();
        let good = on(&good);
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
            against(bad.map(|index| findings[*index].finding.1.clone()))
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
            against(is_harmed.then_some(None))
        });
        assert_eq!(good, (0..200).collect::<Vec<_>>());
        assert!(checks < 30, "{checks}");
    }

    #[test]
    fn a_document_that_is_harmed_by_others_keeps_its_fixes() {
        let mut findings = fixes("a", 100, 100);
        findings.extend(fixes("b", 1, 100));
        findings[100].finding.1 = None;
        let (good, _) = search(&findings, |wanted| {
            let is_harmed = wanted.contains(&100);
            let document = findings[7].finding.1.clone();
            against(is_harmed.then_some(document))
        });
        assert_eq!(good, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn checks_are_bounded_whatever_does_harm() {
        let findings = fixes("a", 5000, 1);
        let (good, checks) = search(&findings, |wanted| {
            let bad = wanted.iter().any(|index| index % 2 == 0);
            against(bad.then(|| findings[0].finding.1.clone()))
        });
        assert!(good.iter().all(|index| index % 2 == 1));
        assert!(checks <= 60, "{checks}");
    }
}
