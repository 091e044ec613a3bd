//! `confidence-mismatch`

use crate::diagnostics::{Issue, Message, Severity, count, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Confidences that do not belong to the labels.
pub struct ConfidenceMismatch;

const META: Meta = Meta {
    name: "confidence-mismatch",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Format,
    scope: Scope::AML,
    fix: None,
    on_request: false,
    summary: "confidences that are not as many as the labels, or not between 0 and 1",
    why: "The confidences are beside the labels, the first for the first label and so on. \
        With another count nobody can say which belongs to which, as when a program adds or \
        drops a label and forgets the other list. A confidence is a probability: a value \
        outside 0 to 1, such as a percentage, misleads whoever sorts or filters by it. The \
        labels themselves are read all the same.",
    example: r#"{"image_url":"AmlDatastore://ds/1.txt","label":["Refund","Urgent"],"label_confidence":[1.0]}"#,
    remedy: "Write one value from 0 to 1 for each label, in the order of the labels, and a \
        single number where `label` is a single string. Labels made by hand have `1.0`. The \
        member is optional: without it nothing is wrong.",
    source: "No specification of the text JSONL was found. In the real exports of entity \
        projects that were examined every line has as many confidences as labels, all 1.0; \
        azureml-automl-dnn-nlp 1.62 writes a probability for each label.",
};

impl Rule for ConfidenceMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::ConfidenceMismatch { counts, value } = issue else {
            return None;
        };
        let counted = counts.map(|(values, labels)| {
            let (values, labels) = (count(values, "value"), count(labels, "label"));
            let fault = format!("`label_confidence` has {values} for {labels}");
            (fault, "write one confidence for each label, in their order")
        });
        let outside = value.as_ref().map(|value| {
            let fault = format!("the confidence {} is not between 0 and 1", quote(value));
            (fault, "write confidences as numbers from 0 to 1")
        });
        let (faults, help): (Vec<_>, Vec<_>) = counted.into_iter().chain(outside).unzip();
        if faults.is_empty() {
            return None;
        }
        Some(Message::new(faults.join(", and ")).help(help.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_count_a_wrong_value_or_both() {
        let said = |counts, value: Option<&str>| {
            let value = value.map(str::to_owned);
            ConfidenceMismatch.issue(&Issue::ConfidenceMismatch { counts, value })
        };
        let (count, value) = (
            "`label_confidence` has 1 value for 2 labels",
            "the confidence `1.5` is not between 0 and 1",
        );
        assert_eq!(said(Some((1, 2)), None).unwrap().text, count);
        assert_eq!(said(None, Some("1.5")).unwrap().text, value);
        let both = said(Some((1, 2)), Some("1.5")).unwrap();
        assert_eq!(both.text, format!("{count}, and {value}"));
        let help = "write one confidence for each label, in their order; write confidences as \
            numbers from 0 to 1";
        assert_eq!(both.help.as_deref(), Some(help));
        assert_eq!(said(None, None), None);
    }
}
