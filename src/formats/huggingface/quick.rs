//! Reads a record quickly, where it is as labelwright and most programs write it.

use crate::formats::inline::{classes_of, no_labels};
use crate::formats::inline_quick::Members;
use crate::formats::{Context, Record, RecordForm};
use crate::json::{Cursor, once};
use crate::model::{Class, Document, Extras, Kind, Label, Labels};
use crate::text::{Span, Unit};

/// What the careful reader answers of a record that it has nothing to say of; otherwise nothing.
pub(super) fn read<'a>(
    record: &Record<'a>,
    context: &Context<'_>,
) -> Option<(Document<'a>, RecordForm)> {
    let mut cursor = Cursor::new(record.text);
    let mut members = Members::default();
    let mut labels = None;
    cursor.object(|cursor, key| match key {
        "entities" => once(&mut labels, spans(cursor, context)?),
        "label" => {
            let class = class(cursor, 0)?;
            let labels_of = classes_of(context.kind, vec![class], false);
            let form = RecordForm::Classes { several: false };
            once(&mut labels, (labels_of, form))
        }
        "labels" => once(&mut labels, classes(cursor, context)?),
        _ => members.read(cursor, key),
    })?;
    cursor.end()?;
    let (labels, form) = labels?;
    let frame = members.frame(record, context)?;
    let extras = Extras {
        unknown: frame.unused,
        ..Extras::default()
    };
    Some((frame.document(record, labels, extras, 0), form))
}

fn class<'a>(cursor: &mut Cursor<'a>, index: usize) -> Option<Class<'a>> {
    if cursor.peek()? != b'"' {
        return None;
    }
    Some(Class {
        category: cursor.string()?,
        index,
        spelled: None,
    })
}

fn classes<'a>(cursor: &mut Cursor<'a>, context: &Context<'_>) -> Option<(Labels<'a>, RecordForm)> {
    let mut classes = Vec::new();
    cursor.array(|cursor| {
        classes.push(class(cursor, classes.len())?);
        Some(())
    })?;
    if classes.is_empty() {
        return Some((no_labels(context.kind), RecordForm::Undecided));
    }
    let several = classes.len() > 1;
    let labels = classes_of(context.kind, classes, several);
    Some((labels, RecordForm::Classes { several: true }))
}

fn spans<'a>(cursor: &mut Cursor<'a>, context: &Context<'_>) -> Option<(Labels<'a>, RecordForm)> {
    let mut spans = Vec::new();
    cursor.array(|cursor| {
        spans.push(span(cursor, context.unit, spans.len())?);
        Some(())
    })?;
    if spans.is_empty() {
        return Some((no_labels(context.kind), RecordForm::Undecided));
    }
    let form = RecordForm::Kind(Kind::EntityRecognition);
    Some((Labels::entities(spans, None), form))
}

/// A span with its members in any order.
fn span<'a>(cursor: &mut Cursor<'a>, unit: Unit, index: usize) -> Option<Label<'a>> {
    let (mut category, mut start, mut end) = (None, None, None);
    cursor.object(|cursor, key| match key {
        "start" => once(&mut start, cursor.integer()?),
        "end" => once(&mut end, cursor.integer()?),
        "label" => once(&mut category, cursor.string()?),
        _ => None,
    })?;
    let (start, end) = (start?, end?);
    Some(Label {
        category: category?,
        span: Span { unit, start, end },
        region: 0,
        index,
        covered: None,
    })
}
