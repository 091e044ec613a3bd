//! Texts that no label file lists, which can be told only once all of them were read.

use crate::diagnostics::identity::Identities;
use crate::diagnostics::{Diagnostic, Issue, MOST_ITEMS, Place, Places};
use crate::input::{Listing, Unlisted};
use crate::pipeline::{Error, Outcome};
use crate::rules::{Levels, run};

/// Adds what `document-unlisted` finds, at the levels of each outcome: texts beside those of the
/// documents that none of these label files lists. Those of a folder are one finding of the first
/// label file, in the order given, that has a document in it.
///
/// Fails where the findings find no place, and where a folder cannot be looked into.
///
/// A folder is passed over where a label file that looks for its documents there could not be
/// read as a whole, and where no document was found in it.
pub fn unlisted(outcomes: &mut [Outcome], levels: &[&Levels]) -> Result<(), Error> {
    let listings: Vec<(usize, Listing)> = outcomes
        .iter_mut()
        .enumerate()
        .filter_map(|(index, outcome)| Some((index, outcome.listing.take()?)))
        .collect();
    for found in crate::input::unlisted(&listings)? {
        let Unlisted {
            by, names, more, ..
        } = found;
        let (Some(outcome), Some(levels)) = (outcomes.get_mut(by), levels.get(by)) else {
            continue;
        };
        let total = names.len() as u64 + more;
        let named = names.iter().take(MOST_ITEMS).cloned();
        let issue = Issue::DocumentUnlisted {
            names: named.collect(),
            total,
        };
        let places = names.iter().map(|name| Place {
            document: Some(name.clone()),
            ..Place::default()
        });
        let mut places = Places::beyond_first(places);
        if let Some(places) = &mut places {
            places.total = total;
        }
        let said = run::say(&issue, None, levels);
        outcome.diagnostics.extend(said.map(|finding| Diagnostic {
            document: names.first().cloned(),
            places,
            fingerprint: Identities::default().next(&finding),
            ..finding
        }))?;
    }
    Ok(())
}
