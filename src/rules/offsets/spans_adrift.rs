//! `spans-adrift`

use crate::alignment::mismatches::Decision;
use crate::alignment::{AlignedDocument, Claim};
use crate::diagnostics::{Location, Message, Severity, count, quote};
use crate::model::{At, Label};
use crate::rules::{
    Basis, Corpus, CorpusSink, DocumentSink, Group, Meta, Rule, SPAN_CUTS_WORD,
    SPAN_EDGE_WHITESPACE, SPANS_ADRIFT, Scope, Symptoms,
};
use crate::text::Span;

/// Labels of another text.
pub struct SpansAdrift;

const META: Meta = Meta {
    name: SPANS_ADRIFT,
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "spans of another text: one covers something else than the file says, or more than a \
        tenth of them cut words or have white space at an edge, and no way of counting explains it",
    why: "A label here and there may cut a word by a slip, or on purpose. Where a tenth of them \
        does, the labels were made on another text: another version of the document, another \
        extraction from a PDF, or one that was cleaned afterwards. A model that is trained on them \
        learns from words that nobody labeled. Some files say with each span what it covers; then \
        one span that covers something else is proof of it. brat refuses such a line.",
    example: "412 labels such as `en met Bo`, while the text is \"Then Ann met Bob\"",
    remedy: "Find the texts that were labeled. Label what cannot be found once more. One finding \
        speaks for all here; `--select span-cuts-word` with `--ignore spans-adrift` lists the labels.",
    source: "In two real exports of Azure Machine Learning (991 lines) one span cuts a word. The \
        limits (a tenth of the spans, and 20 of them) are this tool's own.",
};

/// The fewest spans that are more than slips.
const LEAST: u64 = 20;

impl Rule for SpansAdrift {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn quotes_text(&self) -> bool {
        true
    }

    fn when(&self) -> Symptoms {
        Symptoms::PROOFS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let Some(text) = aligned.text() else {
            return;
        };
        let labels = aligned.document.spans().iter().zip(&aligned.spans);
        let differing = labels.enumerate().filter(|(_, (_, span))| {
            // What names no characters has another finding.
            span.claim == Claim::Differs && !matches!(span.proof, Some(Err(_)))
        });
        let differing: Vec<(usize, &Label<'_>)> = differing
            .map(|(index, (label, _))| (index, label))
            .collect();
        let spans: Vec<Span> = differing.iter().map(|(_, label)| label.span).collect();
        for ((index, label), place) in differing.into_iter().zip(text.resolve(&spans)) {
            let there = place.map_or("", |range| text.slice(range));
            let message = format!(
                "{} at {}..{} covers {}, and the file says that it covers {}",
                quote(&label.category),
                label.span.start,
                label.span.end,
                quote(there),
                quote(label.covered.as_deref().unwrap_or_default()),
            );
            let help = "compare the text with the one that was labeled, line ends included; then \
                        label these words again";
            sink.report(At::Label(index), Message::new(message).help(help));
        }
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let mismatches = &corpus.statistics.mismatches;
        let decisions = mismatches.decide(corpus.settings.thresholds.mismatch());
        let Some((misplaced, location)) = adrift(corpus, &decisions) else {
            return;
        };
        let message = format!(
            "{misplaced} of {} cut words or have white space at an edge, and no way of counting \
             explains it: the labels are of another text",
            count(corpus.statistics.label_count(), "span"),
        );
        let help = "compare the texts with those that were labeled: another version, another \
                    extraction from a PDF?";
        sink.report(location.cloned(), Message::new(message).help(help));
        sink.replace_others(&[SPAN_CUTS_WORD, SPAN_EDGE_WHITESPACE]);
    }
}

/// How many spans are adrift, and the place of the first document with one; `None` where there are
/// no more than slips. `decisions` explain theirs.
pub(super) fn adrift<'c>(
    corpus: &'c Corpus<'_>,
    decisions: &[Decision],
) -> Option<(u64, Option<&'c Location>)> {
    let (misplaced, location) = corpus.statistics.mismatches.unexplained(decisions);
    let are_many = misplaced >= LEAST && misplaced * 10 > corpus.statistics.label_count();
    are_many.then_some((misplaced, location))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignment::forensics::Assessment;
    use crate::corpus::Statistics;
    use crate::rules::offsets::testing::{location, of_corpus};

    fn said(misplaced: u64, spans: u64) -> Vec<String> {
        let mut statistics = Statistics::default();
        let assessment = Assessment {
            misplaced,
            ..Assessment::default()
        };
        statistics.mismatches.add(&assessment, 0, "1.txt", location);
        statistics
            .labels
            .entry("A".to_owned())
            .or_default()
            .unassigned = spans;
        of_corpus(&SpansAdrift, &statistics, 0)
    }

    #[test]
    fn many_are_no_slips() {
        assert_eq!(
            said(30, 200),
            [
                "30 of 200 spans cut words or have white space at an edge, and no way of counting \
              explains it: the labels are of another text"
            ]
        );
        assert!(said(19, 20).is_empty());
        assert!(said(30, 300).is_empty());
    }
}
