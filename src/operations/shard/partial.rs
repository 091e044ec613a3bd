//! What came of one shard, as a file: JSON Lines.
//!
//! The first line says what was checked and how ([`PartialHead`]), the second what the documents add
//! up to ([`Sums`]), each of the others is a finding, and the last line counts them, so that a
//! file that was cut off is not taken for a whole one. Where the result carries the lines of the shard,
//! they come packed behind the first line ([`carried`]). Those of a conversion have more behind the last line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::carried;
use super::head::{PartialHead, VERSION};
use crate::diagnostics::redact::parser_words;
use crate::diagnostics::{Details, Diagnostic, Excerpt, Places, Severity, Subject};
use crate::formats::Info;
use crate::input::Source;
use crate::json::Pointer;
use crate::pipeline::Error;
use crate::pipeline::pass::aggregate::{Aggregate, Sums};
use crate::rules;

/// A finding. Its line and column come once the file is whole.
#[derive(Serialize, Deserialize)]
struct Finding {
    rule: String,
    severity: Severity,
    message: String,
    help: Option<String>,
    bytes: Option<Range<u64>>,
    pointer: Option<Pointer>,
    document: Option<String>,
    excerpt: Option<Box<Excerpt>>,
    doubt: u64,
    places: Option<Box<Places>>,
    subject: Option<Box<Subject>>,
    details: Option<Box<Details>>,
    is_of_corpus: bool,
}

impl Finding {
    /// Whether it can be one about a stretch of the label file.
    fn is_within(&self, lines: &Range<u64>) -> bool {
        let pointer = self.pointer.as_ref();
        let excerpt = self.excerpt.as_ref();
        let bytes = self.bytes.as_ref();
        bytes.is_none_or(|bytes| {
            lines.start <= bytes.start && bytes.start <= bytes.end && bytes.end <= lines.end
        }) && pointer.is_none_or(Pointer::is_sound)
            && excerpt.is_none_or(|excerpt| excerpt.is_sound())
            && self
                .places
                .as_ref()
                .is_none_or(|places| places.is_within(lines))
    }
}

/// The last line.
#[derive(Serialize, Deserialize)]
struct End {
    findings: u64,
}

/// A finding, or the last line.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    End(End),
    Finding(Finding),
}

/// Writes the result of a shard of a label file, with its lines where the head says that it carries them.
///
/// Fails where these cannot be read, or `out` cannot be written.
pub(crate) fn write(
    head: &PartialHead,
    source: &Source,
    part: &Aggregate,
    out: &mut dyn Write,
) -> Result<(), Error> {
    line(head, out).map_err(Error::write)?;
    if head.carries_lines {
        let Range { start, end } = head.lines;
        let unread = |error| Error::read(source, error);
        let lines = source.reader_at(start).map_err(unread)?;
        carried::write(lines, end - start, unread, out)?;
    }
    line(&part.sums, out).map_err(Error::write)?;
    for finding in &part.findings {
        let finding = finding?.into_owned();
        let stored = Finding {
            rule: finding.rule.to_owned(),
            severity: finding.severity,
            message: finding.message,
            help: finding.help.map(Into::into),
            bytes: finding.bytes,
            pointer: finding.pointer,
            document: finding.document,
            excerpt: finding.excerpt,
            doubt: finding.doubt,
            places: finding.places,
            subject: finding.subject,
            details: finding.details,
            is_of_corpus: finding.is_of_corpus,
        };
        line(&stored, out).map_err(Error::write)?;
    }
    let end = End {
        findings: part.findings.len(),
    };
    line(&end, out).map_err(Error::write)
}

/// Writes a line of a result.
pub(crate) fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// The part of the head that every version has.
#[derive(Deserialize)]
struct Version {
    partial: u32,
    tool: String,
}

/// The lines of a file with the result of a shard.
struct PartialLines {
    path: PathBuf,
    input: BufReader<File>,
    read: u64,
}

impl PartialLines {
    fn unfit(&self, reason: String) -> Error {
        Error::Read {
            path: self.path.display().to_string(),
            source: io::Error::other(reason),
        }
    }

    fn next(&mut self) -> Result<String, Error> {
        let mut text = String::new();
        let read = self.input.read_line(&mut text);
        self.read += 1;
        match read {
            Ok(0) => Err(self.unfit("it was cut off".to_owned())),
            Ok(_) => Ok(text),
            Err(error) => Err(self.unfit(error.to_string())),
        }
    }

    /// That the line that was read last says what cannot be.
    fn unproved(&self) -> Error {
        let line = self.read;
        self.unfit(format!(
            "line {line}: it speaks of what the lines of the shard cannot hold"
        ))
    }

    fn parse<'t, T: Deserialize<'t>>(&self, text: &'t str) -> Result<T, Error> {
        let parsed = serde_json::from_str(text);
        parsed.map_err(|error| {
            let words = parser_words(&error);
            self.unfit(format!("line {}: {words}", self.read))
        })
    }
}

/// The result of a shard, of which the head was read.
pub(crate) struct Partial {
    pub(crate) head: PartialHead,
    lines: PartialLines,
    /// Whether the lines of the shard come next.
    has_lines: bool,
}

impl Partial {
    /// Reads the head.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Read {
            path: path.display().to_string(),
            source,
        };
        let mut lines = PartialLines {
            path: path.to_owned(),
            input: BufReader::new(File::open(path).map_err(failed)?),
            read: 0,
        };
        let text = lines.next()?;
        let this = env!("CARGO_PKG_VERSION");
        match serde_json::from_str::<Version>(&text) {
            Ok(version) if version.partial == VERSION && version.tool == this => {}
            Ok(version) if version.tool == this => {
                let form = version.partial;
                let reason = format!(
                    "its form is {form}, and this labelwright {this} reads the form {VERSION}: \
                     another build wrote it; check the shard with this one"
                );
                return Err(lines.unfit(reason));
            }
            Ok(version) => {
                let tool = version.tool;
                let reason = format!("it was written by labelwright {tool}, and this is {this}");
                return Err(lines.unfit(reason));
            }
            Err(_) => return Err(lines.unfit("it is no result of a shard".to_owned())),
        }
        let head: PartialHead = lines.parse(&text)?;
        match head.fault() {
            Some(what) => Err(lines.unfit(format!("line 1: {what}"))),
            None => Ok(Self {
                has_lines: head.carries_lines,
                head,
                lines,
            }),
        }
    }

    /// The file that it stands in.
    pub(crate) fn path(&self) -> &Path {
        &self.lines.path
    }

    /// An error about this file.
    pub(crate) fn unfit(&self, reason: String) -> Error {
        self.lines.unfit(reason)
    }

    /// Writes the lines of the shard to `out`, where the result carries them and they were not read yet.
    pub(super) fn lines_to(&mut self, out: &mut dyn Write) -> Result<(), Error> {
        if std::mem::take(&mut self.has_lines) {
            self.unpack(self.head.lines.end - self.head.lines.start, out)?;
        }
        Ok(())
    }

    /// Reads what stands in the line that follows.
    pub(crate) fn value<T: DeserializeOwned>(&mut self) -> Result<T, Error> {
        let text = self.lines.next()?;
        self.lines.parse(&text)
    }

    /// That the line that was read last says what cannot be.
    pub(crate) fn unproved(&self) -> Error {
        self.lines.unproved()
    }

    /// Unpacks the `length` bytes that follow into `out`.
    pub(crate) fn unpack(&mut self, length: u64, out: &mut dyn Write) -> Result<(), Error> {
        let read = carried::read(&mut self.lines.input, length, out);
        read.map_err(|error| self.lines.unfit(error.to_string()))
    }

    /// Adds it to what the shards before it, with so many records, come to.
    /// With `redact`, the format, the words of documents are taken out of its findings.
    pub(crate) fn add_to(
        &mut self,
        whole: &mut Aggregate,
        records: &mut u64,
        redact: Option<&Info>,
    ) -> Result<(), Error> {
        self.lines_to(&mut io::sink())?;
        let Self { head, lines, .. } = self;
        let text = lines.next()?;
        let mut sums: Sums = lines.parse(&text)?;
        drop(text);
        if !sums.is_within(&head.lines) {
            return Err(lines.unproved());
        }
        sums.statistics.shift(*records);
        *records += sums.records;
        whole.sums.add(sums);
        let mut count = 0;
        loop {
            let text = lines.next()?;
            let finding = match lines.parse(&text)? {
                Line::End(end) if end.findings == count => return Ok(()),
                Line::End(_) => return Err(lines.unfit("findings are missing".to_owned())),
                Line::Finding(finding) if finding.is_within(&head.lines) => finding,
                Line::Finding(_) => return Err(lines.unproved()),
            };
            count += 1;
            let Some(rule) = rules::find(&finding.rule) else {
                return Err(lines.unfit(format!("`{}` is no rule", finding.rule)));
            };
            let mut found = Diagnostic {
                rule: rule.meta().name,
                severity: finding.severity,
                message: finding.message,
                help: finding.help.map(Into::into),
                bytes: finding.bytes,
                position: None,
                pointer: finding.pointer,
                document: finding.document,
                excerpt: finding.excerpt,
                snippet: None,
                doubt: finding.doubt,
                fix: None,
                region: None,
                places: finding.places,
                subject: finding.subject,
                details: finding.details,
                is_of_corpus: finding.is_of_corpus,
                fingerprint: 0,
            };
            if let Some(info) = redact {
                rule.redact(&mut found, info);
            }
            whole.findings.push(found)?;
        }
    }
}
