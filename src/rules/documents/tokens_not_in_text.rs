//! `tokens-not-in-text`

use crate::diagnostics::{Issue, Message, Severity, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Tokens that were not cut from the text that there is.
pub struct TokensNotInText;

const META: Meta = Meta {
    name: "tokens-not-in-text",
    group: Group::Documents,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::TOKENS,
    fix: None,
    on_request: false,
    summary: "tokens that do not stand in the text that they should be of",
    why: "A file of tokens has no text and no offsets. Where the texts are given, every token must \
        stand in its text, letter by letter, with nothing but white space between two: then there \
        is one place for each label. A tokenizer that changes characters, a text that was edited \
        since, or a folder with other texts leave no such place, and to look for the nearest one \
        would be a guess. A conversion is refused; `--skip-invalid` leaves the document out.",
    example: "didnt O   (the text has `didn't`)",
    remedy: "Give the folder with the texts that the tokens were cut from. The finding names the \
        first token that does not fit. Leave `--texts` out where the texts are lost: then tokens \
        with blanks between them stand for the text, and it is said that they do.",
    source: "Three tokenizers on 19 texts, run (`str.split`, NLTK's Treebank, a regular expression): \
        white space is all that goes, but for Treebank's quotes and brackets, whose spellings are \
        known here.",
};

impl Rule for TokensNotInText {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn quotes_text(&self) -> bool {
        true
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::TokensNotInText { text, token, found } = issue else {
            return None;
        };
        let Some(text) = text else {
            let message = "no text has these tokens".to_owned();
            let help = "give the folder with the text that they were cut from with `--texts`";
            return Some(Message::new(message).help(help));
        };
        let text = quote(text);
        let message = match (&**token, &**found) {
            ("", found) => format!(
                "{text} goes on behind the last token, with {}",
                quote(found)
            ),
            (token, "") => format!("{text} ends where the token {} should stand", quote(token)),
            (token, found) => format!(
                "the token {} does not stand in {text}, which has {} there",
                quote(token),
                quote(found)
            ),
        };
        let help = "give the text that the tokens were cut from, or mend the token";
        Some(Message::new(message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mismatch_is_named() {
        let text = |token: &str, found: &str| {
            let issue = Issue::TokensNotInText {
                text: Some("1.txt".to_owned()),
                token: token.to_owned(),
                found: found.to_owned(),
            };
            TokensNotInText.issue(&issue).map(|message| message.text)
        };
        let known = "the token `didnt` does not stand in `1.txt`, which has `didn't go` there";
        assert_eq!(text("didnt", "didn't go").as_deref(), Some(known));
        let known = "`1.txt` ends where the token `go` should stand";
        assert_eq!(text("go", "").as_deref(), Some(known));
        let known = "`1.txt` goes on behind the last token, with `go`";
        assert_eq!(text("", "go").as_deref(), Some(known));
    }
}
