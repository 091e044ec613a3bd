//! What a parser says of data, without the data.

use serde_json::error::Category;

/// What the JSON parser has to say of a line, without the values that it quotes: a ledger holds
/// addresses and names of people. The column counts bytes from 1 on; which line it is, the caller
/// knows.
#[must_use]
pub fn parser_words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let column = error.column();
    let place = format!(" at line {} column {column}", error.line());
    let (words, place) = match words.strip_suffix(&place) {
        Some(words) => (words, format!(" at column {column}")),
        None => (&*words, String::new()),
    };
    // Of what is no JSON it quotes nothing, and it names members only if they are our own.
    let quotes_nothing = error.classify() != Category::Data
        || ["missing field", "duplicate field"]
            .iter()
            .any(|own| words.starts_with(own));
    if quotes_nothing {
        return format!("{words}{place}");
    }
    let what = words.split(['`', '"', ':', ',']).next().unwrap_or_default();
    let what = what.trim_end();
    // What comes last is what it expects.
    match words.rsplit_once(", expected ") {
        Some((_, expected)) => format!("{what}, expected {expected}{place}"),
        None => format!("{what}{place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Sort {
        Member,
    }

    #[derive(Debug, Deserialize)]
    struct Entry {
        #[serde(rename = "fact")]
        _fact: Sort,
        #[serde(rename = "nth")]
        _nth: usize,
    }

    #[test]
    fn values_are_not_said() {
        for (text, want) in [
            (
                r#"{"fact":"Jo"}"#,
                "unknown variant, expected `member` at column 12",
            ),
            (
                r#"{"fact":"member","nth":"a, expected Jo"}"#,
                "invalid type, expected usize at column 39",
            ),
            (r#"{"nth":-1}"#, "invalid value, expected usize at column 9"),
            (r#"{"nth":1}"#, "missing field `fact` at column 9"),
            (r#"{"nth":"#, "EOF while parsing a value at column 7"),
        ] {
            let error = serde_json::from_str::<Entry>(text).unwrap_err();
            assert_eq!(parser_words(&error), want, "{text}");
        }
    }
}
