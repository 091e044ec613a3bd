//! The findings of a label file, in memory that does not grow with their number.
//!
//! They come in any order. Up to a cap ([`Budget`]) they stay in memory; past it they are sorted
//! and written as a run to a temporary file, and whoever asks for them gets memory and runs
//! merged. A run that goes on where the last one ends, as the findings of consecutive batches do, becomes
//! part of it, so there is mostly one.

mod budget;
mod runs;
mod stored;
mod withdrawn;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use self::budget::{Held, SpillFile};
use self::runs::{Run, RunWriter};
use self::stored::Words;
use crate::diagnostics::{Diagnostic, Severity};

pub use budget::{Budget, SpillError};
pub use runs::Iter;
pub use withdrawn::Withdrawn;

/// The findings of one label file.
#[derive(Clone, Debug, Default)]
pub struct DiagnosticStore {
    budget: Budget,
    /// The newest, sorted only by [`DiagnosticStore::settle`].
    memory: Vec<Diagnostic>,
    /// What `memory` takes, about.
    bytes: usize,
    /// The others, from the oldest. Each run is sorted.
    runs: Vec<Run>,
    /// Where runs are written before all is settled.
    spill: Option<Arc<SpillFile>>,
    words: Words,
    counts: BTreeMap<CountKey, u64>,
    held: Option<Arc<Held>>,
}

/// What findings are counted by: rule, severity, and the hypotheses of [`Diagnostic::doubt`].
type CountKey = (&'static str, Severity, u64);

impl DiagnosticStore {
    /// No findings yet, and room for them.
    #[must_use]
    pub fn new(budget: &Budget) -> Self {
        Self {
            budget: budget.clone(),
            ..Self::default()
        }
    }

    /// Takes a finding.
    ///
    /// Fails where the temporary file cannot be written.
    pub fn push(&mut self, finding: Diagnostic) -> Result<(), SpillError> {
        self.extend([finding])
    }

    /// Takes findings, which should be few enough for memory: the cap is looked at when all of
    /// them are there. That keeps the findings of a batch in one run.
    ///
    /// Fails where the temporary file cannot be written.
    pub fn extend(
        &mut self,
        findings: impl IntoIterator<Item = Diagnostic>,
    ) -> Result<(), SpillError> {
        for finding in findings {
            self.words.learn(&finding);
            let key = (finding.rule, finding.severity, finding.doubt);
            *self.counts.entry(key).or_default() += 1;
            self.bytes += finding.weight();
            self.memory.push(finding);
        }
        if self.budget.is_exceeded(self.memory.len(), self.bytes) {
            self.spill()?;
        }
        Ok(())
    }

    /// Takes all of another's, few at a time where they are not in memory.
    ///
    /// Fails where a temporary file cannot be read or written.
    pub fn append(&mut self, other: Self) -> Result<(), SpillError> {
        const FEW: usize = 1000;
        if other.runs.is_empty() {
            return self.extend(other.memory);
        }
        let mut rest = other.iter();
        loop {
            let few = rest.by_ref().take(FEW);
            let few: Vec<Diagnostic> = few
                .map(|finding| finding.map(Cow::into_owned))
                .collect::<Result<_, _>>()?;
            if few.is_empty() {
                return Ok(());
            }
            self.extend(few)?;
        }
    }

    /// Takes back what was found up to now and is covered. What comes later stays.
    pub fn withdraw(&mut self, withdrawn: &Withdrawn) {
        if withdrawn.is_empty() {
            return;
        }
        self.counts
            .retain(|(rule, _, doubt), _| !withdrawn.covers(rule, *doubt));
        self.memory
            .retain(|finding| !withdrawn.covers_finding(finding));
        self.bytes = self.memory.iter().map(Diagnostic::weight).sum();
        for run in &mut self.runs {
            run.withdrawn.extend(withdrawn);
        }
    }

    /// Goes over all findings in order, lets `complete` fill in what hangs on that, and keeps
    /// the result. It may not touch what the order hangs on, nor rule, severity, help and doubt.
    ///
    /// What fits into the [`Budget`] stays in memory; the rest is written as one run.
    ///
    /// Fails where `complete` does, and where the temporary file cannot be read or written.
    pub fn settle<E: From<SpillError>>(
        &mut self,
        mut complete: impl FnMut(&mut Diagnostic) -> Result<(), E>,
    ) -> Result<(), E> {
        self.held = None;
        let store = self.budget.store();
        let mut writer = RunWriter::new(&store, &self.words);
        if self.runs.is_empty() {
            self.memory.sort_by(Diagnostic::in_order);
            self.memory.iter_mut().try_for_each(complete)?;
            self.bytes = self.memory.iter().map(Diagnostic::weight).sum();
            self.held = self.budget.hold(self.memory.len(), self.bytes);
            if self.held.is_some() {
                return Ok(());
            }
            for finding in &self.memory {
                writer.add(finding)?;
            }
        } else {
            for finding in self.iter() {
                let mut finding = finding?.into_owned();
                complete(&mut finding)?;
                writer.add(&finding)?;
            }
        }
        self.runs = vec![writer.finish()?.settled()];
        self.memory = Vec::new();
        self.bytes = 0;
        self.spill = None;
        Ok(())
    }

    /// The findings in the order of the reports ([`Diagnostic::in_order`]; equal ones as they
    /// came), as often as it is asked for. Those in memory are lent, the others read.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter::new(&self.runs, sorted(&self.memory), &self.words)
    }

    /// All findings in memory, in order: for files that have few.
    ///
    /// Fails where the temporary file cannot be read.
    pub fn to_vec(&self) -> Result<Vec<Diagnostic>, SpillError> {
        self.iter()
            .map(|finding| finding.map(Cow::into_owned))
            .collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u64 {
        let of_it = self.counts.iter().filter(|(key, _)| key.1 == severity);
        of_it.map(|(_, count)| count).sum()
    }

    /// How many each rule has.
    #[must_use]
    pub fn by_rule(&self) -> BTreeMap<&'static str, u64> {
        let mut rules = BTreeMap::new();
        for ((rule, _, _), count) in &self.counts {
            *rules.entry(*rule).or_default() += count;
        }
        rules
    }

    /// How many each rule has of a severity.
    #[must_use]
    pub fn rules_of(&self, severity: Severity) -> BTreeMap<&'static str, u64> {
        let mut rules = BTreeMap::new();
        for ((rule, of, _), count) in &self.counts {
            if *of == severity {
                *rules.entry(*rule).or_default() += count;
            }
        }
        rules
    }

    /// Puts others in the place of the findings, which are settled: what `keep` adds to its second
    /// argument when it gets each, in order, and at the end `None`. It may not touch what the order
    /// hangs on.
    ///
    /// Fails where the temporary file cannot be read or written.
    pub fn rewrite(
        &mut self,
        mut keep: impl FnMut(Option<Diagnostic>, &mut Vec<Diagnostic>),
    ) -> Result<(), SpillError> {
        self.held = None;
        let mut kept = Self::new(&self.budget);
        let mut few = Vec::new();
        for finding in self.iter() {
            keep(Some(finding?.into_owned()), &mut few);
            kept.extend(few.drain(..))?;
        }
        keep(None, &mut few);
        kept.extend(few)?;
        kept.settle(|_| Ok::<(), SpillError>(()))?;
        *self = kept;
        Ok(())
    }

    /// Writes what is in memory as a run.
    fn spill(&mut self) -> Result<(), SpillError> {
        let store = Arc::clone(self.spill.get_or_insert_default());
        let sorted = sorted(&self.memory);
        let mut writer = RunWriter::new(&store, &self.words);
        for finding in &sorted {
            writer.add(finding)?;
        }
        let mut run = writer.finish()?;
        run.last = sorted.last().map(|last| Box::new((*last).clone()));
        let goes_on = |last: &Run| match (&last.last, sorted.first()) {
            (Some(last), Some(first)) => last.in_order(first).is_le(),
            _ => false,
        };
        match self.runs.last_mut() {
            Some(last) if last.withdrawn.is_empty() && goes_on(last) => last.continue_with(run),
            _ => self.runs.push(run),
        }
        self.memory.clear();
        self.bytes = 0;
        self.merge_runs(&store)
    }

    /// Merges the last runs where there are too many of a tier: so each finding is written
    /// again once a tier, and few runs are open at a time however many there are. What they
    /// took in the file stays taken until all is settled.
    fn merge_runs(&mut self, store: &Arc<SpillFile>) -> Result<(), SpillError> {
        /// How many runs of a tier become one of the next.
        const MOST: usize = 16;
        while let Some(tier) = self.runs.last().map(|run| run.tier) {
            let alike = self.runs.iter().rev().take_while(|run| run.tier == tier);
            let from = self.runs.len() - alike.count();
            let runs = &self.runs[from..];
            if runs.len() < MOST {
                break;
            }
            let mut writer = RunWriter::new(store, &self.words);
            for finding in Iter::new(runs, Vec::new(), &self.words) {
                writer.add(&*finding?)?;
            }
            let mut merged = writer.finish()?;
            merged.tier = tier.saturating_add(1);
            self.runs.truncate(from);
            self.runs.push(merged);
        }
        Ok(())
    }
}

/// Findings in order, without moving them: sorting them in place takes half their memory again.
fn sorted(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by(|a, b| a.in_order(b));
    sorted
}

impl<'a> IntoIterator for &'a DiagnosticStore {
    type Item = Result<Cow<'a, Diagnostic>, SpillError>;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Equal are those that hold equal findings, in memory or not; what cannot be read equals
/// nothing.
impl PartialEq for DiagnosticStore {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.iter().zip(other.iter());
        self.counts == other.counts
            && pairs.all(|pair| matches!(pair, (Ok(one), Ok(other)) if one == other))
    }
}

#[cfg(test)]
mod tests;
