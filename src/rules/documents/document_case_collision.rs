//! `document-case-collision`

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Message, Severity, quote};
use crate::model::path::{difference, folded};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Two documents whose names are one name on some systems.
pub struct DocumentCaseCollision;

const META: Meta = Meta {
    name: "document-case-collision",
    group: Group::Documents,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "two locations that differ in case or in Unicode normalization only",
    why: "In a blob container these are two documents. On Windows, and on macOS as it is mostly \
        set up, they are one file: whoever copies the texts there loses one of the two without a \
        word, and the labels of the lost one are then proved against the other. Often they were \
        one document from the start, and a tool has spelled its name in another way.",
    example: r#"{ "location": "Report 1.txt", … }, { "location": "report 1.txt", … }"#,
    remedy: "See whether the two texts are the same. If so, keep one record, with the labels of \
        both; if not, give one of the files another name, in the label file too.",
    source: "Microsoft's documentation of blob storage: blob names keep their case and are told \
        apart by it; Windows and macOS compare file names without it by default, and macOS \
        without normalization too. Percent-encoding is not undone here. What Azure AI Language \
        makes of two such locations is not documented.",
};

impl Rule for DocumentCaseCollision {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let mut firsts = BTreeMap::new();
        let mut spellings = BTreeSet::new();
        for (index, suspect) in &corpus.statistics.suspects {
            let (container, path) = (suspect.container.as_deref(), &*suspect.path);
            // The same spelling again is another matter, and has been reported as such.
            if !spellings.insert((container, path)) {
                continue;
            }
            let (number, first) = match firsts.entry((container, folded(path))) {
                Entry::Vacant(entry) => {
                    entry.insert((index + 1, path));
                    continue;
                }
                Entry::Occupied(entry) => *entry.get(),
            };
            let differs = difference(first, path);
            let text = format!(
                "{} differs from {}, document number {number}, {differs}",
                quote(path),
                quote(first)
            );
            let help = "give one of the two another name, or keep one of them if they are the \
                same document";
            sink.report(
                Some(suspect.location.clone()),
                Message::new(text).help(help).of_document(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::documents::testing::{findings, suspects};

    #[test]
    fn each_other_spelling_names_the_first() {
        let paths = [
            (1, "a.txt"),
            (3, "A.TXT"),
            (4, "A.TXT"),
            (5, "a.txt"),
            (6, "caf\u{e9}.txt"),
            (7, "cafe\u{301}.txt"),
            (8, "CAFE\u{301}.txt"),
            (9, "b.txt"),
        ];
        let said = findings(&DocumentCaseCollision, &suspects(&paths), true);
        let said: Vec<&str> = said.iter().map(|finding| &*finding.message).collect();
        let expected = [
            "`A.TXT` differs from `a.txt`, document number 2, in case only",
            "`cafe\u{301}.txt` differs from `caf\u{e9}.txt`, document number 7, in Unicode \
                normalization only",
            "`CAFE\u{301}.txt` differs from `caf\u{e9}.txt`, document number 7, in case and in \
                Unicode normalization only",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn other_datastores_are_other_places() {
        let mut statistics = suspects(&[(0, "a.txt"), (1, "A.txt")]);
        if let Some(suspect) = statistics.suspects.get_mut(&1) {
            suspect.container = Some("other".to_owned());
        }
        assert!(findings(&DocumentCaseCollision, &statistics, true).is_empty());
    }
}
