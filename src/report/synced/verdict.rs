//! What a synchronisation comes to, on one line.

use crate::comparison::{ChangeKind, Synced};
use crate::diagnostics::count;

/// `synced: 2 labels added, 1 document added`, `in sync: nothing changes`, or why nothing is written.
/// `is_settled` tells whether conflicts were settled by the user.
#[must_use]
pub fn verdict(synced: &Synced, is_settled: bool, is_dry: bool) -> String {
    if !synced.refusals.is_empty() {
        let reasons = count(synced.refusals.len() as u64, "reason");
        return format!("refused: {reasons} not to write the project");
    }
    if !synced.conflicts.is_empty() && !is_settled {
        let conflicts = count(synced.conflicts.len() as u64, "conflict");
        return format!(
            "refused: {conflicts}; `--prefer project` or `--prefer export` says which side wins"
        );
    }
    if synced.is_same() {
        let documents = count(synced.same, "document");
        return format!("in sync: nothing changes in {documents}");
    }
    let word = if is_dry { "would change" } else { "synced" };
    format!("{word}: {}", facts(synced).join(", "))
}

/// What changes, counted: what is nothing is left out.
fn facts(synced: &Synced) -> Vec<String> {
    let mut facts = Vec::new();
    let mut add = |number: u64, noun: &str, what: &str| {
        if number > 0 {
            facts.push(format!("{} {what}", count(number, noun)));
        }
    };
    add(synced.renamed.len() as u64, "label name", "changed");
    for kind in ChangeKind::ALL {
        let what = match kind {
            ChangeKind::Boundary => "with other boundaries",
            other => other.name(),
        };
        add(synced.count(kind), "label", what);
    }
    add(synced.added.len() as u64, "document", "added");
    add(synced.pruned.len() as u64, "document", "pruned");
    add(
        synced.kept.len() as u64,
        "document",
        "kept that the export lacks",
    );
    add(synced.declared.len() as u64, "label", "declared");
    facts
}
