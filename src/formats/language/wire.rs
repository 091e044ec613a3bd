//! A document as it stands in the file, for the quick reader. It takes exactly what the
//! contract has; whatever is different in any way is left to the careful reader.

use std::borrow::Cow;

use serde::Deserialize;

use crate::json::strict::{Object, present, present_text};

/// The members of the file.
pub(super) const TOP: [&str; 4] = [
    "projectFileVersion",
    "stringIndexType",
    "metadata",
    "assets",
];

/// The members of `metadata`, and those of its `settings`.
pub(super) const METADATA: [&str; 7] = [
    "projectKind",
    "storageInputContainerName",
    "projectName",
    "multilingual",
    "description",
    "language",
    "settings",
];

/// The members of `settings` in any version (2025-05-15-preview has all five).
pub(super) const SETTINGS: [&str; 5] = [
    "confidenceThreshold",
    "amlProjectPath",
    "isLabelingLocked",
    "runGptPredictions",
    "gptPredictiveLookahead",
];

/// The members of `assets` in an entity project.
pub(super) const ASSETS: [&str; 3] = ["projectKind", "entities", "documents"];

/// The members of a declared entity; `description` since 2025-05-15-preview.
pub(super) const DECLARATION: [&str; 2] = ["category", "description"];

/// The members of a document.
pub(super) const DOCUMENT: [&str; 4] = ["location", "language", "dataset", "entities"];

/// The members of a region.
pub(super) const REGION: [&str; 3] = ["regionOffset", "regionLength", "labels"];

/// The members of a label.
pub(super) const LABEL: [&str; 3] = ["category", "offset", "length"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document<'a> {
    #[serde(borrow)]
    pub(super) location: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    pub(super) language: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    pub(super) dataset: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(super) entities: Option<Vec<Object<Region<'a>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Region<'a> {
    #[serde(rename = "regionOffset")]
    pub(super) offset: i32,
    #[serde(rename = "regionLength")]
    pub(super) length: i32,
    #[serde(borrow)]
    pub(super) labels: Vec<Object<Label<'a>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Label<'a> {
    #[serde(borrow)]
    pub(super) category: Cow<'a, str>,
    pub(super) offset: i32,
    pub(super) length: i32,
}
