//! A format as the library gives it out: by its name.

use super::{FORMATS, Format, find};

/// A label file format, by its name.
#[derive(Clone, Copy)]
pub struct FormatName(&'static dyn Format);

impl FormatName {
    /// The format that the command line calls so: `aml`, `language`, `csv`.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        find(name).map(Self)
    }

    /// The name of a format.
    pub(crate) fn of(format: &'static dyn Format) -> Self {
        Self(format)
    }

    /// Every format.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().map(|format| Self(*format))
    }

    /// The name used on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.info().name
    }

    /// The name used in sentences.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.0.info().title
    }

    /// The format itself.
    pub(crate) const fn format(self) -> &'static dyn Format {
        self.0
    }
}

impl std::fmt::Debug for FormatName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FormatName({})", self.name())
    }
}
