//! `labelwright convert DIR`: every label file in a folder, to another folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::args::Args;
use super::files::{stream, unwritten};
use super::journey::{Arrival, Journey, Trip, fingerprint};
use super::lock::FolderLock;
use super::manifest::{self, Fate, Manifest};
use super::paths::ways;
use crate::cli::job::try_texts;
use crate::cli::many::{self, Done, Item, Skipped};
use crate::cli::output::Telling;
use crate::cli::terminal::{Failure, Status, complain, say};
use crate::cli::unfinished::remove_abandoned;
use crate::cli::verdict;
use crate::diagnostics::count;
use crate::formats::Format;
use crate::report::{Report, SeverityCounts, Verdict};

/// Removes what a killed run has left in the folders that are written to.
fn remove_all_abandoned(trips: &[Trip], out: &Path) {
    let written = |trip: &Trip| [Some(trip.way.output.clone()), trip.way.losses.clone()];
    let written = trips.iter().flat_map(written).flatten();
    let folders = written.filter_map(|path| path.parent().map(Path::to_owned));
    let folders: BTreeSet<PathBuf> = folders.chain([out.to_owned()]).collect();
    for folder in &folders {
        remove_abandoned(folder);
    }
}

pub(super) fn run(args: &Args, to: &'static dyn Format) -> Result<Status, Failure> {
    if to.info().layout.folder.is_some() {
        return Err(format!(
            "each label file of a folder would become a folder of {}; convert them one by one",
            to.info().title
        )
        .into());
    }
    let common = &args.common;
    let mut trips = trips(args, to)?;
    let mut skipped = Skipped::default();
    if trips.is_empty() {
        return Err(skipped.nothing_found());
    }
    try_texts(trips.iter().map(|trip| &trip.item.job))?;
    let unwritable = |path: &Path, error| unwritten(&path.display().to_string(), error);
    fs::create_dir_all(&args.out).map_err(|error| unwritable(&args.out, error))?;
    let _lock = FolderLock::take(&args.out)?;
    if args.old.resume {
        remove_all_abandoned(&trips, &args.out);
    }
    let manifest = Manifest::open(&args.out, common.reporting.force);
    let manifest = manifest.map_err(|error| {
        let path = args.out.join(manifest::NAME);
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
                Err(looks) => skipped.add(&path, looks, &common.reporting, progress),
                Ok(arrival) => {
                    if let Some(failure) = &arrival.failure {
                        progress.aside(|| complain(&**failure));
                    }
                    if let Some(looks) = &arrival.looks {
                        skipped.add(&path, looks, &common.reporting, progress);
                    }
                }
            }
            arrivals.push(arrival.ok());
            Ok(())
        },
    )?;
    let (trips, arrivals): (Vec<Trip>, Vec<Arrival>) = trips
        .into_iter()
        .zip(arrivals)
        .filter_map(|(trip, arrival)| Some((trip, arrival?)))
        .unzip();
    if arrivals.iter().all(|arrival| arrival.looks.is_some()) {
        return Err(skipped.nothing_found());
    }
    let sum = Sum::of(&arrivals);
    let mut verdict = Verdict::of_conversions(sum.failed);
    for (arrival, trip) in arrivals.iter().zip(&trips) {
        let (entry, outcome) = (&arrival.entry, arrival.outcome.as_ref());
        let sizes = (entry.documents, entry.labels);
        verdict.add(sizes, entry.findings, outcome, &trip.item.job.gate);
    }
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
        verdict: Some(&verdict),
        ..Report::default()
    };
    let outputs = common.reporting.outputs();
    // Nothing is to be told people of files that were all passed over.
    if !outcomes.is_empty() || outputs.any_for_machines() {
        outputs.write(&report, stream(&outputs, false), Telling::default())?;
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
    Ok(verdict::say(&verdict, &common.reporting))
}

/// The files of the folder, each with what is to be done.
fn trips(args: &Args, to: &'static dyn Format) -> Result<Vec<Trip>, Failure> {
    let common = &args.common;
    let mut configs = common.reporting.configs()?;
    let mut trips = Vec::new();
    for way in ways(args, to, &mut common.search.search(&mut configs)?)? {
        let job = common.job(&mut configs, &way.input)?;
        args.judge(&job.options)?;
        trips.push(Trip {
            options: fingerprint(args, to, &job, &way),
            item: Item::new(way.found(), job),
            way,
        });
    }
    Ok(trips)
}

/// What the files add up to.
#[derive(Default)]
struct Sum {
    converted: u64,
    unchanged: u64,
    refused: u64,
    failed: u64,
    skipped: u64,
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
                Fate::Skipped => sum.skipped += 1,
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
                (self.skipped, "skipped"),
            ],
        }
    }
}
