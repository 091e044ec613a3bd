//! Corpora that a program counted in its own way, in both formats.

use std::fmt::Write as _;
use std::path::Path;

use labelwright::{Source, Texts};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::made::Labeled;

/// A place in code points, in UTF-16 code units.
pub(super) fn utf16(text: &[char], place: usize) -> usize {
    text[..place].iter().map(|char| char.len_utf16()).sum()
}

/// The corpus in AML's form, counted so, and its texts.
pub(super) fn export(documents: &[Labeled], counting: &Counting) -> (Source, Texts) {
    let (mut lines, texts) = (String::new(), texts(documents, counting));
    for (number, (text, labels)) in documents.iter().enumerate() {
        let labels = labels.iter().map(|label| {
            let (start, end) = counting.numbers(text, *label);
            json!({"label": "Name", "offsetStart": start, "offsetEnd": end})
        });
        let labels: Vec<_> = labels.collect();
        let url = format!("AmlDatastore://workspaceblobstore/{number}.txt");
        writeln!(lines, "{}", json!({"image_url": url, "label": labels})).unwrap();
    }
    (Source::in_memory(lines, Path::new("export.jsonl")), texts)
}

/// The texts of a corpus: with a byte-order mark where one was counted.
fn texts(documents: &[Labeled], counting: &Counting) -> Texts {
    let mark = if counting.name == "a byte-order mark" {
        "\u{feff}"
    } else {
        ""
    };
    let texts = documents.iter().enumerate().map(|(number, (text, _))| {
        let text: String = mark.chars().chain(text.iter().copied()).collect();
        (format!("{number}.txt"), text.into_bytes())
    });
    Texts::in_memory(texts.collect::<Vec<_>>())
}

/// A way of counting.
pub(super) struct Counting {
    pub(super) name: &'static str,
    /// The number of a place in code points.
    place: fn(&[char], usize) -> usize,
    /// What is done with the numbers of a label, its start and its end.
    change: fn((i64, i64)) -> (i64, i64),
}

impl Counting {
    /// The numbers of a label's start and end.
    fn numbers(&self, text: &[char], (start, end): (usize, usize)) -> (i64, i64) {
        let number = |place| i64::try_from((self.place)(text, place)).unwrap();
        (self.change)((number(start), number(end)))
    }
}

const fn counting(name: &'static str, place: fn(&[char], usize) -> usize) -> Counting {
    Counting {
        name,
        place,
        change: |numbers| numbers,
    }
}

const fn changed(name: &'static str, change: fn((i64, i64)) -> (i64, i64)) -> Counting {
    Counting {
        name,
        place: utf16,
        change,
    }
}

pub(super) const RIGHT: Counting = counting("as it should", utf16);

/// How a program counts that does not count UTF-16 code units, or writes them otherwise.
pub(super) const COUNTINGS: [Counting; 14] = [
    counting("code points", |_, place| place),
    counting("bytes", |text, place| {
        text[..place].iter().map(|char| char.len_utf8()).sum()
    }),
    counting("CR LF as one", |text, place| {
        utf16(text, place) - returns(text, place)
    }),
    counting("code points, CR LF as one", |text, place| {
        place - returns(text, place)
    }),
    counting("a byte-order mark", |text, place| 1 + utf16(text, place)),
    counting("each LF as two", |text, place| {
        let feeds = text[..place].iter().filter(|char| **char == '\n').count();
        utf16(text, place) + feeds - returns(text, place)
    }),
    counting("decomposed", |text, place| {
        let head: String = text[..place].iter().collect();
        head.nfd().map(char::len_utf16).sum()
    }),
    RIGHT,
    changed("one too large", |(start, end)| (start + 1, end + 1)),
    changed("two too small", |(start, end)| (start - 2, end - 2)),
    changed("three too large", |(start, end)| (start + 3, end + 3)),
    changed("one too small", |(start, end)| (start - 1, end - 1)),
    changed("inclusive ends", |(start, end)| (start, end - 1)),
    changed("end as length", |(start, end)| (start, start + end)),
];

fn returns(text: &[char], place: usize) -> usize {
    text[..place].iter().filter(|char| **char == '\r').count()
}

/// The corpus in Language's form, counted so, and its texts.
pub(super) fn project(documents: &[Labeled], counting: &Counting) -> (Source, Texts) {
    let texts = texts(documents, counting);
    let listed = documents
        .iter()
        .enumerate()
        .map(|(number, (text, labels))| {
            let labels = labels.iter().map(|label| {
                let (offset, end) = counting.numbers(text, *label);
                json!({"category": "Name", "offset": offset, "length": end - offset})
            });
            let labels: Vec<_> = labels.collect();
            let length = (counting.place)(text, text.len());
            json!({"location": format!("{number}.txt"), "language": "en-us", "dataset": "Train",
            "entities": [{"regionOffset": 0, "regionLength": length, "labels": labels}]})
        });
    let listed: Vec<_> = listed.collect();
    let kind = "CustomEntityRecognition";
    let file = json!({
        "projectFileVersion": "2022-05-01", "stringIndexType": "Utf16CodeUnit",
        "metadata": {"projectKind": kind, "storageInputContainerName": "docs",
            "projectName": "p", "multilingual": true, "description": "", "language": "en-us",
            "settings": {}},
        "assets": {"projectKind": kind, "entities": [{"category": "Name"}], "documents": listed},
    });
    let source = Source::in_memory(file.to_string(), Path::new("labels.json"));
    (source, texts)
}

/// The offsets and lengths of a project's labels and regions, document by document.
pub(super) fn numbers(source: &Source) -> Vec<serde_json::Value> {
    let bytes = source.bytes(0..source.length().unwrap()).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let documents = file["assets"]["documents"].as_array().unwrap().iter();
    let labels = documents.map(|document| document["entities"].clone());
    labels.collect()
}

/// The document with CR LF for each LF.
pub(super) fn with_returns(text: &[char], labels: &[(usize, usize)]) -> Labeled {
    let before = |place: usize| place + text[..place].iter().filter(|char| **char == '\n').count();
    let labels = labels
        .iter()
        .map(|(start, end)| (before(*start), before(*end)));
    let labels = labels.collect();
    let text = text.iter().flat_map(|char| match char {
        '\n' => vec!['\r', '\n'],
        char => vec![*char],
    });
    (text.collect(), labels)
}
