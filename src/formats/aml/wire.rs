//! A line as it stands in the file: what its members are called.

/// The members of a line, in the order in which the service writes them.
pub(super) const MEMBERS: [&str; 7] = [
    "image_url",
    "label",
    "label_confidence",
    "labeler",
    "updated_by",
    "labeling_time_in_seconds",
    "label_creation_time",
];

/// The members of a line that say who labeled it, when and for how long.
pub(super) const COLUMNS: [&str; 4] = [
    "labeler",
    "updated_by",
    "labeling_time_in_seconds",
    "label_creation_time",
];

/// The members of a span.
pub(super) const SPAN_MEMBERS: [&str; 3] = ["label", "offsetStart", "offsetEnd"];

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
