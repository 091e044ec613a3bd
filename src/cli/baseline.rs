//! `--baseline` and `--write-baseline`: findings that are known already.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use serde_jsonlines::JsonLinesWriter;

use super::claims::Claims;
use super::help::heading;
use super::many::Item;
use super::new_file::NewFile;
use super::places::real;
use super::terminal::{Failure, say};
use crate::diagnostics::redact::{mask, parser_words};
use crate::diagnostics::{Baseline, Compared, KnownFinding, count, quote};
use crate::pipeline::{Error, Outcome};
use crate::rules;

/// Flags about known findings.
#[derive(clap::Args)]
pub(super) struct BaselineFlags {
    /// File with the findings that are known
    ///
    /// They are counted and not reported, and the exit status does not depend on them: so a team can ask
    /// for nothing new from the first day. Findings of the group `syntax` are always reported, since they
    /// hide others.
    #[arg(long, value_name = "FILE", help_heading = heading::STATUS)]
    baseline: Option<PathBuf>,

    /// Write the findings to a file as known
    ///
    /// It has one line for each, without any words of a document. An older baseline is replaced; together
    /// with `--baseline`, what that has of other label files and of rules that do not run is kept.
    #[arg(long, value_name = "FILE", help_heading = heading::STATUS)]
    write_baseline: Option<PathBuf>,
}

/// What a baseline knows that this run does not look for.
#[derive(Default)]
pub(super) struct Others {
    /// Findings of label files that are not checked, and of rules that do not run.
    kept: Vec<KnownFinding>,
    /// Findings of label files that are not there any more.
    gone: Vec<KnownFinding>,
}

impl BaselineFlags {
    /// Whether one of them is given.
    pub(super) const fn any(&self) -> bool {
        self.baseline.is_some() || self.write_baseline.is_some()
    }

    /// Whether findings are written as known.
    pub(super) const fn writes(&self) -> bool {
        self.write_baseline.is_some()
    }

    /// Notes the files that they read and write; that both are one is right.
    ///
    /// Fails where what would be written is something else, or is there and no baseline.
    pub(super) fn claim(&self, claims: &mut Claims) -> Result<(), Failure> {
        if let Some(path) = &self.write_baseline {
            claims.report("--write-baseline ", path)?;
        }
        match &self.baseline {
            Some(path) if self.write_baseline.as_deref().map(real) != Some(real(path)) => {
                claims.read("the baseline", path);
            }
            _ => {}
        }
        Ok(())
    }

    /// Tells the jobs what is known. Answers what is known of others.
    ///
    /// Fails where the baseline cannot be read.
    pub(super) fn apply(&self, items: &mut [Item]) -> Result<Others, Failure> {
        if let Some(path) = &self.write_baseline {
            for item in items.iter_mut() {
                item.job.options.new_baseline = Some(name(item.input.path(), path));
            }
        }
        let Some(path) = &self.baseline else {
            return Ok(Others::default());
        };
        let mut by_path: BTreeMap<String, Vec<KnownFinding>> = BTreeMap::new();
        for known in read(path)? {
            by_path.entry(known.path.clone()).or_default().push(known);
        }
        let mut others = Others::default();
        for item in items {
            let options = &mut item.job.options;
            let name = name(item.input.path(), path);
            let known = by_path.remove(&name).unwrap_or_default().into_iter();
            let runs = |known: &KnownFinding| {
                let rule = rules::find(&known.rule);
                rule.is_none_or(|rule| options.levels.severity(rule.meta(), None).is_some())
            };
            let (known, off): (Vec<_>, Vec<_>) = known.partition(runs);
            others.kept.extend(off);
            options.baseline = Some(Arc::new(Baseline::new(name, known)));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        for (name, known) in by_path {
            if folder.join(&name).exists() {
                others.kept.extend(known);
            } else {
                others.gone.extend(known);
            }
        }
        Ok(others)
    }

    /// Writes what was found as known. From then on it is.
    ///
    /// Fails where the file cannot be written.
    pub(super) fn write(
        &self,
        outcomes: &mut [Outcome],
        others: &Others,
        quiet: bool,
    ) -> Result<(), Failure> {
        let Some(path) = &self.write_baseline else {
            return Ok(());
        };
        let found = outcomes
            .iter_mut()
            .flat_map(|it| std::mem::take(&mut it.known));
        let mut known: Vec<KnownFinding> = found.collect();
        let folder = self.baseline.as_deref().and_then(Path::parent);
        let folder = folder.unwrap_or(Path::new(""));
        known.extend(others.kept.iter().map(|kept| KnownFinding {
            path: name(&folder.join(&kept.path), path),
            ..kept.clone()
        }));
        known.sort();
        known.dedup();
        let failed = |source| Error::Write {
            path: path.display().to_string(),
            source,
        };
        let mut file = NewFile::create(path, true).map_err(failed)?;
        let mut lines = JsonLinesWriter::new(&mut file);
        lines.write_all(&known).map_err(failed)?;
        file.keep().map_err(failed)?;
        for outcome in outcomes {
            outcome.know_all().map_err(Error::Findings)?;
        }
        if !quiet {
            let findings = count(known.len() as u64, "finding");
            say(format_args!("wrote {findings} to {}", path.display()));
        }
        Ok(())
    }

    /// Says how the findings compare with those that were known.
    pub(super) fn tell(&self, outcomes: &[Outcome], others: &Others, quiet: bool) {
        /// How many findings are named that are not found any more.
        const NAMED: usize = 3;
        let Some(path) = self.baseline.as_ref().filter(|_| !quiet) else {
            return;
        };
        let all = || outcomes.iter().filter_map(|it| it.compared.as_deref());
        let sum = |of: fn(&Compared) -> u64| all().map(of).sum::<u64>();
        let fixed: Vec<&KnownFinding> = all().flat_map(|it| &it.fixed).collect();
        let gone = &others.gone;
        say(format_args!(
            "{}: {} new, {} known, {} fixed",
            path.display(),
            sum(|it| it.new),
            sum(|it| it.unchanged),
            fixed.len()
        ));
        if fixed.is_empty() && gone.is_empty() {
            return;
        }
        for known in fixed.iter().take(NAMED) {
            let document = known.document.as_deref().map(quote);
            let document = document.map_or(String::new(), |name| format!(" in {name}"));
            say(format_args!(
                "not found any more: `{}`{document}",
                known.rule
            ));
        }
        let more = fixed.len().saturating_sub(NAMED) as u64;
        if more > 0 {
            say(format_args!("and {} more", count(more, "finding")));
        }
        if let Some(first) = gone.first() {
            say(format_args!(
                "{} of label files that are not there any more, such as {}",
                count(gone.len() as u64, "known finding"),
                quote(&mask(&first.path))
            ));
        }
        if self.write_baseline.is_none() {
            say(format_args!(
                "`--write-baseline {}` writes it without them",
                path.display()
            ));
        }
    }
}

/// A label file as a baseline names it: by the way from the folder of the baseline, with slashes, so that it
/// is the same in every copy of a repository. A file on another drive has its whole path.
fn name(input: &Path, baseline: &Path) -> String {
    let (file, folder) = (real(input), real(baseline));
    let folder = folder.parent().unwrap_or(Path::new(""));
    let (mut below, mut above) = (file.components().peekable(), folder.components().peekable());
    if below.peek() != above.peek() {
        return file.display().to_string();
    }
    while below.peek().is_some() && below.peek() == above.peek() {
        below.next();
        above.next();
    }
    let up = above.map(|_| "..".into());
    let down = below.map(|it| it.as_os_str().to_string_lossy());
    let steps: Vec<_> = up.chain(down).collect();
    steps.join("/")
}

/// The findings of a baseline.
fn read(path: &Path) -> Result<Vec<KnownFinding>, Failure> {
    let failed = |source| Error::Read {
        path: path.display().to_string(),
        source,
    };
    let file = fs::File::open(path).map_err(failed)?;
    let mut known = Vec::new();
    for (at, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(failed)?;
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let parsed = serde_json::from_str(line).map_err(|error| {
            let words = if ["<<<<<<<", "=======", ">>>>>>>"]
                .iter()
                .any(|it| line.starts_with(it))
            {
                "it has a merge conflict; keep the lines of both sides".to_owned()
            } else {
                parser_words(&error)
            };
            failed(io::Error::other(format!("line {}: {words}", at + 1)))
        });
        known.push(parsed?);
    }
    Ok(known)
}
