//! A file that appears whole or not at all.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::{Builder, NamedTempFile, TempPath};

use super::places::destination;
use super::unfinished::{TEMPORARY, Unfinished};
use crate::input::{Spool, delivered};
use crate::operations::Product;

/// A file that appears under its name when it is kept; until then, and where it is dropped,
/// what was there before stays as it is.
pub(super) struct NewFile {
    place: Destination,
}

enum Destination {
    /// A file beside the target, renamed onto it.
    Beside {
        file: BufWriter<NamedTempFile>,
        target: PathBuf,
        replace: bool,
        /// Whether there is a file that this one will take the place of.
        is_successor: bool,
        /// Goes after the file does.
        _unfinished: Unfinished,
    },
    /// An unnamed file, copied to something that cannot be renamed onto.
    Copied {
        file: BufWriter<Spool>,
        target: Option<PathBuf>,
    },
}

impl NewFile {
    /// Begins a file that is to appear at `path`. Fails with
    /// [`io::ErrorKind::AlreadyExists`] where there is one and it may not be replaced.
    ///
    /// A link is followed; devices and pipes are written to when the file is kept.
    pub(super) fn create(path: &Path, replace: bool) -> io::Result<Self> {
        let target = destination(path)?;
        let old = fs::metadata(&target).ok();
        if let Some(old) = &old {
            if old.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            if !old.is_file() {
                return Ok(Self {
                    place: Destination::Copied {
                        file: BufWriter::new(Spool::new()?),
                        target: Some(target),
                    },
                });
            }
            if !replace {
                return Err(io::Error::from(io::ErrorKind::AlreadyExists));
            }
        }
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = Builder::new();
        builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
        match &old {
            Some(old) => builder.permissions(old.permissions()),
            None => open_permissions(&mut builder),
        };
        let create = || builder.tempfile_in(folder);
        let (file, unfinished) = Unfinished::create(create, |file| file.path().to_owned())?;
        // Says to others that somebody writes to it. A file system without locks has no need of it.
        let _ = file.as_file().try_lock();
        if let Some(old) = &old {
            // The user's mask has been taken off, and the old file's mode was none of its business.
            let (now, old) = (file.as_file().metadata()?.permissions(), old.permissions());
            if now != old {
                file.as_file().set_permissions(old)?;
            }
        }
        Ok(Self {
            place: Destination::Beside {
                file: BufWriter::new(file),
                target,
                replace,
                is_successor: old.is_some(),
                _unfinished: unfinished,
            },
        })
    }

    /// Begins what goes to the path of an option: a file, or standard output where it is `-`.
    pub(super) fn at(out: &Path, replace: bool) -> io::Result<Self> {
        if is_stdout(out) {
            Self::for_stdout()
        } else {
            Self::create(out, replace)
        }
    }

    /// Begins what is to be printed on standard output.
    fn for_stdout() -> io::Result<Self> {
        Ok(Self {
            place: Destination::Copied {
                file: BufWriter::new(Spool::new()?),
                target: None,
            },
        })
    }

    /// Ends the writing, and tells when that was. Only a file that will be renamed has a time.
    ///
    /// An old file is not given up before the new one is on the disk, power or not. Where there
    /// is none, that is left to the system, which takes its time.
    pub(super) fn settle(&mut self) -> io::Result<Option<SystemTime>> {
        let Destination::Beside {
            file, is_successor, ..
        } = &mut self.place
        else {
            return Ok(None);
        };
        file.flush()?;
        let file = file.get_ref().as_file();
        if *is_successor {
            file.sync_all()?;
        }
        Ok(file.metadata()?.modified().ok())
    }

    /// Puts what was written on the disk, whether there is an old file or not: where two files
    /// belong together, neither may appear before both are safe.
    pub(super) fn secure(&mut self) -> io::Result<()> {
        self.flush()?;
        match &self.place {
            Destination::Beside { file, .. } => file.get_ref().as_file().sync_all(),
            Destination::Copied { .. } => Ok(()),
        }
    }

    /// What brings back the state before the file appeared: made before that. `None` where
    /// nothing can.
    pub(super) fn way_back(&self) -> Option<WayBack> {
        let Destination::Beside {
            target,
            is_successor,
            ..
        } = &self.place
        else {
            return None;
        };
        let target = target.clone();
        if !is_successor {
            return Some(WayBack { target, old: None });
        }
        let folder = target.parent().filter(|it| !it.as_os_str().is_empty());
        let mut builder = Builder::new();
        builder.prefix(".labelwright-").suffix(".old");
        // A second name of the old file costs nothing and changes nothing.
        let link = |path: &Path| fs::hard_link(&target, path);
        let old = builder.make_in(folder.unwrap_or(Path::new(".")), link);
        let old = old.ok()?.into_temp_path();
        Some(WayBack {
            target,
            old: Some((Unfinished::known(&old), old)),
        })
    }

    /// Makes the file appear.
    pub(super) fn keep(mut self) -> io::Result<()> {
        self.settle()?;
        match self.place {
            Destination::Beside {
                file,
                target,
                replace,
                is_successor: _,
                _unfinished,
            } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                delivered(file.as_file())?;
                let kept = if replace {
                    file.persist(&target)
                } else {
                    file.persist_noclobber(&target)
                };
                kept.map(|_| ()).map_err(|error| error.error)
            }
            Destination::Copied { file, target } => {
                let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                if let Some(target) = target {
                    let mut output = OpenOptions::new().write(true).open(target)?;
                    file.copy_to(&mut output)?;
                    return delivered(&output);
                }
                let mut output = io::stdout().lock();
                file.copy_to(&mut output)?;
                output.flush()?;
                delivered(&output)
            }
        }
    }
}

/// The file of a report, as `FORM=PATH` names it.
///
/// Fails where the path is empty, and where it is `-`, which would be a file of that name.
pub(super) fn report_path(path: Option<&OsStr>, form: &str) -> Result<Option<PathBuf>, String> {
    match path {
        Some(path) if path.is_empty() => Err("the path after `=` is empty".to_owned()),
        Some(path) if path == "-" => Err(format!(
            "without a path it is printed: `--output {form}`; a file of that name is `./-`"
        )),
        path => Ok(path.map(PathBuf::from)),
    }
}

/// Whether the path of an option means standard output.
pub(super) fn is_stdout(out: &Path) -> bool {
    out == Path::new("-")
}

/// What the path of an option is called in messages.
pub(super) fn name_of(out: &Path) -> String {
    if is_stdout(out) {
        "standard output".to_owned()
    } else {
        out.display().to_string()
    }
}

/// The way back to what stood in a place before a new file appeared there.
pub(super) struct WayBack {
    target: PathBuf,
    /// The old file, by another name.
    old: Option<(Unfinished, TempPath)>,
}

impl WayBack {
    /// Goes it.
    pub(super) fn go(self) -> io::Result<()> {
        match self.old {
            Some((_unfinished, old)) => old.persist(&self.target).map_err(|error| error.error),
            None => fs::remove_file(&self.target),
        }
    }
}

impl Product for NewFile {
    fn restart(&mut self) -> io::Result<()> {
        self.flush()?;
        match &mut self.place {
            Destination::Beside { file, .. } => file.get_mut().as_file_mut().restart(),
            Destination::Copied { file, .. } => file.get_mut().restart(),
        }
    }

    fn amend(&mut self, place: u64, bytes: &[u8]) -> io::Result<()> {
        self.flush()?;
        match &mut self.place {
            Destination::Beside { file, .. } => file.get_mut().as_file_mut().amend(place, bytes),
            Destination::Copied { file, .. } => file.get_mut().amend(place, bytes),
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.place {
            Destination::Beside { file, .. } => file.write(bytes),
            Destination::Copied { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.place {
            Destination::Beside { file, .. } => file.flush(),
            Destination::Copied { file, .. } => file.flush(),
        }
    }
}

/// What any program gives a new file: the user's mask is taken off it. A temporary file would
/// be the user's alone otherwise.
fn open_permissions<'b, 'p, 's>(builder: &'b mut Builder<'p, 's>) -> &'b mut Builder<'p, 's> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}
