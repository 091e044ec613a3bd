//! `several-annotators`

use crate::diagnostics::{Folded, Issue, Message, Severity, count};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Several annotations of one document.
pub struct SeveralAnnotators;

const META: Meta = Meta {
    name: "several-annotators",
    group: Group::Shape,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a document with the annotations of several people, of which one has to be meant",
    why: "Some tools give one document to several people, and export what each of them labeled. \
        A label file of Azure has room for one set of labels a document. To take the newest, or \
        all of them, would be a guess: the newest may be the one that nobody reviewed, and what \
        two people labeled alike would stand there twice. So such a document is not read, and a \
        file with one is not converted, until somebody says whose labels are meant.",
    example: r#"[{ "data": { "text": "Ada" }, "annotations": [{ "completed_by": 1, "result": [] }, { "completed_by": 2, "result": [] }] }]"#,
    remedy: "Say whose annotations are meant, by `--annotator` with the id or the e-mail address \
        in `completed_by`. Or settle the matter in the tool, so that each document has one \
        annotation, and export the file again. Cancelled annotations do not count. To compare \
        two people, convert the file once for each and run `labelwright score`.",
    source: "The export of Label Studio 1.23.2, run with two annotations on a task: \
        `annotations` has one object for each, and `JSON_MIN` one record for each. Its CoNLL \
        export writes the text once for each annotation.",
};

impl Rule for SeveralAnnotators {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let total = all.total;
        Some(format!(
            "{total} documents have several annotations, and it is not told whose is meant"
        ))
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::SeveralAnnotators { annotations, told } = issue else {
            return None;
        };
        let several = count(*annotations, "annotation");
        let why = if *told {
            "not exactly one of them is by the person that `--annotator` names"
        } else {
            "it is not told whose is meant"
        };
        let message = format!("the document has {several}, and {why}");
        let help = "say whose with `--annotator`, by the id or the e-mail address of the person";
        Some(Message::new(message).cause(why).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_and_without_a_name() {
        let text = |told| {
            let annotations = 2;
            let issue = Issue::SeveralAnnotators { annotations, told };
            SeveralAnnotators.issue(&issue).unwrap().text
        };
        let without = "the document has 2 annotations, and it is not told whose is meant";
        assert_eq!(text(false), without);
        assert!(text(true).contains("--annotator"));
    }
}
