//! `labelwright convert DIR`: every label file in a folder, to another folder.

use std::fs;
use std::hash::Hasher;
use std::path::Path;

use twox_hash::XxHash3_64;

use super::manifest::{Fate, Known, Manifest, ManifestEntry};
use super::paths::{Way, ways};
use super::stamp::{Hashing, Stamp, hash};
use super::{Args, Files, open_ledger, stream, unwritten};
use crate::cli::gate::{self, SeverityCounts};
use crate::cli::input::{Input, NOTHING_FOUND};
use crate::cli::many::{self, Done, Item, Task};
use crate::cli::options::{Job, try_texts};
use crate::cli::output::{self, Spec};
use crate::cli::terminal::{Failure, Status, complain, reason, say};
use crate::diagnostics::count;
use crate::formats::Format;
use crate::input::Source;
use crate::pipeline::{Error, Outcome};
use crate::report::Report;

/// A file on its way.
struct Trip {
    item: Item,
    way: Way,
    /// The fingerprint of what its product depends on besides itself and the texts.
    options: String,
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
struct Arrival {
    fate: Fate,
    /// What the manifest says of it.
    entry: ManifestEntry,
    /// What there is to report, where it was gone over.
    outcome: Option<Outcome>,
    /// Why it could not be worked on.
    failure: Option<Failure>,
}

/// What all files have in common.
struct Journey<'a> {
    args: &'a Args,
    to: &'static dyn Format,
    manifest: Manifest,
}

pub(super) fn run(args: &Args, to: &'static dyn Format) -> Result<Status, Failure> {
    let common = &args.common;
    let mut configs = common.reporting.configs()?;
    let mut trips = Vec::new();
    for way in ways(args, to)? {
        let job = common.job(&mut configs, &way.input)?;
        trips.push(Trip {
            options: fingerprint(args, to, &job, &way),
            item: Item::new(Input::Found(way.input.clone()), job),
            way,
        });
    }
    if trips.is_empty() {
        return Err(NOTHING_FOUND.into());
    }
    try_texts(trips.iter().map(|trip| &trip.item.job))?;
    let unwritable = |path: &Path, error| unwritten(&path.display().to_string(), error);
    fs::create_dir_all(&args.out).map_err(|error| unwritable(&args.out, error))?;
    let manifest = Manifest::open(&args.out, args.old.force);
    let manifest = manifest.map_err(|error| {
        let path = args.out.join(super::manifest::NAME);
        unwritable(&path, error)
    })?;
    let journey = Journey { args, to, manifest };
    let mut arrivals: Vec<Option<Arrival>> = Vec::new();
    let work = |trip: &Trip| (trip.way.input.clone(), journey.go(trip));
    let time = many::each(
        &mut trips,
        &common.reporting,
        work,
        |(path, arrival), progress| {
            match &arrival {
                None => many::say_skipped(&path, &common.reporting, progress),
                Some(arrival) => {
                    if let Some(failure) = &arrival.failure {
                        progress.aside(|| complain(&**failure));
                    }
                }
            }
            arrivals.push(arrival);
            Ok(())
        },
    )?;
    let (trips, arrivals): (Vec<Trip>, Vec<Arrival>) = trips
        .into_iter()
        .zip(arrivals)
        .filter_map(|(trip, arrival)| Some((trip, arrival?)))
        .unzip();
    if arrivals.is_empty() {
        return Err(NOTHING_FOUND.into());
    }
    let sum = Sum::of(&arrivals);
    let (mut entries, mut outcomes) = (Vec::new(), Vec::new());
    for arrival in arrivals {
        entries.push(arrival.entry);
        outcomes.extend(arrival.outcome);
    }
    let path = journey.manifest.path().to_owned();
    let finished = journey.manifest.finish(&entries);
    finished.map_err(|error| unwritable(&path, error))?;
    outcomes.sort_by(|a, b| a.input.path.cmp(&b.input.path));
    let report = Report {
        outcomes: &outcomes,
    };
    // Nothing is to be told people of files that were all passed over.
    if !outcomes.is_empty() || common.reporting.outputs.iter().any(Spec::is_for_machines) {
        output::write(&report, &common.reporting, stream(common, false), false)?;
    }
    if !common.reporting.quiet {
        for outcome in outcomes.iter().filter(|outcome| outcome.refused) {
            say(format_args!("not converted: {}", outcome.input.path));
        }
    }
    if !common.reporting.quiet && (sum.before.errors > 0 || sum.before.warnings > 0) {
        let errors = count(sum.before.errors, "error");
        let warnings = count(sum.before.warnings, "warning");
        say(format_args!(
            "the unchanged files have {errors} and {warnings}, which the run that converted them reported"
        ));
    }
    let done = sum.done(time);
    done.say(&common.reporting);
    if sum.failed > 0 {
        return Ok(Status::Failed);
    }
    let gates = trips.iter().map(|trip| &trip.item.job.gate);
    let judged = entries.iter().map(|entry| entry.findings).zip(gates);
    Ok(match gate::status(judged) {
        Status::Clean if sum.refused > 0 => Status::Findings,
        status => status,
    })
}

impl Journey<'_> {
    /// Does with a file what there is to do; nothing with what is no label file.
    fn go(&self, trip: &Trip) -> Option<Arrival> {
        let known = self.manifest.known(&trip.way.name);
        if self.args.old.resume
            && let Some(entry) = known.and_then(|known| unchanged(trip, known))
        {
            return Some(Arrival {
                fate: Fate::Unchanged,
                entry,
                outcome: None,
                failure: None,
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
            Some(Arrival {
                fate: Fate::Failed,
                entry,
                outcome: None,
                failure: Some(failure),
            })
        };
        let source = match trip.item.input.open() {
            Ok(Some(source)) => source,
            Ok(None) => return None,
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
            Ok(outcome) => Some(Arrival {
                fate: entry.status,
                entry,
                outcome: Some(outcome),
                failure: None,
            }),
            Err(failure) => failed(fresh, failure),
        }
    }

    /// Whether an output may take the place of another file.
    ///
    /// Fails where there is one that must stay.
    fn may_replace(&self, way: &Way, known: Option<&Known>) -> Result<bool, Failure> {
        let name = way.output.display();
        if self.args.old.force {
            return Ok(true);
        }
        if !way.output.exists() {
            return Ok(false);
        }
        let Some(known) = known.filter(|known| !known.written.is_empty()) else {
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
        let conversion = args.conversion(self.to, job, texts.as_ref(), restore.as_ref());
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
fn fingerprint(args: &Args, to: &'static dyn Format, job: &Job, way: &Way) -> String {
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
        job.lookup(),
        job.options.unit,
        (&job.options.levels, &job.options.settings),
    );
    let mut hasher = XxHash3_64::new();
    hasher.write(format!("{asked:?}").as_bytes());
    format!("{:016x}", hasher.finish())
}

/// What the files add up to.
#[derive(Default)]
struct Sum {
    converted: u64,
    unchanged: u64,
    refused: u64,
    failed: u64,
    /// The findings of those that are unchanged.
    before: SeverityCounts,
    documents: u64,
    bytes: u64,
}

impl Sum {
    fn of(arrivals: &[Arrival]) -> Self {
        let mut sum = Self::default();
        for Arrival { fate, entry, .. } in arrivals {
            match fate {
                Fate::Converted => {
                    sum.converted += 1;
                    sum.documents += entry.documents;
                    sum.bytes += entry.read.as_ref().map_or(0, |read| read.size);
                }
                Fate::Unchanged => {
                    sum.unchanged += 1;
                    sum.before.add(entry.findings);
                }
                Fate::Refused => sum.refused += 1,
                Fate::Failed => sum.failed += 1,
            }
        }
        sum
    }

    fn done(&self, time: std::time::Duration) -> Done {
        Done {
            verb: "converted",
            files: self.converted,
            documents: self.documents,
            bytes: self.bytes,
            time,
            others: vec![
                (self.unchanged, "unchanged"),
                (self.refused, "refused"),
                (self.failed, "failed"),
            ],
        }
    }
}
