//! What a label file lists, and where.

use std::path::PathBuf;

use super::listed::Listed;
use super::texts::Texts;

/// What a label file lists, and where it was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The folders: path, and what fingerprints call it.
    pub(super) roots: Vec<(PathBuf, String)>,
    pub(super) listed: Listed,
    pub(super) complete: bool,
}

impl Listing {
    /// What was listed in the folders of `texts`. `complete` tells whether the whole label file
    /// could be read, so that it lists nothing else.
    #[must_use]
    pub fn new(texts: &Texts, listed: Listed, complete: bool) -> Self {
        let folders = texts.folders.iter().filter(|folder| folder.is_on_disk());
        Self {
            roots: folders
                .map(|folder| (folder.path.clone(), folder.root.clone()))
                .collect(),
            listed,
            complete,
        }
    }
}
