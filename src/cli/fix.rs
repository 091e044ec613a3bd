//! `check --fix` and `check --diff`: the label file fixed, or what that would change.

use std::io::{self, Read};

use super::help::heading;
use super::new_file::NewFile;
use super::terminal::Failure;
use crate::diagnostics::Applicability;
use crate::diagnostics::count;
use crate::formats::{self, Format, TextPlace, private_members};
use crate::input::{Source, Texts};
use crate::operations::{self, Fixed, Withheld};
use crate::pipeline::{Error, Options, Outcome};
use crate::report;

/// Flags about fixing.
#[derive(clap::Args)]
pub(super) struct FixFlags {
    /// Fix what is safe to fix
    ///
    /// Safe is what changes no label's meaning. The label files themselves are written.
    #[arg(long, help_heading = heading::FIXES)]
    fix: bool,

    /// Fix also what may change a label's meaning
    ///
    /// It goes with `--fix` or `--diff`; alone it fixes nothing.
    #[arg(long, help_heading = heading::FIXES)]
    unsafe_fixes: bool,

    /// Print what would be fixed, and write nothing
    ///
    /// It is a unified diff for people to read, in the place of a report: what no report may show is hidden in
    /// it. The exit status is 1 if there is any.
    #[arg(long, help_heading = heading::FIXES)]
    diff: bool,
}

impl FixFlags {
    /// Whether anything is to be fixed, or to be shown as fixed.
    pub(super) const fn any(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether it is said how to fix, and not to do so.
    pub(super) const fn is_idle(&self) -> bool {
        self.unsafe_fixes && !self.any()
    }

    /// Makes sure that nothing is asked for beside the changes: they are all that is printed, and nothing is
    /// written. The options are those that are given of the others.
    ///
    /// Fails where one is.
    pub(super) fn fit(&self, others: &[(bool, &str)]) -> Result<(), Failure> {
        let asked = others.iter().find(|(is_given, _)| *is_given && self.diff);
        match asked {
            Some((_, option)) => Err(format!(
                "`--diff` prints changes and writes nothing, so it does not go with `{option}`; leave out \
                one of the two"
            )
            .into()),
            None => Ok(()),
        }
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
        if source.is_several() {
            return Err(format!(
                "{} is a folder of files, and only a single file can be fixed",
                source.name()
            )
            .into());
        }
        let fixed = operations::fix(source, format, texts, options, self.most())?;
        let mut told = Told {
            lines: withheld(&fixed.withheld, source.name()),
            diff: String::new(),
        };
        if self.diff {
            if options.settings.redact && has_words(&fixed) {
                return Err(format!(
                    "the words of documents are in {}, and `--diff` shows lines of it; leave out `--diff` or \
                    `--redact`",
                    source.name()
                )
                .into());
            }
            told.diff = diff(source, &fixed)?;
            return Ok((fixed.before, told));
        }
        if let Some(now) = &fixed.source {
            replace(source, now)?;
            let findings = count(fixed.fixed.values().sum(), "finding");
            let line = format!("fixed {findings} in {}", source.name());
            told.lines.insert(0, line);
        }
        Ok((fixed.outcome, told))
    }
}

/// Whether the words of documents are inside the file that was fixed.
fn has_words(fixed: &Fixed) -> bool {
    let format = fixed.before.input.format.and_then(formats::find);
    let texts = format.map(|format| format.info().texts);
    !matches!(texts, Some(TextPlace::Files | TextPlace::Addresses))
}

/// What is told of the fixing of a file.
#[derive(Default)]
pub(super) struct Told {
    /// What was fixed and what was not, for stderr.
    pub(super) lines: Vec<String>,
    /// What would be changed, for stdout.
    pub(super) diff: String,
}

impl Told {
    /// Whether there is a change that was not made.
    pub(super) const fn shows(&self) -> bool {
        !self.diff.is_empty()
    }
}

/// What was not fixed, though a machine could, a line for each rule and reason:
/// ``did not fix 2 findings of `label-unused` in a.json: would cause `too-few-labels` ``
fn withheld(withheld: &Withheld, name: &str) -> Vec<String> {
    let lines = withheld.iter().map(|((rule, reason), number)| {
        let findings = count(*number, "finding");
        format!("did not fix {findings} of `{rule}` in {name}: {reason}")
    });
    lines.collect()
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
    Ok(unified(source.name(), &old, &new))
}

/// The difference of two contents of a file, as a unified diff.
///
/// Fails where the old one cannot be read.
pub(super) fn changes(source: &Source, new: &[u8]) -> Result<String, Failure> {
    let mut old = Vec::new();
    let read = source.reader().and_then(|mut it| it.read_to_end(&mut old));
    read.map_err(|error| Error::Read {
        path: source.name().to_owned(),
        source: error,
    })?;
    let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(new));
    Ok(unified(source.name(), &old, &new))
}

/// The difference of two contents of a file of that name, as a unified diff that may be shown.
fn unified(name: &str, old: &str, new: &str) -> String {
    let private: Vec<&str> = private_members().collect();
    report::changes(name, old, new, &private)
}
