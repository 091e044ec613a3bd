//! `--write-baseline` and `--baseline`: what makes a finding the same tomorrow, and what a baseline does.

mod corpus;
mod files;
mod same;

use serde_json::{Value, json};

use self::corpus::{Corpus, Place, lines};
use crate::support::run;

#[test]
fn what_is_known_leaves_the_status_0_and_what_is_new_does_not() {
    let place = Place::of(&Corpus::bad());
    place.check(&[]).expect(1);
    let written = place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    written.says("wrote 11 findings to known.jsonl");
    let done = place.check(&["--baseline", "known.jsonl", "--output", "json"]);
    let done = done.expect(0);
    done.says("known.jsonl: 0 new, 11 known, 0 fixed");
    let report = done.report();
    assert_eq!(report.findings(), [] as [Value; 0]);
    let counts = &report.0["summary"]["baseline"];
    assert_eq!(*counts, json!({"new": 0, "known": 11, "fixed": 0}));

    let mut worse = Corpus::bad();
    worse
        .label("three.txt", 10, 16, "City")
        .label("two.txt", 4, 4, "River");
    place.put(&worse);
    let done = place.check(&["--baseline", "known.jsonl", "--output", "json"]);
    let done = done.expect(1);
    assert_eq!(done.report().rules(), ["span-empty", "spans-duplicate"]);
    done.says("known.jsonl: 2 new, 11 known, 0 fixed");
    done.says("not ready: 1 error (span-empty)");
}

/// The limits of warnings are for those that are new, too.
#[test]
fn limits_count_what_is_new() {
    let place = Place::of(&Corpus::bad());
    place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    for limit in [&["--max-warnings", "0"][..], &["--fail-on", "note"]] {
        place.check(limit).expect(1);
        let known = [limit, &["--baseline", "known.jsonl"]].concat();
        place.check(&known).expect(0);
    }
}

#[test]
fn a_fix_takes_away_exactly_its_line() {
    let place = Place::of(&Corpus::bad());
    place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    let before = place.lines("known.jsonl");
    for (document, start, end, rule) in [
        ("three.txt", 10, 10, "span-empty"),
        ("two.txt", 20, 99, "span-out-of-bounds"),
        ("two.txt", 10, 14, "spans-duplicate"),
        ("one.txt", 27, 34, "span-cuts-word"),
    ] {
        let mut fixed = Corpus::bad();
        fixed.remove(document, start, end);
        place.put(&fixed);
        let done = place.check(&["--baseline", "known.jsonl"]).expect(0);
        done.says("known.jsonl: 0 new, 10 known, 1 fixed");
        done.says(&format!("not found any more: `{rule}` in `{document}`"));
        done.says("`--write-baseline known.jsonl` writes it without them");
        place.check(&["--write-baseline", "next.jsonl"]).expect(0);
        let after = place.lines("next.jsonl");
        let gone: Vec<&String> = before.iter().filter(|it| !after.contains(it)).collect();
        assert_eq!(gone.len(), 1, "{gone:?}");
        assert!(gone[0].contains(rule), "{gone:?}");
        assert_eq!(after.len() + 1, before.len());
    }
}

/// Where one of equal findings is known, the second one is new.
#[test]
fn equal_findings_are_counted() {
    let mut corpus = Corpus::bad();
    let place = Place::of(&corpus);
    place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    corpus.label("two.txt", 10, 14, "River");
    place.put(&corpus);
    let done = place.check(&["--baseline", "known.jsonl", "--output", "json"]);
    assert_eq!(done.report().rules(), ["spans-duplicate"]);
}

/// It hides what else there is.
#[test]
fn what_is_wrong_with_the_syntax_is_never_known() {
    let place = Place::of(&Corpus::bad());
    let broken = place.labels() + "{\"image_url\":\n";
    place.0.write("labels.jsonl", broken);
    let written = place.check(&["--write-baseline", "known.jsonl"]).expect(1);
    written.says("not ready: 1 error (invalid-json)");
    assert!(!place.0.read("known.jsonl").contains("invalid-json"));
    // Nor where somebody writes it there.
    let line = place.lines("known.jsonl")[0].replace("document-count", "invalid-json");
    let report = place.check(&["--output", "json"]).report();
    let found = report.findings().iter();
    let mut found = found.filter(|it| it["rule"] == "invalid-json");
    let print = found.next().unwrap()["fingerprint"].as_str().unwrap();
    let mut line: Value = serde_json::from_str(&line).unwrap();
    line["fingerprint"] = print.into();
    let own = place.0.read("known.jsonl") + &line.to_string() + "\n";
    place.0.write("known.jsonl", own);
    let done = place.check(&["--baseline", "known.jsonl", "--output", "json"]);
    assert_eq!(done.expect(1).report().rules(), ["invalid-json"]);
}

#[test]
fn what_is_fixed_by_machine_is_not_known_any_more() {
    let mut corpus = Corpus::bad();
    // Spans that speak for another way of counting would not be fixed.
    corpus.remove("one.txt", 44, 51);
    corpus.remove("one.txt", 27, 34);
    corpus.remove("two.txt", 20, 99);
    let place = Place::of(&corpus);
    place
        .check(&["--write-baseline", "known.jsonl"])
        .expect(0)
        .says("wrote 7 findings");
    let done = place.check(&["--baseline", "known.jsonl", "--fix"]);
    let done = done.expect(0);
    done.says("fixed");
    done.says("known.jsonl: 0 new, 6 known, 1 fixed");
    done.says("not found any more: `spans-duplicate` in `two.txt`");
    // Both flags at once write what is left.
    let both = [
        "--baseline",
        "known.jsonl",
        "--write-baseline",
        "known.jsonl",
    ];
    let done = place.check(&both).expect(0);
    done.says("wrote 6 findings to known.jsonl");
    assert!(
        !done.stderr.contains("writes it without"),
        "{}",
        done.stderr
    );
    let done = place.check(&["--baseline", "known.jsonl"]).expect(0);
    done.says("known.jsonl: 0 new, 6 known, 0 fixed");
}

#[test]
fn a_baseline_has_its_members_and_no_words_of_a_document() {
    let place = Place::of(&Corpus::bad());
    place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    let text = place.0.read("known.jsonl");
    for word in Corpus::bad().words() {
        assert!(!text.contains(&word), "{word}");
    }
    let found = place.lines("known.jsonl");
    assert!(found.is_sorted());
    assert!(text.ends_with('\n'));
    let members = ["path", "rule", "document", "label", "fingerprint", "text"];
    for line in &found {
        let line: Value = serde_json::from_str(line).unwrap();
        let line = line.as_object().unwrap();
        assert!(line.keys().all(|key| members.contains(&&**key)), "{line:?}");
        for print in [
            Some("fingerprint"),
            line.contains_key("text").then_some("text"),
        ] {
            let print = print.map_or("0123456789abcdef", |name| line[name].as_str().unwrap());
            assert_eq!(print.len(), 16);
            assert!(print.bytes().all(|byte| byte.is_ascii_hexdigit()));
        }
        assert_eq!(line["path"], "labels.jsonl");
    }
}

#[test]
fn the_same_run_writes_the_same_bytes() {
    let place = Place::of(&Corpus::bad());
    place
        .0
        .write("more.jsonl", place.labels().replace("one.txt", "two.txt"));
    let folder = place.0.path().to_str().unwrap().to_owned();
    let all = ["check", "labels.jsonl", "more.jsonl", "--write-baseline"];
    for (name, more) in [
        ("a", &["--jobs", "1"][..]),
        ("b", &["--jobs", "8"]),
        ("c", &[]),
    ] {
        run(place.0.path(), all.iter().chain(&[name]).chain(more)).expect(0);
    }
    // Whole paths, from another folder, and the files the other way round.
    let whole = |name: &str| format!("{folder}/{name}");
    let (more, labels, to) = (whole("more.jsonl"), whole("labels.jsonl"), whole("d"));
    let elsewhere = std::env::temp_dir();
    run(
        &elsewhere,
        ["check", &*more, &*labels, "--write-baseline", &*to],
    )
    .expect(0);
    // Twice over the same file.
    run(place.0.path(), all.iter().chain(&["c"])).expect(0);
    let first = place.0.read("a");
    assert!(first.lines().count() > 15, "{first}");
    for name in ["b", "c", "d"] {
        assert_eq!(place.0.read(name), first, "{name}");
    }
}

/// In a git repository every line is a finding, so two that are added meet only where they are neighbours.
#[test]
fn a_merge_conflict_is_told_with_its_line() {
    let place = Place::of(&Corpus::bad());
    place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    let all = place.lines("known.jsonl");
    for (mark, line) in [("<<<<<<< HEAD", 1), ("=======", 3), (">>>>>>> topic", 12)] {
        let mut merged = all.clone();
        merged.insert(line - 1, mark.to_owned());
        place.0.write("merged.jsonl", lines(&merged));
        let done = place.check(&["--baseline", "merged.jsonl"]).expect(2);
        done.says(&format!(
            "merged.jsonl: line {line}: it has a merge conflict"
        ));
        done.says("keep the lines of both sides");
    }
    // What `merge=union` leaves: lines of both sides, some twice and none sorted.
    let mut both = all.clone();
    both.reverse();
    both.extend(all.iter().take(4).cloned());
    place.0.write("merged.jsonl", lines(&both));
    let done = place.check(&["--baseline", "merged.jsonl"]).expect(0);
    done.says("merged.jsonl: 0 new, 11 known, 0 fixed");
}

#[test]
fn what_is_no_baseline_is_status_2() {
    let place = Place::of(&Corpus::bad());
    place.0.write("own.txt", "notes\n");
    for (args, want) in [
        (["--baseline", "none.jsonl"], "none.jsonl"),
        (["--baseline", "own.txt"], "own.txt: line 1"),
        (["--baseline", "labels.jsonl"], "labels.jsonl"),
        (
            ["--write-baseline", "labels.jsonl"],
            "would be written over",
        ),
        (["--write-baseline", "own.txt"], "own.txt"),
    ] {
        let done = place.check(&args).expect(2);
        done.says(want);
    }
    assert_eq!(place.0.read("own.txt"), "notes\n");
}
