//! New documents, laid out as a document that is there: its bytes with other values.

use std::fmt::Write;
use std::ops::Range;

use super::wire::labels_of;
use crate::formats::{NewLabel, NewRecord};
use crate::json::change::{self, Change, Op};
use crate::json::patch::{Edit, apply};
use crate::json::{Kind as JsonKind, Locator, Node, Pointer, list, spell};
use crate::model::Kind;

/// The members of a label and of a region, and the one of a class.
const LABEL: [&str; 3] = ["category", "offset", "length"];
const REGION: [&str; 3] = ["regionOffset", "regionLength", "labels"];
const CLASS: [&str; 1] = ["category"];

/// Documents in the canonical layout, by what labels them.
const ENTITIES: &str = r#"{
        "location": "",
        "language": "",
        "entities": [
          {
            "regionOffset": 0,
            "regionLength": 0,
            "labels": [
              {
                "category": "",
                "offset": 0,
                "length": 0
              }
            ]
          }
        ]
      }"#;
const CLASSES: &str = r#"{
        "location": "",
        "language": "",
        "classes": [
          {
            "category": ""
          }
        ]
      }"#;
const ONE_CLASS: &str = r#"{
        "location": "",
        "language": "",
        "class": {
          "category": ""
        }
      }"#;

/// The same without white space.
const COMPACT: [&str; 3] = [
    r#"{"location":"","language":"","entities":[{"regionOffset":0,"regionLength":0,"labels":[{"category":"","offset":0,"length":0}]}]}"#,
    r#"{"location":"","language":"","classes":[{"category":""}]}"#,
    r#"{"location":"","language":"","class":{"category":""}}"#,
];

/// A document to lay others out like where a file has none.
pub(super) fn canonical(kind: Kind, is_compact: bool) -> &'static str {
    let (long, short) = match kind {
        Kind::SingleLabelClassification => (ONE_CLASS, COMPACT[2]),
        Kind::MultiLabelClassification => (CLASSES, COMPACT[1]),
        _ => (ENTITIES, COMPACT[0]),
    };
    if is_compact { short } else { long }
}

/// Whether a document can be the one that others are laid out like: it has the members of the contract
/// and no others, and a label.
pub(super) fn is_model(kind: Kind, record: &str) -> bool {
    let Ok(root) = Node::parse(record) else {
        return false;
    };
    let own = labels_of(kind);
    let known = ["location", "language", "dataset", own];
    let members = root.members();
    let has = |name: &str| members.iter().filter(|it| it.key() == name).count() == 1;
    let is_known = members.iter().all(|it| known.contains(&&*it.key()));
    if !is_known || !has("location") || !has(own) {
        return false;
    }
    let labels = members.iter().find(|it| it.key() == own);
    labels.is_some_and(|labels| match kind {
        Kind::EntityRecognition | Kind::Healthcare => {
            let regions = labels.value.items();
            let [region] = regions.as_slice() else {
                return false;
            };
            let labels = region.members();
            let labels = labels.iter().find(|it| it.key() == "labels");
            let labels = labels.map_or_else(Vec::new, |it| it.value.items());
            is_just(*region, &REGION)
                && !labels.is_empty()
                && labels.iter().all(|label| is_just(*label, &LABEL))
        }
        Kind::SingleLabelClassification => is_just(labels.value, &CLASS),
        Kind::MultiLabelClassification => {
            let classes = labels.value.items();
            !classes.is_empty() && classes.iter().all(|class| is_just(*class, &CLASS))
        }
        Kind::TextSentiment | Kind::AbstractiveSummarization => false,
    })
}

/// Whether a value is an object with these members, each once, and no others.
pub(super) fn is_just(node: Node<'_>, names: &[&str]) -> bool {
    let members = node.members();
    let has = |name: &&str| members.iter().any(|member| member.key() == **name);
    node.kind() == JsonKind::Object && members.len() == names.len() && names.iter().all(has)
}

/// A label as another is laid out; `None` where that is not just a label.
pub(super) fn label_like(node: Node<'_>, new: &NewLabel<'_>) -> Option<String> {
    if !is_just(node, &LABEL) {
        return None;
    }
    let root = Pointer::root();
    let values = [
        (root.key("category"), spell(new.category)),
        (root.key("offset"), new.span.start.to_string()),
        (root.key("length"), new.span.len().to_string()),
    ];
    set(node.raw(), values)
}

/// A class as another is laid out.
pub(super) fn class_like(node: Node<'_>, class: &str) -> Option<String> {
    if !is_just(node, &CLASS) {
        return None;
    }
    set(
        node.raw(),
        [(Pointer::root().key("category"), spell(class))],
    )
}

/// A text with other values.
fn set(text: &str, values: impl IntoIterator<Item = (Pointer, String)>) -> Option<String> {
    let locator = Locator::new(text);
    let mut edits = Vec::new();
    for (pointer, value) in values {
        let op = Op::Set(value);
        edits.push(change::edits(&locator, &Change { pointer, op })?);
    }
    made(text, edits)
}

/// A text with edits made.
fn made(text: &str, mut edits: Vec<Edit>) -> Option<String> {
    edits.sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
    let mut out = Vec::new();
    apply(0, text.as_bytes(), &edits, &mut out);
    String::from_utf8(out).ok()
}

/// The items of an array in a text, and the bytes between its brackets.
pub(super) fn array(
    locator: &Locator<'_>,
    pointer: &Pointer,
) -> Option<(Vec<Range<usize>>, Range<usize>)> {
    let node = locator.node(pointer)?;
    if node.kind() != JsonKind::Array {
        return None;
    }
    let text = locator.text();
    let around = node.range_in(text)?;
    let items = (0..locator.len(node)).map(|at| locator.item(node, at)?.range_in(text));
    Some((
        items.collect::<Option<_>>()?,
        around.start + 1..around.end - 1,
    ))
}

/// The edits of an array of a text: see [`list::edits`].
pub(super) fn array_edits(
    locator: &Locator<'_>,
    pointer: &Pointer,
    is_gone: impl Fn(usize) -> bool,
    added: &[(usize, String)],
) -> Option<Vec<Edit>> {
    let (items, inner) = array(locator, pointer)?;
    let space = list::space(locator.text(), &items, inner.start);
    let wide = |range: &Range<usize>| range.start as u64..range.end as u64;
    let ranges: Vec<Range<u64>> = items.iter().map(wide).collect();
    Some(list::edits(&ranges, wide(&inner), is_gone, added, space))
}

/// A document as another is laid out, with values of its own.
pub(super) fn record(new: &NewRecord<'_>, like: &str) -> Option<String> {
    let locator = Locator::new(like);
    let root = Pointer::root();
    let mut edits = Vec::new();
    let mut set = |pointer: Pointer, value: String| {
        let op = Op::Set(value);
        edits.push(change::edits(&locator, &Change { pointer, op })?);
        Some(())
    };
    set(root.key("location"), spell(new.name))?;
    let mut removed = Vec::new();
    let mut added = Vec::new();
    for (name, value) in [("language", new.language), ("dataset", new.split)] {
        let is_there = locator.node(&root.key(name)).is_some();
        match value {
            Some(value) if is_there => set(root.key(name), spell(value))?,
            Some(value) => added.push((name, spell(value))),
            // The language of the documents that are there will do.
            None if name == "language" => {}
            None if is_there => removed.push(name),
            None => {}
        }
    }
    let own = root.key(labels_of(new.kind));
    match new.kind {
        Kind::EntityRecognition | Kind::Healthcare => {
            let region = own.item(0);
            set(region.key("regionOffset"), "0".to_owned())?;
            set(region.key("regionLength"), new.length.to_string())?;
            let labels = region.key("labels");
            let first = locator.node(&labels.item(0))?;
            let items = new.labels.iter();
            let items = items.map(|label| Some((0, label_like(first, label)?)));
            let items: Vec<(usize, String)> = items.collect::<Option<_>>()?;
            edits.extend(array_edits(&locator, &labels, |_| true, &items)?);
        }
        Kind::SingleLabelClassification => match new.classes.first() {
            Some(class) => set(own.key("category"), spell(class))?,
            None => removed.push("class"),
        },
        Kind::MultiLabelClassification => {
            let first = locator.node(&own.item(0))?;
            let items = new.classes.iter();
            let items = items.map(|class| Some((0, class_like(first, class)?)));
            let items: Vec<(usize, String)> = items.collect::<Option<_>>()?;
            edits.extend(array_edits(&locator, &own, |_| true, &items)?);
        }
        Kind::TextSentiment | Kind::AbstractiveSummarization => return None,
    }
    edits.extend(members(&locator, &removed, &added)?);
    made(like, edits)
}

/// The edits that take members out of the object that a text is, and add others behind `location` or,
/// where it is there, `language`.
fn members(locator: &Locator<'_>, removed: &[&str], added: &[(&str, String)]) -> Option<Vec<Edit>> {
    let text = locator.text();
    let members = locator.node(&Pointer::root())?.members();
    let range = |at: usize| {
        let member = members.get(at)?;
        Some(member.name.range_in(text)?.start..member.value.range_in(text)?.end)
    };
    let ranges: Vec<Range<usize>> = (0..members.len()).map(range).collect::<Option<_>>()?;
    let wide: Vec<Range<u64>> = ranges
        .iter()
        .map(|it| it.start as u64..it.end as u64)
        .collect();
    let is_gone = |at: usize| {
        members
            .get(at)
            .is_some_and(|it| removed.contains(&&*it.key()))
    };
    let inner = 1..text.len() as u64 - 1;
    let mut edits = list::edits(&wide, inner, is_gone, &[], "");
    let keys = |name: &str| members.iter().position(|member| member.key() == name);
    let anchor = keys("language").or_else(|| keys("location"))?;
    let space = list::space(text, &ranges, 1);
    let colon = text.get(
        members[anchor].name.range_in(text)?.end..members[anchor].value.range_in(text)?.start,
    )?;
    let mut more = String::new();
    for (name, value) in added {
        // Writing to a String cannot fail.
        let _ = write!(more, ",{space}{}{colon}{value}", spell(name));
    }
    if !more.is_empty() {
        let place = wide[anchor].end;
        edits.push(Edit {
            bytes: place..place,
            text: more,
        });
    }
    Some(edits)
}
