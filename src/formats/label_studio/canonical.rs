//! The canonical layout of what a task holds: its regions, its annotations.

use super::wire::{CLASS_CONTROL, LABEL_CONTROL, TEXT_OBJECT};
use crate::formats::layout::{close, integer, key, line, text, value};
use crate::formats::write::string;
use crate::json::Node;
use crate::model::Document;
use crate::text::Span;

/// A member whose value is spelled as JSON.
pub(super) fn raw_member(level: usize, name: &str, raw: &str, out: &mut Vec<u8>) {
    line(level, out);
    string(name, out);
    out.extend_from_slice(b": ");
    if let Ok(node) = Node::parse(raw) {
        value(level, node, out);
    }
}

/// The members of a region that say which it is and what it belongs to.
fn begin_region(document: u64, number: usize, control: &str, kind: &str, out: &mut Vec<u8>) {
    line(5, out);
    out.push(b'{');
    text(6, "id", &format!("{}-{}", document + 1, number + 1), out);
    text(6, "from_name", control, out);
    text(6, "to_name", TEXT_OBJECT, out);
    text(6, "type", kind, out);
    key(6, "value", out);
    out.push(b'{');
}

fn names<'n>(member: &str, names: impl Iterator<Item = &'n str>, out: &mut Vec<u8>) {
    key(7, member, out);
    out.push(b'[');
    for name in names {
        line(8, out);
        string(name, out);
        out.push(b',');
    }
    close(7, b']', out);
    close(6, b'}', out);
    close(5, b'}', out);
}

/// The region of a span, the `number`th of its document from 0.
pub(super) fn span_region(
    document: u64,
    number: usize,
    category: &str,
    span: Span,
    out: &mut Vec<u8>,
) {
    begin_region(document, number, LABEL_CONTROL, "labels", out);
    integer(7, "start", span.start, out);
    integer(7, "end", span.end, out);
    names("labels", std::iter::once(category), out);
}

/// The region of the classes of a document.
pub(super) fn class_region<'n>(
    document: u64,
    number: usize,
    classes: impl Iterator<Item = &'n str>,
    out: &mut Vec<u8>,
) {
    begin_region(document, number, CLASS_CONTROL, "choices", out);
    names("choices", classes, out);
}

/// `annotations` of a document with these spans and its classes, as a member of its task.
pub(super) fn annotations<'d>(
    document: &'d Document<'_>,
    spans: impl Iterator<Item = (&'d str, Span)>,
    out: &mut Vec<u8>,
    mut relieve: impl FnMut(&mut Vec<u8>),
) {
    key(2, "annotations", out);
    out.push(b'[');
    line(3, out);
    out.push(b'{');
    key(4, "result", out);
    out.push(b'[');
    let mut number = 0;
    for (category, span) in spans {
        span_region(document.index, number, category, span, out);
        number += 1;
        relieve(out);
    }
    let classes = document.classes();
    if !classes.is_empty() {
        let classes = classes.iter().map(|class| &*class.category);
        class_region(document.index, number, classes, out);
    }
    close(4, b']', out);
    close(3, b'}', out);
    close(2, b']', out);
}
