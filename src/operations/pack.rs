//! A text pack of folders.

use std::io;
use std::path::PathBuf;

use crate::input::{GatherError, LeftOut, PackWriter, Packed, gather};
use crate::pipeline::Error;

/// Writes a text pack of the files in each of the folders and below, and says what is in it and what was
/// left out.
///
/// Fails where a file cannot be read, or `out` not be written.
pub fn pack(folders: &[PathBuf], out: &mut dyn io::Write) -> Result<(Packed, LeftOut), Error> {
    let mut left = LeftOut::default();
    let mut writer = PackWriter::new(out).map_err(Error::write)?;
    for folder in folders {
        gather(folder, &mut writer, &mut left).map_err(|error| match error {
            GatherError::Read(path, source) => Error::Read {
                path: path.display().to_string(),
                source,
            },
            GatherError::Write(source) => Error::write(source),
        })?;
    }
    let packed = writer.finish().map_err(Error::write)?;
    Ok((packed, left))
}
