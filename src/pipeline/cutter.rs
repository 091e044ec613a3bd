//! A label file cut into batches, whether it is one file or several.

use std::io::{self, Read};
use std::ops::Range;

use crate::formats::{Format, TextPlace};
use crate::input::{Places, ReadHash, Source, Texts};
use crate::json::cut::{Cut, Files, LineRanges, ReadAt, Whole};
use crate::pipeline::joining::Joining;
use crate::pipeline::{Error, Options};

/// Cuts a label file from its start. Each of several files gets a cutter of its own.
///
/// Fails where the file cannot be read.
pub(crate) fn cutter<'a>(
    source: &'a Source,
    format: &'a dyn Format,
    options: &Options,
) -> Result<Box<dyn Cut + 'a>, Error> {
    let failed = |error| Error::read(source, error);
    let sizes = options.sizes();
    if !source.is_several() {
        let input = source.reader().map_err(failed)?;
        if format.info().layout.is_lines
            && let Some(places) = source.places()
        {
            let length = source.length().map_err(failed)?;
            let bytes = Bytes { places, length };
            return Ok(Box::new(LineRanges::new(bytes, Box::new(input), sizes)));
        }
        return Ok(format.cutter_as_told(Box::new(input), sizes, &options.told));
    }
    let ranges = source.ranges().map_err(failed)?;
    let files = ranges.clone();
    let told = options.told.clone();
    let once = source.has_once();
    let open = move |file: usize| {
        let range = &files[file];
        let input = source.reader_at(range.start)?.take(range.end - range.start);
        if once && file == 0 {
            let cutter: Box<dyn Cut + 'a> = Box::new(Whole::outline(Box::new(input), sizes));
            return Ok(cutter);
        }
        Ok(format.cutter_as_told(Box::new(input), sizes, &told))
    };
    Ok(Box::new(Files::new(ranges, Box::new(open))))
}

/// The same for whoever has the texts: sentences of one text are one record, where the file gives
/// tokens and neither it nor the user says where documents end.
///
/// Fails where the file cannot be read.
pub(crate) fn cutter_by_texts<'a>(
    source: &'a Source,
    format: &'a dyn Format,
    texts: Option<&'a Texts>,
    options: &Options,
) -> Result<Box<dyn Cut + 'a>, Error> {
    let cutter = cutter(source, format, options)?;
    let given = texts.filter(|texts| texts.given() && options.told.document_break.is_none());
    let is_of_tokens = format.info().texts == TextPlace::Tokens;
    Ok(match given.filter(|_| is_of_tokens) {
        Some(texts) => {
            let most = options.settings.thresholds.text_bytes;
            Box::new(Joining::new(cutter, format, texts, most))
        }
        None => cutter,
    })
}

/// The bytes of a label file, for threads that each cut a part of it.
struct Bytes<'a> {
    places: Places<'a>,
    length: u64,
}

impl ReadAt for Bytes<'_> {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, place: u64, size: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
        self.places.read(place, size, buffer)
    }
}

/// The bytes of some lines of a file, and the hash of those that were cut so far.
#[derive(Clone)]
pub(crate) struct Stretch {
    pub(crate) bytes: Range<u64>,
    pub(crate) hash: ReadHash,
    /// How many lines stand before it, where documents may be named by that.
    pub(crate) before: u64,
}

impl Stretch {
    pub(crate) fn new(bytes: Range<u64>, before: u64) -> Self {
        Self {
            bytes,
            hash: ReadHash::new(),
            before,
        }
    }
}

/// Cuts a stretch of one file.
///
/// Fails where the file cannot be read.
pub(crate) fn cutter_of<'a>(
    stretch: &Stretch,
    source: &Source,
    format: &dyn Format,
    options: &Options,
) -> Result<Box<dyn Cut + 'a>, Error> {
    let range = &stretch.bytes;
    let input = source.reader_at(range.start);
    let input = input.map_err(|error| Error::read(source, error))?;
    let input = input.take(range.end.saturating_sub(range.start));
    let mut cutter = format.cutter_as_told(
        Box::new(stretch.hash.of(input)),
        options.sizes(),
        &options.told,
    );
    cutter.begin_at(range.start);
    Ok(cutter)
}
