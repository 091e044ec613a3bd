//! Where the rules draw their lines: the figures that a user can move.

use serde::Deserialize;

/// The service flow that a label file must be ready for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// An import into Azure AI Language.
    #[default]
    Import,
    /// A Language project that is connected to an Azure ML labeling project.
    AmlConnect,
}

/// Figures of the rules. Each field is a key of `[thresholds]` in `labelwright.toml`, with
/// dashes for underscores.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Thresholds {
    /// The most characters of a document: 128,000 for training (service limits of Azure AI
    /// Language, 08/19/2026; the unit is not stated, UTF-16 code units are counted).
    pub document_characters: u64,
    /// The most characters of an entity: 500 (service limits). In the file's unit.
    pub span_characters: u64,
    /// The most characters of a project's, a label's or a class's name: 50 (service limits).
    pub name_characters: u64,
    /// The fewest documents of a project: 10 (service limits).
    pub min_documents: u64,
    /// The most documents of a project: 100,000 (service limits).
    pub max_documents: u64,
    /// The most entity types or classes: 200 (service limits).
    pub max_labels: u64,
    /// The fewest instances of a label that draw no warning: 50 (the documentation's advice,
    /// and spaCy's `NEW_LABEL_THRESHOLD`).
    pub rare_label: u64,
    /// How many times more frequent than the rarest label the most frequent one may be: 50.
    pub imbalance: u64,
    /// From how many instances on a label of one surface form is remarkable: 10.
    pub monotone: u64,
    /// The fewest labeled places of a surface that stands under two labels: 5.
    pub conflict_places: u64,
    /// The largest share of the places that the rarer label may have: 0.2.
    pub conflict_share: f64,
    /// How often a surface must be labeled elsewhere before it is missed here: 3.
    pub surface_labeled: u64,
    /// The least share of documents in Test: 0.1.
    pub test_share_min: f64,
    /// The largest share of documents in Test: 0.35.
    pub test_share_max: f64,
    /// How many times a label's share in Test may be that of all documents, or the other way
    /// round: 2.
    pub skew: f64,
    /// The fewest instances of a label whose shares are compared: 10.
    pub skew_instances: u64,
    /// The Jaccard index of 5-word shingles above which two texts are nearly the same: 0.8.
    pub near_leak: f64,
    /// The fewest spans that another unit must gain before it is believed: 5.
    pub mismatch_spans: u64,
    /// The least share of the spans that must fit it: 0.9.
    pub mismatch_fit: f64,
    /// The share of those spans below which the declared unit does not fit: 0.6.
    pub mismatch_misfit: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            document_characters: 128_000,
            span_characters: 500,
            name_characters: 50,
            min_documents: 10,
            max_documents: 100_000,
            max_labels: 200,
            rare_label: 50,
            imbalance: 50,
            monotone: 10,
            conflict_places: 5,
            conflict_share: 0.2,
            surface_labeled: 3,
            test_share_min: 0.1,
            test_share_max: 0.35,
            skew: 2.0,
            skew_instances: 10,
            near_leak: 0.8,
            mismatch_spans: 5,
            mismatch_fit: 0.9,
            mismatch_misfit: 0.6,
        }
    }
}

/// What the rules ask of a label file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The service flow.
    pub profile: Profile,
    /// The figures.
    pub thresholds: Thresholds,
}
