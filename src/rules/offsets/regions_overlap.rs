//! `regions-overlap`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity};
use crate::model::{At, Region};
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// Two regions with text in common.
pub struct RegionsOverlap;

const META: Meta = Meta {
    name: "regions-overlap",
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "two regions of a document that have text in common",
    why: "A region without labels tells the model that there is nothing to find in it. Where it \
        overlaps a region with labels, the same words are shown with and without a label. What \
        the service does with words that are in two regions is not documented.",
    example: r#""entities": [ { "regionOffset": 0, "regionLength": 50, "labels": [] }, { "regionOffset": 40, "regionLength": 60, "labels": [] } ]"#,
    remedy: "Let the second region begin where the first ends, or make them one region that \
        lists the labels of both.",
    source: "The documentation of 2021 (MicrosoftDocs/azure-docs) describes a region without tags \
        as a negative sample. In all 20 documents of Microsoft's loan agreements there is one \
        region, so real data do not tell what an overlap does.",
};

impl Rule for RegionsOverlap {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::REGIONS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let regions = aligned.document.regions();
        for (later, earlier) in overlaps(regions) {
            let (this, other) = (regions[later].span, regions[earlier].span);
            let message = format!(
                "the region at {}..{} overlaps the one at {}..{} ({})",
                this.start,
                this.end,
                other.start,
                other.end,
                this.unit.plural(),
            );
            let help = "let each word be in one region only";
            sink.report(At::Region(later), Message::new(message).help(help));
        }
    }
}

/// The regions that overlap an earlier one of the file, each with one such, by index.
fn overlaps(regions: &[Region]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..regions.len()).collect();
    order.retain(|index| regions[*index].span.start >= 0);
    order.sort_by_key(|index| regions[*index].span.start);
    let mut found = Vec::new();
    let mut furthest: Option<usize> = None;
    for index in order {
        let span = regions[index].span;
        if let Some(other) = furthest
            && regions[other].span.overlaps(span)
        {
            found.push((index.max(other), index.min(other)));
        }
        if furthest.is_none_or(|other| regions[other].span.end < span.end) {
            furthest = Some(index);
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|(later, _)| *later);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    fn said(regions: &[(i64, i64)]) -> Vec<String> {
        Case::numbers(&[]).regions(regions).run(&RegionsOverlap)
    }

    #[test]
    fn neighbours_do_not_overlap() {
        assert!(said(&[(0, 50), (50, 100), (20, 20), (30, 10), (-5, 100)]).is_empty());
    }

    #[test]
    fn each_later_region_is_told_once() {
        assert_eq!(
            said(&[(40, 90), (0, 30), (0, 30), (0, 100)]),
            [
                "the region at 0..30 overlaps the one at 0..30 (UTF-16 code units)",
                "the region at 0..100 overlaps the one at 40..90 (UTF-16 code units)",
            ]
        );
    }
}
