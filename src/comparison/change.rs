//! What differs in a document, as reports tell it.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::redact::redact_prose;
use crate::text::{Positions, Span, floor_char};

/// What became of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Only the first file has it.
    Removed,
    /// Another name at the same place.
    Relabeled,
    /// The same name over other words, some of which are the same.
    Boundary,
    /// The same name and words at another place.
    Moved,
    /// Only the second file has it.
    Added,
}

impl ChangeKind {
    /// Each of them, in the order in which reports count them.
    pub const ALL: [Self; 5] = [
        Self::Added,
        Self::Removed,
        Self::Relabeled,
        Self::Boundary,
        Self::Moved,
    ];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Relabeled => "relabeled",
            Self::Boundary => "boundary",
            Self::Moved => "moved",
            Self::Added => "added",
        }
    }
}

/// A label that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelChange {
    /// What became of it.
    pub kind: ChangeKind,
    /// As the first file has it.
    pub before: Option<LabelPlace>,
    /// As the second file has it.
    pub after: Option<LabelPlace>,
}

/// A label and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelPlace {
    /// The label's name.
    pub label: Arc<str>,
    /// The numbers that the file has; `None` for a class of a document.
    pub span: Option<Span>,
    /// The bytes in the text, where they are proved.
    pub bytes: Option<Range<usize>>,
    /// The words, or the first 300 bytes of them and `…`, where the text was read and words are not
    /// to be hidden. Signed queries are hidden always.
    pub words: Option<String>,
    /// Line and column in the text, both from 1; columns are code points.
    pub position: Option<(u64, u64)>,
}

impl LabelPlace {
    /// A class of a document.
    #[must_use]
    pub const fn class(label: Arc<str>) -> Self {
        Self {
            label,
            span: None,
            bytes: None,
            words: None,
            position: None,
        }
    }

    /// Fills in what the text says.
    pub fn read(&mut self, text: &str, positions: &mut Positions<'_>, hides_words: bool) {
        if let Some(bytes) = self.bytes.clone()
            && text.get(bytes.clone()).is_some()
        {
            let at = positions.at(bytes.start);
            self.position = Some((at.line, at.column));
            self.words = (!hides_words).then(|| words_at(text, bytes));
        }
    }
}

/// Words of a text without signed queries, of which they may be a part.
fn words_at(text: &str, bytes: Range<usize>) -> String {
    const LONGEST: usize = 300;
    const AROUND: usize = 2048;
    let cut = floor_char(text, bytes.start + LONGEST);
    let end = if bytes.len() > LONGEST {
        cut
    } else {
        bytes.end
    };
    let from = floor_char(text, bytes.start.saturating_sub(AROUND));
    let until = floor_char(text, end.saturating_add(AROUND));
    let places = [bytes.start - from, end - from];
    let (clean, [first, last]) = redact_prose(&text[from..until], places);
    let mut words = clean.get(first..last).unwrap_or_default().to_owned();
    if end < bytes.end {
        words.push('…');
    }
    words
}

/// A document that both files have, with what differs in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentChange {
    /// The name that each file has for it.
    pub names: [Box<str>; 2],
    /// The first byte of its record in each file.
    pub starts: [u64; 2],
    /// Line and column of its record in each file, where they were looked up.
    pub positions: [Option<(u64, u64)>; 2],
    /// Its place among the records of each file, from 0.
    pub(super) indices: [u64; 2],
    /// Whether the texts differ; labels are compared by their words then.
    pub has_other_text: bool,
    /// The labels that differ, first in the text first.
    pub labels: Vec<LabelChange>,
    /// The regions in each file (offset and end, in its unit), where they differ.
    pub regions: Option<[Vec<(i64, i64)>; 2]>,
}

impl DocumentChange {
    /// Fills in what the text says of the labels of one side (0 or 1).
    pub fn read(&mut self, text: &str, side: usize, hides_words: bool) {
        let mut positions = Positions::new(text);
        for label in &mut self.labels {
            let place = if side == 0 {
                label.before.as_mut()
            } else {
                label.after.as_mut()
            };
            if let Some(place) = place {
                place.read(text, &mut positions, hides_words);
            }
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.regions.is_none() && !self.has_other_text
    }

    /// Whether words of the first file are missing that its text may tell.
    pub(super) fn lacks_words(&self) -> bool {
        let places = self.labels.iter().filter_map(|it| it.before.as_ref());
        let mut places = places.filter(|it| it.bytes.is_some());
        places.any(|place| place.position.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_and_signatures_hidden() {
        let text = format!("{} https://a/b?sv=1&sig=Secret", "é".repeat(200));
        assert_eq!(words_at(&text, 0..2), "é");
        let long = words_at(&text, 0..400);
        assert_eq!(long, format!("{}…", "é".repeat(150)));
        let signed = text.find("Secret").unwrap();
        assert_eq!(words_at(&text, signed..signed + 6), "******");
    }
}
