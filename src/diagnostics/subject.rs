//! What findings have in common, and what tells them from one another.

use serde::{Deserialize, Serialize};

/// What a finding is about, where others may be about the same, or be folded into one with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The label. What a graver finding says of it makes this one superfluous.
    pub label: Option<String>,
    /// What the finding is called in a list of its like: `` `River` 49 ``.
    pub item: Option<String>,
    /// Whether it is about its document, and not about a corpus in which that is the first of those
    /// concerned.
    pub of_document: bool,
    /// What it has in common only with some of its rule, such as the text that documents share.
    pub cause: Option<String>,
}

/// Findings of a rule that are one.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// What was said of the first.
    pub first: String,
    /// What the first ones are called; no more than [`MOST_ITEMS`].
    pub items: Vec<String>,
    /// How many there are.
    pub total: u64,
}

/// How many findings are named where several are one.
pub const MOST_ITEMS: usize = 10;

impl Folded {
    /// `` `River` 49, `Street` 3 and 12 more ``
    #[must_use]
    pub fn list(&self) -> String {
        let more = self.total.saturating_sub(self.items.len() as u64);
        let named = self.items.join(", ");
        if more > 0 {
            format!("{named} and {more} more")
        } else {
            named
        }
    }
}
