//! The same cuts, byte by byte and over a whole text: what [`super::super::scan`] is held to.

use std::ops::Range;

use memchr::memchr2;

use super::super::{BYTE_ORDER_MARK, Outline};

/// The records of a text, and its outline, by a scanner without blocks, limits or batches.
pub(super) fn cut(text: &[u8]) -> (Vec<Range<usize>>, Outline) {
    let mut scan = Scan::default();
    let mut records = Vec::new();
    let mut from = 0;
    if text.starts_with(BYTE_ORDER_MARK) {
        scan.outline.byte_order_mark = true;
        from = BYTE_ORDER_MARK.len();
    }
    scan.run(text, from, 0, &mut records);
    if let Some(record) = scan.record.take() {
        records.push(record.start..text.len());
        scan.outline.ends_in_record = !record.bare;
    }
    let mut outline = std::mem::take(&mut scan.outline);
    let close = |open: &u8| if *open == b'{' { b'}' } else { b']' };
    outline.unclosed = scan.open.iter().rev().map(close).collect();
    outline.length = text.len() as u64;
    (records, outline)
}

/// The key of the array that is cut, at the top of the object or in its `assets`.
const RECORDS: &[u8] = b"documents";
const HOLDER: &[u8] = b"assets";
/// A key longer than this is none of the two, escapes included (`\u0064` for each letter).
const LONGEST_KEY: usize = 6 * RECORDS.len();
/// Nesting outside of records that is followed; a header deeper than this is not JSON that
/// any reader here accepts.
const DEEPEST: usize = 1024;

/// What the scanner knows at a byte.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a bit of a state that lives across reads; together they are no enum"
)]
struct Scan {
    outline: Outline,
    /// The open brackets outside of the current record.
    open: Vec<u8>,
    in_string: bool,
    escaped: bool,
    /// The text of the last string in the place of a key, for the two levels that matter.
    key: Vec<u8>,
    in_key: bool,
    /// Whether the next string at this level is a key.
    wants_key: bool,
    /// Whether the object at level 2 is the one under `assets`.
    in_holder: bool,
    /// The level of the array of records, once inside.
    array: Option<usize>,
    /// In the array: whether an item must come next (after a comma), or may not (after an item).
    after: After,
    record: Option<Record>,
    /// The brackets do not fit; nothing after this is cut.
    broken: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum After {
    #[default]
    Bracket,
    Comma,
    Item,
}

/// A record that has begun.
struct Record {
    /// Its first byte, in the buffer.
    start: usize,
    /// The brackets that it has open.
    depth: usize,
    /// Whether it is a number or a word, which end before the byte that follows.
    bare: bool,
}

impl Scan {
    /// Follows `bytes[from..]`; `base` is the place of `bytes[0]` in the file.
    fn run(&mut self, bytes: &[u8], from: usize, base: u64, records: &mut Vec<Range<usize>>) {
        let mut at = from;
        // What of these bytes belongs to the outline: from here to where a record begins.
        let mut kept = from;
        let in_array = |scan: &Self| scan.array.is_some();
        if in_array(self) {
            kept = usize::MAX;
        }
        while at < bytes.len() && !self.broken {
            if self.in_string {
                at = self.skip_string(bytes, at);
                if !self.in_string
                    && let Some(record) = self.record.take_if(|record| record.depth == 0)
                {
                    self.end_record(record.start..at, records);
                }
                continue;
            }
            let byte = bytes[at];
            if let Some(record) = &mut self.record {
                match byte {
                    b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r' if record.bare => {
                        let start = record.start;
                        self.end_record(start..at, records);
                        // The byte itself is looked at again, as one between records.
                        continue;
                    }
                    b'"' => self.in_string = true,
                    b'{' | b'[' => record.depth += 1,
                    b'}' | b']' => {
                        record.depth = record.depth.saturating_sub(1);
                        if record.depth == 0 {
                            let start = record.start;
                            self.end_record(start..at + 1, records);
                        }
                    }
                    _ => {}
                }
                at += 1;
                continue;
            }
            if in_array(self) {
                let place = base + at as u64;
                if self.between(byte, at, place) {
                    kept = at;
                }
                at += 1;
                continue;
            }
            self.outside(byte);
            at += 1;
            if in_array(self) {
                self.keep(bytes, kept, at, base);
                kept = usize::MAX;
            }
        }
        if !in_array(self) {
            self.keep(bytes, kept, bytes.len(), base);
        }
    }

    /// Goes on behind the string, or to the end of the bytes where it goes on there.
    fn skip_string(&mut self, bytes: &[u8], from: usize) -> usize {
        let mut at = from;
        let mut end = bytes.len();
        if self.escaped {
            self.escaped = false;
            at += 1;
        }
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
            at += found;
            if bytes[at] == b'"' {
                self.in_string = false;
                end = at + 1;
                break;
            }
            if at + 1 == bytes.len() {
                self.escaped = true;
            }
            at += 2;
        }
        if self.in_key {
            let text = end - usize::from(!self.in_string);
            let budget = (LONGEST_KEY + 1).saturating_sub(self.key.len());
            self.key.extend(bytes[from..text].iter().take(budget));
            self.in_key = self.in_string;
        }
        end
    }

    /// A byte outside of the array of records.
    fn outside(&mut self, byte: u8) {
        match byte {
            b'"' => {
                self.in_string = true;
                if self.wants_key {
                    self.key.clear();
                    self.in_key = true;
                    self.wants_key = false;
                }
            }
            b'{' | b'[' => {
                let level = self.open.len();
                let parent_is_object = self.open.last() == Some(&b'{');
                self.open.push(byte);
                if self.open.len() > DEEPEST {
                    self.broken = true;
                }
                let holder = level == 1 || level == 2 && self.in_holder;
                if byte == b'[' && parent_is_object && holder && self.key_is(RECORDS) {
                    self.array = Some(self.open.len());
                    self.after = After::Bracket;
                }
                if byte == b'{' && level == 1 {
                    self.in_holder = parent_is_object && self.key_is(HOLDER);
                }
                self.wants_key = byte == b'{';
            }
            b'}' | b']' => {
                self.close(byte);
                if self.open.len() < 2 {
                    self.in_holder = false;
                }
                self.wants_key = false;
            }
            b',' => self.wants_key = self.open.last() == Some(&b'{'),
            _ => {}
        }
    }

    /// A byte in the array of records, between two of them. Answers whether the array ends.
    fn between(&mut self, byte: u8, at: usize, place: u64) -> bool {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b',' => {
                if self.after != After::Item {
                    self.stray(place, "expected a document before this comma");
                }
                self.after = After::Comma;
            }
            b']' => {
                if self.after == After::Comma {
                    self.stray(place, "trailing comma in the array of documents");
                }
                self.array = None;
                self.close(byte);
                self.wants_key = false;
                return true;
            }
            b'}' => {
                self.stray(place, "expected `,` or `]` in the array of documents");
                self.broken = true;
            }
            _ => {
                if self.after == After::Item {
                    self.stray(place, "expected `,` or `]` in the array of documents");
                }
                self.in_string = byte == b'"';
                self.record = Some(Record {
                    start: at,
                    depth: usize::from(matches!(byte, b'{' | b'[')),
                    bare: !matches!(byte, b'{' | b'[' | b'"'),
                });
            }
        }
        false
    }

    fn end_record(&mut self, range: Range<usize>, records: &mut Vec<Range<usize>>) {
        self.record = None;
        self.after = After::Item;
        records.push(range);
    }

    fn close(&mut self, byte: u8) {
        let open = if byte == b'}' { b'{' } else { b'[' };
        if self.open.last() == Some(&open) {
            self.open.pop();
        } else {
            // The reader of the outline finds the same fault and names its place.
            self.broken = true;
        }
    }

    fn key_is(&self, name: &[u8]) -> bool {
        if self.key == name {
            return true;
        }
        // A key may be spelled with escapes; only then is it worth the work to read it.
        self.key.contains(&b'\\') && {
            let quoted = [b"\"".as_slice(), &self.key, b"\""].concat();
            serde_json::from_slice::<String>(&quoted).is_ok_and(|key| key.as_bytes() == name)
        }
    }

    fn stray(&mut self, place: u64, what: &'static str) {
        self.outline.strays.push((place, what));
    }

    /// Adds `bytes[from..to]` to the outline.
    fn keep(&mut self, bytes: &[u8], from: usize, to: usize, base: u64) {
        if from >= to {
            return;
        }
        let index = self.outline.bytes.len();
        let place = base + from as u64;
        if index == 0 || self.outline.place(index) != place {
            self.outline.pieces.push((index, place));
        }
        self.outline.bytes.extend_from_slice(&bytes[from..to]);
    }
}
