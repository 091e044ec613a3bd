//! How much a span looks as a person would have drawn it.

use super::place::Edges;
use crate::text::Text;
use crate::text::adjacent::{Adjacent, around, has_single_bracket};

/// The evidence that it takes to believe one way of counting rather than another, in hundredths of
/// a nat (see [`plausibility`]).
///
/// Of random corpora of 1 to 20 documents with emoji, in Japanese, Chinese, Thai, Korean and mixed
/// scripts, fewer than one in 10,000 spoke that much for the wrong unit (`docs/reliability.md`).
pub const MARGIN: i64 = 700;

/// The most that one span speaks for one way of counting rather than another.
const MOST: i32 = 800;

/// What speaks for a span as a person would have drawn it, against one that was moved by some
/// characters: the logarithm of how much more often the one than the other has such edges, in
/// hundredths of a nat. Below 0 where more speaks against it.
///
/// The weights were taken from 32,000 labels of public corpora in Japanese, Chinese, Thai, Korean,
/// English and Ukrainian, and from the same labels moved by one to four characters, and rounded
/// towards 0 where languages differ. A span that begins with white space, or with a comma, is moved.
/// One that begins behind such a sign is not. Between two letters of a script without blanks
/// nothing can be said, and Korean names end inside of words.
#[must_use]
pub fn plausibility(text: &Text<'_>, place: Edges) -> i32 {
    let slice = place.and_then(|(start, end)| text.as_str().get(start..end));
    let (Some((start, end)), Some(slice)) = (place, slice.filter(|slice| !slice.is_empty())) else {
        return -500;
    };
    let mut sum = 0;
    for edge in [start, end] {
        if !text.is_grapheme_edge(edge) {
            sum -= 400;
        }
    }
    if has_single_bracket(slice) {
        sum -= 300;
    }
    let (before, after) = around(text, start);
    sum += at_start(Adjacent::of(before), Adjacent::of(after));
    let (before, after) = around(text, end);
    sum + at_end(Adjacent::of(before), Adjacent::of(after))
}

/// Whether a span begins or ends with a sign that no name begins or ends with.
#[must_use]
pub fn is_odd(text: &Text<'_>, start: usize, end: usize) -> bool {
    let bytes = text.as_str().as_bytes();
    // Most begin and end with a letter of ASCII, which is told at one byte.
    let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_alphanumeric);
    let first = || Adjacent::of(around(text, start).1);
    let last = || Adjacent::of(around(text, end).0);
    let begins = !is_plain(bytes.get(start))
        && matches!(
            first(),
            Adjacent::Stop | Adjacent::Closing | Adjacent::Join | Adjacent::FullStop
        );
    begins
        || !is_plain(end.checked_sub(1).and_then(|last| bytes.get(last)))
            && matches!(last(), Adjacent::Stop | Adjacent::Opening | Adjacent::Join)
}

/// What speaks for a span that begins with `inside`, behind `outside`.
const fn at_start(outside: Adjacent, inside: Adjacent) -> i32 {
    match inside {
        Adjacent::Space => -400,
        Adjacent::Stop | Adjacent::Closing => -300,
        Adjacent::Join | Adjacent::FullStop => -200,
        _ if outside.is_spaced() && inside.is_spaced() => -300,
        _ if inside.is_letter() && !outside.is_letter() => 150,
        _ => 0,
    }
}

/// What speaks for a span that ends with `inside`, before `outside`.
const fn at_end(inside: Adjacent, outside: Adjacent) -> i32 {
    match (inside, outside) {
        (Adjacent::Space, _) => -400,
        (Adjacent::Opening, _) => -300,
        (Adjacent::Stop, _) => -250,
        (Adjacent::Join, _) => -200,
        (Adjacent::Hangul, Adjacent::Hangul) => 0,
        _ if inside.is_spaced() && outside.is_spaced() => -200,
        _ if inside.is_letter() && !outside.is_letter() => 70,
        _ => 0,
    }
}

/// What speaks for each of several ways of counting, by what speaks for a span under each, such
/// that no span decides more than its part.
#[must_use]
pub fn tempered<const N: usize>(mut scores: [i32; N]) -> [i32; N] {
    let least = scores.into_iter().max().unwrap_or(0) - MOST;
    for score in &mut scores {
        *score = (*score).max(least);
    }
    scores
}

/// What stands around the edges of a span, by kinds of characters: before and behind its start, and
/// its end.
#[must_use]
pub fn edge_kinds(text: &Text<'_>, place: Edges) -> Option<[char; 4]> {
    let (start, end) = place?;
    let (before, first) = around(text, start);
    let (last, after) = around(text, end);
    Some([before, first, last, after].map(Adjacent::kind_of))
}

/// What spans of one kind speak together, where each by itself speaks so much that it comes to `sum`.
///
/// They do not speak each for itself: in a table of temperatures every name stands behind a sign,
/// and so does every number. Twice as many count half as much more.
#[must_use]
pub fn alike(sum: i64, count: u64) -> i64 {
    let count = i64::try_from(count.max(1)).unwrap_or(i64::MAX);
    sum.saturating_mul(2 + i64::from(count.ilog2())) / (2 * count)
}

#[cfg(test)]
mod tests;
