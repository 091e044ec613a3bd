//! `--baseline` and `--write-baseline`: findings that are known already.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use serde_jsonlines::JsonLinesWriter;

use super::claims::{Claims, real};
use super::help::heading;
use super::many::Item;
use super::new_file::NewFile;
use super::terminal::{Failure, say};
use crate::diagnostics::redact::parser_words;
use crate::diagnostics::{Baseline, Compared, KnownFinding, count, quote};
use crate::pipeline::{Error, Outcome};

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
    /// It has one line for each, without any words of a document. An older baseline is replaced.
    #[arg(long, value_name = "FILE", help_heading = heading::STATUS)]
    write_baseline: Option<PathBuf>,
}

impl BaselineFlags {
    /// Whether one of them is given.
    pub(super) const fn any(&self) -> bool {
        self.baseline.is_some() || self.write_baseline.is_some()
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

    /// Tells the jobs what is known.
    ///
    /// Fails where the baseline cannot be read.
    pub(super) fn apply(&self, items: &mut [Item]) -> Result<(), Failure> {
        let known = match &self.baseline {
            Some(path) => Some((path, read(path)?)),
            None => None,
        };
        for item in items {
            let input = item.input.path();
            let options = &mut item.job.options;
            if let Some(path) = &self.write_baseline {
                options.new_baseline = Some(name(input, path));
            }
            if let Some((path, known)) = &known {
                let baseline = Baseline::new(name(input, path), known.iter().cloned());
                options.baseline = Some(Arc::new(baseline));
            }
        }
        Ok(())
    }

    /// Writes what was found as known. From then on it is.
    ///
    /// Fails where the file cannot be written.
    pub(super) fn write(&self, outcomes: &mut [Outcome], quiet: bool) -> Result<(), Failure> {
        let Some(path) = &self.write_baseline else {
            return Ok(());
        };
        let known = outcomes
            .iter_mut()
            .flat_map(|it| std::mem::take(&mut it.known));
        let mut known: Vec<KnownFinding> = known.collect();
        known.sort();
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
    pub(super) fn tell(&self, outcomes: &[Outcome], quiet: bool) {
        /// How many findings are named that are not found any more.
        const NAMED: usize = 3;
        let Some(path) = self.baseline.as_ref().filter(|_| !quiet) else {
            return;
        };
        let all = || outcomes.iter().filter_map(|it| it.compared.as_deref());
        let sum = |of: fn(&Compared) -> u64| all().map(of).sum::<u64>();
        let fixed: Vec<&KnownFinding> = all().flat_map(|it| &it.fixed).collect();
        say(format_args!(
            "{}: {} new, {} known, {} fixed",
            path.display(),
            sum(|it| it.new),
            sum(|it| it.unchanged),
            fixed.len()
        ));
        if fixed.is_empty() {
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
        let more = fixed.len().saturating_sub(NAMED);
        let more = match more {
            0 => String::new(),
            more => format!("and {} more; ", count(more as u64, "finding")),
        };
        say(format_args!(
            "{more}`--write-baseline {}` writes it without them",
            path.display()
        ));
    }
}

/// A label file as a baseline names it: from the folder of the baseline where it lies in it, with
/// slashes.
fn name(input: &Path, baseline: &Path) -> String {
    let (file, folder) = (real(input), real(baseline));
    let folder = folder.parent().unwrap_or(Path::new(""));
    let path = file.strip_prefix(folder).unwrap_or(&file);
    path.display().to_string().replace('\\', "/")
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

/// Whether a text is the beginning of a baseline.
pub(super) fn is_baseline(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next();
    first.is_some_and(|line| serde_json::from_str::<KnownFinding>(line).is_ok())
}
