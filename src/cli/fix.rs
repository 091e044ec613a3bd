//! `check --fix` and `check --diff`: the label file mended, or what that would change.

use std::io::{self, Read};
use std::path::Path;

use similar::TextDiff;

use super::convert::NewFile;
use super::{Failure, print, say};
use crate::catalogue::Fix;
use crate::diagnostic::count;
use crate::formats::Format;
use crate::pipeline::{self, Error, Fixed, Options, Outcome};
use crate::source::Source;
use crate::texts::Texts;

/// Flags about mending.
#[derive(clap::Args)]
pub(super) struct Mends {
    /// Mend what can be mended without changing what a label means
    #[arg(long)]
    fix: bool,

    /// Mend also where that may change what a label means
    #[arg(long)]
    unsafe_fixes: bool,

    /// Print what would be mended as a unified diff, and write nothing
    #[arg(long)]
    diff: bool,
}

impl Mends {
    /// Whether anything is to be mended.
    pub(super) const fn any(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }

    /// Whether files are written.
    pub(super) const fn writes(&self) -> bool {
        self.any() && !self.diff
    }

    /// Whether the changes are to be printed instead of the findings.
    pub(super) const fn only_shows(&self) -> bool {
        self.diff
    }

    const fn most(&self) -> Fix {
        if self.unsafe_fixes {
            Fix::Unsafe
        } else {
            Fix::Safe
        }
    }

    /// Mends a label file, or shows how. The outcome is of the file as it stands afterwards.
    pub(super) fn run(
        &self,
        source: &Source,
        format: Option<&'static dyn Format>,
        texts: Option<&Texts>,
        options: &Options,
        quiet: bool,
    ) -> Result<Outcome, Failure> {
        let fixed = pipeline::fix(source, format, texts, options, self.most())?;
        if self.diff {
            print_diff(source, &fixed)?;
            return Ok(fixed.before);
        }
        if let Some(mended) = &fixed.source {
            replace(source, mended)?;
            if !quiet {
                let findings: u64 = fixed.mended.values().sum();
                let findings = count(findings, "finding");
                say(format_args!("mended {findings} in {}", source.name()));
            }
        }
        Ok(fixed.outcome)
    }
}

/// Writes the mended content in the place of the file.
fn replace(source: &Source, mended: &Source) -> Result<(), Failure> {
    let written = || {
        let mut file = NewFile::create(Path::new(source.name()), true)?;
        io::copy(&mut mended.reader()?, &mut file)?;
        file.keep()
    };
    written().map_err(|error| {
        Box::new(Error::Write {
            path: source.name().to_owned(),
            source: error,
        }) as Failure
    })
}

fn print_diff(source: &Source, fixed: &Fixed) -> Result<(), Failure> {
    let Some(mended) = &fixed.source else {
        return Ok(());
    };
    let read = |source: &Source| -> io::Result<String> {
        let mut bytes = Vec::new();
        source.reader()?.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let (old, new) = (read(source)?, read(mended)?);
    let diff = TextDiff::from_lines(&old, &new);
    let name = source.name();
    let text = diff
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string();
    print(text.as_bytes())
}
