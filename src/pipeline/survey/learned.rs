//! What is known of the whole file.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::diagnostics::{Issue, Location};
use crate::formats::{Format, Header};
use crate::input::Contested;
use crate::json::cut::Outline;
use crate::model::fingerprints::Repeated;
use crate::model::{Kind, UnitChoice};
use crate::pipeline::Options;

/// What hangs on the whole file.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Survey {
    /// What stands once in it; if `is_begun`, as far as it comes before the documents.
    pub(crate) header: Header,
    /// Whether only the beginning of the file was read for the header. That nothing else is said
    /// behind the documents is put to the test by the pass.
    pub(crate) is_begun: bool,
    /// Whether the labels are those of the first records only.
    pub(crate) is_guessed: bool,
    /// The whole header, once the pass has found that it says nothing else.
    pub(super) whole: OnceLock<Header>,
    /// What it labels, where that can be told.
    pub(crate) kind: Option<Kind>,
    /// Whether a record has not today's shape.
    pub(crate) edited: bool,
    /// The unit of its offsets. Where nobody says it, code points: an assumption that the pass
    /// puts to the test.
    pub(crate) unit: UnitChoice,
    /// Files that several documents would fall back to. None: an assumption too.
    pub(crate) contested: Contested,
    /// Whether the last two are still to be put to the test.
    pub(crate) is_assumed: bool,
    /// Fingerprints of addresses that seem to occur twice, case and normalization apart.
    /// `None` where the records were not gone over.
    pub(crate) repeated: Option<Repeated>,
    /// Fingerprints of last path segments that seem to occur twice; `None` likewise.
    pub(crate) repeated_names: Option<Repeated>,
    /// The labels in the order of first appearance, where the records were gone over.
    pub(crate) labels: Vec<String>,
    /// The labels that the project declares.
    pub(crate) declared: BTreeSet<String>,
    /// The container of the first document whose address names one.
    pub(crate) container: Option<String>,
    /// Container and folder, where the addresses of all documents say these and a name alone, and
    /// share both.
    pub(crate) folder: Option<(String, String)>,
}

/// The labels that a project declares.
pub(super) fn declared(header: &Header) -> BTreeSet<String> {
    let declared = header.project.declared.iter();
    declared.map(|declared| declared.name.clone()).collect()
}

/// Says of a file of an earlier shape that nothing had to be assumed in reading it.
pub(super) fn assume_nothing(header: &mut Header) {
    for (issue, _) in &mut header.issues {
        if let Issue::LegacyShape { assumed, .. } = issue {
            *assumed = None;
        }
    }
}

impl Survey {
    /// Notes the whole header, and answers whether what was read of it is all that matters.
    pub(crate) fn complete(&self, header: &Header) -> bool {
        let same = header.project == self.header.project && header.edits == self.header.edits;
        if same {
            let mut header = header.clone();
            assume_nothing(&mut header);
            let _ = self.whole.set(header);
        }
        same
    }

    /// What is not as it should be around the records.
    pub(crate) fn header_issues(&self) -> &[(Issue, Option<Location>)] {
        &self.whole.get().unwrap_or(&self.header).issues
    }

    /// What stands around the records, where something is not as it should be there, or fixes are
    /// asked for.
    pub(crate) fn outline(&self) -> Option<&Outline> {
        self.whole.get().unwrap_or(&self.header).outline.as_ref()
    }

    /// Tells those who watch how often the file will be gone over.
    pub(crate) fn tell(&self, options: &Options) {
        if let Some(meter) = &options.meter {
            meter.expect(if self.repeated.is_some() { 2 } else { 1 });
        }
    }

    /// The survey of a file whose header tells it all.
    pub(super) fn told(
        format: &dyn Format,
        mut header: Header,
        kind: Option<Kind>,
        options: &Options,
    ) -> Self {
        assume_nothing(&mut header);
        Self::new(format, header, kind, options)
    }

    /// What a header tells, and nothing of the records.
    pub(super) fn new(
        format: &dyn Format,
        header: Header,
        kind: Option<Kind>,
        options: &Options,
    ) -> Self {
        let unit = match format.info().unit.fixed().or(options.unit) {
            Some(unit) => UnitChoice::Given(unit),
            None => UnitChoice::Found(format.info().unit.assumed()),
        };
        Self {
            declared: declared(&header),
            is_begun: false,
            is_guessed: false,
            whole: OnceLock::new(),
            kind,
            edited: false,
            header,
            unit,
            contested: Contested::default(),
            is_assumed: format.info().is_assumed(),
            repeated: None,
            repeated_names: None,
            labels: Vec::new(),
            container: None,
            folder: None,
        }
    }
}
