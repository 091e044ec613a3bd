//! Reads what there is to read of a record, and notes everything that is not as it should be.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::super::super::fields::{self, Field, Fields, array, wrong_type};
use super::super::super::names::address;
use super::super::super::{Context, Reading, Record, RecordForm, audit};
use super::super::place::Holder;
use super::super::wire::{ACCEPT, AMONG, BINARY_VIEWS, DERIVED, SPAN_MEMBERS};
use crate::alignment::settle_units;
use crate::diagnostics::{Issue, Located};
use crate::formats::inline::no_labels;
use crate::json::{Node, Pointer};
use crate::model::{Address, Body, Document, Extras, Kind, Label, Labels, NotAccepted, Notation};
use crate::text::{Span, Text};

mod beside;
mod classes;

pub(super) use beside::set;

const OFFSETS: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// Reads a record.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let mut reader = Reader {
        text: record.text,
        context,
        issues: Vec::new(),
        extras: Extras::default(),
        unreadable: 0,
    };
    let read = reader.record(record);
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
    fn record(&mut self, record: Record<'a>) -> Option<(Option<Document<'a>>, RecordForm)> {
        let node = audit::line(&record, &mut self.issues)?;
        let root = Field {
            node,
            pointer: Pointer::root(),
        };
        let line = Fields::new(self.text, root, &mut self.issues)?;
        let answer = self.answer(&line)?;
        if let Answer::No(why) = answer {
            return Some((None, RecordForm::NotAccepted(why)));
        }
        if line.find("image").is_some() && line.find("text").is_none() {
            return Some((None, RecordForm::Image));
        }
        let body = self.body(&line);
        let holder = Holder::of(node);
        let (mut labels, form) = self.labels(&line, holder.as_ref(), node);
        self.extras.unlabeled = holder.is_none() && answer == Answer::Absent;
        let (name, split) = self.meta(&line);
        let name = match &self.context.told.name_key {
            Some(key) => Self::told_name(&line, key),
            None => name,
        };
        self.others(&line, holder.as_ref());
        let body = body?;
        settle(&mut labels, &body);
        let address = address(
            name.unwrap_or_default(),
            record.in_file.1,
            self.context.stem(&record),
        );
        let mut document = document(record, address, body, labels);
        document.split = split;
        document.extras = std::mem::take(&mut self.extras);
        document.unreadable = self.unreadable;
        let form = if self.unreadable > 0 {
            RecordForm::Undecided
        } else {
            form
        };
        Some((Some(document), form))
    }

    /// What was answered.
    fn answer(&mut self, line: &Fields<'a>) -> Option<Answer> {
        let Some(field) = line.optional("answer", &mut self.issues) else {
            return Some(Answer::Absent);
        };
        let answer = fields::string(self.text, &field, &mut self.issues)?;
        match &*answer {
            ACCEPT => Some(Answer::Accept),
            "reject" => Some(Answer::No(if asks_of_a_span(line) {
                NotAccepted::RejectedSpan
            } else {
                NotAccepted::Rejected
            })),
            "ignore" => Some(Answer::No(NotAccepted::Ignored)),
            _ => {
                let expected = "`accept`, `reject` or `ignore`";
                wrong_type(self.text, &field, expected, &mut self.issues);
                None
            }
        }
    }

    /// The text.
    fn body(&mut self, line: &Fields<'a>) -> Option<Cow<'a, str>> {
        match &self.context.told.text_key {
            None => line.required_string("text", &mut self.issues),
            Some(key) => {
                let Some(field) = line.find(key) else {
                    self.issues.push(Located {
                        issue: Issue::MissingMember("text"),
                        pointer: line.pointer().clone(),
                        bytes: 0..self.text.len(),
                    });
                    return None;
                };
                fields::string(self.text, &field, &mut self.issues)
            }
        }
    }

    /// The labels, and what they tell of the kind of the project.
    fn labels(
        &mut self,
        line: &Fields<'a>,
        holder: Option<&Holder>,
        node: Node<'a>,
    ) -> (Labels<'a>, RecordForm) {
        let Some(holder) = holder else {
            return (no_labels(self.context.kind), RecordForm::Undecided);
        };
        match holder {
            Holder::Spans => self.spans(line.find("spans")),
            Holder::Ents => self.spans(line.find("ents")),
            Holder::Group(key) => {
                let groups = line.find("spans");
                let members = groups.map(|field| field.node.members()).unwrap_or_default();
                let found = members.iter().rev().find(|member| member.key() == *key);
                self.spans(found.map(|member| Field {
                    node: member.value,
                    pointer: holder.pointer(),
                }))
            }
            Holder::Label => self.label(line.find("label")),
            Holder::Accept => self.accept(line, node),
            Holder::Cats => self.cats(line.find("cats")),
        }
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
        for (index, item) in items.into_iter().enumerate() {
            match self.span(item, index) {
                Some(label) => labels.push(label),
                None => self.unreadable += 1,
            }
        }
        let form = RecordForm::Kind(Kind::EntityRecognition);
        (Labels::entities(labels, None), form)
    }

    fn span(&mut self, item: Field<'a>, index: usize) -> Option<Label<'a>> {
        let span = Fields::new(self.text, item, &mut self.issues)?;
        let category = span.required_string("label", &mut self.issues);
        let start = span.required_integer("start", &OFFSETS, &mut self.issues);
        let end = span.required_integer("end", &OFFSETS, &mut self.issues);
        let covered = span
            .find("text")
            .and_then(|field| field.node.string()?.ok());
        let others = span.pass(&SPAN_MEMBERS, &mut self.issues);
        let derived = DERIVED.iter().filter(|name| span.find(name).is_some());
        self.extras.unknown += others - derived.count() as u64;
        Some(Label {
            category: category?,
            span: Span {
                unit: self.context.unit,
                start: start?,
                end: end?,
            },
            region: 0,
            index,
            covered,
        })
    }
}

/// What was answered in a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// Nothing.
    Absent,
    /// That it is right.
    Accept,
    /// Something else, so that it is no label.
    No(NotAccepted),
}

/// Whether a record asks about single spans that a model has found, so that it says nothing of the rest
/// of its text.
fn asks_of_a_span(line: &Fields<'_>) -> bool {
    let view = line.find("_view_id");
    let view = view.and_then(|field| field.node.string()?.ok());
    let is_binary = view.is_none_or(|view| BINARY_VIEWS.contains(&&*view));
    let spans = line.find("spans");
    is_binary && spans.is_some_and(|field| !field.node.items().is_empty())
}

/// Gives each span the unit whose characters it says that it covers.
pub(super) fn settle(labels: &mut Labels<'_>, text: &str) {
    if let Some(spans) = &mut labels.spans
        && spans.labels.iter().any(|label| label.covered.is_some())
    {
        let same = |one: &str, other: &str| one == other;
        settle_units(&mut spans.labels, &Text::inline(text), &AMONG, same);
    }
}

/// A document without a set, and without anything that only its own format holds.
pub(super) fn document<'a>(
    record: Record<'a>,
    address: Address<'a>,
    text: Cow<'a, str>,
    labels: Labels<'a>,
) -> Document<'a> {
    Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address,
        body: Body::Inline(text),
        language: None,
        split: None,
        labels,
        notation: Notation::Plain,
        extras: Extras::default(),
        unreadable: 0,
    }
}
