//! The files that the documents of a label file were found in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Bounds;
use crate::model::fingerprints::{Fingerprints, Repeated, fingerprint};
use crate::model::path::key;

/// The files that the documents of a label file were found in: fingerprints of whole paths,
/// 5 bytes a document, and 16 a folder that holds any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub(super) files: Fingerprints,
    /// Folders with a document in them.
    pub(super) folders: BTreeSet<u64>,
    /// Folders on the way to those, themselves included.
    pub(super) ways: BTreeSet<u64>,
}

impl Listed {
    /// Adds a file by its name under a folder whose own name is `root`. `found` tells whether it
    /// is the document's, or only a name that is like the document's.
    pub(super) fn add(&mut self, root: &str, name: &str, found: bool) {
        self.files.push(print(root, name));
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !found || !self.folders.insert(print(root, folder)) {
            return;
        }
        let slashes = folder.match_indices('/').map(|(at, _)| at);
        for end in slashes.chain([folder.len()]) {
            self.ways.insert(print(root, &folder[..end]));
        }
    }

    /// The fingerprints of files that more than one document may have been found in.
    #[must_use]
    pub fn repeated(&self) -> Repeated {
        self.files.repeated()
    }

    /// Whether the way to a folder leads on to documents at each of its steps.
    pub(super) fn reaches(&self, root: &str, folder: &str) -> bool {
        let slashes = folder.match_indices('/').map(|(at, _)| at);
        let mut ends = slashes.chain([folder.len()]);
        folder.is_empty() || ends.all(|end| self.ways.contains(&print(root, &folder[..end])))
    }

    /// Whether a stretch of a file can list so many.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        bounds.hold(self.files.len() as u64)
    }

    /// Adds what another part of the label file lists.
    pub fn merge(&mut self, other: Self) {
        self.files.append(&other.files);
        self.folders.extend(other.folders);
        self.ways.extend(other.ways);
    }
}

/// Whether a name is its own [`key`], and each step of it names something: told by one look at each
/// byte.
fn is_key(name: &str) -> bool {
    let mut before = b'/';
    name.bytes().all(|byte| {
        let is_plain = match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' => true,
            b'.' | b'/' => !matches!(before, b'.' | b'/'),
            _ => false,
        };
        before = byte;
        is_plain
    }) && before != b'/'
}

/// The fingerprint of a path. Names that differ in case, normalization or percent-encoding only
/// have one: on some systems they are one file, and on others `document-missing` has said which
/// was meant.
pub(super) fn print(root: &str, name: &str) -> u64 {
    let mut path = String::with_capacity(root.len() + name.len() + 1);
    path.push_str(root);
    if is_key(name) {
        path.push('/');
        path.push_str(name);
        return fingerprint(&path);
    }
    // `./a.txt` and `b//a.txt` are `a.txt` and `b/a.txt` on every system.
    let steps = key(name);
    let steps = steps.split('/').filter(|step| !matches!(*step, "" | "."));
    for step in steps {
        path.push('/');
        path.push_str(step);
    }
    fingerprint(&path)
}
