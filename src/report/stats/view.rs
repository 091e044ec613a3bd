//! What a corpus adds up to, as all forms show it and as JSON has it.

use serde::{Serialize, Serializer};

use crate::corpus::BySplit;
use crate::corpus::figures::Overlaps;

/// What a corpus adds up to.
#[derive(Debug, Serialize)]
pub struct View {
    pub(super) documents: Documents,
    pub(super) instances: Counts,
    pub(super) texts: Texts,
    pub(super) spans: Spans,
    pub(super) surfaces: Surfaces,
    pub(super) languages: Vec<Named>,
    /// Documents that name no language.
    pub(super) without_language: u64,
    pub(super) scripts: Vec<Named>,
    /// Texts that have too few letters to tell.
    pub(super) without_script: u64,
    pub(super) labelers: Labelers,
    pub(super) labels: Vec<Label>,
    /// What is not counted, in sentences.
    pub(in crate::report) left_out: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Documents {
    #[serde(flatten)]
    pub(super) counts: Counts,
    /// With at least one label.
    pub(super) labeled: u64,
    /// Those without a label, with one, and with several.
    pub(super) with_none: u64,
    pub(super) with_one: u64,
    pub(super) with_several: u64,
    pub(super) labels_of_each: Lengths,
}

/// A number in all and for each set.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Counts {
    pub(super) total: u64,
    #[serde(flatten)]
    pub(super) sets: Sets,
}

/// A number for each set, by the names that files have for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Sets {
    #[serde(rename = "Train")]
    pub(super) train: u64,
    #[serde(rename = "Dev", skip_serializing_if = "is_zero")]
    pub(super) dev: u64,
    #[serde(rename = "Test")]
    pub(super) test: u64,
    pub(super) unassigned: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature is serde's"
)]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Sets {
    pub(super) const fn of(by: BySplit) -> Self {
        Self {
            train: by.train,
            dev: by.dev,
            test: by.test,
            unassigned: by.unassigned,
        }
    }

    pub(super) const fn add(&mut self, other: Self) {
        self.train += other.train;
        self.dev += other.dev;
        self.test += other.test;
        self.unassigned += other.unassigned;
    }

    /// The numbers in the order of [`SETS`].
    pub(super) const fn all(self) -> [u64; 4] {
        [self.train, self.dev, self.test, self.unassigned]
    }
}

impl Counts {
    pub(super) const fn of(by: BySplit) -> Self {
        Self {
            total: by.total(),
            sets: Sets::of(by),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Texts {
    pub(super) read: u64,
    /// Missing, too long or no UTF-8.
    pub(super) unread: u64,
    pub(super) not_asked: u64,
    pub(super) characters: Lengths,
    /// The same for each set that has texts.
    pub(super) sets: Vec<SetLengths>,
}

#[derive(Debug, Serialize)]
pub(super) struct SetLengths {
    pub(super) set: &'static str,
    #[serde(flatten)]
    pub(super) lengths: Lengths,
}

#[derive(Debug, Serialize)]
pub(super) struct Spans {
    /// Whose place in the text is not proved.
    pub(super) unproved: u64,
    pub(super) characters: Lengths,
    pub(super) words: Lengths,
    /// Pairs of spans that share characters.
    #[serde(serialize_with = "overlaps")]
    pub(super) overlaps: Overlaps,
}

fn overlaps<S: Serializer>(overlaps: &Overlaps, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Pairs {
        nested: u64,
        crossing: u64,
        equal: u64,
    }
    let Overlaps {
        nested,
        crossing,
        equal,
    } = *overlaps;
    let pairs = Pairs {
        nested,
        crossing,
        equal,
    };
    pairs.serialize(serializer)
}

#[derive(Debug, Serialize)]
pub(super) struct Surfaces {
    pub(super) distinct: u64,
    /// Whether all were counted.
    pub(super) complete: bool,
}

/// How long things are.
#[derive(Debug, Default, Serialize)]
pub(super) struct Lengths {
    pub(super) count: u64,
    pub(super) least: Option<u64>,
    pub(super) median: Option<u64>,
    pub(super) mean: Option<f64>,
    pub(super) most: Option<u64>,
    pub(super) histogram: Vec<Bin>,
}

#[derive(Debug, Serialize)]
pub(super) struct Bin {
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) count: u64,
}

/// Something with a name, and how often it is there.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) documents: u64,
}

#[derive(Debug, Serialize)]
pub(super) struct Labelers {
    pub(super) count: usize,
    /// Names of people, where they are asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) names: Vec<Named>,
}

/// What there is to tell of a label.
#[derive(Debug, Serialize)]
pub(super) struct Label {
    #[serde(rename = "label")]
    pub(super) name: String,
    #[serde(flatten, serialize_with = "instances")]
    pub(super) instances: Sets,
    #[serde(skip)]
    pub(super) total: u64,
    /// That have it.
    pub(super) documents: u64,
    pub(super) distinct_surfaces: Option<u64>,
    /// The mean entropy of its words' labels in bits.
    pub(super) ambiguity: Option<f64>,
    pub(super) characters: Lengths,
    pub(super) words: Lengths,
    pub(super) top_surfaces: Vec<Surface>,
}

fn instances<S: Serializer>(sets: &Sets, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Instances {
        instances: Counts,
    }
    let total = sets.all().iter().sum();
    let instances = Counts { total, sets: *sets };
    Instances { instances }.serialize(serializer)
}

/// Words and how many places have them with the label.
#[derive(Debug, Serialize)]
pub(super) struct Surface {
    pub(super) surface: String,
    pub(super) count: u64,
}
