//! From `INPUT` to label files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::places::real;
use super::search::{Search, expanded, is_pattern};
use super::terminal::{Failure, Reasons};
use crate::diagnostics::{Looks, Nature};
use crate::formats::Format;
use crate::input::Source;
use crate::operations;
use crate::pipeline::Error;

/// What standard input is called where the user gives it no name.
const STDIN: &str = "<stdin>";

/// The inputs as the user gave them, each with its label files.
pub(super) enum Input {
    /// A file that the user named: what it is, it must say.
    File(PathBuf),
    /// A file that was found in a folder.
    Found {
        path: PathBuf,
        /// Whether nothing else was found there, so that it must be what the user means.
        alone: bool,
    },
    /// A folder that is a label file of a format as a whole.
    Folder(PathBuf, &'static dyn Format),
    /// Files that are one corpus together, in their order: the first, and the others.
    Parts(PathBuf, Vec<PathBuf>),
    /// Standard input.
    Stdin(PathBuf),
}

impl Input {
    /// Its path; standard input has the name that reports call it.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File(path)
            | Self::Found { path, .. }
            | Self::Folder(path, _)
            | Self::Parts(path, _)
            | Self::Stdin(path) => path,
        }
    }

    /// Opens the file. A found one that is no label file is passed over, unless that is an error.
    pub(super) fn open(&self) -> Result<Opened, Failure> {
        let read = |path: &Path, source| {
            let path = path.display().to_string();
            Box::new(Error::Read { path, source }) as Failure
        };
        match self {
            Self::File(path) => Source::open(path)
                .map(Opened::Source)
                .map_err(|error| read(path, error)),
            Self::Folder(path, format) => {
                let info = format.info();
                let once = info.layout.folder.unwrap_or_default();
                Source::whole_folder(path, info.extension(), once)
                    .map(Opened::Source)
                    .map_err(|error| read(path, error))
            }
            Self::Parts(first, others) => {
                let open = |path: &PathBuf| Source::open(path).map_err(|error| read(path, error));
                let parts = std::iter::once(first).chain(others).map(open);
                let joined = Source::joined(parts.collect::<Result<_, _>>()?);
                joined
                    .map(Opened::Source)
                    .map_err(|error| read(first, error))
            }
            Self::Stdin(name) => {
                let source = Source::spooled(io::stdin().lock(), name);
                source
                    .map(Opened::Source)
                    .map_err(|error| read(name, error))
            }
            Self::Found { path, alone } => {
                let source = Source::open(path).map_err(|error| read(path, error))?;
                Ok(match operations::looks(&source)? {
                    Some(looks) if is_passed_over(&looks, *alone) => Opened::PassedOver(looks),
                    _ => Opened::Source(source),
                })
            }
        }
    }
}

/// An input that was opened.
pub(super) enum Opened {
    /// A label file, or what is reported as none.
    Source(Source),
    /// Something else that was found in a folder, and what it looks like.
    PassedOver(Looks),
}

fn is_passed_over(looks: &Looks, alone: bool) -> bool {
    match looks.nature() {
        Nature::Unreadable => false,
        Nature::Unknown => !alone,
        Nature::Foreign => true,
    }
}

/// What says by what the format of a label file was told, for those who want to know; nothing where
/// the user gives the format.
pub(super) fn recognized(
    source: &Source,
    given: Option<&'static dyn Format>,
    verbose: bool,
) -> Result<Option<String>, Failure> {
    if !verbose || given.is_some() {
        return Ok(None);
    }
    let found = operations::recognized(source)?;
    Ok(found.map(|(format, sign)| {
        let (path, name) = (source.name(), format.name());
        format!("{path} is read as {name}: it has {sign}")
    }))
}

/// The files behind `INPUT...`, sorted by path and each once.
///
/// Fails where one does not exist or cannot be looked into.
pub(super) fn expand(
    inputs: &[PathBuf],
    stdin_name: Option<&Path>,
    search: &mut Search<'_>,
) -> Result<Vec<Input>, Failure> {
    let mut files = Files::default();
    let mut stdin = None;
    let mut whole = Files::default();
    let mut missing = Vec::new();
    let mut named = Vec::new();
    for input in inputs {
        // A file may have such a name. Where none has, the shell left the pattern to us.
        if input.exists() || !is_pattern(input) {
            named.push(input.clone());
            continue;
        }
        let found = expanded(input);
        let found = found.map_err(|error| format!("cannot read {}: {error}", input.display()))?;
        if found.is_empty() {
            missing.push(format!("no file matches {}", input.display()));
        }
        named.extend(found);
    }
    for input in &named {
        if input == Path::new("-") {
            let name = stdin_name.unwrap_or(Path::new(STDIN));
            stdin = Some(Input::Stdin(name.to_owned()));
            continue;
        }
        match fs::metadata(input) {
            Ok(metadata) if metadata.is_dir() => {
                if let Some(format) = search.whole(input)? {
                    whole.add(vec![input.clone()], Some(format));
                    continue;
                }
                let found = search.files(input)?;
                let alone = found.len() == 1;
                files.add(found, Some(alone));
            }
            Ok(_) if search.as_found => {
                if !search.is_excluded(input)? {
                    files.add(vec![input.clone()], Some(false));
                }
            }
            Ok(_) => files.add(vec![input.clone()], None),
            Err(error) => missing.push(format!("cannot read {}: {error}", input.display())),
        }
    }
    if !missing.is_empty() {
        return Err(Box::new(Reasons(missing)));
    }
    let input = |(path, found)| match found {
        Some(alone) => Input::Found { path, alone },
        None => Input::File(path),
    };
    let files = files.distinct().into_iter().map(input);
    let folder = |(path, format): (_, Option<_>)| Some(Input::Folder(path, format?));
    let whole = whole.distinct().into_iter().filter_map(folder);
    let mut all: Vec<Input> = files.chain(whole).collect();
    all.sort_by(|one, other| one.path().cmp(other.path()));
    all.extend(stdin);
    Ok(all)
}

/// Files behind inputs, with what is known of those of an input where it did not name them itself.
struct Files<T> {
    by_input: Vec<(Vec<PathBuf>, Option<T>)>,
}

impl<T> Default for Files<T> {
    fn default() -> Self {
        let by_input = Vec::new();
        Self { by_input }
    }
}

impl<T: Copy> Files<T> {
    /// Adds those of an input.
    fn add(&mut self, paths: Vec<PathBuf>, known: Option<T>) {
        self.by_input.push((paths, known));
    }

    /// All of them, each once, however inputs call it. A file that was named as well as found counts as
    /// named; the links in one folder are files of their own.
    fn distinct(mut self) -> Vec<(PathBuf, Option<T>)> {
        self.by_input.sort_by_key(|(_, known)| known.is_some());
        let is_alone = self.by_input.len() == 1;
        let mut taken = BTreeSet::new();
        let mut files = Vec::new();
        for (paths, known) in self.by_input {
            let place = |path: &PathBuf| (!is_alone).then(|| real(path));
            let placed = paths.into_iter().map(|path| (place(&path), path));
            let is_new =
                |place: &Option<PathBuf>| !place.as_ref().is_some_and(|it| taken.contains(it));
            let new: Vec<_> = placed.filter(|(place, _)| is_new(place)).collect();
            for (place, path) in new {
                taken.extend(place);
                files.push((path, known));
            }
        }
        files
    }
}
