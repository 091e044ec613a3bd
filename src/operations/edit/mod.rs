//! Label files with fewer labels or documents, or with labels by other names: as byte edits.

mod asked;
mod counts;
mod writing;

use std::collections::BTreeSet;
use std::io::Write;

use self::asked::unwritten;
use self::writing::{EditedBatch, Writing};
use crate::diagnostics::FixAction;
use crate::formats::Format;
use crate::input::{Source, Spool};
use crate::json::change::Change;
use crate::json::patch::Edit;
use crate::operations::read::Corpus;
use crate::pipeline::{Error, Options};

pub use self::asked::Edits;
pub use self::counts::{EditCounts, EditRefusal};

/// An edited label file.
pub struct Edited {
    /// The file.
    pub source: Source,
    /// What was left out, as lines of a ledger.
    pub left_out: Vec<u8>,
    /// What was changed.
    pub counts: EditCounts,
}

/// Whether a format can be changed without writing its files anew.
#[must_use]
pub fn is_editable(format: &dyn Format) -> bool {
    format.editor().is_some()
}

/// Makes the changes, in a temporary file. Every byte that they do not touch stays.
///
/// Fails where the file cannot be read.
pub fn edit(corpus: &Corpus<'_>, edits: &Edits<'_>) -> Result<Result<Edited, EditRefusal>, Error> {
    let project = corpus.project();
    let shape = project.shape;
    if shape.is_foreign() && (edits.touches_labels() || !edits.datasets.is_empty()) {
        return Ok(Err(EditRefusal::Foreign));
    }
    let Some(around) = header(corpus, edits) else {
        return Ok(Err(EditRefusal::Unreadable));
    };
    let writing = Writing::new(corpus, edits, &around);
    let mut out = Spool::new().map_err(unwritten)?;
    let mut left_out = Vec::new();
    let mut counts = EditCounts::default();
    let mut joint = writing.joint();
    let is_whole = corpus.visit(&writing, |batch: EditedBatch| {
        left_out.extend(batch.left_out);
        counts.add(batch.counts);
        let bytes = match &mut joint {
            Some(joint) => joint.joined(batch.records, corpus.source(), &around)?,
            None => batch.out,
        };
        out.write_all(&bytes).map_err(unwritten)
    })?;
    if !is_whole {
        return Ok(Err(EditRefusal::Unreadable));
    }
    if let Some(joint) = joint {
        let tail = joint.tail(corpus.source(), &around)?;
        out.write_all(&tail).map_err(unwritten)?;
    }
    let declared: BTreeSet<&str> = project.declared.iter().map(|it| &*it.name).collect();
    if let Some(refusal) = counts.ambiguous(&edits.parted, &declared) {
        return Ok(Err(refusal));
    }
    if let Some(refusal) = counts.unknown(&edits.named(), &declared) {
        return Ok(Err(refusal));
    }
    if let Some(document) = counts.left {
        return Ok(Err(EditRefusal::Unchangeable { document }));
    }
    out.flush().map_err(unwritten)?;
    Ok(Ok(Edited {
        source: corpus.source().replaced(out),
        left_out,
        counts,
    }))
}

/// What is changed around the records: the declarations. `None` where one of them cannot be changed.
fn header(corpus: &Corpus<'_>, edits: &Edits<'_>) -> Option<Vec<Edit>> {
    let project = corpus.project();
    let Some(editor) = corpus.format_of().editor() else {
        return Some(Vec::new());
    };
    if !edits.touches_labels() || project.declared.is_empty() {
        return Some(Vec::new());
    }
    let stays = |name: &str| edits.keeps(name) && !edits.rename.contains_key(name);
    let declared = project.declared.iter().map(|declared| &*declared.name);
    let mut names: BTreeSet<&str> = declared.filter(|name| stays(name)).collect();
    corpus.around(|outlined| {
        let mut changes: Vec<Change> = Vec::new();
        for declared in &project.declared {
            let action = match edits.rename.get(&declared.name) {
                _ if !edits.keeps(&declared.name) => FixAction::Undeclare(declared.pointer.clone()),
                // What another label is called already is declared once.
                Some(new) if !names.insert(new) => FixAction::Undeclare(declared.pointer.clone()),
                Some(new) => FixAction::RenameDeclared(declared.pointer.clone(), new.clone()),
                None => continue,
            };
            changes.extend(editor.header_change(project, outlined.locator(), &action));
        }
        outlined.edits(&changes)
    })
}

/// The options that a corpus must be read with to be edited.
#[must_use]
pub fn editing(options: &Options) -> Options {
    Options {
        edits: true,
        ..options.clone()
    }
}

#[cfg(test)]
mod tests;
