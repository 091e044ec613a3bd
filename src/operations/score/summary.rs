//! A summary of the service beside the label file that it is about.

use std::collections::BTreeMap;

use super::complaints::Complaints;
use super::{Incomparable, ScoreOptions, Scored, common_kind};
use crate::diagnostics::{count, quote};
use crate::evaluation::Figures;
use crate::evaluation::service::Summary;
use crate::model::LabeledDocument;
use crate::operations::Corpus;
use crate::pipeline::Error;

/// How far a stated figure may be from what its counts make: the service's have seven digits.
const ROUNDING: f64 = 1e-6;

/// How many labels are named that differ.
const NAMED: usize = 3;

/// The figures of a summary, with what speaks against them: that its counts make other figures, and that
/// the test set of gold has other labels than it counted.
///
/// Fails where a file cannot be read; refuses where the two are about something else.
pub fn score_summary(
    gold: &Corpus<'_>,
    summary: Summary,
    options: &ScoreOptions<'_>,
) -> Result<Result<Scored, Incomparable>, Error> {
    let (_, kind) = match common_kind(gold, Some(summary.scores.task), options.sides.1) {
        Ok(both) => both,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let wanted = options.dataset.unwrap_or("Test");
    let mut labels: BTreeMap<String, u64> = BTreeMap::new();
    let mut documents = 0_u64;
    let mut complaints = Complaints::new();
    let mut unread = u64::from(gold.is_broken());
    gold.each(
        |_| true,
        |aligned| {
            let Some(aligned) = aligned else {
                unread += 1;
                return Ok(());
            };
            let document = aligned.without_text();
            let split = document.split.as_deref();
            if split.is_some_and(|split| split.eq_ignore_ascii_case(wanted)) {
                documents += 1;
                if aligned.document.unreadable > 0 {
                    complaints.gold_unreadable.add(&document.name);
                }
                for label in labels_of(&document) {
                    *labels.entry(label.to_owned()).or_default() += 1;
                }
            }
            Ok(())
        },
    )?;
    if unread > 0 {
        let path = gold.source().name().to_owned();
        complaints.unread.push((path, unread));
    }
    if let Some(refusal) = complaints.refusal(options.sides, "") {
        return Ok(Err(refusal));
    }
    let mut notes = vec![
        "PREDICTED is a summary: it has figures alone, so nothing is known of single documents"
            .to_owned(),
    ];
    if documents > 0 {
        notes.extend(other_labels(&labels, &summary));
    }
    notes.extend(other_figures(&summary));
    Ok(Ok(Scored {
        kind,
        scores: summary.scores,
        notes,
    }))
}

fn labels_of(document: &LabeledDocument) -> impl Iterator<Item = &str> {
    let spans = document.spans.iter().map(|span| span.category.as_str());
    spans.chain(document.classes.iter().map(String::as_str))
}

/// That gold has other labels than the summary counted, if so.
fn other_labels(gold: &BTreeMap<String, u64>, summary: &Summary) -> Option<String> {
    let counted = |name: &str| {
        let label = summary.scores.labels.get(name);
        label.map_or(0, |label| label.counts.gold())
    };
    let mut names: Vec<&String> = gold.keys().chain(summary.scores.labels.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let own = |name: &str| gold.get(name).copied().unwrap_or(0);
    names.retain(|name| own(name) != counted(name));
    let told: Vec<String> = names
        .iter()
        .take(NAMED)
        .map(|name| format!("{} {} and {}", quote(name), own(name), counted(name)))
        .collect();
    let number = count(names.len() as u64, "label");
    (!told.is_empty()).then(|| {
        let told = told.join(", ");
        format!("the test set of GOLD has {number} in other numbers than the summary: {told}")
    })
}

/// That the counts of the summary make other figures than it states, if so.
fn other_figures(summary: &Summary) -> Option<String> {
    let changes = summary.stated.changes(&Figures::of(&summary.scores));
    let differs = |one: f64, other: f64| (one - other).abs() > ROUNDING;
    let differ = changes.iter().filter(|change| {
        change.before.zip(change.now).is_some_and(|(stated, made)| {
            differs(stated.f1, made.f1)
                || differs(stated.precision, made.precision)
                || differs(stated.recall, made.recall)
        })
    });
    let names: Vec<String> = differ
        .map(|change| quote(&change.name))
        .take(NAMED)
        .collect();
    (!names.is_empty()).then(|| {
        let names = names.join(", ");
        format!("the summary states other figures than its counts make, which are shown: {names}")
    })
}
