//! labelwright reads label files, proves them against the texts they speak of, and writes
//! them again, in the same format or another.
//!
//! The program is one client of this crate. A check in a few lines:
//!
//! ```
//! use std::path::Path;
//!
//! use labelwright::pipeline::{self, Options};
//! use labelwright::source::Source;
//! use labelwright::texts::Texts;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let source = Source::open(Path::new("fixtures/pairs/demo/demo.json"))?;
//! let texts = Texts::open(&[source.folder().to_owned()], false).map_err(|(_, error)| error)?;
//! let outcome = pipeline::check(&source, None, Some(&texts), &Options::default())?;
//! assert_eq!(outcome.input.labels, 288);
//! assert!(outcome.diagnostics.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! To learn a format, read [`formats::aml`] and [`formats::language`]; offsets are [`text`]; the
//! ways of a file through the program are [`pipeline`].

pub mod catalogue;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod examined;
pub mod fact;
pub mod findings;
pub mod fingerprints;
pub mod forensics;
pub mod formats;
pub mod json;
pub mod languages;
pub mod ledger;
pub mod locations;
pub mod losses;
pub mod mask;
pub mod mend;
pub mod mismatch;
pub mod model;
pub mod pairs;
pub mod pipeline;
pub mod report;
pub mod rules;
pub mod settings;
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
