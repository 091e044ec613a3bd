//! What a batch, a shard or a whole file adds up to.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::cache::Searchables;
use crate::corpus::Statistics;
use crate::corpus::confirmed::Confirmed;
use crate::corpus::surfaces::NotedSurfaces;
use crate::diagnostics::store::{DiagnosticStore, SpillError};
use crate::diagnostics::{Bounds, Diagnostic, Fix};
use crate::formats::Header;
use crate::input::Listed;
use crate::model::fingerprints::Fingerprints;
use crate::pipeline::survey::Votes;
use crate::pipeline::{Error, Options};

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
    /// Whether a stretch of a file can add up to this: nobody has proved it of what was read from
    /// a file.
    pub(crate) fn is_within(&self, bytes: &Range<u64>) -> bool {
        let bounds = &Bounds {
            records: self.records,
            bytes: bytes.clone(),
        };
        let broken = self.first_broken;
        bounds.hold(self.records)
            && self.unreadable <= self.records
            && self.addresses.len() as u64 <= self.records
            && broken.is_none_or(|place| bytes.contains(&place))
            && self.statistics.is_within(bounds)
            && self.votes.is_within(bounds)
            && self.listed.is_within(bounds)
    }

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

/// What a batch comes to. Batches add up in the order of the file.
#[derive(Default)]
pub(crate) struct Aggregate {
    /// The findings of a batch.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Those of the whole file; of a batch those that came before, where they are very many.
    pub(crate) findings: DiagnosticStore,
    /// Why findings could not be kept.
    pub(crate) unkept: Option<SpillError>,
    /// What fixes the findings about what offsets count, in their order.
    pub(crate) mismatches: Vec<Fix>,
    /// What the documents add up to.
    pub(crate) sums: Sums,
    /// The words that the labels of a batch stand on, until they are added up
    /// ([`UnorderedSums`](super::unordered::UnorderedSums)).
    pub(crate) noted: NotedSurfaces,
    /// Documents for the recheck.
    pub(crate) searchable: Searchables,
    /// What the recheck has proved.
    pub(crate) confirmed: Confirmed,
    /// In a conversion without texts: the documents whose region was made to end with the last
    /// label.
    pub(crate) guessed_regions: u64,
    /// The whole header, where the survey has only the beginning of it.
    pub(crate) header: Option<Box<Header>>,
    /// Why it could not be gone on.
    pub(crate) failed: Option<Error>,
}

impl Aggregate {
    pub(crate) const fn unread_record(&mut self) {
        self.sums.unreadable += 1;
        self.sums.statistics.unread += 1;
        self.sums.statistics.unread_records += 1;
    }

    /// Nothing yet, of a whole file.
    pub(crate) fn of(options: &Options) -> Self {
        Self {
            findings: DiagnosticStore::new(&options.budget),
            ..Self::default()
        }
    }

    /// Nothing yet, of a batch.
    pub(crate) fn of_batch(options: &Options) -> Self {
        Self {
            findings: DiagnosticStore::new(&options.budget.of_batch()),
            ..Self::default()
        }
    }

    /// Puts the findings of a batch aside.
    pub(crate) fn put_aside(&mut self) {
        if let Err(error) = self.findings.extend(self.diagnostics.drain(..)) {
            self.unkept.get_or_insert(error);
        }
    }

    /// Adds the batch that follows.
    ///
    /// Fails where its findings cannot be kept.
    pub(crate) fn add(&mut self, mut other: Self) -> Result<(), SpillError> {
        if let Some(error) = other.unkept.take() {
            return Err(error);
        }
        self.findings.append(std::mem::take(&mut other.findings))?;
        self.findings.extend(other.diagnostics.drain(..))?;
        self.sums.add(other.sums);
        self.searchable.extend(other.searchable);
        Ok(())
    }
}
