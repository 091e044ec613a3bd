//! The numbers that a document's labels get in another format.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::conversion::Conversion;
use super::overlap;
use crate::alignment::{AlignedDocument, AlignedSpan, Claim, TextState};
use crate::corpus::Occurrences;
#[cfg(feature = "files")]
use crate::diagnostics::Bounds;
use crate::diagnostics::{Location, Unproven};
use crate::formats::{Overlap, TextPlace, Writer};
use crate::model::{At, Body};
use crate::text::{ByteRange, Span, Text, Unit};

/// A byte-order mark.
pub(super) const MARK: char = '\u{feff}';

/// How numbers are found.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Placing<'a> {
    /// What writes them.
    pub(crate) writer: &'a dyn Writer,
    /// The unit of the source.
    pub(crate) from: Unit,
    /// The unit of the target.
    pub(crate) to: Unit,
    /// Whether the target writes the length of the text.
    pub(crate) needs_length: bool,
    /// Whether the target writes the text itself.
    pub(crate) needs_text: bool,
    /// Whether the target labels tokens: it has no offsets, and needs the characters of each span.
    pub(crate) labels_tokens: bool,
    /// Whether the texts are there to be looked at.
    pub(crate) has_texts: bool,
    /// What becomes of labels that overlap; `None` where the target holds them.
    pub(crate) overlap: Option<Overlap>,
}

/// What could not be placed, by cause.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Unplaced {
    /// Labels and their documents.
    pub(crate) causes: BTreeMap<Unproven, Occurrences>,
    /// Labels that overlap others, where the target has no form for that.
    pub(crate) overlapping: Occurrences,
    /// Labels that could not even be read; each has a finding of its own.
    pub(crate) unreadable: u64,
    /// Documents whose region ends with the last label, for want of a text.
    pub(crate) guessed: u64,
}

impl Unplaced {
    /// Counts the documents from `by` on that were counted from 0 on.
    #[cfg(feature = "files")]
    pub(crate) fn shift(&mut self, by: u64) {
        for seen in self.causes.values_mut().chain([&mut self.overlapping]) {
            seen.shift(by);
        }
    }

    /// Whether all this can be seen in a stretch of a file.
    #[cfg(feature = "files")]
    pub(crate) fn is_within(&self, bounds: &Bounds) -> bool {
        let mut seen = self.causes.values().chain([&self.overlapping]);
        seen.all(|seen| seen.is_within(bounds))
            && bounds.hold(self.unreadable)
            && self.guessed <= bounds.records
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (cause, seen) in other.causes {
            self.causes.entry(cause).or_default().merge(seen);
        }
        self.overlapping.merge(other.overlapping);
        self.unreadable += other.unreadable;
        self.guessed += other.guessed;
    }

    fn add(
        &mut self,
        cause: Unproven,
        index: u64,
        labels: u64,
        location: impl FnOnce() -> Location,
    ) {
        self.causes
            .entry(cause)
            .or_default()
            .add(index, labels, location);
    }
}

impl<'w> Placing<'w> {
    /// How numbers are found for a writer, from one unit to another.
    pub(crate) fn new(
        writer: &'w dyn Writer,
        conversion: &Conversion<'_>,
        (from, to): (Unit, Unit),
    ) -> Self {
        let info = conversion.to.info();
        Self {
            writer,
            from,
            to,
            needs_length: writer.needs_length(),
            needs_text: writer.needs_text(),
            labels_tokens: info.texts == TextPlace::Tokens,
            has_texts: conversion.texts.is_some(),
            overlap: (!writer.holds_overlaps()).then_some(conversion.wishes.overlap),
        }
    }

    /// Notes with the spans of a document the numbers that they get, and answers the length of its
    /// text; `None` where it cannot be written: a label is not proved and may not be left out,
    /// labels overlap that may not, or there is no text. Why is added to `unplaced`.
    pub(crate) fn place(
        self,
        aligned: &mut AlignedDocument<'_>,
        skip_invalid: bool,
        location: &dyn Fn(At) -> Location,
        unplaced: &mut Unplaced,
    ) -> Option<i64> {
        let length = self.number(aligned, skip_invalid, location, unplaced)?;
        let Some(wish) = self.overlap else {
            return Some(length);
        };
        let targets = aligned.spans.iter().enumerate();
        let targets = targets.filter_map(|(index, span)| Some((index, span.target?)));
        let out = overlap::left_out(targets.collect(), wish);
        let Some(first) = out.iter().min() else {
            return Some(length);
        };
        if wish == Overlap::Refuse {
            let place = || location(At::Label(*first));
            let index = aligned.document.index;
            unplaced.overlapping.add(index, out.len() as u64, place);
            return None;
        }
        for index in out {
            let span = &mut aligned.spans[index];
            (span.target, span.overlaps) = (None, true);
        }
        Some(length)
    }

    /// Notes the numbers that the spans of a document get, one by one.
    fn number(
        self,
        aligned: &mut AlignedDocument<'_>,
        skip_invalid: bool,
        location: &dyn Fn(At) -> Location,
        unplaced: &mut Unplaced,
    ) -> Option<i64> {
        let document = aligned.document;
        let labels = document.spans();
        // A text that the label file should hold, or that its tokens were not found in.
        let is_inside = document.body != Body::Elsewhere;
        let needs_text = self.needs_text || self.labels_tokens || is_inside;
        if needs_text && aligned.any_text().is_none() {
            if !skip_invalid {
                let count = document.labels.count() as u64;
                let place = || location(At::Address);
                unplaced.add(Unproven::TextAbsent, document.index, count, place);
            }
            return None;
        }
        // A document that has regions, or no spans at all, needs nothing of its text.
        let without_regions = document.labels.has_entities() && !document.labels.is_regional();
        let needs_length = self.needs_length && without_regions;
        // A tool may have mixed its units.
        let is_as_wanted = aligned.units().all(|(_, unit)| unit == self.to);
        let has_mark = aligned.any_text().is_some_and(Text::has_byte_order_mark);
        let is_refuted = |span: &AlignedSpan| match span.claim {
            Claim::Differs | Claim::Discontinuous(_) => true,
            // Who says what a span covers may have counted the mark.
            Claim::Same(_) => has_mark,
            Claim::Untold => false,
        };
        let mark = self.mark(aligned);
        let needs_proof = needs_text || mark > 0 || needs_length && self.has_texts;
        if self.from == self.to
            && is_as_wanted
            && !needs_proof
            && !aligned.spans.iter().any(is_refuted)
        {
            // The numbers mean the same on both sides, so nothing is moved, and nothing else of
            // the text is needed, or the user vouches for the numbers.
            aligned.keep_numbers(self.to);
            if needs_length {
                unplaced.guessed += 1;
            }
            let last = labels.iter().map(|label| label.span.end).max();
            return Some(last.unwrap_or(0).max(0));
        }
        if labels.is_empty() && !needs_length {
            return Some(0);
        }
        let Some(text) = aligned.any_text().cloned() else {
            let count = labels.len() as u64;
            if !skip_invalid {
                let place = || location(At::Address);
                unplaced.add(Unproven::NoText, document.index, count, place);
            }
            return None;
        };
        if matches!(aligned.text, TextState::Blank(_)) {
            aligned.prove(&text);
        }
        self.declare(&text, mark, &mut aligned.spans);
        let has_no_form = |span: &AlignedSpan| {
            let range = span.proof.and_then(Result::ok);
            range.is_some_and(|range| self.writer.span_fault(text.slice(range)))
        };
        for span in &mut aligned.spans {
            if has_no_form(span) {
                span.target = None;
            }
        }
        let mut causes: BTreeMap<Unproven, (u64, usize)> = BTreeMap::new();
        for (index, span) in aligned.spans.iter().enumerate() {
            let cause = match (span.target, span.proof) {
                (Some(_), _) => continue,
                (None, Some(Err(_))) => Unproven::Faulty,
                (None, None) => match span.claim {
                    Claim::Differs => Unproven::CoversOther,
                    Claim::Discontinuous(_) => Unproven::Discontinuous,
                    Claim::Untold | Claim::Same(_) => Unproven::AmbiguousUnit,
                },
                (None, Some(Ok(_))) if has_no_form(span) => Unproven::BreakAtEdge,
                (None, Some(Ok(_))) => Unproven::NoNumber,
            };
            causes.entry(cause).or_insert((0, index)).0 += 1;
        }
        if !skip_invalid {
            for (cause, (count, index)) in &causes {
                let place = || location(At::Label(*index));
                unplaced.add(*cause, document.index, *count, place);
            }
            if !causes.is_empty() || document.unreadable > 0 {
                return None;
            }
        }
        let length = i64::try_from(text.len(self.to)).unwrap_or(i64::MAX);
        Some(length - mark)
    }

    /// How much a byte-order mark counts that a text in the label file begins with, where it becomes a
    /// file of its own: there it is no character, so it is left out.
    fn mark(self, aligned: &AlignedDocument<'_>) -> i64 {
        let becomes_file = aligned.document.body != Body::Elsewhere && !self.needs_text;
        let text = aligned.any_text().filter(|_| becomes_file);
        let has_mark = text.is_some_and(|text| text.as_str().starts_with(MARK));
        match (has_mark, self.to) {
            (false, _) => 0,
            (true, Unit::Utf8) => 3,
            (true, _) => 1,
        }
    }

    /// Notes the numbers of all spans that are proved.
    fn declare(self, text: &Text<'_>, mark: i64, spans: &mut [AlignedSpan]) {
        let proved = |span: &AlignedSpan| {
            let range = span.proof?.ok()?;
            if !self.labels_tokens {
                return Some(range);
            }
            // White space is part of no token.
            text.trimmed(range)
        };
        let ranges: Vec<ByteRange> = spans.iter().filter_map(proved).collect();
        let mut numbers = text.declare(&ranges, self.to).into_iter();
        for span in spans {
            if proved(span).is_some() {
                let number = numbers.next().flatten();
                let number = number.map(|number| Span {
                    start: (number.start - mark).max(0),
                    end: number.end - mark,
                    ..number
                });
                // One of the mark alone has no place left.
                span.target = number.filter(|number| mark == 0 || number.end > number.start);
            }
        }
    }
}
