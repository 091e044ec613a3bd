//! What two label files differ in.

use super::read::Corpus;
use crate::comparison::{Comparing, Difference, Holds, Side};
use crate::input::{LineCounter, Source};
use crate::pipeline::Error;

/// Compares two label files through their texts, whatever their formats and units. The first one is
/// gone over once and kept as numbers, then the second one for its names, and once more; the first one once more for the
/// documents whose words are still to be told. With `hides_words` no words of texts are kept.
///
/// Fails where a file or a text cannot be read.
pub fn diff(
    before: &Corpus<'_>,
    after: &Corpus<'_>,
    hides_words: bool,
) -> Result<Difference, Error> {
    let (mine, theirs) = (before.holds(), after.holds());
    let holds = Holds {
        declarations: mine.0 && theirs.0,
        splits: mine.1 && theirs.1,
    };
    let mut comparing = Comparing::new([side(before), side(after)], holds, hides_words);
    comparing.projects(before.project(), after.project());
    for (side, corpus) in [before, after].into_iter().enumerate() {
        if corpus.is_broken() {
            comparing.unread(side);
        }
    }
    before.each(
        |_| true,
        |aligned| {
            match aligned {
                Some(aligned) => comparing.before(aligned, before.unit_choice()),
                None => comparing.unread(0),
            }
            Ok(())
        },
    )?;
    comparing.turn(&after.paths()?);
    after.each(
        |_| true,
        |aligned| {
            match aligned {
                Some(aligned) => comparing.after(aligned, after.unit_choice()),
                None => comparing.unread(1),
            }
            Ok(())
        },
    )?;
    let wanted = comparing.wanted();
    if !wanted.is_empty() {
        before.each(
            |index| wanted.contains_key(&index),
            |aligned| {
                let at = aligned.and_then(|it| wanted.get(&it.document.index));
                if let (Some(aligned), Some(at)) = (aligned, at) {
                    comparing.fill(*at, aligned);
                }
                Ok(())
            },
        )?;
    }
    let mut difference = comparing.finish([before.project(), after.project()]);
    place(&mut difference, 0, before.source())?;
    place(&mut difference, 1, after.source())?;
    Ok(difference)
}

fn side(corpus: &Corpus<'_>) -> Side {
    Side {
        path: corpus.source().name().to_owned(),
        format: corpus.format(),
        kind: corpus.kind(),
        unit: corpus.unit(),
        ..Side::default()
    }
}

/// Fills in where the records of the documents stand in one of the files.
fn place(difference: &mut Difference, side: usize, source: &Source) -> Result<(), Error> {
    let changed = difference.changed.iter_mut();
    let mut places: Vec<(u64, &mut Option<(u64, u64)>)> = changed
        .map(|it| (it.starts[side], &mut it.positions[side]))
        .collect();
    let alone = if side == 0 {
        &mut difference.removed
    } else {
        &mut difference.added
    };
    places.extend(alone.iter_mut().map(|it| (it.start, &mut it.position)));
    places.sort_by_key(|(start, _)| *start);
    let mut counter = LineCounter::new(source);
    for (start, position) in places {
        let found = counter.position(start);
        *position = Some(found.map_err(|error| Error::read(source, error))?);
    }
    Ok(())
}
