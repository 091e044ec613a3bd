//! What a corpus adds up to, as all forms show it and as JSON has it.

use std::cmp::Reverse;

use serde::{Serialize, Serializer};

use super::Show;
use crate::corpus::BySplit;
use crate::corpus::figures::{Figures, Histogram, LabelFigures, LabelWords, Overlaps, SETS, Tally};
use crate::diagnostics::count;
use crate::diagnostics::redact::mask;

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
    const fn of(by: BySplit) -> Self {
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
    const fn of(by: BySplit) -> Self {
        Self {
            total: by.total(),
            sets: Sets::of(by),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Texts {
    pub(super) read: u64,
    /// Missing, blank, too long or no UTF-8.
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

/// How many bars a histogram has at most.
const BARS: u64 = 24;

impl Lengths {
    fn of(histogram: &Histogram) -> Self {
        let bins = histogram.bins(BARS).into_iter();
        let bins = bins.map(|(from, to, count)| Bin { from, to, count });
        Self {
            count: histogram.count(),
            least: histogram.extremes().map(|extremes| extremes.0),
            median: histogram.median(),
            mean: histogram.mean().map(|mean| rounded(mean, 10.0)),
            most: histogram.extremes().map(|extremes| extremes.1),
            histogram: bins.collect(),
        }
    }
}

/// A number with as many parts of 1 as are told.
fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts
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
    pub(super) label: String,
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

impl View {
    /// What a corpus adds up to, as it is shown.
    pub(super) fn of(figures: &Figures, show: Show, unread: u64, broken: bool) -> Self {
        let words = LabelWords::of(&figures.surfaces, show.top);
        let mut labels: Vec<Label> = (figures.labels.iter())
            .map(|(name, label)| Label::of(name, label, words.get(&**name), show))
            .collect();
        labels.sort_by(|a, b| {
            let rank = |label: &Label| (Reverse(label.total), Reverse(label.documents));
            rank(a).cmp(&rank(b)).then_with(|| a.label.cmp(&b.label))
        });
        let mut texts = Histogram::default();
        for lengths in &figures.lengths {
            texts.merge(lengths);
        }
        let (mut characters, mut in_words) = (Histogram::default(), Histogram::default());
        for label in figures.labels.values() {
            characters.merge(&label.characters);
            in_words.merge(&label.words);
        }
        let of_documents = &figures.labels_of_documents;
        let with_none = of_documents.up_to(0);
        let with_one = of_documents.up_to(1) - with_none;
        let total = figures.documents.total();
        let sets = SETS.iter().zip(&figures.lengths);
        let sets = sets.filter(|(_, lengths)| lengths.count() > 0);
        Self {
            documents: Documents {
                counts: Counts::of(figures.documents),
                labeled: total - with_none,
                with_none,
                with_one,
                with_several: total - with_none - with_one,
                labels_of_each: Lengths::of(of_documents),
            },
            instances: Counts::of(figures.instances()),
            texts: Texts {
                read: figures.texts.read,
                unread: figures.texts.unread,
                not_asked: figures.texts.not_asked,
                characters: Lengths::of(&texts),
                sets: sets
                    .map(|(set, lengths)| SetLengths {
                        set,
                        lengths: Lengths::of(lengths),
                    })
                    .collect(),
            },
            spans: Spans {
                unproved: figures.unproved,
                characters: Lengths::of(&characters),
                words: Lengths::of(&in_words),
                overlaps: figures.overlaps,
            },
            surfaces: Surfaces {
                distinct: figures.surfaces.labeled(1).count() as u64,
                complete: figures.surfaces.compared().is_none(),
            },
            languages: named(&figures.languages),
            without_language: figures.without_language,
            scripts: {
                let mut scripts: Vec<_> = figures.scripts.iter().collect();
                scripts.sort_by_key(|(name, count)| (Reverse(**count), **name));
                let named = |(name, count): (&&str, &u64)| Named {
                    name: (*name).to_owned(),
                    documents: *count,
                };
                scripts.into_iter().map(named).collect()
            },
            without_script: figures.without_script,
            labelers: Labelers {
                count: figures.labelers.len(),
                names: if show.labelers {
                    named(&figures.labelers)
                } else {
                    Vec::new()
                },
            },
            labels,
            left_out: left_out(figures, unread, broken),
        }
    }
}

fn named(tally: &Tally) -> Vec<Named> {
    let all = tally.by_count().into_iter();
    all.map(|(name, documents)| Named {
        name: mask(name).into_owned(),
        documents,
    })
    .collect()
}

impl Label {
    fn of(name: &str, figures: &LabelFigures, words: Option<&LabelWords<'_>>, show: Show) -> Self {
        let top = words.filter(|_| !show.redact).map(|words| &words.top);
        let top = top.into_iter().flatten();
        Self {
            label: mask(name).into_owned(),
            instances: Sets::of(figures.instances),
            total: figures.instances.total(),
            documents: figures.documents.total(),
            distinct_surfaces: words.map(|words| words.distinct),
            ambiguity: words
                .and_then(|words| words.ambiguity)
                .map(|bits| rounded(bits, 1000.0)),
            characters: Lengths::of(&figures.characters),
            words: Lengths::of(&figures.words),
            top_surfaces: top
                .map(|(words, count)| Surface {
                    surface: mask(words).into_owned(),
                    count: *count,
                })
                .collect(),
        }
    }
}

/// What is not counted, in sentences.
fn left_out(figures: &Figures, unread: u64, broken: bool) -> Vec<String> {
    let mut all = Vec::new();
    if broken {
        all.push("the file could not be read as a whole: `labelwright check` says why".to_owned());
    }
    if unread > 0 {
        let what = if unread == 1 {
            "1 record or label".to_owned()
        } else {
            format!("{unread} records or labels")
        };
        all.push(format!(
            "{what} could not be read: `labelwright check` says why"
        ));
    }
    if figures.texts.not_asked > 0 {
        all.push("the texts were not read, so nothing is told of lengths and words".to_owned());
    }
    if figures.texts.unread > 0 {
        all.push(format!(
            "the text of {} is missing or could not be read",
            count(figures.texts.unread, "document")
        ));
    }
    if figures.unproved > 0 && figures.texts.not_asked == 0 {
        all.push(format!(
            "the place of {} is not proved, so nothing is told of the words there",
            count(figures.unproved, "label")
        ));
    }
    if let Some(compared) = figures.surfaces.compared() {
        all.push(format!(
            "only the {compared} different words with the smallest hashes were counted, of more \
             that are labeled: numbers of different words are too small, and others may be more \
             frequent"
        ));
    }
    for (tally, what) in [
        (&figures.languages, "languages"),
        (&figures.labelers, "people who labeled"),
    ] {
        if tally.is_cut() {
            all.push(format!("only {} {what} were counted, of more", tally.len()));
        }
    }
    all
}
