//! What an attempt at a conversion comes to, and what is in its way.

use super::occurrences::SharedNames;
use crate::formats::languages::Languages;
use crate::pipeline::Outcome;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::pass::issues::record_issues;
use crate::pipeline::recheck::assumptions::Refutation;
use crate::pipeline::survey::Survey;

/// What an attempt at a conversion comes to.
pub(super) enum Attempt {
    /// It is finished, or refused.
    Done(Box<Outcome>),
    /// The survey assumed what is not so.
    Refuted(Refutation),
    /// The new corpus would have begun otherwise, had this been known of the documents.
    Spoken(Languages),
    /// Documents share a name, and the ledger has to tell them apart.
    Shared(SharedNames),
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
