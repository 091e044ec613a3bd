//! The tables of the file, key by key.

use std::fmt;
use std::path::PathBuf;

use super::reader::{Reader, Table, Value};
use super::values::{decimal, severity, whole};
use super::words::{stray_key, unknown, unknown_key};
use crate::config::asked::Lookup;
use crate::config::file::{Config, Number, Offsets, Section};
use crate::config::globs::{self, Globs};
use crate::config::keys::{FAIL_ON, KEYS, LEVELS};
use crate::diagnostics::{FailOn, quote};
use crate::rules::settings::{Profile, Slot, Threshold, Thresholds};
use crate::rules::{self, Choice};
use crate::text::Unit;

impl Reader {
    /// The whole file.
    pub(super) fn config(&mut self, table: &Table<'_>) -> Config {
        let mut config = Config {
            base: self.section(table, false),
            ..Config::default()
        };
        for (key, value) in table {
            match &**key.get_ref() {
                "select" => config.select = self.names("select", value, rules::turned_on),
                "ignore" => {
                    let expand = |name: &str| rules::allowed(name, Choice::Off);
                    config.ignore = self.names("ignore", value, expand).unwrap_or_default();
                }
                "exclude" => config.exclude = self.globs("exclude", value),
                "fail-on" => {
                    let chosen = self.choice("fail-on", &FAIL_ON, value);
                    config.fail_on =
                        chosen.map(|name| severity(name).map_or(FailOn::Never, FailOn::From));
                }
                "max-warnings" => {
                    let number = value.get_ref().as_integer().and_then(whole);
                    if number.is_none() {
                        let what = "`max-warnings` must be a whole number, 0 or more";
                        self.mistyped(what, value);
                    }
                    config.max_warnings = number;
                }
                "overrides" => config.overrides = self.overrides(value),
                _ => {}
            }
        }
        config
    }

    fn overrides(&mut self, value: &Value<'_>) -> Vec<(Globs, Section)> {
        let Some(list) = value.get_ref().as_array() else {
            self.mistyped(
                "`overrides` must be tables, each under `[[overrides]]`",
                value,
            );
            return Vec::new();
        };
        let mut overrides = Vec::new();
        for one in list {
            let Some(table) = one.get_ref().as_table() else {
                self.mistyped("an override must be a table", one);
                continue;
            };
            let section = self.section(table, true);
            let Some(paths) = table.get("paths") else {
                self.note(&one.span(), "an override needs `paths`");
                continue;
            };
            overrides.push((self.globs("paths", paths), section));
        }
        overrides
    }

    fn globs(&mut self, key: &str, value: &Value<'_>) -> Globs {
        let mut patterns = Vec::new();
        for (pattern, at) in self.strings(key, value) {
            match globs::check(&pattern) {
                Ok(()) => patterns.push(pattern),
                Err(why) => {
                    let message = format!("{} is no pattern: {why}", quote(&pattern));
                    self.note(&at, message);
                }
            }
        }
        let globs = Globs::new(&patterns);
        globs.unwrap_or_else(|why| {
            self.note(&value.span(), why);
            Globs::default()
        })
    }

    /// The keys that the file and an override share; says which ones neither has.
    fn section(&mut self, table: &Table<'_>, in_override: bool) -> Section {
        let mut section = Section::default();
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "rules" => section.rules = self.rules(value),
                "thresholds" => section.thresholds = self.thresholds(value),
                "texts" => section.texts = Some(self.texts(value)),
                "offsets" => section.offsets = self.offsets(value),
                "profile" => {
                    let names = Profile::ALL.map(Profile::name);
                    let chosen = self.choice("profile", &names, value);
                    section.profile = chosen
                        .and_then(|name| Profile::ALL.into_iter().find(|one| one.name() == name));
                }
                _ => {}
            }
            if !KEYS
                .iter()
                .any(|known| known.name == name && known.is_allowed(in_override))
            {
                let message = unknown_key(name, in_override);
                self.note(&key.span(), message);
            }
        }
        if let Some(value) = table.get("no-texts") {
            match value.get_ref().as_bool() {
                Some(true) if section.texts.is_some() => {
                    self.note(&value.span(), "`no-texts` and `texts` exclude each other");
                }
                Some(true) => section.texts = Some(Lookup::Nowhere),
                // In an override it takes back what the file says.
                Some(false) if section.texts.is_none() => section.texts = Some(Lookup::Beside),
                Some(false) => {}
                None => self.mistyped("`no-texts` must be true or false", value),
            }
        }
        section
    }

    fn rules(&mut self, value: &Value<'_>) -> Vec<(Vec<&'static str>, Choice)> {
        let Some(table) = self.table("rules", value) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            if let Err(unknown) = rules::expand(name) {
                let message = stray_key(name).unwrap_or_else(|| unknown.to_string());
                self.note(&key.span(), message);
                continue;
            }
            let choice = match self.choice(name, &LEVELS, value) {
                Some("off") => Choice::Off,
                Some(level) => severity(level).map_or(Choice::Off, Choice::At),
                None => continue,
            };
            let rules = match rules::allowed(name, choice) {
                Ok(rules) => rules,
                Err(error) => {
                    self.note(&value.span(), error.to_string());
                    continue;
                }
            };
            let weight = match name {
                "all" => 0,
                _ if rules::find(name).is_none() => 1,
                _ => 2,
            };
            found.push((weight, (rules, choice)));
        }
        found.sort_by_key(|(weight, _)| *weight);
        found.into_iter().map(|(_, one)| one).collect()
    }

    fn thresholds(&mut self, value: &Value<'_>) -> Vec<(&'static Threshold, Number)> {
        let Some(table) = self.table("thresholds", value) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            let threshold = Thresholds::ALL.iter().find(|one| one.key() == name);
            let Some(threshold) = threshold else {
                let keys: Vec<String> = Thresholds::ALL.iter().map(Threshold::key).collect();
                let message = stray_key(name).unwrap_or_else(|| {
                    unknown(
                        &format!("unknown threshold {}", quote(name)),
                        name,
                        keys.iter().map(String::as_str),
                    )
                });
                self.note(&key.span(), message);
                continue;
            };
            let value_of = value.get_ref();
            let (number, what) = match threshold.place {
                Slot::Count(_) => (
                    value_of
                        .as_integer()
                        .and_then(whole)
                        .filter(|number| *number > 0)
                        .map(Number::Whole),
                    "a whole number above 0",
                ),
                Slot::Share(_) => (
                    decimal(value_of)
                        .filter(|number| (0.0..=1.0).contains(number))
                        .map(Number::Decimal),
                    "a share from 0 to 1",
                ),
                Slot::Factor(_) => (
                    decimal(value_of)
                        .filter(|number| *number > 0.0)
                        .map(Number::Decimal),
                    "a number above 0",
                ),
            };
            match number {
                Some(number) => found.push((threshold, number)),
                None => self.mistyped(&format!("`{name}` must be {what}"), value),
            }
        }
        found
    }

    fn texts(&mut self, value: &Value<'_>) -> Lookup {
        let folders = self.strings("texts", value);
        for (folder, at) in &folders {
            if folder.is_empty() {
                self.note(
                    at,
                    "the name of a folder is empty; `.` is the folder of this file",
                );
            }
        }
        let folders: Vec<PathBuf> = folders.into_iter().map(|(name, _)| name.into()).collect();
        Lookup::Folders(folders)
    }

    fn offsets(&mut self, value: &Value<'_>) -> Option<Offsets> {
        let units = Unit::ALL.map(Unit::name);
        let names: Vec<&str> = ["auto"].into_iter().chain(units).collect();
        let chosen = self.choice("offsets", &names, value)?;
        let unit = Unit::ALL.into_iter().find(|unit| unit.name() == chosen);
        Some(unit.map_or(Offsets::Auto, Offsets::In))
    }

    /// The rules behind a list of names; an empty list says nothing, as on the command line.
    fn names<E: fmt::Display>(
        &mut self,
        key: &str,
        value: &Value<'_>,
        expand: impl Fn(&str) -> Result<Vec<&'static str>, E>,
    ) -> Option<Vec<&'static str>> {
        if value
            .get_ref()
            .as_array()
            .is_some_and(|list| list.is_empty())
        {
            return None;
        }
        let mut found = Vec::new();
        for (name, at) in self.strings(key, value) {
            match expand(&name) {
                Ok(rules) => found.extend(rules),
                Err(error) => self.note(&at, error.to_string()),
            }
        }
        Some(found)
    }
}
