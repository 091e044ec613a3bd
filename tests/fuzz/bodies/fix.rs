//! `--fix`.

use std::io::Read;

use labelwright::Options;
use labelwright::internals::operations;
use labelwright::internals::pipeline::Error;
use labelwright::internals::rules::{Applicability, Group, find};

use super::case::Case;
use super::read::{errors, expected};

/// Fixing ends; it brings no error of a rule that had none and was not meant by one that is fixed, and leaves nothing to fix that it could.
/// Of the options one bit is whether there are texts, and one whether unsafe fixes are made.
pub fn fix(data: &[u8]) {
    let Some(case) = Case::of(data) else { return };
    let texts = (case.options & 1 > 0).then(|| case.texts());
    let most = if case.options & 2 > 0 {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    let options = Options::default();
    let fix = |case: &Case<'_>| -> Result<_, Error> {
        operations::fix(&case.source(), case.format, texts.as_ref(), &options, most)
    };
    let Some(done) = expected(fix(&case)) else {
        return;
    };
    let Some(fixed) = done.source else { return };
    assert!(
        !done.fixed.is_empty(),
        "a file is changed, and nothing fixed"
    );
    let before = errors(&done.before);
    // What is said of a label that is not declared stands for all else that is wrong with it, such as that
    // Train has none. A fix that declares it has the rest told.
    let has_undeclared = before.contains(&"label-undeclared");
    for rule in errors(&done.outcome) {
        let is_of_labels = find(rule).is_some_and(|rule| {
            let group = rule.meta().group;
            matches!(group, Group::Coverage | Group::Split)
        });
        let was_meant = has_undeclared && is_of_labels;
        assert!(was_meant || before.contains(&rule), "{rule} is new");
    }
    let mut bytes = Vec::new();
    fixed.reader().unwrap().read_to_end(&mut bytes).unwrap();
    if done.withheld.is_empty() {
        let again = Case {
            file: &bytes,
            ..case
        };
        let again = expected(fix(&again)).expect("a label file stays one");
        assert!(again.source.is_none(), "{:?} were left", again.fixed);
    }
}
