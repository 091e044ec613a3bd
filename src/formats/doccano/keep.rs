//! What other formats cannot hold of a line.

use super::reader::line;
use super::wire::{Holds, LABEL, TEXTS, list_of};
use super::writer::list;
use crate::alignment::AlignedDocument;
use crate::formats::Told;
use crate::formats::inline::name_of;
use crate::formats::inline_keep::{self, Noted};
use crate::formats::ledger::LedgerEntry;

/// Notes the facts of a line.
pub(super) fn entries(
    aligned: &AlignedDocument<'_>,
    location: &str,
    told: &Told,
    out: &mut Vec<LedgerEntry>,
) {
    let document = aligned.document;
    let Some(line) = line(document) else {
        return;
    };
    let spans = document.spans().iter().map(|label| (label, label.span));
    let mut written = Vec::new();
    list(
        spans.collect(),
        document.classes(),
        &mut written,
        &mut |_| {},
    );
    let wanted = if document.labels.spans.is_some() {
        Holds::Spans
    } else {
        Holds::Classes
    };
    let labels = list_of(&line, wanted).or_else(|| list_of(&line, Holds::Nothing));
    let noted = Noted {
        texts: &TEXTS,
        told: told.text_key.as_deref(),
        name: name_of(&line, told.name_key.as_deref()),
        labels,
        written: (LABEL, &written),
    };
    inline_keep::entries(aligned, location, &noted, out);
}
