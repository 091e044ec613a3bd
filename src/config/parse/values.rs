//! Values of the types that the file knows, and words for values of others.

use std::ops::Range;

use toml::de::{DeInteger, DeValue};

use super::reader::{Reader, Table, Value};
use crate::diagnostics::{Severity, quote};

impl Reader {
    /// A list of strings that is not empty, each with its place.
    pub(super) fn strings(&mut self, key: &str, value: &Value<'_>) -> Vec<(String, Range<usize>)> {
        let what = format!("`{key}` must be a list of strings, as in `{key} = [\"…\"]`");
        let Some(list) = value.get_ref().as_array() else {
            self.mistyped(&what, value);
            return Vec::new();
        };
        if list.is_empty() {
            self.note(&value.span(), format!("`{key}` is empty"));
        }
        let mut found = Vec::new();
        for one in list {
            match one.get_ref().as_str() {
                Some(text) => found.push((text.to_owned(), one.span())),
                None => self.mistyped(&what, one),
            }
        }
        found
    }

    /// One of several words.
    pub(super) fn choice<'w>(
        &mut self,
        key: &str,
        words: &[&'w str],
        value: &Value<'_>,
    ) -> Option<&'w str> {
        let list = words.iter().map(|word| format!("\"{word}\""));
        let list: Vec<String> = list.collect();
        let what = format!("{} must be one of {}", quote(key), list.join(", "));
        let Some(text) = value.get_ref().as_str() else {
            self.mistyped(&what, value);
            return None;
        };
        let found = words.iter().copied().find(|word| *word == text);
        if found.is_none() {
            let mut message = format!("{what}, not \"{}\"", quote(text).trim_matches('`'));
            if let Some(nearest) = crate::text::nearest(text, words.iter().copied()) {
                message = format!("{message}; did you mean \"{nearest}\"?");
            }
            self.note(&value.span(), message);
        }
        found
    }

    pub(super) fn table<'a, 't>(
        &mut self,
        key: &str,
        value: &'a Value<'t>,
    ) -> Option<&'a Table<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.mistyped(&format!("`{key}` must be a table, `[{key}]`"), value);
        }
        table
    }

    /// Says what a value must be, and what it is instead.
    pub(super) fn mistyped(&mut self, what: &str, value: &Value<'_>) {
        let is = match value.get_ref() {
            DeValue::String(_) => "a string".to_owned(),
            DeValue::Integer(number) => shown(number.as_str(), number.radix()),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Boolean(value) => value.to_string(),
            DeValue::Datetime(_) => "a date".to_owned(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        self.note(&value.span(), format!("{what}, not {is}"));
    }
}

fn shown(digits: &str, radix: u32) -> String {
    let prefix = match radix {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    };
    format!("{prefix}{digits}")
}

/// A number that is not negative.
pub(super) fn whole(number: &DeInteger<'_>) -> Option<u64> {
    u64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A number with a point or without one.
pub(super) fn decimal(value: &DeValue<'_>) -> Option<f64> {
    let number: f64 = match value {
        DeValue::Float(number) => number.as_str().parse().ok()?,
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// The severity of that name, or `None` for `never`.
pub(super) fn severity(name: &str) -> Option<Severity> {
    let all = [Severity::Note, Severity::Warning, Severity::Error];
    all.into_iter().find(|severity| severity.name() == name)
}
