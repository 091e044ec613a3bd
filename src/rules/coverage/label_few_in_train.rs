//! `label-few-in-train`

use crate::diagnostics::{Folded, Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A label that the training set has too seldom.
pub struct LabelFewInTrain;

const META: Meta = Meta {
    name: "label-few-in-train",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "a label with fewer than 15 instances in Train",
    why: "Only the training set teaches. A label may have enough instances in the whole file and few \
        of them there, since the split moved them to Test. After the training the service says so \
        in its guidance on the model, which is late: the model is trained then.",
    example: r#""dataset": "Train"   (in documents with 9 of the 40 instances of `Street`)"#,
    remedy: "Move documents that have the label to Train, or label more of it there. \
        `label-rare` is about the instances in the whole file, and `label-missing-in-train` about \
        labels that Train does not have at all.",
    source: "The pages on evaluation metrics of Azure AI Language (custom NER, 11/18/2025; custom \
        text classification, 06/30/2026): the guidance names each type with fewer than 15 labeled \
        instances in the training set. Documents without a `dataset` are training documents by \
        default, so their instances count. Where no document has one, nobody knows what Train will \
        be, and nothing is said.",
};

impl Rule for LabelFewInTrain {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (_, advised) = all.first.rsplit_once("; ").unwrap_or_default();
        let (total, list) = (all.total, all.list());
        Some(format!(
            "{total} labels have few instances in Train: {list}; {advised}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let statistics = corpus.statistics;
        let is_split = statistics.documents.assigned() > 0;
        if !is_split || statistics.kinds.len() > 1 || !corpus.has_all_records() {
            return;
        }
        let least = corpus.settings.thresholds.train_label;
        for (label, by_split) in &statistics.labels {
            let instances = by_split.train + by_split.unassigned;
            if !(1..least).contains(&instances) {
                continue;
            }
            let name = quote(label);
            let item = format!("{name} {instances}");
            let instances = count(instances, "instance");
            let message =
                format!("{name} has {instances} in Train; the service wants {least} or more");
            let help = "move documents that have it to Train, or label more of it there";
            let message = Message::new(message).help(help);
            let place = super::place_of_label(corpus, label);
            sink.report(place, message.of_label(label).item(item));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{BySplit, Statistics};
    use crate::model::Project;
    use crate::rules::coverage::testing::of_corpus;

    fn said(documents: BySplit, label: BySplit) -> Vec<String> {
        let mut statistics = Statistics {
            documents,
            ..Statistics::default()
        };
        statistics.labels.insert("A".to_owned(), label);
        let found = of_corpus(&LabelFewInTrain, &Project::default(), &statistics);
        found.into_iter().map(|(_, text)| text).collect()
    }

    const fn split(train: u64, test: u64, unassigned: u64) -> BySplit {
        BySplit {
            train,
            test,
            unassigned,
            dev: 0,
        }
    }

    #[test]
    fn what_test_has_does_not_count() {
        let few = "`A` has 14 instances in Train; the service wants 15 or more";
        assert_eq!(said(split(8, 2, 0), split(14, 90, 0)), [few]);
        assert_eq!(said(split(8, 2, 0), split(15, 0, 0)), [""; 0]);
        // Another rule says that there is none.
        assert_eq!(said(split(8, 2, 0), split(0, 90, 0)), [""; 0]);
    }

    #[test]
    fn documents_without_a_split_are_training_documents() {
        assert_eq!(said(split(8, 2, 2), split(9, 0, 6)), [""; 0]);
        assert_eq!(said(split(8, 2, 2), split(9, 0, 5)).len(), 1);
        // Where none has one, what Train will be is not known.
        assert_eq!(said(split(0, 0, 9), split(0, 0, 5)), [""; 0]);
    }
}
