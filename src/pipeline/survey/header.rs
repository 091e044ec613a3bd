//! What stands once in a file: read to its end, or only as far as it takes.

use std::cell::Cell;

use crate::formats::{Context, Format, Header, Record, RecordForm};
use crate::input::Source;
use crate::json::cut::{Batch, Cut};
use crate::model::{Kind, Project};
use crate::pipeline::cutter::cutter;
use crate::pipeline::records::each_reading;
use crate::pipeline::survey::{Purpose, context};
use crate::pipeline::{Error, Options};

/// Reads what stands once in a file and before its records, where that is all that the purpose
/// asks for, with the kind of the project, which the first records may tell. Most projects are
/// written so; and to read a large file to its end for what is not there would take a fifth of the
/// time.
pub(crate) fn begin(
    source: &Source,
    format: &dyn Format,
    options: &Options,
    purpose: Purpose,
) -> Result<Option<(Header, Kind)>, Error> {
    let failed = |error| Error::read(source, error);
    let size = source.length().map_err(failed)?;
    // A fixed header is changed as a whole, and a small one is read as a whole as fast.
    if options.wants_edits() || size < 4 * options.batch_bytes as u64 {
        return Ok(None);
    }
    let mut cutter = cutter(source, format, options)?;
    let mut buffer = Vec::new();
    let first = loop {
        let Some(batch) = cutter.next(buffer).map_err(failed)? else {
            return Ok(None);
        };
        if batch.count() > 0 {
            break batch;
        }
        buffer = batch.bytes;
    };
    let mut outline = cutter.outline();
    // As if the file ended with the last document.
    let open = std::mem::take(&mut outline.unclosed);
    outline.bytes.extend(open);
    let header = format.header_told(&outline, &options.told);
    let project = &header.project;
    let of_records = || match told_in(&first, format, context(format, source, project, options)) {
        Some(Told::Kind(kind)) if !kind.has_classes() => Some(kind),
        _ => None,
    };
    let Some(kind) = project.kind.or_else(of_records) else {
        return Ok(None);
    };
    let declares = format.info().declares && kind.declares();
    let is_told = !project.one_class_or_several
        && (!declares || !project.declared.is_empty())
        && !purpose.asks_for_records(&header);
    Ok(is_told.then_some((header, kind)))
}

/// Reads what stands once in a file whose records cannot be read without it.
pub(crate) fn skim(
    source: &Source,
    format: &dyn Format,
    options: &Options,
) -> Result<Header, Error> {
    let failed = |error| Error::read(source, error);
    let mut cutter = cutter(source, format, options)?;
    let mut buffer = Vec::new();
    while let Some(batch) = cutter.next(buffer).map_err(failed)? {
        buffer = batch.bytes;
    }
    Ok(header_of(format, &mut *cutter, options))
}

/// Reads the outline of a file that was cut to its end; of several files, that of each.
pub(crate) fn header_of(format: &dyn Format, cutter: &mut dyn Cut, options: &Options) -> Header {
    let mut outline = cutter.outline();
    let mut header = format.header_told(&outline, &options.told);
    for (start, later) in std::mem::take(&mut outline.later) {
        header.join(format.header_told(&later, &options.told), start);
    }
    // What can be fixed in it is said in any case.
    let is_asked = options.wants_edits() || !header.issues.is_empty();
    header.outline = is_asked.then_some(outline);
    header
}

/// What the form of a record says of the whole file. Of a document with classes it says only that
/// others may have several.
const fn told_by(form: RecordForm) -> Option<Told> {
    match form {
        RecordForm::Kind(kind) => Some(Told::Kind(kind)),
        RecordForm::Classes { several: true } => Some(Told::Kind(Kind::MultiLabelClassification)),
        RecordForm::Classes { several: false } => Some(Told::Classes),
        _ => None,
    }
}

/// What the first record that tells something of the kind says.
#[derive(Clone, Copy)]
enum Told {
    Kind(Kind),
    /// Documents have classes. Whether one or several is known when all were read.
    Classes,
}

/// What the first record of a batch that tells something of the kind says.
fn told_in(batch: &Batch, format: &dyn Format, context: Context<'_>) -> Option<Told> {
    let told = Cell::new(None);
    let wanted = |_: &Record<'_>| told.get().is_none().then_some(());
    each_reading(batch, format, context, None, wanted, |found| {
        if let Ok((_, reading, ())) = found
            && let Some(kind) = told_by(reading.form)
        {
            told.set(Some(kind));
        }
    });
    told.get()
}

/// Reads the beginning of a file whose records tell its kind, up to the first that does. The kind is
/// open where all records have to tell whether documents have one class or several.
pub(crate) fn peek(
    source: &Source,
    format: &dyn Format,
    options: &Options,
) -> Result<(Header, Option<Kind>), Error> {
    let failed = |error| Error::read(source, error);
    let mut cutter = cutter(source, format, options)?;
    let none = Project::default();
    let context = context(format, source, &none, options);
    let mut first = None;
    let mut buffer = Vec::new();
    while first.is_none()
        && let Some(batch) = cutter.next(buffer).map_err(failed)?
    {
        first = told_in(&batch, format, context);
        buffer = batch.bytes;
    }
    let mut header = header_of(format, &mut *cutter, options);
    let kind = match first {
        Some(Told::Kind(kind)) => Some(kind),
        Some(Told::Classes) => {
            header.project.one_class_or_several = true;
            None
        }
        None => None,
    };
    Ok((header, kind))
}
