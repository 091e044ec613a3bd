//! Buffers that go round.

use std::sync::{Mutex, PoisonError};

use crate::pipeline::workers::KEPT;

/// Empty buffers that were used before.
///
/// What a thread allocates and another gives back is returned to the system at once by some
/// allocators, and asked for again with the next batch: a page fault for each 4 KiB, and a tenth
/// of the time of a conversion on two threads.
#[derive(Debug, Default)]
pub(crate) struct BufferPool(Mutex<Vec<Vec<u8>>>);

impl BufferPool {
    /// A buffer, used before if there is one.
    pub(crate) fn take(&self) -> Vec<u8> {
        let mut buffers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        buffers.pop().unwrap_or_default()
    }

    /// Takes a buffer back, unless a long record has made it very large.
    pub(crate) fn give(&self, mut buffer: Vec<u8>) {
        if buffer.capacity() == 0 || buffer.capacity() > KEPT {
            return;
        }
        buffer.clear();
        let mut buffers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        buffers.push(buffer);
    }
}
