//! A pass from its first batch to its outcome: what its batches add up to is put to the test,
//! proved, and judged as a whole.

use std::io;

use super::pass::Pass;
use super::pass::aggregate::Aggregate;
use super::pass::fixes::add_mismatches;
use super::pass::issues::{answers, record_issues, remedied};
use super::pass::unordered::UnorderedSums;
use super::recheck::assumptions::Refutation;
use super::survey::header_of;
use super::visit::Visitor;
use super::workers::Workers;
use super::{Error, Outcome};
use crate::diagnostics::{FixAction, Issue};
use crate::formats::UnitRule;
use crate::input::{Listing, Texts};
use crate::json::cut::Batch;
use crate::model::Kind;
use crate::rules::{Corpus, Said, run};

/// What going over a file comes to.
pub(crate) enum Ran {
    /// What its batches add up to.
    Through(Box<Aggregate>),
    /// Nothing, since the survey assumed what is not so. What was written means nothing.
    Refuted(Refutation),
}

/// Why a pass ends before its file does.
enum Stop {
    /// The file cannot be read.
    Unread(io::Error),
    Failed(Error),
    /// The survey assumed what is not so.
    Refuted,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Unread(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Pass<'_> {
    /// Goes over the file, has each document visited, and puts what comes of it to the test.
    /// `take` gets the visitor's parts in the order of the file.
    pub(crate) fn run<V: Visitor>(
        &self,
        workers: &Workers,
        visitor: &V,
        take: impl FnMut(V::Part) -> Result<(), Error> + Send,
    ) -> Result<Ran, Error> {
        let whole = self.first_look(workers, visitor, take)?;
        self.settle(workers, whole)
    }

    /// Goes over the file, or a range of its lines, for what the documents say and add up to;
    /// no further than to a label that the survey did not guess.
    pub(crate) fn first_look<V: Visitor>(
        &self,
        workers: &Workers,
        visitor: &V,
        mut take: impl FnMut(V::Part) -> Result<(), Error> + Send,
    ) -> Result<Aggregate, Error> {
        let mut cutter = self.cutter()?;
        let mut whole = Aggregate::of(self.options);
        let unordered = UnorderedSums::default();
        let work = |batch: &Batch| {
            let (mut aggregate, part) = self.work(batch, visitor);
            unordered.add(&mut aggregate);
            (aggregate, part)
        };
        let taken = workers.run(&mut *cutter, work, |(mut batch, part)| {
            if let Some(error) = batch.failed.take() {
                return Err(Stop::Failed(error));
            }
            take(part)?;
            whole.add(batch).map_err(Error::from)?;
            if self.has_more_labels(&whole) {
                return Err(Stop::Refuted);
            }
            Ok(())
        });
        unordered.add_to(&mut whole);
        match taken {
            Ok(()) => {}
            Err(Stop::Refuted) => return Ok(whole),
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::Unread(error)) => return Err(Error::read(self.source, error)),
        }
        // The survey of lines ends at the first file that tells the kind.
        if self.survey.is_begun || self.source.is_several() {
            let mut header = header_of(self.format, &mut *cutter, self.options);
            if !self.format.info().layout.has_header {
                // Records have told this, and not what stands around them.
                let (known, found) = (&self.survey.header.project, &mut header.project);
                found.kind = known.kind;
                found.one_class_or_several = known.one_class_or_several;
            }
            whole.header = Some(Box::new(header));
        }
        Ok(whole)
    }

    /// Puts to the test what was assumed of the file, and proves what its sums suspect.
    pub(crate) fn settle(&self, workers: &Workers, mut whole: Aggregate) -> Result<Ran, Error> {
        if let Some(refutation) = self.refutation(workers, &whole)? {
            return Ok(Ran::Refuted(refutation));
        }
        self.find_suspects(workers, &mut whole)?;
        whole.sums.statistics.likeness.settle();
        self.recheck(workers, &mut whole)?;
        Ok(Ran::Through(Box::new(whole)))
    }

    /// Says what there is to say of a whole file that was checked.
    pub(crate) fn conclude(
        &self,
        workers: &Workers,
        mut whole: Aggregate,
    ) -> Result<Outcome, Error> {
        let mut decisions = Vec::new();
        if self.wants_edits() {
            let mismatches = &whole.sums.statistics.mismatches;
            decisions = mismatches.decide(self.options.settings.thresholds.mismatch());
        }
        let listed = std::mem::take(&mut whole.sums.listed);
        // Predictions name documents too, and are not read as such.
        let complete = whole.sums.unreadable == 0
            && whole.sums.statistics.predictions.count == 0
            && !self.is_broken()
            && !self.project().documents_unread;
        whole.mismatches = self.fix_mismatches(workers, &decisions)?;
        whole.confirmed.undeclared = self.undeclared_uses(workers, &whole.sums.statistics)?;
        let overview = self.overview(workers, &whole)?;
        let mut outcome = self.outcome(whole)?;
        outcome.overview = overview;
        let texts = self.texts.texts.filter(|_| self.rules.lists_files);
        outcome.listing = texts.map(|texts| Listing::new(texts, listed, complete));
        Ok(outcome)
    }

    /// Puts the findings together.
    pub(crate) fn outcome(&self, whole: Aggregate) -> Result<Outcome, Error> {
        let levels = &self.options.levels;
        let info = self.format.info();
        let mut outcome = Outcome::new(self.source, info.name, &self.options.budget);
        outcome.input.kind = self.survey.kind;
        let spans = self.survey.kind.is_some_and(Kind::has_spans) && info.unit != UnitRule::None;
        outcome.input.unit = spans.then(|| self.survey.unit.unit());
        outcome.count(&whole.sums.statistics, self.project());
        if self.wants_fixes() {
            let mismatches = &whole.sums.statistics.mismatches;
            outcome.misplaced = mismatches.unexplained(&[]).0;
            outcome.points_elsewhere = mismatches.point_elsewhere();
        }
        outcome.diagnostics = whole.findings;
        let outline = self.outline();
        for (issue, location) in self.header_issues(whole.sums.first_broken) {
            let said = self.say(issue, location.clone());
            outcome.diagnostics.extend(said.map(|mut finding| {
                let fix = self.fix_header(outline.as_ref(), issue, location.as_ref());
                let is_rewritten = matches!(issue, Issue::LegacyShape { .. });
                if fix.is_some() || is_rewritten {
                    remedied(&mut finding, issue);
                }
                finding.fix = fix.filter(|_| self.wants_edits()).map(Box::new);
                finding
            }))?;
        }
        let statistics = &whole.sums.statistics;
        for (issue, location) in record_issues(statistics)
            .into_iter()
            .chain(answers(statistics))
        {
            let said = run::say(&issue, location, levels);
            outcome.diagnostics.extend(said)?;
        }
        let corpus = Corpus {
            project: self.project(),
            declarations: self.project().first_declarations(),
            settings: &self.options.settings,
            statistics: &whole.sums.statistics,
            kind: self.survey.kind,
            broken: self.is_broken(),
            confirmed: &whole.confirmed,
            is_check: self.is_check(),
            texts_given: self.texts.texts.is_some_and(Texts::given),
            texts_near: self.texts_near(&whole.sums.statistics, &outcome.diagnostics)?,
            guessed_regions: whole.guessed_regions,
            unit: self.survey.unit.unit(),
            units: self.format.info().unit.among(),
        };
        let (said, withdrawn) = run::corpus(&self.rules.all, &corpus);
        let weigh = |mut said: Said<_>| {
            let actions = std::mem::take(&mut said.message.fixes);
            let applicability = said.meta.fix;
            let mut finding = run::weighed(said, levels)?;
            if !actions.is_empty() && self.format.editor().is_some() {
                finding.remedied(applicability, FixAction::descriptions(&actions));
                if self.wants_edits() {
                    let fix = self.fix_corpus(outline.as_ref(), &actions);
                    finding.fix = fix.map(Box::new);
                }
            }
            Some(finding)
        };
        let mut findings: Vec<_> = said.into_iter().filter_map(weigh).collect();
        add_mismatches(&mut findings, whole.mismatches);
        outcome.diagnostics.withdraw(&withdrawn);
        outcome.diagnostics.extend(findings)?;
        Ok(outcome)
    }
}
