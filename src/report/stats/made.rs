//! What a corpus adds up to, made ready to be shown.

use std::cmp::Reverse;

use super::show::Show;
use super::view::{
    Bin, Counts, Documents, Label, Labelers, Lengths, Named, SetLengths, Sets, Spans, Surface,
    Surfaces, Texts, View,
};
use crate::corpus::figures::{Figures, Histogram, LabelFigures, LabelWords, SETS, Tally};
use crate::diagnostics::count;
use crate::diagnostics::redact::mask;
use crate::pipeline::LeftOut;

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

impl View {
    /// What a corpus adds up to, as it is shown.
    pub(super) fn of(figures: &Figures, show: Show, not_counted: LeftOut) -> Self {
        let words = LabelWords::of(&figures.surfaces, show.top);
        let mut labels: Vec<Label> = (figures.labels.iter())
            .map(|(name, label)| Label::of(name, label, words.get(&**name), show))
            .collect();
        labels.sort_by(|a, b| {
            let rank = |label: &Label| (Reverse(label.total), Reverse(label.documents));
            rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name))
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
        let without = of_documents.up_to(0);
        let single = of_documents.up_to(1) - without;
        let total = figures.documents.total();
        let sets = SETS.iter().zip(&figures.lengths);
        let sets = sets.filter(|(_, lengths)| lengths.count() > 0);
        Self {
            documents: Documents {
                counts: Counts::of(figures.documents),
                labeled: total - without,
                with_none: without,
                with_one: single,
                with_several: total - without - single,
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
            left_out: left_out(figures, not_counted),
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
            name: mask(name).into_owned(),
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
fn left_out(figures: &Figures, not_counted: LeftOut) -> Vec<String> {
    let LeftOut {
        unread,
        images,
        predictions,
        not_accepted,
        broken,
    } = not_counted;
    let mut all = Vec::new();
    if broken {
        all.push("the file could not be read as a whole: `labelwright check` says why".to_owned());
    }
    for (number, noun, why) in [
        (
            unread,
            "piece",
            "could not be read: `labelwright check` says why",
        ),
        (images, "record", "of image projects are not counted"),
        (predictions, "record", "with predictions are not counted"),
        (
            not_accepted,
            "record",
            "that nobody has accepted are not counted",
        ),
    ] {
        if number > 0 {
            all.push(format!("{} {why}", count(number, noun)));
        }
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
