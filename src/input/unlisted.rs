//! Which files of the folders are documents of some label file, and which are of none.

use std::collections::{BTreeMap, BTreeSet};

use super::entries::{is_text_or_folder, path_in};
use super::files::Files;
use super::listed::print;
use super::listing::{Listing, Root};
use super::read_error::ReadError;
use super::tree::Kind;
use crate::model::fingerprints::Fingerprints;

/// How many files of one folder are named one by one; the others are counted.
const MOST_NAMED: usize = 1_000;

/// Files of one folder that no label file lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// The number of the label file that the folder is reported with.
    pub by: usize,
    /// The folder, by its path from the folder of the texts.
    pub folder: String,
    /// Their paths from the folder of the texts, sorted.
    pub names: Vec<String>,
    /// How many more there are.
    pub more: u64,
}

/// A folder that documents were found in, as it is reported.
struct Found {
    /// The label file that it is reported with, which of its folders of texts it lies in, and how many
    /// folders were looked into before it there: the order of the reports.
    rank: (usize, usize, usize),
    /// The fingerprint of the folder.
    print: u64,
    unlisted: Unlisted,
}

/// Looks through the folders that documents were found in, each once, for texts that none of
/// the label files lists. Hidden files and links are passed over, and so are all names that do
/// not end in `.txt`.
///
/// Fails where a folder cannot be looked into for a reason of the machine.
pub fn unlisted(listings: &[(usize, Listing)]) -> Result<Vec<Unlisted>, ReadError> {
    let files = listings.iter().map(|(_, listing)| &listing.listed.files);
    let listed = Fingerprints::sorted(files);
    let incomplete = listings.iter().filter(|(_, listing)| !listing.complete);
    let incomplete = incomplete.flat_map(|(_, listing)| listing.roots.iter());
    let unknown: BTreeSet<&str> = incomplete.map(|root| &*root.name).collect();
    // Many label files may have their documents in one folder, so they are asked together.
    let mut first: BTreeMap<(&str, u64), usize> = BTreeMap::new();
    let mut ways: BTreeSet<u64> = BTreeSet::new();
    let mut roots = BTreeMap::new();
    for (number, (_, listing)) in listings.iter().enumerate() {
        ways.extend(&listing.listed.ways);
        for root in &listing.roots {
            let name = &*root.name;
            if unknown.contains(name) {
                continue;
            }
            roots.entry(name).or_insert(root);
            for print in &listing.listed.folders {
                first.entry((name, *print)).or_insert(number);
            }
        }
    }
    let mut found: Vec<Found> = Vec::new();
    for (root, found_at) in roots {
        let Root {
            path,
            packed,
            branch,
            early,
            ..
        } = found_at;
        let unread = |folder: &str| {
            let path = path.join(folder);
            move |source| ReadError { path, source }
        };
        // It was closed since, as many label files may have as many folders.
        let opened = Files::again(path, *packed, branch.as_ref());
        let Some(files) = opened.map_err(unread(""))? else {
            continue;
        };
        let mut waiting = vec![String::new()];
        for count in 0.. {
            let Some(folder) = waiting.pop() else {
                break;
            };
            let here = print(root, &folder);
            let asks = first.get(&(root, here)).and_then(|number| {
                let (by, listing) = &listings[*number];
                let place = listing.roots.iter().position(|known| known.name == root)?;
                let reaches = listing.listed.reaches(root, &folder);
                reaches.then_some((*by, listing, (*number, place, count)))
            });
            let is_listed = |print| Fingerprints::is_among(print, &listed);
            // A file that a folder named before hides is listed by its name all the same.
            let is_wanted = |name: &str, print_here| {
                asks.is_some_and(|(_, listing, _)| {
                    let names = listing.roots.iter().map(|root| &*root.name);
                    let mut others = names.filter(|other| *other != root);
                    !is_listed(print_here) && !others.any(|other| is_listed(print(other, name)))
                })
            };
            let mut sought = Sought::default();
            let mut see = |path: &str, kind, print: u64| match kind {
                Kind::Folder if ways.contains(&print) => {
                    sought.folders.insert(path.to_owned());
                }
                Kind::File if is_wanted(path, print) => sought.add(path.to_owned()),
                _ => {}
            };
            match early.as_ref().filter(|_| folder.is_empty()) {
                Some(early) => early
                    .iter()
                    .for_each(|(name, kind, print)| see(name, kind, print)),
                None => files
                    .each_entry(&folder, |name, kind| {
                        if is_text_or_folder(name, kind) {
                            let path = path_in(&folder, name);
                            see(&path, kind, print(root, &path));
                        }
                    })
                    .map_err(unread(&folder))?,
            }
            waiting.extend(sought.folders);
            if let Some((by, _, rank)) = asks {
                let unlisted = Unlisted {
                    by,
                    folder,
                    names: sought.texts.into_iter().collect(),
                    more: sought.more,
                };
                found.push(Found {
                    rank,
                    print: here,
                    unlisted,
                });
            }
        }
    }
    found.sort_by_key(|found| found.rank);
    // One folder may lie in another.
    let mut told = BTreeSet::new();
    found.retain(|found| told.insert(found.print) && !found.unlisted.names.is_empty());
    Ok(found.into_iter().map(|found| found.unlisted).collect())
}

/// What is looked for in a folder, by its path from the folder of the texts.
#[derive(Default)]
struct Sought {
    folders: BTreeSet<String>,
    /// The first of them by name.
    texts: BTreeSet<String>,
    /// How many more there are.
    more: u64,
}

impl Sought {
    fn add(&mut self, text: String) {
        self.texts.insert(text);
        if self.texts.len() > MOST_NAMED {
            self.texts.pop_last();
            self.more += 1;
        }
    }
}

#[cfg(feature = "files")]
#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::input::Contested;
    use crate::input::{Listed, Texts};
    use crate::model::Address;

    /// What is unlisted where label files with these documents look in these folders.
    fn unlisted_by(files: &[(&[&std::path::Path], &[&str], bool)]) -> Vec<(usize, String)> {
        let mut listings = Vec::new();
        for (by, (folders, paths, complete)) in files.iter().enumerate() {
            let folders: Vec<PathBuf> = folders.iter().map(|path| (*path).to_owned()).collect();
            let texts = Texts::open(&folders, true).unwrap();
            let mut listed = Listed::default();
            for path in *paths {
                let address = Address {
                    written: (*path).into(),
                    path: 0..path.len(),
                    container: None,
                    is_composed: false,
                    shortens: true,
                };
                let mut one = Listed::default();
                let read = texts.read_listed(
                    &address,
                    &Contested::default(),
                    1 << 20,
                    &mut Vec::new(),
                    Some(&mut one),
                );
                read.unwrap();
                listed.merge(one);
            }
            listings.push((by, Listing::new(&texts, listed, *complete)));
        }
        let found = unlisted(&listings).unwrap().into_iter();
        let found = found.flat_map(|unlisted| {
            assert_eq!(unlisted.more, 0);
            unlisted
                .names
                .into_iter()
                .map(move |name| (unlisted.by, name))
        });
        found.collect()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        root
    }

    fn owned(found: &[(usize, &str)]) -> Vec<(usize, String)> {
        found
            .iter()
            .map(|(by, name)| (*by, (*name).to_owned()))
            .collect()
    }

    #[test]
    fn only_where_a_document_was_found() {
        let root = folder(&[
            "1.txt",
            "2.TXT",
            "3.md",
            ".4.txt",
            "a/1.txt",
            "a/2.txt",
            "a/b/1.txt",
            "c/1.txt",
        ]);
        let here: &[_] = &[root.path()];
        let by = |paths: &[&str]| unlisted_by(&[(here, paths, true)]);
        assert_eq!(by(&["1.txt"]), owned(&[(0, "2.TXT")]));
        assert_eq!(by(&["x/a/b/1.txt"]), []);
        assert_eq!(by(&["a/1.txt", "a/b/1.txt"]), owned(&[(0, "a/2.txt")]));
        assert_eq!(by(&["9.txt"]), []);
        assert_eq!(
            by(&["./2.TXT", "a//1.txt"]),
            owned(&[(0, "1.txt"), (0, "a/2.txt")])
        );
        assert_eq!(unlisted_by(&[(here, &["1.txt"], false)]), []);
    }

    #[test]
    fn a_file_is_listed_if_any_label_file_lists_it() {
        let root = folder(&["1.txt", "2.txt", "3.txt", "4.txt", "a/1.txt", "a/2.txt"]);
        let inner = root.path().join("a");
        let inner = inner.as_path();
        let (whole, part): (&[_], &[_]) = (&[root.path()], &[inner]);
        let found = unlisted_by(&[(whole, &["1.txt"], true), (whole, &["2.txt"], true)]);
        assert_eq!(found, owned(&[(0, "3.txt"), (0, "4.txt")]));
        // One folder, under two names.
        let all = &["1.txt", "2.txt", "3.txt", "4.txt", "a/1.txt"];
        assert_eq!(unlisted_by(&[(whole, all, true)]), owned(&[(0, "a/2.txt")]));
        assert_eq!(
            unlisted_by(&[(whole, all, true), (part, &["2.txt"], true)]),
            []
        );
    }

    #[test]
    fn a_folder_is_reported_with_the_first_label_file_that_reaches_it() {
        let root = folder(&["a/b/1.txt", "a/b/2.txt", "a/b/3.txt", "c/1.txt", "c/2.txt"]);
        let (a, b) = (root.path().join("a"), root.path().join("a/b"));
        let (whole, part, inner): (&[_], &[_], &[_]) =
            (&[root.path()], &[a.as_path()], &[b.as_path()]);
        let found = unlisted_by(&[
            (inner, &["1.txt"], true),
            (whole, &["c/1.txt", "a/b/2.txt"], true),
            (part, &["b/2.txt"], true),
        ]);
        assert_eq!(found, owned(&[(0, "3.txt"), (1, "c/2.txt")]));
        // What another label file lists in the outer folder is not known; the inner one is looked into
        // all the same.
        let found = unlisted_by(&[
            (whole, &["a/b/2.txt"], true),
            (whole, &[], false),
            (inner, &["1.txt"], true),
        ]);
        assert_eq!(found, owned(&[(2, "3.txt")]));
    }

    #[test]
    fn a_name_that_is_hidden_or_misspelled_is_no_second_finding() {
        let first = folder(&["1.txt"]);
        let second = folder(&["1.txt", "2.txt", "Three 3.txt"]);
        let both: &[_] = &[first.path(), second.path()];
        let found = unlisted_by(&[(both, &["1.txt", "2.txt", "three%203.txt"], true)]);
        assert_eq!(found, []);
    }

    #[test]
    fn what_is_not_named_is_counted() {
        let root = folder(&[]);
        for number in 0..MOST_NAMED + 3 {
            std::fs::write(root.path().join(format!("{number:04}.txt")), "").unwrap();
        }
        let texts = Texts::open(&[root.path().to_owned()], true).unwrap();
        let mut listed = Listed::default();
        listed.add(&texts.folders[0].root, "0001.txt", true);
        let found = unlisted(&[(7, Listing::new(&texts, listed, true))]).unwrap();
        let [one] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!((one.by, one.names.len(), one.more), (7, MOST_NAMED, 2));
        assert_eq!(one.names[..2], ["0000.txt", "0002.txt"]);
    }
}
