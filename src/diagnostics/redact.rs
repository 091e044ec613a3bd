//! Hides what no report may show of a label file: who labeled, and the signatures in URLs.

use std::ops::Range;

/// The text of a piece of a label file with each hidden character as an asterisk, and where
/// `span`, in bytes, is then. Characters keep their number, so columns stay as they are.
///
/// Hidden are the values of `private` members, and the query of a URL that holds a
/// signature (`sig=`). The piece should begin well before what is shown of it, so that the
/// member or the URL that a value belongs to is in sight.
#[must_use]
pub fn redact(text: &str, span: Range<usize>, private: &[&str]) -> (String, Range<usize>) {
    let hidden = hidden(text, private);
    let mut out = String::with_capacity(text.len());
    let mut moved = span.clone();
    for (at, char) in text.char_indices() {
        if at == span.start {
            moved.start = out.len();
        }
        if at == span.end {
            moved.end = out.len();
        }
        let hide = hidden.iter().any(|range| range.contains(&at));
        out.push(if hide { '*' } else { char });
    }
    if span.start >= text.len() {
        moved.start = out.len();
    }
    if span.end >= text.len() {
        moved.end = out.len();
    }
    (out, moved)
}

fn hidden(text: &str, private: &[&str]) -> Vec<Range<usize>> {
    let mut hidden = Vec::new();
    for name in private {
        let name = format!("\"{name}\"");
        for (at, _) in text.match_indices(&name) {
            let after = at + name.len();
            let value = text[after..].trim_start_matches([' ', '\t', ':']);
            let start = text.len() - value.len();
            if value.starts_with('"') {
                hidden.push(start + 1..string_end(text, start + 1));
            }
        }
    }
    for (at, _) in text.match_indices("sig=") {
        let before = &text[..at];
        let string = before.rfind('"').map_or(0, |quote| quote + 1);
        let start = before[string..]
            .find('?')
            .map_or(at, |mark| string + mark + 1);
        hidden.push(start..string_end(text, at));
    }
    hidden
}

/// Where the string goes on until, from a byte inside it.
fn string_end(text: &str, from: usize) -> usize {
    let mut escaped = false;
    for (at, char) in text[from..].char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return from + at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 2] = ["labeler", "updated_by"];

    #[test]
    fn names_and_signatures() {
        let text = r#"{"image_url":"https://a/b.txt?sv=1&sig=x%2Fy","labeler": "Å \"B\"","x":1}"#;
        let span = text.find("\"x\"").unwrap();
        let (redacted, moved) = redact(text, span..span + 3, &NAMES);
        let want = r#"{"image_url":"https://a/b.txt?**************","labeler": "*******","x":1}"#;
        assert_eq!(redacted, want);
        assert_eq!(&redacted[moved], "\"x\"");
    }

    #[test]
    fn cut_pieces() {
        assert_eq!(redact("…&sig=abc\",", 0..0, &NAMES).0, "…&*******\",");
        assert_eq!(
            redact("\"updated_by\":\"Som", 0..0, &NAMES).0,
            "\"updated_by\":\"***"
        );
        assert_eq!(
            redact("\"label\":\"What? a=b\"", 0..0, &NAMES).0,
            "\"label\":\"What? a=b\""
        );
    }
}
