//! What came of one label file.

use std::collections::BTreeMap;

use super::folding::{self, Examples};
use super::reach::{Gathered, Reach};
use super::regions;
use crate::corpus::kept_name::kept_name;
use crate::corpus::overview::Overview;
use crate::corpus::{BySplit, Statistics};
use crate::diagnostics::identity::Identities;
use crate::diagnostics::store::{Budget, DiagnosticStore, SpillError};
use crate::diagnostics::{Compared, Diagnostic, Issue, KnownFinding, Location, Looks, Severity};
use crate::formats::private_members;
use crate::input::{LineCounter, Listing, Source};
use crate::model::{Kind, Project};
use crate::pipeline::{Error, Options};
use crate::rules::{self, Group, run};
use crate::text::Unit;

/// What a label file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path, as given.
    pub path: String,
    /// Its format, or `None` where it is no label file.
    pub format: Option<&'static str>,
    /// What it labels, or `None` where it does not tell.
    pub kind: Option<Kind>,
    /// Documents that were read.
    pub documents: u64,
    /// Labels on them.
    pub labels: u64,
    /// The unit that its offsets were read in, or `None` where there are none.
    pub unit: Option<Unit>,
}

/// What came of one label file.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What the file is.
    pub input: Input,
    /// The findings, in the order of the reports, with line and column.
    pub diagnostics: DiagnosticStore,
    /// Instances of each label, declared and unused ones included, by name.
    pub categories: Vec<(String, BySplit)>,
    /// Spans that cut words or characters, or have white space at an edge; counted where the file is
    /// to be fixed.
    pub misplaced: u64,
    /// Whether several spans point to one other way of counting offsets; asked where the file is to
    /// be fixed.
    pub points_elsewhere: bool,
    /// Whether a conversion was refused: there is no output then.
    pub refused: bool,
    /// How many facts a conversion saved in its ledger.
    pub saved: u64,
    /// The files that the input is made of, each with its first byte in the bytes of all; none where
    /// it is only one.
    pub files: Vec<(String, u64)>,
    /// How the findings compare with those that were known, where that was asked for.
    pub compared: Option<Box<Compared>>,
    /// All findings as a baseline has them, where that was asked for.
    pub known: Vec<KnownFinding>,
    /// The corpus as a picture shows it, where that was asked for.
    pub overview: Option<Box<Overview>>,
    /// How far the findings of each rule and severity reach, where that was asked for.
    pub reach: BTreeMap<(&'static str, Severity), Reach>,
    /// Which files it lists, where that was asked for: see [`crate::operations::unlisted`].
    pub listing: Option<Listing>,
}

impl Outcome {
    pub(crate) fn new(source: &Source, format: &'static str, budget: &Budget) -> Self {
        Self {
            input: Input {
                path: source.name().to_owned(),
                format: Some(format),
                kind: None,
                documents: 0,
                labels: 0,
                unit: None,
            },
            diagnostics: DiagnosticStore::new(budget),
            categories: Vec::new(),
            misplaced: 0,
            points_elsewhere: false,
            refused: false,
            saved: 0,
            files: source.files(),
            compared: None,
            known: Vec::new(),
            overview: None,
            reach: BTreeMap::new(),
            listing: None,
        }
    }

    /// The outcome for a file of something else.
    pub(crate) fn not_a_label_file(
        source: &Source,
        looks: Looks,
        options: &Options,
    ) -> Result<Self, Error> {
        let mut outcome = Self::new(source, "", &options.budget);
        outcome.input.format = None;
        outcome.refused = true;
        let location = Location {
            bytes: 0..0,
            pointer: Some(crate::json::Pointer::root()),
            document: None,
        };
        let issue = Issue::NotALabelFile(looks);
        let said = run::say(&issue, Some(location), &options.levels);
        outcome.diagnostics.extend(said.map(|finding| Diagnostic {
            position: Some((1, 1)),
            fingerprint: Identities::default().next(&finding),
            ..finding
        }))?;
        Ok(outcome)
    }

    /// The file that a finding stands in, and its first byte in the bytes of all files.
    #[must_use]
    pub fn file_of(&self, finding: &Diagnostic) -> (&str, u64) {
        self.file_at(finding.bytes.as_ref().map(|bytes| bytes.start))
    }

    /// The same for a place by its first byte.
    #[must_use]
    pub fn file_at(&self, start: Option<u64>) -> (&str, u64) {
        let place = start.unwrap_or_default();
        let after = self.files.partition_point(|(_, start)| *start <= place);
        let found = after.checked_sub(1).and_then(|index| self.files.get(index));
        found.map_or((&*self.input.path, 0), |(path, start)| (path, *start))
    }

    /// Counts what the documents add up to.
    pub(crate) fn count(&mut self, statistics: &Statistics, project: &Project) {
        self.input.documents = statistics.documents.total();
        self.input.labels = statistics.label_count();
        let mut categories = statistics.labels.clone();
        for declared in &project.declared {
            let name = kept_name(&declared.name).into_owned();
            categories.entry(name).or_default();
        }
        self.categories = categories.into_iter().collect();
    }

    /// Sorts the findings, says on which line each stands, and makes them ready to be told, unless
    /// what would fix them is still to be judged place by place.
    ///
    /// Fails where the file was changed in the meantime.
    pub(crate) fn finish(&mut self, source: &Source, options: &Options) -> Result<(), Error> {
        let failed = |error| Error::read(source, error);
        let others = self.positions_of_others(source)?;
        let mut sweep = LineCounter::new(source);
        let mut identities = Identities::default();
        self.diagnostics.settle(|finding| {
            sweep.place(finding).map_err(failed)?;
            finding.fingerprint = identities.next(finding);
            for place in finding.places.iter_mut().flat_map(|all| &mut all.others) {
                let known = place.start.and_then(|start| others.get(&start));
                place.position = known.copied();
            }
            Ok::<(), Error>(())
        })?;
        if !options.fixes {
            self.ready(source, options)?;
        }
        if source.has_changed().map_err(failed)? {
            let path = source.name().to_owned();
            return Err(Error::Changed { path });
        }
        Ok(())
    }

    /// Says once what has one cause, and keeps the words around the first findings of each rule,
    /// which are shown to people.
    ///
    /// Fails where the file cannot be read, or findings cannot be kept.
    pub(crate) fn ready(&mut self, source: &Source, options: &Options) -> Result<(), Error> {
        self.compare(options)?;
        let mut gathered = options.reach.then(Gathered::default);
        let folded = folding::fold(&mut self.diagnostics, |finding| {
            if let Some(gathered) = &mut gathered {
                gathered.add(finding);
            }
        })?;
        if let Some(gathered) = gathered {
            self.reach = gathered.finish(&self.diagnostics, &folded)?;
        }
        if options.regions > 0 {
            regions::add(&mut self.diagnostics, source, options)?;
        }
        if options.snippets == 0 {
            return Ok(());
        }
        let failed = |error| Error::read(source, error);
        let mut examples = Examples::new(options.snippets);
        let private: Vec<&str> = private_members().collect();
        let format = self.input.format.and_then(crate::formats::find);
        let has_words = format.is_none_or(|format| format.info().holds_words());
        let hides_lines = options.settings.redact && has_words;
        self.diagnostics.settle(|finding| {
            if examples.take(finding) {
                // The lines of some label files have words of the texts in them.
                if !hides_lines {
                    let snippet = source.excerpt(finding, &private).map_err(failed)?;
                    finding.snippet = snippet.map(Box::new);
                }
            } else {
                finding.excerpt = None;
            }
            Ok::<(), Error>(())
        })?;
        Ok(())
    }

    /// Takes out all findings, now that they are known, but for what is wrong with the syntax.
    ///
    /// Fails where findings cannot be kept.
    #[cfg(feature = "cli")]
    pub(crate) fn know_all(&mut self) -> Result<(), SpillError> {
        self.diagnostics
            .rewrite(|finding, out| out.extend(finding.filter(is_of_syntax)))
    }

    /// Takes out the findings that are known, and notes them all where a baseline is to be written.
    /// What is wrong with the syntax stays: it hides what else there is.
    fn compare(&mut self, options: &Options) -> Result<(), SpillError> {
        if let Some(path) = &options.new_baseline {
            for finding in &self.diagnostics {
                let finding = finding?;
                if !is_of_syntax(&finding) {
                    self.known.push(KnownFinding::of(&finding, path));
                }
            }
        }
        let Some(baseline) = &options.baseline else {
            return Ok(());
        };
        let mut comparison = baseline.compare();
        for finding in &self.diagnostics {
            comparison.see(&*finding?);
        }
        self.diagnostics.rewrite(|finding, out| {
            let new = finding.filter(|it| is_of_syntax(it) || comparison.is_new(it));
            out.extend(new);
        })?;
        self.compared = Some(Box::new(comparison.finish()));
        Ok(())
    }

    /// Lines and columns of the places that findings have beside their own, by their first bytes.
    fn positions_of_others(&self, source: &Source) -> Result<BTreeMap<u64, (u64, u64)>, Error> {
        let mut positions = BTreeMap::new();
        for finding in &self.diagnostics {
            let finding = finding?;
            let others = finding.places.iter().flat_map(|places| &places.others);
            positions.extend(others.filter_map(|place| Some((place.start?, (0, 0)))));
        }
        let mut sweep = LineCounter::new(source);
        for (start, position) in &mut positions {
            let found = sweep.position(*start);
            *position = found.map_err(|error| Error::read(source, error))?;
        }
        Ok(positions)
    }
}

/// Whether a finding is about the syntax of the file, which hides what else there is.
fn is_of_syntax(finding: &Diagnostic) -> bool {
    let rule = rules::find(finding.rule);
    rule.is_some_and(|rule| rule.meta().group == Group::Syntax)
}
