//! Two files gone over one after the other: the first one is kept, the second one compared with it.

use std::collections::BTreeMap;

use super::change::{ChangeKind, DocumentChange};
use super::difference::{Counts, Difference, NotCompared, Shift, Side};
use super::document::{self, Incomparable};
use super::entry::Entry;
use super::names::{NameId, Names};
use super::pairing::{Match, Name, Roll};
use super::project;
use super::renames::{Uses, fold};
use crate::alignment::AlignedDocument;
use crate::model::{Project, UnitChoice};

/// What a file can say beside its labels. Where one of two cannot, that is no difference.
#[derive(Clone, Copy, Debug)]
pub struct Holds {
    /// The labels that it declares.
    pub declarations: bool,
    /// The sets of its documents.
    pub splits: bool,
}

/// A comparison that is under way.
pub struct Comparing {
    names: Names,
    roll: Roll,
    /// What the documents of the second file are in the first one, by their places among the records.
    matches: BTreeMap<u64, Match>,
    uses: Uses,
    sides: [Side; 2],
    holds: Holds,
    same_format: bool,
    hides_words: bool,
    difference: Difference,
    shifts: BTreeMap<ShiftKey, Vec<Box<str>>>,
    /// The changes of documents, by the index of the first file's.
    changed: BTreeMap<usize, DocumentChange>,
}

/// By what members of documents are told together: which, before, after.
type ShiftKey = (usize, Option<NameId>, Option<NameId>);

/// The members of documents that are compared.
const MEMBERS: [&str; 3] = ["dataset", "language", "labeled"];

impl Comparing {
    /// Begins. `holds` says what both files can say; with `hides_words` no words of texts are kept.
    #[must_use]
    pub fn new(sides: [Side; 2], holds: Holds, hides_words: bool) -> Self {
        let same_format = sides[0].format == sides[1].format;
        Self {
            names: Names::default(),
            roll: Roll::default(),
            matches: BTreeMap::new(),
            uses: Uses::default(),
            sides,
            holds,
            same_format,
            hides_words,
            difference: Difference::default(),
            shifts: BTreeMap::new(),
            changed: BTreeMap::new(),
        }
    }

    /// Takes note of what stands once in both files.
    pub fn projects(&mut self, before: &Project, after: &Project) {
        let [mine, theirs] = self.sides.each_ref().map(|side| side.kind);
        self.difference.members = project::kinds(mine, theirs, self.same_format);
        let members = project::members(before, after, self.same_format);
        self.difference.members.extend(members);
        for (side, project) in [before, after].into_iter().enumerate() {
            for declared in &project.declared {
                let name = self.names.id(&declared.name);
                self.uses.declare(side, name);
            }
        }
    }

    /// A record of a file (0 or 1) that is no document.
    pub const fn unread(&mut self, side: usize) {
        self.sides[side].unread += 1;
    }

    fn entry(&mut self, side: usize, aligned: &AlignedDocument<'_>, unit: UnitChoice) -> Entry {
        let entry = Entry::of(aligned, unit, &mut self.names);
        let file = &mut self.sides[side];
        file.documents += 1;
        file.labels += entry.labels();
        self.uses.add(side, entry.categories());
        entry
    }

    /// A document of the first file.
    pub fn before(&mut self, aligned: &AlignedDocument<'_>, unit: UnitChoice) {
        let entry = self.entry(0, aligned, unit);
        self.roll.push(entry);
    }

    /// Once all documents of the first file are there: the names of those of the second one, each with its
    /// place among the records. They are needed as a whole, so that no document takes what is another's.
    pub fn turn(&mut self, names: &[(u64, Name)]) {
        let others: Vec<Name> = names.iter().map(|(_, name)| name.clone()).collect();
        let places = names.iter().map(|(index, _)| *index);
        self.matches = places.zip(self.roll.pair(&others)).collect();
    }

    /// A document of the second file.
    pub fn after(&mut self, aligned: &AlignedDocument<'_>, unit: UnitChoice) {
        let after = self.entry(1, aligned, unit);
        let at = match self.matches.get(&after.index) {
            Some(Match::One(at)) => *at,
            Some(Match::None) | None => {
                self.difference.added.push(after.listed());
                return;
            }
            Some(Match::Several) => {
                self.refuse(after.name, Incomparable::Several);
                return;
            }
        };
        let Some(before) = self.roll.get(at) else {
            return;
        };
        let names = after.name.clone();
        for key in shifts(
            before,
            &after,
            self.holds,
            self.same_format,
            &mut self.names,
        ) {
            let documents = self.shifts.entry(key).or_default();
            documents.push(names.clone());
        }
        match document::compare(before, &after, &self.names) {
            Err(reason) => self.refuse(names, reason),
            Ok(changes) => {
                self.uses.add_compared(0, before.categories());
                self.uses.add_compared(1, after.categories());
                for (from, to) in changes.relabeled(before, &after) {
                    self.uses.relabel(from, to);
                }
                let mut change = changes.change;
                let gone = change.labels.iter().filter(|it| it.before.is_some());
                let same = before.labels() - gone.count() as u64;
                self.difference.counts.same_labels += same;
                self.difference.counts.same_documents += 1;
                if change.is_empty() {
                    return;
                }
                if let Some(text) = aligned.any_text() {
                    change.read(text.as_str(), 1, self.hides_words);
                    if !change.has_other_text && before.text.is_some() {
                        change.read(text.as_str(), 0, self.hides_words);
                    }
                }
                self.changed.insert(at, change);
            }
        }
    }

    fn refuse(&mut self, name: Box<str>, reason: Incomparable) {
        self.difference
            .not_compared
            .push(NotCompared { name, reason });
    }

    /// The records of the first file, by index, whose words are still to be told by their texts.
    #[must_use]
    pub fn wanted(&self) -> BTreeMap<u64, usize> {
        let changed = self.changed.iter().filter(|(_, it)| it.lacks_words());
        changed.map(|(at, it)| (it.indices[0], *at)).collect()
    }

    /// Fills in the words of such a document; `at` is what [`Self::wanted`] says of it.
    pub fn fill(&mut self, at: usize, aligned: &AlignedDocument<'_>) {
        if let (Some(change), Some(text)) = (self.changed.get_mut(&at), aligned.any_text()) {
            change.read(text.as_str(), 0, self.hides_words);
        }
    }

    /// What the files differ in, without lines.
    #[must_use]
    pub fn finish(self, declared: [&Project; 2]) -> Difference {
        let mut found = self.difference;
        found.removed = self.roll.alone().map(Entry::listed).collect();
        let mut changed: Vec<DocumentChange> = self.changed.into_values().collect();
        changed.sort_by_key(|change| change.indices[1]);
        found.renamed = fold(&self.uses.renames(), &self.names, &mut changed);
        changed.retain(|change| !change.is_empty());
        found.counts.same_documents -= changed.len() as u64;
        if self.holds.declarations {
            let [before, after] = declared.map(|project| {
                let declared = project.declared.iter();
                declared
                    .map(|it| it.name.as_str().into())
                    .collect::<Vec<_>>()
            });
            found.declared = project::declared(&before, &after, &found.renamed);
        }
        let shifts = self.shifts.into_iter();
        let shifts = shifts.map(|((member, before, after), documents)| Shift {
            member: MEMBERS[member],
            before: before.map(|id| self.names.name(id)),
            after: after.map(|id| self.names.name(id)),
            documents,
        });
        found.shifts = shifts.collect();
        found.counts = counts(found.counts, &changed);
        found.counts.renamed = found.renamed.iter().map(|rename| rename.labels).sum();
        found.changed = changed;
        found.sides = self.sides;
        found
    }
}

/// Counts what became of labels.
fn counts(mut counts: Counts, changed: &[DocumentChange]) -> Counts {
    for change in changed.iter().flat_map(|document| &document.labels) {
        let kinds = ChangeKind::ALL.iter().zip(&mut counts.labels);
        kinds
            .filter(|(kind, _)| **kind == change.kind)
            .for_each(|(_, count)| *count += 1);
    }
    counts
}

/// The members of a document that differ.
fn shifts(
    before: &Entry,
    after: &Entry,
    holds: Holds,
    same_format: bool,
    names: &mut Names,
) -> Vec<ShiftKey> {
    let mut keys = Vec::new();
    if holds.splits && before.split != after.split {
        keys.push((0, before.split, after.split));
    }
    let both = before.language.is_some() && after.language.is_some();
    if before.language != after.language && (same_format || both) {
        keys.push((1, before.language, after.language));
    }
    // Where there are regions, these say it.
    let is_plain = before.labels() == 0 && after.labels() == 0 && before.regions.is_none();
    if same_format && is_plain && before.unlabeled != after.unlabeled {
        let said = |unlabeled: bool| if unlabeled { "no" } else { "yes" };
        let [before, after] = [before, after].map(|it| Some(names.id(said(it.unlabeled))));
        keys.push((2, before, after));
    }
    keys
}
