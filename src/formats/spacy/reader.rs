//! Reads a record: quickly where it is as it should be, with care where it is not.

use std::borrow::Cow;

use self::careful::{document, set, settle};
use super::super::names::address;
use super::super::{Context, Reading, Record, RecordForm};
use super::wire::{ACCEPT, COLUMNS};
use crate::formats::inline::no_labels;
use crate::json::{Cursor, once};
use crate::model::{Class, Document, Foreign, Kind, Label, Labels, Split};
use crate::text::{Span, Unit};

mod careful;

/// Reads a record. A blank one gives no document and one fact.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    if context.quick
        && let Some((document, form)) = quick(record, context)
    {
        return Reading {
            document: Some(document),
            form,
            issues: Vec::new(),
            edits: Vec::new(),
        };
    }
    careful::read(record, context)
}

/// An accepted record with nothing but what Prodigy writes for spans, or for one class; otherwise
/// nothing.
fn quick<'a>(record: Record<'a>, context: Context<'_>) -> Option<(Document<'a>, RecordForm)> {
    let told = context.told;
    if told.text_key.is_some() || told.name_key.is_some() {
        return None;
    }
    let mut cursor = Cursor::new(record.text);
    let (mut text, mut spans, mut class, mut named) = (None, None, None, None);
    let (mut answer, mut hashes, mut task, mut view) = (None, None, None, None);
    let (mut tokens, mut columns) = (None, [None; COLUMNS.len()]);
    cursor.object(|cursor, key| match key {
        "text" => once(&mut text, cursor.string()?),
        "spans" => once(&mut spans, spans_of(cursor, context.unit)?),
        "label" => once(&mut class, cursor.string()?),
        "answer" => once(&mut answer, cursor.plain_string()?),
        "meta" => once(&mut named, meta(cursor)?),
        "tokens" => once(&mut tokens, cursor.array(token)?),
        "_input_hash" => once(&mut hashes, cursor.integer()?),
        "_task_hash" => once(&mut task, cursor.integer()?),
        "_view_id" => once(&mut view, cursor.plain_string()?),
        _ => {
            let column = COLUMNS.iter().position(|column| *column == key)?;
            once(&mut columns[column], cursor.raw(scalar)?)
        }
    })?;
    cursor.end()?;
    if answer.is_some_and(|answer| answer != ACCEPT) {
        return None;
    }
    let text = text?;
    let is_multi = context.kind == Some(Kind::MultiLabelClassification);
    let (mut labels, form) = match (spans, class) {
        (Some(spans), None) if spans.is_empty() => (no_labels(context.kind), RecordForm::Undecided),
        (Some(spans), None) => {
            let form = RecordForm::Kind(Kind::EntityRecognition);
            (Labels::entities(spans, None), form)
        }
        (None, Some(category)) => {
            let class = Class {
                category,
                index: 0,
                spelled: None,
            };
            let labels = if is_multi {
                Labels::classes(vec![class])
            } else {
                Labels::class(Some(class))
            };
            (labels, RecordForm::Classes { several: false })
        }
        _ => return None,
    };
    settle(&mut labels, &text);
    let (name, split) = named.unwrap_or_default();
    let name = name.unwrap_or_default();
    let address = address(name, record.in_file.1, context.stem(&record));
    let mut document = document(record, address, text, labels);
    document.split = split;
    let extras = &mut document.extras;
    extras.unknown = [hashes.is_some(), task.is_some(), view.is_some()]
        .into_iter()
        .map(u64::from)
        .sum();
    let columns = COLUMNS.into_iter().zip(columns);
    extras.columns = columns
        .filter_map(|(name, raw)| Some((name, raw?)))
        .collect();
    if tokens.is_some() {
        extras.lost.push((Foreign::Tokens, 1));
    }
    Some((document, form))
}

fn spans_of<'a>(cursor: &mut Cursor<'a>, unit: Unit) -> Option<Vec<Label<'a>>> {
    let mut spans = Vec::new();
    cursor.array(|cursor| {
        if spans.is_empty() {
            spans.reserve(8);
        }
        let index = spans.len();
        match cursor.attempt(written) {
            // It is built where it stays: moving it costs as much as reading it.
            Some((start, end, category)) => spans.push(Label {
                category: Cow::Borrowed(category),
                span: Span { unit, start, end },
                region: 0,
                index,
                covered: None,
            }),
            None => spans.push(span(cursor, unit, index)?),
        }
        Some(())
    })?;
    Some(spans)
}

/// A span with its members as they are written: start, end, label.
#[inline]
fn written<'a>(cursor: &mut Cursor<'a>) -> Option<(i64, i64, &'a str)> {
    cursor.pass(b"{")?;
    cursor.pass(b"\"start\":")?;
    let start = cursor.integer()?;
    cursor.pass(b",")?;
    cursor.pass(b"\"end\":")?;
    let end = cursor.integer()?;
    cursor.pass(b",")?;
    cursor.pass(b"\"label\":")?;
    let category = cursor.plain_string()?;
    cursor.pass(b"}")?;
    Some((start, end, category))
}

/// A span with its members in any order, and those that follow from them.
fn span<'a>(cursor: &mut Cursor<'a>, unit: Unit, index: usize) -> Option<Label<'a>> {
    let (mut category, mut start, mut end, mut covered) = (None, None, None, None);
    let (mut first, mut last) = (None, None);
    cursor.object(|cursor, key| match key {
        "label" => once(&mut category, cursor.string()?),
        "start" => once(&mut start, cursor.integer()?),
        "end" => once(&mut end, cursor.integer()?),
        "text" => once(&mut covered, cursor.string()?),
        "token_start" => once(&mut first, cursor.integer()?),
        "token_end" => once(&mut last, cursor.integer()?),
        _ => None,
    })?;
    Some(Label {
        category: category?,
        span: Span {
            unit,
            start: start?,
            end: end?,
        },
        region: 0,
        index,
        covered,
    })
}

/// The name and the set, in an object with nothing else.
fn meta<'a>(cursor: &mut Cursor<'a>) -> Option<(Option<Cow<'a, str>>, Option<Split<'a>>)> {
    let (mut name, mut split) = (None, None);
    cursor.object(|cursor, key| match key {
        "file" => once(&mut name, cursor.string()?),
        "dataset" if cursor.peek()? == b'n' => {
            cursor.pass(b"null")?;
            once(&mut split, None)
        }
        "dataset" => once(&mut split, Some(set(cursor.string()?))),
        _ => None,
    })?;
    Some((name, split.flatten()))
}

/// Passes a token.
fn token(cursor: &mut Cursor<'_>) -> Option<()> {
    let (mut text, mut id, mut start) = (None, None, None);
    let (mut end, mut blank, mut disabled) = (None, None, None);
    cursor.object(|cursor, key| match key {
        "text" => once(&mut text, cursor.string().map(|_| ())?),
        "id" => once(&mut id, cursor.integer()?),
        "start" => once(&mut start, cursor.integer()?),
        "end" => once(&mut end, cursor.integer()?),
        "ws" => once(&mut blank, truth(cursor)?),
        "disabled" => once(&mut disabled, truth(cursor)?),
        _ => None,
    })
}

/// Passes a truth value.
fn truth(cursor: &mut Cursor<'_>) -> Option<()> {
    if cursor.peek()? == b't' {
        cursor.pass(b"true")
    } else {
        cursor.pass(b"false")
    }
}

/// Passes a string, a number or null.
fn scalar(cursor: &mut Cursor<'_>) -> Option<()> {
    match cursor.peek()? {
        b'"' => cursor.string().map(|_| ()),
        b'n' => cursor.pass(b"null"),
        _ => cursor.number().map(|_| ()),
    }
}
