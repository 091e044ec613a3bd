//! Reads documents: quickly where they are as they should be, with care where they are not.

use std::borrow::Cow;

use super::super::{Context, Reading, Record, RecordForm};
use super::document::{INT32, document, span, split};
use crate::json::{Cursor, once};
use crate::model::{Class, Document, Kind, Label, Labels, Region, Shape};

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
            form: RecordForm::Kind(kind),
            issues: Vec::new(),
            edits: Vec::new(),
        };
    }
    careful::read(record, context)
}

/// A document that is exactly as the contract of its kind has it; otherwise nothing.
fn quick(record: Record<'_>, kind: Kind, shape: Shape) -> Option<Document<'_>> {
    if shape.is_foreign() {
        return None;
    }
    let mut cursor = Cursor::new(record.text);
    let (mut location, mut language, mut dataset, mut labels) = (None, None, None, None);
    cursor.object(|cursor, key| match (key, kind) {
        ("location", _) => once(&mut location, cursor.string()?),
        ("language", _) => once(&mut language, cursor.string()?),
        ("dataset", _) => once(&mut dataset, cursor.string()?),
        ("entities", Kind::EntityRecognition | Kind::Healthcare) => {
            once(&mut labels, entities(cursor)?)
        }
        ("class", Kind::SingleLabelClassification) => {
            let class = Labels::class(Some(class(cursor, 0)?));
            once(&mut labels, class)
        }
        ("classes", Kind::MultiLabelClassification) => {
            let classes = items(cursor, class)?;
            once(&mut labels, Labels::classes(classes))
        }
        ("sentimentSpans", Kind::TextSentiment) => {
            let sentiments = items(cursor, |cursor, index| label(cursor, 0, index))?;
            once(&mut labels, Labels::sentiments(sentiments))
        }
        _ => None,
    })?;
    cursor.end()?;
    let unlabeled = match &labels {
        Some(labels) => {
            let regions = labels
                .spans
                .as_ref()
                .and_then(|spans| spans.regions.as_ref());
            regions.is_some_and(Vec::is_empty)
        }
        None => true,
    };
    let labels = match (labels, kind) {
        (Some(labels), _) => labels,
        (None, Kind::EntityRecognition | Kind::Healthcare) => {
            Labels::entities(Vec::new(), Some(Vec::new()))
        }
        (None, Kind::SingleLabelClassification) => Labels::class(None),
        (None, Kind::MultiLabelClassification) => Labels::classes(Vec::new()),
        (None, Kind::TextSentiment) => Labels::sentiments(Vec::new()),
        (None, Kind::AbstractiveSummarization) => return None,
    };
    let mut document = document(record, location?, labels);
    document.language = language;
    document.split = dataset.map(split);
    document.extras.unlabeled = unlabeled;
    Some(document)
}

/// The items of an array, each read with its index.
fn items<'a, T>(
    cursor: &mut Cursor<'a>,
    mut item: impl FnMut(&mut Cursor<'a>, usize) -> Option<T>,
) -> Option<Vec<T>> {
    let mut items = Vec::new();
    cursor.array(|cursor| {
        items.push(item(cursor, items.len())?);
        Some(())
    })?;
    Some(items)
}

/// The regions of a document with their labels.
fn entities<'a>(cursor: &mut Cursor<'a>) -> Option<Labels<'a>> {
    let (mut labels, mut regions) = (Vec::new(), Vec::new());
    cursor.array(|cursor| {
        let region = regions.len();
        let (mut offset, mut length, mut has_labels) = (None, None, None);
        cursor.object(|cursor, key| match key {
            "regionOffset" => once(&mut offset, integer(cursor)?),
            "regionLength" => once(&mut length, integer(cursor)?),
            "labels" => {
                let before = labels.len();
                cursor.array(|cursor| {
                    if labels.is_empty() {
                        labels.reserve(16);
                    }
                    let index = labels.len() - before;
                    match cursor.attempt(documented) {
                        // It is built where it stays: moving it costs as much as reading it.
                        Some((category, offset, length)) => labels.push(Label {
                            category: Cow::Borrowed(category),
                            span: span(offset, length),
                            region,
                            index,
                            covered: None,
                        }),
                        None => labels.push(label(cursor, region, index)?),
                    }
                    Some(())
                })?;
                once(&mut has_labels, ())
            }
            _ => None,
        })?;
        has_labels?;
        regions.push(Region {
            span: span(offset?, length?),
            index: region,
        });
        Some(())
    })?;
    Some(Labels::entities(labels, Some(regions)))
}

/// A label with its members in the order of the documentation's examples: category, offset,
/// length.
#[inline]
fn documented<'a>(cursor: &mut Cursor<'a>) -> Option<(&'a str, i64, i64)> {
    cursor.pass(b"{")?;
    cursor.pass(b"\"category\":")?;
    let category = cursor.plain_string()?;
    cursor.pass(b",")?;
    cursor.pass(b"\"offset\":")?;
    let offset = integer(cursor)?;
    cursor.pass(b",")?;
    cursor.pass(b"\"length\":")?;
    let length = integer(cursor)?;
    cursor.pass(b"}")?;
    Some((category, offset, length))
}

/// A label with its members in any order.
fn label<'a>(cursor: &mut Cursor<'a>, region: usize, index: usize) -> Option<Label<'a>> {
    let (mut category, mut offset, mut length) = (None, None, None);
    cursor.object(|cursor, key| match key {
        "category" => once(&mut category, cursor.string()?),
        "offset" => once(&mut offset, integer(cursor)?),
        "length" => once(&mut length, integer(cursor)?),
        _ => None,
    })?;
    Some(Label {
        category: category?,
        span: span(offset?, length?),
        region,
        index,
        covered: None,
    })
}

fn class<'a>(cursor: &mut Cursor<'a>, index: usize) -> Option<Class<'a>> {
    let mut category = None;
    cursor.object(|cursor, key| match key {
        "category" => once(&mut category, cursor.string()?),
        _ => None,
    })?;
    Some(Class {
        category: category?,
        index,
        spelled: None,
    })
}

fn integer(cursor: &mut Cursor<'_>) -> Option<i64> {
    cursor.integer().filter(|number| INT32.contains(number))
}
