//! Batches through threads, and back in order.

#[cfg(feature = "parallel")]
use std::collections::BTreeMap;
use std::io;
#[cfg(feature = "parallel")]
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
#[cfg(feature = "parallel")]
use std::sync::mpsc::{self, TryRecvError};

#[cfg(feature = "parallel")]
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
#[cfg(feature = "parallel")]
use rayon::{ThreadPool, ThreadPoolBuilder, Yield};

use crate::input::Source;
#[cfg(feature = "parallel")]
use crate::json::cut::CutRanges;
use crate::json::cut::{BATCH_BYTES, Batch, Cut};
use crate::pipeline::{Error, Meter, Options};

/// A buffer of more bytes than this, which a long record has made, is not used again.
pub(crate) const KEPT: usize = 8 * BATCH_BYTES;

/// The threads that work on batches.
pub struct Workers {
    /// `None` where the calling thread does it all.
    #[cfg(feature = "parallel")]
    pool: Option<ThreadPool>,
    #[cfg(feature = "parallel")]
    jobs: usize,
    meter: Option<Arc<Meter>>,
}

impl Workers {
    /// The threads for a label file: as many as jobs, but no more than it can have batches. To start one
    /// takes longer than to check a small file.
    ///
    /// Fails where the file cannot be looked at, and where threads cannot be started.
    pub(crate) fn new(source: &Source, options: &Options) -> Result<Self, Error> {
        let batches = batches(source, options.batch_bytes);
        let batches = batches.map_err(|error| Error::read(source, error))?;
        Self::with(options.jobs.min(batches), options)
    }

    /// So many threads.
    ///
    /// Fails where they cannot be started.
    pub fn with(jobs: usize, options: &Options) -> Result<Self, Error> {
        Ok(Self {
            #[cfg(feature = "parallel")]
            pool: pool(jobs.max(1))?,
            #[cfg(feature = "parallel")]
            jobs: jobs.max(1),
            meter: options.meter.clone(),
        })
    }

    /// Works on items in parallel. The results come in the order of the items.
    pub(crate) fn map<I: Sync, T: Send>(
        &self,
        items: &[I],
        work: impl Fn(&I) -> T + Sync + Send,
    ) -> Vec<T> {
        #[cfg(feature = "parallel")]
        if let Some(pool) = &self.pool {
            return pool.install(|| items.par_iter().map(work).collect());
        }
        items.iter().map(work).collect()
    }

    /// Works while one of the threads does something else first, where there are several.
    pub(crate) fn beside<T>(&self, other: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
        #[cfg(feature = "parallel")]
        if let Some(pool) = &self.pool {
            return pool.in_place_scope(|scope| {
                scope.spawn(|_| other());
                work()
            });
        }
        let _ = other;
        work()
    }

    /// Takes the next batch.
    fn next(&self, cutter: &mut dyn Cut, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        let batch = cutter.next(buffer)?;
        if let Some(batch) = &batch {
            self.note(batch);
        }
        Ok(batch)
    }

    /// Notes that a batch was cut.
    fn note(&self, batch: &Batch) {
        if let Some(meter) = &self.meter {
            meter.add(batch.bytes.len() as u64);
        }
    }

    /// Cuts, works on the batches in parallel, and hands the results to `take` in the order of
    /// the file.
    ///
    /// One of the threads takes, and works on batches itself while there is nothing to take: so
    /// there are never more threads than jobs, and half of what it takes was made where it is taken.
    /// It also cuts, unless each thread can cut its own range. At most twice as many batches as
    /// threads, and one, are under way at any time: that bounds both memory and how far one slow
    /// batch can hold up the others.
    ///
    /// Fails where the file cannot be read, and where `take` does.
    pub fn run<T: Send, E: From<io::Error> + Send>(
        &self,
        cutter: &mut dyn Cut,
        work: impl Fn(&Batch) -> T + Sync,
        take: impl FnMut(T) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        #[cfg(feature = "parallel")]
        if let Some(pool) = &self.pool {
            return pool.install(|| self.run_in_pool(cutter, &work, take));
        }
        self.run_alone(cutter, work, take)
    }

    fn run_alone<T, E: From<io::Error>>(
        &self,
        cutter: &mut dyn Cut,
        work: impl Fn(&Batch) -> T,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut buffer = Vec::new();
        while let Some(batch) = self.next(cutter, buffer)? {
            take(work(&batch))?;
            buffer = batch.bytes;
            if buffer.capacity() > KEPT {
                // What a long record took is given back at once.
                buffer = Vec::new();
            }
        }
        Ok(())
    }

    /// Must run on a thread of the pool.
    #[cfg(feature = "parallel")]
    fn run_in_pool<T: Send, E: From<io::Error> + Send>(
        &self,
        cutter: &mut dyn Cut,
        work: &(impl Fn(&Batch) -> T + Sync),
        take: impl FnMut(T) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        if let Some(ranges) = cutter.ranges() {
            let mut numbers = 0..ranges.count();
            let next = |buffer| {
                let number = numbers.next();
                Ok(number.map(|number| (Piece::Range(ranges, number), buffer)))
            };
            return self.in_order(next, work, take);
        }
        let next = |buffer| {
            let batch = self.next(cutter, buffer)?;
            Ok(batch.map(|batch| (Piece::Batch(batch), Vec::new())))
        };
        self.in_order(next, work, take)
    }

    /// Works on the pieces that come next, each in a buffer, and hands what comes of them to `take` in
    /// their order.
    #[cfg(feature = "parallel")]
    fn in_order<'r, T: Send, E: From<io::Error> + Send>(
        &self,
        mut next: impl FnMut(Vec<u8>) -> io::Result<Option<(Piece<'r>, Vec<u8>)>>,
        work: &(impl Fn(&Batch) -> T + Sync),
        mut take: impl FnMut(T) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        let limit = 2 * self.jobs + 1;
        let piece_work = &|piece, buffer| self.work_on(piece, buffer, work);
        // The pieces are worked on in their order, since the first is waited for first.
        rayon::in_place_scope_fifo(|scope| {
            let (sender, receiver) = mpsc::channel();
            let mut buffers: Vec<Vec<u8>> = Vec::new();
            let mut waiting = BTreeMap::new();
            let (mut sent, mut taken, mut at_end) = (0_u64, 0_u64, false);
            // The bytes under way. While one long record is worked on, no other is cut.
            let mut held = 0;
            loop {
                while !at_end && sent - taken < limit as u64 && held < limit * KEPT {
                    let Some((piece, buffer)) = next(buffers.pop().unwrap_or_default())? else {
                        at_end = true;
                        break;
                    };
                    let size = piece.size();
                    held += size;
                    let (sender, number) = (sender.clone(), sent);
                    scope.spawn_fifo(move |_| {
                        let worked = AssertUnwindSafe(|| piece_work(piece, buffer));
                        let result = panic::catch_unwind(worked);
                        // The receiver is gone only where the run has failed already.
                        let _ = sender.send((number, size, result));
                    });
                    sent += 1;
                }
                if taken == sent {
                    return Ok(());
                }
                let Some((number, size, result)) = received(&receiver) else {
                    return Ok(());
                };
                let result = result.unwrap_or_else(|reason| panic::resume_unwind(reason));
                held -= size;
                let results = result.map(|(results, buffer)| {
                    // What a long record took is given back at once.
                    if buffer.capacity() <= KEPT {
                        buffers.push(buffer);
                    }
                    results
                });
                waiting.insert(number, results);
                while let Some(results) = waiting.remove(&taken) {
                    taken += 1;
                    for result in results? {
                        take(result)?;
                    }
                }
            }
        })
    }

    /// What comes of the batches of a piece, and the memory that they were in.
    #[cfg(feature = "parallel")]
    fn work_on<T>(
        &self,
        piece: Piece<'_>,
        buffer: Vec<u8>,
        work: impl Fn(&Batch) -> T,
    ) -> io::Result<(Vec<T>, Vec<u8>)> {
        match piece {
            Piece::Batch(batch) => Ok((vec![work(&batch)], batch.bytes)),
            Piece::Range(ranges, number) => {
                let mut results = Vec::with_capacity(1);
                let buffer = ranges.cut(number, buffer, &mut |batch| {
                    self.note(batch);
                    results.push(work(batch));
                })?;
                Ok((results, buffer))
            }
        }
    }
}

/// What a thread gets at a time.
#[cfg(feature = "parallel")]
enum Piece<'r> {
    /// A batch that was cut.
    Batch(Batch),
    /// The number of a range, which it cuts itself.
    Range(&'r dyn CutRanges, u64),
}

#[cfg(feature = "parallel")]
impl Piece<'_> {
    /// How many bytes were cut.
    const fn size(&self) -> usize {
        match self {
            Self::Batch(batch) => batch.bytes.len(),
            Self::Range(..) => 0,
        }
    }
}

/// The most batches that a label file is cut into: no cutter hands out one before it has read as many
/// bytes, but at the end of a file.
fn batches(source: &Source, batch_bytes: usize) -> io::Result<usize> {
    let full = source.length()? / batch_bytes.max(1) as u64;
    let files = source.ranges()?.len() as u64;
    Ok(usize::try_from(full + files).unwrap_or(usize::MAX))
}

/// What is received next. Until something is, this thread of a pool works on what the pool has
/// to do.
#[cfg(feature = "parallel")]
fn received<T>(receiver: &mpsc::Receiver<T>) -> Option<T> {
    loop {
        match receiver.try_recv() {
            Ok(next) => return Some(next),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => {}
        }
        // Where nothing is to be done here, another thread is at the last of it.
        if rayon::yield_now() != Some(Yield::Executed) {
            return receiver.recv().ok();
        }
    }
}

/// The threads for so many jobs; none where one thread is enough.
#[cfg(feature = "parallel")]
pub(crate) fn pool(jobs: usize) -> Result<Option<ThreadPool>, Error> {
    let pool = (jobs > 1).then(|| ThreadPoolBuilder::new().num_threads(jobs).build());
    let pool = pool.transpose();
    pool.map_err(|error| Error::Threads(error.to_string()))
}

#[cfg(feature = "parallel")]
#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::formats;
    use crate::json::cut::Lines;
    use crate::pipeline::cutter::cutter;

    /// Runs over lines that one thread cuts, and over lines that are cut in ranges.
    fn run<T: Send>(
        jobs: usize,
        in_ranges: bool,
        work: impl Fn(&Batch) -> T + Sync,
        take: impl FnMut(T) -> io::Result<()> + Send,
    ) -> io::Result<()> {
        let lines = (0..500).map(|line| format!("{line}\n"));
        let text = lines.collect::<Vec<_>>().concat();
        let options = Options {
            batch_bytes: 8,
            ..Options::default()
        };
        let workers = Workers::with(jobs, &options).unwrap();
        let source = Source::in_memory(text.as_bytes(), Path::new("export.jsonl"));
        let mut cutter: Box<dyn Cut + '_> = if in_ranges {
            let format = formats::find("aml").unwrap();
            cutter(&source, format, &options).unwrap()
        } else {
            Box::new(Lines::new(Box::new(text.as_bytes()), options.sizes()))
        };
        assert_eq!(cutter.ranges().is_some(), in_ranges);
        workers.run(&mut *cutter, work, take)
    }

    const RUNS: [(usize, bool); 6] = [
        (1, false),
        (2, false),
        (5, false),
        (1, true),
        (2, true),
        (5, true),
    ];

    #[test]
    fn results_come_in_the_order_of_the_file() {
        for (jobs, in_ranges) in RUNS {
            let mut all = Vec::new();
            let work = |batch: &Batch| batch.bytes.clone();
            run(jobs, in_ranges, work, |bytes| {
                all.extend(bytes);
                Ok(())
            })
            .unwrap();
            let want = (0..500)
                .map(|line| format!("{line}\n"))
                .collect::<Vec<_>>()
                .concat();
            assert_eq!(String::from_utf8(all).unwrap(), want, "{jobs} jobs");
        }
    }

    #[test]
    fn a_failure_ends_it_and_a_panic_goes_on_where_it_was_called() {
        for (jobs, in_ranges) in RUNS {
            let mut count = 0;
            let failed = run(
                jobs,
                in_ranges,
                |_| (),
                |()| {
                    count += 1;
                    if count == 3 {
                        return Err(io::Error::other("enough"));
                    }
                    Ok(())
                },
            );
            assert_eq!(
                (failed.unwrap_err().to_string(), count),
                ("enough".into(), 3)
            );
            let is_in = |batch: &Batch| (batch.first..batch.first + batch.count()).contains(&40);
            let work = |batch: &Batch| assert!(!is_in(batch), "a panic");
            let called = || run(jobs, in_ranges, work, |()| Ok(()));
            assert!(
                panic::catch_unwind(AssertUnwindSafe(called)).is_err(),
                "{jobs} jobs"
            );
        }
    }
}
