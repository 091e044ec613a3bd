//! `label-monotone`

use crate::corpus::Ask;
use crate::diagnostics::{Message, Severity, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A label whose instances all look the same.
pub struct LabelMonotone;

const META: Meta = Meta {
    name: "label-monotone",
    group: Group::Coverage,
    severity: Severity::Note,
    basis: Basis::Advice,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "a label whose instances are all one surface form, or all in upper or all in lower case",
    why: "From ten times the same words a model learns these words, and not the kind of thing \
        that they name. From names in capitals alone it may learn that a name is what is in \
        capitals, and then miss the others. Where the thing is written in one way only, the \
        note can be ignored; a list or a search finds fixed words more surely than a model. A \
        label is looked at from 10 instances on, and only where every one of them was found in \
        the texts; for case every one needs letters that have one.",
    example: r#""category": "City"   (in 40 places, and `OSLO`, `ROME` or the like in each)"#,
    remedy: "Label documents in which the thing is written otherwise, as in the texts that the \
        model is to read later.",
    source: "The FAQ of custom NER in Azure AI Language: diverse and representative data leads \
        to better results. The figure of 10 is this tool's judgement, and a setting. \
        Instances of more than 1,000 bytes are not looked at, and nothing is said of their label.",
};

impl Rule for LabelMonotone {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::Forms]
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        if corpus.statistics.kinds.len() > 1 || !corpus.is_complete() {
            return;
        }
        for (label, forms) in &corpus.statistics.forms {
            let all = forms.instances;
            let used = corpus.statistics.labels.get(label);
            let seen = used.is_some_and(|used| used.total() == all);
            if !seen || all < corpus.settings.thresholds.monotone {
                continue;
            }
            let same = if let Some(words) = forms.words.one() {
                corpus.settings.quote_words(words)
            } else if !forms.not_upper {
                "in upper case".to_owned()
            } else if !forms.not_lower {
                "in lower case".to_owned()
            } else {
                continue;
            };
            let message = format!("all {all} instances of {} are {same}", quote(label));
            let help = "label texts in which it is written otherwise, where there are such texts";
            let message = Message::new(message).help(help);
            sink.report(corpus.declaration(label), message.of_label(label));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::confirmed::Confirmed;
    use crate::corpus::surfaces::Forms;
    use crate::corpus::{BySplit, Statistics};
    use crate::model::Shared;
    use crate::rules::coverage::testing::findings_of;

    /// What is said of labels with so many instances, of which so many are in upper and in
    /// lower case.
    fn said(labels: &[(&str, u64, Shared<String>, u64, u64)]) -> Vec<String> {
        let mut statistics = Statistics::default();
        for (label, instances, words, upper, lower) in labels {
            let used = BySplit {
                train: *instances,
                ..BySplit::default()
            };
            statistics.labels.insert((*label).to_owned(), used);
            let forms = Forms {
                instances: *instances,
                words: words.clone(),
                not_upper: upper < instances,
                not_lower: lower < instances,
            };
            statistics.forms.insert((*label).to_owned(), forms);
        }
        let found = findings_of(&LabelMonotone, &statistics, &Confirmed::default());
        found.into_iter().map(|(_, message)| message).collect()
    }

    #[test]
    fn the_words_say_more_than_their_case() {
        let oslo = Shared::One("OSLO".to_owned());
        let labels = [
            ("A", 10, oslo.clone(), 10, 0),
            ("B", 9, oslo, 9, 0),
            ("C", 12, Shared::Many, 12, 0),
            ("D", 12, Shared::Many, 0, 12),
            ("E", 12, Shared::Many, 11, 0),
            ("F", 12, Shared::Many, 0, 0),
        ];
        let expected = [
            "all 10 instances of `A` are `OSLO`",
            "all 12 instances of `C` are in upper case",
            "all 12 instances of `D` are in lower case",
        ];
        assert_eq!(said(&labels), expected);
    }

    #[test]
    fn silent_where_an_instance_was_not_seen() {
        let mut statistics = Statistics::default();
        let used = BySplit {
            train: 21,
            ..BySplit::default()
        };
        statistics.labels.insert("A".to_owned(), used);
        let forms = Forms {
            instances: 20,
            words: Shared::Many,
            not_lower: true,
            ..Forms::default()
        };
        statistics.forms.insert("A".to_owned(), forms);
        let confirmed = Confirmed::default();
        assert_eq!(findings_of(&LabelMonotone, &statistics, &confirmed), []);
        statistics.labels.insert(
            "A".to_owned(),
            BySplit {
                train: 20,
                ..BySplit::default()
            },
        );
        assert_eq!(
            findings_of(&LabelMonotone, &statistics, &confirmed).len(),
            1
        );
        statistics.unread = 1;
        assert_eq!(findings_of(&LabelMonotone, &statistics, &confirmed), []);
    }
}
