//! Fixes what a machine can fix, as byte edits, until nothing is left that it can.

mod doubts;
mod edits;
mod law;
mod search;
mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::rc::Rc;

use self::doubts::Doubts;
use self::edits::{Candidate, Chosen, apply, candidates, choose, fixable, unwritten};
use self::law::{Aim, Law, Tally, left};
use self::search::Search;
use self::state::{State, Step};
use crate::diagnostics::Applicability;
use crate::diagnostics::Severity;
use crate::formats::{self, Format};
use crate::input::{Source, Spool, Texts};
use crate::operations::{Conversion, check, convert};
use crate::pipeline::{Error, Options, Outcome};
use crate::rules::{self, LABEL_UNDECLARED};

pub(super) use self::edits::patch;
pub use self::law::Reason;

/// How often a file is gone over before what is left is left.
const ROUNDS: usize = 100;

/// How many checks of a file the search for fixes that do harm may take. Where it takes more, what
/// is still suspected is left out.
const CHECKS: usize = 30;

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
    /// How many findings of each rule a machine could fix and did not, and why.
    pub withheld: Withheld,
}

/// How many findings of each rule were not fixed, though a machine could, and why.
pub type Withheld = BTreeMap<(&'static str, Reason), u64>;

/// Checks a file, fixes it in memory of its own (a temporary file), and checks it again, until
/// no finding is left that `most` allows to fix. The file itself is not touched.
///
/// A fix is withheld where it brings a finding that weighs as much as the one it fixes; that is
/// told.
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
    let fixer = Fixer {
        file: source,
        format,
        texts,
        options: &options,
        order: fixable(most),
    };
    let before = State::of(None, Rc::new(fixer.check(source)?))?;
    let mut journey = Journey {
        fixer: &fixer,
        before: &before.tally,
        refused: BTreeMap::new(),
        hopeless: BTreeMap::new(),
        left: CHECKS,
    };
    let mut now = journey.modernize(&before)?;
    // Graver findings first: what weighs less may come of that.
    for _ in 0..ROUNDS {
        let candidates = journey.candidates(&now, None)?;
        let Some(severity) = candidates.iter().map(|it| it.severity).max() else {
            break;
        };
        drop(candidates);
        now = match journey.eagerly(&now, severity)? {
            Some(next) => next,
            None => journey.carefully(now, severity)?,
        };
    }
    let withheld = journey.withheld(&now)?;
    // All was judged place by place; what is told is what a check would tell.
    let counts = now.counts.clone();
    let (outcome, source) = fixer.told(now)?;
    let mut before = Rc::unwrap_or_clone(before.outcome);
    before.ready(fixer.file, &options)?;
    Ok(Fixed {
        source,
        before,
        outcome,
        fixed: counts,
        withheld,
    })
}

/// What a file is fixed with.
struct Fixer<'a> {
    /// The file as it was.
    file: &'a Source,
    format: Option<&'static dyn Format>,
    texts: Option<&'a Texts>,
    options: &'a Options,
    /// The rules whose findings are fixed, with their order.
    order: BTreeMap<&'static str, usize>,
}

impl Fixer<'_> {
    fn check(&self, source: &Source) -> Result<Outcome, Error> {
        check(source, self.format, self.texts, self.options)
    }

    /// What there is to tell of a state, and its file where it is not the file as it was.
    fn told(&self, state: State) -> Result<(Outcome, Option<Source>), Error> {
        let source = state.source.as_deref().unwrap_or(self.file);
        let outcome = if state.tally.has(LABEL_UNDECLARED) {
            // Its further places are looked for only where nothing is fixed any more.
            let options = Options {
                fixes: false,
                ..self.options.clone()
            };
            check(source, self.format, self.texts, &options)?
        } else {
            let mut outcome = Rc::unwrap_or_clone(state.outcome);
            outcome.ready(source, self.options)?;
            outcome
        };
        // No other state has it.
        Ok((outcome, state.source.and_then(Rc::into_inner)))
    }

    fn source<'s>(&'s self, state: &'s State) -> &'s Source {
        state.source.as_deref().unwrap_or(self.file)
    }

    /// The file after a round.
    fn step(&self, from: &State, chosen: Chosen) -> Result<Step, Error> {
        let source = apply(self.source(from), &chosen)?;
        let outcome = self.check(&source)?;
        Ok(Step {
            state: State::of(Some(source), Rc::new(outcome))?,
            made: chosen.made,
        })
    }
}

/// The way of a file to being fixed, with what was found out on it.
struct Journey<'a> {
    fixer: &'a Fixer<'a>,
    /// The findings before anything was fixed.
    before: &'a Tally,
    /// What is not fixed, and why.
    refused: BTreeMap<Aim, Reason>,
    /// Documents that no fix of a finding that speaks for several can reach.
    hopeless: BTreeMap<(&'static str, String), Reason>,
    /// How many checks the search for fixes that do harm may still take.
    left: usize,
}

impl Journey<'_> {
    /// What can be fixed: all, or the findings of one severity.
    fn candidates(&self, now: &State, severity: Option<Severity>) -> Result<Vec<Candidate>, Error> {
        let doubts = Doubts::of(now)?;
        let fixer = self.fixer;
        candidates(
            fixer.source(now),
            &now.outcome,
            &fixer.order,
            |finding, fix, aim| {
                severity.is_none_or(|severity| finding.severity == severity)
                    && !self.refused.contains_key(aim)
                    && !doubts.concern(finding, fix)
            },
        )
    }

    /// The file in today's shape, where its shape is so old that it is written anew, and nothing
    /// is lost by that; else the file as it is.
    fn modernize(&mut self, before: &State) -> Result<State, Error> {
        let mut old = None;
        for found in &before.outcome.diagnostics {
            let found = found?;
            if found.rule == LEGACY && found.fix.is_none() {
                old = Some((Aim::of(&found), found.severity));
                break;
            }
        }
        let format = before.outcome.input.format.and_then(formats::find);
        let (Some(format), Some((aim, severity))) = (format, old) else {
            return Ok(before.clone());
        };
        let conversion = Conversion {
            from: Some(format),
            deny_loss: true,
            ..Conversion::to_format(format, self.fixer.texts)
        };
        let mut file = Spool::new().map_err(unwritten)?;
        let written = convert(
            self.fixer.file,
            &conversion,
            self.fixer.options,
            &mut file,
            &mut io::sink(),
        );
        let written = written.map_err(|error| match error {
            Error::Write { source, .. } => unwritten(source),
            other => other,
        })?;
        if written.refused {
            let mut errors = written.diagnostics.iter();
            let grave = errors.find(|found| {
                let severity = found.as_ref().map(|found| found.severity);
                severity.is_ok_and(|severity| severity == Severity::Error)
            });
            let reason = match grave {
                Some(found) => Reason::Brings(found?.rule),
                None => Reason::Untried,
            };
            self.refused.insert(aim, reason);
            return Ok(before.clone());
        }
        let modern = self.fixer.file.replaced(file);
        let outcome = self.fixer.check(&modern)?;
        let mut modern = State::of(Some(modern), Rc::new(outcome))?;
        let law = Law {
            severity,
            before: self.before,
            start: self.before,
        };
        let harm = law.harm(&before.tally, &modern.tally, &[&aim]);
        if let Some(reason) = harm.into_values().next_back() {
            self.refused.insert(aim, reason);
            return Ok(before.clone());
        }
        *modern.counts.entry(LEGACY).or_default() += 1;
        Ok(modern)
    }

    /// Makes all fixes of a severity until none is left; nothing where something speaks against
    /// them then. Most fixes do no harm, so all of them are made at once, and judged at the end.
    fn eagerly(&mut self, start: &State, severity: Severity) -> Result<Option<State>, Error> {
        let law = Law {
            severity,
            before: self.before,
            start: &start.tally,
        };
        let mut now = start.clone();
        let mut made = BTreeSet::new();
        // Fixes that undo one another lead back to a state that was there before.
        let mut states = BTreeSet::from([now.tally.fingerprint()]);
        let mut hopeless = BTreeMap::new();
        for _ in 0..ROUNDS {
            let candidates = self.candidates(&now, Some(severity))?;
            let chosen = choose(&candidates, |_| true);
            if chosen.made.is_empty() {
                break;
            }
            hopeless.extend(hopeless_in(&now)?);
            made.extend(
                chosen
                    .made
                    .iter()
                    .map(|index| candidates[*index].aim.clone()),
            );
            let step = self.fixer.step(&now, chosen)?;
            // What is brought is judged at the end; what is not fixed would be tried for ever.
            if !left(&now.tally, &step.state.tally, &step.aims(&candidates)).is_empty() {
                return Ok(None);
            }
            now = now.after(step, &candidates);
            if !states.insert(now.tally.fingerprint()) {
                return Ok(None);
            }
        }
        let made: Vec<&Aim> = made.iter().collect();
        if !law.brought(&now.tally, &made).is_empty() {
            return Ok(None);
        }
        self.hopeless.extend(hopeless);
        Ok(Some(now))
    }

    /// Makes only the fixes of a severity that nothing speaks against.
    fn carefully(&mut self, start: State, severity: Severity) -> Result<State, Error> {
        let tally = Rc::clone(&start.tally);
        let law = Law {
            severity,
            before: self.before,
            start: &tally,
        };
        let mut now = start;
        for _ in 0..ROUNDS {
            let candidates = self.candidates(&now, Some(severity))?;
            if candidates.is_empty() {
                break;
            }
            self.hopeless.extend(hopeless_in(&now)?);
            let aims: Vec<Aim> = candidates.iter().map(|it| it.aim.clone()).collect();
            let mut best = None;
            let fixer = self.fixer;
            let search = Search::new(&aims, &mut self.left, |wanted: &[bool]| {
                let step = fixer.step(&now, choose(&candidates, |index| wanted[index]))?;
                let harm = law.harm(&now.tally, &step.state.tally, &step.aims(&candidates));
                // Without any fix the file is the one that it was.
                if harm.is_empty() && !step.made.is_empty() {
                    best = Some(step);
                }
                Ok(harm)
            });
            let verdicts = search.run()?.into_iter();
            let bad = aims.into_iter().zip(verdicts);
            let bad = bad.filter_map(|(aim, reason)| Some((aim, reason?)));
            self.refused.extend(bad);
            if let Some(step) = best {
                now = now.after(step, &candidates);
            }
        }
        Ok(now)
    }

    /// How many findings are left that a machine could fix, and why.
    fn withheld(&self, now: &State) -> Result<Withheld, Error> {
        let mut withheld = Withheld::new();
        let mut add = |rule, reason| *withheld.entry((rule, reason)).or_default() += 1;
        for ((rule, _), reason) in &self.hopeless {
            add(*rule, *reason);
        }
        let doubts = Doubts::of(now)?;
        for finding in &now.outcome.diagnostics {
            let finding = finding?;
            let refused = |aim: &Aim| self.refused.get(aim).copied();
            let whole = refused(&Aim::of(&finding));
            let Some(fix) = &finding.fix else {
                // A shape that is written anew has no bytes that fix it.
                if let Some(reason) = whole {
                    add(finding.rule, reason);
                }
                continue;
            };
            if !self.fixer.order.contains_key(finding.rule) {
                continue;
            }
            for part in &fix.parts {
                let reason = refused(&Aim::part(finding.rule, &part.document));
                add(finding.rule, reason.unwrap_or(Reason::Untried));
            }
            if !fix.edits.is_empty() || !fix.records.is_empty() {
                let doubt = doubts.concern(&finding, fix).then_some(Reason::InDoubt);
                add(finding.rule, whole.or(doubt).unwrap_or(Reason::Untried));
            }
        }
        Ok(withheld)
    }
}

/// The documents that no fix of a finding that speaks for several can reach.
fn hopeless_in(now: &State) -> Result<BTreeMap<(&'static str, String), Reason>, Error> {
    let mut hopeless = BTreeMap::new();
    for finding in &now.outcome.diagnostics {
        let finding = finding?;
        for (document, because) in finding.fix.iter().flat_map(|fix| &fix.hopeless) {
            let because = because.as_deref().and_then(rules::find);
            let reason = because.map_or(Reason::Remains, |rule| Reason::Brings(rule.meta().name));
            hopeless.insert((finding.rule, document.clone()), reason);
        }
    }
    Ok(hopeless)
}
