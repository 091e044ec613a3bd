//! Files that a program wrote, or a person edited, otherwise than the contract has it.

mod edits;
mod kinds;
mod members;
mod types;

use super::defect::Defect;

pub(super) use edits::{short, within};

pub(super) fn defects() -> Vec<Defect> {
    let mut all = members::missing();
    all.extend(members::misspellings());
    all.extend(types::defects());
    all.extend(members::defects());
    all.extend(kinds::defects());
    all
}
