//! What the documents tell of their languages, against what was assumed before they were read.

use std::collections::BTreeMap;

use super::Conversion;
use super::plan::{ledger_head, plan};
use super::sums::WrittenSums;
use crate::formats::languages::Languages;
use crate::formats::ledger::LedgerHead;
use crate::formats::{Plan, Writer};
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;

/// What a new corpus, or its ledger, begins with, as far as that hangs on languages.
#[derive(PartialEq, Eq)]
pub(super) struct Beginning {
    language: Option<String>,
    multilingual: Option<bool>,
    /// The header that the ledger keeps.
    kept: Option<String>,
}

impl Beginning {
    pub(super) fn new(plan: &Plan, head: &LedgerHead) -> Self {
        Self {
            language: plan.project.language.clone(),
            multilingual: plan.project.multilingual,
            kept: head.project.as_ref().map(|kept| kept.get().to_owned()),
        }
    }

    /// The language of the new project, and whether it is multilingual.
    #[cfg(feature = "files")]
    pub(super) fn project(&self) -> (Option<String>, Option<bool>) {
        (self.language.clone(), self.multilingual)
    }

    /// What the documents tell, if the new corpus would have begun otherwise had it been known.
    pub(super) fn refuted(
        &self,
        pass: &Pass<'_>,
        conversion: &Conversion<'_>,
        whole: &Aggregate,
        sums: &WrittenSums,
    ) -> Option<Languages> {
        let given = whole.sums.statistics.languages.iter();
        let given = given.map(|(tag, seen)| (tag.to_owned(), seen.documents));
        let told = Languages {
            given: given.collect(),
            scripts: sums.scripts.clone(),
        };
        let again = plan(pass, conversion, told.clone());
        let head = ledger_head(pass, conversion, &again, None);
        (Self::new(&again, &head) != *self).then_some(told)
    }
}

/// The languages that documents were written with for the scripts of their texts, with the number
/// of documents; in the order of their names.
pub(super) fn by_script(writer: &dyn Writer, sums: &WrittenSums) -> Vec<(&'static str, u64)> {
    let mut languages = BTreeMap::new();
    for (script, count) in &sums.scripts {
        if let Some(language) = writer.language_of(*script) {
            *languages.entry(language).or_default() += count;
        }
    }
    languages.into_iter().collect()
}
