//! What the documents of a conversion in shards were written with.

use serde::{Deserialize, Serialize};

use crate::model::Kind;

/// What the documents of a conversion in shards were written with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Converted {
    pub(crate) asked: AskedOfConversion,
    pub(crate) basis: Basis,
}

/// What the user asks of a conversion, as far as its documents hang on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AskedOfConversion {
    /// The format to write, by name.
    pub(crate) to: String,
    pub(crate) language: Option<String>,
    pub(crate) multilingual: Option<bool>,
    pub(crate) dataset: Option<String>,
    pub(crate) skip_invalid: bool,
}

/// What is known of the whole file, or assumed of it, as far as its documents hang on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Basis {
    pub(crate) kind: Option<Kind>,
    /// What the offsets count, by name.
    pub(crate) unit: String,
    /// The language of the project.
    pub(crate) language: Option<String>,
    /// Whether the project is multilingual.
    pub(crate) multilingual: Option<bool>,
}
