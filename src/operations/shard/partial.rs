//! What came of one shard, as a file: JSON Lines.
//!
//! The first line says what was checked and how ([`Head`]), the second what the documents add
//! up to ([`Sums`]), each of the others is a finding, and the last line counts them, so that a
//! file that was cut off is not taken for a whole one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostics::redact::parser_words;
use crate::diagnostics::{Diagnostic, Excerpt, Severity};
use crate::input::{StoredPath, Texts};
use crate::json::Pointer;
use crate::model::Kind;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::{Aggregate, Sums};
use crate::pipeline::{Error, Options};
use crate::rules::settings::Settings;
use crate::rules::{self, Levels};
use crate::text::Unit;

/// The version of the form that is written and read.
const VERSION: u32 = 2;

/// What was checked, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PartialHead {
    /// The version of the form.
    partial: u32,
    /// The version of the program.
    tool: String,
    /// The label file.
    path: StoredPath,
    /// Its format, by name.
    pub(crate) format: String,
    /// Its length in bytes.
    pub(crate) length: u64,
    /// What it labels, as its first records tell.
    kind: Option<Kind>,
    /// The bytes of the lines that were gone over.
    pub(crate) lines: Range<u64>,
    /// What was asked of the check.
    pub(crate) asked: Asked,
}

/// What was asked of a check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Asked {
    levels: Levels,
    settings: Settings,
    /// `--offsets`, by name.
    offsets: Option<String>,
    /// The folders of the texts, and whether the user named them.
    texts: Option<(Vec<StoredPath>, bool)>,
    schema_strict: bool,
}

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

impl PartialHead {
    pub(crate) fn new(pass: &Pass<'_>, kind: Option<Kind>) -> io::Result<Self> {
        let length = pass.source.length()?;
        let options = pass.options;
        Ok(Self {
            partial: VERSION,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            path: pass.source.path().to_owned().into(),
            format: pass.format.info().name.to_owned(),
            length,
            kind,
            lines: pass.range.clone().unwrap_or(0..length),
            asked: Asked {
                levels: options.levels.clone(),
                settings: options.settings.clone(),
                offsets: options.unit.map(|unit| unit.name().to_owned()),
                texts: pass.texts.texts.map(|texts| {
                    let folders = texts.paths().into_iter().map(StoredPath::from);
                    (folders.collect(), texts.given())
                }),
                schema_strict: options.schema_strict,
            },
        })
    }

    /// The label file.
    pub(crate) fn path(&self) -> &Path {
        self.path.path()
    }

    /// What the heads of two shards of one check cannot differ in, and do.
    pub(crate) fn difference(&self, other: &Self) -> Option<&'static str> {
        let same = [
            (self.path == other.path, "the label file"),
            (self.length == other.length, "the length of the label file"),
            (self.format == other.format, "the format"),
            (self.kind == other.kind, "the kind of the project"),
            (self.asked == other.asked, "what was asked of the check"),
        ];
        let different = same.into_iter().find(|(same, _)| !same);
        different.map(|(_, what)| what)
    }
}

impl Asked {
    /// The texts, opened again.
    pub(crate) fn texts(&self) -> Result<Option<Texts>, Error> {
        let Some((folders, given)) = &self.texts else {
            return Ok(None);
        };
        let folders: Vec<PathBuf> = folders.iter().map(|one| one.path().to_owned()).collect();
        let texts = Texts::open(&folders, *given);
        texts.map(Some).map_err(|(path, source)| Error::Read {
            path: path.display().to_string(),
            source,
        })
    }

    /// What to go on with.
    pub(crate) fn options(&self, options: &Options) -> Options {
        let named = |unit: &Unit| Some(unit.name()) == self.offsets.as_deref();
        Options {
            levels: self.levels.clone(),
            settings: self.settings.clone(),
            unit: Unit::ALL.into_iter().find(named),
            schema_strict: self.schema_strict,
            fixes: false,
            ..options.clone()
        }
    }
}

/// Writes the result of a shard.
pub(crate) fn write(
    head: &PartialHead,
    part: &Aggregate,
    out: &mut dyn Write,
) -> Result<(), Error> {
    line(head, out).map_err(Error::write)?;
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
        };
        line(&stored, out).map_err(Error::write)?;
    }
    let end = End {
        findings: part.findings.len(),
    };
    line(&end, out).map_err(Error::write)
}

fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
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
            Ok(version) => {
                let tool = version.tool;
                let reason = format!("it was written by labelwright {tool}, and this is {this}");
                return Err(lines.unfit(reason));
            }
            Err(_) => return Err(lines.unfit("it is no result of `check --shard`".to_owned())),
        }
        let head = lines.parse(&text)?;
        Ok(Self { head, lines })
    }

    /// The file that it stands in.
    pub(crate) fn path(&self) -> &Path {
        &self.lines.path
    }

    /// An error about this file.
    pub(crate) fn unfit(&self, reason: String) -> Error {
        self.lines.unfit(reason)
    }

    /// Adds it to what the shards before it, with so many records, come to.
    pub(crate) fn add_to(self, whole: &mut Aggregate, records: &mut u64) -> Result<(), Error> {
        let mut lines = self.lines;
        let text = lines.next()?;
        let mut sums: Sums = lines.parse(&text)?;
        drop(text);
        sums.statistics.shift(*records);
        *records += sums.records;
        whole.sums.add(sums);
        let mut count = 0;
        loop {
            let text = lines.next()?;
            let finding = match lines.parse(&text)? {
                Line::End(end) if end.findings == count => return Ok(()),
                Line::End(_) => return Err(lines.unfit("findings are missing".to_owned())),
                Line::Finding(finding) => finding,
            };
            count += 1;
            let Some(rule) = rules::find(&finding.rule) else {
                return Err(lines.unfit(format!("`{}` is no rule", finding.rule)));
            };
            whole.findings.push(Diagnostic {
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
            })?;
        }
    }
}
