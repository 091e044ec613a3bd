//! Where the text of a document lies.

use std::borrow::Cow;
use std::ops::Range;

/// Where a document's text lies, or what the document is called where it stands in the label file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The name or URL as the file has it, unescaped.
    pub written: Cow<'a, str>,
    /// The path in it, in bytes: all of a location, the part after the container of a URL.
    pub path: Range<usize>,
    /// The name of the container or datastore in it, in bytes.
    pub container: Option<Range<usize>>,
    /// Whether the text may lie under a shorter path: without the first segments, down to the
    /// bare name. So for URLs, whose folders seldom exist beside the label file.
    pub shortens: bool,
    /// Whether container and path are all that it says, so that they make it again.
    pub is_composed: bool,
}

impl<'a> Address<'a> {
    /// The plain name or path of a document.
    #[must_use]
    pub fn location(written: impl Into<Cow<'a, str>>) -> Self {
        let written = written.into();
        Self {
            path: 0..written.len(),
            written,
            container: None,
            shortens: false,
            is_composed: false,
        }
    }

    /// The path under the container or datastore. This is what reports call the document.
    #[must_use]
    pub fn path(&self) -> &str {
        self.written.get(self.path.clone()).unwrap_or_default()
    }

    /// The last segment of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        super::path::last(self.path())
    }

    /// The path without its last segment and the slash before that.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    }

    /// Whether it is the plain name or path of a document, and no URL.
    #[must_use]
    pub const fn is_location(&self) -> bool {
        !self.shortens
    }

    /// The name of the container or datastore.
    #[must_use]
    pub fn container(&self) -> Option<&str> {
        self.written.get(self.container.clone()?)
    }
}
