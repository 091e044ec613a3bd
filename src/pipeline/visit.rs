//! What an operation does with documents while a pass judges them. The pass knows nothing of it.

use crate::alignment::AlignedDocument;
use crate::diagnostics::Location;
use crate::json::cut::Batch;
use crate::json::patch::Edit;
use crate::model::At;
use crate::pipeline::Error;

/// A document that a pass has judged.
pub(crate) struct Visit<'v, 'a> {
    /// The document with its text.
    pub(crate) aligned: &'v mut AlignedDocument<'a>,
    /// Where a place of it lies in the label file.
    pub(crate) location: &'v dyn Fn(At) -> Location,
}

/// What an operation does with the documents of a pass. It is asked on all threads at once, and
/// makes a part of each batch; the parts are taken in the order of the file.
pub(crate) trait Visitor: Sync {
    /// What it makes of a batch.
    type Part: Send;

    /// Nothing yet, of a batch.
    fn begin(&self) -> Self::Part;

    /// Looks at a document.
    ///
    /// Fails where something that it needs cannot be read.
    fn document(&self, _visit: Visit<'_, '_>, _part: &mut Self::Part) -> Result<(), Error> {
        Ok(())
    }

    /// Looks at a batch, all documents of which were seen. `edits`, in bytes of the file, would
    /// bring its records to today's shape.
    fn end(&self, _batch: &Batch, _edits: Vec<Edit>, _part: &mut Self::Part) {}
}

/// Leaves it at what the pass does.
pub(crate) struct JudgeOnly;

impl Visitor for JudgeOnly {
    type Part = ();

    fn begin(&self) {}
}
