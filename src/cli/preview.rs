//! `check --show-files` and `check --show-settings`: what would be checked, and how. Nothing is checked
//! and nothing is written.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::config::Configs;
use super::help::heading;
use super::input::{Input, Opened};
use super::many::{Item, Skipped};
use super::options::{Common, Reporting};
use super::terminal::{Failure, Status, complain, print, say};
use crate::config::{self, Lookup};
use crate::diagnostics::{Looks, visible};
use crate::formats::{Format, TextPlace};
use crate::operations;
use crate::report;

/// Flags about what a check would do.
#[derive(clap::Args)]
pub(super) struct ShowFlags {
    /// Print what would be checked, and stop
    ///
    /// A line for each label file: its path, its format, and where its documents are looked for.
    /// `--output json` has the same for programs.
    #[arg(long, help_heading = heading::CONFIGURATION, conflicts_with_all = DOING)]
    show_files: bool,

    /// Print the settings of each input, and stop
    ///
    /// Each value has where it comes from: the default, a configuration file, or a flag. It is
    /// TOML that can be used as a configuration file.
    #[arg(long, help_heading = heading::CONFIGURATION, conflicts_with_all = DOING,
        conflicts_with = "show_files")]
    show_settings: bool,
}

/// What asks for a check, or for what comes of one.
const DOING: [&str; 6] = [
    "fix",
    "unsafe_fixes",
    "diff",
    "statistics",
    "shard",
    "partial",
];

impl ShowFlags {
    /// Prints what is asked for; nothing where a check is.
    pub(super) fn run(
        &self,
        items: &[Item],
        format: Option<&'static dyn Format>,
        common: &Common,
        configs: &mut Configs,
    ) -> Result<Option<Status>, Failure> {
        if self.show_settings {
            if !common.reporting.outputs().is_default() {
                return Err("`--show-settings` prints TOML; leave `--output` out".into());
            }
            return show_settings(items, common, configs).map(Some);
        }
        if self.show_files {
            return show_files(items, format, &common.reporting).map(Some);
        }
        Ok(None)
    }
}

/// What would be checked.
#[derive(Serialize)]
struct File {
    path: String,
    /// The format, or `None` where it is no label file, which a check reports.
    format: Option<&'static str>,
    /// The folders that its documents are looked for in; `None` where they are not looked for.
    texts: Option<Vec<String>>,
    /// Why there are none.
    #[serde(skip)]
    without: &'static str,
}

fn show_files(
    items: &[Item],
    format: Option<&'static dyn Format>,
    reporting: &Reporting,
) -> Result<Status, Failure> {
    let json = match reporting.outputs().sole_on_stdout() {
        Some("human") => false,
        Some("json") => true,
        _ => {
            return Err(
                "`--show-files` prints to standard output, as `--output human` or `--output json`"
                    .into(),
            );
        }
    };
    let mut skipped = Skipped::default();
    let (mut files, mut failed) = (Vec::new(), false);
    for item in items {
        match file(item, format) {
            Ok(Ok(file)) => files.push(file),
            Ok(Err(looks)) => {
                let line = skipped.note(item.input.path(), &looks);
                if reporting.verbose {
                    say(line);
                }
            }
            Err(error) => {
                complain(&*error);
                failed = true;
            }
        }
    }
    if files.is_empty() && !failed {
        return Err(skipped.nothing_found());
    }
    let text = if json {
        report::json_text(&files)?
    } else {
        table(&files)
    };
    print(text.as_bytes())?;
    Ok(if failed {
        Status::Failed
    } else {
        Status::Clean
    })
}

/// A file that would be checked; what it looks like where it would be passed over.
fn file(item: &Item, format: Option<&'static dyn Format>) -> Result<Result<File, Looks>, Failure> {
    let source = match item.input.open()? {
        Opened::Source(source) => source,
        Opened::PassedOver(looks) => return Ok(Err(looks)),
    };
    let format = operations::format_of(&source, format)?;
    let place = format.map(|it| it.info().texts);
    let (texts, without) = match &item.job.lookup {
        _ if place == Some(TextPlace::Inline) => (None, "in the file"),
        _ if format.is_none() => (None, "-"),
        Lookup::Nowhere | Lookup::Beside if place == Some(TextPlace::InlineOrTokens) => {
            (None, "in the file")
        }
        Lookup::Nowhere => (None, "not looked for"),
        Lookup::Beside => (Some(vec![source.folder().display().to_string()]), ""),
        Lookup::Folders(folders) => {
            let folders = folders.iter().map(|folder| folder.display().to_string());
            (Some(folders.collect()), "")
        }
    };
    Ok(Ok(File {
        path: source.name().to_owned(),
        format: format.map(|format| format.info().name),
        texts,
        without,
    }))
}

/// A line for each file.
fn table(files: &[File]) -> String {
    let cells = files.iter().map(|file| {
        let texts = match &file.texts {
            Some(folders) => visible(&folders.join(", ")).into_owned(),
            None => file.without.to_owned(),
        };
        (
            visible(&file.path).into_owned(),
            file.format.unwrap_or("-"),
            texts,
        )
    });
    let cells: Vec<_> = cells.collect();
    let width = |text: &str| text.chars().count();
    let paths = cells
        .iter()
        .map(|(path, ..)| width(path))
        .max()
        .unwrap_or_default();
    let formats = cells
        .iter()
        .map(|(_, format, _)| width(format))
        .max()
        .unwrap_or_default();
    let mut table = String::new();
    for (path, format, texts) in cells {
        // Writing to a String cannot fail.
        let _ = writeln!(table, "{path:paths$}  {format:formats$}  {texts}");
    }
    table
}

/// The settings, once for all inputs that have the same.
fn show_settings(
    items: &[Item],
    common: &Common,
    configs: &mut Configs,
) -> Result<Status, Failure> {
    let mut order: Vec<(String, Vec<String>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut skipped = Skipped::default();
    for item in items {
        let path = item.input.path();
        if let Input::Found { .. } = item.input
            && let Opened::PassedOver(looks) = item.input.open()?
        {
            skipped.note(path, &looks);
            continue;
        }
        let settings = common.settings(configs, path)?;
        let name = visible(&path.display().to_string()).into_owned();
        let place = *known.entry(settings.clone()).or_insert(order.len());
        match order.get_mut(place) {
            Some((_, names)) => names.push(name),
            None => order.push((settings, vec![name])),
        }
    }
    if order.is_empty() {
        return Err(skipped.nothing_found());
    }
    let pages = order.iter().map(|(settings, names)| {
        let heading = config::heading(names);
        format!("{heading}\n{settings}")
    });
    let text = pages.collect::<Vec<_>>().join("\n");
    print(text.as_bytes())?;
    Ok(Status::Clean)
}
