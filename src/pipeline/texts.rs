//! The text of a document, wherever it stands.

use crate::alignment::TextState;
use crate::input::{Contested, Listed, Lookup, ReadError, Texts};
use crate::model::{Address, Body, Document};
use crate::text::{Encoding, Text};

/// Gets the texts of documents: out of the label file, or out of files of their own.
#[derive(Clone, Copy)]
pub(crate) struct TextReader<'a> {
    /// The folders with texts; `None` where they are not looked at.
    pub(crate) texts: Option<&'a Texts>,
    /// Files that several documents would fall back to.
    pub(crate) contested: &'a Contested,
    /// The most bytes of a text that is read.
    pub(crate) most: u64,
}

impl TextReader<'_> {
    /// The text of a document. `buffer` holds what is read or put together for it; `listed` gets
    /// the file that it was found in.
    ///
    /// Fails where the machine does not let it be told what there is.
    pub(crate) fn text_of<'b>(
        &self,
        document: &'b Document<'_>,
        buffer: &'b mut Vec<u8>,
        listed: Option<&mut Listed>,
    ) -> Result<TextState<'b>, ReadError> {
        Ok(match &document.body {
            Body::Elsewhere => self.text_at(&document.address, buffer, listed)?,
            Body::Inline(text) => state_of(Text::inline(text)),
            Body::Tokens(tokens) if tokens.is_unfound => {
                // Where the texts could not be looked through, that is why.
                self.texts.map_or(Ok(()), Texts::looked_through)?;
                TextState::NotAsked
            }
            Body::Tokens(tokens) => state_of(Text::new(&tokens.text)),
        })
    }

    /// The text at an address: of a document, or of its summary.
    pub(crate) fn text_at<'b>(
        &self,
        address: &Address<'_>,
        buffer: &'b mut Vec<u8>,
        listed: Option<&mut Listed>,
    ) -> Result<TextState<'b>, ReadError> {
        let Some(texts) = self.texts else {
            return Ok(TextState::NotAsked);
        };
        let found = texts.read_listed(address, self.contested, self.most, buffer, listed)?;
        Ok(match found {
            Lookup::TooLong(length) => TextState::TooLong(length),
            Lookup::Missing(absent) => TextState::Missing(absent),
            Lookup::Unsafe(reason) => TextState::Unsafe(reason),
            Lookup::Unreadable(reason) => TextState::Unreadable(reason),
            Lookup::Read(_) => decoded(buffer),
        })
    }
}

/// A text as its bytes have it.
fn decoded(bytes: &[u8]) -> TextState<'_> {
    let Ok(text) = simdutf8::basic::from_utf8(bytes) else {
        let error = std::str::from_utf8(bytes).err();
        return TextState::NotUtf8 {
            byte: error.map_or(0, |error| error.valid_up_to()),
            encoding: Encoding::of(bytes),
        };
    };
    // Without a mark, letters of ASCII in UTF-16 are UTF-8 as well, with zeros between them.
    let zero = bytes.iter().take(4).position(|byte| *byte == 0);
    if let Some(byte) = zero
        && let Some(encoding) = Encoding::of(bytes)
    {
        return TextState::NotUtf8 {
            byte,
            encoding: Some(encoding),
        };
    }
    state_of(Text::new(text))
}

fn state_of(text: Text<'_>) -> TextState<'_> {
    if text.as_str().trim().is_empty() {
        TextState::Blank(text)
    } else {
        TextState::Read(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Extras, Labels, Notation, Tokens};

    fn read(body: Body<'_>) -> String {
        let document = Document {
            index: 0,
            start: 0,
            source: "",
            address: Address::location("1.txt"),
            body,
            language: None,
            split: None,
            labels: Labels::class(None),
            notation: Notation::StartEnd,
            extras: Extras::default(),
            unreadable: 0,
        };
        let reader = TextReader {
            texts: None,
            contested: &Contested::default(),
            most: 1000,
        };
        match reader.text_of(&document, &mut Vec::new(), None).unwrap() {
            TextState::Read(text) => text.as_str().to_owned(),
            TextState::Blank(_) => "(blank)".to_owned(),
            TextState::NotAsked => "(not asked)".to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_text_in_another_encoding_is_told() {
        let utf16 = |text: &str| -> Vec<u8> {
            let units = text.encode_utf16();
            units.flat_map(u16::to_le_bytes).collect()
        };
        let told = |bytes: &[u8]| match decoded(bytes) {
            TextState::NotUtf8 { byte, encoding } => Some((byte, encoding)),
            _ => None,
        };
        assert_eq!(told(b"caf\xe9"), Some((3, None)));
        let le = Some(Encoding::Utf16Le);
        assert_eq!(told(&utf16("\u{feff}Ada")), Some((0, le)));
        assert_eq!(told(&utf16("Ada met Bo")), Some((1, le)));
        assert_eq!(told("Ada\0met".as_bytes()), None);
    }

    #[test]
    fn a_text_is_inline_or_of_tokens_or_elsewhere() {
        assert_eq!(read(Body::Inline("Ada\r\nwrote".into())), "Ada\r\nwrote");
        assert_eq!(read(Body::Inline(" \n".into())), "(blank)");
        let mut tokens = Tokens {
            text: "Ada wrote \u{e9} .".to_owned(),
            ..Tokens::default()
        };
        assert_eq!(read(Body::Tokens(tokens.clone())), "Ada wrote \u{e9} .");
        tokens.is_unfound = true;
        assert_eq!(read(Body::Tokens(tokens)), "(not asked)");
        assert_eq!(read(Body::Elsewhere), "(not asked)");
    }
}
