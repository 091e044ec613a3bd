//! Compares the texts of documents in full.

use std::collections::BTreeSet;

use crate::alignment::TextState;
use crate::corpus::confirmed::{Alike, Confirmed};
use crate::corpus::likeness::{NearPairs, PAIRS, Subset};
use crate::corpus::shingles::{Shingles, comparable_words};
use crate::input::Lookup;
use crate::pipeline::Error;
use crate::pipeline::pass::Pass;
use crate::pipeline::recheck::{Candidate, Candidates, Record, is_other};
use crate::pipeline::texts::TextReader;
use crate::pipeline::workers::Workers;

impl Pass<'_> {
    /// Compares texts with one fingerprint byte by byte.
    ///
    /// Fails where one of them is not what it was.
    pub(super) fn compare_equal(
        &self,
        workers: &Workers,
        groups: &[Vec<u64>],
        candidates: &Candidates,
        confirmed: &mut Confirmed,
    ) -> Result<(), Error> {
        let compare = |group: &Vec<u64>| self.equal_texts(group, candidates);
        let compared: Result<Vec<_>, _> = workers.map(groups, compare).into_iter().collect();
        for members in compared?.into_iter().flatten() {
            let sets: Vec<Option<Subset>> = members.iter().map(|member| member.set).collect();
            for Repeat { of, first, leaks } in repeats(&sets) {
                let alike = alike(members[of], members[first], 1.0);
                if leaks {
                    confirmed.leaks.push(alike);
                } else {
                    confirmed.same.push(alike);
                }
            }
        }
        let place = |alike: &Alike| alike.location.bytes.start;
        confirmed.leaks.sort_by_key(place);
        confirmed.same.sort_by_key(place);
        Ok(())
    }

    /// Sorts documents by their texts; those of one address or one file stand for one.
    fn equal_texts<'s>(
        &self,
        group: &[u64],
        candidates: &'s Candidates,
    ) -> Result<Vec<Vec<&'s Candidate>>, Error> {
        let mut files = BTreeSet::new();
        let mut addresses = BTreeSet::new();
        let mut by_text: Vec<(String, Vec<&Candidate>)> = Vec::new();
        for candidate in group.iter().filter_map(|index| candidates.get(index)) {
            let Some((text, file)) = self.read_text(candidate)? else {
                continue;
            };
            // That a document is listed twice is a finding of its own.
            if !addresses.insert(candidate.address.identity()) | !files.insert(file) {
                continue;
            }
            match by_text.iter_mut().find(|(other, _)| *other == text) {
                Some((_, members)) => members.push(candidate),
                None => by_text.push((text, vec![candidate])),
            }
        }
        Ok(by_text.into_iter().map(|(_, members)| members).collect())
    }

    /// Compares texts of Test with texts of Train by their shingles.
    ///
    /// Fails where one of them is not what it was.
    pub(super) fn compare_near(
        &self,
        workers: &Workers,
        near: &NearPairs,
        candidates: &Candidates,
        confirmed: &mut Confirmed,
    ) -> Result<(), Error> {
        let threshold = self.options.settings.thresholds.near_leak;
        let by_test: Vec<&[(u64, u64)]> = near.pairs.chunk_by(|a, b| a.0 == b.0).collect();
        let compare = |pairs: &&[(u64, u64)]| {
            let found = self.nearest(pairs, candidates)?;
            let found = found.filter(|found| found.index > threshold);
            let of = pairs.first().map(|pair| pair.0);
            Ok(of.zip(found))
        };
        let compared = workers.map(&by_test, compare).into_iter();
        let compared: Vec<_> = compared.collect::<Result<_, Error>>()?;
        let mut common: BTreeSet<u64> = near.common.iter().copied().collect();
        for (index, alike) in compared.into_iter().flatten() {
            common.remove(&index);
            confirmed.near.push(alike);
        }
        confirmed.common = common.len() as u64;
        confirmed.pairs_compared = near.overflowed.then_some(PAIRS);
        Ok(())
    }

    /// The document of Train that is most like one of Test.
    fn nearest(
        &self,
        pairs: &[(u64, u64)],
        candidates: &Candidates,
    ) -> Result<Option<Alike>, Error> {
        let candidate = pairs.first().and_then(|pair| candidates.get(&pair.0));
        let Some(candidate) = candidate else {
            return Ok(None);
        };
        let Some((text, _)) = self.read_text(candidate)? else {
            return Ok(None);
        };
        let words = comparable_words(&text);
        let shingles = Shingles::new(&words);
        let mut nearest: Option<(f64, &Candidate)> = None;
        for train in pairs.iter().filter_map(|(_, train)| candidates.get(train)) {
            let Some((other, _)) = self.read_text(train)? else {
                continue;
            };
            if other == text {
                continue;
            }
            let words = comparable_words(&other);
            let index = shingles.jaccard(&Shingles::new(&words));
            if nearest.is_none_or(|(most, _)| index > most) {
                nearest = Some((index, train));
            }
        }
        Ok(nearest.map(|(index, train)| alike(candidate, train, index)))
    }

    /// A text, without a byte-order mark, and what tells its file from others: the fingerprint of
    /// its name, or the number of its record.
    ///
    /// Fails where a file does not hold the text any more that was read of it first.
    fn read_text(&self, candidate: &Candidate) -> Result<Option<(String, u64)>, Error> {
        if let Some(record) = &candidate.record {
            let text = self.read_inline(record)?.map(without_mark);
            return Ok(text.map(|text| (text, record.index)));
        }
        let found = self.read_file(candidate)?;
        if is_other(candidate.noted, found.as_ref().map(|(text, _)| &**text)) {
            let name = candidate.address.path().to_owned();
            return Err(Error::TextChanged(name));
        }
        Ok(found)
    }

    /// The text in a file of its own.
    fn read_file(&self, candidate: &Candidate) -> Result<Option<(String, u64)>, Error> {
        let mut bytes = Vec::new();
        let TextReader {
            texts,
            contested,
            most,
        } = self.texts;
        let Some(texts) = texts else {
            return Ok(None);
        };
        Ok(
            match texts.read_listed(&candidate.address, contested, most, &mut bytes, None)? {
                Lookup::Read(claim) => {
                    let text = String::from_utf8(bytes).ok().map(without_mark);
                    text.map(|text| (text, claim.file()))
                }
                _ => None,
            },
        )
    }

    /// The text in a record, which is read again.
    fn read_inline(&self, record: &Record) -> Result<Option<String>, Error> {
        let bytes = self.source.bytes(record.bytes.clone());
        let bytes = bytes.map_err(|error| Error::read(self.source, error))?;
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return Ok(None);
        };
        let read = crate::formats::Record {
            index: record.index,
            in_file: (0, record.index),
            start: record.bytes.start,
            text,
            ends_file: false,
        };
        let Some(document) = self.format.read(read, self.context()).document else {
            return Ok(None);
        };
        let mut buffer = Vec::new();
        Ok(match self.texts.text_of(&document, &mut buffer, None)? {
            TextState::Read(text) => Some(text.as_str().to_owned()),
            _ => None,
        })
    }
}

/// A text without a byte-order mark at its start.
fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

/// That a document repeats the text of another; both by their places in the group.
#[derive(Debug, PartialEq, Eq)]
struct Repeat {
    of: usize,
    first: usize,
    /// Whether it is in Test, and the other one in Train.
    leaks: bool,
}

/// Who repeats whom among documents with one text, which come in the order of the file. Each but
/// one repeats another one.
fn repeats(sets: &[Option<Subset>]) -> Vec<Repeat> {
    let train = sets.iter().position(|set| *set == Some(Subset::Train));
    let leaks = |set: &Option<Subset>| train.is_some() && *set == Some(Subset::Test);
    let first = sets.iter().position(|set| !leaks(set)).unwrap_or_default();
    let repeat = |(of, set): (usize, &Option<Subset>)| {
        let leaks = leaks(set);
        let first = train.filter(|_| leaks).unwrap_or(first);
        (of != first).then_some(Repeat { of, first, leaks })
    };
    sets.iter().enumerate().filter_map(repeat).collect()
}

fn alike(one: &Candidate, other: &Candidate, index: f64) -> Alike {
    Alike {
        location: one.location.clone(),
        name: one.address.path().to_owned(),
        other: other.address.path().to_owned(),
        index,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_repeated_by_all_documents_but_one() {
        let (train, test) = (Some(Subset::Train), Some(Subset::Test));
        let of = |sets: &[Option<Subset>]| -> Vec<(usize, usize, bool)> {
            let repeats = repeats(sets).into_iter();
            repeats
                .map(|repeat| (repeat.of, repeat.first, repeat.leaks))
                .collect()
        };
        assert_eq!(of(&[None, None, None]), [(1, 0, false), (2, 0, false)]);
        assert_eq!(of(&[test, test]), [(1, 0, false)]);
        assert_eq!(of(&[train, train, test]), [(1, 0, false), (2, 0, true)]);
        assert_eq!(of(&[test, train, train]), [(0, 1, true), (2, 1, false)]);
        assert_eq!(of(&[test, None]), [(1, 0, false)]);
        let mixed = [None, train, test];
        assert_eq!(of(&mixed), [(1, 0, false), (2, 1, true)]);
        assert_eq!(of(&[train]), []);
    }
}
