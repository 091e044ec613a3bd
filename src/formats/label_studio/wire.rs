//! A task as it stands in the file: what its members are called.

use crate::text::Unit;

/// The units that spans may count in: today's, and that of the front ends before 1.5.0.
pub(super) const AMONG: &[Unit] = &[Unit::CodePoint, Unit::Utf16];

/// The members of `data` that may name the document, in the order in which they are asked.
pub(super) const NAMES: [&str; 5] = ["name", "file", "filename", "location", "document"];

/// The members of `data` that may say the set that a document is in.
pub(super) const SETS: [&str; 2] = ["dataset", "split"];

/// The member of `data` that may say the language of the text.
pub(super) const LANGUAGE: &str = "language";

/// The member of `data` that holds the text where nobody says another.
pub(super) const TEXT: &str = "text";

/// The members that hold the annotations of a task, today's name first.
pub(super) const ANNOTATIONS: [&str; 2] = ["annotations", "completions"];

/// The members of an annotation that say who made it, when and for how long; the person first.
pub(super) const COLUMNS: [&str; 7] = [
    "completed_by",
    "created_username",
    "updated_by",
    "last_created_by",
    "lead_time",
    "created_at",
    "updated_at",
];

/// The same in a `JSON_MIN` export.
pub(super) const MIN_COLUMNS: [&str; 4] = ["annotator", "lead_time", "created_at", "updated_at"];

/// The names that the writer gives the controls and the text in the labeling config.
pub(super) const LABEL_CONTROL: &str = "label";
pub(super) const CLASS_CONTROL: &str = "class";
pub(super) const TEXT_OBJECT: &str = "text";

/// What a region of a result labels, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RegionType {
    /// A span of a text.
    Labels,
    /// A span of a rendered HTML page.
    HyperText,
    /// Classes, of the document or of a region.
    Choices,
    /// A relation between two regions.
    Relation,
    /// A part of an image, a video, a sound or a dialogue: what of, in words.
    Media(&'static str),
    /// Something else that says something of the document or of a region: a text, a number.
    Other,
}

impl RegionType {
    /// What the value of `type` means.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "labels" => Self::Labels,
            "hypertextlabels" => Self::HyperText,
            "choices" => Self::Choices,
            "relation" => Self::Relation,
            "rectanglelabels" | "rectangle" | "polygonlabels" | "polygon" | "ellipselabels"
            | "ellipse" | "keypointlabels" | "keypoint" | "brushlabels" | "brush"
            | "bitmasklabels" | "bitmask" | "vectorlabels" | "vector" => {
                Self::Media("an image project of Label Studio")
            }
            "videorectangle" | "timelinelabels" => Self::Media("a video project of Label Studio"),
            "timeserieslabels" => Self::Media("a time series project of Label Studio"),
            "paragraphlabels" | "paragraphs" => {
                Self::Media("dialogues of Label Studio (`Paragraphs`), whose spans count lines")
            }
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told() {
        assert_eq!(RegionType::of("labels"), RegionType::Labels);
        assert_eq!(RegionType::of("textarea"), RegionType::Other);
        assert!(matches!(RegionType::of("brush"), RegionType::Media(_)));
    }
}
