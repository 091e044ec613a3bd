//! `label-rare`

use crate::diagnostics::{Folded, Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A label that is used too seldom to be learned well.
pub struct LabelRare;

const META: Meta = Meta {
    name: "label-rare",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a label with fewer than 50 instances",
    why: "From a handful of instances a model learns those instances, and not what they have in \
        common. And once a fifth of them is set aside for testing, one instance more or less \
        moves the label's score by many points.",
    example: r#""category": "Street"   (on 12 places in the whole file)"#,
    remedy: "Label more of it, in documents that differ; or join it with a label that means \
        nearly the same. A label that is declared and never used belongs to `label-unused`.",
    source: "The documentation of Azure AI Language recommends about 50 labeled instances of \
        each type. `debug data` of spaCy draws the line at the same number \
        (`NEW_LABEL_THRESHOLD`).",
};

impl Rule for LabelRare {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (_, advised) = all.first.rsplit_once("; ").unwrap_or_default();
        let (total, list) = (all.total, all.list());
        Some(format!(
            "{total} labels have few instances: {list}; {advised}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        if corpus.statistics.kinds.len() > 1 || !corpus.has_all_records() {
            // The labels of several projects in one file say nothing together, and a record that
            // could not be read may hold the missing ones.
            return;
        }
        let least = corpus.settings.thresholds.rare_label;
        for (label, by_split) in &corpus.statistics.labels {
            let instances = by_split.total();
            if !(1..least).contains(&instances) {
                continue;
            }
            let name = quote(label);
            let item = format!("{name} {instances}");
            let instances = count(instances, "instance");
            let message = format!("{name} has {instances}; about {least} are advised");
            let help = "label more of it, or join it with a label that means nearly the same";
            let message = Message::new(message).help(help);
            sink.report(
                super::place_of_label(corpus, label),
                message.of_label(label).item(item),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{BySplit, Statistics};
    use crate::model::Project;
    use crate::rules::coverage::testing::{findings, of_corpus};

    #[test]
    fn counts_only_labels_that_are_used() {
        let used = [("A", 0), ("B", 1), ("C", 49), ("D", 50)];
        let expected = [
            (Some(0), "`B` has 1 instance; about 50 are advised"),
            (None, "`C` has 49 instances; about 50 are advised"),
        ];
        let expected = expected.map(|(at, text)| (at, text.to_owned()));
        assert_eq!(
            findings(&LabelRare, None, &["B", "A", "X"], &used),
            expected
        );
    }

    #[test]
    fn a_record_that_could_not_be_read_may_hold_more() {
        let (project, mut statistics) = (Project::default(), Statistics::default());
        let seen = BySplit {
            train: 3,
            ..BySplit::default()
        };
        statistics.labels.insert("A".to_owned(), seen);
        // A label that could not be read is one label at most.
        statistics.unread = 1;
        assert_eq!(of_corpus(&LabelRare, &project, &statistics).len(), 1);
        statistics.unread_records = 1;
        assert!(of_corpus(&LabelRare, &project, &statistics).is_empty());
    }
}
