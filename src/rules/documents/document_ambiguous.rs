//! `document-ambiguous`

use crate::diagnostics::{Issue, Message, Severity, count, quote};
use crate::rules::{Basis, Group, Meta, Rule, Scope};

/// Tokens that several texts have.
pub struct DocumentAmbiguous;

const META: Meta = Meta {
    name: "document-ambiguous",
    group: Group::Documents,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::TOKENS,
    fix: None,
    on_request: false,
    summary: "tokens that several texts have, so that the name of the document is not known",
    why: "A file of tokens mostly does not say how its documents are called, so each is found by its \
        characters. Two texts that differ in nothing but white space cannot be told apart so. The \
        labels fit each of them; the first by name is taken. Where the file has the tokens twice, \
        both documents get that name, and that is an error.",
    example: "Paris B-City   (the folder has `1.txt` and `2.txt` with the text `Paris`)",
    remedy: "Give a folder that has each text once, or name the documents in the file with a comment \
        such as `# newdoc id = 1.txt`.",
    source: "By construction: the tokens are all that the file has.",
};

impl Rule for DocumentAmbiguous {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn issue(&self, issue: &Issue) -> Option<Message> {
        let Issue::DocumentAmbiguous {
            taken,
            other,
            texts,
        } = issue
        else {
            return None;
        };
        let texts = count(*texts, "text");
        let message = format!(
            "{texts} have these tokens, {} and {} among them; the first is taken",
            quote(taken),
            quote(other)
        );
        let help = "keep each text once, or name the document with `# newdoc id = …`";
        Some(Message::new(message).help(help))
    }
}
