//! `spans-duplicate`

use super::called;
use super::pairs::{Relation, at_one_place};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Message, Severity};
use crate::model::At;
use crate::rules::{Applicability, Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// The same span with the same label twice.
pub struct SpansDuplicate;

const META: Meta = Meta {
    name: "spans-duplicate",
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "the same span with the same label twice",
    why: "The second label says nothing new, and makes the label look more frequent than it is. \
        Duplicates come from files that were joined, or from a script that ran twice.",
    example: r#""labels": [ { "category": "City", "offset": 8, "length": 4 }, { "category": "City", "offset": 8, "length": 4 } ]"#,
    remedy: "Remove all but the first of them.",
    source: "In two real exports of Azure Machine Learning (991 lines), and in Microsoft's sample \
        of 240 loan agreement labels, no label appears twice. What the services make of one is \
        not documented.",
};

impl Rule for SpansDuplicate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::NUMBERS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let labels = aligned.document.spans();
        for pair in at_one_place(&aligned.comparable()) {
            if pair.relation != Relation::Duplicate {
                continue;
            }
            let message = format!("{} repeats an earlier label", called(&labels[pair.later]));
            let help = "remove this one";
            let fix = FixAction::Remove(At::Label(pair.later));
            sink.report(
                At::Label(pair.later),
                Message::new(message).help(help).fixes([fix]),
            );
        }
    }
}
