//! `surface-unlabeled`

use crate::corpus::Ask;
use crate::corpus::confirmed::Confirmed;
use crate::corpus::search::Missed;
use crate::diagnostics::{GAP, Severity, count, quote};
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
    on_request: false,
    summary: "words without a label that are labeled at least 3 times elsewhere",
    why: "What is not labeled is taken as an example of what is not to be found. A forgotten \
        label therefore does not only teach nothing: it teaches the opposite, and in the test \
        set it counts a right answer as a wrong one. There is one finding for each document and \
        words. They have to be there on word edges and in the same case, outside of every \
        label and inside a region, be two characters or more, and have at least 3 labels in \
        other documents. Words of which more than two fifths of the places have no label are \
        nothing that somebody forgot. Documents without any label, or with labels whose place is \
        in doubt, are not searched. It is a note, since the same words may mean something else here.",
    example: r"`Oslo` is labeled City in 14 of 17 places, and appears in 7.txt without a label",
    remedy: "Label the words, or leave them as they are where they mean something else. Ignoring \
        this rule also saves the time of reading the texts once more.",
    source: "The FAQ of custom NER in Azure AI Language: labeling has to be precise, consistent \
        and complete. The figures are this tool's own, and settings: in seven pairs of \
        given and corrected labels 90 % of 1,122 findings are right. Where the words have a label in \
        the same document too, `surface-unlabeled-in-document` says it. Words of more than \
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
        super::report_missed(confirmed, Missed::Elsewhere, sink, |found, words| {
            let message = format!(
                "{} appears here in {} without a label; it is labeled in {GAP}, mostly {}",
                words,
                count(found.count, "place"),
                quote(&found.label),
            );
            let help = "label it, unless it means something else here";
            (message, help)
        });
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        super::note_cap(corpus, sink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::rules::coverage::testing::{findings_of, unlabeled};

    #[test]
    fn says_how_often_here_and_in_all() {
        let missed = Some(Missed::Elsewhere);
        let confirmed = Confirmed {
            unlabeled: vec![
                unlabeled(2, 1, 0, missed),
                unlabeled(5, 2, 0, missed),
                unlabeled(6, 2, 1, Some(Missed::Here)),
            ],
            ..Confirmed::default()
        };
        let said = findings_of(&SurfaceUnlabeled, &Statistics::default(), &confirmed);
        let expected = |places: &str| {
            format!(
                "`New York` appears here in {places} without a label; it is labeled in {GAP}, \
                 mostly `City`"
            )
        };
        assert_eq!(
            said,
            [
                (Some(2), expected("1 place")),
                (Some(5), expected("2 places"))
            ]
        );
    }
}
