//! Large arrays are cut, and nothing hangs on where.

use std::path::Path;

use labelwright::internals::input::Source;
use labelwright::internals::operations;
use labelwright::internals::pipeline::Options;

use super::fixture;

/// The findings of a check with batches of that size, and no record longer than `record`.
fn findings(tasks: &str, batch: usize, record: u64) -> Vec<String> {
    let source = Source::in_memory(tasks.as_bytes(), Path::new("tasks.json"));
    let mut options = Options {
        batch_bytes: batch,
        ..Options::default()
    };
    options.settings.thresholds.record_bytes = record;
    let outcome = operations::check(&source, None, None, &options).unwrap();
    let found = outcome.diagnostics.to_vec().unwrap();
    let shown = found.iter().map(|found| {
        let position = found.position;
        format!("{} {position:?} {}", found.rule, found.message)
    });
    shown.collect()
}

#[test]
fn findings_do_not_depend_on_batches() {
    for name in ["hostile.json", "export.json", "one-task.json", "min.json"] {
        let tasks = fixture(name);
        let want = findings(&tasks, 1 << 18, 1 << 28);
        for batch in [1, 7, 100, 1000] {
            assert_eq!(findings(&tasks, batch, 1 << 28), want, "{name} by {batch}");
        }
    }
}

#[test]
fn a_task_that_is_too_long_is_passed_over_and_named() {
    let task =
        |text: &str| format!(r#"{{"data":{{"text":"{text}","name":"a"}},"annotations":[]}}"#);
    let tasks = format!(
        "[{},{},{}]",
        task("Bo"),
        task(&"x".repeat(5000)),
        task("Ek")
    );
    for batch in [16, 1 << 18] {
        let found = findings(&tasks, batch, 1000);
        let long: Vec<&String> = found
            .iter()
            .filter(|it| it.starts_with("invalid-json"))
            .collect();
        assert_eq!(long.len(), 1, "{found:?}");
    }
}
