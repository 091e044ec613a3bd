//! `spans-conflict`

use super::called;
use super::pairs::{Relation, at_one_place};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity, quote};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// The same span with two labels.
pub struct SpansConflict;

const META: Meta = Meta {
    name: "spans-conflict",
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "the same span with two labels",
    why: "A token of a CoNLL file, which AutoML trains on, has one label. Microsoft's AML SDK \
        keeps the span that comes last in the list and drops the other without a word, so the \
        order of the list decides what the model learns. Mostly two people labeled the document \
        and did not agree.",
    example: r#""labels": [ { "category": "City", "offset": 8, "length": 4 }, { "category": "Person", "offset": 8, "length": 4 } ]"#,
    remedy: "Decide for one of the two labels and remove the other.",
    source: "azureml-automl-dnn-nlp 1.62 was run on two spans with the same start: the last one \
        stays. What the Language service does is not documented; its samples have no such pair.",
};

impl Rule for SpansConflict {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NUMBERS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let labels = aligned.document.spans();
        for pair in at_one_place(&aligned.comparable()) {
            if pair.relation != Relation::Conflict {
                continue;
            }
            let (label, other) = (&labels[pair.later], &labels[pair.earlier]);
            let message = format!(
                "{} is labeled {} too",
                called(label),
                quote(&other.category)
            );
            let help = "decide for one of the two labels";
            sink.report(At::Label(pair.later), Message::new(message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::{SpansDuplicate, SpansOverlap, testing::Case};

    #[test]
    fn a_later_label_is_either_a_duplicate_or_a_conflict() {
        let labels = [
            ("City", 5, 9),
            ("City", 5, 9),
            ("Name", 5, 9),
            ("Name", 5, 9),
        ];
        let case = Case::numbers(&labels);
        assert_eq!(
            case.run(&SpansConflict),
            ["`Name` at 5..9 is labeled `City` too"]
        );
        assert_eq!(
            case.run(&SpansDuplicate),
            [
                "`City` at 5..9 repeats an earlier label",
                "`Name` at 5..9 repeats an earlier label",
            ]
        );
        assert!(case.run(&SpansOverlap).is_empty());
    }
}
