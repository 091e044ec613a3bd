//! Classes of a record: a name or a number, or a list of them.

use super::reader::LabelReader;
use crate::diagnostics::Issue;
use crate::formats::RecordForm;
use crate::formats::fields::{Field, array, located, string, wrong_type};
use crate::formats::inline::classes_of;
use crate::formats::inline::numbered;
use crate::json::{Kind as JsonKind, Node};
use crate::model::{Class, Labels};

impl<'a> LabelReader<'a, '_, '_> {
    /// The classes that a member holds, and what it tells of the kind of the project.
    pub(super) fn classes(&mut self, field: &Field<'a>) -> (Labels<'a>, RecordForm) {
        let (classes, several) = match field.node.kind() {
            JsonKind::Array => {
                let items = array(self.text, field, self.issues).unwrap_or_default();
                let is_told = !items.is_empty();
                let classes = match self.marks(field, &items) {
                    Some(marked) => marked,
                    None => self.list(&items),
                };
                (classes, is_told.then_some(true))
            }
            JsonKind::Null => (Vec::new(), None),
            _ => {
                let class = self.class(field, 0);
                self.unreadable += u64::from(class.is_none());
                (class.into_iter().collect(), Some(false))
            }
        };
        let form = match several {
            Some(several) => RecordForm::Classes { several },
            None => RecordForm::Undecided,
        };
        let has_several = classes.len() > 1;
        (classes_of(self.context.kind, classes, has_several), form)
    }

    fn list(&mut self, items: &[Field<'a>]) -> Vec<Class<'a>> {
        let mut classes = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match self.class(item, index) {
                Some(class) => classes.push(class),
                None => self.unreadable += 1,
            }
        }
        classes
    }

    fn class(&mut self, field: &Field<'a>, index: usize) -> Option<Class<'a>> {
        let (category, spelled) = match field.node.kind() {
            JsonKind::Number => {
                let name = numbered(self.text, field, &self.context, self.issues)?;
                (name, Some(field.node.raw()))
            }
            JsonKind::String => (string(self.text, field, self.issues)?, None),
            _ => {
                wrong_type(
                    self.text,
                    field,
                    "a class, its number, or a list of them",
                    self.issues,
                );
                return None;
            }
        };
        Some(Class {
            category,
            index,
            spelled,
        })
    }

    /// The classes of a list that has a 1 for each class that the document has, and a 0 for each other
    /// one. It is such a list where it has a mark for each of the names that the user gives. Of two
    /// marks, a 0 and a 1, nobody can tell whether they are not the numbers of two classes.
    fn marks(&mut self, field: &Field<'a>, items: &[Field<'a>]) -> Option<Vec<Class<'a>>> {
        let names = self.context.told.label_names.as_deref()?;
        let mark = |node: Node<'_>| match node.raw() {
            "0" | "0.0" => Some(false),
            "1" | "1.0" => Some(true),
            _ => None,
        };
        let marks: Option<Vec<bool>> = items.iter().map(|item| mark(item.node)).collect();
        let marks = marks.filter(|marks| !marks.is_empty() && marks.len() == names.len())?;
        let is_whole = items.iter().all(|item| !item.node.raw().contains('.'));
        if is_whole && (marks == [false, true] || marks == [true, false]) {
            let issue = Issue::WrongType {
                name: "the list".to_owned(),
                expected: "names, or marks as `0.0` and `1.0`",
                found: "a 0 and a 1, which may be two classes or the marks of one".to_owned(),
                readable: false,
            };
            self.issues.push(located(self.text, issue, field));
            self.unreadable += 1;
            return Some(Vec::new());
        }
        let marked = marks.into_iter().zip(items).zip(names).enumerate();
        let marked = marked.filter(|(_, ((is_marked, _), _))| *is_marked);
        let class = |(index, ((_, item), name)): (usize, ((bool, &Field<'a>), &String))| Class {
            category: name.clone().into(),
            index,
            spelled: Some(item.node.raw()),
        };
        Some(marked.map(class).collect())
    }
}
