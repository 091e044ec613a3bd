//! What a label file lists, and where.

use std::path::PathBuf;
use std::sync::Arc;

use super::entries::Entries;
use super::listed::Listed;
use super::texts::Texts;
use super::tree::Branch;

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
    pub(super) packed: Option<usize>,
    /// What fingerprints call it.
    pub(super) name: String,
    /// Its files, where they are in memory.
    pub(super) branch: Option<Branch>,
    /// What stands in it, where it was listed beside the work.
    pub(super) early: Option<Arc<Entries>>,
}

impl Listing {
    /// What was listed in the folders of `texts`. `complete` tells whether the whole label file
    /// could be read, so that it lists nothing else.
    #[must_use]
    pub fn new(texts: &Texts, listed: Listed, complete: bool) -> Self {
        Self {
            roots: texts
                .folders
                .iter()
                .map(|folder| Root {
                    path: folder.path.clone(),
                    packed: folder.packed,
                    name: folder.root.clone(),
                    branch: folder.branch().cloned(),
                    early: folder.early.get().cloned().flatten(),
                })
                .collect(),
            listed,
            complete,
        }
    }
}
