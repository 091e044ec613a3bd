//! What records have in common that are objects with the text of their document in them: which
//! member is the text, which the name, and what the document is read into.

use std::borrow::Cow;

use super::fields::{Field, Fields, located, string};
use super::names::address;
use super::sets;
use super::{Context, Record};
use crate::diagnostics::{FixAction, Issue, Located, quote};
use crate::json::change::{Change, Op};
use crate::json::{Kind, Node, Pointer, spell};
use crate::model::{
    Address, At, Body, Class, Document, Extras, Kind as ProjectKind, Labels, Notation, Split,
};

/// Members that a document's name stands in, the first that is there.
pub(super) const NAMES: [&str; 5] = ["name", "file", "filename", "location", "id"];

/// Members that a document's set stands in.
pub(super) const SETS: [&str; 2] = ["dataset", "split"];

/// The member of the language.
pub(super) const LANGUAGE: &str = "language";

/// A document, but for its labels.
pub(super) struct Frame<'a> {
    pub(super) address: Address<'a>,
    pub(super) text: Cow<'a, str>,
    pub(super) language: Option<Cow<'a, str>>,
    pub(super) split: Option<Split<'a>>,
    /// How many members there are that a name, a set or a language could stand in, and does not.
    pub(super) unused: u64,
}

/// The member of the text: the one that the user names, or the first of `keys` that is there.
pub(super) fn text_of<'a>(
    line: &Fields<'a>,
    told: Option<&str>,
    keys: &[&str],
) -> Option<Field<'a>> {
    match told {
        Some(key) => line.find(key),
        None => keys.iter().find_map(|key| line.find(key)),
    }
}

/// The member of the name, if it is one: the one that the user names, or the first that there is of
/// those that are usual.
pub(super) fn name_of<'a>(line: &Fields<'a>, told: Option<&str>) -> Option<Field<'a>> {
    let is_name = |field: &Field<'_>| !name(field.node).trim().is_empty();
    match told {
        Some(key) => line.find(key).filter(is_name),
        None => NAMES.iter().find_map(|key| line.find(key).filter(is_name)),
    }
}

/// The name that a value is: a string, or an integer as it is spelled; blank for any other.
pub(super) fn name(node: Node<'_>) -> Cow<'_, str> {
    match node.kind() {
        Kind::String => node.string().and_then(Result::ok).unwrap_or_default(),
        Kind::Number if node.raw().bytes().all(|byte| byte.is_ascii_digit()) => node.raw().into(),
        _ => Cow::Borrowed(""),
    }
}

/// Reads all of a record but for its labels. Without a text there is no document: a fact says why.
pub(super) fn frame<'a>(
    line: &Fields<'a>,
    record: &Record<'a>,
    context: &Context<'_>,
    keys: &[&'static str],
    issues: &mut Vec<Located>,
) -> Option<Frame<'a>> {
    let told = context.told;
    let Some(field) = text_of(line, told.text_key.as_deref(), keys) else {
        missing_text(line, record, context, issues);
        return None;
    };
    let text = string(record.text, &field, issues)?;
    Some(Frame {
        text,
        ..heading(line, record, context, issues)
    })
}

/// The same without the text, which is empty.
pub(super) fn heading<'a>(
    line: &Fields<'a>,
    record: &Record<'a>,
    context: &Context<'_>,
    issues: &mut Vec<Located>,
) -> Frame<'a> {
    let told = context.told;
    let called = name_of(line, told.name_key.as_deref());
    let key = called.as_ref().map(|field| field.pointer.last());
    let is_used = |name: &&&str| key.as_deref() == Some(**name);
    let there = |name: &&&str| {
        line.find(name)
            .is_some_and(|it| it.node.kind() != Kind::Null)
    };
    let mut unused = NAMES
        .iter()
        .filter(there)
        .filter(|name| !is_used(name))
        .count() as u64;
    let mut split = None;
    for name in SETS.iter().filter(there) {
        let value = line.find(name).and_then(|field| field.node.string()?.ok());
        let set = value
            .as_deref()
            .and_then(|word| sets::called(word.trim()))
            .filter(|_| split.is_none());
        match set {
            Some(set) => split = Some(set),
            None => unused += 1,
        }
    }
    let language = line.find(LANGUAGE);
    let language = language.filter(|field| field.node.kind() != Kind::Null);
    let language = language.and_then(|field| string(record.text, &field, issues));
    let name = called.map_or(Cow::Borrowed(""), |field| name(field.node));
    Frame {
        address: address(name, record.in_file.1, context.stem(record)),
        text: Cow::Borrowed(""),
        language: language.filter(|language| !language.trim().is_empty()),
        split,
        unused,
    }
}

fn missing_text(
    line: &Fields<'_>,
    record: &Record<'_>,
    context: &Context<'_>,
    issues: &mut Vec<Located>,
) {
    let Some(key) = &context.told.text_key else {
        line.required("text", issues);
        return;
    };
    let issue = Issue::WrongType {
        name: quote(key),
        expected: "a string, as `--text-key` says",
        found: "no such member".to_owned(),
        readable: false,
    };
    if let Ok(node) = Node::parse(line.raw()) {
        let pointer = line.pointer().clone();
        issues.push(located(record.text, issue, &Field { node, pointer }));
    }
}

/// What to change in a record for what is no matter of how a span is spelled. `pointer` says where a
/// place stands in it.
pub(super) fn changes(action: &FixAction, pointer: impl Fn(At) -> Pointer) -> Vec<Change> {
    let change = |pointer, op| vec![Change { pointer, op }];
    match action {
        FixAction::Rename(at @ At::Class(_), name) => change(pointer(*at), Op::Set(spell(name))),
        FixAction::Remove(at @ (At::Label(_) | At::Class(_))) => {
            let place = pointer(*at);
            // A class that stands in no list has a member of its own, which stays.
            let is_item = place.tokens().count() > 1;
            change(
                place,
                if is_item {
                    Op::Remove
                } else {
                    Op::Set("null".to_owned())
                },
            )
        }
        FixAction::Split(set) => {
            let is_there = |name: &&&str| pointer(At::Split).last() == **name;
            let name = SETS.iter().find(is_there).copied().unwrap_or(SETS[0]);
            change(
                Pointer::root(),
                Op::Member(name, spell(set), &["name", "label"]),
            )
        }
        _ => Vec::new(),
    }
}

impl<'a> Frame<'a> {
    /// The document, with its labels.
    pub(super) fn document(
        self,
        record: &Record<'a>,
        labels: Labels<'a>,
        extras: Extras<'a>,
        unreadable: u64,
    ) -> Document<'a> {
        Document {
            index: record.index,
            start: record.start,
            source: record.text,
            address: self.address,
            body: Body::Inline(self.text),
            language: self.language,
            split: self.split,
            labels,
            notation: Notation::Plain,
            extras,
            unreadable,
        }
    }
}

/// The name of a label that is a number, among those that the user gives. A fact where it has none.
pub(super) fn numbered<'a>(
    text: &str,
    field: &Field<'a>,
    context: &Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<Cow<'a, str>> {
    let names = context.told.label_names.as_deref();
    let number = field.node.raw().parse::<usize>().ok();
    let name = number.and_then(|number| names?.get(number));
    if name.is_none() {
        let issue = Issue::LabelsAreNumbers {
            value: field.node.raw().to_owned(),
            names: names.map(|names| names.len() as u64),
        };
        issues.push(located(text, issue, field));
    }
    name.map(|name| Cow::Owned(name.clone()))
}

/// Classes as a project of that kind has them; `several` tells that the record has more than one.
pub(super) fn classes_of(
    kind: Option<ProjectKind>,
    mut classes: Vec<Class<'_>>,
    several: bool,
) -> Labels<'_> {
    if several || kind == Some(ProjectKind::MultiLabelClassification) {
        Labels::classes(classes)
    } else {
        Labels::class(classes.pop())
    }
}

/// Where the spans of a record stand, and its classes. It is found out once for all places of a record.
pub(super) struct Lists {
    pub(super) spans: Option<List>,
    pub(super) classes: Option<List>,
    /// Whether its labels are tags of tokens.
    pub(super) is_tagged: bool,
}

/// A member with labels.
pub(super) struct List {
    pointer: Pointer,
    is_array: bool,
}

impl List {
    pub(super) fn of(field: Field<'_>) -> Self {
        Self {
            is_array: field.node.kind() == Kind::Array,
            pointer: field.pointer,
        }
    }

    fn item(&self, index: usize) -> Pointer {
        if self.is_array {
            self.pointer.item(index)
        } else {
            self.pointer.clone()
        }
    }
}

impl Lists {
    /// The pointer from the root of a record to a label, which is a span or a class; to the root for any other place.
    pub(super) fn pointer(&self, document: &Document<'_>, at: At) -> Pointer {
        let found = match at {
            At::Label(label) => {
                let index = document.spans().get(label).map_or(0, |label| label.index);
                self.spans.as_ref().map(|list| list.item(index))
            }
            At::Class(class) => {
                let index = document.classes().get(class).map_or(0, |class| class.index);
                self.classes.as_ref().map(|list| list.item(index))
            }
            _ => None,
        };
        found.unwrap_or_else(Pointer::root)
    }
}

/// The pointer from the root of a record to what there is one of in it: its name, its set, its language.
pub(super) fn sole_pointer(line: &Fields<'_>, at: At) -> Pointer {
    let found = match at {
        At::Address => name_of(line, None),
        At::Split => SETS.iter().find_map(|name| line.find(name)),
        At::Language => line.find(LANGUAGE),
        _ => None,
    };
    found.map_or_else(Pointer::root, |field| field.pointer)
}

/// No labels, as the other records have them.
pub(super) fn no_labels<'a>(kind: Option<ProjectKind>) -> Labels<'a> {
    match kind {
        Some(ProjectKind::MultiLabelClassification) => Labels::classes(Vec::new()),
        Some(ProjectKind::SingleLabelClassification) => Labels::class(None),
        _ => Labels::entities(Vec::new(), None),
    }
}
