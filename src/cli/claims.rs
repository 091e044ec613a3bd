//! That no two files of a run are one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::input::{Input, Opened};
use super::own_report::is_own_report;
use super::places::real;
use super::terminal::Failure;
use crate::config::Lookup;
use crate::pipeline::Error;

/// The files that a run reads and writes, by their places: none of them may be written over.
#[derive(Default)]
pub(super) struct Claims {
    files: BTreeMap<PathBuf, Claim>,
    /// The same by their numbers in the file system: a file may have several names.
    numbers: BTreeMap<(u64, u64), PathBuf>,
    /// The folder that gets texts, whose names only the inputs know.
    texts: Option<PathBuf>,
    /// The folders that texts are looked up in.
    lookups: BTreeSet<PathBuf>,
    /// Whether files may be replaced; `None` where the command has no option for it.
    force: Option<bool>,
}

struct Claim {
    /// What it is called, as in `-o out.json` or "an input".
    what: String,
    path: PathBuf,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Read,
    /// It was found in a folder, so it may be something else that nobody asked for.
    Found,
    Written,
}

impl Claims {
    /// Those of a run that may replace other files, or may not.
    pub(super) fn new(force: bool) -> Self {
        Self {
            force: Some(force),
            ..Self::default()
        }
    }

    fn replaces(&self) -> bool {
        self.force.unwrap_or(false)
    }

    /// Where the texts of an input are looked up.
    pub(super) fn lookup(&mut self, lookup: &Lookup, input: &Path) {
        match lookup {
            Lookup::Nowhere => {}
            Lookup::Beside => {
                let folder = real(input).parent().map(Path::to_owned);
                self.lookups.extend(folder);
            }
            Lookup::Folders(folders) => self.folders(folders),
        }
    }

    /// Folders and packs that texts are looked up in.
    pub(super) fn folders(&mut self, folders: &[PathBuf]) {
        self.read_packs(folders);
        self.lookups
            .extend(folders.iter().map(|folder| real(folder)));
    }

    fn read_packs(&mut self, folders: &[PathBuf]) {
        for pack in folders.iter().filter(|path| path.is_file()) {
            self.read("a pack of texts", pack);
        }
    }

    /// An input of the run.
    pub(super) fn input(&mut self, input: &Input) {
        match input {
            Input::File(path) | Input::Folder(path, _) => {
                self.add("an input", path, Role::Read);
            }
            Input::Found { path, .. } => self.add("an input", path, Role::Found),
            Input::Parts(first, others) => {
                for path in std::iter::once(first).chain(others) {
                    self.add("an input", path, Role::Read);
                }
            }
            Input::Stdin(_) => {}
        }
    }

    /// Another file that is read.
    pub(super) fn read(&mut self, what: &str, path: &Path) {
        self.add(what, path, Role::Read);
    }

    /// A folder that gets texts.
    pub(super) fn texts(&mut self, folder: &Path) {
        self.texts = Some(real(folder));
    }

    /// A file that is written, and not replaced without force. `option` is what asks for it.
    ///
    /// Fails where it is there, or is a file that is written for something else or read.
    pub(super) fn write(&mut self, option: &str, path: &Path) -> Result<(), Failure> {
        let option = self.free(option, path)?;
        if !self.replaces() && place(path).is_some() && path.exists() {
            let name = path.display();
            return Err(format!("{name} exists; `--force` replaces it").into());
        }
        self.add(&option, path, Role::Written);
        Ok(())
    }

    /// A report that is written. An older one is replaced.
    ///
    /// Fails where something else is there, or where it is a file that is written for something
    /// else or read.
    pub(super) fn report(&mut self, option: &str, path: &Path) -> Result<(), Failure> {
        let option = self.free(option, path)?;
        if !self.replaces() && place(path).is_some() && path.exists() {
            let own = is_own_report(path).map_err(|source| Error::Read {
                path: path.display().to_string(),
                source,
            })?;
            if !own {
                let way_out = match self.force {
                    Some(_) => "`--force` replaces it",
                    None => "give another name",
                };
                let name = path.display();
                return Err(format!("{name} is no report of labelwright; {way_out}").into());
            }
        }
        self.add(&option, path, Role::Written);
        Ok(())
    }

    /// Makes sure that a file is neither read nor written for something else. Answers what asks
    /// for it, with its path.
    fn free(&self, option: &str, path: &Path) -> Result<String, Failure> {
        let option = format!("{option}{}", path.display());
        if let Some(taken) = self.taken(path)? {
            let other = &taken.what;
            return Err(match taken.role {
                Role::Written => format!(
                    "`{other}` and `{option}` are one file, and one of the two would be lost; give \
                     one of them another name"
                ),
                Role::Read | Role::Found => format!(
                    "`{option}` would be written over {}, which is {other}; give it another name",
                    taken.path.display()
                ),
            }
            .into());
        }
        // What a link leads to is what would be written over.
        let real = real(path);
        let is_text = is_text(path) || is_text(&real);
        let texts = self.texts.as_deref();
        if is_text && texts.is_some_and(|folder| real.starts_with(folder)) {
            return Err(format!(
                "`{option}` could be one of the texts that go to the same folder; give it another \
                 folder, or a name that does not end in .txt"
            )
            .into());
        }
        let is_below = |folder: &PathBuf| real.starts_with(folder);
        if is_text && path.is_file() && self.lookups.iter().any(is_below) {
            return Err(format!(
                "`{option}` would be written over what may be the text of a document; give it a name \
                 that does not end in .txt"
            )
            .into());
        }
        Ok(option)
    }

    /// Who has the file already.
    fn taken(&self, path: &Path) -> Result<Option<&Claim>, Failure> {
        let by_number = || self.files.get(self.numbers.get(&number(path)?)?);
        let by_place = place(path).and_then(|place| self.files.get(&place));
        let Some(taken) = by_place.or_else(by_number) else {
            return Ok(None);
        };
        // An earlier report may lie in a folder of inputs and be none of them.
        let is_passed_over = match taken.role {
            Role::Found => {
                let path = taken.path.clone();
                let found = Input::Found { path, alone: false };
                matches!(found.open()?, Opened::PassedOver(_))
            }
            Role::Read | Role::Written => false,
        };
        Ok((!is_passed_over).then_some(taken))
    }

    fn add(&mut self, what: &str, path: &Path, role: Role) {
        if let Some(place) = place(path) {
            if let Some(number) = number(path) {
                self.numbers.entry(number).or_insert_with(|| place.clone());
            }
            self.files.entry(place).or_insert_with(|| Claim {
                what: what.to_owned(),
                path: path.to_owned(),
                role,
            });
        }
    }
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
}

/// The number of a file in its file system.
#[cfg(unix)]
fn number(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn number(_: &Path) -> Option<(u64, u64)> {
    None
}

/// Where a file stands; nothing for what many may write to, such as a pipe.
fn place(path: &Path) -> Option<PathBuf> {
    let is_file = fs::metadata(path).map_or(true, |found| found.is_file());
    is_file.then(|| real(path))
}
