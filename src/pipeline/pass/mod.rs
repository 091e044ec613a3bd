//! The pass over a file: every document judged and, in a conversion, written.

pub(crate) mod aggregate;
pub(crate) mod fixes;
pub(crate) mod issues;
mod judge;
pub(crate) mod kept;
pub(crate) mod sums;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use self::aggregate::Aggregate;
use self::issues::record_issues;
use self::kept::TextCache;
use crate::corpus::Ask;
use crate::diagnostics::FixAction;
use crate::formats::schema::RecordSchema;
use crate::formats::{Context, Format};
use crate::input::{Listing, Source, Texts};
use crate::json::cut::{Batch, Cut};
use crate::model::{Kind, Project};
use crate::operations::convert::write::Writing;
use crate::pipeline::buffers::BufferPool;
use crate::pipeline::recheck::assumptions::Refutation;
use crate::pipeline::survey::header::{cutter, header_of};
use crate::pipeline::survey::{Purpose, Survey};
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options, Outcome};
use crate::rules::run::{self, DocumentRule};
use crate::rules::settings::Thresholds;
use crate::rules::{self, Corpus, CorpusFixer, Rule};

/// What the pass works with.
pub(crate) struct Pass<'a> {
    pub(crate) source: &'a Source,
    /// The bytes of the lines that are gone over, where that is not the whole file.
    pub(crate) stretch: Option<Range<u64>>,
    pub(crate) format: &'static dyn Format,
    pub(crate) texts: Option<&'a Texts>,
    pub(crate) options: &'a Options,
    pub(crate) survey: &'a Survey,
    pub(crate) rules: Vec<&'static dyn Rule>,
    /// Those of the rules that look at documents.
    pub(crate) document_rules: Vec<DocumentRule>,
    /// What the rules ask the statistics for.
    pub(crate) asks: Vec<Ask>,
    /// The documents that the second look need not read again.
    pub(crate) kept: TextCache,
    pub(crate) writing: Writing<'a>,
    /// The published schema of a record, where it is to be asked.
    pub(crate) schema: Option<RecordSchema>,
    /// Whether the files are remembered that documents were found in.
    pub(crate) lists: bool,
    /// Whether it is weighed what the offsets count.
    pub(crate) weighs: bool,
    /// Buffers for what batches write.
    pub(crate) buffers: BufferPool,
}

/// What going over a file comes to.
pub(crate) enum Ran {
    /// What its batches add up to.
    Through(Box<Aggregate>),
    /// Nothing, since the survey assumed what is not so. What was written means nothing.
    Refuted(Refutation),
}

/// Why a pass ends before its file does.
enum Stop {
    /// The file, or the ledger to be put back, cannot be read.
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

/// Runs the rules over a file.
pub(crate) fn check(
    source: &Source,
    format: &'static dyn Format,
    texts: Option<&Texts>,
    options: &Options,
    workers: &Workers,
    survey: &mut Survey,
) -> Result<Outcome, Error> {
    let pass = Pass::for_check(source, format, texts, options, survey);
    match pass.run(workers, &mut io::sink(), &mut io::sink())? {
        Ran::Through(whole) => pass.conclude(workers, *whole),
        Ran::Refuted(refutation) => {
            let purpose = Purpose::Check;
            refutation.correct(survey, source, format, options, workers, purpose)?;
            check(source, format, texts, options, workers, survey)
        }
    }
}

impl<'a> Pass<'a> {
    /// What a check goes over a file with.
    pub(crate) fn for_check(
        source: &'a Source,
        format: &'static dyn Format,
        texts: Option<&'a Texts>,
        options: &'a Options,
        survey: &'a Survey,
    ) -> Self {
        let rules = run::active(&options.levels);
        Self {
            source,
            stretch: None,
            format,
            texts,
            options,
            survey,
            asks: run::asks(&rules),
            kept: TextCache::default(),
            document_rules: run::document_rules(&rules),
            rules,
            writing: Writing::None,
            schema: options
                .schema_strict
                .then(|| RecordSchema::new(format, survey.kind, survey.header.project.shape))
                .flatten(),
            lists: run::runs("document-unlisted", &options.levels),
            weighs: run::runs(rules::OFFSET_UNIT_MISMATCH, &options.levels),
            buffers: BufferPool::default(),
        }
    }
}

impl Pass<'_> {
    /// Goes over the file and writes to `out`, and to the `ledger`, as it goes.
    pub(crate) fn run(
        &self,
        workers: &Workers,
        out: &mut (dyn io::Write + Send),
        ledger: &mut (dyn io::Write + Send),
    ) -> Result<Ran, Error> {
        let whole = self.first_look(workers, out, ledger)?;
        let mut any = whole.any;
        let ran = self.settle(workers, whole)?;
        if let (
            Ran::Through(whole),
            Writing::New {
                writer, restored, ..
            },
        ) = (&ran, &self.writing)
        {
            let count = whole.sums.statistics.documents.total();
            let rest = restored.map(|ledger| ledger.documents(None, count));
            let rest = rest.transpose();
            for entry in rest
                .map_err(|error| Error::read(self.source, error))?
                .unwrap_or_default()
            {
                let mut document = Vec::new();
                if let Some(value) = &entry.value {
                    writer.kept_document(value, &mut document);
                }
                self.join(None, &document, &mut any, out)
                    .map_err(Error::write)?;
            }
            let mut tail = Vec::new();
            writer.tail(any, &mut tail);
            out.write_all(&tail).map_err(Error::write)?;
        }
        Ok(ran)
    }

    /// Goes over the file, or a stretch of its lines, for what the documents say and add up to;
    /// no further than to a label that the survey did not guess.
    pub(crate) fn first_look(
        &self,
        workers: &Workers,
        out: &mut (dyn io::Write + Send),
        ledger: &mut (dyn io::Write + Send),
    ) -> Result<Aggregate, Error> {
        let mut cutter = self.cutter()?;
        let mut whole = Aggregate::of(self.options);
        let mut any = false;
        let work = |batch: &Batch| self.work(batch);
        let taken = workers.run(&mut *cutter, work, |mut part: Aggregate| {
            if let Some(error) = part.failed.take() {
                return Err(Stop::Unread(error));
            }
            let written = self.join(part.spilled.take(), &part.out, &mut any, out);
            self.buffers.give(std::mem::take(&mut part.out));
            let written = written.and_then(|()| ledger.write_all(&part.ledger));
            written.map_err(Error::write)?;
            let kept = part.unkept.take().map_or(Ok(()), Err);
            let before = std::mem::take(&mut part.findings);
            let kept = kept.and_then(|()| whole.findings.append(before));
            let kept = kept.and_then(|()| whole.findings.extend(part.diagnostics.drain(..)));
            kept.map_err(Error::from)?;
            whole.add(part);
            if self.has_more_labels(&whole) {
                return Err(Stop::Refuted);
            }
            Ok(())
        });
        match taken {
            Ok(()) => {}
            Err(Stop::Refuted) => return Ok(whole),
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::Unread(error)) => return Err(Error::read(self.source, error)),
        }
        whole.any = any;
        if self.survey.is_begun {
            let header = header_of(self.format, &mut *cutter, self.options);
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

    /// Says what there is to say of a whole file.
    pub(crate) fn conclude(
        &self,
        workers: &Workers,
        mut whole: Aggregate,
    ) -> Result<Outcome, Error> {
        let mut decisions = Vec::new();
        if self.wants_fixes() {
            let mismatches = &whole.sums.statistics.mismatches;
            decisions = mismatches.decide(&self.options.settings.thresholds);
        }
        let listed = std::mem::take(&mut whole.sums.listed);
        // Predictions name documents too, and are not read as such.
        let complete = whole.sums.unreadable == 0
            && whole.sums.statistics.predictions.count == 0
            && !self.is_broken()
            && !self.project().documents_unread;
        whole.mismatches = self.fix_mismatches(workers, &decisions)?;
        let mut outcome = self.outcome(whole, 0)?;
        outcome.listing = self
            .texts
            .filter(|_| self.lists)
            .map(|texts| Listing::new(texts, listed, complete));
        Ok(outcome)
    }

    /// Cuts the file, or the stretch of it that is to be gone over.
    fn cutter(&self) -> Result<Box<dyn Cut + '_>, Error> {
        let failed = |error| Error::read(self.source, error);
        let sizes = self.options.sizes();
        let Some(stretch) = &self.stretch else {
            return cutter(self.source, self.format, self.options);
        };
        let input = self.source.reader_at(stretch.start).map_err(failed)?;
        let input = input.take(stretch.end - stretch.start);
        let mut cutter = self.format.cutter(Box::new(input), sizes);
        cutter.begin_at(stretch.start);
        Ok(cutter)
    }

    /// Goes over the file once more: `work` on each batch in parallel, and `take` on what comes of
    /// it, in the order of the file.
    pub(crate) fn go_over<T: Send>(
        &self,
        workers: &Workers,
        work: impl Fn(&Batch) -> T + Sync,
        mut take: impl FnMut(T) + Send,
    ) -> Result<(), Error> {
        let mut cutter = self.cutter()?;
        let taken = workers.run(&mut *cutter, work, |found| {
            take(found);
            Ok::<(), io::Error>(())
        });
        taken.map_err(|error| Error::read(self.source, error))
    }

    /// Writes documents after those that were written before: what was put aside of them, and the
    /// rest.
    fn join(
        &self,
        spilled: Option<File>,
        documents: &[u8],
        any: &mut bool,
        out: &mut (dyn io::Write + Send),
    ) -> io::Result<()> {
        if documents.is_empty() {
            return Ok(());
        }
        if let Writing::New { writer, .. } = self.writing
            && *any
        {
            out.write_all(writer.separator())?;
        }
        *any = true;
        if let Some(mut spilled) = spilled {
            spilled.seek(SeekFrom::Start(0))?;
            io::copy(&mut spilled, out)?;
        }
        out.write_all(documents)
    }

    pub(crate) const fn project(&self) -> &Project {
        &self.survey.header.project
    }

    /// What a record is read with.
    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            project: self.project(),
            kind: self.survey.kind,
            unit: self.survey.unit.unit(),
            quick: self.options.quick,
        }
    }

    /// What the unit of the offsets is weighed with, where somebody wants to know.
    pub(crate) fn weighing(&self) -> Option<&Thresholds> {
        let thresholds = &self.options.settings.thresholds;
        self.weighs.then_some(thresholds)
    }

    /// Whether the labels are declared.
    pub(crate) fn declares(&self) -> bool {
        self.format.declares() && self.survey.kind.is_none_or(Kind::declares)
    }

    /// Puts the findings together.
    pub(crate) fn outcome(&self, whole: Aggregate, guessed_regions: u64) -> Result<Outcome, Error> {
        let levels = &self.options.levels;
        let mut outcome = Outcome::new(self.source, self.format.name(), &self.options.budget);
        outcome.input.kind = self.survey.kind;
        let spans = self.survey.kind.is_some_and(Kind::has_spans);
        outcome.input.unit = spans.then(|| self.survey.unit.unit());
        outcome.count(&whole.sums.statistics, &self.survey.header.project);
        outcome.diagnostics = whole.findings;
        let outline = self.outline();
        for (issue, location) in self.header_issues(whole.sums.first_broken) {
            let said = run::say(issue, location.clone(), levels);
            outcome.diagnostics.extend(said.map(|mut finding| {
                if self.wants_fixes() {
                    let fix = self.fix_header(outline.as_ref(), issue, location.as_ref());
                    finding.fix = fix.map(Box::new);
                }
                finding
            }))?;
        }
        for (issue, location) in record_issues(&whole.sums.statistics) {
            outcome
                .diagnostics
                .extend(run::say(&issue, location, levels))?;
        }
        let corpus = Corpus {
            project: &self.survey.header.project,
            declarations: self.survey.header.project.first_declarations(),
            settings: &self.options.settings,
            statistics: &whole.sums.statistics,
            kind: self.survey.kind,
            broken: self.is_broken(),
            confirmed: &whole.confirmed,
            declares: self.declares(),
            splits: self.format.declares(),
            texts_given: self.texts.is_some_and(Texts::given),
            guessed_regions,
            unit: self.survey.unit.unit(),
        };
        let fixer = |fixes: &[FixAction]| self.fix_corpus(outline.as_ref(), fixes);
        let fixer: Option<CorpusFixer<'_>> = if self.wants_fixes() {
            Some(&fixer)
        } else {
            None
        };
        let (mut said, withdrawn) = run::corpus(&self.rules, &corpus, levels, fixer);
        fixes::add_mismatches(&mut said, whole.mismatches);
        outcome.diagnostics.withdraw(&withdrawn);
        outcome.diagnostics.extend(said)?;
        Ok(outcome)
    }
}
