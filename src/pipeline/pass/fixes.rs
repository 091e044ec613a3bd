//! What findings are mended with: the mends of rules, as bytes of the file.

use crate::alignment::mismatches::{Decision, Key};
use crate::alignment::{Examined, Hypothesis, TextState, members, remap};
use crate::diagnostics::{Diagnostic, Fact, Mend, Mending, Site};
use crate::formats::{self, Reading, Record};
use crate::json::change::{self, Change};
use crate::json::cut::{Batch, Outline};
use crate::json::patch::Edit;
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Labels};
use crate::pipeline::Error;
use crate::pipeline::pass::Pass;
use crate::pipeline::records::for_each_record;
use crate::pipeline::workers::Workers;
use crate::rules::{self, Around, Group, run};
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
        let index = |place: u64| usize::try_from(place).ok();
        let bytes = index(edit.bytes.start)?..index(edit.bytes.end)?;
        edit.bytes = self.outline.range(&bytes);
        Some(edit)
    }
}

impl Pass<'_> {
    /// What stands around the records, where findings are to say what mends them.
    pub(crate) fn outline(&self) -> Option<Outlined<'_>> {
        let outline = self.survey.header.outline.as_ref()?;
        let text = std::str::from_utf8(&outline.bytes).ok()?;
        let locator = Locator::new(text);
        Some(Outlined { outline, locator })
    }

    /// Whether findings are to say what mends them.
    pub(crate) const fn mends(&self) -> bool {
        self.options.mend
    }

    /// The bytes that mend a finding in a document.
    pub(crate) fn mend_document(
        &self,
        locator: &Locator<'_>,
        document: &Document<'_>,
        mends: &[Mend],
    ) -> Option<Mending> {
        let mut mending = Mending::default();
        for mend in mends {
            let changes = self.format.changes(self.project(), document, mend);
            if changes.is_empty() {
                return None;
            }
            for change in changes {
                let edit = change::edits(locator, &change)?;
                mending.edits.push(edit.shifted(document.start));
            }
        }
        Some(mending)
    }

    /// The bytes that mend what a fact in a record is about.
    pub(crate) fn mend_fact(
        locator: &Locator<'_>,
        record: &Record<'_>,
        reading: &Reading<'_>,
        fact: &Fact,
        pointer: &Pointer,
    ) -> Option<Mending> {
        if *fact == Fact::ClassAsArray {
            let edits = reading.edits.iter();
            return Some(Mending {
                edits: edits.map(|edit| edit.shifted(record.start)).collect(),
                records: Vec::new(),
            });
        }
        if *fact == Fact::BlankLine {
            rules::find(fact.rule())?.mend(fact, record.text)?;
            let bytes = record.start..record.start + record.text.len() as u64;
            return Some(Mending {
                edits: Vec::new(),
                records: vec![bytes],
            });
        }
        let value = locator.node(pointer)?.raw();
        let op = rules::find(fact.rule())?.mend(fact, value)?;
        let pointer = pointer.clone();
        let edit = change::edits(locator, &Change { pointer, op })?;
        Some(Mending {
            edits: vec![edit.shifted(record.start)],
            records: Vec::new(),
        })
    }

    /// The bytes that mend what a fact around the records is about.
    pub(crate) fn mend_header(
        &self,
        around: Option<&Outlined<'_>>,
        fact: &Fact,
        site: Option<&Site>,
    ) -> Option<Mending> {
        let header = &self.survey.header;
        let site = site?;
        let rule = rules::find(fact.rule())?;
        let edits = match fact {
            Fact::LegacyShape { .. } if !header.edits.is_empty() => header.edits.clone(),
            Fact::ByteOrderMark => {
                rule.mend(fact, "")?;
                vec![Edit {
                    bytes: site.bytes.clone(),
                    text: String::new(),
                }]
            }
            _ => {
                let around = around?;
                let value = around.locator.node(&site.pointer)?.raw();
                let op = rule.mend(fact, value)?;
                let pointer = site.pointer.clone();
                vec![around.edit(&Change { pointer, op })?]
            }
        };
        Some(Mending {
            edits,
            records: Vec::new(),
        })
    }

    /// The bytes that mend a finding of the corpus.
    pub(crate) fn mend_corpus(
        &self,
        around: Option<&Outlined<'_>>,
        mends: &[Mend],
    ) -> Option<Mending> {
        let mut mending = Mending::default();
        for mend in mends {
            if let Mend::RemoveRecord(bytes) = mend {
                mending.records.push(bytes.clone());
                continue;
            }
            let around = around?;
            let project = self.project();
            let change = self.format.header_change(project, &around.locator, mend)?;
            mending.edits.push(around.edit(&change)?);
        }
        Some(mending)
    }
}

impl Pass<'_> {
    /// What mends the documents whose offsets count something else, for each decision: all their
    /// numbers anew, where nothing is wrong with those then.
    pub(crate) fn mend_mismatches(
        &self,
        workers: &Workers,
        decisions: &[Decision],
    ) -> Result<Vec<Mending>, Error> {
        let believed = |decision: &Decision| {
            let mut members = members(decision.hypotheses);
            members.next().filter(|_| members.next().is_none())
        };
        let ways: Vec<Option<Hypothesis>> = decisions.iter().map(believed).collect();
        if ways.iter().all(Option::is_none) {
            return Ok(Vec::new());
        }
        let mut mendings = vec![Mending::default(); decisions.len()];
        let work = |batch: &Batch| {
            let mut found = Vec::new();
            for_each_record(batch, |record| {
                let edits = record
                    .ok()
                    .and_then(|record| self.remap(record, decisions, &ways));
                found.extend(edits);
            });
            found
        };
        self.go_over(workers, work, |found: Vec<(usize, Vec<Edit>)>| {
            for (decision, edits) in found {
                mendings[decision].edits.extend(edits);
            }
        })?;
        Ok(mendings)
    }

    /// The edits that write the numbers of a document anew, and the decision that it belongs to.
    fn remap(
        &self,
        record: Record<'_>,
        decisions: &[Decision],
        ways: &[Option<Hypothesis>],
    ) -> Option<(usize, Vec<Edit>)> {
        let reading = self.format.read(record, self.context());
        let document = reading.document.as_ref()?;
        let mut buffer = Vec::new();
        let state = self.text_state(&document.address, &mut buffer, None);
        let unit = self.survey.unit;
        let examined = Examined::new(document, state, unit, self.weighing());
        let key = Key::of(&examined.forensics)?;
        let decision = decisions.iter().position(|it| it.keys.contains(&key))?;
        let text = examined.text()?;
        let spans = document.spans().iter().map(|label| label.span);
        let regions = document.regions().iter().map(|region| region.span);
        let spans: Vec<Span> = spans.chain(regions).collect();
        let ranges = remap(text, &spans, ways[decision]?).into_iter();
        let ranges: Vec<_> = ranges.collect::<Option<_>>()?;
        let numbers = text.declare(&ranges, unit.unit()).into_iter();
        let numbers: Vec<Span> = numbers.collect::<Option<_>>()?;

        let mut mended = document.clone();
        let mut places = Vec::new();
        let (labels, regions) = match &mut mended.labels {
            Labels::Spans {
                labels, regions, ..
            } => (labels, regions.as_mut_slice()),
            Labels::Sentiments(labels) => (labels, &mut [][..]),
            _ => return None,
        };
        for (index, label) in labels.iter_mut().enumerate() {
            label.span = numbers[index];
            places.push(At::Label(index));
        }
        for (index, region) in regions.iter_mut().enumerate() {
            region.span = numbers[places.len()];
            places.push(At::Region(index));
        }
        if self.is_faulty(&mended, examined.text.clone()) {
            return None;
        }
        let locator = Locator::new(record.text);
        let changed = places.into_iter().zip(numbers.iter().zip(&spans));
        let changed = changed.filter(|(_, (new, old))| new != old);
        let mends: Vec<Mend> = changed
            .map(|(at, (new, _))| Mend::Extent(at, *new))
            .collect();
        let mending = self.mend_document(&locator, document, &mends)?;
        Some((decision, mending.edits))
    }

    /// Whether a rule has something to say of the offsets of a document.
    fn is_faulty(&self, document: &Document<'_>, text: TextState<'_>) -> bool {
        let examined = Examined::new(document, text, self.survey.unit, None);
        let mut rules = self.looking.clone();
        rules.retain(|looking| looking.rule.meta().group == Group::Offsets);
        let locator = Locator::new(document.source);
        let site = |document: &Document<'_>, at: At| {
            formats::site(self.format, self.project(), &locator, document, at)
        };
        let around = Around::plain(&self.options.levels, &self.options.settings, &site);
        let mut found = Vec::new();
        run::document(&rules, &examined, &around, &mut found);
        !found.is_empty()
    }
}

/// Says with each finding about what offsets count what mends it.
pub(crate) fn add_mismatches(said: &mut [Diagnostic], mendings: Vec<Mending>) {
    let findings = said.iter_mut();
    let findings = findings.filter(|finding| finding.rule == rules::OFFSET_UNIT_MISMATCH);
    for (finding, mending) in findings.zip(mendings) {
        if !mending.edits.is_empty() {
            finding.mending = Some(Box::new(mending));
        }
    }
}
