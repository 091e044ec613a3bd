//! `document-count`

use crate::diagnostics::{Message, Severity, count};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Fewer or more documents than the service takes.
pub struct DocumentCount;

const META: Meta = Meta {
    name: "document-count",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "fewer than 10 documents, or more than 100,000",
    why: "The service trains on 10 documents at least and takes 100,000 at most. Below that an import goes through and the training does not; and a model that has seen ten documents has seen little.",
    example: r#""documents": [ … three of them … ]"#,
    remedy: "Label more documents, or divide the project.",
    source: "MicrosoftDocs/azure-ai-docs, `service-limits.md` of custom named entity recognition and custom text classification (commit 29545d48, 08/19/2026).",
};

impl Rule for DocumentCount {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let documents = corpus.statistics.documents.total();
        let thresholds = &corpus.settings.thresholds;
        let (least, most) = (thresholds.min_documents, thresholds.max_documents);
        let has = count(documents, "document");
        // Records that could not be read may be documents.
        let others = corpus.statistics.images.count + corpus.statistics.predictions.count;
        let all = corpus.is_complete() && others == 0;
        let (limit, help) = if documents < least && all {
            (format!("at least {least}"), "label more documents")
        } else if documents > most {
            (format!("at most {most}"), "divide the project")
        } else {
            return;
        };
        let message = format!("the project has {has}; the service takes {limit}");
        sink.report(None, Message::new(message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{BySplit, Statistics};
    use crate::model::Project;
    use crate::rules::coverage::testing::of_corpus;

    fn said(documents: u64, unread: u64) -> Vec<String> {
        let statistics = Statistics {
            documents: BySplit {
                unassigned: documents,
                ..BySplit::default()
            },
            unread,
            ..Statistics::default()
        };
        let said = of_corpus(&DocumentCount, &Project::default(), &statistics).into_iter();
        said.map(|(_, message)| message).collect()
    }

    #[test]
    fn both_limits_are_fine_themselves() {
        let few = "the project has 9 documents; the service takes at least 10";
        assert_eq!(said(9, 0), [few]);
        assert!(said(9, 1).is_empty());
        assert!(said(10, 0).is_empty());
        assert!(said(100_000, 0).is_empty());
        let many = "the project has 100001 documents; the service takes at most 100000";
        assert_eq!(said(100_001, 3), [many]);
    }
}
