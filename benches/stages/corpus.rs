//! Label files of any size without texts, the same everywhere.

use labelwright::internals::json::cut::{BATCH_BYTES, Cut, Elements, Lines, Sizes};
use serde_json::Value;

use super::made::{
    ENTITIES, aml_span, language_document, language_label, language_project, sure_aml_line,
};

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
        language_project(ENTITIES, &CATEGORIES, &documents)
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

fn lines(documents: usize) -> String {
    let line = |document| {
        let spans = labels(document)
            .map(|(category, start, length)| aml_span(category, start, start + length));
        let url = format!("AmlDatastore://docs/d{document}.txt");
        sure_aml_line(&url, &spans.collect::<Vec<_>>()) + "\n"
    };
    (0..documents).map(line).collect()
}

fn document(document: usize) -> String {
    let labels =
        labels(document).map(|(category, start, length)| language_label(category, start, length));
    let location = format!("d{document}.txt");
    language_document(&location, None, 600, &labels.collect::<Vec<_>>())
}
