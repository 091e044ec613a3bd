//! Spans of a record: objects with `start`, `end` and `label`.

use super::reader::LabelReader;
use super::wire::SPAN;
use crate::formats::fields::{Field, Fields, array, string};
use crate::formats::inline::numbered;
use crate::json::Kind;
use crate::model::Label;
use crate::text::Span;

impl<'a> LabelReader<'a, '_, '_> {
    /// The spans that a member holds.
    pub(super) fn spans(&mut self, field: &Field<'a>) -> Vec<Label<'a>> {
        let items = array(self.text, field, self.issues).unwrap_or_default();
        let mut labels = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            match self.span(item, index) {
                Some(label) => labels.push(label),
                None => self.unreadable += 1,
            }
        }
        labels
    }

    fn span(&mut self, item: Field<'a>, index: usize) -> Option<Label<'a>> {
        let span = Fields::new(self.text, item, self.issues)?;
        let any = i64::MIN..=i64::MAX;
        let start = span.required_integer("start", &any, self.issues);
        let end = span.required_integer("end", &any, self.issues);
        let label = span.required("label", self.issues);
        let category = label.and_then(|label| match label.node.kind() {
            Kind::Number => numbered(self.text, &label, &self.context, self.issues),
            _ => string(self.text, &label, self.issues),
        });
        self.unknown += span.unknown(&SPAN, self.issues);
        Some(Label {
            category: category?,
            span: Span {
                unit: self.context.unit,
                start: start?,
                end: end?,
            },
            region: 0,
            index,
            covered: None,
        })
    }
}
