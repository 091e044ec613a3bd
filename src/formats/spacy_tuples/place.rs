//! Which member of the annotations holds the labels, and where each of them stands.

use crate::json::{Kind, Locator, Node, Pointer};
use crate::model::{At, Document};

/// The member that holds the labels of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// `entities`
    Entities,
    /// A group of spans, by its key.
    Group(String),
    /// `cats`
    Cats,
}

/// The annotations of a pair.
pub(super) fn annotations(pair: Node<'_>) -> Option<Node<'_>> {
    pair.items().into_iter().nth(1)
}

impl Holder {
    /// The holder of the labels in annotations, if there are any.
    pub(super) fn of(annotations: Node<'_>) -> Option<Self> {
        let members = annotations.members();
        let find = |name: &str| {
            let found = members.iter().rev().find(|member| member.key() == name)?;
            (found.value.kind() != Kind::Null).then_some(found.value)
        };
        let is_empty = |value: Node<'_>| match value.kind() {
            Kind::Array => value.items().is_empty(),
            Kind::Object => value.members().is_empty(),
            _ => false,
        };
        let entities = find("entities");
        if entities.is_some_and(|entities| !is_empty(entities)) {
            return Some(Self::Entities);
        }
        if find("cats").is_some_and(|cats| !is_empty(cats)) {
            return Some(Self::Cats);
        }
        let groups = find("spans").map(Node::members).unwrap_or_default();
        let mut filled = groups.iter().filter(|group| !is_empty(group.value));
        if let (Some(group), None) = (filled.next(), filled.next()) {
            return Some(Self::Group(group.key().into_owned()));
        }
        if entities.is_some() {
            return Some(Self::Entities);
        }
        find("cats").map(|_| Self::Cats)
    }

    /// Where it stands in the pair.
    pub(super) fn pointer(&self) -> Pointer {
        let annotations = Pointer::root().item(1);
        match self {
            Self::Entities => annotations.key("entities"),
            Self::Group(key) => annotations.key("spans").key(key),
            Self::Cats => annotations.key("cats"),
        }
    }

    /// The member of the annotations that it is, or is in.
    pub(super) const fn member(&self) -> &'static str {
        match self {
            Self::Entities => "entities",
            Self::Group(_) => "spans",
            Self::Cats => "cats",
        }
    }
}

/// The pointer from the root of a pair to a place in it.
pub(super) fn pointer(document: &Document<'_>, locator: &Locator<'_>, at: At) -> Pointer {
    let root = Pointer::root();
    let holder = locator.once(|| locator.node(&root.item(1)).and_then(Holder::of));
    match (at, &*holder) {
        (At::Label(label), Some(holder)) => {
            let index = document.spans().get(label).map_or(0, |label| label.index);
            holder.pointer().item(index)
        }
        (At::Class(class), Some(holder)) => {
            let name = document.classes().get(class).map(|class| &*class.category);
            holder.pointer().key(name.unwrap_or_default())
        }
        _ => root,
    }
}
