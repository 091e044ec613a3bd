//! `span-splits-grapheme`

use std::ops::Range;

use super::called;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Message, Severity, quote};
use crate::model::At;
use crate::rules::{
    Applicability, Basis, DocumentSink, Group, Meta, Rule, SPAN_SPLITS_GRAPHEME, Scope, Symptoms,
};
use crate::text::Text;

/// A span with an edge inside what a reader calls one character.
pub struct SpanSplitsGrapheme;

const META: Meta = Meta {
    name: SPAN_SPLITS_GRAPHEME,
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: Some(Applicability::Unsafe),
    on_request: false,
    summary: "an edge inside a user-perceived character (ZWJ emoji, combining mark, CR|LF)",
    why: "Several code points may make one character for the reader: a letter and its accent, a \
        family emoji, a flag, the two halves of a CR LF line end. Nobody can mark a part of one \
        with a mouse, so the edge was computed, and mostly in the wrong unit or over other line \
        ends.",
    example: r#"{ "category": "Name", "offset": 0, "length": 4 }   (the text is "José", with the accent as a code point of its own)"#,
    remedy: "Move the edge to the side of the cluster that was meant. If this \
        happens at every line end, the offsets were \
        counted over a text whose line ends were changed.",
    source: "Grapheme clusters are those of Unicode Standard Annex #29. Azure once counted \
        offsets in them (MicrosoftDocs/azure-docs, pull request 49115). In Microsoft's loan \
        agreements CR LF counts 2: so read, all of the 240 labels are on word edges.",
};

impl Rule for SpanSplitsGrapheme {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn quotes_text(&self) -> bool {
        true
    }

    fn when(&self) -> Symptoms {
        Symptoms::EDGES
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let labels = aligned.document.spans();
        let mut last = 0..0;
        for (index, range, text) in aligned.proved() {
            if range.is_empty() {
                continue;
            }
            let start = split(text, range.start(), &mut last);
            let end = split(text, range.end(), &mut last);
            let whole = text.range(
                start
                    .as_ref()
                    .map_or(range.start(), |cluster| cluster.start)
                    ..end.as_ref().map_or(range.end(), |cluster| cluster.end),
            );
            let mut clusters = start.iter().chain(&end);
            let are_short = clusters.all(|cluster| cluster.len() <= LONG);
            if let (Some(edges), Some(label)) = (edges(text, start, end), labels.get(index)) {
                let whole = whole.filter(|_| are_short);
                let whole = whole.and_then(|whole| text.declare_near(label.span, range, whole));
                let fix = whole.map(|span| FixAction::Extent(At::Label(index), span));
                let message = format!("{} {edges}", called(label));
                let help = "move the edge to one side of it";
                let message = Message::new(message).help(help).fixes(fix);
                sink.report(At::Label(index), message);
            }
        }
    }
}

/// The longest cluster that is counted, in bytes. Thousands of marks on one letter are no character
/// that somebody means, and to count them for each of many edges would take quadratic time.
const LONG: usize = 1000;

/// The cluster that an edge splits, in bytes. `last` is the one found before: to measure a
/// long cluster for each of many edges would take quadratic time.
fn split(text: &Text<'_>, edge: usize, last: &mut Range<usize>) -> Option<Range<usize>> {
    let known = last.start < edge && edge < last.end;
    if !known {
        if text.is_grapheme_edge(edge) {
            return None;
        }
        *last = text.grapheme_at(edge);
    }
    Some(last.clone())
}

/// Which edges split which clusters, as the end of a sentence.
fn edges(
    text: &Text<'_>,
    start: Option<Range<usize>>,
    end: Option<Range<usize>>,
) -> Option<String> {
    let inside = |verb: &str, bytes: Range<usize>| {
        let cluster = text.as_str().get(bytes).unwrap_or_default();
        if cluster == "\r\n" {
            return format!("{verb} between CR and LF, which are one line end");
        }
        let shown = quote(cluster);
        if cluster.len() > LONG {
            return format!("{verb} inside {shown}, one character of more than {LONG} bytes");
        }
        let size = str_indices::chars::count(cluster);
        format!("{verb} inside {shown}, one character of {size} code points")
    };
    match (start, end) {
        (None, None) => None,
        (Some(start), None) => Some(inside("starts", start)),
        (None, Some(end)) => Some(inside("ends", end)),
        (Some(start), Some(end)) if start == end => Some(inside("starts and ends", start)),
        (Some(start), Some(end)) => {
            let (start, end) = (inside("starts", start), inside("ends", end));
            Some(format!("{start}, and {end}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    #[test]
    fn shows_the_cluster() {
        let labels = [("A", 0, 4), ("B", 4, 5), ("C", 0, 5), ("D", 0, 0)];
        assert_eq!(
            Case::new("Jose\u{301}", &labels).run(&SpanSplitsGrapheme),
            [
                "`A` at 0..4 ends inside `e\u{301}`, one character of 2 code points",
                "`B` at 4..5 starts inside `e\u{301}`, one character of 2 code points",
            ]
        );
    }

    #[test]
    fn a_joined_emoji_is_one_character() {
        let case = Case::new("👩\u{200d}🔧", &[("A", 2, 3)]);
        assert_eq!(
            case.run(&SpanSplitsGrapheme),
            ["`A` at 2..3 starts and ends inside `👩\u{200d}🔧`, one character of 3 code points"]
        );
    }

    #[test]
    fn a_line_end_is_called_by_its_name() {
        let case = Case::new("Ada\r\nBob", &[("A", 0, 4), ("B", 5, 8)]);
        assert_eq!(
            case.run(&SpanSplitsGrapheme),
            ["`A` at 0..4 ends between CR and LF, which are one line end"]
        );
    }
}
