//! What a label file lists, and where.

use std::path::PathBuf;
#[cfg(feature = "files")]
use std::sync::Arc;

#[cfg(feature = "files")]
use super::entries::Entries;
use super::listed::Listed;
use super::texts::Texts;

/// What a label file lists, and where it was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    pub(super) roots: Vec<Root>,
    pub(super) listed: Listed,
    pub(super) complete: bool,
}

/// A folder of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    pub(super) path: PathBuf,
    /// Its number in the pack at that path, where it is in one.
    #[cfg(feature = "files")]
    pub(super) packed: Option<usize>,
    /// What fingerprints call it.
    pub(super) name: String,
    /// What stands in it, where it was listed beside the work.
    #[cfg(feature = "files")]
    pub(super) early: Option<Arc<Entries>>,
}

impl Listing {
    /// What was listed in the folders of `texts`. `complete` tells whether the whole label file
    /// could be read, so that it lists nothing else.
    #[must_use]
    pub fn new(texts: &Texts, listed: Listed, complete: bool) -> Self {
        let folders = texts.folders.iter().filter(|folder| folder.is_on_disk());
        Self {
            roots: folders
                .map(|folder| Root {
                    path: folder.path.clone(),
                    #[cfg(feature = "files")]
                    packed: folder.packed,
                    name: folder.root.clone(),
                    #[cfg(feature = "files")]
                    early: folder.early.get().cloned().flatten(),
                })
                .collect(),
            listed,
            complete,
        }
    }
}
