//! How a line becomes a document, once its members are read.

use crate::formats::{Context, Record, RecordForm};
use crate::model::{
    Address, Body, Classes, Confidence, Document, Extras, Kind, Label, Labels, Notation,
};

pub(super) const fn spans_of(labels: Vec<Label<'_>>) -> Labels<'_> {
    Labels::entities(labels, None)
}

/// `[]` is whatever the other lines are.
pub(super) fn empty<'a>(context: Context<'_>) -> Labels<'a> {
    if context.kind == Some(Kind::MultiLabelClassification) {
        Labels::classes(Vec::new())
    } else {
        spans_of(Vec::new())
    }
}

pub(super) fn document<'a>(
    record: Record<'a>,
    address: Address<'a>,
    labels: Labels<'a>,
    confidence: Confidence<'a>,
    columns: Vec<(&'static str, &'a str)>,
) -> Document<'a> {
    Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address,
        body: Body::Elsewhere,
        language: None,
        split: None,
        labels,
        notation: Notation::StartEnd,
        extras: Extras {
            confidence,
            columns,
            ..Extras::default()
        },
        unreadable: 0,
    }
}

pub(super) fn form_of(document: &Document<'_>) -> RecordForm {
    let labels = &document.labels;
    match (&labels.spans, &labels.classes) {
        (_, Some(Classes::One(_))) => RecordForm::Kind(Kind::SingleLabelClassification),
        (_, Some(Classes::Many(classes))) if !classes.is_empty() => {
            RecordForm::Kind(Kind::MultiLabelClassification)
        }
        (Some(spans), _) if !spans.labels.is_empty() || document.unreadable > 0 => {
            RecordForm::Kind(Kind::EntityRecognition)
        }
        _ => RecordForm::Undecided,
    }
}

/// Whether the name is that of an image, by its extension.
pub(super) fn is_image(url: &str) -> bool {
    const EXTENSIONS: [&str; 6] = ["jpg", "jpeg", "png", "bmp", "gif", "tif"];
    // Only web addresses have a query; elsewhere these signs belong to the name.
    let end = if url.starts_with("http") {
        url.find(['?', '#'])
    } else {
        None
    };
    let url = &url[..end.unwrap_or(url.len())];
    let extension = url.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|found| {
        EXTENSIONS
            .iter()
            .any(|image| found.eq_ignore_ascii_case(image))
    })
}
