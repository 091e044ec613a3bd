//! The labels of a corpus: found, changed, added, and counted otherwise.

use labelwright::internals::text::Unit;
use labelwright::internals::text::clusters::clusters;
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::corpus::{Corpus, Place};

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

/// How many units a text has.
pub(super) fn length(text: &str, unit: Unit) -> i64 {
    let length = match unit {
        Unit::Utf16 => text.encode_utf16().count(),
        Unit::CodePoint => text.chars().count(),
        Unit::Utf8 => text.len(),
        Unit::Grapheme => text.graphemes(true).count(),
        Unit::Grapheme10 => clusters(text, unit).count(),
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

impl Corpus {
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
