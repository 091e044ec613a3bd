//! A folder that texts are written to.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use cap_fs_ext::OpenOptionsSyncExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

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

/// What became of texts that were put aside.
#[derive(Default)]
struct Made {
    /// Of each text, whether its file was not there before.
    are_new: Vec<bool>,
    /// The folders that were not there before, each behind the one that it lies in.
    folders: Vec<PathBuf>,
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
    /// not be made, with its path, or with that of the folder where the temporary file failed; then those that
    /// were made before go again, but for what took the place of another file.
    pub fn keep(&self) -> Result<(), (PathBuf, io::Error)> {
        let mut aside = self.aside();
        let mut made = Made::default();
        let kept = self.make_all(&mut aside, &mut made);
        if kept.is_err() {
            // The reason is worth more than that the rest could not be taken away.
            let _ = self.undo(&mut aside, &made);
        }
        kept
    }

    fn make_all(&self, aside: &mut Aside, made: &mut Made) -> Result<(), (PathBuf, io::Error)> {
        let failed = |error| (self.path.clone(), in_temporary_folder(&error));
        aside.file.rewind().map_err(failed)?;
        let mut aside = BufReader::new(aside.file.get_mut());
        let (mut name, mut text) = (String::new(), Vec::new());
        while read_aside(&mut aside, &mut name, &mut text).map_err(failed)? {
            let is_new = self.make(&name, &text, &mut made.folders);
            let is_new = is_new.map_err(|error| (self.path.join(&name), error))?;
            made.are_new.push(is_new);
        }
        Ok(())
    }

    /// Takes away what was made of what was put aside, where it still is what was made.
    fn undo(&self, aside: &mut Aside, made: &Made) -> io::Result<()> {
        aside.file.rewind()?;
        let mut aside = BufReader::new(aside.file.get_mut());
        let (mut name, mut text) = (String::new(), Vec::new());
        for is_new in &made.are_new {
            read_aside(&mut aside, &mut name, &mut text)?;
            if *is_new && self.holds(&name, &text)? {
                self.dir.remove_file(&name)?;
            }
        }
        // One that holds anything stays.
        for folder in made.folders.iter().rev() {
            let _ = self.dir.remove_dir(folder);
        }
        Ok(())
    }

    fn aside(&self) -> MutexGuard<'_, Aside> {
        self.aside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a file: it is there as a whole or not at all. Answers whether nothing of its name was there
    /// before; the folders that it takes are added to `folders`.
    fn make(&self, name: &str, bytes: &[u8], folders: &mut Vec<PathBuf>) -> io::Result<bool> {
        // Somebody else may have made it since.
        if self.holds(name, bytes)? {
            return Ok(false);
        }
        let folder = Path::new(name).parent().unwrap_or(Path::new(""));
        self.make_folder(folder, folders)?;
        let is_new = self.dir.symlink_metadata(name).is_err();
        let (mut file, unfinished) = self.unfinished(folder)?;
        let written = file.write_all(bytes).and_then(|()| delivered(&file));
        drop(file);
        let renamed = written.and_then(|()| self.dir.rename(&unfinished, &self.dir, name));
        if renamed.is_err() {
            // The reason is worth more than that the rest could not be taken away.
            let _ = self.dir.remove_file(&unfinished);
        }
        renamed.map(|()| is_new)
    }

    /// Makes a folder and those that it lies in, and notes which were not there.
    fn make_folder(&self, folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
        if folder.as_os_str().is_empty() || self.dir.is_dir(folder) {
            return Ok(());
        }
        self.make_folder(folder.parent().unwrap_or(Path::new("")), made)?;
        match self.dir.create_dir(folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            done => done.map(|()| made.push(folder.to_owned())),
        }
    }

    /// A new file in a folder, with its name. What has such a name already is somebody else's, and the name
    /// is short, since that of the text may be as long as the system allows.
    fn unfinished(&self, folder: &Path) -> io::Result<(File, PathBuf)> {
        /// So many runs that were killed have left something.
        const MOST: u32 = 1_000;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        for number in 0..MOST {
            let name = folder.join(format!(".labelwright-{number}.tmp"));
            match self.dir.open_with(&name, &options) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                opened => return opened.map(|file| (file, name)),
            }
        }
        let reason = "all names such as .labelwright-0.tmp are taken in the folder";
        Err(io::Error::new(ErrorKind::AlreadyExists, reason))
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
mod tests;
