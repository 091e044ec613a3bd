//! What a configuration file says, and what that comes to for one label file.

use std::path::{Path, PathBuf};

use super::asked::{Asked, Lookup};
use super::globs::Globs;
use crate::diagnostics::FailOn;
use crate::rules::Choice;
use crate::rules::settings::{Profile, Slot, Threshold};
use crate::text::Unit;

/// A configuration file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// What holds for every label file.
    pub(super) base: Section,
    /// What holds for some; the later ones win.
    pub(super) overrides: Vec<(Globs, Section)>,
    /// `select`, if it is given.
    pub(super) select: Option<Vec<&'static str>>,
    /// `exclude`
    pub(super) exclude: Globs,
    /// `ignore`
    pub(super) ignore: Vec<&'static str>,
    pub(super) fail_on: Option<FailOn>,
    /// `max-warnings`
    pub(super) max_warnings: Option<u64>,
    /// The place of its folder; empty where that is unknown.
    pub(super) folder: PathBuf,
}

/// The keys that an override may have too.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// Rules and what is asked of them, in the order in which they are to be applied.
    pub(super) rules: Vec<(Vec<&'static str>, Choice)>,
    pub(super) thresholds: Vec<(&'static Threshold, Number)>,
    pub(super) texts: Option<Lookup>,
    pub(super) offsets: Option<Offsets>,
    pub(super) profile: Option<Profile>,
}

/// The value of a threshold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Whole(u64),
    Decimal(f64),
}

/// `offsets`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offsets {
    Auto,
    In(Unit),
}

impl Config {
    /// Says where the folder of the configuration file is. Patterns that climb out of the folder and back
    /// need its name.
    #[must_use]
    pub fn in_folder(self, folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self { folder, ..self }
    }

    /// What is asked of a label file. `path` is relative to the configuration file's folder, and
    /// begins with `..` where the label file does not lie in it.
    #[must_use]
    pub fn asked(&self, path: &Path) -> Asked {
        let mut asked = Asked {
            fail_on: self.fail_on.unwrap_or_default(),
            max_warnings: self.max_warnings,
            excluded: self.exclude.matches(&self.folder, path),
            ..Asked::default()
        };
        self.base.apply(&mut asked);
        for (globs, section) in &self.overrides {
            if globs.matches(&self.folder, path) {
                section.apply(&mut asked);
            }
        }
        asked.levels.narrow(self.select.as_deref(), &self.ignore);
        asked
    }
}

impl Section {
    pub(super) fn apply(&self, asked: &mut Asked) {
        for (rules, choice) in &self.rules {
            asked.levels.assign(rules, *choice);
        }
        let thresholds = &mut asked.settings.thresholds;
        for (threshold, number) in &self.thresholds {
            match (threshold.place, number) {
                (Slot::Count(place), Number::Whole(number)) => *place(thresholds) = *number,
                (Slot::Share(place) | Slot::Factor(place), Number::Decimal(number)) => {
                    *place(thresholds) = *number;
                }
                // The parser gives each threshold a number of its own sort.
                (Slot::Count(_), Number::Decimal(_))
                | (Slot::Share(_) | Slot::Factor(_), Number::Whole(_)) => {}
            }
        }
        if let Some(texts) = &self.texts {
            asked.texts = texts.clone();
        }
        match self.offsets {
            Some(Offsets::Auto) => asked.unit = None,
            Some(Offsets::In(unit)) => asked.unit = Some(unit),
            None => {}
        }
        asked.settings.profile = self.profile.unwrap_or(asked.settings.profile);
    }
}
