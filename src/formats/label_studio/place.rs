//! Where things of a task stand in it.

use super::data::keys;
use super::region::ALONE;
use super::wire::{LANGUAGE, SETS};
use crate::json::{Node, Pointer};
use crate::model::{At, Body, Document};

/// The pointer to the array that holds the label of that number, which is a span or a class.
fn holder(places: &[(usize, Pointer)], number: usize) -> Option<&Pointer> {
    let found = places.partition_point(|(first, _)| *first <= number);
    let (_, pointer) = places.get(found.checked_sub(1)?)?;
    Some(pointer)
}

/// The pointer to the region of a label, and whether the region is its value itself, as in a
/// `JSON_MIN` export.
pub(super) fn region(document: &Document<'_>, label: usize) -> Option<(Pointer, bool)> {
    let holder = holder(&document.extras.spans_at, label)?;
    let region = document.spans().get(label)?.region;
    let is_bare = holder.tokens().count() == 1;
    Some((holder.item(region), is_bare))
}

/// The pointer to the value of a label, which has its place and its name.
pub(super) fn value(document: &Document<'_>, label: usize) -> Option<Pointer> {
    let (region, is_bare) = region(document, label)?;
    Some(if is_bare { region } else { region.key("value") })
}

/// The pointer to a class.
pub(super) fn class(document: &Document<'_>, class: usize) -> Option<Pointer> {
    let holder = holder(&document.extras.classes_at, class)?;
    let index = document.classes().get(class)?.index;
    Some(if index == ALONE {
        holder.clone()
    } else {
        holder.item(index)
    })
}

/// Whether a document is a task, and no record of `JSON_MIN`, which does not come back as one.
pub(super) fn is_task(document: &Document<'_>) -> bool {
    data(document).is_some_and(|(_, place)| place != Pointer::root())
}

/// The object that holds the text and what is said of it, and the pointer to it.
pub(super) fn data<'a>(document: &Document<'a>) -> Option<(Node<'a>, Pointer)> {
    let record = Node::parse(document.source).ok()?;
    let members = record.members();
    let data = members.iter().rfind(|member| member.key() == "data");
    let root = Pointer::root();
    Some(match data {
        Some(data) => (data.value, root.key("data")),
        None => (record, root),
    })
}

/// The member of a region's value with its labels or classes, and these; nothing where the region is
/// about something else.
pub(super) fn labels_of(region: Node<'_>) -> Option<(&'static str, Vec<Node<'_>>)> {
    let members = region.members();
    let own = members.iter().rfind(|member| member.key() == "value")?;
    let members = own.value.members();
    let has = |name: &str| members.iter().rfind(|member| member.key() == name);
    let of_region = has("start").is_some();
    let list = ["labels", "hypertextlabels", "choices"]
        .into_iter()
        .find(|list| has(list).is_some())?;
    (list != "choices" || !of_region).then_some(())?;
    Some((list, has(list)?.value.items()))
}

/// The text of a document as its file has it.
pub(super) fn text<'d>(document: &'d Document<'_>) -> &'d str {
    match &document.body {
        Body::Inline(text) => text,
        Body::Elsewhere | Body::Tokens(_) => "",
    }
}

/// The pointer from the root of a record to a place in it.
pub(super) fn pointer(document: &Document<'_>, at: At) -> Pointer {
    let root = Pointer::root();
    let of_data = |names: &[&str]| {
        let (data, pointer) = data(document)?;
        let members = data.members();
        let is_there = |name: &&&str| members.iter().any(|member| member.key() == **name);
        Some(pointer.key(names.iter().find(is_there)?))
    };
    let found = match at {
        At::Document | At::Region(_) | At::Summary => None,
        At::Label(label) => value(document, label),
        At::Class(number) => class(document, number),
        At::Split => of_data(&SETS),
        At::Language => of_data(&[LANGUAGE]),
        At::Address => data(document).and_then(|(data, pointer)| {
            let found = keys(data, text(document), document.address.path());
            Some(pointer.key(&found.name?.0))
        }),
    };
    found.unwrap_or(root)
}
