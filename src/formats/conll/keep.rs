//! What only a file of tokens holds, in a ledger: the lines of each document, with its columns, comments
//! and borders of tokens.

use std::ops::Range;

use super::reader::entities;
use super::rows::{Block, block};
use crate::alignment::{AlignedDocument, align};
use crate::formats::ledger::{LedgerEntry, Sort, find};
use crate::formats::tokenize::{Placed, by_tokens};
use crate::json::Pointer;

/// The name under which the lines of a document are kept.
const LINES: &str = "conll";

/// Notes the lines of a document.
pub(super) fn entries(aligned: &AlignedDocument<'_>, name: &str, out: &mut Vec<LedgerEntry>) {
    let lines = serde_json::value::to_raw_value(aligned.document.source);
    out.push(LedgerEntry {
        value: lines.ok(),
        ..LedgerEntry::new(name, Sort::Member, Pointer::root().key(LINES))
    });
}

/// Whether this can be an entry that [`entries`] has noted.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    match entry.fact {
        Sort::Member => entry.pointer.last() == LINES && lines_of(entry).is_some(),
        Sort::LeftOut => true,
        _ => false,
    }
}

fn lines_of(entry: &LedgerEntry) -> Option<String> {
    serde_json::from_str(entry.value.as_deref()?.get()).ok()
}

/// Writes the lines that a ledger has of a document, with the tags of its labels as they are now.
/// Answers whether it could: the tokens must be those of the text, and the labels end where tokens do.
pub(super) fn put_back(
    entries: &[LedgerEntry],
    text: &str,
    labels: &[Placed<'_>],
    out: &mut Vec<u8>,
) -> bool {
    let entry = find(entries, Sort::Member).filter(|entry| may_note(entry));
    let Some(lines) = entry.and_then(lines_of) else {
        return false;
    };
    let Ok(block) = block(&lines) else {
        return false;
    };
    let Ok(places) = align(text, block.words.iter().map(|word| word.token)) else {
        return false;
    };
    let Some(now) = by_tokens(&places, labels) else {
        return false;
    };
    let then = entities(&block).0.into_iter();
    let then: Vec<(Range<usize>, &str)> = then.map(|one| (one.tokens, one.label)).collect();
    if then == now {
        out.extend_from_slice(lines.as_bytes());
    } else if block.is_universal {
        return false;
    } else {
        retagged(&lines, &block, &now, out);
    }
    out.push(b'\n');
    true
}

/// Writes lines with other tags, in IOB2.
fn retagged(lines: &str, block: &Block<'_>, labels: &[(Range<usize>, &str)], out: &mut Vec<u8>) {
    let (mut at, mut labels) = (0, labels.iter().peekable());
    for (index, word) in block.words.iter().enumerate() {
        out.extend_from_slice(
            lines
                .get(at..word.tagged.start)
                .unwrap_or_default()
                .as_bytes(),
        );
        at = word.tagged.end;
        while labels.next_if(|(tokens, _)| tokens.end <= index).is_some() {}
        match labels.peek() {
            Some((tokens, name)) if tokens.start <= index => {
                let prefix = if tokens.start == index { "B-" } else { "I-" };
                out.extend_from_slice(prefix.as_bytes());
                out.extend_from_slice(name.as_bytes());
            }
            _ => out.push(b'O'),
        }
    }
    out.extend_from_slice(lines.get(at..).unwrap_or_default().as_bytes());
}
