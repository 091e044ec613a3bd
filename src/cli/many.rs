//! Work on label files, one or many: side by side, watched, and summed up.
//!
//! The threads are those of `pipeline`; what is settled here is which file gets how many, and
//! that nothing is printed but from one of them, in the order of the files.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::input::Input;
use super::job::Job;
use super::numbers::size;
use super::options::Reporting;
use super::progress::Progress;
use super::terminal::{Failure, say};
use crate::diagnostics::store::Budget;
use crate::diagnostics::{Looks, Nature};
use crate::pipeline::{Meter, side_by_side};
use crate::report::grouped;

/// Files of this size and more get all threads, one after another, however many there are.
const LARGE: u64 = 16 << 20;

/// Files below this size are too small for more than one thread.
const SMALL: u64 = 2 << 20;

/// A label file, and what is to be done with it.
pub(super) struct Item {
    pub(super) input: Input,
    pub(super) job: Job,
    meter: Arc<Meter>,
}

impl Item {
    pub(super) fn new(input: Input, mut job: Job) -> Self {
        let size = match &input {
            Input::File(path) | Input::Found { path, .. } => {
                fs::metadata(path).map_or(0, |file| file.len())
            }
            Input::Folder(..) | Input::Parts(..) | Input::Stdin(_) => 0,
        };
        let meter = Arc::new(Meter::new(size));
        job.options.meter = Some(meter.clone());
        Self { input, job, meter }
    }
}

/// Something that is done with a label file.
pub(super) trait Task: Sync {
    /// The file.
    fn item(&self) -> &Item;

    /// The file, to settle how it is worked on.
    fn item_mut(&mut self) -> &mut Item;
}

impl Task for Item {
    fn item(&self) -> &Item {
        self
    }

    fn item_mut(&mut self) -> &mut Item {
        self
    }
}

/// Works on label files: small ones side by side, large ones one after another. The results
/// are taken in the order of the files, on the calling thread; only `take` may print, and does
/// so [aside](Progress::aside).
pub(super) fn each<K: Task, T: Send>(
    tasks: &mut [K],
    reporting: &Reporting,
    work: impl Fn(&K) -> T + Sync,
    mut take: impl FnMut(T, &Progress) -> Result<(), Failure>,
) -> Result<Duration, Failure> {
    let start = Instant::now();
    let jobs = reporting.jobs();
    let total: u64 = tasks.iter().map(|task| task.item().meter.size()).sum();
    // Files that are large beside the others would keep one thread busy at the end.
    let large = (total / jobs as u64).clamp(SMALL, LARGE);
    let alone = tasks.len() == 1;
    let is_large = |task: &K| alone || task.item().meter.size() > large;
    let budget = Budget::default();
    for task in &mut *tasks {
        let jobs = if is_large(task) { jobs } else { 1 };
        let options = &mut task.item_mut().job.options;
        options.jobs = jobs;
        options.budget = budget.clone();
    }
    let meters = tasks.iter().map(|task| task.item().meter.clone());
    let progress = Progress::start(meters.collect(), reporting.quiet);
    let work = |task: &K| {
        let result = work(task);
        task.item().meter.finish();
        result
    };
    side_by_side(tasks, jobs, is_large, work, |result| {
        take(result, &progress)
    })?;
    Ok(start.elapsed())
}

/// Files that were found in folders and are no label files.
#[derive(Default)]
pub(super) struct Skipped {
    /// How many are like nothing. Those of other programs are not counted.
    pub(super) unknown: u64,
    /// What is said of the first of these.
    first: Option<String>,
}

impl Skipped {
    /// Notes one, and says so to those who want to know.
    pub(super) fn add(
        &mut self,
        path: &Path,
        looks: &Looks,
        reporting: &Reporting,
        progress: &Progress,
    ) {
        let line = self.note(path, looks);
        if reporting.verbose {
            progress.aside(|| say(line));
        }
    }

    /// Notes one. What comes back is for those who want to know.
    pub(super) fn note(&mut self, path: &Path, looks: &Looks) -> String {
        let path = path.display();
        if looks.nature() != Nature::Unknown {
            return format!("skipped {path}: no label file");
        }
        self.unknown += 1;
        let first = || format!("{path} looks like {looks}");
        self.first.get_or_insert_with(first);
        format!("skipped {path}: it looks like {looks}")
    }

    /// Why there is nothing to do.
    pub(super) fn nothing_found(&self) -> Failure {
        let why = self.first.as_deref();
        let why = why.unwrap_or(
            "only .json and .jsonl files in folders are looked at, but for those that .gitignore, \
             .ignore or `exclude` name (`--no-ignore` looks at them too)",
        );
        format!("no label file found; {why}").into()
    }
}

/// What was done, for the last line on stderr.
pub(super) struct Done {
    /// What was done with the files: `checked`.
    pub(super) verb: &'static str,
    pub(super) files: u64,
    pub(super) documents: u64,
    /// The size of the files.
    pub(super) bytes: u64,
    pub(super) time: Duration,
    /// What became of other files.
    pub(super) others: Vec<(u64, &'static str)>,
}

impl Done {
    /// Says it, where it is about several files or took its time.
    pub(super) fn say(&self, reporting: &Reporting) {
        let all = self.files + self.others.iter().map(|(files, _)| files).sum::<u64>();
        if !reporting.quiet && (all > 1 || self.time > Duration::from_secs(1)) {
            say(self.line());
        }
    }

    /// `checked 1,204 files, 250,000 documents, 448 MB in 3.2 s (140 MB/s)`
    fn line(&self) -> String {
        let count = |number: u64, noun: &str| {
            let ending = if number == 1 { "" } else { "s" };
            format!("{} {noun}{ending}", grouped(number))
        };
        let mut line = format!("{} {}", self.verb, count(self.files, "file"));
        if self.files > 0 {
            let documents = count(self.documents, "document");
            line = format!("{line}, {documents}, {}", size(self.bytes));
        }
        line = format!("{line} in {:.1} s", self.time.as_secs_f64());
        // The speed of what took no time says nothing.
        let millis = u64::try_from(self.time.as_millis()).unwrap_or(u64::MAX);
        if self.files > 0 && millis >= 10 {
            let speed = self.bytes.saturating_mul(1000) / millis;
            line = format!("{line} ({}/s)", size(speed));
        }
        let mut joint = "; ";
        for (files, what) in self.others.iter().filter(|(files, _)| *files > 0) {
            line = format!("{line}{joint}{} {what}", grouped(*files));
            joint = ", ";
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line() {
        let mut done = Done {
            verb: "checked",
            files: 1_204,
            documents: 250_000,
            bytes: 448_000_000,
            time: Duration::from_millis(3_200),
            others: vec![(0, "refused")],
        };
        let want = "checked 1,204 files, 250,000 documents, 448 MB in 3.2 s (140 MB/s)";
        assert_eq!(done.line(), want);
        done.others = vec![(2, "refused"), (0, "failed"), (1_000, "unchanged")];
        assert_eq!(done.line(), format!("{want}; 2 refused, 1,000 unchanged"));
        let none = Done {
            files: 0,
            time: Duration::from_millis(120),
            others: vec![(3, "unchanged")],
            ..done
        };
        assert_eq!(none.line(), "checked 0 files in 0.1 s; 3 unchanged");
        let one = Done {
            files: 1,
            documents: 1,
            bytes: 10,
            time: Duration::from_millis(3),
            ..none
        };
        assert!(
            one.line()
                .starts_with("checked 1 file, 1 document, 10 B in 0.0 s; ")
        );
    }
}
