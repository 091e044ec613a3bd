//! What a parser says of data, without the data.

use serde_json::error::Category;

/// What the JSON parser has to say, without the values that it quotes: a ledger holds addresses and
/// names of people.
#[must_use]
pub fn parser_words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    // Of what is no JSON it quotes nothing, and it names members only if they are our own.
    let quotes_nothing = error.classify() != Category::Data
        || ["missing field", "duplicate field"]
            .iter()
            .any(|own| words.starts_with(own));
    if quotes_nothing {
        return words;
    }
    let what = words.split(['`', '"', ':', ',']).next().unwrap_or_default();
    let what = what.trim_end();
    // What comes last is what it expects, and where.
    if let Some((_, expected)) = words.rsplit_once(", expected ") {
        return format!("{what}, expected {expected}");
    }
    let (line, column) = (error.line(), error.column());
    format!("{what} at line {line} column {column}")
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
                "unknown variant, expected `member` at line 1 column 12",
            ),
            (
                r#"{"fact":"member","nth":"a, expected Jo"}"#,
                "invalid type, expected usize at line 1 column 39",
            ),
            (
                r#"{"nth":-1}"#,
                "invalid value, expected usize at line 1 column 9",
            ),
            (r#"{"nth":1}"#, "missing field `fact` at line 1 column 9"),
            (r#"{"nth":"#, "EOF while parsing a value at line 1 column 7"),
        ] {
            let error = serde_json::from_str::<Entry>(text).unwrap_err();
            assert_eq!(parser_words(&error), want, "{text}");
        }
    }
}
