//! What readers noted, apart from documents: around the records, of records as a whole, and by
//! the published schema.

use crate::corpus::{Occurrences, Tally};
use crate::diagnostics::{Fact, Located, Site, quote};
use crate::formats::{Form, Reading, Record};
use crate::json::Locator;
use crate::model::Split;
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Part;
use crate::rules::run;

impl Pass<'_> {
    /// Whether the file is broken around its records, or of a project that is not read.
    pub(crate) fn is_broken(&self) -> bool {
        let facts = self.survey.header_facts();
        facts.iter().any(|(fact, _)| fact.hides_record())
    }

    /// What was found around the records. Brackets that do not fit in a record leave brackets
    /// that do not fit after it: only the first of the two is said.
    pub(crate) fn header_facts(&self, first_broken: Option<u64>) -> Vec<&(Fact, Option<Site>)> {
        let facts = self.survey.header_facts();
        let after = |site: &Option<Site>| {
            let place = site.as_ref().map_or(0, |site| site.bytes.start);
            first_broken.is_some_and(|broken| place > broken)
        };
        let follows = |found: &&(Fact, Option<Site>)| found.0.breaks_json() && after(&found.1);
        let broken = facts.iter().any(|found| follows(&found));
        let said = facts.iter().filter(|found| {
            let absent = matches!(
                found.0,
                Fact::MissingMember(_) | Fact::StringIndexType(None)
            );
            !(follows(found) || broken && absent)
        });
        said.collect()
    }

    /// Notes what the published schema alone finds wrong with a record.
    pub(crate) fn ask_schema(
        &self,
        record: &Record<'_>,
        reading: &Reading<'_>,
        locator: &Locator<'_>,
        part: &mut Part,
    ) {
        let Some(schema) = &self.schema else {
            return;
        };
        let blank = record.text.trim_ascii().is_empty();
        // What the reader has said of the shape, and lines that no schema is about.
        let known = |found: &Located| found.fact.is_of_shape();
        let other = matches!(reading.form, Form::Image | Form::Prediction);
        let unknown_split = reading
            .document
            .as_ref()
            .is_some_and(|document| matches!(document.split, Some(Split::Other(_))));
        if blank || other || unknown_split || reading.facts.iter().any(known) {
            return;
        }
        for (pointer, words) in schema.faults(record.text) {
            let bytes = locator.locate(&pointer);
            let found = Located {
                fact: Fact::WrongType {
                    name: format!("the value at `{pointer}`"),
                    expected: "what the published schema allows",
                    found: quote(&words),
                    readable: false,
                },
                pointer,
                bytes: bytes.unwrap_or(0..record.text.len()),
            };
            let site = self.site_of(record, &found, None);
            let said = run::say(&found.fact, Some(site), &self.options.levels);
            part.diagnostics.extend(said);
        }
    }

    pub(crate) fn site_of(
        &self,
        record: &Record<'_>,
        found: &Located,
        document: Option<String>,
    ) -> Site {
        let pointer = self
            .format
            .record_pointer(self.project(), record.index)
            .join(&found.pointer);
        Site {
            bytes: record.start + found.bytes.start as u64..record.start + found.bytes.end as u64,
            pointer,
            document,
        }
    }
}

/// What is said once of records that are not what the others are.
pub(crate) fn record_facts(tally: &Tally) -> Vec<(Fact, Option<Site>)> {
    let site = |seen: &Occurrences| seen.first.as_ref().map(|(_, site)| site.clone());
    let mut facts = Vec::new();
    if tally.images.count > 0 {
        let fact = Fact::ImageRecord(tally.images.count);
        facts.push((fact, site(&tally.images)));
    }
    if tally.predictions.count > 0 {
        let fact = Fact::PredictionRecord(tally.predictions.count);
        facts.push((fact, site(&tally.predictions)));
    }
    let first_index = |seen: &Occurrences| seen.first.as_ref().map(|(index, _)| *index);
    let mut kinds: Vec<_> = tally.kinds.iter().collect();
    kinds.sort_by_key(|(_, seen)| first_index(seen));
    if let [(first, _), others @ ..] = kinds.as_slice()
        && let Some((other, seen)) = others.first()
    {
        let fact = Fact::MixedKinds {
            first: **first,
            other: **other,
            lines: others.iter().map(|(_, seen)| seen.count).sum(),
        };
        facts.push((fact, site(seen)));
    }
    facts
}
