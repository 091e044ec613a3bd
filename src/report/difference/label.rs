//! A label that differs, in words.

use crate::comparison::{ChangeKind, LabelChange, LabelPlace};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words of our own.
    Words(String),
    /// Data: what is shown as code.
    Data(String),
    /// A path or a place in a file, which is shown as it is.
    Path(String),
}

impl Part {
    pub(super) fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    pub(super) fn data(data: impl Into<String>) -> Self {
        Self::Data(data.into())
    }

    pub(super) fn path(path: impl Into<String>) -> Self {
        Self::Path(path.into())
    }
}

/// What became of a label: `City` on `Rome` at 3:1.
pub(super) fn told(change: &LabelChange) -> Vec<Part> {
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let mut parts = Vec::new();
    match (before, after) {
        (Some(one), Some(other)) => {
            parts.push(Part::data(&*one.label));
            if one.label != other.label {
                parts.extend([Part::words(" to "), Part::data(&*other.label)]);
            }
            if change.kind == ChangeKind::Relabeled {
                // Where the text is another one, the words are the same and the place may not be.
                push_words(other, &mut parts);
                push_place(other, &mut parts);
            } else {
                push_words(one, &mut parts);
                push_place(one, &mut parts);
                if one.span.is_some() {
                    parts.push(Part::words(" to"));
                }
                if let (true, Some(words)) = (one.words != other.words, &other.words) {
                    parts.extend([Part::words(" "), Part::data(words)]);
                }
                push_place(other, &mut parts);
            }
        }
        (Some(place), None) | (None, Some(place)) => {
            parts = place_parts(place);
        }
        (None, None) => {}
    }
    parts
}

/// A label and its place.
pub(in crate::report) fn place_parts(place: &LabelPlace) -> Vec<Part> {
    let mut parts = vec![Part::data(&*place.label)];
    push_words(place, &mut parts);
    push_place(place, &mut parts);
    parts
}

fn push_words(place: &LabelPlace, parts: &mut Vec<Part>) {
    if let Some(words) = &place.words {
        parts.extend([Part::words(" on "), Part::data(words)]);
    }
}

/// Line and column in the text, or the numbers that the file has.
fn push_place(place: &LabelPlace, parts: &mut Vec<Part>) {
    match (place.position, place.span) {
        (Some((line, column)), _) => parts.push(Part::words(format!(" at {line}:{column}"))),
        (None, Some(span)) => {
            parts.push(Part::words(format!(
                " at offset {}..{}",
                span.start, span.end
            )));
        }
        (None, None) => {}
    }
}
