//! Counts what a label file holds.

use crate::corpus::Ask;
use crate::corpus::figures::Figures;
use crate::formats::Format;
use crate::input::{Source, Texts};
use crate::json::{Locator, Pointer};
use crate::pipeline::pass::{ActiveRules, Pass};
use crate::pipeline::run::Ran;
use crate::pipeline::survey::{self, Purpose};
use crate::pipeline::visit::{Visit, Visitor};
use crate::pipeline::workers::Workers;
use crate::pipeline::{Counted, Error, LeftOut, Options, resolve_format};

/// Counts what a label file holds. `format` is what the user says it is; `None` asks its content.
/// Without `texts` nothing is known of lengths and words. Nothing is judged.
///
/// Fails where the file cannot be read or changes meanwhile, and where it is none of a known format.
pub fn stats(
    source: &Source,
    format: Option<&'static dyn Format>,
    texts: Option<&Texts>,
    options: &Options,
) -> Result<Counted, Error> {
    let format = resolve_format(source, format)?;
    let name = || source.name().to_owned();
    let format = format.map_err(|looks| Error::NoLabelFile(name(), looks.to_string()))?;
    let workers = Workers::new(source, options)?;
    let mut survey = survey::survey(source, format, options, &workers, Purpose::Check)?;
    survey.tell(options);
    let mut rules = ActiveRules::new(options, |_| false);
    if options.overview.is_some() {
        // The words that have several labels are shown.
        rules.asks.push(Ask::Conflicts);
    }
    loop {
        let pass = Pass::new(source, format, texts, options, &survey, &rules);
        let counting = Counting {
            labeler: format.info().private.first().copied(),
        };
        let mut figures = Figures::default();
        let take = |part| {
            figures.merge(part);
            Ok(())
        };
        let refutation = match pass.run(&workers, &counting, take)? {
            Ran::Through(whole) => {
                let declared = pass.project().declared.iter();
                figures.declare(declared.map(|declared| &*declared.name));
                let overview = pass.overview(&workers, &whole)?;
                let statistics = &whole.sums.statistics;
                let left_out = LeftOut {
                    unread: statistics.unread,
                    images: statistics.images.count,
                    predictions: statistics.predictions.count,
                    not_accepted: statistics
                        .not_accepted
                        .values()
                        .map(|seen| seen.count)
                        .sum(),
                    broken: pass.is_broken(),
                };
                let mut outcome = pass.outcome(*whole)?;
                outcome.finish(source, options)?;
                return Ok(Counted {
                    input: outcome.input,
                    figures,
                    left_out,
                    overview,
                });
            }
            Ran::Refuted(refutation) => refutation,
        };
        let purpose = Purpose::Check;
        refutation.correct(&mut survey, source, format, options, &workers, purpose)?;
    }
}

/// Counts the documents of a pass.
struct Counting {
    /// The member that says who labeled, where the format has one.
    labeler: Option<&'static str>,
}

impl Visitor for Counting {
    type Part = Figures;

    fn begin(&self) -> Figures {
        Figures::default()
    }

    fn document(&self, visit: Visit<'_, '_>, part: &mut Figures) -> Result<(), Error> {
        let document = visit.aligned.document;
        let labeler = self.labeler.and_then(|member| {
            let locator = Locator::new(document.source);
            locator.node(&Pointer::root().key(member))?.string()?.ok()
        });
        part.add(visit.aligned, labeler.as_deref());
        Ok(())
    }
}
