//! The second pass: every document judged and, in a conversion, written.

use std::io;

use super::batches::Workers;
use super::facts::record_facts;
use super::place::Unplaced;
use super::second_look::{Kept, Searchables};
use super::survey::{Survey, for_each_record};
use super::write::Writing;
use super::{Error, Options, Outcome, mending};
use crate::diagnostic::Diagnostic;
use crate::examined::{Examined, TextState};
use crate::fact::{Fact, Located};
use crate::findings::Findings;
use crate::formats::schema::RecordSchema;
use crate::formats::{self, Context, Form, Format, Record};
use crate::json::Locator;
use crate::json::cut::Batch;
use crate::json::patch::{self, Edit};
use crate::losses::Losses;
use crate::mend::{Mend, Mending};
use crate::model::{Address, At, Document, Kind, Labels, Project};
use crate::rules::{self, Around, Corpus, CorpusMender, Rule, run};
use crate::settings::Thresholds;
use crate::site::Site;
use crate::source::Source;
use crate::tally::confirmed::Confirmed;
use crate::tally::surfaces::places;
use crate::tally::{Ask, Tally};
use crate::text::Text;
use crate::texts::{Listed, Listing, Lookup, Texts, fingerprint_folded};

/// What the pass works with.
pub(super) struct Pass<'a> {
    pub(super) source: &'a Source,
    pub(super) format: &'static dyn Format,
    pub(super) texts: Option<&'a Texts>,
    pub(super) options: &'a Options,
    pub(super) survey: &'a Survey,
    pub(super) rules: Vec<&'static dyn Rule>,
    /// What the rules ask the tally for.
    pub(super) asks: Vec<Ask>,
    /// The documents that the second look need not read again.
    pub(super) kept: Kept,
    pub(super) writing: Writing<'a>,
    /// The published schema of a record, where it is to be asked.
    pub(super) schema: Option<RecordSchema>,
    /// Whether the files are remembered that documents were found in.
    pub(super) lists: bool,
    /// Whether it is weighed what the offsets count.
    pub(super) weighs: bool,
}

/// What a batch comes to. Parts add up in the order of the file.
#[derive(Default)]
pub(super) struct Part {
    /// The findings of a batch; those of the whole file are in `findings`.
    pub(super) diagnostics: Vec<Diagnostic>,
    findings: Findings,
    /// What mends the findings about what offsets count, in their order.
    mismatches: Vec<Mending>,
    pub(super) tally: Tally,
    /// Documents for the second look.
    searchable: Searchables,
    /// What the second look has proved.
    confirmed: Confirmed,
    pub(super) losses: Losses,
    pub(super) unplaced: Unplaced,
    /// Records that could not be read, so that a conversion would lose them.
    pub(super) unreadable: u64,
    /// The place of the first record that is no JSON.
    first_broken: Option<u64>,
    /// Documents whose name in the target may occur twice: name, address, place.
    pub(super) names: Vec<(String, String, Site)>,
    /// Fingerprints of addresses, where the survey has none.
    pub(super) addresses: Vec<u64>,
    edits: Vec<Edit>,
    pub(super) out: Vec<u8>,
    /// Lines of the ledger, and how many they are.
    pub(super) ledger: Vec<u8>,
    pub(super) saved: u64,
    /// Facts of a ledger about labels that do not stand any more.
    pub(super) unplaced_facts: u64,
    /// Why the ledger could not be read.
    pub(super) failed: Option<io::Error>,
    /// The files that documents were found in.
    listed: Listed,
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
    let rules = run::active(&options.levels);
    let pass = Pass {
        source,
        format,
        texts,
        options,
        survey,
        asks: run::asks(&rules),
        kept: Kept::default(),
        rules,
        writing: Writing::None,
        schema: options
            .schema_strict
            .then(|| RecordSchema::new(format, survey.kind, survey.header.project.shape))
            .flatten(),
        lists: run::runs("document-unlisted", &options.levels),
        weighs: run::runs(rules::OFFSET_UNIT_MISMATCH, &options.levels),
    };
    let mut whole = pass.run(workers, &mut io::sink(), &mut io::sink())?;
    pass.find_suspects(workers, &mut whole)?;
    let mut decisions = Vec::new();
    if pass.mends() {
        decisions = whole.tally.mismatches.decide(&options.settings.thresholds);
    }
    let listed = std::mem::take(&mut whole.listed);
    // Predictions name documents too, and are not read as such.
    let complete = whole.unreadable == 0
        && whole.tally.predictions.count == 0
        && !pass.is_broken()
        && !pass.project().documents_unread;
    whole.mismatches = pass.mend_mismatches(workers, &decisions)?;
    let mut outcome = pass.outcome(whole, 0)?;
    outcome.listing = texts
        .filter(|_| pass.lists)
        .map(|texts| Listing::new(texts, listed, complete));
    Ok(outcome)
}

impl Pass<'_> {
    /// Goes over the file and writes to `out`, and to the `ledger`, as it goes.
    pub(super) fn run(
        &self,
        workers: &Workers,
        out: &mut dyn io::Write,
        ledger: &mut dyn io::Write,
    ) -> Result<Part, Error> {
        let failed = |error| Error::read(self.source, error);
        let unwritten = |source| Error::Write {
            path: String::new(),
            source,
        };
        let input = self.source.reader().map_err(failed)?;
        let mut cutter = self
            .format
            .cutter(Box::new(input), self.options.batch_bytes);
        let mut whole = Part {
            findings: Findings::new(&self.options.room),
            ..Part::default()
        };
        let mut any = false;
        let mut write_error = None;
        let mut keep_error = None;
        let work = |batch: &Batch| self.work(batch);
        let taken = workers.run(&mut *cutter, work, |mut part: Part| {
            if let Some(error) = part.failed.take() {
                return Err(error);
            }
            let written = self.join(&part.out, &mut any, out);
            if let Err(error) = written.and_then(|()| ledger.write_all(&part.ledger)) {
                write_error = Some(error);
                return Err(io::Error::other("output"));
            }
            if let Err(error) = whole.findings.extend(part.diagnostics.drain(..)) {
                keep_error = Some(error);
                return Err(io::Error::other("findings"));
            }
            whole.add(part);
            Ok(())
        });
        if let Some(source) = write_error {
            return Err(unwritten(source));
        }
        if let Some(error) = keep_error {
            return Err(error.into());
        }
        taken.map_err(failed)?;
        let searchable = std::mem::take(&mut whole.searchable);
        whole.confirmed = self.second_look(workers, &whole.tally, &searchable)?;
        if let Writing::New {
            writer, restored, ..
        } = self.writing
        {
            let count = whole.tally.documents.total();
            let rest = restored.map(|ledger| ledger.documents(None, count));
            for entry in rest.transpose().map_err(failed)?.unwrap_or_default() {
                let mut document = Vec::new();
                if let Some(value) = &entry.value {
                    writer.kept_document(value, &mut document);
                }
                self.join(&document, &mut any, out).map_err(unwritten)?;
            }
            let mut tail = Vec::new();
            writer.tail(any, &mut tail);
            out.write_all(&tail).map_err(unwritten)?;
        }
        Ok(whole)
    }

    /// Goes over the file once more: `work` on each batch in parallel, and `take` on what comes of
    /// it, in the order of the file.
    pub(super) fn go_over<T: Send>(
        &self,
        workers: &Workers,
        work: impl Fn(&Batch) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> Result<(), Error> {
        let failed = |error| Error::read(self.source, error);
        let input = self.source.reader().map_err(failed)?;
        let size = self.options.batch_bytes;
        let mut cutter = self.format.cutter(Box::new(input), size);
        let taken = workers.run(&mut *cutter, work, |found| {
            take(found);
            Ok::<(), io::Error>(())
        });
        taken.map_err(failed)
    }

    /// Writes documents after those that were written before.
    fn join(&self, documents: &[u8], any: &mut bool, out: &mut dyn io::Write) -> io::Result<()> {
        if documents.is_empty() {
            return Ok(());
        }
        if let Writing::New { writer, .. } = self.writing
            && *any
        {
            out.write_all(writer.separator())?;
        }
        *any = true;
        out.write_all(documents)
    }

    pub(super) const fn project(&self) -> &Project {
        &self.survey.header.project
    }

    /// What a record is read with.
    pub(super) fn context(&self) -> Context<'_> {
        Context {
            project: self.project(),
            kind: self.survey.kind,
            unit: self.survey.unit.unit(),
            quick: self.options.quick,
        }
    }

    /// What the unit of the offsets is weighed with, where somebody wants to know.
    pub(super) fn weighing(&self) -> Option<&Thresholds> {
        let thresholds = &self.options.settings.thresholds;
        self.weighs.then_some(thresholds)
    }

    /// Whether the labels are declared.
    fn declares(&self) -> bool {
        self.format.declares() && self.survey.kind.is_none_or(Kind::declares)
    }

    /// Puts the findings together.
    pub(super) fn outcome(&self, whole: Part, guessed_regions: u64) -> Result<Outcome, Error> {
        let levels = &self.options.levels;
        let mut outcome = Outcome::new(self.source, self.format.name(), &self.options.room);
        outcome.input.kind = self.survey.kind;
        let spans = self.survey.kind.is_some_and(Kind::has_spans);
        outcome.input.unit = spans.then(|| self.survey.unit.unit());
        outcome.count(&whole.tally, &self.survey.header.project);
        outcome.diagnostics = whole.findings;
        let outline = self.outline();
        for (fact, site) in self.header_facts(whole.first_broken) {
            let said = run::say(fact, site.clone(), levels);
            outcome.diagnostics.extend(said.map(|mut finding| {
                if self.mends() {
                    let mending = self.mend_header(outline.as_ref(), fact, site.as_ref());
                    finding.mending = mending.map(Box::new);
                }
                finding
            }))?;
        }
        for (fact, site) in record_facts(&whole.tally) {
            outcome.diagnostics.extend(run::say(&fact, site, levels))?;
        }
        let corpus = Corpus {
            project: &self.survey.header.project,
            declarations: self.survey.header.project.first_declarations(),
            settings: &self.options.settings,
            tally: &whole.tally,
            kind: self.survey.kind,
            broken: self.is_broken(),
            confirmed: &whole.confirmed,
            declares: self.declares(),
            splits: self.format.declares(),
            texts_given: self.texts.is_some_and(Texts::given),
            guessed_regions,
            unit: self.survey.unit.unit(),
        };
        let mender = |mends: &[Mend]| self.mend_corpus(outline.as_ref(), mends);
        let mender: Option<CorpusMender<'_>> = if self.mends() { Some(&mender) } else { None };
        let (mut said, withdrawn) = run::corpus(&self.rules, &corpus, levels, mender);
        mending::add_mismatches(&mut said, whole.mismatches);
        outcome.diagnostics.withdraw(&withdrawn);
        outcome.diagnostics.extend(said)?;
        Ok(outcome)
    }

    fn work(&self, batch: &Batch) -> Part {
        let mut part = Part::default();
        let mut buffers = (Vec::new(), Vec::new());
        for_each_record(batch, |record| match record {
            Ok(record) => self.record(record, &mut buffers, &mut part),
            Err(bad) => {
                part.unread_record();
                let site = Site {
                    bytes: bad.wrong..bad.wrong + 1,
                    pointer: self.format.record_pointer(self.project(), bad.index),
                    document: None,
                };
                let said = run::say(&Fact::InvalidUtf8, Some(site), &self.options.levels);
                part.diagnostics.extend(said);
            }
        });
        match &self.writing {
            Writing::Copy => part.out.extend_from_slice(&batch.bytes),
            Writing::Patch(header) => {
                let mut edits = std::mem::take(&mut part.edits);
                edits.extend(header.iter().cloned());
                edits.sort_by_key(|edit| edit.bytes.start);
                patch::apply(batch.start, &batch.bytes, &edits, &mut part.out);
            }
            Writing::None | Writing::New { .. } => {}
        }
        // Several batches wait for their turn.
        part.diagnostics.shrink_to_fit();
        part
    }

    fn record(&self, record: Record<'_>, buffers: &mut (Vec<u8>, Vec<u8>), part: &mut Part) {
        let reading = self.format.read(record, self.context());
        let line = || Site {
            bytes: record.start..record.start + record.text.len() as u64,
            pointer: self.format.record_pointer(self.project(), record.index),
            document: None,
        };
        match reading.form {
            Form::Kind(kind) => {
                let kinds = &mut part.tally.kinds;
                kinds.entry(kind).or_default().add(record.index, 1, line);
            }
            Form::Image => part.tally.images.add(record.index, 1, line),
            Form::Prediction => part.tally.predictions.add(record.index, 1, line),
            Form::Undecided | Form::Unreadable => {}
        }
        part.edits
            .extend(reading.edits.iter().map(|edit| edit.shifted(record.start)));
        let locator = Locator::new(record.text);
        let document = reading.document.as_ref();
        let name = || document.map(|document| document.address.path().to_owned());
        for found in &reading.facts {
            let site = self.site_of(&record, found, name());
            let said = run::say(&found.fact, Some(site), &self.options.levels);
            part.diagnostics.extend(said.map(|mut finding| {
                if self.mends() {
                    let (fact, pointer) = (&found.fact, &found.pointer);
                    let mending = Self::mend_fact(&locator, &record, &reading, fact, pointer);
                    finding.mending = mending.map(Box::new);
                }
                finding
            }));
        }
        self.ask_schema(&record, &reading, &locator, part);
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
        let (buffer, other) = buffers;
        let state = self.text_state(&document.address, buffer, Some(&mut part.listed));
        let mut examined = Examined::new(document, state, self.survey.unit, self.weighing());
        if let Labels::Summary(address) = &document.labels {
            examined.summary = Some(self.text_state(address, other, Some(&mut part.listed)));
        }
        examined.sole_language = self.sole_language();
        let site = |document: &Document<'_>, at: At| {
            formats::site(self.format, self.project(), &locator, document, at)
        };
        let mender =
            |document: &Document<'_>, mends: &[Mend]| self.mend_document(&locator, document, mends);
        let around = Around {
            levels: &self.options.levels,
            settings: &self.options.settings,
            site: &site,
            mender: self.mends().then_some(&mender),
            excerpts: self.options.snippets,
        };
        let out = &mut part.diagnostics;
        run::document(&self.rules, &examined, &around, out);
        let declared = |label: &str| !self.declares() || self.survey.declared.contains(label);
        let suspect = match &self.survey.repeated {
            Some(repeated) if repeated.is_empty() => false,
            Some(repeated) => repeated.contains(&fingerprint_folded(&document.address)),
            None => {
                part.addresses.push(fingerprint_folded(&document.address));
                false
            }
        };
        part.tally
            .add(&examined, self.declares(), declared, suspect, site);
        let unlabeled = self.asks.contains(&Ask::Unlabeled);
        let places = if unlabeled || self.asks.contains(&Ask::Conflicts) {
            places(&examined)
        } else {
            Vec::new()
        };
        part.tally.add_text(&examined, &self.asks, &places);
        if unlabeled {
            self.kept.add(&examined, &places, &mut part.searchable);
        }
        self.write(&examined, &locator, part);
    }

    /// The language that all documents must be in.
    fn sole_language(&self) -> Option<&str> {
        let project = self.project();
        let language = project.language.as_deref();
        language.filter(|_| project.multilingual == Some(false))
    }

    pub(super) fn text_state<'b>(
        &self,
        address: &Address<'_>,
        buffer: &'b mut Vec<u8>,
        listed: Option<&mut Listed>,
    ) -> TextState<'b> {
        let Some(texts) = self.texts else {
            return TextState::NotAsked;
        };
        let listed = listed.filter(|_| self.lists);
        match texts.read_listed(address, &self.survey.contested, buffer, listed) {
            Lookup::Missing(near) => TextState::Missing(near),
            Lookup::Unsafe(reason) => TextState::Unsafe(reason),
            Lookup::Unreadable(reason) => TextState::Unreadable(reason),
            Lookup::Read(_) => decoded(buffer),
        }
    }
}

/// A text as its bytes have it.
fn decoded(bytes: &[u8]) -> TextState<'_> {
    let Ok(text) = simdutf8::basic::from_utf8(bytes) else {
        let error = std::str::from_utf8(bytes).err();
        return TextState::NotUtf8(error.map_or(0, |error| error.valid_up_to()));
    };
    let text = Text::new(text);
    if text.as_str().trim().is_empty() {
        TextState::Blank(text)
    } else {
        TextState::Read(text)
    }
}

impl Part {
    const fn unread_record(&mut self) {
        self.unreadable += 1;
        self.tally.unread += 1;
        self.tally.unread_records += 1;
    }

    fn add(&mut self, other: Self) {
        self.tally.merge(other.tally);
        self.searchable.extend(other.searchable);
        self.losses.merge(other.losses);
        self.unplaced.merge(other.unplaced);
        self.unreadable += other.unreadable;
        self.first_broken = self.first_broken.or(other.first_broken);
        self.names.extend(other.names);
        self.addresses.extend(other.addresses);
        self.listed.merge(other.listed);
        self.saved += other.saved;
        self.unplaced_facts += other.unplaced_facts;
    }
}
