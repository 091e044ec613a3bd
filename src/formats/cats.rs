//! `cats`, as spaCy has the classes of a document: an object with a number for each.

use super::fields::{Field, wrong_type};
use crate::diagnostics::{FixAction, Located};
use crate::json::change::{Change, Op};
use crate::json::{Locator, Pointer};
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

/// What to change in such an object for a class, whose member the pointer names.
pub(super) fn changes(locator: &Locator<'_>, class: Pointer, action: &FixAction) -> Vec<Change> {
    let set = |pointer, value| Change {
        pointer,
        op: Op::Set(value),
    };
    match action {
        FixAction::Rename(_, name) => {
            let Some(value) = locator.node(&class).map(|value| value.raw().to_owned()) else {
                return Vec::new();
            };
            let other = class.parent().map(|cats| cats.key(name));
            match other.filter(|other| locator.node(other).is_some()) {
                // The text has that class already, or has now.
                Some(other) => vec![
                    set(other, value),
                    Change {
                        pointer: class,
                        op: Op::Remove,
                    },
                ],
                None => vec![Change {
                    pointer: class,
                    op: Op::Rename(name.clone(), value),
                }],
            }
        }
        // What a class is not, is written too.
        FixAction::Remove(_) => vec![set(class, "0.0".to_owned())],
        _ => Vec::new(),
    }
}
