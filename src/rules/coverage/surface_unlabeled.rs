//! `surface-unlabeled`

use crate::corpus::Ask;
use crate::corpus::confirmed::Confirmed;
use crate::diagnostics::{Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Words without a label that have one elsewhere.
pub struct SurfaceUnlabeled;

const META: Meta = Meta {
    name: "surface-unlabeled",
    group: Group::Coverage,
    severity: Severity::Note,
    basis: Basis::Advice,
    scope: Scope::SPANS,
    fix: None,
    summary: "words without a label that are labeled at least 3 times elsewhere",
    why: "What is not labeled is taken as an example of what is not to be found. A forgotten \
        label therefore does not only teach nothing: it teaches the opposite, and in the test \
        set it counts a right answer as a wrong one. There is one finding for each document and \
        words. They have to be there on word edges and in the same case, outside of every \
        label and inside a region, be two characters or more, and have at least 3 labels in \
        other documents. Words of which more than two fifths of the places have no label are \
        nothing that somebody forgot. Documents without any label, or with labels whose place is \
        in doubt, are not searched. It is a note, since the same words may mean something else here.",
    example: r"`Oslo` is labeled City in 14 places of other documents, and appears in 7.txt without a label",
    remedy: "Label the words, or leave them as they are where they mean something else. Ignoring \
        this rule also saves the time of reading the texts once more.",
    source: "The FAQ of custom NER in Azure AI Language: labeling has to be precise, consistent \
        and complete. The figures are this tool's own, and settings: in seven pairs of \
        given and corrected labels 90 % of 1,122 findings are right. Words of more than \
        100 bytes are not looked for.",
};

impl Rule for SurfaceUnlabeled {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::Unlabeled]
    }

    fn confirmed(&self, confirmed: &Confirmed, sink: &mut CorpusSink<'_>) {
        for unlabeled in &confirmed.unlabeled {
            let found = &unlabeled.found;
            let message = format!(
                "{} appears here in {} without a label; it has {} in other documents, mostly {}",
                sink.settings().quote_words(&found.words),
                count(found.count, "place"),
                count(found.elsewhere, "label"),
                quote(&found.label),
            );
            let help = "label it, unless it means something else here";
            let message = Message::new(message).help(help);
            let shown = unlabeled.shown.clone();
            sink.report_shown(Some(unlabeled.location.clone()), message, shown);
        }
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        super::note_cap(corpus, sink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::corpus::confirmed::Unlabeled;
    use crate::corpus::search::Found;
    use crate::diagnostics::Shown;
    use crate::rules::coverage::testing::{findings_of, location};

    #[test]
    fn says_how_often_here_and_elsewhere() {
        let found = |index, count, elsewhere| Unlabeled {
            location: location(index),
            found: Found {
                words: "New York".to_owned(),
                count,
                elsewhere,
                label: "City".to_owned(),
                first: 0..8,
                pattern: 0,
                is_missed: true,
            },
            shown: Shown::default(),
        };
        let confirmed = Confirmed {
            unlabeled: vec![found(2, 1, 14), found(5, 2, 1)],
            ..Confirmed::default()
        };
        let said = findings_of(&SurfaceUnlabeled, &Statistics::default(), &confirmed);
        let expected = [
            (
                Some(2),
                "`New York` appears here in 1 place without a label; it has 14 labels in other \
                documents, mostly `City`",
            ),
            (
                Some(5),
                "`New York` appears here in 2 places without a label; it has 1 label in other \
                documents, mostly `City`",
            ),
        ];
        assert_eq!(said, expected.map(|(at, text)| (at, text.to_owned())));
    }
}
