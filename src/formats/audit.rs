//! What is wrong with JSON whatever it means: repeated keys, half characters, deep nesting.

use std::collections::BTreeSet;

use super::Record;
use crate::diagnostics::{Issue, Located};
use crate::json::{Kind, MAX_DEPTH, Node, Pointer, SyntaxError, depth};
use crate::text::ceil_char;

/// Reads a record's JSON and notes what is wrong with it at any depth. `None` where it is no
/// JSON, or nested too deep to go on.
pub(super) fn parse<'a>(record: &Record<'a>, issues: &mut Vec<Located>) -> Option<Node<'a>> {
    let text = record.text;
    if let (levels, Some(beyond)) = depth(text, MAX_DEPTH) {
        let issue = Issue::NestingTooDeep(levels);
        issues.push(located(issue, &Pointer::root(), beyond..beyond + 1));
        return None;
    }
    match Node::parse(text) {
        Ok(node) => {
            audit(text, node, &Pointer::root(), issues);
            Some(node)
        }
        Err(error) => {
            let issue = if record.ends_file && stops(text, &error) {
                Issue::TruncatedFile
            } else {
                Issue::InvalidJson(error.message)
            };
            let end = ceil_char(text, error.byte + 1);
            issues.push(located(issue, &Pointer::root(), error.byte..end));
            None
        }
    }
}

/// The same of a record that is a line: a blank one is noted as that, and is none.
pub(super) fn line<'a>(record: &Record<'a>, issues: &mut Vec<Located>) -> Option<Node<'a>> {
    let text = record.text;
    if text.trim_ascii().is_empty() {
        issues.push(located(Issue::BlankLine, &Pointer::root(), 0..text.len()));
        return None;
    }
    parse(record, issues)
}

/// Whether the text just stops: the fault is that there is no more. Inside a number or a word
/// the parser does not say so.
fn stops(text: &str, error: &SyntaxError) -> bool {
    let text = text.trim_ascii_end();
    if error.message == "trailing characters" {
        // A whole value stands before them.
        return false;
    }
    error.truncated || error.byte + 1 >= text.len() && !text.ends_with(['}', ']'])
}

/// Notes repeated keys and lone surrogates in `node` and in all that it holds.
pub(super) fn audit(text: &str, node: Node<'_>, pointer: &Pointer, issues: &mut Vec<Located>) {
    match node.kind() {
        Kind::Object => {
            let mut seen = BTreeSet::new();
            for member in node.members() {
                let key = member.key();
                let pointer = pointer.key(&key);
                surrogate(text, member.name, &pointer, issues);
                if !seen.insert(key.clone()) {
                    let range = member.name.range_in(text).unwrap_or_default();
                    issues.push(located(
                        Issue::DuplicateKey(key.into_owned()),
                        &pointer,
                        range,
                    ));
                }
                audit(text, member.value, &pointer, issues);
            }
        }
        Kind::Array => {
            for (index, item) in node.items().into_iter().enumerate() {
                // Most of a file is arrays of plain values; their pointers are seldom wanted.
                if matches!(item.kind(), Kind::Object | Kind::Array | Kind::String) {
                    audit(text, item, &pointer.item(index), issues);
                }
            }
        }
        Kind::String => surrogate(text, node, pointer, issues),
        Kind::Null | Kind::Bool | Kind::Number => {}
    }
}

fn surrogate(text: &str, string: Node<'_>, pointer: &Pointer, issues: &mut Vec<Located>) {
    if let Some(Err(_)) = string.string() {
        let range = string.range_in(text).unwrap_or_default();
        issues.push(located(Issue::LoneSurrogate, pointer, range));
    }
}

fn located(issue: Issue, pointer: &Pointer, bytes: std::ops::Range<usize>) -> Located {
    Located {
        issue,
        pointer: pointer.clone(),
        bytes,
    }
}
