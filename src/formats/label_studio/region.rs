//! The regions of a result: what is labeled, whatever way.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::issues::{self, NO_LABEL, unsupported};
use super::wire::RegionType;
use crate::diagnostics::Located;
use crate::formats::fields::{Field, Fields, array, located, string};
use crate::json::{Kind as JsonKind, Pointer};
use crate::model::{Class, Foreign, Label};
use crate::text::{Span, Unit};

const OFFSETS: RangeInclusive<i64> = i64::MIN..=i64::MAX;

/// Stands for the index of a class that is no item of an array, but the value itself.
pub(super) const ALONE: usize = usize::MAX;

/// What the regions of a task come to.
pub(super) struct Regions<'a, 'f> {
    /// The record.
    pub(super) whole: &'a str,
    /// The text of the task.
    pub(super) text: &'f str,
    pub(super) unit: Unit,
    pub(super) issues: &'f mut Vec<Located>,
    pub(super) spans: Vec<Label<'a>>,
    pub(super) classes: Vec<Class<'a>>,
    pub(super) spans_at: Vec<(usize, Pointer)>,
    pub(super) classes_at: Vec<(usize, Pointer)>,
    pub(super) lost: Vec<(Foreign, u64)>,
    pub(super) unreadable: u64,
    /// Whether there are regions of spans, be they as they should or not.
    pub(super) has_spans: bool,
    /// Whether there is something that is not read at all, and has its finding.
    pub(super) is_foreign: bool,
}

impl<'a> Regions<'a, '_> {
    /// Reads the regions of an array.
    pub(super) fn array(&mut self, field: &Field<'a>, in_result: bool) {
        let Some(items) = array(self.whole, field, self.issues) else {
            self.unreadable += 1;
            return;
        };
        self.spans_at
            .push((self.spans.len(), field.pointer.clone()));
        for (number, item) in items.into_iter().enumerate() {
            let Some(region) = Fields::new(self.whole, item.clone(), self.issues) else {
                self.unreadable += 1;
                continue;
            };
            if in_result {
                self.region(number, &item, &region);
            } else {
                self.value(number, &item, &region, None);
            }
        }
    }

    fn region(&mut self, number: usize, item: &Field<'a>, region: &Fields<'a>) {
        let kind = region.find("type");
        let kind = kind.and_then(|field| field.node.string()?.ok());
        let kind = kind.as_deref().map(RegionType::of);
        match kind {
            Some(RegionType::Relation) => return self.lose(Foreign::Relation),
            Some(RegionType::Other) => return self.lose(Foreign::Attribute),
            Some(RegionType::Media(what)) => return self.refuse(item, what),
            _ => {}
        }
        for name in ["from_name", "to_name", "type"] {
            if region.find(name).is_none() {
                let issue = issues::unbound(name);
                self.issues.push(located(self.whole, issue, item));
            }
        }
        let Some(field) = region.required("value", self.issues) else {
            self.unreadable += 1;
            return;
        };
        let Some(value) = Fields::new(self.whole, field.clone(), self.issues) else {
            self.unreadable += 1;
            return;
        };
        self.value(number, &field, &value, kind);
    }

    /// Reads the value of a region; in a `JSON_MIN` export it is all that there is of one.
    fn value(
        &mut self,
        number: usize,
        field: &Field<'a>,
        value: &Fields<'a>,
        kind: Option<RegionType>,
    ) {
        let has = |name: &str| value.find(name).is_some();
        let kind = kind.unwrap_or_else(|| match () {
            () if has("labels") => RegionType::Labels,
            () if has("hypertextlabels") => RegionType::HyperText,
            () if has("choices") => RegionType::Choices,
            () if ["x", "points", "rle", "format"].into_iter().any(has) => {
                RegionType::of("rectangle")
            }
            () if has("paragraphlabels") => RegionType::of("paragraphs"),
            () => RegionType::Other,
        });
        match kind {
            RegionType::Labels => self.span(number, field, value, "labels"),
            RegionType::HyperText => {
                let is_plain = !self.text.contains(['<', '&']);
                let offsets = value.find("globalOffsets").filter(|_| is_plain);
                let Some(offsets) = offsets else {
                    let what = "labels on rendered HTML (`HyperText` of Label Studio), whose \
                        offsets do not count the characters of the source";
                    return self.refuse(field, what);
                };
                let Some(offsets) = Fields::new(self.whole, offsets, self.issues) else {
                    self.unreadable += 1;
                    return;
                };
                self.place(number, &offsets, value, "hypertextlabels");
            }
            // What is chosen for a region has its place.
            RegionType::Choices if has("start") => self.lose(Foreign::Attribute),
            RegionType::Choices => {
                if let Some(choices) = value.required("choices", self.issues) {
                    self.choices(&choices);
                } else {
                    self.unreadable += 1;
                }
            }
            RegionType::Media(what) => self.refuse(field, what),
            RegionType::Relation | RegionType::Other => self.lose(Foreign::Attribute),
        }
    }

    fn span(&mut self, number: usize, field: &Field<'a>, value: &Fields<'a>, labels: &'static str) {
        let start = value.find("start");
        let is_path = |field: &Field<'_>| {
            let path = field.node.string().and_then(Result::ok);
            path.is_some_and(|path| path.starts_with('/'))
        };
        if start.as_ref().is_some_and(is_path) {
            let what = RegionType::of("paragraphs");
            if let RegionType::Media(what) = what {
                self.refuse(field, what);
            }
            return;
        }
        self.place(number, value, value, labels);
    }

    /// A span of each label of a region. `offsets` has the place.
    fn place(
        &mut self,
        number: usize,
        offsets: &Fields<'a>,
        value: &Fields<'a>,
        labels: &'static str,
    ) {
        self.has_spans = true;
        let start = offsets.required_integer("start", &OFFSETS, self.issues);
        let end = offsets.required_integer("end", &OFFSETS, self.issues);
        let named = value.required(labels, self.issues);
        let names = named
            .as_ref()
            .and_then(|field| array(self.whole, field, self.issues));
        let (Some(named), Some(names)) = (named, names) else {
            self.unreadable += 1;
            return;
        };
        if names.is_empty() {
            self.issues.push(located(self.whole, NO_LABEL, &named));
            self.lose(Foreign::Bookkeeping);
        }
        let covered = value.find("text");
        let covered = covered.and_then(|field| field.node.string()?.ok());
        let covered = covered.filter(|covered| !is_silent(covered));
        for (index, name) in names.iter().enumerate() {
            let name = string(self.whole, name, self.issues);
            let (Some(category), Some(start), Some(end)) = (name, start, end) else {
                self.unreadable += 1;
                continue;
            };
            self.spans.push(Label {
                category,
                span: Span {
                    unit: self.unit,
                    start,
                    end,
                },
                region: number,
                index,
                covered: covered.clone(),
            });
        }
    }

    /// The classes of an array.
    pub(super) fn choices(&mut self, field: &Field<'a>) {
        let Some(items) = array(self.whole, field, self.issues) else {
            self.unreadable += 1;
            return;
        };
        self.classes_at
            .push((self.classes.len(), field.pointer.clone()));
        for (index, item) in items.iter().enumerate() {
            match string(self.whole, item, self.issues) {
                Some(category) => self.class(category, index),
                None => self.unreadable += 1,
            }
        }
    }

    /// A class that stands by itself.
    pub(super) fn choice(&mut self, category: Cow<'a, str>, pointer: Pointer) {
        self.classes_at.push((self.classes.len(), pointer));
        self.class(category, ALONE);
    }

    fn class(&mut self, category: Cow<'a, str>, index: usize) {
        self.classes.push(Class {
            category,
            index,
            spelled: None,
        });
    }

    pub(super) fn lose(&mut self, what: Foreign) {
        self.lost.push((what, 1));
    }

    /// Notes something that is not read, and with it the task: once for all of its sort.
    pub(super) fn refuse(&mut self, field: &Field<'a>, what: &'static str) {
        let issue = unsupported(what);
        let is_noted = self.issues.iter().any(|noted| noted.issue == issue);
        if !is_noted {
            self.issues.push(located(self.whole, issue, field));
        }
        self.is_foreign = true;
    }

    /// Whether some value of a `JSON_MIN` export is regions: an array of objects.
    pub(super) fn is_regions(field: &Field<'_>) -> bool {
        let items = field.node.items();
        !items.is_empty() && items.iter().all(|item| item.kind() == JsonKind::Object)
    }
}

/// Whether a covered text says nothing: Label Studio stores an empty one at times.
pub(super) fn is_silent(covered: &str) -> bool {
    shown(covered).next().is_none()
}

/// The characters of a text that Label Studio keeps when it stores what it displays: line breaks are
/// written as a backslash and an `n` there, and runs of blanks as one (1.23.2, run).
fn shown(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        loop {
            match chars.next()? {
                '\\' if chars.next_if_eq(&'n').is_some() => {}
                char if char.is_whitespace() => {}
                char => return Some(char),
            }
        }
    })
}

/// Whether a piece of a text is the one that a region says it covers.
pub(super) fn is_covered(piece: &str, covered: &str) -> bool {
    piece == covered || shown(piece).eq(shown(covered))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_displayed_is_compared_without_blanks() {
        assert!(is_covered("Ada\r\nByron", "Ada\\n\\nByron"));
        assert!(is_covered("met  Bob", "met Bob"));
        assert!(is_covered("in \tParis", "in Paris"));
        assert!(!is_covered("Ada", "Bob"));
        assert!(is_silent("") && is_silent(" \\n") && !is_silent("n"));
    }
}
