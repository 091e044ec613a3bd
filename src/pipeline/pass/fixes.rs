//! What findings are fixed with: the fixes of rules, as bytes of the file.

use crate::alignment::evidence::Evidence;
use crate::alignment::mismatches::Decision;
use crate::alignment::{AlignedDocument, Hypothesis, TextState, members, remap, remap_region};
use crate::diagnostics::{Diagnostic, Fix, FixAction, FixPart, Issue, Location};
use crate::formats::{Reading, Record};
use crate::json::change::{self, Change};
use crate::json::patch::Edit;
use crate::json::{Locator, Pointer};
use crate::model::{At, Document};
use crate::pipeline::Error;
use crate::pipeline::pass::outlined::{Outlined, changes};
use crate::pipeline::pass::{FoundDocument, Pass};
use crate::pipeline::workers::Workers;
use crate::rules::{self, Group, Said, run};
use crate::text::Span;

impl Pass<'_> {
    /// What stands around the records, where findings are to say what fixes them.
    pub(crate) fn outline(&self) -> Option<Outlined<'_>> {
        let outline = self.survey.outline()?;
        let text = std::str::from_utf8(&outline.bytes).ok()?;
        let locator = Locator::new(text);
        Some(Outlined { outline, locator })
    }

    /// Whether what is found will be fixed.
    pub(crate) const fn wants_fixes(&self) -> bool {
        self.options.fixes
    }

    /// Whether findings are to say which bytes fix them.
    pub(crate) const fn wants_edits(&self) -> bool {
        self.options.wants_edits()
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
            let edits = editor.changes(self.project(), (document, locator), action);
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
                ..Fix::default()
            });
        }
        if matches!(issue, Issue::BlankLine | Issue::BlankRow) {
            rules::find(issue.rule())?.fix(issue, record.text)?;
            let bytes = record.start..record.start + record.text.len() as u64;
            return Some(Fix {
                records: vec![bytes],
                ..Fix::default()
            });
        }
        let value = locator.node(pointer)?.raw();
        let op = rules::find(issue.rule())?.fix(issue, value)?;
        let pointer = pointer.clone();
        let edit = change::edits(locator, &Change { pointer, op })?;
        changes(&edit, locator.text()).then(|| Fix {
            edits: vec![edit.shifted(record.start)],
            ..Fix::default()
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
        if self.source.is_several() {
            // What is changed is one file.
            return None;
        }
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
            ..Fix::default()
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
            if *action == FixAction::Recount {
                // It is worked out document by document.
                return None;
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
    /// What fixes the documents whose offsets count something else, for each decision: all
    /// numbers of each document, where nothing as grave is wrong with them then.
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
        // One program mostly wrote the whole file.
        let sole = match ways.as_slice() {
            [way] => *way,
            _ => None,
        };
        let mut others = Others::default();
        let look = |found: FoundDocument<'_, '_>, (), made: &mut Vec<(Part, Remapped)>| {
            let mut buffer = Vec::new();
            let state = self.texts.text_of(found.document, &mut buffer, None)?;
            let unit = self.survey.unit;
            let aligned = AlignedDocument::new(found.document, state, unit, true);
            let key = aligned.forensics.gaining();
            let decision = decisions.iter().position(|it| it.keys.contains(&key));
            if let Some(decision) = decision {
                if let Some(way) = ways[decision] {
                    let remapped = self.remap_document(&found, &aligned, way);
                    made.push((Part::Decided(decision), remapped));
                }
            } else if let Some(way) = sole
                && aligned.forensics.says_nothing_against(way)
                && let Some(evidence) = aligned.evidence_for(way)
                && evidence.differs()
            {
                let remapped = if evidence.tolerates() {
                    self.remap_document(&found, &aligned, way)
                } else {
                    Remapped::Refused
                };
                made.push((Part::Other(evidence), remapped));
            }
            Ok(())
        };
        self.each_document(
            workers,
            |_| Some(()),
            look,
            |found| {
                for (part, remapped) in found {
                    match part {
                        Part::Decided(decision) => remapped.add_to(&mut fixes[decision]),
                        Part::Other(evidence) => others.add(evidence, remapped),
                    }
                }
            },
        )?;
        if let ([fix], [decision]) = (fixes.as_mut_slice(), decisions)
            && others.may_join(decision)
        {
            for remapped in others.documents {
                remapped.add_to(fix);
            }
        }
        Ok(fixes)
    }

    /// What writes the numbers of a document as they should be, if its offsets were counted so.
    fn remap_document(
        &self,
        found: &FoundDocument<'_, '_>,
        aligned: &AlignedDocument<'_>,
        way: Hypothesis,
    ) -> Remapped {
        let document = found.document;
        let name = found.location(At::Address).document.unwrap_or_default();
        let Some(numbers) = self.numbers_under(aligned, way) else {
            return Remapped::Hopeless(name, None);
        };
        let mut fixed = document.clone();
        let mut actions = Vec::new();
        if let Some(spans) = fixed.labels.spans.as_mut() {
            let mut numbers = numbers.into_iter();
            let mut renumber = |at: At, span: &mut Span| {
                if let Some(number) = numbers.next()
                    && number != *span
                {
                    *span = number;
                    actions.push(FixAction::Extent(at, number));
                }
            };
            for (index, label) in spans.labels.iter_mut().enumerate() {
                renumber(At::Label(index), &mut label.span);
            }
            let regions = spans.regions.as_deref_mut().unwrap_or_default();
            for (index, region) in regions.iter_mut().enumerate() {
                renumber(At::Region(index), &mut region.span);
            }
        }
        if let Some(rule) = self.grave_fault(&fixed, aligned.text.clone()) {
            return Remapped::Hopeless(name, Some(rule));
        }
        match self.fix_document(&found.locator, document, &actions) {
            Some(fix) => Remapped::Fixed(FixPart {
                document: name,
                edits: fix.edits,
            }),
            None => Remapped::Hopeless(name, None),
        }
    }

    /// The spans of a document's labels, and then of its regions, in the unit of the file, if its
    /// offsets were counted so; `None` where one of them has no place then.
    fn numbers_under(&self, aligned: &AlignedDocument<'_>, way: Hypothesis) -> Option<Vec<Span>> {
        let text = aligned.text()?;
        let spans = aligned.document.spans().iter().map(|label| label.span);
        let spans: Vec<Span> = spans.collect();
        let regions = aligned.document.regions().iter();
        let regions = regions.map(|region| remap_region(text, region.span, way));
        let ranges = remap(text, &spans, way).into_iter().chain(regions);
        let ranges: Vec<_> = ranges.collect::<Option<_>>()?;
        let numbers = text.declare(&ranges, self.survey.unit.unit());
        numbers.into_iter().collect()
    }

    /// A rule about offsets that speaks of the document as gravely as the one whose finding is to
    /// be fixed.
    fn grave_fault(&self, document: &Document<'_>, text: TextState<'_>) -> Option<&'static str> {
        let aligned = AlignedDocument::new(document, text, self.survey.unit, false);
        let mut rules = self.rules.on_documents.clone();
        rules.retain(|looking| looking.rule.meta().group == Group::Offsets);
        let levels = &self.options.levels;
        let least = run::severity(rules::OFFSET_UNIT_MISMATCH, levels);
        let (mut said, mut fault) = (Vec::new(), None);
        let mut drain = |said: &mut Vec<Said<At>>| {
            for said in said.drain(..) {
                let severity = levels.severity(said.meta, said.message.severity);
                if severity.is_some() && severity >= least {
                    fault = fault.or(Some(said.meta.name));
                }
            }
        };
        let settings = &self.options.settings;
        run::document(&rules, &aligned, settings, &mut said, &mut drain);
        drain(&mut said);
        fault
    }
}

/// What a document is to a decision.
enum Part {
    /// The decision, by its number, is about it.
    Decided(usize),
    /// The only decision concerns it, and its own labels say this of it.
    Other(Evidence),
}

/// The documents that the only decision of a file concerns and is not about: their own labels are
/// too few to tell.
#[derive(Default)]
struct Others {
    documents: Vec<Remapped>,
    /// What all of them say.
    evidence: Evidence,
}

impl Others {
    /// So many times more documents are certain to count in a way than there are others, where those
    /// others do so too unless much speaks against it.
    const RATIO: u64 = 4;

    fn add(&mut self, evidence: Evidence, remapped: Remapped) {
        self.evidence.merge(evidence);
        self.documents.push(remapped);
    }

    /// Whether they count as the decision says too, unless their own labels speak against it.
    fn may_join(&self, decision: &Decision) -> bool {
        let few = self.documents.len() as u64 <= decision.documents / Self::RATIO;
        few && self.evidence.tolerates() || self.evidence.leans()
    }
}

/// What becomes of a document whose offsets count something else.
enum Remapped {
    Fixed(FixPart),
    /// Nothing: its name, and the rule that would speak of it then, where there is one.
    Hopeless(String, Option<&'static str>),
    /// Nothing, since its labels say otherwise.
    Refused,
}

impl Remapped {
    fn add_to(self, fix: &mut Fix) {
        match self {
            Self::Fixed(part) => fix.parts.push(part),
            Self::Hopeless(name, rule) => fix.hopeless.push((name, rule.map(str::to_owned))),
            Self::Refused => {}
        }
    }
}

/// Says with each finding about what offsets count what fixes it.
pub(crate) fn add_mismatches(said: &mut [Diagnostic], fixes: Vec<Fix>) {
    let findings = said.iter_mut();
    let findings = findings.filter(|finding| finding.rule == rules::OFFSET_UNIT_MISMATCH);
    for (finding, fix) in findings.zip(fixes) {
        if !fix.parts.is_empty() || !fix.hopeless.is_empty() {
            finding.fix = Some(Box::new(fix));
        }
    }
}
