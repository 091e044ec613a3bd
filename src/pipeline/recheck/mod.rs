//! The second look at a file: what its statistics suspects is proved, or forgotten.
//!
//! A statistics keeps fingerprints and indices. Only where they raise a suspicion is the file gone
//! over once more, for the names and places of the documents concerned; and texts are read
//! again and compared. Nothing is reported on a hash alone. A file or text that has changed
//! meanwhile proves nothing.

pub(crate) mod assumptions;
mod compare;
mod suspects;

use std::collections::{BTreeMap, BTreeSet};

use crate::alignment::{AlignedDocument, TextState};
use crate::corpus::confirmed::{Confirmed, PlacedConflict, Unlabeled};
use crate::corpus::likeness::{NearPairs, Subset};
use crate::corpus::search::{Found, Search, Searchable};
use crate::corpus::surfaces::{Conflict, places};
use crate::corpus::{Ask, Statistics};
use crate::diagnostics::{Diagnostic, Excerpt, Location};
use crate::formats::{self, Record};
use crate::json::Locator;
use crate::json::cut::Batch;
use crate::model::{Address, At};
use crate::pipeline::Error;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::pass::kept::Searchables;
use crate::pipeline::records::for_each_record;
use crate::pipeline::workers::Workers;
use crate::rules::run;

/// What there is to prove.
struct Suspicions {
    /// Documents whose texts seem to be the same.
    equal: Vec<Vec<u64>>,
    near: NearPairs,
    /// The documents of both.
    documents: BTreeSet<u64>,
    /// By document.
    conflicts: BTreeMap<u64, Vec<Conflict>>,
    search: Option<Search>,
}

/// A document whose text is compared with others.
struct Candidate {
    address: Address<'static>,
    set: Option<Subset>,
    location: Location,
}

/// What to look at in one record.
#[derive(Clone, Copy)]
struct Recheck<'a> {
    suspect: bool,
    conflicts: &'a [Conflict],
    /// The text, where it was kept, and what was found in it.
    kept: Option<&'a Searchable<'a>>,
    unlabeled: &'a [Found],
    /// What is to be looked for in a text that was not kept.
    search: Option<&'a Search>,
}

impl Recheck<'_> {
    fn is_worth_it(self) -> bool {
        let asked = self.suspect || !self.conflicts.is_empty() || !self.unlabeled.is_empty();
        asked || self.search.is_some()
    }
}

/// What a batch adds.
#[derive(Default)]
struct Rechecked {
    suspects: Vec<(u64, Candidate)>,
    conflicts: Vec<PlacedConflict>,
    unlabeled: Vec<Unlabeled>,
    /// What the rules say of the latter.
    diagnostics: Vec<Diagnostic>,
}

type Candidates = BTreeMap<u64, Candidate>;

impl Pass<'_> {
    /// Looks at the file again where the statistics asks for it.
    pub(crate) fn recheck(&self, workers: &Workers, whole: &mut Aggregate) -> Result<(), Error> {
        let searchables = &std::mem::take(&mut whole.searchable);
        let suspicions = self.suspicions(&whole.sums.statistics);
        if suspicions.are_none() {
            return Ok(());
        }
        let findings = &mut whole.findings;
        let mut suspects = Candidates::new();
        let mut confirmed = Confirmed::default();
        let mut kept = Ok(());
        let look = |batch: &Batch| self.look(batch, &suspicions, searchables);
        self.go_over(workers, look, |part: Rechecked| {
            suspects.extend(part.suspects);
            confirmed.conflicts.extend(part.conflicts);
            if kept.is_ok() {
                kept = findings.extend(part.diagnostics);
            }
        })?;
        kept?;
        self.compare_equal(workers, &suspicions.equal, &suspects, &mut confirmed);
        // What leaks as a whole is not also nearly the same as something.
        let leaks = confirmed.leaks.iter().map(|leak| leak.location.bytes.start);
        let leaks: BTreeSet<u64> = leaks.collect();
        let mut leaked = BTreeSet::new();
        suspects.retain(|index, suspect| {
            let leaks = leaks.contains(&suspect.location.bytes.start);
            !(leaks && leaked.insert(*index))
        });
        let mut near = suspicions.near;
        near.common.retain(|index| !leaked.contains(index));
        self.compare_near(workers, &near, &suspects, &mut confirmed);
        whole.confirmed = confirmed;
        Ok(())
    }

    fn suspicions(&self, statistics: &Statistics) -> Suspicions {
        let asks = |ask| self.asks.contains(&ask);
        let thresholds = &self.options.settings.thresholds;
        let mut equal = Vec::new();
        if asks(Ask::SameTexts) {
            equal = statistics.likeness.equal();
        }
        let mut near = NearPairs::default();
        if asks(Ask::NearTexts) && statistics.documents.train > 0 && statistics.documents.test > 0 {
            near = statistics.likeness.near(thresholds.near_leak);
        }
        let pairs = near.pairs.iter().flat_map(|(test, train)| [test, train]);
        let documents = equal.iter().flatten().chain(pairs).copied().collect();
        // The labels of several projects in one file say nothing together.
        let one_kind = statistics.kinds.len() < 2;
        let mut conflicts: BTreeMap<u64, Vec<Conflict>> = BTreeMap::new();
        if one_kind && asks(Ask::Conflicts) {
            let (least, share) = (thresholds.conflict_places, thresholds.conflict_share);
            for conflict in statistics.surfaces.conflicts(least, share) {
                conflicts
                    .entry(conflict.first.0)
                    .or_default()
                    .push(conflict);
            }
        }
        let searches = one_kind && asks(Ask::Unlabeled);
        let search =
            searches.then(|| Search::new(&statistics.surfaces, thresholds.surface_labeled));
        Suspicions {
            equal,
            near,
            documents,
            conflicts,
            search: search.flatten(),
        }
    }

    fn look(&self, batch: &Batch, suspicions: &Suspicions, searchables: &Searchables) -> Rechecked {
        let mut part = Rechecked::default();
        let mut buffer = Vec::new();
        for_each_record(batch, |record| {
            let Ok(record) = record else {
                return;
            };
            let index = record.index;
            let kept = searchables.get(index);
            let search = suspicions.search.as_ref();
            let found = search.zip(kept.as_ref());
            let found = found.map(|(search, document)| search.unlabeled(document));
            let look = Recheck {
                suspect: suspicions.documents.contains(&index),
                conflicts: suspicions.conflicts.get(&index).map_or(&[], |found| found),
                kept: kept.as_ref(),
                unlabeled: found.as_deref().unwrap_or_default(),
                search: search.filter(|_| searchables.others && kept.is_none()),
            };
            if look.is_worth_it() {
                self.look_at(record, look, &mut buffer, &mut part);
            }
        });
        let confirmed = Confirmed {
            unlabeled: std::mem::take(&mut part.unlabeled),
            ..Confirmed::default()
        };
        part.diagnostics = run::confirmed(&self.rules, &confirmed, &self.options.levels);
        part
    }

    fn look_at(
        &self,
        record: Record<'_>,
        look: Recheck<'_>,
        buffer: &mut Vec<u8>,
        part: &mut Rechecked,
    ) {
        let reading = self.format.read(record, self.context());
        let Some(document) = &reading.document else {
            return;
        };
        let locator = Locator::new(record.text);
        let location = |at| formats::location(self.format, self.project(), &locator, document, at);
        if look.suspect {
            let suspect = Candidate {
                address: owned(&document.address),
                set: Subset::of(document.split.as_ref()),
                location: location(At::Address),
            };
            part.suspects.push((record.index, suspect));
        }
        let search = look.search.filter(|_| Searchable::is_one(document));
        let reads = search.is_some() || !look.conflicts.is_empty();
        let state = if reads {
            self.text_state(&document.address, buffer, None)
        } else {
            TextState::NotAsked
        };
        let aligned = AlignedDocument::new(document, state, self.survey.unit, self.weighing());
        let name = document.address.path();
        let shows =
            |part: &Rechecked| part.conflicts.len() + part.unlabeled.len() < self.options.snippets;
        for conflict in look.conflicts {
            let at = At::Label(conflict.first.1);
            let words = aligned.shown(at).zip(aligned.text());
            let words = words.filter(|_| shows(part));
            let excerpt = words.map(|(words, text)| Excerpt::around(name, text.as_str(), words));
            part.conflicts.push(PlacedConflict {
                conflict: conflict.clone(),
                location: location(at),
                excerpt: excerpt.map(Box::new),
            });
        }
        let searchable = search.and_then(|_| Searchable::new(&aligned, &places(&aligned)));
        let found_now = search
            .zip(searchable.as_ref())
            .map(|(search, document)| search.unlabeled(document))
            .unwrap_or_default();
        let text = look.kept.or(searchable.as_ref()).map(Searchable::text);
        for found in look.unlabeled.iter().chain(&found_now) {
            let text = text.filter(|_| shows(part));
            let excerpt = text.map(|text| Excerpt::around(name, text, found.first.clone()));
            part.unlabeled.push(Unlabeled {
                location: location(At::Address),
                found: found.clone(),
                excerpt: excerpt.map(Box::new),
            });
        }
    }
}

impl Suspicions {
    fn are_none(&self) -> bool {
        self.documents.is_empty() && self.conflicts.is_empty() && self.search.is_none()
    }
}

fn owned(address: &Address<'_>) -> Address<'static> {
    Address {
        written: address.written.clone().into_owned().into(),
        path: address.path.clone(),
        container: address.container.clone(),
        is_composed: address.is_composed,
        shortens: address.shortens,
    }
}
