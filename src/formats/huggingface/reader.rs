//! Reads records.

use std::rc::Rc;

use super::wire::{MEMBERS, TEXTS, classes_of, spans_of};
use super::{quick, tokens};
use crate::diagnostics::Located;
use crate::formats::fields::{Field, Fields};
use crate::formats::inline::no_labels;
use crate::formats::inline::{List, Lists, frame, sole_pointer};
use crate::formats::{Context, Reading, Record, RecordForm, audit};
use crate::json::{Locator, Node, Pointer};
use crate::model::{At, Document, Extras, Foreign, Kind, Labels};

/// What reads the labels of a record.
pub(super) struct LabelReader<'a, 'f, 'p> {
    pub(super) text: &'a str,
    pub(super) context: Context<'p>,
    pub(super) issues: &'f mut Vec<Located>,
    pub(super) unknown: u64,
    pub(super) unreadable: u64,
    /// Labels of the sort that the project does not have.
    pub(super) lost: Vec<(Foreign, u64)>,
}

/// Reads a record. A blank one gives no document and one fact.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    if context.quick
        && let Some((document, form)) = quick::read(&record, &context)
    {
        return Reading::plain(document, form);
    }
    let mut issues = Vec::new();
    let read = read_record(record, context, &mut issues);
    Reading::careful(read.map(|(document, form)| (Some(document), form)), issues)
}

fn read_record<'a>(
    record: Record<'a>,
    context: Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<(Document<'a>, RecordForm)> {
    let text = record.text;
    let node = audit::line(&record, issues)?;
    let root = Field {
        node,
        pointer: Pointer::root(),
    };
    let line = Fields::new(text, root, issues)?;
    if let Some((tokens, tags)) = tokens::of(&line) {
        let fields = (&tokens, &tags);
        return Some(tokens::read(&line, fields, &record, &context, issues));
    }
    let frame = frame(&line, &record, &context, &TEXTS, issues)?;
    let mut reader = LabelReader {
        text,
        context,
        issues,
        unknown: frame.unused,
        unreadable: 0,
        lost: Vec::new(),
    };
    let (labels, form) = reader.labels(&line);
    let (unknown, unreadable, lost) = (reader.unknown, reader.unreadable, reader.lost);
    let told = [&context.told.text_key, &context.told.name_key];
    let told: Vec<&str> = told.into_iter().filter_map(|key| key.as_deref()).collect();
    let extras = Extras {
        unknown: unknown + line.unknown_beside(&MEMBERS, &told, issues),
        lost,
        ..Extras::default()
    };
    Some((frame.document(&record, labels, extras, unreadable), form))
}

impl<'a> LabelReader<'a, '_, '_> {
    /// The labels of a record: those that the project has, where it has both.
    fn labels(&mut self, line: &Fields<'a>) -> (Labels<'a>, RecordForm) {
        let (spans, classes) = (spans_of(line), classes_of(line));
        let has_spans = spans
            .as_ref()
            .is_some_and(|field| !field.node.items().is_empty());
        match (spans, classes) {
            (None, None) => {
                line.required("label", self.issues);
                self.unreadable += 1;
                (no_labels(self.context.kind), RecordForm::Undecided)
            }
            (Some(spans), None) => self.of_spans(&spans),
            (None, Some(classes)) => self.of_classes(&classes),
            (Some(spans), Some(classes)) => {
                let wants_spans = self.context.kind.map_or(has_spans, Kind::has_spans);
                if wants_spans {
                    let (other, _) = self.apart(|reader| reader.classes(&classes));
                    self.lost.push((Foreign::Class, other.count() as u64));
                    self.of_spans(&spans)
                } else {
                    let number = spans.node.items().len();
                    self.lost.push((Foreign::Span, number as u64));
                    self.of_classes(&classes)
                }
            }
        }
    }

    /// What a reader makes of a member that is no part of the document; nothing is said of it.
    fn apart<T>(&mut self, read: impl FnOnce(&mut LabelReader<'a, '_, '_>) -> T) -> T {
        let mut unsaid = Vec::new();
        read(&mut LabelReader {
            text: self.text,
            context: self.context,
            issues: &mut unsaid,
            unknown: 0,
            unreadable: 0,
            lost: Vec::new(),
        })
    }

    fn of_spans(&mut self, field: &Field<'a>) -> (Labels<'a>, RecordForm) {
        let labels = self.spans(field);
        if labels.is_empty() && self.unreadable == 0 {
            return (no_labels(self.context.kind), RecordForm::Undecided);
        }
        let form = RecordForm::Kind(Kind::EntityRecognition);
        (Labels::entities(labels, None), form)
    }

    fn of_classes(&mut self, field: &Field<'a>) -> (Labels<'a>, RecordForm) {
        let (labels, form) = self.classes(field);
        if form == RecordForm::Undecided && !self.context.kind.is_some_and(Kind::has_classes) {
            return (no_labels(self.context.kind), form);
        }
        (labels, form)
    }
}

/// Whether the labels of a record are tags of tokens.
pub(super) fn is_tagged(document: &Document<'_>, locator: &Locator<'_>) -> bool {
    lists(document, locator).is_tagged
}

/// The pointer from the root of a record to a place in it.
pub(super) fn pointer(document: &Document<'_>, locator: &Locator<'_>, at: At) -> Pointer {
    if matches!(at, At::Label(_) | At::Class(_)) {
        return lists(document, locator).pointer(document, at);
    }
    line(document).map_or_else(Pointer::root, |line| sole_pointer(&line, at))
}

fn lists(document: &Document<'_>, locator: &Locator<'_>) -> Rc<Lists> {
    locator.once(|| {
        let line = line(document);
        let tags = line.as_ref().and_then(tokens::of).map(|(_, tags)| tags);
        let is_tagged = tags.is_some();
        let spans = tags.or_else(|| line.as_ref().and_then(spans_of));
        Lists {
            spans: spans.map(List::of),
            classes: line.as_ref().and_then(classes_of).map(List::of),
            is_tagged,
        }
    })
}

/// The members of a document's record.
pub(super) fn line<'a>(document: &Document<'a>) -> Option<Fields<'a>> {
    let node = Node::parse(document.source).ok()?;
    let pointer = Pointer::root();
    Fields::new(document.source, Field { node, pointer }, &mut Vec::new())
}
