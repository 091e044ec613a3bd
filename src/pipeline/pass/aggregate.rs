//! What a batch, or a whole file, comes to.

use std::fs::File;
use std::io;

use crate::corpus::confirmed::Confirmed;
use crate::diagnostics::store::{self, DiagnosticStore};
use crate::diagnostics::{Diagnostic, Fix, Location};
use crate::formats::Header;
use crate::formats::losses::Losses;
use crate::json::patch::Edit;
use crate::model::fingerprints::Fingerprints;
use crate::operations::convert::place::Unplaced;
use crate::pipeline::Options;
use crate::pipeline::pass::kept::Searchables;
use crate::pipeline::pass::sums::Sums;

/// What a batch comes to. Parts add up in the order of the file.
#[derive(Default)]
pub(crate) struct Aggregate {
    /// The findings of a batch.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Those of the whole file; of a batch those that came before, where they are very many.
    pub(crate) findings: DiagnosticStore,
    /// Why findings could not be kept.
    pub(crate) unkept: Option<store::SpillError>,
    /// What fixes the findings about what offsets count, in their order.
    pub(crate) mismatches: Vec<Fix>,
    /// What the documents add up to.
    pub(crate) sums: Sums,
    /// Documents for the second look.
    pub(crate) searchable: Searchables,
    /// What the second look has proved.
    pub(crate) confirmed: Confirmed,
    pub(crate) losses: Losses,
    pub(crate) unplaced: Unplaced,
    /// Documents whose name in the target may occur twice: name, address, place.
    pub(crate) names: Vec<(String, String, Location)>,
    /// Fingerprints of names in the target, where the survey has none.
    pub(crate) target_names: Fingerprints,
    pub(crate) edits: Vec<Edit>,
    /// What was written, after what was put aside of it.
    pub(crate) out: Vec<u8>,
    pub(crate) spilled: Option<File>,
    /// Whether a document was written.
    pub(crate) any: bool,
    /// The whole header, where the survey has only the beginning of it.
    pub(crate) header: Option<Box<Header>>,
    /// Lines of the ledger, and how many they are.
    pub(crate) ledger: Vec<u8>,
    pub(crate) saved: u64,
    /// Facts of a ledger about labels that do not stand any more.
    pub(crate) unplaced_entries: u64,
    /// Why the ledger could not be read.
    pub(crate) failed: Option<io::Error>,
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

    pub(crate) fn add(&mut self, other: Self) {
        self.sums.add(other.sums);
        self.searchable.extend(other.searchable);
        self.losses.merge(other.losses);
        self.unplaced.merge(other.unplaced);
        self.names.extend(other.names);
        self.target_names.append(&other.target_names);
        self.saved += other.saved;
        self.unplaced_entries += other.unplaced_entries;
    }
}
