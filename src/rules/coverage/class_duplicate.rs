//! `class-duplicate`

use std::collections::BTreeSet;

use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Message, Severity, quote};
use crate::model::At;
use crate::rules::{Applicability, Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A class that stands on one document twice.
pub struct ClassDuplicate;

const META: Meta = Meta {
    name: "class-duplicate",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::CLASSES,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "the same class twice on one document",
    why: "A document is of a class or it is not; twice says no more than once. But whoever counts classes counts it twice: the statistics, the balance of the splits, and perhaps the training. It is mostly the trace of two labelers whose work was put together.",
    example: r#""classes": [{ "category": "Refund" }, { "category": "Refund" }]"#,
    remedy: "Remove one of the two.",
    source: "Reasoning: the contract (Azure/azure-rest-api-specs, `analyzetext-authoring.json`) has an array of classes and does not forbid repetitions. What the service does with them is not documented.",
};

impl Rule for ClassDuplicate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::ALWAYS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let mut seen = BTreeSet::new();
        for (index, class) in aligned.document.classes().iter().enumerate() {
            if seen.insert(&*class.category) {
                continue;
            }
            let message = format!(
                "the document has the class {} before this",
                quote(&class.category)
            );
            let fix = FixAction::Remove(At::Class(index));
            let message = Message::new(message).help("remove this one");
            sink.report(At::Class(index), message.fixes([fix]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::{classes, of_document};

    #[test]
    fn the_second_and_the_third_are_found() {
        let document = classes(&["A", "B", "A", "a", "A"]);
        let said = of_document(&ClassDuplicate, &document);
        let twice = "the document has the class `A` before this";
        assert_eq!(said, [twice, twice]);
        assert!(of_document(&ClassDuplicate, &classes(&["A", "B"])).is_empty());
    }
}
