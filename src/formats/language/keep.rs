//! What an AML file cannot hold of a document, and how it is put back.

use serde_json::value::RawValue;

use super::wire::OF_A_KIND;
use crate::alignment::{AlignedDocument, AlignedSpan};
use crate::formats::ledger::{LabelKey, LedgerEntry, Sort, compact, matches, noted_keys};
use crate::json::{Kind, Node, Pointer};
use crate::model::{Classes, Document, Label, Project};
use crate::text::Span;
use crate::text::squeezed::is_dropped;

/// The members of a region, and of a label.
const REGION: [&str; 3] = ["regionOffset", "regionLength", "labels"];

const LABEL: [&str; 3] = ["category", "offset", "length"];

/// Notes the facts of a document, which is spelled as `source` in today's shape. `sorts` tells that the
/// target has spans in the order of the text.
pub(super) fn entries(
    project: &Project,
    aligned: &AlignedDocument<'_>,
    (source, location, sorts): (&str, &str, bool),
    out: &mut Vec<LedgerEntry>,
) {
    let document = aligned.document;
    let Ok(node) = Node::parse(source) else {
        return;
    };
    let base = super::place::record_pointer(project, document.index);
    let entry = |fact, pointer: Pointer, value: Option<Box<RawValue>>| LedgerEntry {
        value,
        ..LedgerEntry::new(location, fact, pointer)
    };
    let members = node.members();
    if !members.iter().any(|member| member.key() == "language") {
        // That there is none is a fact: a new document would get the project's.
        out.push(entry(Sort::Member, base.key("language"), None));
    }
    let mut labels = None;
    for member in members {
        let key = member.key();
        if OF_A_KIND.contains(&&*key) {
            labels = Some((key, member.value));
        } else if key != "location" {
            let value = compact(member.value.raw());
            out.push(entry(Sort::Member, base.key(&key), value));
        }
    }
    let comes_back = !sorts || is_sorted(aligned) && !has_blank_edges(aligned);
    let stays = |value| comes_back && is_rebuilt(aligned, value);
    if labels.as_ref().is_some_and(|(_, value)| stays(*value)) {
        return;
    }
    let (key, value) = match labels {
        Some((key, value)) => (key, compact(value.raw())),
        None => ("entities".into(), None),
    };
    let mut kept = entry(Sort::Labels, base.key(&key), value);
    kept.labels = Some(noted_keys(aligned));
    out.push(kept);
}

/// A document that is kept as it is, since the target has no form for it.
pub(super) fn whole(
    project: &Project,
    document: &Document<'_>,
    source: &str,
    location: &str,
) -> LedgerEntry {
    LedgerEntry {
        value: compact(source),
        ..LedgerEntry::new(
            location,
            Sort::Document,
            super::place::record_pointer(project, document.index),
        )
    }
}

/// Whether this can be an entry that [`entries`] has noted: its value is of a sort that can stand
/// where the writer puts it, beside no other of that name.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    let name = entry.pointer.last();
    let value = entry.value.as_deref().map(|value| Node::parse(value.get()));
    let kind = value.and_then(Result::ok).map(Node::kind);
    match entry.fact {
        Sort::Member => {
            let is_taken = name == "location" || OF_A_KIND.contains(&&*name);
            !is_taken && (kind.is_some() || name == "language")
        }
        Sort::Labels => OF_A_KIND.contains(&&*name) && entry.labels.is_some(),
        Sort::Document => kind == Some(Kind::Object) && name.parse::<u64>().is_ok(),
        Sort::LeftOut => true,
        Sort::Address | Sort::Confidence | Sort::LabelMember | Sort::Spelling | Sort::Name => false,
    }
}

/// Whether the spans stand in the order of the text.
fn is_sorted(aligned: &AlignedDocument<'_>) -> bool {
    let place =
        |(label, span): (&Label<'_>, Span)| (span.start, span.end, label.category.to_string());
    aligned.targets().map(place).is_sorted()
}

/// Whether a span begins or ends with white space, which not every target that sorts has a form for.
fn has_blank_edges(aligned: &AlignedDocument<'_>) -> bool {
    let mut ranges = aligned.proved();
    ranges.any(|(_, range, text)| {
        let words = text.slice(range);
        words.starts_with(is_dropped) || words.ends_with(is_dropped)
    })
}

/// The value of a member that stands in an object once.
fn only<'a>(node: Node<'a>, name: &str) -> Option<Node<'a>> {
    let members = node.members().into_iter();
    let mut values = members.filter(|member| member.key() == name);
    let value = values.next().map(|member| member.value);
    value.filter(|_| values.next().is_none())
}

/// Whether a header, as a ledger keeps it, has one place for the documents and none in it.
pub(super) fn is_header(text: &str) -> bool {
    let top = Node::parse(text).ok();
    let assets = top.and_then(|top| only(top, "assets"));
    let documents = assets.and_then(|assets| only(assets, "documents"));
    documents.is_some_and(|list| list.kind() == Kind::Array && list.items().is_empty())
}

/// Whether the labels come back in this form by themselves.
fn is_rebuilt(aligned: &AlignedDocument<'_>, value: Node<'_>) -> bool {
    let only = |node: &Node<'_>, names: &[&str]| {
        let members = node.members();
        members.len() == names.len() && members.iter().all(|member| names.contains(&&*member.key()))
    };
    let labels = &aligned.document.labels;
    match (&labels.classes, value.kind()) {
        (Some(Classes::One(_)), Kind::Object) => only(&value, &["category"]),
        (Some(Classes::Many(_)), Kind::Array) => {
            value.items().iter().all(|class| only(class, &["category"]))
        }
        (None, Kind::Array) if labels.has_entities() => {
            let regions = value.items();
            aligned.has_one_whole_region() == Some(true)
                && regions.iter().all(|region| {
                    let mut labels = labels_of(*region).into_iter();
                    only(region, &REGION) && labels.all(|label| only(&label, &LABEL))
                })
        }
        _ => false,
    }
}

/// The labels of a region.
fn labels_of(region: Node<'_>) -> Vec<Node<'_>> {
    let members = region.members();
    let listed = members.iter().find(|member| member.key() == "labels");
    listed.map_or_else(Vec::new, |member| member.value.items())
}

/// A region with the labels that go into it.
pub(super) struct KeptRegion<'a> {
    /// Its members but for `labels`: key and value as they are spelled.
    pub(super) members: Vec<(&'a str, Node<'a>)>,
    /// Where it begins and ends, in UTF-16 code units; nothing where that cannot be read.
    pub(super) extent: Option<(i64, i64)>,
    /// Its labels: the index of the label now, and its object as it was, if it was there.
    pub(super) labels: Vec<(usize, Option<Node<'a>>)>,
}

/// Puts the labels `now` into the regions that they had: those that still stand into their own,
/// and new ones into the first that holds them, or the last. `spans` say where they are written.
pub(super) fn regions<'a>(
    entry: &'a LedgerEntry,
    now: &[LabelKey],
    spans: &[AlignedSpan],
) -> Option<Vec<KeptRegion<'a>>> {
    let value = Node::parse(entry.value.as_deref()?.get()).ok()?;
    let then = entry.labels.as_deref().unwrap_or_default();
    let mut regions = Vec::new();
    // For each label as it was: its region and its object.
    let mut was: Vec<(usize, Node<'a>)> = Vec::new();
    for (number, region) in value.items().into_iter().enumerate() {
        let mut kept = KeptRegion {
            members: Vec::new(),
            extent: None,
            labels: Vec::new(),
        };
        let (mut offset, mut length) = (None, None);
        for member in region.members() {
            match &*member.key() {
                "labels" => was.extend(
                    member
                        .value
                        .items()
                        .into_iter()
                        .map(|label| (number, label)),
                ),
                key => {
                    let read = member.value.raw().parse::<i64>().ok();
                    match key {
                        "regionOffset" => offset = read,
                        "regionLength" => length = read,
                        _ => {}
                    }
                    kept.members.push((member.name.raw(), member.value));
                }
            }
        }
        kept.extent = offset
            .zip(length)
            .and_then(|(offset, length)| Some((offset, offset.checked_add(length)?)));
        regions.push(kept);
    }
    if was.len() != then.len() {
        // A label that could not be read has no key, so nobody knows which is which.
        return None;
    }
    // They come in the order that they had, and new ones behind them in theirs.
    let mut order: Vec<_> = matches(now, then).into_iter().enumerate().collect();
    order.sort_by_key(|(_, found)| found.unwrap_or(usize::MAX));
    for (index, found) in order {
        let found = found.and_then(|found| was.get(found));
        let home = match (found, spans.get(index).and_then(|span| span.target)) {
            (Some((region, _)), _) => *region,
            (None, Some(span)) => {
                let holds = |region: &KeptRegion<'_>| {
                    let (start, end) = region.extent?;
                    (start <= span.start && span.end <= end).then_some(())
                };
                let held = regions.iter().position(|region| holds(region).is_some());
                held.unwrap_or(regions.len().saturating_sub(1))
            }
            (None, None) => continue,
        };
        let object = found.map(|(_, object)| *object);
        regions.get_mut(home)?.labels.push((index, object));
    }
    Some(regions)
}
