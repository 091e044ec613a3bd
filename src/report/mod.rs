//! Reports: what came of all the inputs, for people and for machines. One file a format.

mod catalogue;
mod contents;
#[cfg(feature = "cli")]
pub mod document;
mod emitter;
mod gate;
#[cfg(feature = "cli")]
mod html;
#[cfg(feature = "cli")]
mod human;
mod json;
mod look;
mod plain_json;
#[cfg(feature = "cli")]
mod statistics;
mod verdict;

pub use catalogue::{explain, explain_json, rules_json, rules_markdown, rules_table};
pub use contents::Report;
pub use emitter::{Audience, Emitter, ReportSettings};
pub use gate::{Author, Gate, SeverityCounts};
#[cfg(feature = "cli")]
pub use html::documents;
pub use json::Tool;
pub use look::Look;
#[cfg(feature = "cli")]
pub use plain_json::text as json_text;
pub use verdict::Verdict;

/// How many findings of each rule and severity a report for people shows in full.
#[cfg(feature = "cli")]
pub const EXAMPLES: usize = human::EXAMPLES;

/// Every format of reports, in the order in which help texts name them.
pub const REPORTS: &[&dyn Emitter] = &[
    #[cfg(feature = "cli")]
    &human::Human,
    &json::Json,
    #[cfg(feature = "cli")]
    &html::Html,
];

/// The format that is written where none is asked for.
pub const DEFAULT: &dyn Emitter = REPORTS[0];

/// The format of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Emitter> {
    let mut all = REPORTS.iter().copied();
    all.find(|emitter| emitter.name() == name)
}
