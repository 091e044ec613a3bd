//! Reads what stands around the pairs.

use super::super::Header;
use super::super::array::header as around_records;
use super::wire::{ANNOTATIONS, CLASSES};
use crate::diagnostics::{Issue, Located, Location};
use crate::formats::fields::{Field, Fields, array, string};
use crate::json::cut::Outline;
use crate::json::{Node, Pointer};
use crate::model::Declaration;

/// Reads the header of a file from its outline.
pub(super) fn header(outline: &Outline) -> Header {
    let text = std::str::from_utf8(&outline.bytes).unwrap_or_default();
    let mut header = around_records(outline, "an array of pairs");
    if outline.bytes.is_empty() && outline.too_large.is_none() {
        // They are lines.
        header
            .issues
            .retain(|(issue, _)| *issue == Issue::ByteOrderMark);
        header.project.without_array = true;
        return header;
    }
    if text.trim_ascii_start().starts_with('{') {
        // It is the object that holds the array.
        let is_other = |issue: &Issue| !matches!(issue, Issue::WrongType { .. });
        header.issues.retain(|(issue, _)| is_other(issue));
        header.project.documents_unread = false;
        header.project.records_key = Some(ANNOTATIONS);
        if let Ok(node) = Node::parse(text) {
            let root = Field {
                node,
                pointer: Pointer::root(),
            };
            let mut issues = Vec::new();
            object(outline, text, root, &mut header, &mut issues);
            header.issues.extend(issues.into_iter().map(|found| {
                let location = Location {
                    bytes: outline.range(&found.bytes),
                    pointer: Some(found.pointer),
                    document: None,
                };
                (found.issue, Some(location))
            }));
        }
    }
    header
}

/// Reads the object that holds the array of pairs.
fn object(
    outline: &Outline,
    text: &str,
    root: Field<'_>,
    header: &mut Header,
    issues: &mut Vec<Located>,
) {
    let project = &mut header.project;
    let Some(top) = Fields::new(text, root, issues) else {
        return;
    };
    match top.required(ANNOTATIONS, issues) {
        Some(field) => project.documents_unread = array(text, &field, issues).is_none(),
        None => project.documents_unread = true,
    }
    let classes = top.optional(CLASSES, issues);
    let classes = classes.and_then(|field| array(text, &field, issues));
    for field in classes.unwrap_or_default() {
        if let Some(name) = string(text, &field, issues) {
            project.declared.push(Declaration {
                name: name.into_owned(),
                bytes: outline.range(&field.node.range_in(text).unwrap_or_default()),
                pointer: field.pointer,
            });
        }
    }
    project.extras = top.unknown(&[ANNOTATIONS, CLASSES], issues);
}
