//! Sentences that are one document: where a file of tokens does not say where its documents end, the
//! texts do.

use std::io;
use std::ops::Range;

use crate::formats::Format;
use crate::input::{Contents, Contested, Lookup, Texts};
use crate::json::cut::{Batch, Cut, Outline};
use crate::model::Address;
use crate::text::squeezed::squeezed;

/// How many texts a block is held to that begin as it does.
const MOST: usize = 100;

/// Puts records together that are the beginning of a text one after the other. A record that is a
/// whole text is a document by itself.
pub(super) struct Joining<'a> {
    inner: Box<dyn Cut + 'a>,
    format: &'a dyn Format,
    texts: &'a Texts,
    most: u64,
    /// The bytes from the first record that may go on, and that record in them.
    carry: Vec<u8>,
    open: Option<Open>,
    /// A batch that waits until what is held was handed out.
    waiting: Option<Batch>,
    /// Records so far, and those of the files before the one that is cut.
    records: u64,
    file: usize,
    earlier: u64,
    place: u64,
    limit: u64,
}

/// A document that may go on.
struct Open {
    /// Its bytes in the buffer.
    record: Range<usize>,
    /// The texts that begin so, and how much of them it has.
    texts: Vec<String>,
    at: usize,
}

impl<'a> Joining<'a> {
    pub(super) fn new(
        inner: Box<dyn Cut + 'a>,
        format: &'a dyn Format,
        texts: &'a Texts,
        most: u64,
    ) -> Self {
        Self {
            inner,
            format,
            texts,
            most,
            carry: Vec::new(),
            open: None,
            waiting: None,
            records: 0,
            file: 0,
            earlier: 0,
            place: 0,
            limit: u64::MAX,
        }
    }

    /// Whether a record goes on with the one that is open.
    fn goes_on(&mut self, content: &str) -> bool {
        let Some(open) = &mut self.open else {
            return false;
        };
        let fits = |text: &String| {
            text.get(open.at..)
                .is_some_and(|rest| rest.starts_with(content))
        };
        if content.is_empty() || !open.texts.iter().any(fits) {
            return false;
        }
        let at = open.at;
        open.texts
            .retain(|text| text.get(at..).is_some_and(|rest| rest.starts_with(content)));
        open.at += content.len();
        true
    }

    /// The texts that a record is the beginning of; none where it is a whole one.
    fn begun(&self, contents: &Contents, content: &str) -> Vec<String> {
        if content.is_empty() || contents.with(content).next().is_some() {
            return Vec::new();
        }
        let mut buffer = Vec::new();
        let contested = Contested::default();
        let mut texts = Vec::new();
        for name in contents.beginning_with(content).take(MOST) {
            let address = Address::location(name);
            let read = self
                .texts
                .read_listed(&address, &contested, self.most, &mut buffer, None);
            if let (Ok(Lookup::Read(_)), Ok(text)) = (read, std::str::from_utf8(&buffer)) {
                let text = squeezed(text);
                if text.starts_with(content) {
                    texts.push(text);
                }
            }
        }
        texts
    }

    /// What is held, as a batch.
    fn flush(&mut self) -> Option<Batch> {
        let open = self.open.take();
        let bytes = std::mem::take(&mut self.carry);
        let records: Vec<Range<usize>> = open.into_iter().map(|open| open.record).collect();
        (!bytes.is_empty()).then(|| self.batch(bytes, records))
    }

    fn batch(&mut self, bytes: Vec<u8>, records: Vec<Range<usize>>) -> Batch {
        let start = self.place;
        self.place += bytes.len() as u64;
        let first = self.records;
        self.records += records.len() as u64;
        Batch {
            start,
            end: self.place,
            bytes,
            records,
            first,
            file: self.file,
            earlier: self.earlier,
            limit: self.limit,
            skipped: None,
        }
    }

    /// Puts the records of a batch together with what is held and with one another.
    fn join(&mut self, contents: &Contents, batch: Batch) -> Option<Batch> {
        let mut buffer = std::mem::take(&mut self.carry);
        let shift = buffer.len();
        buffer.extend_from_slice(&batch.bytes);
        let mut records = Vec::new();
        for record in batch.records {
            let record = record.start + shift..record.end + shift;
            let text = buffer
                .get(record.clone())
                .and_then(|bytes| std::str::from_utf8(bytes).ok());
            let content = text
                .and_then(|text| self.format.content(text))
                .unwrap_or_default();
            if self.goes_on(&content) {
                if let Some(open) = &mut self.open {
                    open.record.end = record.end;
                    let is_whole = open.texts.iter().any(|text| text.len() == open.at);
                    let is_long = open.record.len() as u64 > self.limit;
                    if is_whole || is_long {
                        records.extend(self.open.take().map(|open| open.record));
                    }
                }
                continue;
            }
            records.extend(self.open.take().map(|open| open.record));
            let texts = self.begun(contents, &content);
            if texts.is_empty() {
                records.push(record);
            } else {
                self.open = Some(Open {
                    record,
                    texts,
                    at: content.len(),
                });
            }
        }
        let held = match &mut self.open {
            Some(open) => {
                let start = open.record.start;
                open.record = 0..open.record.len();
                start
            }
            None => buffer.len(),
        };
        self.carry = buffer.split_off(held);
        (!buffer.is_empty()).then(|| self.batch(buffer, records))
    }
}

impl Cut for Joining<'_> {
    fn next(&mut self, mut buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        loop {
            let batch = match self.waiting.take() {
                Some(batch) => Some(batch),
                None => self.inner.next(std::mem::take(&mut buffer))?,
            };
            let Some(mut batch) = batch else {
                return Ok(self.flush());
            };
            let is_apart = batch.file != self.file || batch.skipped.is_some();
            if is_apart && !self.carry.is_empty() {
                self.waiting = Some(batch);
                return Ok(self.flush());
            }
            if batch.file != self.file {
                (self.file, self.earlier) = (batch.file, self.records);
            }
            self.limit = batch.limit;
            if batch.skipped.is_some() {
                (batch.first, batch.earlier) = (self.records, self.earlier);
                self.records += batch.count();
                self.place = batch.end;
                return Ok(Some(batch));
            }
            if self.carry.is_empty() {
                self.place = batch.start;
            }
            let contents = self.texts.contents(self.most).map_err(io::Error::other)?;
            if let Some(joined) = self.join(contents, batch) {
                return Ok(Some(joined));
            }
        }
    }

    fn begin_at(&mut self, place: u64) {
        self.inner.begin_at(place);
    }

    fn outline(&mut self) -> Outline {
        self.inner.outline()
    }
}
