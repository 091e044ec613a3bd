//! Reports: what came of all the inputs, for people and for machines. One file a format.

mod annotations;
mod azure;
mod catalogue;
#[cfg(feature = "changes")]
mod changes;
#[cfg(feature = "cli")]
mod concise;
mod contents;
#[cfg(feature = "cli")]
mod csv;
#[cfg(feature = "cli")]
pub mod difference;
#[cfg(feature = "cli")]
pub mod document;
mod emitter;
mod entities;
mod gate;
mod github;
mod gitlab;
#[cfg(feature = "cli")]
mod html;
#[cfg(feature = "cli")]
mod human;
mod json;
mod jsonl;
#[cfg(feature = "cli")]
mod junit;
mod look;
mod markdown;
mod markup;
#[cfg(feature = "cli")]
mod numbers;
mod place;
mod plain_json;
mod sarif;
#[cfg(feature = "cli")]
pub mod scores;
mod shown;
#[cfg(feature = "cli")]
pub mod split;
#[cfg(feature = "cli")]
mod statistics;
#[cfg(feature = "cli")]
pub mod stats;
#[cfg(feature = "cli")]
pub mod synced;
mod verdict;
mod walk;

pub use catalogue::{explain, explain_json, rules_json, rules_markdown, rules_table};
#[cfg(feature = "changes")]
pub use changes::changes;
pub use contents::Report;
pub use emitter::{Audience, Emitter, ReportSettings};
pub use gate::{Author, Gate, SeverityCounts};
#[cfg(feature = "cli")]
pub use html::{EXTENT, difference as difference_page, documents, stats_page};
pub use json::Tool;
pub use look::Look;
#[cfg(feature = "cli")]
pub use numbers::grouped;
#[cfg(feature = "cli")]
pub use plain_json::{line as json_line, text as json_text};
pub use shown::{About, Finding as ShownFinding, finding as shown_finding};
pub use verdict::Verdict;

/// How many findings of each rule and severity a report for people shows in full.
#[cfg(feature = "cli")]
pub const EXAMPLES: usize = human::EXAMPLES;

/// Every format of reports, in the order in which help texts name them.
pub const REPORTS: &[&dyn Emitter] = &[
    #[cfg(feature = "cli")]
    &human::Human,
    #[cfg(feature = "cli")]
    &concise::Concise,
    &json::Json,
    &jsonl::Jsonl,
    #[cfg(feature = "cli")]
    &csv::Csv,
    &sarif::Sarif,
    #[cfg(feature = "cli")]
    &junit::Junit,
    &github::Github,
    &gitlab::Gitlab,
    &azure::Azure,
    &markdown::Markdown,
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
