//! What hangs on the whole file, learned before its documents are judged.
//!
//! Of most files the header, or the first record, tells it all, and no more is read. What only
//! the documents and their texts could tell is assumed: that offsets count code points where
//! nobody says what they count, and that no two documents fall back to one file. The pass over
//! the documents finds out whether that holds, and begins anew where it does not (see
//! `recheck::assumptions`).

use std::collections::HashSet;
use std::io;

use self::guess::guess;
use self::header::{begin, peek};
use self::learned::assume_nothing;
use self::surveyor::{Learned, Surveyor};
use crate::formats::{Format, Header};
use crate::input::Source;
use crate::model::Kind;
use crate::pipeline::cutter::cutter;
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options};

mod guess;
mod header;
mod learned;
mod purpose;
mod surveyor;
mod votes;

pub(crate) use header::{header_of, skim};
pub(crate) use learned::Survey;
pub(crate) use purpose::{Purpose, context};
pub(crate) use votes::Votes;

/// Learns what hangs on the whole file. The records are gone over only where their kind, or
/// the purpose, asks for it.
pub(crate) fn survey(
    source: &Source,
    format: &'static dyn Format,
    options: &Options,
    workers: &Workers,
    purpose: Purpose,
) -> Result<Survey, Error> {
    if format.info().layout.has_header
        && let Some((header, kind)) = begin(source, format, options, purpose)?
    {
        return Ok(Survey {
            is_begun: true,
            ..Survey::told(format, header, Some(kind), options)
        });
    }
    if let Purpose::Convert {
        same: false,
        documents_first: true,
        saves: false,
    } = purpose
        && !format.info().layout.has_header
        && let Some(survey) = guess(source, format, options, workers)?
    {
        return Ok(survey);
    }
    over_header(source, format, options, workers, purpose)
}

/// The same from the whole of the header, wherever in the file it stands.
pub(crate) fn over_header(
    source: &Source,
    format: &'static dyn Format,
    options: &Options,
    workers: &Workers,
    purpose: Purpose,
) -> Result<Survey, Error> {
    let (header, kind) = if format.info().layout.has_header {
        let header = skim(source, format, options)?;
        let project = &header.project;
        let kind = project.kind.filter(|_| !project.one_class_or_several);
        (header, kind)
    } else {
        peek(source, format, options)?
    };
    let is_open = format.info().layout.has_header || header.project.one_class_or_several;
    let is_told = kind.is_some() || !is_open;
    if is_told && !purpose.asks_for_records(&header) {
        return Ok(Survey::told(format, header, kind, options));
    }
    over_all(source, format, options, workers, header)
}

/// Goes over the whole file.
fn over_all(
    source: &Source,
    format: &'static dyn Format,
    options: &Options,
    workers: &Workers,
    mut header: Header,
) -> Result<Survey, Error> {
    let failed = |error| Error::read(source, error);
    let mut cutter = cutter(source, format, options)?;
    let surveyor = Surveyor {
        format,
        context: context(format, source, &header.project, options),
    };
    let mut whole = Learned::default();
    let mut known = HashSet::new();
    let taken = workers.run(
        &mut *cutter,
        |batch| surveyor.batch(batch),
        |part| {
            whole.add(part, &mut known);
            Ok::<(), io::Error>(())
        },
    );
    taken.map_err(failed)?;
    let project = &mut header.project;
    if project.one_class_or_several && !whole.several_classes {
        project.kind = Some(Kind::SingleLabelClassification);
    } else {
        // Where some document has several, nothing had to be assumed.
        assume_nothing(&mut header);
    }
    let folder = whole.folders.one().filter(|pair| !pair.0.is_empty());
    let folder = folder.cloned();
    // A file of spans may have documents with classes alone, or with both.
    let kind = match (whole.kind, whole.classes) {
        (None, true) if whole.open_classes => Some(Kind::MultiLabelClassification),
        (None, true) => Some(Kind::SingleLabelClassification),
        (told, true) => told,
        (told, false) => header.project.kind.or(told),
    };
    let is_named = !whole.has_tokens;
    Ok(Survey {
        edited: whole.edited,
        repeated: is_named.then(|| whole.addresses.repeated()),
        repeated_names: is_named.then(|| whole.names.repeated()),
        labels: whole.labels,
        container: whole.container,
        folder,
        ..Survey::new(format, header, kind, options)
    })
}
