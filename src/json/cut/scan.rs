//! Where the items of an array in an object begin and end.

use std::ops::Range;

use super::Outline;
use super::blocks::{Nested, Quoted};

/// Where an array stands in a JSON value: the keys on the way to it. Without any it is the value
/// itself.
pub type ArrayPath = &'static [&'static str];

/// Some of the paths that are looked for: bit `n` stands for the one of index `n`.
type Paths = u32;

/// Nesting outside of records that is followed; a header deeper than this is not JSON that
/// any reader here accepts.
const DEEPEST: usize = 1024;

/// What the scanner knows at a byte.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
pub(super) struct Scan {
    pub(super) outline: Outline,
    /// The most bytes of the outline.
    limit: u64,
    /// The open brackets outside of the current record.
    open: Vec<u8>,
    /// The string outside of records that has begun, and whether it is a key.
    string: Option<(Quoted, bool)>,
    /// The text of the last string in the place of a key.
    key: Vec<u8>,
    /// Whether the next string at this level is a key.
    wants_key: bool,
    /// The arrays that are cut.
    paths: &'static [ArrayPath],
    /// Whether objects that stand where the array should are records too.
    takes_bare: bool,
    /// Whether anything but white space stood outside of records.
    has_begun: bool,
    /// For each open bracket the paths that may lead through it.
    ways: Vec<Paths>,
    /// A key longer than this is none of those in the paths, escapes included (`\u0064` for each
    /// letter).
    longest_key: usize,
    /// Whether the array of records is open.
    in_array: bool,
    /// In the array: whether an item must come next (after a comma), or may not (after an item).
    after: After,
    record: Option<Record>,
    /// Where brackets do not fit; nothing after this is cut.
    broken: Option<u64>,
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
    /// The place of its first byte in the file.
    start: u64,
    form: Extent,
}

enum Extent {
    /// An object or an array.
    Nested(Nested),
    String(Quoted),
    Bare(Bare),
}

/// A number or a word, which end before the byte that follows. What else begins like one is no
/// JSON; a string in it is gone over, so that its commas end nothing.
#[derive(Default)]
struct Bare {
    string: Option<Quoted>,
    /// Whether a bracket stands in it. If not, it ends with its first string.
    opened: bool,
}

impl Extent {
    /// The end of the record in the bytes that follow; `None` where it goes on after them.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Nested(nested) => nested.end(bytes),
            Self::String(string) => string.end(bytes),
            Self::Bare(bare) => bare.end(bytes),
        }
    }
}

impl Bare {
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            if let Some(string) = &mut self.string {
                at += string.end(&bytes[at..])?;
                self.string = None;
                if !self.opened {
                    return Some(at);
                }
            }
            match bytes.get(at)? {
                b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r' => return Some(at),
                b'"' => self.string = Some(Quoted::default()),
                b'{' | b'[' => self.opened = true,
                _ => {}
            }
            at += 1;
        }
    }
}

impl Scan {
    /// At the start of a file. The outline gets no more bytes than `limit`.
    pub(super) fn new(limit: u64, paths: &'static [ArrayPath]) -> Self {
        let keys = paths.iter().flat_map(|path| path.iter());
        Self {
            paths,
            takes_bare: false,
            has_begun: false,
            ways: Vec::new(),
            longest_key: 6 * keys.map(|key| key.len()).max().unwrap_or(0),
            outline: Outline::default(),
            limit,
            open: Vec::new(),
            string: None,
            key: Vec::new(),
            wants_key: false,
            in_array: false,
            after: After::Bracket,
            record: None,
            broken: None,
        }
    }

    /// Takes objects that stand where the array should, one or several, for records.
    pub(super) const fn take_bare(&mut self) {
        self.takes_bare = true;
    }

    /// The place in the file of a record that has begun and not ended.
    pub(super) fn record_start(&self) -> Option<u64> {
        self.record.as_ref().map(|record| record.start)
    }

    /// Notes that the file stops, whatever has begun.
    pub(super) fn end_of_file(&mut self) {
        if let Some(record) = self.record.take() {
            self.outline.ends_in_record = !matches!(record.form, Extent::Bare(_));
        }
    }

    /// What would close the brackets that are open outside of records.
    pub(super) fn unclosed(&self) -> Vec<u8> {
        if self.outline.too_large.is_some() {
            // Where a file is not read on, nothing is known of its end.
            return Vec::new();
        }
        let close = |open: &u8| if *open == b'{' { b'}' } else { b']' };
        self.open.iter().rev().map(close).collect()
    }

    /// Follows `bytes[from..]`; `base` is the place of `bytes[0]` in the file.
    ///
    /// Answers how far it came: to the end, unless a record ends that began before `base`.
    pub(super) fn run(
        &mut self,
        bytes: &[u8],
        from: usize,
        base: u64,
        records: &mut Vec<Range<usize>>,
    ) -> usize {
        let mut at = from;
        // What of these bytes belongs to the outline: from here to where the array begins.
        let mut kept = if self.in_array { bytes.len() } else { from };
        while at < bytes.len() && self.broken.is_none() && self.outline.too_large.is_none() {
            if let Some(record) = &mut self.record {
                let Some(length) = record.form.end(&bytes[at..]) else {
                    return bytes.len();
                };
                at += length;
                let start = record.start.checked_sub(base);
                self.record = None;
                self.after = After::Item;
                match start.and_then(|start| usize::try_from(start).ok()) {
                    Some(start) => records.push(start..at),
                    None => return at,
                }
            } else if self.string.is_some() {
                at = self.skip_string(bytes, at);
            } else if self.begins_bare(bytes[at]) {
                // The object is looked at once more, as the first record.
                self.in_array = true;
                kept = bytes.len();
            } else if self.in_array {
                self.between(bytes[at], base + at as u64);
                if !self.in_array {
                    kept = at;
                }
                at += 1;
            } else {
                self.outside(bytes[at], base + at as u64);
                at += 1;
                if self.in_array {
                    self.keep(bytes, kept, at, base);
                    kept = bytes.len();
                }
            }
        }
        if !self.in_array {
            self.keep(bytes, kept, bytes.len(), base);
        }
        bytes.len()
    }

    /// Whether a byte begins an object in the place of the array.
    fn begins_bare(&self, byte: u8) -> bool {
        self.takes_bare && byte == b'{' && !self.in_array && !self.has_begun
    }

    /// Whether records stand by themselves, and not in an array.
    const fn is_bare(&self) -> bool {
        self.in_array && self.open.is_empty()
    }

    /// Goes on behind the string, or to the end of the bytes where it goes on there.
    fn skip_string(&mut self, bytes: &[u8], from: usize) -> usize {
        let Some((string, is_key)) = &mut self.string else {
            return from;
        };
        let rest = &bytes[from..];
        let found = string.end(rest);
        if *is_key {
            let text = found.map_or(rest, |end| &rest[..end - 1]);
            let room = (self.longest_key + 1).saturating_sub(self.key.len());
            self.key.extend(text.iter().take(room));
        }
        let Some(length) = found else {
            return bytes.len();
        };
        self.string = None;
        from + length
    }

    /// A byte outside of the array of records.
    fn outside(&mut self, byte: u8, place: u64) {
        self.has_begun |= !byte.is_ascii_whitespace();
        match byte {
            b'"' => {
                self.string = Some((Quoted::default(), self.wants_key));
                if self.wants_key {
                    self.key.clear();
                    self.wants_key = false;
                }
            }
            b'{' | b'[' => {
                let level = self.open.len();
                let ways = self.ways_on(level);
                self.open.push(byte);
                self.ways.push(ways);
                if self.open.len() > DEEPEST {
                    self.broken = Some(place);
                }
                let ends = |(index, path): (usize, &ArrayPath)| {
                    ways & (1 << index) != 0 && path.len() == level
                };
                if byte == b'[' && self.paths.iter().enumerate().any(ends) {
                    self.in_array = true;
                    self.after = After::Bracket;
                }
                self.wants_key = byte == b'{';
            }
            b'}' | b']' => {
                self.close(byte, place);
                self.wants_key = false;
            }
            b',' => self.wants_key = self.open.last() == Some(&b'{'),
            _ => {}
        }
    }

    /// A byte in the array of records, between two of them.
    fn between(&mut self, byte: u8, place: u64) {
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
                self.in_array = false;
                self.close(byte, place);
                self.wants_key = false;
            }
            b'}' => {
                self.stray(place, "expected `,` or `]` in the array of documents");
                self.broken = Some(place);
            }
            _ => {
                if self.is_bare() {
                    self.outline.bare += 1;
                } else if self.after == After::Item {
                    self.stray(place, "expected `,` or `]` in the array of documents");
                }
                self.record = Some(Record {
                    start: place,
                    form: match byte {
                        b'{' | b'[' => Extent::Nested(Nested::new()),
                        b'"' => Extent::String(Quoted::default()),
                        _ => Extent::Bare(Bare::default()),
                    },
                });
            }
        }
    }

    fn close(&mut self, byte: u8, place: u64) {
        let open = if byte == b'}' { b'{' } else { b'[' };
        if self.open.last() == Some(&open) {
            self.open.pop();
            self.ways.pop();
        } else {
            // The reader of the outline finds the same fault and names its place.
            self.broken = Some(place);
        }
    }

    /// The paths that lead through a bracket that opens at `level`.
    fn ways_on(&self, level: usize) -> Paths {
        let Some(before) = self.ways.last() else {
            return Paths::MAX;
        };
        if *before == 0 || self.open.last() != Some(&b'{') {
            return 0;
        }
        let mut ways = 0;
        for (index, path) in self.paths.iter().enumerate() {
            let leads = path
                .get(level - 1)
                .is_some_and(|key| self.key_is(key.as_bytes()));
            if before & (1 << index) != 0 && leads {
                ways |= 1 << index;
            }
        }
        ways
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
        if from >= to || self.outline.too_large.is_some() {
            return;
        }
        let index = self.outline.bytes.len();
        let place = base + from as u64;
        let room = self.limit.saturating_sub(index as u64);
        let mut new = &bytes[from..to];
        if new.len() as u64 > room {
            let beyond = place + room;
            if self.broken.is_none_or(|broken| broken >= beyond) {
                self.outline.too_large = Some((beyond, self.limit));
                self.outline.bytes = Vec::new();
                self.outline.pieces = Vec::new();
                return;
            }
            // The fault lies in what is kept, and its reader looks no farther.
            new = &new[..usize::try_from(room).unwrap_or(new.len())];
            if new.is_empty() {
                return;
            }
        }
        if index == 0 || self.outline.place(index) != place {
            self.outline.pieces.push((index, place));
        }
        self.outline.bytes.extend_from_slice(new);
    }
}
