//! How findings are fixed in a task.

use super::place::{class, data, region};
use super::region::ALONE;
use super::wire::SETS;
use crate::diagnostics::FixAction;
use crate::json::change::{Change, Op};
use crate::json::{Kind, Locator, Node, Pointer, spell};
use crate::model::{At, Document};

fn set(pointer: Pointer, value: String) -> Change {
    let op = Op::Set(value);
    Change { pointer, op }
}

fn remove(pointer: Pointer) -> Change {
    let op = Op::Remove;
    Change { pointer, op }
}

/// What to change in a task.
pub(super) fn changes(
    document: &Document<'_>,
    locator: &Locator<'_>,
    action: &FixAction,
) -> Vec<Change> {
    let changes = match action {
        FixAction::Extent(At::Label(label), span) => {
            of_label((document, locator), *label, |_, value, node| {
                let members = node.members();
                let is_number = |name: &str| {
                    let found = members.iter().rfind(|member| member.key() == name);
                    found.is_some_and(|found| found.value.kind() == Kind::Number)
                };
                // Of rendered HTML the place is told in two ways.
                let changes = [("start", span.start), ("end", span.end)]
                    .map(|(name, offset)| set(value.key(name), offset.to_string()));
                (is_number("start") && is_number("end")).then(|| changes.to_vec())
            })
        }
        FixAction::Rename(At::Label(label), name) => {
            of_label((document, locator), *label, |_, value, node| {
                let (key, _) = names(locator, node)?;
                let index = document.spans().get(*label)?.index;
                Some(vec![set(value.key(key).item(index), spell(name))])
            })
        }
        FixAction::Remove(At::Label(label)) => {
            of_label((document, locator), *label, |region, value, node| {
                let (key, count) = names(locator, node)?;
                let index = document.spans().get(*label)?.index;
                Some(vec![if count > 1 {
                    remove(value.key(key).item(index))
                } else {
                    remove(region)
                }])
            })
        }
        FixAction::Rename(At::Class(number), name) => {
            class(document, *number).map(|place| vec![set(place, spell(name))])
        }
        FixAction::Remove(At::Class(number)) => {
            let is_alone = document
                .classes()
                .get(*number)
                .is_none_or(|class| class.index == ALONE);
            let place = class(document, *number).filter(|_| !is_alone);
            place.map(|place| vec![remove(place)])
        }
        FixAction::Split(name) => data(document).map(|(node, pointer)| {
            let members = node.members();
            let is_there = |set: &&&str| members.iter().any(|member| member.key() == **set);
            let key = SETS.iter().find(is_there).unwrap_or(&SETS[0]);
            let op = Op::Member(key, spell(name), &["language", "name", "text"]);
            vec![Change { pointer, op }]
        }),
        _ => None,
    };
    changes.unwrap_or_default()
}

/// What to change about a label; `change` gets the pointer to its region, that to its value, and the
/// value.
fn of_label<'a>(
    (document, locator): (&Document<'_>, &Locator<'a>),
    label: usize,
    change: impl FnOnce(Pointer, Pointer, Node<'a>) -> Option<Vec<Change>>,
) -> Option<Vec<Change>> {
    let (region, is_bare) = region(document, label)?;
    let value = if is_bare {
        region.clone()
    } else {
        region.key("value")
    };
    let node = locator.node(&value)?;
    change(region, value, node)
}

/// The member of a value with the names of its labels, and how many they are.
fn names<'a>(locator: &Locator<'a>, value: Node<'a>) -> Option<(&'static str, usize)> {
    let members = locator.members(value)?;
    ["labels", "hypertextlabels"].into_iter().find_map(|key| {
        let found = members.find(key)?;
        Some((key, locator.len(found.value)))
    })
}
