//! A file on its way to being fixed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::edits::Candidate;
use super::law::{Aim, Tally};
use crate::input::Source;
use crate::pipeline::{Error, Outcome};

/// A file on its way to being fixed.
#[derive(Clone)]
pub(super) struct State {
    /// `None` where nothing was fixed yet.
    pub(super) source: Option<Rc<Source>>,
    pub(super) outcome: Rc<Outcome>,
    pub(super) tally: Rc<Tally>,
    /// How many findings of each rule were fixed.
    pub(super) counts: BTreeMap<&'static str, u64>,
}

/// What fixes make of a file.
pub(super) struct Step {
    pub(super) state: State,
    /// The candidates that were made, by index.
    pub(super) made: Vec<usize>,
}

impl Step {
    /// What was fixed.
    pub(super) fn aims<'c>(&self, candidates: &'c [Candidate]) -> Vec<&'c Aim> {
        let made = self.made.iter();
        made.map(|index| &candidates[*index].aim).collect()
    }
}

impl State {
    pub(super) fn of(source: Option<Source>, outcome: Rc<Outcome>) -> Result<Self, Error> {
        Ok(Self {
            source: source.map(Rc::new),
            tally: Rc::new(Tally::of(&outcome)?),
            outcome,
            counts: BTreeMap::new(),
        })
    }

    /// The state after a step from here.
    pub(super) fn after(&self, step: Step, candidates: &[Candidate]) -> Self {
        let mut counts = self.counts.clone();
        let made = step.made.iter().map(|index| &candidates[*index]);
        let made: BTreeSet<(&str, usize)> = made.map(|it| (it.aim.finding.0, it.of)).collect();
        for (rule, _) in made {
            *counts.entry(rule).or_default() += 1;
        }
        Self {
            counts,
            ..step.state
        }
    }
}
