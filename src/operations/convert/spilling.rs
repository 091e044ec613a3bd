//! What becomes too long to be kept in memory is put aside.

use std::io::{self, Write};

use crate::input::Spool;

/// What a batch has written is put aside when it is longer than this, which takes a document of
/// some megabytes.
pub(super) const LONG: usize = 16 << 20;

/// Puts what was written aside, but for the last bytes: the writer
/// may still take back a comma.
pub(super) fn spill(out: &mut Vec<u8>, spool: &mut Option<Spool>) -> io::Result<()> {
    const KEPT: usize = 64;
    let spool = match spool {
        Some(spool) => spool,
        None => spool.insert(Spool::new()?),
    };
    let end = out.len().saturating_sub(KEPT);
    spool.write_all(&out[..end])?;
    out.drain(..end);
    Ok(())
}
