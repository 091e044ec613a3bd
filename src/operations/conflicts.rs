//! What inputs contradict one another in that are to become one, as findings.

use std::collections::BTreeMap;

use super::read::Corpus;
use crate::comparison::{LabelPlace, Synced};
use crate::diagnostics::{Issue, Location, quote};
use crate::model::At;
use crate::pipeline::pass::FoundDocument;
use crate::pipeline::{Error, Options, Outcome};
use crate::rules::run;

/// Adds to the outcome of an input what it contradicts earlier ones in, each at its document.
///
/// Fails where the input cannot be read, or findings cannot be kept.
pub fn conflicts(
    input: &Corpus<'_>,
    report: &Synced,
    options: &Options,
    outcome: &mut Outcome,
) -> Result<(), Error> {
    let mut issues: Vec<(Option<String>, Issue)> = Vec::new();
    for clash in &report.conflicts {
        let label = clash.label.as_ref();
        let side = |place: Option<&LabelPlace>| place.map_or("no such label".to_owned(), told);
        let document = clash.document.to_string();
        let issue = Issue::InputsConflict {
            document: document.clone(),
            earlier: side(label.and_then(|it| it.ours.as_ref())),
            later: Some(side(label.and_then(|it| it.theirs.as_ref()))),
        };
        issues.push((Some(document), issue));
    }
    for refusal in &report.refusals {
        let document = refusal.document.as_deref().map(str::to_owned);
        let issue = Issue::InputsConflict {
            document: document
                .clone()
                .unwrap_or_else(|| outcome.input.path.clone()),
            earlier: refusal.reason.clone(),
            later: None,
        };
        issues.push((document, issue));
    }
    let names = issues.iter().filter_map(|(document, _)| document.clone());
    let places = places(input, names)?;
    for (document, issue) in issues {
        let place = document.as_ref().and_then(|document| places.get(document));
        let said = run::say(&issue, place.cloned(), &options.levels);
        outcome.diagnostics.extend(said)?;
    }
    outcome.refused = true;
    outcome.finish(input.source(), options)
}

/// A label as a sentence has it.
fn told(place: &LabelPlace) -> String {
    let label = quote(&place.label);
    match (&place.words, place.position) {
        (Some(words), Some((line, column))) => {
            format!("{label} on {} at {line}:{column}", quote(words))
        }
        (Some(words), None) => format!("{label} on {}", quote(words)),
        (None, Some((line, column))) => format!("{label} at {line}:{column}"),
        (None, None) => label,
    }
}

/// Where documents stand in a file, by their whole names or the last segments of these.
fn places(
    input: &Corpus<'_>,
    names: impl Iterator<Item = String>,
) -> Result<BTreeMap<String, Location>, Error> {
    let wanted: std::collections::BTreeSet<String> = names.collect();
    let look = |found: FoundDocument<'_, '_>, (), part: &mut Vec<(String, Location)>| {
        let address = &found.document.address;
        for name in [address.path(), address.name()] {
            if wanted.contains(name) {
                part.push((name.to_owned(), found.location(At::Document)));
            }
        }
        Ok(())
    };
    let mut places = BTreeMap::new();
    input.each_document(
        |_| Some(()),
        look,
        |part: Vec<(String, Location)>| {
            for (name, place) in part {
                places.entry(name).or_insert(place);
            }
        },
    )?;
    Ok(places)
}
