//! Reads a line quickly, where it is as doccano or labelwright writes it.

use std::borrow::Cow;

use crate::formats::inline::{classes_of, no_labels};
use crate::formats::inline_quick::Members;
use crate::formats::{Context, Record, RecordForm};
use crate::json::{Cursor, once};
use crate::model::{Class, Document, Extras, Kind, Label, Labels};
use crate::text::{Span, Unit};

/// What the careful reader answers of a line that it has nothing to say of; otherwise nothing.
pub(super) fn read<'a>(
    record: &Record<'a>,
    context: &Context<'_>,
) -> Option<(Document<'a>, RecordForm)> {
    let mut cursor = Cursor::new(record.text);
    let mut members = Members::default();
    let (mut labels, mut comments) = (None, None);
    cursor.object(|cursor, key| match key {
        "label" => once(&mut labels, list(cursor, context)?),
        "Comments" => once(&mut comments, cursor.array(|_| None)?),
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

/// The labels of a line, all of one sort.
fn list<'a>(cursor: &mut Cursor<'a>, context: &Context<'_>) -> Option<(Labels<'a>, RecordForm)> {
    let class = |index, category| Class {
        category,
        index,
        spelled: None,
    };
    let (mut spans, mut classes) = (Vec::new(), Vec::new());
    if cursor.peek()? == b'"' {
        classes.push(class(0, cursor.string()?));
    } else {
        cursor.array(|cursor| {
            if cursor.peek()? == b'"' {
                classes.push(class(classes.len(), cursor.string()?));
            } else {
                spans.push(triple(cursor, context.unit, spans.len())?);
            }
            Some(())
        })?;
    }
    match (spans.is_empty(), classes.is_empty()) {
        (true, true) => Some((no_labels(context.kind), RecordForm::Undecided)),
        (false, true) => {
            let form = RecordForm::Kind(Kind::EntityRecognition);
            Some((Labels::entities(spans, None), form))
        }
        (true, false) => {
            let several = classes.len() > 1;
            let labels = classes_of(context.kind, classes, several);
            Some((labels, RecordForm::Classes { several }))
        }
        (false, false) => None,
    }
}

/// `[start,end,name]`
fn triple<'a>(cursor: &mut Cursor<'a>, unit: Unit, index: usize) -> Option<Label<'a>> {
    cursor.pass(b"[")?;
    let start = cursor.integer()?;
    cursor.pass(b",")?;
    let end = cursor.integer()?;
    cursor.pass(b",")?;
    let category = match cursor.attempt(Cursor::plain_string) {
        Some(plain) => Cow::Borrowed(plain),
        None => cursor.string()?,
    };
    cursor.pass(b"]")?;
    Some(Label {
        category,
        span: Span { unit, start, end },
        region: 0,
        index,
        covered: None,
    })
}
