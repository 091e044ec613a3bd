//! What is put into sets: documents, or groups of them that stay together.

use std::collections::BTreeMap;

/// The most pairs of labels, counted once for each unit that has them, that a split looks at.
const MOST_PAIRS: usize = 20_000_000;

/// A document that is to be put into a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its labels, by number, each with how many instances it has of it (1 for a class); in ascending
    /// order.
    pub labels: Vec<(u32, u32)>,
    /// The number of its group. Documents of a group are never parted.
    pub group: u32,
    /// The set that it stays in, where that is settled.
    pub kept: Option<usize>,
}

/// How often a unit has something, a label or a pair of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    /// The label or the pair, by number.
    pub(super) of: u32,
    /// The documents of the unit that have it.
    pub(super) documents: u32,
    /// Its instances; of a pair, none are counted.
    pub(super) instances: u32,
}

/// Lists of counts, one a unit, one behind the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    starts: Vec<usize>,
    counts: Vec<Count>,
}

impl Lists {
    fn push(&mut self, list: impl IntoIterator<Item = Count>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.counts.extend(list);
        self.starts.push(self.counts.len());
    }

    /// The list of a unit.
    pub(super) fn of(&self, unit: usize) -> &[Count] {
        &self.counts[self.starts[unit]..self.starts[unit + 1]]
    }
}

/// The units of a corpus, and what it adds up to.
#[derive(Clone, Debug)]
pub struct Units {
    /// The unit of each document.
    pub(super) of_document: Vec<usize>,
    /// The documents of each unit.
    pub(super) sizes: Vec<u32>,
    /// The set that a unit stays in, where that is settled.
    pub(super) kept: Vec<Option<usize>>,
    /// The labels of each unit. One more than the corpus has stands for documents without any.
    pub(super) labels: Lists,
    /// The pairs of labels that a document has at once.
    pub(super) pairs: Lists,
    /// Of each label, in how many units it is, in how many documents, and how many instances it has.
    pub(super) label_totals: Vec<Totals>,
    /// Of each pair, in how many documents it is.
    pub(super) pair_totals: Vec<u32>,
    /// All documents.
    pub(super) documents: u32,
    /// Whether the pairs are too many to be looked at.
    has_no_pairs: bool,
    /// How many labels there are, without the one for documents that have none.
    pub(super) label_count: usize,
}

/// How often a label is in a corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) units: u32,
    pub(super) documents: u32,
    pub(super) instances: u32,
}

/// A group whose documents are settled in several sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Straddling {
    /// A document of the group, by number, and another that is settled in another set.
    pub documents: (usize, usize),
}

impl Units {
    /// The units of documents, of which the numbers of groups may be any. `labels` is how many labels
    /// there are.
    ///
    /// Fails where the documents of a group are settled in several sets.
    pub fn new(rows: &[Row], labels: usize) -> Result<Self, Straddling> {
        let mut numbers = BTreeMap::new();
        let mut members: Vec<Vec<usize>> = Vec::new();
        let mut of_document = Vec::with_capacity(rows.len());
        for (document, row) in rows.iter().enumerate() {
            let unit = *numbers.entry(row.group).or_insert_with(|| {
                members.push(Vec::new());
                members.len() - 1
            });
            members[unit].push(document);
            of_document.push(unit);
        }
        let mut units = Self {
            of_document,
            sizes: Vec::with_capacity(members.len()),
            kept: Vec::with_capacity(members.len()),
            labels: Lists::default(),
            pairs: Lists::default(),
            label_totals: vec![Totals::default(); labels + 1],
            pair_totals: Vec::new(),
            documents: number(rows.len()),
            has_no_pairs: false,
            label_count: labels,
        };
        for unit in &members {
            units.kept.push(settled(rows, unit)?);
            units.sizes.push(number(unit.len()));
            units.add_labels(rows, unit);
        }
        units.add_pairs(rows, &members);
        Ok(units)
    }

    fn add_labels(&mut self, rows: &[Row], unit: &[usize]) {
        let none = number(self.label_count);
        let mut counts: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for document in unit {
            let own = &rows[*document].labels;
            for (label, instances) in own {
                let count = counts.entry(*label).or_default();
                count.0 += 1;
                count.1 += instances;
            }
            if own.is_empty() {
                let count = counts.entry(none).or_default();
                count.0 += 1;
                count.1 += 1;
            }
        }
        for (label, (documents, instances)) in &counts {
            let totals = &mut self.label_totals[*label as usize];
            totals.units += 1;
            totals.documents += documents;
            totals.instances += instances;
        }
        self.labels.push(
            counts
                .into_iter()
                .map(|(of, (documents, instances))| Count {
                    of,
                    documents,
                    instances,
                }),
        );
    }

    /// Counts the pairs, unless they are too many to be looked at.
    fn add_pairs(&mut self, rows: &[Row], members: &[Vec<usize>]) {
        let pairs_of = |row: &Row| row.labels.len() * row.labels.len().saturating_sub(1) / 2;
        if rows.iter().map(pairs_of).sum::<usize>() > MOST_PAIRS {
            self.has_no_pairs = true;
            for _ in members {
                self.pairs.push([]);
            }
            return;
        }
        let mut numbers: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for unit in members {
            let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
            for document in unit {
                let labels = &rows[*document].labels;
                for (place, (first, _)) in labels.iter().enumerate() {
                    for (second, _) in &labels[place + 1..] {
                        let next = number(numbers.len());
                        let pair = *numbers.entry((*first, *second)).or_insert(next);
                        *counts.entry(pair).or_default() += 1;
                    }
                }
            }
            self.pair_totals.resize(numbers.len(), 0);
            for (pair, documents) in &counts {
                self.pair_totals[*pair as usize] += documents;
            }
            self.pairs
                .push(counts.into_iter().map(|(of, documents)| Count {
                    of,
                    documents,
                    instances: 0,
                }));
        }
    }

    /// How many units there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// How many of them have several documents, and how many these are.
    #[must_use]
    pub fn groups(&self) -> (u64, u64) {
        let groups = self.sizes.iter().filter(|size| **size > 1);
        groups.fold((0, 0), |sum, size| (sum.0 + 1, sum.1 + u64::from(*size)))
    }

    /// Whether its pairs of labels are too many to be looked at.
    #[must_use]
    pub const fn has_no_pairs(&self) -> bool {
        self.has_no_pairs
    }

    /// The documents of the largest.
    #[must_use]
    pub fn largest(&self) -> u64 {
        u64::from(self.sizes.iter().copied().max().unwrap_or_default())
    }

    /// How many documents are settled in each of so many sets.
    #[must_use]
    pub fn kept(&self, sets: usize) -> Vec<u64> {
        let mut kept = vec![0; sets];
        for (set, size) in self.kept.iter().zip(&self.sizes) {
            if let Some(set) = set {
                kept[*set] += u64::from(*size);
            }
        }
        kept
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }
}

/// The set that the documents of a unit are settled in.
fn settled(rows: &[Row], unit: &[usize]) -> Result<Option<usize>, Straddling> {
    let mut kept = unit
        .iter()
        .filter_map(|document| Some((*document, rows[*document].kept?)));
    let Some((first, set)) = kept.next() else {
        return Ok(None);
    };
    match kept.find(|(_, other)| *other != set) {
        None => Ok(Some(set)),
        Some((other, _)) => Err(Straddling {
            documents: (first, other),
        }),
    }
}

/// A number of documents or labels; a corpus has fewer than 2^32.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
