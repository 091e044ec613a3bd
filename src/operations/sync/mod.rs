//! Puts the labels of an export into a project, as byte edits: what does not change keeps its bytes.

mod additions;
mod around;
mod asked;
mod document;
mod run;
mod sides;

use std::io;

use self::run::{Run, Sides};
use self::sides::{Ancestor, Export};
use super::fix;
use super::read::Corpus;
use crate::comparison::{Names, Refusal, Synced};
use crate::input::Source;
use crate::json::patch::Edit;
use crate::pipeline::Error;

pub use self::asked::{Elsewhere, Sync};

/// A project with other labels.
pub struct Sewn {
    /// What became of it.
    pub report: Synced,
    /// In bytes of the project: sorted, and apart from one another.
    edits: Vec<Edit>,
}

impl Sewn {
    /// Writes the project with its new labels. It is the old one byte for byte where nothing changes.
    ///
    /// Fails where the project cannot be read, or `out` not be written.
    pub fn write(&self, project: &Source, out: &mut dyn io::Write) -> Result<(), Error> {
        fix::patch(project, &self.edits, out, &Error::write)
    }
}

/// Puts the labels of an export into a project. Nothing may be written where the report has refusals, or
/// conflicts that nobody has settled.
///
/// The project must have been read with options that ask for edits.
///
/// Fails where a file or a text cannot be read.
pub fn sync(project: &Corpus<'_>, asked: &Sync<'_>) -> Result<Sewn, Error> {
    let mut report = Synced {
        sides: [sides::side(project), sides::side(asked.labels)],
        base: asked.base.map(|base| base.source().name().to_owned()),
        ..Synced::default()
    };
    let relabeler = match sides::fit(project, asked) {
        Ok(fitting) => fitting,
        Err(reason) => return Ok(refused(report, reason)),
    };
    let mut names = Names::default();
    let export = Export::read(asked.labels, &mut names, &mut report)?;
    let base = match asked.base {
        Some(base) => Some(Ancestor::read(base, &mut names, &mut report)?),
        None => None,
    };
    if !report.refusals.is_empty() {
        return Ok(Sewn {
            report,
            edits: Vec::new(),
        });
    }
    let model = around::model(project, relabeler)?;
    let sides = Sides {
        names,
        export,
        base,
    };
    let (report, edits) = Run::new(project, asked, relabeler, model, sides, report).run()?;
    Ok(Sewn { report, edits })
}

fn refused(mut report: Synced, reason: String) -> Sewn {
    report.refusals.push(Refusal {
        document: None,
        reason,
    });
    Sewn {
        report,
        edits: Vec::new(),
    }
}
