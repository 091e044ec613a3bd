//! `label-unused`

use std::collections::BTreeSet;

use super::labels_alike::are_alike;

use crate::corpus::kept_name::kept_name;
use crate::diagnostics::{FixAction, Folded, Message, Severity, quote};
use crate::model::Kind;
use crate::rules::{Applicability, Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A label that is declared and never used.
pub struct LabelUnused;

const META: Meta = Meta {
    name: "label-unused",
    group: Group::Coverage,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::DECLARING,
    fix: Some(Applicability::Unsafe),
    on_request: false,
    summary: "a label that is declared and never used",
    why: "A model learns a label from its instances, and of this one there are none, so it will \
        never be predicted. Either the labeling is not finished, or the label was given up or \
        renamed and its old name stayed behind. It counts towards the limit of 200 all the \
        same.",
    example: r#""entities": [{ "category": "City" }, { "category": "Street" }]   and no label says `Street`"#,
    remedy: "Label it, or delete its declaration from `assets`. In healthcare projects this \
        rule is silent: an entity there may come from a list or from a prebuilt one, without \
        labels in the documents.",
    source: "Measured on all of Microsoft's sample projects: the declared and the used names are \
        the same. The documentation of Azure AI Language recommends about 50 labeled instances \
        of each type, and allows 200 types.",
};

/// How many pairs of names are compared at most.
const MOST_COMPARED: usize = 200_000;

/// A name that is used and may be another spelling of an unused one: one that is alike, or one
/// that nobody declared and that is near.
fn meant<'c>(corpus: &Corpus<'c>, name: &str) -> Option<&'c str> {
    let statistics = corpus.statistics;
    let used = statistics.labels.iter();
    let used = used.filter(|(other, uses)| uses.total() > 0 && *other != name);
    let mut used = used.map(|(other, _)| other.as_str());
    if statistics.labels.len() * corpus.project.declared.len() > MOST_COMPARED {
        return None;
    }
    let undeclared = statistics.undeclared.keys().map(String::as_str);
    used.find(|other| are_alike(name, other))
        .or_else(|| crate::text::nearest(name, undeclared))
}

impl Rule for LabelUnused {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn folded(&self, all: &Folded) -> Option<String> {
        let (total, list) = (all.total, all.list());
        Some(format!(
            "{total} labels are declared and never used: {list}"
        ))
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        if !corpus.is_complete() || corpus.project.kind == Some(Kind::Healthcare) {
            return;
        }
        let mut seen = BTreeSet::new();
        for declared in &corpus.project.declared {
            let used = corpus.statistics.labels.get(&*kept_name(&declared.name));
            if used.is_some_and(|used| used.total() > 0) || !seen.insert(&declared.name) {
                continue;
            }
            let message = format!("{} is declared and never used", quote(&declared.name));
            let message = Message::new(message).item(quote(&declared.name));
            let message = match meant(corpus, &declared.name) {
                // It may be the right one, so it stays.
                Some(other) => {
                    let other = quote(other);
                    message.help(format!(
                        "{other} is used: if they mean the same, keep one name"
                    ))
                }
                None => message
                    .help("label it, or delete the declaration")
                    .fixes([FixAction::Undeclare(declared.pointer.clone())]),
            };
            sink.report(Some(declared.into()), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::findings;

    const SAID: &str = "`B` is declared and never used";

    #[test]
    fn once_for_each_unused_name() {
        let declared = ["A", "B", "B"];
        let said = findings(&LabelUnused, None, &declared, &[("A", 1)]);
        assert_eq!(said, [(Some(1), SAID.to_owned())]);
    }

    #[test]
    fn silent_where_entities_need_no_labels() {
        let kind = Some(Kind::Healthcare);
        assert!(findings(&LabelUnused, kind, &["B"], &[]).is_empty());
        let kind = Some(Kind::EntityRecognition);
        assert_eq!(findings(&LabelUnused, kind, &["B"], &[]).len(), 1);
    }
}
