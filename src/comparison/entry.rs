//! What is kept of a document while the other file is read: no text.

use std::hash::Hasher;

use twox_hash::XxHash3_64;

use super::change::LabelPlace;
use super::listed::Listed;
use super::names::{NameId, Names};
use crate::alignment::AlignedDocument;
use crate::model::UnitChoice;
use crate::text::{ByteRange, Span, Text, Unit};

/// A document as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The path that the label file has for its text.
    pub name: Box<str>,
    /// Whether other formats may have less of the path than this one.
    pub shortens: bool,
    /// Its place among the records of the file, from 0.
    pub index: u64,
    /// The first byte of its record in the file.
    pub start: u64,
    /// What the offsets of its labels count.
    pub unit: Unit,
    /// Whether that is known. Else it is one of several that the labels fit alike.
    pub is_settled: bool,
    /// A hash of its text (XXH3-64), where that was read.
    pub text: Option<u64>,
    /// The labels on spans, in the order of the file.
    pub marks: Box<[Mark]>,
    /// The classes, in the order of the file.
    pub classes: Box<[NameId]>,
    /// The set that it belongs to.
    pub split: Option<NameId>,
    /// Its language.
    pub language: Option<NameId>,
    /// The regions, where the format has them: offset and end in `unit`.
    pub regions: Option<Box<[(i64, i64)]>>,
    /// Their bytes in the text, where those of all are proved.
    pub region_bytes: Option<Box<[(i64, i64)]>>,
    /// Whether it has no list of labels at all, which is less than an empty one.
    pub unlabeled: bool,
    /// How many of its labels could not be read.
    pub unreadable: u64,
}

/// A label on a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The label's name.
    pub category: NameId,
    /// The first unit, as the file has it.
    pub start: i64,
    /// The unit after the last one.
    pub end: i64,
    /// The bytes in the text, where they are proved: first, and after the last one.
    pub bytes: Option<(u32, u32)>,
    /// A hash of the words, where the bytes are proved.
    pub words: u64,
}

impl Entry {
    /// What is kept of a document.
    #[must_use]
    pub fn of(aligned: &AlignedDocument<'_>, unit: UnitChoice, names: &mut Names) -> Self {
        let document = aligned.document;
        let text = aligned.any_text().map(Text::as_str);
        let words = |range: ByteRange| text.and_then(|text| text.get(range.as_range()));
        let labels = document.spans().iter().zip(&aligned.spans);
        let marks = labels.map(|(label, aligned)| {
            let range = aligned.proof.and_then(Result::ok);
            Mark {
                category: names.id(&label.category),
                start: label.span.start,
                end: label.span.end,
                bytes: range.and_then(pair),
                words: range.and_then(words).map_or(0, hash),
            }
        });
        let marks = marks.collect();
        let classes = document.classes().iter();
        let classes = classes.map(|class| names.id(&class.category)).collect();
        let is_regional = document.labels.is_regional();
        let regions = document.regions().iter();
        let regions = regions.map(|region| (region.span.start, region.span.end));
        let proofs = aligned.regions.iter().map(|proof| {
            let (start, end) = pair((*proof)?.ok()?)?;
            Some((i64::from(start), i64::from(end)))
        });
        Self {
            name: document.address.path().into(),
            shortens: document.address.shortens,
            index: document.index,
            start: document.start,
            unit: unit.unit(),
            is_settled: !matches!(unit, UnitChoice::Ambiguous { .. }),
            text: text.map(hash),
            marks,
            classes,
            split: document.split.as_ref().map(|split| names.id(split.name())),
            language: document.language.as_deref().map(|it| names.id(it)),
            regions: is_regional.then(|| regions.collect()),
            region_bytes: proofs.collect(),
            unlabeled: document.extras.unlabeled,
            unreadable: document.unreadable,
        }
    }

    /// Whether its offsets are known to count what those of another file do. Where neither file settles it,
    /// both are taken alike.
    #[must_use]
    pub fn counts_like(&self, other: &Self) -> bool {
        self.unit == other.unit && self.is_settled == other.is_settled
    }

    /// The path, and whether other formats may have less of it.
    #[must_use]
    pub fn named(&self) -> (&str, bool) {
        (&self.name, self.shortens)
    }

    /// The last segment of the path.
    #[must_use]
    pub fn last_segment(&self) -> &str {
        last_segment(&self.name)
    }

    /// How many labels it has: spans and classes.
    #[must_use]
    pub fn labels(&self) -> u64 {
        (self.marks.len() + self.classes.len()) as u64
    }

    /// It as a report lists it.
    #[must_use]
    pub fn listed(&self) -> Listed {
        Listed {
            name: self.name.clone(),
            labels: self.labels(),
            start: self.start,
            position: None,
        }
    }

    /// The names of its labels.
    pub fn categories(&self) -> impl Iterator<Item = NameId> {
        let marks = self.marks.iter().map(|mark| mark.category);
        marks.chain(self.classes.iter().copied())
    }

    /// A label as a report has it, without its words.
    #[must_use]
    pub fn place(&self, mark: &Mark, names: &Names) -> LabelPlace {
        LabelPlace {
            label: names.name(mark.category),
            span: Some(Span {
                unit: self.unit,
                start: mark.start,
                end: mark.end,
            }),
            bytes: mark.bytes.map(|(start, end)| start as usize..end as usize),
            words: None,
            position: None,
        }
    }
}

/// The last segment of a path.
pub(super) fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn pair(range: ByteRange) -> Option<(u32, u32)> {
    let (start, end) = (range.start(), range.end());
    Some((start.try_into().ok()?, end.try_into().ok()?))
}

/// A hash that is the same on every machine.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = XxHash3_64::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}
