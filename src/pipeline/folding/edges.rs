//! One finding a span, where several rules speak of its edges.

use crate::diagnostics::Diagnostic;
use crate::rules::EDGES;

/// Findings that begin at one byte, on their way through.
#[derive(Default)]
pub(super) struct Spans {
    held: Vec<Diagnostic>,
}

/// The rank of a rule about edges: what is done about the last one solves most. `None` for others.
fn rank(finding: &Diagnostic) -> Option<usize> {
    EDGES.iter().position(|rule| *rule == finding.rule)
}

fn start(finding: &Diagnostic) -> Option<u64> {
    finding.bytes.as_ref().map(|bytes| bytes.start)
}

impl Spans {
    /// Takes the next finding, and gives away what it does not touch.
    pub(super) fn add(&mut self, finding: Diagnostic, out: &mut Vec<Diagnostic>) {
        let follows = self
            .held
            .last()
            .is_some_and(|last| start(last) == start(&finding));
        if !follows || start(&finding).is_none() {
            self.end(out);
        }
        let of_span = |other: &Diagnostic| {
            rank(other).is_some()
                && other.rule != finding.rule
                && (&other.bytes, &other.pointer) == (&finding.bytes, &finding.pointer)
        };
        let is_of_edges = rank(&finding).is_some();
        let mut held = self.held.iter();
        match is_of_edges.then(|| held.position(of_span)).flatten() {
            Some(index) => {
                let other = self.held.remove(index);
                self.held.push(joined(other, finding));
            }
            None => self.held.push(finding),
        }
    }

    /// Gives away the last ones.
    pub(super) fn end(&mut self, out: &mut Vec<Diagnostic>) {
        self.held.sort_by(Diagnostic::in_order);
        out.append(&mut self.held);
    }
}

/// Two findings about the edges of one span as one: the graver one, with what both say.
fn joined(one: Diagnostic, other: Diagnostic) -> Diagnostic {
    let key = |finding: &Diagnostic| (finding.severity, rank(finding));
    let (mut first, second) = if key(&one) < key(&other) {
        (other, one)
    } else {
        (one, other)
    };
    // Both begin with the label and its place.
    let same = first.message.bytes().zip(second.message.bytes());
    let same = same.take_while(|(a, b)| a == b).count();
    let head = first.message.get(..same).and_then(|head| head.rfind(' '));
    let rest = second.message.get(head.map_or(0, |head| head + 1)..);
    first.message = format!("{}, and {}", first.message, rest.unwrap_or(&second.message));
    let item = |finding: &Diagnostic| finding.subject.as_ref().and_then(|it| it.item.clone());
    let words = item(&first).or_else(|| item(&second));
    first.help = Some(match words {
        Some(words) => format!("label {words}, unless a part of a word is meant").into(),
        None => "move both edges to where a word begins and ends".into(),
    });
    first.excerpt = first.excerpt.or(second.excerpt);
    first
}
