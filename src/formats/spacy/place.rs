//! Which member of a record holds its labels, and where each of them stands.

use std::collections::HashMap;
use std::rc::Rc;

use crate::json::{Kind, Locator, Node, Pointer};
use crate::model::{At, Document};

/// The member that holds the labels of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// `spans`, an array: Prodigy's.
    Spans,
    /// `ents`, an array: of `Doc.to_json`.
    Ents,
    /// An array in `spans`, an object: a group of spans of `Doc.to_json`, by its key.
    Group(String),
    /// `label`, a string.
    Label,
    /// `accept`, an array of the options that were chosen.
    Accept,
    /// `cats`, an object with a number for each class.
    Cats,
}

impl Holder {
    /// The holder of a record's labels, if it has one.
    pub(super) fn of(record: Node<'_>) -> Option<Self> {
        let members = record.members();
        let find = |name: &str| {
            let found = members.iter().rev().find(|member| member.key() == name);
            found.map(|member| member.value)
        };
        let of_kind = |name: &str, kind: Kind| find(name).filter(|value| value.kind() == kind);
        let has_cats = of_kind("cats", Kind::Object).filter(|cats| !cats.members().is_empty());
        if find("accept").is_some_and(|value| value.kind() != Kind::Null) {
            return Some(Self::Accept);
        }
        if find("label").is_some_and(|value| value.kind() != Kind::Null) {
            return Some(Self::Label);
        }
        let ents = find("ents").filter(|value| value.kind() != Kind::Null);
        let is_empty = |ents: Node<'_>| ents.kind() == Kind::Array && ents.items().is_empty();
        let groups = of_kind("spans", Kind::Object).map(Node::members);
        let groups = groups.unwrap_or_default();
        let mut filled = groups.iter().filter(|group| !is_empty(group.value));
        if ents.is_none_or(is_empty) {
            if has_cats.is_some() {
                return Some(Self::Cats);
            }
            if let (Some(group), None) = (filled.next(), filled.next()) {
                return Some(Self::Group(group.key().into_owned()));
            }
        }
        if ents.is_some() {
            return Some(Self::Ents);
        }
        let spans = find("spans").filter(|value| value.kind() != Kind::Null);
        spans.map(|_| Self::Spans)
    }

    /// Where it stands in the record.
    pub(super) fn pointer(&self) -> Pointer {
        let root = Pointer::root();
        match self {
            Self::Spans => root.key("spans"),
            Self::Ents => root.key("ents"),
            Self::Group(key) => root.key("spans").key(key),
            Self::Label => root.key("label"),
            Self::Accept => root.key("accept"),
            Self::Cats => root.key("cats"),
        }
    }
}

/// What places of a record are found by.
struct Places {
    holder: Option<Holder>,
    /// Where the options stand that may be chosen, by their names.
    options: HashMap<String, usize>,
}

impl Places {
    fn of(locator: &Locator<'_>) -> Rc<Self> {
        locator.once(|| {
            let holder = locator.node(&Pointer::root()).and_then(Holder::of);
            let is_choice = holder == Some(Holder::Accept);
            let options = locator.node(&Pointer::root().key("options"));
            let options = options.filter(|_| is_choice).map(Node::items);
            let name = |option: &Node<'_>| {
                let members = option.members();
                let id = members.iter().rfind(|member| member.key() == "id")?;
                Some(id.value.string()?.ok()?.into_owned())
            };
            let options = options.iter().flatten().enumerate();
            let options = options.filter_map(|(index, option)| Some((name(option)?, index)));
            let options = options.collect();
            Self { holder, options }
        })
    }
}

/// The member that holds the labels of a record.
pub(super) fn holder(locator: &Locator<'_>) -> Option<Holder> {
    Places::of(locator).holder.clone()
}

/// Where the name of an option stands that may be chosen.
pub(super) fn option(locator: &Locator<'_>, name: &str) -> Option<Pointer> {
    let places = Places::of(locator);
    let index = places.options.get(name)?;
    Some(Pointer::root().key("options").item(*index).key("id"))
}

/// The pointer from the root of a record to a place in it.
pub(super) fn pointer(document: &Document<'_>, locator: &Locator<'_>, at: At) -> Pointer {
    let root = Pointer::root();
    let holder = || holder(locator);
    let has = |names: &[&str]| {
        let pointer = names.iter().fold(Pointer::root(), |at, name| at.key(name));
        locator.node(&pointer).map(|_| pointer)
    };
    match at {
        At::Document | At::Language | At::Region(_) | At::Summary => root,
        At::Address => has(&["meta", "file"])
            .or_else(|| has(&["meta", "name"]))
            .or_else(|| has(&["file"]))
            .unwrap_or(root),
        At::Split => has(&["meta", super::wire::DATASET]).unwrap_or(root),
        At::Label(label) => {
            let index = document.spans().get(label).map_or(0, |label| label.index);
            holder().map_or(root, |holder| holder.pointer().item(index))
        }
        At::Class(class) => {
            let index = document.classes().get(class).map_or(0, |class| class.index);
            match holder() {
                Some(Holder::Accept) => Holder::Accept.pointer().item(index),
                Some(Holder::Cats) => {
                    let name = document.classes().get(class).map(|class| &*class.category);
                    Holder::Cats.pointer().key(name.unwrap_or_default())
                }
                Some(holder) => holder.pointer(),
                None => root,
            }
        }
    }
}
