//! `document-duplicate`

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostics::{FixAction, Message, Severity, quote};
use crate::rules::{Applicability, Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A document that the file lists twice.
pub struct DocumentDuplicate;

const META: Meta = Meta {
    name: "document-duplicate",
    group: Group::Documents,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::ANY,
    fix: Some(Applicability::Unsafe),
    on_request: false,
    summary: "the same location twice; reported at each repeat",
    why: "One text has one set of labels. Two records of it either say the same twice, and the \
        document counts double in training, or they contradict each other, and it is left to \
        chance which of them holds. With one of them in Train and the other in Test the scores \
        are worth nothing.",
    example: r#"{ "location": "01.txt", … }, { "location": "02.txt", … }, { "location": "01.txt", … }"#,
    remedy: "Keep the record whose labels are right, or bring the labels of both into one, and \
        delete the other.",
    source: "Microsoft's movies sample once had 221 records for 210 files, and was repaired \
        (Azure-Samples/cognitive-services-sample-data-files, commit 1e24263). The documentation \
        says to avoid duplicate documents; what the service does with them is not documented. \
        In the real exports of Azure Machine Learning that were looked at, no `image_url` \
        occurs twice.",
};

impl Rule for DocumentDuplicate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let mut firsts: BTreeMap<&str, u64> = BTreeMap::new();
        for (index, suspect) in &corpus.statistics.suspects {
            let first = match firsts.entry(&suspect.identity) {
                Entry::Vacant(entry) => {
                    entry.insert(*index);
                    continue;
                }
                Entry::Occupied(entry) => entry.get() + 1,
            };
            let name = quote(&suspect.path);
            let text = format!("the document {name} is listed before, as document number {first}");
            let help = "keep one of the two records, with the labels of both";
            let fix = FixAction::RemoveRecord(suspect.record.clone());
            sink.report(
                Some(suspect.location.clone()),
                Message::new(text).help(help).fixes([fix]).of_document(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::documents::testing::{findings, suspects};

    #[test]
    fn each_repeat_names_the_first() {
        let statistics = suspects(&[(4, "b"), (7, "a"), (9, "b"), (12, "c"), (20, "b")]);
        let said = findings(&DocumentDuplicate, &statistics, true);
        let said: Vec<&str> = said.iter().map(|finding| &*finding.message).collect();
        let expected = [
            "the document `b` is listed before, as document number 5",
            "the document `b` is listed before, as document number 5",
        ];
        assert_eq!(said, expected);
    }
}
