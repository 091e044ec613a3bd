//! How a label file is divided among shards, before any of it is checked.

use std::io;
use std::num::NonZeroU64;
use std::ops::Range;
use std::path::Path;

use serde::Serialize;

use crate::formats::Format;
use crate::input::{Source, StoredPath, sampled_hash};
use crate::pipeline::{Error, resolve_format};

/// The version of the form that shards are told in.
const VERSION: u32 = 1;

/// How many shards there are to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shares {
    /// As few as have no more than so many bytes each.
    OfSize(NonZeroU64),
    /// So many, or one a byte where there are fewer bytes.
    InNumber(NonZeroU64),
}

/// How a label file is divided.
#[derive(Debug)]
pub struct Plan {
    path: StoredPath,
    format: Option<&'static str>,
    /// Its length in bytes.
    size: u64,
    /// [`sampled_hash`], in hexadecimal.
    identity: String,
    /// How many shards there are; what it is where it cannot be divided.
    shards: Result<u64, String>,
}

/// A shard as a driver reads it: the members stand in this order.
#[derive(Debug, Serialize)]
pub struct PlannedShard<'p> {
    plan: u32,
    path: &'p StoredPath,
    format: Option<&'static str>,
    size: u64,
    identity: &'p str,
    /// Its number, from 0; none of a file that is worked on as a whole, nor the next three.
    shard: Option<u64>,
    shards: Option<u64>,
    start: Option<u64>,
    end: Option<u64>,
    /// Why the file is worked on as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<&'p str>,
}

/// Divides a label file. A few pieces of it are read, and never all.
///
/// Fails where it cannot be read. That it cannot be divided is no failure: the plan says it.
pub fn plan(
    source: &Source,
    format: Option<&'static dyn Format>,
    shares: Shares,
) -> Result<Plan, Error> {
    let failed = |error: io::Error| Error::read(source, error);
    let size = source.length().map_err(failed)?;
    let (format, indivisible) = match resolve_format(source, format)? {
        Err(looks) => (None, Some(looks.to_string())),
        Ok(format) => (Some(format.info()), None),
    };
    let indivisible = indivisible.or_else(|| {
        let info = format.filter(|info| !info.layout.is_lines || source.is_several())?;
        let what = if info.layout.is_lines {
            "several files"
        } else {
            "no lines"
        };
        Some(format!("a label file of {}, which has {what}", info.title))
    });
    Ok(Plan {
        path: Path::to_owned(source.path()).into(),
        format: format.map(|info| info.name),
        size,
        identity: format!("{:016x}", sampled_hash(source).map_err(failed)?),
        shards: indivisible.map_or_else(|| Ok(shares.of(size)), Err),
    })
}

impl Shares {
    /// How many shards a file of so many bytes has: one at least.
    fn of(self, size: u64) -> u64 {
        match self {
            Self::OfSize(most) => size.div_ceil(most.get()).max(1),
            Self::InNumber(number) => number.get().min(size).max(1),
        }
    }
}

impl Plan {
    /// The shards, in the order of the file; one that says why where it cannot be divided.
    pub fn shards(&self) -> impl Iterator<Item = PlannedShard<'_>> {
        let (number, whole) = match &self.shards {
            Ok(number) => (Some(*number), None),
            Err(what) => (None, Some(&**what)),
        };
        (0..number.unwrap_or(1)).map(move |at| {
            let bytes = number.map(|number| share(self.size, at, number));
            PlannedShard {
                plan: VERSION,
                path: &self.path,
                format: self.format,
                size: self.size,
                identity: &self.identity,
                shard: number.map(|_| at),
                shards: number,
                start: bytes.as_ref().map(|bytes| bytes.start),
                end: bytes.map(|bytes| bytes.end),
                whole,
            }
        })
    }
}

/// The bytes of the share `at` of `number`: none is larger than another by more than a byte.
fn share(size: u64, at: u64, number: u64) -> Range<u64> {
    let edge = |at: u64| {
        let place = u128::from(size) * u128::from(at) / u128::from(number);
        u64::try_from(place).unwrap_or(size)
    };
    edge(at)..edge(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: u64) -> NonZeroU64 {
        NonZeroU64::new(number).unwrap()
    }

    fn ranges(size: u64, shares: Shares) -> Vec<Range<u64>> {
        let number = shares.of(size);
        (0..number).map(|at| share(size, at, number)).collect()
    }

    #[test]
    fn shares_meet_and_none_is_too_large() {
        for size in [0, 1, 2, 9, 10, 11, 1_000, u64::MAX] {
            for most in [1, 2, 7, 10, 999, 1_000, u64::MAX] {
                if size / most > 10_000 {
                    continue;
                }
                let ranges = ranges(size, Shares::OfSize(number(most)));
                assert_eq!((ranges[0].start, ranges[ranges.len() - 1].end), (0, size));
                assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
                let lengths = ranges.iter().map(|range| range.end - range.start);
                let (least, largest) = (lengths.clone().min(), lengths.max());
                assert!(largest.is_some_and(|largest| largest <= most));
                assert!(
                    largest
                        .zip(least)
                        .is_some_and(|(large, small)| large - small <= 1)
                );
                // With one shard fewer some would be too large.
                let fewer = ranges.len() as u64 - 1;
                assert!(fewer == 0 || u128::from(fewer) * u128::from(most) < u128::from(size));
            }
        }
    }

    #[test]
    fn so_many_shards_as_are_asked_for() {
        let ranges_of = |size, shards| ranges(size, Shares::InNumber(number(shards)));
        assert_eq!(ranges_of(10, 3), [0..3, 3..6, 6..10]);
        assert_eq!(ranges_of(2, 3), [0..1, 1..2]);
        assert_eq!(ranges_of(0, 3), std::slice::from_ref(&(0..0)));
        assert_eq!(ranges_of(7, 1), std::slice::from_ref(&(0..7)));
    }
}
