//! Characters in the names of documents that the documentation does not list.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::occurrences::Occurrences;
use crate::diagnostics::Location;
use crate::model::Address;
use crate::model::path::{is_plain, undocumented, unportable, unsafe_reason};

/// How many different characters are remembered: the lowest by code point.
const MOST: usize = 20;

/// Locations with characters that the documentation does not list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OddNames {
    /// The locations.
    pub seen: Occurrences,
    characters: BTreeSet<char>,
    dropped: bool,
}

impl OddNames {
    /// Adds a name, if it is one. Names that are worse than odd are another matter.
    pub fn add(&mut self, address: &Address<'_>, index: u64, location: impl FnOnce() -> Location) {
        let path = address.path();
        if !address.is_location() {
            return;
        }
        let mut odd = undocumented(path).peekable();
        let is_worse = || unsafe_reason(path).is_some() || unportable(path).is_some();
        if odd.peek().is_none() || !is_plain(path) && is_worse() {
            return;
        }
        self.characters.extend(odd);
        self.seen.add(index, 1, location);
        self.shrink();
    }

    /// Adds what another part of the corpus has.
    pub fn merge(&mut self, other: Self) {
        self.seen.merge(other.seen);
        self.characters.extend(other.characters);
        self.dropped |= other.dropped;
        self.shrink();
    }

    /// The characters, by code point.
    pub fn characters(&self) -> impl Iterator<Item = char> + '_ {
        self.characters.iter().copied()
    }

    /// Whether there are more characters than are remembered.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.dropped
    }

    fn shrink(&mut self) {
        while self.characters.len() > MOST {
            self.characters.pop_last();
            self.dropped = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::json::Pointer;

    fn named(names: &[String]) -> OddNames {
        let mut odd = OddNames::default();
        for (index, name) in (0..).zip(names) {
            let address = Address {
                written: Cow::Borrowed(&**name),
                path: 0..name.len(),
                container: None,
                is_composed: false,
                shortens: false,
            };
            odd.add(&address, index, || Location {
                bytes: 0..0,
                pointer: Some(Pointer::root()),
                document: Some(name.clone()),
            });
        }
        odd
    }

    #[test]
    fn only_names_that_are_nothing_worse() {
        let names = [
            "a1.txt",
            "a 1.txt",
            "con-1.txt",
            "a\u{7}_.txt",
            "../a_1.txt",
            "b-1.txt",
        ];
        let odd = named(&names.map(str::to_owned));
        assert_eq!(odd.seen.count, 3);
        assert_eq!(odd.characters().collect::<String>(), " -");
        let first = odd.seen.first.and_then(|(_, location)| location.document);
        assert_eq!(first.as_deref(), Some("a 1.txt"));
    }

    #[test]
    fn the_lowest_characters_are_kept_whatever_the_parts() {
        let names: Vec<String> = ('\u{e0}'..='\u{17e}')
            .map(|char| format!("{char}.txt"))
            .collect();
        let whole = named(&names);
        assert!(whole.is_cut());
        assert!(whole.characters().eq(('\u{e0}'..).take(MOST)));
        let mut sum = OddNames::default();
        for part in names.chunks(9).rev() {
            sum.merge(named(part));
        }
        assert!(sum.characters().eq(whole.characters()));
        assert_eq!((sum.seen.count, sum.is_cut()), (whole.seen.count, true));
    }
}
