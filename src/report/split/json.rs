//! A split as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::json::Tool;
use crate::report::plain_json;
use crate::stratification::{Measures, SplitOutcome, Spread};

#[derive(Serialize)]
struct Page<'a> {
    version: u32,
    tool: Tool,
    input: &'a str,
    seed: u64,
    kept: u64,
    groups: Groups,
    sets: Vec<Set<'a>>,
    before: Option<Side<'a>>,
    after: Side<'a>,
    unmet: Vec<String>,
}

#[derive(Serialize)]
struct Groups {
    groups: u64,
    documents: u64,
}

#[derive(Serialize)]
struct Set<'a> {
    name: &'a str,
    wanted: u64,
    documents: u64,
}

#[derive(Serialize)]
struct Side<'a> {
    measures: Numbers,
    labels: BTreeMap<&'a str, Label<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    documents: BTreeMap<&'a str, u64>,
    instances: BTreeMap<&'a str, u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Numbers {
    label_distribution: f64,
    pair_distribution: f64,
    mean_document_deviation: f64,
    largest_document_deviation: f64,
    mean_instance_deviation: f64,
    largest_instance_deviation: f64,
    absent: u64,
}

/// A split of an input as a JSON text. Deviations are shares, 0 to 1.
///
/// Fails where a number has no form in JSON.
pub fn json(outcome: &SplitOutcome, input: &str) -> serde_json::Result<String> {
    let sets = outcome
        .sets
        .iter()
        .zip(&outcome.wanted)
        .zip(&outcome.after.sizes);
    let page = Page {
        version: 1,
        tool: Tool::THIS,
        input,
        seed: outcome.seed,
        kept: outcome.kept,
        groups: Groups {
            groups: outcome.groups.0,
            documents: outcome.groups.1,
        },
        sets: sets
            .map(|((name, wanted), documents)| Set {
                name,
                wanted: *wanted,
                documents: *documents,
            })
            .collect(),
        before: outcome.before.as_ref().map(|before| {
            let names: Vec<&str> = ["Test", "Train", "unassigned"].to_vec();
            side(outcome, before, &names)
        }),
        after: {
            let names: Vec<&str> = outcome.sets.iter().map(String::as_str).collect();
            side(outcome, &outcome.after, &names)
        },
        unmet: outcome.unmet.iter().map(ToString::to_string).collect(),
    };
    plain_json::text(&page)
}

fn side<'a>(outcome: &'a SplitOutcome, spread: &Spread, sets: &[&'a str]) -> Side<'a> {
    let by_set = |counts: &[u64]| sets.iter().copied().zip(counts.iter().copied()).collect();
    let labels = outcome.labels.iter().zip(&spread.labels);
    Side {
        measures: numbers(&spread.measures),
        labels: labels
            .map(|(name, label)| {
                let label = Label {
                    documents: by_set(&label.documents),
                    instances: by_set(&label.instances),
                };
                (name.as_str(), label)
            })
            .collect(),
    }
}

const fn numbers(measures: &Measures) -> Numbers {
    Numbers {
        label_distribution: measures.label_distribution,
        pair_distribution: measures.pair_distribution,
        mean_document_deviation: measures.documents,
        largest_document_deviation: measures.most_documents,
        mean_instance_deviation: measures.instances,
        largest_instance_deviation: measures.most_instances,
        absent: measures.absent,
    }
}
