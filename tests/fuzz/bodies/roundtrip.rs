//! There and back.

use labelwright::internals::formats::{TextPlace, find};
use labelwright::internals::operations::{Conversion, Ledger};
use labelwright::{LabeledDocument, Options, Texts};

use super::case::{Case, source};
use super::quick::{conversion, converted, target};
use super::read::expected;

/// What was read is what is read again of what was written: in the same format, where the bytes stay
/// as they are; and in another one where nothing is lost, or through its ledger. Of the options four
/// bits are the other format.
pub fn roundtrip(data: &[u8]) {
    let Some(case) = Case::of(data) else { return };
    let texts = case.texts();
    let Some((format, documents)) = documents(&case, &texts) else {
        return;
    };
    let own = find(format).expect("a format");
    if own.info().layout.folder.is_none() {
        same(&case, &texts, own, &documents);
    }
    let Some(to) = target(case.options & 15) else {
        return;
    };
    if to.info().name == format || own.info().layout.folder.is_some() || !to.is_read() {
        return;
    }
    without_loss(&case, &texts, to, &documents);
    through_ledger(&case, &texts, [own, to], &documents);
}

type Format = dyn labelwright::internals::formats::Format;

/// The format of a file and its documents.
fn documents(case: &Case<'_>, texts: &Texts) -> Option<(&'static str, Vec<LabeledDocument>)> {
    let source = case.source();
    let options = Options::default();
    let corpus = expected(labelwright::read(&source, Some(texts), &options))?;
    let documents = corpus.documents().unwrap().map(Result::unwrap).collect();
    Some((corpus.format(), documents))
}

/// In its own format a file keeps its bytes, but for a shape that is older than today's; that has
/// the same documents, and keeps its bytes then.
fn same(case: &Case<'_>, texts: &Texts, own: &'static Format, documents: &[LabeledDocument]) {
    let conversion = || Conversion {
        texts: Some(texts),
        ..conversion(own)
    };
    let options = Options::default();
    let Some(once) = converted(case, &conversion(), &options) else {
        return;
    };
    if once.outcome.refused || once.product == case.file {
        return;
    }
    let again = Case {
        file: &once.product,
        ..*case
    };
    let twice = converted(&again, &conversion(), &options).expect("a product is a label file");
    assert!(!twice.outcome.refused, "{:?}", twice.outcome.diagnostics);
    assert!(twice.product == once.product, "a product has another one");
    let (_, mut found) = self::documents(&again, texts).expect("a product is a label file");
    // A project of an older shape says no language for those that have none, so one is assumed.
    for (found, document) in found.iter_mut().zip(documents) {
        found.language = found
            .language
            .take()
            .filter(|_| document.language.is_some());
    }
    assert_eq!(facts(&found), facts(documents));
}

/// In another format there are the same labels, where the conversion says that it loses nothing.
fn without_loss(
    case: &Case<'_>,
    texts: &Texts,
    to: &'static Format,
    documents: &[LabeledDocument],
) {
    let conversion = Conversion {
        texts: Some(texts),
        deny_loss: true,
        ..conversion(to)
    };
    let Some(there) = converted(case, &conversion, &Options::default()) else {
        return;
    };
    if there.outcome.refused {
        return;
    }
    let product = Case {
        file: &there.product,
        ..*case
    };
    // It may fit two formats, and then a user has to say which.
    let Some((_, found)) = self::documents(&product, texts) else {
        return;
    };
    assert_eq!(labels(&found), labels(documents));
}

/// Through a ledger names, texts, labels, sets and languages come back.
///
/// Formats of tokens are not tried: the conversion says that white space at the edges of labels is lost
/// there.
fn through_ledger(
    case: &Case<'_>,
    texts: &Texts,
    [own, to]: [&'static Format; 2],
    documents: &[LabeledDocument],
) {
    let has_tokens = matches!(
        to.info().texts,
        TextPlace::Tokens | TextPlace::InlineOrTokens
    );
    if has_tokens {
        return;
    }
    let options = Options::default();
    let there = Conversion {
        texts: Some(texts),
        save_losses: true,
        ..conversion(to)
    };
    let Some(there) = converted(case, &there, &options) else {
        return;
    };
    if there.outcome.refused || there.ledger.is_empty() {
        return;
    }
    let ledger = Ledger::read(source(&there.ledger)).expect("a ledger that was just written");
    let product = Case {
        file: &there.product,
        ..*case
    };
    let back = Conversion {
        from: Some(to),
        texts: Some(texts),
        restore: Some(&ledger),
        ..conversion(own)
    };
    let back = converted(&product, &back, &options);
    let Some(back) = back.filter(|back| !back.outcome.refused) else {
        return;
    };
    let back = Case {
        file: &back.product,
        ..*case
    };
    let (_, found) = self::documents(&back, texts).expect("a product is a label file");
    assert_eq!(facts(&found), facts(documents));
}

/// What is said of a document, apart from where it stands.
type Facts = (Labels, String, Option<String>, Option<String>);

fn facts(documents: &[LabeledDocument]) -> Vec<Facts> {
    let labels = labels(documents).into_iter().zip(documents);
    let facts = labels.map(|(labels, document)| {
        let (split, language) = (document.split.clone(), document.language.clone());
        (labels, document.name.clone(), split, language)
    });
    facts.collect()
}

/// The labels of a document: its text, spans and classes.
type Labels = (
    Option<String>,
    Vec<(String, Option<[usize; 2]>)>,
    Vec<String>,
);

/// In the order of the text, since some formats write them so.
fn labels(documents: &[LabeledDocument]) -> Vec<Labels> {
    let labels = documents.iter().map(|document| {
        let span = |span: &labelwright::LabeledSpan| {
            let bytes = span.bytes.as_ref().map(|bytes| [bytes.start, bytes.end]);
            (span.category.clone(), bytes)
        };
        let mut spans: Vec<_> = document.spans.iter().map(span).collect();
        spans.sort_by_key(|(_, bytes)| *bytes);
        (document.text.clone(), spans, document.classes.clone())
    });
    labels.collect()
}
