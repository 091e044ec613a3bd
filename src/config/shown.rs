//! The settings that hold for a label file, as a configuration file that asks for the same.

use std::fmt::Write;
use std::path::PathBuf;

use super::asked::{Asked, Lookup};
use super::keys::KEYS;
use super::origins::{Origin, Origins};
use super::write::{comment, list, string};
use crate::diagnostics::FailOn;
use crate::rules::settings::{Slot, Threshold, Thresholds};
use crate::rules::{Choice, Meta, metas};
use crate::text::Unit;

/// The settings that hold for a label file.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The settings.
    pub asked: &'a Asked,
    /// Where they come from.
    pub origins: &'a Origins,
    /// What is left out of folders, with where that comes from.
    pub exclude: &'a [(String, Origin)],
    /// Patterns that are not from the current folder on, but from that of the configuration file.
    pub exclude_above: &'a [String],
    /// The configuration file, if there is one.
    pub file: Option<&'a str>,
}

/// A line of the file, and where its value comes from if it has one.
struct Line {
    text: String,
    origin: Option<Origin>,
}

impl Shown<'_> {
    /// The settings as TOML that [`super::Config::parse`] reads: each value with where it comes from. Rules that
    /// are as the catalogue has them are comments, since some of them have two severities.
    #[must_use]
    pub fn toml(&self) -> String {
        let top = KEYS.iter().filter(|key| key.is_allowed(false));
        let lines: Vec<Line> = top.flat_map(|key| self.lines(key.name)).collect();
        let mut out = self.told(&lines);
        out.push_str("\n[rules]\n");
        let rules: Vec<Line> = metas().into_iter().map(|meta| self.rule(meta)).collect();
        out.push_str(&self.told(&rules));
        out.push_str("\n[thresholds]\n");
        let thresholds: Vec<Line> = Thresholds::ALL
            .iter()
            .map(|one| self.threshold(one))
            .collect();
        out.push_str(&self.told(&thresholds));
        out
    }

    /// What is said of a key at the top; nothing of those whose values stand elsewhere.
    fn lines(&self, key: &str) -> Vec<Line> {
        let origin = Some(self.origins.of(key));
        let one = |text: String| vec![Line { text, origin }];
        match key {
            "texts" => match &self.asked.texts {
                Lookup::Beside => one("# texts: the folder of the label file".to_owned()),
                Lookup::Folders(folders) => one(format!("texts = {}", self::folders(folders))),
                Lookup::Nowhere => Vec::new(),
            },
            "no-texts" => vec![Line {
                text: format!("no-texts = {}", self.asked.texts == Lookup::Nowhere),
                // They are one setting with two keys.
                origin: Some(self.origins.of("texts")),
            }],
            "offsets" => {
                let unit = self.asked.unit.map_or("auto", Unit::name);
                one(format!("offsets = {}", string(unit)))
            }
            "profile" => {
                let profile = self.asked.settings.profile.name();
                one(format!("profile = {}", string(profile)))
            }
            "fail-on" => {
                let name = match self.asked.fail_on {
                    FailOn::From(severity) => severity.name(),
                    FailOn::Never => "never",
                };
                one(format!("fail-on = {}", string(name)))
            }
            "max-warnings" => match self.asked.max_warnings {
                Some(most) => one(format!("max-warnings = {most}")),
                None => one("# max-warnings: no limit".to_owned()),
            },
            "exclude" => self.exclude(),
            // `select` and `ignore` come to what stands under `rules`, and an override to what
            // stands everywhere.
            _ => Vec::new(),
        }
    }

    fn exclude(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        if !self.exclude_above.is_empty() {
            let patterns = list(self.exclude_above);
            lines.push(Line {
                text: format!("# exclude, from the folder of the file on: {patterns}"),
                origin: Some(self.origins.of("exclude")),
            });
        }
        if self.exclude.is_empty() {
            if lines.is_empty() {
                lines.push(Line {
                    text: "# exclude: no file".to_owned(),
                    origin: Some(Origin::Default),
                });
            }
            return lines;
        }
        let patterns = self.exclude.iter().map(|(pattern, origin)| Line {
            text: format!("    {},", string(pattern)),
            origin: Some(*origin),
        });
        let bracket = |text: &str| Line {
            text: text.to_owned(),
            origin: None,
        };
        lines.push(bracket("exclude = ["));
        lines.extend(patterns);
        lines.push(bracket("]"));
        lines
    }

    fn rule(&self, meta: &Meta) -> Line {
        let (mark, level) = match self.asked.levels.chosen(meta) {
            Some(Choice::Off) => ("", "off"),
            Some(Choice::At(severity)) => ("", severity.name()),
            None if meta.on_request => ("# ", "off"),
            None => ("# ", meta.severity.name()),
        };
        Line {
            text: format!("{mark}{} = {}", meta.name, string(level)),
            origin: Some(self.origins.of_rule(meta.name)),
        }
    }

    fn threshold(&self, threshold: &Threshold) -> Line {
        let mut all = self.asked.settings.thresholds.clone();
        Line {
            text: format!("{} = {}", threshold.key(), value(threshold, &mut all)),
            origin: Some(self.origins.of_threshold(&threshold.key())),
        }
    }

    /// The lines, with where each comes from in a column of its own.
    fn told(&self, lines: &[Line]) -> String {
        /// The widest value that moves the column.
        const WIDEST: usize = 50;
        let width = |line: &Line| textwrap::core::display_width(&line.text);
        let column = lines
            .iter()
            .map(width)
            .filter(|width| *width <= WIDEST)
            .max();
        let column = column.unwrap_or_default();
        let mut out = String::new();
        for line in lines {
            // Writing to a String cannot fail.
            let _ = match line.origin {
                None => writeln!(out, "{}", line.text),
                Some(origin) => {
                    let gap = " ".repeat(column.saturating_sub(width(line)));
                    writeln!(out, "{}{gap}  # {}", line.text, self.origin(origin))
                }
            };
        }
        out
    }

    fn origin(&self, origin: Origin) -> String {
        let file = || string(self.file.unwrap_or(super::FILE_NAME));
        match origin {
            Origin::Default => "default".to_owned(),
            Origin::File => file().trim_matches('"').to_owned(),
            Origin::Override(number) => format!("{}, override {number}", file().trim_matches('"')),
            Origin::Flag(flag) => flag.to_owned(),
        }
    }
}

/// Folders as a list.
fn folders(folders: &[PathBuf]) -> String {
    list(folders.iter().map(|folder| folder.to_string_lossy()))
}

/// The value of a threshold as TOML has it.
pub(super) fn value(threshold: &Threshold, all: &mut Thresholds) -> String {
    match threshold.place {
        Slot::Count(place) => place(all).to_string(),
        // With a point, so that it stays a number of the same sort.
        Slot::Share(place) | Slot::Factor(place) => format!("{:?}", place(all)),
    }
}

/// What stands above the settings: whose they are.
#[must_use]
pub fn heading(inputs: &[String]) -> String {
    /// How many are named.
    const NAMED: usize = 10;
    let first = inputs.iter().take(NAMED);
    let first: Vec<&str> = first.map(String::as_str).collect();
    let more = inputs.len() - first.len();
    let whose = if more > 0 {
        format!("{} and {more} more", first.join(", "))
    } else {
        first.join(", ")
    };
    let mut out = comment(&format!("Settings of {whose}"));
    out.push_str(&comment(
        "Behind each value is where it comes from. Paths are from the current folder on.",
    ));
    out
}
