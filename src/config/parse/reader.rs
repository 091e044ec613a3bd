//! What goes over the tables of the file.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

pub(super) type Value<'t> = toml::Spanned<DeValue<'t>>;
pub(super) type Table<'t> = DeTable<'t>;

/// Walks the tables and notes what is wrong, with the byte where it stands.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<(usize, String)>,
}

impl Reader {
    pub(super) fn note(&mut self, at: &Range<usize>, message: impl Into<String>) {
        self.problems.push((at.start, message.into()));
    }
}
