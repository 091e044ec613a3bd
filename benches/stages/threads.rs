//! What many threads are worth, on a machine that has fewer: the work is throttled.
//!
//! The batches go through the threads of the program as those of a label file do, but each stage of a
//! batch sleeps for as long as its share says instead of working, so that sixteen threads fit on two
//! cores. The shares are near those that `docs/performance.md` states.

use std::fmt;
use std::io;
use std::thread::sleep;
use std::time::Duration;

use divan::Bencher;
use divan::counter::ItemsCount;
use labelwright::internals::json::cut::{Batch, Cut, LineRanges, Lines, Outline, ReadAt, Sizes};
use labelwright::internals::pipeline::Options;
use labelwright::internals::pipeline::workers::Workers;

/// What a batch takes one thread, in all: about twenty times what it takes the program, since a sleep
/// is some fiftieth of a millisecond too long.
const BATCH: Duration = Duration::from_millis(20);

/// So many batches: a label file of 80 MB.
const BATCHES: usize = 320;

/// A run whose stages are throttled.
#[derive(Clone, Copy, Debug)]
struct Throttled {
    name: &'static str,
    /// The share of a batch's time that the thread which takes results needs to cut it; `None` where
    /// each thread cuts its own range.
    cut: Option<f64>,
    /// The share of a batch's time that that thread needs to take what comes of it.
    taken: f64,
    threads: usize,
}

impl fmt::Display for Throttled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.threads == 1 { "" } else { "s" };
        write!(f, "{}, {} thread{s}", self.name, self.threads)
    }
}

const THREADS: [usize; 5] = [1, 2, 4, 8, 16];

/// Each kind of run with each number of threads.
fn runs() -> Vec<Throttled> {
    let kinds = [
        ("check labels.jsonl with texts", None, 0.02),
        ("check labels.json with texts", Some(0.06), 0.03),
        ("check large.jsonl", None, 0.02),
        ("convert labels.jsonl with texts", None, 0.05),
        ("convert large.jsonl to one file", None, 0.30),
    ];
    let runs = kinds.into_iter().flat_map(|(name, cut, taken)| {
        THREADS.map(|threads| Throttled {
            name,
            cut,
            taken,
            threads,
        })
    });
    runs.collect()
}

/// Bytes of which every four are a line.
struct Short;

impl ReadAt for Short {
    fn length(&self) -> u64 {
        4 * BATCHES as u64
    }

    fn read_at(&self, place: u64, size: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        buffer.extend((place..place + size).map(|at| if at % 4 == 3 { b'\n' } else { b'x' }));
        Ok(())
    }
}

/// Lines that take a while to be cut.
struct Slow<'a>(Lines<'a>, Duration);

impl Cut for Slow<'_> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        sleep(self.1);
        self.0.next(buffer)
    }

    fn begin_at(&mut self, place: u64) {
        self.0.begin_at(place);
    }

    fn outline(&mut self) -> Outline {
        self.0.outline()
    }
}

#[divan::bench(args = runs(), sample_count = 3)]
fn throttled(bencher: Bencher<'_, '_>, run: Throttled) {
    let sizes = Sizes {
        batch: 4,
        record: u64::MAX,
    };
    let options = Options::default();
    let workers = Workers::with(run.threads, &options).expect("threads");
    let cut = run.cut.unwrap_or_default();
    let worked = BATCH.mul_f64(1.0 - cut - run.taken);
    // Some batches take up to half as long again as others: texts differ, and so do caches.
    let work = |batch: &Batch| {
        let turn = u32::try_from(batch.first * 7 % 11).unwrap_or_default();
        sleep(worked.mul_f64(0.75 + f64::from(turn) / 20.0));
    };
    let bencher = bencher.counter(ItemsCount::new(BATCHES));
    bencher.bench_local(|| {
        let bytes = "xxx\n".repeat(BATCHES);
        let stream = Box::new(bytes.as_bytes());
        let mut cutter: Box<dyn Cut + '_> = match run.cut {
            None => Box::new(LineRanges::new(Short, stream, sizes)),
            Some(share) => Box::new(Slow(Lines::new(stream, sizes), BATCH.mul_f64(share))),
        };
        let mut taken = 0;
        let take = |()| {
            sleep(BATCH.mul_f64(run.taken));
            taken += 1;
            Ok::<(), io::Error>(())
        };
        workers.run(&mut *cutter, work, take).expect("all batches");
        assert_eq!(taken, BATCHES);
    });
}
