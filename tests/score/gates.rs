//! `--fail-under`, `--baseline` and `--fail-on-drop`.

use super::made::{document, folder, project};
use crate::support::{TempFolder, run};

const TEXT: &str = "Ada met Bob in Rome";

/// Gold with two labels, and predictions that have one of them, and both.
fn sides() -> TempFolder {
    let folder = folder(&[document(
        "a.txt",
        TEXT,
        &[("Ada", "Person"), ("Rome", "City")],
    )]);
    folder.write(
        "half.json",
        project(&[document("a.txt", TEXT, &[("Ada", "Person")])]),
    );
    folder
}

fn score<'a>(folder: &TempFolder, args: &[&'a str]) -> crate::support::Run {
    let all: Vec<&'a str> = ["score", "gold.json"]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    run(folder.path(), all)
}

#[test]
fn a_figure_that_is_too_low_is_status_1_and_named() {
    let folder = sides();
    let met = [
        "half.json",
        "--fail-under",
        "micro-precision=1",
        "--fail-under",
        "recall:City=0",
    ];
    score(&folder, &met).expect(0);
    let run = score(
        &folder,
        &[
            "half.json",
            "--fail-under",
            "micro-recall=0.51",
            "--fail-under",
            "f1:City=0.1",
        ],
    );
    let run = run.expect(1);
    run.says("not met: `micro-recall` is 0.5000, less than 0.51");
    run.says("not met: `f1:City` is 0.0000, less than 0.1");
    assert!(
        run.text().starts_with("Score of half.json"),
        "the report is printed all the same"
    );
    // A figure that there is none of is not met.
    score(&folder, &["half.json", "--fail-under", "f1:Town=0"])
        .expect(1)
        .says("there is no `f1:Town`");
    score(&folder, &["half.json", "--fail-under", "f1=0.5"])
        .expect(2)
        .says("there is no figure `f1`");
    score(&folder, &["half.json", "--fail-under", "micro-f1=90"])
        .expect(2)
        .says("write 0.9 for 90 %");
}

#[test]
fn what_fell_since_another_time() {
    let folder = sides();
    score(&folder, &["gold.json", "--output", "json=old.json"]).expect(0);
    let now = score(&folder, &["half.json", "--baseline", "old.json"])
        .expect(0)
        .text();
    assert!(now.contains("F1 beside old.json"), "{now}");
    assert!(now.contains("City   1.0000  0.0000  -1.0000"), "{now}");
    assert!(now.contains("1 label as before"), "{now}");
    let run = score(
        &folder,
        &["half.json", "--baseline", "old.json", "--fail-on-drop"],
    )
    .expect(1);
    run.says("fell: F1 of `City` is 0.0000, and was 1.0000");
    score(
        &folder,
        &["gold.json", "--baseline", "old.json", "--fail-on-drop"],
    )
    .expect(0);
    score(
        &folder,
        &["half.json", "--baseline", "old.json", "--fail-on-drop=1"],
    )
    .expect(0);
    score(&folder, &["half.json", "--fail-on-drop"])
        .expect(2)
        .says("--baseline");
    // A report of this command may be replaced, and an input may not.
    score(&folder, &["half.json", "--output", "json=old.json"]).expect(0);
    score(&folder, &["half.json", "--output", "json=half.json"]).expect(2);
    score(&folder, &["half.json", "--baseline", "half.json"])
        .expect(2)
        .says("it has no member such as `customEntityRecognitionEvaluation`");
}
