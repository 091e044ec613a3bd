//! What conversions of batches add up to.

use super::occurrences::SeenNames;
use super::place::Unplaced;
use super::proof::Nameless;
use crate::diagnostics::Location;
use crate::formats::losses::Losses;
use crate::model::Address;
use crate::model::fingerprints::Fingerprints;
use crate::pipeline::Error;
use crate::text::Unit;
use crate::text::main_script::{MainScript, ScriptCounts, main_script};

/// The name of a document in the target.
pub(super) struct TargetName {
    pub(super) name: String,
    /// What its address in the source names, however it is spelled.
    pub(super) identity: String,
    /// The path in that address.
    pub(super) path: String,
    pub(super) location: Location,
}

/// What conversions of batches add up to.
#[derive(Default)]
pub(super) struct WrittenSums {
    pub(super) losses: Losses,
    pub(super) unplaced: Unplaced,
    /// Documents whose name in the target may occur twice.
    pub(super) names: Vec<TargetName>,
    /// Why the first file beside the product could not be taken that has the name of another.
    pub(super) clash: Option<Error>,
    /// Fingerprints of names in the target, where the survey has none.
    pub(super) target_names: Fingerprints,
    /// Documents that the target has no address for.
    pub(super) nameless: Nameless,
    /// Lines of the ledger.
    pub(super) saved: u64,
    /// The scripts of the texts whose documents they may give a language.
    pub(super) scripts: ScriptCounts,
    /// Units that labels prove by the text that they say they cover, other than the one that is read.
    pub(super) proved_units: Vec<Unit>,
    /// What is noted to tell documents apart that a ledger calls the same.
    pub(super) seen: SeenNames,
    /// The first document that is not the one that was meant with what a ledger has put back.
    pub(super) unproved: Option<String>,
    /// Labels that were left out of the target, and are back.
    pub(super) returned: u64,
    /// Facts of a ledger about labels that do not stand any more.
    pub(super) unplaced_entries: u64,
}

impl TargetName {
    pub(super) fn new(name: &str, address: &Address<'_>, location: Location) -> Self {
        Self {
            name: name.to_owned(),
            identity: address.identity().into_owned(),
            path: address.path().to_owned(),
            location,
        }
    }
}

impl WrittenSums {
    /// Counts the script of a document's text, if it is clear, and answers it.
    pub(super) fn add_script(&mut self, text: &str) -> Option<MainScript> {
        let script = main_script(text)?;
        *self.scripts.entry(script).or_default() += 1;
        Some(script)
    }

    /// Notes a unit that a label proves.
    pub(super) fn add_unit(&mut self, unit: Unit) {
        if !self.proved_units.contains(&unit) {
            self.proved_units.push(unit);
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.losses.merge(other.losses);
        self.unplaced.merge(other.unplaced);
        self.names.extend(other.names);
        self.clash = self.clash.take().or(other.clash);
        self.target_names.append(&other.target_names);
        self.nameless.merge(other.nameless);
        self.saved += other.saved;
        for (script, count) in other.scripts {
            *self.scripts.entry(script).or_default() += count;
        }
        self.seen.add(other.seen);
        for unit in other.proved_units {
            self.add_unit(unit);
        }
        self.unproved = self.unproved.take().or(other.unproved);
        self.returned += other.returned;
        self.unplaced_entries += other.unplaced_entries;
    }
}
