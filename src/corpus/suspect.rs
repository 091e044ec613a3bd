//! Documents whose address may stand in a file twice.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostics::{Bounds, Location};
use crate::model::Document;

/// A document whose address, or one like it, may stand in the file before or after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspect {
    /// What the address names, however it is spelled.
    pub identity: String,
    /// The container in it.
    pub container: Option<String>,
    /// The path in it.
    pub path: String,
    /// Where it stands.
    pub location: Location,
    /// The bytes of its record in the file.
    pub record: Range<u64>,
}

impl Suspect {
    /// Whether it can stand in a stretch of a file.
    #[must_use]
    pub fn is_within(&self, bounds: &Bounds) -> bool {
        bounds.have_place(&self.location) && bounds.have(&self.record)
    }

    /// A document, and the place of its address.
    #[must_use]
    pub fn new(document: &Document<'_>, location: Location) -> Self {
        let address = &document.address;
        Self {
            identity: address.identity().into_owned(),
            container: address.container().map(str::to_owned),
            path: address.path().to_owned(),
            location,
            record: document.start..document.start + document.source.len() as u64,
        }
    }
}
