//! How far the work on a label file has come, for those who watch it.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};

/// Counts the bytes of a label file that were gone over. Whoever asks for the work hands it in
/// with [`crate::pipeline::Options::meter`], and reads it meanwhile; nothing depends on what it says.
#[derive(Debug)]
pub struct Meter {
    size: u64,
    passes: AtomicU64,
    gone_over: AtomicU64,
    finished: AtomicBool,
    tell: Option<fn(done: u64, size: u64)>,
}

impl Meter {
    /// A meter for a file of so many bytes.
    #[must_use]
    pub const fn new(size: u64) -> Self {
        Self {
            size,
            passes: AtomicU64::new(2),
            gone_over: AtomicU64::new(0),
            finished: AtomicBool::new(false),
            tell: None,
        }
    }

    /// The same where nobody can look meanwhile: each time that bytes were gone over, `tell` is called with
    /// those that are done and those of the file.
    #[must_use]
    pub const fn telling(size: u64, tell: fn(done: u64, size: u64)) -> Self {
        Self {
            tell: Some(tell),
            ..Self::new(size)
        }
    }

    /// The bytes of the file.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The share of the file that is done, in bytes. A file is gone over more than once, so
    /// half of it is done after the first of two times.
    #[must_use]
    pub fn done(&self) -> u64 {
        if self.is_finished() {
            return self.size;
        }
        let passes = self.passes.load(Relaxed).max(1);
        self.size.min(self.gone_over.load(Relaxed) / passes)
    }

    /// Whether the file is done with.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finished.load(Relaxed)
    }

    /// Says that the file is done with.
    pub fn finish(&self) {
        self.finished.store(true, Relaxed);
    }

    /// Says how often the file will be gone over; twice where nobody says it.
    pub(crate) fn expect(&self, passes: u64) {
        self.passes.store(passes, Relaxed);
    }

    /// Says that some more bytes were gone over.
    pub(crate) fn add(&self, bytes: u64) {
        self.gone_over.fetch_add(bytes, Relaxed);
        if let Some(tell) = self.tell {
            tell(self.done(), self.size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_done_as_often_as_it_is_gone_over() {
        let meter = Meter::new(1000);
        meter.add(600);
        assert_eq!(meter.done(), 300);
        meter.expect(1);
        assert_eq!(meter.done(), 600);
        // A further look does not make more of it.
        meter.add(1000);
        assert_eq!((meter.done(), meter.is_finished()), (1000, false));
        let spared = Meter::new(50);
        spared.finish();
        assert_eq!((spared.done(), spared.is_finished()), (50, true));
    }
}
