//! `records-not-accepted`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Records that are no labels because of what was answered.
pub struct RecordsNotAccepted;

const META: Meta = Meta {
    name: "records-not-accepted",
    group: Group::Shape,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::PRODIGY,
    fix: None,
    on_request: false,
    summary: "records of Prodigy that were rejected or ignored, or that are `null`: no labels",
    why: "Prodigy keeps every answer: beside `accept` also `reject`, that the label is wrong, and \
        `ignore`, that somebody passed the text over. Only `accept` is a label. The other records \
        are read as no documents, so a corpus has fewer of them than its file has lines. Where \
        rejected records ask about one span each, as `ner.teach` does, there is more to know: the \
        accepted ones tell of their span alone, and the rest of the text may hold others that \
        nobody was asked about. Such labels are partial, and a model that learns from them as if \
        they were all learns to miss.",
    example: r#"{"text":"Ada met Bob.","spans":[{"start":8,"end":11,"label":"City"}],"answer":"reject"}"#,
    remedy: "Nothing is wrong with a file that has such records. Where the labels are to be \
        complete, go over the accepted texts once more with `ner.manual` or `ner.correct`, and give \
        that dataset. Several records of one text stay several documents, each with what was \
        asked; put them together in Prodigy before.",
    source: "Prodigy's documentation of its answers (prodi.gy/docs/api-interfaces), and the \
        annotated datasets in explosion/prodigy-recipes (commit 428bccb5): of 1,800 records of \
        binary entity recognition 438 are accepted, 1,276 rejected and 86 ignored. Datasets of \
        ner-annotator (tecoholic) have `null` where a text was passed over.",
};

impl Rule for RecordsNotAccepted {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::RecordsNotAccepted {
            rejected,
            of_spans,
            ignored,
            null,
        } = *issue
        else {
            return None;
        };
        let parts = [(rejected, "rejected"), (ignored, "ignored"), (null, "null")];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0);
        let parts: Vec<String> = parts
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        let all = rejected + ignored + null;
        let parts = parts.join(", ");
        let message = match all {
            0 | 1 => format!("this record is no label, and was not read: {parts}"),
            many => {
                format!("{many} records are no labels, this one first, and were not read: {parts}")
            }
        };
        let help = if of_spans > 0 {
            "the rejected records ask about one span each, so the labels of the accepted ones are \
             partial: the rest of their texts may hold others"
        } else {
            "only what was answered with `accept` is a label"
        };
        Some(Message::new(message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(rejected: u64, of_spans: u64, ignored: u64, null: u64) -> Message {
        let issue = Issue::RecordsNotAccepted {
            rejected,
            of_spans,
            ignored,
            null,
        };
        RecordsNotAccepted.issue(&issue).unwrap()
    }

    #[test]
    fn one_record_and_several() {
        let text = message(0, 0, 1, 0).text;
        assert_eq!(text, "this record is no label, and was not read: 1 ignored");
        let want = "9 records are no labels, this one first, and were not read: 3 rejected, 2 \
            ignored, 4 null";
        assert_eq!(message(3, 0, 2, 4).text, want);
    }

    #[test]
    fn that_labels_are_partial_is_said_where_records_ask_about_one_span() {
        let help = |of_spans| message(3, of_spans, 0, 0).help.unwrap().into_owned();
        assert!(help(3).contains("the labels of the accepted ones are partial"));
        assert!(!help(0).contains("partial"));
    }
}
