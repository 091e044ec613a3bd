//! `too-few-labels`

use crate::diagnostics::{Message, Severity, count};
use crate::model::Kind;
use crate::rules::settings::Profile;
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A project with too few labels to train on.
pub struct TooFewLabels;

const META: Meta = Meta {
    name: "too-few-labels",
    group: Group::Coverage,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a project without an entity type, or with fewer than two classes",
    why: "A model of entities needs at least one type, and a classifier at least two classes: with one there is nothing to tell apart. Training fails.",
    example: r#""classes": [{ "category": "Refund" }]"#,
    remedy: "Label what is missing: a class for the documents that are not of the first one (`Other` will do), or at least one entity type.",
    source: "MicrosoftDocs/azure-ai-docs, `service-limits.md` of custom named entity recognition and custom text classification (commit 29545d48, 08/19/2026): at least one entity type. For classes the page on connecting Azure Machine Learning asks for two.",
};

impl Rule for TooFewLabels {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        // Where a project is to be connected, `aml-too-few-labels` has more to ask.
        let connected = corpus.settings.profile == Profile::AmlConnect;
        if connected || !corpus.is_complete() || corpus.statistics.kinds.len() > 1 {
            return;
        }
        let (least, what) = match corpus.kind {
            Some(Kind::EntityRecognition | Kind::Healthcare) => (1, "entity type"),
            Some(Kind::SingleLabelClassification | Kind::MultiLabelClassification) => (2, "class"),
            _ => return,
        };
        let names = corpus.names().len() as u64;
        if names >= least {
            return;
        }
        let has = match names {
            0 => format!("no {what}"),
            some => count(some, what),
        };
        let message = format!("the project has {has}; training needs at least {least}");
        sink.report(None, Message::new(message).help("label what is missing"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::findings;

    fn said(kind: Kind, declared: &[&str], used: &[(&str, u64)]) -> Vec<String> {
        let said = findings(&TooFewLabels, Some(kind), declared, used).into_iter();
        said.map(|(_, message)| message).collect()
    }

    #[test]
    fn each_kind_has_its_least() {
        let none = "the project has no entity type; training needs at least 1";
        assert_eq!(said(Kind::EntityRecognition, &[], &[]), [none]);
        assert!(said(Kind::EntityRecognition, &["City"], &[]).is_empty());
        let one = "the project has 1 class; training needs at least 2";
        let single = Kind::SingleLabelClassification;
        assert_eq!(said(single, &["A"], &[("A", 9)]), [one]);
        assert!(said(single, &["A"], &[("B", 9)]).is_empty());
        assert!(said(Kind::TextSentiment, &[], &[]).is_empty());
    }
}
