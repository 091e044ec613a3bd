//! What the sets of a corpus are called: by members of records, and by the names of files and folders.

use crate::model::Split;

/// The names of the set for training.
const TRAIN: [&str; 3] = ["train", "training", "trn"];

/// Those of the set for development; `testa` is that of the shared task of 2003.
const DEV: [&str; 6] = ["dev", "devel", "valid", "validation", "val", "testa"];

/// Those of the set for testing.
const TEST: [&str; 3] = ["test", "tst", "testb"];

/// The set that a word is the name of, whatever its case.
pub(super) fn called(word: &str) -> Option<Split<'static>> {
    let is = |name: &&str| word.eq_ignore_ascii_case(name);
    if TRAIN.iter().any(is) {
        Some(Split::Train)
    } else if DEV.iter().any(is) {
        Some(Split::Dev)
    } else if TEST.iter().any(is) {
        Some(Split::Test)
    } else {
        None
    }
}

/// The set in the name of a file, without its extension: its last part, or its first, as in `train`,
/// `wnut17-test` and `eng.testb` (which is the test set of 2003, and `testa` its development set).
pub(crate) fn in_name(stem: &str) -> Option<Split<'static>> {
    let mut parts = stem.split(['-', '_', '.', ' ']);
    let first = parts.next();
    parts
        .next_back()
        .and_then(called)
        .or_else(|| first.and_then(called))
}

/// The sets that the names of files say, each once.
pub(crate) fn in_names(stems: &[String]) -> Vec<Split<'static>> {
    let mut sets = Vec::new();
    for set in stems.iter().filter_map(|stem| in_name(stem)) {
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    sets
}

/// Whether the names of files say that they are one set of a corpus whose others are elsewhere.
pub(super) fn is_one_of_several(stems: &[String]) -> bool {
    in_names(stems).len() == 1 && stems.iter().all(|stem| in_name(stem).is_some())
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
        assert_eq!(in_name("train-00000-of-00001"), Some(Split::Train));
        assert_eq!(in_name("contest"), None);
        assert_eq!(in_name(""), None);
    }

    #[test]
    fn files_of_one_set_are_a_part() {
        let is_part = |stems: &[&str]| {
            is_one_of_several(
                &stems
                    .iter()
                    .map(|stem| (*stem).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert!(is_part(&["train"]));
        assert!(is_part(&["train-1", "train-2"]));
        assert!(!is_part(&["train", "test"]));
        assert!(!is_part(&["train", "more"]));
        assert!(!is_part(&["all"]));
    }
}
