//! How a task becomes a document, once its members are read.

use std::borrow::Cow;

use super::AMONG;
use super::data::{Data, reference};
use super::issues::unsupported;
use super::region::{Regions, is_covered};
use crate::alignment::settle_units;
use crate::diagnostics::Located;
use crate::formats::names::address;
use crate::formats::{Context, Record, RecordForm};
use crate::model::{Body, Class, Document, Extras, Foreign, Kind, Label, Labels, Notation};
use crate::text::Text;

/// What is made of a task.
pub(super) struct Made<'a, 'p> {
    record: Record<'a>,
    context: Context<'p>,
    text: Cow<'a, str>,
    pub(super) spans: Vec<Label<'a>>,
    pub(super) classes: Vec<Class<'a>>,
    pub(super) extras: Extras<'a>,
    /// Whether there are regions of spans, be they as they should or not.
    pub(super) has_spans: bool,
    pub(super) lost: Vec<(Foreign, u64)>,
    pub(super) unlabeled: bool,
    pub(super) columns: Vec<(&'static str, &'a str)>,
    pub(super) unreadable: u64,
}

impl<'a, 'p> Made<'a, 'p> {
    pub(super) fn new(record: Record<'a>, context: Context<'p>, text: Cow<'a, str>) -> Self {
        Self {
            record,
            context,
            text,
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
        (!is_foreign).then_some(())
    }

    /// The document, and what its labels tell of the kind of the project. `None` where it has no text
    /// but the address of one.
    pub(super) fn document(
        mut self,
        name: Cow<'a, str>,
        data: Data<'a>,
        issues: &mut Vec<Located>,
    ) -> Option<(Document<'a>, RecordForm)> {
        let ends = self.spans.iter().map(|label| label.span.end);
        if let Some(what) = reference(&self.text, ends) {
            issues.push(Located {
                issue: unsupported(what),
                pointer: data.text_at,
                bytes: data.text_bytes,
            });
            return None;
        }
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
            notation: Notation::Plain,
            extras,
            unreadable: self.unreadable,
        };
        Some((document, form))
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
