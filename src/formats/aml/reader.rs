//! Reads a line: quickly where it is as it should be, with care where it is not.

use std::borrow::Cow;

use super::super::{Context, Reading, Record};
use super::document::{document, empty, form_of, is_image, spans_of};
use super::wire::COLUMNS;
use super::{confidence, url};
use crate::json::{Cursor, once};
use crate::model::{Class, Confidence, Document, Label, Labels};
use crate::text::{Span, Unit};

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
            issues: Vec::new(),
            edits: Vec::new(),
        };
    }
    careful::read(record, context)
}

/// A line that is exactly as the contract has it; otherwise nothing.
fn quick<'a>(record: Record<'a>, context: Context<'_>) -> Option<Document<'a>> {
    let mut cursor = Cursor::new(record.text);
    let (mut url, mut labels, mut confidences) = (None, None, None);
    let (mut has_columns, mut time) = (false, None);
    cursor.object(|cursor, key| match key {
        "image_url" => once(&mut url, cursor.string()?),
        "label" => once(&mut labels, label(cursor, context)?),
        "label_confidence" => once(&mut confidences, cursor.raw(numbers)?),
        "labeler" | "updated_by" | "label_creation_time" => {
            cursor.string()?;
            has_columns = true;
            Some(())
        }
        "labeling_time_in_seconds" => {
            has_columns = true;
            once(&mut time, cursor.number()?)
        }
        _ => None,
    })?;
    cursor.end()?;
    let (url, labels) = (url?, labels?);
    let is_class = labels.has_one_class();
    let confidence = match confidences {
        None => Confidence::Absent,
        Some(raw) => {
            let read = confidence::read(raw, labels.count(), is_class)?;
            if read.fault.is_some() {
                return None;
            }
            read.confidence
        }
    };
    if is_image(&url) {
        return None;
    }
    let (Some(address), None) = url::parse(url) else {
        return None;
    };
    // What stands in the columns is only needed where it is lost; then it is read again.
    let columns = if has_columns {
        columns(record)?
    } else {
        Vec::new()
    };
    Some(document(record, address, labels, confidence, columns))
}

/// Passes a number, or an array of them.
fn numbers(cursor: &mut Cursor<'_>) -> Option<()> {
    if cursor.peek()? == b'[' {
        cursor.array(|cursor| {
            // What tools write for labels by hand.
            let one = cursor.attempt(|cursor| {
                cursor.pass(b"1.0")?;
                matches!(cursor.peek()?, b',' | b']').then_some(())
            });
            one.or_else(|| cursor.number().map(|_| ()))
        })
    } else {
        cursor.number().map(|_| ())
    }
}

/// The value of `label`, which tells the kind of the project: a class, classes or spans.
fn label<'a>(cursor: &mut Cursor<'a>, context: Context<'_>) -> Option<Labels<'a>> {
    let class = |index, category| Class {
        category,
        index,
        spelled: None,
    };
    if cursor.peek()? == b'"' {
        return Some(Labels::class(Some(class(0, cursor.string()?))));
    }
    let unit = context.unit;
    let (mut classes, mut spans) = (Vec::new(), Vec::new());
    cursor.array(|cursor| {
        if cursor.peek()? == b'"' {
            classes.push(class(classes.len(), cursor.string()?));
        } else {
            if spans.is_empty() {
                spans.reserve(16);
            }
            let index = spans.len();
            match cursor.attempt(exported) {
                // It is built where it stays: moving it costs as much as reading it.
                Some((category, start, end)) => spans.push(Label {
                    category: Cow::Borrowed(category),
                    span: Span { unit, start, end },
                    region: 0,
                    index,
                    covered: None,
                }),
                None => spans.push(span(cursor, unit, index)?),
            }
        }
        Some(())
    })?;
    match (classes.is_empty(), spans.is_empty()) {
        (true, true) => Some(empty(context)),
        (true, false) => Some(spans_of(spans)),
        (false, true) => Some(Labels::classes(classes)),
        (false, false) => None,
    }
}

/// A span with its members in the order in which the service writes them: label, start, end.
#[inline]
fn exported<'a>(cursor: &mut Cursor<'a>) -> Option<(&'a str, i64, i64)> {
    cursor.pass(b"{")?;
    cursor.pass(b"\"label\":")?;
    let category = cursor.plain_string()?;
    cursor.pass(b",")?;
    cursor.pass(b"\"offsetStart\":")?;
    let start = cursor.integer()?;
    cursor.pass(b",")?;
    cursor.pass(b"\"offsetEnd\":")?;
    let end = cursor.integer()?;
    cursor.pass(b"}")?;
    Some((category, start, end))
}

/// A span with its members in any order.
fn span<'a>(cursor: &mut Cursor<'a>, unit: Unit, index: usize) -> Option<Label<'a>> {
    let (mut category, mut start, mut end) = (None, None, None);
    cursor.object(|cursor, key| match key {
        "label" => once(&mut category, cursor.string()?),
        "offsetStart" => once(&mut start, cursor.integer()?),
        "offsetEnd" => once(&mut end, cursor.integer()?),
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

/// The members that say who labeled a line and when; nothing where one of them stands twice.
fn columns(record: Record<'_>) -> Option<Vec<(&'static str, &str)>> {
    let node = crate::json::Node::parse(record.text).ok()?;
    let members = node.members();
    let mut columns = Vec::new();
    for name in COLUMNS {
        let mut found = members.iter().filter(|member| member.key() == name);
        if let Some(member) = found.next() {
            columns.push((name, member.value.raw()));
        }
        if found.next().is_some() {
            return None;
        }
    }
    Some(columns)
}
