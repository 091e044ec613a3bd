//! How an object becomes a document, once its members are read.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::formats::Record;
use crate::model::{Address, Body, Document, Extras, Labels, Notation, Split};
use crate::text::{Span, Unit};

/// The swagger's integers are int32.
pub(super) const INT32: RangeInclusive<i64> = i32::MIN as i64..=i32::MAX as i64;

pub(super) fn document<'a>(
    record: Record<'a>,
    location: Cow<'a, str>,
    labels: Labels<'a>,
) -> Document<'a> {
    Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address: Address::location(location),
        body: Body::Elsewhere,
        language: None,
        split: None,
        labels,
        notation: Notation::OffsetLength,
        extras: Extras::default(),
        unreadable: 0,
    }
}

pub(super) fn span(offset: i64, length: i64) -> Span {
    Span {
        unit: Unit::Utf16,
        start: offset,
        end: offset + length,
    }
}

pub(super) fn split(value: Cow<'_, str>) -> Split<'_> {
    match &*value {
        "Train" => Split::Train,
        "Test" => Split::Test,
        _ => Split::Other(value),
    }
}
