//! What became of each file of a folder, for a later run: `.labelwright-manifest.jsonl`.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::stamp::Stamp;
use crate::cli::new_file::NewFile;
use crate::diagnostics::redact::parser_words;
use crate::input::StoredPath;
use crate::report::SeverityCounts;

/// The manifest's name in the output folder. Hidden, so that it is never taken for an input.
pub(super) const NAME: &str = ".labelwright-manifest.jsonl";

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Fate {
    /// It was converted.
    Converted,
    /// It was converted in an earlier run, and nothing has changed since.
    Unchanged,
    /// Its conversion was refused; the findings say why.
    Refused,
    /// It could not be worked on.
    Failed,
    /// It was passed over: nobody can say what it is.
    Skipped,
}

/// One line: one input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ManifestEntry {
    /// The input, from the input folder.
    pub(super) input: StoredPath,
    /// The output, from the output folder.
    pub(super) output: StoredPath,
    pub(super) status: Fate,
    /// The bytes that were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) read: Option<Stamp>,
    /// The bytes that a conversion wrote last, be it in an earlier run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) written: Option<Stamp>,
    /// A fingerprint of the options that the outcome depends on, and of the program's version.
    pub(super) options: String,
    pub(super) documents: u64,
    pub(super) labels: u64,
    /// Findings by severity.
    #[serde(flatten)]
    pub(super) findings: SeverityCounts,
    /// Why it could not be worked on, or was passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
}

impl ManifestEntry {
    /// Whether a run can have written it: nobody has proved it of a line that was read.
    fn is_sound(&self) -> bool {
        let stamps = [&self.read, &self.written].into_iter().flatten();
        stamps.into_iter().all(Stamp::is_sound)
    }

    /// Whether there is a product of the input with these options.
    pub(super) fn is_done(&self, options: &str) -> bool {
        matches!(self.status, Fate::Converted | Fate::Unchanged) && self.options == options
    }
}

/// What earlier runs say of an input.
#[derive(Debug)]
pub(super) struct Known {
    /// The last that was said.
    pub(super) last: ManifestEntry,
    /// All outputs that were written, or were about to be when a run was killed.
    pub(super) written: Vec<Stamp>,
}

/// The manifest of an output folder: what earlier runs wrote, and what this one adds.
pub(super) struct Manifest {
    path: PathBuf,
    known: BTreeMap<StoredPath, Known>,
    file: Mutex<(File, u64)>,
}

impl Manifest {
    /// Opens the manifest of an output folder, or begins one. A last line that a killed run has
    /// left unfinished goes. `anew` forgets what stands there if it is no manifest.
    ///
    /// Fails where it cannot be read or written, or holds something else.
    pub(super) fn open(folder: &Path, anew: bool) -> io::Result<Self> {
        let path = folder.join(NAME);
        // A link would have another file written to, and nobody may ever write to a pipe.
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::other("it is not a file; remove it"));
        }
        let old = match fs::read(&path) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut length = old
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let known = match read(&old[..length]) {
            Ok(known) => known,
            Err(_) if anew => {
                length = 0;
                BTreeMap::new()
            }
            Err(error) => return Err(error),
        };
        let length = length as u64;
        let mut options = OpenOptions::new();
        let file = options.create(true).append(true).open(&path)?;
        file.set_len(length)?;
        Ok(Self {
            path,
            known,
            file: Mutex::new((file, length)),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What earlier runs say of an input.
    pub(super) fn known(&self, input: &StoredPath) -> Option<&Known> {
        self.known.get(input)
    }

    /// Adds a line, which stands there even if the program is killed right afterwards.
    pub(super) fn add(&self, entry: &ManifestEntry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        let mut guard = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, length) = &mut *guard;
        if let Err(error) = file.write_all(&line) {
            // Half a line would spoil the next one.
            file.set_len(*length)?;
            return Err(error);
        }
        *length += line.len() as u64;
        Ok(())
    }

    /// Replaces all lines by one for each input, in the order given.
    pub(super) fn finish(self, entries: &[ManifestEntry]) -> io::Result<()> {
        // Windows gives no open file's name to another one.
        drop(self.file);
        let mut file = NewFile::create(&self.path, true)?;
        for entry in entries {
            serde_json::to_writer(&mut file, entry)?;
            file.write_all(b"\n")?;
        }
        file.keep()
    }
}

fn read(lines: &[u8]) -> io::Result<BTreeMap<StoredPath, Known>> {
    let mut known: BTreeMap<StoredPath, Known> = BTreeMap::new();
    for (index, line) in lines.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let invalid = |what: &dyn std::fmt::Display| {
            let message = format!(
                "line {} is no line of a manifest; remove the file to begin again: {what}",
                index + 1
            );
            io::Error::new(io::ErrorKind::InvalidData, message)
        };
        let entry: ManifestEntry =
            serde_json::from_slice(line).map_err(|error| invalid(&parser_words(&error)))?;
        if !entry.is_sound() {
            return Err(invalid(&"no file has such a size, time and hash"));
        }
        let mut before = match known.remove(&entry.input) {
            Some(before) => before.written,
            None => Vec::new(),
        };
        before.extend(entry.written.clone());
        let input = entry.input.clone();
        let now = Known {
            last: entry,
            written: before,
        };
        known.insert(input, now);
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> StoredPath {
        std::path::PathBuf::from(name).into()
    }

    fn entry(input: &str, status: Fate, hash: u64) -> ManifestEntry {
        ManifestEntry {
            input: named(input),
            output: named(&format!("{input}l")),
            status,
            read: None,
            written: Some(Stamp::new(3, None, hash)),
            options: "o".to_owned(),
            documents: 1,
            labels: 2,
            findings: SeverityCounts::default(),
            error: None,
        }
    }

    #[test]
    fn the_last_line_counts_and_a_torn_one_does_not() {
        let place = tempfile::tempdir().unwrap();
        let manifest = Manifest::open(place.path(), false).unwrap();
        assert!(manifest.known(&named("a.json")).is_none());
        manifest.add(&entry("b.json", Fate::Failed, 1)).unwrap();
        manifest.add(&entry("a.json", Fate::Refused, 2)).unwrap();
        manifest.add(&entry("b.json", Fate::Converted, 3)).unwrap();
        let path = manifest.path().to_owned();
        drop(manifest);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, [&whole[..], b"{\"input\":\"a.js"].concat()).unwrap();
        let manifest = Manifest::open(place.path(), false).unwrap();
        let known = manifest.known(&named("b.json")).unwrap();
        assert!(known.last.is_done("o") && !known.last.is_done("p"));
        let hashes: Vec<&str> = known.written.iter().map(|stamp| &*stamp.xxh3).collect();
        assert_eq!(hashes, ["0000000000000001", "0000000000000003"]);
        assert!(!manifest.known(&named("a.json")).unwrap().last.is_done("o"));
        // What is added stands on a line of its own.
        manifest.add(&entry("c.json", Fate::Converted, 4)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 4);
        let entries = [entry("a.json", Fate::Unchanged, 2)];
        manifest.finish(&entries).unwrap();
        let manifest = Manifest::open(place.path(), false).unwrap();
        assert_eq!(manifest.known(&named("a.json")).unwrap().last, entries[0]);
        assert!(manifest.known(&named("b.json")).is_none());
    }

    #[test]
    fn a_manifest_that_no_run_has_written_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(NAME);
        let good = serde_json::to_string(&entry("a.json", Fate::Converted, 7)).unwrap();
        let hash = "0000000000000007";
        let time = r#""size":3,"modified":"1.000000000""#;
        let good = good.replace(r#""size":3"#, time);
        for (from, to) in [
            (hash, ""),
            (hash, "000000000000000G"),
            ("1.000000000", "yesterday"),
            ("1.000000000", "1.0"),
            (r#""notes":0"#, r#""notes":-1"#),
        ] {
            fs::write(&path, good.clone() + "\n").unwrap();
            assert!(Manifest::open(place.path(), false).is_ok());
            fs::write(&path, good.replace(from, to) + "\n").unwrap();
            let error = Manifest::open(place.path(), false).err().expect(to);
            assert!(
                error.to_string().starts_with("line 1 is no line"),
                "{error}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_neither_read_nor_written_through() {
        let place = tempfile::tempdir().unwrap();
        let precious = place.path().join("precious");
        fs::write(&precious, "words").unwrap();
        std::os::unix::fs::symlink(&precious, place.path().join(NAME)).unwrap();
        for anew in [false, true] {
            assert!(Manifest::open(place.path(), anew).is_err());
        }
        assert_eq!(fs::read_to_string(precious).unwrap(), "words");
    }

    #[test]
    fn something_else_is_no_manifest() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(NAME);
        fs::write(&path, "{\"input\": 1}\n").unwrap();
        let error = Manifest::open(place.path(), false).err().unwrap();
        assert!(
            error.to_string().starts_with("line 1 is no line"),
            "{error}"
        );
        assert!(Manifest::open(place.path(), true).is_ok());
        assert_eq!(fs::read(&path).unwrap(), b"");
    }
}
