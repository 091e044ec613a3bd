//! `labels-are-numbers`

use crate::diagnostics::{Folded, Issue, Message, Severity, count, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A label that is a number, whose name is not known.
pub struct LabelsAreNumbers;

const META: Meta = Meta {
    name: "labels-are-numbers",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::NUMBERED,
    fix: None,
    on_request: false,
    summary: "a label that is a number, in a file that does not say which label that is",
    why: "Hugging Face datasets keeps labels as numbers, and their names elsewhere: in the features \
        of the data set. `Dataset.to_json` writes the numbers and loses the names. Which \
        label `3` is, nothing in such a file says, and the same number is another label in \
        another data set. A guess would put wrong names on all documents at once, so the labels are \
        not read.",
    example: r#"{"text": "The parcel never came.", "label": 3}"#,
    remedy: "Write the names to a file, one a line, that of 0 first, and give it with \
        `--label-names FILE`. In Python: `print(*ds.features[\"label\"].names, sep=\"\\n\")`, or \
        `ds.features[\"ner_tags\"].feature.names` for tags. Or write the names into the records \
        before they are exported.",
    source: "datasets 5.2.0 was run: `to_json` of a data set whose `ner_tags` are of \
        `ClassLabel` writes `[1,0,1]`, and `load_dataset(\"json\")` reads numbers without names. \
        In Parquet the names stand in the metadata of the schema. Early exports of doccano have \
        numbers as well (doccano/doccano#113).",
};

impl Rule for LabelsAreNumbers {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let total = count(all.total, "label");
        Some(format!("{total} cannot be read; the first: {}", all.first))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::LabelsAreNumbers { value, names } = issue else {
            return None;
        };
        let value = quote(value);
        let message = match names {
            None => format!(
                "the label is the number {value}, and the file does not say which label that is"
            ),
            Some(names) => {
                let names = count(*names, "name");
                format!(
                    "the label is the number {value}, and `--label-names` has {names}, from 0 on"
                )
            }
        };
        let help = "give the names with `--label-names FILE`, one a line, that of 0 first";
        Some(
            Message::new(message)
                .cause("labels that are numbers")
                .help(help),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_names_and_one_beyond_them() {
        let text = |names| {
            let value = "3".to_owned();
            let message = LabelsAreNumbers.issue(&Issue::LabelsAreNumbers { value, names });
            message.map(|message| message.text).unwrap_or_default()
        };
        let without = "the label is the number `3`, and the file does not say which label that is";
        assert_eq!(text(None), without);
        let beyond = "the label is the number `3`, and `--label-names` has 2 names, from 0 on";
        assert_eq!(text(Some(2)), beyond);
    }
}
