//! `document-same-text`

use crate::corpus::Ask;
use crate::diagnostics::{Folded, Message, Severity, quote};
use crate::rules::{Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// Two documents that say the same.
pub struct DocumentSameText;

const META: Meta = Meta {
    name: "document-same-text",
    group: Group::Documents,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::ANY,
    fix: None,
    on_request: false,
    summary: "two documents with the same text; reported at the first repeat",
    why: "The second copy teaches nothing new, counts double in training, and costs labeling \
        twice. And where two people labeled the copies, they seldom agree on all of it. The \
        texts are compared byte by byte, but for a byte-order mark. A document of Test with the \
        text of one of Train belongs to `split-leak`, and one location that is listed twice to \
        `document-duplicate`.",
    example: r#""location": "letter.txt"   and   "location": "letter (1).txt"   (both files hold the same)"#,
    remedy: "Keep the document whose labels are right and delete the other record, and its file \
        where nothing else needs it.",
    source: "The page on preparing data of Azure AI Language says to avoid duplicate documents. \
        What the service does with them is not documented. In Microsoft's sample of \
        summarization the first 25 documents hold three texts.",
};

impl Rule for DocumentSameText {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn asks(&self) -> &'static [Ask] {
        &[Ask::SameTexts]
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (_, first) = all.first.rsplit_once(" as ").unwrap_or_default();
        let (total, list) = (all.total, all.list());
        Some(format!(
            "{total} documents have the same text as {first}: {list}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        for same in &corpus.confirmed.same {
            let (name, first) = (quote(&same.name), quote(&same.other));
            let message = format!("the document {name} has the same text as {first}");
            let help = "keep one of the two, with the labels that are right";
            sink.report(
                Some(same.location.clone()),
                Message::new(message)
                    .help(help)
                    .item(name)
                    .cause(first)
                    .of_document(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Statistics;
    use crate::corpus::confirmed::{Alike, Confirmed};
    use crate::rules::documents::testing::location;
    use crate::rules::settings::Settings;
    use crate::rules::testing::of_corpus;

    #[test]
    fn each_repeat_names_the_first() {
        let alike = |name: &str, index| Alike {
            location: location(index),
            name: name.to_owned(),
            other: "a.txt".to_owned(),
            index: 1.0,
        };
        let confirmed = Confirmed {
            same: vec![alike("b.txt", 4)],
            leaks: vec![alike("c.txt", 7)],
            ..Confirmed::default()
        };
        let (project, statistics, settings) = (
            crate::model::Project::default(),
            Statistics::default(),
            Settings::default(),
        );
        let corpus = Corpus {
            confirmed: &confirmed,
            ..Corpus::of(&project, &statistics, &settings)
        };
        let found = of_corpus(&DocumentSameText, &corpus);
        let found: Vec<_> = found
            .iter()
            .map(|finding| (finding.document.as_deref(), &*finding.message))
            .collect();
        let expected = "the document `b.txt` has the same text as `a.txt`";
        assert_eq!(found, [(Some("4.txt"), expected)]);
    }
}
