//! Reads records with the text in them quickly, where they are as tools write them.

use std::borrow::Cow;

use super::inline::Frame;
use super::names::address;
use super::sets;
use super::{Context, Record};
use crate::json::{Cursor, once};
use crate::model::Split;

/// A value, or `null`.
enum OrNull<T> {
    Value(T),
    Null,
}

impl<T> OrNull<T> {
    fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Null => None,
        }
    }
}

/// The members of a record, but for its labels.
#[derive(Default)]
pub(super) struct Members<'a> {
    text: Option<Cow<'a, str>>,
    name: Option<Cow<'a, str>>,
    id: Option<Cow<'a, str>>,
    language: Option<OrNull<Cow<'a, str>>>,
    set: Option<OrNull<Split<'static>>>,
}

impl<'a> Members<'a> {
    /// Reads the value of a member; nothing where it is no member of these, or no plain one.
    pub(super) fn read(&mut self, cursor: &mut Cursor<'a>, key: &str) -> Option<()> {
        match key {
            "text" => once(&mut self.text, cursor.string()?),
            "name" => once(&mut self.name, cursor.string()?),
            "id" => once(&mut self.id, id(cursor)?),
            "language" => once(&mut self.language, or_null(cursor, Cursor::string)?),
            "dataset" | "split" => {
                let set = or_null(cursor, |cursor| sets::called(cursor.string()?.trim()))?;
                once(&mut self.set, set)
            }
            _ => None,
        }
    }

    /// What the careful reader makes of these; nothing where that has something to say.
    pub(super) fn frame(self, record: &Record<'a>, context: &Context<'_>) -> Option<Frame<'a>> {
        let told = context.told;
        if told.text_key.is_some() || told.name_key.is_some() {
            return None;
        }
        let is_blank = |value: &Cow<'_, str>| value.trim().is_empty();
        if [&self.name, &self.id].into_iter().flatten().any(is_blank) {
            // One that names nothing is a member like any other.
            return None;
        }
        let unused = u64::from(self.name.is_some() && self.id.is_some());
        let name = self.name.or(self.id).unwrap_or_default();
        // An empty text, a blank name or language: each needs care.
        let text = self.text.filter(|text| !text.is_empty())?;
        let language = self.language.and_then(OrNull::value);
        if language.as_ref().is_some_and(is_blank) || name.len() > name.trim().len() {
            return None;
        }
        Some(Frame {
            address: address(name, record.in_file.1, context.stem(record)),
            text,
            language,
            split: self.set.and_then(OrNull::value),
            unused,
        })
    }
}

/// An id that is a name.
fn id<'a>(cursor: &mut Cursor<'a>) -> Option<Cow<'a, str>> {
    if cursor.peek()? == b'"' {
        return cursor.string();
    }
    let number = cursor.number()?;
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then_some(Cow::Borrowed(number))
}

/// Reads a value, or `null`.
fn or_null<'a, T>(
    cursor: &mut Cursor<'a>,
    read: impl FnOnce(&mut Cursor<'a>) -> Option<T>,
) -> Option<OrNull<T>> {
    if cursor.peek()? == b'n' {
        return cursor.pass(b"null").map(|()| OrNull::Null);
    }
    read(cursor).map(OrNull::Value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::formats::{Context, Record, Told, find};
    use crate::model::{Kind, Project};
    use crate::text::Unit;

    /// A value of a member, be it one that it should have or not.
    fn value() -> impl Strategy<Value = String> {
        const VALUES: &[&str] = &[
            "\"\"",
            "\"a.txt\"",
            "\" b\"",
            "7",
            "\"7\"",
            "-1",
            "null",
            "[]",
            "{}",
            "true",
            "\"Train\"",
            "\"mine\"",
            "\"\\u00e9\"",
            "\"\\ud800\"",
            "[[0,1,\"P\"]]",
            "[[0,1,\"P\"],[1,2,\"\"]]",
            "[[\"0\",1,\"P\"]]",
            "[[0,1]]",
            "[[0,1.0,\"P\"]]",
            "[\"x\"]",
            "[\"x\",\"y\"]",
            "[\"x\",7]",
            "[{\"start\":0,\"end\":1,\"label\":\"P\"}]",
            "[{\"start\":0,\"label\":\"P\",\"end\":1}]",
            "[{\"start\":0,\"end\":1,\"label\":\"P\",\"x\":1}]",
            "[[0,1,\"P\"],\"x\"]",
            "[{\"start_offset\":0,\"end_offset\":1,\"label\":\"P\"}]",
            "[0,1]",
            "3",
        ];
        prop::sample::select(VALUES).prop_map(str::to_owned)
    }

    fn line() -> impl Strategy<Value = String> {
        const KEYS: &[&str] = &[
            "text",
            "label",
            "labels",
            "entities",
            "name",
            "id",
            "language",
            "dataset",
            "split",
            "Comments",
            "relations",
            "cats",
            "spans",
            "extra",
        ];
        let usual = |key: &'static str| match key {
            "text" => Just("\"A😀 \\n b\"".to_owned()).boxed(),
            _ => value().boxed(),
        };
        let member = prop::sample::select(KEYS).prop_flat_map(move |key| {
            prop_oneof![3 => usual(key), 1 => value()]
                .prop_map(move |value| format!("\"{key}\":{value}"))
        });
        let rest = prop::collection::vec(member, 0..5);
        rest.prop_map(|rest| {
            format!("{{\"text\":\"A😀 b\",{}}}", rest.join(",")).replace(",}", "}")
        })
    }

    proptest! {
           #![proptest_config(ProptestConfig::with_cases(2000))]

           #[test]
           fn the_quick_reader_answers_what_the_careful_one_does_or_nothing(
               text in line(),
               format in prop::sample::select(&["doccano", "huggingface"][..]),
               kind in prop::sample::select(&[
                   None,
                   Some(Kind::EntityRecognition),
                   Some(Kind::SingleLabelClassification),
                   Some(Kind::MultiLabelClassification),
               ][..]),
           ) {
               let project = Project::default();
               let stems = ["all".to_owned()];
               let context = |quick| Context {
                   project: &project,
                   kind,
                   unit: Unit::CodePoint,
                   quick,
                   stems: &stems,
                   datasets: None,
                   file_splits: true,
                   told: Told::NOTHING,
    before: 0,
               };
               let record = Record {
                   index: 3,
                   in_file: (0, 3),
                   start: 0,
                   text: &text,
                   ends_file: false,
               };
               let format = find(format).unwrap();
               let quick = format.read(record, context(true));
               let careful = format.read(record, context(false));
               prop_assert_eq!(quick.document, careful.document);
               prop_assert_eq!(quick.form, careful.form);
               prop_assert_eq!(quick.issues, careful.issues);
           }
       }
}
