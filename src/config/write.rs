//! Pieces of TOML, as a configuration file has them.

use std::fmt::Write;

use textwrap::{Options, WordSeparator, WordSplitter};

use crate::diagnostics::disturbs;

/// The most columns of a line of comment.
const WIDTH: usize = 100;

/// A string in quotes. What a terminal would act on is escaped.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                out.push('\\');
                out.push(char);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if disturbs(char) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\U{:08X}", u32::from(char));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
    out
}

/// A list of strings.
pub(super) fn list(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let texts = texts.into_iter().map(|text| string(text.as_ref()));
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// A text as lines of comment.
pub(super) fn comment(text: &str) -> String {
    let options = Options::new(WIDTH)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .initial_indent("# ")
        .subsequent_indent("# ");
    let mut lines = textwrap::fill(text, options);
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_again() {
        for text in ["docs", "a \"b\" \\ c", "é 😀\n\t\r\u{1b}[31m\u{202e}\u{7f}"] {
            let written = string(text);
            assert!(!written.chars().any(disturbs), "{written}");
            let table = format!("texts = {}\n", list([text, "x"]));
            let config = crate::config::Config::parse(&table).unwrap();
            let asked = config.asked("a.json".as_ref());
            let want = [text, "x"].map(std::path::PathBuf::from).to_vec();
            assert_eq!(asked.texts, crate::config::Lookup::Folders(want));
        }
    }

    #[test]
    fn comments_fit() {
        let lines = comment(&"word ".repeat(50));
        assert!(
            lines
                .lines()
                .all(|line| line.len() <= WIDTH && line.starts_with("# word"))
        );
    }
}
