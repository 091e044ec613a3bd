//! Single values set and taken away.

use serde_json::Value;

use crate::mutations::clean::Base;
use crate::mutations::corpus::{Corpus, Place};
use crate::mutations::defect::{Defect, defect};

/// A pointer from a document to something in it, with `*` for any item.
fn any_in(corpus: &Corpus, document: usize, pattern: &str) -> String {
    let mut pointer = String::new();
    for token in pattern.split('/').skip(1) {
        if token == "*" {
            let list = corpus.documents()[document].pointer(&pointer).unwrap();
            let indices = (0..list.as_array().unwrap().len()).collect();
            pointer = format!("{pointer}/{}", corpus.pick::<usize>(indices));
        } else {
            pointer = format!("{pointer}/{token}");
        }
    }
    pointer
}

fn parent(pointer: &str) -> (String, String) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    (parent.to_owned(), name.to_owned())
}

/// Sets something in the header.
pub(super) fn header(
    rule: &'static str,
    base: Base,
    pointer: &'static str,
    value: Value,
) -> Defect {
    let name = format!("{pointer} is {}", short(&value));
    defect(rule, base, name, move |corpus| {
        let (parent, name) = parent(pointer);
        corpus.file.pointer_mut(&parent).unwrap()[name] = value.clone();
        Place::Header(pointer.to_owned())
    })
}

/// Sets something in a document.
pub(in crate::mutations) fn within(
    rule: &'static str,
    base: Base,
    pattern: &'static str,
    value: Value,
) -> Defect {
    let name = format!("{pattern} is {}", short(&value));
    defect(rule, base, name, move |corpus| {
        let document = corpus.any_document();
        let pointer = any_in(corpus, document, pattern);
        let (parent, name) = parent(&pointer);
        let parent = corpus.document(document).pointer_mut(&parent).unwrap();
        match parent {
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
            other => other[name] = value.clone(),
        }
        Place::Document(document, pointer)
    })
}

pub(in crate::mutations) fn short(value: &Value) -> String {
    value.to_string().chars().take(60).collect()
}

/// Takes a member out of the header.
pub(super) fn header_without(base: Base, pointer: &'static str) -> Defect {
    let rule = if pointer == "/stringIndexType" {
        "string-index-type"
    } else {
        "missing-member"
    };
    defect(rule, base, format!("{pointer} is absent"), move |corpus| {
        let (parent, name) = parent(pointer);
        let object = corpus.file.pointer_mut(&parent).unwrap();
        object.as_object_mut().unwrap().remove(&name).unwrap();
        Place::Header(parent)
    })
}

/// Misspells the name of a member of the header.
pub(super) fn header_misspelled(base: Base, pointer: &'static str, wrong: &'static str) -> Defect {
    let name = format!("{pointer} is spelled {wrong}");
    defect("unknown-member", base, name, move |corpus| {
        let (parent, right) = parent(pointer);
        let object = corpus.file.pointer_mut(&parent).unwrap();
        rename(object, &right, wrong);
        Place::Header(format!("{parent}/{wrong}"))
    })
}

/// Misspells the name of a member of a document.
pub(super) fn misspelled(base: Base, pattern: &'static str, wrong: &'static str) -> Defect {
    let name = format!("{pattern} is spelled {wrong}");
    defect("unknown-member", base, name, move |corpus| {
        let document = corpus.any_document();
        let pointer = any_in(corpus, document, pattern);
        let (parent, right) = parent(&pointer);
        let object = corpus.document(document).pointer_mut(&parent).unwrap();
        rename(object, &right, wrong);
        Place::Document(document, format!("{parent}/{wrong}"))
    })
}

fn rename(object: &mut Value, right: &str, wrong: &str) {
    let members = object.as_object_mut().unwrap();
    let value = members.remove(right).unwrap();
    members.insert(wrong.to_owned(), value);
}

/// Takes a member out of a document.
pub(super) fn without(base: Base, pattern: &'static str) -> Defect {
    let name = format!("{pattern} is absent");
    defect("missing-member", base, name, move |corpus| {
        let document = corpus.any_document();
        let pointer = any_in(corpus, document, pattern);
        let (parent, name) = parent(&pointer);
        let object = corpus.document(document).pointer_mut(&parent).unwrap();
        object.as_object_mut().unwrap().remove(&name).unwrap();
        Place::Document(document, parent)
    })
}
