//! Batches through threads, and back in order.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, mpsc};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::{Error, Meter, Options};
use crate::json::cut::{BATCH_BYTES, Batch, Cut};

/// A buffer of more bytes than this, which a long record has made, is not used again.
pub(super) const KEPT: usize = 8 * BATCH_BYTES;

/// The threads that work on batches.
pub(super) struct Workers {
    /// `None` where the calling thread does it all.
    pool: Option<ThreadPool>,
    jobs: usize,
    meter: Option<Arc<Meter>>,
}

impl Workers {
    pub(super) fn new(options: &Options) -> Result<Self, Error> {
        let jobs = options.jobs.max(1);
        Ok(Self {
            pool: pool(jobs)?,
            jobs,
            meter: options.meter.clone(),
        })
    }

    /// Works on items in parallel. The results come in the order of the items.
    pub(super) fn map<I: Sync, T: Send>(
        &self,
        items: &[I],
        work: impl Fn(&I) -> T + Sync + Send,
    ) -> Vec<T> {
        match &self.pool {
            Some(pool) => pool.install(|| items.par_iter().map(work).collect()),
            None => items.iter().map(work).collect(),
        }
    }

    /// Takes the next batch.
    fn next(&self, cutter: &mut dyn Cut, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        let batch = cutter.next(buffer)?;
        if let (Some(meter), Some(batch)) = (&self.meter, &batch) {
            meter.add(batch.bytes.len() as u64);
        }
        Ok(batch)
    }

    /// Cuts on the calling thread, works on the batches in parallel, and hands the results to
    /// `take` in the order of the file, on the calling thread again.
    ///
    /// At most twice as many batches as threads, and one, are under way at any time: that
    /// bounds both memory and how far one slow batch can hold up the others.
    pub(super) fn run<T: Send, E: From<io::Error>>(
        &self,
        cutter: &mut dyn Cut,
        work: impl Fn(&Batch) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(pool) = &self.pool else {
            let mut buffer = Vec::new();
            while let Some(batch) = self.next(cutter, buffer)? {
                take(work(&batch))?;
                buffer = batch.bytes;
                if buffer.capacity() > KEPT {
                    // What a long record took is given back at once.
                    buffer = Vec::new();
                }
            }
            return Ok(());
        };
        let limit = 2 * self.jobs + 1;
        let work = &work;
        pool.in_place_scope(|scope| {
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
                    scope.spawn(move |_| {
                        let result = work(&batch);
                        // The receiver is gone only where the run has failed already.
                        let _ = sender.send((number, result, batch.bytes));
                    });
                    sent += 1;
                }
                if taken == sent {
                    return Ok(());
                }
                let Ok((number, result, buffer)) = receiver.recv() else {
                    return Ok(());
                };
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

/// The threads for so many jobs; none where one thread is enough.
pub(super) fn pool(jobs: usize) -> Result<Option<ThreadPool>, Error> {
    let pool = (jobs > 1).then(|| ThreadPoolBuilder::new().num_threads(jobs).build());
    let pool = pool.transpose();
    pool.map_err(|error| Error::Threads(error.to_string()))
}
