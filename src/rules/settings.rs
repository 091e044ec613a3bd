//! Where the rules draw their lines: the figures that a user can move.

use serde::{Deserialize, Serialize};

use crate::alignment::evidence::MismatchLimits;
use crate::diagnostics::quote;

/// The service flow that a label file must be ready for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Profile {
    /// An import into Azure AI Language.
    #[default]
    Import,
    /// A Language project that is connected to an Azure ML labeling project.
    AmlConnect,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 2] = [Self::Import, Self::AmlConnect];

    /// The name used on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::AmlConnect => "aml-connect",
        }
    }
}

/// A number of things, at least 1.
pub type Count = u64;
/// A part of a whole, from 0 to 1.
pub type Share = f64;
/// How many times as much, above 0.
pub type Factor = f64;

/// One of the [`Thresholds`], for those who set it by its name.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// The field's name.
    field: &'static str,
    /// What it is, in a sentence or two.
    pub about: &'static str,
    /// What it counts, and the place of its value.
    pub place: Slot,
}

/// What a threshold counts, and how to reach its value.
#[derive(Clone, Copy, Debug)]
pub enum Slot {
    /// Things, at least 1.
    Count(fn(&mut Thresholds) -> &mut Count),
    /// A part of a whole, from 0 to 1.
    Share(fn(&mut Thresholds) -> &mut Share),
    /// How many times as much, above 0.
    Factor(fn(&mut Thresholds) -> &mut Factor),
}

impl Threshold {
    /// Its key in `labelwright.toml`: the field's name with dashes.
    #[must_use]
    pub fn key(&self) -> String {
        self.field.replace('_', "-")
    }

    /// Its value among those.
    #[must_use]
    pub fn value(&self, thresholds: &Thresholds) -> f64 {
        let mut all = thresholds.clone();
        match self.place {
            #[expect(
                clippy::cast_precision_loss,
                reason = "figures of rules lie far below 2^53"
            )]
            Slot::Count(place) => *place(&mut all) as f64,
            Slot::Share(place) => *place(&mut all),
            Slot::Factor(place) => *place(&mut all),
        }
    }
}

/// Makes the struct, its defaults and the list of its fields from one table.
macro_rules! thresholds {
    ($($(#[doc = $about:literal])+ $field:ident: $sort:ident = $default:literal,)+) => {
        /// Figures of the rules. Each field is a key of `[thresholds]` in `labelwright.toml`,
        /// with dashes for underscores.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct Thresholds {
            $($(#[doc = $about])+ pub $field: $sort,)+
        }

        impl Default for Thresholds {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl Thresholds {
            /// Every threshold, in the order of the fields.
            pub const ALL: &'static [Threshold] = &[$(Threshold {
                field: stringify!($field),
                about: concat!($($about),+),
                place: Slot::$sort(|all| &mut all.$field),
            },)+];
        }
    };
}

thresholds! {
    /// The most bytes of a record (a line of an Azure ML file, a document of a Language file),
    /// and of what stands around the documents: 268,435,456, which is 256 MiB. A longer record is
    /// reported and not read; memory grows with the longest record that is.
    record_bytes: Count = 268_435_456,
    /// The most bytes of a document's text: 268,435,456, which is 256 MiB. A longer one is reported
    /// and not read; memory grows with the longest text that is.
    text_bytes: Count = 268_435_456,
    /// The most characters of a document: 128,000 for training (service limits of Azure AI
    /// Language, 08/19/2026; the unit is not stated, UTF-16 code units are counted).
    document_characters: Count = 128_000,
    /// The most characters of an entity: 500 (service limits). In the file's unit.
    span_characters: Count = 500,
    /// The most characters of a project's, a label's or a class's name: 50 (service limits).
    name_characters: Count = 50,
    /// The fewest documents of a project: 10 (service limits).
    min_documents: Count = 10,
    /// The most documents of a project: 100,000 (service limits).
    max_documents: Count = 100_000,
    /// The most entity types or classes: 200 (service limits).
    max_labels: Count = 200,
    /// The fewest instances of a label that draw no warning: 50 (the documentation's advice,
    /// and spaCy's `NEW_LABEL_THRESHOLD`).
    rare_label: Count = 50,
    /// The fewest instances of a label in Train: 15 (the service's guidance on evaluation).
    train_label: Count = 15,
    /// How many times more frequent than the rarest label the most frequent one may be: 50.
    imbalance: Count = 50,
    /// From how many instances on a label of one surface form is remarkable: 10.
    monotone: Count = 10,
    /// The fewest labeled places of a surface that stands under two labels: 5.
    conflict_places: Count = 5,
    /// The largest share of the places that the rarer label may have: 0.2.
    conflict_share: Share = 0.2,
    /// How often a surface must be labeled elsewhere before it is missed here: 3.
    surface_labeled: Count = 3,
    /// The least share of a surface's places that must be labeled before it is missed: 0.5.
    surface_share: Share = 0.5,
    /// The same for words that have a label in the same document: 0.5.
    surface_share_in_document: Share = 0.5,
    /// The fewest places of a surface that seldom has a label: 5.
    seldom_places: Count = 5,
    /// The largest share of them that may be labeled: 0.2.
    seldom_share: Share = 0.2,
    /// The least share of documents in Test: 0.1.
    test_share_min: Share = 0.1,
    /// The largest share of documents in Test: 0.35.
    test_share_max: Share = 0.35,
    /// How many times a label's share in Test may be that of all documents, or the other way
    /// round: 2.
    skew: Factor = 2.0,
    /// The fewest instances of a label whose shares are compared: 10.
    skew_instances: Count = 10,
    /// The Jaccard index of 5-word shingles above which two texts are nearly the same: 0.8.
    near_leak: Share = 0.8,
    /// The fewest spans that another unit must gain before it is believed: 5.
    mismatch_spans: Count = 5,
    /// The least share of the spans that must fit it: 0.9.
    mismatch_fit: Share = 0.9,
    /// The share of those spans below which the declared unit does not fit: 0.6.
    mismatch_misfit: Share = 0.6,
}

impl Thresholds {
    /// Whether each lies where it may: nobody has proved it of those that were read from a file.
    #[must_use]
    pub fn are_sound(&self) -> bool {
        let mut all = self.clone();
        Self::ALL.iter().all(|one| match one.place {
            Slot::Count(place) => *place(&mut all) > 0,
            Slot::Share(place) => (0.0..=1.0).contains(place(&mut all)),
            Slot::Factor(place) => *place(&mut all) > 0.0,
        })
    }

    /// How much evidence it takes to believe that offsets count something else.
    #[must_use]
    pub const fn mismatch(&self) -> MismatchLimits {
        MismatchLimits {
            spans: self.mismatch_spans,
            fit: self.mismatch_fit,
            misfit: self.mismatch_misfit,
        }
    }
}

/// What the rules ask of a label file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The service flow.
    pub profile: Profile,
    /// The figures.
    pub thresholds: Thresholds,
    /// Whether messages hide the words of documents.
    pub redact: bool,
}

impl Settings {
    /// Words of a document for use in a sentence: quoted, and hidden where that is asked for.
    #[must_use]
    pub fn quote_words(&self, words: &str) -> String {
        if self.redact {
            quote(&words.chars().map(|_| '*').collect::<String>())
        } else {
            quote(words)
        }
    }
}
