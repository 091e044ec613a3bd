//! `aml-too-few-labels`

use super::connects;
use crate::diagnostics::{Message, Severity, quote};
use crate::model::Kind;
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A project that is to be connected, with fewer labels than that takes.
pub struct AmlTooFewLabels;

const META: Meta = Meta {
    name: "aml-too-few-labels",
    group: Group::Project,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "fewer labels than connecting takes: one entity, or two classes (profile \
        `aml-connect`)",
    why: "A project must have something to label before it can be connected: the service \
        asks for one entity type, or two classes. Under this profile the rule speaks in place of `too-few-labels`.",
    example: r#""classes": [{ "category": "Refund" }]   (checked with `--profile aml-connect`)"#,
    remedy: "Declare the labels that the documents are to get; they need not be used yet. With \
        one class there is nothing to choose between, so a second one is missing in any case.",
    source: "The page on labeling with Azure Machine Learning in the documentation of Azure AI \
        Language (06/30/2025): custom entity recognition needs at least 1 entity, custom text \
        classification at least 2 classes. Used and declared labels count together.",
};

impl Rule for AmlTooFewLabels {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let least = match corpus.kind {
            Some(Kind::EntityRecognition) => 1,
            Some(Kind::SingleLabelClassification | Kind::MultiLabelClassification) => 2,
            _ => return,
        };
        if !connects(corpus) || !corpus.is_complete() || corpus.statistics.kinds.len() > 1 {
            return;
        }
        let labels = corpus.names();
        if labels.len() >= least {
            return;
        }
        let (text, location) = match (least, labels.first()) {
            (1, _) => (
                "the project has no entity type, and one is the least that can be connected"
                    .to_owned(),
                None,
            ),
            (_, Some(label)) => (
                format!(
                    "{} is the project's only class, and two are the least that can be connected",
                    quote(label)
                ),
                corpus.declaration(label),
            ),
            (_, None) => (
                "the project has no class, and two are the least that can be connected".to_owned(),
                None,
            ),
        };
        let help = "declare the labels that the documents are to get";
        sink.report(location, Message::new(text).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{BySplit, Statistics};
    use crate::diagnostics::Location;
    use crate::json::Pointer;
    use crate::model::{Declaration, Project};
    use crate::rules::project::testing::connected;

    fn said(kind: Option<Kind>, declared: &[&str], used: &[&str]) -> Vec<String> {
        let declared = declared.iter().map(|name| Declaration {
            name: (*name).to_owned(),
            pointer: Pointer::root(),
            bytes: 0..1,
        });
        let project = Project {
            kind,
            declared: declared.collect(),
            ..Project::default()
        };
        let mut statistics = Statistics::default();
        for label in used {
            statistics
                .labels
                .insert((*label).to_owned(), BySplit::default());
        }
        connected(&AmlTooFewLabels, &project, &statistics)
    }

    #[test]
    fn one_entity_or_two_classes_declared_or_used() {
        let (entities, classes) = (Kind::EntityRecognition, Kind::MultiLabelClassification);
        let none = "the project has no entity type, and one is the least that can be connected";
        assert_eq!(said(Some(entities), &[], &[]), [none]);
        assert_eq!(said(Some(entities), &[], &["A"]), [""; 0]);
        let none = "the project has no class, and two are the least that can be connected";
        assert_eq!(said(Some(classes), &[], &[]), [none]);
        let one = "`A` is the project's only class, and two are the least that can be connected";
        assert_eq!(said(Some(classes), &["A"], &["A"]), [one]);
        assert_eq!(said(Some(classes), &["A"], &["B"]), [""; 0]);
        assert_eq!(said(Some(Kind::TextSentiment), &[], &[]), [""; 0]);
        assert_eq!(said(None, &[], &[]), [""; 0]);
    }

    #[test]
    fn silent_where_not_all_was_read_or_kinds_are_mixed() {
        let project = Project {
            kind: Some(Kind::EntityRecognition),
            ..Project::default()
        };
        let mut statistics = Statistics::default();
        assert_eq!(connected(&AmlTooFewLabels, &project, &statistics).len(), 1);
        statistics.unread = 1;
        assert_eq!(connected(&AmlTooFewLabels, &project, &statistics), [""; 0]);
        statistics.unread = 0;
        for kind in [Kind::EntityRecognition, Kind::MultiLabelClassification] {
            let location = || Location {
                bytes: 0..0,
                pointer: Some(Pointer::root()),
                document: None,
            };
            statistics
                .kinds
                .entry(kind)
                .or_default()
                .add(0, 1, location);
        }
        assert_eq!(connected(&AmlTooFewLabels, &project, &statistics), [""; 0]);
    }
}
