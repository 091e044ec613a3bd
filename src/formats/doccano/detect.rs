//! What tells a file of doccano.

use crate::formats::detect::is_spread;
use crate::formats::{Head, Match};
use crate::json::{Kind, Node};

/// What the labels of a line look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Triples,
    Objects,
    Comments,
    Columns,
    Classes,
    Empty,
}

/// The value of a member.
fn find<'a>(record: Node<'a>, name: &str) -> Option<Node<'a>> {
    let members = record.members().into_iter();
    let mut found = members.filter(|member| member.key() == name);
    found.next().map(|member| member.value)
}

fn sign(record: Node<'_>) -> Option<Sign> {
    let has = |name: &str| find(record, name).is_some();
    if has("column_data") && has("column_label") {
        return Some(Sign::Columns);
    }
    let texts = ["text", "data"].into_iter();
    let mut texts = texts.filter_map(|name| find(record, name));
    texts.find(|text| text.kind() == Kind::String)?;
    if has("_input_hash") || has("answer") {
        return None;
    }
    let mut last = None;
    for name in ["label", "labels", "entities", "annotations"] {
        let Some(value) = find(record, name) else {
            continue;
        };
        let one = match value.kind() {
            Kind::Array => value.items().into_iter().next(),
            _ => Some(value),
        };
        match one.map(|one| (one, one.kind())) {
            Some((span, Kind::Array)) if is_triple(span) => return Some(Sign::Triples),
            Some((span, Kind::Object)) if find(span, "start_offset").is_some() => {
                return Some(Sign::Objects);
            }
            Some((_, Kind::String | Kind::Number)) if name != "annotations" => {
                last = Some(Sign::Classes);
            }
            None if last.is_none() => last = Some(Sign::Empty),
            Some(_) | None => {}
        }
    }
    last.map(|sign| {
        if has("Comments") {
            Sign::Comments
        } else {
            sign
        }
    })
}

/// Whether it is `[start, end, name]`, be it with numbers that are spelled oddly.
fn is_triple(span: Node<'_>) -> bool {
    let is_offset = |node: &Node<'_>| matches!(node.kind(), Kind::Number | Kind::String);
    match span.items()[..] {
        [start, end, name] => is_offset(&start) && is_offset(&end) && is_offset(&name),
        _ => false,
    }
}

/// How much the beginning of a file looks like such lines.
pub(super) fn detect(head: &Head<'_>) -> Match {
    if !head.is_object() {
        return Match::No;
    }
    let text = ["text", "data"];
    let labels = ["label", "entities", "relations", "Comments"];
    if head.records().is_empty()
        && head.known(&text) > 0
        && head.known(&labels) > 1
        && is_spread(head.text)
    {
        let what = "a record of doccano that is spread over several lines, where JSONL has one \
                    object a line";
        return Match::Broken(what.to_owned());
    }
    let signs = head.records().iter().map(|record| sign(*record));
    let signs: Vec<Sign> = signs.flatten().collect();
    for (sign, answer) in [
        (
            Sign::Triples,
            Match::Fits(1, "spans as `[start, end, name]`"),
        ),
        (Sign::Objects, Match::Fits(1, "spans with `start_offset`")),
        (Sign::Comments, Match::Fits(1, "`Comments` beside labels")),
        (
            Sign::Columns,
            Match::Fits(1, "`column_data` and `column_label`"),
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
