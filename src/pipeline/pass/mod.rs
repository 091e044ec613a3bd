//! The pass over a file: every document is read, aligned with its text, judged and counted, and
//! handed to a [`Visitor`](crate::pipeline::visit::Visitor).

pub(crate) mod aggregate;
pub(crate) mod cache;
mod findings;
pub(crate) mod fixes;
pub(crate) mod issues;
mod judge;
mod missing;
pub(crate) mod outlined;
pub(crate) mod unordered;

use std::io;

use crate::alignment::TextState;
use crate::corpus::Ask;
use crate::diagnostics::Location;
use crate::formats::schema::RecordSchema;
use crate::formats::{self, Context, Format, Record};
use crate::input::{Listed, Source, Texts};
use crate::json::Locator;
use crate::json::cut::{Batch, Cut};
use crate::model::{At, Document, Kind, Project};
use crate::pipeline::cutter::{Stretch, cutter_by_texts, cutter_of};
use crate::pipeline::records::each_reading;
use crate::pipeline::survey::Survey;
use crate::pipeline::texts::TextReader;
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options};
use crate::rules::run::{self, DocumentRule};
use crate::rules::{self, Rule, Traits};

/// The rules that run over a file, and what they ask for.
#[derive(Clone)]
pub(crate) struct ActiveRules {
    /// All of them.
    pub(crate) all: Vec<&'static dyn Rule>,
    /// Those that look at documents.
    pub(crate) on_documents: Vec<DocumentRule>,
    /// What they ask the statistics for.
    pub(crate) asks: Vec<Ask>,
    /// Whether it is weighed what the offsets count.
    pub(crate) weighs_units: bool,
    /// Whether the files are remembered that documents were found in.
    pub(crate) lists_files: bool,
}

impl ActiveRules {
    /// Whether the rule of that name is one of them.
    pub(crate) fn run(&self, name: &str) -> bool {
        self.all.iter().any(|rule| rule.meta().name == name)
    }

    /// Those of the rules that apply to a file.
    fn for_file(&self, traits: &Traits) -> Self {
        let mut all = self.all.clone();
        all.retain(|rule| rule.meta().scope.covers(traits));
        Self {
            asks: run::asks(&all),
            on_documents: run::document_rules(&all),
            all,
            ..*self
        }
    }

    /// The rules that the user has not turned off, and that are `wanted`.
    pub(crate) fn new(options: &Options, wanted: impl Fn(&'static dyn Rule) -> bool) -> Self {
        let mut all = run::active(&options.levels);
        all.retain(|rule| wanted(*rule));
        let runs = |name: &str| all.iter().any(|rule| rule.meta().name == name);
        Self {
            // What is in doubt is not fixed.
            weighs_units: options.fixes
                || [rules::OFFSET_UNIT_MISMATCH, rules::SPANS_ADRIFT]
                    .iter()
                    .any(|rule| run::runs(rule, &options.levels)),
            lists_files: runs(rules::DOCUMENT_UNLISTED),
            asks: run::asks(&all),
            on_documents: run::document_rules(&all),
            all,
        }
    }
}

/// What a pass works with.
pub(crate) struct Pass<'a> {
    pub(crate) source: &'a Source,
    /// The lines that are gone over, where that is not the whole file.
    pub(crate) stretch: Option<Stretch>,
    pub(crate) format: &'static dyn Format,
    pub(crate) texts: TextReader<'a>,
    pub(crate) options: &'a Options,
    pub(crate) survey: &'a Survey,
    pub(crate) rules: ActiveRules,
    /// The published schema of a record, where it is to be asked.
    schema: Option<RecordSchema>,
    /// Whether the file is checked, and not only what a conversion of it needs.
    is_check: bool,
    /// The documents that the recheck need not read again.
    cache: cache::TextCache,
}

/// A document of a file that is gone over once more.
pub(crate) struct FoundDocument<'r, 'a> {
    pass: &'r Pass<'r>,
    locator: Locator<'a>,
    pub(crate) document: &'r Document<'a>,
}

impl FoundDocument<'_, '_> {
    /// Its text.
    ///
    /// Fails where the machine does not let it be read.
    pub(crate) fn text<'b>(&'b self, buffer: &'b mut Vec<u8>) -> Result<TextState<'b>, Error> {
        Ok(self.pass.texts.text_of(self.document, buffer, None)?)
    }

    /// Where a place of it lies in the label file.
    pub(crate) fn location(&self, at: At) -> Location {
        let pass = self.pass;
        formats::location(
            pass.format,
            pass.project(),
            &self.locator,
            self.document,
            at,
        )
    }
}

impl<'a> Pass<'a> {
    /// A pass over a whole file.
    pub(crate) fn new(
        source: &'a Source,
        format: &'static dyn Format,
        texts: Option<&'a Texts>,
        options: &'a Options,
        survey: &'a Survey,
        rules: &ActiveRules,
    ) -> Self {
        let traits = Traits {
            format: format.info(),
            // Where each line tells its own kind, there may be others than the first.
            kind: survey.kind.filter(|_| format.info().layout.has_header),
            declares: declares(format, survey),
            splits: format.has_all_splits(&survey.header.project, source.stems()),
        };
        Self {
            source,
            stretch: None,
            format,
            texts: TextReader {
                texts,
                contested: &survey.contested,
                most: options.settings.thresholds.text_bytes,
            },
            options,
            survey,
            rules: rules.for_file(&traits),
            schema: None,
            is_check: false,
            cache: cache::TextCache::default(),
        }
    }

    /// A pass for a check: with all rules, and the published schema where it is to be asked.
    pub(crate) fn for_check(
        source: &'a Source,
        format: &'static dyn Format,
        texts: Option<&'a Texts>,
        options: &'a Options,
        survey: &'a Survey,
    ) -> Self {
        let rules = ActiveRules::new(options, |_| true);
        let schema = options
            .schema_strict
            .then(|| RecordSchema::new(format, survey.kind, survey.header.project.shape));
        Self {
            schema: schema.flatten(),
            is_check: true,
            ..Self::new(source, format, texts, options, survey, &rules)
        }
    }
}

impl Pass<'_> {
    /// Cuts the file, or the stretch of it that is to be gone over.
    pub(crate) fn cutter(&self) -> Result<Box<dyn Cut + '_>, Error> {
        if let Some(stretch) = &self.stretch {
            cutter_of(stretch, self.source, self.format, self.options)
        } else {
            let texts = self.texts.texts;
            cutter_by_texts(self.source, self.format, texts, self.options)
        }
    }

    /// Goes over the documents once more, in parallel: those that are `wanted`, by their number,
    /// and can be read. `look` is told what for, and adds to what comes of a batch; `take` gets
    /// that in the order of the file.
    ///
    /// Fails where the file cannot be read, and where `look` does.
    pub(crate) fn each_document<W, P: Default + Send>(
        &self,
        workers: &Workers,
        wanted: impl Fn(u64) -> Option<W> + Sync,
        look: impl Fn(FoundDocument<'_, '_>, W, &mut P) -> Result<(), Error> + Sync,
        mut take: impl FnMut(P) + Send,
    ) -> Result<(), Error> {
        let mut cutter = self.cutter()?;
        let work = |batch: &Batch| {
            let mut part = P::default();
            let mut looked = Ok(());
            let context = self.context();
            let is_wanted = |record: &Record<'_>| wanted(record.index);
            let texts = Some(&self.texts);
            each_reading(batch, self.format, context, texts, is_wanted, |found| {
                let Ok((record, reading, what)) = found else {
                    return;
                };
                if let Some(document) = &reading.document
                    && looked.is_ok()
                {
                    let found = FoundDocument {
                        pass: self,
                        locator: Locator::new(record.text),
                        document,
                    };
                    looked = look(found, what, &mut part);
                }
            });
            looked.map(|()| part)
        };
        let mut failed = Ok(());
        let taken = workers.run(&mut *cutter, work, |part| match part {
            Ok(part) => {
                take(part);
                Ok(())
            }
            Err(error) => {
                let ended = io::Error::other("something beside the file cannot be read");
                failed = Err(error);
                Err(ended)
            }
        });
        failed?;
        taken.map_err(|error| Error::read(self.source, error))
    }

    pub(crate) const fn project(&self) -> &Project {
        &self.survey.header.project
    }

    /// Whether the file is checked, and not only what a conversion of it needs.
    pub(crate) const fn is_check(&self) -> bool {
        self.is_check
    }

    /// What a record is read with.
    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            project: self.project(),
            kind: self.survey.kind,
            unit: self.survey.unit.unit(),
            quick: self.options.quick,
            stems: self.source.stems(),
            datasets: self.options.datasets.as_deref(),
            file_splits: self.options.file_splits,
            told: &self.options.told,
            before: self.stretch.as_ref().map_or(0, |stretch| stretch.before),
        }
    }

    /// Whether the labels are declared.
    pub(crate) fn declares(&self) -> bool {
        declares(self.format, self.survey)
    }

    /// Whether documents may be assigned to splits.
    pub(crate) fn has_splits(&self) -> bool {
        self.format.has_splits(self.project(), self.source.stems())
    }

    /// The files that documents are found in, where they are to be remembered.
    fn listed<'l>(&self, listed: &'l mut Listed) -> Option<&'l mut Listed> {
        Some(listed).filter(|_| self.rules.lists_files || self.survey.is_assumed)
    }

    /// Whether the file is broken around its records, or of a project that is not read.
    pub(crate) fn is_broken(&self) -> bool {
        let issues = self.survey.header_issues();
        issues.iter().any(|(issue, _)| issue.hides_record())
    }
}

/// Whether the labels of a file are declared.
fn declares(format: &dyn Format, survey: &Survey) -> bool {
    format.declares(&survey.header.project) && survey.kind.is_none_or(Kind::declares)
}
