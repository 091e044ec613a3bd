//! Conversions without the command line.

use labelwright::{Conversion, FormatName};

/// A conversion to a format for which nothing else is asked: without texts, and strict.
pub(crate) fn conversion(to: &str) -> Conversion<'static> {
    Conversion::new(FormatName::find(to).unwrap(), None)
}
