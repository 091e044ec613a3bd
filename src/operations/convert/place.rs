//! The numbers that a document's labels get in another format.

use std::collections::BTreeMap;

use crate::alignment::{AlignedDocument, TextState};
use crate::corpus::Occurrences;
use crate::diagnostics::{Location, Unproven};
use crate::formats::Placed;
use crate::formats::ledger::LedgerEntry;
use crate::model::{At, Labels};
use crate::text::{ByteRange, Fault, Span, Text, Unit};

/// How numbers are found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placing {
    /// The unit of the source.
    pub(crate) from: Unit,
    /// The unit of the target.
    pub(crate) to: Unit,
    /// Whether the target writes the length of the text.
    pub(crate) needs_length: bool,
    /// Whether the texts are there to be looked at.
    pub(crate) has_texts: bool,
}

/// What could not be placed, by cause.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unplaced {
    /// Labels and their documents.
    pub(crate) causes: BTreeMap<Unproven, Occurrences>,
    /// Labels that could not even be read; each has a finding of its own.
    pub(crate) unreadable: u64,
    /// Documents whose region ends with the last label, for want of a text.
    pub(crate) guessed: u64,
}

impl Unplaced {
    pub(crate) fn merge(&mut self, other: Self) {
        for (cause, seen) in other.causes {
            self.causes.entry(cause).or_default().merge(seen);
        }
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

/// The numbers of one document.
pub(crate) struct PlacedDocument {
    pub(crate) spans: Vec<Option<Span>>,
    length: i64,
    /// What a ledger keeps of the document.
    pub(crate) entries: Vec<LedgerEntry>,
}

impl PlacedDocument {
    pub(crate) fn as_placed(&self) -> Placed<'_> {
        Placed {
            spans: &self.spans,
            length: self.length,
            entries: &self.entries,
        }
    }
}

impl Placing {
    /// The numbers of a document, or `None` where it cannot be written: a label is not proved
    /// and may not be left out, or there is no text. Why is added to `unplaced`.
    pub(crate) fn place(
        self,
        aligned: &AlignedDocument<'_>,
        skip_invalid: bool,
        location: &dyn Fn(At) -> Location,
        unplaced: &mut Unplaced,
    ) -> Option<PlacedDocument> {
        let document = aligned.document;
        let labels = document.spans();
        // A document that has regions, or no spans at all, needs nothing of its text.
        let without_regions = document.labels.has_entities() && !document.labels.is_regional();
        let needs_length = self.needs_length && without_regions;
        let unreadable = document.unreadable;
        if self.from == self.to && !(needs_length && self.has_texts) {
            // The numbers mean the same on both sides, so nothing is moved, and nothing else of
            // the text is needed, or the user vouches for the numbers.
            let to = self.to;
            let spans = labels.iter().map(|label| {
                Some(Span {
                    unit: to,
                    ..label.span
                })
            });
            if needs_length {
                unplaced.guessed += 1;
            }
            let last = labels.iter().map(|label| label.span.end).max();
            return Some(PlacedDocument {
                spans: spans.collect(),
                length: last.unwrap_or(0).max(0),
                entries: Vec::new(),
            });
        }
        if labels.is_empty() && !needs_length {
            return Some(PlacedDocument {
                spans: Vec::new(),
                length: 0,
                entries: Vec::new(),
            });
        }
        let (TextState::Read(text) | TextState::Blank(text)) = &aligned.text else {
            let count = labels.len() as u64;
            if !skip_invalid {
                let place = || location(At::Address);
                unplaced.add(Unproven::NoText, document.index, count, place);
            }
            return None;
        };
        let proved;
        let proofs: &[Option<Result<ByteRange, Fault>>] = match aligned.text {
            TextState::Blank(_) => {
                proved = prove(text, aligned);
                &proved
            }
            _ => &aligned.labels,
        };
        let spans = self.convert(text, proofs);
        let mut causes: BTreeMap<Unproven, (u64, usize)> = BTreeMap::new();
        for (index, (span, proof)) in spans.iter().zip(proofs).enumerate() {
            let cause = match (span, proof) {
                (Some(_), _) => continue,
                (None, Some(Err(_))) => Unproven::Faulty,
                (None, None) => Unproven::AmbiguousUnit,
                (None, Some(Ok(_))) => Unproven::NoNumber,
            };
            causes.entry(cause).or_insert((0, index)).0 += 1;
        }
        if !skip_invalid {
            for (cause, (count, index)) in &causes {
                let place = || location(At::Label(*index));
                unplaced.add(*cause, document.index, *count, place);
            }
            if !causes.is_empty() || unreadable > 0 {
                return None;
            }
        }
        Some(PlacedDocument {
            spans,
            length: i64::try_from(text.len(self.to)).unwrap_or(i64::MAX),
            entries: Vec::new(),
        })
    }

    fn convert(
        self,
        text: &Text<'_>,
        proofs: &[Option<Result<ByteRange, Fault>>],
    ) -> Vec<Option<Span>> {
        let proved = |proof: &Option<Result<ByteRange, Fault>>| proof.and_then(Result::ok);
        let ranges: Vec<ByteRange> = proofs.iter().filter_map(proved).collect();
        let written = text.declare(&ranges, self.to);
        if ranges.len() == proofs.len() {
            return written;
        }
        let mut written = written.into_iter();
        let next = |proof| proved(proof).and_then(|_| written.next().flatten());
        proofs.iter().map(next).collect()
    }
}

/// Proofs against a blank text, which no rule asks for.
fn prove(text: &Text<'_>, aligned: &AlignedDocument<'_>) -> Vec<Option<Result<ByteRange, Fault>>> {
    let spans: Vec<Span> = aligned
        .document
        .spans()
        .iter()
        .map(|label| label.span)
        .collect();
    text.resolve(&spans).into_iter().map(Some).collect()
}
