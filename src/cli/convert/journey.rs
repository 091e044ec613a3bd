//! The way of a file of a folder, from its place there to what is made of it.

use std::fs;
use std::hash::Hasher;
use std::path::Path;

use twox_hash::XxHash3_64;

use super::args::Args;
use super::files::{Files, open_ledger, unwritten};
use super::manifest::{Fate, Known, Manifest, ManifestEntry};
use super::paths::Way;
use super::stamp::{Hashing, Stamp};
use crate::cli::input::Opened;
use crate::cli::job::Job;
use crate::cli::many::{Item, Task};
use crate::cli::terminal::{Failure, reason};
use crate::diagnostics::{Looks, Nature};
use crate::formats::Format;
use crate::input::{Source, hash};
use crate::pipeline::{Error, Outcome};
use crate::report::SeverityCounts;

/// A file on its way.
pub(super) struct Trip {
    pub(super) item: Item,
    pub(super) way: Way,
    /// The fingerprint of what its product depends on besides itself and the texts.
    pub(super) options: String,
}

impl Task for Trip {
    fn item(&self) -> &Item {
        &self.item
    }

    fn item_mut(&mut self) -> &mut Item {
        &mut self.item
    }
}

/// What came of a file.
pub(super) struct Arrival {
    pub(super) fate: Fate,
    /// What the manifest says of it.
    pub(super) entry: ManifestEntry,
    /// What there is to report, where it was gone over.
    pub(super) outcome: Option<Outcome>,
    /// Why it could not be worked on.
    pub(super) failure: Option<Failure>,
    /// What it looks like, where it was passed over.
    pub(super) looks: Option<Looks>,
}

/// What all files have in common.
pub(super) struct Journey<'a> {
    pub(super) args: &'a Args,
    pub(super) to: &'static dyn Format,
    pub(super) manifest: Manifest,
}

impl Journey<'_> {
    /// Does with a file what there is to do. What it looks like, where it is of another program.
    pub(super) fn go(&self, trip: &Trip) -> Result<Arrival, Looks> {
        let known = self.manifest.known(&trip.way.name);
        if self.args.old.resume
            && let Some(entry) = known.and_then(|known| unchanged(trip, known))
        {
            return Ok(Arrival {
                fate: Fate::Unchanged,
                entry,
                outcome: None,
                failure: None,
                looks: None,
            });
        }
        let fresh = ManifestEntry {
            input: trip.way.name.clone(),
            output: trip.way.output_name.clone(),
            status: Fate::Failed,
            read: None,
            // What an earlier run wrote is there still, unless this one replaces it.
            written: known.and_then(|known| known.last.written.clone()),
            options: trip.options.clone(),
            documents: 0,
            labels: 0,
            findings: SeverityCounts::default(),
            error: None,
        };
        let failed = |mut entry: ManifestEntry, failure: Failure| {
            if entry.status == Fate::Failed {
                entry.error = Some(reason(&*failure));
                // Where the manifest cannot be written, that is said at the end.
                let _ = self.manifest.add(&entry);
            }
            Ok(Arrival {
                fate: Fate::Failed,
                entry,
                outcome: None,
                failure: Some(failure),
                looks: None,
            })
        };
        let source = match trip.item.input.open() {
            Ok(Opened::Source(source)) => source,
            Ok(Opened::PassedOver(looks)) if looks.nature() == Nature::Foreign => {
                return Err(looks);
            }
            Ok(Opened::PassedOver(looks)) => return Ok(self.skip(fresh, looks)),
            Err(failure) => return failed(fresh, failure),
        };
        let replace = match self.may_replace(&trip.way, known) {
            Ok(replace) => replace,
            Err(failure) => {
                // What was said of the output holds, so that a later run can go by it.
                let entry = known.map_or(fresh, |known| known.last.clone());
                return failed(entry, failure);
            }
        };
        let mut entry = fresh.clone();
        match self.convert(trip, &source, replace, &mut entry) {
            Ok(outcome) => Ok(Arrival {
                fate: entry.status,
                entry,
                outcome: Some(outcome),
                failure: None,
                looks: None,
            }),
            Err(failure) => failed(fresh, failure),
        }
    }

    /// Passes a file over that is like nothing, and notes so.
    fn skip(&self, fresh: ManifestEntry, looks: Looks) -> Arrival {
        let entry = ManifestEntry {
            status: Fate::Skipped,
            error: Some(format!("it looks like {looks}")),
            ..fresh
        };
        // Where the manifest cannot be written, that is said at the end.
        let _ = self.manifest.add(&entry);
        Arrival {
            fate: Fate::Skipped,
            entry,
            outcome: None,
            failure: None,
            looks: Some(looks),
        }
    }

    /// Whether an output may take the place of another file. A ledger that is there goes with the
    /// output that it was written with.
    ///
    /// Fails where there is one that must stay.
    fn may_replace(&self, way: &Way, known: Option<&Known>) -> Result<bool, Failure> {
        if self.args.common.reporting.force {
            return Ok(true);
        }
        let known = known.filter(|known| !known.written.is_empty());
        let replace = way.output.exists() && self.is_of_earlier_run(way, known)?;
        if let Some(ledger) = way.losses.as_ref().filter(|ledger| ledger.exists())
            && !(self.args.old.resume && known.is_some())
        {
            return Err(format!("{} exists; `--force` replaces it", ledger.display()).into());
        }
        Ok(replace)
    }

    /// Whether an output that is there was written by an earlier run.
    ///
    /// Fails where it was not, or must stay.
    fn is_of_earlier_run(&self, way: &Way, known: Option<&Known>) -> Result<bool, Failure> {
        let name = way.output.display();
        let Some(known) = known else {
            return Err(format!("{name} exists; `--force` replaces it").into());
        };
        if !self.args.old.resume {
            return Err(format!(
                "{name} exists, from an earlier run; `--resume` goes on from there, `--force` \
                replaces it"
            )
            .into());
        }
        for stamp in &known.written {
            let same = stamp.still(&way.output);
            let same = same.map_err(|source| Error::Read {
                path: name.to_string(),
                source,
            })?;
            if same.is_some() {
                return Ok(true);
            }
        }
        Err(format!("{name} was changed after it was written; `--force` replaces it").into())
    }

    /// Converts a file, and notes in the manifest what became of it.
    fn convert(
        &self,
        trip: &Trip,
        source: &Source,
        replace: bool,
        entry: &mut ManifestEntry,
    ) -> Result<Outcome, Failure> {
        let (args, way, job) = (self.args, &trip.way, &trip.item.job);
        let texts = job.texts(source)?;
        let restore = way.restore.as_deref();
        let restore = restore.map(|path| open_ledger(path, self.to)).transpose()?;
        let new_texts = args.new_texts()?;
        let conversion = args.conversion(
            self.to,
            job.options.unit,
            texts.as_ref(),
            restore.as_ref(),
            new_texts.as_ref(),
        );
        for path in [Some(&way.output), way.losses.as_ref()]
            .into_iter()
            .flatten()
        {
            let folder = path.parent().unwrap_or(Path::new("."));
            let made = fs::create_dir_all(folder);
            made.map_err(|error| unwritten(&folder.display().to_string(), error))?;
        }
        let mut files = Files::create(&way.output, replace, way.losses.as_deref(), Hashing::new)?;
        let outcome = files.make(source, &conversion, &job.options)?;
        files.texts = new_texts;
        let unread = |error| Error::Read {
            path: source.name().to_owned(),
            source: error,
        };
        let read = source.reader().and_then(hash).map_err(unread)?;
        if source.has_changed().map_err(unread)? {
            let path = source.name().to_owned();
            return Err(Box::new(Error::Changed { path }));
        }
        let size = source.length().map_err(unread)?;
        entry.read = Some(Stamp::new(size, source.modified(), read));
        entry.documents = outcome.input.documents;
        entry.labels = outcome.input.labels;
        entry.findings = SeverityCounts::of(&outcome);
        let noted = |error| unwritten(&self.manifest.path().display().to_string(), error);
        if outcome.refused {
            entry.status = Fate::Refused;
            self.manifest.add(entry).map_err(noted)?;
            return Ok(outcome);
        }
        entry.status = Fate::Converted;
        let modified = files.product.inner.settle();
        let modified = modified.map_err(|error| unwritten(&files.name, error))?;
        entry.written = files.product.stamp(modified);
        // The manifest comes first: an output that it does not know would not be replaced by
        // a later run, while one that it knows and that is not there is made.
        self.manifest.add(entry).map_err(noted)?;
        files.keep()?;
        Ok(outcome)
    }
}

/// The entry of a file that need not be converted again.
fn unchanged(trip: &Trip, known: &Known) -> Option<ManifestEntry> {
    let (last, way) = (&known.last, &trip.way);
    let ledger = way.losses.as_ref();
    if !last.is_done(&trip.options) || ledger.is_some_and(|ledger| !ledger.is_file()) {
        return None;
    }
    // What cannot be looked at is converted, or fails, with a message.
    let still = |stamp: &Option<Stamp>, path| stamp.as_ref()?.still(path).ok()?;
    Some(ManifestEntry {
        status: Fate::Unchanged,
        read: Some(still(&last.read, &way.input)?),
        written: Some(still(&last.written, &way.output)?),
        ..last.clone()
    })
}

/// A fingerprint of what an outcome depends on besides the label file and the texts.
pub(super) fn fingerprint(args: &Args, to: &'static dyn Format, job: &Job, way: &Way) -> String {
    let restore = way.restore.as_ref().map(|path| {
        let ledger = fs::metadata(path).ok();
        ledger.map(|ledger| (ledger.len(), ledger.modified().ok()))
    });
    let asked = (
        env!("CARGO_PKG_VERSION"),
        (args.from.0.map(|from| from.info().name), to.info().name),
        args.metadata(),
        (args.skip_invalid, args.deny_loss),
        (&way.losses, &way.restore, restore),
        &job.lookup,
        job.options.unit,
        (&job.options.levels, &job.options.settings),
    );
    let mut hasher = XxHash3_64::new();
    hasher.write(format!("{asked:?}").as_bytes());
    format!("{:016x}", hasher.finish())
}
