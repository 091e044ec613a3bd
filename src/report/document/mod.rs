//! Documents as a terminal shows them: with their labels and what is found in them (`labelwright show`),
//! or with the labels of two sides (`labelwright score`).

mod lanes;
mod lines;
mod rows;
mod standing;
mod terminal;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostics::{Diagnostic, Severity, count, visible};

pub(super) use lanes::lanes;
pub use terminal::terminal;

/// A document as it is shown.
#[derive(Clone, Debug, Default)]
pub struct DocumentView<'t> {
    /// What reports call it.
    pub name: String,
    /// The set that it belongs to.
    pub split: Option<String>,
    /// Its language, as the file says it.
    pub language: Option<String>,
    /// Its text, where there is one.
    pub text: Option<Cow<'t, str>>,
    /// Its labels with a proved place: the bytes of the text, and the name; in the order of the text.
    pub spans: Vec<(Range<usize>, String)>,
    /// The other labels: the name, and the numbers that the file has.
    pub unproved: Vec<(String, i64, i64)>,
    /// Its classes.
    pub classes: Vec<String>,
    /// What is found in it, in the order of the label file.
    pub findings: Vec<Diagnostic>,
}

impl DocumentView<'_> {
    /// `Train, en-us, 12 labels, 2 errors, 1 warning`: what is said of it beside its name.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for known in [&self.split, &self.language].into_iter().flatten() {
            parts.push(visible(known).into_owned());
        }
        let labels = self.spans.len() + self.unproved.len() + self.classes.len();
        parts.push(count(labels as u64, "label"));
        for severity in Severity::ALL.into_iter().rev() {
            let of_it = self.findings.iter().filter(|it| it.severity == severity);
            match of_it.count() {
                0 => {}
                found => parts.push(count(found as u64, severity.name())),
            }
        }
        parts.join(", ")
    }
}
