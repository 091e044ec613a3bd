//! Several files as one label file: those that are named, and those of a folder.

use std::io;
use std::path::{Path, PathBuf};

use super::Source;
use crate::input::content::{Content, Piece};
use crate::input::tree::FileTree;
#[cfg(feature = "files")]
use crate::input::walk::files_below;

impl Source {
    /// Several label files as one: their bytes one after the other, each from the beginning of a
    /// line on. Formats that are one JSON value a file cannot be read so. Reports name the file that
    /// a finding stands in; documents are looked for beside the first.
    ///
    /// Fails where one of them cannot be read.
    pub fn joined(sources: Vec<Self>) -> io::Result<Self> {
        Self::put_together(sources, false)
    }

    /// The same; where an empty file `counts` as one, a line end stands for it, so that no other file
    /// begins where it does.
    fn put_together(sources: Vec<Self>, counts: bool) -> io::Result<Self> {
        let mut pieces: Vec<Piece> = Vec::new();
        let stems = sources.iter().flat_map(|one| one.stems.clone()).collect();
        let first = sources.first().map_or(Path::new(""), Self::path).to_owned();
        for one in sources {
            let length = one.length()?;
            let last = one.bytes(length.saturating_sub(1)..length)?;
            pieces.push(Piece {
                name: one.name,
                content: one.content,
                start: pieces.last().map_or(0, Piece::end),
                length,
                is_open: last.last().map_or(counts, |byte| *byte != b'\n'),
            });
        }
        let content = Content::Several(pieces.into());
        Ok(Self {
            stems,
            ..Self::new(&first, content, None)
        })
    }

    /// The files of one extension in a folder and below as one, as [`Self::joined`] has them: sorted
    /// by path, without hidden ones and links. Documents are looked for in the folder. Each file is
    /// opened when it is read, and must keep its length until the work is done.
    ///
    /// Fails where there are none, and where one of them cannot be read.
    #[cfg(feature = "files")]
    pub fn in_folder(folder: &Path, extension: &str) -> io::Result<Self> {
        let sources = files_below(folder, extension)?;
        let sources = sources.iter().map(|path| Self::closed(path));
        let all = Self::joined(sources.collect::<io::Result<_>>()?)?;
        Ok(all.of_folder(folder, extension))
    }

    /// The same where each of the files is one record, an empty one too. A file that is called `once`
    /// holds what stands once in the folder, and comes first where it is there.
    #[cfg(feature = "files")]
    pub fn whole_folder(folder: &Path, extension: &str, once: &str) -> io::Result<Self> {
        let mut paths = files_below(folder, extension)?;
        let once = folder.join(once);
        let has_once = std::fs::metadata(&once).is_ok_and(|found| found.is_file());
        if has_once {
            paths.insert(0, once);
        }
        let sources = paths.iter().map(|path| Self::closed(path));
        let all = Self::put_together(sources.collect::<io::Result<_>>()?, true)?;
        Ok(Self {
            has_once,
            ..all.of_folder(folder, extension)
        })
    }

    /// The same of a folder in a tree.
    ///
    /// Fails where there are no such files.
    pub fn whole_folder_in_tree(
        tree: &FileTree,
        folder: &Path,
        extension: &str,
        once: &str,
    ) -> io::Result<Self> {
        let paths = tree.paths_below(folder).map(Path::new);
        let is_hidden = |path: &Path| {
            let mut steps = path.strip_prefix(folder).unwrap_or(path).components();
            steps.any(|step| step.as_os_str().to_string_lossy().starts_with('.'))
        };
        let is_named = |path: &&Path| path.extension().is_some_and(|it| it == extension);
        let paths = paths.filter(is_named).filter(|path| !is_hidden(path));
        let mut paths: Vec<PathBuf> = paths.map(Path::to_owned).collect();
        if paths.is_empty() {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        paths.sort();
        let once = Path::new(once);
        let once = tree.paths_below(folder).map(Path::new).find(|path| {
            let inside = path.strip_prefix(folder).unwrap_or(path);
            inside == once
        });
        let has_once = once.is_some();
        let paths = once.map(Path::to_owned).into_iter().chain(paths);
        let sources = paths.filter_map(|path| Self::in_tree(tree, path.to_str()?));
        let all = Self::put_together(sources.collect(), true)?;
        Ok(Self {
            has_once,
            ..all.of_folder(folder, extension)
        })
    }

    /// The files in it as those of a folder: each is called by its path from there.
    fn of_folder(self, folder: &Path, extension: &str) -> Self {
        let stem = |(name, _): (String, u64)| {
            let path = PathBuf::from(name).with_extension("");
            let path = path.strip_prefix(folder).unwrap_or(&path);
            let steps = path.components();
            let steps = steps.map(|step| step.as_os_str().to_string_lossy().into_owned());
            steps.collect::<Vec<_>>().join("/")
        };
        Self {
            stems: self.files().into_iter().map(stem).collect(),
            path: folder.to_owned(),
            name: folder.to_string_lossy().into_owned(),
            folder: folder.to_owned(),
            extension: Some(extension.to_owned()),
            ..self
        }
    }

    /// A file that is opened each time it is read.
    #[cfg(feature = "files")]
    fn closed(path: &Path) -> io::Result<Self> {
        let length = std::fs::metadata(path)?.len();
        let own = path.to_owned();
        let content = Content::Closed { path: own, length };
        Ok(Self::new(path, content, None))
    }
}
