//! Which document was resolved to which file, and the files that several fall back to.

use std::collections::BTreeSet;

use crate::model::fingerprints::fingerprint_under;

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

    /// That a document, by the fingerprint of its address, was found in a folder, by its number, under a
    /// path, which is the document's whole path or not.
    pub(super) fn new(document: u64, folder: usize, path: &str, is_whole: bool) -> Self {
        let file = fingerprint_under(folder as u64, path);
        Self {
            file: file & !Self::WHOLE | u64::from(is_whole),
            document,
        }
    }

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

    pub(super) fn refuses(&self, claim: Claim) -> bool {
        !claim.is_whole() && self.0.contains(&claim.file)
    }
}
