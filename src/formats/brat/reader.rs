//! Reads an annotation file.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::wire::{Entry, Fragment, Line, TEXT, TextBound, UNITS, entry, lines, set_of};
use crate::diagnostics::{Issue, Located, quote};
use crate::formats::{Context, Reading, Record, RecordForm};
use crate::json::Pointer;
use crate::model::{
    Address, At, Body, Covered, Document, Extras, Foreign, Kind, Label, Labels, Notation,
};
use crate::text::Span;

/// What is read of a file, line by line.
#[derive(Default)]
struct Found<'a> {
    labels: Vec<Label<'a>>,
    fragments: Vec<(usize, Vec<(i64, i64)>)>,
    /// The IDs so far.
    ids: BTreeSet<&'a str>,
    relations: u64,
    attributes: u64,
    /// Lines that mean nothing, and those of labels that cannot be read.
    unknown: u64,
    unreadable: u64,
    issues: Vec<Located>,
}

/// Reads a file.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let mut found = Found::default();
    let is_event = |line: &Line<'a>| match entry(line.text) {
        Entry::Relation { trigger, .. } => trigger,
        _ => None,
    };
    // What an event is told by is no label of its own.
    let triggers: BTreeSet<&str> = lines(record.text)
        .filter_map(|line| is_event(&line))
        .collect();
    for line in lines(record.text) {
        found.line(line, &triggers, context);
    }
    let stem = context.stem(&record);
    let lost = [
        (Foreign::Relation, found.relations),
        (Foreign::Attribute, found.attributes),
    ];
    let document = Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address: Address::location(format!("{stem}{TEXT}")),
        body: Body::Elsewhere,
        language: None,
        split: set_of(stem),
        labels: Labels::entities(found.labels, None),
        notation: Notation::Plain,
        extras: Extras {
            unknown: found.unknown,
            lost: lost.into_iter().filter(|(_, number)| *number > 0).collect(),
            covered: Some(Covered {
                among: UNITS,
                fragments: found.fragments,
            }),
            ..Extras::default()
        },
        unreadable: found.unreadable,
    };
    Reading {
        document: Some(document),
        form: RecordForm::Kind(Kind::EntityRecognition),
        issues: found.issues,
        edits: Vec::new(),
    }
}

impl<'a> Found<'a> {
    fn line(&mut self, line: Line<'a>, triggers: &BTreeSet<&str>, context: Context<'_>) {
        let id = match entry(line.text) {
            Entry::Blank => {
                // The line end that stands for an empty file is none.
                if line.start > 0 {
                    self.note(Issue::BlankEntry, line.bytes());
                }
                return;
            }
            Entry::Other => return self.other(line),
            Entry::Text(read) => {
                let id = read.id;
                if triggers.contains(id) {
                    self.relations += 1;
                } else {
                    self.label(line, &read, context);
                }
                id
            }
            Entry::Relation { id, .. } => {
                self.relations += 1;
                id
            }
            Entry::Attribute(id) => {
                self.attributes += 1;
                id
            }
        };
        // The equivalences share theirs.
        if id != "*" && !self.ids.insert(id) {
            let issue = wrong("the ID", "one that no line before has", quote(id), true);
            self.note(issue, line.start..line.start + id.len());
        }
    }

    /// A line that is none of brat's.
    fn other(&mut self, line: Line<'a>) {
        let is_comment = line.text.starts_with('#');
        let found = quote(line.text);
        let expected = "an ID such as `T1` and a tab, the type and a tab, and so on";
        self.note(wrong("the line", expected, found, is_comment), line.bytes());
        if is_comment {
            self.unknown += 1;
        } else {
            self.unreadable += 1;
        }
    }

    /// A label on text.
    fn label(&mut self, line: Line<'a>, read: &TextBound<'a>, context: Context<'_>) {
        let bytes = |range: &Range<usize>| line.start + range.start..line.start + range.end;
        let (Some(least), Some(most)) = (
            read.fragments.iter().map(|it| it.start).min(),
            read.fragments.iter().map(|it| it.end).max(),
        ) else {
            let expected = "a name without blanks, a blank, and start and end of each stretch, as in \
                            `Person 0 3;10 15`";
            let found = quote(line.text.get(read.middle.clone()).unwrap_or_default());
            self.note(
                wrong("type and offsets", expected, found, false),
                bytes(&read.middle),
            );
            self.unreadable += 1;
            return;
        };
        let several = read.fragments.len() > 1;
        let is_empty = |fragment: &&Fragment| fragment.end <= fragment.start;
        let mut span = (least, most);
        if several {
            let named = read.fragments.iter().filter(|it| !is_empty(it));
            let starts = named.clone().map(|it| it.start);
            span = (
                starts.min().unwrap_or(least),
                named.map(|it| it.end).max().unwrap_or(most),
            );
            for fragment in read.fragments.iter().filter(is_empty) {
                let expected = "a stretch that ends behind its start";
                let found = format!("{} to {}", fragment.start, fragment.end);
                let issue = wrong("the stretch", expected, found, true);
                self.note(issue, bytes(&fragment.bytes));
            }
            let fragments = read.fragments.iter().map(|it| (it.start, it.end));
            self.fragments
                .push((self.labels.len(), fragments.collect()));
        }
        self.labels.push(Label {
            category: Cow::Borrowed(read.category),
            span: Span {
                unit: context.unit,
                start: span.0,
                end: span.1,
            },
            region: 0,
            index: line.start,
            covered: read.covered.map(Cow::Borrowed),
        });
    }

    fn note(&mut self, issue: Issue, bytes: Range<usize>) {
        self.issues.push(Located {
            issue,
            pointer: Pointer::root(),
            bytes,
        });
    }
}

fn wrong(name: &str, expected: &'static str, found: String, readable: bool) -> Issue {
    Issue::WrongType {
        name: name.to_owned(),
        expected,
        found,
        readable,
    }
}

/// The bytes of a place in a file.
pub(super) fn place(document: &Document<'_>, at: At) -> Range<usize> {
    let label = match at {
        At::Label(index) => document.spans().get(index),
        _ => None,
    };
    // A label's index is the first byte of its line.
    let start = label.map_or(0, |label| label.index);
    let rest = document.source.get(start..).unwrap_or_default();
    let Some(line) = lines(rest).next() else {
        return 0..document.source.len();
    };
    match entry(line.text) {
        Entry::Text(read) if label.is_some() => start + read.middle.start..start + read.middle.end,
        _ => start..start + line.text.len(),
    }
}
