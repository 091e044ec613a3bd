//! Writes annotation files, and the texts beside them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::config;
use super::keep::{self, Kept};
use super::wire::{ANNOTATIONS, TEXT, set_of};
use crate::alignment::{AlignedDocument, is_white};
use crate::diagnostics::Assumption;
use crate::formats::ledger::own_keys;
use crate::formats::losses::{CONTAINER, Loss, Losses};
use crate::formats::{Output, Plan, Relieve, Writer, Written};
use crate::model::{Document, Project};
use crate::text::{ByteRange, Span, Text};

pub(super) struct BratWriter {
    plan: Plan,
    /// Names of labels that would become that of another.
    alike: BTreeSet<String>,
}

impl BratWriter {
    pub(super) fn new(plan: Plan) -> Self {
        let mut known: BTreeMap<Cow<'_, str>, &str> = BTreeMap::new();
        let mut alike = BTreeSet::new();
        for label in &plan.labels {
            if let Some(other) = known.insert(type_of(label), label)
                && other != label
            {
                alike.extend([label.clone(), other.to_owned()]);
            }
        }
        Self { plan, alike }
    }
}

/// A name as a type of brat: without blanks.
fn type_of(name: &str) -> Cow<'_, str> {
    if name.contains(is_white) {
        Cow::Owned(name.replace(is_white, "_"))
    } else {
        Cow::Borrowed(name)
    }
}

/// What ends a line for brat's parser, which is Python's `splitlines`, and more that it takes for
/// white space.
const fn breaks(char: char) -> bool {
    matches!(
        char,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The stretches of a span that go over no line break, without white space at the breaks: bytes of
/// its words.
fn stretches(words: &str) -> Vec<Range<usize>> {
    if !words.contains(breaks) {
        return std::iter::once(0..words.len()).collect();
    }
    let (mut found, mut at) = (Vec::new(), 0);
    let last = words.split(breaks).count() - 1;
    for (number, line) in words.split(breaks).enumerate() {
        let start = at;
        // The break behind the line is one character.
        let behind = words[start + line.len()..].chars().next();
        at = start + line.len() + behind.map_or(0, char::len_utf8);
        let mut kept = line;
        if number > 0 {
            kept = kept.trim_start_matches(is_white);
        }
        let from = start + line.len() - kept.len();
        if number < last {
            kept = kept.trim_end_matches(is_white);
        }
        if !kept.is_empty() {
            found.push(from..from + kept.len());
        }
    }
    found
}

/// The line of a label without its ID: type, offsets and covered text.
fn label(category: &str, text: &Text<'_>, range: ByteRange, span: Span, out: &mut Vec<u8>) {
    let words = text.slice(range);
    let mut stretches = stretches(words).into_iter();
    let first = stretches.next().unwrap_or(0..words.len());
    let others: Vec<Range<usize>> = stretches.collect();
    out.extend_from_slice(type_of(category).as_bytes());
    if others.is_empty() {
        out.extend_from_slice(format!(" {} {}\t", span.start, span.end).as_bytes());
        out.extend_from_slice(words.as_bytes());
        return;
    }
    let all = || std::iter::once(&first).chain(&others);
    let length = |words: &str| i64::try_from(Text::new(words).len(span.unit)).unwrap_or(i64::MAX);
    let mut at = (0, span.start);
    for (number, part) in all().enumerate() {
        let between = if number == 0 { ' ' } else { ';' };
        let start = at.1 + length(&words[at.0..part.start]);
        let end = start + length(&words[part.clone()]);
        out.extend_from_slice(format!("{between}{start} {end}").as_bytes());
        at = (part.end, end);
    }
    for (number, part) in all().enumerate() {
        out.push(if number == 0 { b'\t' } else { b' ' });
        out.extend_from_slice(words[part.clone()].as_bytes());
    }
}

/// The bytes of a text as they stand in its file.
fn whole(text: &Text<'_>) -> Vec<u8> {
    let mark = if text.has_byte_order_mark() {
        "\u{feff}"
    } else {
        ""
    };
    [mark.as_bytes(), text.as_str().as_bytes()].concat()
}

/// The name of a document without the ending of texts.
fn stem(name: &str) -> &str {
    name.strip_suffix(TEXT).unwrap_or(name)
}

impl Writer for BratWriter {
    fn head(&self, out: &mut Vec<u8>) {
        let mut known = BTreeSet::new();
        let types = self.plan.labels.iter().map(|label| type_of(label));
        let types: Vec<Cow<'_, str>> = types.filter(|name| known.insert(name.clone())).collect();
        let types = types.iter().map(|name| &**name);
        match self.plan.restored.as_ref().and_then(keep::config) {
            Some(kept) => config::put_back(&kept, types, out),
            None => config::write(types, out),
        }
    }

    fn document(&self, written: Written<'_, '_>, out: &mut Output, _relieve: Relieve<'_>) {
        let aligned = written.aligned;
        let name = self.target_name(aligned.document);
        let Some(text) = aligned.any_text() else {
            return;
        };
        out.files.push((name.to_owned(), whole(text)));
        // brat counts the mark as the one character that it is.
        let mark = i64::from(text.has_byte_order_mark());
        let targets: Vec<_> = aligned.targets().collect();
        let spans: Vec<Span> = targets.iter().map(|(_, span)| *span).collect();
        let ranges = text.resolve(&spans);
        let mut lines = Vec::new();
        let line = |number: usize, id: &str, lines: &mut Vec<u8>| {
            let (Some((one, span)), Some(Ok(range))) = (targets.get(number), ranges.get(number))
            else {
                return;
            };
            let span = Span {
                start: span.start + mark,
                end: span.end + mark,
                ..*span
            };
            lines.extend_from_slice(id.as_bytes());
            lines.push(b'\t');
            label(&one.category, text, *range, span, lines);
            lines.push(b'\n');
        };
        let own = own_keys(aligned.document);
        let own = own.into_iter().zip(&aligned.spans);
        let now = own
            .filter(|(_, span)| span.target.is_some())
            .map(|(key, _)| key);
        match keep::put_back(written.entries, &now.collect::<Vec<_>>()) {
            None => (0..targets.len())
                .for_each(|number| line(number, &format!("T{}", number + 1), &mut lines)),
            Some(kept) => {
                for one in kept {
                    match one {
                        Kept::Label(number, id) => line(number, &id, &mut lines),
                        Kept::Line(kept) => {
                            lines.extend_from_slice(kept.as_bytes());
                            lines.push(b'\n');
                        }
                    }
                }
            }
        }
        out.files
            .push((format!("{}{ANNOTATIONS}", stem(name)), lines));
    }

    fn separator(&self) -> &'static [u8] {
        b""
    }

    fn tail(&self, _any: bool, _out: &mut Vec<u8>) {}

    fn target_name<'d>(&self, document: &'d Document<'_>) -> &'d str {
        document.address.path()
    }

    fn holds(&self, document: &Document<'_>) -> bool {
        !document.extras.unlabeled
    }

    /// A text without labels is a file all the same, for who labels it.
    fn unheld(&self, aligned: &AlignedDocument<'_>, out: &mut Output) {
        if let Some(text) = aligned.any_text() {
            let name = self.target_name(aligned.document);
            out.files.push((name.to_owned(), whole(text)));
        }
    }

    fn name_fault(&self, document: &Document<'_>) -> Option<&'static str> {
        if !self.target_name(document).ends_with(TEXT) {
            return Some("it does not end in `.txt`, and brat finds labels by a text that does");
        }
        let mut categories = document.categories();
        categories
            .any(|(category, _)| self.alike.contains(category))
            .then_some(
                "names of two of its labels would become one, since brat has no blanks in them",
            )
    }

    fn label_name<'l>(&self, name: &'l str) -> Cow<'l, str> {
        type_of(name)
    }

    fn span_fault(&self, words: &str) -> bool {
        words.contains(breaks) && (words.starts_with(is_white) || words.ends_with(is_white))
    }

    fn needs_text(&self) -> bool {
        true
    }

    fn counts_mark(&self) -> bool {
        true
    }

    fn losses(&self, aligned: &AlignedDocument<'_>, losses: &mut Losses) {
        let document = aligned.document;
        losses.add(Loss::Unlabeled, u64::from(document.extras.unlabeled));
        losses.add(Loss::Class, document.classes().len() as u64);
        losses.add_unheld(document);
        let by_folder = set_of(self.target_name(document));
        let is_lost = document.split.is_some() && document.split != by_folder;
        losses.add(Loss::Split, u64::from(is_lost));
        let renamed = document.categories();
        let renamed = renamed.filter(|(category, _)| self.is_renamed(category));
        losses.add(Loss::LabelName, renamed.count() as u64);
        losses.add_regions(aligned);
        losses.add_language(aligned);
    }

    fn corpus_losses(&self, source: &Project, losses: &mut Losses, rebuilt: &mut Vec<Assumption>) {
        losses.add_project(source, CONTAINER, rebuilt);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(words: &str) -> Vec<&str> {
        stretches(words)
            .into_iter()
            .map(|part| &words[part])
            .collect()
    }

    #[test]
    fn a_span_over_line_breaks_is_one_stretch_a_line() {
        assert_eq!(cut("Ada Byron"), ["Ada Byron"]);
        assert_eq!(cut(" Ada "), [" Ada "]);
        assert_eq!(cut("Ada \r\n\r\n\tByron"), ["Ada", "Byron"]);
        assert_eq!(
            cut("A\u{2028}B\u{85}C\u{b}D\u{1c}E"),
            ["A", "B", "C", "D", "E"]
        );
        assert_eq!(cut("\u{e9}\n\u{1f600}"), ["\u{e9}", "\u{1f600}"]);
        assert_eq!(cut("\n"), [""; 0]);
    }
}
