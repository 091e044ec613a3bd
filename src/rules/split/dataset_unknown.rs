//! `dataset-unknown`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Folded, Message, Severity, quote};
use crate::model::{At, Split};
use crate::rules::{Applicability, Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A `dataset` that is neither of the two that exist.
pub struct DatasetUnknown;

const META: Meta = Meta {
    name: "dataset-unknown",
    group: Group::Split,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::SPLITTING,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "a `dataset` that is not `Train` or `Test`",
    why: "The contract knows two sets, and no third for validation. A document in another one is \
        in neither, so the split that somebody made is not the split that is trained and \
        measured. Where only the case is wrong the meaning is plain, and the safe fix fixes it.",
    example: r#"{ "location": "01.txt", "dataset": "train", … }"#,
    remedy: "Write `Train` or `Test`. Documents held back for a validation of your own belong in \
        Test, or in no label file; or leave `dataset` out in every document, and training \
        splits by itself.",
    source: "analyzetext-authoring in Azure/azure-rest-api-specs, every version from 2022-05-01 \
        on: allowed values are `Train` and `Test`, in this case. The contract declares a string \
        without an enumeration, so a schema validator does not see it.",
};

impl Rule for DatasetUnknown {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::ALWAYS
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let such = all.items.first()?;
        let total = all.total;
        Some(format!(
            "{total} documents have a dataset that is neither `Train` nor `Test`, such as {such}"
        ))
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let Some(split @ Split::Other(value)) = &aligned.document.split else {
            return;
        };
        let right = split.meant().map(|meant| {
            if meant == Split::Train {
                Split::Train.name()
            } else {
                Split::Test.name()
            }
        });
        let help = match right {
            Some(right) => format!("write `{right}`"),
            None => "write `Train` or `Test`, or leave `dataset` out".to_owned(),
        };
        let message = format!("the dataset {} is neither `Train` nor `Test`", quote(value));
        let message = Message::new(message).help(help).item(quote(value));
        sink.report(At::Split, message.fixes(right.map(FixAction::Split)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn only_the_case_is_fixed() {
        let meant = |value| Split::Other(Cow::Borrowed(value)).meant();
        assert_eq!(meant("TRAIN "), Some(Split::Train));
        assert_eq!(meant("test"), Some(Split::Test));
        assert_eq!(meant("Training"), None);
        assert_eq!(meant("Validation"), None);
        assert_eq!(meant(""), None);
    }
}
