//! What the instances of a label look like.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::labeled::trusted;
use super::words::{STRETCH, surface};
use crate::alignment::AlignedDocument;
use crate::corpus::kept_name::kept_name;
use crate::model::Shared;

/// What the instances of a label look like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    /// How many were seen in the texts.
    pub instances: u64,
    /// Whether they are all the same words.
    pub words: Shared<String>,
    /// Whether one is not all in upper case, or has no case.
    pub not_upper: bool,
    /// Whether one is not all in lower case, or has no case.
    pub not_lower: bool,
}

impl Forms {
    fn add(&mut self, words: &str) {
        self.instances += 1;
        // Mostly all is settled after a few instances.
        if self.words != Shared::Many {
            match surface(words) {
                Some(words) => self.words.add(&*words, str::to_owned),
                None => self.words = Shared::Many,
            }
        }
        if words.len() > STRETCH {
            // Nothing is said of the case of labels that are so long.
            self.not_upper = true;
            self.not_lower = true;
        }
        if !(self.not_upper && self.not_lower) {
            let (upper, lower) = cases(words);
            self.not_upper |= lower || !upper;
            self.not_lower |= upper || !lower;
        }
    }

    /// Adds what another part of the corpus has seen.
    pub fn merge(&mut self, other: Self) {
        self.instances += other.instances;
        self.words.merge(other.words);
        self.not_upper |= other.not_upper;
        self.not_lower |= other.not_lower;
    }
}

/// Whether there is a letter in upper case, and one in lower case.
fn cases(words: &str) -> (bool, bool) {
    let mut bytes = words.bytes();
    let mut found = (false, false);
    let is_ascii = bytes.all(|byte| {
        found.0 |= byte.is_ascii_uppercase();
        found.1 |= byte.is_ascii_lowercase();
        byte.is_ascii()
    });
    if is_ascii {
        return found;
    }
    let mut chars = words.chars();
    let upper = chars.clone().any(char::is_uppercase);
    (upper, chars.any(char::is_lowercase))
}

/// Adds the labels of a document to the forms of each.
pub fn add_forms(forms: &mut BTreeMap<String, Forms>, aligned: &AlignedDocument<'_>) {
    if !aligned.document.labels.has_entities() || !trusted(aligned) {
        return;
    }
    for (label, range, text) in aligned.proved() {
        let category = &*kept_name(&aligned.document.spans()[label].category);
        if let Some(forms) = forms.get_mut(category) {
            forms.add(text.slice(range));
        } else {
            let mut first = Forms::default();
            first.add(text.slice(range));
            forms.insert(category.to_owned(), first);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_needs_letters_that_have_one() {
        let of = |all: &[&str]| {
            let mut forms = Forms::default();
            for words in all {
                forms.add(words);
            }
            (!forms.not_upper, !forms.not_lower)
        };
        assert_eq!(of(&["OSLO", "A 1"]), (true, false));
        assert_eq!(of(&["oslo", "a 1"]), (false, true));
        for others in ["東京", "12", "Oslo", "oslo"] {
            assert_eq!(of(&["OSLO", others]), (false, false), "{others}");
        }
    }

    #[test]
    fn nested_labels_were_read_to_their_ends_one_by_one() {
        let text = "a".repeat(2 * STRETCH);
        let mut forms = Forms::default();
        forms.add(&text[..STRETCH]);
        assert!(!forms.not_lower);
        forms.add(&text);
        assert!(forms.not_lower && forms.not_upper && forms.words == Shared::Many);
    }

    proptest! {
        #[test]
        fn forms_add_up(words in prop::collection::vec("[aA1]{1,2}", 0..12), cut in 0_usize..12) {
            let of = |words: &[String]| {
                let mut forms = Forms::default();
                for words in words {
                    forms.add(words);
                }
                forms
            };
            let (first, second) = words.split_at(cut.min(words.len()));
            let mut sum = of(first);
            sum.merge(of(second));
            prop_assert_eq!(sum, of(&words));
        }
    }
}
