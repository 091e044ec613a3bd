//! The languages of documents, as they are spelled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::occurrences::Occurrences;
use crate::diagnostics::{Bounds, Location};
use crate::model::fingerprints::fingerprint;

/// How many spellings are counted one by one. A file has few; one that has more has some other
/// text in the member.
const MOST: usize = 200;

/// Spellings of languages, each with the documents that have it.
///
/// Past `MOST` those with the smallest fingerprints are kept: each part of a corpus keeps
/// what the whole will keep, so the counts are right whatever the order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Languages {
    #[serde(with = "crate::json::pairs")]
    seen: BTreeMap<(u64, String), Occurrences>,
    dropped: bool,
}

impl Languages {
    /// Adds a document.
    pub fn add(&mut self, code: &str, index: u64, location: impl FnOnce() -> Location) {
        // Most files have one, which needs no fingerprint to be found.
        let mut first = self.seen.iter_mut().take(1);
        if let Some((_, seen)) = first.find(|((_, other), _)| other == code) {
            seen.add(index, 1, location);
            return;
        }
        let print = fingerprint(code);
        let mut equal = self.seen.range_mut((print, String::new())..);
        if let Some((_, seen)) = equal
            .by_ref()
            .take_while(|((other, _), _)| *other == print)
            .find(|((_, other), _)| other == code)
        {
            seen.add(index, 1, location);
            return;
        }
        let mut seen = Occurrences::default();
        seen.add(index, 1, location);
        self.seen.insert((print, code.to_owned()), seen);
        self.shrink();
    }

    /// Counts the documents from `by` on that were counted from 0 on.
    pub fn shift(&mut self, by: u64) {
        for seen in self.seen.values_mut() {
            seen.shift(by);
        }
    }

    /// Adds what another part of the corpus has.
    pub fn merge(&mut self, other: Self) {
        for (code, seen) in other.seen {
            self.seen.entry(code).or_default().merge(seen);
        }
        self.dropped |= other.dropped;
        self.shrink();
    }

    /// Whether all this can be seen in a stretch of a file.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        let mut all = self.seen.iter();
        all.all(|((print, code), seen)| *print == fingerprint(code) && seen.is_within(bounds))
    }

    /// The spellings and the documents that have them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Occurrences)> {
        self.seen.iter().map(|((_, code), seen)| (&**code, seen))
    }

    /// Whether there are more spellings than are counted.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.dropped
    }

    fn shrink(&mut self) {
        while self.seen.len() > MOST {
            self.seen.pop_last();
            self.dropped = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Pointer;

    fn counted(codes: &[(u64, String)]) -> Languages {
        let mut languages = Languages::default();
        for (index, code) in codes {
            languages.add(code, *index, || Location {
                bytes: *index..*index,
                pointer: Some(Pointer::root()),
                document: None,
            });
        }
        languages
    }

    #[test]
    fn what_is_kept_does_not_depend_on_the_parts() {
        let codes: Vec<(u64, String)> =
            (0..3000).map(|at| (at, format!("x{}", at % 700))).collect();
        let whole = counted(&codes);
        assert!(whole.is_cut());
        assert_eq!(whole.iter().count(), MOST);
        assert!(whole.iter().all(|(_, seen)| seen.count >= 4));
        for size in [1, 7, 650, 2999] {
            let mut sum = Languages::default();
            let parts: Vec<_> = codes.chunks(size).map(counted).collect();
            for part in parts.into_iter().rev() {
                sum.merge(part);
            }
            assert_eq!(sum, whole, "{size}");
        }
    }

    #[test]
    fn few_are_all_kept() {
        let codes = ["en-us", "fr", "en-us"].map(str::to_owned);
        let seen = counted(&(0..).zip(codes).collect::<Vec<_>>());
        let mut seen: Vec<_> = seen.iter().map(|(code, seen)| (code, seen.count)).collect();
        seen.sort_unstable();
        assert_eq!(seen, [("en-us", 2), ("fr", 1)]);
    }
}
