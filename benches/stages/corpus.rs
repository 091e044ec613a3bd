//! Label files of any size without texts, the same everywhere.

use std::fmt::Write;

use labelwright::json::cut::{BATCH_BYTES, Cut, Elements, Lines, Sizes};
use serde_json::Value;

/// How a label file is spelled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spelling {
    /// An Azure ML export: one document a line.
    Lines,
    /// A Language project on one line.
    Minified,
    /// A Language project with two blanks a level, as `json.dump(indent=2)` writes it.
    Pretty,
}

/// The arrays that hold the documents of a Language file.
const DOCUMENTS: [&[&str]; 2] = [&["assets", "documents"], &["documents"]];

impl Spelling {
    pub(crate) const ALL: [Self; 3] = [Self::Lines, Self::Minified, Self::Pretty];

    /// What cuts such a file.
    pub(crate) fn cutter<'a>(self, bytes: &'a [u8]) -> Box<dyn Cut + 'a> {
        let sizes = Sizes {
            batch: BATCH_BYTES,
            record: u64::MAX,
        };
        let input = Box::new(bytes);
        match self {
            Self::Lines => Box::new(Lines::new(input, sizes)),
            Self::Minified | Self::Pretty => Box::new(Elements::new(input, sizes, &DOCUMENTS)),
        }
    }
}

const CATEGORIES: [&str; 3] = ["City", "Date", "Person"];
/// Labels of a document.
const LABELS: usize = 12;
/// Documents of the large label files, which are about 40 MB each.
pub(crate) const LARGE: usize = 60_000;

/// A label file of `documents` documents with twelve spans each.
pub(crate) fn label_file(spelling: Spelling, documents: usize) -> Vec<u8> {
    let project = || {
        let documents: Vec<String> = (0..documents).map(document).collect();
        project(&CATEGORIES, &documents)
    };
    match spelling {
        Spelling::Lines => lines(documents).into_bytes(),
        Spelling::Minified => project().into_bytes(),
        Spelling::Pretty => {
            let value: Value = serde_json::from_str(&project()).expect("JSON");
            serde_json::to_vec_pretty(&value).expect("JSON")
        }
    }
}

/// The large label files: lines, and a project on one line.
pub(crate) fn large() -> (Vec<u8>, Vec<u8>) {
    let file = |spelling| label_file(spelling, LARGE);
    (file(Spelling::Lines), file(Spelling::Minified))
}

/// The records of a label file.
pub(crate) fn records(spelling: Spelling, documents: usize) -> Vec<String> {
    let bytes = label_file(spelling, documents);
    let (mut cutter, mut records) = (spelling.cutter(&bytes), Vec::new());
    while let Some(batch) = cutter.next(Vec::new()).expect("memory can be read") {
        let text = String::from_utf8(batch.bytes).expect("UTF-8");
        records.extend(
            batch
                .records
                .into_iter()
                .map(|range| text[range].to_owned()),
        );
    }
    assert_eq!(records.len(), documents);
    records
}

/// The category, the first character and the length of each label of a document.
fn labels(document: usize) -> impl Iterator<Item = (&'static str, usize, usize)> {
    (0..LABELS).map(move |label| {
        let category = CATEGORIES[(document + label) % CATEGORIES.len()];
        (category, 40 * label + document % 30, 4 + document % 9)
    })
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}

fn lines(documents: usize) -> String {
    let ones = ["1.0"; LABELS].join(",");
    let mut lines = String::new();
    for document in 0..documents {
        let labels = joined(labels(document).map(|(category, start, length)| {
            let end = start + length;
            format!(r#"{{"label":"{category}","offsetStart":{start},"offsetEnd":{end}}}"#)
        }));
        let _ = writeln!(
            lines,
            r#"{{"image_url":"AmlDatastore://docs/d{document}.txt","label":[{labels}],"label_confidence":[{ones}]}}"#
        );
    }
    lines
}

fn document(document: usize) -> String {
    let labels = joined(labels(document).map(|(category, start, length)| {
        format!(r#"{{"category":"{category}","offset":{start},"length":{length}}}"#)
    }));
    format!(
        r#"{{"location":"d{document}.txt","language":"en-us","entities":[{{"regionOffset":0,"regionLength":600,"labels":[{labels}]}}]}}"#
    )
}

/// A Language project on one line, of documents that are spelled already.
pub(crate) fn project(categories: &[&str], documents: &[String]) -> String {
    let declared = categories.iter();
    let declared = joined(declared.map(|name| format!(r#"{{"category":"{name}"}}"#)));
    let documents = documents.join(",");
    format!(
        r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit","metadata":{{"projectKind":"CustomEntityRecognition","storageInputContainerName":"docs","projectName":"bench","multilingual":false,"description":"","language":"en-us","settings":{{}}}},"assets":{{"projectKind":"CustomEntityRecognition","entities":[{declared}],"documents":[{documents}]}}}}"#
    )
}
