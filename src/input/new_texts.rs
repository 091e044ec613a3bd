//! A folder that texts are written to.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use cap_fs_ext::OpenOptionsSyncExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use super::delivered;
use super::spool::in_temporary_folder;
use crate::model::fingerprints::{fingerprint, fingerprint_of};
use crate::model::path::{other_on_windows, unsafe_reason};

/// A folder that gets the texts which stand inside a label file, each as a file of its own.
/// Nothing outside of it is written, links included.
///
/// The texts are put aside first. Their files appear when they are kept, so that a conversion which
/// turns out to be refused leaves none of them.
#[derive(Debug)]
pub struct NewTexts {
    path: PathBuf,
    dir: Dir,
    /// Whether the folder was not there before, so that it goes again where nothing is kept.
    is_new: bool,
    /// How the names of files end that may take the place of others.
    replaces: Option<&'static str>,
    aside: Mutex<Aside>,
}

/// Texts put aside: the length of the name and of the text, and then these two.
#[derive(Debug)]
struct Aside {
    file: BufWriter<std::fs::File>,
    /// Fingerprints of the texts, by those of their names.
    taken: HashMap<u64, u64>,
}

impl Aside {
    fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        for part in [name.as_bytes(), bytes] {
            self.file.write_all(&(part.len() as u64).to_le_bytes())?;
        }
        self.file.write_all(name.as_bytes())?;
        self.file.write_all(bytes)
    }
}

/// The next text that was put aside, with its name. `false` where there is none.
fn read_aside(aside: &mut impl BufRead, name: &mut String, text: &mut Vec<u8>) -> io::Result<bool> {
    if aside.fill_buf()?.is_empty() {
        return Ok(false);
    }
    let mut lengths = [[0; 8]; 2];
    for length in &mut lengths {
        aside.read_exact(length)?;
    }
    let [name_length, length] = lengths.map(u64::from_le_bytes);
    name.clear();
    text.clear();
    aside.take(name_length).read_to_string(name)?;
    aside.take(length).read_to_end(text)?;
    Ok(true)
}

impl NewTexts {
    /// Opens the folder, and makes it where it is not there.
    pub fn open(path: &Path) -> io::Result<Self> {
        let is_new = std::fs::symlink_metadata(path).is_err();
        std::fs::create_dir_all(path)?;
        Ok(Self {
            path: path.to_owned(),
            is_new,
            replaces: None,
            dir: Dir::open_ambient_dir(path, ambient_authority())?,
            aside: Mutex::new(Aside {
                file: BufWriter::new(
                    tempfile::tempfile().map_err(|error| in_temporary_folder(&error))?,
                ),
                taken: HashMap::new(),
            }),
        })
    }

    /// The same folder, where files with that extension may take the place of others.
    #[must_use]
    pub fn replacing(mut self, extension: &'static str) -> Self {
        self.replaces = Some(extension);
        self
    }

    /// Puts a text aside, unless there is an equal file of that name.
    ///
    /// Fails where the name leads out of the folder, and where another file or another text put
    /// aside has it.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let here = |name| other_on_windows(name).filter(|_| cfg!(windows));
        if let Some(reason) = unsafe_reason(name).or_else(|| here(name)) {
            let reason = format!("the name cannot be one of a file: {reason}");
            return Err(io::Error::new(ErrorKind::InvalidInput, reason));
        }
        let mut aside = self.aside();
        let print = fingerprint_of(bytes);
        match aside.taken.insert(fingerprint(name), print) {
            Some(before) if before == print => return Ok(()),
            Some(_) => {
                let reason = "the input has two texts of this name; a check of it says where";
                return Err(io::Error::new(ErrorKind::AlreadyExists, reason));
            }
            None => {}
        }
        if self.holds(name, bytes)? {
            return Ok(());
        }
        let written = aside.add(name, bytes);
        written.map_err(|error| in_temporary_folder(&error))
    }

    /// Throws away what was put aside.
    pub fn restart(&self) -> io::Result<()> {
        let mut aside = self.aside();
        aside.taken.clear();
        let flushed = aside.file.flush();
        let emptied = flushed.and_then(|()| aside.file.get_mut().set_len(0));
        let emptied = emptied.and_then(|()| aside.file.rewind());
        emptied.map_err(|error| in_temporary_folder(&error))
    }

    /// Makes the files of what was put aside, each as a whole. The error is of the first that could
    /// not be made, with its path, or with that of the folder where the temporary file failed.
    pub fn keep(&self) -> Result<(), (PathBuf, io::Error)> {
        let failed = |error| (self.path.clone(), in_temporary_folder(&error));
        let mut aside = self.aside();
        aside.file.rewind().map_err(failed)?;
        let mut aside = BufReader::new(aside.file.get_mut());
        let (mut name, mut text) = (String::new(), Vec::new());
        while read_aside(&mut aside, &mut name, &mut text).map_err(failed)? {
            let made = self.make(&name, &text);
            made.map_err(|error| (self.path.join(&name), error))?;
        }
        Ok(())
    }

    fn aside(&self) -> MutexGuard<'_, Aside> {
        self.aside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a file: it is there as a whole or not at all.
    fn make(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        // Somebody else may have made it since.
        if self.holds(name, bytes)? {
            return Ok(());
        }
        let folder = Path::new(name).parent().unwrap_or(Path::new(""));
        if !folder.as_os_str().is_empty() {
            self.dir.create_dir_all(folder)?;
        }
        let unfinished = format!("{name}.labelwright.tmp");
        // What a killed run has left, or something else that must not be written through.
        let _ = self.dir.remove_file(&unfinished);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = self.dir.open_with(&unfinished, &options)?;
        let written = file.write_all(bytes).and_then(|()| delivered(&file));
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
        let mut options = OpenOptions::new();
        // Without that, opening a pipe would wait for whoever writes to it.
        options.read(true).nonblock(true);
        let file = match self.dir.open_with(name, &options) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        let is_file = file.metadata()?.is_file();
        let mut found = Vec::new();
        if is_file {
            file.take(bytes.len() as u64 + 1).read_to_end(&mut found)?;
        }
        if is_file && found == bytes {
            return Ok(true);
        }
        let extension = Path::new(name).extension();
        if extension.is_some_and(|found| self.replaces.is_some_and(|may| found == may)) {
            return Ok(false);
        }
        let folder = self.path.display();
        let reason = format!("another text of this name is in {folder}; it was left as it is");
        Err(io::Error::new(ErrorKind::AlreadyExists, reason))
    }
}

impl Drop for NewTexts {
    fn drop(&mut self) {
        if self.is_new {
            // One that holds anything stays.
            let _ = std::fs::remove_dir(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_new_goes_where_nothing_is_kept() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("new");
        let texts = NewTexts::open(&path).unwrap();
        texts.write("1.ann", b"T1").unwrap();
        assert!(path.is_dir());
        drop(texts);
        assert!(!path.exists());
    }

    #[test]
    fn files_of_one_extension_may_be_replaced() {
        let root = tempfile::tempdir().unwrap();
        for name in ["1.ann", "1.txt"] {
            std::fs::write(root.path().join(name), "old").unwrap();
        }
        let texts = NewTexts::open(root.path()).unwrap().replacing("ann");
        texts.write("1.ann", b"new").unwrap();
        texts.keep().unwrap();
        assert_eq!(std::fs::read(root.path().join("1.ann")).unwrap(), b"new");
        let refused = texts.write("1.txt", b"new").unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_there_and_no_file_is_not_written_through() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        std::fs::write(at("2.txt"), "two").unwrap();
        // The name of a text that is being written leads to another text.
        std::os::unix::fs::symlink("2.txt", at("1.txt.labelwright.tmp")).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(at("3.txt"))
            .status();
        assert!(made.unwrap().success());
        let texts = NewTexts::open(root.path()).unwrap();
        // Nobody ever writes to that pipe, and an empty text is not equal to it.
        for bytes in [&b""[..], b"three"] {
            let refused = texts.write("3.txt", bytes).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
            texts.restart().unwrap();
        }
        texts.write("1.txt", b"one").unwrap();
        texts.keep().unwrap();
        assert_eq!(std::fs::read(at("1.txt")).unwrap(), b"one");
        assert_eq!(std::fs::read(at("2.txt")).unwrap(), b"two");
    }

    #[test]
    fn equal_texts_are_left_and_others_refused() {
        let root = tempfile::tempdir().unwrap();
        let texts = NewTexts::open(&root.path().join("texts")).unwrap();
        texts.write("a/1.txt", b"one\r\n").unwrap();
        texts.write("a/1.txt", b"one\r\n").unwrap();
        let twice = texts.write("a/1.txt", b"two").unwrap_err();
        assert_eq!(twice.kind(), ErrorKind::AlreadyExists);
        texts.keep().unwrap();
        texts.restart().unwrap();
        texts.write("a/1.txt", b"one\r\n").unwrap();
        texts.restart().unwrap();
        for other in [&b"one"[..], b"one\r\n\n", b""] {
            let refused = texts.write("a/1.txt", other).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
            texts.restart().unwrap();
        }
        for outside in ["../1.txt", "/1.txt", "a/../../1.txt"] {
            assert!(texts.write(outside, b"x").is_err(), "{outside}");
        }
        let written = std::fs::read(root.path().join("texts/a/1.txt")).unwrap();
        assert_eq!(written, b"one\r\n");
        let all = std::fs::read_dir(root.path().join("texts/a")).unwrap();
        assert_eq!(all.count(), 1, "nothing unfinished stays");
    }

    #[test]
    fn what_is_not_kept_is_not_there() {
        let root = tempfile::tempdir().unwrap();
        let texts = NewTexts::open(root.path()).unwrap();
        let names = || std::fs::read_dir(root.path()).unwrap().count();
        texts.write("1.txt", b"one").unwrap();
        assert_eq!(names(), 0);
        texts.restart().unwrap();
        texts.write("2.txt", b"").unwrap();
        texts.write("\u{e9}.txt", b"three\0").unwrap();
        texts.keep().unwrap();
        assert_eq!(names(), 2, "not what was thrown away");
        let written = std::fs::read(root.path().join("\u{e9}.txt")).unwrap();
        assert_eq!(written, b"three\0");
        // Between a text put aside and its file somebody else may make one.
        texts.restart().unwrap();
        texts.write("4.txt", b"four").unwrap();
        std::fs::write(root.path().join("4.txt"), "other").unwrap();
        let (path, error) = texts.keep().unwrap_err();
        assert_eq!(path, root.path().join("4.txt"));
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    }
}
