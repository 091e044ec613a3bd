//! `region-too-short`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Message, Severity, count};
use crate::model::At;
use crate::rules::{
    Applicability, Basis, Corpus, CorpusSink, DocumentSink, Group, Meta, Rule, Scope, Symptoms,
};
use crate::text::Span;

/// A region that leaves out a part of its document.
pub struct RegionTooShort;

const META: Meta = Meta {
    name: "region-too-short",
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::SPANS,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "a document whose only region leaves out text, which training does not use",
    why: "Training considers nothing outside of the regions. What follows the last label is \
        mostly text without labels, and without it the model does not learn where there is \
        nothing to find. Several regions are a choice that somebody made; one that is merely \
        short is mostly the work of a script that ended it with the last label or counted CR LF \
        as one.",
    example: r#"{ "regionOffset": 0, "regionLength": 35, "labels": [] }   (the document has 38 characters)"#,
    remedy: "Let the region begin at 0 and be as long as the document, in UTF-16 code units and \
        with CR LF as 2. Leave it where only this part was labeled.",
    source: "Of `regionLength` the documentation of custom NER says: \"Training only considers \
        the data in this region.\" Microsoft's converter \
        (microsoft/CognitiveServicesLanguageUtilities, commit e9f94228) ends the region with the \
        last label of the list and never reads the text.",
};

impl Rule for RegionTooShort {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::REGIONS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let ([region], [Some(Ok(range))]) = (aligned.document.regions(), &*aligned.regions) else {
            return;
        };
        let Some(text) = aligned.text() else {
            return;
        };
        if range.start() == 0 && range.end() == text.as_str().len() {
            return;
        }
        let (start, end, unit) = (region.span.start, region.span.end, region.span.unit);
        let length = text.len(unit);
        let before = start.unsigned_abs();
        let after = length.saturating_sub(end.unsigned_abs());
        let skipped = match (before, after) {
            (0, after) => format!("{after} after it"),
            (before, 0) => format!("{before} before it"),
            (before, after) => format!("{before} before and {after} after it"),
        };
        let message = format!(
            "the region is {start}..{end} in a document of {length} {}, so training does not \
             use the {skipped}",
            unit.plural(),
        );
        let help = format!(
            "set `regionOffset` to 0 and `regionLength` to {length}, unless only this part was \
             labeled"
        );
        let whole = Span {
            start: 0,
            end: i64::try_from(length).unwrap_or(i64::MAX),
            unit,
        };
        let fix = FixAction::Extent(At::Region(0), whole);
        sink.report(At::Region(0), Message::new(message).help(help).fixes([fix]));
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        if corpus.guessed_regions == 0 {
            return;
        }
        let documents = count(corpus.guessed_regions, "document");
        let message = format!(
            "the texts were not read, so the region of {documents} ends with the last label"
        );
        let help = "convert with the texts to make each region as long as its document";
        sink.report(None, Message::new(message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::rules::offsets::testing::{Case, of_corpus};

    fn said(text: &str, regions: &[(i64, i64)]) -> Vec<String> {
        Case::new(text, &[]).regions(regions).run(&RegionTooShort)
    }

    #[test]
    fn counts_what_is_left_out() {
        let short = |place: &str, skipped: &str| {
            format!(
                "the region is {place} in a document of 6 UTF-16 code units, so training does \
                 not use the {skipped}"
            )
        };
        assert!(said("a😀b\r\n", &[(0, 6)]).is_empty());
        assert_eq!(said("a😀b\r\n", &[(0, 4)]), [short("0..4", "2 after it")]);
        assert_eq!(said("a😀b\r\n", &[(1, 6)]), [short("1..6", "1 before it")]);
        let both = short("1..3", "1 before and 3 after it");
        assert_eq!(said("a😀b\r\n", &[(1, 3)]), [both]);
    }

    #[test]
    fn silent_where_it_cannot_know() {
        assert!(said("Ada", &[]).is_empty());
        assert!(said("Ada", &[(0, 1), (2, 3)]).is_empty());
        assert!(said("Ada", &[(0, 9)]).is_empty());
        let no_text = Case::numbers(&[]).regions(&[(5, 9)]);
        assert!(no_text.run(&RegionTooShort).is_empty());
    }

    #[test]
    fn guessed_regions_are_told_once() {
        let statistics = Statistics::default();
        assert!(of_corpus(&RegionTooShort, &statistics, 0).is_empty());
        assert_eq!(
            of_corpus(&RegionTooShort, &statistics, 12),
            ["the texts were not read, so the region of 12 documents ends with the last label"]
        );
    }
}
