//! `label-outside-region`

use super::called;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity};
use crate::model::{At, Region};
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};
use crate::text::Span;

/// A label that lies in no region.
pub struct LabelOutsideRegion;

const META: Meta = Meta {
    name: "label-outside-region",
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "a label that lies in no region, though offsets are absolute in the document",
    why: "Training considers nothing outside of the regions, so this label is not learned. \
        Mostly its offset was counted from the start of the region; offsets count from the start \
        of the document, whatever the region.",
    example: r#""regionOffset": 100, "regionLength": 50, "labels": [ { "category": "City", "offset": 8, "length": 4 } ]"#,
    remedy: "If the offset was counted from the region, add `regionOffset` to it. Otherwise move \
        the region's edges so that the label lies between them.",
    source: "The documentation of 2021 (MicrosoftDocs/azure-docs) says of `offset`: \"This is not \
        relative to the bounding box.\" Today's page says of `regionLength`: \"Training only \
        considers the data in this region.\"",
};

impl Rule for LabelOutsideRegion {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::REGIONS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let document = aligned.document;
        let regional = document.labels.is_regional();
        let regions = document.regions();
        if !regional || regions.iter().any(|region| is_negative(region.span)) {
            return;
        }
        let reach = reach(regions);
        let labels = document.spans().iter().zip(&aligned.spans);
        for (index, (label, aligned_span)) in labels.enumerate() {
            let span = label.span;
            let faulty =
                span.start < 0 || span.is_empty() || matches!(aligned_span.proof, Some(Err(_)));
            if faulty || covers(&reach, span) {
                continue;
            }
            // A region that could not be read has a finding of its own.
            let Ok(own) = regions.binary_search_by_key(&label.region, |region| region.index) else {
                continue;
            };
            // So does one that ends past the text.
            if matches!(aligned.regions.get(own), Some(Some(Err(_)))) {
                continue;
            }
            let own = regions[own].span;
            let message = format!(
                "{} lies in no region; the one that lists it is {}..{} ({})",
                called(label),
                own.start,
                own.end,
                own.unit.plural(),
            );
            let moved = Span {
                start: span.start.saturating_add(own.start),
                end: span.end.saturating_add(own.start),
                ..span
            };
            let help = if own.contains(moved) {
                let start = moved.start;
                format!("offsets count from the start of the document: is {start} meant?")
            } else {
                "move the region's edges so that the label lies between them".to_owned()
            };
            sink.report(At::Label(index), Message::new(message).help(help));
        }
    }
}

fn is_negative(span: Span) -> bool {
    span.start < 0 || span.len() < 0
}

/// The starts of the regions in ascending order, each with the furthest end up to there.
fn reach(regions: &[Region]) -> Vec<(i64, i64)> {
    let extents = regions
        .iter()
        .map(|region| (region.span.start, region.span.end));
    let mut reach: Vec<_> = extents.collect();
    reach.sort_unstable();
    let mut furthest = 0;
    for (_, end) in &mut reach {
        furthest = furthest.max(*end);
        *end = furthest;
    }
    reach
}

/// Whether the span lies in one of the regions as a whole.
fn covers(reach: &[(i64, i64)], span: Span) -> bool {
    let before = reach.partition_point(|(start, _)| *start <= span.start);
    let reach = reach[..before].last();
    reach.is_some_and(|(_, end)| span.end <= *end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    #[test]
    fn a_label_must_lie_in_one_region_as_a_whole() {
        let labels = [
            ("A", 10, 20),
            ("B", 15, 25),
            ("C", 4, 6),
            ("D", 30, 30),
            ("E", 42, 44),
        ];
        let case = Case::numbers(&labels).regions(&[(10, 20), (20, 30), (0, 5), (40, 50)]);
        assert_eq!(
            case.run(&LabelOutsideRegion),
            [
                "`B` at 15..25 lies in no region; the one that lists it is 10..20 \
                 (UTF-16 code units)",
                "`C` at 4..6 lies in no region; the one that lists it is 10..20 \
                 (UTF-16 code units)",
            ]
        );
    }

    #[test]
    fn a_region_that_holds_nothing_has_all_of_its_labels_outside() {
        let said = |start: i64| {
            format!(
                "`A` at 0..3 lies in no region; the one that lists it is {start}..{start} \
                 (UTF-16 code units)"
            )
        };
        let with_text = Case::new("Ada wrote.", &[("A", 0, 3)]).regions(&[(0, 0)]);
        assert_eq!(with_text.run(&LabelOutsideRegion), [said(0)]);
        let without = Case::numbers(&[("A", 0, 3)]).regions(&[(7, 7)]);
        assert_eq!(without.run(&LabelOutsideRegion), [said(7)]);
        // Where another region holds them nothing is lost.
        let elsewhere = Case::numbers(&[("A", 0, 3)]).regions(&[(0, 0), (0, 9)]);
        assert!(elsewhere.run(&LabelOutsideRegion).is_empty());
    }

    #[test]
    fn silent_where_another_fault_is_deeper() {
        let past = Case::new("Ada", &[("A", 1, 9)]).regions(&[(0, 3)]);
        assert!(past.run(&LabelOutsideRegion).is_empty());
        let negative = Case::numbers(&[("A", 5, 9)]).regions(&[(0, -3)]);
        assert!(negative.run(&LabelOutsideRegion).is_empty());
        let no_regions = Case::numbers(&[("A", 5, 9)]);
        assert!(no_regions.run(&LabelOutsideRegion).is_empty());
    }
}
