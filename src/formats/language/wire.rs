//! A project as it stands in the file: what its members are called, in every shape.

use crate::model::{Kind, Shape};

/// The import body of 2021-11-01-preview.
pub(super) const BODY: Shape = Shape::Earlier(0);

/// The tags file of 2021-11-01-preview: no metadata.
pub(super) const TAGS: Shape = Shape::Earlier(1);

/// The file of November 2021: labels by index, no metadata.
pub(super) const BY_INDEX: Shape = Shape::Earlier(2);

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

/// The members of `metadata` in the import body of 2021-11-01-preview.
pub(super) const BODY_METADATA: [&str; 7] = [
    "name",
    "modelType",
    "multiLingual",
    "description",
    "language",
    "storageInputContainerName",
    "settings",
];

/// The members of a declared label; `description` since 2025-05-15-preview.
pub(super) const DECLARATION: [&str; 2] = ["category", "description"];

/// The members of a declared entity in a healthcare project.
pub(super) const COMPONENTS: [&str; 5] = [
    "category",
    "description",
    "compositionSetting",
    "list",
    "prebuilts",
];

/// Members of documents that belong to one kind of project each.
pub(super) const OF_A_KIND: [&str; 5] = [
    "entities",
    "class",
    "classes",
    "sentimentSpans",
    "summaryLocation",
];

/// What the members are called, which has changed with the shape.
pub(super) struct Names {
    pub(super) language: &'static str,
    /// The regions of a document.
    pub(super) regions: &'static str,
    pub(super) region_offset: &'static str,
    pub(super) region_length: &'static str,
    /// The label's name in a label, or its index among the declared ones.
    pub(super) label: &'static str,
    pub(super) offset: &'static str,
    pub(super) length: &'static str,
    /// The classes of a document, where they are several.
    pub(super) classes: &'static str,
    /// The class's name in one of them.
    pub(super) class: &'static str,
    /// The declared entities and the declared classes.
    pub(super) declared: [&'static str; 2],
    /// Whether labels are named by their index among the declared ones.
    pub(super) by_index: bool,
}

const TODAY: Names = Names {
    language: "language",
    regions: "entities",
    region_offset: "regionOffset",
    region_length: "regionLength",
    label: "category",
    offset: "offset",
    length: "length",
    classes: "classes",
    class: "category",
    declared: ["entities", "classes"],
    by_index: false,
};

const PREVIEW: Names = Names {
    regions: "extractors",
    label: "extractorName",
    classes: "classifiers",
    class: "classifierName",
    declared: ["extractors", "classifiers"],
    ..TODAY
};

const INDEXED: Names = Names {
    language: "culture",
    region_offset: "regionStart",
    region_length: "regionLength",
    label: "entity",
    offset: "start",
    classes: "intents",
    class: "",
    declared: ["entityNames", "intentNames"],
    by_index: true,
    ..TODAY
};

/// What the members are called in a file of that shape.
pub(super) const fn names(shape: Shape) -> &'static Names {
    match shape {
        Shape::Today | Shape::Renamed => &TODAY,
        BY_INDEX => &INDEXED,
        Shape::Earlier(_) => &PREVIEW,
    }
}

/// The member of today's documents that holds the labels of a kind.
pub(super) const fn labels_of(kind: Kind) -> &'static str {
    match kind {
        Kind::EntityRecognition | Kind::Healthcare => "entities",
        Kind::SingleLabelClassification => "class",
        Kind::MultiLabelClassification => "classes",
        Kind::TextSentiment => "sentimentSpans",
        Kind::AbstractiveSummarization => "summaryLocation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::misspelled;

    #[test]
    fn no_name_is_a_misspelling_of_another_of_its_object() {
        let mut objects = vec![
            TOP.to_vec(),
            METADATA.to_vec(),
            SETTINGS.to_vec(),
            BODY_METADATA.to_vec(),
            COMPONENTS.to_vec(),
            vec!["projectKind", "documents", "entities"],
            vec!["projectKind", "documents", "classes"],
            vec!["api-version", "metadata", "assets"],
        ];
        for names in [&TODAY, &PREVIEW, &INDEXED] {
            let [entities, classes] = names.declared;
            objects.extend([
                vec![names.region_offset, names.region_length, "labels"],
                vec![names.label, names.offset, names.length],
                vec![entities, "documents"],
                vec![classes, "documents"],
            ]);
            for own in OF_A_KIND.iter().chain([&names.regions, &names.classes]) {
                objects.push(vec!["location", names.language, "dataset", own]);
            }
        }
        for names in objects {
            for name in &names {
                let others = names.iter().copied().filter(|other| other != name);
                assert_eq!(misspelled(name, others), None, "{names:?}");
            }
        }
    }
}
