//! What was predicted, in little room, with its documents to be found by name.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use twox_hash::XxHash3_64;

use super::incomparable::Incomparable;
use super::stems::stem;
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
    pub(super) documents: Vec<Entry>,
    spans: Vec<Guess>,
    classes: Vec<u32>,
    /// The documents by the last segment of their names, without its ending.
    pub(super) by_stem: BTreeMap<String, Vec<usize>>,
    /// The documents of label files by the hashes of their texts.
    pub(super) by_text: BTreeMap<u64, Vec<usize>>,
    /// Documents that the service could not work on.
    pub(super) failed: Vec<String>,
    /// Files of which there are more pages.
    pub(super) continued: Vec<String>,
    /// Label files with records that cannot be read, each with how many.
    pub(super) unread: Vec<(String, u64)>,
    /// The names of all gold documents.
    pub(super) gold_names: BTreeSet<Box<str>>,
    /// Gold documents that were found by their texts, by the hashes of these: their names and what tells
    /// their labels from others.
    pub(super) gold_texts: BTreeMap<u64, Vec<(String, u64)>>,
}

/// A predicted span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    /// The number of its label.
    pub(super) label: u32,
    /// The numbers that the file has. Each span of a label file may be in a unit of its own.
    pub(super) span: Span,
    /// The bytes in the text, where the text was read with the label file and they are proved.
    pub(super) bytes: Option<(usize, usize)>,
}

/// A document.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    unit: Unit,
    origin: Origin,
    text: Option<u64>,
    spans: Range<usize>,
    classes: Range<usize>,
    words: Vec<Option<String>>,
    /// How many of its labels cannot be read.
    unreadable: u64,
    /// What tells its labels from others, where they are of a label file.
    pub(super) likeness: u64,
    expected: Option<Expected>,
    /// The gold document that it is.
    pub(super) claimed_by: Option<String>,
    /// Whether that was found by its text.
    pub(super) is_by_text: bool,
}

/// A document with what was predicted for it.
pub(super) struct Found<'a> {
    pub(super) name: &'a str,
    pub(super) unit: Unit,
    /// The hash of its text, where that was read.
    pub(super) text: Option<u64>,
    pub(super) spans: &'a [Guess],
    pub(super) classes: &'a [u32],
    /// How many of its labels cannot be read.
    pub(super) unreadable: u64,
    /// The words that each span is said to name, or nothing.
    pub(super) words: &'a [Option<String>],
    pub(super) expected: Option<&'a Expected>,
}

impl Found<'_> {
    /// The spans as the file has them.
    pub(super) fn declared(&self) -> Vec<Span> {
        self.spans.iter().map(|guess| guess.span).collect()
    }

    /// The same numbers in another unit.
    pub(super) fn declared_in(&self, unit: Unit) -> Vec<Span> {
        let spans = self.spans.iter();
        spans.map(|guess| Span { unit, ..guess.span }).collect()
    }
}

/// What tells a text from others.
pub(super) fn fingerprint(text: &str) -> u64 {
    XxHash3_64::oneshot(text.as_bytes())
}

/// What tells the labels of a document from those of another one with the same text.
pub(super) fn likeness(document: &LabeledDocument) -> u64 {
    let spans = document.spans.iter();
    let spans = spans.map(|it| (it.category.as_str(), it.bytes.as_ref()));
    let classes = document.classes.iter().map(|class| (class.as_str(), None));
    let mut labels: Vec<_> = spans.chain(classes).map(|it| format!("{it:?}")).collect();
    labels.sort_unstable();
    fingerprint(&labels.join(" "))
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
        let mut unread = u64::from(corpus.is_broken());
        corpus.each(
            |_| true,
            |aligned| {
                match aligned {
                    Some(aligned) => {
                        self.add_document(aligned.labeled(), aligned.document.unreadable);
                    }
                    None => unread += 1,
                }
                Ok(())
            },
        )?;
        if unread > 0 {
            self.unread.push((path.to_owned(), unread));
        }
        Ok(Ok(()))
    }

    fn add_document(&mut self, document: LabeledDocument, unreadable: u64) {
        let first = self.spans.len();
        for span in &document.spans {
            let label = self.names.number(&span.category);
            self.spans.push(Guess {
                label,
                span: span.declared,
                bytes: span.bytes.as_ref().map(|bytes| (bytes.start, bytes.end)),
            });
        }
        let classes = self.add_classes(&document.classes);
        self.add(Entry {
            unit: Unit::Utf16,
            unreadable,
            likeness: likeness(&document),
            is_by_text: false,
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
                let span = Span { unit, start, end };
                self.spans.push(Guess {
                    label,
                    span,
                    bytes: None,
                });
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
                unreadable: 0,
                likeness: 0,
                is_by_text: false,
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
            unreadable: entry.unreadable,
            expected: entry.expected.as_ref(),
        }
    }
}
