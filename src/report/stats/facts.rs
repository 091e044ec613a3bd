//! What there is to tell of a corpus in a few words, whatever the form.

use super::view::{Counts, Labelers, Lengths, Named, View};
use crate::corpus::figures::SETS;
use crate::report::numbers::grouped;

/// How many languages, scripts and people are named.
const NAMED: usize = 8;

/// What there is to tell, each with its number.
pub(in crate::report) fn facts(view: &View) -> Vec<(&'static str, String)> {
    let documents = &view.documents;
    let overlaps = view.spans.overlaps;
    let joined = |numbers: &[u64]| {
        let numbers = numbers.iter().map(|number| grouped(*number));
        numbers.collect::<Vec<_>>().join(", ")
    };
    let mut facts = vec![
        ("documents", by_set(documents.counts)),
        ("documents with a label", grouped(documents.labeled)),
        (
            "documents without a label, with one, with several",
            joined(&[
                documents.with_none,
                documents.with_one,
                documents.with_several,
            ]),
        ),
        ("labels", by_set(view.instances)),
        ("characters of a text", lengths(&view.texts.characters)),
    ];
    if view.spans.characters.count > 0 {
        facts.extend([
            ("different words", grouped(view.surfaces.distinct)),
            ("characters of a label", lengths(&view.spans.characters)),
            ("words of a label", lengths(&view.spans.words)),
            (
                "pairs of labels that are nested, crossing, equal",
                joined(&[overlaps.nested, overlaps.crossing, overlaps.equal]),
            ),
        ]);
    }
    facts.extend([
        ("languages", names(&view.languages, view.without_language)),
        ("scripts", names(&view.scripts, view.without_script)),
        ("people who labeled", labelers(&view.labelers)),
    ]);
    facts.retain(|(_, number)| !number.is_empty());
    facts
}

/// The sets that have labels, where documents are in sets.
pub(super) fn sets(view: &View) -> Vec<usize> {
    let counts = view.documents.counts;
    if counts.total == counts.sets.unassigned {
        return Vec::new();
    }
    let all = counts.sets.all();
    (0..SETS.len()).filter(|set| all[*set] > 0).collect()
}

/// Languages or scripts with their documents, the most frequent first.
pub(super) fn names(all: &[Named], without: u64) -> String {
    let shown = all.iter().take(NAMED);
    let mut shown: Vec<String> = shown
        .map(|it| format!("{} {}", it.name, grouped(it.documents)))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    if all.len() > NAMED {
        shown.push(format!("{} more", grouped((all.len() - NAMED) as u64)));
    }
    if without > 0 {
        shown.push(format!("none {}", grouped(without)));
    }
    shown.join(", ")
}

/// How many people labeled, and who, where that is asked for.
pub(super) fn labelers(labelers: &Labelers) -> String {
    match (labelers.count, labelers.names.is_empty()) {
        (0, _) => String::new(),
        (count, true) => grouped(count as u64),
        (_, false) => names(&labelers.names, 0),
    }
}

fn by_set(counts: Counts) -> String {
    let sets = counts.sets.all();
    let named = SETS.iter().zip(sets).filter(|(_, count)| *count > 0);
    let named: Vec<String> = named
        .map(|(set, count)| format!("{} {set}", grouped(count)))
        .collect();
    if named.is_empty() || counts.sets.unassigned == counts.total {
        return grouped(counts.total);
    }
    format!("{} ({})", grouped(counts.total), named.join(", "))
}

/// The middle and the extremes of lengths; nothing where there are none.
fn lengths(lengths: &Lengths) -> String {
    match (lengths.least, lengths.median, lengths.most) {
        (Some(least), Some(median), Some(most)) => format!(
            "{} in the median, {} to {}",
            grouped(median),
            grouped(least),
            grouped(most)
        ),
        _ => String::new(),
    }
}
