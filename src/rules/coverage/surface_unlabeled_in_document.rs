//! `surface-unlabeled-in-document`

use crate::corpus::Ask;
use crate::corpus::confirmed::Confirmed;
use crate::corpus::search::Missed;
use crate::diagnostics::{GAP, Severity, count, quote};
use crate::rules::{
    Basis, Corpus, CorpusSink, Group, Meta, Rule, SURFACE_UNLABELED_IN_DOCUMENT, Scope,
};

/// Words that have a label in one place of a document and none in another.
pub struct SurfaceUnlabeledInDocument;

const META: Meta = Meta {
    name: SURFACE_UNLABELED_IN_DOCUMENT,
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "words that are labeled in one place of a document and not in another",
    why: "Whoever labeled a name once in a document, and not where it comes again, mostly forgot it. \
        What is not labeled is taken as an example of what is not to be found, so the model is told \
        both. There is one finding for each document and words. They have to be there on word \
        edges and in the same case, outside of every label and inside a region, and be two \
        characters or more. Words that have no label in more than half of their places in the \
        corpus mean several things, and nothing is said of them.",
    example: r"`Oslo` is labeled City in the first line of 7.txt, and has no label in the third",
    remedy: "Label the words, or leave them as they are where they mean something else.",
    source: "The FAQ of custom NER in Azure AI Language: labeling has to be precise, consistent and \
        complete. The figures are this tool's own, and settings: in seven pairs of given and corrected \
        labels 84 % of 1,123 findings are right, and in seven corpora with planted errors 80 % of \
        1,006. Words of more than 100 bytes are \
        not looked for.",
};

impl Rule for SurfaceUnlabeledInDocument {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::UnlabeledHere]
    }

    fn confirmed(&self, confirmed: &Confirmed, sink: &mut CorpusSink<'_>) {
        super::report_missed(confirmed, Missed::Here, sink, |found, words| {
            let message = format!(
                "{} appears here in {} without a label, and in {} with one; it is labeled in {GAP} \
                 of the corpus, mostly {}",
                words,
                count(found.count, "place"),
                found.here,
                quote(&found.label),
            );
            let help = "label it, unless it means something else there";
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
    fn says_how_often_with_and_without() {
        let confirmed = Confirmed {
            unlabeled: vec![
                unlabeled(2, 1, 3, Some(Missed::Here)),
                unlabeled(3, 1, 3, Some(Missed::Elsewhere)),
            ],
            ..Confirmed::default()
        };
        let said = findings_of(
            &SurfaceUnlabeledInDocument,
            &Statistics::default(),
            &confirmed,
        );
        let expected = format!(
            "`New York` appears here in 1 place without a label, and in 3 with one; it is labeled in \
             {GAP} of the corpus, mostly `City`"
        );
        assert_eq!(said, [(Some(2), expected)]);
    }
}
