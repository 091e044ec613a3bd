//! Fixes what a machine can fix, as byte edits, until nothing is left that it can.

mod edits;
mod guard;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use self::edits::{Candidate, Chosen, apply, candidates, choose, unwritten};
use self::guard::{FindingKey, Harm, Search, Tally, harm};
use crate::formats::{self, Format};
use crate::input::{Source, Spool, Texts};
use crate::operations::{Conversion, Metadata, check, convert};
use crate::pipeline::{Error, Options, Outcome};
use crate::rules::meta::Applicability;

/// How often a file is gone over before what is left is left.
const ROUNDS: usize = 100;

/// How many checks of a file the search for fixes that do harm may take. Where it takes more, what
/// is still suspected is left out.
const CHECKS: usize = 60;

/// The rule about shapes that are older than today's.
const LEGACY: &str = "legacy-shape";

/// A file that was fixed.
pub struct Fixed {
    /// The file as it is now; `None` where nothing could be fixed.
    pub source: Option<Source>,
    /// What there was to say of it before.
    pub before: Outcome,
    /// What there is to say of it now.
    pub outcome: Outcome,
    /// How many findings of each rule were fixed.
    pub fixed: BTreeMap<&'static str, u64>,
}

/// Checks a file, fixes it in memory of its own (a temporary file), and checks it again, until
/// no finding is left that `most` allows to fix. The file itself is not touched.
///
/// The fixed file has no finding that the file did not have: a fix that brings one is left
/// out.
///
/// Fails where a file cannot be read or written.
pub fn fix(
    source: &Source,
    format: Option<&'static dyn Format>,
    texts: Option<&Texts>,
    options: &Options,
    most: Applicability,
) -> Result<Fixed, Error> {
    let options = Options {
        fixes: true,
        ..options.clone()
    };
    let mut fixer = Fixer {
        format,
        texts,
        options: &options,
        most,
        before: Tally::default(),
    };
    let before = fixer.check(source)?;
    fixer.before = Tally::of(&before)?;
    let (modern, start) = match fixer.modernized(source, &before)? {
        Some((modern, outcome)) => (Some(modern), outcome),
        None => (None, before.clone()),
    };
    let source = modern.as_ref().unwrap_or(source);
    // Most fixes do no harm, so all of them are made at once, and judged at the end.
    let mut attempt = match fixer.eagerly(source, start)? {
        Some(attempt) => attempt,
        None => fixer.carefully(source, fixer.check(source)?)?,
    };
    if modern.is_some() {
        *attempt.counts.entry(LEGACY).or_default() += 1;
    }
    Ok(Fixed {
        source: attempt.source.or(modern),
        before,
        outcome: attempt.outcome,
        fixed: attempt.counts,
    })
}

/// A file on its way to being fixed.
struct Attempt {
    source: Option<Source>,
    outcome: Outcome,
    tally: Tally,
    counts: BTreeMap<&'static str, u64>,
}

/// What a file is fixed with.
struct Fixer<'a> {
    format: Option<&'static dyn Format>,
    texts: Option<&'a Texts>,
    options: &'a Options,
    most: Applicability,
    /// The findings before anything was fixed.
    before: Tally,
}

impl Fixer<'_> {
    fn check(&self, source: &Source) -> Result<Outcome, Error> {
        check(source, self.format, self.texts, self.options)
    }

    /// The file in today's shape, where its shape is so old that it is written anew, nothing is
    /// lost by that, and nothing new is found then.
    fn modernized(
        &self,
        source: &Source,
        outcome: &Outcome,
    ) -> Result<Option<(Source, Outcome)>, Error> {
        let mut old = false;
        for found in &outcome.diagnostics {
            let found = found?;
            if found.rule == LEGACY && found.fix.is_none() {
                old = true;
                break;
            }
        }
        let Some(format) = outcome.input.format.and_then(formats::find).filter(|_| old) else {
            return Ok(None);
        };
        let conversion = Conversion {
            from: Some(format),
            to: format,
            texts: self.texts,
            unit: None,
            metadata: Metadata::default(),
            skip_invalid: false,
            deny_loss: true,
            save_losses: false,
            restore: None,
            files: None,
        };
        let mut file = Spool::new().map_err(unwritten)?;
        let written = convert(
            source,
            &conversion,
            self.options,
            &mut file,
            &mut io::sink(),
        );
        let written = written.map_err(|error| match error {
            Error::Write { source, .. } => unwritten(source),
            other => other,
        })?;
        if written.refused {
            return Ok(None);
        }
        let modern = source.replaced(file);
        let outcome = self.check(&modern)?;
        let tally = Tally::of(&outcome)?;
        let harm = harm(&self.before, &self.before, &tally, std::iter::empty());
        Ok(harm.is_empty().then_some((modern, outcome)))
    }

    /// Makes all fixes until none is left; nothing where something speaks against them then.
    fn eagerly(&self, source: &Source, outcome: Outcome) -> Result<Option<Attempt>, Error> {
        let mut fixed = Attempt::nothing(outcome)?;
        // Fixes that undo one another lead back to a state that was there before.
        let mut states = BTreeSet::from([fixed.tally.fingerprint()]);
        for _ in 0..ROUNDS {
            let now = fixed.source.as_ref().unwrap_or(source);
            let candidates = candidates(now, &fixed.outcome, self.most, |_| true)?;
            let chosen = choose(&candidates, |_| true);
            if chosen.made.is_empty() {
                break;
            }
            let step = self.step(now, chosen)?;
            // What is brought is judged at the end; what is not fixed would be tried for ever.
            if !fixed.harm_of(&step, &step.tally, &candidates).is_empty() {
                return Ok(None);
            }
            fixed.take(step, &candidates);
            if !states.insert(fixed.tally.fingerprint()) {
                return Ok(None);
            }
        }
        let harm = harm(&self.before, &self.before, &fixed.tally, std::iter::empty());
        Ok(harm.is_empty().then_some(fixed))
    }

    /// Makes only the fixes that nothing speaks against.
    fn carefully(&self, source: &Source, outcome: Outcome) -> Result<Attempt, Error> {
        let mut fixed = Attempt::nothing(outcome)?;
        let mut left = CHECKS;
        let mut refused: BTreeSet<FindingKey> = BTreeSet::new();
        for _ in 0..ROUNDS {
            let now = fixed.source.as_ref().unwrap_or(source);
            let candidates = candidates(now, &fixed.outcome, self.most, |finding| {
                !refused.contains(finding)
            })?;
            if candidates.is_empty() {
                break;
            }
            let findings: Vec<&FindingKey> = candidates
                .iter()
                .map(|candidate| &candidate.finding)
                .collect();
            let mut best = None;
            let search = Search::new(&findings, &mut left, |wanted: &[bool]| {
                let step = self.step(now, choose(&candidates, |index| wanted[index]))?;
                let harm = fixed.harm_of(&step, &self.before, &candidates);
                if harm.is_empty() {
                    best = Some(step);
                }
                Ok(harm)
            });
            let good = search.run()?;
            let bad = candidates.iter().zip(&good).filter(|(_, good)| !**good);
            refused.extend(bad.map(|(candidate, _)| candidate.finding.clone()));
            if let Some(step) = best {
                fixed.take(step, &candidates);
            }
        }
        Ok(fixed)
    }

    /// The file after a round.
    fn step(&self, source: &Source, chosen: Chosen) -> Result<Step, Error> {
        let source = apply(source, &chosen)?;
        let outcome = self.check(&source)?;
        Ok(Step {
            tally: Tally::of(&outcome)?,
            source,
            outcome,
            made: chosen.made,
        })
    }
}

/// What fixes make of a file.
struct Step {
    source: Source,
    outcome: Outcome,
    tally: Tally,
    /// The candidates that were made, by index.
    made: Vec<usize>,
}

impl Attempt {
    fn nothing(outcome: Outcome) -> Result<Self, Error> {
        Ok(Self {
            source: None,
            tally: Tally::of(&outcome)?,
            outcome,
            counts: BTreeMap::new(),
        })
    }

    /// What speaks against a step from here, in a file that had the findings of `before`.
    fn harm_of(&self, step: &Step, before: &Tally, candidates: &[Candidate]) -> Harm {
        let made = step.made.iter().map(|index| &candidates[*index].finding);
        harm(before, &self.tally, &step.tally, made)
    }

    fn take(&mut self, step: Step, candidates: &[Candidate]) {
        for index in &step.made {
            *self.counts.entry(candidates[*index].finding.0).or_default() += 1;
        }
        self.source = Some(step.source);
        self.outcome = step.outcome;
        self.tally = step.tally;
    }
}
