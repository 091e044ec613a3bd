//! What conversions of batches add up to.

use super::place::Unplaced;
use super::proof::Nameless;
use crate::diagnostics::Location;
use crate::formats::losses::Losses;
use crate::model::fingerprints::Fingerprints;

/// What conversions of batches add up to.
#[derive(Default)]
pub(super) struct WrittenSums {
    pub(super) losses: Losses,
    pub(super) unplaced: Unplaced,
    /// Documents whose name in the target may occur twice: name, address, place.
    pub(super) names: Vec<(String, String, Location)>,
    /// Fingerprints of names in the target, where the survey has none.
    pub(super) target_names: Fingerprints,
    /// Documents that the target has no address for.
    pub(super) nameless: Nameless,
    /// Lines of the ledger.
    pub(super) saved: u64,
    /// Facts of a ledger about labels that do not stand any more.
    pub(super) unplaced_entries: u64,
}

impl WrittenSums {
    pub(super) fn add(&mut self, other: Self) {
        self.losses.merge(other.losses);
        self.unplaced.merge(other.unplaced);
        self.names.extend(other.names);
        self.target_names.append(&other.target_names);
        self.nameless.merge(other.nameless);
        self.saved += other.saved;
        self.unplaced_entries += other.unplaced_entries;
    }
}
