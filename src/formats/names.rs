//! The names that documents get whose files give them none, or one that is no name of a text file.

use std::borrow::Cow;

use crate::model::Address;

/// How the names of texts end.
const ENDING: &str = ".txt";

/// The address of a document: by the name that its record gives, with `.txt` behind it where it
/// does not end so; or, where that is blank, made of the stem of its file and its number in that,
/// which counts from 0: `reviews-0001.txt`.
#[must_use]
pub fn address<'a>(name: Cow<'a, str>, number: u64, stem: &str) -> Address<'a> {
    if name.trim().is_empty() {
        // Standard input is called `<stdin>`.
        let stem = stem.trim_matches(['<', '>']);
        return Address::location(format!("{stem}-{:04}{ENDING}", number + 1));
    }
    let ending = name.len().checked_sub(ENDING.len());
    let ending = ending.and_then(|from| name.get(from..));
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING)) {
        return Address::location(name);
    }
    Address::location(format!("{name}{ENDING}"))
}

/// The name that a document without one gets that stands first in a file without a name.
#[must_use]
pub fn made_name() -> String {
    address(Cow::Borrowed(""), 0, "").path().to_owned()
}
