//! Where things stand: in a record, and in its file.

use std::ops::Range;

use super::Format;
use crate::diagnostics::Location;
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Project};

/// A place in a record: by what the format is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A value of JSON.
    Value(Pointer),
    /// Bytes, from the first of the record.
    Bytes(Range<usize>),
}

/// Where a place of a document lies in its file. The locator is of the document's record.
#[must_use]
pub fn location(
    format: &dyn Format,
    project: &Project,
    locator: &Locator<'_>,
    document: &Document<'_>,
    at: At,
) -> Location {
    let (pointer, bytes) = match format.place(project, document, at) {
        Place::Value(pointer) => {
            let bytes = locator.locate(&pointer);
            let record = format.record_pointer(project, document.index);
            let pointer = record.map(|record| record.join(&pointer));
            (pointer, bytes.unwrap_or(0..document.source.len()))
        }
        Place::Bytes(bytes) => (None, bytes),
    };
    Location {
        bytes: document.start + bytes.start as u64..document.start + bytes.end as u64,
        pointer,
        document: Some(document.address.path().to_owned()),
    }
}

/// The place of a byte-order mark.
pub(super) fn byte_order_mark() -> Location {
    Location {
        bytes: 0..3,
        pointer: Some(Pointer::root()),
        document: None,
    }
}
