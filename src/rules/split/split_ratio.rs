//! `split-ratio`

use crate::diagnostics::{Message, Severity, count};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope, percent, share};

/// A test set that is too small to measure with, or so large that training starves.
pub struct SplitRatio;

const META: Meta = Meta {
    name: "split-ratio",
    group: Group::Split,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "a test set outside 10 % to 35 % of the documents that have a split",
    why: "With a small test set one document more or less moves the scores, and a difference \
        between two models may be chance. With a large one the model learns from less than it \
        could. Documents without a `dataset` are not counted here.",
    example: r#""dataset": "Test"   (in 3 documents, and `Train` in 97)"#,
    remedy: "Move documents from one set to the other until about one in five is in Test. Move \
        documents that are alike together, and see that every label stays in both sets.",
    source: "The train-model page of Azure AI Language recommends 80 % for training and 20 % for \
        testing. How far from it is too far is this tool's judgement.",
};

impl Rule for SplitRatio {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let documents = corpus.statistics.documents;
        if documents.train == 0 || documents.test == 0 {
            return;
        }
        let assigned = documents.train + documents.test;
        let thresholds = &corpus.settings.thresholds;
        let (least, most) = (thresholds.test_share_min, thresholds.test_share_max);
        let test = share(documents.test, assigned);
        let (limit, help) = if test < least {
            (
                format!("less than {}", percent(least)),
                "move documents from Train to Test",
            )
        } else if test > most {
            (
                format!("more than {}", percent(most)),
                "move documents from Test to Train",
            )
        } else {
            return;
        };
        let assigned = count(assigned, "document");
        let message = format!(
            "Test has {} of {assigned} with a split, {limit}",
            documents.test
        );
        let help = format!("{help}; about one in five in Test is recommended");
        sink.report(None, Message::new(message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::split::testing::{documents, findings};

    #[test]
    fn both_limits_belong_to_the_good_range() {
        for (train, test) in [(9, 1), (65, 35), (80, 20), (0, 7), (7, 0), (0, 0)] {
            let said = findings(&SplitRatio, &documents(train, test, 0));
            assert_eq!(said, [""; 0], "{train} and {test}");
        }
    }

    #[test]
    fn a_share_outside_is_reported_unrounded() {
        let small = "Test has 999 of 10000 documents with a split, less than 10 %";
        assert_eq!(findings(&SplitRatio, &documents(9001, 999, 50)), [small]);
        let large = "Test has 3501 of 10000 documents with a split, more than 35 %";
        assert_eq!(findings(&SplitRatio, &documents(6499, 3501, 0)), [large]);
    }
}
