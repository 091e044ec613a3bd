//! The words around what is wrong in a document, with the labels of both sides.

use std::ops::Range;

use super::names::Names;
use super::pairing::Mark;
use crate::diagnostics::redact::redact_prose;
use crate::text::{ceil_char, floor_char};

/// A stretch of a text with the labels that both sides have there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The line of the text that it begins on, from 1.
    pub line: u64,
    /// Its characters, without what no report may show.
    pub text: String,
    /// Whether the line has more before it.
    pub is_cut_before: bool,
    /// Whether the line has more after it.
    pub is_cut_after: bool,
    /// The gold labels in it, in the order of the text.
    pub gold: Vec<LaneMark>,
    /// The predicted ones.
    pub predicted: Vec<LaneMark>,
}

/// A label in a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneMark {
    /// Its bytes in the window.
    pub bytes: Range<usize>,
    /// Its name.
    pub label: String,
    /// Whether the other side does not have the same.
    pub is_wrong: bool,
}

/// How many characters of a line stand before and after what is wrong.
const CONTEXT: usize = 60;

/// The most bytes of a label that are shown.
const LONGEST: usize = 400;

/// The most windows of a document.
const MOST: usize = 12;

/// How long a window gets before the next one begins, in bytes.
const WIDE: usize = 2_000;

/// The most labels of a side in a window: more stand there only where they are heaped upon one another.
const MOST_MARKS: usize = 40;

/// How many bytes around a window are looked at for what may not be shown.
const AROUND: usize = 2048;

/// The marks of one side, and which of them are wrong.
pub(super) struct Lane<'a> {
    pub(super) marks: &'a [Mark],
    pub(super) wrong: &'a [bool],
}

/// The windows around `places`, ranges of bytes on edges of characters.
pub(super) fn windows(
    text: &str,
    names: &Names,
    gold: &Lane<'_>,
    predicted: &Lane<'_>,
    mut places: Vec<Range<usize>>,
) -> Vec<Window> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for place in places {
        let mut next = widened(text, place);
        let is_full = stretches.len() == MOST;
        match stretches.last_mut() {
            Some(last) if next.end <= last.end => {}
            Some(last) if next.start <= last.end && last.len() < WIDE => last.end = next.end,
            _ if is_full => break,
            last => {
                next.start = last.map_or(next.start, |last| next.start.max(last.end));
                stretches.push(next);
            }
        }
    }
    let window = |stretch: Range<usize>| {
        let shown = shown(text, &stretch);
        let side = |lane: &Lane<'_>| marks(text, &stretch, &shown, names, lane);
        let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..stretch.start]).count();
        let before = text[..stretch.start].chars().next_back();
        let after = text[stretch.end..].chars().next();
        Window {
            line: line as u64 + 1,
            is_cut_before: before.is_some_and(|char| char != '\n'),
            is_cut_after: after.is_some_and(|char| !matches!(char, '\n' | '\r')),
            gold: side(gold),
            predicted: side(predicted),
            text: shown,
        }
    };
    stretches.into_iter().map(window).collect()
}

/// A place with some of its lines around it.
fn widened(text: &str, place: Range<usize>) -> Range<usize> {
    let end = ceil_char(text, place.end.min(place.start + LONGEST));
    let before = &text[..place.start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let mut chars = before[line_start..].char_indices().rev();
    let from = chars
        .nth(CONTEXT - 1)
        .map_or(line_start, |(at, _)| line_start + at);
    let after = &text[end..];
    let line_end = after.find('\n').unwrap_or(after.len());
    let line_end = after[..line_end].trim_end_matches('\r').len();
    let mut chars = after[..line_end].char_indices();
    let to = chars.nth(CONTEXT).map_or(line_end, |(at, _)| at);
    from..end + to
}

/// The characters of a stretch without signed queries; as many as there are.
fn shown(text: &str, stretch: &Range<usize>) -> String {
    // It may begin or end inside a URL.
    let seen = floor_char(text, stretch.start.saturating_sub(AROUND));
    let until = ceil_char(text, stretch.end.saturating_add(AROUND).min(text.len()));
    let cuts = [stretch.start - seen, stretch.end - seen];
    let (shown, [from, to]) = redact_prose(&text[seen..until], cuts);
    shown[from..to].to_owned()
}

/// The marks of a side in a stretch, by the bytes of what is shown of it.
fn marks(
    text: &str,
    stretch: &Range<usize>,
    shown: &str,
    names: &Names,
    lane: &Lane<'_>,
) -> Vec<LaneMark> {
    // A hidden character becomes one asterisk, so that places are the same in characters.
    let byte = |at: usize| {
        let at = at.clamp(stretch.start, stretch.end);
        let chars = text[stretch.start..at].chars().count();
        let mut places = shown.char_indices().map(|(byte, _)| byte);
        places.nth(chars).unwrap_or(shown.len())
    };
    let both = lane.marks.iter().zip(lane.wrong);
    let inside = both.filter(|(mark, _)| mark.start < stretch.end && mark.end > stretch.start);
    let mut inside: Vec<(&Mark, &bool)> = inside.collect();
    inside.sort_by_key(|(mark, _)| (mark.start, mark.end, names.name(mark.label)));
    inside.truncate(MOST_MARKS);
    let marks = inside.into_iter().map(|(mark, wrong)| LaneMark {
        bytes: byte(mark.start)..byte(mark.end),
        label: names.name(mark.label).to_owned(),
        is_wrong: *wrong,
    });
    marks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_stands_in_one_window_and_nothing_leaves_its_line() {
        let text = format!(
            "first\n{}Ada met Bob\r\nlast {}",
            "x".repeat(90),
            "y".repeat(200)
        );
        let at = text.find("Ada").unwrap();
        let mut names = Names::default();
        let label = names.number("Person");
        let mark = |start| Mark {
            start,
            end: start + 3,
            label,
        };
        let marks = [mark(at), mark(at + 8)];
        let lane = Lane {
            marks: &marks,
            wrong: &[true, false],
        };
        let none = Lane {
            marks: &[],
            wrong: &[],
        };
        let places = vec![at + 8..at + 11, at..at + 3];
        let found = windows(&text, &names, &lane, &none, places);
        assert_eq!(found.len(), 1);
        let window = &found[0];
        assert_eq!(
            (window.line, window.is_cut_before, window.is_cut_after),
            (2, true, false)
        );
        assert_eq!(window.text, format!("{}Ada met Bob", "x".repeat(60)));
        let words: Vec<&str> = window
            .gold
            .iter()
            .map(|it| &window.text[it.bytes.clone()])
            .collect();
        assert_eq!(words, ["Ada", "Bob"]);
        assert_eq!(window.predicted, []);
    }

    #[test]
    fn signatures_are_hidden_and_marks_stay_on_their_words() {
        let text = "See https://a/é?sig=ééé and Bob";
        let at = text.find("Bob").unwrap();
        let marks = [Mark {
            start: at,
            end: at + 3,
            label: 0,
        }];
        let lane = Lane {
            marks: &marks,
            wrong: &[true],
        };
        let places = std::iter::once(at..at + 3).collect();
        let found = windows(text, &Names::default(), &lane, &lane, places);
        assert_eq!(found[0].text, "See https://a/é?******* and Bob");
        assert_eq!(&found[0].text[found[0].gold[0].bytes.clone()], "Bob");
    }
}
