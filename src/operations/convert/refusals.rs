//! What refuses a conversion, as findings.

use std::collections::BTreeMap;

use super::sums::{TargetName, WrittenSums};
use crate::diagnostics::{Issue, Location};
use crate::pipeline::Error;
use crate::pipeline::pass::aggregate::Aggregate;

/// What refuses a conversion.
///
/// Fails where nothing does, and a file beside the product has the name of another.
pub(super) fn refusals(
    sums: &mut WrittenSums,
    target: &'static str,
) -> Result<Vec<(Issue, Option<Location>)>, Error> {
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
    match sums.clash.take() {
        Some(clash) if issues.is_empty() => Err(clash),
        _ => Ok(issues),
    }
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
    let mut firsts: BTreeMap<&str, &TargetName> = BTreeMap::new();
    let mut issues = Vec::new();
    for second in &sums.names {
        let first = *firsts.entry(&second.name).or_insert(second);
        // The same document twice is `document-duplicate`.
        if first.identity == second.identity {
            continue;
        }
        let shown = |one: &TargetName| {
            let one = if first.path == second.path {
                &one.identity
            } else {
                &one.path
            };
            one.clone()
        };
        let issue = Issue::LocationCollision {
            location: second.name.clone(),
            first: shown(first),
            second: shown(second),
        };
        issues.push((issue, Some(second.location.clone())));
    }
    issues
}
