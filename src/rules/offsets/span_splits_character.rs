//! `span-splits-character`

use super::called;
use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity, quote};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};
use crate::text::{ByteRange, Fault, Side, Unit};

/// A span with an edge inside a character.
pub struct SpanSplitsCharacter;

const META: Meta = Meta {
    name: "span-splits-character",
    group: Group::Offsets,
    severity: Severity::Error,
    basis: Basis::Truth,
    scope: Scope::SPANS,
    fix: None,
    on_request: false,
    summary: "an edge inside a surrogate pair, or inside a code point",
    why: "In UTF-16 a character outside the basic plane (an emoji, some Han characters) takes \
        two code units, and in UTF-8 every character but ASCII takes several bytes. Half of one \
        is no text: it cannot be shown, and it has no number in another unit. An edge there was \
        counted in another unit, or in another text.",
    example: r#"{ "category": "City", "offset": 1, "length": 4 }   (the text is "😀 Oslo")"#,
    remedy: "Move the edge to the side of the character that was meant. If many spans are \
        wrong after the first emoji of a document, the program that wrote them counts in \
        another unit, and `offset-unit-mismatch` says in which.",
    source: "The authoring API of Azure AI Language (azure-rest-api-specs) says that offset and \
        length correspond to UTF-16 code units; an emoji counts 2 there.",
};

impl Rule for SpanSplitsCharacter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn quotes_text(&self) -> bool {
        true
    }

    fn when(&self) -> Symptoms {
        Symptoms::PROOFS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        let document = aligned.document;
        let labels = document.spans().iter().zip(&aligned.spans);
        for (index, (label, span)) in labels.enumerate() {
            if label.span.is_empty() {
                continue;
            }
            if let Some(edge) = split(aligned, span.proof, label.span.unit) {
                let help = "move the edge to one side of the character";
                let message = format!("{} {edge}", called(label));
                sink.report(At::Label(index), Message::new(message).help(help));
            }
        }
        let regions = document.regions().iter().zip(&aligned.regions);
        for (index, (region, proof)) in regions.enumerate() {
            let span = region.span;
            if let Some(edge) = split(aligned, *proof, span.unit) {
                let help = "move the region's edge to one side of the character";
                let message = format!("the region at {}..{} {edge}", span.start, span.end);
                sink.report(At::Region(index), Message::new(message).help(help));
            }
        }
    }
}

/// Which edge splits which character, as the end of a sentence.
fn split(
    aligned: &AlignedDocument<'_>,
    proof: Option<Result<ByteRange, Fault>>,
    unit: Unit,
) -> Option<String> {
    let Some(Err(Fault::SplitsCharacter { side, character })) = proof else {
        return None;
    };
    let char = aligned.text()?.as_str().get(character..)?.chars().next()?;
    let verb = match side {
        Side::Start => "starts",
        Side::End => "ends",
    };
    let size = match unit {
        Unit::Utf8 => char.len_utf8(),
        _ => char.len_utf16(),
    };
    let shown = quote(char.encode_utf8(&mut [0; 4]));
    let code = u32::from(char);
    let unit = unit.plural();
    Some(format!(
        "{verb} inside {shown} (U+{code:04X}), which takes {size} {unit}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::offsets::testing::Case;

    #[test]
    fn names_the_edge_and_the_character() {
        let case = Case::new("a😀b", &[("A", 2, 4), ("B", 0, 2), ("C", 1, 3)]);
        assert_eq!(
            case.regions(&[(0, 2)]).run(&SpanSplitsCharacter),
            [
                "`A` at 2..4 starts inside `😀` (U+1F600), which takes 2 UTF-16 code units",
                "`B` at 0..2 ends inside `😀` (U+1F600), which takes 2 UTF-16 code units",
                "the region at 0..2 ends inside `😀` (U+1F600), which takes 2 UTF-16 code units",
            ]
        );
    }
}
