//! Labels that are misspelled, lost, too few, or not what the rest of the corpus has.

mod counts;
mod names;
mod surfaces;

use super::defect::Defect;

pub(super) fn defects() -> Vec<Defect> {
    let mut all: Vec<Defect> = names::declarations();
    all.extend(names::names());
    all.extend(counts::counts());
    all.extend(counts::unlabeled());
    all.extend(surfaces::surfaces());
    all
}
