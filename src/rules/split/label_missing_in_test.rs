//! `label-missing-in-test`

use crate::diagnostics::{Folded, Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A label that is taught and never tested.
pub struct LabelMissingInTest;

const META: Meta = Meta {
    name: "label-missing-in-test",
    group: Group::Split,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "a label that Train has and Test cannot measure",
    why: "The scores of a model are measured on the test set alone. A label without an instance \
        there is learned and predicted, and nobody knows how well: its recall has no value, and \
        every prediction of it counts as wrong.",
    example: r#""dataset": "Train"   (in every document that has a `Street`)"#,
    remedy: "Move a document with this label to Test, or label it in documents that are there. \
        If it has too few instances for two sets, label more of it first.",
    source: "The train-model page of Azure AI Language: the evaluation is calculated from \
        predictions on the test set, and every entity should be adequately represented in both \
        sets. microsoft/reconner, a checker of labeled data, asks the same of a test set.",
};

impl Rule for LabelMissingInTest {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (total, list) = (all.total, all.list());
        Some(format!(
            "{total} labels are in Train and never in Test: {list}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        for (label, seen) in super::comparable(corpus) {
            if seen.train == 0 || seen.test > 0 {
                continue;
            }
            let instances = count(seen.train, "instance");
            let message = format!("{} has {instances} in Train and none in Test", quote(label));
            let help = "move a document that has it to Test";
            let message = Message::new(message).help(help);
            let item = format!("{} {}", quote(label), seen.train);
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
    fn only_labels_that_train_has_and_test_has_not() {
        let mut statistics = documents(8, 2, 1);
        label(&mut statistics, "both", 3, 1, 0);
        label(&mut statistics, "taught", 1, 0, 0);
        label(&mut statistics, "tested", 0, 4, 0);
        label(&mut statistics, "unassigned", 0, 0, 2);
        let said = "`taught` has 1 instance in Train and none in Test";
        assert_eq!(findings(&LabelMissingInTest, &statistics), [said]);
    }

    #[test]
    fn silent_where_everything_is_in_one_set() {
        let mut statistics = documents(10, 0, 0);
        label(&mut statistics, "taught", 4, 0, 0);
        assert!(findings(&LabelMissingInTest, &statistics).is_empty());
    }
}
