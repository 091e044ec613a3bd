//! `split-absent`

use crate::diagnostics::{Message, Severity};
use crate::rules::settings::Profile;
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A project that assigns no document to Train or Test.
pub struct SplitAbsent;

const META: Meta = Meta {
    name: "split-absent",
    group: Group::Split,
    severity: Severity::Note,
    basis: Basis::Service,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "a project in which no document has a `dataset`, so that only automatic splitting is possible",
    why: "This is no fault: the service then puts every document into the training set, and \
        automatic splitting takes a test set out of it, 20 % by default. But each training run \
        may take another one, so the scores of two models are not measured on the same \
        documents, and nobody can see beforehand whether every label is tested.",
    example: r#"{ "location": "01.txt", "language": "en-us", "entities": [] }"#,
    remedy: "For a test set of your own write `\"dataset\": \"Train\"` or `\"dataset\": \
        \"Test\"` into every document, and train with a manual split. Otherwise allow this rule.",
    source: "The data-formats and train-model pages of Azure AI Language: by default all \
        documents are added to the training set, and only the training set is split \
        automatically. Nearly all of Microsoft's own samples have no `dataset`. How automatic \
        splitting chooses is asked in MicrosoftDocs/azure-docs issue 94795.",
};

impl Rule for SplitAbsent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let documents = corpus.statistics.documents;
        let assigned = documents.assigned();
        // Where there are unknown values, somebody wanted a split, and `dataset-unknown` speaks.
        let wanted = assigned + corpus.statistics.unknown_splits > 0;
        // Splits are ignored once a project is connected, so there is nothing to miss.
        let ignored = corpus.settings.profile == Profile::AmlConnect;
        if wanted || ignored || documents.total() == 0 {
            return;
        }
        let message = match documents.total() {
            1 => "the one document has no `dataset`".to_owned(),
            many => format!("none of the {many} documents has a `dataset`"),
        };
        let help = "write `Train` or `Test` into every document for a test set of your own; \
            without it training can only split automatically";
        sink.report(None, Message::new(message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::split::testing::{documents, findings};

    #[test]
    fn speaks_where_nobody_wanted_a_split() {
        let mut statistics = documents(0, 0, 20);
        let said = "none of the 20 documents has a `dataset`";
        assert_eq!(findings(&SplitAbsent, &statistics), [said]);
        statistics.unknown_splits = 20;
        assert!(findings(&SplitAbsent, &statistics).is_empty());
        assert!(findings(&SplitAbsent, &documents(1, 0, 19)).is_empty());
        assert!(findings(&SplitAbsent, &documents(0, 0, 0)).is_empty());
    }
}
