//! Changes to JSON values, as byte edits: one value written anew, removed with its comma, or
//! added to an array, and every other byte as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::patch::Edit;
use super::{Kind, Locator, Node, Pointer, spell};

/// A change to one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The value.
    pub pointer: Pointer,
    /// What is done to it.
    pub op: Op,
}

/// What is done to a value. Texts are JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Another value stands in its place.
    Set(String),
    /// It goes: an item with its comma, a member with its key and comma.
    Remove,
    /// The member gets another key and value; where its object has that key already, it goes.
    Rename(String, String),
    /// The array gets another item at its end, laid out as those before it.
    Append(String),
    /// The object gets a member with this key and value, laid out as its neighbours, behind the first of
    /// these that it has; where it has the key already, that gets the value.
    Member(&'static str, String, &'static [&'static str]),
}

/// The edits that make a change, in bytes of the locator's text; `None` where the pointer names
/// nothing that can be changed so.
#[must_use]
pub fn edits(locator: &Locator<'_>, change: &Change) -> Option<Edit> {
    let text = locator.text();
    let node = locator.node(&change.pointer)?;
    let (bytes, text) = match &change.op {
        Op::Set(value) => (node.range_in(text)?, value.clone()),
        Op::Remove => (removal(locator, &change.pointer)?, String::new()),
        Op::Rename(key, value) => renaming(locator, &change.pointer, key, value)?,
        Op::Append(value) => addition(locator, node, value)?,
        Op::Member(key, value, behind) => member(locator, node, (*key, value), behind)?,
    };
    Some(Edit {
        bytes: bytes.start as u64..bytes.end as u64,
        text,
    })
}

/// The edits that make several changes of one text together, sorted and apart from one another; `None` where
/// one of them cannot be made. Items of one array that go are taken together: each with the comma behind it
/// up to the first that stays, and every other with the one before it.
#[must_use]
pub fn all(locator: &Locator<'_>, changes: &[Change]) -> Option<Vec<Edit>> {
    let mut made = Vec::new();
    let mut gone: BTreeMap<String, (Pointer, BTreeSet<usize>)> = BTreeMap::new();
    for change in changes {
        let parent = change.pointer.parent();
        let array = parent.and_then(|parent| Some((locator.node(&parent)?, parent)));
        match (&change.op, array) {
            (Op::Remove, Some((node, parent))) if node.kind() == Kind::Array => {
                let items = gone
                    .entry(parent.to_string())
                    .or_insert((parent, BTreeSet::new()));
                items.1.insert(change.pointer.last().parse().ok()?);
            }
            _ => made.push(edits(locator, change)?),
        }
    }
    for (array, items) in gone.values() {
        let array = locator.node(array)?;
        let around = array.range_in(locator.text())?;
        let count = locator.len(array);
        if items.len() >= count {
            made.push(removed(around.start + 1..around.end - 1));
            continue;
        }
        let range = |index: usize| locator.item(array, index)?.range_in(locator.text());
        let first_kept = (0..count).find(|index| !items.contains(index))?;
        for index in items {
            made.push(removed(if *index < first_kept {
                range(*index)?.start..range(*index + 1)?.start
            } else {
                range(*index - 1)?.end..range(*index)?.end
            }));
        }
    }
    made.sort_by_key(|edit| edit.bytes.start);
    Some(made)
}

fn removed(bytes: Range<usize>) -> Edit {
    Edit {
        bytes: bytes.start as u64..bytes.end as u64,
        text: String::new(),
    }
}

/// Where a member is added or has its value, and its text.
fn member<'a>(
    locator: &Locator<'a>,
    object: Node<'a>,
    (key, value): (&str, &str),
    behind: &[&str],
) -> Option<(Range<usize>, String)> {
    let text = locator.text();
    let around = object.range_in(text)?;
    let found = locator.members(object)?;
    if let Some(own) = found.find(key) {
        return Some((own.value.range_in(text)?, value.to_owned()));
    }
    let members = found.all();
    let place = |name: &&str| members.iter().position(|member| member.key() == *name);
    let Some(place) = behind.iter().find_map(place) else {
        let Some(first) = members.first() else {
            return Some((
                around.start + 1..around.end - 1,
                format!("{}: {value}", spell(key)),
            ));
        };
        let (name, own) = (first.name.range_in(text)?, first.value.range_in(text)?);
        let space = text.get(around.start + 1..name.start)?;
        let colon = text.get(name.end..own.start)?;
        let added = format!("{}{colon}{value},{space}", spell(key));
        return Some((name.start..name.start, added));
    };
    let neighbour = &members[place];
    let (name, own) = (
        neighbour.name.range_in(text)?,
        neighbour.value.range_in(text)?,
    );
    let before = match place.checked_sub(1) {
        Some(before) => members[before].value.range_in(text)?.end,
        None => around.start + 1,
    };
    let space = text.get(before..name.start)?.replacen(',', "", 1);
    let colon = text.get(name.end..own.start)?;
    Some((
        own.end..own.end,
        format!(",{space}{}{colon}{value}", spell(key)),
    ))
}

/// A member under another key, or nothing in its place where its object has that key too.
fn renaming(
    locator: &Locator<'_>,
    pointer: &Pointer,
    key: &str,
    value: &str,
) -> Option<(Range<usize>, String)> {
    let text = locator.text();
    let members = locator.members(locator.node(&pointer.parent()?)?)?;
    if members.find(key).is_some() {
        return Some((removal(locator, pointer)?, String::new()));
    }
    let member = members.find(&pointer.last())?;
    let bytes = member.name.range_in(text)?.start..member.value.range_in(text)?.end;
    Some((bytes, format!("{}: {value}", spell(key))))
}

/// What goes with a value. Neighbours can be removed on their own: the first of a container
/// takes the comma after it along, every other the one before it.
fn removal(locator: &Locator<'_>, pointer: &Pointer) -> Option<Range<usize>> {
    let text = locator.text();
    let parent = locator.node(&pointer.parent()?)?;
    let around = parent.range_in(text)?;
    let (before, own, after) = if parent.kind() == Kind::Array {
        let index: usize = pointer.last().parse().ok()?;
        let item = |index: usize| locator.item(parent, index)?.range_in(text);
        let before = index.checked_sub(1).and_then(item);
        (before, item(index)?, item(index + 1))
    } else {
        let members = locator.members(parent)?;
        let member = |index: usize| {
            let member = members.all().get(index)?;
            Some(member.name.range_in(text)?.start..member.value.range_in(text)?.end)
        };
        let index = members.position(&pointer.last())?;
        let before = index.checked_sub(1).and_then(member);
        (before, member(index)?, member(index + 1))
    };
    Some(match (before, after) {
        (Some(before), _) => before.end..own.end,
        (None, Some(after)) => own.start..after.start,
        (None, None) => around.start + 1..around.end - 1,
    })
}

/// Where an item is added, and its text with the comma and the white space of its neighbours.
fn addition<'a>(
    locator: &Locator<'a>,
    array: Node<'a>,
    value: &str,
) -> Option<(Range<usize>, String)> {
    let text = locator.text();
    let around = array
        .range_in(text)
        .filter(|_| array.kind() == Kind::Array)?;
    let item = |index: usize| locator.item(array, index)?.range_in(text);
    let Some(last) = locator.len(array).checked_sub(1) else {
        return Some((around.start + 1..around.end - 1, value.to_owned()));
    };
    // The white space before an item is that of all items, as a rule.
    let before = last.checked_sub(1).and_then(item);
    let before = before.map_or(around.start + 1, |before| before.end);
    let last = item(last)?;
    let space = text
        .get(before..last.start)?
        .trim_start_matches([',', ' ', '\t', '\r', '\n']);
    let space = if space.is_empty() {
        text.get(before..last.start)?.replacen(',', "", 1)
    } else {
        String::new()
    };
    Some((last.end..last.end, format!(",{space}{value}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::patch::apply;

    fn changed(text: &str, pointer: &[&str], op: Op) -> String {
        let pointer = pointer.iter().fold(Pointer::root(), |pointer, token| {
            match token.parse::<usize>() {
                Ok(index) => pointer.item(index),
                Err(_) => pointer.key(token),
            }
        });
        let locator = Locator::new(text);
        let edit = edits(&locator, &Change { pointer, op }).expect("a change");
        let mut out = Vec::new();
        apply(0, text.as_bytes(), &[edit], &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn removal_takes_one_comma_along() {
        let text = r#"{ "a": [1, 2 , 3], "b" : null }"#;
        let removed = |pointer: &[&str]| changed(text, pointer, Op::Remove);
        assert_eq!(removed(&["a", "0"]), r#"{ "a": [2 , 3], "b" : null }"#);
        assert_eq!(removed(&["a", "1"]), r#"{ "a": [1 , 3], "b" : null }"#);
        assert_eq!(removed(&["a", "2"]), r#"{ "a": [1, 2], "b" : null }"#);
        assert_eq!(removed(&["a"]), r#"{ "b" : null }"#);
        assert_eq!(removed(&["b"]), r#"{ "a": [1, 2 , 3] }"#);
        assert_eq!(changed("[ 1 ]", &["0"], Op::Remove), "[]");
    }

    #[test]
    fn an_added_item_is_laid_out_as_its_neighbours() {
        let added = |text: &str| changed(text, &["a"], Op::Append("9".to_owned()));
        assert_eq!(added(r#"{"a":[]}"#), r#"{"a":[9]}"#);
        assert_eq!(added(r#"{"a": [ 1 ]}"#), r#"{"a": [ 1, 9 ]}"#);
        assert_eq!(
            added("{\"a\": [\n  1,\n  2\n]}"),
            "{\"a\": [\n  1,\n  2,\n  9\n]}"
        );
    }

    #[test]
    fn a_member_is_renamed_unless_that_would_make_two() {
        let rename = || Op::Rename("c".to_owned(), "[2]".to_owned());
        assert_eq!(
            changed(r#"{"a" :2,"b":1}"#, &["a"], rename()),
            r#"{"c": [2],"b":1}"#
        );
        assert_eq!(changed(r#"{"a" :2,"c":1}"#, &["a"], rename()), r#"{"c":1}"#);
    }

    #[test]
    fn any_items_of_an_array_go_together() {
        let text = "[ 0, 1,\n 2 , 3 ]";
        for gone in 0_u32..16 {
            let items: Vec<usize> = (0..4).filter(|item| gone & 1 << item != 0).collect();
            let remove = |item: &usize| Change {
                pointer: Pointer::root().item(*item),
                op: Op::Remove,
            };
            let changes: Vec<Change> = items.iter().map(remove).collect();
            let made = all(&Locator::new(text), &changes).expect("edits");
            let mut out = Vec::new();
            apply(0, text.as_bytes(), &made, &mut out);
            let left: Vec<usize> = serde_json::from_slice(&out).expect("JSON");
            let want: Vec<usize> = (0..4).filter(|item| !items.contains(item)).collect();
            assert_eq!(left, want, "{}", String::from_utf8_lossy(&out));
        }
    }

    #[test]
    fn a_member_is_laid_out_as_its_neighbours() {
        let add = |text: &str| {
            let op = Op::Member("c", "1".to_owned(), &["b", "a"]);
            changed(text, &[], op)
        };
        assert_eq!(add(r#"{"a":0}"#), r#"{"a":0,"c":1}"#);
        assert_eq!(
            add(r#"{ "a" : 0, "b" : 2, "x": 3 }"#),
            r#"{ "a" : 0, "b" : 2, "c" : 1, "x": 3 }"#
        );
        let pretty = "{\n  \"a\": 0,\n  \"x\": {}\n}";
        assert_eq!(add(pretty), "{\n  \"a\": 0,\n  \"c\": 1,\n  \"x\": {}\n}");
        assert_eq!(add(r#"{ "x": 0 }"#), r#"{ "c": 1, "x": 0 }"#);
        assert_eq!(add("{}"), r#"{"c": 1}"#);
        assert_eq!(add(r#"{"c":null,"a":0}"#), r#"{"c":1,"a":0}"#);
    }

    #[test]
    fn a_value_is_written_anew_in_place() {
        let set = changed(
            r#"{"a":[true , {"b": 1}]}"#,
            &["a", "1", "b"],
            Op::Set("\"x\"".into()),
        );
        assert_eq!(set, r#"{"a":[true , {"b": "x"}]}"#);
    }
}
