//! What refuses a conversion, as findings.

use std::collections::BTreeMap;

use super::sums::WrittenSums;
use crate::diagnostics::{Issue, Location};
use crate::pipeline::pass::aggregate::Aggregate;

/// What refuses a conversion.
pub(super) fn refusals(sums: &WrittenSums, target: &'static str) -> Vec<(Issue, Option<Location>)> {
    let mut issues = collisions(sums);
    if let Some((location, name, reason)) = sums.nameless.first.clone() {
        let issue = Issue::NoAddress {
            location: name,
            reason,
            documents: sums.nameless.documents,
            target,
        };
        issues.push((issue, Some(location)));
    }
    let overlapping = &sums.unplaced.overlapping;
    if let Some((_, location)) = &overlapping.first {
        let issue = Issue::Overlapping {
            labels: overlapping.count,
            documents: overlapping.documents,
            target,
        };
        issues.push((issue, Some(location.clone())));
    }
    for (cause, seen) in &sums.unplaced.causes {
        let issue = Issue::SpanUnproven {
            cause: *cause,
            labels: seen.count,
            documents: seen.documents,
        };
        issues.push((
            issue,
            seen.first.as_ref().map(|(_, location)| location.clone()),
        ));
    }
    issues
}

/// What a conversion cannot make of predictions, which are no labels.
pub(super) fn of_predictions(
    whole: &Aggregate,
    target: &'static str,
) -> Option<(Issue, Option<Location>)> {
    let seen = &whole.sums.statistics.predictions;
    let issue = Issue::NoCounterpart {
        kind: Some("ML-assist prediction".to_owned()),
        target,
    };
    let location = seen.first.as_ref().map(|(_, location)| location.clone());
    (seen.count > 0).then_some((issue, location))
}

/// Documents that would get one name, found by it.
fn collisions(sums: &WrittenSums) -> Vec<(Issue, Option<Location>)> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut issues = Vec::new();
    for (name, written, location) in &sums.names {
        match first.get(&**name) {
            // The same address twice is `document-duplicate`.
            Some(other) if other == written => {}
            Some(other) => {
                let issue = Issue::LocationCollision {
                    location: name.clone(),
                    first: (*other).to_owned(),
                    second: written.clone(),
                };
                issues.push((issue, Some(location.clone())));
            }
            None => {
                first.insert(name, written);
            }
        }
    }
    issues
}
