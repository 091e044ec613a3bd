//! `label-imbalance`

use crate::diagnostics::{Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Labels of which one is far more frequent than another.
pub struct LabelImbalance;

const META: Meta = Meta {
    name: "label-imbalance",
    group: Group::Coverage,
    severity: Severity::Note,
    basis: Basis::Advice,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "labels of which the most frequent has over 50 times the instances of the rarest",
    why: "A model learns what it sees often. Beside a label with fifty times its instances, a rare one is seldom predicted, and the overall score hides it: it is made of the frequent ones.",
    example: r#""Date" on 5,000 places, "Currency" on 60"#,
    remedy: "Label more documents that have the rare label, or fewer of the others. Look at the scores of each label rather than at the overall one.",
    source: "Practice: checkers of labeled data draw a line at this figure (datumaro: 50 to 1).",
};

impl Rule for LabelImbalance {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        if corpus.statistics.kinds.len() > 1 || !corpus.has_all_records() {
            return;
        }
        let used = || {
            let labels = corpus.statistics.labels.iter();
            let labels = labels.map(|(label, seen)| (seen.total(), label));
            labels.filter(|(instances, _)| *instances > 0)
        };
        // Of equal ones the first by name.
        let most = used().max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        let (Some((most, frequent)), Some((least, rare))) = (most, used().min()) else {
            return;
        };
        let times = corpus.settings.thresholds.imbalance;
        if most <= least.saturating_mul(times) {
            return;
        }
        let message = format!(
            "{} has {}, over {times} times as many as {} with {least}",
            quote(frequent),
            count(most, "instance"),
            quote(rare),
        );
        let help = "label more documents that have the rare one";
        sink.report(
            super::place_of_label(corpus, rare),
            Message::new(message).help(help).of_label(rare),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::findings;

    #[test]
    fn the_extremes_are_compared() {
        let declared = ["A", "B", "C", "D"];
        let used = [("A", 2501), ("B", 50), ("C", 51), ("D", 0)];
        let said = findings(&LabelImbalance, None, &declared, &used);
        let want = "`A` has 2501 instances, over 50 times as many as `B` with 50";
        assert_eq!(said, [(Some(1), want.to_owned())]);
        let used = [("A", 2500), ("B", 50)];
        assert!(findings(&LabelImbalance, None, &declared, &used).is_empty());
    }
}
