//! `aml-multilingual`

use super::connects;
use crate::diagnostics::{Message, Severity};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A multilingual project that is to be connected.
pub struct AmlMultilingual;

const META: Meta = Meta {
    name: "aml-multilingual",
    group: Group::Project,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "a multilingual project, which cannot be connected (profile `aml-connect`)",
    why: "The documentation rules multilingual projects out, whatever languages their \
        documents are in. Whoever plans to label in Azure Machine Learning should know it before \
        the project is imported.",
    example: r#""multilingual": true   (checked with `--profile aml-connect`)"#,
    remedy: "Write `\"multilingual\": false` if the documents are in one language after all. \
        Otherwise make a project of each language, or label in Language alone.",
    source: "The page on labeling with Azure Machine Learning in the documentation of Azure AI \
        Language (06/30/2025): multilingual projects cannot be connected.",
};

impl Rule for AmlMultilingual {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        if !connects(corpus) || corpus.project.multilingual != Some(true) {
            return;
        }
        let text = "the project is multilingual, and such a project cannot be connected to Azure \
            Machine Learning";
        let help = "write `\"multilingual\": false`, or make a project of each language";
        let place = Corpus::place(corpus.project.places.multilingual.as_ref());
        sink.report(place, Message::new(text).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::model::Project;
    use crate::rules::project::testing::connected;

    #[test]
    fn only_where_the_project_says_so() {
        let said = |multilingual| {
            let project = Project {
                multilingual,
                ..Project::default()
            };
            connected(&AmlMultilingual, &project, &Statistics::default()).len()
        };
        assert_eq!([None, Some(false), Some(true)].map(said), [0, 0, 1]);
    }
}
