//! `split-partial`

use crate::diagnostics::{Message, Severity};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A split for some of the documents.
pub struct SplitPartial;

const META: Meta = Meta {
    name: "split-partial",
    group: Group::Split,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "a project in which some documents have a split, and others do not",
    why: "Training with a manual split uses what the documents say; one that says nothing goes to the training set by default. So documents that were meant for testing, and lost their `dataset` on the way, are trained on.",
    example: r#"{ "location": "1.txt", "dataset": "Test", … }, { "location": "2.txt", … }"#,
    remedy: "Give every document a `dataset`, or none and let training split by itself.",
    source: "MicrosoftDocs/azure-docs, `tag-data.md`: by default all documents are added to the training set.",
};

impl Rule for SplitPartial {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let documents = corpus.statistics.documents;
        let without = documents.unassigned - corpus.statistics.unknown_splits;
        let with = documents.total() - without;
        if with == 0 || without == 0 {
            return;
        }
        let message = format!(
            "{without} of {} documents have no `dataset`, and the others have one",
            documents.total(),
        );
        let help = "give every document a `dataset`, or none; without one it is trained on";
        sink.report(None, Message::new(message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::split::testing::{documents, findings};

    #[test]
    fn all_or_none() {
        let said = "3 of 10 documents have no `dataset`, and the others have one";
        assert_eq!(findings(&SplitPartial, &documents(7, 0, 3)), [said]);
        assert!(findings(&SplitPartial, &documents(7, 3, 0)).is_empty());
        assert!(findings(&SplitPartial, &documents(0, 0, 10)).is_empty());
        let mut unknown = documents(7, 0, 3);
        unknown.unknown_splits = 3;
        assert!(findings(&SplitPartial, &unknown).is_empty());
    }
}
