//! What was checked in a shard, and how: the first line of its result.

use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::converted::Converted;
use crate::diagnostics::count;
use crate::formats::Told;
use crate::input::{Source, StoredPath, Texts, hash};
use crate::model::Kind;
use crate::pipeline::cutter::Stretch;
use crate::pipeline::pass::Pass;
use crate::pipeline::{Error, Options};
use crate::rules::Levels;
use crate::rules::settings::Settings;
use crate::text::Unit;

/// The version of the form that is written and read.
pub(super) const VERSION: u32 = 11;

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
    /// The time of its last change, where the system tells it.
    modified: Option<SystemTime>,
    /// What it labels, as its first records tell.
    pub(crate) kind: Option<Kind>,
    /// The bytes of the lines that were gone over.
    pub(crate) lines: Range<u64>,
    /// XXH3-64 of those bytes, in hexadecimal.
    xxh3: String,
    /// What the fingerprints of files call the folders of the texts.
    roots: Vec<String>,
    /// Whether the lines themselves come behind this one.
    pub(super) carries_lines: bool,
    /// What was asked of the check.
    pub(crate) asked: Asked,
    /// What its documents were written with, where they come behind the findings.
    pub(crate) converted: Option<Converted>,
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
    /// Whether findings say who labeled.
    labelers: bool,
    /// What the user says of the label file where it does not say it.
    told: Told,
}

impl PartialHead {
    /// That of the lines that a pass has gone over.
    pub(crate) fn new(pass: &Pass<'_>, stretch: &Stretch, carries_lines: bool) -> io::Result<Self> {
        let options = pass.options;
        Ok(Self {
            partial: VERSION,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            path: pass.source.path().to_owned().into(),
            format: pass.format.info().name.to_owned(),
            length: pass.source.length()?,
            modified: pass.source.modified(),
            kind: pass.survey.kind,
            lines: stretch.bytes.clone(),
            xxh3: spelled(stretch.hash.so_far()),
            roots: pass.texts.texts.map(Texts::roots).unwrap_or_default(),
            carries_lines,
            asked: Asked {
                levels: options.levels.clone(),
                settings: options.settings.clone(),
                offsets: options.unit.map(|unit| unit.name().to_owned()),
                texts: pass.texts.texts.map(|texts| {
                    let folders = texts.paths().into_iter().map(StoredPath::from);
                    (folders.collect(), texts.given())
                }),
                schema_strict: options.schema_strict,
                labelers: options.labelers,
                told: (*options.told).clone(),
            },
            converted: None,
        })
    }

    /// Whether findings say who labeled.
    pub(super) const fn says_labelers(&self) -> bool {
        self.asked.labelers
    }

    /// What is wrong with a head that was read from a file, in itself.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let Range { start, end } = self.lines;
        if start > end || end > self.length {
            return Some("its bytes are none of the label file");
        }
        (!self.asked.is_sound()).then_some("nobody can ask such a check")
    }

    /// What tells that a file is not the one that the shard has read, or does not hold any more
    /// what it has read.
    pub(crate) fn misfit(&self, source: &Source) -> io::Result<Option<String>> {
        if source.length()? != self.length {
            let what = "it is not as long as it was when the shards read it";
            return Ok(Some(what.to_owned()));
        }
        let Range { start, end } = self.lines;
        let stretch = source.reader_at(start)?.take(end - start);
        if spelled(hash(stretch)?) == self.xxh3 {
            return Ok(None);
        }
        let when = if self.modified == source.modified() {
            ", though the time of its last change is the same"
        } else {
            ""
        };
        Ok(Some(format!(
            "bytes {start} to {end} are not what they were when a shard read them{when}; check \
             them again"
        )))
    }

    /// The texts, opened again: those of the shards, or those in `moved` instead. What the shards have
    /// listed of them is known again there.
    pub(crate) fn texts(&self, source: &Source, moved: &[PathBuf]) -> Result<Option<Texts>, Error> {
        let Some(texts) = self.asked.texts(source, moved)? else {
            return Ok(None);
        };
        let (shards, here) = (self.roots.len(), texts.roots().len());
        let error = || {
            let what = format!(
                "its documents were looked for in {}, and in as many they must be now, not in {here}",
                count(shards as u64, "folder")
            );
            Error::read(source, io::Error::other(what))
        };
        texts.called(&self.roots).ok_or_else(error).map(Some)
    }

    /// The label file.
    pub(crate) fn path(&self) -> &Path {
        self.path.path()
    }

    /// What the shard was asked otherwise than `other` is, wherever the label file and the texts lie, and whatever
    /// was found of the file.
    pub(crate) fn asked_otherwise(&self, other: &Self) -> Option<&'static str> {
        let mut here = self.clone();
        here.path.clone_from(&other.path);
        here.asked.texts = other.asked.texts_of(&self.asked);
        here.kind = other.kind;
        here.asked.settings.redact = other.asked.settings.redact;
        here.converted.clone_from(&other.converted);
        here.difference(other)
    }

    /// What the heads of two shards of one check cannot differ in, and do.
    pub(crate) fn difference(&self, other: &Self) -> Option<&'static str> {
        let command = [self, other].map(|head| head.converted.is_some());
        let same = [
            (command[0] == command[1], "the command"),
            (self.path == other.path, "the label file"),
            (self.length == other.length, "the length of the label file"),
            (self.format == other.format, "the format"),
            (self.kind == other.kind, "the kind of the project"),
            (self.asked == other.asked, "what was asked of the check"),
            (
                self.converted == other.converted,
                "what was asked of the conversion",
            ),
            (
                self.roots == other.roots,
                "how the folders of the texts lie to one another",
            ),
        ];
        let different = same.into_iter().find(|(same, _)| !same);
        different.map(|(_, what)| what)
    }
}

/// A hash as it is written.
fn spelled(hash: u64) -> String {
    format!("{hash:016x}")
}

impl Asked {
    /// Whether somebody can have asked it: what nobody has proved yet of what was read.
    fn is_sound(&self) -> bool {
        let known = |name: &String| Unit::ALL.into_iter().any(|unit| unit.name() == name);
        self.offsets.as_ref().is_none_or(known) && self.settings.thresholds.are_sound()
    }

    /// The folders of the texts, where another has as many that were named in the same way; else the other's.
    fn texts_of(&self, other: &Self) -> Option<(Vec<StoredPath>, bool)> {
        let alike = |asked: &Self| {
            let texts = asked.texts.as_ref();
            texts.map(|(folders, given)| (folders.len(), *given))
        };
        let is_alike = alike(self) == alike(other);
        if is_alike { self } else { other }.texts.clone()
    }

    /// The folders and packs of the texts.
    pub(super) fn folders(&self) -> impl Iterator<Item = PathBuf> {
        let folders = self.texts.iter().flat_map(|(folders, _)| folders);
        folders.map(|one| one.path().to_owned())
    }

    /// The texts, opened again: those of the shards, or those in `moved` instead.
    fn texts(&self, source: &Source, moved: &[PathBuf]) -> Result<Option<Texts>, Error> {
        let Some((_, given)) = &self.texts else {
            return Ok(None);
        };
        let folders: Vec<PathBuf> = if moved.is_empty() {
            self.folders().collect()
        } else {
            moved.to_vec()
        };
        let texts = Texts::open(&folders, *given);
        let near = |texts: Texts| Some(texts.with_label_folder(source.folder()));
        texts.map(near).map_err(|(path, source)| Error::Read {
            path: path.display().to_string(),
            source,
        })
    }

    /// What to go on with.
    pub(crate) fn options(&self, options: &Options) -> Options {
        let named = |unit: &Unit| Some(unit.name()) == self.offsets.as_deref();
        Options {
            levels: self.levels.clone(),
            settings: Settings {
                redact: options.settings.redact,
                ..self.settings.clone()
            },
            unit: Unit::ALL.into_iter().find(named),
            schema_strict: self.schema_strict,
            labelers: self.labelers,
            told: Arc::new(self.told.clone()),
            fixes: false,
            ..options.clone()
        }
    }
}
