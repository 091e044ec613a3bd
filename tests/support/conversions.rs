//! Conversions without the command line.

use labelwright::internals::formats;
use labelwright::internals::operations::{Conversion, Metadata};

/// A conversion to a format for which nothing else is asked: without texts, and strict.
pub(crate) fn conversion(to: &str) -> Conversion<'static> {
    Conversion {
        from: None,
        to: formats::find(to).unwrap(),
        texts: None,
        unit: None,
        metadata: Metadata::default(),
        skip_invalid: false,
        deny_loss: false,
        save_losses: false,
        restore: None,
        files: None,
    }
}
