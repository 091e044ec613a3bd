//! Files that are worked on at the same time: what is reported, judged, said and fixed.

use std::fs;

use serde_json::Value;

use super::{classes, contents, place, timeless, with};
use crate::support::{run, run_configured};

#[test]
fn reports_cover_all_files_whatever_the_threads() {
    let place = place();
    place.write("in/b/broken.jsonl", "{\"image_url\":\"a\",\"label\":1");
    place.write("in/b/c.json", "");
    let all = ["1", "2", "7"].map(|jobs| {
        let args = [
            "--jobs",
            jobs,
            "--force",
            "--output",
            "json",
            "--output",
            "human=report.txt",
            "-v",
        ];
        let done = run(place.path(), with(&args)).expect(1);
        let human = place.read("report.txt");
        let contents = contents(&place.at("out"));
        (done.stdout, timeless(&done.stderr), human, contents)
    });
    assert!(
        all.windows(2).all(|pair| pair[0] == pair[1]),
        "{:?}",
        all.map(|run| run.1)
    );
    let report: Value = serde_json::from_slice(&all[0].0).unwrap();
    let paths = report["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| &input["path"]);
    let want = [
        "in/a.jsonl",
        "in/b/broken.jsonl",
        "in/b/c.jsonl",
        "in/b/d.jsonl",
    ];
    assert!(paths.eq(want), "{report}");
    assert_eq!(report["summary"]["documents"], 10);
    let want = "skipped in/b/c.json: it looks like an empty file\nskipped in/package.json: no label file\n\
        not converted: in/b/broken.jsonl\nconverted 3 files, 10 documents, 870 B; 1 refused, 1 skipped\n\
        not ready: the conversion was refused: 2 errors (no-counterpart, truncated-file)\n";
    assert_eq!(all[0].1, want);
    let checks = ["1", "3"].map(|jobs| {
        let args = [
            "check",
            "in",
            "out",
            "--no-texts",
            "--output",
            "json",
            "--jobs",
            jobs,
        ];
        run(place.path(), args).expect(1).stdout
    });
    assert!(checks[0] == checks[1]);
}

#[test]
fn each_file_is_judged_by_its_own_configuration() {
    let place = place();
    let to = ["convert", "in", "--to", "language", "--out", "out"];
    place.write("in/labelwright.toml", "no-texts = true\n");
    let done = run_configured(place.path(), to, b"").expect(0);
    done.says("converted 3 files");
    place.write(
        "in/b/labelwright.toml",
        "fail-on = \"note\"\nno-texts = true\n",
    );
    run_configured(place.path(), [&to[..], &["--force"]].concat(), b"").expect(1);
    place.write("in/b/labelwright.toml", "no-such-key = 1\n");
    let done = run_configured(place.path(), [&to[..], &["--force"]].concat(), b"").expect(2);
    done.says("no-such-key");
}

#[test]
fn the_last_line_sums_up() {
    let place = place();
    let check = ["check", "in", "--no-texts"];
    let done = run(place.path(), check).expect(0);
    assert!(!done.text().contains("checked"), "{}", done.text());
    let line = done
        .stderr
        .strip_prefix("checked 3 files, 10 documents, 870 B in ");
    assert!(
        line.is_some_and(|rest| rest.contains(" s")),
        "{}",
        done.stderr
    );
    assert_eq!(run(place.path(), [&check[..], &["-q"]].concat()).stderr, "");
    let json = run(place.path(), [&check[..], &["--output", "json"]].concat()).expect(0);
    assert!(
        json.stderr.starts_with("checked 3 files"),
        "{}",
        json.stderr
    );
    assert_eq!(json.report().0.as_object().unwrap().len(), 5);
    // One file that takes no time needs no line.
    let one = run(place.path(), ["check", "in/a.jsonl", "--no-texts"]).expect(0);
    assert_eq!(one.remarks(), "");
    let one = [
        "convert",
        "in/a.jsonl",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "a.json",
    ];
    let done = run(place.path(), one).expect(0);
    assert!(
        done.remarks()
            .contains("\nconverted 3 documents with 3 labels to a.json\nnext: "),
        "{}",
        done.stderr
    );
    let done = run(place.path(), with(&["-q"])).expect(0);
    assert!(!done.stderr.contains("converted"), "{}", done.stderr);
}

#[test]
fn files_are_fixed_side_by_side() {
    let place = place();
    let blank = |name: &str| {
        let path = place.at(name);
        let text = fs::read_to_string(&path).unwrap().replacen('\n', "\n\n", 1);
        fs::write(path, text).unwrap();
    };
    blank("in/a.jsonl");
    blank("in/b/d.jsonl");
    let args = ["check", "in", "--no-texts", "--jobs", "3"];
    let done = run(place.path(), [&args[..], &["--diff"]].concat()).expect(1);
    let text = done.text();
    let (first, second) = (
        text.find("+++ b/in/a.jsonl"),
        text.find("+++ b/in/b/d.jsonl"),
    );
    assert!(first.is_some() && first < second, "{text}");
    let done = run(place.path(), [&args[..], &["--fix"]].concat()).expect(0);
    let fixed = "fixed 1 finding in in/a.jsonl\nfixed 1 finding in in/b/d.jsonl\nchecked 3 files";
    assert!(done.stderr.starts_with(fixed), "{}", done.stderr);
    assert_eq!(place.read("in/b/d.jsonl"), classes(2));
}
