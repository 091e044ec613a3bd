//! What other formats cannot hold of a record.

use super::reader::line;
use super::tokens;
use super::wire::{TEXTS, classes_of, spans_of};
use super::writer::{key_of, labels};
use crate::alignment::AlignedDocument;
use crate::formats::Told;
use crate::formats::inline::name_of;
use crate::formats::inline_keep::{self, Noted};
use crate::formats::ledger::LedgerEntry;
use crate::model::{Classes, Kind};

/// Notes the facts of a record.
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
    let kind = match &document.labels.classes {
        Some(Classes::One(_)) => Some(Kind::SingleLabelClassification),
        Some(Classes::Many(_)) => Some(Kind::MultiLabelClassification),
        None => Some(Kind::EntityRecognition),
    };
    if let Some((_, tags)) = tokens::of(&line) {
        let noted = Noted {
            texts: &[],
            told: None,
            name: name_of(&line, told.name_key.as_deref()),
            labels: Some(tags),
            // Tags are always kept: by them it is known that the record was one of tokens.
            written: ("", &[]),
        };
        inline_keep::entries(aligned, location, &noted, out);
        return;
    }
    let spans = document.spans().iter().map(|label| (label, label.span));
    let mut written = Vec::new();
    labels(
        kind,
        spans.collect(),
        document.classes(),
        &mut written,
        &mut |_| {},
    );
    let of_spans = || spans_of(&line).or_else(|| classes_of(&line));
    let of_classes = || classes_of(&line).or_else(|| spans_of(&line));
    let noted = Noted {
        texts: &TEXTS,
        told: told.text_key.as_deref(),
        name: name_of(&line, told.name_key.as_deref()),
        labels: if document.labels.spans.is_some() {
            of_spans()
        } else {
            of_classes()
        },
        written: (key_of(kind), &written),
    };
    inline_keep::entries(aligned, location, &noted, out);
}
