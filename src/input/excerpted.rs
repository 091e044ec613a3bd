//! Label files that lie nowhere: of which only a part is at hand, its beginning and a stretch of it, or that were
//! put together from parts.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::content::{Content, Excerpted};
use super::source::Source;
use super::spool::Spool;

impl Source {
    /// A label file that was put aside. `name` is what reports call it; documents are looked for beside it.
    #[must_use]
    pub fn put_aside(name: &Path, content: Spool) -> Self {
        Self::new(name, content.into_content(), None)
    }

    /// Copies a part of a file of `length` bytes from a stream, as [`Self::spooled`] does with a whole one:
    /// first the beginning of the file, `head` bytes of it, and then what begins at `place`. To read
    /// what is in neither is an error.
    ///
    /// Fails where the stream ends in the beginning of the file, or goes on after its end.
    pub fn excerpted(
        input: impl Read,
        name: &Path,
        [head, place, length]: [u64; 3],
    ) -> io::Result<Self> {
        let copy = Self::spooled(input, name)?;
        let found = copy.length()?;
        let end = found
            .checked_sub(head)
            .and_then(|rest| place.checked_add(rest));
        if end.is_none_or(|end| end > length) || head > length {
            let what = format!(
                "{found} bytes came, and a file of {length} bytes has no such stretch at {place} behind \
                 {head} bytes of its beginning"
            );
            return Err(io::Error::other(what));
        }
        let content = Content::Excerpted(Arc::new(Excerpted {
            held: Arc::new(copy.content),
            head,
            place,
            length,
        }));
        Ok(Self::new(name, content, None))
    }

    /// The beginning of a file of which only a part is at hand, as if the file ended there; `None` of any
    /// other.
    pub fn beginning(&self) -> io::Result<Option<Self>> {
        let Content::Excerpted(file) = &self.content else {
            return Ok(None);
        };
        let content = Content::Excerpted(Arc::new(file.beginning()?));
        Ok(Some(Self::new(self.path(), content, None)))
    }
}
