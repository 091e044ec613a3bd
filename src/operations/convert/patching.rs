//! Documents written in their own format: their bytes, but for edits.

use super::seams::Seams;
use crate::json::cut::Batch;
use crate::json::patch::{self, Edit};
use crate::pipeline::buffers::BufferPool;
use crate::pipeline::visit::Visitor;

/// Writes records as they stand, but for edits.
pub(super) struct Patching {
    /// The edits around the records; sorted, in bytes of the file.
    pub(super) edits: Vec<Edit>,
    pub(super) buffers: BufferPool,
    /// Where the files of the source meet.
    pub(super) seams: Seams,
}

impl Visitor for Patching {
    type Part = Vec<u8>;

    fn begin(&self) -> Vec<u8> {
        self.buffers.take()
    }

    fn end(&self, batch: &Batch, mut edits: Vec<Edit>, out: &mut Vec<u8>) {
        edits.extend(self.edits.iter().cloned());
        if let Some((before, edit)) = self.seams.before(batch) {
            out.extend_from_slice(before);
            edits.push(edit);
        }
        edits.sort_by_key(|edit| edit.bytes.start);
        patch::apply(batch.start, &batch.bytes, &edits, out);
    }
}
