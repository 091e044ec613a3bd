//! Reads a label file as a stream of documents.

#[cfg(feature = "cli")]
pub(super) mod alike;
mod names;
#[cfg(feature = "cli")]
pub(crate) use self::names::Member;

#[cfg(feature = "cli")]
use std::collections::BTreeSet;
use std::collections::VecDeque;

use crate::alignment::AlignedDocument;
use crate::formats::{Format, Record};
use crate::input::{Source, Texts};
use crate::json::cut::{Batch, Cut, Outline};
use crate::model::{Kind, LabeledDocument, Project, UnitChoice};
use crate::pipeline::cutter::cutter_by_texts;
use crate::pipeline::pass::outlined::Outlined;
use crate::pipeline::pass::{ActiveRules, FoundDocument, Pass};
use crate::pipeline::records::each_reading;
use crate::pipeline::run::Ran;
use crate::pipeline::survey::{self, Purpose, Survey};
use crate::pipeline::visit::{JudgeOnly, Visitor};
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options, resolve_format};
#[cfg(feature = "cli")]
use crate::text::Text;
use crate::text::Unit;

/// A label file whose documents can be gone over, as often as one likes and one after the other:
/// memory does not grow with the file.
pub struct Corpus<'a> {
    source: &'a Source,
    format: &'static dyn Format,
    texts: Option<&'a Texts>,
    options: Options,
    survey: Survey,
}

/// Reads a label file: what hangs on the whole of it at once, its documents one after the other.
/// Records that are no documents are passed over; `check` says what is wrong with them.
///
/// Fails where the file cannot be read, and where it is none of a known format.
pub fn read<'a>(
    source: &'a Source,
    texts: Option<&'a Texts>,
    options: &Options,
) -> Result<Corpus<'a>, Error> {
    read_as(source, None, texts, options)
}

/// The same for a format that the user may have `given`.
pub(crate) fn read_as<'a>(
    source: &'a Source,
    given: Option<&'static dyn Format>,
    texts: Option<&'a Texts>,
    options: &Options,
) -> Result<Corpus<'a>, Error> {
    let format = resolve_format(source, given)?;
    let name = || source.name().to_owned();
    let format = format.map_err(|looks| Error::NoLabelFile(name(), looks.to_string()))?;
    let options = options.clone();
    let workers = Workers::new(source, &options)?;
    let mut survey = survey::survey(source, format, &options, &workers, Purpose::Check)?;
    // Nothing is judged: the pass finds out what the documents say against what was assumed.
    let rules = ActiveRules::new(&options, |_| false);
    while survey.is_assumed || survey.is_begun {
        let pass = Pass::new(source, format, texts, &options, &survey, &rules);
        let refutation = match pass.run(&workers, &JudgeOnly, |()| Ok(()))? {
            Ran::Through(_) => break,
            Ran::Refuted(refutation) => refutation,
        };
        let purpose = Purpose::Check;
        refutation.correct(&mut survey, source, format, &options, &workers, purpose)?;
    }
    Ok(Corpus {
        source,
        format,
        texts,
        options,
        survey,
    })
}

impl Corpus<'_> {
    /// The name of its format, such as `aml`, `language` or `csv`.
    #[must_use]
    pub fn format(&self) -> &'static str {
        self.format.info().name
    }

    /// What it labels, where that can be told.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        self.survey.kind
    }

    /// The unit of its offsets, where its labels are spans.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        let has_spans = self.survey.kind.is_some_and(Kind::has_spans);
        has_spans.then(|| self.survey.unit.unit())
    }

    /// What its offsets count, and how that was found.
    pub(crate) const fn unit_choice(&self) -> UnitChoice {
        self.survey.unit
    }

    /// What its offsets count, or would count.
    pub(crate) const fn offsets(&self) -> Unit {
        self.survey.unit.unit()
    }

    /// The labels that it declares, in their order.
    pub fn declared_labels(&self) -> impl Iterator<Item = &str> {
        let declared = self.survey.header.project.declared.iter();
        declared.map(|declared| &*declared.name)
    }

    /// Its format.
    pub(crate) const fn format_of(&self) -> &'static dyn Format {
        self.format
    }

    /// Whether texts are looked at, or stand in the file.
    pub(crate) fn has_texts(&self) -> bool {
        self.texts.is_some() || self.format.info().texts.is_inside()
    }

    /// What its documents are read with.
    pub(crate) const fn read_with(&self) -> (&'static dyn Format, Option<&Texts>, &Options) {
        (self.format, self.texts, &self.options)
    }

    /// What stands around its documents, where the options ask for edits.
    pub(crate) const fn outline(&self) -> Option<&Outline> {
        self.survey.header.outline.as_ref()
    }

    /// The label file.
    #[must_use]
    pub(crate) const fn source(&self) -> &Source {
        self.source
    }

    /// What stands once in the file.
    #[must_use]
    pub(crate) const fn project(&self) -> &Project {
        &self.survey.header.project
    }

    /// Goes over the documents in parallel; see [`Pass::each_document`].
    ///
    /// Fails where the file cannot be read, and where `look` does.
    pub(crate) fn each_document<W, P: Default + Send>(
        &self,
        wanted: impl Fn(u64) -> Option<W> + Sync,
        look: impl Fn(FoundDocument<'_, '_>, W, &mut P) -> Result<(), Error> + Sync,
        take: impl FnMut(P) + Send,
    ) -> Result<(), Error> {
        let workers = Workers::new(self.source, &self.options)?;
        let pass = self.pass(&ActiveRules::new(&self.options, |_| false));
        pass.each_document(&workers, wanted, look, take)
    }

    /// The names of its documents.
    ///
    /// Fails where the file cannot be read.
    #[cfg(feature = "cli")]
    pub(crate) fn names(&self) -> Result<BTreeSet<String>, Error> {
        let mut names = BTreeSet::new();
        self.each_member(|member| {
            names.insert(member.name);
        })?;
        Ok(names)
    }

    /// Looks at what stands around the documents, which is kept where the options say so; without that
    /// there is nothing to look at.
    pub(crate) fn around<T: Default>(&self, look: impl FnOnce(&Outlined<'_>) -> T) -> T {
        let rules = ActiveRules::new(&self.options, |_| false);
        let pass = Pass::new(
            self.source,
            self.format,
            None,
            &self.options,
            &self.survey,
            &rules,
        );
        pass.outline().as_ref().map(look).unwrap_or_default()
    }

    /// Goes over the file with a visitor, and without the texts. Answers whether all records were read.
    ///
    /// Fails where the file cannot be read, and where the visitor or `take` does.
    pub(crate) fn visit<V: Visitor>(
        &self,
        visitor: &V,
        take: impl FnMut(V::Part) -> Result<(), Error> + Send,
    ) -> Result<bool, Error> {
        let workers = Workers::new(self.source, &self.options)?;
        let rules = ActiveRules::new(&self.options, |_| false);
        let pass = Pass::new(
            self.source,
            self.format,
            None,
            &self.options,
            &self.survey,
            &rules,
        );
        let whole = pass.first_look(&workers, visitor, take)?;
        Ok(whole.sums.unreadable == 0 && !pass.is_broken() && !pass.project().documents_unread)
    }

    /// Whether the file is broken around its records, so that there may be more of them than are read.
    pub(crate) fn is_broken(&self) -> bool {
        self.pass(&ActiveRules::new(&self.options, |_| false))
            .is_broken()
    }

    /// Whether it declares its labels, and whether it may assign documents to splits.
    pub(crate) fn holds(&self) -> (bool, bool) {
        let pass = self.pass(&ActiveRules::new(&self.options, |_| false));
        (pass.declares(), pass.has_splits())
    }

    /// Goes over the records that are `wanted`, by number, one after the other. `each` gets a document
    /// with what is proved of its labels; nothing for a record that is no document and not blank.
    ///
    /// Fails where the file or a text cannot be read, where the file was changed since it was opened,
    /// and where `each` does.
    pub(crate) fn each(
        &self,
        wanted: impl Fn(u64) -> bool,
        mut each: impl FnMut(Option<&AlignedDocument<'_>>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let read = |error| Error::read(self.source, error);
        let mut cutter = cutter_by_texts(self.source, self.format, self.texts, &self.options)?;
        let rules = ActiveRules::new(&self.options, |_| false);
        let mut bytes = Vec::new();
        while let Some(batch) = cutter.next(bytes).map_err(read)? {
            self.each_of(&batch, &rules, &wanted, &mut each)?;
            bytes = batch.bytes;
        }
        if self.source.has_changed().map_err(read)? {
            let path = self.source.name().to_owned();
            return Err(Error::Changed { path });
        }
        Ok(())
    }

    /// The same for the records of one batch.
    fn each_of(
        &self,
        batch: &Batch,
        rules: &ActiveRules,
        wanted: impl Fn(u64) -> bool,
        mut each: impl FnMut(Option<&AlignedDocument<'_>>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let pass = self.pass(rules);
        let mut buffer = Vec::new();
        let mut done = Ok(());
        let chosen = |record: &Record<'_>| wanted(record.index).then_some(());
        let texts = Some(&pass.texts);
        each_reading(batch, self.format, pass.context(), texts, chosen, |found| {
            if done.is_err() {
                return;
            }
            done = match &found {
                Err(bad) if !wanted(bad.index) => Ok(()),
                Err(_) => each(None),
                Ok((record, reading, ())) => match &reading.document {
                    Some(document) => pass
                        .texts
                        .text_of(document, &mut buffer, None)
                        .map_err(Error::from)
                        .and_then(|state| {
                            let unit = self.survey.unit;
                            each(Some(&AlignedDocument::new(document, state, unit, false)))
                        }),
                    None if record.text.trim().is_empty() => Ok(()),
                    None => each(None),
                },
            };
        });
        done
    }

    fn pass<'p>(&'p self, rules: &ActiveRules) -> Pass<'p> {
        let (source, format, options) = (self.source, self.format, &self.options);
        Pass::new(source, format, self.texts, options, &self.survey, rules)
    }

    /// Calls `each` with the documents of those indices, in the order of the file: with all but its text, which
    /// lives as long as the call.
    ///
    /// Fails where the file cannot be read, and where `each` does.
    #[cfg(feature = "cli")]
    pub(crate) fn each_chosen(
        &self,
        chosen: &BTreeSet<u64>,
        mut each: impl FnMut(LabeledDocument, Option<&str>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut cutter = cutter_by_texts(self.source, self.format, self.texts, &self.options)?;
        let rules = ActiveRules::new(&self.options, |_| false);
        let failed = |error| Error::read(self.source, error);
        while let Some(batch) = cutter.next(Vec::new()).map_err(failed)? {
            let is_chosen = |index| chosen.contains(&index);
            self.each_of(&batch, &rules, is_chosen, |aligned| match aligned {
                Some(aligned) => {
                    let text = aligned.any_text().map(Text::as_str);
                    each(aligned.without_text(), text)
                }
                None => Ok(()),
            })?;
        }
        Ok(())
    }

    /// Its documents, in the order of the file.
    ///
    /// Fails where the file cannot be read.
    pub fn documents(&self) -> Result<Documents<'_>, Error> {
        let cutter = cutter_by_texts(self.source, self.format, self.texts, &self.options)?;
        Ok(Documents {
            corpus: self,
            cutter,
            waiting: VecDeque::new(),
        })
    }
}

/// The documents of a [`Corpus`].
pub struct Documents<'c> {
    corpus: &'c Corpus<'c>,
    cutter: Box<dyn Cut + 'c>,
    /// Those of the batch that was cut last.
    waiting: VecDeque<Result<LabeledDocument, Error>>,
}

impl Iterator for Documents<'_> {
    /// An error is that the file cannot be read any further, or that it cannot be told what a
    /// document's text is, since the machine does not let it be read.
    type Item = Result<LabeledDocument, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(document) = self.waiting.pop_front() {
                return Some(document);
            }
            let corpus = self.corpus;
            let batch = match self.cutter.next(Vec::new()) {
                Ok(batch) => batch?,
                Err(error) => return Some(Err(Error::read(corpus.source, error))),
            };
            let rules = ActiveRules::new(&corpus.options, |_| false);
            let all = |_| true;
            let failed = corpus.each_of(&batch, &rules, all, |aligned| {
                let document = aligned.map(AlignedDocument::labeled);
                self.waiting.extend(document.map(Ok));
                Ok(())
            });
            self.waiting.extend(failed.err().map(Err));
        }
    }
}
