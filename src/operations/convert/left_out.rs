//! What is left out of a target: a label, or a document.

use serde_json::value::RawValue;

use crate::alignment::AlignedDocument;
use crate::diagnostics::Location;
use crate::formats::ledger::{self, LedgerEntry, Sort};
use crate::formats::losses::{Loss, Losses};
use crate::json::Pointer;
use crate::model::{At, Document};

/// Counts the labels of a document that are not written.
pub(super) fn count(aligned: &AlignedDocument<'_>, losses: &mut Losses) {
    for span in &aligned.spans {
        let loss = if span.overlaps {
            Loss::Overlap
        } else {
            Loss::Label
        };
        losses.add(loss, u64::from(span.target.is_none()));
    }
    losses.add(Loss::Label, aligned.document.unreadable);
}

/// What a ledger keeps of it.
pub(super) fn entry(
    document: &Document<'_>,
    at: At,
    location: &dyn Fn(At) -> Location,
    name: &str,
) -> LedgerEntry {
    let location = location(at);
    let index = |place: u64| usize::try_from(place - document.start).unwrap_or(usize::MAX);
    let text = document
        .source
        .get(index(location.bytes.start)..index(location.bytes.end));
    // What is no JSON is kept as a string.
    let spelled = |text: &str| {
        let text = serde_json::to_string(text).ok()?;
        RawValue::from_string(text).ok()
    };
    let value = match &location.pointer {
        Some(_) => text.and_then(ledger::compact),
        None => text.and_then(spelled),
    };
    let pointer = location.pointer.unwrap_or_else(Pointer::root);
    LedgerEntry {
        value,
        ..LedgerEntry::new(name, Sort::LeftOut, pointer)
    }
}

/// What a ledger keeps of labels that cannot be read: that a document has some.
pub(super) fn unread(location: &dyn Fn(At) -> Location, name: &str) -> LedgerEntry {
    let pointer = location(At::Document).pointer;
    LedgerEntry::new(name, Sort::LeftOut, pointer.unwrap_or_else(Pointer::root))
}

/// A document as it comes back from a target that loses so much of it, where that has no place for its set,
/// its language, or for that it is unlabeled: what a format notes in a ledger is what it would not write
/// of that.
pub(super) fn returned<'d>(document: &Document<'d>, lost: &Losses) -> Option<Document<'d>> {
    let loses_split = lost.of(Loss::Split) > 0 && document.split.is_some();
    let loses_language = lost.of(Loss::Language) + lost.with_language > 0;
    let loses_mark = lost.of(Loss::Unlabeled) > 0;
    (loses_split || loses_language || loses_mark).then(|| {
        let mut returned = document.clone();
        if loses_split {
            returned.split = None;
        }
        if loses_language {
            returned.language = None;
        }
        returned.extras.unlabeled &= !loses_mark;
        returned
    })
}
