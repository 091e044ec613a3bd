//! Which documents must not be parted, since one would tell of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::gather::{Gathered, Known};
use crate::alignment::TextState;
use crate::corpus::shingles::{Shingled, estimate};
use crate::operations::read::Corpus;
use crate::pipeline::Error;
use crate::pipeline::pass::FoundDocument;

/// The part of a name by which documents are grouped; `None` of a document that stands for itself.
pub type GroupKey<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

/// How many others a document is compared with for each hash of its sketch.
const NEIGHBOURS: usize = 16;

/// How far below the true index an estimate may lie; see `corpus/likeness.rs`.
const MARGIN: f64 = 0.45;

/// The bytes of texts whose shingles are held at a time.
const ROUND: u64 = 64 << 20;

/// Sets of documents that are joined step by step.
pub(super) struct Groups {
    /// Of each document another of its group; one that names itself stands for all.
    parents: Vec<usize>,
}

impl Groups {
    /// Each document for itself.
    pub(super) fn new(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
        }
    }

    /// The document that stands for a group: the first of it.
    pub(super) fn of(&mut self, document: usize) -> usize {
        let mut root = document;
        while self.parents[root] != root {
            root = self.parents[root];
        }
        let mut at = document;
        while self.parents[at] != root {
            at = std::mem::replace(&mut self.parents[at], root);
        }
        root
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.parents[one.max(other)] = one.min(other);
    }

    /// Joins documents that have one key.
    fn join_by<K: Ord>(&mut self, keys: impl Iterator<Item = Option<K>>) {
        let mut first = BTreeMap::new();
        for (document, key) in keys.enumerate() {
            if let Some(key) = key {
                let known = *first.entry(key).or_insert(document);
                self.join(known, document);
            }
        }
    }

    /// Joins documents with one name, with one text, and with one key.
    pub(super) fn join_equal(&mut self, documents: &[Known], key: Option<GroupKey<'_>>) {
        self.join_by(documents.iter().map(|document| Some(&document.name)));
        self.join_by(documents.iter().map(|document| document.text));
        if let Some(key) = key {
            self.join_by(documents.iter().map(|document| key(&document.name)));
        }
    }

    /// Joins documents with nearly the same text: found by their sketches, confirmed by all of their
    /// shingles.
    ///
    /// Fails where a file cannot be read.
    pub(super) fn join_near(
        &mut self,
        corpus: &Corpus<'_>,
        gathered: &Gathered,
        threshold: f64,
    ) -> Result<(), Error> {
        let documents = &gathered.documents;
        let pairs = candidates(documents, threshold - MARGIN);
        let mut rest = pairs.as_slice();
        while !rest.is_empty() {
            let (round, later) = rest.split_at(round(documents, rest));
            rest = later;
            let wanted: BTreeSet<usize> = round.iter().flat_map(|pair| [pair.0, pair.1]).collect();
            let numbers: BTreeMap<u64, usize> = wanted
                .iter()
                .map(|document| (documents[*document].index, *document))
                .collect();
            let look = |found: FoundDocument<'_, '_>, number, part: &mut Vec<(usize, Shingled)>| {
                let mut buffer = Vec::new();
                if let TextState::Read(text) = found.text(&mut buffer)? {
                    part.push((number, Shingled::new(text.as_str())));
                }
                Ok(())
            };
            let mut shingles = BTreeMap::new();
            corpus.each_document(
                |index| numbers.get(&index).copied(),
                look,
                |part: Vec<(usize, Shingled)>| shingles.extend(part),
            )?;
            for (one, other) in round {
                if let (Some(a), Some(b)) = (shingles.get(one), shingles.get(other))
                    && a.jaccard(b) > threshold
                {
                    self.join(*one, *other);
                }
            }
        }
        Ok(())
    }
}

/// Pairs of documents whose texts may be nearly the same.
fn candidates(documents: &[Known], least: f64) -> Vec<(usize, usize)> {
    let numbered = documents.iter().enumerate();
    let hashes =
        numbered.flat_map(|(number, it)| it.sketch.iter().map(move |hash| (*hash, number)));
    let mut hashes: Vec<(u64, usize)> = hashes.collect();
    hashes.sort_unstable();
    let mut pairs = Vec::new();
    for bucket in hashes.chunk_by(|a, b| a.0 == b.0) {
        for (place, (_, one)) in bucket.iter().enumerate() {
            for (_, other) in bucket[place + 1..].iter().take(NEIGHBOURS) {
                pairs.push((*one, *other));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.retain(|(one, other)| {
        let (one, other) = (&documents[*one], &documents[*other]);
        one.text != other.text && estimate(&one.sketch, &other.sketch) >= least
    });
    pairs
}

/// How many of the pairs are compared at a time, so that the shingles of their texts can be held.
fn round(documents: &[Known], pairs: &[(usize, usize)]) -> usize {
    let mut held = BTreeSet::new();
    let mut bytes = 0;
    for (number, (one, other)) in pairs.iter().enumerate() {
        for document in [one, other] {
            if held.insert(*document) {
                bytes += documents[*document].length;
            }
        }
        if bytes > ROUND {
            return number + 1;
        }
    }
    pairs.len()
}
