//! Places in a record.

use std::ops::Range;

use crate::diagnostics::Location;
use crate::json::Pointer;

/// A place in a record: by what the format is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A value of JSON.
    Value(Pointer),
    /// Bytes, from the first of the record.
    Bytes(Range<usize>),
}

/// The place of a byte-order mark.
pub(super) fn byte_order_mark() -> Location {
    Location {
        bytes: 0..3,
        pointer: Some(Pointer::root()),
        document: None,
    }
}
