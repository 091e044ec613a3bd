//! `unsafe-line-break`

use crate::alignment::AlignedDocument;
use crate::diagnostics::{Message, Severity, quote};
use crate::model::At;
use crate::rules::{Basis, DocumentSink, Group, Meta, Rule, Scope, Symptoms};

/// A covered text with a character that Python takes for the end of a line.
pub struct UnsafeLineBreak;

const META: Meta = Meta {
    name: "unsafe-line-break",
    group: Group::Offsets,
    severity: Severity::Warning,
    basis: Basis::Service,
    scope: Scope::BRAT,
    fix: None,
    on_request: false,
    summary: "a covered text with a character that the tool takes for the end of a line, such as U+2028",
    why: "Files of lines end them with LF. Python's `splitlines` ends them with nine more characters: \
        VT, FF, FS, GS, RS, NEL, LS and PS, and CR alone. brat cuts its annotation files so. A line \
        whose covered text holds one of them is torn there: brat shows neither half of it as a label, \
        and writes what it has back. The text itself may hold them; its offsets are right.",
    example: "T1\tPerson 0 7\tAda\u{2028}Bob",
    remedy: "Write the label as two stretches, `T1\tPerson 0 3;4 7\tAda Bob`. `labelwright convert \
        --to brat` writes it so, and reads it as one span again.",
    source: "nlplab/brat (commit 44ecd825 of 2021), `server/src/annotation.py`: `splitlines`. Its \
        parser was run on such a file: both lines failed, and the label was gone.",
};

impl Rule for UnsafeLineBreak {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn when(&self) -> Symptoms {
        Symptoms::ALWAYS
    }

    fn document(&self, aligned: &AlignedDocument<'_>, sink: &mut DocumentSink<'_>) {
        for (index, label) in aligned.document.spans().iter().enumerate() {
            let covered = label.covered.as_deref().unwrap_or_default();
            let Some(found) = covered.chars().find(|char| tears(*char)) else {
                continue;
            };
            let message = format!(
                "what {} covers holds U+{:04X}, where brat tears the line",
                quote(&label.category),
                u32::from(found)
            );
            let help = "write the label as two stretches, with one blank for the character";
            sink.report(At::Label(index), Message::new(message).help(help));
        }
    }
}

/// Whether Python takes a character for the end of a line, beside those that end one for everybody.
const fn tears(char: char) -> bool {
    matches!(
        char,
        '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\r'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_characters_are_those_of_splitlines() {
        let all = (0..0x1_0000).filter_map(char::from_u32);
        let found: Vec<u32> = all.filter(|char| tears(*char)).map(u32::from).collect();
        let want = [0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029];
        assert_eq!(found, want);
    }
}
