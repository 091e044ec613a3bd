//! What a later run goes by, and what it does once more.

use std::fs;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::{classes, fates, manifest, owned, place, timeless, with};
use crate::support::run;

#[test]
fn a_later_run_goes_on_where_one_ended() {
    let place = place();
    let (root, out) = (place.path(), place.at("out"));
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
    assert_eq!(timeless(done.remarks()), "converted 0 files; 3 unchanged\n");
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
    let (root, out) = (place.path(), place.at("out"));
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
    done.says("out/a.json exists, from an earlier run; `--resume`");
    assert!(done.remarks().ends_with("; 3 failed\n"), "{}", done.stderr);
    run(root, with(&["--resume", "--losses", "kept"])).expect(0);
    assert_eq!(fates_now(), ["unchanged"; 3]);
}

#[test]
fn refused_files_are_tried_again() {
    let place = place();
    let (root, out) = (place.path(), place.at("out"));
    let input = root.join("in/b/c.jsonl");
    run(root, with(&[])).expect(0);
    let whole = fs::read(out.join("b/c.json")).unwrap();
    fs::write(&input, "{\"image_url\":1\n").unwrap();
    for _ in 0..2 {
        let done = run(root, with(&["--resume"])).expect(1);
        done.says("not converted: in/b/c.jsonl");
        assert!(
            done.remarks().ends_with("; 2 unchanged, 1 refused\n"),
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
    place.write("in/a.jsonl", twice);
    let lenient = with(&["--resume", "--warn", "document-duplicate"]);
    run(place.path(), with(&["--resume"])).expect(1);
    let done = run(place.path(), with(&["--resume"])).expect(1);
    done.says("the unchanged files have 1 error and 0 warnings");
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
    let out = place.at("out");
    let path = out.join(".labelwright-manifest.jsonl");
    run(place.path(), with(&[])).expect(0);
    let whole = fs::read_to_string(&path).unwrap();
    let cut = whole.len() - 20;
    fs::write(&path, &whole[..cut]).unwrap();
    // The file of the torn line is not known to be the program's own.
    let done = run(place.path(), with(&["--resume"])).expect(2);
    done.says("error: out/b/d.json exists");
    assert!(
        done.remarks().ends_with("; 2 unchanged, 1 failed\n"),
        "{}",
        done.stderr
    );
    fs::write(&path, format!("{{}}\n{whole}")).unwrap();
    let done = run(place.path(), with(&["--resume"])).expect(2);
    done.says("line 1 is no line of a manifest");
    run(place.path(), with(&["--force"])).expect(0);
    assert_eq!(manifest(&out).len(), 3);
}
