//! `region-out-of-bounds`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Message, Severity};
use crate::model::At;
use crate::rules::{
    Applicability, Basis, DocumentSink, Group, Meta, REGION_OUT_OF_BOUNDS, Rule, Scope, Symptoms,
};
use crate::text::{Fault, Span};

/// A region that ends past its document.
pub struct RegionOutOfBounds;

const META: Meta = Meta {
    name: REGION_OUT_OF_BOUNDS,
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Format,
    scope: Scope::SPANS,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "a region that ends past the document",
    why: "A region is a stretch of its document, so it cannot end after it. One that does was \
        measured on another text, and then the labels are in doubt too: the document was \
        edited, its line ends were changed from CR LF to LF, or the length was counted in bytes.",
    example: r#"{ "regionOffset": 0, "regionLength": 40, "labels": [] }   (the document has 38 characters)"#,
    remedy: "Look whether the document is the one that was labeled, byte for byte. If it is, let \
        the region end with it.",
    source: "The documentation of custom NER calls `regionLength` the length of the bounding box \
        in UTF-16 characters. In Microsoft's loan agreements the region is exactly as long as \
        the text in 20 of 20 documents, and in none once CR LF is turned into LF.",
};

impl Rule for RegionOutOfBounds {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::PROOFS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let regions = aligned.document.regions().iter().zip(&aligned.regions);
        for (index, (region, proof)) in regions.enumerate() {
            let Some(Err(Fault::OutOfBounds { by, length })) = *proof else {
                continue;
            };
            let (start, end) = (region.span.start, region.span.end);
            let unit = region.span.unit.plural();
            let message = format!(
                "the region at {start}..{end} ends {by} past the document, which has {length} \
                 {unit}"
            );
            let left = length.saturating_sub(start.unsigned_abs());
            let help = if left == 0 {
                "remove the region: none of the document lies in it".to_owned()
            } else {
                format!("if the text is the one that was labeled, `regionLength` is {left}")
            };
            let ends = Span {
                end: i64::try_from(length).unwrap_or(i64::MAX),
                ..region.span
            };
            let fix = (left > 0).then_some(FixAction::Extent(At::Region(index), ends));
            sink.report(
                At::Region(index),
                Message::new(message).help(help).fixes(fix),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;
    use crate::rules::offsets::{RegionTooShort, SpanOutOfBounds};

    #[test]
    fn regions_past_the_end() {
        let case = Case::new("a😀b", &[]).regions(&[(0, 4), (1, 6), (9, 9), (0, -1)]);
        assert_eq!(
            case.run(&RegionOutOfBounds),
            [
                "the region at 1..6 ends 2 past the document, which has 4 UTF-16 code units",
                "the region at 9..9 ends 5 past the document, which has 4 UTF-16 code units",
            ]
        );
        assert!(case.run(&SpanOutOfBounds).is_empty());
        assert!(case.run(&RegionTooShort).is_empty());
    }
}
