//! Reads what there is to read of a document of any kind and shape, and notes everything that
//! is not as it should be.

use std::borrow::Cow;

use super::super::super::fields::{self, Field, Fields, array};
use super::super::super::{Context, Reading, Record, RecordForm, audit};
use super::super::document::{INT32, document, span, split};
use super::super::wire::{self, Names, OF_A_KIND, labels_of};
use crate::diagnostics::{Issue, Located};
use crate::json::patch::Edit;
use crate::json::{Kind as JsonKind, Node, Pointer};
use crate::model::{Address, Class, Declaration, Document, Kind, Label, Labels, Region};

/// Reads a document.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let shape = context.project.shape;
    let mut reader = Reader {
        text: record.text,
        names: wire::names(shape),
        declared: &context.project.declared,
        foreign: shape.is_foreign(),
        issues: Vec::new(),
        edits: Vec::new(),
        unknown: 0,
        unreadable: 0,
        unlabeled: false,
        of_another_kind: false,
    };
    let read = reader.document(record, context.kind);
    let (document, form) = match read {
        Some((document, kind)) => (Some(document), RecordForm::Kind(kind)),
        None => (None, RecordForm::Unreadable),
    };
    Reading {
        document,
        form,
        issues: reader.issues,
        edits: reader.edits,
    }
}

struct Reader<'a, 'p> {
    text: &'a str,
    names: &'static Names,
    declared: &'p [Declaration],
    foreign: bool,
    issues: Vec<Located>,
    edits: Vec<Edit>,
    unknown: u64,
    unreadable: u64,
    unlabeled: bool,
    of_another_kind: bool,
}

impl<'a> Reader<'a, '_> {
    fn document(&mut self, record: Record<'a>, kind: Option<Kind>) -> Option<(Document<'a>, Kind)> {
        let node = audit::parse(&record, &mut self.issues)?;
        let root = Field {
            node,
            pointer: Pointer::root(),
        };
        let fields = Fields::new(self.text, root, &mut self.issues)?;
        // Where the header does not tell, the document does.
        let tells = |kind: &Kind| fields.find(self.member(*kind)).is_some();
        let kind = kind.or_else(|| Kind::ALL.into_iter().find(tells));
        let kind = kind.unwrap_or(Kind::EntityRecognition);
        let location = fields.required_string("location", &mut self.issues);
        let language = fields.optional_string(self.names.language, &mut self.issues);
        // The first shape had no splits.
        let dataset = if self.names.by_index {
            None
        } else {
            fields.optional_string("dataset", &mut self.issues)
        };
        let labels = self.labels(&fields, kind);
        let carried = self.others(&fields, kind);
        let mut document = document(record, location?, labels?);
        document.language = language;
        document.split = dataset.map(split);
        document.extras.unknown = self.unknown;
        document.extras.carried = carried;
        document.extras.unlabeled = self.unlabeled;
        document.extras.of_another_kind = self.of_another_kind;
        document.unreadable = self.unreadable;
        Some((document, kind))
    }

    /// The member that holds the labels of a kind.
    const fn member(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::EntityRecognition | Kind::Healthcare => self.names.regions,
            Kind::SingleLabelClassification | Kind::MultiLabelClassification if self.foreign => {
                self.names.classes
            }
            _ => labels_of(kind),
        }
    }

    /// Notes members that the contract does not have, or not for this kind, and nulls. Answers
    /// those of an earlier shape, which today's can carry.
    fn others(&mut self, fields: &Fields<'a>, kind: Kind) -> Vec<(String, &'a str)> {
        let own = self.member(kind);
        let dataset = if self.names.by_index { own } else { "dataset" };
        let known = ["location", self.names.language, dataset, own];
        let foreign = self.foreign;
        let instead = fields.find(own).is_none().then_some(own);
        let issue = |key: &str| {
            (!foreign && OF_A_KIND.contains(&key)).then(|| Issue::MemberOfAnotherKind {
                name: key.to_owned(),
                kind,
                instead,
            })
        };
        let unknown = fields.others((&known, &[]), &mut self.issues, issue);
        let other = |found: &Located| matches!(found.issue, Issue::MemberOfAnotherKind { .. });
        self.of_another_kind = self.issues.iter().any(other);
        let null = |name: &&&str| {
            let found = fields.find(name);
            found.is_some_and(|field| field.node.kind() == JsonKind::Null)
        };
        self.unknown += known[1..].iter().filter(null).count() as u64;
        if self.foreign {
            return fields.rest(&known);
        }
        self.unknown += unknown;
        Vec::new()
    }

    /// The labels, or nothing where there is no document without them.
    fn labels(&mut self, fields: &Fields<'a>, kind: Kind) -> Option<Labels<'a>> {
        let member = self.member(kind);
        if kind == Kind::AbstractiveSummarization {
            let location = fields.required_string("summaryLocation", &mut self.issues)?;
            return Some(Labels::summary(Address::location(location)));
        }
        let field = fields.optional(member, &mut self.issues);
        // Labels below a misspelled name are there, and are not read.
        self.unreadable += u64::from(fields.meant(member, &OF_A_KIND));
        self.unlabeled = field.is_none();
        Some(match kind {
            Kind::EntityRecognition | Kind::Healthcare => self.spans(field, kind),
            Kind::TextSentiment => {
                let items = self.items(field);
                Labels::sentiments(self.label_list(items, 0))
            }
            Kind::SingleLabelClassification if self.foreign => {
                let place = field.clone();
                let mut classes = self.classes(field);
                self.unlabeled = classes.is_empty();
                if let (2.., Some(place)) = (classes.len(), place) {
                    // Which of them is meant, nobody can say.
                    let expected = "one class, as the project's kind has it";
                    fields::wrong_type(self.text, &place, expected, &mut self.issues);
                    self.unreadable += classes.len() as u64;
                    classes.clear();
                }
                Labels::class(classes.pop())
            }
            Kind::SingleLabelClassification => {
                Labels::class(field.and_then(|field| self.one_class(field)))
            }
            _ => Labels::classes(self.classes(field)),
        })
    }

    /// The items of an array that may be absent.
    fn items(&mut self, field: Option<Field<'a>>) -> Vec<Field<'a>> {
        let Some(field) = field else {
            return Vec::new();
        };
        let items = array(self.text, &field, &mut self.issues);
        self.unreadable += u64::from(items.is_none());
        items.unwrap_or_default()
    }

    fn object(&mut self, field: Field<'a>) -> Option<Fields<'a>> {
        let object = Fields::new(self.text, field, &mut self.issues);
        self.unreadable += u64::from(object.is_none());
        object
    }

    fn spans(&mut self, field: Option<Field<'a>>, kind: Kind) -> Labels<'a> {
        let items = self.items(field);
        self.unlabeled = items.is_empty();
        let (mut labels, mut regions) = (Vec::new(), Vec::new());
        let names = self.names;
        for (index, item) in items.into_iter().enumerate() {
            let Some(region) = self.object(item) else {
                continue;
            };
            // Microsoft's own healthcare sample (`Custom-TA4H`) has regions without an extent.
            let extent = [names.region_offset, names.region_length];
            let is_whole = extent.iter().all(|name| region.find(name).is_none());
            if kind != Kind::Healthcare || !is_whole {
                let offset = region.required_integer(extent[0], &INT32, &mut self.issues);
                let length = region.required_integer(extent[1], &INT32, &mut self.issues);
                if let (Some(offset), Some(length)) = (offset, length) {
                    let span = span(offset, length);
                    regions.push(Region { span, index });
                } else {
                    self.unreadable += 1;
                }
            }
            let known = [names.region_offset, names.region_length, "labels"];
            let listed = region.required("labels", &mut self.issues);
            self.unknown += region.unknown(&known, &mut self.issues);
            self.unreadable += u64::from(listed.is_none());
            let items = self.items(listed);
            labels.extend(self.label_list(items, index));
        }
        Labels::entities(labels, Some(regions))
    }

    fn label_list(&mut self, items: Vec<Field<'a>>, region: usize) -> Vec<Label<'a>> {
        let names = self.names;
        let mut labels = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let Some(label) = self.object(item) else {
                continue;
            };
            let category = self.category(&label, names.label);
            let offset = label.required_integer(names.offset, &INT32, &mut self.issues);
            let length = label.required_integer(names.length, &INT32, &mut self.issues);
            let known = [names.label, names.offset, names.length];
            self.unknown += label.unknown(&known, &mut self.issues);
            if let (Some(category), Some(offset), Some(length)) = (category, offset, length) {
                labels.push(Label {
                    category,
                    span: span(offset, length),
                    region,
                    index,
                    covered: None,
                });
            } else {
                self.unreadable += 1;
            }
        }
        labels
    }

    /// The name of a label or class: as it stands, or by its index among the declared ones.
    fn category(&mut self, fields: &Fields<'a>, name: &'static str) -> Option<Cow<'a, str>> {
        if !self.names.by_index {
            return fields.required_string(name, &mut self.issues);
        }
        let field = fields.required(name, &mut self.issues)?;
        self.by_index(&field)
    }

    fn by_index(&mut self, field: &Field<'a>) -> Option<Cow<'a, str>> {
        // The swagger's integers are int32.
        let index = field
            .node
            .raw()
            .parse::<i32>()
            .ok()
            .filter(|index| *index >= 0);
        let place = index.and_then(|index| usize::try_from(index).ok());
        let found = place.and_then(|index| self.declared.get(index));
        if found.is_none() {
            let expected = match index {
                Some(_) => "an index of the declared names",
                None => "an index from 0",
            };
            fields::wrong_type(self.text, field, expected, &mut self.issues);
        }
        found.map(|declared| Cow::Owned(declared.name.clone()))
    }

    fn classes(&mut self, field: Option<Field<'a>>) -> Vec<Class<'a>> {
        let items = self.items(field);
        let mut classes = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let category = if self.names.by_index {
                self.by_index(&item)
            } else {
                self.class(item)
            };
            if let Some(category) = category {
                classes.push(Class {
                    category,
                    index,
                    spelled: None,
                });
            } else {
                self.unreadable += 1;
            }
        }
        classes
    }

    fn class(&mut self, field: Field<'a>) -> Option<Cow<'a, str>> {
        let class = Fields::new(self.text, field, &mut self.issues)?;
        let name = self.names.class;
        let category = class.required_string(name, &mut self.issues);
        self.unknown += class.unknown(&[name], &mut self.issues);
        category
    }

    /// The one object of a single-label document; an array of one is read, and noted.
    fn one_class(&mut self, field: Field<'a>) -> Option<Class<'a>> {
        let items = field.node.items();
        let field = if let ([item], JsonKind::Array) = (items.as_slice(), field.node.kind()) {
            self.issues
                .push(fields::located(self.text, Issue::ClassAsArray, &field));
            self.unwrap(field.node, *item);
            Field {
                node: *item,
                pointer: field.pointer.item(0),
            }
        } else {
            field
        };
        let Some(category) = self.class(field) else {
            self.unreadable += 1;
            return None;
        };
        Some(Class {
            category,
            index: 0,
            spelled: None,
        })
    }

    /// Takes the brackets away from around an item.
    fn unwrap(&mut self, array: Node<'a>, item: Node<'a>) {
        let (Some(array), Some(item)) = (array.range_in(self.text), item.range_in(self.text))
        else {
            return;
        };
        for bytes in [array.start..item.start, item.end..array.end] {
            self.edits.push(Edit {
                bytes: bytes.start as u64..bytes.end as u64,
                text: String::new(),
            });
        }
    }
}
