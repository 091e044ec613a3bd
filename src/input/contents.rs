//! Texts by what stands in them: how the text of a document is found whose file gives its tokens and
//! not its name.

use std::collections::BTreeMap;
use std::io;
use std::ops::Bound;

use super::folder::Folder;
use super::read_error::{ReadError, is_of_the_file};
use crate::model::fingerprints::fingerprint;
use crate::model::path::is_txt;
use crate::text::floor_char;
use crate::text::squeezed::squeezed;

/// How many bytes without white space tell the beginning of a text.
const HEAD: usize = 32;

/// The texts of some folders by their characters, white space left out. What is kept of each is its
/// name, its beginning and a fingerprint; whoever gets a name from here reads the text and sees whether it fits.
#[derive(Debug, Default)]
pub struct Contents {
    /// The names of the texts, in their order.
    names: Vec<String>,
    /// The texts with each content, in the order of their names.
    wholes: BTreeMap<u64, Vec<u32>>,
    /// The texts with each beginning, in the order of their names.
    heads: BTreeMap<String, Vec<u32>>,
}

impl Contents {
    /// Reads all texts of no more than `most` bytes: the files whose names end in `.txt`, in the
    /// folders and those below them. What is hidden is passed over, and so is a name that a folder
    /// before has.
    pub(super) fn of(folders: &[Folder], most: u64) -> Result<Self, ReadError> {
        let mut found: BTreeMap<String, &Folder> = BTreeMap::new();
        for folder in folders {
            for name in folder.below()? {
                if is_txt(&name) {
                    found.entry(name).or_insert(folder);
                }
            }
        }
        let (mut contents, mut buffer) = (Self::default(), Vec::new());
        for (name, folder) in found {
            let length = match folder.read(&name, most, &mut buffer) {
                Ok(Some(length)) => length,
                // One that may not be read is nobody's text, as far as can be told.
                Ok(None) => continue,
                Err(error) if is_of_the_file(&error) => continue,
                Err(source) => {
                    let path = folder.path.join(name);
                    return Err(ReadError { path, source });
                }
            };
            if let (true, Ok(text)) = (length <= most, std::str::from_utf8(&buffer)) {
                contents.add(name, &squeezed(text));
            }
        }
        Ok(contents)
    }

    fn add(&mut self, name: String, content: &str) {
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name);
        self.wholes
            .entry(fingerprint(content))
            .or_default()
            .push(number);
        let head = self.heads.entry(head(content).to_owned());
        head.or_default().push(number);
    }

    /// The names of the texts that seem to have this content, as [`squeezed`] leaves it; in order.
    pub fn with(&self, content: &str) -> impl Iterator<Item = &str> {
        let numbers = self.wholes.get(&fingerprint(content)).into_iter().flatten();
        numbers.filter_map(|number| self.name(*number))
    }

    /// A text that seems to begin as this content does, where that is long enough to tell.
    #[must_use]
    pub fn beginning_as(&self, content: &str) -> Option<&str> {
        let numbers = self
            .heads
            .get(head(content))
            .filter(|_| content.len() >= HEAD);
        self.name(*numbers?.first()?)
    }

    /// The texts that seem to begin with this content.
    pub fn beginning_with<'c>(&'c self, content: &'c str) -> impl Iterator<Item = &'c str> {
        let start = head(content);
        let heads = self
            .heads
            .range::<str, _>((Bound::Included(start), Bound::Unbounded));
        let heads = heads.take_while(move |(head, _)| head.starts_with(start));
        heads.flat_map(|(_, numbers)| numbers.iter().filter_map(|number| self.name(*number)))
    }

    fn name(&self, number: u32) -> Option<&str> {
        self.names.get(number as usize).map(String::as_str)
    }
}

/// The beginning of a content, on the edge of a character.
fn head(content: &str) -> &str {
    &content[..floor_char(content, HEAD)]
}

/// The same failure once more, for everybody who asks.
pub(super) fn again(error: &ReadError) -> ReadError {
    let source = match error.source.raw_os_error() {
        Some(number) => io::Error::from_raw_os_error(number),
        None => io::Error::new(error.source.kind(), error.source.to_string()),
    };
    ReadError {
        path: error.path.clone(),
        source,
    }
}
