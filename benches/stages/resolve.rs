//! Proving spans against a text.

use std::fmt;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use labelwright::internals::text::{Span, Text, Unit};
use memchr::memchr;

/// What a text is written in.
#[derive(Clone, Copy, Debug)]
enum Script {
    /// Only characters of one byte.
    Ascii,
    /// Characters of one to four bytes, with an emoji a sentence.
    Any,
}

impl Script {
    const ALL: [Self; 2] = [Self::Ascii, Self::Any];

    /// A text of 16 kB.
    fn text(self) -> String {
        let sentence = match self {
            Self::Ascii => "Ada met Emil in Berlin on 3 May, and 2 of 3 came. ",
            Self::Any => "Ada traf Émile in 東京 am 3. Mai, Привет мир, 😀 да. ",
        };
        sentence.repeat(16 * 1024 / sentence.len())
    }
}

/// A script, and what the offsets count.
#[derive(Clone, Copy, Debug)]
struct Case(Script, Unit);

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, {}", self.0, self.1)
    }
}

const CASES: [Case; 8] = [
    Case(Script::Ascii, Unit::Utf16),
    Case(Script::Ascii, Unit::CodePoint),
    Case(Script::Ascii, Unit::Utf8),
    Case(Script::Ascii, Unit::Grapheme),
    Case(Script::Any, Unit::Utf16),
    Case(Script::Any, Unit::CodePoint),
    Case(Script::Any, Unit::Utf8),
    Case(Script::Any, Unit::Grapheme),
];

/// The ceiling: looking for a byte that is not there.
#[divan::bench(args = Script::ALL)]
fn looked_through(bencher: Bencher<'_, '_>, script: Script) {
    let text = script.text();
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench(|| memchr(0, black_box(text.as_bytes())));
}

/// Sixty-four spans in a text of 16 kB.
#[divan::bench(args = CASES)]
fn resolve(bencher: Bencher<'_, '_>, Case(script, unit): Case) {
    let text = script.text();
    let spans = edges(&Text::new(&text), unit);
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench(|| {
        let proofs = Text::new(black_box(&text)).resolve(black_box(&spans));
        assert!(proofs.iter().all(Result::is_ok));
        proofs
    });
}

/// Spans of one character all over the text, on character edges.
fn edges(text: &Text<'_>, unit: Unit) -> Vec<Span> {
    let bytes = text.as_str().char_indices();
    let every = text.as_str().chars().count() / 64;
    let ranges: Vec<_> = bytes
        .step_by(every)
        .filter_map(|(byte, char)| text.range(byte..byte + char.len_utf8()))
        .collect();
    let spans = text.declare(&ranges, unit).into_iter().flatten();
    spans.collect()
}
