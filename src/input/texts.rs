//! Finds and reads the documents that a label file speaks of, and opens nothing else.
//!
//! A label file is data from somewhere, so the names in it are not trusted. A name that is
//! absolute or climbs is refused as it stands; and every file is opened through a handle on
//! its folder that the system does not let out, by links or otherwise (`cap-std`).

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::OnceLock;

use super::claims::{Claim, Contested};
use super::contents::{Contents, again};
use super::folder::Folder;
use super::nearby::Nearby;
#[cfg(feature = "files")]
use super::pack::Packs;
use super::read_error::{ReadError, is_of_the_file};
use super::tree::FileTree;
use crate::input::Listed;
use crate::model::fingerprints::{Repeated, fingerprint};
use crate::model::path::{key, other_on_windows, unsafe_reason};
use crate::model::{Absent, Address};

/// The folders that documents are looked up in, in the order of their precedence.
#[derive(Debug)]
pub struct Texts {
    pub(super) folders: Vec<Folder>,
    /// The paths of the folders and packs, as given.
    paths: Vec<PathBuf>,
    given: bool,
    /// Whether the folders may be listed beside the work.
    #[cfg(feature = "files")]
    early: bool,
    /// The folder of the label file, where it is known.
    beside: Option<PathBuf>,
    /// The folders as users name them, where they did.
    looked_in: Option<Arc<[String]>>,
    /// What stands in the texts, read when a document is looked for by its content.
    contents: OnceLock<Result<Contents, ReadError>>,
    /// The files in memory that the folders are of, where they are.
    tree: Option<FileTree>,
    /// What is near, listed when the first document is missing.
    nearby: OnceLock<Nearby>,
}

/// A file: its folder, and its path from there.
type Place<'t> = (&'t Folder, &'t str);
/// How many bytes a text may have where nobody says how many: 256 MiB.
const MOST: u64 = 268_435_456;

/// What a look-up comes to.
#[derive(Debug)]
pub enum Lookup {
    /// The bytes are in the buffer. The claim says which file it was.
    Read(Claim),
    /// There is no such file; what is known of it.
    Missing(Absent),
    /// The name leads out of the folder, or could.
    Unsafe(&'static str),
    /// The file is there, and the system does not let it be read.
    Unreadable(String),
    /// The file has so many bytes, which are more than are read.
    TooLong(u64),
}

impl Texts {
    /// Opens the folders. `given` tells whether the user named them. A file is taken for a text pack, and
    /// stands for the folders in it.
    ///
    /// The error names the folder or pack that cannot be opened.
    ///
    /// ```no_run
    /// use labelwright::{Options, Source, Texts};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let source = Source::open("export.jsonl".as_ref())?;
    /// let texts = Texts::open(&["texts".into()], true).map_err(|(_, error)| error)?;
    /// for document in labelwright::read(&source, Some(&texts), &Options::default())?.documents()? {
    ///     let document = document?;
    ///     println!("{}: {:?}", document.name, document.spans);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "files")]
    pub fn open(folders: &[PathBuf], given: bool) -> Result<Self, (PathBuf, io::Error)> {
        Self::open_among(folders, given, &Packs::default())
    }

    /// The same for one of many label files, which share what packs they name.
    #[cfg(feature = "files")]
    pub fn open_among(
        folders: &[PathBuf],
        given: bool,
        packs: &Packs,
    ) -> Result<Self, (PathBuf, io::Error)> {
        let open = |path: &PathBuf| {
            let opened = Folder::open(path, packs);
            opened.map_err(|error| (path.clone(), error))
        };
        let shown = folders.iter().map(|path| path.display().to_string());
        let opened = folders.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            beside: folders.first().filter(|_| !given).cloned(),
            looked_in: given.then(|| shown.collect()),
            ..Self::of_folders(opened.into_iter().flatten().collect(), folders, given)
        })
    }

    /// The same of folders of files in memory, by their paths in the tree.
    #[must_use]
    pub fn in_tree(tree: &FileTree, folders: &[PathBuf], given: bool) -> Self {
        let shown = folders.iter().map(|path| path.display().to_string());
        Self {
            beside: folders.first().filter(|_| !given).cloned(),
            looked_in: given.then(|| shown.collect()),
            tree: Some(tree.clone()),
            ..Self::of_folders(
                folders
                    .iter()
                    .map(|path| Folder::in_tree(tree, path))
                    .collect(),
                folders,
                given,
            )
        }
    }

    /// The same with the folder that the label file is in. Where a document is missing, it is said
    /// whether a folder there or near has a file of its name; nothing is read from there.
    #[must_use]
    pub fn with_label_folder(mut self, folder: &Path) -> Self {
        self.beside = Some(folder.to_owned());
        self
    }

    /// The same for the one label file of a run: its folders may be listed while it is worked on. Many
    /// label files that share a folder would list it once each.
    #[cfg(feature = "files")]
    #[must_use]
    pub const fn of_one_label_file(mut self) -> Self {
        self.early = true;
        self
    }

    /// Lists what stands in the folders themselves, where that may be done early.
    pub(crate) fn list_early(&self) {
        #[cfg(feature = "files")]
        if self.early {
            self.folders.iter().for_each(Folder::list_early);
        }
    }

    /// Texts in memory, by the names that label files have for them.
    #[must_use]
    pub fn in_memory(texts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let tree = FileTree::new(texts);
        let folder = PathBuf::new();
        Self::of_folders(vec![Folder::in_tree(&tree, &folder)], &[folder], true)
    }

    fn of_folders(folders: Vec<Folder>, paths: &[PathBuf], given: bool) -> Self {
        Self {
            folders,
            paths: paths.to_owned(),
            given,
            #[cfg(feature = "files")]
            early: false,
            beside: None,
            looked_in: None,
            contents: OnceLock::new(),
            tree: None,
            nearby: OnceLock::new(),
        }
    }

    /// A folder near the label file under which a document would be found, as it would be named.
    /// Only names are listed, see `nearby.rs`.
    #[must_use]
    pub fn elsewhere(&self, address: &Address<'_>) -> Option<String> {
        let label_folder = self.beside.as_ref()?;
        let nearby = || Nearby::of(label_folder, &self.paths(), self.tree.as_ref());
        let folder = self.nearby.get_or_init(nearby).folder_of(address)?;
        let shown = folder.display().to_string();
        Some(if shown.is_empty() {
            ".".to_owned()
        } else {
            shown
        })
    }

    /// Whether the user named the folders.
    #[must_use]
    pub const fn given(&self) -> bool {
        self.given
    }

    /// The paths of the folders and packs, as given.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        self.paths.clone()
    }

    /// The texts by what stands in them. They are all read once, when this is asked for the first time;
    /// of more than `most` bytes none is.
    ///
    /// Fails where the machine does not let them be read.
    pub fn contents(&self, most: u64) -> Result<&Contents, ReadError> {
        let contents = self
            .contents
            .get_or_init(|| Contents::of(&self.folders, most));
        contents.as_ref().map_err(again)
    }

    /// Why the texts could not be looked through for their contents, where they could not.
    pub fn looked_through(&self) -> Result<(), ReadError> {
        match self.contents.get() {
            Some(Err(error)) => Err(again(error)),
            _ => Ok(()),
        }
    }

    /// Reads a document's text into `buffer`, which is emptied first.
    ///
    /// In each folder the whole path is tried; for an address that shortens, then the path
    /// without its first segment, and so on to the bare name. The first file wins. One of more than
    /// 256 MiB is not read.
    ///
    /// Fails where the machine does not let it be told what there is.
    pub fn read(
        &self,
        address: &Address<'_>,
        contested: &Contested,
        buffer: &mut Vec<u8>,
    ) -> Result<Lookup, ReadError> {
        Ok(self.find(address, contested, MOST, buffer)?.0)
    }

    /// Reads a document's text of no more than `most` bytes as [`Self::read`] does, and adds the
    /// file it was found in to what is `listed`, whether its text can be had or not.
    pub fn read_listed(
        &self,
        address: &Address<'_>,
        contested: &Contested,
        most: u64,
        buffer: &mut Vec<u8>,
        listed: Option<&mut Listed>,
    ) -> Result<Lookup, ReadError> {
        let (lookup, file) = self.find(address, contested, most, buffer)?;
        if let (Some(listed), Some((folder, name))) = (listed, file) {
            let found = !matches!(&lookup, Lookup::Missing(absent) if absent.near.is_some());
            listed.add(&folder.root, name, found);
        }
        Ok(lookup)
    }

    /// Whether one of the files that a document could be found in under a shorter path is among
    /// these, by the fingerprints of a [`Listed`].
    #[must_use]
    pub fn may_be_one_of(&self, address: &Address<'_>, files: &Repeated) -> bool {
        let is_one = |name: &str| {
            let mut folders = self.folders.iter();
            folders.any(|folder| files.contains(super::listed::print(&folder.root, name)))
        };
        address.shortens && candidates(address).any(is_one)
    }

    /// Reads a document's text; and the file that the document means, where there is one.
    fn find<'t>(
        &'t self,
        address: &'t Address<'_>,
        contested: &Contested,
        most: u64,
        buffer: &mut Vec<u8>,
    ) -> Result<(Lookup, Option<Place<'t>>), ReadError> {
        buffer.clear();
        let path = address.path();
        if let Some(reason) = unsafe_reason(path) {
            return Ok((Lookup::Unsafe(reason), None));
        }
        let document = fingerprint(&address.identity());
        for (number, folder) in self.folders.iter().enumerate() {
            for candidate in candidates(address) {
                if cfg!(windows) && other_on_windows(candidate).is_some() {
                    continue;
                }
                let meant = Some((folder, candidate));
                match folder.read(candidate, most, buffer) {
                    Ok(Some(length)) if length > most => {
                        buffer.clear();
                        return Ok((Lookup::TooLong(length), meant));
                    }
                    Ok(Some(_)) => {
                        let is_whole = candidate.len() == path.len();
                        let claim = Claim::new(document, number, candidate, is_whole);
                        if contested.refuses(claim) {
                            buffer.clear();
                            let absent = Absent {
                                shared: Some(candidate.to_owned()),
                                ..self.absent(None)
                            };
                            return Ok((Lookup::Missing(absent), meant));
                        }
                        return Ok((Lookup::Read(claim), meant));
                    }
                    Ok(None) => {}
                    Err(error) if leads_out(&error) => {
                        let reason = "a link leads out of the folder";
                        return Ok((Lookup::Unsafe(reason), None));
                    }
                    Err(error) if is_of_the_file(&error) => {
                        return Ok((Lookup::Unreadable(error.to_string()), meant));
                    }
                    Err(source) => {
                        let path = folder.path.join(candidate);
                        return Err(ReadError { path, source });
                    }
                }
            }
        }
        let near = self.near(address)?;
        let mut absent = self.absent(near.map(|(_, name)| name.to_owned()));
        if near.is_none() && !address.name().is_empty() {
            absent.elsewhere = self.elsewhere(address);
        }
        Ok((Lookup::Missing(absent), near))
    }

    /// A text that was not found.
    fn absent(&self, near: Option<String>) -> Absent {
        Absent {
            near,
            shared: None,
            elsewhere: None,
            looked_in: self.looked_in.clone(),
        }
    }

    /// The name of a file that differs from the document's in case, in normalization or in
    /// percent-encoding only.
    fn near(&self, address: &Address<'_>) -> Result<Option<Place<'_>>, ReadError> {
        let wanted = if address.shortens {
            address.name()
        } else {
            address.path()
        };
        let key = key(wanted);
        for folder in &self.folders {
            let found = folder.with_key(&key).map_err(|source| ReadError {
                path: folder.path.clone(),
                source,
            })?;
            if let Some(name) = found.filter(|name| *name != wanted) {
                return Ok(Some((folder, name)));
            }
        }
        Ok(None)
    }
}

/// The paths that a document's text may lie under: its own, and where the address shortens those
/// without the first segments, down to the bare name.
fn candidates<'a>(address: &'a Address<'_>) -> impl Iterator<Item = &'a str> {
    let shortens = address.shortens;
    let shorter = move |path: &&'a str| {
        let shorter = path.split_once('/').map(|(_, shorter)| shorter);
        shorter.filter(|_| shortens)
    };
    let all = std::iter::successors(Some(address.path()), shorter);
    // After an empty segment a path would be absolute as it stands.
    all.filter(|path| !path.starts_with('/'))
}

/// cap-std's own refusal; the system's has an error number.
fn leads_out(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied && error.raw_os_error().is_none()
}

#[cfg(test)]
mod tests;
