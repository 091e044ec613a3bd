//! What was predicted, in little room, with its documents to be found by name.

use std::collections::BTreeMap;
use std::ops::Range;

use twox_hash::XxHash3_64;

use super::incomparable::Incomparable;
use crate::diagnostics::quote;
use crate::evaluation::service::{Expected, Predicted, PredictedSpan, ServiceFile};
use crate::evaluation::{Names, Task};
use crate::model::{Kind, LabeledDocument};
use crate::operations::Corpus;
use crate::pipeline::Error;
use crate::text::{Span, Unit};

/// What kind of file predictions come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A label file.
    Labels,
    /// A file of the service.
    Service(ServiceFile),
}

/// What was predicted: spans and classes as the files have them, and of texts no more than a hash.
#[derive(Debug, Default)]
pub struct Predictions {
    pub(super) task: Option<Task>,
    pub(super) names: Names,
    documents: Vec<Entry>,
    spans: Vec<(u32, i64, i64)>,
    classes: Vec<u32>,
    /// The documents by the last segment of their names, without its ending.
    by_stem: BTreeMap<String, Vec<usize>>,
    /// The documents of label files by the hashes of their texts.
    by_text: BTreeMap<u64, Vec<usize>>,
    /// Documents that the service could not work on.
    pub(super) failed: Vec<String>,
    /// Files of which there are more pages.
    pub(super) continued: Vec<String>,
}

/// A document.
#[derive(Debug)]
struct Entry {
    name: String,
    unit: Unit,
    origin: Origin,
    text: Option<u64>,
    spans: Range<usize>,
    classes: Range<usize>,
    words: Vec<Option<String>>,
    expected: Option<Expected>,
    claimed_by: Option<String>,
}

/// A document with what was predicted for it.
pub(super) struct Found<'a> {
    pub(super) name: &'a str,
    pub(super) unit: Unit,
    /// The hash of its text, where that was read.
    pub(super) text: Option<u64>,
    pub(super) spans: &'a [(u32, i64, i64)],
    pub(super) classes: &'a [u32],
    /// The words that each span is said to name, or nothing.
    pub(super) words: &'a [Option<String>],
    pub(super) expected: Option<&'a Expected>,
}

impl Found<'_> {
    /// The spans in a unit.
    pub(super) fn declared(&self, unit: Unit) -> Vec<Span> {
        let span = |(_, start, end): &(u32, i64, i64)| Span {
            unit,
            start: *start,
            end: *end,
        };
        self.spans.iter().map(span).collect()
    }
}

/// What tells a text from others.
pub(super) fn fingerprint(text: &str) -> u64 {
    XxHash3_64::oneshot(text.as_bytes())
}

/// What the labels of a kind are; `None` of what cannot be scored.
pub(super) const fn task_of(kind: Kind) -> Option<Task> {
    match kind {
        Kind::EntityRecognition | Kind::TextSentiment | Kind::Healthcare => Some(Task::Spans),
        Kind::SingleLabelClassification => Some(Task::OneClass),
        Kind::MultiLabelClassification => Some(Task::ClassSets),
        Kind::AbstractiveSummarization => None,
    }
}

impl Predictions {
    /// Adds the labels of a label file.
    ///
    /// Fails where it cannot be read; refuses where it labels something else than the files before.
    pub fn add_labels(&mut self, corpus: &Corpus<'_>) -> Result<Result<(), Incomparable>, Error> {
        let path = corpus.source().name();
        if let Some(kind) = corpus.kind() {
            let Some(task) = task_of(kind) else {
                let why = format!("{path} holds {}, which has no score", kind.noun());
                return Ok(Err(Incomparable::new(why)));
            };
            if let Err(refusal) = self.is_of(task, path) {
                return Ok(Err(refusal));
            }
        }
        for document in corpus.documents()? {
            self.add_document(document?);
        }
        Ok(Ok(()))
    }

    fn add_document(&mut self, document: LabeledDocument) {
        let first = self.spans.len();
        let mut unit = Unit::Utf16;
        for span in &document.spans {
            let label = self.names.number(&span.category);
            unit = span.declared.unit;
            self.spans
                .push((label, span.declared.start, span.declared.end));
        }
        let classes = self.add_classes(&document.classes);
        self.add(Entry {
            unit,
            origin: Origin::Labels,
            text: document.text.as_deref().map(fingerprint),
            spans: first..self.spans.len(),
            classes,
            words: Vec::new(),
            expected: None,
            claimed_by: None,
            name: document.name,
        });
    }

    /// Adds what a file of the service has. Where it does not state what its offsets count, that is
    /// `unit`.
    ///
    /// Refuses where it is about something else than the files before.
    pub fn add_service(
        &mut self,
        path: &str,
        file: ServiceFile,
        predicted: Predicted,
        unit: Unit,
    ) -> Result<(), Incomparable> {
        if predicted.is_unfinished {
            return Err(Incomparable::new(format!(
                "{path} is a job that has not succeeded; get it again when it is done"
            )));
        }
        if let Some(task) = predicted.task {
            self.is_of(task, path)?;
        }
        let unit = predicted.unit.unwrap_or(unit);
        for document in predicted.documents {
            let first = self.spans.len();
            let mut words = Vec::new();
            for PredictedSpan {
                category,
                start,
                end,
                words: named,
            } in document.spans
            {
                let label = self.names.number(&category);
                self.spans.push((label, start, end));
                words.push(named);
            }
            words.retain(|_| file == ServiceFile::Job);
            let classes = self.add_classes(&document.classes);
            self.add(Entry {
                name: document.name,
                unit,
                origin: Origin::Service(file),
                text: None,
                spans: first..self.spans.len(),
                classes,
                words,
                expected: document.expected,
                claimed_by: None,
            });
        }
        self.failed.extend(predicted.failed);
        if predicted.has_more {
            self.continued.push(path.to_owned());
        }
        Ok(())
    }

    fn is_of(&mut self, task: Task, path: &str) -> Result<(), Incomparable> {
        match self.task {
            Some(known) if known != task => Err(Incomparable::new(format!(
                "{path} has {}, and the file before it {}",
                task.noun(),
                known.noun()
            ))),
            _ => {
                self.task = Some(task);
                Ok(())
            }
        }
    }

    fn add_classes(&mut self, classes: &[String]) -> Range<usize> {
        let first = self.classes.len();
        for class in classes {
            let number = self.names.number(class);
            self.classes.push(number);
        }
        self.classes[first..].sort_unstable();
        first..self.classes.len()
    }

    fn add(&mut self, entry: Entry) {
        let places = self.by_stem.entry(stem(&entry.name).to_owned());
        places.or_default().push(self.documents.len());
        if let Some(text) = entry.text {
            let places = self.by_text.entry(text).or_default();
            places.push(self.documents.len());
        }
        self.documents.push(entry);
    }

    /// Whether all documents are those of evaluation results, which have the test documents alone.
    pub(super) fn are_results(&self) -> bool {
        let result = Origin::Service(ServiceFile::Result);
        self.documents.iter().all(|entry| entry.origin == result)
    }

    /// The document of a gold document's name, which claims it. `None` where there is none.
    ///
    /// Refuses where several may be meant, and where another gold document has claimed it.
    pub(super) fn claim(&mut self, name: &str) -> Result<Option<usize>, Incomparable> {
        let places = self.by_stem.get(stem(name));
        let near: Vec<usize> = places.into_iter().flatten().copied().collect();
        let exact: Vec<usize> = near
            .iter()
            .copied()
            .filter(|at| self.documents[*at].name == name)
            .collect();
        let fitting = |at: &usize| fits(name, &self.documents[*at].name);
        let found = if exact.is_empty() {
            near.into_iter().filter(fitting).collect()
        } else {
            exact
        };
        let at = match found.as_slice() {
            [] => return Ok(None),
            [at] => *at,
            [one, other, ..] => {
                let (one, other) = (&self.documents[*one].name, &self.documents[*other].name);
                let why = if one == other {
                    format!("{} is predicted twice; keep one of the two", quote(one))
                } else {
                    format!(
                        "{} may be {} or {}; give the documents the same names on both sides",
                        quote(name),
                        quote(one),
                        quote(other)
                    )
                };
                return Err(Incomparable::new(why));
            }
        };
        let entry = &mut self.documents[at];
        if let Some(other) = &entry.claimed_by {
            return Err(Incomparable::new(format!(
                "{} and {} may both be {}; give the documents the same names on both sides",
                quote(other),
                quote(name),
                quote(&entry.name)
            )));
        }
        entry.claimed_by = Some(name.to_owned());
        Ok(Some(at))
    }

    /// The document with a gold document's text, which claims it: in formats whose documents have no
    /// names, texts are all there is. Of several the first that is free.
    pub(super) fn claim_text(&mut self, name: &str, text: &str) -> Option<usize> {
        let places = self.by_text.get(&fingerprint(text))?;
        let is_free = |at: &&usize| self.documents[**at].claimed_by.is_none();
        let at = *places.iter().find(is_free)?;
        self.documents[at].claimed_by = Some(name.to_owned());
        Some(at)
    }

    /// A document by its place.
    pub(super) fn document(&self, at: usize) -> Found<'_> {
        let entry = &self.documents[at];
        Found {
            name: &entry.name,
            unit: entry.unit,
            text: entry.text,
            spans: &self.spans[entry.spans.clone()],
            classes: &self.classes[entry.classes.clone()],
            words: &entry.words,
            expected: entry.expected.as_ref(),
        }
    }

    /// The names of the documents that no gold document is, in their order.
    pub(super) fn unclaimed(&self) -> impl Iterator<Item = &str> {
        let unclaimed = self.documents.iter();
        let unclaimed = unclaimed.filter(|entry| entry.claimed_by.is_none());
        unclaimed.map(|entry| entry.name.as_str())
    }
}

/// A name without its ending: the id of a document in a job may have none.
fn bare(name: &str) -> &str {
    name.strip_suffix(".txt").unwrap_or(name)
}

/// The last segment of a name without its ending.
fn stem(name: &str) -> &str {
    let bare = bare(name);
    bare.rsplit('/').next().unwrap_or(bare)
}

/// Whether two names are one, but for folders before one of them and the ending.
fn fits(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let is_end = |long: &str, short: &str| {
        let rest = long.strip_suffix(short);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    is_end(one, other) || is_end(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_with_and_without_folders_and_endings() {
        assert!(fits("a/b/1.txt", "b/1.txt"));
        assert!(fits("1", "a/1.txt"));
        assert!(!fits("a/1.txt", "b/1.txt"));
        assert!(!fits("11.txt", "1.txt"));
        assert_eq!(stem("a/b.txt"), "b");
    }

    fn job(names: &[&str]) -> Predictions {
        let mut predictions = Predictions::default();
        let document = |name: &&str| crate::evaluation::service::PredictedDocument {
            name: (*name).to_owned(),
            ..Default::default()
        };
        let predicted = Predicted {
            documents: names.iter().map(document).collect(),
            ..Predicted::default()
        };
        let added = predictions.add_service("p", ServiceFile::Job, predicted, Unit::Grapheme);
        assert!(added.is_ok());
        predictions
    }

    #[test]
    fn a_document_is_claimed_once_and_only_where_it_is_clear() {
        let mut one = job(&["1", "x/2.txt", "y/2.txt"]);
        assert_eq!(one.claim("docs/1.txt").unwrap(), Some(0));
        assert!(one.claim("1.txt").is_err());
        assert!(one.claim("2.txt").is_err());
        assert_eq!(one.claim("x/2.txt").unwrap(), Some(1));
        assert_eq!(one.claim("3.txt").unwrap(), None);
        assert_eq!(one.unclaimed().collect::<Vec<_>>(), ["y/2.txt"]);
        assert!(job(&["1", "1"]).claim("1.txt").is_err());
    }
}
