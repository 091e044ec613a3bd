//! What readers noted, apart from documents: around the records, of records as a whole, and by
//! the published schema.

use crate::corpus::{Occurrences, Statistics};
use crate::diagnostics::redact::redacted;
use crate::diagnostics::{Diagnostic, Issue, Located, Location, quote};
use crate::formats::{Reading, Record, RecordForm, is_private, private_members};
use crate::json::Locator;
use crate::model::{NotAccepted, Split};
use crate::pipeline::pass::Pass;
use crate::pipeline::pass::aggregate::Aggregate;
use crate::rules::{self, Levels, run};

impl Pass<'_> {
    /// What was found around the records. Brackets that do not fit in a record leave brackets
    /// that do not fit after it: only the first of the two is said.
    pub(crate) fn header_issues(
        &self,
        first_broken: Option<u64>,
    ) -> Vec<&(Issue, Option<Location>)> {
        let issues = self.survey.header_issues();
        let after = |location: &Option<Location>| {
            let place = location.as_ref().map_or(0, |location| location.bytes.start);
            first_broken.is_some_and(|broken| place > broken)
        };
        let follows = |found: &&(Issue, Option<Location>)| found.0.breaks_json() && after(&found.1);
        let broken = issues.iter().any(|found| follows(&found));
        let said = issues.iter().filter(|found| {
            let absent = matches!(
                found.0,
                Issue::MissingMember(_) | Issue::StringIndexType(None)
            );
            !(follows(found) || broken && absent)
        });
        said.collect()
    }

    /// A finding about what stands in the file, without words of documents where they may not be shown.
    pub(crate) fn say(&self, issue: &Issue, location: Option<Location>) -> Option<Diagnostic> {
        let mut finding = said(issue, location, &self.options.levels)?;
        if self.options.settings.redact
            && let Some(rule) = rules::find(finding.rule)
        {
            rule.redact(&mut finding, self.format.info());
        }
        Some(finding)
    }

    /// Adds what reading a record has noted to the findings of its batch.
    pub(super) fn add_issues(
        &self,
        record: &Record<'_>,
        reading: &Reading<'_>,
        locator: &Locator<'_>,
        batch: &mut Aggregate,
    ) {
        let document = reading.document.as_ref();
        let name = || document.map(|document| document.address.path().to_owned());
        for found in &reading.issues {
            let location = self.location_of(record, found, name());
            let said = self.say(&found.issue, Some(location));
            batch.diagnostics.extend(said.map(|mut finding| {
                let (issue, pointer) = (&found.issue, &found.pointer);
                if let Some(fix) = Self::fix_issue(locator, record, reading, issue, pointer) {
                    remedied(&mut finding, issue);
                    finding.fix = self.wants_edits().then(|| Box::new(fix));
                }
                finding
            }));
        }
        self.ask_schema(record, reading, locator, batch);
    }

    /// Notes what the published schema alone finds wrong with a record.
    fn ask_schema(
        &self,
        record: &Record<'_>,
        reading: &Reading<'_>,
        locator: &Locator<'_>,
        batch: &mut Aggregate,
    ) {
        let Some(schema) = &self.schema else {
            return;
        };
        let blank = record.text.trim_ascii().is_empty();
        // What the reader has said of the shape, and lines that no schema is about.
        let known = |found: &Located| found.issue.is_of_shape();
        let other = matches!(
            reading.form,
            RecordForm::Image | RecordForm::Prediction | RecordForm::NotAccepted(_)
        );
        let unknown_split = reading
            .document
            .as_ref()
            .is_some_and(|document| matches!(document.split, Some(Split::Other(_))));
        if blank || other || unknown_split || reading.issues.iter().any(known) {
            return;
        }
        let private: Vec<&str> = private_members().collect();
        for (pointer, words) in schema.faults(record.text) {
            // The validator quotes all that does not fit, a whole record even.
            let words = redacted(&words, &private);
            let bytes = locator.locate(&pointer);
            let found = Located {
                issue: Issue::WrongType {
                    name: format!("the value at {}", quote(pointer.as_str())),
                    expected: "what the published schema allows",
                    found: quote(&words),
                    readable: false,
                },
                pointer,
                bytes: bytes.unwrap_or(0..record.text.len()),
            };
            let location = self.location_of(record, &found, None);
            let said = said(&found.issue, Some(location), &self.options.levels);
            batch.diagnostics.extend(said);
        }
    }

    fn location_of(
        &self,
        record: &Record<'_>,
        found: &Located,
        document: Option<String>,
    ) -> Location {
        let base = self.format.record_pointer(self.project(), record.index);
        let pointer = base.map(|base| base.join(&found.pointer));
        Location {
            bytes: record.start + found.bytes.start as u64..record.start + found.bytes.end as u64,
            pointer,
            document,
        }
    }
}

/// Notes that a machine can fix what a fact is about.
pub(crate) fn remedied(finding: &mut Diagnostic, issue: &Issue) {
    let rule = rules::find(issue.rule());
    let applicability = rule.and_then(|rule| rule.meta().fix);
    finding.remedied(applicability, issue.remedy().to_owned());
}

/// Puts a fact that a reader noted into words, and hides what no report may show of the value it is
/// about.
fn said(issue: &Issue, location: Option<Location>, levels: &Levels) -> Option<Diagnostic> {
    let said = run::say(issue, location, levels)?;
    Some(said.without_private(is_private))
}

/// What is said once of records that are no labels because of what was answered.
pub(crate) fn answers(statistics: &Statistics) -> Option<(Issue, Option<Location>)> {
    let seen = &statistics.not_accepted;
    let count = |why| seen.get(&why).map_or(0, |seen| seen.count);
    let of_spans = count(NotAccepted::RejectedSpan);
    let firsts = seen.values().filter_map(|seen| seen.first.as_ref());
    let (_, location) = firsts.min_by_key(|(index, _)| *index)?;
    let issue = Issue::RecordsNotAccepted {
        rejected: count(NotAccepted::Rejected) + of_spans,
        of_spans,
        ignored: count(NotAccepted::Ignored),
        null: count(NotAccepted::Null),
    };
    Some((issue, Some(location.clone())))
}

/// What is said once of records that are not what the others are.
pub(crate) fn record_issues(statistics: &Statistics) -> Vec<(Issue, Option<Location>)> {
    let location = |seen: &Occurrences| seen.first.as_ref().map(|(_, location)| location.clone());
    let mut issues = Vec::new();
    if statistics.images.count > 0 {
        let issue = Issue::ImageRecord(statistics.images.count);
        issues.push((issue, location(&statistics.images)));
    }
    if statistics.predictions.count > 0 {
        let issue = Issue::PredictionRecord(statistics.predictions.count);
        issues.push((issue, location(&statistics.predictions)));
    }
    let first_index = |seen: &Occurrences| seen.first.as_ref().map(|(index, _)| *index);
    let mut kinds: Vec<_> = statistics.kinds.iter().collect();
    kinds.sort_by_key(|(_, seen)| first_index(seen));
    if let [(first, _), others @ ..] = kinds.as_slice()
        && let Some((other, seen)) = others.first()
    {
        let issue = Issue::MixedKinds {
            first: **first,
            other: **other,
            lines: others.iter().map(|(_, seen)| seen.count).sum(),
        };
        issues.push((issue, location(seen)));
    }
    issues
}
