//! `split-leak`

use crate::corpus::Ask;
use crate::diagnostics::{Folded, Message, Severity, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A text that is in both sets.
pub struct SplitLeak;

const META: Meta = Meta {
    name: "split-leak",
    group: Group::Split,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "the same text in Train and Test; reported at the document of Test",
    why: "The test set measures how the model does on texts that it has not seen. This one it \
        has seen, with the answers, so the score counts memory as skill and comes out too high. \
        The texts are compared byte by byte, but for a byte-order mark; the labels may differ.",
    example: r#"{ "location": "7.txt", "dataset": "Train", … }   and   { "location": "7-copy.txt", "dataset": "Test", … }"#,
    remedy: "Delete one of the two documents. Or, where both have to stay, put them into one \
        set.",
    source: "The train-model page of Azure AI Language: the model learns from the training set, \
        and the evaluation is calculated from predictions on the test set. It does not say that \
        the service looks for texts that are in both.",
};

impl Rule for SplitLeak {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::SameTexts]
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (_, train) = all.first.rsplit_once(" as ").unwrap_or_default();
        let (total, list) = (all.total, all.list());
        Some(format!(
            "{total} documents in Test have the same text as {train}: {list}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        for leak in &corpus.confirmed.leaks {
            let (test, train) = (quote(&leak.name), quote(&leak.other));
            let message = format!("{test} in Test has the same text as {train} in Train");
            let help = "delete one of the two, or put both into one set";
            sink.report(
                Some(leak.location.clone()),
                Message::new(message)
                    .help(help)
                    .item(test)
                    .cause(train)
                    .of_document(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::confirmed::Confirmed;
    use crate::rules::split::testing::{alike, documents, findings_of};

    #[test]
    fn names_both_documents() {
        let confirmed = Confirmed {
            same: vec![alike("c.txt", "a.txt", 1.0)],
            leaks: vec![alike("b.txt", "a.txt", 1.0)],
            near: vec![alike("d.txt", "a.txt", 0.9)],
            ..Confirmed::default()
        };
        let said = findings_of(&SplitLeak, &documents(3, 1, 0), &confirmed);
        let expected = "`b.txt` in Test has the same text as `a.txt` in Train";
        assert_eq!(said, [(Severity::Error, expected.to_owned())]);
    }
}
