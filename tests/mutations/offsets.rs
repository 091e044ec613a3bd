//! Numbers that name other characters than they should.

mod edges;
mod numbers;
mod pairs;

use super::defect::Defect;

pub(super) use edges::{as_aml, astral};

pub(super) fn defects() -> Vec<Defect> {
    let mut all = numbers::numbers();
    all.extend(edges::edges());
    all.extend(pairs::pairs());
    all.extend(pairs::regions());
    all
}
