//! `cats`, as spaCy has the classes of a document: an object with a number for each.

use super::fields::{Field, wrong_type};
use crate::diagnostics::Located;
use crate::model::Class;

/// What such an object says.
pub(super) struct Cats<'a> {
    /// The classes whose numbers are at least a half.
    pub(super) classes: Vec<Class<'a>>,
    /// Whether a number is neither 0 nor 1.
    pub(super) between: bool,
    /// How many values are no numbers; each has a fact.
    pub(super) unreadable: u64,
}

/// Reads the members of an object in `text`.
pub(super) fn cats<'a>(text: &str, field: &Field<'a>, issues: &mut Vec<Located>) -> Cats<'a> {
    let mut found = Cats {
        classes: Vec::new(),
        between: false,
        unreadable: 0,
    };
    for (index, member) in field.node.members().into_iter().enumerate() {
        let category = member.key();
        let value = match member.value.raw() {
            "true" => Some(1.0),
            "false" => Some(0.0),
            raw => raw.parse::<f64>().ok(),
        };
        let Some(value) = value else {
            let item = Field {
                node: member.value,
                pointer: field.pointer.key(&category),
            };
            wrong_type(text, &item, "a number", issues);
            found.unreadable += 1;
            continue;
        };
        found.between |= value > 0.0 && value < 1.0;
        if value >= 0.5 {
            found.classes.push(Class {
                category,
                index,
                spelled: None,
            });
        }
    }
    found
}
