//! Does the service take the project's name and languages?

mod aml_language;
mod aml_multilingual;
mod aml_split_ignored;
mod aml_too_few_labels;
mod language_mixed;
mod language_script;
mod language_unknown;
pub mod languages;
mod project_name;

pub(super) use aml_language::AmlLanguage;
pub(super) use aml_multilingual::AmlMultilingual;
pub(super) use aml_split_ignored::AmlSplitIgnored;
pub(super) use aml_too_few_labels::AmlTooFewLabels;
pub(super) use language_mixed::LanguageMixed;
pub(super) use language_script::LanguageScript;
pub(super) use language_unknown::LanguageUnknown;
pub(super) use project_name::ProjectName;

use crate::rules::Corpus;
use crate::rules::settings::Profile;

/// Whether the project is to be connected to Azure Machine Learning.
fn connects(corpus: &Corpus<'_>) -> bool {
    corpus.settings.profile == Profile::AmlConnect
}

#[cfg(test)]
mod testing {
    use crate::corpus::Statistics;
    use crate::diagnostics::Location;
    use crate::json::Pointer;
    use crate::model::{HeaderMember, Project};
    use crate::rules::settings::{Profile, Settings};
    use crate::rules::testing::{bytes_and_messages, of_corpus};
    use crate::rules::{Corpus, Rule};

    /// A member at a place of its own.
    pub(super) fn member(name: &str) -> HeaderMember {
        HeaderMember {
            pointer: Pointer::root().key("metadata").key(name),
            bytes: 7..9,
        }
    }

    /// A project of that language.
    pub(super) fn of_language(language: &str) -> Project {
        let mut project = Project {
            language: Some(language.to_owned()),
            ..Project::default()
        };
        project.places.language = Some(member("language"));
        project
    }

    /// A corpus whose documents are in these languages.
    pub(super) fn languages(codes: &[&str]) -> Statistics {
        let mut statistics = Statistics::default();
        for (index, code) in (0..).zip(codes) {
            statistics.languages.add(code, index, || Location {
                bytes: 100 + index..101 + index,
                pointer: Some(Pointer::root().key("language")),
                document: None,
            });
        }
        statistics
    }

    /// What the rule says of a corpus under a profile: the first byte of the place, and the
    /// message.
    pub(super) fn findings(
        rule: &'static dyn Rule,
        project: &Project,
        statistics: &Statistics,
        profile: Profile,
    ) -> Vec<(Option<u64>, String)> {
        let settings = Settings {
            profile,
            ..Settings::default()
        };
        let corpus = Corpus::of(project, statistics, &settings);
        bytes_and_messages(of_corpus(rule, &corpus))
    }

    /// The messages alone, for the profile `aml-connect`.
    pub(super) fn connected(
        rule: &'static dyn Rule,
        project: &Project,
        statistics: &Statistics,
    ) -> Vec<String> {
        let import = findings(rule, project, statistics, Profile::Import);
        assert_eq!(import, [], "an import asks for nothing of the sort");
        let found = findings(rule, project, statistics, Profile::AmlConnect);
        found.into_iter().map(|(_, message)| message).collect()
    }
}
