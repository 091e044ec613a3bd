//! Puts the labels of an export into a project, as byte edits: what does not change keeps its bytes.

mod additions;
mod around;
mod document;
mod sides;

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;

use self::additions::{Additions, Waiting};
use self::around::Model;
use self::document::{Outcome, Syncing};
use self::sides::{Ancestor, Export};
use super::fix;
use super::read::Corpus;
use crate::alignment::AlignedDocument;
use crate::comparison::{Entry, Match, NameId, Names, Prefer, Refusal, Synced, Uses, fold};
use crate::formats::Relabeler;
use crate::input::{LineCounter, Source};
use crate::json::patch::Edit;
use crate::model::Kind;
use crate::pipeline::Error;

/// What is put into a project, and how.
pub struct Sync<'a> {
    /// The export.
    pub labels: &'a Corpus<'a>,
    /// What the project and the export have come from.
    pub base: Option<&'a Corpus<'a>>,
    /// Which side wins where both have changed a label, each in its own way.
    pub prefer: Option<Prefer>,
    /// Whether documents go that the export lacks.
    pub prune: bool,
    /// The set that new documents belong to, where the export does not say it.
    pub split: Option<&'a str>,
    /// Whether no words of texts are to be kept.
    pub hides_words: bool,
}

/// A project with other labels.
pub struct Sewn {
    /// What became of it.
    pub report: Synced,
    /// In bytes of the project: sorted, and apart from one another.
    edits: Vec<Edit>,
}

impl Sewn {
    /// Writes the project with its new labels. It is the old one byte for byte where nothing changes.
    ///
    /// Fails where the project cannot be read, or `out` not be written.
    pub fn write(&self, project: &Source, out: &mut dyn io::Write) -> Result<(), Error> {
        fix::patch(project, &self.edits, out, &Error::write)
    }
}

/// Puts the labels of an export into a project. Nothing may be written where the report has refusals, or
/// conflicts that nobody has settled.
///
/// The project must have been read with options that ask for edits.
///
/// Fails where a file or a text cannot be read.
pub fn sync(project: &Corpus<'_>, asked: &Sync<'_>) -> Result<Sewn, Error> {
    let mut report = Synced {
        sides: [sides::side(project), sides::side(asked.labels)],
        base: asked.base.map(|base| base.source().name().to_owned()),
        ..Synced::default()
    };
    let relabeler = match sides::fit(project, asked) {
        Ok(fitting) => fitting,
        Err(reason) => return Ok(refused(report, reason)),
    };
    let mut names = Names::default();
    let export = Export::read(asked.labels, &mut names, &mut report)?;
    let base = match asked.base {
        Some(base) => Some(Ancestor::read(base, &mut names, &mut report)?),
        None => None,
    };
    if !report.refusals.is_empty() {
        return Ok(Sewn {
            report,
            edits: Vec::new(),
        });
    }
    let model = around::model(project, relabeler)?;
    let mut run = Run {
        project,
        asked,
        relabeler,
        model,
        names,
        export,
        base,
        report,
        records: Vec::new(),
        pruned: BTreeSet::new(),
        taken: BTreeSet::new(),
        used: Vec::new(),
        uses: Uses::default(),
        edits: Vec::new(),
    };
    run.documents()?;
    let waiting = run.waiting();
    run.finish(waiting)
}

fn refused(mut report: Synced, reason: String) -> Sewn {
    report.refusals.push(Refusal {
        document: None,
        reason,
    });
    Sewn {
        report,
        edits: Vec::new(),
    }
}

/// A project that is gone over.
struct Run<'a> {
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

impl Run<'_> {
    fn kind(&self) -> Kind {
        self.project.kind().unwrap_or(Kind::EntityRecognition)
    }

    /// Goes over the documents of the project.
    fn documents(&mut self) -> Result<(), Error> {
        let project = self.project;
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
        if self.report.sides[0].unread > 0 {
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

    fn document(&mut self, aligned: &AlignedDocument<'_>) {
        let document = aligned.document;
        let ours = Entry::of(aligned, self.project.offsets(), &mut self.names);
        let side = &mut self.report.sides[0];
        side.documents += 1;
        side.labels += ours.labels();
        let source = document.source;
        let start = document.start + (source.len() - source.trim_ascii_start().len()) as u64;
        self.records
            .push(start..start + source.trim_ascii().len() as u64);
        self.taken.insert(ours.name.clone());
        self.uses.add(0, ours.categories());
        let base = match &mut self.base {
            Some(base) => base.find(&ours),
            None => Ok(None),
        };
        let base = match base {
            Ok(base) => base,
            Err(reason) => return self.refuse(Some(&ours.name), reason),
        };
        let theirs = match self.export.roll.find(&ours) {
            Match::One(at) => at,
            Match::None => {
                if self.asked.prune {
                    self.pruned.insert(self.records.len() - 1);
                    self.report.pruned.push(ours.listed());
                } else {
                    self.report.kept.push(ours.listed());
                    self.uses.add(1, ours.categories());
                }
                return;
            }
            Match::Several(_) => {
                let reason = "the name is the end of several names in the export, so it cannot be told \
                              which of them it is";
                return self.refuse(Some(&ours.name), reason.to_owned());
            }
        };
        let Some(theirs) = self.export.roll.get(theirs) else {
            return;
        };
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
            names: &self.names,
            taken: &mut self.taken,
            report: &mut self.report,
        };
        additions.waiting(&self.export)
    }

    /// Writes what stands around the records that are there: new ones, and declarations.
    fn finish(mut self, waiting: Vec<Waiting>) -> Result<Sewn, Error> {
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
        Ok(Sewn {
            report: self.report,
            edits: self.edits,
        })
    }

    /// Declares the labels that were written and are not declared.
    fn declare(&mut self) {
        let declared = self.project.project().declared.iter();
        let mut known: BTreeSet<&str> = declared.map(|declared| &*declared.name).collect();
        let used: Vec<_> = self.used.iter().map(|id| self.names.name(*id)).collect();
        let new = used.iter().filter(|name| known.insert(name));
        let new: Vec<String> = new.map(|name| name.to_string()).collect();
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
