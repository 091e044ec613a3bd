//! Batches through threads, and back in order.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::Error;
use crate::json::cut::{BATCH_BYTES, Batch, Cut};

/// A buffer of more bytes than this, which a long record has made, is not used again.
const KEPT: usize = 8 * BATCH_BYTES;

/// The threads that work on batches.
pub(super) struct Workers {
    pool: ThreadPool,
    jobs: usize,
}

impl Workers {
    pub(super) fn new(jobs: usize) -> Result<Self, Error> {
        let jobs = jobs.max(1);
        let pool = ThreadPoolBuilder::new().num_threads(jobs).build();
        match pool {
            Ok(pool) => Ok(Self { pool, jobs }),
            Err(error) => Err(Error::Threads(error.to_string())),
        }
    }

    /// Works on items in parallel. The results come in the order of the items.
    pub(super) fn map<I: Sync, T: Send>(
        &self,
        items: &[I],
        work: impl Fn(&I) -> T + Sync + Send,
    ) -> Vec<T> {
        let all = || items.par_iter().map(work).collect();
        self.pool.install(all)
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
        let limit = 2 * self.jobs + 1;
        let work = &work;
        self.pool.in_place_scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let mut buffers: Vec<Vec<u8>> = Vec::new();
            let mut waiting: BTreeMap<u64, T> = BTreeMap::new();
            let (mut sent, mut taken, mut at_end) = (0_u64, 0_u64, false);
            // The bytes under way. While one long record is worked on, no other is cut.
            let mut held = 0;
            loop {
                while !at_end && sent - taken < limit as u64 && held < limit * KEPT {
                    let Some(batch) = cutter.next(buffers.pop().unwrap_or_default())? else {
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
