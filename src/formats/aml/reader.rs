//! Reads a line: quickly where it is as it should be, with care where it is not.

use std::ops::RangeInclusive;

use super::super::fields::{self, Field, Fields, array, expect, located};
use super::super::{Context, Form, Reading, Record, audit};
use super::url;
use super::wire::{COLUMNS, Line, MEMBERS, SPAN_MEMBERS};
use crate::fact::{Fact, Located};
use crate::json::{Kind as JsonKind, Pointer};
use crate::model::{Confidence, Document, Extras, Kind, Label, Labels, Notation};
use crate::text::Span;

const OFFSETS: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// Reads a line. A blank one gives no document and one fact.
pub(super) fn read(record: Record<'_>, context: Context) -> Reading<'_> {
    if context.quick
        && let Some(document) = quick(record, context)
    {
        let form = form_of(&document);
        return Reading {
            document: Some(document),
            form,
            facts: Vec::new(),
        };
    }
    careful(record, context)
}

/// A line that is exactly as the contract has it; otherwise nothing.
fn quick<'a>(record: Record<'a>, context: Context) -> Option<Document<'a>> {
    // An array would be read by position.
    if !record.text.trim_ascii_start().starts_with('{') {
        return None;
    }
    let line: Line<'a> = serde_json::from_str(record.text).ok()?;
    let labels: Vec<Label<'a>> = line
        .label
        .into_iter()
        .enumerate()
        .map(|(index, span)| Label {
            category: span.0.label,
            span: Span {
                unit: context.unit,
                start: span.0.start,
                end: span.0.end,
            },
            region: 0,
            index,
        })
        .collect();
    let confidence = match line.label_confidence {
        None => Confidence::Absent,
        Some(raw) => confidence(raw.get(), labels.len())?,
    };
    if is_image(&line.image_url) {
        return None;
    }
    let (Some(address), None) = url::parse(line.image_url) else {
        return None;
    };
    let time = line
        .labeling_time_in_seconds
        .map(serde_json::value::RawValue::get);
    if time
        .is_some_and(|time| !time.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
    {
        return None;
    }
    // What stands in the columns is only needed where it is lost; then it is read again.
    let present = [
        line.labeler.is_some(),
        line.updated_by.is_some(),
        time.is_some(),
        line.label_creation_time.is_some(),
    ];
    let columns = if present.contains(&true) {
        columns(record)
    } else {
        Vec::new()
    };
    Some(document(record, address, labels, confidence, columns))
}

fn columns(record: Record<'_>) -> Vec<(&'static str, &str)> {
    let Ok(node) = crate::json::Node::parse(record.text) else {
        return Vec::new();
    };
    let members = node.members();
    let raw = |name: &str| {
        let found = members.iter().rev().find(|member| member.key() == name);
        found.map(|member| member.value.raw())
    };
    COLUMNS
        .iter()
        .filter_map(|name| Some((*name, raw(name)?)))
        .collect()
}

fn document<'a>(
    record: Record<'a>,
    address: crate::model::Address<'a>,
    labels: Vec<Label<'a>>,
    confidence: Confidence<'a>,
    columns: Vec<(&'static str, &'a str)>,
) -> Document<'a> {
    Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address,
        language: None,
        split: None,
        labels: Labels::Spans {
            labels,
            regions: Vec::new(),
            regional: false,
        },
        notation: Notation::StartEnd,
        extras: Extras {
            confidence,
            columns,
            unknown: 0,
            unlabeled: false,
        },
        unreadable: 0,
    }
}

fn form_of(document: &Document<'_>) -> Form {
    if document.spans().is_empty() && document.unreadable == 0 {
        Form::Undecided
    } else {
        Form::Kind(Kind::EntityRecognition)
    }
}

/// The confidences from their JSON text, or nothing where they are no array of numbers.
fn confidence(raw: &str, labels: usize) -> Option<Confidence<'_>> {
    let inner = raw.strip_prefix('[')?.strip_suffix(']')?;
    // The text is JSON, so without these bytes there can be nothing but numbers in it.
    if inner.contains(['"', '[', '{', 't', 'f', 'n']) {
        return None;
    }
    let mut ones = 0;
    let is_one = |number: &str| number.trim_ascii() == "1.0";
    let all = inner.trim_ascii().is_empty() || inner.split(',').inspect(|_| ones += 1).all(is_one);
    Some(if all && ones == labels {
        Confidence::Ones
    } else {
        Confidence::Other(raw)
    })
}

/// Reads what there is to read, and notes everything that is not as it should be.
fn careful(record: Record<'_>, context: Context) -> Reading<'_> {
    let mut facts = Vec::new();
    let read = read_line(record, context, &mut facts);
    let (document, form) = read.unwrap_or((None, Form::Unreadable));
    Reading {
        document,
        form,
        facts,
    }
}

fn read_line<'a>(
    record: Record<'a>,
    context: Context,
    facts: &mut Vec<Located>,
) -> Option<(Option<Document<'a>>, Form)> {
    let text = record.text;
    if text.trim_ascii().is_empty() {
        facts.push(Located {
            fact: Fact::BlankLine,
            pointer: Pointer::root(),
            bytes: 0..text.len(),
        });
        return None;
    }
    let node = audit::parse(&record, facts)?;
    let root = Field {
        node,
        pointer: Pointer::root(),
    };
    let line = Fields::new(text, root, facts)?;
    if let Some(form) = foreign(&line) {
        return Some((None, form));
    }
    let url_field = line.required("image_url", facts);
    let written = url_field
        .as_ref()
        .and_then(|field| fields::string(text, field, facts));
    let mut extras = Extras::default();
    let (labels, unreadable) = match line.required("label", facts) {
        Some(field) => read_spans(text, &field, context, &mut extras, facts),
        None => (Vec::new(), 1),
    };
    read_extras(text, &line, labels.len(), &mut extras, facts);
    extras.unknown += line.unknown(&MEMBERS, facts);

    let (address, fault) = written.map_or((None, None), url::parse);
    if let (Some(fault), Some(field)) = (fault, &url_field) {
        facts.push(located(text, Fact::BadDocumentUrl(fault), field));
    }
    let document = address.map(|address| {
        let columns = std::mem::take(&mut extras.columns);
        let mut document = document(record, address, labels, extras.confidence, columns);
        document.extras.unknown = extras.unknown;
        document.unreadable = unreadable;
        document
    });
    let form = document.as_ref().map_or(Form::Unreadable, form_of);
    Some((document, form))
}

/// What a line is that is no line of an entity project.
fn foreign(line: &Fields<'_>) -> Option<Form> {
    let url = line
        .find("image_url")
        .and_then(|field| field.node.string()?.ok());
    if line.find("image_details").is_some() || url.as_deref().is_some_and(is_image) {
        return Some(Form::Unsupported("an image project"));
    }
    let label = line.find("label")?.node;
    let confidence = line.find("label_confidence").map(|field| field.node.kind());
    match label.kind() {
        JsonKind::String if confidence == Some(JsonKind::Array) => {
            Some(Form::Unsupported("a file of ML-assist predictions"))
        }
        JsonKind::String | JsonKind::Number | JsonKind::Bool => {
            Some(Form::Unsupported("a multi-class project"))
        }
        JsonKind::Array => {
            let items = label.items();
            let first = items.first()?;
            let boxes = ["topX", "topY", "bottomX", "bottomY", "polygon", "isCrowd"];
            let is_box = |node: &crate::json::Node<'_>| {
                let keys = node.members();
                keys.iter().any(|member| boxes.contains(&&*member.key()))
            };
            if first.kind() == JsonKind::String {
                Some(Form::Unsupported("a multi-label project"))
            } else if items.iter().any(is_box) {
                Some(Form::Unsupported("an image project"))
            } else {
                None
            }
        }
        JsonKind::Null | JsonKind::Object => None,
    }
}

fn read_spans<'a>(
    text: &'a str,
    field: &Field<'a>,
    context: Context,
    extras: &mut Extras<'a>,
    facts: &mut Vec<Located>,
) -> (Vec<Label<'a>>, u64) {
    let Some(items) = array(text, field, facts) else {
        return (Vec::new(), 1);
    };
    let (mut labels, mut unreadable) = (Vec::new(), 0);
    for (index, item) in items.into_iter().enumerate() {
        let Some(span) = Fields::new(text, item, facts) else {
            unreadable += 1;
            continue;
        };
        let category = span.required_string("label", facts);
        let start = span.required_integer("offsetStart", &OFFSETS, facts);
        let end = span.required_integer("offsetEnd", &OFFSETS, facts);
        extras.unknown += span.unknown(&SPAN_MEMBERS, facts);
        if let (Some(category), Some(start), Some(end)) = (category, start, end) {
            labels.push(Label {
                category,
                span: Span {
                    unit: context.unit,
                    start,
                    end,
                },
                region: 0,
                index,
            });
        } else {
            unreadable += 1;
        }
    }
    (labels, unreadable)
}

/// Confidences and contributor columns.
fn read_extras<'a>(
    text: &'a str,
    line: &Fields<'a>,
    labels: usize,
    extras: &mut Extras<'a>,
    facts: &mut Vec<Located>,
) {
    extras.confidence = Confidence::Absent;
    if let Some(field) = line.optional("label_confidence", facts) {
        extras.confidence = Confidence::Other(field.node.raw());
        for item in array(text, &field, facts).unwrap_or_default() {
            expect(text, &item, JsonKind::Number, "a number", facts);
        }
        if let Some(read) = confidence(field.node.raw(), labels) {
            extras.confidence = read;
        }
    } else if line.find("label_confidence").is_some() {
        extras.unknown += 1;
    }
    for name in COLUMNS {
        let Some(field) = line.optional(name, facts) else {
            extras.unknown += u64::from(line.find(name).is_some());
            continue;
        };
        let (kind, expected) = match name {
            "labeling_time_in_seconds" => (JsonKind::Number, "a number"),
            _ => (JsonKind::String, "a string"),
        };
        expect(text, &field, kind, expected, facts);
        extras.columns.push((name, field.node.raw()));
    }
}

/// Whether the name is that of an image, by its extension.
fn is_image(url: &str) -> bool {
    const EXTENSIONS: [&str; 6] = ["jpg", "jpeg", "png", "bmp", "gif", "tif"];
    let extension = url.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|found| {
        EXTENSIONS
            .iter()
            .any(|image| found.eq_ignore_ascii_case(image))
    })
}
