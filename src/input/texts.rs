//! Finds and reads the documents that a label file speaks of, and opens nothing else.
//!
//! A label file is data from somewhere, so the names in it are not trusted. A name that is
//! absolute or climbs is refused as it stands; and every file is opened through a handle on
//! its folder that the system does not let out, by links or otherwise (`cap-std`).

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::folder::Folder;
use super::read_error::{ReadError, is_of_the_file};
use crate::input::Listed;
use crate::model::Address;
use crate::model::fingerprints::{Repeated, fingerprint, fingerprint_under};
use crate::model::path::{key, unsafe_reason};

/// The folders that documents are looked up in, in the order of their precedence.
#[derive(Debug)]
pub struct Texts {
    pub(super) folders: Vec<Folder>,
    given: bool,
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
    /// There is no such file; the nearest name in the folders, where one is near.
    Missing(Option<String>),
    /// The name leads out of the folder, or could.
    Unsafe(&'static str),
    /// The file is there, and the system does not let it be read.
    Unreadable(String),
    /// The file has so many bytes, which are more than are read.
    TooLong(u64),
}

/// That a document was resolved to a file; fingerprints, 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The file. The lowest bit says that it was found under the document's whole path.
    file: u64,
    /// The document's address.
    document: u64,
}

impl Claim {
    const WHOLE: u64 = 1;

    /// The file alone, whatever the document is called.
    #[must_use]
    pub const fn file(self) -> u64 {
        self.file & !Self::WHOLE
    }

    fn is_whole(self) -> bool {
        self.file & Self::WHOLE != 0
    }
}

/// Files that more than one document would fall back to; none of them may.
#[derive(Debug, Default)]
pub struct Contested(BTreeSet<u64>);

impl Contested {
    /// Finds the files with claims of different documents. The order of claims does not matter.
    #[must_use]
    pub fn new(mut claims: Vec<Claim>) -> Self {
        claims.sort_unstable_by_key(|claim| (claim.file(), claim.document));
        let several = |pair: &&[Claim]| {
            pair[0].file() == pair[1].file() && pair[0].document != pair[1].document
        };
        Self(
            claims
                .windows(2)
                .filter(several)
                .map(|pair| pair[0].file())
                .collect(),
        )
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn refuses(&self, claim: Claim) -> bool {
        !claim.is_whole() && self.0.contains(&claim.file)
    }
}

impl Texts {
    /// Opens the folders. `given` tells whether the user named them.
    ///
    /// The error names the folder that cannot be opened.
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
        let open = |path: &PathBuf| Folder::open(path).map_err(|error| (path.clone(), error));
        Ok(Self {
            folders: folders.iter().map(open).collect::<Result<_, _>>()?,
            given,
        })
    }

    /// Texts in memory, by the names that label files have for them.
    #[must_use]
    pub fn in_memory(texts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self {
            folders: vec![Folder::in_memory(texts.into_iter().collect())],
            given: true,
        }
    }

    /// Whether the user named the folders.
    #[must_use]
    pub const fn given(&self) -> bool {
        self.given
    }

    /// The paths of the folders, as given.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        self.folders
            .iter()
            .map(|folder| folder.path.clone())
            .collect()
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
            let found = !matches!(lookup, Lookup::Missing(Some(_)));
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
        let document = fingerprint(&address.written);
        for (number, folder) in self.folders.iter().enumerate() {
            for candidate in candidates(address) {
                let meant = Some((folder, candidate));
                match folder.read(candidate, most, buffer) {
                    Ok(Some(length)) if length > most => {
                        buffer.clear();
                        return Ok((Lookup::TooLong(length), meant));
                    }
                    Ok(Some(_)) => {
                        let whole = u64::from(candidate.len() == path.len());
                        let file =
                            fingerprint_under(number as u64, candidate) & !Claim::WHOLE | whole;
                        let claim = Claim { file, document };
                        if contested.refuses(claim) {
                            buffer.clear();
                            return Ok((Lookup::Missing(None), meant));
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
        let name = near.map(|(_, name)| name.to_owned());
        Ok((Lookup::Missing(name), near))
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
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn address(path: &str, shortens: bool) -> Address<'_> {
        Address {
            written: Cow::Borrowed(path),
            path: 0..path.len(),
            container: None,
            is_composed: false,
            shortens,
        }
    }

    fn folder(files: &[&str]) -> (tempfile::TempDir, Texts) {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file).unwrap();
        }
        let texts = Texts::open(&[root.path().to_owned()], true).unwrap();
        (root, texts)
    }

    fn read(texts: &Texts, path: &str) -> Option<String> {
        let mut buffer = Vec::new();
        let found = texts.read(&address(path, true), &Contested::default(), &mut buffer);
        let found = found.unwrap();
        matches!(found, Lookup::Read(_)).then(|| String::from_utf8(buffer).unwrap())
    }

    #[test]
    fn a_url_shortens_and_a_location_does_not() {
        let (_root, texts) = folder(&["b/1.txt", "2.txt"]);
        assert_eq!(read(&texts, "a/b/1.txt").as_deref(), Some("b/1.txt"));
        assert_eq!(read(&texts, "a/b/2.txt").as_deref(), Some("2.txt"));
        let mut buffer = Vec::new();
        let found = texts.read(
            &address("a/2.txt", false),
            &Contested::default(),
            &mut buffer,
        );
        assert!(matches!(found, Ok(Lookup::Missing(None))));
    }

    #[test]
    fn a_file_that_two_documents_fall_back_to_is_neither_s() {
        let (_root, texts) = folder(&["1.txt", "x/2.txt", "2.txt"]);
        let claim = |path: &str| match texts.read(
            &address(path, true),
            &Contested::default(),
            &mut Vec::new(),
        ) {
            Ok(Lookup::Read(claim)) => claim,
            other => panic!("{path}: {other:?}"),
        };
        let paths = ["a/1.txt", "b/1.txt", "x/2.txt", "2.txt", "y/2.txt", "2.txt"];
        let contested = Contested::new(paths.map(claim).to_vec());
        let read = |path: &str| {
            let found = texts.read(&address(path, true), &contested, &mut Vec::new());
            matches!(found, Ok(Lookup::Read(_)))
        };
        assert_eq!(paths.map(read), [false, false, true, true, false, true]);
    }

    #[test]
    fn near_names() {
        let (_root, texts) = folder(&["Caf\u{e9} 1.txt"]);
        let near = |path: &str| {
            let found = texts.read(&address(path, true), &Contested::default(), &mut Vec::new());
            match found {
                Ok(Lookup::Missing(near)) => near,
                other => panic!("{path}: {other:?}"),
            }
        };
        let want = Some("Caf\u{e9} 1.txt".to_owned());
        assert_eq!(near("x/cafe\u{301} 1.txt"), want);
        assert_eq!(near("Caf%C3%A9%201.TXT"), want);
        assert_eq!(near("2.txt"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let (root, texts) = folder(&["in.txt"]);
        let outside = tempfile::NamedTempFile::new().unwrap();
        std::os::unix::fs::symlink(outside.path(), root.path().join("out.txt")).unwrap();
        std::os::unix::fs::symlink("in.txt", root.path().join("link.txt")).unwrap();
        let found =
            |path: &str| texts.read(&address(path, true), &Contested::default(), &mut Vec::new());
        assert!(matches!(found("out.txt"), Ok(Lookup::Unsafe(_))));
        assert!(matches!(found("link.txt"), Ok(Lookup::Read(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_waited_for() {
        let (root, texts) = folder(&[]);
        std::fs::create_dir(root.path().join("d.txt")).unwrap();
        let found = texts.read(
            &address("d.txt", true),
            &Contested::default(),
            &mut Vec::new(),
        );
        assert!(matches!(found, Ok(Lookup::Unreadable(_))));
    }
}
