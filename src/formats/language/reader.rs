//! Reads documents: quickly where they are as they should be, with care where they are not.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::super::{Context, Form, Reading, Record};
use super::wire;
use crate::json::strict::Object;
use crate::model::{
    Address, Class, Document, Extras, Kind, Label, Labels, Notation, Region, Shape, Split,
};
use crate::text::{Span, Unit};

/// The swagger's integers are int32.
const INT32: RangeInclusive<i64> = i32::MIN as i64..=i32::MAX as i64;

mod careful;
mod header;

pub(super) use header::header;

/// Reads a document.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    if context.quick
        && let Some(kind) = context.kind
        && let Some(document) = quick(record, kind, context.project.shape)
    {
        return Reading {
            document: Some(document),
            form: Form::Kind(kind),
            facts: Vec::new(),
            edits: Vec::new(),
        };
    }
    careful::read(record, context)
}

/// A document that is exactly as the contract of its kind has it; otherwise nothing.
fn quick(record: Record<'_>, kind: Kind, shape: Shape) -> Option<Document<'_>> {
    // An array would be read by position.
    if shape.is_foreign() || !record.text.trim_ascii_start().starts_with('{') {
        return None;
    }
    let mut read: wire::Document<'_> = serde_json::from_str(record.text).ok()?;
    let (entities, class) = (read.entities.take(), read.class.take());
    let (classes, sentiments) = (read.classes.take(), read.sentiments.take());
    let (labels, unlabeled) = match (kind, entities, class, classes, sentiments) {
        (Kind::EntityRecognition | Kind::Healthcare, entities, None, None, None) => {
            let unlabeled = entities.as_ref().is_none_or(Vec::is_empty);
            (spans(entities.unwrap_or_default()), unlabeled)
        }
        (Kind::SingleLabelClassification, None, class, None, None) => {
            let unlabeled = class.is_none();
            (Labels::Class(class.map(|class| named(0, class))), unlabeled)
        }
        (Kind::MultiLabelClassification, None, None, classes, None) => {
            let unlabeled = classes.is_none();
            let classes = classes.into_iter().flatten().enumerate();
            let classes = classes.map(|(index, class)| named(index, class));
            (Labels::Classes(classes.collect()), unlabeled)
        }
        (Kind::TextSentiment, None, None, None, sentiments) => {
            let unlabeled = sentiments.is_none();
            let labels = sentiments.into_iter().flatten().enumerate();
            let labels = labels.map(|(index, label)| placed(0, index, label));
            (Labels::Sentiments(labels.collect()), unlabeled)
        }
        _ => return None,
    };
    let mut document = document(record, read.location, labels);
    document.language = read.language;
    document.split = read.dataset.map(split);
    document.extras.unlabeled = unlabeled;
    Some(document)
}

fn spans(entities: Vec<Object<wire::Region<'_>>>) -> Labels<'_> {
    let mut labels = Vec::new();
    let mut regions = Vec::new();
    for (region, entity) in entities.into_iter().enumerate() {
        let entity = entity.0;
        regions.push(Region {
            span: span(entity.offset.into(), entity.length.into()),
            index: region,
        });
        for (index, label) in entity.labels.into_iter().enumerate() {
            labels.push(placed(region, index, label));
        }
    }
    Labels::Spans {
        labels,
        regions,
        regional: true,
    }
}

fn placed(region: usize, index: usize, label: Object<wire::Label<'_>>) -> Label<'_> {
    Label {
        category: label.0.category,
        span: span(label.0.offset.into(), label.0.length.into()),
        region,
        index,
    }
}

fn named(index: usize, class: Object<wire::Class<'_>>) -> Class<'_> {
    Class {
        category: class.0.category,
        index,
        spelled: None,
    }
}

fn document<'a>(record: Record<'a>, location: Cow<'a, str>, labels: Labels<'a>) -> Document<'a> {
    Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address: address(location),
        language: None,
        split: None,
        labels,
        notation: Notation::OffsetLength,
        extras: Extras::default(),
        unreadable: 0,
    }
}

fn address(location: Cow<'_, str>) -> Address<'_> {
    Address {
        path: 0..location.len(),
        written: location,
        datastore: None,
        shortens: false,
    }
}

fn span(offset: i64, length: i64) -> Span {
    Span {
        unit: Unit::Utf16,
        start: offset,
        end: offset + length,
    }
}

fn split(value: Cow<'_, str>) -> Split<'_> {
    match &*value {
        "Train" => Split::Train,
        "Test" => Split::Test,
        _ => Split::Other(value),
    }
}
