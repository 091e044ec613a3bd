//! `prediction-record`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// A prediction of ML assist: one string for all classes, with an array of confidences.
pub struct PredictionRecord;

const META: Meta = Meta {
    name: "prediction-record",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::AML,
    fix: None,
    on_request: false,
    summary: "a prediction of ML assist: a string in `label` with an array of confidences",
    why: "ML assist predicts the classes of a multi-label project as one string: all classes \
        of the project, joined by commas, with one probability each. It says how likely every \
        class is, and not which of them a person chose. Taken for a class name, the string \
        would become a class that nobody made; a comma inside a name makes even the list \
        ambiguous. So it is never read as a label.",
    example: r#"{"image_url":"AmlDatastore://ds/1.txt","label":"Refund,Delivery,Urgent","label_confidence":[0.91,0.08,0.62]}"#,
    remedy: "Export the reviewed labels from the labeling project: there `label` is an array \
        with the classes of the document. Files named `predictions.txt` in the outputs of a \
        training run are predictions.",
    source: "The behaviour of azureml-automl-dnn-nlp 1.62, which writes these lines for ML \
        assist. Its predictions of multi-class projects have one string and one number, and \
        look like labels.",
};

impl Rule for PredictionRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::PredictionRecord(lines) = *issue else {
            return None;
        };
        let what = "one string for all classes, with an array of confidences";
        let message = match lines {
            0 | 1 => format!("this line is a prediction of ML assist, not a label: {what}"),
            many => format!(
                "{many} lines are predictions of ML assist, not labels, this one first: {what}"
            ),
        };
        let help = "export the reviewed labels; a prediction is never read as a class name";
        Some(Message::new(message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_and_several() {
        let text = |lines| {
            let message = PredictionRecord.issue(&Issue::PredictionRecord(lines));
            message.unwrap().text
        };
        let one = "this line is a prediction of ML assist, not a label: one string for all \
            classes, with an array of confidences";
        assert_eq!(text(1), one);
        let many = "3 lines are predictions of ML assist, not labels, this one first: one string";
        assert!(text(3).starts_with(many));
    }
}
