//! The second look at a file: what its tally suspects is proved, or forgotten.
//!
//! A tally keeps fingerprints and indices. Only where they raise a suspicion is the file gone
//! over once more, for the names and places of the documents concerned; and texts are read
//! again and compared. Nothing is reported on a hash alone. A file or text that has changed
//! meanwhile proves nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use super::Error;
use super::batches::Workers;
use super::pass::Pass;
use super::survey::for_each_record;
use crate::diagnostic::Excerpt;
use crate::examined::{Examined, TextState};
use crate::formats::{self, Record};
use crate::json::Locator;
use crate::json::cut::Batch;
use crate::model::{Address, At};
use crate::site::Site;
use crate::tally::confirmed::{Alike, Confirmed, PlacedConflict, Unlabeled};
use crate::tally::likeness::{NearPairs, PAIRS, Set};
use crate::tally::search::{Found, Search, Searchable};
use crate::tally::shingles::{Shingles, comparable_words};
use crate::tally::surfaces::Conflict;
use crate::tally::{Ask, Tally};
use crate::texts::{Listed, Lookup};

/// What there is to prove.
struct Suspicions {
    /// Documents whose texts seem to be the same.
    equal: Vec<Vec<u64>>,
    near: NearPairs,
    /// The documents of both.
    documents: BTreeSet<u64>,
    /// By document.
    conflicts: BTreeMap<u64, Vec<Conflict>>,
    /// By document, for those that were kept.
    unlabeled: BTreeMap<u64, Vec<Found>>,
    /// For the documents that were not.
    search: Option<Search>,
}

/// How many bytes of texts are kept at most, in all, so that they need not be read again.
const KEPT_BYTES: usize = 32 << 20;

/// The room for documents that the second look need not read again.
pub(super) struct Kept {
    room: AtomicUsize,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            room: AtomicUsize::new(KEPT_BYTES),
        }
    }
}

impl Kept {
    /// Keeps a document for the search, as long as there is room. Which ones are kept hangs on
    /// chance; what is found in them does not.
    pub(super) fn add(&self, examined: &Examined<'_>, searchables: &mut Searchables) {
        let Some(document) = Searchable::new(examined) else {
            return;
        };
        let size = document.size();
        let take = |room: usize| room.checked_sub(size);
        let room = self.room.fetch_update(Relaxed, Relaxed, take);
        if room.is_ok() {
            let kept = (examined.document.index, document.into_owned());
            searchables.kept.push(kept);
        } else {
            searchables.others = true;
        }
    }
}

/// Documents for the search.
#[derive(Default)]
pub(super) struct Searchables {
    /// By index, in the order of the file.
    kept: Vec<(u64, Searchable<'static>)>,
    /// Whether there are others, for which there was no room.
    others: bool,
}

impl Searchables {
    /// Adds those that follow.
    pub(super) fn extend(&mut self, other: Self) {
        self.kept.extend(other.kept);
        self.others |= other.others;
    }

    fn get(&self, index: u64) -> Option<&Searchable<'static>> {
        let place = self.kept.binary_search_by_key(&index, |(index, _)| *index);
        Some(&self.kept[place.ok()?].1)
    }
}

/// A document whose text is compared with others.
struct Suspect {
    address: Address<'static>,
    set: Option<Set>,
    site: Site,
}

/// What to look at in one record.
#[derive(Clone, Copy)]
struct Look<'a> {
    suspect: bool,
    conflicts: &'a [Conflict],
    /// What was found in the text that was kept.
    unlabeled: &'a [Found],
    kept: Option<&'a Searchable<'static>>,
    search: Option<&'a Search>,
}

impl Look<'_> {
    fn is_worth_it(self) -> bool {
        let asked = self.suspect || !self.conflicts.is_empty() || !self.unlabeled.is_empty();
        asked || self.search.is_some() && self.kept.is_none()
    }
}

/// What a batch adds.
#[derive(Default)]
struct Part {
    suspects: Vec<(u64, Suspect)>,
    conflicts: Vec<PlacedConflict>,
    unlabeled: Vec<Unlabeled>,
}

type Suspects = BTreeMap<u64, Suspect>;

impl Pass<'_> {
    /// Looks at the file again where the tally asks for it.
    pub(super) fn second_look(
        &self,
        workers: &Workers,
        tally: &Tally,
        searchables: &Searchables,
    ) -> Result<Confirmed, Error> {
        let suspicions = self.suspicions(workers, tally, searchables);
        if suspicions.are_none() {
            return Ok(Confirmed::default());
        }
        let failed = |error| Error::read(self.source, error);
        let input = self.source.reader().map_err(failed)?;
        let size = self.options.batch_bytes;
        let mut cutter = self.format.cutter(Box::new(input), size);
        let mut suspects = Suspects::new();
        let mut confirmed = Confirmed::default();
        let look = |batch: &Batch| self.look(batch, &suspicions, searchables);
        let taken = workers.run(&mut *cutter, look, |part: Part| {
            suspects.extend(part.suspects);
            confirmed.conflicts.extend(part.conflicts);
            confirmed.unlabeled.extend(part.unlabeled);
            Ok::<(), std::io::Error>(())
        });
        taken.map_err(failed)?;
        self.compare_equal(workers, &suspicions.equal, &suspects, &mut confirmed);
        // What leaks as a whole is not also nearly the same as something.
        let leaks = confirmed.leaks.iter().map(|leak| leak.site.bytes.start);
        let leaks: BTreeSet<u64> = leaks.collect();
        let leaked = |suspect: &Suspect| leaks.contains(&suspect.site.bytes.start);
        suspects.retain(|_, suspect| !leaked(suspect));
        self.compare_near(workers, &suspicions.near, &suspects, &mut confirmed);
        Ok(confirmed)
    }

    fn suspicions(
        &self,
        workers: &Workers,
        tally: &Tally,
        searchables: &Searchables,
    ) -> Suspicions {
        let asks = |ask| self.asks.contains(&ask);
        let thresholds = &self.options.settings.thresholds;
        let mut equal = Vec::new();
        if asks(Ask::SameTexts) {
            equal = tally.likeness.equal();
        }
        let mut near = NearPairs::default();
        if asks(Ask::NearTexts) && tally.documents.train > 0 && tally.documents.test > 0 {
            near = tally.likeness.near(thresholds.near_leak);
        }
        let pairs = near.pairs.iter().flat_map(|(test, train)| [test, train]);
        let documents = equal.iter().flatten().chain(pairs).copied().collect();
        // The labels of several projects in one file say nothing together.
        let one_kind = tally.kinds.len() < 2;
        let mut conflicts: BTreeMap<u64, Vec<Conflict>> = BTreeMap::new();
        if one_kind && asks(Ask::Conflicts) {
            let (least, share) = (thresholds.conflict_places, thresholds.conflict_share);
            for conflict in tally.surfaces.conflicts(least, share) {
                conflicts
                    .entry(conflict.first.0)
                    .or_default()
                    .push(conflict);
            }
        }
        let searches = one_kind && asks(Ask::Unlabeled);
        let search = searches.then(|| Search::new(&tally.surfaces, thresholds.surface_labeled));
        let search = search.flatten();
        let mut unlabeled = BTreeMap::new();
        if let Some(search) = &search {
            let find = |(index, document): &(u64, _)| (*index, search.unlabeled(document));
            let found = workers.map(&searchables.kept, find).into_iter();
            unlabeled.extend(found.filter(|(_, found)| !found.is_empty()));
        }
        Suspicions {
            equal,
            near,
            documents,
            conflicts,
            unlabeled,
            search: search.filter(|_| searchables.others),
        }
    }

    fn look(&self, batch: &Batch, suspicions: &Suspicions, searchables: &Searchables) -> Part {
        let mut part = Part::default();
        let mut buffer = Vec::new();
        for_each_record(batch, |record| {
            let Ok(record) = record else {
                return;
            };
            let index = record.index;
            let look = Look {
                suspect: suspicions.documents.contains(&index),
                conflicts: suspicions.conflicts.get(&index).map_or(&[], |found| found),
                unlabeled: suspicions.unlabeled.get(&index).map_or(&[], |found| found),
                kept: searchables.get(index),
                search: suspicions.search.as_ref(),
            };
            if look.is_worth_it() {
                self.look_at(record, look, &mut buffer, &mut part);
            }
        });
        part
    }

    fn look_at(&self, record: Record<'_>, look: Look<'_>, buffer: &mut Vec<u8>, part: &mut Part) {
        let reading = self.format.read(record, self.context());
        let Some(document) = &reading.document else {
            return;
        };
        let locator = Locator::new(record.text);
        let site = |at| formats::site(self.format, self.project(), &locator, document, at);
        if look.suspect {
            let suspect = Suspect {
                address: owned(&document.address),
                set: Set::of(document.split.as_ref()),
                site: site(At::Address),
            };
            part.suspects.push((record.index, suspect));
        }
        let search = look.search.filter(|_| look.kept.is_none());
        let search = search.filter(|_| Searchable::is_one(document));
        let reads = search.is_some() || !look.conflicts.is_empty();
        let state = if reads {
            self.text_state(&document.address, buffer, &mut Listed::default())
        } else {
            TextState::NotAsked
        };
        let examined = Examined::new(document, state, self.survey.unit, self.weighing());
        let name = document.address.path();
        let shows =
            |part: &Part| part.conflicts.len() + part.unlabeled.len() < self.options.snippets;
        for conflict in look.conflicts {
            let at = At::Label(conflict.first.1);
            let words = examined.shown(at).zip(examined.text());
            let words = words.filter(|_| shows(part));
            let excerpt = words.map(|(words, text)| Excerpt::around(name, text.as_str(), words));
            part.conflicts.push(PlacedConflict {
                conflict: conflict.clone(),
                site: site(at),
                excerpt: excerpt.map(Box::new),
            });
        }
        let searchable = search.and_then(|_| Searchable::new(&examined));
        let found_now = search
            .zip(searchable.as_ref())
            .map(|(search, document)| search.unlabeled(document))
            .unwrap_or_default();
        let text = look.kept.or(searchable.as_ref()).map(Searchable::text);
        for found in look.unlabeled.iter().chain(&found_now) {
            let text = text.filter(|_| shows(part));
            let excerpt = text.map(|text| Excerpt::around(name, text, found.first.clone()));
            part.unlabeled.push(Unlabeled {
                site: site(At::Address),
                found: found.clone(),
                excerpt: excerpt.map(Box::new),
            });
        }
    }

    /// Compares texts with one fingerprint byte by byte.
    fn compare_equal(
        &self,
        workers: &Workers,
        groups: &[Vec<u64>],
        suspects: &Suspects,
        confirmed: &mut Confirmed,
    ) {
        let compare = |group: &Vec<u64>| self.equal_texts(group, suspects);
        for members in workers.map(groups, compare).into_iter().flatten() {
            let sets: Vec<Option<Set>> = members.iter().map(|member| member.set).collect();
            for Repeat { of, first, leaks } in repeats(&sets) {
                let alike = alike(members[of], members[first], 1.0);
                if leaks {
                    confirmed.leaks.push(alike);
                } else {
                    confirmed.same.push(alike);
                }
            }
        }
        let place = |alike: &Alike| alike.site.bytes.start;
        confirmed.leaks.sort_by_key(place);
        confirmed.same.sort_by_key(place);
    }

    /// Sorts documents by their texts; those of one address or one file stand for one.
    fn equal_texts<'s>(&self, group: &[u64], suspects: &'s Suspects) -> Vec<Vec<&'s Suspect>> {
        let mut files = BTreeSet::new();
        let mut addresses = BTreeSet::new();
        let mut by_text: Vec<(String, Vec<&Suspect>)> = Vec::new();
        for suspect in group.iter().filter_map(|index| suspects.get(index)) {
            let Some((text, file)) = self.read_text(&suspect.address) else {
                continue;
            };
            // That a document is listed twice is a finding of its own.
            if !addresses.insert(&*suspect.address.written) | !files.insert(file) {
                continue;
            }
            match by_text.iter_mut().find(|(other, _)| *other == text) {
                Some((_, members)) => members.push(suspect),
                None => by_text.push((text, vec![suspect])),
            }
        }
        by_text.into_iter().map(|(_, members)| members).collect()
    }

    /// Compares texts of Test with texts of Train by their shingles.
    fn compare_near(
        &self,
        workers: &Workers,
        near: &NearPairs,
        suspects: &Suspects,
        confirmed: &mut Confirmed,
    ) {
        let threshold = self.options.settings.thresholds.near_leak;
        let by_test: Vec<&[(u64, u64)]> = near.pairs.chunk_by(|a, b| a.0 == b.0).collect();
        let compare = |pairs: &&[(u64, u64)]| {
            let found = self.nearest(pairs, suspects);
            let found = found.filter(|found| found.index > threshold);
            Some((pairs.first()?.0, found?))
        };
        let mut common: BTreeSet<u64> = near.common.iter().copied().collect();
        for (index, alike) in workers.map(&by_test, compare).into_iter().flatten() {
            common.remove(&index);
            confirmed.near.push(alike);
        }
        confirmed.common = common.len() as u64;
        confirmed.pairs_compared = near.overflowed.then_some(PAIRS);
    }

    /// The document of Train that is most like one of Test.
    fn nearest(&self, pairs: &[(u64, u64)], suspects: &Suspects) -> Option<Alike> {
        let suspect = suspects.get(&pairs.first()?.0)?;
        let (text, _) = self.read_text(&suspect.address)?;
        let words = comparable_words(&text);
        let shingles = Shingles::new(&words);
        let mut nearest: Option<(f64, &Suspect)> = None;
        for train in pairs.iter().filter_map(|(_, train)| suspects.get(train)) {
            let Some((other, _)) = self.read_text(&train.address) else {
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
        let (index, train) = nearest?;
        Some(alike(suspect, train, index))
    }

    /// A text, without a byte-order mark, and the fingerprint of its file's name.
    fn read_text(&self, address: &Address<'_>) -> Option<(String, u64)> {
        let mut bytes = Vec::new();
        match self
            .texts?
            .read(address, &self.survey.contested, &mut bytes)
        {
            Lookup::Read(claim) => {
                let mut text = String::from_utf8(bytes).ok()?;
                if text.starts_with('\u{feff}') {
                    text.drain(..'\u{feff}'.len_utf8());
                }
                Some((text, claim.file()))
            }
            _ => None,
        }
    }
}

impl Suspicions {
    fn are_none(&self) -> bool {
        self.documents.is_empty()
            && self.conflicts.is_empty()
            && self.unlabeled.is_empty()
            && self.search.is_none()
    }
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
fn repeats(sets: &[Option<Set>]) -> Vec<Repeat> {
    let train = sets.iter().position(|set| *set == Some(Set::Train));
    let leaks = |set: &Option<Set>| train.is_some() && *set == Some(Set::Test);
    let first = sets.iter().position(|set| !leaks(set)).unwrap_or_default();
    let repeat = |(of, set): (usize, &Option<Set>)| {
        let leaks = leaks(set);
        let first = train.filter(|_| leaks).unwrap_or(first);
        (of != first).then_some(Repeat { of, first, leaks })
    };
    sets.iter().enumerate().filter_map(repeat).collect()
}

fn alike(one: &Suspect, other: &Suspect, index: f64) -> Alike {
    Alike {
        site: one.site.clone(),
        name: one.address.path().to_owned(),
        other: other.address.path().to_owned(),
        index,
    }
}

fn owned(address: &Address<'_>) -> Address<'static> {
    Address {
        written: address.written.clone().into_owned().into(),
        path: address.path.clone(),
        datastore: address.datastore.clone(),
        shortens: address.shortens,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_repeated_by_all_documents_but_one() {
        let (train, test) = (Some(Set::Train), Some(Set::Test));
        let of = |sets: &[Option<Set>]| -> Vec<(usize, usize, bool)> {
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
