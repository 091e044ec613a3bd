//! `labelwright.toml`: what is asked of label files, apart from the command line.
//!
//! [`Config::parse`] reads the text, and [`Config::asked`] answers for one label file. Both know
//! nothing of files: to find the file, and to look a path up beside it, is the client's business.
//!
//! ```
//! use labelwright::config::Config;
//!
//! let config = Config::parse("[thresholds]\nrare-label = 20\n").unwrap();
//! let asked = config.asked("labels/de.json".as_ref());
//! assert_eq!(asked.settings.thresholds.rare_label, 20);
//!
//! let problems = Config::parse("[tresholds]\n").unwrap_err();
//! assert_eq!(
//!     problems[0].to_string(),
//!     "1:2: unknown key `tresholds`; did you mean `thresholds`?"
//! );
//! ```

mod globs;
mod keys;
mod parse;
mod schema;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use self::globs::Globs;
use crate::diagnostics::Severity;
use crate::rules::settings::{Profile, Settings, Slot, Threshold};
use crate::rules::{Choice, Levels};
use crate::text::Unit;

pub use parse::Problem;
pub use schema::schema;

/// The name under which the file is looked for.
pub const FILE_NAME: &str = "labelwright.toml";

/// A configuration file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// What holds for every label file.
    base: Section,
    /// What holds for some; the later ones win.
    overrides: Vec<(Globs, Section)>,
    /// `select`, if it is given.
    select: Option<Vec<&'static str>>,
    /// `ignore`
    ignore: Vec<&'static str>,
    fail_on: Option<FailOn>,
    /// `max-warnings`
    max_warnings: Option<u64>,
}

/// The keys that an override may have too.
#[derive(Clone, Debug, Default)]
struct Section {
    /// Rules and what is asked of them, in the order in which they are to be applied.
    rules: Vec<(Vec<&'static str>, Choice)>,
    thresholds: Vec<(&'static Threshold, Number)>,
    texts: Option<Lookup>,
    offsets: Option<Offsets>,
    profile: Option<Profile>,
}

/// The value of a threshold.
#[derive(Clone, Copy, Debug)]
enum Number {
    Whole(u64),
    Decimal(f64),
}

/// `offsets`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offsets {
    Auto,
    In(Unit),
}

/// Which findings make the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Those of this severity and of graver ones.
    From(Severity),
    /// None.
    Never,
}

impl Default for FailOn {
    fn default() -> Self {
        Self::From(Severity::Error)
    }
}

impl FailOn {
    /// Whether a finding of this severity is one of them.
    #[must_use]
    pub fn covers(self, severity: Severity) -> bool {
        match self {
            Self::From(least) => severity >= least,
            Self::Never => false,
        }
    }
}

/// Where documents are looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lookup {
    /// In the label file's own folder.
    #[default]
    Beside,
    /// In these folders, which the user names; the first match wins.
    Folders(Vec<PathBuf>),
    /// Nowhere: only what needs no text is checked.
    Nowhere,
}

/// What is asked of one label file.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which rules run, and at which severity.
    pub levels: Levels,
    /// The profile, and where the rules draw their lines.
    pub settings: Settings,
    /// Where its documents are looked up; paths are relative to the configuration file's folder.
    pub texts: Lookup,
    /// The unit of offsets in files that do not say it; `None` lets the evidence decide.
    pub unit: Option<Unit>,
    /// Which findings make the exit status 1.
    pub fail_on: FailOn,
    /// The most warnings that do not make the exit status 1.
    pub max_warnings: Option<u64>,
}

impl Config {
    /// Reads a configuration file.
    ///
    /// Fails with everything that is wrong with it, in the order of the text; where it is no
    /// TOML, with the first thing that the grammar forbids.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        parse::parse(text)
    }

    /// What is asked of a label file. `path` is relative to the configuration file's folder, and
    /// begins with `..` where the label file does not lie in it.
    #[must_use]
    pub fn asked(&self, path: &Path) -> Asked {
        let mut asked = Asked {
            fail_on: self.fail_on.unwrap_or_default(),
            max_warnings: self.max_warnings,
            ..Asked::default()
        };
        self.base.apply(&mut asked);
        for (globs, section) in &self.overrides {
            if globs.matches(path) {
                section.apply(&mut asked);
            }
        }
        asked.levels.narrow(self.select.as_deref(), &self.ignore);
        asked
    }
}

impl Section {
    fn apply(&self, asked: &mut Asked) {
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
