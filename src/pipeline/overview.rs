//! What a report with pictures shows of a corpus. It takes a further look at the documents, so it is made only where
//! it is asked for.

use std::collections::BTreeMap;

use super::Error;
use super::pass::aggregate::Aggregate;
use super::pass::{FoundDocument, Pass};
use super::workers::Workers;
use crate::alignment::AlignedDocument;
use crate::corpus::kept_name::kept_name;
use crate::corpus::overview::{AmbiguousSurface, Overview, Pair, Sample};
use crate::rules::{self, Choice};

impl Pass<'_> {
    /// The corpus as a picture shows it, where that is asked for.
    ///
    /// Fails where a file cannot be read.
    pub(crate) fn overview(
        &self,
        workers: &Workers,
        whole: &Aggregate,
    ) -> Result<Option<Box<Overview>>, Error> {
        let Some(extent) = self.options.overview else {
            return Ok(None);
        };
        let redact = self.options.settings.redact;
        let surfaces = if redact {
            Vec::new()
        } else {
            AmbiguousSurface::of(&whole.sums.statistics.surfaces, extent.surfaces)
        };
        let names = surfaces.iter().enumerate();
        let wanted: BTreeMap<&str, usize> = names.map(|(at, it)| (&*it.words, at)).collect();
        let look = |found: FoundDocument<'_, '_>, (), part: &mut Overview| {
            let mut buffer = Vec::new();
            let state = self.texts.text_of(found.document, &mut buffer, None)?;
            let aligned = AlignedDocument::new(found.document, state, self.survey.unit, false);
            part.add(&aligned);
            if part.surfaces.is_empty() {
                part.surfaces.clone_from(&surfaces);
            }
            part.add_places(&aligned, &wanted, extent);
            if !redact {
                part.samples.extend(Sample::of(&aligned));
                part.trim(extent);
            }
            Ok(())
        };
        let mut overview = Overview {
            surfaces: surfaces.clone(),
            ..Overview::default()
        };
        self.each_document(
            workers,
            |_| Some(()),
            look,
            |part| overview.merge(part, extent),
        )?;
        for declared in &self.project().declared {
            let name = kept_name(&declared.name);
            overview.labels.entry(name.into_owned()).or_default();
        }
        let thresholds = &self.options.settings.thresholds;
        overview.rare = thresholds.rare_label;
        overview.longest = thresholds.document_characters;
        let metas = rules::metas().into_iter();
        let off = metas.filter(|meta| self.options.levels.chosen(meta) == Some(Choice::Off));
        overview.off = off.map(|meta| meta.name).collect();
        let confirmed = &whole.confirmed;
        let alike = confirmed.leaks.iter().chain(&confirmed.near);
        overview.leaks = (confirmed.leaks.len() + confirmed.near.len()) as u64;
        overview.pairs = alike
            .take(extent.pairs)
            .map(|alike| Pair {
                test: alike.name.clone(),
                train: alike.other.clone(),
                index: alike.index,
            })
            .collect();
        Ok(Some(Box::new(overview)))
    }
}
