//! Shards that cannot be made, or not be put together.

use labelwright::internals::operations::{self, Moved};
use labelwright::internals::pipeline::Error;

use super::{corpus, options, shard};
use crate::support::run;

#[test]
fn shards_that_do_not_make_a_whole_are_refused() {
    let folder = corpus();
    let folder = folder.path();
    let refuse = |partials: &[&str], why: &str| {
        let run = run(folder, ["merge"].iter().chain(partials)).expect(2);
        run.says(why);
        assert_eq!(run.text(), "");
    };
    shard(folder, "0:300", "a", &[]);
    shard(folder, "300:", "b", &[]);
    shard(folder, "300:", "other", &["--no-texts"]);
    // No line begins past the end, so a shard that lies there has nothing twice.
    shard(folder, "999999:", "past", &[]);
    run(folder, ["merge", "a", "b", "past", "--fail-on", "never"]).expect(0);
    refuse(&["a"], "the shards miss bytes");
    refuse(&["b"], "the shards miss bytes 0 to");
    refuse(&["a", "b", "b"], "the shards have twice bytes");
    refuse(&["a", "other"], "what was asked of the check differs");
    refuse(&["a", "gone"], "cannot read gone");
    refuse(&["labels.jsonl"], "it is no result of a shard");
    let text = std::fs::read_to_string(folder.join("b")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() > 3, "there are findings to lose");
    std::fs::write(folder.join("cut"), lines[..lines.len() - 1].join("\n")).unwrap();
    refuse(&["a", "cut"], "it was cut off");
    let without_one = [&lines[..2], &lines[3..]].concat().join("\n");
    std::fs::write(folder.join("less"), without_one + "\n").unwrap();
    refuse(&["a", "less"], "findings are missing");
    let labels = std::fs::read_to_string(folder.join("labels.jsonl")).unwrap();
    std::fs::write(folder.join("labels.jsonl"), labels + "\n").unwrap();
    refuse(&["a", "b"], "it is not as long as it was");
    std::fs::remove_file(folder.join("labels.jsonl")).unwrap();
    refuse(&["a", "b"], "cannot read labels.jsonl");
}

#[test]
fn nothing_is_not_put_together() {
    let error = operations::merge(&[], &Moved::default(), &options(true), || ()).unwrap_err();
    assert!(matches!(error, Error::NoPartials));
    let words = "there are no results of `check --shard` to put together";
    assert_eq!(error.to_string(), words);
}

#[test]
fn what_cannot_be_divided_is_refused() {
    let folder = corpus();
    let folder = folder.path();
    std::fs::write(
        folder.join("p.json"),
        r#"{"projectFileVersion":"2022-05-01"}"#,
    )
    .unwrap();
    let refuse = |args: &[&str], why: &str| {
        let run = run(folder, ["check"].iter().chain(args)).expect(2);
        run.says(why);
        assert!(!folder.join("out").exists());
    };
    let shard = ["--shard", "0:9", "--partial", "out"];
    let with = |args: &[&'static str]| [args, &shard].concat();
    refuse(&with(&["p.json"]), "which has no lines");
    refuse(&with(&["-"]), "standard input cannot be divided");
    refuse(
        &with(&["labels.jsonl", "p.json"]),
        "a part of one label file",
    );
    refuse(&with(&["labels.jsonl", "--fix"]), "a shard only checks");
    refuse(&["labels.jsonl", "--shard", "0:9"], "--partial");
    refuse(
        &["labels.jsonl", "--shard", "9", "--partial", "out"],
        "no range of bytes",
    );
    let full = ["labels.jsonl", "--shard", "0:", "--partial", "gone/out"];
    refuse(&full, "cannot write gone/out");
}
