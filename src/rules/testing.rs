//! What the unit tests of rules share: a bare document, and a rule run over one thing.

use super::{Corpus, Levels, Rule, run};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Diagnostic;
use crate::model::{Address, Body, Document, Extras, Labels, Notation};
use crate::rules::settings::Settings;

/// A document `1.txt` of a Language file with these labels, and nothing else.
pub(crate) fn document(labels: Labels<'_>) -> Document<'_> {
    Document {
        index: 0,
        start: 0,
        source: "",
        address: Address::location("1.txt"),
        body: Body::Elsewhere,
        language: None,
        split: None,
        labels,
        notation: Notation::OffsetLength,
        extras: Extras::default(),
        unreadable: 0,
    }
}

/// What the rule says of a document.
pub(super) fn of_document(rule: &'static dyn Rule, aligned: &AlignedDocument<'_>) -> Vec<String> {
    let settings = Settings::default();
    let (mut said, mut drained) = (Vec::new(), Vec::new());
    let mut drain = |said: &mut Vec<_>| drained.append(said);
    let rules = run::document_rules(&[rule]);
    run::document(&rules, aligned, &settings, &mut said, &mut drain);
    drained.append(&mut said);
    drained.into_iter().map(|said| said.message.text).collect()
}

/// What the rule says of a corpus.
pub(super) fn of_corpus(rule: &'static dyn Rule, corpus: &Corpus<'_>) -> Vec<Diagnostic> {
    let mut levels = Levels::default();
    // Some run on request only.
    let _ = levels.select(&[rule.meta().name.to_owned()]);
    let mut said = run::confirmed(&[rule], corpus.confirmed, corpus.settings);
    said.extend(run::corpus(&[rule], corpus).0);
    said.into_iter()
        .filter_map(|said| run::weighed(said, &levels))
        .collect()
}

/// The first byte of each finding's place, and its message.
pub(super) fn bytes_and_messages(found: Vec<Diagnostic>) -> Vec<(Option<u64>, String)> {
    let found = found.into_iter();
    let found = found.map(|finding| (finding.bytes.map(|bytes| bytes.start), finding.message));
    found.collect()
}
