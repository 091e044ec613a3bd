//! Reads values with care: what is no value of the type that is wanted becomes a fact.

use std::borrow::Cow;

use crate::diagnostics::{Issue, Located, quote};
use crate::json::{Kind, Node, Pointer};

/// A value and where it stands.
#[derive(Clone)]
pub(super) struct Field<'a> {
    pub(super) node: Node<'a>,
    pub(super) pointer: Pointer,
}

/// The items of an array; a fact, and nothing, where it is none.
pub(super) fn array<'a>(
    text: &str,
    field: &Field<'a>,
    issues: &mut Vec<Located>,
) -> Option<Vec<Field<'a>>> {
    if field.node.kind() != Kind::Array {
        wrong_type(text, field, "an array", issues);
        return None;
    }
    let items = field.node.items().into_iter().enumerate();
    Some(
        items
            .map(|(index, node)| Field {
                node,
                pointer: field.pointer.item(index),
            })
            .collect(),
    )
}

/// The text of a string; a fact, and nothing, where it is none. A lone surrogate is noted
/// elsewhere.
pub(super) fn string<'a>(
    text: &str,
    field: &Field<'a>,
    issues: &mut Vec<Located>,
) -> Option<Cow<'a, str>> {
    if let Some(string) = field.node.string() {
        string.ok()
    } else {
        wrong_type(text, field, "a string", issues);
        None
    }
}

/// Whether a value has the type that `expected` describes; a fact where it does not.
pub(super) fn expect(
    text: &str,
    field: &Field<'_>,
    kind: Kind,
    expected: &'static str,
    issues: &mut Vec<Located>,
) -> bool {
    let fits = field.node.kind() == kind;
    if !fits {
        wrong_type(text, field, expected, issues);
    }
    fits
}

pub(super) fn wrong_type(
    text: &str,
    field: &Field<'_>,
    expected: &'static str,
    issues: &mut Vec<Located>,
) {
    let issue = Issue::WrongType {
        name: name_of(&field.pointer),
        expected,
        found: describe(field.node),
        readable: false,
    };
    issues.push(located(text, issue, field));
}

/// The fact that a value has another type and can be read all the same.
pub(super) fn readable(field: &Field<'_>, expected: &'static str) -> Issue {
    Issue::WrongType {
        name: name_of(&field.pointer),
        expected,
        found: describe(field.node),
        readable: true,
    }
}

pub(super) fn located(text: &str, issue: Issue, field: &Field<'_>) -> Located {
    Located {
        issue,
        pointer: field.pointer.clone(),
        bytes: field.node.range_in(text).unwrap_or_default(),
    }
}

/// What a pointer leads to: a member, an item of an array, or the record itself.
pub(super) fn name_of(pointer: &Pointer) -> String {
    let tokens: Vec<String> = pointer.tokens().collect();
    let is_index = |token: &str| token.bytes().all(|byte| byte.is_ascii_digit());
    match tokens.as_slice() {
        [.., name, array, item] if is_index(item) && is_index(array) => {
            format!("item {item} of item {array} of {}", quote(name))
        }
        [.., array, item] if is_index(item) => format!("item {item} of {}", quote(array)),
        [.., member] => quote(member),
        [] => "the record".to_owned(),
    }
}

/// `the string "12"`, `null`, `an object`
pub(super) fn describe(node: Node<'_>) -> String {
    let value = || quote(node.raw());
    match node.kind() {
        Kind::String => format!("the string {}", value()),
        Kind::Number => format!("the number {}", value()),
        Kind::Bool => format!("the boolean {}", value()),
        kind => kind.to_string(),
    }
}
