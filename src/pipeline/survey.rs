//! What hangs on the whole file, learned before its documents are judged.
//!
//! Of most files the header, or the first record, tells it all, and no more is read. What only
//! the documents and their texts could tell is assumed: that offsets count code points where
//! nobody says what they count, and that no two documents fall back to one file. The pass over
//! the documents finds out whether that holds, and begins anew where it does not (see
//! `disproof`).

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::sync::OnceLock;

mod guess;

use self::guess::guess;
use super::batches::Workers;
use super::header::{begin, cutter, peek, skim};
use super::records::for_each_record;
use super::{Error, Options};
use crate::fact::Fact;
use crate::fingerprints::{Fingerprints, Repeated, fingerprint};
use crate::formats::{Context, Form, Format, Header, Record};
use crate::json::cut::Batch;
use crate::losses::{Pair, Shared};
use crate::model::{Document, Kind, Project, Shape, UnitChoice};
use crate::site::Site;
use crate::source::Source;
use crate::text::Unit;
use crate::texts::{Contested, fingerprint_folded};

/// What hangs on the whole file.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Survey {
    /// What stands once in it; if `is_begun`, as far as it comes before the documents.
    pub(super) header: Header,
    /// Whether only the beginning of the file was read for the header. That nothing else is said
    /// behind the documents is put to the test by the pass.
    pub(super) is_begun: bool,
    /// Whether the labels are those of the first records only.
    pub(super) is_guessed: bool,
    /// The whole header, once the pass has found that it says nothing else.
    whole: OnceLock<Header>,
    /// What it labels, where that can be told.
    pub(super) kind: Option<Kind>,
    /// Whether a record has not today's shape.
    pub(super) edited: bool,
    /// The unit of its offsets. Where nobody says it, code points: an assumption that the pass
    /// puts to the test.
    pub(super) unit: UnitChoice,
    /// Files that several documents would fall back to. None: an assumption too.
    pub(super) contested: Contested,
    /// Whether the last two are still to be put to the test.
    pub(super) is_assumed: bool,
    /// Fingerprints of addresses that seem to occur twice, case and normalization apart.
    /// `None` where the records were not gone over.
    pub(super) repeated: Option<Repeated>,
    /// Fingerprints of last path segments that seem to occur twice; `None` likewise.
    pub(super) repeated_names: Option<Repeated>,
    /// The labels in the order of first appearance, where the records were gone over.
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
    addresses: Fingerprints,
    names: Fingerprints,
    labels: Vec<String>,
    datastore: Option<String>,
    folders: Shared<(String, String)>,
}

/// What a survey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Judging the documents.
    Check,
    /// Writing them too.
    Convert {
        /// Whether the target is the format of the source, so that today's shape is kept as it
        /// is.
        same: bool,
        /// Whether the new file, or the ledger, begins with what the documents hold: the labels
        /// that they use, the folder that they share.
        documents_first: bool,
        /// Whether a ledger is written, which begins with more than labels.
        saves: bool,
    },
}

impl Purpose {
    /// Whether the first byte that is written hangs on the last record.
    pub(super) fn asks_for_records(self, header: &Header) -> bool {
        let project = &header.project;
        match self {
            Self::Check => false,
            // One record of an older shape has the header brought to today's shape too.
            Self::Convert { same: true, .. } if !project.shape.is_foreign() => {
                project.shape != Shape::Draft && !header.edits.is_empty()
            }
            Self::Convert {
                documents_first, ..
            } => documents_first,
        }
    }
}

/// Learns what hangs on the whole file. The records are gone over only where their kind, or
/// the purpose, asks for it.
pub(super) fn survey(
    source: &Source,
    format: &'static dyn Format,
    options: &Options,
    workers: &Workers,
    purpose: Purpose,
) -> Result<Survey, Error> {
    if format.needs_header()
        && let Some(header) = begin(source, format, options, purpose)?
    {
        let kind = header.project.kind;
        return Ok(Survey {
            is_begun: true,
            ..Survey::told(format, header, kind, options)
        });
    }
    if let Purpose::Convert {
        same: false,
        documents_first: true,
        saves: false,
    } = purpose
        && !format.needs_header()
        && let Some(survey) = guess(source, format, options, workers)?
    {
        return Ok(survey);
    }
    over_header(source, format, options, workers, purpose)
}

/// The same from the whole of the header, wherever in the file it stands.
pub(super) fn over_header(
    source: &Source,
    format: &'static dyn Format,
    options: &Options,
    workers: &Workers,
    purpose: Purpose,
) -> Result<Survey, Error> {
    let (header, kind) = if format.needs_header() {
        let header = skim(source, format, options)?;
        let project = &header.project;
        let kind = project.kind.filter(|_| !project.one_class_or_several);
        (header, kind)
    } else {
        peek(source, format, options)?
    };
    let is_told = kind.is_some() || !format.needs_header();
    if is_told && !purpose.asks_for_records(&header) {
        return Ok(Survey::told(format, header, kind, options));
    }
    over_all(source, format, options, workers, header)
}

/// Goes over the whole file.
fn over_all(
    source: &Source,
    format: &'static dyn Format,
    options: &Options,
    workers: &Workers,
    mut header: Header,
) -> Result<Survey, Error> {
    let failed = |error| Error::read(source, error);
    let mut cutter = cutter(source, format, options)?;
    let surveyor = Surveyor {
        format,
        context: context(format, &header.project, options),
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
    let project = &mut header.project;
    if project.one_class_or_several && !whole.several_classes {
        project.kind = Some(Kind::SingleLabelClassification);
    } else {
        // Where some document has several, nothing had to be assumed.
        assume_nothing(&mut header);
    }
    let folder = whole.folders.one().filter(|pair| !pair.0.is_empty());
    let folder = folder.cloned();
    let kind = header.project.kind.or(whole.kind);
    Ok(Survey {
        edited: whole.edited,
        repeated: Some(whole.addresses.repeated()),
        repeated_names: Some(whole.names.repeated()),
        labels: whole.labels,
        datastore: whole.datastore,
        folder,
        ..Survey::new(format, header, kind, options)
    })
}

/// What records are read with before anything is known of them.
pub(super) fn context<'p>(
    format: &dyn Format,
    project: &'p Project,
    options: &Options,
) -> Context<'p> {
    Context {
        project,
        kind: project.kind,
        unit: format.unit().or(options.unit).unwrap_or(Unit::CodePoint),
        quick: options.quick,
    }
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
    /// Notes the whole header, and answers whether what was read of it is all that matters.
    pub(super) fn complete(&self, header: &Header) -> bool {
        let same = header.project == self.header.project && header.edits == self.header.edits;
        if same {
            let mut header = header.clone();
            assume_nothing(&mut header);
            let _ = self.whole.set(header);
        }
        same
    }

    /// What is not as it should be around the records.
    pub(super) fn header_facts(&self) -> &[(Fact, Option<Site>)] {
        &self.whole.get().unwrap_or(&self.header).facts
    }

    /// Tells those who watch how often the file will be gone over.
    pub(super) fn tell(&self, options: &Options) {
        if let Some(meter) = &options.meter {
            meter.expect(if self.repeated.is_some() { 2 } else { 1 });
        }
    }

    /// The survey of a file whose header tells it all.
    fn told(
        format: &dyn Format,
        mut header: Header,
        kind: Option<Kind>,
        options: &Options,
    ) -> Self {
        assume_nothing(&mut header);
        Self::new(format, header, kind, options)
    }

    /// What a header tells, and nothing of the records.
    fn new(format: &dyn Format, header: Header, kind: Option<Kind>, options: &Options) -> Self {
        let unit = match format.unit().or(options.unit) {
            Some(unit) => UnitChoice::Given(unit),
            None => UnitChoice::Found(Unit::CodePoint),
        };
        Self {
            declared: declared(&header),
            is_begun: false,
            is_guessed: false,
            whole: OnceLock::new(),
            kind,
            edited: false,
            header,
            unit,
            contested: Contested::default(),
            is_assumed: format.unit().is_none(),
            repeated: None,
            repeated_names: None,
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
}

impl Surveyor<'_> {
    fn batch(&self, batch: &Batch) -> Part {
        let mut part = Part::default();
        let mut seen = HashSet::new();
        for_each_record(batch, |record| {
            if let Ok(record) = record {
                self.record(record, &mut part, &mut seen);
            }
        });
        part
    }

    fn record(&self, record: Record<'_>, part: &mut Part, seen: &mut HashSet<String>) {
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
        part.note(&document, seen);
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
        self.addresses.append(&part.addresses);
        self.names.append(&part.names);
        self.folders.merge(part.folders);
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
