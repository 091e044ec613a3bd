//! `check --fix` and `check --diff`: the label file fixed, or what that would change.

use std::io::{self, Read};

use similar::TextDiff;

use super::new_file::NewFile;
use super::terminal::Failure;
use crate::diagnostics::count;
use crate::formats::Format;
use crate::input::{Source, Texts};
use crate::operations::{self, Fixed};
use crate::pipeline::{Error, Options, Outcome};
use crate::rules::meta::Applicability;

/// Flags about fixing.
#[derive(clap::Args)]
pub(super) struct FixFlags {
    /// Fix what can be fixed without changing what a label means
    #[arg(long)]
    fix: bool,

    /// Fix also where that may change what a label means
    #[arg(long)]
    unsafe_fixes: bool,

    /// Print what would be fixed as a unified diff, and write nothing
    #[arg(long)]
    diff: bool,
}

impl FixFlags {
    /// Whether anything is to be fixed.
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

    const fn most(&self) -> Applicability {
        if self.unsafe_fixes {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        }
    }

    /// Fixes a label file, or shows how. The outcome is of the file as it stands afterwards;
    /// with it comes what is to be told of the way there.
    pub(super) fn run(
        &self,
        source: &Source,
        format: Option<&'static dyn Format>,
        texts: Option<&Texts>,
        options: &Options,
    ) -> Result<(Outcome, Told), Failure> {
        let fixed = operations::fix(source, format, texts, options, self.most())?;
        if self.diff {
            let diff = diff(source, &fixed)?;
            return Ok((fixed.before, Told::Diff(diff)));
        }
        let mut told = Told::Nothing;
        if let Some(now) = &fixed.source {
            replace(source, now)?;
            let findings = count(fixed.fixed.values().sum(), "finding");
            told = Told::Fixed(format!("fixed {findings} in {}", source.name()));
        }
        Ok((fixed.outcome, told))
    }
}

/// What is told of the fixing of a file.
pub(super) enum Told {
    Nothing,
    /// What was fixed, for stderr.
    Fixed(String),
    /// What would be, for stdout.
    Diff(String),
}

/// Writes the fixed content in the place of the file, unless somebody else has done that
/// meanwhile.
fn replace(source: &Source, fixed: &Source) -> Result<(), Failure> {
    let path = || source.name().to_owned();
    let changed = source.has_changed();
    if changed.map_err(|source| Error::Read {
        path: path(),
        source,
    })? {
        return Err(Box::new(Error::Changed { path: path() }));
    }
    let written = || {
        let mut file = NewFile::create(source.path(), true)?;
        io::copy(&mut fixed.reader()?, &mut file)?;
        file.keep()
    };
    written().map_err(|error| {
        Box::new(Error::Write {
            path: path(),
            source: error,
        }) as Failure
    })
}

/// What fixing changes in a file, as a unified diff.
fn diff(source: &Source, fixed: &Fixed) -> Result<String, Failure> {
    let Some(fixed) = &fixed.source else {
        return Ok(String::new());
    };
    let read = |source: &Source| -> io::Result<String> {
        let mut bytes = Vec::new();
        source.reader()?.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let (old, new) = (read(source)?, read(fixed)?);
    let diff = TextDiff::from_lines(&old, &new);
    let name = source.name();
    Ok(diff
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string())
}
