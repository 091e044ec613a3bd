//! Where labels are used that are not declared: statistics know only how often, and where first.

use std::collections::BTreeMap;

use crate::alignment::AlignedDocument;
use crate::corpus::Statistics;
use crate::corpus::confirmed::FirstUses;
use crate::corpus::kept_name::kept_name;
use crate::diagnostics::{Location, MOST_PLACES, Shown};
use crate::model::{At, Document};
use crate::pipeline::Error;
use crate::pipeline::pass::{FoundDocument, Pass};
use crate::pipeline::workers::Workers;
use crate::rules::LABEL_UNDECLARED;
use crate::text::Positions;

/// How many places are held, over all labels.
const MOST_HELD: usize = 20_000;

/// A use of a label.
struct Use {
    label: String,
    location: Location,
    shown: Option<Shown>,
}

impl Pass<'_> {
    /// The first uses of each label that is not declared, in the order of the file. The file is
    /// gone over again only where there are such labels, and their places are to be told.
    ///
    /// Fails where a file cannot be read.
    pub(crate) fn undeclared_uses(
        &self,
        workers: &Workers,
        statistics: &Statistics,
    ) -> Result<BTreeMap<String, FirstUses>, Error> {
        let known = &statistics.undeclared;
        let mut rules = self.rules.all.iter();
        let is_asked = rules.any(|rule| rule.meta().name == LABEL_UNDECLARED);
        // What is fixed needs no places, and is checked many times.
        if known.is_empty() || !is_asked || self.wants_fixes() {
            return Ok(BTreeMap::new());
        }
        let each = (MOST_HELD / known.len()).clamp(1, MOST_PLACES) + 1;
        let look = |found: FoundDocument<'_, '_>, (), part: &mut Vec<Use>| {
            for (category, at) in found.document.categories() {
                let label = kept_name(category);
                let Some(seen) = known.get(&*label) else {
                    continue;
                };
                let location = found.location(at);
                let first = seen.first.as_ref().map(|(_, first)| first.bytes.start);
                let shown = if first == Some(location.bytes.start) {
                    self.words_at(found.document, at)?
                } else {
                    None
                };
                part.push(Use {
                    label: label.into_owned(),
                    location,
                    shown,
                });
            }
            Ok(())
        };
        let mut uses: BTreeMap<String, FirstUses> = BTreeMap::new();
        self.each_document(
            workers,
            |_| Some(()),
            look,
            |part| {
                for one in part {
                    let uses = uses.entry(one.label).or_default();
                    if uses.places.len() < each {
                        uses.places.push(one.location);
                    }
                    if let Some(shown) = one.shown {
                        uses.shown = shown;
                    }
                }
            },
        )?;
        Ok(uses)
    }

    /// The words of a document at a place, where it has a text that is proved there.
    fn words_at(&self, document: &Document<'_>, at: At) -> Result<Option<Shown>, Error> {
        let mut buffer = Vec::new();
        let state = self.texts.text_of(document, &mut buffer, None)?;
        let aligned = AlignedDocument::new(document, state, self.survey.unit, false);
        let words = aligned.shown(at).zip(aligned.text());
        let name = document.address.path();
        let has_excerpt = self.options.snippets > 0;
        Ok(words.map(|(words, text)| {
            let text = text.as_str();
            self.shown(name, text, &mut Positions::new(text), words, has_excerpt)
        }))
    }
}
