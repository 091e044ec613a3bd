//! The annotations of a task, and which of them is read.

use super::issues::ACCOUNT;
use super::wire::{ANNOTATIONS, RegionType};
use crate::diagnostics::{Issue, Located};
use crate::formats::fields::{Field, Fields, located};
use crate::json::{Kind, Node};

/// An annotation that was not cancelled.
pub(super) struct Live<'a> {
    fields: Fields<'a>,
    /// Its regions, where they are there.
    pub(super) result: Option<Field<'a>>,
}

/// Which annotation is read.
pub(super) enum Chosen<'a> {
    /// There is none.
    None,
    /// This one; and how many others there are.
    One(Live<'a>, u64),
    /// It is not told.
    Open(Issue),
    /// There is no list of them.
    Unreadable,
}

impl<'a> Live<'a> {
    /// Those of a list.
    pub(super) fn of(
        whole: &'a str,
        items: Vec<Field<'a>>,
        issues: &mut Vec<Located>,
    ) -> Vec<Self> {
        let mut live = Vec::new();
        for item in items {
            let Some(fields) = Fields::new(whole, item, issues) else {
                continue;
            };
            let account = fields.find("completed_by");
            if let Some(account) = account.filter(|field| field.node.kind() != Kind::Null) {
                issues.push(located(whole, ACCOUNT, &account));
            }
            let cancelled = fields.find("was_cancelled");
            if cancelled.is_some_and(|field| field.node.raw() == "true") {
                continue;
            }
            let result = fields.required("result", issues);
            live.push(Self { fields, result });
        }
        live
    }

    /// Its members of these names that are not null, as JSON text.
    pub(super) fn columns(&self, names: &[&'static str]) -> Vec<(&'static str, &'a str)> {
        columns(&self.fields, names)
    }

    /// How many others it has.
    pub(super) fn bookkeeping(&self) -> u64 {
        let others = self.fields.rest(&super::wire::COLUMNS);
        others.len() as u64 - u64::from(self.result.is_some())
    }

    /// Whether a person made it, by id or e-mail address.
    fn is_by(&self, person: &str) -> bool {
        let by = self.fields.find("completed_by");
        by.is_some_and(|by| is_person(by.node, person))
    }

    /// When it was changed last, as the file has it: ISO 8601, which sorts as text.
    fn changed(&self) -> Option<String> {
        let at = self.fields.find("updated_at");
        let at = at.and_then(|at| at.node.string()?.ok());
        at.map(std::borrow::Cow::into_owned)
    }
}

/// The first region of something else than a text, wherever in a task it stands: what of, and where.
pub(super) fn media<'a>(task: &Fields<'a>) -> Option<(&'static str, Field<'a>)> {
    let lists = ANNOTATIONS.into_iter().chain(["predictions"]);
    for list in lists.filter_map(|name| task.find(name)) {
        for (number, annotation) in list.node.items().into_iter().enumerate() {
            let members = annotation.members();
            let Some(result) = members.iter().rfind(|member| member.key() == "result") else {
                continue;
            };
            for (index, region) in result.value.items().into_iter().enumerate() {
                let members = region.members();
                let kind = members.iter().rfind(|member| member.key() == "type");
                let kind = kind.and_then(|kind| kind.value.string()?.ok());
                if let Some(RegionType::Media(what)) = kind.as_deref().map(RegionType::of) {
                    let pointer = list.pointer.item(number).key("result").item(index);
                    let node = region;
                    return Some((what, Field { node, pointer }));
                }
            }
        }
    }
    None
}

/// The members of these names that are not null, as JSON text.
pub(super) fn columns<'a>(
    fields: &Fields<'a>,
    names: &[&'static str],
) -> Vec<(&'static str, &'a str)> {
    let found = names
        .iter()
        .filter_map(|name| Some((*name, fields.find(name)?.node.raw())));
    found.filter(|(_, raw)| *raw != "null").collect()
}

/// Whether a value names a person: a number, a string, or an object with `id` and `email`.
pub(super) fn is_person(node: Node<'_>, person: &str) -> bool {
    match node.kind() {
        Kind::Number => node.raw() == person,
        Kind::String => {
            let name = node.string().and_then(Result::ok);
            name.is_some_and(|name| name.eq_ignore_ascii_case(person))
        }
        Kind::Object => {
            let is = |name: &str| matches!(name, "id" | "email" | "username");
            let mut members = node.members().into_iter();
            members.any(|member| {
                let is_plain = matches!(member.value.kind(), Kind::Number | Kind::String);
                is(&member.key()) && is_plain && is_person(member.value, person)
            })
        }
        Kind::Null | Kind::Bool | Kind::Array => false,
    }
}

/// Says which annotation is read: the only one, or that of the person whom the user names. Of
/// several by that person the one that was changed last is read.
pub(super) fn choose<'a>(mut live: Vec<Live<'a>>, person: Option<&str>) -> Chosen<'a> {
    let count = live.len() as u64;
    if count < 2 {
        return live.pop().map_or(Chosen::None, |one| Chosen::One(one, 0));
    }
    let open = |told| {
        let annotations = count;
        Chosen::Open(Issue::SeveralAnnotators { annotations, told })
    };
    let Some(person) = person else {
        return open(false);
    };
    live.retain(|one| one.is_by(person));
    let newest = live.iter().map(Live::changed).max().flatten();
    if live.len() > 1 {
        // Two that were changed at one time are not told apart, nor are those without a time.
        live.retain(|one| newest.is_some() && one.changed() == newest);
    }
    match (live.pop(), live.is_empty()) {
        (Some(one), true) => Chosen::One(one, count - 1),
        _ => open(true),
    }
}
