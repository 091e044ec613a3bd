//! Which files of a folder are looked at, and which a pattern stands for.

use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use clap::Args;
use globset::GlobBuilder;
use ignore::WalkBuilder;

use super::config::{Configs, from_folder, here};
use super::help::heading;
use super::ignore_files::IgnoreFiles;
use super::presence::is_file;
use super::terminal::Failure;
use crate::config::Globs;
use crate::formats::{FORMATS, Format};
use crate::input::Source;
use crate::operations::looks;

/// What is left out of folders.
#[derive(Args, Default)]
pub(super) struct SearchFlags {
    /// Files of folders to leave out; may be repeated
    ///
    /// A pattern as in `.gitignore`, from the current folder on. A file that is named on the
    /// command line is looked at all the same.
    #[arg(long, value_name = "GLOB", help_heading = heading::INPUT)]
    exclude: Vec<String>,

    /// Look at ignored files too
    ///
    /// Those are the files of folders that `.gitignore`, `.ignore` or `exclude` in the configuration
    /// leave out.
    #[arg(long, help_heading = heading::INPUT)]
    no_ignore: bool,
}

/// How folders are searched.
pub(super) struct Search<'a> {
    no_ignore: bool,
    /// Whether a file that is named is looked at like one that was found in a folder.
    pub(super) as_found: bool,
    /// The format that the user says inputs are of.
    pub(super) format: Option<&'static dyn Format>,
    /// `--exclude`, from the current folder on.
    exclude: Globs,
    configs: &'a mut Configs,
}

impl SearchFlags {
    /// The patterns of `--exclude`.
    pub(super) fn patterns(&self) -> &[String] {
        &self.exclude
    }

    /// The search that is asked for.
    ///
    /// Fails where a pattern is none.
    pub(super) fn search<'a>(&self, configs: &'a mut Configs) -> Result<Search<'a>, Failure> {
        let exclude = Globs::new(&self.exclude);
        Ok(Search {
            no_ignore: self.no_ignore,
            as_found: false,
            format: None,
            exclude: exclude.map_err(|why| format!("`--exclude` has no pattern: {why}"))?,
            configs,
        })
    }
}

impl Search<'_> {
    /// The label files that a folder may hold, by their extension: all of it, sorted, but for
    /// hidden names, links to folders, and what is left out.
    ///
    /// Fails where a folder cannot be looked into.
    pub(super) fn files(&mut self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        self.files_named(folder, &["json", "jsonl"])
    }

    /// The format that a folder as a whole is a label file of: the one that the user says, or one
    /// whose files lie in it where no other label file does.
    ///
    /// Fails where the folder cannot be looked into.
    pub(super) fn whole(&mut self, folder: &Path) -> Result<Option<&'static dyn Format>, Failure> {
        let is_folder = |format: &&dyn Format| format.info().layout.folder.is_some();
        if let Some(given) = self.format {
            return Ok(Some(given).filter(is_folder));
        }
        for format in FORMATS.iter().copied().filter(is_folder) {
            if self
                .files_named(folder, format.info().extensions)?
                .is_empty()
            {
                continue;
            }
            for path in self.files(folder)? {
                let source = Source::open(&path);
                let source = source.map_err(|error| format!("{}: {error}", path.display()))?;
                if looks(&source)?.is_none() {
                    return Ok(None);
                }
            }
            return Ok(Some(format));
        }
        Ok(None)
    }

    /// The files of a folder whose names end so, as [`Self::files`] has them.
    fn files_named(&mut self, folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
        let mut found = Vec::new();
        let ignore = IgnoreFiles::default();
        let mut walk = WalkBuilder::new(folder);
        // Files that leave others out are obeyed by code of our own, as git obeys them.
        walk.follow_links(false)
            .standard_filters(false)
            .hidden(true);
        if !self.no_ignore {
            ignore.guide(&mut walk, folder, repository(folder).as_deref());
            ignore.refuse()?;
        }
        for entry in walk.build() {
            let unread = |error: &dyn std::fmt::Display| -> Failure {
                format!("{}: {error}", folder.display()).into()
            };
            let entry = entry.map_err(|error| unread(&error))?;
            let path = entry.into_path();
            let is_named = path
                .extension()
                .is_some_and(|name| endings.iter().any(|ending| name == *ending));
            if is_named
                && is_file(&path).map_err(|error| unread(&error))?
                && !self.is_excluded(&path)?
            {
                found.push(path);
            }
        }
        ignore.refuse()?;
        found.sort();
        Ok(found)
    }

    /// Whether a file is left out by a pattern, apart from those of the repository.
    ///
    /// Fails where its configuration cannot be read.
    pub(super) fn is_excluded(&mut self, path: &Path) -> Result<bool, Failure> {
        if !self.exclude.patterns().is_empty() && self.is_named_in_exclude(path)? {
            return Ok(true);
        }
        Ok(!self.no_ignore && self.configs.asked(path)?.0.excluded)
    }

    /// Whether `--exclude` names a file. Its patterns are from the current folder on, so an input that is
    /// named from elsewhere on is first told from there.
    fn is_named_in_exclude(&self, path: &Path) -> Result<bool, Failure> {
        let here = here().map_err(|error| format!("{}: {error}", path.display()))?;
        let is_plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
        if !path.components().all(is_plain) {
            let way = from_folder(&here, path);
            return Ok(self.exclude.matches(&here, &way));
        }
        // A link on the way is known by the name that the user gives it.
        let is_name = |part: &Component<'_>| matches!(part, Component::Normal(_));
        let bare: PathBuf = path.components().filter(is_name).collect();
        Ok(self.exclude.matches(&here, &bare))
    }
}

/// The folder of the repository that a folder lies in. What lies above it says nothing of its files.
fn repository(folder: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mut folders = real.ancestors();
    let top = folders.find(|folder| folder.join(".git").exists())?;
    Some(top.to_owned())
}

/// Whether a path has signs that stand for others.
pub(super) fn is_pattern(path: &Path) -> bool {
    path.as_os_str()
        .to_str()
        .is_some_and(|text| text.contains(['*', '?', '[', '{']))
}

/// The files and folders that a pattern stands for, sorted, as a shell expands it: a sign stays
/// within a name, `**` stands for folders at any depth, and hidden names are left out.
///
/// Fails where it is no pattern, or a folder cannot be looked into.
pub(super) fn expanded(pattern: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        let name = Path::new(part.as_os_str());
        let mut next = Vec::new();
        if !is_pattern(name) {
            next.extend(found.iter().map(|folder| folder.join(name)));
            next.retain(|path| path.exists());
        } else if name == Path::new("**") {
            while let Some(folder) = found.pop() {
                found.extend(names(&folder)?.into_iter().filter(|path| is_folder(path)));
                next.push(folder);
            }
        } else {
            let text = name.to_string_lossy();
            let glob = GlobBuilder::new(&text).literal_separator(true).build();
            let glob = glob.map_err(|error| io::Error::other(error.kind().to_string()))?;
            let glob = glob.compile_matcher();
            for folder in &found {
                let is_meant = |path: &PathBuf| {
                    let name = path.file_name().map(Path::new);
                    name.is_some_and(|name| glob.is_match(name))
                };
                next.extend(names(folder)?.into_iter().filter(is_meant));
            }
        }
        next.sort();
        found = next;
    }
    Ok(found)
}

/// Links to folders are passed over, as in a search.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// What lies in a folder, but for hidden names; nothing in what is no folder.
fn names(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    if !here.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(here)? {
        let name = entry?.file_name();
        if !name.to_string_lossy().starts_with('.') {
            found.push(folder.join(name));
        }
    }
    Ok(found)
}
