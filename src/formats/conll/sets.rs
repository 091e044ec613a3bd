//! The set that the name of a file says its documents are in.

use super::wire::{DEV, TEST, TRAIN};
use crate::model::Split;

/// The set in the name of a file, without its extension: its last part, or its first, as in `train`,
/// `wnut17-test` and `eng.testb` (which is the test set of 2003, and `testa` its development set).
pub(super) fn in_name(stem: &str) -> Option<Split<'static>> {
    let parts: Vec<&str> = stem.split(['-', '_', '.', ' ']).collect();
    let of = |part: &&str| {
        let is = |name: &&str| part.eq_ignore_ascii_case(name);
        if TRAIN.iter().any(is) {
            Some(Split::Train)
        } else if DEV.iter().any(is) {
            Some(Split::Dev)
        } else if TEST.iter().any(is) {
            Some(Split::Test)
        } else {
            None
        }
    };
    parts
        .last()
        .and_then(of)
        .or_else(|| parts.first().and_then(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_tell_sets() {
        assert_eq!(in_name("train"), Some(Split::Train));
        assert_eq!(in_name("wnut17-TEST"), Some(Split::Test));
        assert_eq!(in_name("eng.testa"), Some(Split::Dev));
        assert_eq!(in_name("test_bio"), Some(Split::Test));
        assert_eq!(in_name("contest"), None);
    }
}
