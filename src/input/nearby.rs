//! Folders near a label file, for texts that are not where they were looked for. Only names are
//! listed, and no link is followed.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Component, Path, PathBuf};

use super::files::Files;
use super::tree::{FileTree, Kind};
use crate::model::Address;

/// How many levels of folders are listed below a folder that the user names, or that the label file
/// is in.
const DEPTH: usize = 3;

/// The most folders that are listed.
const MOST_FOLDERS: usize = 200;

/// The most names that are kept of all of them. A folder with more than what is left is passed over.
const MOST_NAMES: usize = 100_000;

/// The files of the folders near a label file, by their names.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    /// The folders that were listed, in the order of the search, as `--texts` would be given them.
    folders: Vec<PathBuf>,
    /// The folders that have a file of a name.
    by_name: BTreeMap<String, Vec<usize>>,
    /// How many names there are.
    names: usize,
}

/// A folder that is to be listed, and how many levels below it.
struct Waiting {
    path: PathBuf,
    files: Files,
    levels: usize,
}

impl Nearby {
    /// Lists what is in and below the folder of the label file and those that the user names, and in
    /// the folders beside the label file's own: on disk, or in a tree.
    ///
    /// What may not be listed is passed over: this is a hint, and no document is missing for it.
    pub(super) fn of(label_folder: &Path, named: &[PathBuf], tree: Option<&FileTree>) -> Self {
        let mut nearby = Self::default();
        let starts = [label_folder.to_owned()];
        for start in starts.iter().chain(named) {
            nearby.list(start, DEPTH, tree);
        }
        let above = match tree {
            Some(_) => above_in_tree(label_folder),
            None => above(label_folder),
        };
        if let Some(above) = above {
            nearby.list(&above, 1, tree);
        }
        nearby
    }

    /// Lists a folder and so many levels below it, level by level and each by name.
    fn list(&mut self, start: &Path, levels: usize, tree: Option<&FileTree>) {
        let branch = tree.map(|tree| tree.branch(start));
        let Ok(Some(files)) = Files::listed(opened(start), branch.as_ref()) else {
            return;
        };
        let mut waiting = VecDeque::from([Waiting {
            path: start.to_owned(),
            files,
            levels,
        }]);
        while let Some(here) = waiting.pop_front() {
            if self.folders.len() == MOST_FOLDERS {
                return;
            }
            let (files, folders) = self.entries(&here.files);
            let is_known = self.folders.contains(&here.path);
            if !is_known {
                self.names += files.len();
                for name in files {
                    let number = self.folders.len();
                    self.by_name.entry(name).or_default().push(number);
                }
                self.folders.push(here.path.clone());
            }
            for name in folders.into_iter().filter(|_| here.levels > 0) {
                if let Some(files) = here.files.folder(&name) {
                    waiting.push_back(Waiting {
                        path: joined(&here.path, &name),
                        files,
                        levels: here.levels - 1,
                    });
                }
            }
        }
    }

    /// The names of files and of folders, both sorted, but for hidden ones and those that are no
    /// Unicode. Of a folder that has too many files there are none.
    fn entries(&self, all: &Files) -> (Vec<String>, Vec<String>) {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        let left = MOST_NAMES - self.names;
        // What stood there before a failure is a hint all the same.
        let _ = all.each_entry("", |name, kind| match kind {
            Kind::Folder => folders.push(name.to_owned()),
            Kind::File if files.len() <= left => files.push(name.to_owned()),
            Kind::File => {}
        });
        if files.len() > left {
            files.clear();
        }
        files.sort();
        folders.sort();
        (files, folders)
    }

    /// The first folder under which a document would be found.
    pub(super) fn folder_of(&self, address: &Address<'_>) -> Option<&Path> {
        let folders = self.by_name.get(address.name())?;
        let mut folders = folders.iter().map(|number| &*self.folders[*number]);
        if address.shortens {
            return folders.next();
        }
        // The folders in the document's name are below the one that is looked for.
        let way = Path::new(address.folder());
        let levels = way.components().count();
        folders.find_map(|folder| {
            folder
                .ends_with(way)
                .then(|| folder.ancestors().nth(levels))?
        })
    }
}

/// The folder above, in the words of the user; none above the root of the file system.
fn above(folder: &Path) -> Option<PathBuf> {
    let real = std::fs::canonicalize(folder).ok()?;
    // What lies at the root of a system is nobody's neighbour.
    real.parent()?.parent()?;
    Some(match folder.components().next_back() {
        Some(Component::Normal(_)) => folder.parent()?.to_owned(),
        None | Some(Component::CurDir) => PathBuf::from(".."),
        _ => folder.join(".."),
    })
}

/// The same in a tree, above whose first folders nothing is known.
fn above_in_tree(folder: &Path) -> Option<PathBuf> {
    match folder.components().next_back() {
        Some(Component::Normal(_)) => folder.parent().map(Path::to_owned),
        _ => None,
    }
}

/// The path to open: nothing is the current folder.
fn opened(path: &Path) -> &Path {
    if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    }
}

/// A folder in another, without a dot before it.
fn joined(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") {
        PathBuf::from(name)
    } else {
        folder.join(name)
    }
}

#[cfg(feature = "files")]
#[cfg(test)]
mod tests {
    use super::*;

    fn place(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        root
    }

    /// The folder of a document, from the root of the place.
    fn found(root: &Path, label_folder: &str, path: &str, shortens: bool) -> Option<String> {
        let nearby = Nearby::of(&root.join(label_folder), &[], None);
        let address = Address {
            shortens,
            ..Address::location(path)
        };
        let folder = nearby.folder_of(&address)?;
        let folder = folder.strip_prefix(root).unwrap();
        Some(folder.to_str().unwrap().replace('\\', "/"))
    }

    #[test]
    fn folders_below_and_beside_are_looked_into() {
        let root = place(&[
            "p/labels/a.json",
            "p/labels/x/y/z/1.txt",
            "p/labels/x/y/z/deep/2.txt",
            "p/docs/3.txt",
            "p/docs/below/4.txt",
            "p/.hidden/5.txt",
            "6.txt",
            "p/docs/sub/7.txt",
            "p/labels/sub/7.txt",
        ]);
        let root = root.path();
        let of = |path: &str| found(root, "p/labels", path, true);
        assert_eq!(of("1.txt").as_deref(), Some("p/labels/x/y/z"));
        assert_eq!(of("2.txt"), None);
        assert_eq!(of("a/b/3.txt").as_deref(), Some("p/docs"));
        assert_eq!(of("4.txt"), None);
        assert_eq!(of("5.txt"), None);
        assert_eq!(of("6.txt"), None);
        let whole = |path: &str| found(root, "p/labels", path, false);
        assert_eq!(whole("sub/7.txt").as_deref(), Some("p/labels"));
        assert_eq!(whole("z/1.txt").as_deref(), Some("p/labels/x/y"));
        assert_eq!(whole("a/3.txt"), None);
    }

    #[test]
    fn a_tree_is_looked_through_as_the_disk_is() {
        let paths = ["p/labels/x/1.txt", "p/docs/2.txt", "3.txt"];
        let tree = FileTree::new(paths.map(|path| (path.to_owned(), Vec::new())));
        let of = |folder: &str, path: &str| {
            let nearby = Nearby::of(Path::new(folder), &[], Some(&tree));
            let address = Address {
                shortens: true,
                ..Address::location(path)
            };
            nearby
                .folder_of(&address)
                .map(|it| it.display().to_string())
        };
        assert_eq!(of("p/labels", "1.txt").as_deref(), Some("p/labels/x"));
        assert_eq!(of("p/labels", "2.txt").as_deref(), Some("p/docs"));
        assert_eq!(of("p/labels", "3.txt"), None);
        assert_eq!(of("p", "3.txt").as_deref(), Some(""));
        assert_eq!(of(".", "2.txt").as_deref(), Some("p/docs"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let root = place(&["p/labels/a.json", "elsewhere/1.txt"]);
        let link = root.path().join("p/labels/docs");
        std::os::unix::fs::symlink(root.path().join("elsewhere"), link).unwrap();
        assert_eq!(found(root.path(), "p/labels", "1.txt", true), None);
    }

    #[test]
    fn the_search_has_an_end() {
        let files: Vec<String> = (0..MOST_FOLDERS + 5)
            .map(|it| format!("p/{it:04}/{it}.txt"))
            .collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let root = place(&files);
        let nearby = Nearby::of(&root.path().join("p"), &[], None);
        assert_eq!(nearby.folders.len(), MOST_FOLDERS);
        assert_eq!(nearby.names, MOST_FOLDERS - 1);
    }

    #[test]
    fn the_folder_above_in_the_words_of_the_user() {
        let root = place(&["a/b/1.txt"]);
        let path = root.path();
        assert_eq!(above(&path.join("a/b")), Some(path.join("a")));
        assert_eq!(above(Path::new(".")), Some(PathBuf::from("..")));
        assert_eq!(above(Path::new("/")), None);
        assert_eq!(above(Path::new("/usr")), None);
    }
}
