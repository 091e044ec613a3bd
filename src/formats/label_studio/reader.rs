//! Reads a task: quickly where it is as it should be, with care where it is not.

mod careful;
mod quick;

use crate::formats::{Context, Reading, Record};

/// Reads a task.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    if context.quick
        && let Some(reading) = quick::read(record, context)
    {
        return reading;
    }
    careful::read(record, context)
}
