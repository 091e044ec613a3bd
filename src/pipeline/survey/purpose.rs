//! What a survey is for.

use crate::formats::{Context, Format, Header};
use crate::input::Source;
use crate::model::{Project, Shape};
use crate::pipeline::Options;

/// What a survey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Judging the documents.
    Check,
    /// Writing them too.
    Convert {
        /// Whether the target is the format of the source, so that today's shape is kept as it
        /// is.
        same: bool,
        /// Whether the new file, or the ledger, begins with what the documents hold: the labels
        /// that they use, the folder that they share.
        documents_first: bool,
        /// Whether a ledger is written, which begins with more than labels.
        saves: bool,
    },
}

impl Purpose {
    /// Whether the first byte that is written hangs on the last record.
    pub(crate) fn asks_for_records(self, header: &Header) -> bool {
        let project = &header.project;
        match self {
            Self::Check => false,
            // One record of an older shape has the header brought to today's shape too.
            Self::Convert { same: true, .. } if !project.shape.is_foreign() => {
                project.shape != Shape::Renamed && !header.edits.is_empty()
            }
            Self::Convert {
                documents_first, ..
            } => documents_first,
        }
    }
}

/// What records are read with before anything is known of them.
pub(crate) fn context<'p>(
    format: &dyn Format,
    source: &'p Source,
    project: &'p Project,
    options: &'p Options,
) -> Context<'p> {
    let unit = format.info().unit;
    Context {
        project,
        kind: project.kind,
        unit: unit.fixed().or(options.unit).unwrap_or(unit.assumed()),
        quick: options.quick,
        stems: source.stems(),
        datasets: options.datasets.as_deref(),
        file_splits: options.file_splits,
        told: &options.told,
        before: 0,
    }
}
