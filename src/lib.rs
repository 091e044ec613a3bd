//! labelwright reads label files, proves them against the texts they speak of, and writes
//! them again, in the same format or another.

pub mod catalogue;
pub mod cli;
pub mod diagnostic;
pub mod examined;
pub mod fact;
pub mod formats;
pub mod json;
pub mod ledger;
pub mod losses;
pub mod mask;
pub mod model;
pub mod pipeline;
pub mod report;
pub mod rules;
pub mod site;
pub mod source;
pub mod tally;
pub mod text;
pub mod texts;
pub mod words;

/// The candidate that is most like `name`, where one is like it at all.
///
/// Likeness is the share of characters that no edit touches (Damerau and Levenshtein), and 0.6
/// the least that counts: `Citty` is like `City`, and two long names that begin alike are not
/// alike for that.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = strsim::normalized_damerau_levenshtein(name, candidate);
        if likeness >= 0.6 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}
