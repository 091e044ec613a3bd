//! `text-rebuilt`

use crate::corpus::Occurrences;
use crate::diagnostics::{Message, Severity, count};
use crate::rules::sink::CorpusSink;
use crate::rules::{Basis, Corpus, Group, Meta, Rule, Scope};

/// Texts that were put together of tokens.
pub struct TextRebuilt;

const META: Meta = Meta {
    name: "text-rebuilt",
    group: Group::Documents,
    severity: Severity::Note,
    basis: Basis::Truth,
    scope: Scope::TOKENS,
    fix: None,
    on_request: false,
    summary: "texts that were put together of tokens, since the file has no others",
    why: "A file of tokens has no text. Tokens with one blank between each two, and a line end \
        between sentences, stand for it. That is not what a user writes: signs stand apart (`Paris .`), \
        and Chinese and Japanese have blanks between words. A model that is trained on it \
        sees texts that it will never see again.",
    example: "Paris B-City\n. O   (read as `Paris .`)",
    remedy: "Give the folder with the texts that the tokens were cut from with `--texts DIR`: then \
        each label gets its place in them.",
    source: "By construction. spaCy 3.8.18 and doccano 1.8.4 make their texts in the same way (run).",
};

impl Rule for TextRebuilt {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let rebuilt = &corpus.statistics.texts_rebuilt;
        if let Some((_, location)) = &rebuilt.first {
            sink.report(Some(location.clone()), said(rebuilt));
        }
    }
}

fn said(rebuilt: &Occurrences) -> Message {
    let texts = match rebuilt.documents {
        1 => "the text of 1 document is its tokens".to_owned(),
        many => format!("the texts of {} are their tokens", count(many, "document")),
    };
    let text = format!("{texts} with blanks between them, which nobody wrote so");
    Message::new(text).help("give the folder with the texts themselves with `--texts DIR`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_counted() {
        let text = |documents| {
            let rebuilt = Occurrences {
                documents,
                ..Occurrences::default()
            };
            said(&rebuilt).text
        };
        let one =
            "the text of 1 document is its tokens with blanks between them, which nobody wrote so";
        assert_eq!(text(1), one);
        assert!(text(12).starts_with("the texts of 12 documents are their tokens"));
    }
}
