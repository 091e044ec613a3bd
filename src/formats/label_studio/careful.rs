//! Reads what there is to read of a task, and notes everything that is not as it should be.

use std::borrow::Cow;

use super::annotation::{Chosen, Live, choose, media};
use super::data::{Data, data, name_of, reference};
use super::issues::{OLD_NAME, unsupported};
use super::min;
use super::region::{Regions, is_covered};
use super::wire::{ANNOTATIONS, COLUMNS};
use crate::alignment::settle_units;
use crate::diagnostics::Located;
use crate::formats::fields::{Field, Fields, array, located};
use crate::formats::names::address;
use crate::formats::{Context, Reading, Record, RecordForm, audit};
use crate::json::{Kind as JsonKind, Node, Pointer};
use crate::model::{Body, Class, Document, Extras, Foreign, Kind, Label, Labels, Notation};
use crate::text::{Text, Unit};

/// The units that spans may count in: today's, and that of the front ends before 1.5.0.
pub(super) const AMONG: &[Unit] = &[Unit::CodePoint, Unit::Utf16];

/// Reads a task.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let mut issues = Vec::new();
    let read = read_task(record, context, &mut issues);
    let (document, form) = read.map_or((None, RecordForm::Unreadable), |(document, form)| {
        (Some(document), form)
    });
    Reading {
        document,
        form,
        issues,
        edits: Vec::new(),
    }
}

fn read_task<'a>(
    record: Record<'a>,
    context: Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<(Document<'a>, RecordForm)> {
    let whole = record.text;
    let node = audit::parse(&record, issues)?;
    let root = Field {
        node,
        pointer: Pointer::root(),
    };
    let task = Fields::new(whole, root.clone(), issues)?;
    if min::is(&task) {
        return min::read(record, &task, &root, context, issues);
    }
    if let Some((what, field)) = media(&task) {
        issues.push(located(whole, unsupported(what), &field));
        return None;
    }
    let own = task.required("data", issues)?;
    let fields = Fields::new(whole, own.clone(), issues)?;
    let data = data(whole, &fields, &own, &[], context, issues)?;
    let mut made = Made::new(record, context, &data);
    let mut lost = Vec::new();
    if let Some(field) = task.find("predictions") {
        lost.push((Foreign::Prediction, field.node.items().len() as u64));
    }
    let chosen = annotations(whole, &task, context, &mut lost, issues)?;
    let mut unlabeled = true;
    let mut columns = Vec::new();
    if let Some(chosen) = chosen {
        unlabeled = false;
        columns = chosen.columns(&COLUMNS);
        lost.push((Foreign::Bookkeeping, chosen.bookkeeping()));
        made.regions(issues, |regions| {
            if let Some(result) = &chosen.result {
                regions.array(result, true);
            } else {
                regions.unreadable += 1;
            }
        })?;
    }
    const READ: [&str; 4] = ["data", "annotations", "completions", "predictions"];
    let others = task.rest(&READ).len();
    lost.push((Foreign::Bookkeeping, others as u64));
    made.lost.extend(lost);
    made.unlabeled = unlabeled;
    made.columns = columns;
    let name = name_of(&data, &task);
    made.unreadable += u64::from(task.meant("annotations", &["annotators"]) && unlabeled);
    Some(made.document(name, data))
}

/// The annotation whose labels are read, if there is one. `None` where it is not told which it is.
fn annotations<'a>(
    whole: &'a str,
    task: &Fields<'a>,
    context: Context<'_>,
    lost: &mut Vec<(Foreign, u64)>,
    issues: &mut Vec<Located>,
) -> Option<Option<Live<'a>>> {
    let found = ANNOTATIONS
        .iter()
        .find_map(|name| Some((*name, task.find(name)?)));
    let Some((name, list)) = found else {
        task.tell_misspelled(ANNOTATIONS[0], issues);
        return Some(None);
    };
    if list.node.kind() == JsonKind::Null {
        return Some(None);
    }
    let items = array(whole, &list, issues)?;
    if name != ANNOTATIONS[0] && !items.is_empty() {
        issues.push(located(whole, OLD_NAME, &list));
    }
    let total = items.len() as u64;
    let live = Live::of(whole, items, issues);
    let cancelled = total - live.len() as u64;
    lost.push((Foreign::Answer, cancelled));
    match choose(live, context.told.annotator.as_deref()) {
        Chosen::None => Some(None),
        Chosen::One(one, others) => {
            lost.push((Foreign::Annotation, others));
            Some(Some(one))
        }
        Chosen::Open(issue) => {
            issues.push(located(whole, issue, &list));
            None
        }
    }
}

/// What is made of a task.
pub(super) struct Made<'a, 'p> {
    record: Record<'a>,
    context: Context<'p>,
    text: Cow<'a, str>,
    spans: Vec<Label<'a>>,
    classes: Vec<Class<'a>>,
    extras: Extras<'a>,
    has_spans: bool,
    pub(super) lost: Vec<(Foreign, u64)>,
    pub(super) unlabeled: bool,
    pub(super) columns: Vec<(&'static str, &'a str)>,
    pub(super) unreadable: u64,
}

impl<'a, 'p> Made<'a, 'p> {
    pub(super) fn new(record: Record<'a>, context: Context<'p>, data: &Data<'a>) -> Self {
        Self {
            record,
            context,
            text: data.text.clone(),
            spans: Vec::new(),
            classes: Vec::new(),
            extras: Extras::default(),
            has_spans: false,
            lost: Vec::new(),
            unlabeled: false,
            columns: Vec::new(),
            unreadable: 0,
        }
    }

    /// Has regions read. `None` where they are of something else than a text.
    pub(super) fn regions(
        &mut self,
        issues: &mut Vec<Located>,
        read: impl FnOnce(&mut Regions<'a, '_>),
    ) -> Option<()> {
        let mut regions = Regions {
            whole: self.record.text,
            text: &self.text,
            unit: self.context.unit,
            issues,
            spans: Vec::new(),
            classes: Vec::new(),
            spans_at: Vec::new(),
            classes_at: Vec::new(),
            lost: Vec::new(),
            unreadable: 0,
            has_spans: false,
            is_foreign: false,
        };
        read(&mut regions);
        let Regions {
            spans,
            classes,
            spans_at,
            classes_at,
            lost,
            unreadable,
            has_spans,
            is_foreign,
            ..
        } = regions;
        self.spans = spans;
        self.classes = classes;
        self.extras.spans_at = spans_at;
        self.extras.classes_at = classes_at;
        self.lost.extend(lost);
        self.unreadable += unreadable;
        self.has_spans = has_spans;
        let ends = self.spans.iter().map(|label| label.span.end);
        if !is_foreign && let Some(what) = reference(&self.text, ends) {
            let root = Field {
                node: Node::parse(self.record.text).ok()?,
                pointer: Pointer::root(),
            };
            issues.push(located(self.record.text, unsupported(what), &root));
            return None;
        }
        (!is_foreign).then_some(())
    }

    /// The document, and what its labels tell of the kind of the project.
    pub(super) fn document(
        mut self,
        name: Cow<'a, str>,
        data: Data<'a>,
    ) -> (Document<'a>, RecordForm) {
        settle_units(
            &mut self.spans,
            &Text::inline(&self.text),
            AMONG,
            is_covered,
        );
        let classes = self.classes.len();
        let form = if self.has_spans {
            RecordForm::Kind(Kind::EntityRecognition)
        } else if classes > 0 {
            let several = classes > 1;
            RecordForm::Classes { several }
        } else {
            RecordForm::Undecided
        };
        let labels = self.labels();
        let record = self.record;
        let mut extras = self.extras;
        extras.unknown = data.unknown;
        extras.unlabeled = self.unlabeled;
        extras.columns = self.columns;
        self.lost.retain(|(_, number)| *number > 0);
        extras.lost = self.lost;
        let document = Document {
            index: record.index,
            start: record.start,
            source: record.text,
            address: address(name, record.in_file.1, self.context.stem(&record)),
            body: Body::Inline(self.text),
            language: data.language,
            split: data.split,
            labels,
            notation: Notation::StartEnd,
            extras,
            unreadable: self.unreadable,
        };
        (document, form)
    }

    /// The labels, as the kind of the project has them; what it has no place for is lost.
    fn labels(&mut self) -> Labels<'a> {
        let spans = std::mem::take(&mut self.spans);
        let mut classes = std::mem::take(&mut self.classes);
        let counts = (spans.len() as u64, classes.len() as u64);
        let has_classes = match self.context.kind {
            Some(kind) => kind.has_classes(),
            None => !self.has_spans && !classes.is_empty(),
        };
        if !has_classes {
            self.lost.push((Foreign::Class, counts.1));
            return Labels::entities(spans, None);
        }
        self.lost.push((Foreign::Span, counts.0));
        if self.context.kind == Some(Kind::SingleLabelClassification) && classes.len() < 2 {
            return Labels::class(classes.pop());
        }
        Labels::classes(classes)
    }
}
