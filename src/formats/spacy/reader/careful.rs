//! Reads what there is to read of a record, and notes everything that is not as it should be.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::super::super::fields::{self, Field, Fields, array, located, wrong_type};
use super::super::super::names::address;
use super::super::super::{Context, Reading, Record, RecordForm, audit};
use super::super::place::Holder;
use super::super::wire::{
    ACCEPT, BINARY_VIEWS, COLUMNS, DATASET, DERIVED, MEMBERS, NAMES, SPAN_MEMBERS,
};
use super::super::{AMONG, document};
use crate::alignment::settle_units;
use crate::diagnostics::{Issue, Located};
use crate::json::{Kind as JsonKind, Node, Pointer};
use crate::model::{Class, Confidence, Document, Extras, Foreign, Kind, Label, Labels};
use crate::model::{NotAccepted, Split};
use crate::text::{Span, Text};

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
    let (document, form) = read.unwrap_or((None, RecordForm::Unreadable));
    Reading {
        document,
        form,
        issues: reader.issues,
        edits: Vec::new(),
    }
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
        if self.text.trim_ascii().is_empty() {
            self.issues.push(Located {
                issue: Issue::BlankLine,
                pointer: Pointer::root(),
                bytes: 0..self.text.len(),
            });
            return None;
        }
        let node = audit::parse(&record, &mut self.issues)?;
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
            Some(key) => self.told_name(&line, key),
            None => name,
        };
        self.others(&line, holder.as_ref());
        let body = body?;
        if let Some(spans) = &mut labels.spans
            && !spans.labels.is_empty()
        {
            let among = AMONG;
            settle_units(
                &mut spans.labels,
                &Text::new(&body),
                &among,
                |one, other| one == other,
            );
        }
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
            return (self.empty(), RecordForm::Undecided);
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

    /// No labels, as the other records have them.
    fn empty(&self) -> Labels<'a> {
        match self.context.kind {
            Some(Kind::MultiLabelClassification) => Labels::classes(Vec::new()),
            Some(Kind::SingleLabelClassification) => Labels::class(None),
            _ => Labels::entities(Vec::new(), None),
        }
    }

    fn spans(&mut self, field: Option<Field<'a>>) -> (Labels<'a>, RecordForm) {
        let items = field.and_then(|field| array(self.text, &field, &mut self.issues));
        let Some(items) = items else {
            self.unreadable += 1;
            return (Labels::entities(Vec::new(), None), RecordForm::Undecided);
        };
        if items.is_empty() {
            return (self.empty(), RecordForm::Undecided);
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

    fn label(&mut self, field: Option<Field<'a>>) -> (Labels<'a>, RecordForm) {
        let class = field.and_then(|field| self.class(&field, 0));
        if class.is_none() {
            self.unreadable += 1;
        }
        let labels = if self.context.kind == Some(Kind::MultiLabelClassification) {
            Labels::classes(class.into_iter().collect())
        } else {
            Labels::class(class)
        };
        (labels, RecordForm::Classes { several: false })
    }

    /// The name of a class. A number is read as it is spelled.
    fn class(&mut self, field: &Field<'a>, index: usize) -> Option<Class<'a>> {
        let spelled = field.node.raw();
        if !matches!(field.node.kind(), JsonKind::Number | JsonKind::Bool) {
            let category = fields::string(self.text, field, &mut self.issues)?;
            return Some(Class {
                category,
                index,
                spelled: None,
            });
        }
        let issue = fields::readable(field, "a string");
        self.issues.push(located(self.text, issue, field));
        Some(Class {
            category: spelled.into(),
            index,
            spelled: Some(spelled),
        })
    }

    /// The options that were chosen.
    fn accept(&mut self, line: &Fields<'a>, node: Node<'a>) -> (Labels<'a>, RecordForm) {
        let items = line.find("accept");
        let items = items.and_then(|field| array(self.text, &field, &mut self.issues));
        if items.is_none() {
            self.unreadable += 1;
        }
        let mut classes = Vec::new();
        for (index, item) in items.unwrap_or_default().into_iter().enumerate() {
            match self.class(&item, index) {
                Some(class) => classes.push(class),
                None => self.unreadable += 1,
            }
        }
        let several = classes.len() > 1 || !is_single(node);
        if !several && self.context.kind == Some(Kind::SingleLabelClassification) {
            let labels = Labels::class(classes.into_iter().next());
            return (labels, RecordForm::Classes { several });
        }
        (Labels::classes(classes), RecordForm::Classes { several })
    }

    /// The classes whose numbers are at least a half.
    fn cats(&mut self, field: Option<Field<'a>>) -> (Labels<'a>, RecordForm) {
        let Some(field) = field else {
            return (self.empty(), RecordForm::Undecided);
        };
        let mut classes = Vec::new();
        let mut between = false;
        for (index, member) in field.node.members().into_iter().enumerate() {
            let category = member.key();
            let value = match member.value.raw() {
                "true" => Some(1.0),
                "false" => Some(0.0),
                raw => raw.parse::<f64>().ok(),
            };
            let Some(value) = value else {
                let item = Field {
                    node: member.value,
                    pointer: field.pointer.key(&category),
                };
                wrong_type(self.text, &item, "a number", &mut self.issues);
                self.unreadable += 1;
                continue;
            };
            between |= value > 0.0 && value < 1.0;
            if value >= 0.5 {
                classes.push(Class {
                    category,
                    index,
                    spelled: None,
                });
            }
        }
        if between {
            self.extras.confidence = Confidence::Other(field.node.raw());
        }
        let several = classes.len() != 1;
        let labels = match self.context.kind {
            Some(Kind::SingleLabelClassification) if !several => {
                Labels::class(classes.into_iter().next())
            }
            _ => Labels::classes(classes),
        };
        (labels, RecordForm::Classes { several })
    }

    /// The name and the set that `meta` gives, or the record itself.
    fn meta(&mut self, line: &Fields<'a>) -> (Option<Cow<'a, str>>, Option<Split<'a>>) {
        let (mut name, mut split) = (None, None);
        if let Some(field) = line.optional("meta", &mut self.issues) {
            // It is free: whatever it is, it is kept or counted.
            let members = field.node.members();
            let string = |name: &str| {
                let member = members.iter().rev().find(|member| member.key() == name)?;
                member.value.string()?.ok()
            };
            let used = NAMES.0.iter().find(|name| string(name).is_some());
            name = used.and_then(|name| string(name));
            split = string(DATASET).map(set);
            let is_used = |key: &str| used.is_some_and(|used| *used == key) || key == DATASET;
            let others = members.iter().filter(|member| !is_used(&member.key()));
            self.extras.unknown += others.count() as u64;
        }
        let own = line
            .find(NAMES.1)
            .and_then(|field| field.node.string()?.ok());
        (name.or(own), split)
    }

    /// The name by the member that the user names, in the record or in its `meta`.
    fn told_name(&self, line: &Fields<'a>, key: &str) -> Option<Cow<'a, str>> {
        let in_meta = || {
            let members = line.find("meta")?.node.members();
            let found = members
                .into_iter()
                .rev()
                .find(|member| member.key() == key)?;
            Some(found.value)
        };
        let value = line.find(key).map(|field| field.node).or_else(in_meta)?;
        match value.kind() {
            JsonKind::String => value.string()?.ok(),
            JsonKind::Number => Some(value.raw().into()),
            _ => None,
        }
    }

    /// Counts what no other format has a place for.
    fn others(&mut self, line: &Fields<'a>, holder: Option<&Holder>) {
        self.extras.unknown += line.pass(&MEMBERS, &mut self.issues);
        for name in COLUMNS {
            if let Some(field) = line.find(name) {
                self.extras.columns.push((name, field.node.raw()));
                self.extras.unknown -= 1;
            }
        }
        let told = &self.context.told;
        let used = [told.text_key.as_deref(), Some(NAMES.1)];
        let used = used.into_iter().flatten();
        let used = used.filter(|name| !MEMBERS.contains(name) && line.find(name).is_some());
        self.extras.unknown = self.extras.unknown.saturating_sub(used.count() as u64);
        if line.find("tokens").is_some() {
            self.extras.lost.push((Foreign::Tokens, 1));
        }
        // Labels of another sort beside those that are read.
        let is_held = |name: &str| match holder {
            Some(Holder::Spans | Holder::Group(_)) => name == "spans",
            Some(Holder::Ents) => name == "ents",
            Some(Holder::Label) => name == "label",
            Some(Holder::Accept) => name == "accept",
            Some(Holder::Cats) => name == "cats",
            None => false,
        };
        for name in ["spans", "ents", "label", "accept", "cats"] {
            let Some(field) = line.find(name).filter(|_| !is_held(name)) else {
                continue;
            };
            let number = match field.node.kind() {
                JsonKind::Null => 0,
                JsonKind::Array => field.node.items().len(),
                JsonKind::Object => field.node.members().len(),
                _ => 1,
            };
            let sort = if matches!(name, "spans" | "ents") {
                Foreign::Span
            } else {
                Foreign::Class
            };
            self.extras.lost.push((sort, number as u64));
        }
        let plain = |option: &Node<'_>| {
            let members = option.members();
            let value = |name: &str| {
                let found = members.iter().find(|member| member.key() == name)?;
                Some(found.value.raw())
            };
            members.len() == 2 && value("id").is_some() && value("id") == value("text")
        };
        let options = line.find("options");
        let options = options.map(|field| field.node.items()).unwrap_or_default();
        self.extras.unknown += u64::from(!options.iter().all(plain));
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

/// Whether a record with options says that one of them can be chosen.
fn is_single(record: Node<'_>) -> bool {
    let find = |node: Node<'_>, name: &str| {
        let members = node.members().into_iter();
        let mut found = members.filter(|member| member.key() == name);
        found
            .next_back()
            .map(|member| member.value.raw().to_owned())
    };
    let config = find(record, "config");
    let config = config.as_deref().map(Node::parse);
    let Some(Ok(config)) = config else {
        return false;
    };
    find(config, "choice_style").as_deref() == Some("\"single\"")
}

/// The set of that name.
fn set(name: Cow<'_, str>) -> Split<'_> {
    match name.trim().to_ascii_lowercase().as_str() {
        "train" => Split::Train,
        "test" => Split::Test,
        "dev" | "val" | "valid" | "validation" => Split::Dev,
        _ => Split::Other(name),
    }
}
