//! What stands around the records, and how it is changed.

use crate::json::Locator;
use crate::json::change::{self, Change};
use crate::json::cut::Outline;
use crate::json::patch::Edit;

/// What stands around the records, with the places of what was looked up in it.
pub(crate) struct Outlined<'a> {
    pub(super) outline: &'a Outline,
    pub(super) locator: Locator<'a>,
}

impl<'a> Outlined<'a> {
    /// The bytes of the file that make changes together; `None` where one cannot be made.
    pub(crate) fn edits(&self, changes: &[Change]) -> Option<Vec<Edit>> {
        let index = |place: u64| usize::try_from(place).ok();
        let placed = change::all(&self.locator, changes)?
            .into_iter()
            .map(|edit| {
                let bytes = index(edit.bytes.start)?..index(edit.bytes.end)?;
                Some(Edit {
                    bytes: self.outline.range(&bytes),
                    ..edit
                })
            });
        placed.collect()
    }

    /// What finds values in it.
    pub(crate) const fn locator(&self) -> &Locator<'a> {
        &self.locator
    }

    /// The bytes of the file that make a change.
    pub(super) fn edit(&self, change: &Change) -> Option<Edit> {
        let mut edit = change::edits(&self.locator, change)?;
        if !changes(&edit, self.locator.text()) {
            return None;
        }
        let index = |place: u64| usize::try_from(place).ok();
        let bytes = index(edit.bytes.start)?..index(edit.bytes.end)?;
        edit.bytes = self.outline.range(&bytes);
        Some(edit)
    }
}

/// Whether an edit of a text changes anything in it. A fix that does not is none.
pub(super) fn changes(edit: &Edit, text: &str) -> bool {
    let index = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
    text.get(index(edit.bytes.start)..index(edit.bytes.end)) != Some(&*edit.text)
}
