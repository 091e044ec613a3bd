//! Documents of the export that the project does not have.

use std::collections::BTreeSet;

use super::around::Model;
use super::document::length;
use super::sides::{Ancestor, Export};
use crate::alignment::AlignedDocument;
use crate::comparison::{Clash, Entry, Match, Name, Names, Prefer, Refusal, Synced, compare, pair};
use crate::diagnostics::quote;
use crate::formats::{NewLabel, NewRecord, Relabeler};
use crate::model::{Kind, Split, path};
use crate::operations::read::Corpus;
use crate::text::ByteRange;

/// A document that the project gets.
pub(super) struct Waiting {
    /// Its place among the records of the export.
    pub(super) index: u64,
    /// The name that the project has for it.
    pub(super) name: Box<str>,
}

/// What decides which documents the project gets.
pub(super) struct Additions<'a> {
    pub(super) base: Option<&'a mut Ancestor>,
    pub(super) prefer: Option<Prefer>,
    /// What the names of all begin with.
    pub(super) prefix: Option<&'a str>,
    pub(super) names: &'a Names,
    /// The names that the project has already.
    pub(super) taken: &'a mut BTreeSet<Box<str>>,
    pub(super) report: &'a mut Synced,
}

impl Additions<'_> {
    /// The documents that the project gets, in the order of the export.
    pub(super) fn waiting(&mut self, export: &Export) -> Vec<Waiting> {
        let mut waiting = Vec::new();
        if let Some(base) = &mut self.base {
            let alone = export
                .roll
                .alone()
                .map(|entry| (entry.index, name_of(entry)));
            base.pair(&alone.collect::<Vec<_>>());
        }
        for entry in export.roll.alone() {
            if self.stays_out(entry) {
                continue;
            }
            let name = if entry.shortens {
                entry.last_segment()
            } else {
                &*entry.name
            };
            let prefixed = self
                .prefix
                .map(|prefix| format!("{prefix}{}", path::last(name)));
            let name = prefixed.as_deref().unwrap_or(name);
            let is_new = self.taken.insert(name.into());
            let mut listed = entry.listed();
            listed.name = name.into();
            if is_new {
                waiting.push(Waiting {
                    index: entry.index,
                    name: name.into(),
                });
                self.report.added.push(listed);
            } else {
                self.report.refusals.push(Refusal {
                    document: Some(entry.name.clone()),
                    reason: "the project would have two documents of its name; give one of them \
                             another name"
                        .to_owned(),
                });
            }
        }
        if self.prefix.is_none() {
            self.settle(export, &waiting);
        }
        waiting
    }

    /// Refuses names that the next run could not tell: a new document has the last segment of its path, of
    /// which another document of the export may have more.
    fn settle(&mut self, export: &Export, waiting: &[Waiting]) {
        let own = |path: &str| Name {
            path: path.into(),
            shortens: false,
        };
        let new: BTreeSet<&str> = waiting.iter().map(|it| &*it.name).collect();
        let old = self.taken.iter().filter(|name| !new.contains(&***name));
        let new = waiting.iter().map(|it| own(&it.name));
        let names: Vec<Name> = new.chain(old.map(|name| own(name))).collect();
        let entries: Vec<&Entry> = export.roll.all().collect();
        let known: Vec<(&str, bool)> = entries.iter().map(|it| it.named()).collect();
        let next = pair(&known, &mut vec![false; known.len()], &names);
        for (new, next) in waiting.iter().zip(next) {
            let is_same = match next {
                Match::One(at) => entries[at].index == new.index,
                Match::None | Match::Several => false,
            };
            if !is_same {
                let name = quote(&new.name);
                self.report.refusals.push(Refusal {
                    document: Some(new.name.clone()),
                    reason: format!(
                        "as {name} it could not be told from other documents of the export at the next \
                         sync; give it another name in the export"
                    ),
                });
            }
        }
    }

    /// Whether the project has removed a document since the ancestor, and it stays out.
    fn stays_out(&mut self, entry: &Entry) -> bool {
        let Some(base) = &mut self.base else {
            return false;
        };
        match base.find(entry.index) {
            Ok(None) => false,
            Ok(Some(old)) => {
                let changes = compare(&old, entry, self.names);
                let is_same = changes.is_ok_and(|it| it.change.labels.is_empty());
                if !is_same {
                    self.report.conflicts.push(Clash {
                        document: entry.name.clone(),
                        label: None,
                        removed_by: Some(Prefer::Project),
                    });
                }
                let stays = is_same || self.prefer != Some(Prefer::Export);
                if stays {
                    self.report.stayed_out.push(entry.listed());
                }
                stays
            }
            Err(reason) => {
                self.report.refusals.push(Refusal {
                    document: Some(entry.name.clone()),
                    reason,
                });
                true
            }
        }
    }
}

fn name_of(entry: &Entry) -> Name {
    let (path, shortens) = entry.named();
    Name {
        path: path.into(),
        shortens,
    }
}

/// What writes the records of new documents.
pub(super) struct Recorder<'a> {
    pub(super) project: &'a Corpus<'a>,
    /// The set of those of which the export does not say it.
    pub(super) split: Option<&'a str>,
    pub(super) relabeler: &'a dyn Relabeler,
    pub(super) model: &'a Model,
}

impl Recorder<'_> {
    /// The record of a new document.
    ///
    /// Fails where it cannot be written, with the reason.
    pub(super) fn record(
        &self,
        aligned: &AlignedDocument<'_>,
        name: &str,
    ) -> Result<String, String> {
        let document = aligned.document;
        let kind = self.project.kind().unwrap_or(Kind::EntityRecognition);
        let unit = self.project.offsets();
        let mut new = NewRecord {
            kind,
            name,
            language: document.language.as_deref(),
            split: document.split.as_ref().map(Split::name),
            length: 0,
            labels: Vec::new(),
            classes: document.classes().iter().map(|it| &*it.category).collect(),
        };
        let project = self.project.project();
        let is_several = project.multilingual == Some(true);
        if new.language.is_none() && (is_several || self.model.is_formats) {
            new.language = project.language.as_deref();
        }
        new.split = new.split.or(self.split);
        if kind.has_spans() {
            let text = aligned.any_text().ok_or(
                "its region cannot be written without its text; name the folder of the texts with \
                 `--texts`",
            )?;
            new.length = length(text, unit);
            let ranges = (0..document.spans().len()).map(|label| aligned.range(label));
            let ranges = ranges.collect::<Option<Vec<ByteRange>>>();
            let ranges = ranges.ok_or("some of its labels have no proved place in the text")?;
            for (label, span) in document.spans().iter().zip(text.declare(&ranges, unit)) {
                new.labels.push(NewLabel {
                    category: &label.category,
                    span: span
                        .ok_or("some of its labels have no place in the unit of the project")?,
                });
            }
        } else if new.classes.len() > 1 && kind == Kind::SingleLabelClassification {
            return Err("it has several classes, and the project takes one".to_owned());
        }
        self.relabeler
            .record(&new, &self.model.record)
            .ok_or_else(|| "it cannot be laid out like the documents of the project".to_owned())
    }
}
