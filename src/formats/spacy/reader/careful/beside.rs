//! What a record holds beside its text and its labels.

use std::borrow::Cow;

use super::Reader;
use crate::formats::fields::Fields;
use crate::formats::sets;
use crate::formats::spacy::place::Holder;
use crate::formats::spacy::wire::{COLUMNS, DATASET, MEMBERS, NAMES, RELATIONS};
use crate::json::{Kind as JsonKind, Node};
use crate::model::{Foreign, Split};

impl<'a> Reader<'a, '_> {
    /// The name and the set that `meta` gives, or the record itself.
    pub(super) fn meta(&mut self, line: &Fields<'a>) -> (Option<Cow<'a, str>>, Option<Split<'a>>) {
        let (mut name, mut split) = (None, None);
        if let Some(field) = line.optional("meta", &mut self.issues) {
            // It is free: whatever it is, it is kept or counted.
            let members = field.node.members();
            let string = |name: &str| {
                let member = members.iter().rev().find(|member| member.key() == name)?;
                member.value.string()?.ok()
            };
            let used = NAMES.0.iter().find(|name| string(name).is_some());
            name = used.and_then(|name| string(name));
            split = string(DATASET).map(set);
            let is_used = |key: &str| used.is_some_and(|used| *used == key) || key == DATASET;
            let others = members.iter().filter(|member| !is_used(&member.key()));
            self.extras.unknown += others.count() as u64;
        }
        let own = line
            .find(NAMES.1)
            .and_then(|field| field.node.string()?.ok());
        (name.or(own), split)
    }

    /// The name by the member that the user names, in the record or in its `meta`.
    pub(super) fn told_name(line: &Fields<'a>, key: &str) -> Option<Cow<'a, str>> {
        let in_meta = || {
            let members = line.find("meta")?.node.members();
            let found = members
                .into_iter()
                .rev()
                .find(|member| member.key() == key)?;
            Some(found.value)
        };
        let value = line.find(key).map(|field| field.node).or_else(in_meta)?;
        match value.kind() {
            JsonKind::String => value.string()?.ok(),
            JsonKind::Number => Some(value.raw().into()),
            _ => None,
        }
    }

    /// Counts what no other format has a place for.
    pub(super) fn others(&mut self, line: &Fields<'a>, holder: Option<&Holder>) {
        self.extras.unknown += line.pass(&MEMBERS, &mut self.issues);
        for name in COLUMNS {
            if let Some(field) = line.find(name) {
                self.extras.columns.push((name, field.node.raw()));
                self.extras.unknown -= 1;
            }
        }
        let told = &self.context.told;
        let used = [told.text_key.as_deref(), Some(NAMES.1)];
        let used = used.into_iter().flatten();
        let used = used.filter(|name| !MEMBERS.contains(name) && line.find(name).is_some());
        self.extras.unknown = self.extras.unknown.saturating_sub(used.count() as u64);
        if let Some(field) = line.find(RELATIONS) {
            let relations = field.node.items().len() as u64;
            self.extras.lost.push((Foreign::Relation, relations));
            self.extras.unknown = self.extras.unknown.saturating_sub(1);
        }
        if line.find("tokens").is_some() {
            self.extras.lost.push((Foreign::Tokens, 1));
        }
        // Labels of another sort beside those that are read.
        let is_held = |name: &str| match holder {
            Some(Holder::Spans | Holder::Group(_)) => name == "spans",
            Some(Holder::Ents) => name == "ents",
            Some(Holder::Label) => name == "label",
            Some(Holder::Accept) => name == "accept",
            Some(Holder::Cats) => name == "cats",
            None => false,
        };
        for name in ["spans", "ents", "label", "accept", "cats"] {
            let Some(field) = line.find(name).filter(|_| !is_held(name)) else {
                continue;
            };
            let number = match field.node.kind() {
                JsonKind::Null => 0,
                JsonKind::Array => field.node.items().len(),
                JsonKind::Object => field.node.members().len(),
                _ => 1,
            };
            let sort = if matches!(name, "spans" | "ents") {
                Foreign::Span
            } else {
                Foreign::Class
            };
            self.extras.lost.push((sort, number as u64));
        }
        let plain = |option: &Node<'_>| {
            let members = option.members();
            let value = |name: &str| {
                let found = members.iter().find(|member| member.key() == name)?;
                Some(found.value.raw())
            };
            members.len() == 2 && value("id").is_some() && value("id") == value("text")
        };
        let options = line.find("options");
        let options = options.map(|field| field.node.items()).unwrap_or_default();
        self.extras.unknown += u64::from(!options.iter().all(plain));
    }
}

/// The set of that name.
pub(in super::super) fn set(name: Cow<'_, str>) -> Split<'_> {
    sets::called(name.trim()).unwrap_or(Split::Other(name))
}
