//! Writes the set of each document into its label file, as byte edits.

use std::io::Write;

use crate::diagnostics::FixAction;
use crate::formats::Editor;
use crate::json::Locator;
use crate::json::change::edits;
use crate::json::cut::Batch;
use crate::json::patch::{self, Edit};
use crate::model::Project;
use crate::operations::read::Corpus;
use crate::pipeline::Error;
use crate::pipeline::visit::{Visit, Visitor};

/// Writes a label file with the sets of its documents, by their places; every other byte stays. Answers
/// whether its format has a place for them: where it has none, nothing is written.
///
/// Fails where the file cannot be read, or `out` not be written.
pub fn write_datasets(
    corpus: &Corpus<'_>,
    sets: &[(u64, &'static str)],
    out: &mut (dyn Write + Send),
) -> Result<bool, Error> {
    let Some(editor) = corpus.format_of().editor() else {
        return Ok(false);
    };
    if !corpus.format_of().info().splits {
        return Ok(false);
    }
    let writing = Writing {
        project: corpus.project(),
        editor,
        sets,
    };
    corpus.visit(&writing, |bytes: Assigning| {
        out.write_all(&bytes.out).map_err(Error::write)
    })?;
    Ok(true)
}

struct Writing<'a> {
    project: &'a Project,
    editor: &'a dyn Editor,
    /// By place in the file, in order.
    sets: &'a [(u64, &'static str)],
}

/// A batch as it is written.
#[derive(Default)]
struct Assigning {
    /// In bytes of the file.
    edits: Vec<Edit>,
    out: Vec<u8>,
}

impl Visitor for Writing<'_> {
    type Part = Assigning;

    fn begin(&self) -> Assigning {
        Assigning::default()
    }

    fn document(&self, visit: Visit<'_, '_>, part: &mut Assigning) -> Result<(), Error> {
        let document = visit.aligned.document;
        let place = self
            .sets
            .binary_search_by_key(&document.index, |(index, _)| *index);
        let Some((_, set)) = place.ok().and_then(|place| self.sets.get(place)) else {
            return Ok(());
        };
        if document
            .split
            .as_ref()
            .is_some_and(|split| split.name() == *set)
        {
            return Ok(());
        }
        let locator = Locator::new(document.source);
        let action = FixAction::Split(set);
        let changes = self
            .editor
            .changes(self.project, (document, &locator), &action);
        for change in changes {
            part.edits
                .extend(edits(&locator, &change).map(|edit| edit.shifted(document.start)));
        }
        Ok(())
    }

    fn end(&self, batch: &Batch, _shape: Vec<Edit>, part: &mut Assigning) {
        part.edits.sort_by_key(|edit| edit.bytes.start);
        patch::apply(batch.start, &batch.bytes, &part.edits, &mut part.out);
    }
}
