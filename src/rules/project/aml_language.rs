//! `aml-language`

use super::connects;
use crate::diagnostics::{Message, Severity, quote};
use crate::rules::project::languages::text_dnn;
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A project that is to be connected, in a language that the other service does not have.
pub struct AmlLanguage;

const META: Meta = Meta {
    name: "aml-language",
    group: Group::Project,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a project in a language that Azure Machine Learning does not have (profile \
        `aml-connect`)",
    why: "A labeling project of Azure Machine Learning has one of 104 languages. Azure AI \
        Language has 18 that are not among them, Amharic, Hausa and Zulu for example: a project \
        in one of these cannot be connected.",
    example: r#""language": "zu"   (checked with `--profile aml-connect`)"#,
    remedy: "Label such a project in Azure AI Language alone. If the code is a slip, write the \
        right one.",
    source: "The page on labeling with Azure Machine Learning in the documentation of Azure AI \
        Language (06/30/2025): the project's language must be one that Azure Machine Learning \
        supports. The 104 are `TextDNNLanguages` of azureml-automl-core 1.62 (ISO 639-3). Which \
        of them is which code of Language is this tool's mapping, as Microsoft publishes none; \
        only the first part of a code counts, so `en`, `en-us` and `en-GB` are all `eng`.",
};

impl Rule for AmlLanguage {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let Some(language) = &corpus.project.language else {
            return;
        };
        // That a language is empty is `language-unknown` under every profile.
        if !connects(corpus) || language.is_empty() || text_dnn(language).is_some() {
            return;
        }
        let text = format!(
            "the project is in {}, which is none of the languages of Azure Machine Learning",
            quote(language)
        );
        let help = "a project in this language cannot be connected; label it in Azure AI Language";
        let place = Corpus::place(corpus.project.places.language.as_ref());
        sink.report(place, Message::new(text).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::rules::project::testing::{connected, of_language};

    #[test]
    fn the_language_counts_and_not_its_region() {
        let said = |code: &str| connected(&AmlLanguage, &of_language(code), &Statistics::default());
        for code in ["en", "en-GB", "zh-hant", "pt", "nb", "is", "deu", ""] {
            assert_eq!(said(code), [""; 0], "{code}");
        }
        let text = "the project is in `zu`, which is none of the languages of Azure Machine \
            Learning";
        assert_eq!(said("zu"), [text]);
        assert_eq!((said("am-ET").len(), said("xx").len()), (1, 1));
    }
}
