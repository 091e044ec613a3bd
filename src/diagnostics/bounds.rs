//! What a stretch of a label file can give rise to: by that it is proved what somebody else says
//! of it, such as the result of a shard.

use std::ops::Range;

use crate::diagnostics::Location;
use crate::json::Pointer;

/// The records and bytes of a stretch of a label file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How many records it has, which are numbered from 0.
    pub records: u64,
    /// Its bytes, from the start of the file.
    pub bytes: Range<u64>,
}

impl Bounds {
    /// Whether there can be so many things in it. Each takes a byte at least, so what many
    /// stretches count never adds up to more than a number holds.
    #[must_use]
    pub const fn hold(&self, count: u64) -> bool {
        count <= self.bytes.end.saturating_sub(self.bytes.start)
    }

    /// Whether all of these together can be in it.
    #[must_use]
    pub fn hold_all(&self, counts: impl IntoIterator<Item = u64>) -> bool {
        let sum = counts.into_iter().try_fold(0_u64, u64::checked_add);
        sum.is_some_and(|sum| self.hold(sum))
    }

    /// Whether it has a record of that number.
    #[must_use]
    pub const fn has_record(&self, index: u64) -> bool {
        index < self.records
    }

    /// Whether a range of bytes lies in it.
    #[must_use]
    pub fn have(&self, bytes: &Range<u64>) -> bool {
        self.bytes.start <= bytes.start && bytes.start <= bytes.end && bytes.end <= self.bytes.end
    }

    /// Whether a place lies in it.
    #[must_use]
    pub fn have_place(&self, location: &Location) -> bool {
        let pointer = location.pointer.as_ref();
        self.have(&location.bytes) && pointer.is_none_or(Pointer::is_sound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_is_told() {
        let bounds = Bounds {
            records: 2,
            bytes: 10..20,
        };
        assert!(bounds.hold(10) && !bounds.hold(11));
        assert!(bounds.hold_all([4, 6]) && !bounds.hold_all([4, 7]));
        assert!(!bounds.hold_all([u64::MAX, 1]));
        assert!(bounds.has_record(1) && !bounds.has_record(2));
        assert!(bounds.have(&(10..20)) && bounds.have(&(20..20)));
        #[expect(clippy::reversed_empty_ranges, reason = "that is what is refused")]
        let reversed = 15..12;
        for wrong in [9..12, 12..21, reversed] {
            assert!(!bounds.have(&wrong), "{wrong:?}");
        }
    }
}
