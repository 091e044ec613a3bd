//! `mixed-kinds`

use crate::diagnostics::{Issue, Message, Severity};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Lines of different kinds in one Azure ML file.
pub struct MixedKinds;

const META: Meta = Meta {
    name: "mixed-kinds",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::AML,
    fix: None,
    on_request: false,
    summary: "entity, multi-class and multi-label lines in one Azure ML file",
    why: "A labeling project has one kind, and so has every file that it exports. What makes \
        the kind of a line is its `label`: spans, a class, or a list of classes. A file with \
        two kinds is mostly put together from two projects, and no Azure AI Language project can hold \
        it. It is read as the kind of its first line that tells one; the lines of other kinds \
        are not read.",
    example: "{\"image_url\":\"AmlDatastore://ds/1.txt\",\"label\":[{\"label\":\"City\",\
        \"offsetStart\":8,\"offsetEnd\":14}]}\n{\"image_url\":\"AmlDatastore://ds/2.txt\",\
        \"label\":\"Refund\"}",
    remedy: "Write one file a kind: move the lines of the other kind into a file of their own. \
        A line with an empty list tells no kind, and is no fault.",
    source: "MicrosoftDocs/azure-ai-docs, `how-to-create-text-labeling-projects.md`: the kind \
        is chosen when the project is made. No specification of the text JSONL was \
        found; every real export that was examined has one kind.",
};

impl Rule for MixedKinds {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::MixedKinds {
            first,
            other,
            lines,
        } = *issue
        else {
            return None;
        };
        let (first, other) = (first.noun(), other.noun());
        let message = match lines {
            0 | 1 => format!("the file begins as {first}, and this line is {other}"),
            many => format!(
                "the file begins as {first}, and {many} lines are of another kind, the first \
                 of them {other}"
            ),
        };
        Some(Message::new(message).help("write one file a kind"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    #[test]
    fn one_line_and_several() {
        let text = |lines| {
            let (first, other) = (Kind::EntityRecognition, Kind::MultiLabelClassification);
            let issue = Issue::MixedKinds {
                first,
                other,
                lines,
            };
            MixedKinds.issue(&issue).unwrap().text
        };
        let one =
            "the file begins as entity recognition, and this line is multi-label classification";
        assert_eq!(text(1), one);
        let many = "the file begins as entity recognition, and 3 lines are of another kind, the \
            first of them multi-label classification";
        assert_eq!(text(3), many);
    }
}
