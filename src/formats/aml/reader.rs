//! Reads a line: quickly where it is as it should be, with care where it is not.

use super::super::{Context, Form, Reading, Record};
use super::wire::{self, COLUMNS, Line};
use super::{confidence, url};
use crate::model::{Address, Class, Confidence, Document, Extras, Kind, Label, Labels, Notation};
use crate::text::Span;

mod careful;

/// Reads a line. A blank one gives no document and one fact.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    if context.quick
        && let Some(document) = quick(record, context)
    {
        let form = form_of(&document);
        return Reading {
            document: Some(document),
            form,
            facts: Vec::new(),
            edits: Vec::new(),
        };
    }
    careful::read(record, context)
}

/// A line that is exactly as the contract has it; otherwise nothing.
fn quick<'a>(record: Record<'a>, context: Context<'_>) -> Option<Document<'a>> {
    // An array would be read by position.
    if !record.text.trim_ascii_start().starts_with('{') {
        return None;
    }
    let line: Line<'a> = serde_json::from_str(record.text).ok()?;
    let is_class = matches!(line.label, wire::Label::Class(_));
    let labels = labels(line.label, context);
    let confidence = match line.label_confidence {
        None => Confidence::Absent,
        Some(raw) => {
            let read = confidence::read(raw.get(), count(&labels), is_class)?;
            if read.fault.is_some() {
                return None;
            }
            read.confidence
        }
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
    let number = |first: char| first == '-' || first.is_ascii_digit();
    if time.is_some_and(|time| !time.starts_with(number)) {
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

fn labels<'a>(label: wire::Label<'a>, context: Context<'_>) -> Labels<'a> {
    let class = |(index, category)| Class {
        category,
        index,
        spelled: None,
    };
    match label {
        wire::Label::Class(category) => Labels::Class(Some(class((0, category)))),
        wire::Label::Classes(classes) => {
            Labels::Classes(classes.into_iter().enumerate().map(class).collect())
        }
        wire::Label::Empty => empty(context),
        wire::Label::Spans(spans) => {
            let label = |(index, span): (usize, wire::Span<'a>)| Label {
                category: span.label,
                span: Span {
                    unit: context.unit,
                    start: span.start,
                    end: span.end,
                },
                region: 0,
                index,
            };
            spans_of(spans.into_iter().enumerate().map(label).collect())
        }
    }
}

const fn spans_of(labels: Vec<Label<'_>>) -> Labels<'_> {
    Labels::Spans {
        labels,
        regions: Vec::new(),
        regional: false,
    }
}

/// `[]` is whatever the other lines are.
fn empty<'a>(context: Context<'_>) -> Labels<'a> {
    if context.kind == Some(Kind::MultiLabelClassification) {
        Labels::Classes(Vec::new())
    } else {
        spans_of(Vec::new())
    }
}

fn count(labels: &Labels<'_>) -> usize {
    match labels {
        Labels::Spans { labels, .. } | Labels::Sentiments(labels) => labels.len(),
        Labels::Class(class) => usize::from(class.is_some()),
        Labels::Classes(classes) => classes.len(),
        Labels::Summary(_) => 0,
    }
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
    let found = COLUMNS.iter().filter_map(|name| Some((*name, raw(name)?)));
    found.collect()
}

fn document<'a>(
    record: Record<'a>,
    address: Address<'a>,
    labels: Labels<'a>,
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
        labels,
        notation: Notation::StartEnd,
        extras: Extras {
            confidence,
            columns,
            unknown: 0,
            carried: Vec::new(),
            unlabeled: false,
            of_another_kind: false,
        },
        unreadable: 0,
    }
}

fn form_of(document: &Document<'_>) -> Form {
    match &document.labels {
        Labels::Class(_) => Form::Kind(Kind::SingleLabelClassification),
        Labels::Classes(classes) if !classes.is_empty() => {
            Form::Kind(Kind::MultiLabelClassification)
        }
        Labels::Spans { labels, .. } if !labels.is_empty() || document.unreadable > 0 => {
            Form::Kind(Kind::EntityRecognition)
        }
        _ => Form::Undecided,
    }
}

/// Whether the name is that of an image, by its extension.
fn is_image(url: &str) -> bool {
    const EXTENSIONS: [&str; 6] = ["jpg", "jpeg", "png", "bmp", "gif", "tif"];
    // Only web addresses have a query; elsewhere these signs belong to the name.
    let end = if url.starts_with("http") {
        url.find(['?', '#'])
    } else {
        None
    };
    let url = &url[..end.unwrap_or(url.len())];
    let extension = url.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|found| {
        EXTENSIONS
            .iter()
            .any(|image| found.eq_ignore_ascii_case(image))
    })
}
