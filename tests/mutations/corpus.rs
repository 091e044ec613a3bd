//! A corpus that a test can spoil: the label file as a value, and the texts.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use labelwright::internals::input::{self, Source};
use labelwright::internals::operations;
use labelwright::internals::pipeline::{Options, Outcome};
use labelwright::internals::rules::Levels;
use labelwright::internals::rules::settings::Settings;
use labelwright::internals::text::Unit;
use serde_json::{Value, json};

use super::spell::{COMPACT, PRETTY, Style};
use crate::support::TempFolder;

/// Which of the places where a defect can be is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    First,
    Any(u64),
    Last,
}

/// A label file with its texts, and what is asked of it.
#[derive(Clone)]
pub(super) struct Corpus {
    /// The project, or for AML an array of the lines.
    pub(super) file: Value,
    /// Whether `file` is an array of lines.
    pub(super) aml: bool,
    /// The files in the folder of the texts, by their paths in it.
    pub(super) texts: Texts,
    /// Whether the user named that folder; without texts at all nothing is looked for.
    pub(super) given: bool,
    /// What the offsets count.
    pub(super) counted: Unit,
    /// `--offsets`
    pub(super) unit: Option<Unit>,
    pub(super) settings: Settings,
    /// The rules that are asked for by name beside those that run by default.
    pub(super) requested: Vec<String>,
    pub(super) jobs: usize,
    pub(super) style: Style,
    /// The bytes of the label file, where they are not those of `file`.
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) turn: Turn,
}

/// The files in the folder of the texts, and a folder that holds them as long as none changes.
#[derive(Clone, Default)]
pub(super) struct Texts {
    files: Arc<BTreeMap<String, Vec<u8>>>,
    folder: Option<Arc<TempFolder>>,
}

impl Deref for Texts {
    type Target = BTreeMap<String, Vec<u8>>;

    fn deref(&self) -> &Self::Target {
        &self.files
    }
}

impl DerefMut for Texts {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.folder = None;
        Arc::make_mut(&mut self.files)
    }
}

impl Texts {
    /// Writes the files, unless that was done before.
    pub(super) fn write(&mut self) -> Arc<TempFolder> {
        let folder = self.folder.take().unwrap_or_else(|| {
            let folder = TempFolder::new();
            for (name, bytes) in &*self.files {
                folder.write(name, bytes);
            }
            Arc::new(folder)
        });
        self.folder = Some(Arc::clone(&folder));
        folder
    }
}

/// Where a finding is expected.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// It belongs to no place.
    Nowhere,
    /// It speaks of a file that stands in no label file.
    File(String),
    /// Outside of the documents, by its pointer.
    Header(String),
    /// A value of a document: its index, and the pointer from there.
    Document(usize, String),
    /// A line of the label file, where JSON is broken and has no values.
    Line(usize),
}

const DATASTORE: &str = "AmlDatastore://workspaceblobstore/";

impl Corpus {
    /// A file without texts, checked as the command line does by default.
    pub(super) fn new(file: Value) -> Self {
        let aml = file.is_array();
        Self {
            file,
            aml,
            texts: Texts::default(),
            given: true,
            counted: if aml { Unit::CodePoint } else { Unit::Utf16 },
            unit: None,
            settings: Settings::default(),
            requested: Vec::new(),
            jobs: 1,
            style: if aml { COMPACT } else { PRETTY },
            bytes: None,
            turn: Turn::First,
        }
    }

    pub(super) fn text_file(mut self, name: &str, text: impl Into<Vec<u8>>) -> Self {
        self.texts.insert(name.to_owned(), text.into());
        self
    }

    /// The label file's bytes.
    pub(super) fn spelled(&self) -> Vec<u8> {
        let spell = || self.style.file(&self.file, self.aml);
        self.bytes.clone().unwrap_or_else(spell)
    }

    /// Checks it.
    pub(super) fn check(&self) -> Outcome {
        let folder = self.texts.clone().write();
        let name = if self.aml {
            "labels.jsonl"
        } else {
            "labels.json"
        };
        let source = Source::spooled(&*self.spelled(), Path::new(name)).unwrap();
        let asked = !self.texts.is_empty() || !self.given;
        let folders: [PathBuf; 1] = [folder.path().to_owned()];
        let texts = asked.then(|| input::Texts::open(&folders, self.given).unwrap());
        let mut levels = Levels::default();
        levels.set(&[], &self.requested).unwrap();
        let options = Options {
            levels,
            settings: self.settings.clone(),
            unit: self.unit,
            jobs: self.jobs,
            ..Options::default()
        };
        let outcome = operations::check(&source, None, texts.as_ref(), &options).unwrap();
        let mut outcomes = [outcome];
        operations::unlisted(&mut outcomes, &[&options]).unwrap();
        let [outcome] = outcomes;
        outcome
    }

    /// One of several places: the first, the last, or any.
    pub(super) fn pick<T>(&self, mut from: Vec<T>) -> T {
        assert!(!from.is_empty(), "there is no place for this defect");
        let last = from.len() - 1;
        let index = match self.turn {
            Turn::First => 0,
            Turn::Last => last,
            Turn::Any(seed) => {
                // A step of a linear congruential generator (Knuth's MMIX).
                let step = seed.wrapping_mul(6_364_136_223_846_793_005);
                let high = step.wrapping_add(1_442_695_040_888_963_407) >> 33;
                usize::try_from(high).unwrap() % from.len()
            }
        };
        from.swap_remove(index)
    }

    pub(super) fn documents(&self) -> &Vec<Value> {
        let documents = if self.aml {
            &self.file
        } else {
            &self.file["assets"]["documents"]
        };
        documents.as_array().unwrap()
    }

    pub(super) fn documents_mut(&mut self) -> &mut Vec<Value> {
        let documents = if self.aml {
            &mut self.file
        } else {
            &mut self.file["assets"]["documents"]
        };
        documents.as_array_mut().unwrap()
    }

    pub(super) fn document(&mut self, index: usize) -> &mut Value {
        &mut self.documents_mut()[index]
    }

    /// One of the documents.
    pub(super) fn any_document(&self) -> usize {
        self.pick((0..self.documents().len()).collect())
    }

    /// One of the documents that are as asked.
    pub(super) fn document_where(&self, asked: impl Fn(&Value) -> bool) -> usize {
        let documents = self.documents().iter().enumerate();
        self.pick(
            documents
                .filter(|(_, one)| asked(one))
                .map(|(index, _)| index)
                .collect(),
        )
    }

    /// One of the documents of a split.
    pub(super) fn document_in(&self, dataset: &str) -> usize {
        self.document_where(|document| document["dataset"] == dataset)
    }

    /// The location of a document, or its path after the datastore.
    pub(super) fn location(&self, index: usize) -> Option<String> {
        let document = self.documents().get(index)?;
        if !self.aml {
            return document["location"].as_str().map(str::to_owned);
        }
        let url = document["image_url"].as_str()?;
        Some(url.strip_prefix(DATASTORE).unwrap_or(url).to_owned())
    }

    pub(super) fn relocate(&mut self, index: usize, location: &str) {
        if self.aml {
            self.document(index)["image_url"] = json!(format!("{DATASTORE}{location}"));
        } else {
            self.document(index)["location"] = json!(location);
        }
    }

    /// The pointer from a document to its location.
    pub(super) const fn address(&self) -> &'static str {
        if self.aml { "/image_url" } else { "/location" }
    }

    /// Gives a document and its text another name.
    pub(super) fn rename(&mut self, index: usize, location: &str) -> Place {
        let old = self.location(index).unwrap();
        let text = self.texts.remove(&old).unwrap();
        self.texts.insert(location.to_owned(), text);
        self.relocate(index, location);
        Place::Document(index, self.address().to_owned())
    }

    pub(super) fn text(&self, index: usize) -> String {
        let bytes = self.texts[&self.location(index).unwrap()].clone();
        String::from_utf8(bytes).unwrap()
    }

    pub(super) fn set_text(&mut self, index: usize, text: impl Into<Vec<u8>>) {
        let name = self.location(index).unwrap();
        self.texts.insert(name, text.into());
    }

    /// Adds a record like that of a document, with a text of its own. Answers its index.
    pub(super) fn add_like(&mut self, index: usize, name: &str, text: impl Into<Vec<u8>>) -> usize {
        let copy = self.documents()[index].clone();
        self.documents_mut().push(copy);
        let added = self.documents().len() - 1;
        self.relocate(added, name);
        self.set_text(added, text);
        added
    }

    /// The places where `words` stands in the label file, by byte.
    pub(super) fn find(&self, words: &str) -> Vec<usize> {
        let text = String::from_utf8(self.spelled()).unwrap();
        text.match_indices(words).map(|(at, _)| at).collect()
    }

    /// Replaces `old` by `new` at one of the places where it stands; answers the line.
    pub(super) fn replace(&mut self, old: &str, new: impl AsRef<[u8]>) -> Place {
        let at = self.pick(self.find(old));
        self.splice(at, old.len(), new)
    }

    /// Replaces so many bytes; answers the line.
    pub(super) fn splice(&mut self, at: usize, bytes: usize, new: impl AsRef<[u8]>) -> Place {
        let mut all = self.spelled();
        let line = memchr::memchr_iter(b'\n', &all[..at]).count() + 1;
        all.splice(at..at + bytes, new.as_ref().iter().copied());
        self.bytes = Some(all);
        Place::Line(line)
    }
}
