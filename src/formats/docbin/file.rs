//! The file, made of what was put aside of its documents: it begins with numbers that only all of them
//! tell, so they are gone over once for each member.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rmp::encode::{
    write_array_len, write_bin_len, write_bool, write_f64, write_map_len, write_pfix, write_str,
};

use super::hash::id;
use super::spool::{Piece, pieces};
use super::wire::{ATTRIBUTES, VERSION};
use crate::formats::Again;

/// How many bytes one member may have: what Python's reader of `MessagePack` takes.
const MOST: u64 = i32::MAX as u64;

/// What all documents add up to.
#[derive(Default)]
struct Totals {
    documents: u64,
    tokens: u64,
    /// All texts of tokens, and all labels.
    strings: BTreeSet<String>,
}

/// Writes the file. Memory grows by the different strings alone.
///
/// Fails where it cannot be written, and where a member would be longer than spaCy can read.
pub(super) fn write(put_aside: &mut dyn Again, out: &mut dyn Write) -> io::Result<()> {
    let mut totals = Totals::default();
    pieces(&mut *put_aside.again()?, |piece| {
        totals.add(&piece);
        Ok(())
    })?;
    let width = ATTRIBUTES.len() as u64 * 8;
    let length = |bytes: u64| {
        let fits = u32::try_from(bytes).ok().filter(|_| bytes <= MOST);
        fits.ok_or_else(|| {
            let what = "a .spacy file cannot hold so many tokens (over 2 GiB of them): convert it \
                        in parts, as `--split-by` does";
            io::Error::other(what)
        })
    };
    let documents = length(4 * totals.documents)? / 4;
    // What is packed comes in pieces of a few bytes.
    let packed = ZlibEncoder::new(out, Compression::default());
    let mut out = BufWriter::with_capacity(1 << 16, packed);
    let out = &mut out;
    write_map_len(out, 9).map_err(failed)?;
    text("version", out)?;
    text(VERSION, out)?;
    text("attrs", out)?;
    write_array_len(out, u32::try_from(ATTRIBUTES.len()).unwrap_or(u32::MAX)).map_err(failed)?;
    for attribute in ATTRIBUTES {
        write_pfix(out, attribute)?;
    }
    text("tokens", out)?;
    write_bin_len(out, length(width * totals.tokens)?).map_err(failed)?;
    pieces(&mut *put_aside.again()?, |piece| {
        if let Piece::Token(stand, _, word, label) = piece {
            for number in [id(word), u64::from(stand), id(label)] {
                out.write_all(&number.to_le_bytes())?;
            }
        }
        Ok(())
    })?;
    text("spaces", out)?;
    write_bin_len(out, length(totals.tokens)?).map_err(failed)?;
    pieces(&mut *put_aside.again()?, |piece| match piece {
        Piece::Token(_, blank, ..) => out.write_all(&[u8::from(blank)]),
        _ => Ok(()),
    })?;
    text("lengths", out)?;
    write_bin_len(out, 4 * documents).map_err(failed)?;
    pieces(&mut *put_aside.again()?, |piece| match piece {
        Piece::Tokens(count) => out.write_all(&count.to_le_bytes()),
        _ => Ok(()),
    })?;
    text("strings", out)?;
    let strings = u32::try_from(totals.strings.len()).map_err(io::Error::other)?;
    write_array_len(out, strings).map_err(failed)?;
    for string in &totals.strings {
        text(string, out)?;
    }
    text("cats", out)?;
    write_array_len(out, documents).map_err(failed)?;
    pieces(&mut *put_aside.again()?, |piece| match piece {
        Piece::Classes(count) => write_map_len(out, count).map(|_| ()).map_err(failed),
        Piece::Class(name, is_it) => {
            text(name, out)?;
            write_f64(out, f64::from(u8::from(is_it))).map_err(failed)
        }
        _ => Ok(()),
    })?;
    text("flags", out)?;
    write_array_len(out, documents).map_err(failed)?;
    for _ in 0..documents {
        write_map_len(out, 1).map_err(failed)?;
        text("has_unknown_spaces", out)?;
        write_bool(out, false)?;
    }
    text("span_groups", out)?;
    write_array_len(out, documents).map_err(failed)?;
    for _ in 0..documents {
        write_bin_len(out, 0).map_err(failed)?;
    }
    out.flush()?;
    out.get_mut().try_finish()
}

impl Totals {
    fn add(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Tokens(count) => {
                self.documents += 1;
                self.tokens += u64::from(*count);
            }
            Piece::Token(_, _, word, label) => {
                self.add_string(word);
                self.add_string(label);
            }
            Piece::Classes(_) | Piece::Class(..) => {}
        }
    }

    fn add_string(&mut self, text: &str) {
        if !text.is_empty() && !self.strings.contains(text) {
            self.strings.insert(text.to_owned());
        }
    }
}

fn text(text: &str, out: &mut impl Write) -> io::Result<()> {
    write_str(out, text).map_err(failed)
}

fn failed(error: impl Into<io::Error>) -> io::Error {
    error.into()
}
