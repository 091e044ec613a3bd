//! Files that are mostly broken, cut anywhere.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::{BATCH_BYTES, Outline, Sizes};
use super::tiling::{NONE, batches, elements, same_elements, same_lines};

/// Pieces of which most files made of them are broken.
const SOUP: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\"",
    "\\",
    "\\\\",
    "\\\"",
    ",",
    ":",
    " ",
    "\n",
    "1",
    "true",
    "\"a\":",
    "\"documents\":[",
    "\"assets\":{",
    "é",
    "{\"x\":[1,{}]}",
    "\"}],{\"",
    "                                                                    ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 10 } else { 300 }))]

    #[test]
    fn soup_is_cut_as_before(
        mark: bool,
        start in select(["", "{\"documents\":[", "{\"assets\":{\"documents\":[{"].as_slice()),
        soup in vec(select(SOUP.as_slice()), 0..60),
    ) {
        let mark = if mark { "\u{feff}" } else { "" };
        let text = format!("{mark}{start}{}", soup.concat());
        same_elements(text.as_bytes(), NONE);
        same_lines(text.as_bytes(), NONE);
        same_lines(text.as_bytes(), 5);
    }

    #[test]
    fn limits_do_not_hang_on_batches(
        start in select(["{\"documents\":[", "{\"assets\":{\"documents\":[{"].as_slice()),
        soup in vec(select(SOUP.as_slice()), 0..60),
        record in 1..200_u64,
    ) {
        let text = format!("{start}{}", soup.concat());
        let whole = elements(text.as_bytes(), Sizes { batch: BATCH_BYTES, record });
        for batch in batches(text.len()) {
            let found = elements(text.as_bytes(), Sizes { batch, record });
            // A file that is not read on ends where its batch did.
            let length = |found: &Outline| format!("{:?}", Outline { length: 0, ..found.clone() });
            prop_assert_eq!(&found.0.records, &whole.0.records, "by {}", batch);
            prop_assert_eq!(length(&found.1), length(&whole.1), "by {}", batch);
        }
    }
}
