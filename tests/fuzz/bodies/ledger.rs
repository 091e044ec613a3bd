//! A ledger that is put back.

use labelwright::Options;
use labelwright::internals::formats::find;
use labelwright::internals::operations::{self, Conversion, Ledger};
use labelwright::internals::rules::{self, Group};

use super::case::{Case, length, source, texts};
use super::quick::conversion;
use super::read::{errors, expected};

/// Whatever stands in a ledger, it is refused, or it makes a file that can be read whole: nothing in
/// it breaks the file that it is put back into. The bytes are two for the length of the text, two for
/// that of the label file, and then text, label file and ledger.
pub fn ledger(data: &[u8]) {
    let Some((head, rest)) = data.split_first_chunk::<4>() else {
        return;
    };
    let Some((text, rest)) = rest.split_at_checked(length(&head[..2])) else {
        return;
    };
    let Some((file, bytes)) = rest.split_at_checked(length(&head[2..])) else {
        return;
    };
    let Ok(ledger) = Ledger::read(source(bytes)) else {
        return;
    };
    let from = find(&ledger.head.from).expect("a ledger that is read names its format");
    if from.info().layout.folder.is_some() {
        return;
    }
    let case = Case {
        format: None,
        options: 0,
        text,
        file,
    };
    let texts = texts(&case.source(), text);
    let options = Options::default();
    let convert = |restore: Option<&Ledger>| {
        let conversion = Conversion {
            texts: Some(&texts),
            restore,
            ..conversion(from)
        };
        let (mut product, mut losses) = (Vec::new(), Vec::new());
        let source = case.source();
        // A ledger that does not fit is an error.
        operations::convert(&source, &conversion, &options, &mut product, &mut losses)
            .ok()
            .filter(|outcome| !outcome.refused)
            .map(|_| product)
    };
    let Some(restored) = convert(Some(&ledger)) else {
        return;
    };
    let check = |file: &[u8]| {
        let source = source(file);
        expected(operations::check(&source, Some(from), None, &options)).expect("a label file")
    };
    let broken = |file: &[u8]| {
        let mut rules = errors(&check(file));
        rules.retain(|name| {
            let group = rules::find(name).map(|rule| rule.meta().group);
            matches!(group, Some(Group::Syntax | Group::Shape))
        });
        rules
    };
    // What a file has twice comes back twice, and a member that is misspelled as it was.
    let mut without = vec!["duplicate-key", "unknown-member"];
    without.extend(convert(None).iter().flat_map(|plain| broken(plain)));
    // So does a project whose header had faults that no conversion is refused for.
    let project = ledger.head.project.as_deref();
    without.extend(
        project
            .map(|project| broken(project.get().as_bytes()))
            .unwrap_or_default(),
    );
    for rule in broken(&restored) {
        let product = String::from_utf8_lossy(&restored);
        assert!(without.contains(&rule), "{rule} in {product}");
    }
}

/// The bytes of a product with its ledger.
#[must_use]
pub fn pack(text: &[u8], file: &[u8], ledger: &[u8]) -> Vec<u8> {
    let length = |bytes: &[u8]| {
        u16::try_from(bytes.len())
            .expect("a short file")
            .to_le_bytes()
    };
    [&length(text)[..], &length(file), text, file, ledger].concat()
}
