//! From JSON Pointers to bytes, for what is reported.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::{Kind, Node, Pointer};

/// Finds values of one text by their pointers. Each container on the way is opened once, so many
/// pointers into one large record cost little more than one.
#[derive(Debug)]
pub struct Locator<'a> {
    text: &'a str,
    /// The containers that were opened, by their first byte.
    opened: RefCell<HashMap<usize, Rc<Children<'a>>>>,
}

/// What stands in a container.
#[derive(Debug)]
enum Children<'a> {
    Items(Vec<Node<'a>>),
    /// The last value of each key: where an object holds a key twice, `serde_json` takes the
    /// last one too.
    Members(HashMap<String, Node<'a>>),
}

impl<'a> Locator<'a> {
    /// A locator in `text`, one JSON value and white space.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            opened: RefCell::default(),
        }
    }

    /// The text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The bytes of the value that `pointer` names; `None` where there is none.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Option<Range<usize>> {
        self.node(pointer)?.range_in(self.text)
    }

    /// The value that `pointer` names; `None` where there is none.
    #[must_use]
    pub fn node(&self, pointer: &Pointer) -> Option<Node<'a>> {
        let trimmed = self.text.trim_ascii();
        let mut node = self.root(trimmed)?;
        for token in pointer.tokens() {
            node = match &*self.open(node)? {
                Children::Items(items) => *items.get(token.parse::<usize>().ok()?)?,
                Children::Members(members) => *members.get(&token)?,
            };
        }
        Some(node)
    }

    /// How many items an array of the text has; 0 for anything else.
    #[must_use]
    pub fn len(&self, array: Node<'a>) -> usize {
        match self.open(array).as_deref() {
            Some(Children::Items(items)) => items.len(),
            _ => 0,
        }
    }

    /// An item of an array of the text.
    #[must_use]
    pub fn item(&self, array: Node<'a>, index: usize) -> Option<Node<'a>> {
        match &*self.open(array)? {
            Children::Items(items) => items.get(index).copied(),
            Children::Members(_) => None,
        }
    }

    /// The value as a whole. Only its first use proves that it is JSON.
    fn root(&self, trimmed: &'a str) -> Option<Node<'a>> {
        const ROOT: usize = usize::MAX;
        if let Some(Children::Items(items)) = self.opened.borrow().get(&ROOT).map(|root| &**root) {
            return items.first().copied();
        }
        let root = Node::parse(trimmed).ok()?;
        let children = Rc::new(Children::Items(vec![root]));
        self.opened.borrow_mut().insert(ROOT, children);
        Some(root)
    }

    fn open(&self, node: Node<'a>) -> Option<Rc<Children<'a>>> {
        let start = node.range_in(self.text)?.start;
        if let Some(known) = self.opened.borrow().get(&start) {
            return Some(Rc::clone(known));
        }
        let children = Rc::new(if node.kind() == Kind::Array {
            Children::Items(node.items())
        } else {
            let members = node.members().into_iter();
            Children::Members(
                members
                    .map(|member| (member.key().into_owned(), member.value))
                    .collect(),
            )
        });
        self.opened.borrow_mut().insert(start, Rc::clone(&children));
        Some(children)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_objects_and_arrays() {
        let text = r#" {"a": [1, {"b/c": "é"}], "a": [2, {"b/c": "é"}]}"#;
        let locator = Locator::new(text);
        let at = |pointer| locator.locate(&pointer).map(|range| &text[range]);
        let a = Pointer::root().key("a");
        assert_eq!(at(a.item(0)), Some("2"), "the last of two members counts");
        assert_eq!(at(a.item(1).key("b/c")), Some("\"é\""));
        assert_eq!(at(a.item(2)), None);
        assert_eq!(at(a.item(0).key("x")), None);
        assert_eq!(at(Pointer::root()), Some(text.trim()));
    }
}
