//! The same labels, scored by other programs: equal where these are right.
//!
//! `benches/score/compare.py` does the work, and says in what it differs.

use std::process::Command;

use crate::support::{PROGRAM, python_with, root};

#[test]
fn figures_are_those_of_other_programs_where_these_are_right() {
    let packages = ["nervaluate==1.2.1", "nltk==3.10.4", "seqeval==1.2.2"];
    let Some(python) = python_with(&packages) else {
        return;
    };
    let compared = Command::new(python)
        .arg(root().join("benches/score/compare.py"))
        .args(["--program", PROGRAM, "--documents", "60"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&compared.stdout);
    let why = String::from_utf8_lossy(&compared.stderr);
    assert!(compared.status.success(), "{told}\n{why}");
    assert!(told.contains("all that should be equal is equal"), "{told}");
}
