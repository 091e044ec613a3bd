//! What a batch, or a whole file, comes to.

use std::fs::File;
use std::io;

use super::Options;
use super::partial::Sums;
use super::place::Unplaced;
use super::second_look::Searchables;
use crate::diagnostic::Diagnostic;
use crate::findings::{self, Findings};
use crate::fingerprints::Fingerprints;
use crate::formats::Header;
use crate::json::patch::Edit;
use crate::losses::Losses;
use crate::mend::Mending;
use crate::site::Site;
use crate::tally::confirmed::Confirmed;

/// What a batch comes to. Parts add up in the order of the file.
#[derive(Default)]
pub(super) struct Part {
    /// The findings of a batch.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Those of the whole file; of a batch those that came before, where they are very many.
    pub(super) findings: Findings,
    /// Why findings could not be kept.
    pub(super) unkept: Option<findings::Error>,
    /// What mends the findings about what offsets count, in their order.
    pub(super) mismatches: Vec<Mending>,
    /// What the documents add up to.
    pub(super) sums: Sums,
    /// Documents for the second look.
    pub(super) searchable: Searchables,
    /// What the second look has proved.
    pub(super) confirmed: Confirmed,
    pub(super) losses: Losses,
    pub(super) unplaced: Unplaced,
    /// Documents whose name in the target may occur twice: name, address, place.
    pub(super) names: Vec<(String, String, Site)>,
    /// Fingerprints of names in the target, where the survey has none.
    pub(super) locations: Fingerprints,
    pub(super) edits: Vec<Edit>,
    /// What was written, after what was put aside of it.
    pub(super) out: Vec<u8>,
    pub(super) spilled: Option<File>,
    /// Whether a document was written.
    pub(super) any: bool,
    /// The whole header, where the survey has only the beginning of it.
    pub(super) header: Option<Box<Header>>,
    /// Lines of the ledger, and how many they are.
    pub(super) ledger: Vec<u8>,
    pub(super) saved: u64,
    /// Facts of a ledger about labels that do not stand any more.
    pub(super) unplaced_facts: u64,
    /// Why the ledger could not be read.
    pub(super) failed: Option<io::Error>,
}

impl Part {
    pub(super) const fn unread_record(&mut self) {
        self.sums.unreadable += 1;
        self.sums.tally.unread += 1;
        self.sums.tally.unread_records += 1;
    }

    /// Nothing yet, of a whole file.
    pub(super) fn of(options: &Options) -> Self {
        Self {
            findings: Findings::new(&options.room),
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.sums.add(other.sums);
        self.searchable.extend(other.searchable);
        self.losses.merge(other.losses);
        self.unplaced.merge(other.unplaced);
        self.names.extend(other.names);
        self.locations.append(&other.locations);
        self.saved += other.saved;
        self.unplaced_facts += other.unplaced_facts;
    }
}
