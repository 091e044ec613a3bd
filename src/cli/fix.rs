//! `check --fix` and `check --diff`: the label file fixed, or what that would change.

use std::fmt::Write;
use std::io::{self, Read};

use similar::{DiffableStr, TextDiff};

use super::help::heading;
use super::new_file::NewFile;
use super::terminal::Failure;
use crate::diagnostics::Applicability;
use crate::diagnostics::redact::redacted;
use crate::diagnostics::{commands, count, push_visible, visible};
use crate::formats::{Format, private_members};
use crate::input::{Source, Texts};
use crate::operations::{self, Fixed, Withheld};
use crate::pipeline::{Error, Options, Outcome};

/// Flags about fixing.
#[derive(clap::Args)]
pub(super) struct FixFlags {
    /// Fix what is safe to fix
    ///
    /// Safe is what changes no label's meaning. The label files themselves are written.
    #[arg(long, help_heading = heading::FIXES)]
    fix: bool,

    /// Fix also what may change a label's meaning
    #[arg(long, help_heading = heading::FIXES)]
    unsafe_fixes: bool,

    /// Print what would be fixed, and write nothing
    ///
    /// It is a unified diff. The exit status is 1 if there is any.
    #[arg(long, help_heading = heading::FIXES)]
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

/// The difference of two texts, with the lines as they may be shown: lines that differ in what is
/// hidden only are there, and look the same.
fn unified(name: &str, old: &str, new: &str) -> String {
    let private: Vec<&str> = private_members().collect();
    let (old_shown, new_shown) = (redacted(old, &private), redacted(new, &private));
    let (old_shown, new_shown) = (old_shown.tokenize_lines(), new_shown.tokenize_lines());
    let diff = TextDiff::from_lines(old, new);
    let mut out = String::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if out.is_empty() {
            let name = visible(name);
            out = format!("--- a/{name}\n+++ b/{name}\n");
        }
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let old_line = change.old_index().and_then(|index| old_shown.get(index));
            let new_line = change.new_index().and_then(|index| new_shown.get(index));
            out.push_str(&change.tag().to_string());
            push_line(&mut out, new_line.or(old_line).copied().unwrap_or_default());
        }
    }
    out
}

/// Adds a line with its end.
fn push_line(out: &mut String, line: &str) {
    let ends = ["\r\n", "\n"].into_iter();
    let mut ends = ends.filter_map(|end| Some((line.strip_suffix(end)?, end)));
    let (line, end) = ends.next().unwrap_or((line, ""));
    let start = out.len();
    for char in line.chars() {
        // A colon can command a runner only where nothing but blanks is before it.
        let is_first = || out[start..].trim_start() == ":";
        match char {
            '\t' => out.push(char),
            '[' if commands(out, char) => out.extend(char.escape_unicode()),
            ':' if is_first() => out.extend(char.escape_unicode()),
            _ => push_visible(out, char),
        }
    }
    out.push_str(match end {
        "" if line.ends_with('\r') => "\n",
        "" => "\n\\ No newline at end of file\n",
        end => end,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_is_safe_to_show_and_hides_who_labeled() {
        let old = "{\"labeler\":\"Jo\",\"a\":\"\u{9b}1m\"}\r\n\tx\ry";
        let new = "{\"labeler\":\"Al\",\"a\":\"\u{9b}1m\"}\r\n\tx\rz\n";
        let want = "--- a/n\\u{1b}\n+++ b/n\\u{1b}\n@@ -1,3 +1,3 @@\n\
            -{\"labeler\":\"**\",\"a\":\"\\u{9b}1m\"}\r\n\
            +{\"labeler\":\"**\",\"a\":\"\\u{9b}1m\"}\r\n \tx\\r\n\
            -y\n\\ No newline at end of file\n+z\n";
        assert_eq!(unified("n\u{1b}", old, new), want);
        assert_eq!(unified("n", old, old), "");
        let (old, new) = (
            "::set-env a::b\nx ##vso[y]\n1\n",
            "::set-env a::b\nx ##vso[y]\n2\n",
        );
        let want = "--- a/n\n+++ b/n\n@@ -1,3 +1,3 @@\n :\\u{3a}set-env a::b\n \
            x ##vso\\u{5b}y]\n-1\n+2\n";
        assert_eq!(unified("n", old, new), want);
    }
}
