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
use crate::json::cut::{BATCH_BYTES, Batch, Cut};
use crate::pipeline::{Error, Meter, Options};

/// A buffer of more bytes than this, which a long record has made, is not used again.
pub(crate) const KEPT: usize = 8 * BATCH_BYTES;

/// The threads that work on batches.
pub(crate) struct Workers {
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
    fn with(jobs: usize, options: &Options) -> Result<Self, Error> {
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

    /// Takes the next batch.
    fn next(&self, cutter: &mut dyn Cut, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        let batch = cutter.next(buffer)?;
        if let (Some(meter), Some(batch)) = (&self.meter, &batch) {
            meter.add(batch.bytes.len() as u64);
        }
        Ok(batch)
    }

    /// Cuts, works on the batches in parallel, and hands the results to `take` in the order of
    /// the file.
    ///
    /// One of the threads cuts and takes, and works on batches itself while there is nothing to
    /// take: so there are never more threads than jobs, and half of what it takes was made where
    /// it is taken. At most twice as many batches as threads, and one, are under way at any time:
    /// that bounds both memory and how far one slow batch can hold up the others.
    pub(crate) fn run<T: Send, E: From<io::Error> + Send>(
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
    fn run_in_pool<T: Send, E: From<io::Error>>(
        &self,
        cutter: &mut dyn Cut,
        work: impl Fn(&Batch) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let limit = 2 * self.jobs + 1;
        let work = &work;
        // The batches are worked on in their order, since the first is waited for first.
        rayon::in_place_scope_fifo(|scope| {
            let (sender, receiver) = mpsc::channel();
            let mut buffers: Vec<Vec<u8>> = Vec::new();
            let mut waiting: BTreeMap<u64, T> = BTreeMap::new();
            let (mut sent, mut taken, mut at_end) = (0_u64, 0_u64, false);
            // The bytes under way. While one long record is worked on, no other is cut.
            let mut held = 0;
            loop {
                while !at_end && sent - taken < limit as u64 && held < limit * KEPT {
                    let buffer = buffers.pop().unwrap_or_default();
                    let Some(batch) = self.next(cutter, buffer)? else {
                        at_end = true;
                        break;
                    };
                    let (sender, number) = (sender.clone(), sent);
                    held += batch.bytes.len();
                    scope.spawn_fifo(move |_| {
                        let result = panic::catch_unwind(AssertUnwindSafe(|| work(&batch)));
                        // The receiver is gone only where the run has failed already.
                        let _ = sender.send((number, result, batch.bytes));
                    });
                    sent += 1;
                }
                if taken == sent {
                    return Ok(());
                }
                let Some((number, result, buffer)) = received(&receiver) else {
                    return Ok(());
                };
                let result = result.unwrap_or_else(|reason| panic::resume_unwind(reason));
                held -= buffer.len();
                // What a long record took is given back at once.
                if buffer.capacity() <= KEPT {
                    buffers.push(buffer);
                }
                waiting.insert(number, result);
                while let Some(result) = waiting.remove(&taken) {
                    taken += 1;
                    take(result)?;
                }
            }
        })
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
    use super::*;
    use crate::json::cut::{Lines, Sizes};

    fn run<T: Send>(
        jobs: usize,
        work: impl Fn(&Batch) -> T + Sync,
        take: impl FnMut(T) -> io::Result<()> + Send,
    ) -> io::Result<()> {
        let text = (0..500)
            .map(|line| format!("{line}\n"))
            .collect::<Vec<_>>()
            .concat();
        let sizes = Sizes {
            batch: 8,
            record: 100,
        };
        let mut cutter = Lines::new(Box::new(text.as_bytes()), sizes);
        let options = Options::default();
        let workers = Workers::with(jobs, &options).unwrap();
        workers.run(&mut cutter, work, take)
    }

    #[test]
    fn results_come_in_the_order_of_the_file() {
        for jobs in [1, 2, 5] {
            let mut all = Vec::new();
            let work = |batch: &Batch| batch.bytes.clone();
            run(jobs, work, |bytes| {
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
        for jobs in [1, 2, 5] {
            let mut count = 0;
            let failed = run(
                jobs,
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
            let work = |batch: &Batch| assert_ne!(batch.first, 40, "a panic");
            let called = || run(jobs, work, |()| Ok(()));
            assert!(
                panic::catch_unwind(AssertUnwindSafe(called)).is_err(),
                "{jobs} jobs"
            );
        }
    }
}
