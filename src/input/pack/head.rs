//! What a pack begins and ends with.

use std::io;

use twox_hash::XxHash3_64;

use crate::input::source::Source;

/// What every pack begins and ends with. No text begins so: the first byte is none of UTF-8.
pub(super) const MAGIC: [u8; 8] = *b"\x89LWPACK\n";

/// The version that is written and read.
pub(super) const VERSION: u32 = 1;

/// How many bytes stand before the first text.
pub(super) const HEADER: u64 = 16;

/// How many bytes stand behind the index.
pub(super) const FOOTER: u64 = 56;

/// How many bytes the index has of each folder.
pub(super) const PER_FOLDER: u64 = 8;

/// How many bytes the index has of each text, its name left out.
pub(super) const ROW: usize = 24;

/// The same, to count with.
pub(super) const PER_TEXT: u64 = ROW as u64;

/// How much is in a pack, and where its index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The first byte of the index.
    pub(super) index: u64,
    /// How many folders there are.
    pub(super) folders: u64,
    /// How many texts there are.
    pub(super) texts: u64,
    /// How many bytes the names have.
    pub(super) names: u64,
    /// XXH3-64 of the index.
    pub(super) hash: u64,
}

/// That a pack is not as it was written, and where: the byte of the file.
pub(super) fn damaged(place: u64, what: &str) -> io::Error {
    invalid(format!("the pack is damaged at byte {place}: {what}"))
}

fn invalid(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// The first bytes of a pack.
pub(super) fn header() -> [u8; 16] {
    let mut header = [0; 16];
    header[..8].copy_from_slice(&MAGIC);
    header[8..12].copy_from_slice(&VERSION.to_le_bytes());
    header
}

/// A number of 8 bytes, the lowest first.
pub(super) fn number(bytes: &[u8], at: usize) -> u64 {
    let mut number = [0; 8];
    number.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(number)
}

impl Head {
    /// How many bytes the index has. `None` where they are more than can be counted.
    pub(super) fn index_length(&self) -> Option<u64> {
        let folders = self.folders.checked_mul(PER_FOLDER)?;
        let texts = self.texts.checked_mul(PER_TEXT)?;
        folders.checked_add(texts)?.checked_add(self.names)
    }

    /// The last bytes of a pack.
    pub(super) fn footer(&self) -> [u8; 56] {
        let mut footer = [0; 56];
        let numbers = [self.index, self.folders, self.texts, self.names, self.hash];
        for (place, number) in footer.chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        let hash = XxHash3_64::oneshot(&footer[..40]);
        footer[40..48].copy_from_slice(&hash.to_le_bytes());
        footer[48..].copy_from_slice(&MAGIC);
        footer
    }

    /// Reads it. What comes back fits the length of the file, so nothing that is read by it is larger.
    ///
    /// Fails as [`super::Pack::open`] does.
    pub(super) fn of(source: &Source) -> io::Result<Self> {
        let length = source.length()?;
        let begin = source.bytes(0..HEADER)?;
        if !begin.starts_with(&MAGIC) {
            let what = "it is neither a folder nor a text pack, as `labelwright pack` writes them";
            return Err(invalid(what.to_owned()));
        }
        let version = begin.get(8..12).map(|bytes| {
            let mut version = [0; 4];
            version.copy_from_slice(bytes);
            u32::from_le_bytes(version)
        });
        if let Some(version) = version.filter(|version| *version != VERSION) {
            return Err(invalid(format!(
                "it is a text pack of version {version}, and this program reads version {VERSION}"
            )));
        }
        let cut_off = || damaged(length, "it ends there, and was longer");
        let from = length.checked_sub(FOOTER).filter(|from| *from >= HEADER);
        let from = from.ok_or_else(cut_off)?;
        if begin[12..] != [0; 4] {
            return Err(damaged(12, "four bytes there are not zero"));
        }
        let footer = source.bytes(from..length)?;
        if footer.len() as u64 != FOOTER || footer[48..] != MAGIC {
            return Err(cut_off());
        }
        if number(&footer, 40) != XxHash3_64::oneshot(&footer[..40]) {
            return Err(damaged(
                from,
                "what should say where its index is was altered",
            ));
        }
        let head = Self {
            index: number(&footer, 0),
            folders: number(&footer, 8),
            texts: number(&footer, 16),
            names: number(&footer, 24),
            hash: number(&footer, 32),
        };
        let end = head
            .index_length()
            .and_then(|it| it.checked_add(head.index));
        if head.index < HEADER || end != Some(from) {
            return Err(damaged(from, "the index is not where it should be"));
        }
        Ok(head)
    }
}
