//! What makes a finding the same from one run to the next.

use std::collections::HashMap;

use super::Diagnostic;
use crate::json::Pointer;
use crate::model::fingerprints::{fingerprint, fingerprint_under};

/// How many findings are remembered. A file with more has equal ones near each other.
const MOST: usize = 500_000;

/// Gives fingerprints to the findings of a file, which come in order.
///
/// A fingerprint (XXH3, 64 bits) is made of the rule, the document, the label, the words, the names on the way
/// to the value, and of how many findings before it have all that in common: so it does not change
/// where lines move, or labels before it are added.
#[derive(Debug, Default)]
pub struct Identities {
    seen: HashMap<u64, u64>,
}

impl Identities {
    /// The fingerprint of the next finding.
    pub fn next(&mut self, finding: &Diagnostic) -> u64 {
        let content = content(finding, finding.document.as_deref());
        if self.seen.len() >= MOST {
            self.seen.clear();
        }
        let before = self.seen.entry(content).or_default();
        let print = fingerprint_under(content, &before.to_string());
        *before += 1;
        print
    }
}

/// The fingerprint of what a finding says, for a document of that name or whatever the document.
#[must_use]
pub fn content(finding: &Diagnostic, document: Option<&str>) -> u64 {
    let document = document.filter(|_| !finding.is_of_corpus);
    let details = finding.details.as_deref();
    let label = details.and_then(|details| details.label.as_deref());
    let words = details.and_then(|details| details.words.as_ref());
    let surface = words.map(|words| spelled(words.print));
    let item = finding.subject.as_ref().and_then(|it| it.cause.as_deref());
    let mut print = fingerprint(finding.rule);
    for part in [document, label, surface.as_deref(), item] {
        // What is absent is something else than what is empty.
        let part = part.map_or("\u{0}".into(), |part| format!("\u{1}{part}"));
        print = fingerprint_under(print, &part);
    }
    let pointer = finding.pointer.iter().flat_map(Pointer::tokens);
    let is_index = |token: &String| token.bytes().all(|byte| byte.is_ascii_digit());
    for name in pointer.filter(|token| !is_index(token)) {
        print = fingerprint_under(print, &name);
    }
    print
}

/// A fingerprint as reports write it: 16 hexadecimal digits.
#[must_use]
pub fn spelled(print: u64) -> String {
    format!("{print:016x}")
}
