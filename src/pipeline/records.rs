//! The records of a batch, and those that no reader gets.

use std::ops::Range;

use crate::diagnostics::Issue;
use crate::formats::{Context, Format, Reading, Record, sets};
use crate::json::cut::Batch;
use crate::model::Split;
use crate::pipeline::texts::TextReader;

/// A record that no reader gets.
pub(crate) struct BadRecord {
    /// Its number in the file, from 0.
    pub(crate) index: u64,
    /// What is wrong with it: it is not UTF-8, or too long.
    pub(crate) issue: Issue,
    /// Where that is in the file.
    pub(crate) bytes: Range<u64>,
}

impl BadRecord {
    fn too_long(index: u64, bytes: Range<u64>, limit: u64) -> Self {
        let length = Some(bytes.end - bytes.start);
        let issue = Issue::TooLong { length, limit };
        Self {
            index,
            issue,
            bytes,
        }
    }
}

/// Reads the records of a batch that are `wanted`: `each` gets what came of one, with what it is
/// wanted for, or why no reader gets it. Documents of tokens get their own texts where `texts` has
/// them.
pub(crate) fn each_reading<'b, W>(
    batch: &'b Batch,
    format: &dyn Format,
    context: Context<'_>,
    texts: Option<&TextReader<'_>>,
    wanted: impl Fn(&Record<'b>) -> Option<W>,
    mut each: impl FnMut(Result<(Record<'b>, Reading<'b>, W), BadRecord>),
) {
    let takes_file = context.file_splits && format.info().file_splits;
    let mut of_file = FileSplit::default();
    each_record(batch, |record| match record {
        Ok(mut record) => {
            record.in_file.1 += context.before;
            if let Some(what) = wanted(&record) {
                let mut reading = format.read(record, context);
                if let Some(document) = &mut reading.document {
                    if let Some(texts) = texts {
                        texts.find_original(document, &mut reading.issues);
                    }
                    if takes_file && document.split.is_none() {
                        document.split = of_file.get(&record, &context);
                    }
                    context.assign(document);
                }
                each(Ok((record, reading, what)));
            }
        }
        Err(bad) => each(Err(bad)),
    });
}

/// The split that the name of a file says, found once for the records of the file that follow one
/// another.
#[derive(Default)]
struct FileSplit(Option<(usize, Option<Split<'static>>)>);

impl FileSplit {
    fn get(&mut self, record: &Record<'_>, context: &Context<'_>) -> Option<Split<'static>> {
        let file = record.in_file.0;
        match &self.0 {
            Some((last, split)) if *last == file => split.clone(),
            _ => {
                let split = sets::in_name(context.stem(record));
                self.0 = Some((file, split.clone()));
                split
            }
        }
    }
}

/// Calls `each` with every record of a batch. The whole batch is proved to be UTF-8 at once
/// where it is.
fn each_record<'b>(batch: &'b Batch, mut each: impl FnMut(Result<Record<'b>, BadRecord>)) {
    if let Some(skipped) = &batch.skipped {
        let bad = BadRecord::too_long(batch.first, skipped.clone(), batch.limit);
        each(Err(bad));
    }
    let whole = simdutf8::basic::from_utf8(&batch.bytes).ok();
    let count = batch.records.len();
    for (number, range) in batch.records.iter().enumerate() {
        let place = batch.start + range.start as u64;
        let index = batch.first + number as u64;
        let bytes = &batch.bytes[range.clone()];
        if bytes.len() as u64 > batch.limit {
            let end = place + bytes.len() as u64;
            each(Err(BadRecord::too_long(index, place..end, batch.limit)));
            continue;
        }
        let text = match whole {
            Some(text) => text.get(range.clone()).ok_or(0),
            None => std::str::from_utf8(bytes).map_err(|error| error.valid_up_to()),
        };
        match text {
            Ok(text) => {
                let record = Record {
                    index,
                    in_file: (batch.file, index - batch.earlier),
                    start: place,
                    text,
                    ends_file: number + 1 == count && range.end == batch.bytes.len(),
                };
                each(Ok(record));
            }
            Err(valid) => {
                let wrong = place + valid as u64;
                each(Err(BadRecord {
                    index,
                    issue: Issue::InvalidUtf8,
                    bytes: wrong..wrong + 1,
                }));
            }
        }
    }
}
