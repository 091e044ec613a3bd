//! `aml-split-ignored`

use super::connects;
use crate::diagnostics::{Message, Severity, count};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Train and Test in a project that is to be connected.
pub struct AmlSplitIgnored;

const META: Meta = Meta {
    name: "aml-split-ignored",
    group: Group::Project,
    severity: Severity::Note,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "documents with a `dataset`, which is ignored once the project is connected \
        (profile `aml-connect`)",
    why: "Of two connected projects one at a time is where labeling goes on. The sets of the \
        one that you switch away from are ignored in training, so a test set that was put \
        together with care does not measure anything then, and scores of before and after \
        cannot be compared.",
    example: r#"{ "location": "01.txt", "dataset": "Test", … }   (checked with `--profile aml-connect`)"#,
    remedy: "Keep this file: with its sets a model can still be trained and tested in a project \
        that is not connected. Nothing in the file needs to change.",
    source: "The page on labeling with Azure Machine Learning in the documentation of Azure AI \
        Language: training and testing files of the experience that you switch away from are \
        ignored when training (06/30/2025). The page of 2022 said that they are ignored and that \
        the feature is disabled.",
};

impl Rule for AmlSplitIgnored {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let documents = corpus.statistics.documents;
        let assigned = documents.train + documents.test;
        if !connects(corpus) || assigned == 0 {
            return;
        }
        let has = if assigned == 1 { "has" } else { "have" };
        let text = format!(
            "{} {has} a `dataset`, which is ignored in training once the project is connected",
            count(assigned, "document")
        );
        let help = "keep this file, and do not compare the scores of before and after";
        sink.report(None, Message::new(text).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{BySplit, Statistics};
    use crate::model::Project;
    use crate::rules::project::testing::connected;

    #[test]
    fn once_with_the_number_of_documents() {
        let said = |train, test, unassigned| {
            let documents = BySplit {
                train,
                test,
                unassigned,
                ..BySplit::default()
            };
            let statistics = Statistics {
                documents,
                ..Statistics::default()
            };
            connected(&AmlSplitIgnored, &Project::default(), &statistics)
        };
        let text = "10 documents have a `dataset`, which is ignored in training once the project \
            is connected";
        assert_eq!(said(8, 2, 5), [text]);
        assert_eq!(said(0, 1, 0).len(), 1);
        assert_eq!(said(0, 0, 9), [""; 0]);
    }
}
