//! The values of private members, in a piece of JSON that may begin inside a string.

use std::ops::Range;

use memchr::memchr_iter;

/// The values of members with these names, in bytes. Names are decoded, and read in either case.
///
/// Where the piece begins inside a string, what is in strings and what is between them change
/// places. So what lies between any two quotes is taken for a name if it may be one; that hides too
/// much where a text speaks of such members, and never too little.
pub(super) fn values(text: &str, private: &[&str]) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    if private.is_empty() {
        return found;
    }
    let mut quotes = memchr_iter(b'"', bytes).filter(|at| !is_escaped(&bytes[..*at]));
    let Some(mut open) = quotes.next() else {
        return found;
    };
    // What an array or object within another one ends, that one has.
    let mut enclosed = 0;
    for close in quotes {
        if is_private(&text[open + 1..close], private)
            && let Some(value) = value_after(bytes, close + 1, enclosed)
        {
            if bytes[value.start - 1] != b'"' {
                enclosed = enclosed.max(value.end);
            }
            found.push(value);
        }
        open = close;
    }
    found
}

/// Whether a name as JSON spells it is one of these.
fn is_private(spelled: &str, private: &[&str]) -> bool {
    /// A character is spelled with no more bytes.
    const LONGEST_ESCAPE: usize = 6;
    let is_one = |name: &str| private.iter().any(|one| one.eq_ignore_ascii_case(name));
    let longest = private.iter().map(|name| name.len()).max().unwrap_or(0);
    if spelled.len() > longest * LONGEST_ESCAPE {
        return false;
    }
    if !spelled.contains('\\') {
        return is_one(spelled);
    }
    serde_json::from_str::<String>(&format!("\"{spelled}\"")).is_ok_and(|name| is_one(&name))
}

/// The value of a member whose name ends at `place`, without the quotes of a string; nothing where
/// no value comes, and where it is one of several within what ends at `enclosed`.
fn value_after(bytes: &[u8], place: usize, enclosed: usize) -> Option<Range<usize>> {
    let skip_blanks = |from: usize| {
        let blanks = bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace());
        from + blanks.count()
    };
    let colon = skip_blanks(place);
    if bytes.get(colon) != Some(&b':') {
        return None;
    }
    let start = skip_blanks(colon + 1);
    match bytes.get(start)? {
        b'"' => Some(start + 1..string_end(bytes, start + 1)),
        b'[' | b'{' if start < enclosed => None,
        b'[' | b'{' => Some(start + 1..closing(bytes, start)),
        _ => {
            let is_end = |byte: &u8| byte.is_ascii_whitespace() || b",]}".contains(byte);
            let length = bytes[start..].iter().position(is_end);
            Some(start..length.map_or(bytes.len(), |length| start + length))
        }
    }
}

/// Where the string goes on until, from a byte inside it.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let quotes = memchr_iter(b'"', &bytes[from..]).map(|at| from + at);
    let mut ends = quotes.filter(|at| !is_escaped(&bytes[from..*at]));
    ends.next().unwrap_or(bytes.len())
}

/// Where the array or object that begins at `start` closes.
fn closing(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at + 1),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Whether an odd number of backslashes stands at the end, so that they escape what comes next.
pub(super) fn is_escaped(before: &[u8]) -> bool {
    let backslashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    backslashes.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::super::redacted;

    #[test]
    fn names_in_any_spelling_and_values_of_any_type() {
        let hidden = |text| redacted(text, &["labeler"]).into_owned();
        assert_eq!(
            hidden(r#"{"l\u0061beler":"Jo"}"#),
            r#"{"l\u0061beler":"**"}"#
        );
        assert_eq!(hidden(r#"{"LABELER" : "Jo"}"#), r#"{"LABELER" : "**"}"#);
        assert_eq!(
            hidden(r#"{"labeler":["Jo",{"a":"]\""}],"b":1}"#),
            r#"{"labeler":[****************],"b":1}"#
        );
        assert_eq!(hidden(r#"{"labeler":7,"b":1}"#), r#"{"labeler":*,"b":1}"#);
        assert_eq!(hidden(r#"{"labeler":{"Jo"#), r#"{"labeler":{***"#);
        assert_eq!(hidden(r#"{"labeler":"#), r#"{"labeler":"#);
    }

    #[test]
    fn pieces_that_begin_inside_a_string() {
        let hidden = |text| redacted(text, &["labeler"]).into_owned();
        assert_eq!(hidden(r#"a","labeler":"Jo"}"#), r#"a","labeler":"**"}"#);
        assert_eq!(hidden(r#"\"a","labeler":"Jo"}"#), r#"\"a","labeler":"**"}"#);
        let other = r#"{"label":"labeler","a":"Jo"}"#;
        assert_eq!(hidden(other), other);
    }
}
