//! Quick readers against careful ones.

use labelwright::Options;
use labelwright::internals::formats::{FORMATS, Format};
use labelwright::internals::operations::{self, Conversion};
use labelwright::internals::pipeline::{Error, Outcome};

use super::case::{Case, format};
use super::read::expected;

/// What came of a conversion: the product, its ledger, and what was said.
#[derive(PartialEq)]
pub(super) struct Converted {
    pub(super) product: Vec<u8>,
    pub(super) ledger: Vec<u8>,
    pub(super) outcome: Outcome,
}

/// Which reader has read a record shows nowhere: not in what a check says, and not in what a
/// conversion writes. Of the options four bits are the target, and one is whether there are texts.
pub fn quick(data: &[u8]) {
    let Some(case) = Case::of(data) else { return };
    let source = case.source();
    let texts = (case.options & 16 > 0).then(|| case.texts());
    let check = |quick: bool| {
        let options = Options {
            quick,
            ..Options::default()
        };
        expected(operations::check(
            &source,
            case.format,
            texts.as_ref(),
            &options,
        ))
    };
    assert!(check(true) == check(false), "a check shows the reader");
    let Some(to) = target(case.options & 15) else {
        return;
    };
    let convert = |quick: bool| {
        let conversion = Conversion {
            from: case.format,
            texts: texts.as_ref(),
            skip_invalid: true,
            save_losses: true,
            ..conversion(to)
        };
        let options = Options {
            quick,
            ..Options::default()
        };
        converted(&case, &conversion, &options)
    };
    assert!(
        convert(true) == convert(false),
        "a conversion shows the reader"
    );
}

/// A format that is written to one file.
pub(super) fn target(number: u8) -> Option<&'static dyn Format> {
    let number = number % u8::try_from(FORMATS.len()).expect("few formats");
    format(number + 1).filter(|to| to.info().layout.folder.is_none())
}

/// A conversion for which nothing else is asked.
pub(super) fn conversion(to: &'static dyn Format) -> Conversion<'static> {
    let name = labelwright::FormatName::find(to.info().name).expect("a format");
    Conversion::new(name, None)
}

/// Converts a file; what is refused means nothing, and nothing comes of a file that is no label
/// file, or whose texts would want a folder.
pub(super) fn converted(
    case: &Case<'_>,
    conversion: &Conversion<'_>,
    options: &Options,
) -> Option<Converted> {
    let (mut product, mut ledger) = (Vec::new(), Vec::new());
    let source = case.source();
    let done = operations::convert(&source, conversion, options, &mut product, &mut ledger);
    let outcome = match done {
        Err(Error::TextsInside(..)) => return None,
        other => expected(other)?,
    };
    if outcome.refused {
        product.clear();
        ledger.clear();
    }
    Some(Converted {
        product,
        ledger,
        outcome,
    })
}
