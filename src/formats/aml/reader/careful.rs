//! Reads what there is to read of a line, and notes everything that is not as it should be.

use std::ops::RangeInclusive;

use super::super::super::fields::{self, Field, Fields, array, expect, located, wrong_type};
use super::super::super::{Context, Reading, Record, RecordForm, audit};
use super::super::document::{document, empty, form_of, is_image, spans_of};
use super::super::wire::{COLUMNS, MEMBERS, SPAN_MEMBERS};
use super::super::{confidence, url};
use crate::diagnostics::{Issue, Located};
use crate::json::{Kind as JsonKind, Node, Pointer};
use crate::model::{Class, Confidence, Document, Extras, Label, Labels};
use crate::text::Span;

const OFFSETS: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// Reads a line.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let mut issues = Vec::new();
    let read = read_line(record, context, &mut issues);
    let (document, form) = read.unwrap_or((None, RecordForm::Unreadable));
    Reading {
        document,
        form,
        issues,
        edits: Vec::new(),
    }
}

fn read_line<'a>(
    record: Record<'a>,
    context: Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<(Option<Document<'a>>, RecordForm)> {
    let text = record.text;
    let node = audit::line(&record, issues)?;
    let root = Field {
        node,
        pointer: Pointer::root(),
    };
    let line = Fields::new(text, root, issues)?;
    if let Some(form) = foreign(&line) {
        return Some((None, form));
    }
    let url_field = line.required("image_url", issues);
    let url = url_field
        .as_ref()
        .and_then(|field| fields::string(text, field, issues));
    let mut extras = Extras::default();
    let label = line.required("label", issues);
    let mut reader = LabelReader {
        text,
        context,
        issues,
        unknown: 0,
        unreadable: 0,
        told: false,
    };
    let labels = match &label {
        Some(field) => reader.labels(field),
        None => reader.none(),
    };
    let (unknown, unreadable, told) = (reader.unknown, reader.unreadable, reader.told);
    // Confidences belong to all labels that stand there, to those that could not be read as well.
    let written = label.and_then(|field| match field.node.kind() {
        JsonKind::Array => Some((field.node.items().len(), false)),
        JsonKind::Null | JsonKind::Object => None,
        _ => Some((1, true)),
    });
    read_extras(text, &line, written, unreadable == 0, &mut extras, issues);
    extras.unknown += unknown + line.unknown(&MEMBERS, issues);

    let (address, fault) = url.map_or((None, None), url::parse);
    if let (Some(fault), Some(field)) = (fault, &url_field) {
        issues.push(located(text, Issue::BadDocumentUrl(fault), field));
    }
    let document = address.map(|address| {
        let columns = std::mem::take(&mut extras.columns);
        let mut document = document(record, address, labels, extras.confidence, columns);
        document.extras.unknown = extras.unknown;
        document.unreadable = unreadable;
        document
    });
    let form = match &document {
        Some(_) if unreadable > 0 && !told => RecordForm::Undecided,
        Some(document) => form_of(document),
        None => RecordForm::Unreadable,
    };
    Some((document, form))
}

/// What a line is that is no line of a text project's labels.
fn foreign(line: &Fields<'_>) -> Option<RecordForm> {
    let url = line.find("image_url");
    let url = url.and_then(|field| field.node.string()?.ok());
    if line.find("image_details").is_some() || url.as_deref().is_some_and(is_image) {
        return Some(RecordForm::Image);
    }
    let label = line.find("label")?.node;
    let confidence = line.find("label_confidence");
    let confidence = confidence.map(|field| field.node.kind());
    if label.kind() == JsonKind::String && confidence == Some(JsonKind::Array) {
        return Some(RecordForm::Prediction);
    }
    let is_box = |node: &Node<'_>| {
        const BOXES: [&str; 6] = ["topX", "topY", "bottomX", "bottomY", "polygon", "isCrowd"];
        let keys = node.members();
        let has = |names: &[&str]| keys.iter().any(|member| names.contains(&&*member.key()));
        has(&BOXES) && !has(&["offsetStart"])
    };
    let is_image = label.kind() == JsonKind::Array && label.items().iter().any(is_box);
    is_image.then_some(RecordForm::Image)
}

struct LabelReader<'a, 'f, 'p> {
    text: &'a str,
    context: Context<'p>,
    issues: &'f mut Vec<Located>,
    unknown: u64,
    unreadable: u64,
    /// Whether a value was there that tells the kind.
    told: bool,
}

impl<'a> LabelReader<'a, '_, '_> {
    fn labels(&mut self, field: &Field<'a>) -> Labels<'a> {
        match field.node.kind() {
            JsonKind::String | JsonKind::Number | JsonKind::Bool => match self.told_class(field) {
                Some(class) => Labels::class(Some(class)),
                None => self.none(),
            },
            JsonKind::Array => self.array(field),
            JsonKind::Null | JsonKind::Object => {
                wrong_type(
                    self.text,
                    field,
                    "a class, or an array of labels",
                    self.issues,
                );
                self.none()
            }
        }
    }

    /// A class. Of a number or a truth value Microsoft's package makes a string; so do we, and
    /// keep the spelling.
    fn class(&mut self, field: &Field<'a>, index: usize) -> Option<Class<'a>> {
        let spelled = field.node.raw();
        if !matches!(field.node.kind(), JsonKind::Number | JsonKind::Bool) {
            let category = fields::string(self.text, field, self.issues)?;
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

    fn told_class(&mut self, field: &Field<'a>) -> Option<Class<'a>> {
        self.told = true;
        self.class(field, 0)
    }

    /// No labels, since they could not be read.
    fn none(&mut self) -> Labels<'a> {
        self.unreadable += 1;
        spans_of(Vec::new())
    }

    /// Classes or spans, as the first item that is either says.
    fn array(&mut self, field: &Field<'a>) -> Labels<'a> {
        let items = array(self.text, field, self.issues).unwrap_or_default();
        let is_scalar = |kind| matches!(kind, JsonKind::String | JsonKind::Number | JsonKind::Bool);
        let decides = |kind| is_scalar(kind) || kind == JsonKind::Object;
        let mut kinds = items.iter().map(|item| item.node.kind());
        let first = kinds.find(|kind| decides(*kind));
        if items.is_empty() {
            return empty(self.context);
        }
        self.told |= first.is_some();
        if first.is_some_and(is_scalar) {
            let mut classes = Vec::new();
            for (index, item) in items.iter().enumerate() {
                if let Some(class) = self.class(item, index) {
                    classes.push(class);
                } else {
                    self.unreadable += 1;
                }
            }
            return Labels::classes(classes);
        }
        let mut labels = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            if let Some(label) = self.span(item, index) {
                labels.push(label);
            } else {
                self.unreadable += 1;
            }
        }
        spans_of(labels)
    }

    fn span(&mut self, item: Field<'a>, index: usize) -> Option<Label<'a>> {
        let span = Fields::new(self.text, item, self.issues)?;
        let category = span.required_string("label", self.issues);
        let start = span.required_integer("offsetStart", &OFFSETS, self.issues);
        let end = span.required_integer("offsetEnd", &OFFSETS, self.issues);
        self.unknown += span.unknown(&SPAN_MEMBERS, self.issues);
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
}

/// Confidences and contributor columns. `written` is how many labels stand in the line, and
/// whether they are one class and no list; `None` where that cannot be told.
fn read_extras<'a>(
    text: &'a str,
    line: &Fields<'a>,
    written: Option<(usize, bool)>,
    readable: bool,
    extras: &mut Extras<'a>,
    issues: &mut Vec<Located>,
) {
    extras.confidence = Confidence::Absent;
    if let Some(field) = line.optional("label_confidence", issues) {
        extras.confidence = Confidence::Other(field.node.raw());
        if let Some((labels, single)) = written {
            if let Some(read) = confidence::read(field.node.raw(), labels, single) {
                if readable {
                    extras.confidence = read.confidence;
                }
                issues.extend(read.fault.map(|fault| located(text, fault, &field)));
            } else if single {
                expect(text, &field, JsonKind::Number, "a number", issues);
            } else {
                for item in array(text, &field, issues).unwrap_or_default() {
                    expect(text, &item, JsonKind::Number, "a number", issues);
                }
            }
        }
    } else if line.find("label_confidence").is_some() {
        extras.unknown += 1;
    }
    for name in COLUMNS {
        let Some(field) = line.optional(name, issues) else {
            extras.unknown += u64::from(line.find(name).is_some());
            continue;
        };
        let (kind, expected) = match name {
            "labeling_time_in_seconds" => (JsonKind::Number, "a number"),
            _ => (JsonKind::String, "a string"),
        };
        expect(text, &field, kind, expected, issues);
        extras.columns.push((name, field.node.raw()));
    }
}
