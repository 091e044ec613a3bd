//! `label-declared-twice`

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostics::{FixAction, Message, Severity, quote};
use crate::model::Declaration;
use crate::rules::{Applicability, Basis, Corpus, CorpusSink, Group, Meta, Rule, Scope};

/// A label that is declared more than once.
pub struct LabelDeclaredTwice;

const META: Meta = Meta {
    name: "label-declared-twice",
    group: Group::Coverage,
    severity: Severity::Error,
    basis: Basis::Service,
    scope: Scope::DECLARING,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "a label that is declared before; one finding for each repetition",
    why: "The declarations are a set: each names one thing that a model can predict. Two of one name are one label for whoever reads them by name and two for whoever counts them, and a project has at most 200. What the service does with the second is not documented.",
    example: r#""entities": [{ "category": "City" }, { "category": "Street" }, { "category": "City" }]"#,
    remedy: "Delete the repeated declaration. If two different things were meant, give one of them a name of its own, and the labels in the documents too.",
    source: "In all of Microsoft's sample projects every name is declared once (measured). No page says what the service answers.",
};

impl Rule for LabelDeclaredTwice {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn corpus(&self, corpus: &Corpus<'_>, sink: &mut CorpusSink<'_>) {
        let mut first: BTreeMap<&str, &Declaration> = BTreeMap::new();
        for declared in &corpus.project.declared {
            let earlier = match first.entry(&declared.name) {
                Entry::Vacant(entry) => {
                    entry.insert(declared);
                    continue;
                }
                Entry::Occupied(entry) => *entry.get(),
            };
            let message = format!(
                "{} is declared before, at `{}`",
                quote(&declared.name),
                earlier.pointer
            );
            let fix = FixAction::Undeclare(declared.pointer.clone());
            let message = Message::new(message).help("delete this declaration");
            sink.report(Some(declared.into()), message.fixes([fix]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::coverage::testing::findings;

    #[test]
    fn each_repetition_is_found() {
        let declared = ["City", "Street", "City", "city", "City"];
        let said = findings(&LabelDeclaredTwice, None, &declared, &[]);
        let places: Vec<_> = said.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, [Some(2), Some(4)]);
        assert_eq!(said[0].1, "`City` is declared before, at `/assets`");
    }
}
