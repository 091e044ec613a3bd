//! Files in memory by their paths: folders for who has no disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};
use std::sync::Arc;
use std::{fmt, ops::Bound};

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
}

/// Files in memory by their paths, with slashes, from one place on: as a folder on disk has them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FileTree(Arc<BTreeMap<String, Arc<[u8]>>>);

impl FileTree {
    /// Files by their paths. Of two with one path the later stays.
    #[must_use]
    pub fn new<B: Into<Arc<[u8]>>>(files: impl IntoIterator<Item = (String, B)>) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path, bytes.into()));
        Self(Arc::new(files.collect()))
    }

    /// The bytes of the file of that path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(|bytes| &**bytes)
    }

    /// The same for who keeps them.
    pub(super) fn shared(&self, path: &str) -> Option<Arc<[u8]>> {
        self.0.get(path).cloned()
    }

    /// The paths of all files in a folder and below it, sorted.
    pub fn paths_below(&self, folder: &Path) -> impl Iterator<Item = &str> {
        let start = beginning(folder);
        let range = (Bound::Included(start.clone()), Bound::Unbounded);
        let paths = self.0.range(range).map(|(path, _)| path.as_str());
        paths.take_while(move |path| path.starts_with(&start))
    }

    /// A folder of it; one without files where there is none of that path.
    pub(super) fn branch(&self, folder: &Path) -> Branch {
        Branch {
            tree: self.clone(),
            start: beginning(folder),
        }
    }
}

/// The names alone may be many, and the bytes are.
impl fmt::Debug for FileTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileTree({} files)", self.0.len())
    }
}

/// What the paths of the files in a folder begin with.
fn beginning(folder: &Path) -> String {
    let steps = folder.components().filter_map(|step| match step {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    steps.fold(String::new(), |path, step| path + &step + "/")
}

/// A folder of a [`FileTree`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Branch {
    tree: FileTree,
    /// What the paths of its files begin with: nothing, or the folder's own path and a slash.
    start: String,
}

impl Branch {
    /// Its path in the tree, without a slash at its end.
    pub(super) fn path(&self) -> &str {
        self.start.strip_suffix('/').unwrap_or_default()
    }

    /// The bytes of the file of that name. `./a.txt` and `b//a.txt` are `a.txt` and `b/a.txt`, as
    /// they are on disk.
    pub(super) fn file(&self, name: &str) -> Option<&[u8]> {
        let at = |name: &str| match &*self.start {
            "" => self.tree.file(name),
            start => self.tree.file(&format!("{start}{name}")),
        };
        at(name).or_else(|| {
            let steps = name.split('/').filter(|step| !matches!(*step, "" | "."));
            let plain = steps.collect::<Vec<_>>().join("/");
            if plain == name { None } else { at(&plain) }
        })
    }

    /// The names of all files in it and below, sorted, with slashes.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let range = (Bound::Included(self.start.as_str()), Bound::Unbounded);
        let paths = self.tree.0.range::<str, _>(range);
        paths.map_while(|(path, _)| path.strip_prefix(&self.start))
    }

    /// Calls `found` with the name of each file and folder in one of its folders, but for hidden ones.
    pub(super) fn each_entry(&self, folder: &str, mut found: impl FnMut(&str, Kind)) {
        let inner = self.folder(folder);
        let mut folders = BTreeSet::new();
        for name in inner.names().filter(|name| !name.starts_with('.')) {
            match name.split_once('/') {
                None => found(name, Kind::File),
                Some((folder, _)) if folders.insert(folder) => found(folder, Kind::Folder),
                Some(_) => {}
            }
        }
    }

    /// A folder in it, by its path from here.
    pub(super) fn folder(&self, folder: &str) -> Self {
        Self {
            tree: self.tree.clone(),
            start: format!("{}{}", self.start, beginning(Path::new(folder))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> FileTree {
        let paths = [
            "a.txt",
            ".b.txt",
            "c/d.txt",
            "c/e/f.txt",
            "c.txt",
            "cc/g.txt",
        ];
        FileTree::new(paths.map(|path| (path.to_owned(), path.as_bytes().to_vec())))
    }

    fn entries(branch: &Branch, folder: &str) -> Vec<(String, Kind)> {
        let mut all = Vec::new();
        branch.each_entry(folder, |name, kind| all.push((name.to_owned(), kind)));
        all
    }

    #[test]
    fn a_folder_holds_its_own_files_and_no_others() {
        let (tree, of) = (tree(), |name: &str, kind| (name.to_owned(), kind));
        let root = tree.branch(Path::new("."));
        let all = [
            of("a.txt", Kind::File),
            of("c.txt", Kind::File),
            of("c", Kind::Folder),
            of("cc", Kind::Folder),
        ];
        assert_eq!(entries(&root, ""), all);
        let inner = [of("d.txt", Kind::File), of("e", Kind::Folder)];
        assert_eq!(entries(&root, "c"), inner);
        assert_eq!(entries(&tree.branch(Path::new("./c")), ""), inner);
        assert_eq!(entries(&root, "none"), []);
        let below: Vec<_> = tree.paths_below(Path::new("c")).collect();
        assert_eq!(below, ["c/d.txt", "c/e/f.txt"]);
    }

    #[test]
    fn a_name_leads_where_it_does_on_disk() {
        let root = tree().branch(Path::new(""));
        for name in ["c/e/f.txt", "./c/e/f.txt", "c//e/./f.txt"] {
            assert_eq!(root.file(name), Some(&b"c/e/f.txt"[..]), "{name}");
        }
        assert_eq!(root.folder("c").file("d.txt"), Some(&b"c/d.txt"[..]));
        assert_eq!(root.file("c"), None);
    }
}
