//! What the documents say against what the survey assumed of them.
//!
//! Reading every text twice to be sure beforehand would cost half of the speed, and the
//! assumptions hold for nearly all files. So they are put to the test by the pass itself, which
//! is made once more where they fail.

use crate::formats::Format;
use crate::input::{Claim, Contested, Lookup, Source, Texts};
use crate::model::UnitChoice;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::pipeline::pass::{FoundDocument, Pass};
use crate::pipeline::survey::{self, Purpose, Survey};
use crate::pipeline::workers::Workers;
use crate::pipeline::{Error, Options};

/// What is true instead.
pub(crate) enum Refutation {
    /// The header says more behind the documents, or there are more labels than at first.
    Header,
    /// The texts say something else.
    Texts {
        /// The unit of the offsets.
        unit: UnitChoice,
        /// Files that several documents would fall back to.
        contested: Contested,
    },
}

impl Refutation {
    /// Corrects the survey. What was found is not put to the test again, since it does not hang
    /// on what was assumed.
    pub(crate) fn correct(
        self,
        survey: &mut Survey,
        source: &Source,
        format: &'static dyn Format,
        options: &Options,
        workers: &Workers,
        purpose: Purpose,
    ) -> Result<(), Error> {
        match self {
            Self::Header => {
                *survey = survey::over_header(source, format, options, workers, purpose)?;
            }
            Self::Texts { unit, contested } => {
                survey.unit = unit;
                survey.contested = contested;
                survey.is_assumed = false;
            }
        }
        Ok(())
    }
}

impl Pass<'_> {
    /// Whether there are labels that the survey did not guess.
    pub(crate) fn has_more_labels(&self, whole: &Aggregate) -> bool {
        self.survey.is_guessed && whole.sums.statistics.labels.len() > self.survey.labels.len()
    }

    /// What was assumed and does not hold.
    pub(crate) fn refutation(
        &self,
        workers: &Workers,
        whole: &Aggregate,
    ) -> Result<Option<Refutation>, Error> {
        let survey = self.survey;
        if let Some(header) = &whole.header
            && !survey.complete(header)
        {
            return Ok(Some(Refutation::Header));
        }
        if self.has_more_labels(whole) {
            return Ok(Some(Refutation::Header));
        }
        if !survey.is_assumed {
            return Ok(None);
        }
        let mut contested = Contested::default();
        if let Some(texts) = self.texts.texts {
            contested = self.contested(workers, whole, texts)?;
        }
        let unit = if self.assumes_unit() {
            whole.sums.votes.choice(self.format.info().unit)
        } else {
            survey.unit
        };
        let holds = unit == survey.unit && contested.is_empty();
        Ok((!holds).then_some(Refutation::Texts { unit, contested }))
    }

    /// The files that several documents fall back to. Only where two documents seem to have been
    /// found in one file is the label file gone over again.
    fn contested(
        &self,
        workers: &Workers,
        whole: &Aggregate,
        texts: &Texts,
    ) -> Result<Contested, Error> {
        let repeated = whole.sums.listed.repeated();
        if repeated.is_empty() {
            return Ok(Contested::default());
        }
        let mut claims = Vec::new();
        let look = |found: FoundDocument<'_, '_>, (), claims: &mut Vec<Claim>| {
            let address = &found.document.address;
            if texts.may_be_one_of(address, &repeated) {
                let (none, most) = (Contested::default(), self.texts.most);
                let file = texts.read_listed(address, &none, most, &mut Vec::new(), None)?;
                if let Lookup::Read(claim) = file {
                    claims.push(claim);
                }
            }
            Ok(())
        };
        self.each_document(
            workers,
            |_| Some(()),
            look,
            |found: Vec<_>| claims.extend(found),
        )?;
        Ok(Contested::new(claims))
    }
}
