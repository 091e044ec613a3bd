//! Words that stand without a label. What is found in a document waits until all are counted: only then
//! is it known how many of the places of the words are labeled.

use std::collections::BTreeMap;

use super::{PatternCounts, Rechecked};
use crate::alignment::AlignedDocument;
use crate::corpus::Ask;
use crate::corpus::confirmed::{Confirmed, SeldomLabeled, Unlabeled};
use crate::corpus::search::{Coverage, Found, Missed, Search};
use crate::corpus::surfaces::{Surface, Surfaces};
use crate::diagnostics::store::DiagnosticStore;
use crate::diagnostics::{Diagnostic, GAP, Shown};
use crate::model::At;
use crate::pipeline::Error;
use crate::pipeline::pass::{FoundDocument, Pass};
use crate::pipeline::workers::Workers;
use crate::rules::{SURFACE_UNLABELED_IN_DOCUMENT, run};
use crate::text::{Positions, Text};

/// Words that seldom have a label, and where their first one is.
struct Seldom<'a> {
    surface: &'a Surface,
    coverage: Coverage,
    /// The label's index in its document.
    label: usize,
}

impl Pass<'_> {
    /// Notes the words that stand in a document without a label. What the rules say of them has the number
    /// of the pattern for its doubt, and a [`GAP`] where the share of its places belongs.
    pub(super) fn note_unlabeled<'f>(
        &self,
        document: &FoundDocument<'_, '_>,
        found: impl Iterator<Item = &'f Found>,
        text: &str,
        part: &mut Rechecked,
    ) {
        let name = document.document.address.path();
        let mut positions = Positions::new(text);
        let mut print = None;
        for surface in found {
            *part.unlabeled_places.entry(surface.pattern).or_default() += surface.count;
            if surface.missed.is_none() {
                continue;
            }
            let key = (surface.pattern, surface.missed == Some(Missed::Here));
            let shown = part.unlabeled.entry(key).or_default();
            let has_excerpt = *shown < self.options.snippets;
            *shown += 1;
            let words = surface.first.clone();
            let print = *print.get_or_insert_with(|| self.text_print(Some(text)));
            let confirmed = Confirmed {
                unlabeled: vec![Unlabeled {
                    location: document.location(At::Address),
                    found: surface.clone(),
                    shown: Shown {
                        text: print,
                        ..self.shown(name, text, &mut positions, words, has_excerpt)
                    },
                }],
                ..Confirmed::default()
            };
            let said = run::confirmed(&self.rules.all, &confirmed, &self.options.settings);
            for said in said {
                let finding = run::weighed(said, &self.options.levels);
                part.diagnostics.extend(finding.map(|finding| Diagnostic {
                    doubt: surface.pattern as u64,
                    ..finding
                }));
            }
        }
    }

    /// Tells of the words that stand without a label, as far as enough of their places have one.
    ///
    /// Fails where findings cannot be read or kept.
    pub(super) fn tell_unlabeled(
        &self,
        search: &Search,
        unlabeled: &PatternCounts,
        missed: &DiagnosticStore,
        findings: &mut DiagnosticStore,
    ) -> Result<(), Error> {
        let thresholds = &self.options.settings.thresholds;
        for finding in missed {
            let mut finding = finding?.into_owned();
            let pattern = std::mem::take(&mut finding.doubt);
            let pattern = usize::try_from(pattern).unwrap_or(usize::MAX);
            let places = unlabeled.get(&pattern).copied().unwrap_or_default();
            let coverage = search.coverage(pattern, places);
            let least = if finding.rule == SURFACE_UNLABELED_IN_DOCUMENT {
                thresholds.surface_share_in_document
            } else {
                thresholds.surface_share
            };
            if let Some((_, coverage)) = coverage.filter(|(_, it)| it.share() >= least) {
                finding.message = finding.message.replace(GAP, &coverage.to_string());
                findings.push(finding)?;
            }
        }
        Ok(())
    }

    /// The words that seldom have a label, with the first place of each: the file is gone over once more
    /// for them.
    ///
    /// Fails where something cannot be read.
    pub(super) fn seldom_labeled(
        &self,
        workers: &Workers,
        search: &Search,
        unlabeled: &PatternCounts,
        surfaces: &Surfaces,
    ) -> Result<Vec<SeldomLabeled>, Error> {
        let thresholds = &self.options.settings.thresholds;
        let mut by_document: BTreeMap<u64, Vec<Seldom<'_>>> = BTreeMap::new();
        if self.rules.asks.contains(&Ask::SeldomLabeled) {
            for (pattern, places) in unlabeled {
                let found = search.coverage(*pattern, *places);
                let found = found.filter(|(_, coverage)| {
                    coverage.total >= thresholds.seldom_places
                        && coverage.share() <= thresholds.seldom_share
                });
                let Some((words, coverage)) = found else {
                    continue;
                };
                let surface = surfaces.find(words);
                if let Some((surface, (document, label))) =
                    surface.zip(surface.and_then(Surface::first))
                {
                    by_document.entry(document).or_default().push(Seldom {
                        surface,
                        coverage,
                        label,
                    });
                }
            }
        }
        let mut all = Vec::new();
        if by_document.is_empty() {
            return Ok(all);
        }
        for seldom in by_document.values_mut() {
            seldom.sort_by(|a, b| (a.label, &a.surface.words).cmp(&(b.label, &b.surface.words)));
        }
        let wanted = |index: u64| by_document.get(&index);
        let look = |found: FoundDocument<'_, '_>,
                    seldom: &Vec<Seldom<'_>>,
                    part: &mut Vec<SeldomLabeled>| {
            let document = found.document;
            let mut buffer = Vec::new();
            let state = self.texts.text_of(document, &mut buffer, None)?;
            let aligned = AlignedDocument::new(document, state, self.survey.unit, false);
            let text = aligned.text().map(Text::as_str).unwrap_or_default();
            let print = self.text_print(Some(text));
            let mut positions = Positions::new(text);
            for one in seldom {
                let at = At::Label(one.label);
                let has_excerpt = part.len() < self.options.snippets;
                let name = document.address.path();
                let shown = aligned.shown(at).map(|words| Shown {
                    text: print,
                    ..self.shown(name, text, &mut positions, words, has_excerpt)
                });
                let label = one.surface.majority().map(|(label, _)| label.to_owned());
                part.push(SeldomLabeled {
                    words: one.surface.words.clone(),
                    label: label.unwrap_or_default(),
                    coverage: one.coverage,
                    location: found.location(at),
                    shown: shown.unwrap_or_default(),
                });
            }
            Ok(())
        };
        self.each_document(workers, wanted, look, |part| all.extend(part))?;
        Ok(all)
    }
}
