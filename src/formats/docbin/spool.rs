//! What is put aside of each document until all are known: its tokens and classes, in a form of
//! our own.
//!
//! A document is a `u32` with the number of its tokens and then these, and a `u32` with the number of its
//! classes and then these. A token is a byte (where it stands, and 4 more where a blank follows), its text
//! and, where it is in an entity, the label. A class is its name and a byte, 1 where the document has it.
//! A string is a `u32` with its length, and its UTF-8. All numbers are little-endian.

use std::io::{self, BufRead, BufReader, Read};

use super::tokens::{Stand, Token};

/// What a byte of a token has where a blank follows.
const BLANK: u8 = 4;

/// Adds a document. `label` gives the name of the label of that index.
pub(super) fn document<'l>(
    tokens: &[Token<'_>],
    label: impl Fn(usize) -> &'l str,
    classes: &[(&str, bool)],
    out: &mut Vec<u8>,
) {
    number(tokens.len(), out);
    for token in tokens {
        out.push(token.stand as u8 | if token.blank { BLANK } else { 0 });
        string(token.text, out);
        if let Some(index) = token.label {
            string(label(index), out);
        }
    }
    number(classes.len(), out);
    for (name, is_it) in classes {
        string(name, out);
        out.push(u8::from(*is_it));
    }
}

fn number(number: usize, out: &mut Vec<u8>) {
    // A record, and so its text, is shorter than this.
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    out.extend_from_slice(&number.to_le_bytes());
}

fn string(text: &str, out: &mut Vec<u8>) {
    number(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

/// A piece of what was put aside.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'b> {
    /// A document begins, with so many tokens.
    Tokens(u32),
    /// A token: where it stands, whether a blank follows, its text, and its label.
    Token(u8, bool, &'b str, &'b str),
    /// The classes of the document begin: so many.
    Classes(u32),
    /// A class, and whether the document has it.
    Class(&'b str, bool),
}

/// Goes over what was put aside, piece by piece.
pub(super) fn pieces(
    input: &mut dyn Read,
    mut each: impl FnMut(Piece<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let (mut text, mut label) = (String::new(), String::new());
    while !input.fill_buf()?.is_empty() {
        let tokens = read_number(&mut input)?;
        each(Piece::Tokens(tokens))?;
        for _ in 0..tokens {
            let byte = read_byte(&mut input)?;
            read_string(&mut input, &mut text)?;
            let stand = byte & !BLANK;
            label.clear();
            if stand == Stand::Begin as u8 || stand == Stand::Inside as u8 {
                read_string(&mut input, &mut label)?;
            }
            each(Piece::Token(stand, byte & BLANK != 0, &text, &label))?;
        }
        let classes = read_number(&mut input)?;
        each(Piece::Classes(classes))?;
        for _ in 0..classes {
            read_string(&mut input, &mut text)?;
            let is_it = read_byte(&mut input)? == 1;
            each(Piece::Class(&text, is_it))?;
        }
    }
    Ok(())
}

fn read_byte(input: &mut impl Read) -> io::Result<u8> {
    let mut byte = [0];
    input.read_exact(&mut byte)?;
    Ok(byte[0])
}

fn read_number(input: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    input.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn read_string(input: &mut impl Read, text: &mut String) -> io::Result<()> {
    let length = read_number(input)?;
    let mut bytes = std::mem::take(text).into_bytes();
    bytes.clear();
    input.take(u64::from(length)).read_to_end(&mut bytes)?;
    *text = String::from_utf8(bytes).map_err(io::Error::other)?;
    Ok(())
}
