//! Reads pairs.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::super::fields::{self, Field, Fields, array, located, wrong_type};
use super::super::names::address;
use super::super::{Context, Reading, Record, RecordForm, audit};
use super::place::Holder;
use super::wire::{MEMBERS, TOOL};
use crate::diagnostics::{Issue, Located};
use crate::formats::cats::{Cats, cats};
use crate::formats::inline::no_labels;
use crate::json::{Integer, Kind as JsonKind, Pointer, integer};
use crate::model::{
    Body, Confidence, Document, Extras, Foreign, Kind, Label, Labels, NotAccepted, Notation,
};
use crate::text::Span;

const OFFSETS: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// Reads a pair.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let mut reader = Reader {
        text: record.text,
        context,
        issues: Vec::new(),
        extras: Extras::default(),
        unreadable: 0,
    };
    let read = reader.pair(record);
    Reading::careful(read, reader.issues)
}

struct Reader<'a, 'p> {
    text: &'a str,
    context: Context<'p>,
    issues: Vec<Located>,
    extras: Extras<'a>,
    /// Labels that could not be read.
    unreadable: u64,
}

impl<'a> Reader<'a, '_> {
    fn pair(&mut self, record: Record<'a>) -> Option<(Option<Document<'a>>, RecordForm)> {
        let node = audit::line(&record, &mut self.issues)?;
        if node.kind() == JsonKind::Null {
            return Some((None, RecordForm::NotAccepted(NotAccepted::Null)));
        }
        let root = Field {
            node,
            pointer: Pointer::root(),
        };
        let items = array(self.text, &root, &mut self.issues)?;
        let [text, annotations, others @ ..] = items.as_slice() else {
            let expected = "an array of a text and an object";
            wrong_type(self.text, &root, expected, &mut self.issues);
            return None;
        };
        self.extras.unknown += others.len() as u64;
        let body = fields::string(self.text, text, &mut self.issues);
        let annotations = Fields::new(self.text, annotations.clone(), &mut self.issues)?;
        let holder = Holder::of(annotations.node());
        let (labels, form) = match &holder {
            None => (no_labels(self.context.kind), RecordForm::Undecided),
            Some(Holder::Cats) => self.cats(annotations.find("cats")),
            Some(Holder::Entities) => self.spans(annotations.find("entities")),
            Some(Holder::Group(key)) => {
                let groups = annotations.find("spans")?.node.members();
                let found = groups.iter().rev().find(|group| group.key() == *key)?;
                self.spans(Some(Field {
                    node: found.value,
                    pointer: Holder::Group(key.clone()).pointer(),
                }))
            }
        };
        self.extras.unlabeled = holder.is_none();
        self.others(&annotations, holder.as_ref());
        let address = address(
            Cow::Borrowed(""),
            record.in_file.1,
            self.context.stem(&record),
        );
        let form = if self.unreadable > 0 {
            RecordForm::Undecided
        } else {
            form
        };
        let document = Document {
            index: record.index,
            start: record.start,
            source: record.text,
            address,
            body: Body::Inline(body?),
            language: None,
            split: None,
            labels,
            notation: Notation::Plain,
            extras: std::mem::take(&mut self.extras),
            unreadable: self.unreadable,
        };
        Some((Some(document), form))
    }

    fn spans(&mut self, field: Option<Field<'a>>) -> (Labels<'a>, RecordForm) {
        let items = field.and_then(|field| array(self.text, &field, &mut self.issues));
        let Some(items) = items else {
            self.unreadable += 1;
            return (Labels::entities(Vec::new(), None), RecordForm::Undecided);
        };
        if items.is_empty() {
            return (no_labels(self.context.kind), RecordForm::Undecided);
        }
        let mut labels = Vec::new();
        if items
            .iter()
            .all(|item| item.node.kind() == JsonKind::String)
        {
            // Tags of tokens that the file does not have.
            let first = &items[0];
            let expected = "an array of start, end and label (spaCy's tags of tokens are read with \
                            its tokenizer alone)";
            wrong_type(self.text, first, expected, &mut self.issues);
            self.unreadable += items.len() as u64;
            return (Labels::entities(labels, None), RecordForm::Undecided);
        }
        for (index, item) in items.into_iter().enumerate() {
            match self.span(&item, index) {
                Some(label) => labels.push(label),
                None => self.unreadable += 1,
            }
        }
        let form = RecordForm::Kind(Kind::EntityRecognition);
        (Labels::entities(labels, None), form)
    }

    fn span(&mut self, item: &Field<'a>, index: usize) -> Option<Label<'a>> {
        let parts = array(self.text, item, &mut self.issues)?;
        let [start, end, label, others @ ..] = parts.as_slice() else {
            let expected = "an array of start, end and label";
            wrong_type(self.text, item, expected, &mut self.issues);
            return None;
        };
        // An id in a knowledge base may follow.
        let others = others.len() as u64;
        if others > 0 {
            self.extras.lost.push((Foreign::Attribute, others));
        }
        let category = fields::string(self.text, label, &mut self.issues);
        let start = self.number(start);
        let end = self.number(end);
        Some(Label {
            category: category?,
            span: Span {
                unit: self.context.unit,
                start: start?,
                end: end?,
            },
            region: 0,
            index,
            covered: None,
        })
    }

    fn number(&mut self, field: &Field<'a>) -> Option<i64> {
        let spelled = if field.node.kind() == JsonKind::Number {
            integer(field.node.raw())
        } else {
            Integer::Fraction
        };
        match spelled {
            Integer::Plain(value) if OFFSETS.contains(&value) => Some(value),
            Integer::Spelled(value) => {
                let issue = fields::readable(field, "an integer");
                self.issues.push(located(self.text, issue, field));
                Some(value)
            }
            _ => {
                wrong_type(self.text, field, "an integer", &mut self.issues);
                None
            }
        }
    }

    /// The classes whose numbers are at least a half.
    fn cats(&mut self, field: Option<Field<'a>>) -> (Labels<'a>, RecordForm) {
        let Some(field) = field else {
            return (no_labels(self.context.kind), RecordForm::Undecided);
        };
        if field.node.kind() != JsonKind::Object {
            let issue = Issue::ImporterRejects {
                tool: TOOL,
                what: "`cats` is no object".into(),
                outcome: "raises an error for the example",
                help: "write an object with a number for each class",
            };
            self.issues.push(located(self.text, issue, &field));
            wrong_type(
                self.text,
                &field,
                "an object with a number for each class",
                &mut self.issues,
            );
            self.unreadable += 1;
            return (no_labels(self.context.kind), RecordForm::Undecided);
        }
        let Cats {
            classes,
            between,
            unreadable,
        } = cats(self.text, &field, &mut self.issues);
        self.unreadable += unreadable;
        if between {
            self.extras.confidence = Confidence::Other(field.node.raw());
        }
        let several = classes.len() != 1;
        let labels = match self.context.kind {
            Some(Kind::SingleLabelClassification) if classes.len() < 2 => {
                Labels::class(classes.into_iter().next())
            }
            _ => Labels::classes(classes),
        };
        (labels, RecordForm::Classes { several })
    }

    /// Counts what no other format has a place for.
    fn others(&mut self, annotations: &Fields<'a>, holder: Option<&Holder>) {
        self.extras.unknown += annotations.pass(&MEMBERS, &mut self.issues);
        let held = holder.map(Holder::member);
        for name in MEMBERS {
            let Some(field) = annotations.find(name).filter(|_| held != Some(name)) else {
                continue;
            };
            let count = |node: crate::json::Node<'_>| node.items().len() + node.members().len();
            let (sort, number) = match name {
                "cats" => (Foreign::Class, count(field.node)),
                "entities" => (Foreign::Span, count(field.node)),
                _ => {
                    let groups = field.node.members();
                    let spans = groups.iter().map(|group| count(group.value)).sum();
                    (Foreign::Span, spans)
                }
            };
            self.extras.lost.push((sort, number as u64));
        }
    }
}
