//! What tells records of a Hugging Face data set.

use super::wire::{TAGS, TOKENS};
use crate::formats::{Head, Match};
use crate::json::{Kind, Node};

/// The value of a member.
fn find<'a>(record: Node<'a>, name: &str) -> Option<Node<'a>> {
    let members = record.members().into_iter();
    let mut found = members.filter(|member| member.key() == name);
    found.next().map(|member| member.value)
}

/// What the labels of a record look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// Spans with `start` and `end`, in a member that no other tool has.
    Spans,
    /// Tokens that are strings, with as many tags.
    Tokens,
    /// The same in a member that other tools have too.
    SharedSpans,
    /// A number as a class.
    Number,
    /// Classes by name.
    Classes,
    /// A list without anything.
    Empty,
}

/// Whether a record has tokens that are strings, and a list of as many tags.
fn has_tokens(record: Node<'_>) -> bool {
    let items = |name: &str| {
        let list = find(record, name).filter(|list| list.kind() == Kind::Array);
        list.map(Node::items)
    };
    let Some(tokens) = items(TOKENS).filter(|tokens| !tokens.is_empty()) else {
        return false;
    };
    let is_tag = |node: &Node<'_>| matches!(node.kind(), Kind::String | Kind::Number);
    let are_tags = |tags: Vec<Node<'_>>| tags.len() == tokens.len() && tags.iter().all(is_tag);
    tokens.iter().all(|token| token.kind() == Kind::String)
        && TAGS.iter().any(|name| items(name).is_some_and(are_tags))
}

fn sign(record: Node<'_>) -> Option<Sign> {
    if has_tokens(record) {
        return Some(Sign::Tokens);
    }
    find(record, "text").filter(|text| text.kind() == Kind::String)?;
    let has = |name: &str| find(record, name).is_some();
    if has("_input_hash") || has("answer") || has("Comments") || has("relations") {
        return None;
    }
    let mut empty = None;
    for name in ["entities", "ner", "annotations", "spans"] {
        let list = find(record, name).filter(|list| list.kind() == Kind::Array);
        let Some(list) = list else { continue };
        let Some(first) = list.items().into_iter().next() else {
            empty = Some(Sign::Empty);
            continue;
        };
        let is_whole = ["start", "end", "label"];
        if is_whole.iter().all(|name| find(first, name).is_some()) {
            let is_shared = name == "spans";
            return Some(if is_shared {
                Sign::SharedSpans
            } else {
                Sign::Spans
            });
        }
    }
    for name in ["label", "labels"] {
        let Some(value) = find(record, name) else {
            continue;
        };
        let one = if value.kind() == Kind::Array {
            value.items().into_iter().next()
        } else {
            Some(value)
        };
        match one.map(Node::kind) {
            Some(Kind::Number) => return Some(Sign::Number),
            Some(Kind::String) => return Some(Sign::Classes),
            None => empty = Some(Sign::Empty),
            Some(_) => {}
        }
    }
    empty
}

/// How much the beginning of a file looks like such records.
pub(super) fn detect(head: &Head<'_>) -> Match {
    if !head.is_object() {
        return Match::No;
    }
    let signs = head.records().iter().map(|record| sign(*record));
    let signs: Vec<Sign> = signs.flatten().collect();
    for (sign, answer) in [
        (Sign::Spans, Match::Fits(1, "spans with `start` and `end`")),
        (
            Sign::Tokens,
            Match::Fits(2, "`tokens` with a list of as many tags"),
        ),
        (
            Sign::Number,
            Match::Fits(1, "a number as the label of a `text`"),
        ),
        (
            Sign::SharedSpans,
            Match::Perhaps("`spans` with `start` and `end`"),
        ),
        (Sign::Classes, Match::Perhaps("a `text` with a `label`")),
        (
            Sign::Empty,
            Match::Perhaps("a `text` with an empty list of labels"),
        ),
    ] {
        if signs.contains(&sign) {
            return answer;
        }
    }
    Match::No
}
