//! What an attempt at a conversion comes to, and what is in its way.

use super::Conversion;
use super::occurrences::SharedNames;
use super::put_back::no_document;
use super::sums::WrittenSums;
use crate::formats::UnitRule;
use crate::formats::languages::Languages;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::pass::issues::record_issues;
use crate::pipeline::recheck::assumptions::Refutation;
use crate::pipeline::survey::Survey;
use crate::pipeline::{Error, Outcome};
use crate::text::Unit;

/// What an attempt at a conversion comes to.
pub(super) enum Attempt {
    /// It is finished, or refused.
    Done(Box<Outcome>),
    /// The survey assumed what is not so.
    Refuted(Refutation),
    /// The new corpus would have begun otherwise, had this been known of the documents.
    Spoken(Languages),
    /// The labels of the source prove another unit than the one that was told, which the ledger has to know.
    Counted(Unit),
    /// Documents share a name, and the ledger has to tell them apart.
    Shared(SharedNames),
}

/// What attempts at a conversion have found of the documents.
pub(super) struct Learned {
    /// Hangs on the documents alone, so it is not put to the test again.
    pub(super) languages: Option<Languages>,
    /// The unit that the labels of the source prove, where another was told.
    pub(super) unit: Option<Unit>,
    /// Hangs on which documents are written, too.
    pub(super) names: SharedNames,
}

impl Learned {
    pub(super) fn new(conversion: &Conversion<'_>) -> Self {
        Self {
            languages: None,
            unit: None,
            names: SharedNames::new(conversion.save_losses, conversion.restore.is_some()),
        }
    }

    /// The languages of the documents, as far as they were gone over.
    pub(super) fn spoken(&self) -> Languages {
        self.languages.clone().unwrap_or_default()
    }

    /// What another attempt is to be made with, now that all documents were gone over.
    ///
    /// Fails where none is needed, and a document is not the one that was meant with what a ledger put back.
    pub(super) fn again(
        &self,
        pass: &Pass<'_>,
        conversion: &Conversion<'_>,
        sums: &mut WrittenSums,
    ) -> Result<Option<Attempt>, Error> {
        let is_open = matches!(pass.format.info().unit, UnitRule::Inferred { .. });
        // What the user says of the unit may be about the other side.
        let was_told = conversion.unit.is_some() && self.unit.is_none();
        if let ([unit], true) = (
            &*sums.proved_units,
            is_open && was_told && conversion.save_losses,
        ) {
            return Ok(Some(Attempt::Counted(*unit)));
        }
        let names = self.names.learned(std::mem::take(&mut sums.seen));
        match (&sums.unproved, conversion.restore) {
            (Some(name), Some(ledger)) if names.is_none() => Err(ledger.fault(no_document(name))),
            _ => Ok(names.map(Attempt::Shared)),
        }
    }
}

impl From<Outcome> for Attempt {
    fn from(outcome: Outcome) -> Self {
        Self::Done(Box::new(outcome))
    }
}

/// Whether the file is broken around its records, or its records are not of one text project.
pub(super) fn breaks(survey: &Survey, whole: &Aggregate) -> bool {
    breaks_around(survey) || !record_issues(&whole.sums.statistics).is_empty()
}

/// Whether the file is broken around its records.
pub(super) fn breaks_around(survey: &Survey) -> bool {
    let issues = survey.header_issues();
    issues.iter().any(|(issue, _)| issue.hides_record())
}
