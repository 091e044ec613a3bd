//! Do the spans name characters, and the right ones?
//!
//! A fault is told once, by the rule that names its deepest cause: negative, reversed, empty,
//! past the end, inside a character, inside a cluster; only then come white space and words.

mod aml_unit_ambiguous;
mod label_outside_region;
mod offset_unit_mismatch;
mod pairs;
mod region_out_of_bounds;
mod region_too_short;
mod regions_overlap;
mod span_cuts_word;
mod span_edge_whitespace;
mod span_empty;
mod span_negative;
mod span_out_of_bounds;
mod span_reversed;
mod span_splits_character;
mod span_splits_grapheme;
mod span_too_long;
mod spans_adrift;
mod spans_conflict;
mod spans_duplicate;
mod spans_overlap;
mod unsafe_line_break;

use crate::alignment::AlignedDocument;
use crate::diagnostics::quote;
use crate::model::Label;
use crate::text::Fault;

pub(super) use aml_unit_ambiguous::AmlUnitAmbiguous;
pub(super) use label_outside_region::LabelOutsideRegion;
pub(super) use offset_unit_mismatch::OffsetUnitMismatch;
pub(super) use region_out_of_bounds::RegionOutOfBounds;
pub(super) use region_too_short::RegionTooShort;
pub(super) use regions_overlap::RegionsOverlap;
pub(super) use span_cuts_word::SpanCutsWord;
pub(super) use span_edge_whitespace::SpanEdgeWhitespace;
pub(super) use span_empty::SpanEmpty;
pub(super) use span_negative::SpanNegative;
pub(super) use span_out_of_bounds::SpanOutOfBounds;
pub(super) use span_reversed::SpanReversed;
pub(super) use span_splits_character::SpanSplitsCharacter;
pub(super) use span_splits_grapheme::SpanSplitsGrapheme;
pub(super) use span_too_long::SpanTooLong;
pub(super) use spans_adrift::SpansAdrift;
pub(super) use spans_conflict::SpansConflict;
pub(super) use spans_duplicate::SpansDuplicate;
pub(super) use spans_overlap::SpansOverlap;
pub(super) use unsafe_line_break::UnsafeLineBreak;

/// A label and its place for use in a sentence: `` `City` at 3..8 ``.
fn called(label: &Label<'_>) -> String {
    let (start, end) = (label.span.start, label.span.end);
    format!("{} at {start}..{end}", quote(&label.category))
}

/// Whether the label is known to end past its document, so that its extent means nothing.
fn ends_past(aligned: &AlignedDocument<'_>, label: usize) -> bool {
    let proof = aligned.spans.get(label).and_then(|span| span.proof);
    matches!(proof, Some(Err(Fault::OutOfBounds { .. })))
}

#[cfg(test)]
mod testing {
    use std::borrow::Cow;

    use crate::alignment::{AlignedDocument, TextState};
    use crate::corpus::Statistics;
    use crate::diagnostics::Location;
    use crate::json::Pointer;
    use crate::model::{Document, Label, Labels, Notation, Project, Region, UnitChoice};
    use crate::rules::settings::Settings;
    use crate::rules::{Corpus, Rule, testing};
    use crate::text::{Span, Text, Unit};

    /// A document in UTF-16, and its text where there is one.
    pub(super) struct Case<'a> {
        text: Option<&'a str>,
        labels: Vec<Label<'a>>,
        regions: Option<Vec<Region>>,
        notation: Notation,
    }

    fn span(start: i64, end: i64) -> Span {
        let unit = Unit::Utf16;
        Span { unit, start, end }
    }

    impl<'a> Case<'a> {
        /// Labels `(category, start, end)` over a text.
        pub(super) fn new(text: &'a str, labels: &[(&'a str, i64, i64)]) -> Self {
            let text = Some(text);
            Self {
                text,
                ..Self::numbers(labels)
            }
        }

        /// The same where the text is not known.
        pub(super) fn numbers(labels: &[(&'a str, i64, i64)]) -> Self {
            let labels = labels.iter().enumerate();
            let labels = labels.map(|(index, (category, start, end))| Label {
                category: Cow::Borrowed(*category),
                span: span(*start, *end),
                region: 0,
                index,
                covered: None,
            });
            Self {
                text: None,
                labels: labels.collect(),
                regions: None,
                notation: Notation::OffsetLength,
            }
        }

        /// The same with regions `(start, end)`; all labels stand in the first.
        pub(super) fn regions(mut self, extents: &[(i64, i64)]) -> Self {
            let extents = extents.iter().enumerate();
            let regions = extents.map(|(index, (start, end))| Region {
                span: span(*start, *end),
                index,
            });
            self.regions = Some(regions.collect());
            self
        }

        /// The same with starts and ends instead of offsets and lengths.
        pub(super) fn start_end(mut self) -> Self {
            self.notation = Notation::StartEnd;
            self
        }

        /// The document itself.
        pub(super) fn document(&self) -> Document<'a> {
            let labels = Labels::entities(self.labels.clone(), self.regions.clone());
            Document {
                notation: self.notation,
                ..testing::document(labels)
            }
        }

        /// The rule's messages, in its order.
        pub(super) fn run(&self, rule: &'static dyn Rule) -> Vec<String> {
            let text = self
                .text
                .map_or(TextState::NotAsked, |text| TextState::Read(Text::new(text)));
            let unit = UnitChoice::Given(Unit::Utf16);
            let document = self.document();
            let aligned = AlignedDocument::new(&document, text, unit, false);
            testing::of_document(rule, &aligned)
        }
    }

    /// What the rule says of a corpus.
    pub(super) fn of_corpus(
        rule: &'static dyn Rule,
        statistics: &Statistics,
        guessed_regions: u64,
    ) -> Vec<String> {
        let (project, settings) = (Project::default(), Settings::default());
        let corpus = Corpus {
            guessed_regions,
            ..Corpus::of(&project, statistics, &settings)
        };
        let found = testing::of_corpus(rule, &corpus).into_iter();
        found.map(|finding| finding.message).collect()
    }

    /// A place, wherever it is.
    pub(super) fn location() -> Location {
        Location {
            bytes: 0..0,
            pointer: Some(Pointer::root()),
            document: None,
        }
    }
}
