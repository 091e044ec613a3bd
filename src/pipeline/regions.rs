//! Where findings end, and where what fixes them lies, for reports that show it.

use std::collections::BTreeMap;

use super::{Error, Options};
use crate::diagnostics::store::DiagnosticStore;
use crate::diagnostics::{Diagnostic, Fix, Region, Severity};
use crate::input::{LineCounter, Source};
use crate::json::patch::Edit;

/// The most changes of a fix that a report shows. One that touches more is about many documents.
const MOST_EDITS: usize = 100;

/// Notes of the first findings of each severity where they end, and where the changes lie that fix
/// them. So many of a severity get that; the others show no fix. They are settled and folded.
///
/// Fails where the file cannot be read, or findings cannot be kept.
pub(super) fn add(
    findings: &mut DiagnosticStore,
    source: &Source,
    options: &Options,
) -> Result<(), Error> {
    let failed = |error| Error::read(source, error);
    let most = options.regions;
    let mut positions = BTreeMap::new();
    let mut chosen = Chosen::new(most);
    for finding in &*findings {
        let finding = finding?;
        if chosen.take(&finding) {
            positions.extend(finding.bytes.iter().map(|bytes| (bytes.end, (0, 0))));
            let edits = shown(finding.fix.as_deref()).iter();
            let ends = edits.flat_map(|edit| [edit.bytes.start, edit.bytes.end]);
            positions.extend(ends.map(|end| (end, (0, 0))));
        }
    }
    let mut sweep = LineCounter::new(source);
    for (place, position) in &mut positions {
        *position = sweep.position(*place).map_err(failed)?;
    }
    let at = |place: u64| positions.get(&place).copied().unwrap_or_default();
    let mut chosen = Chosen::new(most);
    findings.settle(|finding| {
        let is_chosen = chosen.take(finding);
        let edits = shown(finding.fix.as_deref()).iter();
        let edits = edits.map(|edit| [at(edit.bytes.start), at(edit.bytes.end)]);
        // What a run that fixes has left was withheld.
        let edits: Vec<_> = edits.filter(|_| is_chosen && !options.fixes).collect();
        if edits.is_empty() {
            finding.fix = None;
        }
        if let Some(bytes) = finding.bytes.as_ref().filter(|_| is_chosen) {
            let end = at(bytes.end);
            finding.region = Some(Box::new(Region { end, edits }));
        }
        Ok::<(), Error>(())
    })
}

/// The changes of a fix that a report can show: those of bytes alone, if they are few.
fn shown(fix: Option<&Fix>) -> &[Edit] {
    match fix {
        Some(fix)
            if fix.records.is_empty()
                && fix.parts.is_empty()
                && fix.hopeless.is_empty()
                && fix.edits.len() <= MOST_EDITS =>
        {
            &fix.edits
        }
        _ => &[],
    }
}

/// The first findings of each severity, which come in order.
struct Chosen {
    most: usize,
    taken: BTreeMap<Severity, usize>,
}

impl Chosen {
    const fn new(most: usize) -> Self {
        Self {
            most,
            taken: BTreeMap::new(),
        }
    }

    fn take(&mut self, finding: &Diagnostic) -> bool {
        let taken = self.taken.entry(finding.severity).or_default();
        *taken += 1;
        *taken <= self.most
    }
}
