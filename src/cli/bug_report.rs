//! `labelwright bug-report`

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::env::consts::{ARCH, OS};
use std::fmt;
use std::path::PathBuf;

use super::help::Guide;
use super::input::{Input, Opened, expand};
use super::job::Job;
use super::options::cores;
use super::reading::Reading;
use super::search::SearchFlags;
use super::terminal::{DONE_OR_FAILED, Failure, Status, complain, print};
use crate::diagnostics::{Severity, count};
use crate::input::Source;
use crate::operations;
use crate::pipeline::{Options, Outcome};
use crate::report::grouped;
use crate::rules::RULES;
use crate::rules::settings::Thresholds;

/// What the long help text ends with.
pub(super) const GUIDE: Guide = Guide {
    examples: &[
        (
            "Tell about the program and the machine",
            "labelwright bug-report",
        ),
        (
            "Tell about a label file too, in counts alone",
            "labelwright bug-report labels.json --texts docs",
        ),
    ],
    sections: &[DONE_OR_FAILED],
};

/// Print what a report of a bug needs, without data
///
/// That is version, platform, options and counts. No path, no name of a label or a document and no
/// word of a text is printed. Read it all the same before you send it.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Label files, folders, patterns, or `-`
    ///
    /// Without any the program alone is told about.
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    search: SearchFlags,
}

pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let mut page = program();
    let mut failed = false;
    if !args.inputs.is_empty() {
        let mut configs = args.reading.configs()?;
        let mut search = args.search.search(&mut configs)?;
        search.format = args.reading.format();
        let inputs = expand(&args.inputs, None, &mut search)?;
        for (number, input) in inputs.iter().enumerate() {
            let job = args.reading.job(&mut configs, input.path())?;
            page.line("", "");
            let what = match input {
                Input::Folder(..) => "a folder",
                Input::Parts(..) => "parts of a file",
                Input::Stdin(_) => "standard input",
                Input::File(_) => "a file",
                Input::Found { .. } => "a file in a folder",
            };
            page.line(&format!("input {}", number + 1), what);
            settings(&mut page, &job.options);
            if let Err(error) = input_counts(&mut page, args, input, &job) {
                page.line("  checked", "no, see standard error");
                complain(&*error);
                failed = true;
            }
        }
    }
    print(page.0.as_bytes())?;
    Ok(if failed {
        Status::Failed
    } else {
        Status::Clean
    })
}

/// Lines of a name and what there is to say of it.
#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, name: &str, what: impl fmt::Display) {
        let line = format!("{name:<20} {what}");
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }
}

/// What there is to say of the program and the machine.
fn program() -> Page {
    let mut page = Page::default();
    let build = if cfg!(debug_assertions) {
        "debug build"
    } else {
        "release build"
    };
    let version = env!("CARGO_PKG_VERSION");
    page.line("labelwright", format_args!("{version}, {build}"));
    page.line("platform", format_args!("{OS}, {ARCH}"));
    page.line("threads", cores());
    page
}

/// The settings that are not those by default. Rules and thresholds have the names of the program, not
/// of the user.
fn settings(page: &mut Page, options: &Options) {
    let default = Options::default();
    let mut changed = Vec::new();
    for rule in RULES {
        let meta = rule.meta();
        let level = |options: &Options| {
            let runs = options.levels.runs(meta);
            let severity = options.levels.severity(meta, None).filter(|_| runs);
            severity.map_or("off", Severity::name)
        };
        if level(options) != level(&default) {
            changed.push(format!("{} = {}", meta.name, level(options)));
        }
    }
    for threshold in Thresholds::ALL {
        let own = threshold.value(&options.settings.thresholds);
        if own.to_bits() != threshold.value(&default.settings.thresholds).to_bits() {
            changed.push(format!("{} = {own}", threshold.key()));
        }
    }
    if options.settings.profile != default.settings.profile {
        changed.push(format!("profile = {:?}", options.settings.profile));
    }
    if let Some(unit) = options.unit {
        changed.push(format!("offsets = {}", unit.name()));
    }
    if changed.is_empty() {
        changed.push("as by default".to_owned());
    }
    for (number, setting) in changed.iter().enumerate() {
        page.line(if number == 0 { "  settings" } else { "" }, setting);
    }
}

/// What a label file comes to.
///
/// Fails where it cannot be read or checked.
fn input_counts(page: &mut Page, args: &Args, input: &Input, job: &Job) -> Result<(), Failure> {
    let source: Source = match input.open()? {
        Opened::Source(source) => source,
        Opened::PassedOver(_) => {
            page.line("  format", "no label file");
            return Ok(());
        }
    };
    page.line("  bytes", grouped(source.length()?));
    let texts = job.texts(&source)?;
    let format = args.reading.format();
    let outcome = operations::check(&source, format, texts.as_ref(), &job.options)?;
    let found = &outcome.input;
    page.line("  format", found.format.unwrap_or("no label file"));
    if let Some(kind) = found.kind {
        page.line("  kind", kind.name());
    }
    if let Some(unit) = found.unit {
        page.line("  offsets", unit.name());
    }
    page.line("  documents", grouped(found.documents));
    page.line("  labels", grouped(found.labels));
    page.line(
        "  names of labels",
        grouped(outcome.categories.len() as u64),
    );
    findings(page, &outcome)
}

/// The findings of each rule and severity, the gravest first.
fn findings(page: &mut Page, outcome: &Outcome) -> Result<(), Failure> {
    let mut counts: BTreeMap<(Reverse<Severity>, &str), u64> = BTreeMap::new();
    for finding in &outcome.diagnostics {
        let finding = finding?;
        *counts
            .entry((Reverse(finding.severity), finding.rule))
            .or_default() += 1;
    }
    if counts.is_empty() {
        page.line("  findings", "none");
    }
    for (number, ((Reverse(severity), rule), found)) in counts.into_iter().enumerate() {
        let name = if number == 0 { "  findings" } else { "" };
        let what = count(found, severity.name());
        page.line(name, format_args!("{rule}: {what}"));
    }
    Ok(())
}
