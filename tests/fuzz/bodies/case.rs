//! A label file with the text of its documents, and what is asked of it, as the bytes of a fuzzer
//! say it.

use std::path::Path;

use labelwright::internals::formats::{FORMATS, Format};
use labelwright::{Options, Source, Texts};

/// What most targets make of their bytes: a byte for the format, a byte for the options, two for
/// the length of the text, then the text and the label file.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The format that a user names, if one does.
    pub format: Option<&'static dyn Format>,
    /// What else a user may ask, bit by bit; each body says what it takes of it.
    pub options: u8,
    /// The text of all documents.
    pub text: &'a [u8],
    /// The label file.
    pub file: &'a [u8],
}

impl<'a> Case<'a> {
    /// Takes the bytes apart; nothing where there are too few of them.
    #[must_use]
    pub fn of(data: &'a [u8]) -> Option<Self> {
        let (head, rest) = data.split_first_chunk::<4>()?;
        let (text, file) = rest.split_at_checked(length(&head[2..]))?;
        Some(Self {
            format: format(head[0]),
            options: head[1],
            text,
            file,
        })
    }

    /// The bytes that [`Self::of`] takes apart. The text must be shorter than 64 KiB.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let named = self.format.map_or("", |format| format.info().name);
        let is_named = |format: &&dyn Format| format.info().name == named;
        let number = FORMATS.iter().position(is_named).map_or(0, |at| at + 1);
        let number = u8::try_from(number).expect("few formats");
        let length = u16::try_from(self.text.len()).expect("a short text");
        let length = length.to_le_bytes();
        let head = [number, self.options, length[0], length[1]];
        [&head[..], self.text, self.file].concat()
    }

    /// The label file as the program opens it.
    #[must_use]
    pub fn source(&self) -> Source {
        source(self.file)
    }

    /// The texts of its documents, as far as it can be read.
    #[must_use]
    pub fn texts(&self) -> Texts {
        texts(&self.source(), self.text)
    }
}

/// A label file in memory.
#[must_use]
pub fn source(bytes: &[u8]) -> Source {
    Source::in_memory(bytes, Path::new("labels"))
}

/// A text for each document that a label file names: the same for all, but for a number at the end, so
/// that none is the beginning of another.
#[must_use]
pub fn texts(source: &Source, text: &[u8]) -> Texts {
    Texts::in_memory(named(source, text))
}

/// The names and texts of [`texts`].
fn named(source: &Source, text: &[u8]) -> Vec<(String, Vec<u8>)> {
    let options = Options::default();
    let mut texts: Vec<(String, Vec<u8>)> = Vec::new();
    if let Ok(corpus) = labelwright::read(source, None, &options) {
        for document in corpus.documents().expect("memory can be read") {
            let name = document.expect("memory can be read").name;
            let end = format!("\n{}.", texts.len());
            texts.push((name, [text, end.as_bytes()].concat()));
        }
    }
    texts
}

/// The format of a number: none for 0.
#[must_use]
pub fn format(number: u8) -> Option<&'static dyn Format> {
    let index = usize::from(number).checked_sub(1)?;
    Some(FORMATS[index % FORMATS.len()])
}

/// A length of two bytes, the lower one first.
#[must_use]
pub fn length(bytes: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([bytes[0], bytes[1]]))
}
