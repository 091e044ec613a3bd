//! A further look at a file: what its statistics make suspect is proved, or forgotten.
//!
//! Statistics keep fingerprints and indices. Only where they raise a suspicion is the file gone
//! over once more, for the names and places of the documents concerned; and texts are read
//! again and compared. Nothing is reported on a hash alone. Where a file or text has changed
//! meanwhile, nothing is reported at all: the statistics speak of what is gone.

pub(crate) mod assumptions;
mod compare;
mod suspects;
mod undeclared;
mod unlabeled;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::alignment::{AlignedDocument, TextState};
use crate::corpus::confirmed::{Confirmed, PlacedConflict};
use crate::corpus::kept_name::kept_name;
use crate::corpus::likeness::{NearPairs, NotedPrint, Subset};
use crate::corpus::search::{Found, Search, Searchable, Shelf, Wanted};
use crate::corpus::surfaces::{Conflict, places, surface};
use crate::corpus::{Ask, Statistics};
use crate::diagnostics::store::DiagnosticStore;
use crate::diagnostics::{Diagnostic, Location, Shown};
use crate::model::{Address, At, Body};
use crate::pipeline::Error;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::pass::cache::Searchables;
use crate::pipeline::pass::{FoundDocument, Pass};
use crate::pipeline::workers::Workers;
use crate::rules::SURFACE_CONFLICT_IN_DOCUMENT;
use crate::text::{Positions, Text};

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
    /// The documents whose kept text has words without a label, in order.
    found: Vec<u64>,
}

/// A document whose text is compared with others.
struct Candidate {
    address: Address<'static>,
    /// Its record, where the text stands in it.
    record: Option<Record>,
    /// What was noted of its text when it was read first.
    noted: Option<NotedPrint>,
    set: Option<Subset>,
    location: Location,
}

/// A record that is read again.
struct Record {
    index: u64,
    /// Its bytes in the file.
    bytes: Range<u64>,
}

/// What to look at in one record.
struct Recheck<'a> {
    suspect: bool,
    conflicts: &'a [Conflict],
    /// The text, where it was kept, and what was found in it.
    kept: Option<Searchable<'a>>,
    unlabeled: Vec<Found>,
    /// What is to be looked for in a text that was not kept.
    search: Option<&'a Search>,
    /// What was noted of the text when it was read first.
    noted: Option<NotedPrint>,
}

impl Recheck<'_> {
    fn is_worth_it(&self) -> bool {
        let asked = self.suspect || !self.conflicts.is_empty() || !self.unlabeled.is_empty();
        asked || self.search.is_some()
    }
}

/// What a batch adds.
#[derive(Default)]
struct Rechecked {
    suspects: Vec<(u64, Candidate)>,
    conflicts: Vec<PlacedConflict>,
    /// What the rules say of surfaces without a label.
    diagnostics: Vec<Diagnostic>,
    /// How many findings of each pattern there are: which patterns are told is not known yet.
    unlabeled: BTreeMap<(usize, bool), usize>,
    /// How many places of each pattern have no label.
    unlabeled_places: PatternCounts,
    /// A document whose text is not what it was.
    changed: Option<String>,
    /// The bytes of a document's text.
    buffer: Vec<u8>,
}

type Candidates = BTreeMap<u64, Candidate>;

/// A number for each pattern of the search.
type PatternCounts = BTreeMap<usize, u64>;

impl Pass<'_> {
    /// Looks at the file again where the statistics ask for it.
    pub(crate) fn recheck(&self, workers: &Workers, whole: &mut Aggregate) -> Result<(), Error> {
        let searchables = &std::mem::take(&mut whole.searchable);
        let mut suspicions = self.suspicions(&whole.sums.statistics);
        suspicions.search_kept(workers, searchables);
        let findings = &mut whole.findings;
        let likeness = &whole.sums.statistics.likeness;
        let mut changed = None;
        let mut suspects = Candidates::new();
        let mut confirmed = Confirmed::default();
        let mut missed = DiagnosticStore::new(&self.options.budget);
        let mut unlabeled = PatternCounts::new();
        let mut kept = Ok(());
        let wanted = |index: u64| {
            let mut look = suspicions.look(index, searchables);
            look.is_worth_it().then(|| {
                look.noted = likeness.noted(index);
                look
            })
        };
        let look = |found: FoundDocument<'_, '_>, look: Recheck<'_>, part: &mut Rechecked| {
            self.look_at(&found, &look, part)
        };
        let take = |part: Rechecked| {
            suspects.extend(part.suspects);
            confirmed.conflicts.extend(part.conflicts);
            changed = changed.take().or(part.changed);
            for (pattern, places) in part.unlabeled_places {
                *unlabeled.entry(pattern).or_default() += places;
            }
            if kept.is_ok() {
                kept = missed.extend(part.diagnostics);
            }
        };
        if suspicions.need_the_file(searchables) {
            self.each_document(workers, wanted, look, take)?;
        }
        kept?;
        if let Some(name) = changed {
            return Err(Error::TextChanged(name));
        }
        if let Some(search) = &suspicions.search {
            self.tell_unlabeled(search, &unlabeled, &missed, findings)?;
            let surfaces = &whole.sums.statistics.surfaces;
            confirmed.seldom = self.seldom_labeled(workers, search, &unlabeled, surfaces)?;
        }
        self.compare_equal(workers, &suspicions.equal, &suspects, &mut confirmed)?;
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
        self.compare_near(workers, &near, &suspects, &mut confirmed)?;
        whole.confirmed = confirmed;
        Ok(())
    }

    fn suspicions(&self, statistics: &Statistics) -> Suspicions {
        let asks = |ask| self.rules.asks.contains(&ask);
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
        let wanted = Wanted {
            elsewhere: asks(Ask::Unlabeled).then_some(thresholds.surface_labeled),
            here: asks(Ask::UnlabeledHere),
            shares: asks(Ask::SeldomLabeled),
        };
        let search = one_kind.then(|| Search::new(&statistics.surfaces, wanted));
        Suspicions {
            equal,
            near,
            documents,
            conflicts,
            search: search.flatten(),
            found: Vec::new(),
        }
    }

    fn look_at(
        &self,
        found: &FoundDocument<'_, '_>,
        look: &Recheck<'_>,
        part: &mut Rechecked,
    ) -> Result<(), Error> {
        let document = found.document;
        if look.suspect {
            let suspect = Candidate {
                address: owned(&document.address),
                record: (document.body != Body::Elsewhere).then(|| Record {
                    index: document.index,
                    bytes: document.start..document.start + document.source.len() as u64,
                }),
                noted: look.noted,
                set: Subset::of(document.split.as_ref()),
                location: found.location(At::Address),
            };
            part.suspects.push((document.index, suspect));
        }
        let search = look.search.filter(|_| Searchable::is_one(document));
        let reads = search.is_some() || !look.conflicts.is_empty();
        let mut buffer = std::mem::take(&mut part.buffer);
        let state = if reads {
            self.texts.text_of(document, &mut buffer, None)?
        } else {
            TextState::NotAsked
        };
        let aligned =
            AlignedDocument::new(document, state, self.survey.unit, self.rules.weighs_units);
        let name = document.address.path();
        let text = aligned.text().map(Text::as_str);
        if reads && is_other(look.noted, text) {
            part.changed.get_or_insert_with(|| name.to_owned());
        }
        // Documents are not parted, so that the first findings have their words whatever the size
        // of the batches.
        let print = text.filter(|_| !look.conflicts.is_empty());
        let print = self.text_print(print);
        let shows_conflicts = part.conflicts.len() < self.options.snippets;
        let mut positions = Positions::new(text.unwrap_or_default());
        let speaks = !self.rules.run(SURFACE_CONFLICT_IN_DOCUMENT);
        for conflict in look.conflicts {
            if !speaks && is_within(conflict, &aligned) {
                continue;
            }
            let at = At::Label(conflict.first.1);
            let words = aligned.shown(at).zip(text);
            let shown = words.map(|(words, text)| Shown {
                text: print,
                ..self.shown(name, text, &mut positions, words, shows_conflicts)
            });
            part.conflicts.push(PlacedConflict {
                conflict: conflict.clone(),
                location: found.location(at),
                shown: shown.unwrap_or_default(),
            });
        }
        let searchable = search.and_then(|_| Searchable::new(&aligned, &places(&aligned)));
        let found_now = search
            .zip(searchable.as_ref())
            .map(|(search, document)| search.unlabeled(document))
            .unwrap_or_default();
        let text = look.kept.as_ref().or(searchable.as_ref());
        let text = text.map(Searchable::text);
        let surfaces = look.unlabeled.iter().chain(&found_now);
        self.note_unlabeled(found, surfaces, text.unwrap_or_default(), part);
        part.buffer = buffer;
        Ok(())
    }
}

impl Suspicions {
    /// Searches the texts that were kept. Where nothing is found in them, and nothing else is to be
    /// proved, the file need not be gone over again. What was found is found once more when it is: to
    /// keep it meanwhile would take memory without a bound.
    fn search_kept(&mut self, workers: &Workers, searchables: &Searchables) {
        if let Some(search) = &self.search {
            let found = |shelf: &Shelf| shelf.found_by(search).collect();
            let found: Vec<Vec<u64>> = workers.map(&searchables.kept, found);
            self.found = found.concat();
        }
    }

    /// Whether there is something to prove that needs the file.
    fn need_the_file(&self, searchables: &Searchables) -> bool {
        let searches = self.search.is_some() && searchables.others;
        let others = !self.documents.is_empty() || !self.conflicts.is_empty();
        searches || others || !self.found.is_empty()
    }

    /// What to look at in a record.
    fn look<'a>(&'a self, index: u64, searchables: &'a Searchables) -> Recheck<'a> {
        let kept = searchables.get(index);
        let search = self.search.as_ref();
        let is_found = self.found.binary_search(&index).is_ok();
        let found = search.filter(|_| is_found).zip(kept.as_ref());
        let found = found.map(|(search, document)| search.unlabeled(document));
        let others = searchables.others && kept.is_none();
        Recheck {
            suspect: self.documents.contains(&index),
            conflicts: self.conflicts.get(&index).map_or(&[], |found| found),
            kept,
            unlabeled: found.unwrap_or_default(),
            search: search.filter(|_| others),
            noted: None,
        }
    }
}

/// Whether a document has all places of a conflict's seldom label, and the words under another one too:
/// then what is said of the document says it all.
fn is_within(conflict: &Conflict, aligned: &AlignedDocument<'_>) -> bool {
    let Some(text) = aligned.text() else {
        return false;
    };
    let mut places = places(aligned);
    places.retain(|(range, _)| surface(text.slice(*range)).as_deref() == Some(&conflict.words));
    let (minority, count) = &conflict.minority;
    let is_seldom =
        |label: usize| *kept_name(&aligned.document.spans()[label].category) == **minority;
    let seldom = places.iter().filter(|(_, label)| is_seldom(*label)).count();
    seldom as u64 == *count && seldom < places.len()
}

/// Whether the text that is read now is not the one of which that was noted.
fn is_other(noted: Option<NotedPrint>, now: Option<&str>) -> bool {
    noted.is_some_and(|noted| !now.is_some_and(|text| noted.is_of(text)))
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
