//! Reads records.

use super::wire::{MEMBERS, TEXTS, classes_of, spans_of};
use super::{quick, tokens};
use crate::diagnostics::Located;
use crate::formats::fields::{Field, Fields};
use crate::formats::inline::no_labels;
use crate::formats::inline::{LANGUAGE, SETS, frame, name_of};
use crate::formats::{Context, Reading, Record, RecordForm, audit};
use crate::json::Pointer;
use crate::model::{At, Classes, Document, Extras, Foreign, Kind, Labels};

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

/// The pointer from the root of a record to a place in it.
pub(super) fn pointer(document: &Document<'_>, at: At) -> Pointer {
    let root = Pointer::root();
    let Some(line) = line(document) else {
        return root;
    };
    let item = |field: Option<Field<'_>>, index: usize| match field {
        Some(field) if field.node.raw().starts_with('[') => field.pointer.item(index),
        Some(field) => field.pointer,
        None => root.clone(),
    };
    match at {
        At::Address => name_of(&line, None).map_or(root, |field| field.pointer),
        At::Label(label) => {
            let label = document.spans().get(label);
            let tags = tokens::of(&line).map(|(_, tags)| tags);
            item(
                tags.or_else(|| spans_of(&line)),
                label.map_or(0, |label| label.index),
            )
        }
        At::Class(class) => {
            let classes = document.labels.classes.as_ref().map(Classes::as_slice);
            let class = classes.and_then(|classes| classes.get(class));
            item(classes_of(&line), class.map_or(0, |class| class.index))
        }
        At::Split => SETS
            .iter()
            .find_map(|name| line.find(name))
            .map_or(root, |field| field.pointer),
        At::Language => line.find(LANGUAGE).map_or(root, |field| field.pointer),
        At::Document | At::Region(_) | At::Summary => root,
    }
}

/// The members of a document's record.
pub(super) fn line<'a>(document: &Document<'a>) -> Option<Fields<'a>> {
    let node = crate::json::Node::parse(document.source).ok()?;
    let pointer = Pointer::root();
    Fields::new(document.source, Field { node, pointer }, &mut Vec::new())
}
