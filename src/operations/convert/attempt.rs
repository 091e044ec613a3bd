//! What an attempt at a conversion comes to, and what is in its way.

use super::Conversion;
use super::occurrences::SharedNames;
use super::put_back::no_document;
use super::sums::WrittenSums;
use crate::formats::languages::Languages;
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
pub(super) struct Told {
    /// Hangs on the documents alone, so it is not put to the test again.
    pub(super) languages: Option<Languages>,
    /// The unit that the labels of the source prove, where another was told.
    pub(super) unit: Option<Unit>,
    /// Hangs on which documents are written, too.
    pub(super) names: SharedNames,
}

impl Told {
    pub(super) fn new(conversion: &Conversion<'_>) -> Self {
        Self {
            languages: None,
            unit: None,
            names: SharedNames::new(conversion.save_losses, conversion.restore.is_some()),
        }
    }

    /// What is known of names now that all documents were gone over, if that is more.
    ///
    /// Fails where it is all, and a document is not the one that was meant with what a ledger put back.
    pub(super) fn learned(
        &self,
        sums: &mut WrittenSums,
        conversion: &Conversion<'_>,
    ) -> Result<Option<SharedNames>, Error> {
        let learned = self.names.learned(std::mem::take(&mut sums.seen));
        match (&sums.unproved, conversion.restore) {
            (Some(name), Some(ledger)) if learned.is_none() => Err(ledger.fault(no_document(name))),
            _ => Ok(learned),
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
