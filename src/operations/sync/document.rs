//! A document of the project that the export has too.

use std::collections::BTreeSet;

use crate::alignment::AlignedDocument;
use crate::comparison::{
    ChangeKind, Changes, Clash, Conflict, DocumentChange, Entry, LabelPlace, Mark, NameId, Names,
    Prefer, compare, merge_classes, merge_marks,
};
use crate::diagnostics::count;
use crate::formats::{LabelEdit, NewLabel, Relabeler};
use crate::json::patch::Edit;
use crate::text::{ByteRange, Positions, Span, Text, Unit};

/// A document that gets the export's labels.
pub(super) struct Syncing<'a> {
    pub(super) aligned: &'a AlignedDocument<'a>,
    pub(super) names: &'a Names,
    pub(super) relabeler: &'a dyn Relabeler,
    pub(super) like: &'a str,
    pub(super) prefer: Option<Prefer>,
    pub(super) hides_words: bool,
    /// Whether there is an ancestor, be the document in it or not.
    pub(super) three_ways: bool,
}

/// What became of the document.
pub(super) struct Outcome {
    /// What differs; `None` where nothing does.
    pub(super) change: Option<DocumentChange>,
    /// In bytes of the record.
    pub(super) edits: Vec<Edit>,
    /// Labels that were written.
    pub(super) used: Vec<NameId>,
    /// Labels that got another name.
    pub(super) relabeled: Vec<(NameId, NameId)>,
    /// The labels of the document as it is to be.
    pub(super) labels: Vec<NameId>,
    pub(super) conflicts: Vec<Clash>,
    /// New labels in no region.
    pub(super) outside: u64,
}

impl Syncing<'_> {
    /// Fails where the labels cannot be placed, with the reason.
    pub(super) fn sync(
        &self,
        ours: &Entry,
        theirs: &Entry,
        base: Option<&Entry>,
    ) -> Result<Outcome, String> {
        let sides = [Some(ours), Some(theirs), base];
        provable(sides.into_iter().flatten())?;
        let has_one = self.aligned.document.labels.has_one_class();
        if has_one && theirs.classes.len() > 1 {
            return Err(format!(
                "the export has {}, and the project takes one",
                count(theirs.classes.len() as u64, "class")
            ));
        }
        let (marks, classes, conflicts) = self.wanted(ours, theirs, base, has_one);
        let target = self.target(ours, &marks, classes)?;
        let changes = compare(ours, &target, self.names).map_err(|reason| reason.to_string())?;
        let (labels, outside) = self.label_edits(&changes, ours, &target);
        let used = labels.iter().filter_map(|edit| self.used(edit)).collect();
        let relabeled = changes.relabeled(ours, &target).collect();
        let text = self.aligned.any_text();
        let length = text.map_or(0, |text| length(text, ours.unit));
        let edits = if labels.is_empty() {
            Some(Vec::new())
        } else {
            let document = self.aligned.document;
            self.relabeler.relabel(document, &labels, length, self.like)
        };
        let edits = edits.ok_or(
            "its labels stand in the project in a form that cannot be changed; `labelwright check \
             --fix` brings them to today's",
        )?;
        let mut change = changes.change;
        change.has_other_text = false;
        change.regions = None;
        change.names[1] = theirs.name.clone();
        change.starts[1] = theirs.start;
        if let Some(text) = text {
            change.read(text.as_str(), 0, self.hides_words);
            change.read(text.as_str(), 1, self.hides_words);
        }
        Ok(Outcome {
            change: (!change.labels.is_empty()).then_some(change),
            edits,
            used,
            relabeled,
            labels: target.categories().collect(),
            conflicts,
            outside,
        })
    }

    /// The labels that the document is to have.
    fn wanted(
        &self,
        ours: &Entry,
        theirs: &Entry,
        base: Option<&Entry>,
        has_one: bool,
    ) -> (Vec<Mark>, Vec<NameId>, Vec<Clash>) {
        if !self.three_ways {
            return (theirs.marks.to_vec(), theirs.classes.to_vec(), Vec::new());
        }
        let (base_marks, base_classes): (&[Mark], &[NameId]) =
            base.map_or((&[], &[]), |base| (&base.marks, &base.classes));
        let (marks, rivals) = merge_marks(base_marks, &ours.marks, &theirs.marks, self.prefer);
        let (merged, rival) = merge_classes(
            base_classes,
            &ours.classes,
            &theirs.classes,
            has_one,
            self.prefer,
        );
        let text = self.aligned.any_text();
        let mut positions = text.map(|text| Positions::new(text.as_str()));
        let mut place = |entry: Option<&Entry>, mark: Option<Mark>| {
            let mut place = entry?.place(&mark?, self.names);
            if let (Some(text), Some(positions)) = (text, positions.as_mut()) {
                place.read(text.as_str(), positions, self.hides_words);
            }
            Some(place)
        };
        let mut conflicts: Vec<Clash> = Vec::new();
        for rival in rivals {
            let label = Conflict {
                base: place(base, rival.base),
                ours: place(Some(ours), rival.ours),
                theirs: place(Some(theirs), rival.theirs),
            };
            conflicts.push(Clash {
                document: ours.name.clone(),
                label: Some(label),
                removed_by: None,
            });
        }
        let class = |id: Option<NameId>| id.map(|id| LabelPlace::class(self.names.name(id)));
        conflicts.extend(rival.map(|rival| Clash {
            document: ours.name.clone(),
            label: Some(Conflict {
                base: class(rival.base),
                ours: class(rival.ours),
                theirs: class(rival.theirs),
            }),
            removed_by: None,
        }));
        (marks, merged, conflicts)
    }

    /// The document as it is to be, with places in the project's unit.
    fn target(&self, ours: &Entry, marks: &[Mark], classes: Vec<NameId>) -> Result<Entry, String> {
        let mut target = Entry {
            marks: Box::default(),
            classes: classes.into(),
            ..ours.clone()
        };
        if marks.is_empty() {
            return Ok(target);
        }
        let unplaced = || "its labels have no place in the text of the project".to_owned();
        let text = self.aligned.any_text().ok_or_else(unplaced)?;
        let ranges = marks.iter().map(|mark| range(text, mark));
        let ranges = ranges.collect::<Option<Vec<ByteRange>>>();
        let ranges = ranges.ok_or_else(unplaced)?;
        let spans = text.declare(&ranges, ours.unit).into_iter();
        let placed = marks.iter().zip(spans).map(|(mark, span)| {
            let span = span?;
            Some(Mark {
                start: span.start,
                end: span.end,
                ..*mark
            })
        });
        target.marks = placed.collect::<Option<_>>().ok_or_else(unplaced)?;
        Ok(target)
    }

    /// What becomes of each label, and how many new ones lie in no region.
    fn label_edits<'n>(
        &'n self,
        changes: &Changes,
        ours: &Entry,
        target: &'n Entry,
    ) -> (Vec<LabelEdit<'n>>, u64) {
        let document = self.aligned.document;
        let mut outside = 0;
        let mut edits = Vec::new();
        let name = |id: NameId| self.names.get(id);
        for pair in &changes.spans {
            let after = pair.after.and_then(|at| target.marks.get(at));
            match (pair.kind, pair.before, after) {
                (ChangeKind::Relabeled, Some(before), Some(mark)) => {
                    edits.push(LabelEdit::Rename(before, name(mark.category)));
                }
                (ChangeKind::Boundary | ChangeKind::Moved, Some(before), Some(mark)) => {
                    let held = document.spans().get(before).map(|label| label.region);
                    let region = self.region_of(mark);
                    let index = region.and_then(|at| document.regions().get(at));
                    if index.is_none_or(|region| Some(region.index) == held) {
                        outside += u64::from(region.is_none());
                        edits.push(LabelEdit::Move(before, span(mark, ours.unit)));
                    } else {
                        edits.push(LabelEdit::Remove(before));
                        let new = new(name(mark.category), mark, ours.unit);
                        edits.push(LabelEdit::Add(new, region.unwrap_or_default()));
                    }
                }
                (ChangeKind::Removed, Some(before), _) => edits.push(LabelEdit::Remove(before)),
                (ChangeKind::Added, _, Some(mark)) => {
                    let region = self.region_of(mark);
                    let has_regions = !document.regions().is_empty();
                    outside += u64::from(has_regions && region.is_none());
                    let last = document.regions().len().saturating_sub(1);
                    let new = new(name(mark.category), mark, ours.unit);
                    edits.push(LabelEdit::Add(new, region.unwrap_or(last)));
                }
                _ => {}
            }
        }
        for pair in &changes.classes {
            let after = pair.after.and_then(|at| target.classes.get(at));
            match (pair.kind, pair.before, after) {
                (ChangeKind::Relabeled, Some(before), Some(class)) => {
                    edits.push(LabelEdit::RenameClass(before, name(*class)));
                }
                (_, Some(before), None) => edits.push(LabelEdit::RemoveClass(before)),
                (_, None, Some(class)) => edits.push(LabelEdit::AddClass(name(*class))),
                _ => {}
            }
        }
        (edits, outside)
    }

    /// The region that holds a label as a whole.
    fn region_of(&self, mark: &Mark) -> Option<usize> {
        let (start, end) = mark.bytes?;
        let holds =
            |range: ByteRange| range.start() <= start as usize && end as usize <= range.end();
        let proofs = &self.aligned.regions;
        proofs
            .iter()
            .position(|proof| proof.and_then(Result::ok).is_some_and(holds))
    }

    /// The label that an edit writes.
    fn used(&self, edit: &LabelEdit<'_>) -> Option<NameId> {
        match edit {
            LabelEdit::Rename(_, name)
            | LabelEdit::RenameClass(_, name)
            | LabelEdit::AddClass(name) => self.names.find(name),
            LabelEdit::Add(new, _) => self.names.find(new.category),
            // A label that moves keeps its name, which may never have been declared.
            LabelEdit::Move(at, _) => {
                let label = self.aligned.document.spans().get(*at)?;
                self.names.find(&label.category)
            }
            LabelEdit::Remove(_) | LabelEdit::RemoveClass(_) => None,
        }
    }
}

/// Fails where labels of one of the sides have no proved place in one and the same text.
fn provable<'a>(sides: impl Iterator<Item = &'a Entry>) -> Result<(), String> {
    let mut texts = BTreeSet::new();
    let mut any = false;
    for side in sides {
        if side.unreadable > 0 {
            // A list of labels that is absent counts as one, so no number is told.
            return Err(
                "not all of its labels can be read; `labelwright check` says why".to_owned(),
            );
        }
        let unproved = side.marks.iter().filter(|mark| mark.bytes.is_none());
        let unproved = unproved.count() as u64;
        if unproved > 0 {
            let labels = count(unproved, "label");
            let have = if unproved == 1 { "has" } else { "have" };
            return Err(match side.text {
                None => format!(
                    "{labels} cannot be placed without the text; name the folder of the texts with \
                     `--texts`"
                ),
                Some(_) => format!(
                    "{labels} {have} no proved place in the text; `labelwright check` says why"
                ),
            });
        }
        any |= !side.marks.is_empty();
        texts.insert(side.text);
    }
    if any && texts.len() > 1 {
        return Err("the text is not the same on all sides, so no label can be placed".to_owned());
    }
    Ok(())
}

fn range(text: &Text<'_>, mark: &Mark) -> Option<ByteRange> {
    let (start, end) = mark.bytes?;
    text.range(start as usize..end as usize)
}

const fn span(mark: &Mark, unit: Unit) -> Span {
    Span {
        unit,
        start: mark.start,
        end: mark.end,
    }
}

const fn new<'n>(category: &'n str, mark: &Mark, unit: Unit) -> NewLabel<'n> {
    NewLabel {
        category,
        span: span(mark, unit),
    }
}

/// The length of a text.
pub(super) fn length(text: &Text<'_>, unit: Unit) -> i64 {
    i64::try_from(text.len(unit)).unwrap_or(i64::MAX)
}
