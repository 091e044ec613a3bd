//! What is wrong with JSON whatever it means: repeated keys, half characters, deep nesting.

use std::collections::BTreeSet;

use super::Record;
use crate::diagnostics::{Fact, Located};
use crate::json::{Kind, MAX_DEPTH, Node, Pointer, SyntaxError, depth};
use crate::text::ceil_char;

/// Reads a record's JSON and notes what is wrong with it at any depth. `None` where it is no
/// JSON, or nested too deep to go on.
pub(super) fn parse<'a>(record: &Record<'a>, facts: &mut Vec<Located>) -> Option<Node<'a>> {
    let text = record.text;
    if let (levels, Some(beyond)) = depth(text, MAX_DEPTH) {
        let fact = Fact::NestingTooDeep(levels);
        facts.push(located(fact, &Pointer::root(), beyond..beyond + 1));
        return None;
    }
    match Node::parse(text) {
        Ok(node) => {
            audit(text, node, &Pointer::root(), facts);
            Some(node)
        }
        Err(error) => {
            let fact = if record.ends_file && stops(text, &error) {
                Fact::TruncatedFile
            } else {
                Fact::InvalidJson(error.message)
            };
            let end = ceil_char(text, error.byte + 1);
            facts.push(located(fact, &Pointer::root(), error.byte..end));
            None
        }
    }
}

/// Whether the text just stops: the fault is that there is no more. Inside a number or a word
/// the parser does not say so.
fn stops(text: &str, error: &SyntaxError) -> bool {
    let text = text.trim_ascii_end();
    error.truncated || error.byte + 1 >= text.len() && !text.ends_with(['}', ']'])
}

/// Notes repeated keys and lone surrogates in `node` and in all that it holds.
pub(super) fn audit(text: &str, node: Node<'_>, pointer: &Pointer, facts: &mut Vec<Located>) {
    match node.kind() {
        Kind::Object => {
            let mut seen = BTreeSet::new();
            for member in node.members() {
                let key = member.key();
                let pointer = pointer.key(&key);
                surrogate(text, member.name, &pointer, facts);
                if !seen.insert(key.clone()) {
                    let range = member.name.range_in(text).unwrap_or_default();
                    facts.push(located(
                        Fact::DuplicateKey(key.into_owned()),
                        &pointer,
                        range,
                    ));
                }
                audit(text, member.value, &pointer, facts);
            }
        }
        Kind::Array => {
            for (index, item) in node.items().into_iter().enumerate() {
                // Most of a file is arrays of plain values; their pointers are seldom wanted.
                if matches!(item.kind(), Kind::Object | Kind::Array | Kind::String) {
                    audit(text, item, &pointer.item(index), facts);
                }
            }
        }
        Kind::String => surrogate(text, node, pointer, facts),
        Kind::Null | Kind::Bool | Kind::Number => {}
    }
}

fn surrogate(text: &str, string: Node<'_>, pointer: &Pointer, facts: &mut Vec<Located>) {
    if let Some(Err(_)) = string.string() {
        let range = string.range_in(text).unwrap_or_default();
        facts.push(located(Fact::LoneSurrogate, pointer, range));
    }
}

fn located(fact: Fact, pointer: &Pointer, bytes: std::ops::Range<usize>) -> Located {
    Located {
        fact,
        pointer: pointer.clone(),
        bytes,
    }
}
