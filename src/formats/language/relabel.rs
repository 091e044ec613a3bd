//! Other labels for a document that is there, as byte edits: what does not change keeps its bytes.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{array, array_edits, class_like, label_like, record};
use super::wire::labels_of;
use crate::formats::{LabelEdit, NewLabel, NewRecord};
use crate::json::change::{self, Change, Op};
use crate::json::patch::Edit;
use crate::json::{Kind as JsonKind, Locator, Pointer, list, spell};
use crate::model::{Document, Kind};

/// The edits that make the labels of a document others. `like` is a document to lay new ones out like;
/// `length` is that of the text.
///
/// `None` where the labels stand there in a form that cannot be changed so.
pub(super) fn edits(
    document: &Document<'_>,
    wanted: &[LabelEdit<'_>],
    length: i64,
    like: &str,
) -> Option<Vec<Edit>> {
    let locator = Locator::new(document.source);
    let mut relabeling = Relabeling {
        document,
        locator: &locator,
        like,
        length,
        edits: Vec::new(),
    };
    relabeling.spans(wanted)?;
    relabeling.classes(wanted)?;
    let mut edits = relabeling.edits;
    edits.sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
    let is_apart = edits
        .windows(2)
        .all(|pair| pair[0].bytes.end <= pair[1].bytes.start);
    is_apart.then_some(edits)
}

struct Relabeling<'a, 'd> {
    document: &'a Document<'d>,
    locator: &'a Locator<'a>,
    like: &'a str,
    length: i64,
    edits: Vec<Edit>,
}

impl Relabeling<'_, '_> {
    fn set(&mut self, pointer: Pointer, value: String) -> Option<()> {
        let op = Op::Set(value);
        let edit = change::edits(self.locator, &Change { pointer, op })?;
        self.edits.push(edit);
        Some(())
    }

    /// The place of a label: of its region's labels, and its index there.
    fn place(&self, label: usize) -> Option<(Pointer, usize)> {
        let label = self.document.spans().get(label)?;
        let region = Pointer::root().key("entities").item(label.region);
        Some((region.key("labels"), label.index))
    }

    fn spans(&mut self, wanted: &[LabelEdit<'_>]) -> Option<()> {
        let mut gone: BTreeMap<Pointer, BTreeSet<usize>> = BTreeMap::new();
        let mut come: BTreeMap<Pointer, Vec<NewLabel<'_>>> = BTreeMap::new();
        let mut outside = Vec::new();
        for edit in wanted {
            match edit {
                LabelEdit::Rename(label, name) => {
                    let (labels, index) = self.place(*label)?;
                    self.set(labels.item(index).key("category"), spell(name))?;
                }
                LabelEdit::Move(label, span) => {
                    let (labels, index) = self.place(*label)?;
                    let label = labels.item(index);
                    self.set(label.key("offset"), span.start.to_string())?;
                    self.set(label.key("length"), span.len().to_string())?;
                }
                LabelEdit::Remove(label) => {
                    let (labels, index) = self.place(*label)?;
                    gone.entry(labels).or_default().insert(index);
                }
                LabelEdit::Add(new, region) => match self.document.regions().get(*region) {
                    Some(region) => {
                        let region = Pointer::root().key("entities").item(region.index);
                        come.entry(region.key("labels")).or_default().push(*new);
                    }
                    None => outside.push(*new),
                },
                LabelEdit::RenameClass(..) | LabelEdit::RemoveClass(_) | LabelEdit::AddClass(_) => {
                }
            }
        }
        let lists: BTreeSet<Pointer> = gone.keys().chain(come.keys()).cloned().collect();
        for labels in lists {
            let gone = gone.remove(&labels).unwrap_or_default();
            let come = come.remove(&labels).unwrap_or_default();
            self.list(&labels, &gone, &come)?;
        }
        if outside.is_empty() {
            return Some(());
        }
        self.whole_member(Kind::EntityRecognition, outside, Vec::new())
    }

    /// The edits of the labels of a region.
    fn list(
        &mut self,
        labels: &Pointer,
        gone: &BTreeSet<usize>,
        come: &[NewLabel<'_>],
    ) -> Option<()> {
        let (items, _) = array(self.locator, labels)?;
        if items.is_empty() && !come.is_empty() {
            let text = self.made(Kind::EntityRecognition, come.to_vec(), Vec::new())?;
            let made = Locator::new(&text);
            let first = Pointer::root().key("entities").item(0).key("labels");
            return self.set(labels.clone(), made.node(&first)?.raw().to_owned());
        }
        let like = Locator::new(self.like);
        let model = Pointer::root()
            .key("entities")
            .item(0)
            .key("labels")
            .item(0);
        let model = like.node(&model);
        // Labels that are in the order of the text stay so.
        let starts = self.starts(labels);
        let mut added = Vec::new();
        for new in come {
            // The neighbours may be laid out otherwise than the rest of the file.
            let own = (0..items.len()).rev();
            let mut own = own.filter_map(|at| self.locator.node(&labels.item(at)));
            let item = own.find_map(|node| label_like(node, new));
            let item = item.or_else(|| label_like(model?, new))?;
            let later = starts.partition_point(|(_, start)| *start <= new.span.start);
            let place = starts.get(later).map_or(items.len(), |(index, _)| *index);
            added.push((place, item));
        }
        // Those of one place stay in the order of the export.
        added.sort_by_key(|(place, _)| *place);
        let edits = array_edits(self.locator, labels, |at| gone.contains(&at), &added)?;
        self.edits.extend(edits);
        Some(())
    }

    /// Where the labels of a region begin, each with its index in the list; nothing where they are not in
    /// the order of the text.
    fn starts(&self, labels: &Pointer) -> Vec<(usize, i64)> {
        let region = |index: usize| Pointer::root().key("entities").item(index).key("labels");
        let regions = self.document.regions().iter();
        let mut regions = regions.filter(|it| region(it.index) == *labels);
        let Some(region) = regions.next() else {
            return Vec::new();
        };
        let spans = self.document.spans().iter();
        let spans = spans.filter(|label| label.region == region.index);
        let starts: Vec<(usize, i64)> = spans.map(|it| (it.index, it.span.start)).collect();
        if starts.is_sorted_by_key(|(_, start)| *start) {
            starts
        } else {
            Vec::new()
        }
    }

    fn classes(&mut self, wanted: &[LabelEdit<'_>]) -> Option<()> {
        let has_one = self.document.labels.has_one_class();
        let all = Pointer::root().key("classes");
        let mut gone = BTreeSet::new();
        let mut come = Vec::new();
        for edit in wanted {
            match edit {
                LabelEdit::RenameClass(class, name) if has_one => {
                    let _ = class;
                    self.set(Pointer::root().key("class").key("category"), spell(name))?;
                }
                LabelEdit::RenameClass(class, name) => {
                    let index = self.document.classes().get(*class)?.index;
                    self.set(all.item(index).key("category"), spell(name))?;
                }
                LabelEdit::RemoveClass(class) => {
                    gone.insert(self.document.classes().get(*class)?.index);
                }
                LabelEdit::AddClass(name) => come.push(*name),
                _ => {}
            }
        }
        if gone.is_empty() && come.is_empty() {
            return Some(());
        }
        if has_one {
            if come.is_empty() {
                let change = Change {
                    pointer: Pointer::root().key("class"),
                    op: Op::Remove,
                };
                self.edits.push(change::edits(self.locator, &change)?);
                return Some(());
            }
            return self.whole_member(Kind::SingleLabelClassification, Vec::new(), come);
        }
        let is_empty = array(self.locator, &all).is_none_or(|(items, _)| items.is_empty());
        if is_empty {
            return self.whole_member(Kind::MultiLabelClassification, Vec::new(), come);
        }
        let like = Locator::new(self.like);
        let model = self.locator.node(&all.item(0));
        let model = model.filter(|node| class_like(*node, "").is_some());
        let model = model.or_else(|| like.node(&all.item(0)))?;
        let added = come.iter();
        let added = added.map(|class| Some((usize::MAX - 1, class_like(model, class)?)));
        let added: Option<Vec<(usize, String)>> = added.collect();
        let edits = array_edits(self.locator, &all, |at| gone.contains(&at), &added?)?;
        self.edits.extend(edits);
        Some(())
    }

    /// A document like the model, with these labels.
    fn made(&self, kind: Kind, labels: Vec<NewLabel<'_>>, classes: Vec<&str>) -> Option<String> {
        let new = NewRecord {
            kind,
            name: "",
            language: None,
            split: None,
            length: self.length,
            labels,
            classes,
        };
        record(&new, self.like)
    }

    /// Writes the member that holds the labels as a whole, where it is absent or empty.
    fn whole_member(
        &mut self,
        kind: Kind,
        labels: Vec<NewLabel<'_>>,
        classes: Vec<&str>,
    ) -> Option<()> {
        let name = labels_of(kind);
        let text = self.made(kind, labels, classes)?;
        let made = Locator::new(&text);
        let pointer = Pointer::root().key(name);
        let value = made.node(&pointer)?.raw().to_owned();
        if self.locator.node(&pointer).is_some() {
            return self.set(pointer, value);
        }
        let root = self.locator.node(&Pointer::root())?;
        if root.kind() != JsonKind::Object {
            return None;
        }
        let source = self.locator.text();
        let members = root.members();
        let ranges = members.iter().map(|member| {
            Some(member.name.range_in(source)?.start..member.value.range_in(source)?.end)
        });
        let ranges = ranges.collect::<Option<Vec<_>>>()?;
        let opening = root.range_in(source)?.start + 1;
        let space = list::space(source, &ranges, opening);
        let colon = made.text().find("\":").map(|at| at + 1);
        let colon = colon.and_then(|at| {
            let rest = made.text().get(at..)?;
            let end = rest.find(|char: char| !matches!(char, ':' | ' '))?;
            rest.get(..end)
        });
        let last = ranges.last()?.end as u64;
        self.edits.push(Edit {
            bytes: last..last,
            text: format!(",{space}{}{}{value}", spell(name), colon.unwrap_or(": ")),
        });
        Some(())
    }
}
