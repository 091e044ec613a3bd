//! Where each value comes from that holds for a label file.

use std::collections::BTreeMap;
use std::path::Path;

use super::file::{Config, Section};
use crate::rules::{Choice, Levels, RULES};

/// Where a value comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Nobody asked for it.
    #[default]
    Default,
    /// The configuration file says it for all label files.
    File,
    /// One of its overrides says it, counted from 1.
    Override(usize),
    /// A flag says it, which is named.
    Flag(&'static str),
}

/// Where the values come from, by their keys; rules and thresholds by theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    keys: BTreeMap<&'static str, Origin>,
    rules: BTreeMap<&'static str, Origin>,
    thresholds: BTreeMap<String, Origin>,
}

impl Origins {
    /// Notes where the value of a key comes from.
    pub fn note(&mut self, key: &'static str, origin: Origin) {
        self.keys.insert(key, origin);
    }

    /// Notes where the choices come from that tell `now` from `before`.
    pub fn note_rules(
        &mut self,
        before: &Levels,
        now: &Levels,
        origin: impl Fn(Option<Choice>) -> Origin,
    ) {
        for meta in RULES.iter().map(|rule| rule.meta()) {
            let chosen = now.chosen(meta);
            if before.chosen(meta) != chosen {
                self.rules.insert(meta.name, origin(chosen));
            }
        }
    }

    pub(super) fn of(&self, key: &str) -> Origin {
        self.keys.get(key).copied().unwrap_or_default()
    }

    pub(super) fn of_rule(&self, rule: &str) -> Origin {
        self.rules.get(rule).copied().unwrap_or_default()
    }

    pub(super) fn of_threshold(&self, key: &str) -> Origin {
        self.thresholds.get(key).copied().unwrap_or_default()
    }

    /// Notes what a section says.
    fn add(&mut self, section: &Section, origin: Origin) {
        for rule in section.rules.iter().flat_map(|(rules, _)| rules) {
            self.rules.insert(rule, origin);
        }
        for (threshold, _) in &section.thresholds {
            self.thresholds.insert(threshold.key(), origin);
        }
        let said = [
            ("texts", section.texts.is_some()),
            ("offsets", section.offsets.is_some()),
            ("profile", section.profile.is_some()),
        ];
        for (key, _) in said.into_iter().filter(|(_, is_said)| *is_said) {
            self.note(key, origin);
        }
    }
}

impl Config {
    /// Where the values of [`Config::asked`] come from, as far as the file goes.
    #[must_use]
    pub fn origins(&self, path: &Path) -> Origins {
        let mut origins = Origins::default();
        origins.add(&self.base, Origin::File);
        let mut asked = super::Asked::default();
        self.base.apply(&mut asked);
        for (index, (globs, section)) in self.overrides.iter().enumerate() {
            if globs.matches(&self.folder, path) {
                origins.add(section, Origin::Override(index + 1));
                section.apply(&mut asked);
            }
        }
        let before = asked.levels.clone();
        asked.levels.narrow(self.select.as_deref(), &self.ignore);
        origins.note_rules(&before, &asked.levels, |_| Origin::File);
        let said = [
            ("fail-on", self.fail_on.is_some()),
            ("max-warnings", self.max_warnings.is_some()),
            ("exclude", !self.exclude.patterns().is_empty()),
        ];
        for (key, _) in said.into_iter().filter(|(_, is_said)| *is_said) {
            origins.note(key, Origin::File);
        }
        origins
    }

    /// The patterns of `exclude`, as they are written.
    #[must_use]
    pub fn excluded(&self) -> &[String] {
        self.exclude.patterns()
    }
}
