//! Label files of any size, the same everywhere.

use std::fmt::Write;

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

impl Spelling {
    pub(crate) const ALL: [Self; 3] = [Self::Lines, Self::Minified, Self::Pretty];
}

const CATEGORIES: [&str; 3] = ["City", "Date", "Person"];
/// Labels of a document.
const LABELS: usize = 12;

/// A label file of `documents` documents with twelve spans each.
pub(crate) fn label_file(spelling: Spelling, documents: usize) -> Vec<u8> {
    match spelling {
        Spelling::Lines => lines(documents).into_bytes(),
        Spelling::Minified => project(documents).into_bytes(),
        Spelling::Pretty => {
            let value: Value = serde_json::from_str(&project(documents)).expect("JSON");
            serde_json::to_vec_pretty(&value).expect("JSON")
        }
    }
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
    let mut lines = String::new();
    for document in 0..documents {
        let labels = joined(labels(document).map(|(category, start, length)| {
            let end = start + length;
            format!(r#"{{"label":"{category}","offsetStart":{start},"offsetEnd":{end}}}"#)
        }));
        let _ = writeln!(
            lines,
            r#"{{"image_url":"AmlDatastore://docs/d{document}.txt","label":[{labels}]}}"#
        );
    }
    lines
}

fn project(documents: usize) -> String {
    let documents = joined((0..documents).map(|document| {
        let labels = joined(labels(document).map(|(category, start, length)| {
            format!(r#"{{"category":"{category}","offset":{start},"length":{length}}}"#)
        }));
        format!(
            r#"{{"location":"d{document}.txt","language":"en-us","entities":[{{"regionOffset":0,"regionLength":600,"labels":[{labels}]}}]}}"#
        )
    }));
    let declared = joined(
        CATEGORIES
            .iter()
            .map(|name| format!(r#"{{"category":"{name}"}}"#)),
    );
    format!(
        r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit","metadata":{{"projectKind":"CustomEntityRecognition","storageInputContainerName":"docs","projectName":"bench","multilingual":false,"description":"","language":"en-us","settings":{{}}}},"assets":{{"projectKind":"CustomEntityRecognition","entities":[{declared}],"documents":[{documents}]}}}}"#
    )
}
