//! `split-one-sided`

use crate::diagnostics::{Message, Severity};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// All documents in one set.
pub struct SplitOneSided;

const META: Meta = Meta {
    name: "split-one-sided",
    group: Group::Split,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "a project in which all documents are in one set",
    why: "With everything in Train nothing measures the model; with everything in Test there is nothing to learn from. Training with a manual split needs both. If training splits by itself, only what is in Train is split.",
    example: r#""dataset": "Train"   (in every document)"#,
    remedy: "Move about one document in five to Test, or leave `dataset` out everywhere and let training split by itself.",
    source: "MicrosoftDocs/azure-docs, `train-model.md`: with automatic splitting only the data assigned to the training set is split. All of Microsoft's own sentiment sample is in Train.",
};

impl Rule for SplitOneSided {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let documents = corpus.statistics.documents;
        let (full, empty) = match (documents.train, documents.test, documents.unassigned) {
            (1.., 0, 0) => ("Train", "Test"),
            (0, 1.., 0) => ("Test", "Train"),
            _ => return,
        };
        if documents.dev > 0 {
            return;
        }
        let message = format!(
            "all {} documents are in {full}, and none in {empty}",
            documents.total()
        );
        let help = "put about one document in five into Test, or leave `dataset` out everywhere";
        sink.report(None, Message::new(message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::split::testing::{documents, findings};

    #[test]
    fn one_set_is_empty() {
        let train = "all 20 documents are in Train, and none in Test";
        assert_eq!(findings(&SplitOneSided, &documents(20, 0, 0)), [train]);
        let test = "all 3 documents are in Test, and none in Train";
        assert_eq!(findings(&SplitOneSided, &documents(0, 3, 0)), [test]);
        for (train, test, unassigned) in [(19, 1, 0), (0, 0, 0), (0, 0, 9), (9, 0, 1)] {
            let said = findings(&SplitOneSided, &documents(train, test, unassigned));
            assert!(said.is_empty());
        }
    }
}
