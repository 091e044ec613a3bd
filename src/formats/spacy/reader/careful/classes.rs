//! Reads the classes of a record.

use super::Reader;
use crate::formats::RecordForm;
use crate::formats::cats::{Cats, cats};
use crate::formats::fields::{self, Field, Fields, array, located};
use crate::formats::inline::no_labels;
use crate::json::{Kind as JsonKind, Node};
use crate::model::{Class, Confidence, Kind, Labels};

impl<'a> Reader<'a, '_> {
    pub(super) fn label(&mut self, field: Option<Field<'a>>) -> (Labels<'a>, RecordForm) {
        let class = field.and_then(|field| self.class(&field, 0));
        if class.is_none() {
            self.unreadable += 1;
        }
        let labels = if self.context.kind == Some(Kind::MultiLabelClassification) {
            Labels::classes(class.into_iter().collect())
        } else {
            Labels::class(class)
        };
        (labels, RecordForm::Classes { several: false })
    }

    /// The name of a class. A number is read as it is spelled.
    fn class(&mut self, field: &Field<'a>, index: usize) -> Option<Class<'a>> {
        let spelled = field.node.raw();
        if !matches!(field.node.kind(), JsonKind::Number | JsonKind::Bool) {
            let category = fields::string(self.text, field, &mut self.issues)?;
            return Some(Class {
                category,
                index,
                spelled: None,
            });
        }
        let issue = fields::readable(field, "a string");
        self.issues.push(located(self.text, issue, field));
        Some(Class {
            category: spelled.into(),
            index,
            spelled: Some(spelled),
        })
    }

    /// The options that were chosen.
    pub(super) fn accept(&mut self, line: &Fields<'a>, node: Node<'a>) -> (Labels<'a>, RecordForm) {
        let items = line.find("accept");
        let items = items.and_then(|field| array(self.text, &field, &mut self.issues));
        if items.is_none() {
            self.unreadable += 1;
        }
        let mut classes = Vec::new();
        for (index, item) in items.unwrap_or_default().into_iter().enumerate() {
            match self.class(&item, index) {
                Some(class) => classes.push(class),
                None => self.unreadable += 1,
            }
        }
        let several = classes.len() > 1 || !is_single(node);
        if !several && self.context.kind == Some(Kind::SingleLabelClassification) {
            let labels = Labels::class(classes.into_iter().next());
            return (labels, RecordForm::Classes { several });
        }
        (Labels::classes(classes), RecordForm::Classes { several })
    }

    /// The classes whose numbers are at least a half.
    pub(super) fn cats(&mut self, field: Option<Field<'a>>) -> (Labels<'a>, RecordForm) {
        let Some(field) = field else {
            return (no_labels(self.context.kind), RecordForm::Undecided);
        };
        let Cats {
            classes,
            between,
            unreadable,
        } = cats(self.text, &field, &mut self.issues);
        self.unreadable += unreadable;
        if between {
            self.extras.confidence = Confidence::Other(field.node.raw());
        }
        let several = classes.len() != 1;
        let labels = match self.context.kind {
            Some(Kind::SingleLabelClassification) if !several => {
                Labels::class(classes.into_iter().next())
            }
            _ => Labels::classes(classes),
        };
        (labels, RecordForm::Classes { several })
    }
}

/// Whether a record with options says that one of them can be chosen.
fn is_single(record: Node<'_>) -> bool {
    let find = |node: Node<'_>, name: &str| {
        let members = node.members().into_iter();
        let mut found = members.filter(|member| member.key() == name);
        found
            .next_back()
            .map(|member| member.value.raw().to_owned())
    };
    let config = find(record, "config");
    let config = config.as_deref().map(Node::parse);
    let Some(Ok(config)) = config else {
        return false;
    };
    find(config, "choice_style").as_deref() == Some("\"single\"")
}
