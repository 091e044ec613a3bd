//! What the unit tests of rules share: a bare document, and a rule run over one thing.

use std::borrow::Cow;

use super::{Corpus, DocumentContext, Levels, Rule, run};
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Address, At, Document, Extras, Labels, Notation};
use crate::rules::settings::Settings;

/// A document `1.txt` of a Language file with these labels, and nothing else.
pub(super) fn document(labels: Labels<'_>) -> Document<'_> {
    Document {
        index: 0,
        start: 0,
        source: "",
        address: Address {
            written: Cow::Borrowed("1.txt"),
            path: 0..5,
            container: None,
            is_composed: false,
            shortens: false,
        },
        language: None,
        split: None,
        labels,
        notation: Notation::OffsetLength,
        extras: Extras::default(),
        unreadable: 0,
    }
}

/// What the rule says of a document, with the places that `location` gives.
pub(super) fn of_document(
    rule: &'static dyn Rule,
    aligned: &AlignedDocument<'_>,
    location: &dyn Fn(At) -> Location,
) -> Vec<String> {
    let (levels, settings) = (Levels::default(), Settings::default());
    let location = |_: &Document<'_>, at: At| location(at);
    let around = DocumentContext::plain(&levels, &settings, &location);
    let mut found = Vec::new();
    run::document(&run::document_rules(&[rule]), aligned, &around, &mut found);
    found.into_iter().map(|finding| finding.message).collect()
}

/// What the rule says of a corpus.
pub(super) fn of_corpus(rule: &'static dyn Rule, corpus: &Corpus<'_>) -> Vec<Diagnostic> {
    let levels = Levels::default();
    let mut said = run::confirmed(&[rule], corpus.confirmed, &levels);
    said.extend(run::corpus(&[rule], corpus, &levels, None).0);
    said
}

/// The first byte of each finding's place, and its message.
pub(super) fn bytes_and_messages(found: Vec<Diagnostic>) -> Vec<(Option<u64>, String)> {
    let found = found.into_iter();
    let found = found.map(|finding| (finding.bytes.map(|bytes| bytes.start), finding.message));
    found.collect()
}
