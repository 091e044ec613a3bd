//! Records that are pairs: the items of an array, or lines.

use std::io::{self, Cursor, Read};

use super::wire::ANNOTATIONS;
use crate::json::cut::{ArrayPath, Batch, Cut, Elements, Lines, Outline, Sizes};

/// The arrays that may hold the pairs.
const PATHS: [ArrayPath; 2] = [&[], &[ANNOTATIONS]];

/// How much is looked at to tell the two apart: white space is all that can come before.
const LOOK: usize = 1 << 12;

/// Cuts pairs. Whether they are lines is told by the first bytes: a line of a pair begins with an
/// array and a string, an array of pairs with two arrays.
pub(super) struct Pairs<'a> {
    input: Option<Box<dyn Read + Send + 'a>>,
    sizes: Sizes,
    start: u64,
    inner: Option<Inner<'a>>,
}

/// What cuts them, and whether they are lines.
struct Inner<'a> {
    cutter: Box<dyn Cut + 'a>,
    are_lines: bool,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Self {
        Self {
            input: Some(input),
            sizes,
            start: 0,
            inner: None,
        }
    }

    /// Looks at the first bytes, if that was not done.
    fn begin(&mut self) -> io::Result<()> {
        let Some(mut input) = self.input.take() else {
            return Ok(());
        };
        let mut looked = Vec::new();
        while told(&looked).is_none() && looked.len() < LOOK {
            let mut byte = [0; 64];
            let read = match input.read(&mut byte) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            looked.extend_from_slice(&byte[..read]);
        }
        let are_lines = told(&looked) == Some(true);
        let input = Box::new(Cursor::new(looked).chain(input));
        let mut cutter: Box<dyn Cut + 'a> = if are_lines {
            Box::new(Lines::new(input, self.sizes))
        } else {
            Box::new(Elements::new(input, self.sizes, &PATHS))
        };
        if self.start > 0 {
            cutter.begin_at(self.start);
        }
        self.inner = Some(Inner { cutter, are_lines });
        Ok(())
    }
}

/// Whether pairs are lines; nothing where the bytes do not tell yet.
fn told(bytes: &[u8]) -> Option<bool> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    let inner = match bytes.first()? {
        b'[' => bytes[1..].trim_ascii_start(),
        _ => return Some(false),
    };
    Some(*inner.first()? == b'"')
}

impl Cut for Pairs<'_> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        self.begin()?;
        match &mut self.inner {
            Some(inner) => inner.cutter.next(buffer),
            None => Ok(None),
        }
    }

    fn begin_at(&mut self, place: u64) {
        self.start = place;
        if let Some(inner) = &mut self.inner {
            inner.cutter.begin_at(place);
        }
    }

    fn outline(&mut self) -> Outline {
        let Some(inner) = &mut self.inner else {
            return Outline::default();
        };
        let mut outline = inner.cutter.outline();
        if inner.are_lines {
            // Nothing stands around lines.
            outline.bytes.clear();
            outline.pieces.clear();
        }
        outline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a file that comes in pieces of `step` bytes.
    fn cut(text: &str, step: usize) -> (Vec<String>, bool) {
        struct Slowly<'t>(&'t [u8], usize);
        impl Read for Slowly<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let most = self.1.min(buffer.len());
                let read = (&mut self.0).take(most as u64).read(&mut buffer[..most])?;
                Ok(read)
            }
        }
        let sizes = Sizes {
            batch: step,
            record: 1000,
        };
        let mut pairs = Pairs::new(Box::new(Slowly(text.as_bytes(), step)), sizes);
        let mut found = Vec::new();
        while let Some(batch) = pairs.next(Vec::new()).unwrap() {
            let text = |range: &std::ops::Range<usize>| {
                String::from_utf8_lossy(&batch.bytes[range.clone()])
                    .trim()
                    .to_owned()
            };
            found.extend(batch.records.iter().map(text));
        }
        let outline = pairs.outline();
        (found, outline.bytes.is_empty())
    }

    #[test]
    fn pairs_are_items_or_lines() {
        let pairs = [
            "[\"a]\",{}]",
            "null",
            "[\"b\",{\"entities\":[[0,1,\"X\"]]}]",
        ];
        let array = format!("\u{feff} [\n{}\n]", pairs.join(",\n"));
        let object = format!(
            "{{\"classes\":[\"X\"],\"annotations\":[{}]}}",
            pairs.join(",")
        );
        let lines = format!("{}\n{}\n", pairs[0], pairs[2]);
        for step in [1, 2, 7, 100] {
            assert_eq!(cut(&array, step).0, pairs, "{step}");
            assert_eq!(cut(&object, step).0, pairs, "{step}");
            assert_eq!(
                cut(&lines, step),
                (vec![pairs[0].to_owned(), pairs[2].to_owned()], true)
            );
        }
    }
}
