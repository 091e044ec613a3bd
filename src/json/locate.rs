//! From a JSON Pointer to bytes, walked anew for each finding that is reported.

use std::ops::Range;

use super::{Node, Pointer};

/// The bytes, in `text`, of the value that `pointer` names; `None` where there is none.
///
/// Where an object holds a key twice the last one counts, as it does for `serde_json`.
#[must_use]
pub fn locate(text: &str, pointer: &Pointer) -> Option<Range<usize>> {
    let mut node = Node::parse(text).ok()?;
    for token in pointer.tokens() {
        node = match token.parse::<usize>() {
            Ok(index) if node.kind() == super::Kind::Array => *node.items().get(index)?,
            _ => {
                let members = node.members();
                let found = members.iter().rev().find(|member| member.key() == token);
                found?.value
            }
        };
    }
    node.range_in(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_objects_and_arrays() {
        let text = r#" {"a": [1, {"b/c": "é"}]}"#;
        let at = |pointer| locate(text, &pointer).map(|range| &text[range]);
        let a = Pointer::root().key("a");
        assert_eq!(at(a.item(0)), Some("1"));
        assert_eq!(at(a.item(1).key("b/c")), Some("\"é\""));
        assert_eq!(at(a.item(2)), None);
        assert_eq!(at(Pointer::root()), Some(text.trim()));
    }
}
