//! `too-many-labels`

use crate::diagnostics::{Message, Severity};
use crate::model::Kind;
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A project with more labels than the service takes.
pub struct TooManyLabels;

const META: Meta = Meta {
    name: "too-many-labels",
    group: Group::Coverage,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "more than 200 entity types or classes",
    why: "The service takes at most 200 entity types, and at most 200 classes, in a project. An import with more is refused.",
    example: r#""entities": [{ "category": "Type1" }, …, { "category": "Type201" }]"#,
    remedy: "Join labels that are hard to tell apart, or divide the project. Many labels with few instances each teach little anyway (see `label-rare`).",
    source: "MicrosoftDocs/azure-ai-docs, `service-limits.md` of custom named entity recognition and custom text classification (commit 29545d48, 08/19/2026).",
};

impl Rule for TooManyLabels {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let counted = corpus.kind.is_none_or(Kind::declares);
        let most = corpus.settings.thresholds.max_labels;
        let names = corpus.names().len() as u64;
        if !counted || corpus.statistics.kinds.len() > 1 || names <= most {
            return;
        }
        let message = format!("the project has {names} labels; the service takes at most {most}");
        let help = "join labels that are hard to tell apart, or divide the project";
        sink.report(None, Message::new(message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::findings;

    #[test]
    fn declared_and_used_names_count_together() {
        let names: Vec<String> = (0..200).map(|index| format!("L{index}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(findings(&TooManyLabels, None, &names, &[("L7", 1)]).is_empty());
        let said = findings(&TooManyLabels, None, &names, &[("M", 1)]);
        let want = "the project has 201 labels; the service takes at most 200";
        assert_eq!(said, [(None, want.to_owned())]);
    }
}
