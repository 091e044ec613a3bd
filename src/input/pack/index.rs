//! The index of a pack: which texts there are, and where.

use std::hash::Hasher;
use std::io;
use std::ops::Range;

use twox_hash::XxHash3_64;

use super::head::{HEADER, Head, PER_FOLDER, PER_TEXT, ROW, damaged, number};
use crate::input::source::Source;
use crate::model::path::unsafe_reason;

/// The index as it stands in the file, once it was proved. Texts have numbers, from 0; the folders
/// come one after another, and in each the texts are sorted by the bytes of their names.
#[derive(Debug)]
pub(super) struct Index {
    /// The texts of each folder.
    folders: Vec<Range<usize>>,
    /// Of each text where its name ends, where it ends itself, and its hash.
    table: Vec<u8>,
    /// The names, one after the other.
    names: String,
}

/// Where in its row the end of a text stands.
const TEXT: usize = 8;

/// Where in its row the hash of a text stands.
const HASH: usize = 16;

impl Index {
    /// Reads the index of a pack.
    ///
    /// Fails as [`super::Pack::open`] does.
    pub(super) fn read(source: &Source, head: &Head) -> io::Result<Self> {
        let mut hasher = XxHash3_64::new();
        let mut from = head.index;
        let mut next = |length: u64| {
            let bytes = source.bytes(from..from + length)?;
            if bytes.len() as u64 != length {
                return Err(damaged(from, "the file became shorter while it was read"));
            }
            hasher.write(&bytes);
            from += length;
            Ok(bytes)
        };
        let ends = next(head.folders * PER_FOLDER)?;
        let table = next(head.texts * PER_TEXT)?;
        let names = next(head.names)?;
        if hasher.finish() != head.hash {
            return Err(damaged(head.index, "the index was altered"));
        }
        let places = Places::of(head);
        let names = String::from_utf8(names).map_err(|error| {
            let valid = error.utf8_error().valid_up_to() as u64;
            damaged(places.names + valid, "a name is no UTF-8")
        })?;
        let index = Self {
            folders: folders(&ends, head)?,
            table,
            names,
        };
        index.prove(head, &places)?;
        Ok(index)
    }

    /// Makes sure that the texts lie one after the other in front of the index, that their names are
    /// sorted, and that none of them leads anywhere else.
    fn prove(&self, head: &Head, places: &Places) -> io::Result<()> {
        let (mut name, mut text) = (0, HEADER);
        for row in 0..self.table.len() / ROW {
            let at = |field: usize| places.table + (row * ROW + field) as u64;
            let (name_end, text_end) = (self.field(row, 0), self.field(row, TEXT));
            if text_end < text || text_end > head.index {
                return Err(damaged(at(TEXT), "a text has no place there"));
            }
            let whole = usize::try_from(name_end).ok().and_then(|end| {
                // Of two ends that are the wrong way round there is no name, nor of one inside a character.
                self.names.get(usize::try_from(name).ok()?..end)
            });
            let Some(whole) = whole else {
                return Err(damaged(at(0), "a name has no place there"));
            };
            if !is_sound(whole) {
                let what = "a name there is none of a text in a folder";
                return Err(damaged(places.names + name, what));
            }
            (name, text) = (name_end, text_end);
        }
        if name != self.names.len() as u64 {
            return Err(damaged(places.names + name, "these bytes are of no name"));
        }
        if text != head.index {
            return Err(damaged(text, "these bytes are of no text"));
        }
        for folder in &self.folders {
            let pairs = folder.clone().zip(folder.clone().skip(1));
            for (before, after) in pairs {
                if self.name(before) >= self.name(after) {
                    let place = places.table + (after * ROW) as u64;
                    let what = "a name stands there twice, or not in the order of names";
                    return Err(damaged(place, what));
                }
            }
        }
        Ok(())
    }

    /// The texts of each folder.
    pub(super) fn folders(&self) -> &[Range<usize>] {
        &self.folders
    }

    /// The texts of a folder; none where there is no such folder.
    pub(super) fn texts_of(&self, folder: usize) -> Range<usize> {
        self.folders.get(folder).cloned().unwrap_or_default()
    }

    /// The name of a text.
    pub(super) fn name(&self, text: usize) -> &str {
        let end = |text| usize::try_from(self.field(text, 0)).unwrap_or(usize::MAX);
        let start = text.checked_sub(1).map_or(0, end);
        self.names.get(start..end(text)).unwrap_or_default()
    }

    /// The bytes of a text, in those of the pack.
    pub(super) fn bytes(&self, text: usize) -> Range<u64> {
        let start = text.checked_sub(1);
        start.map_or(HEADER, |before| self.field(before, TEXT))..self.field(text, TEXT)
    }

    /// XXH3-64 of a text.
    pub(super) fn hash(&self, text: usize) -> u64 {
        self.field(text, HASH)
    }

    /// The text with that name in a folder.
    pub(super) fn find(&self, folder: usize, name: &str) -> Option<usize> {
        let texts = self.texts_of(folder);
        let text = self.first_from(texts.clone(), |found| found < name);
        (text < texts.end && self.name(text) == name).then_some(text)
    }

    /// Whether a path is that of a folder in a folder of texts.
    pub(super) fn has_folder(&self, folder: usize, path: &str) -> bool {
        !self.below(folder, path).is_empty()
    }

    /// Calls `found` with the name of each file and folder in a folder, given by its path from the
    /// folder of the texts, and with whether it is a folder.
    pub(super) fn each_entry(&self, folder: usize, path: &str, mut found: impl FnMut(&str, bool)) {
        let skipped = if path.is_empty() { 0 } else { path.len() + 1 };
        let mut texts = self.below(folder, path);
        while let Some(text) = texts.next() {
            let name = &self.name(text)[skipped..];
            let Some((step, _)) = name.split_once('/') else {
                found(name, false);
                continue;
            };
            found(step, true);
            // All that is below it comes at once.
            let whole = &self.name(text)[..=skipped + step.len()];
            texts.start = self.first_from(texts.clone(), |found| found.starts_with(whole));
        }
    }

    /// The texts below a folder, given by its path; all where that is empty. Names that begin alike stand
    /// together.
    fn below(&self, folder: usize, path: &str) -> Range<usize> {
        let texts = self.texts_of(folder);
        if path.is_empty() {
            return texts;
        }
        let prefix = format!("{path}/");
        let start = self.first_from(texts.clone(), |found| found < &*prefix);
        let end = self.first_from(start..texts.end, |found| found.starts_with(&prefix));
        start..end
    }

    /// The first of some texts that `is_before` does not hold of, where it holds of none behind one of which
    /// it does not hold.
    fn first_from(&self, texts: Range<usize>, is_before: impl Fn(&str) -> bool) -> usize {
        let Range { mut start, mut end } = texts;
        while start < end {
            let middle = start + (end - start) / 2;
            if is_before(self.name(middle)) {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }

    /// A number that the table has of a text.
    fn field(&self, text: usize, field: usize) -> u64 {
        number(&self.table, text * ROW + field)
    }
}

/// Where the parts of an index begin in the file.
struct Places {
    table: u64,
    names: u64,
}

impl Places {
    fn of(head: &Head) -> Self {
        let table = head.index + head.folders * PER_FOLDER;
        let names = table + head.texts * PER_TEXT;
        Self { table, names }
    }
}

/// The texts of each folder, of the places where these end.
fn folders(ends: &[u8], head: &Head) -> io::Result<Vec<Range<usize>>> {
    let mut folders = Vec::with_capacity(ends.len() / 8);
    let mut start = 0;
    for at in (0..ends.len()).step_by(8) {
        let end = usize::try_from(number(ends, at)).ok();
        let end = end.filter(|end| *end >= start && *end as u64 <= head.texts);
        let Some(end) = end else {
            let place = head.index + at as u64;
            return Err(damaged(place, "a folder has no texts there"));
        };
        folders.push(start..end);
        start = end;
    }
    if start as u64 != head.texts {
        return Err(damaged(head.index, "some texts are in no folder"));
    }
    Ok(folders)
}

/// Whether a name can be the path of a text in a folder, spelled in the only way.
pub(super) fn is_sound(name: &str) -> bool {
    let is_step = |step: &str| !matches!(step, "" | "." | "..");
    unsafe_reason(name).is_none() && name.split('/').all(is_step)
}
