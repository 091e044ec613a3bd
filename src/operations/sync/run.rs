//! A project that is gone over for the labels of an export.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::additions::{Additions, Recorder, Waiting};
use super::around::{self, Model};
use super::asked::Sync;
use super::document::{Outcome, Syncing};
use super::sides::{Ancestor, Export, matches};
use crate::alignment::AlignedDocument;
use crate::comparison::{
    Clash, Entry, Match, Name, NameId, Names, Prefer, Refusal, Synced, Uses, compare, fold,
};
use crate::diagnostics::quote;
use crate::formats::Relabeler;
use crate::input::{LineCounter, Source};
use crate::json::patch::Edit;
use crate::operations::read::Corpus;
use crate::pipeline::Error;

/// A project that is gone over.
pub(super) struct Run<'a> {
    project: &'a Corpus<'a>,
    asked: &'a Sync<'a>,
    relabeler: &'static dyn Relabeler,
    model: Model,
    names: Names,
    export: Export,
    base: Option<Ancestor>,
    report: Synced,
    /// The bytes of every record.
    records: Vec<Range<u64>>,
    /// Those of them that go.
    pruned: BTreeSet<usize>,
    /// The names of all documents of the project.
    taken: BTreeSet<Box<str>>,
    /// Labels that were written, in their order.
    used: Vec<NameId>,
    /// How labels are used, before and after.
    uses: Uses,
    edits: Vec<Edit>,
}

/// What comes to the project.
pub(super) struct Sides {
    pub(super) names: Names,
    pub(super) export: Export,
    pub(super) base: Option<Ancestor>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        project: &'a Corpus<'a>,
        asked: &'a Sync<'a>,
        relabeler: &'static dyn Relabeler,
        model: Model,
        sides: Sides,
        report: Synced,
    ) -> Self {
        Self {
            project,
            asked,
            relabeler,
            model,
            names: sides.names,
            export: sides.export,
            base: sides.base,
            report,
            records: Vec::new(),
            pruned: BTreeSet::new(),
            taken: BTreeSet::new(),
            used: Vec::new(),
            uses: Uses::default(),
            edits: Vec::new(),
        }
    }

    /// Goes over the project. The edits are in its bytes, sorted, and apart from one another.
    pub(super) fn run(mut self) -> Result<(Synced, Vec<Edit>), Error> {
        self.documents()?;
        let waiting = self.waiting();
        self.finish(waiting)
    }

    /// Goes over the documents of the project.
    fn documents(&mut self) -> Result<(), Error> {
        let project = self.project;
        self.pair(&project.paths()?);
        project.each(
            |_| true,
            |aligned| {
                match aligned {
                    Some(aligned) => self.document(aligned),
                    None => self.report.sides[0].unread += 1,
                }
                Ok(())
            },
        )?;
        if self.report.sides[0].unread > 0 || project.is_broken() {
            let name = project.source().name();
            self.refuse(
                None,
                format!(
                    "{name} has records that cannot be read as documents; `labelwright check` shows them"
                ),
            );
        }
        Ok(())
    }

    /// Finds out which documents are one.
    fn pair(&mut self, names: &[(u64, Name)]) {
        if let Some(base) = &mut self.base {
            base.pair(names);
        }
        if self.asked.prefix.is_some() {
            return;
        }
        self.export.matches = matches(&mut self.export.roll, names);
        // What is listed twice cannot get the labels of one document.
        let mut times: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        for (index, name) in names {
            let is_one = matches!(self.export.matches.get(index), Some(Match::One(_)));
            let (is_found, is_left) = times.entry(&name.path).or_default();
            *is_found |= is_one;
            *is_left |= !is_one;
        }
        for (name, _) in times.iter().filter(|(_, both)| **both == (true, true)) {
            let reason = "the project lists it twice, and the export once, so it cannot be told which of \
                          the two is meant; leave one of them out";
            self.refuse(Some(name), reason.to_owned());
        }
    }

    fn document(&mut self, aligned: &AlignedDocument<'_>) {
        let document = aligned.document;
        let ours = Entry::of(aligned, self.project.unit_choice(), &mut self.names);
        let side = &mut self.report.sides[0];
        side.documents += 1;
        side.labels += ours.labels();
        let source = document.source;
        let start = document.start + (source.len() - source.trim_ascii_start().len()) as u64;
        self.records
            .push(start..start + source.trim_ascii().len() as u64);
        self.taken.insert(ours.name.clone());
        self.uses.add(0, ours.categories());
        let base = match &self.base {
            Some(base) => base.find(ours.index),
            None => Ok(None),
        };
        let base = match base {
            Ok(base) => base,
            Err(reason) => return self.refuse(Some(&ours.name), reason),
        };
        let theirs = match self.export.matches.get(&ours.index) {
            Some(Match::One(at)) => *at,
            Some(Match::None) | None => {
                if self.asked.prune && self.goes(&ours, base.as_ref()) {
                    self.pruned.insert(self.records.len() - 1);
                    self.report.pruned.push(ours.listed());
                } else {
                    self.report.kept.push(ours.listed());
                    self.uses.add(1, ours.categories());
                }
                return;
            }
            Some(Match::Several) => {
                let reason = "its name and several others of the two files end alike, so it cannot be told \
                              which of the export's documents it is";
                return self.refuse(Some(&ours.name), reason.to_owned());
            }
        };
        let Some(theirs) = self.export.roll.get(theirs) else {
            return;
        };
        if let Some(reason) = self.is_another(&ours, theirs) {
            return self.refuse(Some(&ours.name), reason);
        }
        let syncing = Syncing {
            aligned,
            names: &self.names,
            relabeler: self.relabeler,
            like: &self.model.record,
            prefer: self.asked.prefer,
            hides_words: self.asked.hides_words,
            three_ways: self.asked.base.is_some(),
        };
        match syncing.sync(&ours, theirs, base.as_ref()) {
            Err(reason) => self.refuse(Some(&ours.name), reason),
            Ok(outcome) => {
                self.uses.add_compared(0, ours.categories());
                self.take(outcome, document.start);
            }
        }
    }

    /// Why a document of the export may be another one than that of its name, if so.
    fn is_another(&self, ours: &Entry, theirs: &Entry) -> Option<String> {
        let it = self.asked.elsewhere?.get(&theirs.index)?;
        let is_one = ours.text.is_some() && ours.text == theirs.text;
        if is_one {
            return None;
        }
        let why = match ours.text {
            Some(_) => "their texts are not the same",
            None => {
                "no text shows that both are one document; name the folder of the texts with `--texts`"
            }
        };
        let (here, there) = (quote(&it.here), quote(&it.there));
        let file = &it.file;
        Some(format!(
            "it stands at {here} here and at {there} in {file}, and {why}"
        ))
    }

    /// Whether a document goes that the export lacks. With an ancestor that is so only where the export has
    /// removed it and the project has left it as it was.
    fn goes(&mut self, ours: &Entry, base: Option<&Entry>) -> bool {
        if self.base.is_none() {
            return true;
        }
        let Some(old) = base else {
            return false;
        };
        let changes = compare(old, ours, &self.names);
        if changes.is_ok_and(|it| it.change.labels.is_empty()) {
            return true;
        }
        self.report.conflicts.push(Clash {
            document: ours.name.clone(),
            label: None,
            removed_by: Some(Prefer::Export),
        });
        self.asked.prefer == Some(Prefer::Export)
    }

    fn take(&mut self, outcome: Outcome, start: u64) {
        self.report.conflicts.extend(outcome.conflicts);
        self.report.outside += outcome.outside;
        self.used.extend(outcome.used);
        for (from, to) in outcome.relabeled {
            self.uses.relabel(from, to);
        }
        self.uses.add(1, outcome.labels.iter().copied());
        self.uses.add_compared(1, outcome.labels.into_iter());
        let edits = outcome.edits.iter().map(|edit| edit.shifted(start));
        self.edits.extend(edits);
        match outcome.change {
            Some(change) => self.report.changed.push(change),
            None => self.report.same += 1,
        }
    }

    fn refuse(&mut self, document: Option<&str>, reason: String) {
        self.report.refusals.push(Refusal {
            document: document.map(Into::into),
            reason,
        });
    }

    /// The documents of the export that the project may get.
    fn waiting(&mut self) -> Vec<Waiting> {
        let mut additions = Additions {
            base: self.base.as_mut(),
            prefer: self.asked.prefer,
            prefix: self.asked.prefix,
            names: &self.names,
            taken: &mut self.taken,
            report: &mut self.report,
        };
        additions.waiting(&self.export)
    }

    /// The records of the documents that the project gets.
    fn added(&mut self, waiting: Vec<Waiting>) -> Result<Vec<String>, Error> {
        let names: BTreeMap<u64, Box<str>> =
            waiting.into_iter().map(|it| (it.index, it.name)).collect();
        let mut added = Vec::new();
        if names.is_empty() {
            return Ok(added);
        }
        self.asked.labels.each(
            |index| names.contains_key(&index),
            |aligned| {
                let name = aligned.and_then(|it| names.get(&it.document.index));
                let (Some(aligned), Some(name)) = (aligned, name) else {
                    return Ok(());
                };
                let recorder = Recorder {
                    project: self.project,
                    split: self.asked.split,
                    relabeler: self.relabeler,
                    model: &self.model,
                };
                match recorder.record(aligned, name) {
                    Ok(record) => {
                        added.push(record);
                        let categories = aligned.document.categories();
                        let used = categories.filter_map(|(name, _)| self.names.find(name));
                        let used: Vec<NameId> = used.collect();
                        self.uses.add(1, used.iter().copied());
                        self.used.extend(used);
                    }
                    Err(reason) => self.refuse(Some(name), reason),
                }
                Ok(())
            },
        )?;
        Ok(added)
    }

    /// Writes what stands around the records that are there: new ones, and declarations.
    fn finish(mut self, waiting: Vec<Waiting>) -> Result<(Synced, Vec<Edit>), Error> {
        let added = self.added(waiting)?;
        if self.report.refusals.is_empty() {
            let pruned = &self.pruned;
            let list = around::documents(self.project, &self.records, pruned, added)?;
            self.edits.extend(list);
            self.declare();
        }
        self.note_unused();
        let changed = &mut self.report.changed;
        self.report.renamed = fold(&self.uses.renames(), &self.names, changed);
        changed.retain(|change| !change.is_empty());
        self.edits
            .sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
        place(
            &mut self.report,
            self.project.source(),
            self.asked.labels.source(),
        )?;
        Ok((self.report, self.edits))
    }

    /// Declares the labels that were written and are not declared.
    fn declare(&mut self) {
        let declared = self.project.project().declared.iter();
        let mut known: BTreeSet<&str> = declared.map(|declared| &*declared.name).collect();
        let used: Vec<_> = self.used.iter().map(|id| self.names.name(*id)).collect();
        let new = used.iter().filter(|name| known.insert(name));
        let new: Vec<String> = new.map(ToString::to_string).collect();
        match around::declarations(self.project, &new) {
            Ok(edits) => {
                self.edits.extend(edits);
                self.report.declared = new;
            }
            Err(reason) => self.refuse(None, reason),
        }
    }

    /// Notes the labels that the project declares and the export does not use.
    fn note_unused(&mut self) {
        let mut seen = BTreeSet::new();
        for name in self.project.declared_labels() {
            let id = self.names.find(name);
            if id.is_none_or(|id| !self.export.used.contains(&id)) && seen.insert(name) {
                self.report.unused.push(name.to_owned());
            }
        }
    }
}

/// Fills in where the records stand that the report names.
fn place(report: &mut Synced, project: &Source, export: &Source) -> Result<(), Error> {
    let mut places: Vec<(u64, &mut Option<(u64, u64)>)> = Vec::new();
    let (changed, kept) = (&mut report.changed, &mut report.kept);
    places.extend(
        changed
            .iter_mut()
            .map(|it| (it.starts[0], &mut it.positions[0])),
    );
    places.extend(kept.iter_mut().map(|it| (it.start, &mut it.position)));
    places.extend(
        report
            .pruned
            .iter_mut()
            .map(|it| (it.start, &mut it.position)),
    );
    fill(places, project)?;
    let mut places: Vec<(u64, &mut Option<(u64, u64)>)> = Vec::new();
    let changed = report.changed.iter_mut();
    places.extend(changed.map(|it| (it.starts[1], &mut it.positions[1])));
    let (added, out) = (report.added.iter_mut(), report.stayed_out.iter_mut());
    places.extend(added.chain(out).map(|it| (it.start, &mut it.position)));
    fill(places, export)
}

fn fill(mut places: Vec<(u64, &mut Option<(u64, u64)>)>, source: &Source) -> Result<(), Error> {
    places.sort_by_key(|(start, _)| *start);
    let mut counter = LineCounter::new(source);
    for (start, position) in places {
        let found = counter.position(start);
        *position = Some(found.map_err(|error| Error::read(source, error))?);
    }
    Ok(())
}
