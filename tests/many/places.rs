//! Which file goes where, and what is never written over.

use std::fs;

use super::{classes, contents, place, with};
use crate::support::{names, run};

#[test]
fn two_files_never_become_one() {
    let place = place();
    // No label file, so it is in nobody's way.
    place.write("in/a.json", "{}");
    run(place.path(), with(&[])).expect(0);
    fs::remove_dir_all(place.at("out")).unwrap();
    fs::copy(place.at("in/b/c.jsonl"), place.at("in/b/d.json")).unwrap();
    let done = run(place.path(), with(&["--force"])).expect(2);
    let want =
        "error: in/b/d.json and in/b/d.jsonl would both write out/b/d.json; rename one of them\n";
    assert_eq!(done.stderr, want);
    assert!(!place.at("out").exists(), "nothing was written");
    // A ledger is a file too.
    fs::remove_file(place.at("in/b/d.json")).unwrap();
    place.write("in/a.losses.json", classes(1));
    let to_aml = [
        "convert", "in", "--to", "aml", "--out", "out", "--losses", "out",
    ];
    let done = run(place.path(), to_aml).expect(2);
    done.says("would both write out/a.losses.jsonl");
    assert!(!place.at("out").exists(), "nothing was written");
}

#[test]
fn folders_must_go_together() {
    let place = place();
    place.write("file", "precious");
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
    fs::create_dir(place.at("empty")).unwrap();
    let done = run(
        place.path(),
        ["convert", "empty", "--to", "aml", "-o", "out"],
    )
    .expect(2);
    done.says("no label file found");
    // An output folder above the inputs may hold them, but none may be written over.
    fs::create_dir_all(place.at("x/x")).unwrap();
    place.write("x/a.jsonl", classes(1));
    place.write("x/x/a.jsonl", classes(2));
    let args = ["convert", "x", "--to", "aml", "-o", ".", "--force"];
    let done = run(place.path(), args).expect(2);
    let want = "./x/a.jsonl would be written over x/a.jsonl, which is an input";
    done.says(want);
    assert_eq!(place.read("x/a.jsonl"), classes(1));
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
        done.says("converted 3 files, 10 documents");
        assert_eq!(
            names(&place.at("in/made")),
            [".labelwright-manifest.jsonl", "a.json", "b"]
        );
        assert_eq!(names(&place.at("in/kept")), ["a.losses.jsonl", "b"]);
    }
}
