//! A new configuration file, in which every key is explained.

use std::fmt::Write;

use super::keys::{KEYS, Key, LEVELS};
use super::shown::value;
use super::write::{comment, list, string};
use crate::rules::meta::Group;
use crate::rules::metas;
use crate::rules::settings::{Profile, Threshold, Thresholds};

/// What a new file is to say by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What is said above all keys, a paragraph each.
    pub remarks: Vec<String>,
    /// Folders of the documents, from the folder of the file on; none where they lie beside the label
    /// files.
    pub texts: Vec<String>,
    /// Patterns of files that are left out of folders.
    pub exclude: Vec<String>,
    /// Label files, as patterns, whose documents lie elsewhere, and the folders; none where they lie
    /// beside the label file.
    pub others: Vec<(Vec<String>, Vec<String>)>,
}

/// A configuration file with a comment on every key. What was `found` is in force; a commented line
/// has what holds without it, or an example where nothing does.
#[must_use]
pub fn template(found: &Found) -> String {
    let mut out = comment("What labelwright asks of the label files in this folder and below.");
    out.push_str("#\n");
    out.push_str(&comment(
        "Take the `# ` away from a line to change what it says. `labelwright check --show-settings` \
         prints what holds for a label file. Paths are from the folder of this file on.",
    ));
    for remark in &found.remarks {
        out.push_str("#\n");
        out.push_str(&comment(remark));
    }
    out.push_str("#\n");
    out.push_str(&comment(
        "Editors complete this file by its schema, which `labelwright schema config > \
         .labelwright.schema.json` prints. They are told by this line:",
    ));
    out.push_str("# #:schema ./.labelwright.schema.json\n");
    let top = || KEYS.iter().filter(|key| key.is_allowed(false));
    // In TOML all keys of the file come before its first table.
    for key in top().filter(|key| !is_table(key)) {
        out.push('\n');
        out.push_str(&comment(key.about));
        let (value, is_found) = line(key.name, found);
        let mark = if is_found { "" } else { "# " };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{mark}{} = {value}", key.name);
    }
    for key in top().filter(|key| is_table(key)) {
        out.push('\n');
        out.push_str(&comment(key.about));
        match key.name {
            "rules" => rules(&mut out),
            "thresholds" => thresholds(&mut out),
            _ => overrides(&mut out, found),
        }
    }
    out
}

/// Whether the key's value is a table, or several.
fn is_table(key: &Key) -> bool {
    matches!(key.name, "rules" | "thresholds" | "overrides")
}

/// The value of a key, and whether it is what was found.
fn line(key: &str, found: &Found) -> (String, bool) {
    let or_example = |found: &[String], example: &str| match found {
        [] => (list([example]), false),
        found => (list(found), true),
    };
    match key {
        "texts" => or_example(&found.texts, "docs"),
        "exclude" => or_example(&found.exclude, "exports/"),
        "select" => (list(["all"]), false),
        "ignore" => (list(["span-too-long"]), false),
        "no-texts" => ("false".to_owned(), false),
        "offsets" => (string("auto"), false),
        "profile" => (string(Profile::default().name()), false),
        "fail-on" => (string("error"), false),
        "max-warnings" => ("20".to_owned(), false),
        _ => (String::new(), false),
    }
}

fn rules(out: &mut String) {
    let levels = LEVELS.map(|level| format!("\"{level}\"")).join(", ");
    out.push_str(&comment(&format!(
        "The levels are {levels}. `labelwright rules` says which level each rule has, and \
         `labelwright explain RULE` what it is about. Errors of syntax stay on.",
    )));
    out.push_str("[rules]\n");
    for (index, group) in Group::ALL.into_iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let names = metas().into_iter().filter(|meta| meta.group == group);
        let names: Vec<&str> = names.map(|meta| meta.name).collect();
        let name = group.name();
        out.push_str(&comment(&format!("{name}: {}", names.join(", "))));
        let _ = writeln!(out, "# {name} = \"error\"");
    }
}

fn thresholds(out: &mut String) {
    out.push_str("[thresholds]\n");
    for (index, threshold) in Thresholds::ALL.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&comment(threshold.about.trim()));
        let _ = writeln!(out, "# {} = {}", threshold.key(), default(threshold));
    }
}

fn default(threshold: &Threshold) -> String {
    value(threshold, &mut Thresholds::default())
}

fn overrides(out: &mut String, found: &Found) {
    let keys = KEYS.iter().filter(|key| key.is_allowed(true));
    let keys: Vec<String> = keys.map(|key| format!("`{}`", key.name)).collect();
    out.push_str(&comment(&format!(
        "An override may have {}.",
        keys.join(", ")
    )));
    for key in KEYS.iter().filter(|key| !key.is_allowed(false)) {
        out.push_str(&comment(&format!("`{}`: {}", key.name, key.about)));
    }
    for (paths, texts) in &found.others {
        let _ = writeln!(out, "[[overrides]]\npaths = {}", list(paths));
        let _ = match &**texts {
            // It takes back what the file says.
            [] => writeln!(out, "no-texts = false\n"),
            texts => writeln!(out, "texts = {}\n", list(texts)),
        };
    }
    out.push_str("# [[overrides]]\n# paths = [\"drafts\", \"legacy/*.jsonl\"]\n");
    out.push_str("# offsets = \"utf16\"\n# rules.coverage = \"off\"\n");
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Config, Lookup};

    fn found() -> Found {
        Found {
            remarks: vec!["Label files: a.json.".to_owned()],
            texts: vec!["docs".to_owned()],
            exclude: vec!["/reports/".to_owned()],
            others: vec![
                (
                    vec!["/b.json".to_owned()],
                    vec!["more \"texts\"".to_owned()],
                ),
                (vec!["/c.json".to_owned()], Vec::new()),
            ],
        }
    }

    /// The file with every commented line of a key taken in.
    fn uncommented(text: &str) -> String {
        let is_line = |line: &str| {
            let key = line.split(" = ").next().unwrap_or_default();
            let is_key = |char: char| char.is_ascii_lowercase() || "-.".contains(char);
            line == "[[overrides]]" || line.contains(" = ") && key.chars().all(is_key)
        };
        let lines = text.lines().map(|line| {
            let inner = line.strip_prefix("# ").filter(|inner| is_line(inner));
            format!("{}\n", inner.unwrap_or(line))
        });
        lines.collect()
    }

    #[test]
    fn what_was_found_holds() {
        let config = Config::parse(&template(&found())).unwrap();
        let texts = |path: &str| config.asked(Path::new(path)).texts;
        assert_eq!(texts("a.json"), Lookup::Folders(vec!["docs".into()]));
        let more = Lookup::Folders(vec!["more \"texts\"".into()]);
        assert_eq!(texts("b.json"), more);
        assert_eq!(texts("c.json"), Lookup::Beside);
        assert!(config.asked(Path::new("reports/x.json")).excluded);
        let asked = Config::parse(&template(&Found::default()));
        let asked = asked.unwrap().asked(Path::new("a.json"));
        assert_eq!(asked.texts, Lookup::Beside);
        assert_eq!(asked.settings, crate::rules::settings::Settings::default());
        assert_eq!(asked.levels, crate::rules::Levels::default());
    }

    #[test]
    fn no_key_is_forgotten_and_every_line_can_be_taken_in() {
        for found in [Found::default(), found()] {
            let whole = uncommented(&template(&found));
            Config::parse(&whole).unwrap_or_else(|problems| panic!("{problems:?}\n{whole}"));
            let has = |line: &str| whole.lines().any(|it| it.starts_with(line));
            for key in &KEYS {
                let name = key.name;
                let tables = [format!("[{name}]"), format!("[[{name}]]")];
                let is_there = has(&format!("{name} = ")) || tables.iter().any(|it| has(it));
                assert!(is_there, "{name}");
                let about = comment(key.about);
                let named = comment(&format!("`{name}`: {}", key.about));
                assert!(whole.contains(&about) || whole.contains(&named), "{name}");
            }
            for threshold in Thresholds::ALL {
                let line = format!("{} = {}", threshold.key(), default(threshold));
                assert!(whole.lines().any(|it| it == line), "{line}");
                assert!(whole.contains(&comment(threshold.about.trim())));
            }
            for meta in metas() {
                assert!(whole.contains(meta.name), "{}", meta.name);
            }
            let defaults = Config::parse(&whole).unwrap().asked(Path::new("x.json"));
            let thresholds = defaults.settings.thresholds;
            assert_eq!(thresholds, Thresholds::default());
        }
    }
}
