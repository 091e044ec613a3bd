//! `language-unknown`

use std::collections::BTreeMap;

use super::connects;
use crate::corpus::Occurrences;
use crate::diagnostics::{Message, Severity, count, quote};
use crate::model::Kind;
use crate::rules::project::languages::{LANGUAGE, SUMMARIZATION, alternatives, lists, text_dnn};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A language that the service does not list.
pub struct LanguageUnknown;

const META: Meta = Meta {
    name: "language-unknown",
    group: Group::Project,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::LANGUAGE,
    fix: None,
    on_request: false,
    summary: "a language that is not in the service's list; reported once for each code",
    why: "The service names the languages that each custom feature supports, and a code that is \
        not among them may be refused, or take the texts for another language. Mostly the \
        language is right and only its spelling is not: the list has `de` and no `de-DE`, \
        `pt-br` and `pt-pt` and no `pt`, `zh-hans` and no `zh`.",
    example: r#""language": "de-DE""#,
    remedy: "Write the code of the list, in the project and in the documents. Case does not \
        matter, and `en` may stand for `en-us`. If the service takes your code all the same, \
        allow this rule.",
    source: "The language support pages of Azure AI Language (12/19/2023): 93 codes, the same \
        for custom entity recognition and custom text classification; `en` and `en-us` for \
        summarization. `en` is in Microsoft's own samples. Lists for sentiment and health \
        care were not examined, so nothing but an empty code is reported there. What the \
        service does with a code that it does not list is not known; the specification of its \
        authoring interface has `en-gb` as an example, which the list has not.",
};

impl Rule for LanguageUnknown {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let list = match corpus.project.kind {
            Some(Kind::AbstractiveSummarization) => Some(&SUMMARIZATION[..]),
            Some(Kind::TextSentiment | Kind::Healthcare) => None,
            _ => Some(&LANGUAGE[..]),
        };
        let is_unknown =
            |code: &str| code.is_empty() || list.is_some_and(|list| !lists(list, code));
        // The same code in another case is the same finding.
        let mut unknown: BTreeMap<String, (&str, Occurrences)> = BTreeMap::new();
        for (code, seen) in corpus.statistics.languages.iter() {
            if is_unknown(code) {
                let folded = code.to_ascii_lowercase();
                let entry = unknown.entry(folded);
                let (spelling, sum) = entry.or_insert((code, Occurrences::default()));
                sum.merge(seen.clone());
                if sum.first == seen.first {
                    // The spelling that stands at the place.
                    *spelling = code;
                }
            }
        }
        let own = corpus.project.language.as_deref();
        if let Some(code) = own.filter(|code| is_unknown(code)) {
            let same = unknown.remove(&code.to_ascii_lowercase());
            // Where the project cannot be connected for it, that is the graver finding.
            if !(connects(corpus) && text_dnn(code).is_none()) {
                let documents = same.map_or(0, |(_, seen)| seen.documents);
                let text = match (code.is_empty(), documents) {
                    (true, 0) => "the project has an empty language".to_owned(),
                    (true, many) => format!(
                        "the project and {} have an empty language",
                        count(many, "document")
                    ),
                    (false, 0) => format!("the project is in {}{}", quote(code), unlisted(list)),
                    (false, many) => format!(
                        "the project and {} are in {}{}",
                        count(many, "document"),
                        quote(code),
                        unlisted(list)
                    ),
                };
                let place = Corpus::place(corpus.project.places.language.as_ref());
                sink.report(place, Message::new(text).help(help(code, list)));
            }
        }
        for (code, seen) in unknown.into_values() {
            let documents = count(seen.documents, "document");
            let (are, have) = if seen.documents == 1 {
                ("is", "has")
            } else {
                ("are", "have")
            };
            let text = if code.is_empty() {
                format!("{documents} {have} an empty language")
            } else {
                format!("{documents} {are} in {}{}", quote(code), unlisted(list))
            };
            let place = seen.first.map(|(_, location)| location);
            sink.report(place, Message::new(text).help(help(code, list)));
        }
        if corpus.statistics.languages.is_cut() {
            let kept = corpus.statistics.languages.iter().count();
            let text = format!("only {kept} of the documents' languages were looked at");
            let help = "so many can hardly be languages; see what the documents have there";
            sink.report(None, Message::new(text).help(help));
        }
    }
}

/// What is wrong with a code, as the end of a sentence.
fn unlisted(list: Option<&[&str]>) -> String {
    match list {
        Some(list) if list.len() > SUMMARIZATION.len() => {
            let number = list.len();
            format!(", which is none of the {number} codes that the service lists")
        }
        _ => ", and the service lists `en` and `en-us` alone for summarization".to_owned(),
    }
}

/// What to write instead.
fn help(code: &str, list: Option<&[&str]>) -> String {
    let others = match list {
        Some(list) if list.len() == SUMMARIZATION.len() => list.to_vec(),
        _ => alternatives(code),
    };
    let others: Vec<String> = others.iter().map(|code| quote(code)).collect();
    if others.is_empty() {
        "write a code of the service's list, such as `en-us`".to_owned()
    } else {
        format!("write {}", others.join(" or "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Project;
    use crate::rules::project::testing::{findings, languages, of_language};
    use crate::rules::settings::Profile;

    fn said(project: &Project, codes: &[&str]) -> Vec<(Option<u64>, String)> {
        findings(
            &LanguageUnknown,
            project,
            &languages(codes),
            Profile::Import,
        )
    }

    #[test]
    fn listed_codes_in_any_case() {
        for code in ["en", "EN-us", "zh-Hans", "pt-BR", "de"] {
            assert_eq!(said(&of_language(code), &[code, "en"]), [], "{code}");
        }
        assert_eq!(said(&Project::default(), &[]), []);
    }

    #[test]
    fn one_finding_a_code_at_its_first_use() {
        let found = said(
            &of_language("de"),
            &["de", "de-AT", "xx", "DE-at", "", "de-AT"],
        );
        let list = "which is none of the 93 codes that the service lists";
        let expected = [
            (Some(104), "1 document has an empty language".to_owned()),
            (Some(101), format!("3 documents are in `de-AT`, {list}")),
            (Some(102), format!("1 document is in `xx`, {list}")),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_the_project_and_its_documents_share_is_one_finding() {
        let found = said(&of_language("en-GB"), &["en-gb", "en-us", "en-GB"]);
        let text = "the project and 2 documents are in `en-GB`, which is none of the 93 codes \
            that the service lists";
        assert_eq!(found, [(Some(7), text.to_owned())]);
        let found = said(&of_language(""), &[]);
        assert_eq!(
            found,
            [(Some(7), "the project has an empty language".to_owned())]
        );
    }

    #[test]
    fn each_kind_has_a_list_of_its_own() {
        let mut project = of_language("de");
        project.kind = Some(Kind::AbstractiveSummarization);
        let text = "the project is in `de`, and the service lists `en` and `en-us` alone for \
            summarization";
        assert_eq!(
            said(&project, &["en", "en-US"]),
            [(Some(7), text.to_owned())]
        );
        project.kind = Some(Kind::TextSentiment);
        assert_eq!(said(&project, &["xx"]), []);
        assert_eq!(said(&project, &[""]).len(), 1);
    }

    #[test]
    fn a_language_that_cannot_be_connected_is_another_finding() {
        let connect = |code: &str| {
            let statistics = languages(&[code]);
            findings(
                &LanguageUnknown,
                &of_language(code),
                &statistics,
                Profile::AmlConnect,
            )
            .len()
        };
        assert_eq!((connect("xx"), connect("is"), connect("de-de")), (0, 1, 1));
    }

    #[test]
    fn the_help_names_what_was_meant() {
        assert_eq!(help("de-de", None), "write `de`");
        assert_eq!(help("pt", None), "write `pt-br` or `pt-pt`");
        assert_eq!(help("fr", Some(&SUMMARIZATION)), "write `en` or `en-us`");
        assert_eq!(
            help("xx", Some(&LANGUAGE)),
            "write a code of the service's list, such as `en-us`"
        );
    }
}
