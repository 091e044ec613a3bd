//! The survey of a large export, from its beginning.

use std::collections::HashSet;
use std::io;

use super::learned::Survey;
use super::purpose::context;
use super::surveyor::{Learned, Surveyor};
use crate::formats::Format;
use crate::input::Source;
use crate::json::cut::{Batch, Cut, Outline};
use crate::pipeline::cutter::cutter;
use crate::pipeline::survey::header::peek;
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options};

/// How many batches are read to guess the labels of a file.
const GUESSED: usize = 16;

/// The first batches of a file.
struct Beginning<'a> {
    cutter: &'a mut dyn Cut,
    left: usize,
}

impl Cut for Beginning<'_> {
    fn next(&mut self, buffer: Vec<u8>) -> io::Result<Option<Batch>> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        self.cutter.next(buffer)
    }

    fn begin_at(&mut self, place: u64) {
        self.cutter.begin_at(place);
    }

    fn outline(&mut self) -> Outline {
        self.cutter.outline()
    }
}

/// Takes the labels of a large file to be those of its beginning. Most corpora use each of their
/// labels early, and to read all of it beforehand would take a third of the time; the pass finds
/// out whether there are others.
pub(crate) fn guess(
    source: &Source,
    format: &'static dyn Format,
    options: &Options,
    workers: &Workers,
) -> Result<Option<Survey>, Error> {
    let failed = |error| Error::read(source, error);
    let size = source.length().map_err(failed)?;
    if size < 2 * (GUESSED * options.batch_bytes) as u64 {
        return Ok(None);
    }
    let (header, kind) = peek(source, format, options)?;
    let mut cutter = cutter(source, format, options)?;
    let surveyor = Surveyor {
        format,
        context: context(format, source, &header.project, options),
    };
    let mut beginning = Beginning {
        cutter: &mut *cutter,
        left: GUESSED,
    };
    let (mut whole, mut known) = (Learned::default(), HashSet::new());
    let taken = workers.run(
        &mut beginning,
        |batch| surveyor.batch(batch),
        |part| {
            whole.add(part, &mut known);
            Ok::<(), io::Error>(())
        },
    );
    taken.map_err(failed)?;
    let is_told = kind.is_some() && whole.container.is_some() && !whole.edited;
    Ok(is_told.then(|| Survey {
        is_guessed: true,
        labels: whole.labels,
        container: whole.container,
        ..Survey::told(format, header, kind, options)
    }))
}
