//! `span-edge-whitespace`

use super::called;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{FixAction, Message, Severity, quote_at};
use crate::model::At;
use crate::rules::{
    Applicability, Basis, DocumentSink, Group, Meta, Rule, SPAN_EDGE_WHITESPACE, Scope, Symptoms,
};
use crate::text::words::cuts_word;
use crate::text::{Blanks, ByteRange, Text};

/// A span that starts or ends with white space.
pub struct SpanEdgeWhitespace;

const META: Meta = Meta {
    name: SPAN_EDGE_WHITESPACE,
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Advice,
    scope: Scope::SPANS,
    fix: Some(Applicability::Safe),
    on_request: false,
    summary: "a span that starts or ends with white space",
    why: "A blank belongs to no name. Where some spans hold it and others do not, the model \
        learns two extents for one thing, and an exact comparison with its predictions fails. \
        Where most spans begin with white space, their offsets are wrong rather than their \
        edges. Microsoft's AML SDK stops with an error at a span of white space alone.",
    example: r#"{ "category": "City", "offset": 7, "length": 5 }   (the text is "Made in Oslo")"#,
    remedy: "Move the edges to the first and the last character that is not white space. \
        Where a span is nothing but white space, label the words that are meant, or remove it.",
    source: "White space is Unicode's White_Space. In two real exports of Azure Machine Learning \
        (991 lines) no span has any at an edge. azureml-automl-dnn-nlp 1.62, run on a span that \
        is one blank, stopped with `IndexError`.",
};

impl Rule for SpanEdgeWhitespace {
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
        let mut blanks = Blanks::new(aligned.text().map_or("", Text::as_str));
        for (index, range, text) in aligned.proved() {
            let edges = blank_edges(text, range, &mut blanks);
            if let (Some(edges), Some(label)) = (edges, labels.get(index)) {
                let message = format!("{} {edges}", called(label));
                let inner = blanks.trim(range.as_range());
                let words = text.as_str().get(inner.clone()).unwrap_or_default();
                let is_moved = is_moved(text, range);
                let help = if words.is_empty() {
                    "label the words that are meant, or remove the label".to_owned()
                } else if is_moved {
                    "the other edge cuts a word, so the label may have moved: look at it".to_owned()
                } else {
                    format!("label {} alone", quote_at(text.as_str(), inner.clone()))
                };
                let message = Message::new(message).help(help);
                if is_moved {
                    sink.report(At::Label(index), message);
                    continue;
                }
                let inner = text.range(inner).filter(|range| !range.is_empty());
                let trimmed = inner.and_then(|inner| text.declare_near(label.span, range, inner));
                let fix = trimmed.map(|span| FixAction::Extent(At::Label(index), span));
                sink.report(At::Label(index), message.fixes(fix));
            }
        }
    }
}

/// Whether one edge is white space and the other cuts a word: so a span looks that was moved by a
/// character, and without its white space it would not show that any more.
fn is_moved(text: &Text<'_>, range: ByteRange) -> bool {
    cuts_word(text, range.start(), false) || cuts_word(text, range.end(), true)
}

/// Which edges are white space, as the end of a sentence. An edge that splits a grapheme
/// cluster is a fault of its own.
fn blank_edges(text: &Text<'_>, range: ByteRange, blanks: &mut Blanks<'_>) -> Option<String> {
    let blank = |byte, char: Option<char>| {
        char.filter(|char| char.is_whitespace() && text.is_grapheme_edge(byte))
    };
    let slice = text.slice(range);
    let first = blank(range.start(), slice.chars().next());
    let last = blank(range.end(), slice.chars().next_back());
    let code = |char| format!("white space (U+{:04X})", u32::from(char));
    match (first, last) {
        (None, None) => None,
        _ if blanks.covers(range.as_range()) => Some("holds nothing but white space".to_owned()),
        (Some(first), None) => Some(format!("starts with {}", code(first))),
        (None, Some(last)) => Some(format!("ends with {}", code(last))),
        (Some(first), Some(last)) => {
            let (first, last) = (code(first), code(last));
            Some(format!("starts with {first} and ends with {last}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    #[test]
    fn each_edge_is_named() {
        let labels = [
            ("A", 3, 7),
            ("B", 4, 8),
            ("C", 3, 8),
            ("D", 4, 7),
            ("E", 4, 4),
        ];
        assert_eq!(
            Case::new("met Ada\u{a0}B", &labels).run(&SpanEdgeWhitespace),
            [
                "`A` at 3..7 starts with white space (U+0020)",
                "`B` at 4..8 ends with white space (U+00A0)",
                "`C` at 3..8 starts with white space (U+0020) and ends with white space (U+00A0)",
            ]
        );
    }

    #[test]
    fn white_space_alone_is_one_finding() {
        let case = Case::new("a \t b", &[("A", 1, 4)]);
        let said = case.run(&SpanEdgeWhitespace);
        assert_eq!(said, ["`A` at 1..4 holds nothing but white space"]);
    }

    #[test]
    fn an_edge_between_cr_and_lf_is_another_fault() {
        let case = Case::new("Ada\r\nBob", &[("A", 0, 4), ("B", 4, 8)]);
        assert!(case.run(&SpanEdgeWhitespace).is_empty());
    }
}
