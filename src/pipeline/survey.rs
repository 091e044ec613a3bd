//! The first pass: what hangs on the whole file.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::ops::Range;

use super::batches::Workers;
use super::{Error, Options};
use crate::examined::first_astral;
use crate::fact::Fact;
use crate::formats::{Context, Form, Format, Header, Record};
use crate::json::cut::{Batch, Cut};
use crate::losses::{Pair, Shared};
use crate::model::{Document, Kind, Project, UnitChoice};
use crate::source::Source;
use crate::text::{Span, Text, Unit};
use crate::texts::{Claim, Contested, Lookup, Texts, fingerprint, fingerprint_folded};
use crate::words::{WordEdge, word_edge};

/// What hangs on the whole file.
pub(super) struct Survey {
    /// What stands once in it.
    pub(super) header: Header,
    /// What it labels, where that can be told.
    pub(super) kind: Option<Kind>,
    /// Whether a record has not today's shape.
    pub(super) edited: bool,
    /// The unit of its offsets.
    pub(super) unit: UnitChoice,
    /// Files that several documents would fall back to.
    pub(super) contested: Contested,
    /// Fingerprints of addresses that seem to occur twice, case and normalization apart.
    /// `None` where the header told the rest, so that the file was not gone over.
    pub(super) repeated: Option<BTreeSet<u64>>,
    /// Fingerprints of last path segments that seem to occur twice.
    pub(super) repeated_names: BTreeSet<u64>,
    /// The labels in the order of first appearance, where they were asked for.
    pub(super) labels: Vec<String>,
    /// The labels that the project declares.
    pub(super) declared: BTreeSet<String>,
    /// The datastore of the first document that has one.
    pub(super) datastore: Option<String>,
    /// Datastore and folder, where all documents have an `AmlDatastore://` URL and share both.
    pub(super) folder: Option<(String, String)>,
}

/// What one batch adds.
#[derive(Default)]
struct Part {
    kind: Option<Kind>,
    /// Whether a record has not today's shape.
    edited: bool,
    /// Whether a document has another number of classes than one.
    several_classes: bool,
    addresses: Vec<u64>,
    names: Vec<u64>,
    claims: Vec<Claim>,
    labels: Vec<String>,
    datastore: Option<String>,
    folders: Shared<(String, String)>,
    votes: Votes,
}

/// Edges on word edges under the two units that a file without a stated one may mean.
#[derive(Clone, Copy, Default)]
struct Votes {
    code_point: u64,
    utf16: u64,
    /// Labels that read differently in the two.
    differing: u64,
}

/// Goes over a file once. `for_writing` asks for what a new file needs: labels, names, folders.
pub(super) fn survey(
    source: &Source,
    format: &'static dyn Format,
    texts: Option<&Texts>,
    options: &Options,
    workers: &Workers,
    for_writing: bool,
) -> Result<Survey, Error> {
    let failed = |error| Error::read(source, error);
    let mut header = None;
    if format.needs_header() {
        header = Some(skim(source, format, options)?);
    }
    if !for_writing && let Some(told) = header.take_if(|header| tells_all(format, header)) {
        return Ok(Survey::told(format, told));
    }
    let none = Project::default();
    let project = header.as_ref().map_or(&none, |header| &header.project);
    let input = source.reader().map_err(failed)?;
    let mut cutter = format.cutter(Box::new(input), options.sizes());
    let surveyor = Surveyor {
        format,
        context: Context {
            project,
            kind: project.kind,
            unit: format.unit().or(options.unit).unwrap_or(Unit::CodePoint),
            quick: options.quick,
        },
        // A text is looked at here only where the unit, or the way to it, is not settled.
        texts: texts.filter(|_| format.unit().is_none()),
        asks_unit: options.unit.is_none(),
        for_writing,
    };
    let mut whole = Part::default();
    let mut known = HashSet::new();
    let taken = workers.run(
        &mut *cutter,
        |batch| surveyor.batch(batch),
        |part| {
            whole.add(part, &mut known);
            Ok::<(), io::Error>(())
        },
    );
    taken.map_err(failed)?;
    let mut header = match header {
        Some(header) => header,
        None => header_of(format, &mut *cutter, options),
    };
    let project = &mut header.project;
    if project.one_class_or_several && !whole.several_classes {
        project.kind = Some(Kind::SingleLabelClassification);
    } else {
        // Where some document has several, nothing had to be assumed.
        assume_nothing(&mut header);
    }
    let unit = match (format.unit().or(options.unit), whole.votes) {
        (Some(unit), _) => UnitChoice::Given(unit),
        (None, votes) => votes.choice(),
    };
    let folder = whole.folders.one().filter(|pair| !pair.0.is_empty());
    Ok(Survey {
        declared: declared(&header),
        kind: header.project.kind.or(whole.kind),
        edited: whole.edited,
        header,
        unit,
        contested: Contested::new(whole.claims),
        repeated: Some(repeated(whole.addresses)),
        repeated_names: repeated(whole.names),
        labels: whole.labels,
        datastore: whole.datastore,
        folder: folder.cloned(),
    })
}

/// Whether a header tells what a check must know of the whole file, but for addresses that occur
/// twice.
fn tells_all(format: &dyn Format, header: &Header) -> bool {
    let project = &header.project;
    format.unit().is_some() && project.kind.is_some() && !project.one_class_or_several
}

/// The labels that a project declares.
fn declared(header: &Header) -> BTreeSet<String> {
    let declared = header.project.declared.iter();
    declared.map(|declared| declared.name.clone()).collect()
}

/// Says of a file of an earlier shape that nothing had to be assumed in reading it.
fn assume_nothing(header: &mut Header) {
    for (fact, _) in &mut header.facts {
        if let Fact::LegacyShape { assumed, .. } = fact {
            *assumed = None;
        }
    }
}

impl Survey {
    /// The survey of a file whose header tells it all.
    fn told(format: &dyn Format, mut header: Header) -> Self {
        assume_nothing(&mut header);
        Self {
            declared: declared(&header),
            kind: header.project.kind,
            edited: false,
            header,
            unit: UnitChoice::Given(format.unit().unwrap_or(Unit::CodePoint)),
            contested: Contested::default(),
            repeated: None,
            repeated_names: BTreeSet::new(),
            labels: Vec::new(),
            datastore: None,
            folder: None,
        }
    }
}

/// What a batch is surveyed with.
struct Surveyor<'a> {
    format: &'static dyn Format,
    context: Context<'a>,
    texts: Option<&'a Texts>,
    asks_unit: bool,
    for_writing: bool,
}

impl Surveyor<'_> {
    fn batch(&self, batch: &Batch) -> Part {
        let mut part = Part::default();
        let mut seen = HashSet::new();
        let mut buffer = Vec::new();
        for_each_record(batch, |record| {
            if let Ok(record) = record {
                self.record(record, &mut part, &mut seen, &mut buffer);
            }
        });
        part
    }

    fn record(
        &self,
        record: Record<'_>,
        part: &mut Part,
        seen: &mut HashSet<String>,
        buffer: &mut Vec<u8>,
    ) {
        let reading = self.format.read(record, self.context);
        if let Form::Kind(kind) = reading.form {
            part.kind = part.kind.or(Some(kind));
        }
        part.edited |= !reading.edits.is_empty();
        let Some(document) = reading.document else {
            return;
        };
        part.several_classes |= document.classes().len() != 1;
        part.addresses.push(fingerprint_folded(&document.address));
        if self.for_writing {
            part.note(&document, seen);
        }
        let Some(texts) = self.texts else {
            return;
        };
        let found = texts.read(&document.address, &Contested::default(), buffer);
        if let Lookup::Read(claim) = found {
            part.claims.push(claim);
            if self.asks_unit {
                part.votes.add(&document, buffer);
            }
        }
    }
}

impl Part {
    /// Notes what a new file needs to know of a document.
    fn note(&mut self, document: &Document<'_>, seen: &mut HashSet<String>) {
        if self.datastore.is_none() {
            self.datastore = document.address.datastore().map(str::to_owned);
        }
        let owned = |pair: Pair<'_>| (pair.0.to_owned(), pair.1.to_owned());
        self.folders.add(folder_of(document), owned);
        self.names.push(fingerprint(document.address.name()));
        for (category, _) in document.categories() {
            if !seen.contains(category) {
                seen.insert(category.to_owned());
                self.labels.push(category.to_owned());
            }
        }
    }

    /// Adds the part that follows. `known` holds the labels so far.
    fn add(&mut self, part: Self, known: &mut HashSet<String>) {
        self.kind = self.kind.or(part.kind);
        self.edited |= part.edited;
        self.several_classes |= part.several_classes;
        self.addresses.extend(part.addresses);
        self.names.extend(part.names);
        self.folders.merge(part.folders);
        self.claims.extend(part.claims);
        self.votes.merge(part.votes);
        self.datastore = self.datastore.take().or(part.datastore);
        for label in part.labels {
            if known.insert(label.clone()) {
                self.labels.push(label);
            }
        }
    }
}

/// Datastore and folder of a document's URL; nothing for other forms of it.
fn folder_of<'d>(document: &'d Document<'_>) -> Pair<'d> {
    let address = &document.address;
    if address.written.starts_with("AmlDatastore://") {
        Pair(address.datastore().unwrap_or_default(), address.folder())
    } else {
        Pair("", "")
    }
}

/// Reads what stands once in a file whose records cannot be read without it.
fn skim(source: &Source, format: &dyn Format, options: &Options) -> Result<Header, Error> {
    let failed = |error| Error::read(source, error);
    let input = source.reader().map_err(failed)?;
    let mut cutter = format.cutter(Box::new(input), options.sizes());
    let mut buffer = Vec::new();
    while let Some(batch) = cutter.next(buffer).map_err(failed)? {
        buffer = batch.bytes;
    }
    Ok(header_of(format, &mut *cutter, options))
}

/// Reads the outline of a file that was cut to its end.
fn header_of(format: &dyn Format, cutter: &mut dyn Cut, options: &Options) -> Header {
    let outline = cutter.outline();
    let mut header = format.header(&outline);
    header.outline = options.mend.then_some(outline);
    header
}

/// The values that occur more than once.
pub(super) fn repeated(mut values: Vec<u64>) -> BTreeSet<u64> {
    values.sort_unstable();
    let pairs = values.windows(2).filter(|pair| pair[0] == pair[1]);
    pairs.map(|pair| pair[0]).collect()
}

/// A record that no reader gets.
pub(super) struct BadRecord {
    /// Its number in the file, from 0.
    pub(super) index: u64,
    /// What is wrong with it: it is not UTF-8, or too long.
    pub(super) fact: Fact,
    /// Where that is in the file.
    pub(super) bytes: Range<u64>,
}

impl BadRecord {
    fn too_long(index: u64, bytes: Range<u64>, limit: u64) -> Self {
        let length = Some(bytes.end - bytes.start);
        let fact = Fact::TooLong { length, limit };
        Self { index, fact, bytes }
    }
}

/// Calls `each` with every record of a batch. The whole batch is proved to be UTF-8 at once
/// where it is.
pub(super) fn for_each_record<'b>(
    batch: &'b Batch,
    mut each: impl FnMut(Result<Record<'b>, BadRecord>),
) {
    if let Some(skipped) = &batch.skipped {
        let bad = BadRecord::too_long(batch.first, skipped.clone(), batch.limit);
        each(Err(bad));
    }
    let whole = simdutf8::basic::from_utf8(&batch.bytes).ok();
    let count = batch.records.len();
    for (number, range) in batch.records.iter().enumerate() {
        let place = batch.start + range.start as u64;
        let index = batch.first + number as u64;
        let bytes = &batch.bytes[range.clone()];
        if bytes.len() as u64 > batch.limit {
            let end = place + bytes.len() as u64;
            each(Err(BadRecord::too_long(index, place..end, batch.limit)));
            continue;
        }
        let text = match whole {
            Some(text) => text.get(range.clone()).ok_or(0),
            None => std::str::from_utf8(bytes).map_err(|error| error.valid_up_to()),
        };
        match text {
            Ok(text) => {
                let record = Record {
                    index,
                    start: place,
                    text,
                    ends_file: number + 1 == count && range.end == batch.bytes.len(),
                };
                each(Ok(record));
            }
            Err(valid) => {
                let wrong = place + valid as u64;
                each(Err(BadRecord {
                    index,
                    fact: Fact::InvalidUtf8,
                    bytes: wrong..wrong + 1,
                }));
            }
        }
    }
}

impl Votes {
    /// Lets a document's spans vote, where its text has what tells the units apart.
    fn add(&mut self, document: &Document<'_>, bytes: &[u8]) {
        if bytes.is_ascii() {
            return;
        }
        let Ok(text) = simdutf8::basic::from_utf8(bytes) else {
            return;
        };
        let text = Text::new(text);
        let Some(astral) = first_astral(&text) else {
            return;
        };
        let mut edges = BTreeMap::new();
        for label in document.spans() {
            let Span { start, end, .. } = label.span;
            if start >= 0 && start <= end && end > astral {
                self.differing += 1;
                // Each label's edges count for themselves, shared or not.
                for edge in [start, end].into_iter().filter(|edge| *edge > astral) {
                    *edges.entry(edge).or_insert(0_u64) += 1;
                }
            }
        }
        for (unit, votes) in [
            (Unit::CodePoint, &mut self.code_point),
            (Unit::Utf16, &mut self.utf16),
        ] {
            let at = |edge: &i64| Span {
                unit,
                start: *edge,
                end: *edge,
            };
            let spans: Vec<Span> = edges.keys().map(at).collect();
            for (place, count) in text.resolve(&spans).into_iter().zip(edges.values()) {
                let clean = |byte| word_edge(&text, byte) == WordEdge::Clean;
                if place.is_ok_and(|place| clean(place.start())) {
                    *votes += count;
                }
            }
        }
    }

    const fn merge(&mut self, other: Self) {
        self.code_point += other.code_point;
        self.utf16 += other.utf16;
        self.differing += other.differing;
    }

    const fn choice(self) -> UnitChoice {
        if self.differing == 0 || self.code_point > self.utf16 {
            UnitChoice::Found(Unit::CodePoint)
        } else if self.utf16 > self.code_point {
            UnitChoice::Found(Unit::Utf16)
        } else {
            UnitChoice::Ambiguous
        }
    }
}
