//! Bytes of every format.

use labelwright::internals::operations;
use labelwright::internals::pipeline::{Error, Outcome};
use labelwright::{Options, Source, Texts};

use super::case::Case;
use super::reports::reports;

/// Whatever the bytes are, they are read to their end, and each finding has its place in them. The
/// size of a batch shows in nothing. Of the options one bit is whether there are texts, and three are
/// the size of a batch.
pub fn read(data: &[u8]) {
    let Some(case) = Case::of(data) else { return };
    let source = case.source();
    let texts = (case.options & 1 > 0).then(|| case.texts());
    let check = |batch_bytes: usize| {
        let options = Options {
            batch_bytes,
            snippets: 20,
            ..Options::default()
        };
        operations::check(&source, case.format, texts.as_ref(), &options)
    };
    let outcome = expected(check(1 << 18));
    let small = 1 << (case.options >> 1 & 7);
    let other = expected(check(small));
    assert!(outcome == other, "batches of {small} bytes show");
    let Some(outcome) = outcome else { return };
    for finding in outcome.diagnostics.to_vec().unwrap() {
        let Some(bytes) = &finding.bytes else {
            continue;
        };
        let is_inside = bytes.start <= bytes.end && bytes.end <= case.file.len() as u64;
        assert!(is_inside, "{finding:?} of {} bytes", case.file.len());
        assert!(finding.position.is_some(), "{finding:?}");
    }
    let outcomes = [outcome];
    for (name, report) in reports(&outcomes) {
        if matches!(name, "json" | "sarif" | "gitlab") {
            let value: Result<serde_json::Value, _> = serde_json::from_str(&report);
            assert!(value.is_ok(), "{name}: {report}");
        }
    }
    walk(&source, texts.as_ref(), case.file.len() as u64);
}

/// Goes over the documents: each stands in the file, and its labels in its text.
fn walk(source: &Source, texts: Option<&Texts>, length: u64) {
    let options = Options::default();
    let Some(corpus) = expected(labelwright::read(source, texts, &options)) else {
        return;
    };
    for document in corpus.documents().unwrap() {
        let document = document.unwrap();
        let record = &document.record;
        assert!(record.start <= record.end && record.end <= length);
        for span in &document.spans {
            let Some(bytes) = &span.bytes else { continue };
            let text = document.text.as_deref().expect("a text proves a span");
            assert!(text.get(bytes.clone()).is_some(), "{span:?} of {text:?}");
        }
    }
}

/// What came of an operation on bytes in memory, which can be read; nothing where they are no label
/// file.
pub(super) fn expected<T>(result: Result<T, Error>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(Error::NoLabelFile(..)) => None,
        Err(error) => panic!("{error}"),
    }
}

/// The rules whose findings are errors.
pub(super) fn errors(outcome: &Outcome) -> Vec<&'static str> {
    let severity = labelwright::Severity::Error;
    outcome.diagnostics.rules_of(severity).into_keys().collect()
}
