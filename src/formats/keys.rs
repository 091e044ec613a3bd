//! The keys of an object whose end may be cut off.

use crate::json::{Kind, Node};

/// The keys at the top of the object that `text` begins with, as far as it goes. Needs no
/// valid JSON.
pub(super) fn top_keys(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let (mut keys, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    let mut wants_key = false;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at);
                if depth == 1 && wants_key {
                    let key = Node::parse(&text[at..end])
                        .ok()
                        .filter(|key| key.kind() == Kind::String);
                    if let Some(Some(Ok(key))) = key.map(Node::string) {
                        keys.push(key.into_owned());
                    }
                }
                wants_key = false;
                at = end;
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                wants_key = depth == 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            b',' => wants_key = depth == 1,
            _ => {}
        }
        at += 1;
    }
    keys
}

/// The whole items of an array, whose text begins behind its bracket; a last one that is cut is none
/// of them. Needs no valid JSON.
pub(super) fn first_items(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r' | b',')) {
            at += 1;
        }
        let start = at;
        let mut depth = 0_usize;
        loop {
            match bytes.get(at)? {
                b'"' => {
                    at = string_end(bytes, at);
                    // One that is cut ends with the text.
                    if at == bytes.len() {
                        return None;
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' if depth == 0 => break,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        (at > start).then(|| &text[start..at])
    })
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_those_that_are_whole() {
        let items = |text| first_items(text).collect::<Vec<_>>();
        assert_eq!(
            items(r#" {"a":[1,2]} ,"x,]", 3,{"b":{"#),
            [r#"{"a":[1,2]} "#, r#""x,]""#, "3"]
        );
        assert_eq!(items(r#"{"a":1}] rest"#), [r#"{"a":1}"#]);
        assert!(items("]").is_empty() && items("").is_empty());
    }

    #[test]
    fn keys_are_those_of_the_outer_object() {
        assert_eq!(
            top_keys(r#"{"a":{"b":1},"c\u0064":["e",{"f":2}],"g"#),
            ["a", "cd"]
        );
        assert!(top_keys("{}").is_empty());
    }
}
