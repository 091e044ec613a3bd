//! Small label files with findings of several kinds.

use std::fmt::Write;

use crate::support::{Run, TempFolder, aml_line, aml_span, run};

/// A document with its labels: start, end, name.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) text: &'static str,
    pub(super) labels: Vec<(usize, usize, &'static str)>,
}

/// The documents of a label file.
#[derive(Clone, Debug)]
pub(super) struct Corpus(pub(super) Vec<Document>);

impl Corpus {
    /// Three documents with eleven findings: of spans, of labels, of the corpus.
    pub(super) fn bad() -> Self {
        let document = |name: &str, text, labels: &[_]| Document {
            name: name.to_owned(),
            text,
            labels: labels.to_vec(),
        };
        Self(vec![
            document(
                "one.txt",
                "A warm wind is expected in Wellington today. Athens stays dry.",
                &[(27, 34, "City"), (45, 51, "City"), (44, 51, "City")],
            ),
            document(
                "two.txt",
                "The river Elbe is long and wide.",
                &[(10, 14, "River"), (10, 14, "River"), (20, 99, "River")],
            ),
            document(
                "three.txt",
                "Paris and London are cities in Europe.",
                &[
                    (0, 5, "City"),
                    (0, 5, "Place"),
                    (10, 16, "City"),
                    (10, 10, "City"),
                ],
            ),
        ])
    }

    pub(super) fn document(&mut self, name: &str) -> &mut Document {
        self.0.iter_mut().find(|it| it.name == name).unwrap()
    }

    /// Adds a label behind the others of a document.
    pub(super) fn label(
        &mut self,
        document: &str,
        start: usize,
        end: usize,
        name: &'static str,
    ) -> &mut Self {
        self.document(document).labels.push((start, end, name));
        self
    }

    /// Removes the first label at a place.
    pub(super) fn remove(&mut self, document: &str, start: usize, end: usize) {
        let labels = &mut self.document(document).labels;
        let at = labels.iter().position(|it| (it.0, it.1) == (start, end));
        labels.remove(at.unwrap());
    }

    /// All words of the texts that are no names of labels.
    pub(super) fn words(&self) -> Vec<String> {
        let words = self.0.iter().flat_map(|it| it.text.split(' '));
        let words = words.map(|word| word.trim_matches('.').to_owned());
        // Short ones stand in names of members.
        words.filter(|word| word.len() > 4).collect()
    }

    /// An Azure ML export.
    pub(super) fn aml(&self) -> String {
        let mut out = String::new();
        for document in &self.0 {
            let spans = document.labels.iter();
            let spans = spans.map(|(start, end, name)| aml_span(name, start, end));
            let url = format!("AmlDatastore://store/{}", document.name);
            writeln!(out, "{}", aml_line(&url, &spans.collect::<Vec<_>>())).unwrap();
        }
        out
    }
}

/// A folder with `labels.jsonl` and its documents.
pub(super) struct Place(pub(super) TempFolder);

impl Place {
    pub(super) fn of(corpus: &Corpus) -> Self {
        let place = Self(TempFolder::new());
        place.put(corpus);
        place
    }

    /// Writes another corpus in the place of the one that is there.
    pub(super) fn put(&self, corpus: &Corpus) {
        for document in &corpus.0 {
            self.0.write(&document.name, document.text);
        }
        self.0.write("labels.jsonl", corpus.aml());
    }

    pub(super) fn labels(&self) -> String {
        self.0.read("labels.jsonl")
    }

    /// Checks `labels.jsonl`.
    pub(super) fn check(&self, more: &[&str]) -> Run {
        run(self.0.path(), ["check", "labels.jsonl"].iter().chain(more))
    }

    /// The lines of a file.
    pub(super) fn lines(&self, name: &str) -> Vec<String> {
        self.0.read(name).lines().map(str::to_owned).collect()
    }

    /// The baseline of a corpus.
    pub(super) fn baseline(&self, corpus: &Corpus) -> String {
        self.put(corpus);
        self.check(&["--write-baseline", "now.jsonl"]).expect(0);
        self.0.read("now.jsonl")
    }
}

/// Lines as a file has them.
pub(super) fn lines(lines: &[String]) -> String {
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}
