//! What the documents of a batch, a shard or a file add up to.

use serde::{Deserialize, Serialize};

use crate::corpus::Statistics;
use crate::input::Listed;
use crate::model::fingerprints::Fingerprints;
use crate::pipeline::survey::votes::Votes;

/// What the documents add up to.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Sums {
    /// Records, those that could not be read included.
    pub(crate) records: u64,
    pub(crate) statistics: Statistics,
    /// Records that could not be read, so that a conversion would lose them.
    pub(crate) unreadable: u64,
    /// The place of the first record that is no JSON.
    pub(crate) first_broken: Option<u64>,
    /// Fingerprints of addresses, where the survey has none.
    pub(crate) addresses: Fingerprints,
    /// What the offsets seem to count, where nobody says it.
    pub(crate) votes: Votes,
    /// The files that documents were found in.
    pub(crate) listed: Listed,
}

impl Sums {
    /// Adds what follows in the file.
    pub(crate) fn add(&mut self, other: Self) {
        self.records += other.records;
        self.statistics.merge(other.statistics);
        self.unreadable += other.unreadable;
        self.first_broken = self.first_broken.or(other.first_broken);
        self.addresses.append(&other.addresses);
        self.votes.merge(other.votes);
        self.listed.merge(other.listed);
    }
}
