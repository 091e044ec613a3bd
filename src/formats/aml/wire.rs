//! A line as it stands in the file, for the quick reader. It takes exactly what the contract
//! has; whatever is different in any way is left to the careful reader.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::strict::{Object, present, present_text};

/// The members of a line, in the order in which the service writes them.
pub(super) const MEMBERS: [&str; 7] = [
    "image_url",
    "label",
    "label_confidence",
    "labeler",
    "updated_by",
    "labeling_time_in_seconds",
    "label_creation_time",
];

/// The members of a line that say who labeled it, when and for how long.
pub(super) const COLUMNS: [&str; 4] = [
    "labeler",
    "updated_by",
    "labeling_time_in_seconds",
    "label_creation_time",
];

/// The members of a span.
pub(super) const SPAN_MEMBERS: [&str; 3] = ["label", "offsetStart", "offsetEnd"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub(super) image_url: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) label: Vec<Object<Span<'a>>>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(super) label_confidence: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    pub(super) labeler: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    pub(super) updated_by: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(super) labeling_time_in_seconds: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    pub(super) label_creation_time: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Span<'a> {
    #[serde(borrow)]
    pub(super) label: Cow<'a, str>,
    #[serde(rename = "offsetStart")]
    pub(super) start: i64,
    #[serde(rename = "offsetEnd")]
    pub(super) end: i64,
}
