//! Reads documents: quickly where they are as they should be, with care where they are not.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::super::fields::{Field, Fields, array};
use super::super::{Context, Form, Reading, Record, audit};
use super::wire::{self, DOCUMENT, LABEL, REGION};
use crate::fact::Located;
use crate::json::Pointer;
use crate::model::{Address, Document, Extras, Kind, Label, Labels, Notation, Region, Split};
use crate::text::{Span, Unit};

mod header;

pub(super) use header::header;

/// The swagger's integers are int32.
const INT32: RangeInclusive<i64> = i32::MIN as i64..=i32::MAX as i64;

/// Reads a document of an entity project.
pub(super) fn read(record: Record<'_>, context: Context) -> Reading<'_> {
    let mut facts = Vec::new();
    let quick = if context.quick { quick(record) } else { None };
    let document = quick.or_else(|| careful(record, &mut facts));
    let form = match &document {
        Some(_) => Form::Kind(Kind::EntityRecognition),
        None => Form::Unreadable,
    };
    Reading {
        document,
        form,
        facts,
    }
}

/// A document that is exactly as the contract has it; otherwise nothing.
fn quick(record: Record<'_>) -> Option<Document<'_>> {
    // An array would be read by position.
    if !record.text.trim_ascii_start().starts_with('{') {
        return None;
    }
    let read: wire::Document<'_> = serde_json::from_str(record.text).ok()?;
    let mut labels = Vec::new();
    let mut regions = Vec::new();
    let unlabeled = read.entities.as_ref().is_none_or(Vec::is_empty);
    for (region, entity) in read.entities.into_iter().flatten().enumerate() {
        let entity = entity.0;
        regions.push(Region {
            span: span(entity.offset.into(), entity.length.into()),
            index: region,
        });
        for (index, label) in entity.labels.into_iter().enumerate() {
            labels.push(Label {
                category: label.0.category,
                span: span(label.0.offset.into(), label.0.length.into()),
                region,
                index,
            });
        }
    }
    let mut document = document(record, read.location, labels, regions);
    document.language = read.language;
    document.split = read.dataset.map(split);
    document.extras.unlabeled = unlabeled;
    Some(document)
}

fn document<'a>(
    record: Record<'a>,
    location: Cow<'a, str>,
    labels: Vec<Label<'a>>,
    regions: Vec<Region>,
) -> Document<'a> {
    Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address: Address {
            path: 0..location.len(),
            written: location,
            datastore: None,
            shortens: false,
        },
        language: None,
        split: None,
        labels: Labels::Spans {
            labels,
            regions,
            regional: true,
        },
        notation: Notation::OffsetLength,
        extras: Extras::default(),
        unreadable: 0,
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

/// Reads what there is to read, and notes everything that is not as it should be.
fn careful<'a>(record: Record<'a>, facts: &mut Vec<Located>) -> Option<Document<'a>> {
    let text = record.text;
    let node = audit::parse(&record, facts)?;
    let root = Field {
        node,
        pointer: Pointer::root(),
    };
    let fields = Fields::new(text, root, facts)?;
    let location = fields.required_string("location", facts);
    let language = fields.optional_string("language", facts);
    let dataset = fields.optional_string("dataset", facts);
    let mut extras = Extras::default();
    let mut labels = Vec::new();
    let mut regions = Vec::new();
    let mut unreadable = 0;
    extras.unlabeled = true;
    if let Some(entities) = fields.optional("entities", facts) {
        let items = array(text, &entities, facts);
        unreadable += u64::from(items.is_none());
        for (index, item) in items.into_iter().flatten().enumerate() {
            extras.unlabeled = false;
            let Some(region) = Fields::new(text, item, facts) else {
                unreadable += 1;
                continue;
            };
            let read = read_region(text, &region, index, &mut labels, facts);
            extras.unknown += read.unknown;
            unreadable += read.unreadable;
            regions.extend(read.region);
        }
    }
    extras.unknown += fields.unknown(&DOCUMENT, facts);
    let nulls = ["language", "dataset", "entities"];
    let null = |name: &&str| {
        let found = fields.find(name);
        found.is_some_and(|field| field.node.kind() == crate::json::Kind::Null)
    };
    extras.unknown += nulls.iter().filter(|name| null(name)).count() as u64;

    let mut document = document(record, location?, labels, regions);
    document.language = language;
    document.split = dataset.map(split);
    document.extras = extras;
    document.unreadable = unreadable;
    Some(document)
}

/// What a region gave, beside its labels.
struct ReadRegion {
    region: Option<Region>,
    unknown: u64,
    unreadable: u64,
}

fn read_region<'a>(
    text: &'a str,
    region: &Fields<'a>,
    number: usize,
    labels: &mut Vec<Label<'a>>,
    facts: &mut Vec<Located>,
) -> ReadRegion {
    let offset = region.required_integer("regionOffset", &INT32, facts);
    let length = region.required_integer("regionLength", &INT32, facts);
    let mut read = ReadRegion {
        region: offset.zip(length).map(|(offset, length)| Region {
            span: span(offset, length),
            index: number,
        }),
        unknown: region.unknown(&REGION, facts),
        unreadable: 0,
    };
    let listed = region.required("labels", facts);
    let items = listed.and_then(|listed| array(text, &listed, facts));
    read.unreadable += u64::from(items.is_none() || read.region.is_none());
    for (index, item) in items.into_iter().flatten().enumerate() {
        let Some(label) = Fields::new(text, item, facts) else {
            read.unreadable += 1;
            continue;
        };
        let category = label.required_string("category", facts);
        let offset = label.required_integer("offset", &INT32, facts);
        let length = label.required_integer("length", &INT32, facts);
        read.unknown += label.unknown(&LABEL, facts);
        if let (Some(category), Some(offset), Some(length)) = (category, offset, length) {
            labels.push(Label {
                category,
                span: span(offset, length),
                region: number,
                index,
            });
        } else {
            read.unreadable += 1;
        }
    }
    read
}
