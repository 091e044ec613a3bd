//! What findings are fixed with: the fixes of rules, as bytes of the file.

use crate::alignment::mismatches::Decision;
use crate::alignment::{AlignedDocument, Hypothesis, TextState, members, remap, remap_region};
use crate::diagnostics::{Diagnostic, Fix, FixAction, Issue, Location};
use crate::formats::{Reading, Record};
use crate::json::change::{self, Change};
use crate::json::cut::Outline;
use crate::json::patch::Edit;
use crate::json::{Locator, Pointer};
use crate::model::{At, Document};
use crate::pipeline::Error;
use crate::pipeline::pass::{FoundDocument, Pass};
use crate::pipeline::workers::Workers;
use crate::rules::{self, Group, Said, run};
use crate::text::Span;

/// What stands around the records, with the places of what was looked up in it.
pub(crate) struct Outlined<'a> {
    outline: &'a Outline,
    locator: Locator<'a>,
}

impl Outlined<'_> {
    /// The bytes of the file that make a change.
    fn edit(&self, change: &Change) -> Option<Edit> {
        let mut edit = change::edits(&self.locator, change)?;
        if !changes(&edit, self.locator.text()) {
            return None;
        }
        let index = |place: u64| usize::try_from(place).ok();
        let bytes = index(edit.bytes.start)?..index(edit.bytes.end)?;
        edit.bytes = self.outline.range(&bytes);
        Some(edit)
    }
}

/// Whether an edit of a text changes anything in it. A fix that does not is none.
fn changes(edit: &Edit, text: &str) -> bool {
    let index = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
    text.get(index(edit.bytes.start)..index(edit.bytes.end)) != Some(&*edit.text)
}

impl Pass<'_> {
    /// What stands around the records, where findings are to say what fixes them.
    pub(crate) fn outline(&self) -> Option<Outlined<'_>> {
        let outline = self.survey.header.outline.as_ref()?;
        let text = std::str::from_utf8(&outline.bytes).ok()?;
        let locator = Locator::new(text);
        Some(Outlined { outline, locator })
    }

    /// Whether findings are to say what fixes them.
    pub(crate) const fn wants_fixes(&self) -> bool {
        self.options.fixes
    }

    /// The bytes that fix a finding in a document.
    pub(crate) fn fix_document(
        &self,
        locator: &Locator<'_>,
        document: &Document<'_>,
        actions: &[FixAction],
    ) -> Option<Fix> {
        let mut fix = Fix::default();
        for action in actions {
            let editor = self.format.editor()?;
            let edits = editor.changes(self.project(), document, action);
            if edits.is_empty() {
                return None;
            }
            for change in edits {
                let edit = change::edits(locator, &change)?;
                if changes(&edit, locator.text()) {
                    fix.edits.push(edit.shifted(document.start));
                }
            }
        }
        Some(fix).filter(|fix| !fix.edits.is_empty())
    }

    /// The bytes that fix what a fact in a record is about.
    pub(crate) fn fix_issue(
        locator: &Locator<'_>,
        record: &Record<'_>,
        reading: &Reading<'_>,
        issue: &Issue,
        pointer: &Pointer,
    ) -> Option<Fix> {
        if *issue == Issue::ClassAsArray {
            let edits = reading.edits.iter();
            return Some(Fix {
                edits: edits.map(|edit| edit.shifted(record.start)).collect(),
                records: Vec::new(),
            });
        }
        if matches!(issue, Issue::BlankLine | Issue::BlankRow) {
            rules::find(issue.rule())?.fix(issue, record.text)?;
            let bytes = record.start..record.start + record.text.len() as u64;
            return Some(Fix {
                edits: Vec::new(),
                records: vec![bytes],
            });
        }
        let value = locator.node(pointer)?.raw();
        let op = rules::find(issue.rule())?.fix(issue, value)?;
        let pointer = pointer.clone();
        let edit = change::edits(locator, &Change { pointer, op })?;
        changes(&edit, locator.text()).then(|| Fix {
            edits: vec![edit.shifted(record.start)],
            records: Vec::new(),
        })
    }

    /// The bytes that fix what a fact around the records is about.
    pub(crate) fn fix_header(
        &self,
        around: Option<&Outlined<'_>>,
        issue: &Issue,
        location: Option<&Location>,
    ) -> Option<Fix> {
        let header = &self.survey.header;
        let location = location?;
        let rule = rules::find(issue.rule())?;
        let edits = match issue {
            Issue::LegacyShape { .. } if !header.edits.is_empty() => header.edits.clone(),
            Issue::ByteOrderMark => {
                rule.fix(issue, "")?;
                vec![Edit {
                    bytes: location.bytes.clone(),
                    text: String::new(),
                }]
            }
            _ => {
                let around = around?;
                let pointer = location.pointer.clone()?;
                let value = around.locator.node(&pointer)?.raw();
                let op = rule.fix(issue, value)?;
                vec![around.edit(&Change { pointer, op })?]
            }
        };
        Some(Fix {
            edits,
            records: Vec::new(),
        })
    }

    /// The bytes that fix a finding of the corpus.
    pub(crate) fn fix_corpus(
        &self,
        around: Option<&Outlined<'_>>,
        actions: &[FixAction],
    ) -> Option<Fix> {
        let mut fix = Fix::default();
        for action in actions {
            if let FixAction::RemoveRecord(bytes) = action {
                fix.records.push(bytes.clone());
                continue;
            }
            let around = around?;
            let project = self.project();
            let editor = self.format.editor()?;
            let change = editor.header_change(project, &around.locator, action)?;
            fix.edits.push(around.edit(&change)?);
        }
        Some(fix)
    }
}

impl Pass<'_> {
    /// What fixes the documents whose offsets count something else, for each decision: all their
    /// numbers anew, where nothing is wrong with those then.
    pub(crate) fn fix_mismatches(
        &self,
        workers: &Workers,
        decisions: &[Decision],
    ) -> Result<Vec<Fix>, Error> {
        let believed = |decision: &Decision| {
            let mut members = members(decision.hypotheses);
            members.next().filter(|_| members.next().is_none())
        };
        let ways: Vec<Option<Hypothesis>> = decisions.iter().map(believed).collect();
        if ways.iter().all(Option::is_none) {
            return Ok(Vec::new());
        }
        let mut fixes = vec![Fix::default(); decisions.len()];
        let look = |found: FoundDocument<'_, '_>, (), edits: &mut Vec<(usize, Vec<Edit>)>| {
            edits.extend(self.remap(&found, decisions, &ways)?);
            Ok(())
        };
        self.each_document(
            workers,
            |_| Some(()),
            look,
            |found| {
                for (decision, edits) in found {
                    fixes[decision].edits.extend(edits);
                }
            },
        )?;
        Ok(fixes)
    }

    /// The edits that write the numbers of a document anew, and the decision that it belongs to.
    fn remap(
        &self,
        found: &FoundDocument<'_, '_>,
        decisions: &[Decision],
        ways: &[Option<Hypothesis>],
    ) -> Result<Option<(usize, Vec<Edit>)>, Error> {
        let mut buffer = Vec::new();
        let state = self.texts.text_of(found.document, &mut buffer, None)?;
        Ok(self.remap_in(found, state, decisions, ways))
    }

    fn remap_in(
        &self,
        found: &FoundDocument<'_, '_>,
        state: TextState<'_>,
        decisions: &[Decision],
        ways: &[Option<Hypothesis>],
    ) -> Option<(usize, Vec<Edit>)> {
        let document = found.document;
        let unit = self.survey.unit;
        let aligned = AlignedDocument::new(document, state, unit, self.rules.weighs_units);
        let key = aligned.forensics.gaining();
        let decision = decisions.iter().position(|it| it.keys.contains(&key))?;
        let text = aligned.text()?;
        let way = ways[decision]?;
        let spans = document.spans().iter().map(|label| label.span);
        let spans: Vec<Span> = spans.collect();
        let regions = document.regions().iter().map(|region| region.span);
        let regions: Vec<Span> = regions.collect();
        let moved = regions
            .iter()
            .map(|region| remap_region(text, *region, way));
        let ranges = remap(text, &spans, way).into_iter().chain(moved);
        let ranges: Vec<_> = ranges.collect::<Option<_>>()?;
        let before: Vec<Span> = spans.into_iter().chain(regions).collect();
        let numbers = text.declare(&ranges, unit.unit()).into_iter();
        let numbers: Vec<Span> = numbers.collect::<Option<_>>()?;

        let mut fixed = document.clone();
        let mut places = Vec::new();
        let spans = fixed.labels.spans.as_mut()?;
        let regions = spans.regions.as_deref_mut().unwrap_or_default();
        for (index, label) in spans.labels.iter_mut().enumerate() {
            label.span = numbers[index];
            places.push(At::Label(index));
        }
        for (index, region) in regions.iter_mut().enumerate() {
            region.span = numbers[places.len()];
            places.push(At::Region(index));
        }
        if self.is_faulty(&fixed, aligned.text.clone()) {
            return None;
        }
        let changed = places.into_iter().zip(numbers.iter().zip(&before));
        let changed = changed.filter(|(_, (new, old))| new != old);
        let actions: Vec<FixAction> = changed
            .map(|(at, (new, _))| FixAction::Extent(at, *new))
            .collect();
        let fix = self.fix_document(&found.locator, document, &actions)?;
        Some((decision, fix.edits))
    }

    /// Whether a rule has something to say of the offsets of a document.
    fn is_faulty(&self, document: &Document<'_>, text: TextState<'_>) -> bool {
        let aligned = AlignedDocument::new(document, text, self.survey.unit, false);
        let mut rules = self.rules.on_documents.clone();
        rules.retain(|looking| looking.rule.meta().group == Group::Offsets);
        let levels = &self.options.levels;
        let (mut said, mut is_faulty) = (Vec::new(), false);
        let mut drain = |said: &mut Vec<Said<At>>| {
            let mut counts = said
                .drain(..)
                .map(|said| (said.meta, said.message.severity));
            is_faulty |= counts.any(|(meta, own)| levels.severity(meta, own).is_some());
        };
        let settings = &self.options.settings;
        run::document(&rules, &aligned, settings, &mut said, &mut drain);
        drain(&mut said);
        is_faulty
    }
}

/// Says with each finding about what offsets count what fixes it.
pub(crate) fn add_mismatches(said: &mut [Diagnostic], fixes: Vec<Fix>) {
    let findings = said.iter_mut();
    let findings = findings.filter(|finding| finding.rule == rules::OFFSET_UNIT_MISMATCH);
    for (finding, fix) in findings.zip(fixes) {
        if !fix.edits.is_empty() {
            finding.fix = Some(Box::new(fix));
        }
    }
}
