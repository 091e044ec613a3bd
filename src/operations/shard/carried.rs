//! Bytes that the result of a shard carries, its lines or its documents: pieces of a mebibyte, each packed on its own (zlib)
//! behind the number of its packed bytes (four, the lowest first). The number 0 ends them.

use std::io::{self, BufRead, Read, Write};

use flate2::Compression;
use flate2::bufread::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::pipeline::Error;

/// How many bytes a piece has at most.
const PIECE: u64 = 1 << 20;

/// Packs `length` bytes, piece by piece.
///
/// Fails where `input` cannot be read, as `unread` has it, or `out` cannot be written.
pub(crate) fn write(
    mut input: impl Read,
    length: u64,
    unread: impl Fn(io::Error) -> Error,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut left = length;
    let mut piece = Vec::new();
    while left > 0 {
        piece.clear();
        let read = (&mut input).take(left.min(PIECE)).read_to_end(&mut piece);
        if read.map_err(&unread)? == 0 {
            break;
        }
        left -= piece.len() as u64;
        pack(&piece, out).map_err(Error::write)?;
    }
    out.write_all(&0_u32.to_le_bytes()).map_err(Error::write)
}

/// Packs one piece.
fn pack(piece: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(piece)?;
    let packed = encoder.finish()?;
    let length = u32::try_from(packed.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&packed)
}

/// Unpacks `length` bytes into `out`.
///
/// Fails where they are cut off, were not packed so, or have another length, and with the error of `out`
/// where that cannot be written. No more is held than a piece, and none is written that is not whole.
pub(super) fn read(
    mut input: &mut impl BufRead,
    length: u64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let unfit =
        || io::Error::other("the lines or documents that it carries are not those of the shard");
    let (mut left, mut piece) = (length, Vec::new());
    loop {
        let mut number = [0; 4];
        input.read_exact(&mut number)?;
        let packed = u64::from(u32::from_le_bytes(number));
        if packed == 0 {
            return if left == 0 { Ok(()) } else { Err(unfit()) };
        }
        let most = left.min(PIECE);
        let mut unpacked = ZlibDecoder::new((&mut input).take(packed)).take(most + 1);
        piece.clear();
        unpacked.read_to_end(&mut piece).map_err(|_| unfit())?;
        let found = piece.len() as u64;
        // What is behind the end of a piece belongs to it, and nobody has written it.
        let rest = unpacked.into_inner().into_inner().limit();
        if found == 0 || found > most || rest > 0 {
            return Err(unfit());
        }
        out.write_all(&piece)?;
        left -= found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(lines: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        write(lines, lines.len() as u64, Error::write, &mut out).unwrap();
        out
    }

    fn unpacked(mut packed: &[u8], length: usize) -> io::Result<Vec<u8>> {
        let mut lines = Vec::new();
        read(&mut packed, length as u64, &mut lines)?;
        assert_eq!(packed, b"behind");
        Ok(lines)
    }

    #[test]
    fn lines_come_back() {
        for length in [0, 1, 100, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20] {
            let lines: Vec<u8> = (0_u32..)
                .map(|at| (at / 7 % 251) as u8)
                .take(length)
                .collect();
            let mut all = packed(&lines);
            all.extend(b"behind");
            assert!(unpacked(&all, length).unwrap() == lines, "{length}");
        }
    }

    #[test]
    fn what_is_not_whole_or_something_else_is_refused() {
        let lines = b"{\"a\":1}\n{\"b\":2}\n";
        let mut all = packed(lines);
        all.extend(b"behind");
        for length in [0, 1, lines.len() - 1, lines.len() + 1, 1 << 30] {
            assert!(unpacked(&all, length).is_err(), "{length}");
        }
        for end in 0..all.len() - b"behind".len() {
            let mut cut = &all[..end];
            assert!(read(&mut cut, lines.len() as u64, &mut Vec::new()).is_err());
        }
        // A piece that has more bytes than it says what for.
        let mut more = all.clone();
        more[0] += 1;
        more.insert(4 + usize::from(all[0]), 0);
        assert!(unpacked(&more, lines.len()).is_err());
    }

    #[test]
    fn a_full_disk_was_told_as_other_lines() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let error = read(&mut &packed(b"{}\n")[..], 3, &mut Full).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn a_piece_gives_no_more_than_it_may() {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&vec![0; 64 << 20]).unwrap();
        let bomb = packer.finish().unwrap();
        let length = u32::try_from(bomb.len()).unwrap().to_le_bytes();
        let all = [&length[..], &bomb].concat();
        let mut out = Vec::new();
        assert!(read(&mut &all[..], 1 << 40, &mut out).is_err());
        assert!(out.len() <= (1 << 20) + 1);
    }
}
