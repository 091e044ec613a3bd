//! Reads what stands around the pairs.

use super::super::{Header, Record, audit, byte_order_mark};
use super::wire::{ANNOTATIONS, CLASSES};
use crate::diagnostics::{Issue, Located, Location};
use crate::formats::fields::{Field, Fields, array, string, wrong_type};
use crate::json::cut::Outline;
use crate::json::{Kind, Pointer};
use crate::model::Declaration;

/// Reads the header of a file from its outline.
pub(super) fn header(outline: &Outline) -> Header {
    let mut header = Header::default();
    if outline.byte_order_mark {
        header
            .issues
            .push((Issue::ByteOrderMark, Some(byte_order_mark())));
    }
    if outline.bytes.is_empty() && outline.too_large.is_none() {
        header.project.without_array = true;
        return header;
    }
    let byte = |place: u64| Location {
        bytes: place..place + 1,
        pointer: Some(Pointer::root()),
        document: None,
    };
    for (place, what) in &outline.strays {
        let issue = Issue::InvalidJson((*what).to_owned());
        header.issues.push((issue, Some(byte(*place))));
    }
    if let Some((place, limit)) = outline.too_large {
        let length = None;
        let issue = Issue::TooLong { length, limit };
        header.issues.push((issue, Some(byte(place))));
        header.project.documents_unread = true;
        return header;
    }
    let broken = outline.ends_in_record || !outline.strays.is_empty();
    let mut bytes = outline.bytes.clone();
    if broken && !outline.unclosed.is_empty() {
        // That the file is broken is said where it breaks.
        bytes.extend_from_slice(&outline.unclosed);
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let place = outline.place(error.valid_up_to());
            header.issues.push((Issue::InvalidUtf8, Some(byte(place))));
            return header;
        }
    };
    let record = Record {
        index: 0,
        in_file: (0, 0),
        start: 0,
        text,
        ends_file: true,
    };
    let mut issues = Vec::new();
    if let Some(node) = audit::parse(&record, &mut issues) {
        let root = Field {
            node,
            pointer: Pointer::root(),
        };
        around(outline, text, root, &mut header, &mut issues);
    }
    if broken {
        issues.retain(|found| !found.issue.hides_record());
    }
    header.issues.extend(issues.into_iter().map(|found| {
        let bytes = if found.issue == Issue::TruncatedFile {
            outline.length.saturating_sub(1)..outline.length
        } else {
            outline.range(&found.bytes)
        };
        let location = Location {
            bytes,
            pointer: Some(found.pointer),
            document: None,
        };
        (found.issue, Some(location))
    }));
    header
}

/// Reads an array of pairs, or the object that holds it.
fn around(
    outline: &Outline,
    text: &str,
    root: Field<'_>,
    header: &mut Header,
    issues: &mut Vec<Located>,
) {
    let project = &mut header.project;
    if root.node.kind() == Kind::Array {
        return;
    }
    if root.node.kind() != Kind::Object {
        project.documents_unread = true;
        wrong_type(text, &root, "an array of pairs", issues);
        return;
    }
    project.records_key = Some(ANNOTATIONS);
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
