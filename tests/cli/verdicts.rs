//! The last line on stderr: it is the reason of the exit status, wherever reports go.

use super::demo;
use crate::support::{TempFolder, fixtures, run, run_configured};

#[test]
fn the_last_line_agrees_with_the_status() {
    let rules = fixtures().join("rules");
    let texts = ["--texts", "texts"];
    let ready = "ready: 10 documents, 61 labels, 0 errors, 1 warning";
    let words = "not ready: 1 warning (span-cuts-word)";
    let empty = "not ready: 1 error (span-empty)";
    let both = "not ready: 1 error (span-empty); 1 warning (span-cuts-word)";
    for (args, status, want) in [
        (&["span-cuts-word/bad"][..], 0, ready),
        (&["span-cuts-word/bad", "--output", "json"], 0, ready),
        (
            &["span-cuts-word/bad", "--output", "human=report"],
            0,
            ready,
        ),
        (&["span-cuts-word/bad", "--statistics"], 0, ready),
        (&["span-cuts-word/bad", "--min-severity", "error"], 0, ready),
        (&["span-cuts-word/bad", "--max-warnings", "1"], 0, ready),
        (&["span-cuts-word/bad", "--fail-on", "warning"], 1, words),
        (
            &["span-cuts-word/bad", "--max-warnings", "0"],
            1,
            "not ready: 1 warning, 0 allowed by --max-warnings",
        ),
        (&["span-empty/bad"], 1, empty),
        (&["span-empty/bad", "--diff"], 1, empty),
        (
            &["span-empty/bad", "--fail-on", "never"],
            0,
            "ready: 10 documents, 61 labels, 1 error, 0 warnings",
        ),
        (&["span-empty/bad", "span-cuts-word/bad"], 1, empty),
        (
            &["span-empty/bad", "span-cuts-word/bad", "--fail-on", "note"],
            1,
            both,
        ),
    ] {
        let place = TempFolder::new();
        let report = format!("human={}", place.at("report").display());
        let args = args.iter().map(|arg| match *arg {
            "human=report" => report.as_str(),
            other => other,
        });
        let all: Vec<&str> = ["check"].into_iter().chain(args).chain(texts).collect();
        let done = run(&rules, &all).expect(status);
        assert_eq!(done.verdict(), want, "{all:?}: {}", done.stderr);
        let quiet = run(&rules, all.iter().chain(&["-q"])).expect(status);
        assert_eq!(quiet.stderr, "", "{all:?}");
    }
}

#[test]
fn every_input_is_weighed_by_its_own_gate() {
    let place = TempFolder::new();
    let line = "{\"image_url\":\"AmlDatastore://ds/1.txt\",\"label\":\"A\"}\n";
    place.write("a/labels.jsonl", line);
    place.write("b/labels.jsonl", line);
    let table = "no-texts = true\nselect = [\"label-rare\"]\n";
    place.write("a/labelwright.toml", table);
    place.write("b/labelwright.toml", format!("{table}max-warnings = 0\n"));
    let both = ["check", "a/labels.jsonl", "b/labels.jsonl"];
    let done = run_configured(place.path(), both, b"").expect(1);
    let verdict = done.verdict();
    let by = "not ready: 1 warning, 0 allowed by max-warnings in ";
    assert!(verdict.starts_with(by), "{verdict}");
    assert!(verdict.ends_with("b/labelwright.toml"), "{verdict}");
    let done = run_configured(place.path(), &both[..2], b"").expect(0);
    assert_eq!(
        done.verdict(),
        "ready: 1 document, 1 label, 0 errors, 1 warning"
    );
}

#[test]
fn a_conversion_has_a_verdict_too() {
    let place = TempFolder::new();
    let out = place.at("out");
    let out = out.to_str().unwrap();
    let done = run(&demo(), ["convert", "demo.json", "--to", "aml", "-o", out]).expect(0);
    let ready = "ready: 18 documents, 288 labels, 0 errors, 1 warning";
    assert_eq!(done.verdict(), ready);
    let refused = ["convert", "demo.jsonl", "--to", "language", "--no-texts"];
    let want = "not ready: the conversion was refused: 1 error (span-unproven)";
    for more in [
        &["-o", "-"][..],
        &["-o", out, "--force", "--fail-on", "never"],
    ] {
        let done = run(&demo(), refused.iter().chain(more)).expect(1);
        assert_eq!(done.verdict(), want, "{}", done.stderr);
    }
    // A loss is a warning, and refuses where the user says so.
    let lossy = ["convert", "demo.json", "--to", "aml", "--deny-loss"];
    let done = run(&demo(), lossy.iter().chain(&["-o", out, "--force"])).expect(1);
    let verdict = done.verdict();
    let want = "not ready: the conversion was refused: 1 warning (lossy-conversion)";
    assert_eq!(verdict, want);
}
