//! Folders and many files: what is written where, what a later run goes by, and what is said.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::support::{files, names, run, run_configured};

#[cfg(unix)]
mod trouble;

/// A class export of so many documents.
pub(super) fn classes(documents: usize) -> String {
    let line = |number: usize| {
        let label = ["Refund", "Thanks"][number % 2];
        format!(
            "{{\"image_url\":\"AmlDatastore://ds/d{number:07}.txt\",\"label\":\"{label}\",\"label_confidence\":1.0}}\n"
        )
    };
    (0..documents).map(line).collect()
}

/// A folder of label files: `in/a.jsonl`, `in/b/c.jsonl`, `in/b/d.jsonl`, and things that are none.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("in/a.jsonl", &classes(3));
    write("in/b/c.jsonl", &classes(5));
    write("in/b/d.jsonl", &classes(2));
    write("in/package.json", "{\"name\": 1}");
    write("in/readme.txt", "no label file");
    write("in/.hidden/a.jsonl", &classes(1));
    place
}

const TO_LANGUAGE: [&str; 7] = [
    "convert",
    "in",
    "--to",
    "language",
    "--no-texts",
    "--out",
    "out",
];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&TO_LANGUAGE[..], more].concat()
}

fn manifest(folder: &Path) -> BTreeMap<String, Value> {
    let text = fs::read_to_string(folder.join(".labelwright-manifest.jsonl")).unwrap();
    let lines = text
        .lines()
        .map(|line| -> Value { serde_json::from_str(line).unwrap() });
    let named: Vec<(String, Value)> = lines
        .map(|line| (line["input"].as_str().unwrap().to_owned(), line))
        .collect();
    assert!(named.is_sorted_by(|a, b| a.0 < b.0), "{text}");
    named.into_iter().collect()
}

/// The status of each input.
fn fates(folder: &Path) -> Vec<(String, String)> {
    let lines = manifest(folder).into_iter();
    let fate = |line: &Value| line["status"].as_str().unwrap().to_owned();
    lines.map(|(input, line)| (input, fate(&line))).collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
    pairs.iter().map(owned).collect()
}

/// Files of a folder by name, with their contents, but for the manifest.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let found = files(folder).into_iter();
    let named = found.map(|path| (path.strip_prefix(folder).unwrap().to_owned(), path));
    named
        .filter(|(name, _)| name != Path::new(".labelwright-manifest.jsonl"))
        .map(|(name, path)| (name, fs::read(path).unwrap()))
        .collect()
}

/// What is said on stderr without the time that it took.
fn timeless(stderr: &str) -> String {
    let line = |line: &str| match line.split_once(" in ") {
        Some((before, after)) if line.starts_with('c') => {
            let others = after.split_once("; ").map_or("", |(_, others)| others);
            format!("{before}; {others}\n")
        }
        _ => format!("{line}\n"),
    };
    stderr.lines().map(line).collect()
}

#[test]
fn a_folder_is_converted_to_a_folder() {
    let place = place();
    let done = run(place.path(), with(&["-v"])).expect(0);
    assert!(done.stdout.is_empty(), "{}", done.text());
    assert!(
        done.stderr.contains("skipped in/package.json"),
        "{}",
        done.stderr
    );
    let out = place.path().join("out");
    let made = contents(&out);
    let want = ["a.json", "b/c.json", "b/d.json"];
    assert!(made.keys().eq(want.map(Path::new)), "{made:?}");
    for name in ["a", "b/c", "b/d"] {
        let input = format!("in/{name}.jsonl");
        let args = ["convert", &input, "--to", "language", "--no-texts"];
        let alone = run(place.path(), args).expect(0);
        assert!(
            made[&PathBuf::from(format!("{name}.json"))] == alone.stdout,
            "{name}"
        );
    }
    let manifest = manifest(&out);
    assert!(manifest.keys().eq(["a.jsonl", "b/c.jsonl", "b/d.jsonl"]));
    let line = &manifest["b/c.jsonl"];
    assert_eq!(line["output"], "b/c.json");
    assert_eq!(line["status"], "converted");
    assert_eq!(
        (&line["documents"], &line["labels"]),
        (&5.into(), &5.into())
    );
    assert_eq!(
        (&line["errors"], &line["warnings"], &line["notes"]),
        (&0.into(), &0.into(), &1.into())
    );
    for (stamp, path) in [("read", "in/b/c.jsonl"), ("written", "out/b/c.json")] {
        let bytes = fs::read(place.path().join(path)).unwrap();
        assert_eq!(line[stamp]["size"], bytes.len(), "{path}");
        let hash = twox_hash::XxHash3_64::oneshot(&bytes);
        assert_eq!(line[stamp]["xxh3"], format!("{hash:016x}"), "{path}");
        let modified = fs::metadata(place.path().join(path))
            .unwrap()
            .modified()
            .unwrap();
        let since = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let since = format!("{}.{:09}", since.as_secs(), since.subsec_nanos());
        assert_eq!(line[stamp]["modified"], since, "{path}");
    }
    // The manifest and the outputs are no inputs, and can be checked as a folder.
    let back = [
        "convert",
        "out",
        "--to",
        "aml",
        "--no-texts",
        "--out",
        "back",
    ];
    let done = run(place.path(), back).expect(0);
    assert!(
        done.stderr.contains("converted 3 files, 10 documents"),
        "{}",
        done.stderr
    );
    let done = run(
        place.path(),
        ["check", "out", "--no-texts", "--output", "json"],
    );
    assert_eq!(done.report().0["inputs"].as_array().unwrap().len(), 3);
}

#[test]
fn reports_cover_all_files_whatever_the_threads() {
    let place = place();
    fs::write(
        place.path().join("in/b/broken.jsonl"),
        "{\"image_url\":\"a\",\"label\":1",
    )
    .unwrap();
    fs::write(place.path().join("in/b/c.json"), "").unwrap();
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
        let human = fs::read_to_string(place.path().join("report.txt")).unwrap();
        let contents = contents(&place.path().join("out"));
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
    let want = "skipped in/b/c.json: no label file\nskipped in/package.json: no label file\n\
        not converted: in/b/broken.jsonl\nconverted 3 files, 10 documents, 870 B; 1 refused\n";
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
fn two_files_never_become_one() {
    let place = place();
    // No label file, so it is in nobody's way.
    fs::write(place.path().join("in/a.json"), "{}").unwrap();
    run(place.path(), with(&[])).expect(0);
    fs::remove_dir_all(place.path().join("out")).unwrap();
    fs::copy(
        place.path().join("in/b/c.jsonl"),
        place.path().join("in/b/d.json"),
    )
    .unwrap();
    let done = run(place.path(), with(&["--force"])).expect(2);
    let want =
        "error: in/b/d.json and in/b/d.jsonl would both write out/b/d.json; rename one of them\n";
    assert_eq!(done.stderr, want);
    assert!(!place.path().join("out").exists(), "nothing was written");
    // A ledger is a file too.
    fs::remove_file(place.path().join("in/b/d.json")).unwrap();
    fs::write(place.path().join("in/a.losses.json"), classes(1)).unwrap();
    let to_aml = [
        "convert", "in", "--to", "aml", "--out", "out", "--losses", "out",
    ];
    let done = run(place.path(), to_aml).expect(2);
    assert!(
        done.stderr.contains("would both write out/a.losses.jsonl"),
        "{}",
        done.stderr
    );
    assert!(!place.path().join("out").exists(), "nothing was written");
}

#[test]
fn folders_must_go_together() {
    let place = place();
    fs::write(place.path().join("file"), "precious").unwrap();
    let before = contents(place.path());
    for (args, want) in [
        (&["convert", "in", "--to", "aml"][..], "give `--out DIR`"),
        (
            &["convert", "in", "--to", "aml", "-o", "-"],
            "give `--out DIR`",
        ),
        (
            &["convert", "in", "--to", "aml", "-o", "file"],
            "file is a file",
        ),
        (
            &["convert", "in", "--to", "aml", "-o", "in"],
            "the output folder is the input folder",
        ),
        (
            &["convert", "in", "--to", "aml", "-o", "in/b/../"],
            "the output folder is the input folder",
        ),
        (
            &[
                "convert", "in", "--to", "aml", "-o", "out", "--losses", "file",
            ],
            "file is a file",
        ),
        (
            &[
                "convert",
                "in",
                "--to",
                "aml",
                "-o",
                "out",
                "--restore",
                "file",
            ],
            "file is a file",
        ),
        (
            &[
                "convert",
                "in",
                "--to",
                "language",
                "-o",
                "out",
                "--project-name",
                "x",
            ],
            "names one project",
        ),
        (
            &[
                "convert",
                "in/a.jsonl",
                "--to",
                "aml",
                "-o",
                "out",
                "--resume",
            ],
            "`--resume` is for folders",
        ),
        (
            &[
                "convert", "in", "--to", "aml", "-o", "out", "--texts", "nowhere",
            ],
            "cannot read nowhere",
        ),
        (
            &["convert", "in/.hidden", "--to", "aml", "-o", "file/x"],
            "cannot write file/x",
        ),
    ] {
        let done = run(place.path(), args).expect(2);
        assert!(done.stderr.contains(want), "{args:?}: {}", done.stderr);
        assert!(done.stdout.is_empty(), "{args:?}");
    }
    assert!(contents(place.path()) == before, "nothing was written");
}

#[test]
fn an_input_is_never_written_over() {
    let place = place();
    fs::create_dir(place.path().join("empty")).unwrap();
    let done = run(
        place.path(),
        ["convert", "empty", "--to", "aml", "-o", "out"],
    )
    .expect(2);
    assert!(
        done.stderr.contains("no label file found"),
        "{}",
        done.stderr
    );
    // An output folder above the inputs may hold them, but none may be written over.
    fs::create_dir_all(place.path().join("x/x")).unwrap();
    fs::write(place.path().join("x/a.jsonl"), classes(1)).unwrap();
    fs::write(place.path().join("x/x/a.jsonl"), classes(2)).unwrap();
    let args = ["convert", "x", "--to", "aml", "-o", ".", "--force"];
    let done = run(place.path(), args).expect(2);
    let want = "./x/a.jsonl would be written over x/a.jsonl, which is an input";
    assert!(done.stderr.contains(want), "{}", done.stderr);
    assert_eq!(
        fs::read_to_string(place.path().join("x/a.jsonl")).unwrap(),
        classes(1)
    );
}

#[test]
fn what_is_written_within_the_input_folder_is_no_input() {
    let place = place();
    let args = [
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "in/made",
        "--losses",
        "in/kept",
        "--force",
    ];
    for _ in 0..2 {
        let done = run(place.path(), args).expect(0);
        assert!(
            done.stderr.contains("converted 3 files, 10 documents"),
            "{}",
            done.stderr
        );
        assert_eq!(
            names(&place.path().join("in/made")),
            [".labelwright-manifest.jsonl", "a.json", "b"]
        );
        assert_eq!(
            names(&place.path().join("in/kept")),
            ["a.losses.jsonl", "b"]
        );
    }
}

#[test]
fn ledgers_of_a_folder_bring_all_back() {
    let place = place();
    let original = classes(4).replace(
        "\"label_confidence\":1.0",
        "\"label_confidence\":0.25,\"who\":[7]",
    );
    fs::write(place.path().join("in/b/c.jsonl"), &original).unwrap();
    run(place.path(), with(&["--losses", "kept", "--deny-loss"])).expect(0);
    let ledgers = contents(&place.path().join("kept"));
    let want = ["a.losses.jsonl", "b/c.losses.jsonl", "b/d.losses.jsonl"];
    assert!(
        ledgers.keys().eq(want.map(Path::new)),
        "{:?}",
        ledgers.keys()
    );
    // A ledger that is not there is not put back.
    fs::remove_file(place.path().join("kept/a.losses.jsonl")).unwrap();
    let back = [
        "convert",
        "out",
        "--to",
        "aml",
        "--no-texts",
        "-o",
        "back",
        "--restore",
        "kept",
    ];
    run(place.path(), back).expect(0);
    assert_eq!(
        fs::read_to_string(place.path().join("back/b/c.jsonl")).unwrap(),
        original
    );
    assert_eq!(
        fs::read_to_string(place.path().join("back/b/d.jsonl")).unwrap(),
        classes(2)
    );
    let plain = fs::read_to_string(place.path().join("back/a.jsonl")).unwrap();
    assert!(
        plain.contains("workspaceblobstore") || plain.contains("AmlDatastore://ds/"),
        "{plain}"
    );
    // A ledger of the wrong direction fails its file and no other.
    let there = [
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "there",
        "--restore",
        "kept",
    ];
    let done = run(place.path(), there).expect(2);
    assert!(
        done.stderr
            .contains("the ledger is of a conversion from aml to language"),
        "{}",
        done.stderr
    );
    assert_eq!(
        fates(&place.path().join("there")),
        owned(&[
            ("a.jsonl", "converted"),
            ("b/c.jsonl", "failed"),
            ("b/d.jsonl", "failed")
        ])
    );
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let place = place();
    let out = place.path().join("out");
    let bad = place.path().join("in/b/bad.jsonl");
    fs::write(&bad, "{\"image_url\":1\n").unwrap();
    let done = run(place.path(), with(&[])).expect(1);
    assert!(
        done.stderr.contains("not converted: in/b/bad.jsonl\n"),
        "{}",
        done.stderr
    );
    let want = [
        ("a.jsonl", "converted"),
        ("b/bad.jsonl", "refused"),
        ("b/c.jsonl", "converted"),
        ("b/d.jsonl", "converted"),
    ];
    assert_eq!(fates(&out), owned(&want));
    let line = &manifest(&out)["b/bad.jsonl"];
    assert!(
        line["errors"].as_u64().unwrap() > 0 && line.get("written").is_none(),
        "{line}"
    );
    assert!(!out.join("b/bad.json").exists());
    // A file that was there before is nobody's to replace.
    fs::remove_dir_all(&out).unwrap();
    fs::create_dir_all(out.join("b/d.json")).unwrap();
    fs::write(out.join("a.json"), "precious").unwrap();
    for more in [&[][..], &["--resume"]] {
        let done = run(place.path(), with(more)).expect(2);
        assert!(
            done.stderr
                .contains("error: out/a.json exists; `--force` replaces it\n"),
            "{}",
            done.stderr
        );
        assert!(done.stderr.contains("out/b/d.json"), "{}", done.stderr);
        assert_eq!(fs::read_to_string(out.join("a.json")).unwrap(), "precious");
        assert!(out.join("b/c.json").is_file());
        let manifest = manifest(&out);
        assert_eq!(manifest["a.jsonl"]["status"], "failed");
        assert_eq!(
            manifest["a.jsonl"]["error"],
            "out/a.json exists; `--force` replaces it"
        );
        let _ = fs::remove_file(out.join("b/c.json"));
    }
    let done = run(place.path(), with(&["--force"])).expect(2);
    assert!(!done.stderr.contains("out/a.json"), "{}", done.stderr);
    assert!(
        fs::read_to_string(out.join("a.json"))
            .unwrap()
            .contains("Refund")
    );
}

#[test]
fn a_later_run_goes_on_where_one_ended() {
    let place = place();
    let (root, out) = (place.path(), place.path().join("out"));
    let fates_now = || {
        fates(&out)
            .into_iter()
            .map(|(_, fate)| fate)
            .collect::<Vec<_>>()
    };
    // With nothing done, everything is.
    run(root, with(&["--resume"])).expect(0);
    assert_eq!(fates_now(), ["converted"; 3]);
    let first = manifest(&out);
    let done = run(root, with(&["--resume"])).expect(0);
    assert_eq!(timeless(&done.stderr), "converted 0 files; 3 unchanged\n");
    assert_eq!(fates_now(), ["unchanged"; 3]);
    for (input, line) in manifest(&out) {
        let mut then = first[&input].clone();
        then["status"] = "unchanged".into();
        assert_eq!(line, then);
    }
    // Machines get a report, if of nothing.
    let done = run(root, with(&["--resume", "--output", "json"])).expect(0);
    assert_eq!(done.report().0["inputs"], Value::Array(Vec::new()));

    // A new time alone changes nothing; other bytes do, be they as many.
    let later = SystemTime::now() + Duration::from_secs(100);
    let touch = |name: &str| {
        let file = fs::File::options().write(true).open(root.join(name));
        file.unwrap().set_modified(later).unwrap();
    };
    touch("in/a.jsonl");
    touch("out/b/d.json");
    let other = classes(5).replace("Refund", "Reward");
    fs::write(root.join("in/b/c.jsonl"), &other).unwrap();
    run(root, with(&["--resume"])).expect(0);
    assert_eq!(fates_now(), ["unchanged", "converted", "unchanged"]);
    assert!(
        fs::read_to_string(out.join("b/c.json"))
            .unwrap()
            .contains("Reward")
    );
    assert_ne!(
        manifest(&out)["a.jsonl"]["read"]["modified"],
        first["a.jsonl"]["read"]["modified"]
    );

    // An output that is gone is made again.
    fs::remove_file(out.join("b/d.json")).unwrap();
    run(root, with(&["--resume"])).expect(0);
    assert_eq!(fates_now(), ["unchanged", "unchanged", "converted"]);

    // An input that is gone has no line, and a new one gets its own.
    fs::rename(root.join("in/a.jsonl"), root.join("in/new.jsonl")).unwrap();
    run(root, with(&["--resume"])).expect(0);
    assert_eq!(
        fates(&out),
        owned(&[
            ("b/c.jsonl", "unchanged"),
            ("b/d.jsonl", "unchanged"),
            ("new.jsonl", "converted")
        ])
    );
}

#[test]
fn what_others_or_other_options_made_is_no_reason_to_pass_over() {
    let place = place();
    let (root, out) = (place.path(), place.path().join("out"));
    let fates_now = || {
        let fates = fates(&out).into_iter();
        fates.map(|(_, fate)| fate).collect::<Vec<_>>()
    };
    run(root, with(&[])).expect(0);
    // One that somebody has worked on stays.
    fs::write(out.join("b/d.json"), "precious").unwrap();
    let done = run(root, with(&["--resume"])).expect(2);
    let want = "error: out/b/d.json was changed after it was written; `--force` replaces it\n";
    assert!(done.stderr.starts_with(want), "{}", done.stderr);
    assert_eq!(
        fs::read_to_string(out.join("b/d.json")).unwrap(),
        "precious"
    );
    run(root, with(&["--force", "--resume"])).expect(0);
    assert_eq!(fates_now(), ["unchanged", "unchanged", "converted"]);

    // Other options make other outputs.
    run(root, with(&["--resume", "--language", "de"])).expect(0);
    assert_eq!(fates_now(), ["converted"; 3]);
    assert!(
        fs::read_to_string(out.join("a.json"))
            .unwrap()
            .contains("\"de\"")
    );
    run(
        root,
        with(&[
            "--resume",
            "--language",
            "de",
            "--jobs",
            "1",
            "--output",
            "json",
        ]),
    )
    .expect(0);
    assert_eq!(fates_now(), ["unchanged"; 3]);
    run(
        root,
        with(&["--resume", "--language", "de", "--deny", "documents"]),
    )
    .expect(0);
    assert_eq!(fates_now(), ["converted"; 3]);
    run(root, with(&["--resume", "--losses", "kept"])).expect(0);
    fs::remove_file(root.join("kept/a.losses.jsonl")).unwrap();
    run(root, with(&["--resume", "--losses", "kept"])).expect(0);
    assert_eq!(fates_now(), ["converted", "unchanged", "unchanged"]);
    assert!(root.join("kept/a.losses.jsonl").is_file());

    // A run without `--resume` replaces nothing, and spoils nothing for the next one.
    let done = run(root, with(&["--losses", "kept"])).expect(2);
    assert!(
        done.stderr
            .contains("out/a.json exists, from an earlier run; `--resume`"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.ends_with("; 3 failed\n"), "{}", done.stderr);
    run(root, with(&["--resume", "--losses", "kept"])).expect(0);
    assert_eq!(fates_now(), ["unchanged"; 3]);
}

#[test]
fn refused_files_are_tried_again() {
    let place = place();
    let (root, out) = (place.path(), place.path().join("out"));
    let input = root.join("in/b/c.jsonl");
    run(root, with(&[])).expect(0);
    let whole = fs::read(out.join("b/c.json")).unwrap();
    fs::write(&input, "{\"image_url\":1\n").unwrap();
    for _ in 0..2 {
        let done = run(root, with(&["--resume"])).expect(1);
        assert!(
            done.stderr.contains("not converted: in/b/c.jsonl"),
            "{}",
            done.stderr
        );
        assert!(
            done.stderr.ends_with("; 2 unchanged, 1 refused\n"),
            "{}",
            done.stderr
        );
        assert!(
            fs::read(out.join("b/c.json")).unwrap() == whole,
            "the old output is whole"
        );
    }
    // The old output is this program's own still.
    fs::write(&input, classes(6)).unwrap();
    run(root, with(&["--resume"])).expect(0);
    assert_eq!(manifest(&out)["b/c.jsonl"]["status"], "converted");
    assert_eq!(manifest(&out)["b/c.jsonl"]["documents"], 6);
}

#[test]
fn what_was_found_before_counts_when_a_file_is_passed_over() {
    let place = place();
    // The same document twice is an error, and is converted.
    let twice = format!("{}{}", classes(1), classes(1));
    fs::write(place.path().join("in/a.jsonl"), twice).unwrap();
    let lenient = with(&["--resume", "--warn", "document-duplicate"]);
    run(place.path(), with(&["--resume"])).expect(1);
    let done = run(place.path(), with(&["--resume"])).expect(1);
    assert!(
        done.stderr
            .contains("the unchanged files have 1 error and 0 warnings"),
        "{}",
        done.stderr
    );
    run(place.path(), lenient.clone()).expect(0);
    run(
        place.path(),
        [&lenient[..], &["--max-warnings", "0"]].concat(),
    )
    .expect(1);
    run(
        place.path(),
        [&lenient[..], &["--fail-on", "warning"]].concat(),
    )
    .expect(1);
    run(
        place.path(),
        [&lenient[..], &["--max-warnings", "1"]].concat(),
    )
    .expect(0);
    let done = run(place.path(), [&lenient[..], &["-q"]].concat()).expect(0);
    assert_eq!(done.stderr, "");
}

#[test]
fn a_torn_line_of_the_manifest_is_nothing_and_a_strange_one_an_error() {
    let place = place();
    let out = place.path().join("out");
    let path = out.join(".labelwright-manifest.jsonl");
    run(place.path(), with(&[])).expect(0);
    let whole = fs::read_to_string(&path).unwrap();
    let cut = whole.len() - 20;
    fs::write(&path, &whole[..cut]).unwrap();
    // The file of the torn line is not known to be the program's own.
    let done = run(place.path(), with(&["--resume"])).expect(2);
    assert!(
        done.stderr.contains("error: out/b/d.json exists"),
        "{}",
        done.stderr
    );
    assert!(
        done.stderr.ends_with("; 2 unchanged, 1 failed\n"),
        "{}",
        done.stderr
    );
    fs::write(&path, format!("{{}}\n{whole}")).unwrap();
    let done = run(place.path(), with(&["--resume"])).expect(2);
    assert!(
        done.stderr.contains("line 1 is no line of a manifest"),
        "{}",
        done.stderr
    );
    run(place.path(), with(&["--force"])).expect(0);
    assert_eq!(manifest(&out).len(), 3);
}

#[test]
fn each_file_is_judged_by_its_own_configuration() {
    let place = place();
    let to = ["convert", "in", "--to", "language", "--out", "out"];
    fs::write(
        place.path().join("in/labelwright.toml"),
        "no-texts = true\n",
    )
    .unwrap();
    let done = run_configured(place.path(), to, b"").expect(0);
    assert!(done.stderr.contains("converted 3 files"), "{}", done.stderr);
    fs::write(
        place.path().join("in/b/labelwright.toml"),
        "fail-on = \"note\"\nno-texts = true\n",
    )
    .unwrap();
    run_configured(place.path(), [&to[..], &["--force"]].concat(), b"").expect(1);
    fs::write(
        place.path().join("in/b/labelwright.toml"),
        "no-such-key = 1\n",
    )
    .unwrap();
    let done = run_configured(place.path(), [&to[..], &["--force"]].concat(), b"").expect(2);
    assert!(done.stderr.contains("no-such-key"), "{}", done.stderr);
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
    assert_eq!(one.stderr, "");
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
        done.stderr
            .ends_with("\nconverted 3 documents with 3 labels to a.json\n"),
        "{}",
        done.stderr
    );
    let done = run(place.path(), with(&["-q"])).expect(0);
    assert!(!done.stderr.contains("converted"), "{}", done.stderr);
}

#[test]
fn files_are_mended_side_by_side() {
    let place = place();
    let blank = |name: &str| {
        let path = place.path().join(name);
        let text = fs::read_to_string(&path).unwrap().replacen('\n', "\n\n", 1);
        fs::write(path, text).unwrap();
    };
    blank("in/a.jsonl");
    blank("in/b/d.jsonl");
    let args = ["check", "in", "--no-texts", "--jobs", "3"];
    let done = run(place.path(), [&args[..], &["--diff"]].concat()).expect(0);
    let text = done.text();
    let (first, second) = (
        text.find("+++ b/in/a.jsonl"),
        text.find("+++ b/in/b/d.jsonl"),
    );
    assert!(first.is_some() && first < second, "{text}");
    let done = run(place.path(), [&args[..], &["--fix"]].concat()).expect(0);
    let fixed = "mended 1 finding in in/a.jsonl\nmended 1 finding in in/b/d.jsonl\nchecked 3 files";
    assert!(done.stderr.starts_with(fixed), "{}", done.stderr);
    assert_eq!(
        fs::read_to_string(place.path().join("in/b/d.jsonl")).unwrap(),
        classes(2)
    );
}
