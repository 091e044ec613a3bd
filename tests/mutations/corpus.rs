//! A corpus that a test can spoil: the label file as a value, and the texts.

use std::collections::BTreeMap;
use std::fs;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use labelwright::input;
use labelwright::input::Source;
use labelwright::operations;
use labelwright::pipeline::{Options, Outcome};
use labelwright::rules::settings::Settings;
use labelwright::text::Unit;
use serde_json::{Value, json};
use tempfile::TempDir;
use unicode_segmentation::UnicodeSegmentation;

use super::spell::{COMPACT, PRETTY, Style};

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
    folder: Option<Arc<TempDir>>,
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
    pub(super) fn write(&mut self) -> Arc<TempDir> {
        let folder = self.folder.take().unwrap_or_else(|| {
            let folder = tempfile::tempdir().unwrap();
            for (name, bytes) in &*self.files {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            Arc::new(folder)
        });
        self.folder = Some(Arc::clone(&folder));
        folder
    }
}

/// A label on a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) document: usize,
    /// From the document to the label.
    pub(super) pointer: String,
    pub(super) category: String,
    /// The bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
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

/// How many units a text has.
pub(super) fn length(text: &str, unit: Unit) -> i64 {
    let length = match unit {
        Unit::Utf16 => text.encode_utf16().count(),
        Unit::CodePoint => text.chars().count(),
        Unit::Utf8 => text.len(),
        Unit::Grapheme => text.graphemes(true).count(),
    };
    i64::try_from(length).unwrap()
}

/// The bytes at which a text has had so many units, by their number; `None` inside a character.
fn edges(text: &str, unit: Unit) -> Vec<Option<usize>> {
    let mut edges = Vec::with_capacity(text.len() + 1);
    for (byte, char) in text.char_indices() {
        edges.push(Some(byte));
        let inside = length(char.encode_utf8(&mut [0; 4]), unit) - 1;
        edges.extend((0..inside).map(|_| None));
    }
    edges.push(Some(text.len()));
    edges
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
        let options = Options {
            settings: self.settings.clone(),
            unit: self.unit,
            jobs: self.jobs,
            ..Options::default()
        };
        let outcome = operations::check(&source, None, texts.as_ref(), &options).unwrap();
        let mut outcomes = [outcome];
        operations::unlisted(&mut outcomes, &[&options.levels]).unwrap();
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

    /// All labels of a document that have a place in its text.
    pub(super) fn labels_of(&self, index: usize) -> Vec<Spot> {
        let text = self.text(index);
        let edges = edges(&text, self.counted);
        let byte_at = |units: i64| edges[usize::try_from(units).unwrap()].unwrap();
        let mut spots = Vec::new();
        let document = &self.documents()[index];
        let mut add = |pointer: String, category: &Value, start: i64, end: i64| {
            spots.push(Spot {
                document: index,
                pointer,
                category: category.as_str().unwrap().to_owned(),
                start: byte_at(start),
                end: byte_at(end),
            });
        };
        let number = |value: &Value| value.as_i64().unwrap();
        if self.aml {
            for (at, label) in document["label"].as_array().unwrap().iter().enumerate() {
                let (start, end) = (number(&label["offsetStart"]), number(&label["offsetEnd"]));
                add(format!("/label/{at}"), &label["label"], start, end);
            }
            return spots;
        }
        let mut list = |pointer: String, labels: &Value| {
            for (at, label) in labels.as_array().into_iter().flatten().enumerate() {
                let (offset, length) = (number(&label["offset"]), number(&label["length"]));
                let pointer = format!("{pointer}/{at}");
                add(pointer, &label["category"], offset, offset + length);
            }
        };
        list("/sentimentSpans".to_owned(), &document["sentimentSpans"]);
        let regions = document["entities"].as_array().into_iter().flatten();
        for (at, region) in regions.enumerate() {
            list(format!("/entities/{at}/labels"), &region["labels"]);
        }
        spots
    }

    /// One of the labels that are as asked, of those with their text.
    pub(super) fn label_where(&self, asked: impl Fn(&Spot, &str) -> bool) -> Spot {
        let mut all = Vec::new();
        for index in 0..self.documents().len() {
            let text = self.text(index);
            let labels = self.labels_of(index);
            all.extend(labels.into_iter().filter(|spot| asked(spot, &text)));
        }
        self.pick(all)
    }

    pub(super) fn any_label(&self) -> Spot {
        self.label_where(|_, _| true)
    }

    /// The label itself.
    pub(super) fn label(&mut self, spot: &Spot) -> &mut Value {
        let document = self.document(spot.document);
        document.pointer_mut(&spot.pointer).unwrap()
    }

    /// The array that holds the label, and the pointer to the array.
    pub(super) fn siblings(&mut self, spot: &Spot) -> (&mut Vec<Value>, String) {
        let (list, _) = spot.pointer.rsplit_once('/').unwrap();
        let document = self.document(spot.document);
        let siblings = document.pointer_mut(list).unwrap().as_array_mut().unwrap();
        (siblings, list.to_owned())
    }

    /// Adds a label beside another one, to the end of its list; answers its place.
    pub(super) fn add_label(&mut self, beside: &Spot, label: Value) -> Place {
        let aml = self.aml;
        let (siblings, list) = self.siblings(beside);
        siblings.push(label);
        let at = siblings.len() - 1;
        if aml {
            let confidences = &mut self.document(beside.document)["label_confidence"];
            confidences.as_array_mut().unwrap().push(json!(1.0));
        }
        Place::Document(beside.document, format!("{list}/{at}"))
    }

    /// A document whose last label does not reach the end of its text.
    pub(super) fn document_without_end(&self) -> usize {
        let open = |index: &usize| {
            let text = self.text(*index);
            let labels = self.labels_of(*index);
            let last = labels.iter().map(|spot| spot.end).max().unwrap();
            last < text.len() && !text.ends_with("\r\n")
        };
        self.pick((0..self.documents().len()).filter(open).collect())
    }

    /// A label with that name on those bytes of the text.
    pub(super) fn new_label(&self, index: usize, category: &str, bytes: (usize, usize)) -> Value {
        let text = self.text(index);
        let start = length(&text[..bytes.0], self.counted);
        let end = length(&text[..bytes.1], self.counted);
        self.numbered(category, start, end)
    }

    /// A label with that name and those numbers.
    pub(super) fn numbered(&self, category: &str, start: i64, end: i64) -> Value {
        if self.aml {
            json!({ "label": category, "offsetStart": start, "offsetEnd": end })
        } else {
            json!({ "category": category, "offset": start, "length": end - start })
        }
    }

    /// The numbers of a label: start and end.
    pub(super) fn numbers(&self, spot: &Spot) -> (i64, i64) {
        let text = self.text(spot.document);
        let units = |byte: usize| length(&text[..byte], self.counted);
        (units(spot.start), units(spot.end))
    }

    /// Gives a label other numbers; answers its place.
    pub(super) fn move_label(&mut self, spot: &Spot, start: i64, end: i64) -> Place {
        *self.label(spot) = self.numbered(&spot.category, start, end);
        Place::Document(spot.document, spot.pointer.clone())
    }

    /// Moves the edges of a label by so many units.
    pub(super) fn shift(&mut self, spot: &Spot, start: i64, end: i64) -> Place {
        let (old_start, old_end) = self.numbers(spot);
        self.move_label(spot, old_start + start, old_end + end)
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

    /// Counts the offsets, and the regions, of a document as another program would have:
    /// `count` gives the units of the text up to a byte.
    pub(super) fn recount(&mut self, index: usize, count: impl Fn(&str) -> i64) {
        let text = self.text(index);
        for spot in self.labels_of(index) {
            let (start, end) = (count(&text[..spot.start]), count(&text[..spot.end]));
            *self.label(&spot) = self.numbered(&spot.category, start, end);
        }
        let regions = self.document(index).get_mut("entities");
        if let Some(Value::Array(regions)) = regions {
            assert_eq!(regions.len(), 1);
            regions[0]["regionLength"] = json!(count(&text));
        }
    }

    /// Makes the only region of a document as long as its text.
    pub(super) fn fit_region(&mut self, index: usize) {
        let text = self.text(index);
        let regions = self.document(index).get_mut("entities");
        if let Some(Value::Array(regions)) = regions {
            regions[0]["regionLength"] = json!(length(&text, Unit::Utf16));
        }
    }
}
