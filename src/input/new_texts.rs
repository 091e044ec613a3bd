//! A folder that texts are written to.

use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use crate::model::path::unsafe_reason;

/// A folder that gets the texts which stand inside a label file, each as a file of its own.
/// Nothing outside of it is written, links included.
#[derive(Debug)]
pub struct NewTexts {
    path: PathBuf,
    dir: Dir,
}

impl NewTexts {
    /// Opens the folder, and makes it where it is not there.
    pub fn open(path: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(path)?;
        Ok(Self {
            path: path.to_owned(),
            dir: Dir::open_ambient_dir(path, ambient_authority())?,
        })
    }

    /// Writes a text: the file is there as a whole or not at all. An equal one is left as it is.
    ///
    /// Fails where the name leads out of the folder, and where another file has it.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some(reason) = unsafe_reason(name) {
            let reason = format!("the name cannot be one of a file: {reason}");
            return Err(io::Error::new(ErrorKind::InvalidInput, reason));
        }
        if self.holds(name, bytes)? {
            return Ok(());
        }
        let folder = Path::new(name).parent().unwrap_or(Path::new(""));
        if !folder.as_os_str().is_empty() {
            self.dir.create_dir_all(folder)?;
        }
        let unfinished = format!("{name}.labelwright.tmp");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        let mut file = self.dir.open_with(&unfinished, &options)?;
        let written = file.write_all(bytes);
        drop(file);
        let renamed = written.and_then(|()| self.dir.rename(&unfinished, &self.dir, name));
        if renamed.is_err() {
            // The reason is worth more than that the rest could not be taken away.
            let _ = self.dir.remove_file(&unfinished);
        }
        renamed
    }

    /// Whether the folder has that very file.
    fn holds(&self, name: &str, bytes: &[u8]) -> io::Result<bool> {
        let file = match self.dir.open(name) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        let mut found = Vec::new();
        file.take(bytes.len() as u64 + 1).read_to_end(&mut found)?;
        if found == bytes {
            return Ok(true);
        }
        let folder = self.path.display();
        let reason = format!("another text of this name is in {folder}; it was left as it is");
        Err(io::Error::new(ErrorKind::AlreadyExists, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_left_and_others_refused() {
        let root = tempfile::tempdir().unwrap();
        let texts = NewTexts::open(&root.path().join("texts")).unwrap();
        texts.write("a/1.txt", b"one\r\n").unwrap();
        texts.write("a/1.txt", b"one\r\n").unwrap();
        for other in [&b"one"[..], b"one\r\n\n", b""] {
            let refused = texts.write("a/1.txt", other).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
        }
        for outside in ["../1.txt", "/1.txt", "a/../../1.txt"] {
            assert!(texts.write(outside, b"x").is_err(), "{outside}");
        }
        let written = std::fs::read(root.path().join("texts/a/1.txt")).unwrap();
        assert_eq!(written, b"one\r\n");
        let all = std::fs::read_dir(root.path().join("texts/a")).unwrap();
        assert_eq!(all.count(), 1, "nothing unfinished stays");
    }
}
