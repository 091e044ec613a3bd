//! Pictures of a corpus: tables and SVG that the page holds, made of what the corpus adds up to.

mod charts;

use serde::Serialize;

use self::charts::{LengthPicture, frequencies, length_picture, part};
use super::markup::{COLORS, document};
use crate::corpus::BySplit;
use crate::corpus::overview::{AmbiguousSurface, LabelSpread, Overview};
use crate::report::markup::{excerpt, shown};

/// The most labels that a table shows.
const MOST_LABELS: usize = 200;

/// The sets, in the order of a table.
const SETS: [&str; 4] = ["Train", "Dev", "Test", "no set"];

/// What a page shows of a corpus.
#[derive(Serialize)]
pub(super) struct Pictures {
    /// The sets that have documents.
    sets: Vec<Set>,
    labels: Vec<LabelRow>,
    more_labels: usize,
    /// The part of the documents in a set that is in Test, in percent, where there are both.
    test_share: Option<String>,
    frequencies: Option<String>,
    rare: u64,
    rare_labels: usize,
    surfaces: Vec<SurfaceRow>,
    lengths: Option<LengthPicture>,
    leaks: u64,
    pairs: Vec<PairRow>,
    has_sets: bool,
    samples: Vec<SampleView>,
}

#[derive(Serialize)]
struct Set {
    name: &'static str,
    documents: u64,
}

#[derive(Serialize)]
struct LabelRow {
    name: String,
    color: usize,
    /// In each set that is shown: documents, instances, how dark they are (0 to 5), whether the label is
    /// absent there and should not be.
    cells: Vec<Cell>,
    documents: u64,
    instances: u64,
    /// The part of its documents in a set that is in Test, in percent.
    test_share: Option<String>,
    deviation: Option<String>,
    /// Whether that is far from the part of all documents.
    is_far: bool,
}

#[derive(Serialize)]
struct Cell {
    documents: u64,
    instances: u64,
    document_heat: usize,
    instance_heat: usize,
    is_absent: bool,
}

#[derive(Serialize)]
struct SurfaceRow {
    words: String,
    labels: Vec<SurfaceLabel>,
}

#[derive(Serialize)]
struct SurfaceLabel {
    name: String,
    color: usize,
    count: u64,
    places: Vec<Quote>,
}

#[derive(Serialize)]
struct Quote {
    at: String,
    words: String,
}

#[derive(Serialize)]
struct PairRow {
    test: String,
    train: String,
    alike: String,
}

#[derive(Serialize)]
struct SampleView {
    name: String,
    set: String,
    classes: Vec<String>,
    markup: String,
}

impl Pictures {
    /// What there is to show; `None` of a corpus without labels and texts.
    pub(super) fn of(overview: &Overview) -> Self {
        let totals = per_set(overview.documents);
        let present: Vec<usize> = (0..SETS.len()).filter(|set| totals[*set] > 0).collect();
        let mut names: Vec<(&String, &LabelSpread)> = overview.labels.iter().collect();
        names.sort_by(|a, b| {
            let totals = |it: &LabelSpread| (it.instances.total(), it.documents.total());
            totals(b.1).cmp(&totals(a.1)).then_with(|| a.0.cmp(b.0))
        });
        let color = |name: &str| {
            let at = names.iter().position(|(label, _)| *label == name);
            at.unwrap_or_default() % COLORS
        };
        let wanted = share(overview.documents);
        let rows = names.iter().take(MOST_LABELS).enumerate();
        let rows = rows.map(|(at, (name, spread))| {
            let row = Row {
                name,
                spread,
                color: at % COLORS,
            };
            row.view(&present, &totals, wanted)
        });
        let labels: Vec<LabelRow> = rows.collect();
        let rare = names
            .iter()
            .filter(|(_, spread)| spread.instances.total() < overview.rare);
        Self {
            sets: present
                .iter()
                .map(|set| Set {
                    name: SETS[*set],
                    documents: totals[*set],
                })
                .collect(),
            more_labels: names.len() - labels.len(),
            test_share: wanted.map(percent),
            frequencies: {
                let bars = labels.iter().map(|label| (&*label.name, label.instances));
                frequencies(&bars.collect::<Vec<_>>(), overview.rare)
            },
            rare: overview.rare,
            rare_labels: rare.count(),
            surfaces: overview
                .surfaces
                .iter()
                .map(|surface| surface_row(surface, &color))
                .collect(),
            lengths: length_picture(&overview.lengths, overview.longest),
            leaks: overview.leaks,
            pairs: overview
                .pairs
                .iter()
                .map(|pair| PairRow {
                    test: shown(&pair.test),
                    train: shown(&pair.train),
                    alike: percent(pair.index),
                })
                .collect(),
            has_sets: overview.documents.train > 0 && overview.documents.test > 0,
            samples: overview
                .samples
                .iter()
                .map(|sample| SampleView {
                    name: shown(&sample.name),
                    set: shown(sample.split.as_deref().unwrap_or_default()),
                    classes: sample.classes.iter().map(|it| shown(it)).collect(),
                    markup: document(sample, color),
                })
                .collect(),
            labels,
        }
    }
}

/// A label on its way to a row.
struct Row<'a> {
    name: &'a str,
    spread: &'a LabelSpread,
    color: usize,
}

impl Row<'_> {
    fn view(&self, present: &[usize], totals: &[u64; 4], wanted: Option<f64>) -> LabelRow {
        let (documents, instances) = (
            per_set(self.spread.documents),
            per_set(self.spread.instances),
        );
        let all = self.spread.instances.total();
        let own = share(self.spread.documents);
        let deviation = own.zip(wanted).map(|(own, wanted)| own - wanted);
        LabelRow {
            name: shown(self.name),
            color: self.color,
            cells: present
                .iter()
                .map(|set| Cell {
                    documents: documents[*set],
                    instances: instances[*set],
                    document_heat: heat(documents[*set], totals[*set]),
                    instance_heat: heat(instances[*set], all),
                    // Whoever has no set is in none on purpose.
                    is_absent: documents[*set] == 0 && *set != 3,
                })
                .collect(),
            documents: self.spread.documents.total(),
            instances: all,
            test_share: own.map(percent),
            deviation: deviation.map(|it| format!("{:+.0}", it * 100.0)),
            is_far: deviation.is_some_and(|it| it.abs() > FAR),
        }
    }
}

/// How far the part of a label's documents in Test may be from that of all documents before it is
/// marked.
const FAR: f64 = 0.1;

const fn per_set(by: BySplit) -> [u64; 4] {
    [by.train, by.dev, by.test, by.unassigned]
}

/// The part of those with a set that is in Test.
fn share(by: BySplit) -> Option<f64> {
    let all = by.assigned();
    (by.train > 0 && all > 0 || by.test > 0).then(|| part(by.test, all))
}

fn percent(part: f64) -> String {
    format!("{:.0}\u{a0}%", part * 100.0)
}

/// How dark a cell is, from 0 to 5.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is between 0 and 5"
)]
fn heat(of: u64, all: u64) -> usize {
    (part(of, all).clamp(0.0, 1.0) * 5.0).ceil() as usize
}

fn surface_row(surface: &AmbiguousSurface, color: &impl Fn(&str) -> usize) -> SurfaceRow {
    let labels = surface
        .labels
        .iter()
        .map(|(name, count, places)| SurfaceLabel {
            name: shown(name),
            color: color(name),
            count: *count,
            places: places
                .iter()
                .map(|place| Quote {
                    at: format!("{}:{}", shown(&place.name), place.line),
                    words: excerpt(place),
                })
                .collect(),
        });
    let mut labels: Vec<SurfaceLabel> = labels.collect();
    labels.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    SurfaceRow {
        words: shown(&surface.words),
        labels,
    }
}
