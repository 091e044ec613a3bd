//! A record as it stands in the file: what its members are called.

use crate::text::Unit;

/// What offsets may count.
pub(super) const AMONG: [Unit; 2] = [Unit::CodePoint, Unit::Utf16];

/// The members that a record is read by, in the order in which they are written.
pub(super) const MEMBERS: [&str; 10] = [
    "text", "spans", "ents", "label", "options", "accept", "cats", "meta", "answer", "tokens",
];

/// The members that say who labeled a record and when.
pub(super) const COLUMNS: [&str; 3] = ["_session_id", "_annotator_id", "_timestamp"];

/// The members of a record that only Prodigy writes.
pub(super) const MARKS: [&str; 5] = [
    "_input_hash",
    "_task_hash",
    "_view_id",
    "_session_id",
    "_annotator_id",
];

/// What a record can be answered with, as JSON spells it.
pub(super) const ANSWERS: [&str; 3] = ["\"accept\"", "\"reject\"", "\"ignore\""];

/// The member with relations between spans.
pub(super) const RELATIONS: &str = "relations";

/// The members of a span that are written.
pub(super) const SPAN_MEMBERS: [&str; 3] = ["start", "end", "label"];

/// The members of a span that follow from the text and its tokens.
pub(super) const DERIVED: [&str; 3] = ["token_start", "token_end", "text"];

/// The members that may name a document: of `meta`, and of the record itself.
pub(super) const NAMES: ([&str; 2], &str) = (["file", "name"], "file");

/// The member of `meta` that assigns a document to a set.
pub(super) const DATASET: &str = "dataset";

/// The views of Prodigy in which a record asks about one span that a model has found.
pub(super) const BINARY_VIEWS: [&str; 2] = ["ner", "spans"];

/// The answer of a record that counts.
pub(super) const ACCEPT: &str = "accept";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::misspelled;

    #[test]
    fn no_name_is_a_misspelling_of_another_of_its_object() {
        for names in [&MEMBERS[..], &SPAN_MEMBERS] {
            for name in names {
                let others = names.iter().copied().filter(|other| other != name);
                assert_eq!(misspelled(name, others), None, "{names:?}");
            }
        }
    }
}
