//! `split-skewed`

use crate::diagnostics::{Folded, Message, Severity, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope, percent, share};

/// A label that Test has far more or less of than Train.
pub struct SplitSkewed;

const META: Meta = Meta {
    name: "split-skewed",
    group: Group::Split,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::SPLITTING,
    fix: None,
    on_request: false,
    summary: "a label of which Test has more than twice, or less than half, the share that it has overall",
    why: "A test set measures what it holds. A label that is rare in Test and frequent in Train is measured by chance, and one that is mostly in Test is hardly taught; both make the overall score say little about the documents to come.",
    example: "`Street`: 2 of 60 instances in Test, where Test holds a fifth of all labels",
    remedy: "Exchange documents between Train and Test until every label has about its share in both (stratification).",
    source: "Practice; the train-model page of Azure AI Language asks that every entity be adequately represented in both sets. The figures (a factor of two, from 10 instances on) are this tool's own, and settings.",
};

impl Rule for SplitSkewed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (_, of_all) = all.first.rsplit_once(", and ").unwrap_or_default();
        let (total, list) = (all.total, all.list());
        Some(format!(
            "Test has other shares of {total} labels: {list}; and {of_all}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let thresholds = &corpus.settings.thresholds;
        let (mut in_test, mut in_both) = (0, 0);
        for (_, seen) in super::comparable(corpus) {
            in_test += seen.test;
            in_both += seen.train + seen.test;
        }
        for (label, seen) in super::comparable(corpus) {
            let instances = seen.train + seen.test;
            // What is missing in one of the sets has rules of its own.
            if instances < thresholds.skew_instances || seen.train == 0 || seen.test == 0 {
                continue;
            }
            let (own, all) = (share(seen.test, instances), share(in_test, in_both));
            if own <= all * thresholds.skew && own * thresholds.skew >= all {
                continue;
            }
            let message = format!(
                "Test has {} of {instances} instances of {} ({}), and {} of all labels",
                seen.test,
                quote(label),
                percent(own),
                percent(all),
            );
            let help = "exchange documents between Train and Test until the shares are alike";
            let message = Message::new(message).help(help);
            let item = format!("{} {}", quote(label), percent(own));
            sink.report(
                corpus.declaration(label),
                message.of_label(label).item(item),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::split::testing::{documents, findings, label};

    #[test]
    fn shares_are_compared_with_that_of_all_labels() {
        let mut statistics = documents(8, 2, 0);
        label(&mut statistics, "Even", 80, 20, 0);
        label(&mut statistics, "Few", 48, 2, 0);
        label(&mut statistics, "Many", 5, 5, 0);
        label(&mut statistics, "Rare", 1, 8, 0);
        label(&mut statistics, "Missing", 30, 0, 0);
        let said = findings(&SplitSkewed, &statistics);
        let want = [
            "Test has 2 of 50 instances of `Few` (4 %), and 17.59 % of all labels",
            "Test has 5 of 10 instances of `Many` (50 %), and 17.59 % of all labels",
        ];
        assert_eq!(said, want);
    }

    #[test]
    fn twice_and_half_are_fine_themselves() {
        let mut statistics = documents(8, 2, 0);
        label(&mut statistics, "A", 60, 20, 0);
        label(&mut statistics, "B", 10, 10, 0);
        label(&mut statistics, "C", 30, 0, 0);
        // 30 of 130 are in Test: 0.23; A has 0.25, B 0.5.
        assert_eq!(findings(&SplitSkewed, &statistics).len(), 1);
        label(&mut statistics, "C", 0, 20, 0);
        // 50 of 120: 0.42; A has 0.25, B 0.5.
        assert_eq!(findings(&SplitSkewed, &statistics), [""; 0]);
    }
}
