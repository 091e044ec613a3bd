//! What tells whether a file is still the one that it was.

use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use crate::input::hash;
use crate::operations::Product;

/// A file at some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Bytes.
    pub(super) size: u64,
    /// The time of the last change, in seconds since 1970, to the nanosecond. A string, since
    /// numbers of that length are not safe in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<String>,
    /// XXH3-64 of the bytes, in hexadecimal.
    pub(super) xxh3: String,
}

impl Stamp {
    pub(super) fn new(size: u64, modified: Option<SystemTime>, hash: u64) -> Self {
        Self {
            size,
            modified: modified.and_then(seconds),
            xxh3: format!("{hash:016x}"),
        }
    }

    /// Whether a file can have it: nobody has proved it of one that was read.
    pub(super) fn is_sound(&self) -> bool {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_time = |time: &String| {
            let parts = time.split_once('.');
            parts.is_some_and(|(seconds, nanos)| {
                !seconds.is_empty() && nanos.len() == 9 && is_number(seconds) && is_number(nanos)
            })
        };
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        self.xxh3.len() == 16
            && self.xxh3.bytes().all(is_digit)
            && self.modified.as_ref().is_none_or(is_time)
    }

    /// Whether the file at a path is this one: by its size and the time of its last change, and
    /// where only the time differs, by its bytes. If so, this is its stamp now.
    pub(super) fn still(&self, path: &Path) -> io::Result<Option<Self>> {
        let now = match fs::metadata(path) {
            Ok(now) => now,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if !now.is_file() || now.len() != self.size {
            return Ok(None);
        }
        let modified = now.modified().ok();
        if self.modified.is_some() && modified.and_then(seconds) == self.modified {
            return Ok(Some(self.clone()));
        }
        let same = Self::new(now.len(), modified, hash(File::open(path)?)?);
        Ok(Some(same).filter(|same| same.xxh3 == self.xxh3))
    }
}

/// A time as a stamp has it; nothing for the years before 1970.
fn seconds(time: SystemTime) -> Option<String> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}.{:09}", since.as_secs(), since.subsec_nanos()))
}

/// A hash of what passes on its way to be written, where somebody will ask for it.
pub(super) struct Hashing<W> {
    pub(super) inner: W,
    hasher: Option<XxHash3_64>,
    size: u64,
}

impl<W> Hashing<W> {
    pub(super) fn new(inner: W) -> Self {
        Self {
            hasher: Some(XxHash3_64::new()),
            ..Self::unasked(inner)
        }
    }

    /// Nobody will ask for a stamp.
    pub(super) const fn unasked(inner: W) -> Self {
        Self {
            inner,
            hasher: None,
            size: 0,
        }
    }

    /// The stamp of what was written, which was changed last at that time.
    pub(super) fn stamp(&self, modified: Option<SystemTime>) -> Option<Stamp> {
        let hash = self.hasher.as_ref()?.finish();
        Some(Stamp::new(self.size, modified, hash))
    }
}

impl<W: Product> Product for Hashing<W> {
    fn restart(&mut self) -> io::Result<()> {
        self.hasher = self.hasher.as_ref().map(|_| XxHash3_64::new());
        self.size = 0;
        self.inner.restart()
    }

    fn amend(&mut self, _place: u64, _bytes: &[u8]) -> io::Result<()> {
        // The hash would be that of other bytes.
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        if let Some(hasher) = &mut self.hasher {
            hasher.write(&bytes[..written]);
        }
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_file_is_told_by_time_or_by_bytes() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.json");
        let mut out = Hashing::new(File::create(&path).unwrap());
        out.write_all(b"some ").unwrap();
        out.write_all(b"bytes").unwrap();
        let modified = out.inner.metadata().unwrap().modified().unwrap();
        let stamp = out.stamp(Some(modified)).unwrap();
        assert_eq!(stamp.size, 10);
        assert_eq!(
            stamp.xxh3,
            format!("{:016x}", XxHash3_64::oneshot(b"some bytes"))
        );
        assert_eq!(stamp.still(&path).unwrap(), Some(stamp.clone()));
        // What was thrown away does not count.
        let mut again = Hashing::new(vec![]);
        again.write_all(b"something else").unwrap();
        again.restart().unwrap();
        again.write_all(b"some bytes").unwrap();
        assert_eq!(again.stamp(Some(modified)).as_ref(), Some(&stamp));
        // Touched: the bytes tell.
        let later = modified + Duration::from_secs(60);
        out.inner.set_modified(later).unwrap();
        let touched = stamp.still(&path).unwrap().unwrap();
        assert_eq!(Some(touched), out.stamp(Some(later)));
        // As long as before, and not the same.
        fs::write(&path, "more bytes").unwrap();
        out.inner.set_modified(later).unwrap();
        assert_eq!(stamp.still(&path).unwrap(), None);
        fs::write(&path, "some bytes, and more").unwrap();
        assert_eq!(stamp.still(&path).unwrap(), None);
        fs::remove_file(&path).unwrap();
        assert_eq!(stamp.still(&path).unwrap(), None);
    }
}
