//! Texts that no label file lists, which can be told only once all of them were read.

use crate::diagnostics::identity::{Identities, spelled};
use crate::diagnostics::{Diagnostic, Issue, KnownFinding, MOST_ITEMS, Place, Places};
use crate::input::{Listing, Unlisted};
use crate::pipeline::{Error, Options, Outcome};
use crate::rules::run;

/// Adds what `document-unlisted` finds, at the levels of each outcome: texts beside those of the
/// documents that none of these label files lists. Those of a folder are one finding of the first
/// label file, in the order given, that has a document in it.
///
/// Fails where the findings find no place, and where a folder cannot be looked into.
///
/// A folder is passed over where a label file that looks for its documents there could not be
/// read as a whole, and where no document was found in it.
pub fn unlisted(outcomes: &mut [Outcome], options: &[&Options]) -> Result<(), Error> {
    let listings: Vec<(usize, Listing)> = outcomes
        .iter_mut()
        .enumerate()
        .filter_map(|(index, outcome)| Some((index, outcome.listing.take()?)))
        .collect();
    for found in crate::input::unlisted(&listings)? {
        let Unlisted {
            by,
            mut names,
            more,
            ..
        } = found;
        let (Some(outcome), Some(options)) = (outcomes.get_mut(by), options.get(by)) else {
            continue;
        };
        names.retain(|name| is_new(name, outcome, options));
        if names.is_empty() && more == 0 {
            continue;
        }
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
        let said = run::say(&issue, None, &options.levels);
        outcome.diagnostics.extend(said.map(|finding| Diagnostic {
            document: names.first().cloned(),
            places,
            fingerprint: Identities::default().next(&finding),
            ..finding
        }))?;
    }
    Ok(())
}

/// Whether it was not known that a text is listed by no label file. Where a baseline is to be written, it is
/// noted.
fn is_new(name: &str, outcome: &mut Outcome, options: &Options) -> bool {
    let issue = Issue::DocumentUnlisted {
        names: vec![name.to_owned()],
        total: 1,
    };
    let Some(mut finding) = run::say(&issue, None, &options.levels) else {
        return true;
    };
    finding.document = Some(name.to_owned());
    finding.fingerprint = Identities::default().next(&finding);
    if let Some(path) = &options.new_baseline {
        outcome.known.push(KnownFinding::of(&finding, path));
    }
    let baseline = options.baseline.as_deref();
    let is_known = baseline.is_some_and(|known| known.knows(finding.fingerprint));
    if let Some(compared) = outcome.compared.as_mut() {
        let print = spelled(finding.fingerprint);
        compared.fixed.retain(|known| known.fingerprint != print);
        compared.unchanged += u64::from(is_known);
        compared.new += u64::from(!is_known);
    }
    !is_known
}
