//! From JSON Pointers to bytes, for what is reported.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::{Kind, Member, Node, Pointer};

/// Finds values of one text by their pointers. Each container on the way is opened once, so many
/// pointers into one large record cost little more than one.
#[derive(Debug)]
pub struct Locator<'a> {
    text: &'a str,
    /// The containers that were opened, by their first byte.
    opened: RefCell<HashMap<usize, Rc<Children<'a>>>>,
    /// What its format has found out of it as a whole.
    found: RefCell<Option<Rc<dyn Any>>>,
}

/// What stands in a container.
#[derive(Debug)]
enum Children<'a> {
    Items(Vec<Node<'a>>),
    Members(Rc<Members<'a>>),
}

/// The members of an object, with what finds them by their keys.
#[derive(Debug)]
pub struct Members<'a> {
    all: Vec<Member<'a>>,
    /// The last place of each key: where an object holds a key twice, `serde_json` takes the last
    /// one too.
    last: HashMap<String, usize>,
}

impl<'a> Members<'a> {
    fn new(all: Vec<Member<'a>>) -> Self {
        let mut last = HashMap::with_capacity(all.len());
        for (place, member) in all.iter().enumerate() {
            last.insert(member.key().into_owned(), place);
        }
        Self { all, last }
    }

    /// All of them, in their order.
    #[must_use]
    pub fn all(&self) -> &[Member<'a>] {
        &self.all
    }

    /// The place of the member of that key, of the last one where there are several.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        self.last.get(key).copied()
    }

    /// The member of that key, the last one where there are several.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Member<'a>> {
        self.all.get(self.position(key)?)
    }
}

impl<'a> Locator<'a> {
    /// A locator in `text`, one JSON value and white space.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            opened: RefCell::default(),
            found: RefCell::default(),
        }
    }

    /// What a format finds out of the text as a whole, to tell where each place of it is. It is looked for
    /// once, however many places there are. A text has one format, so one thing is kept.
    pub fn once<T: 'static>(&self, find: impl FnOnce() -> T) -> Rc<T> {
        let known = self.found.borrow().clone();
        if let Some(found) = known.and_then(|known| known.downcast().ok()) {
            return found;
        }
        let found = Rc::new(find());
        *self.found.borrow_mut() = Some(Rc::clone(&found) as Rc<dyn Any>);
        found
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
                Children::Members(members) => members.find(&token)?.value,
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

    /// The members of an object of the text; `None` of anything else.
    #[must_use]
    pub fn members(&self, object: Node<'a>) -> Option<Rc<Members<'a>>> {
        match &*self.open(object)? {
            Children::Members(members) if object.kind() == Kind::Object => Some(Rc::clone(members)),
            _ => None,
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
            Children::Members(Rc::new(Members::new(node.members())))
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

    #[test]
    fn what_is_found_out_of_a_text_is_looked_for_once() {
        let locator = Locator::new("[]");
        assert_eq!(*locator.once(|| 1), 1);
        assert_eq!(*locator.once(|| -> i32 { panic!("again") }), 1);
    }
}
