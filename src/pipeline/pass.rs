//! The second pass: every document judged and, in a conversion, written.

use std::io;

use super::batches::Workers;
use super::place::{Placing, Unplaced};
use super::survey::{Survey, for_each_record};
use super::{Error, Options, Outcome};
use crate::diagnostic::Diagnostic;
use crate::examined::{Examined, TextState};
use crate::fact::{Fact, Located};
use crate::formats::{self, Context, Form, Format, Record, Writer};
use crate::json::cut::Batch;
use crate::losses::{Loss, Losses};
use crate::model::{At, Document};
use crate::rules::{Corpus, Rule, run};
use crate::site::Site;
use crate::source::Source;
use crate::tally::Tally;
use crate::text::Text;
use crate::texts::{Lookup, Texts, fingerprint};

/// How the documents are written.
pub(super) enum Writing<'a> {
    /// Not at all.
    None,
    /// As they stand.
    Copy,
    /// In another format.
    New {
        writer: &'a dyn Writer,
        placing: Placing,
        skip_invalid: bool,
    },
}

/// What the pass works with.
pub(super) struct Pass<'a> {
    pub(super) source: &'a Source,
    pub(super) format: &'static dyn Format,
    pub(super) texts: Option<&'a Texts>,
    pub(super) options: &'a Options,
    pub(super) survey: &'a Survey,
    pub(super) rules: Vec<&'static dyn Rule>,
    pub(super) writing: Writing<'a>,
}

/// What a batch comes to. Parts add up in the order of the file.
#[derive(Default)]
pub(super) struct Part {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) tally: Tally,
    pub(super) losses: Losses,
    pub(super) unplaced: Unplaced,
    /// Records that could not be read, so that a conversion would lose them.
    pub(super) unreadable: u64,
    /// The place of the first record that is no JSON.
    first_broken: Option<u64>,
    /// Documents whose name in the target may occur twice: index, name, address, place.
    pub(super) names: Vec<(String, String, Site)>,
    out: Vec<u8>,
}

/// Runs the rules over a file.
pub(super) fn check(
    source: &Source,
    format: &'static dyn Format,
    texts: Option<&Texts>,
    options: &Options,
    workers: &Workers,
    survey: &Survey,
) -> Result<Outcome, Error> {
    let pass = Pass {
        source,
        format,
        texts,
        options,
        survey,
        rules: run::active(&options.levels),
        writing: Writing::None,
    };
    let whole = pass.run(workers, &mut io::sink())?;
    Ok(pass.outcome(whole, 0))
}

impl Pass<'_> {
    /// Goes over the file and writes to `out` as it goes.
    pub(super) fn run(&self, workers: &Workers, out: &mut dyn io::Write) -> Result<Part, Error> {
        let failed = |error| Error::read(self.source, error);
        let input = self.source.reader().map_err(failed)?;
        let mut cutter = self
            .format
            .cutter(Box::new(input), self.options.batch_bytes);
        let mut whole = Part::default();
        let mut any = false;
        let mut write_error = None;
        let taken = workers.run(
            &mut *cutter,
            |batch| self.work(batch),
            |part: Part| {
                let separator = match self.writing {
                    Writing::New { writer, .. } if any => writer.separator(),
                    _ => b"",
                };
                if !part.out.is_empty() {
                    any = true;
                    if let Err(error) = out
                        .write_all(separator)
                        .and_then(|()| out.write_all(&part.out))
                    {
                        write_error = Some(error);
                        return Err(io::Error::other("output"));
                    }
                }
                whole.add(part);
                Ok(())
            },
        );
        if let Some(source) = write_error {
            let path = String::new();
            return Err(Error::Write { path, source });
        }
        taken.map_err(failed)?;
        if let Writing::New { writer, .. } = self.writing {
            let mut tail = Vec::new();
            writer.tail(any, &mut tail);
            let written = out.write_all(&tail);
            written.map_err(|source| Error::Write {
                path: String::new(),
                source,
            })?;
        }
        Ok(whole)
    }

    /// Puts the findings together.
    pub(super) fn outcome(&self, whole: Part, guessed_regions: u64) -> Outcome {
        let levels = &self.options.levels;
        let mut outcome = Outcome::new(self.source, self.format.name());
        outcome.input.kind = self.survey.kind;
        outcome.input.unit = self.survey.kind.map(|_| self.survey.unit.unit());
        outcome.count(&whole.tally, &self.survey.header.project);
        outcome.diagnostics = whole.diagnostics;
        for (fact, site) in self.header_facts(whole.first_broken) {
            outcome
                .diagnostics
                .extend(run::say(fact, site.clone(), levels));
        }
        let corpus = Corpus {
            project: &self.survey.header.project,
            tally: &whole.tally,
            declares: self.format.declares(),
            texts_given: self.texts.is_some_and(Texts::given),
            texts_asked: self.texts.is_some(),
            guessed_regions,
        };
        run::corpus(&self.rules, &corpus, levels, &mut outcome.diagnostics);
        outcome
    }

    /// What was found around the records. Brackets that do not fit in a record leave brackets
    /// that do not fit after it: only the first of the two is said.
    fn header_facts(&self, first_broken: Option<u64>) -> Vec<&(Fact, Option<Site>)> {
        let facts = &self.survey.header.facts;
        let after = |site: &Option<Site>| {
            let place = site.as_ref().map_or(0, |site| site.bytes.start);
            first_broken.is_some_and(|broken| place > broken)
        };
        let follows = |found: &&(Fact, Option<Site>)| found.0.breaks_json() && after(&found.1);
        let broken = facts.iter().any(|found| follows(&found));
        let said = facts.iter().filter(|found| {
            let absent = matches!(
                found.0,
                Fact::MissingMember(_) | Fact::StringIndexType(None)
            );
            !(follows(found) || broken && absent)
        });
        said.collect()
    }

    fn work(&self, batch: &Batch) -> Part {
        let mut part = Part::default();
        let mut buffer = Vec::new();
        for_each_record(batch, |record| match record {
            Ok(record) => self.record(record, &mut buffer, &mut part),
            Err(bad) => {
                part.unread_record();
                let site = Site {
                    bytes: bad.wrong..bad.wrong + 1,
                    pointer: self.format.record_pointer(bad.index),
                    document: None,
                };
                let said = run::say(&Fact::InvalidUtf8, Some(site), &self.options.levels);
                part.diagnostics.extend(said);
            }
        });
        if matches!(self.writing, Writing::Copy) {
            part.out.extend_from_slice(&batch.bytes);
        }
        part
    }

    fn record(&self, record: Record<'_>, buffer: &mut Vec<u8>, part: &mut Part) {
        let context = Context {
            unit: self.survey.unit.unit(),
            quick: self.options.quick,
        };
        let reading = self.format.read(record, context);
        let document = reading.document;
        let name = document
            .as_ref()
            .map(|document| document.address.path().to_owned());
        for found in &reading.facts {
            let site = self.site_of(&record, found, name.clone());
            part.diagnostics
                .extend(run::say(&found.fact, Some(site), &self.options.levels));
        }
        let Some(document) = document else {
            let blank = |found: &Located| found.fact == Fact::BlankLine;
            let lost = reading.form == Form::Unreadable && !reading.facts.iter().all(blank);
            if lost {
                part.unread_record();
            }
            if reading.facts.iter().any(|found| found.fact.breaks_json()) {
                part.first_broken.get_or_insert(record.start);
            }
            return;
        };
        let state = self.text_state(&document, buffer);
        let examined = Examined::new(&document, state, self.survey.unit);
        let site = |document: &Document<'_>, at: At| formats::site(self.format, document, at);
        let levels = &self.options.levels;
        run::document(&self.rules, &examined, levels, &site, &mut part.diagnostics);
        let declared = |label: &str| {
            let mut declared = self.survey.header.project.declared.iter();
            !self.format.declares() || declared.any(|known| known.name == label)
        };
        let suspect = !self.survey.repeated.is_empty()
            && self
                .survey
                .repeated
                .contains(&fingerprint(&*document.address.written));
        part.tally.add(&examined, declared, suspect, site);
        self.write(&examined, part);
    }

    fn site_of(&self, record: &Record<'_>, found: &Located, document: Option<String>) -> Site {
        let pointer = self
            .format
            .record_pointer(record.index)
            .join(&found.pointer);
        Site {
            bytes: record.start + found.bytes.start as u64..record.start + found.bytes.end as u64,
            pointer,
            document,
        }
    }

    fn text_state<'b>(&self, document: &Document<'_>, buffer: &'b mut Vec<u8>) -> TextState<'b> {
        let Some(texts) = self.texts else {
            return TextState::NotAsked;
        };
        match texts.read(&document.address, &self.survey.contested, buffer) {
            Lookup::Missing(near) => TextState::Missing(near),
            Lookup::Unsafe(reason) => TextState::Unsafe(reason),
            Lookup::Unreadable(reason) => TextState::Unreadable(reason),
            Lookup::Read(_) => match simdutf8::basic::from_utf8(buffer) {
                Ok(text) if text.trim().is_empty() => TextState::Blank(Text::new(text)),
                Ok(text) => TextState::Read(Text::new(text)),
                Err(_) => {
                    let error = std::str::from_utf8(buffer).err();
                    TextState::NotUtf8(error.map_or(0, |error| error.valid_up_to()))
                }
            },
        }
    }

    fn write(&self, examined: &Examined<'_>, part: &mut Part) {
        let Writing::New {
            writer,
            placing,
            skip_invalid,
        } = &self.writing
        else {
            return;
        };
        let document = examined.document;
        let location = writer.location(document);
        if self.survey.repeated_names.contains(&fingerprint(location)) {
            let site = formats::site(self.format, document, At::Address);
            let written = document.address.path().to_owned();
            part.names.push((location.to_owned(), written, site));
        }
        let site = |at: At| formats::site(self.format, document, at);
        let placed = placing.place(examined, *skip_invalid, &site, &mut part.unplaced);
        let Some(placed) = placed else {
            if *skip_invalid {
                part.losses.add(Loss::Document, 1);
            }
            return;
        };
        let left_out = placed.spans.iter().filter(|span| span.is_none()).count() as u64;
        part.losses.add(Loss::Label, left_out + document.unreadable);
        writer.losses(examined, &mut part.losses);
        if !part.out.is_empty() {
            part.out.extend_from_slice(writer.separator());
        }
        writer.document(document, placed.as_placed(), &mut part.out);
    }
}

impl Part {
    const fn unread_record(&mut self) {
        self.unreadable += 1;
        self.tally.unread += 1;
    }

    fn add(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.tally.merge(other.tally);
        self.losses.merge(other.losses);
        self.unplaced.merge(other.unplaced);
        self.unreadable += other.unreadable;
        self.first_broken = self.first_broken.or(other.first_broken);
        self.names.extend(other.names);
    }
}
