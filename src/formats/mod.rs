//! Label file formats.
//!
//! A format knows how to tell its files from others, where its records end, and how to read
//! and write them. It knows nothing of rules, texts or other formats. Every folder here holds
//! the same files: `wire` (the format's names as they stand in the file), `reader`, `writer`.
//! To add a format: write its folder, and name it in [`FORMATS`].

pub mod aml;
mod array;
mod asked;
mod audit;
pub mod brat;
mod cats;
pub mod conll;
pub mod csv;
mod detect;
pub mod docbin;
pub mod doccano;
mod fields;
mod header;
pub mod huggingface;
mod info;
mod inline;
mod inline_keep;
mod inline_quick;
mod keys;
pub mod label_studio;
pub mod language;
pub mod languages;
mod layout;
pub mod ledger;
mod looks;
pub mod losses;
mod name;
mod names;
mod place;
mod reading;
mod relabel;
pub mod schema;
pub(crate) mod sets;
pub mod spacy;
pub mod spacy_tuples;
mod tags;
mod tokenize;
mod values;
mod whole;
mod write;
mod writer;

use std::collections::BTreeMap;

use crate::diagnostics::{FixAction, Location, Looks};
use crate::json::change::Change;
use crate::json::cut::{Cut, Outline, Sizes};
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project, Shape, Split};
use crate::text::Unit;

pub use asked::{ConllProfile, DocumentBreak, HuggingfaceForm, Overlap, Told, Wishes};
pub use detect::{Detected, HEAD_BYTES, Head, Match, detect, folder_format, is_of, service_file};
pub use header::Header;
pub use info::{Info, Layout, TextPlace, UnitRule, UnitSide};
pub use name::FormatName;
pub use names::made_name;
pub use place::Place;
use place::byte_order_mark;
pub use reading::{Reading, RecordForm};
pub use relabel::{LabelEdit, NewLabel, NewRecord, Relabeler};
pub use writer::{Again, LedgerFacts, LedgerSource, Output, Plan, Relieve, Writer, Written};

/// One record, as cut.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Its number in the corpus, from 0.
    pub index: u64,
    /// The number of the file that it stands in, from 0; and its own number in that file, from 0.
    pub in_file: (usize, u64),
    /// The place of its first byte in the corpus.
    pub start: u64,
    /// Its text.
    pub text: &'a str,
    /// Whether the file ends with it, without a line end.
    pub ends_file: bool,
}

/// What the reader of a record must know of the whole file.
#[derive(Clone, Copy, Debug)]
pub struct Context<'p> {
    /// What stands once in the file.
    pub project: &'p Project,
    /// What it labels, as far as that is known. A record that tells otherwise is read as what
    /// it is.
    pub kind: Option<Kind>,
    /// The unit of the offsets.
    pub unit: Unit,
    /// Whether the quick reader may be tried first. It answers what the careful one would, or
    /// nothing; tests compare the two.
    pub quick: bool,
    /// The names of the files that are read as one, each without its extension: what documents are
    /// named after that have no name.
    pub stems: &'p [String],
    /// The sets that documents get, by name, whatever their records say.
    pub datasets: Option<&'p BTreeMap<String, &'static str>>,
    /// Whether documents that say no set get that of their file, where the format has its sets in
    /// files.
    pub file_splits: bool,
    /// What the user says that files do not.
    pub told: &'p Told,
    /// How many records of the file stand before the first that is read, where only a stretch of it
    /// is: documents are named by their place in the file.
    pub before: u64,
}

impl<'p> Context<'p> {
    /// Gives a document the set that it gets, if it gets one.
    pub fn assign(&self, document: &mut Document<'_>) {
        let set = self
            .datasets
            .and_then(|sets| sets.get(document.address.path()));
        match set {
            Some(&"Test") => document.split = Some(Split::Test),
            Some(_) => document.split = Some(Split::Train),
            None => {}
        }
    }

    /// The name, without its extension, of the file that a record stands in.
    #[must_use]
    pub fn stem(&self, record: &Record<'_>) -> &'p str {
        self.stems.get(record.in_file.0).map_or("", String::as_str)
    }
}

/// A corpus that was written.
#[derive(Clone, Copy, Debug)]
pub struct NewCorpus<'a> {
    /// Its path, as the user gave it; `-` of standard output.
    pub path: &'a str,
    /// What it labels, where that is known.
    pub kind: Option<Kind>,
    /// The names of its labels, sorted.
    pub labels: &'a [&'a str],
    /// The unit that its offsets were written in.
    pub unit: Option<Unit>,
    /// What the user asked of it.
    pub wishes: Wishes,
}

/// One label file format.
pub trait Format: Sync {
    /// What is said of it.
    fn info(&self) -> &'static Info;

    /// How much a file's beginning looks like it.
    fn detect(&self, head: &Head<'_>) -> Match;

    /// What a file is by its first bytes, where it is one of this format and no text.
    fn detect_bytes(&self, _head: &[u8]) -> Option<Looks> {
        None
    }

    /// Whether its files are read. If not, they are only written.
    fn is_read(&self) -> bool {
        true
    }

    /// Whether its files say what documents are called.
    fn has_names(&self) -> bool {
        true
    }

    /// Whether a file of it may have documents with spans and others with classes.
    fn mixes_kinds(&self) -> bool {
        true
    }

    /// Whether its files call documents by the last segment of their addresses, where these share the rest
    /// ([`crate::model::Address::shortens`]).
    fn shortens_names(&self) -> bool {
        false
    }

    /// Whether a file that looks like no format may be a broken one of this, if the user says so.
    fn may_be(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(b"{")
    }

    /// Whether a file that begins with `later` can stand behind the end of one that begins with `first`, in
    /// one file: both must end their documents alike.
    fn can_follow(&self, _first: &[u8], _later: &[u8], _told: &Told) -> bool {
        true
    }

    /// Cuts a stream into batches.
    fn cutter<'a>(
        &self,
        input: Box<dyn std::io::Read + Send + 'a>,
        sizes: Sizes,
    ) -> Box<dyn Cut + 'a>;

    /// The same, where what the user says decides where records end.
    fn cutter_as_told<'a>(
        &self,
        input: Box<dyn std::io::Read + Send + 'a>,
        sizes: Sizes,
        _told: &Told,
    ) -> Box<dyn Cut + 'a> {
        self.cutter(input, sizes)
    }

    /// The characters of a record that gives nothing but the tokens of its text, and does not say that
    /// it is a document of its own: without white space, as
    /// [`squeezed`](crate::text::squeezed::squeezed) leaves them.
    fn content(&self, _record: &str) -> Option<String> {
        None
    }

    /// Reads what stands once in a file.
    fn header(&self, outline: &Outline) -> Header;

    /// The same with what the user says of the file.
    fn header_told(&self, outline: &Outline, _told: &Told) -> Header {
        self.header(outline)
    }

    /// Reads a record.
    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a>;

    /// Whether a file of it declares its labels.
    fn declares(&self, _project: &Project) -> bool {
        self.info().declares
    }

    /// Whether a file of it may assign documents to splits. `stems` are the names of the files that
    /// it is made of, each without its extension.
    fn has_splits(&self, project: &Project, stems: &[String]) -> bool {
        let (info, table) = (self.info(), project.table.as_ref());
        let by_name = info.file_splits && !sets::in_names(stems).is_empty();
        by_name || info.splits && table.is_none_or(|table| table.has_splits)
    }

    /// Whether its splits can be compared: all of them are there. A file that is one of them by its
    /// name says nothing of the others.
    fn has_all_splits(&self, project: &Project, stems: &[String]) -> bool {
        let is_part = self.info().file_splits && sets::is_one_of_several(stems);
        !is_part && self.has_splits(project, stems)
    }

    /// The pointer from the root of the file, or of the line, to a record; `None` where the format
    /// is not JSON.
    fn record_pointer(&self, project: &Project, index: u64) -> Option<Pointer>;

    /// Where a place of a document lies in its record. The locator is of the record, so that what was
    /// looked up for one place need not be looked up for the next.
    fn place(&self, project: &Project, record: (&Document<'_>, &Locator<'_>), at: At) -> Place;

    /// What changes its files, if that can be done without writing them anew.
    fn editor(&self) -> Option<&dyn Editor> {
        None
    }

    /// What writes labels into its files, if that can be done without writing them anew.
    fn relabeler(&self) -> Option<&dyn Relabeler> {
        None
    }

    /// What notes the facts that other formats cannot hold, if a ledger can keep them.
    fn ledger(&self) -> Option<&dyn LedgerSource> {
        None
    }

    /// Whether it may write the spans of a document in the order of the text, whatever order they had.
    fn sorts_spans(&self) -> bool {
        false
    }

    /// Fills the gaps of a plan for writing this format: what the source does not say and the
    /// user did not.
    fn complete(&self, plan: &mut Plan, source: &Project, stem: &str);

    /// Whether what is written of one document may name labels that only others have, so that all of
    /// them are wanted before the first is written.
    fn lists_labels(&self) -> bool {
        self.info().declares
    }

    /// A writer of projects of the plan's kind.
    fn writer(&self, plan: Plan) -> Box<dyn Writer>;

    /// What to do with a new file of the format, in one line that is told once it is there: what to
    /// paste, to run, or where to upload it.
    fn next_step(&self, _new: &NewCorpus<'_>) -> Option<String> {
        None
    }

    /// The published JSON Schema, where the format is JSON.
    fn schema(&self) -> Option<&'static str> {
        None
    }

    /// The definition in the published schema that is about a record, or `None` where the whole
    /// schema is.
    fn record_definition(&self, _kind: Option<Kind>, _shape: Shape) -> Option<&'static str> {
        None
    }
}

/// Says what to change in a label file so that a finding is fixed.
pub trait Editor: Sync {
    /// What to change in a record, in pointers from its root. The locator is of the record, so that what
    /// was looked up for one label need not be looked up for the next. Empty where there is no way to do
    /// that.
    fn changes(
        &self,
        project: &Project,
        record: (&Document<'_>, &Locator<'_>),
        action: &FixAction,
    ) -> Vec<Change>;

    /// What to change around the records, whose outline the locator is of.
    fn header_change(
        &self,
        _project: &Project,
        _locator: &Locator<'_>,
        _action: &FixAction,
    ) -> Option<Change> {
        None
    }
}

/// Every format, in the order in which help texts name them.
pub const FORMATS: &[&dyn Format] = &[
    &aml::Aml,
    &language::Language,
    &label_studio::LabelStudio,
    &spacy::Spacy,
    &spacy_tuples::SpacyTuples,
    &docbin::Docbin,
    &doccano::Doccano,
    &huggingface::Huggingface,
    &conll::Conll,
    &csv::Csv,
    &brat::Brat,
];

/// The format of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Format> {
    FORMATS
        .iter()
        .copied()
        .find(|format| format.info().name == name)
}

/// The members of all formats whose values no report may show.
pub fn private_members() -> impl Iterator<Item = &'static str> {
    let members = FORMATS.iter().flat_map(|format| format.info().private);
    members.copied()
}

/// Whether no report may show the values of members of that name.
#[must_use]
pub fn is_private(name: &str) -> bool {
    private_members().any(|private| private.eq_ignore_ascii_case(name))
}

/// Where a place of a document lies in its file. The locator is of the document's record.
#[must_use]
pub fn location(
    format: &dyn Format,
    project: &Project,
    locator: &Locator<'_>,
    document: &Document<'_>,
    at: At,
) -> Location {
    let (pointer, bytes) = match format.place(project, (document, locator), at) {
        Place::Value(pointer) => {
            let bytes = locator.locate(&pointer);
            let record = format.record_pointer(project, document.index);
            let pointer = record.map(|record| record.join(&pointer));
            (pointer, bytes.unwrap_or(0..document.source.len()))
        }
        Place::Bytes(bytes) => (None, bytes),
    };
    Location {
        bytes: document.start + bytes.start as u64..document.start + bytes.end as u64,
        pointer,
        document: Some(document.address.path().to_owned()),
    }
}
