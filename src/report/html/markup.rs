//! Documents and names as HTML.

use std::fmt::Write;

use crate::corpus::overview::Sample;
use crate::diagnostics::redact::mask;
use crate::report::markup::{shown, text};

/// How many colours labels have.
pub(super) const COLORS: usize = 10;

/// How many labels over one character are told apart by the height of their lines.
const LEVELS: usize = 4;

/// Words where no markup may be: in an attribute or a picture. What is not seen or turns the direction of
/// text is spelled as a report for people spells it.
pub(super) fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for char in shown(words).chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(char),
        }
    }
    out
}

/// A text that stands in a page and does nothing else, as a string of its own.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    text(&mut out, words);
    out
}

/// A document with its labels as lines below its words; labels over the same words lie one under
/// the other. `color` gives the number of a label's colour.
pub(super) fn document(sample: &Sample, color: impl Fn(&str) -> usize) -> String {
    let levels = levels(sample);
    let mut edges: Vec<usize> = sample
        .spans
        .iter()
        .flat_map(|(start, end, _)| [*start, *end])
        .collect();
    edges.extend([0, sample.text.len()]);
    edges.sort_unstable();
    edges.dedup();
    let mut out = String::new();
    for pair in edges.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let over = sample.spans.iter().zip(&levels);
        let mut over: Vec<_> = over
            .filter(|((from, to, _), _)| *from <= start && end <= *to)
            .collect();
        over.sort_by_key(|(_, level)| std::cmp::Reverse(**level));
        for ((_, _, label), level) in &over {
            let color = color(label);
            let _ = write!(
                out,
                "<span class=\"u l{level} c{color}\" title=\"{}\">",
                plain(label)
            );
        }
        for ((from, _, label), _) in over.iter().rev() {
            if *from == start {
                let color = color(label);
                let _ = write!(
                    out,
                    "<b class=\"tag c{color}\">{}</b>",
                    escaped(&mask(label))
                );
            }
        }
        text(&mut out, sample.text.get(start..end).unwrap_or_default());
        out.push_str(&"</span>".repeat(over.len()));
    }
    if sample.goes_on {
        out.push('…');
    }
    out
}

/// For each label the height of its line: the first that no label has that shares a character.
fn levels(sample: &Sample) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut levels = Vec::new();
    for (start, end, _) in &sample.spans {
        let free = ends.iter().position(|before| before <= start);
        let level = free.unwrap_or(ends.len());
        if level == ends.len() {
            ends.push(*end);
        } else {
            ends[level] = *end;
        }
        levels.push(level.min(LEVELS - 1));
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(text: &str, spans: &[(usize, usize, &str)]) -> Sample {
        let spans = spans.iter().map(|it| (it.0, it.1, it.2.to_owned()));
        Sample {
            index: 0,
            name: "a.txt".to_owned(),
            split: None,
            text: text.to_owned(),
            goes_on: false,
            spans: spans.collect(),
            classes: Vec::new(),
        }
    }

    #[test]
    fn overlapping_labels_lie_under_one_another() {
        let sample = sample("New York City", &[(0, 13, "A"), (0, 8, "B"), (4, 13, "C")]);
        assert_eq!(levels(&sample), [0, 1, 2]);
        let shown = document(&sample, |_| 0);
        assert_eq!(
            shown.matches("<span").count(),
            shown.matches("</span>").count()
        );
        let bare = shown.replace("</span>", "");
        assert!(bare.ends_with("> City"), "{bare}");
        let tags = shown.matches("<b class=\"tag").count();
        assert_eq!(tags, 3);
    }
}
