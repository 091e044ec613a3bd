//! `language-script`

use super::languages::{LANGUAGE, lists};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Folded, Message, Severity, quote};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms, percent, share};
use crate::text::scripts::foreign_letters;

/// A document in a script that its language does not use.
pub struct LanguageScript;

const META: Meta = Meta {
    name: "language-script",
    group: Group::Project,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "a document most letters of which are of a script that its language does not use",
    why: "The language of a document decides how its text is cut into words and which model reads \
        it. A document in Russian that is called English gets through every check of the service, \
        and the model is trained and measured on what it cannot read. The first 10,000 characters \
        of a text are looked at, or the first 300 where few of their letters are of another \
        script. Nothing is said below 8 letters of another script, below 50 where those are Latin \
        (a code, a name of a product), and of a language that the service does not list.",
    example: r#"{ "location": "07.txt", "language": "en-us" }   (the text is "Привет, как дела?")"#,
    remedy: "Write the language that the document is in. In a project of several languages, write \
        `\"multilingual\": true` too.",
    source: "The scripts of languages are those of Unicode CLDR 45. The languages are those that \
        Azure AI Language lists for custom projects (12/19/2023).",
};

impl Rule for LanguageScript {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::ALWAYS
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        Some(format!(
            "{} documents are in a script that their language does not use",
            all.total
        ))
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let own = aligned.document.language.as_deref();
        let (Some(text), Some(language)) = (aligned.text(), own.or(aligned.project_language))
        else {
            return;
        };
        let Some(foreign) = foreign_letters(text.as_str(), language) else {
            return;
        };
        // Of another language `language-unknown` speaks.
        if !lists(&LANGUAGE, language) {
            return;
        }
        let text = format!(
            "the document is in {}, and {} of its letters are {}",
            quote(language),
            percent(share(foreign.count, foreign.all)),
            foreign.script.replace('_', " "),
        );
        let help = "write the language that the document is in";
        let at = if own.is_some() {
            At::Language
        } else {
            At::Address
        };
        sink.report(at, Message::new(text).help(help));
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::alignment::TextState;
    use crate::model::{Document, Labels, UnitChoice};
    use crate::rules::testing;
    use crate::text::{Text, Unit};

    fn said(language: &str, text: &str) -> Vec<String> {
        let document = Document {
            language: Some(Cow::Borrowed(language)),
            ..testing::document(Labels::class(None))
        };
        let state = TextState::Read(Text::new(text));
        let unit = UnitChoice::Given(Unit::Utf16);
        let aligned = AlignedDocument::new(&document, state, unit, false);
        testing::of_document(&LanguageScript, &aligned)
    }

    #[test]
    fn another_script_than_that_of_the_language() {
        assert_eq!(
            said("en-us", "Привет, мир (v 2)"),
            ["the document is in `en-us`, and 90 % of its letters are Cyrillic"]
        );
        assert_eq!(said("zh-hans", &"The kettle was late. ".repeat(5)).len(), 1);
        assert_eq!(said("ja", "서울에서 만났습니다").len(), 1);
    }

    #[test]
    fn words_of_another_script_are_usual() {
        for (language, text) in [
            ("en", "Zoë met Владимир in Praha and went on"),
            ("zh-hans", "他在 Microsoft 工作"),
            ("zh-hans", "iPhone 15 Pro Max"),
            ("ja", "東京タワーへ行きました"),
            ("ko", "서울特別市 NHK"),
            ("sr", "Zdravo svete, kako si danas"),
            ("en", "Привет"),
            ("xx", "Привет, как дела"),
        ] {
            assert_eq!(said(language, text), [""; 0], "{language} {text}");
        }
    }
}
