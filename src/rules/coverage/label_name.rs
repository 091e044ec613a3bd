//! `label-name`

use crate::corpus::kept_name::characters;
use crate::diagnostics::{Message, Severity, count, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A label with a name that the service does not take.
pub struct LabelName;

const META: Meta = Meta {
    name: "label-name",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a label's name that is empty (an error), longer than 50 characters, or has one of \
        `: $ & % * ( ) + ~ # / ?`",
    why: "The service documents which characters the names of entity types and classes may have, \
        and how long they may be. An import that breaks this may be refused as a whole. A label \
        without a name cannot be anything.",
    example: r#"{ "category": "Price (net)" }"#,
    remedy: "Rename the label, in the declarations and in all documents. Blanks, dashes, dots \
        and underscores are fine.",
    source: "MicrosoftDocs/azure-ai-docs, `service-limits.md` (commit 29545d48, 08/19/2026): \
        letters, numbers and all symbols but these, at most 50 characters. Whether letters \
        beyond a-z are taken is not clear from the text, so they are not judged.",
};

/// The symbols that a name may not have.
const FORBIDDEN: [char; 12] = [':', '$', '&', '%', '*', '(', ')', '+', '~', '#', '/', '?'];

impl Rule for LabelName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let most = corpus.settings.thresholds.name_characters;
        for name in corpus.names() {
            if let Some(message) = judge(name, most) {
                sink.report(super::place_of_label(corpus, name), message);
            }
        }
    }
}

/// What is wrong with a name, if anything is.
fn judge(name: &str, most: u64) -> Option<Message> {
    if name.trim().is_empty() {
        let text = if name.is_empty() {
            "a label has an empty name"
        } else {
            "the name of a label is nothing but white space"
        };
        let message = Message::new(text).help("give it a name, or remove it");
        return Some(message.severity(Severity::Error));
    }
    let mut symbols: Vec<char> = FORBIDDEN.to_vec();
    symbols.retain(|symbol| name.contains(*symbol));
    let length = characters(name);
    let text = if !symbols.is_empty() {
        let symbols: Vec<String> = symbols.iter().map(|symbol| format!("`{symbol}`")).collect();
        let symbols = symbols.join(", ");
        format!(
            "the name {} has {symbols}, which the service does not take",
            quote(name)
        )
    } else if length > most {
        let has = count(length, "character");
        format!(
            "the name {} has {has}; the service takes at most {most}",
            quote(name)
        )
    } else {
        return None;
    };
    Some(Message::new(text).help("rename the label, in the documents too"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::findings;

    #[test]
    fn names_that_the_service_does_not_take() {
        let long = "x".repeat(51);
        let declared = ["City", "A/B (c)", &long, "Größe - neu.1_2", "a b"];
        let said = findings(&LabelName, None, &declared, &[("A/B (c)", 3), ("", 1)]);
        let places: Vec<_> = said.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, [None, Some(1), Some(2)]);
        assert_eq!(said[0].1, "a label has an empty name");
        let symbols = "the name `A/B (c)` has `(`, `)`, `/`, which the service does not take";
        assert_eq!(said[1].1, symbols);
        assert!(
            said[2]
                .1
                .ends_with("has 51 characters; the service takes at most 50")
        );
        assert!(judge(&long[1..], 50).is_none());
        let blank = judge("\u{a0} ", 50).unwrap();
        assert_eq!(blank.severity, Some(Severity::Error));
    }
}
