//! What a Language file cannot hold of a line, and how it is put back.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::wire::{COLUMNS, MEMBERS, SPAN_MEMBERS};
use crate::alignment::AlignedDocument;
use crate::formats::ledger::{
    LabelKey, LedgerEntry, LedgerHead, Sort, compact, find, matches, noted_keys,
};
use crate::formats::{self, Format};
use crate::json::{Kind, Node, Pointer};
use crate::model::{Confidence, Document};

/// Notes the facts of a line.
pub(super) fn entries(
    aligned: &AlignedDocument<'_>,
    location: &str,
    head: &LedgerHead,
    out: &mut Vec<LedgerEntry>,
) {
    let document = aligned.document;
    let Ok(line) = Node::parse(document.source) else {
        return;
    };
    let kept = noted_keys(aligned);
    let entry = |fact, pointer: Pointer, value: Option<Box<RawValue>>, labels| LedgerEntry {
        value,
        labels,
        ..LedgerEntry::new(location, fact, pointer)
    };
    let root = Pointer::root();
    let members = line.members();
    if !members
        .iter()
        .any(|member| member.key() == "label_confidence")
    {
        let pointer = root.key("label_confidence");
        out.push(entry(Sort::Confidence, pointer, None, Some(kept.clone())));
    }
    for member in members {
        let key = member.key();
        let pointer = root.key(&key);
        let value = || compact(member.value.raw());
        match &*key {
            "image_url" => {
                if !is_rebuilt(document, head) {
                    out.push(entry(Sort::Address, pointer, value(), None));
                }
            }
            "label" => {
                let mut equal: BTreeMap<LabelKey, usize> = BTreeMap::new();
                of_labels(aligned, member.value, &mut |fact, places, key| {
                    let nth = equal.entry(key.clone()).or_default();
                    for (pointer, value) in places {
                        let mut noted = entry(fact, pointer, value, Some(vec![key.clone()]));
                        noted.nth = *nth;
                        out.push(noted);
                    }
                    *nth += 1;
                });
            }
            "label_confidence" => {
                if document.extras.confidence != Confidence::Ones {
                    out.push(entry(
                        Sort::Confidence,
                        pointer,
                        value(),
                        Some(kept.clone()),
                    ));
                }
            }
            _ => out.push(entry(Sort::Member, pointer, value(), None)),
        }
    }
}

/// Whether this can be an entry that [`entries`] has noted: its value is of a sort that can stand
/// where the writer puts it, beside no other of that name.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    let name = entry.pointer.last();
    let value = entry.value.as_deref().map(|value| Node::parse(value.get()));
    let kind = value.and_then(Result::ok).map(Node::kind);
    let is_of_one = entry
        .labels
        .as_ref()
        .is_some_and(|labels| labels.len() == 1);
    match entry.fact {
        Sort::Address => kind == Some(Kind::String),
        Sort::Member => kind.is_some() && !MEMBERS[..3].contains(&&*name),
        Sort::Confidence => entry.labels.is_some(),
        Sort::LabelMember => is_of_one && kind.is_some() && !SPAN_MEMBERS.contains(&&*name),
        Sort::Spelling => is_of_one && matches!(kind, Some(Kind::Number | Kind::Bool)),
        Sort::LeftOut => true,
        Sort::Name | Sort::Labels | Sort::Document => false,
    }
}

/// Whether datastore and folder in the ledger's head make the address again.
fn is_rebuilt(document: &Document<'_>, head: &LedgerHead) -> bool {
    let (Some(datastore), Some(prefix)) = (&head.datastore, &head.prefix) else {
        return false;
    };
    let address = &document.address;
    let name = if address.shortens && shortens(head) {
        address.name()
    } else {
        address.path()
    };
    let slash = if prefix.is_empty() { "" } else { "/" };
    format!("AmlDatastore://{datastore}/{prefix}{slash}{name}") == address.written
}

/// Whether documents are called in the target by their last segment, where their addresses share the rest.
pub(super) fn shortens(head: &LedgerHead) -> bool {
    formats::find(&head.to).is_some_and(Format::shortens_names)
}

/// The places of facts about one label, and their values.
type Places = Vec<(Pointer, Option<Box<RawValue>>)>;

/// Calls `note` for every label, in order, with what is special about it: members of its own, or
/// that it is a class and no string.
fn of_labels(
    aligned: &AlignedDocument<'_>,
    value: Node<'_>,
    note: &mut dyn FnMut(Sort, Places, LabelKey),
) {
    let document = aligned.document;
    let root = Pointer::root().key("label");
    let is_array = value.kind() == Kind::Array;
    for class in document.classes() {
        let key = LabelKey::Class((class.category.to_string(),));
        let place = if is_array {
            root.item(class.index)
        } else {
            root.clone()
        };
        let spelled = class.spelled.map(|spelled| (place, compact(spelled)));
        note(Sort::Spelling, spelled.into_iter().collect(), key);
    }
    if document.extras.unknown == 0 {
        return;
    }
    let items = value.items();
    for (label, span) in aligned.targets() {
        let Some(item) = items.get(label.index) else {
            continue;
        };
        let key = LabelKey::Span(label.category.to_string(), span.start, span.end);
        let place = root.item(label.index);
        let members = item.members().into_iter();
        let own = members.filter(|member| !SPAN_MEMBERS.contains(&&*member.key()));
        let places = own.map(|member| (place.key(&member.key()), compact(member.value.raw())));
        note(Sort::LabelMember, places.collect(), key);
    }
}

/// What is put back on the labels of a document.
pub(super) struct Kept<'a> {
    /// The confidences as they are to be written; `None` where the line has none.
    pub(super) confidences: Option<String>,
    /// For each label the members to add: name and value.
    pub(super) members: Vec<Vec<(String, &'a RawValue)>>,
    /// For each label its spelling, where it is no string.
    pub(super) spelled: Vec<Option<&'a RawValue>>,
}

impl Kept<'_> {
    /// What a document without a ledger has: a confidence of `1.0` for each label.
    pub(super) fn nothing(labels: usize, single: bool) -> Self {
        Self {
            confidences: Some(ones(labels, single)),
            members: Vec::new(),
            spelled: Vec::new(),
        }
    }
}

/// Finds what a ledger keeps of the labels `now`. `single` is for one class without an array.
pub(super) fn of_document<'a>(
    entries: &'a [LedgerEntry],
    now: &[LabelKey],
    single: bool,
) -> Kept<'a> {
    let mut kept = Kept {
        confidences: Some(ones(now.len(), single)),
        members: vec![Vec::new(); now.len()],
        spelled: vec![None; now.len()],
    };
    if let Some(entry) = find(entries, Sort::Confidence) {
        kept.confidences = confidences(entry, now, single);
    }
    let mut about: BTreeMap<(&LabelKey, usize), Vec<&LedgerEntry>> = BTreeMap::new();
    for entry in entries {
        let key = entry.labels.as_ref().and_then(|labels| labels.first());
        if let (Some(key), Sort::LabelMember | Sort::Spelling) = (key, entry.fact) {
            about.entry((key, entry.nth)).or_default().push(entry);
        }
    }
    if about.is_empty() {
        return kept;
    }
    let mut equal: BTreeMap<&LabelKey, usize> = BTreeMap::new();
    for (index, key) in now.iter().enumerate() {
        let nth = equal.entry(key).or_default();
        for entry in about.get(&(key, *nth)).into_iter().flatten() {
            match (entry.fact, entry.value.as_deref()) {
                (Sort::Spelling, spelled) => kept.spelled[index] = spelled,
                (_, Some(value)) => {
                    kept.members[index].push((entry.pointer.last(), value));
                }
                (_, None) => {}
            }
        }
        *nth += 1;
    }
    kept
}

/// `[1.0,1.0]`, or `1.0` for one class.
fn ones(labels: usize, single: bool) -> String {
    if single {
        "1.0".to_owned()
    } else {
        let mut ones = String::with_capacity(4 * labels + 2);
        ones.push('[');
        for index in 0..labels {
            ones.push_str(if index == 0 { "1.0" } else { ",1.0" });
        }
        ones.push(']');
        ones
    }
}

/// The confidences of the labels `now`: as they were where the labels are the same, otherwise
/// each where its label still stands.
fn confidences(entry: &LedgerEntry, now: &[LabelKey], single: bool) -> Option<String> {
    let then = entry.labels.as_deref().unwrap_or_default();
    let value = entry.value.as_deref()?;
    if now == then {
        return Some(value.get().to_owned());
    }
    if single {
        return Some(ones(1, true));
    }
    let items = Node::parse(value.get())
        .map(Node::items)
        .unwrap_or_default();
    if items.len() != then.len() {
        // Nobody knows which is whose.
        return Some(ones(now.len(), false));
    }
    let each = matches(now, then).into_iter().map(|found| {
        let item = found.and_then(|found| items.get(found));
        item.map_or("1.0", |item| item.raw())
    });
    Some(format!("[{}]", each.collect::<Vec<_>>().join(",")))
}

/// Members of the line to add: name and value, contributor columns first.
pub(super) fn members(entries: &[LedgerEntry]) -> Vec<(String, &RawValue)> {
    let all = entries.iter().filter(|entry| entry.fact == Sort::Member);
    let mut members: Vec<(String, &RawValue)> = all
        .filter_map(|entry| Some((entry.pointer.last(), entry.value.as_deref()?)))
        .collect();
    let rank = |name: &str| {
        let column = COLUMNS.iter().position(|column| *column == name);
        column.unwrap_or(COLUMNS.len())
    };
    members.sort_by_key(|(name, _)| rank(name));
    members
}
