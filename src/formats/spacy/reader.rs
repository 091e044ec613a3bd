//! Reads a record: quickly where it is as it should be, with care where it is not.

use super::super::{Context, Reading, Record};

mod careful;

/// Reads a record. A blank one gives no document and one fact.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    careful::read(record, context)
}
