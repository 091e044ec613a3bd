//! `label-missing-in-train`

use crate::diagnostics::{Folded, Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A label that is tested and never taught.
pub struct LabelMissingInTrain;

const META: Meta = Meta {
    name: "label-missing-in-train",
    group: Group::Split,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "a label that Test has and Train never has",
    why: "A model cannot predict a label that it was never shown. Every instance in Test is then \
        missed for certain, which lowers the scores and says nothing about the model. Mostly a \
        rare label fell into Test as a whole, or its name is spelled differently in Train.",
    example: r#""dataset": "Test"   (in the only documents that have a `Street`)"#,
    remedy: "Move a document with this label to Train, or label it in documents that are there. \
        If the label is in Train under another spelling, make the two one.",
    source: "The train-model page of Azure AI Language: the model learns from the training set \
        alone, and every entity should be adequately represented in both sets. Documents \
        without a `dataset` are training documents by default, so a label that they have is not \
        reported.",
};

impl Rule for LabelMissingInTrain {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (total, list) = (all.total, all.list());
        Some(format!(
            "{total} labels are in Test and never in Train: {list}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        for (label, seen) in super::comparable(corpus) {
            if seen.test == 0 || seen.train + seen.unassigned > 0 {
                continue;
            }
            let instances = count(seen.test, "instance");
            let message = format!("{} has {instances} in Test and none in Train", quote(label));
            let help = "move a document that has it to Train, or check its spelling";
            let message = Message::new(message).help(help);
            let item = format!("{} {}", quote(label), seen.test);
            sink.report(
                corpus.declaration(label),
                message.of_label(label).item(item),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::split::testing::{documents, findings, label};

    #[test]
    fn only_labels_that_stand_in_test_alone() {
        let mut statistics = documents(8, 2, 1);
        label(&mut statistics, "both", 3, 1, 0);
        label(&mut statistics, "taught", 3, 0, 0);
        label(&mut statistics, "tested", 0, 4, 0);
        label(&mut statistics, "unassigned", 0, 0, 2);
        label(&mut statistics, "perhaps taught", 0, 4, 2);
        let said = "`tested` has 4 instances in Test and none in Train";
        assert_eq!(findings(&LabelMissingInTrain, &statistics), [said]);
    }

    #[test]
    fn silent_where_everything_is_in_one_set() {
        let mut statistics = documents(0, 10, 0);
        label(&mut statistics, "tested", 0, 4, 0);
        assert!(findings(&LabelMissingInTrain, &statistics).is_empty());
    }
}
