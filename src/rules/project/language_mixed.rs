//! `language-mixed`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{Folded, Message, Severity, quote};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};
use crate::text::tags::same_primary;

/// A document in another language than a project of one language.
pub struct LanguageMixed;

const META: Meta = Meta {
    name: "language-mixed",
    group: Group::Project,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "documents in another language than their project, where `multilingual` is false",
    why: "A project that is not multilingual has one language, and the import fails where a \
        document says another. A region makes no difference here: Microsoft's own samples have \
        projects in `en` with documents in `en-us`.",
    example: r#""multilingual": false, "language": "en-us", … { "location": "07.txt", "language": "fr" }"#,
    remedy: "Write `\"multilingual\": true` into the project if the documents are in several \
        languages; otherwise fix the language of the document, or take the document out.",
    source: "A report of the service's words for a project of the same family: \"The \
        multilingual option is not enabled for your project. All your utterances have to be in \
        the same language 'fr'.\" That the first part of the code is what counts is an inference \
        from Microsoft's loan agreement and web of science samples; the exact rule is not \
        documented. What holds where `multilingual` is absent is not known, so nothing is \
        reported there.",
};

impl Rule for LanguageMixed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::ALWAYS
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!(
            "{} documents are in another language than the project, which is not multilingual",
            all.total
        ))
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let (Some(sole), Some(own)) = (aligned.sole_language, &aligned.document.language) else {
            return;
        };
        // That a language is empty is `language-unknown`.
        if sole.is_empty() || own.is_empty() || same_primary(sole, own) {
            return;
        }
        let text = format!(
            "the document is in {}, and the project in {} and not multilingual",
            quote(own),
            quote(sole)
        );
        let help =
            "write `\"multilingual\": true` into the project, or fix the document's language";
        sink.report(At::Language, Message::new(text).help(help));
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::alignment::TextState;
    use crate::model::{Document, Labels, UnitChoice};
    use crate::rules::testing;
    use crate::text::Unit;

    /// What is said of a document in a project of one language, if any.
    fn said(sole: Option<&str>, own: Option<&str>) -> Vec<String> {
        let document = Document {
            language: own.map(Cow::Borrowed),
            ..testing::document(Labels::class(None))
        };
        let unit = UnitChoice::Given(Unit::Utf16);
        let mut aligned = AlignedDocument::new(&document, TextState::NotAsked, unit, false);
        aligned.sole_language = sole;
        testing::of_document(&LanguageMixed, &aligned)
    }

    #[test]
    fn another_language_and_not_another_region() {
        let text = "the document is in `fr`, and the project in `en-us` and not multilingual";
        assert_eq!(said(Some("en-us"), Some("fr")), [text]);
        assert_eq!(said(Some("en"), Some("xx")).len(), 1);
        for (sole, own) in [
            (Some("en"), Some("en-US")),
            (Some("pt-br"), Some("PT-pt")),
            (Some("en"), None),
            (Some("en"), Some("")),
            (Some(""), Some("en")),
            (None, Some("fr")),
        ] {
            assert_eq!(said(sole, own), [""; 0], "{sole:?} {own:?}");
        }
    }
}
