//! Reads the members of an object with care: whatever is wrong becomes a fact, and the rest is
//! read all the same.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::RangeInclusive;

use crate::diagnostics::{Issue, Located, quote};
use crate::json::{Integer, Kind, Member, Node, Pointer, integer};
use crate::text::misspelled;

/// An object that is being read.
pub(super) struct Fields<'a> {
    text: &'a str,
    node: Node<'a>,
    pointer: Pointer,
    members: Vec<Member<'a>>,
    /// Misspelled keys of required members, which have their fact already.
    misspelled: RefCell<Vec<Cow<'a, str>>>,
}

/// A value and where it stands.
#[derive(Clone)]
pub(super) struct Field<'a> {
    pub(super) node: Node<'a>,
    pub(super) pointer: Pointer,
}

impl<'a> Fields<'a> {
    /// Begins to read `node`, a value in `text`; `None`, with a fact, where it is no object.
    pub(super) fn new(text: &'a str, field: Field<'a>, issues: &mut Vec<Located>) -> Option<Self> {
        let Field { node, pointer } = field;
        if node.kind() != Kind::Object {
            wrong_type(text, &Field { node, pointer }, "an object", issues);
            return None;
        }
        Some(Self {
            text,
            members: node.members(),
            node,
            pointer,
            misspelled: RefCell::default(),
        })
    }

    /// The last member of that name, as it stands. `serde_json` takes the last one too.
    pub(super) fn find(&self, name: &str) -> Option<Field<'a>> {
        let members = self.members.iter().rev();
        let found = members.into_iter().find(|member| member.key() == name)?;
        Some(Field {
            node: found.value,
            pointer: self.pointer.key(name),
        })
    }

    /// The last key of that name, as it stands.
    pub(super) fn name(&self, name: &str) -> Option<Node<'a>> {
        let found = self
            .members
            .iter()
            .rev()
            .find(|member| member.key() == name)?;
        Some(found.name)
    }

    /// A required member; a fact where it is absent, about a key that was meant to be it where
    /// there is one. So it is asked for before [`Self::unknown`] and [`Self::others`].
    pub(super) fn required(
        &self,
        name: &'static str,
        issues: &mut Vec<Located>,
    ) -> Option<Field<'a>> {
        let found = self.find(name);
        if found.is_none() && !self.tell_misspelled(name, issues) {
            issues.push(Located {
                issue: Issue::MissingMember(name),
                pointer: self.pointer.clone(),
                bytes: self.node.range_in(self.text).unwrap_or_default(),
            });
        }
        found
    }

    /// Whether a key was meant to be the required member of that name, which is absent; a fact
    /// where one was.
    pub(super) fn tell_misspelled(&self, name: &'static str, issues: &mut Vec<Located>) -> bool {
        let meant = |member: &&Member<'a>| misspelled(&member.key(), [name].into_iter()).is_some();
        let Some(member) = self.members.iter().find(meant) else {
            return false;
        };
        let key = member.key();
        let issue = Issue::MisspelledMember {
            name: key.clone().into_owned(),
            meant: name,
            required: true,
        };
        issues.push(self.at_key(issue, member));
        self.misspelled.borrow_mut().push(key);
        true
    }

    /// An optional member; a fact where it is null, which is read as absent.
    pub(super) fn optional(&self, name: &str, issues: &mut Vec<Located>) -> Option<Field<'a>> {
        let found = self.find(name)?;
        if found.node.kind() == Kind::Null {
            let issue = Issue::NullMember(name.to_owned());
            issues.push(self.at(issue, &found));
            return None;
        }
        Some(found)
    }

    /// Notes the members that are none of `known`, and answers how many they are.
    pub(super) fn unknown(&self, known: &[&'static str], issues: &mut Vec<Located>) -> u64 {
        self.unknown_beside(known, &[], issues)
    }

    /// The same, where the user has named members beside those that are known.
    pub(super) fn unknown_beside(
        &self,
        known: &[&'static str],
        told: &[&str],
        issues: &mut Vec<Located>,
    ) -> u64 {
        self.others((known, told), issues, |_| None)
    }

    /// Counts the members that are none of `known`, in an object that may hold any others: only what
    /// was probably meant for one of `known`, which is absent, is noted.
    pub(super) fn pass(&self, known: &[&'static str], issues: &mut Vec<Located>) -> u64 {
        let mut noted = Vec::new();
        let count = self.others((known, &[]), &mut noted, |_| None);
        noted.retain(|found| !matches!(found.issue, Issue::UnknownMember(_)));
        issues.append(&mut noted);
        count
    }

    /// Whether the member of that name is absent and a key was meant to be it. Those of `others`
    /// mean something of their own.
    pub(super) fn meant(&self, name: &str, others: &[&str]) -> bool {
        let meant = |member: &Member<'a>| {
            let key = member.key();
            !others.contains(&&*key) && misspelled(&key, [name].into_iter()).is_some()
        };
        self.find(name).is_none() && self.members.iter().any(meant)
    }

    /// The members that are none of `known`: name and JSON text.
    pub(super) fn rest(&self, known: &[&str]) -> Vec<(String, &'a str)> {
        let members = self
            .members
            .iter()
            .map(|member| (member.key(), member.value.raw()));
        let rest = members.filter(|(key, _)| !known.contains(&&**key));
        rest.map(|(key, raw)| (key.into_owned(), raw)).collect()
    }

    /// Notes the members that are none of those that are known or that the user has named, as what
    /// `special` makes of them where it does, and answers how many they are. One that is nearly a
    /// known one, which is absent, is a misspelled one.
    pub(super) fn others(
        &self,
        (known, told): (&[&'static str], &[&str]),
        issues: &mut Vec<Located>,
        special: impl Fn(&str) -> Option<Issue>,
    ) -> u64 {
        let mut count = 0;
        // Looked up once, however many members there are.
        let absent = known.iter().filter(|name| self.find(name).is_none());
        let absent: Vec<&'static str> = absent.copied().collect();
        for member in &self.members {
            let key = member.key();
            if !known.contains(&&*key) && !told.contains(&&*key) {
                count += 1;
                if let Some(Err(_)) = member.name.string() {
                    // A key that is no text has a finding already.
                    continue;
                }
                if self.misspelled.borrow().contains(&key) {
                    continue;
                }
                if let Some(issue) = special(&key) {
                    let field = Field {
                        node: member.value,
                        pointer: self.pointer.key(&key),
                    };
                    issues.push(self.at(issue, &field));
                    continue;
                }
                let name = key.clone().into_owned();
                let issue = match misspelled(&key, absent.iter().copied()) {
                    Some(meant) => Issue::MisspelledMember {
                        name,
                        meant,
                        required: false,
                    },
                    None => Issue::UnknownMember(name),
                };
                issues.push(self.at_key(issue, member));
            }
        }
        count
    }

    /// A required string.
    pub(super) fn required_string(
        &self,
        name: &'static str,
        issues: &mut Vec<Located>,
    ) -> Option<Cow<'a, str>> {
        let field = self.required(name, issues)?;
        string(self.text, &field, issues)
    }

    /// An optional string.
    pub(super) fn optional_string(
        &self,
        name: &str,
        issues: &mut Vec<Located>,
    ) -> Option<Cow<'a, str>> {
        let field = self.optional(name, issues)?;
        string(self.text, &field, issues)
    }

    /// A required integer in `range`.
    pub(super) fn required_integer(
        &self,
        name: &'static str,
        range: &RangeInclusive<i64>,
        issues: &mut Vec<Located>,
    ) -> Option<i64> {
        let field = self.required(name, issues)?;
        self.integer(&field, range, issues)
    }

    /// The integer in `range` that a value is; a fact where it is none, or is spelled oddly.
    pub(super) fn integer(
        &self,
        field: &Field<'a>,
        range: &RangeInclusive<i64>,
        issues: &mut Vec<Located>,
    ) -> Option<i64> {
        Self::integer_of(self.text, field, range, issues)
    }

    /// The same of a value in `text` that is no member of an object.
    pub(super) fn integer_of(
        text: &str,
        field: &Field<'a>,
        range: &RangeInclusive<i64>,
        issues: &mut Vec<Located>,
    ) -> Option<i64> {
        let spelled = if field.node.kind() == Kind::Number {
            integer(field.node.raw())
        } else {
            Integer::Fraction
        };
        let (value, readable) = match spelled {
            Integer::Plain(value) if range.contains(&value) => return Some(value),
            Integer::Spelled(value) if range.contains(&value) => (Some(value), true),
            _ => (None, false),
        };
        let expected = if *range.end() == i64::from(i32::MAX) {
            "an integer of 32 bits"
        } else {
            "an integer"
        };
        let issue = Issue::WrongType {
            name: name_of(&field.pointer),
            expected,
            found: describe(field.node),
            readable,
        };
        issues.push(located(text, issue, field));
        value
    }

    /// The object itself.
    pub(super) const fn node(&self) -> Node<'a> {
        self.node
    }

    /// The object as it is spelled.
    pub(super) const fn raw(&self) -> &'a str {
        self.node.raw()
    }

    /// Where the object itself stands.
    pub(super) fn pointer(&self) -> &Pointer {
        &self.pointer
    }

    fn at(&self, issue: Issue, field: &Field<'a>) -> Located {
        located(self.text, issue, field)
    }

    /// A fact about the key of a member: it is the key that is wrong, and not the value.
    fn at_key(&self, issue: Issue, member: &Member<'a>) -> Located {
        Located {
            issue,
            pointer: self.pointer.key(&member.key()),
            bytes: member.name.range_in(self.text).unwrap_or_default(),
        }
    }
}

/// The items of an array; a fact, and nothing, where it is none.
pub(super) fn array<'a>(
    text: &str,
    field: &Field<'a>,
    issues: &mut Vec<Located>,
) -> Option<Vec<Field<'a>>> {
    if field.node.kind() != Kind::Array {
        wrong_type(text, field, "an array", issues);
        return None;
    }
    let items = field.node.items().into_iter().enumerate();
    Some(
        items
            .map(|(index, node)| Field {
                node,
                pointer: field.pointer.item(index),
            })
            .collect(),
    )
}

/// The text of a string; a fact, and nothing, where it is none. A lone surrogate is noted
/// elsewhere.
pub(super) fn string<'a>(
    text: &str,
    field: &Field<'a>,
    issues: &mut Vec<Located>,
) -> Option<Cow<'a, str>> {
    if let Some(string) = field.node.string() {
        string.ok()
    } else {
        wrong_type(text, field, "a string", issues);
        None
    }
}

/// Whether a value has the type that `expected` describes; a fact where it does not.
pub(super) fn expect(
    text: &str,
    field: &Field<'_>,
    kind: Kind,
    expected: &'static str,
    issues: &mut Vec<Located>,
) -> bool {
    let fits = field.node.kind() == kind;
    if !fits {
        wrong_type(text, field, expected, issues);
    }
    fits
}

pub(super) fn wrong_type(
    text: &str,
    field: &Field<'_>,
    expected: &'static str,
    issues: &mut Vec<Located>,
) {
    let issue = Issue::WrongType {
        name: name_of(&field.pointer),
        expected,
        found: describe(field.node),
        readable: false,
    };
    issues.push(located(text, issue, field));
}

/// The fact that a value has another type and can be read all the same.
pub(super) fn readable(field: &Field<'_>, expected: &'static str) -> Issue {
    Issue::WrongType {
        name: name_of(&field.pointer),
        expected,
        found: describe(field.node),
        readable: true,
    }
}

pub(super) fn located(text: &str, issue: Issue, field: &Field<'_>) -> Located {
    Located {
        issue,
        pointer: field.pointer.clone(),
        bytes: field.node.range_in(text).unwrap_or_default(),
    }
}

/// What a pointer leads to: a member, an item of an array, or the record itself.
fn name_of(pointer: &Pointer) -> String {
    let tokens: Vec<String> = pointer.tokens().collect();
    let is_index = |token: &str| token.bytes().all(|byte| byte.is_ascii_digit());
    match tokens.as_slice() {
        [.., name, array, item] if is_index(item) && is_index(array) => {
            format!("item {item} of item {array} of {}", quote(name))
        }
        [.., array, item] if is_index(item) => format!("item {item} of {}", quote(array)),
        [.., member] => quote(member),
        [] => "the record".to_owned(),
    }
}

/// `the string "12"`, `null`, `an object`
fn describe(node: Node<'_>) -> String {
    let value = || quote(node.raw());
    match node.kind() {
        Kind::String => format!("the string {}", value()),
        Kind::Number => format!("the number {}", value()),
        Kind::Bool => format!("the boolean {}", value()),
        kind => kind.to_string(),
    }
}
