//! One baseline for several label files: which is meant, and what becomes of those that are gone.

use std::fs;

use super::corpus::{Corpus, Place};
use crate::support::run;

/// A repository with label files in `data` and its baseline in `ci`.
fn repository() -> Place {
    let place = Place::of(&Corpus::bad());
    for name in ["a", "b"] {
        for document in Corpus::bad().0 {
            place
                .0
                .write(format!("data/{name}/{}", document.name), document.text);
        }
        place
            .0
            .write(format!("data/{name}/labels.jsonl"), Corpus::bad().aml());
    }
    fs::create_dir(place.0.at("ci")).unwrap();
    place
}

#[test]
fn a_copy_of_a_repository_knows_the_same() {
    let here = repository();
    let write = ["check", "data", "--write-baseline", "ci/known.jsonl"];
    run(here.0.path(), write).expect(0);
    let known = here.0.read("ci/known.jsonl");
    assert_eq!(known.lines().count(), 22);
    assert!(
        known.contains(r#"{"path":"../data/a/labels.jsonl","#),
        "{known}"
    );
    let copy = repository();
    copy.0.write("ci/known.jsonl", known);
    // From the top, and from a folder within it.
    let done = run(
        copy.0.path(),
        ["check", "data", "--baseline", "ci/known.jsonl"],
    );
    done.expect(0)
        .says("ci/known.jsonl: 0 new, 22 known, 0 fixed");
    let folder = copy.0.at("data/a");
    let args = [
        "check",
        ".",
        "../b/labels.jsonl",
        "--baseline",
        "../../ci/known.jsonl",
    ];
    let done = run(&folder, args).expect(0);
    done.says("0 new, 22 known, 0 fixed");
}

#[test]
fn what_is_not_looked_for_is_neither_fixed_nor_lost() {
    let place = repository();
    let both = ["check", "data", "--write-baseline", "ci/known.jsonl"];
    run(place.0.path(), both).expect(0);
    let known = place.0.read("ci/known.jsonl");
    // Only one of the files, and only one of the rules.
    let one = [
        "check",
        "data/a/labels.jsonl",
        "--baseline",
        "ci/known.jsonl",
    ];
    run(place.0.path(), one)
        .expect(0)
        .says("0 new, 11 known, 0 fixed");
    let rule = one.iter().chain(&["--select", "span-empty"]);
    run(place.0.path(), rule)
        .expect(0)
        .says("0 new, 1 known, 0 fixed");
    // What is written then has the others still.
    let again = one.iter().chain(&[
        "--select",
        "span-empty",
        "--write-baseline",
        "ci/known.jsonl",
    ]);
    run(place.0.path(), again)
        .expect(0)
        .says("wrote 22 findings");
    assert_eq!(place.0.read("ci/known.jsonl"), known);
    let moved = one.iter().chain(&["--write-baseline", "known.jsonl"]);
    run(place.0.path(), moved).expect(0);
    assert_eq!(
        place.0.read("known.jsonl"),
        known.replace("\"../data", "\"data")
    );
    // Without the older one, what is found is all there is.
    let alone = [
        "check",
        "data/a/labels.jsonl",
        "--write-baseline",
        "ci/alone.jsonl",
    ];
    run(place.0.path(), alone)
        .expect(0)
        .says("wrote 11 findings");
}

#[test]
fn label_files_that_are_gone_are_told() {
    let place = repository();
    let both = ["check", "data", "--write-baseline", "known.jsonl"];
    run(place.0.path(), both).expect(0);
    fs::remove_dir_all(place.0.at("data/b")).unwrap();
    let args = ["check", "data", "--baseline", "known.jsonl"];
    let done = run(place.0.path(), args).expect(0);
    done.says("known.jsonl: 0 new, 11 known, 0 fixed");
    done.says(
        "11 known findings of label files that are not there any more, such as \
         `data/b/labels.jsonl`",
    );
    done.says("`--write-baseline known.jsonl` writes it without them");
    let done = run(
        place.0.path(),
        args.iter().chain(&["--write-baseline", "known.jsonl"]),
    );
    done.expect(0).says("wrote 11 findings");
    assert!(!place.0.read("known.jsonl").contains("data/b"));
}

/// A baseline may lie among the label files.
#[test]
fn a_baseline_is_no_label_file() {
    let place = Place::of(&Corpus::bad());
    let write = ["check", ".", "--write-baseline", "known.jsonl"];
    for _ in 0..2 {
        run(place.0.path(), write)
            .expect(0)
            .says("wrote 11 findings");
    }
    let done = run(place.0.path(), ["check", ".", "--baseline", "known.jsonl"]).expect(0);
    done.says("known.jsonl: 0 new, 11 known, 0 fixed");
    assert!(!done.stderr.contains("skipped"), "{}", done.stderr);
}

/// Texts that nothing lists are found when all else is known.
#[test]
fn texts_that_are_not_listed_can_be_known() {
    let place = Place::of(&Corpus::bad());
    place.0.write("left-over.txt", "Nobody lists this.");
    let texts = ["--texts", "."];
    let done = place.check(&[&texts[..], &["--write-baseline", "known.jsonl"]].concat());
    done.expect(0).says("wrote 12 findings");
    let known = [
        &texts[..],
        &["--baseline", "known.jsonl", "--output", "json"],
    ]
    .concat();
    place
        .check(&known)
        .expect(0)
        .says("0 new, 12 known, 0 fixed");
    place.0.write("more.txt", "Nor this.");
    let done = place.check(&known).expect(0);
    done.says("1 new, 12 known, 0 fixed");
    let report = done.report();
    assert_eq!(report.rules(), ["document-unlisted"]);
    assert_eq!(report.findings()[0]["document"], "more.txt");
    fs::remove_file(place.0.at("more.txt")).unwrap();
    fs::remove_file(place.0.at("left-over.txt")).unwrap();
    let done = place.check(&known).expect(0);
    done.says("0 new, 11 known, 1 fixed");
    done.says("not found any more: `document-unlisted` in `left-over.txt`");
}
