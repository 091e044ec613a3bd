//! Reads lines.

use std::rc::Rc;

use super::quick;
use super::wire::{Holds, LISTS, MEMBERS, SPAN, TEXTS, holds, list_of};
use crate::diagnostics::{Issue, Located};
use crate::formats::fields::{Field, Fields, array, located, readable, string, wrong_type};
use crate::formats::inline::{List, Lists, frame, numbered, sole_pointer, text_of};
use crate::formats::inline::{classes_of, no_labels};
use crate::formats::{Context, Reading, Record, RecordForm, audit};
use crate::json::{Kind as JsonKind, Locator, Node, Pointer};
use crate::model::{At, Class, Document, Extras, Foreign, Kind, Label, Labels};
use crate::text::Span;

/// The version that was run.
const TOOL: &str = "doccano 1.8.4";

/// Reads a line. A blank one gives no document and one fact.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    if context.quick
        && let Some((document, form)) = quick::read(&record, &context)
    {
        return Reading::plain(document, form);
    }
    let mut issues = Vec::new();
    let read = read_line(record, context, &mut issues);
    Reading::careful(read.map(|(document, form)| (Some(document), form)), issues)
}

fn read_line<'a>(
    record: Record<'a>,
    context: Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<(Document<'a>, RecordForm)> {
    let text = record.text;
    let node = audit::line(&record, issues)?;
    let root = Field {
        node,
        pointer: Pointer::root(),
    };
    let line = Fields::new(text, root, issues)?;
    let told = context.told;
    let frame = frame(&line, &record, &context, &TEXTS, issues)?;
    if frame.text.is_empty()
        && let Some(field) = text_of(&line, told.text_key.as_deref(), &TEXTS)
    {
        let issue = Issue::ImporterRejects {
            tool: TOOL,
            what: "the text is empty".into(),
            outcome: "refuses the line, and takes the others",
            help: "leave the document out before an import",
        };
        issues.push(located(text, issue, &field));
    }
    let mut reader = LabelReader {
        text,
        context,
        issues,
        unknown: frame.unused,
        unreadable: 0,
        lost: Vec::new(),
    };
    let (labels, form) = reader.labels(&line);
    for (name, foreign) in [
        ("relations", Foreign::Relation),
        ("Comments", Foreign::Attribute),
    ] {
        reader.count(&line, name, foreign);
    }
    let (unknown, unreadable, lost) = (reader.unknown, reader.unreadable, reader.lost);
    let told = [&told.text_key, &told.name_key];
    let told: Vec<&str> = told.into_iter().filter_map(|key| key.as_deref()).collect();
    let extras = Extras {
        unknown: unknown + line.unknown_beside(&MEMBERS, &told, issues),
        lost,
        ..Extras::default()
    };
    Some((frame.document(&record, labels, extras, unreadable), form))
}

struct LabelReader<'a, 'f, 'p> {
    text: &'a str,
    context: Context<'p>,
    issues: &'f mut Vec<Located>,
    unknown: u64,
    unreadable: u64,
    lost: Vec<(Foreign, u64)>,
}

impl<'a> LabelReader<'a, '_, '_> {
    /// Counts what a list holds that labels cannot be made of.
    fn count(&mut self, line: &Fields<'a>, name: &str, foreign: Foreign) {
        let list = line.find(name);
        let number = list.map_or(0, |list| list.node.items().len() as u64);
        if number > 0 {
            self.lost.push((foreign, number));
        }
    }

    /// The labels of a line: those that the project has, where the line has both sorts.
    fn labels(&mut self, line: &Fields<'a>) -> (Labels<'a>, RecordForm) {
        let spans = list_of(line, Holds::Spans);
        let classes = list_of(line, Holds::Classes);
        let used = [&spans, &classes];
        let used = used.map(|field| field.as_ref().map(|field| field.pointer.last()));
        let others = LISTS.iter().filter_map(|name| line.find(name));
        let others = others.filter(|field| holds(field) != Holds::Nothing);
        let others = others.filter(|field| !used.contains(&Some(field.pointer.last())));
        self.unknown += others.count() as u64;
        let kind = self.context.kind;
        match (spans, classes) {
            (Some(spans), Some(classes)) if kind.is_none_or(Kind::has_spans) => {
                let number = classes.node.items().len().max(1);
                self.lost.push((Foreign::Class, number as u64));
                self.of_spans(&spans)
            }
            (Some(spans), Some(classes)) => {
                let number = spans.node.items().len();
                self.lost.push((Foreign::Span, number as u64));
                self.of_classes(&classes)
            }
            (Some(spans), None) => self.of_spans(&spans),
            (None, Some(classes)) => self.of_classes(&classes),
            (None, None) => {
                self.unread_nothing(line);
                (no_labels(self.context.kind), RecordForm::Undecided)
            }
        }
    }

    /// Says of a line without labels if it has no place for them either.
    fn unread_nothing(&mut self, line: &Fields<'a>) {
        let Some(list) = list_of(line, Holds::Nothing) else {
            line.required("label", self.issues);
            self.unreadable += 1;
            return;
        };
        if list.node.kind() == JsonKind::Null {
            let issue = readable(&list, "a list of labels");
            self.issues.push(located(self.text, issue, &list));
        }
    }

    fn of_spans(&mut self, field: &Field<'a>) -> (Labels<'a>, RecordForm) {
        let items = array(self.text, field, self.issues).unwrap_or_default();
        let mut labels = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            match self.span(item, index) {
                Some(label) => labels.push(label),
                None => self.unreadable += 1,
            }
        }
        let form = RecordForm::Kind(Kind::EntityRecognition);
        (Labels::entities(labels, None), form)
    }

    fn span(&mut self, item: Field<'a>, index: usize) -> Option<Label<'a>> {
        let (start, end, label) = if item.node.kind() == JsonKind::Object {
            let span = Fields::new(self.text, item, self.issues)?;
            let start = span.required("start_offset", self.issues);
            let end = span.required("end_offset", self.issues);
            let label = span.required("label", self.issues);
            self.unknown += span.unknown(&SPAN, self.issues);
            (start, end, label)
        } else {
            self.triple(&item)?
        };
        let start = start.and_then(|field| self.offset(&field));
        let end = end.and_then(|field| self.offset(&field));
        let category = label.and_then(|label| match label.node.kind() {
            JsonKind::Number => numbered(self.text, &label, &self.context, self.issues),
            _ => string(self.text, &label, self.issues),
        });
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

    /// Start, end and name of `[start, end, name]`.
    fn triple(
        &mut self,
        item: &Field<'a>,
    ) -> Option<(Option<Field<'a>>, Option<Field<'a>>, Option<Field<'a>>)> {
        let [start, end, label] = item.node.items()[..] else {
            let expected = "an array of start, end and label, or an object";
            wrong_type(self.text, item, expected, self.issues);
            return None;
        };
        let part = |index, node: Node<'a>| {
            let pointer = item.pointer.item(index);
            Some(Field { node, pointer })
        };
        Some((part(0, start), part(1, end), part(2, label)))
    }

    /// An offset. One that is a string of digits doccano takes for the number.
    fn offset(&mut self, field: &Field<'a>) -> Option<i64> {
        let spelled = field.node.string().and_then(Result::ok);
        if let Some(number) = spelled.and_then(|digits| digits.parse().ok()) {
            let issue = readable(field, "an integer");
            self.issues.push(located(self.text, issue, field));
            return Some(number);
        }
        Fields::integer_of(self.text, field, &(i64::MIN..=i64::MAX), self.issues)
    }

    fn of_classes(&mut self, field: &Field<'a>) -> (Labels<'a>, RecordForm) {
        let is_list = field.node.kind() == JsonKind::Array;
        let items = if is_list {
            array(self.text, field, self.issues).unwrap_or_default()
        } else {
            vec![field.clone()]
        };
        let mut classes = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match self.class(item, index) {
                Some(class) => classes.push(class),
                None => self.unreadable += 1,
            }
        }
        let several = items.len() > 1;
        let labels = classes_of(self.context.kind, classes, several);
        (labels, RecordForm::Classes { several })
    }

    fn class(&mut self, field: &Field<'a>, index: usize) -> Option<Class<'a>> {
        let is_list = field.pointer.tokens().count() > 1;
        if !is_list && !matches!(field.node.kind(), JsonKind::Number | JsonKind::String) {
            let expected = "a list of spans or classes, or a class";
            wrong_type(self.text, field, expected, self.issues);
            return None;
        }
        if field.node.kind() == JsonKind::Number {
            let category = numbered(self.text, field, &self.context, self.issues)?;
            let spelled = Some(field.node.raw());
            return Some(Class {
                category,
                index,
                spelled,
            });
        }
        Some(Class {
            category: string(self.text, field, self.issues)?,
            index,
            spelled: None,
        })
    }
}

/// The pointer from the root of a line to a place in it.
pub(super) fn pointer(document: &Document<'_>, locator: &Locator<'_>, at: At) -> Pointer {
    if matches!(at, At::Label(_) | At::Class(_)) {
        return lists(document, locator).pointer(document, at);
    }
    line(document).map_or_else(Pointer::root, |line| sole_pointer(&line, at))
}

fn lists(document: &Document<'_>, locator: &Locator<'_>) -> Rc<Lists> {
    locator.once(|| {
        let line = line(document);
        let list = |wanted| list_of(line.as_ref()?, wanted).map(List::of);
        Lists {
            spans: list(Holds::Spans),
            classes: list(Holds::Classes),
            is_tagged: false,
        }
    })
}

/// The members of a document's line.
pub(super) fn line<'a>(document: &Document<'a>) -> Option<Fields<'a>> {
    let node = Node::parse(document.source).ok()?;
    let pointer = Pointer::root();
    Fields::new(document.source, Field { node, pointer }, &mut Vec::new())
}
