//! Which `labelwright.toml` speaks of an input: the nearest one from its folder upwards.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::{fs, io};

use super::presence::is_file;
use super::terminal::{Failure, Reasons, say};
use crate::config::{Asked, Config, FILE_NAME, Lookup, Origins, rerooted};
use crate::input::Packs;
use crate::pipeline::Error;

/// The configuration files of a run, each read once.
pub(super) struct Configs {
    choice: Choice,
    verbose: bool,
    /// By folder: the file that speaks of what lies in it.
    found: BTreeMap<PathBuf, Option<Rc<Loaded>>>,
    /// What packs of texts its inputs name.
    packs: Packs,
}

enum Choice {
    /// The nearest one above each input.
    Nearest,
    /// `--config`
    This(Rc<Loaded>),
    /// `--isolated`
    None,
}

struct Loaded {
    /// The file, by its place in the file system.
    path: PathBuf,
    config: Config,
}

/// What the configuration asks of an input, and where that comes from.
#[derive(Default)]
pub(super) struct Told {
    pub(super) asked: Asked,
    pub(super) origins: Origins,
    /// Patterns of files that are left out, from the current folder on.
    pub(super) exclude: Vec<String>,
    /// Patterns from the folder of the file on, where that is not in the current folder.
    pub(super) exclude_above: Vec<String>,
    /// The configuration file, from the current folder on where it lies below.
    pub(super) file: Option<PathBuf>,
}

impl Loaded {
    /// The folder that the file is in.
    fn root(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// What it asks of a label file, by the way from its folder.
    fn asked(&self, path: &Path) -> Asked {
        let mut asked = self.config.asked(path);
        if let Lookup::Folders(folders) = &mut asked.texts {
            for folder in folders {
                *folder = shown(&self.root().join(&*folder));
            }
        }
        asked
    }
}

impl Configs {
    /// `given` is the file that the user names. It is read at once.
    pub(super) fn new(
        given: Option<&Path>,
        isolated: bool,
        verbose: bool,
    ) -> Result<Self, Failure> {
        let choice = match given {
            Some(path) => Choice::This(load(path, verbose)?),
            None if isolated => Choice::None,
            None => Choice::Nearest,
        };
        Ok(Self {
            choice,
            verbose,
            found: BTreeMap::new(),
            packs: Packs::default(),
        })
    }

    /// The packs of texts that all inputs of the run share.
    pub(super) fn packs(&self) -> Packs {
        self.packs.clone()
    }

    /// What the configuration asks of an input, and the file that says so, if there is one.
    /// Folders of texts come out as they are to be opened.
    pub(super) fn asked(&mut self, input: &Path) -> Result<(Asked, Option<PathBuf>), Failure> {
        let Some((loaded, path)) = self.loaded(input)? else {
            return Ok((Asked::default(), None));
        };
        let asked = loaded.asked(&path);
        Ok((asked, Some(loaded.path.clone())))
    }

    /// The same with where each value comes from.
    pub(super) fn told(&mut self, input: &Path) -> Result<Told, Failure> {
        let Some((loaded, path)) = self.loaded(input)? else {
            return Ok(Told::default());
        };
        let here = std::env::current_dir().and_then(fs::canonicalize);
        let way = here.map(|here| relative(&here, loaded.root()));
        let way = way.unwrap_or_else(|_| loaded.root().to_owned());
        let excluded = loaded.config.excluded();
        let here = excluded.iter().map(|pattern| rerooted(pattern, &way));
        let exclude: Option<Vec<String>> = here.collect();
        Ok(Told {
            asked: loaded.asked(&path),
            origins: loaded.config.origins(&path),
            exclude_above: match exclude {
                Some(_) => Vec::new(),
                None => excluded.to_vec(),
            },
            exclude: exclude.unwrap_or_default(),
            file: Some(shown(&loaded.path)),
        })
    }

    /// The file that speaks of an input, and the way from its folder to the input.
    fn loaded(&mut self, input: &Path) -> Result<Option<(Rc<Loaded>, PathBuf)>, Failure> {
        let folder = folder_of(input);
        let loaded = match &self.choice {
            Choice::None => None,
            Choice::This(loaded) => Some(loaded.clone()),
            Choice::Nearest => self.nearest(&folder)?,
        };
        Ok(loaded.map(|loaded| {
            let path = folder.join(input.file_name().unwrap_or_default());
            let path = relative(loaded.root(), &path);
            (loaded, path)
        }))
    }

    fn nearest(&mut self, folder: &Path) -> Result<Option<Rc<Loaded>>, Failure> {
        if let Some(found) = self.found.get(folder) {
            return Ok(found.clone());
        }
        let path = folder.join(FILE_NAME);
        let is_there = is_file(&path).map_err(|source| Error::Read {
            path: path.display().to_string(),
            source,
        })?;
        let found = if is_there {
            Some(load(&path, self.verbose)?)
        } else if let Some(parent) = folder.parent() {
            self.nearest(parent)?
        } else {
            None
        };
        self.found.insert(folder.to_owned(), found.clone());
        Ok(found)
    }
}

fn load(path: &Path, verbose: bool) -> Result<Rc<Loaded>, Failure> {
    let name = shown(path).display().to_string();
    let text = fs::read(path).and_then(|bytes| {
        String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    });
    let text = text.map_err(|source| {
        let path = name.clone();
        Box::new(Error::Read { path, source }) as Failure
    })?;
    let config = Config::parse(&text).map_err(|problems| {
        let lines = problems.iter();
        let lines = lines.map(|problem| format!("{name}:{problem}"));
        Box::new(Reasons(lines.collect())) as Failure
    })?;
    if verbose {
        say(format_args!("configured by {name}"));
    }
    let folder = folder_of(path);
    let config = config.in_folder(&folder);
    let path = folder.join(path.file_name().unwrap_or_default());
    Ok(Rc::new(Loaded { path, config }))
}

/// The folder that a file lies in, by its place in the file system. A folder that does not
/// exist (`--stdin-filename` may name one) keeps its name.
fn folder_of(path: &Path) -> PathBuf {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let real = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
    real.unwrap_or_else(|_| folder.to_owned())
}

/// The way from a folder to a file; both are places in the file system.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let same = from.components().zip(to.components());
    let same = same.take_while(|(a, b)| a == b).count();
    if same == 0 {
        // On Windows they may lie on two drives, and there is no way.
        return to.to_owned();
    }
    let up = from.components().skip(same).map(|_| Component::ParentDir);
    up.chain(to.components().skip(same)).collect()
}

/// The place of the current folder.
pub(super) fn here() -> io::Result<PathBuf> {
    std::env::current_dir().and_then(fs::canonicalize)
}

/// The way from a folder, by its place, to a file that is named in another way. A link keeps its own name.
pub(super) fn from_folder(here: &Path, path: &Path) -> PathBuf {
    let place = folder_of(path).join(path.file_name().unwrap_or_default());
    relative(here, &place)
}

/// The way from a folder to a file or folder, by their places in the file system.
pub(super) fn way(from: &Path, to: &Path) -> PathBuf {
    let real = |path: &Path| {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    };
    relative(&real(from), &real(to))
}

/// A path as people would write it: from the current folder where it lies below.
pub(super) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(fs::canonicalize);
    let short = here.ok().and_then(|here| path.strip_prefix(here).ok());
    match short {
        Some(short) if short.as_os_str().is_empty() => PathBuf::from("."),
        Some(short) => short.to_owned(),
        None => path.to_owned(),
    }
}
