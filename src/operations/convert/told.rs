//! What is told of a conversion that is not refused: what was assumed, and what is lost.

use super::conversion::Conversion;
use super::restore::Ledger;
use super::sums::WrittenSums;
use crate::diagnostics::{Assumption, Issue};

/// What was assumed, and what is to be said again on the way back.
pub(super) fn assumptions(
    assumed: Vec<Assumption>,
    by_script: Vec<(&'static str, u64)>,
    rebuilt: Vec<Assumption>,
) -> Option<Issue> {
    let is_any = !assumed.is_empty() || !by_script.is_empty() || !rebuilt.is_empty();
    is_any.then_some(Issue::AssumedMetadata {
        assumed,
        by_script,
        rebuilt,
    })
}

/// What is lost, or finds no place again.
pub(super) fn losses(
    conversion: &Conversion<'_>,
    sums: &WrittenSums,
    has_ledger: bool,
) -> Option<Issue> {
    let lost = sums.losses.counts();
    let left_out = conversion.restore.map_or(0, Ledger::left_out_count);
    let unplaced = conversion.restore.map_or(0, Ledger::unused)
        + sums.unplaced_entries
        + left_out.saturating_sub(sums.returned);
    (!lost.is_empty() || unplaced > 0).then_some(Issue::Lossy {
        lost,
        unplaced,
        // What is lost where a ledger is written is what that does not keep.
        has_ledger: has_ledger && !conversion.save_losses,
    })
}
