//! What stands once in a file, or in each of several that are read as one.

use serde_json::value::RawValue;

use crate::diagnostics::{Issue, Location};
use crate::json::cut::Outline;
use crate::json::patch::Edit;
use crate::model::Project;

/// What reading the outline of a file gave.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// What stands once in the corpus.
    pub project: Project,
    /// What is not as it should be, and where in the file.
    pub issues: Vec<(Issue, Option<Location>)>,
    /// What to change around the records so that the file has today's shape, in bytes of the
    /// file.
    pub edits: Vec<Edit>,
    /// The outline as JSON without white space, where it is today's shape.
    pub raw: Option<Box<RawValue>>,
    /// The outline itself, where it is asked for.
    pub outline: Option<Outline>,
}

impl Header {
    /// Adds what stands once in another file, which is read as one with this and begins at `start`.
    /// The project is what the first file says.
    pub fn join(&mut self, later: Self, start: u64) {
        let (mine, others) = (&self.project.table, &later.project.table);
        if mine.is_some() && others.is_some() && mine != others {
            let issue = Issue::WrongType {
                name: "the first row".to_owned(),
                expected: "the columns of the first file",
                found: "other columns".to_owned(),
                readable: false,
            };
            let location = Location {
                bytes: start..start + 1,
                pointer: None,
                document: None,
            };
            self.issues.push((issue, Some(location)));
            // No row is read by columns that may not be its own.
            self.project.table = None;
            self.project.documents_unread = true;
        }
        self.project.documents_unread |= later.project.documents_unread;
        let issues = later.issues.into_iter().map(|(issue, location)| {
            let moved = location.map(|at| Location {
                bytes: at.bytes.start + start..at.bytes.end + start,
                ..at
            });
            (issue, moved)
        });
        self.issues.extend(issues);
        let edits = later.edits.into_iter().map(|edit| edit.shifted(start));
        self.edits.extend(edits);
    }
}
