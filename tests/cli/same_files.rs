//! Files that are named twice: nothing that a run reads or writes is written over by it.

use std::fs;

use super::demo;
use crate::support::{TempFolder, names, run};

/// A folder with a label file of entities, its texts, and a file in the way.
fn place() -> TempFolder {
    let place = TempFolder::new();
    for name in names(&demo()) {
        if demo().join(&name).is_file() {
            fs::copy(demo().join(&name), place.at(&name)).unwrap();
        }
    }
    fs::create_dir(place.at("d")).unwrap();
    place
}

/// Runs the program and insists on status 2, on words, and on files that are as they were.
#[track_caller]
fn refused(place: &TempFolder, args: &[&str], words: &str) {
    let before = names(place.path());
    let labels = place.read("demo.json");
    let done = run(place.path(), args).expect(2);
    assert!(done.stderr.contains(words), "{args:?}: {}", done.stderr);
    assert!(done.stdout.is_empty(), "{args:?}");
    assert_eq!(names(place.path()), before, "{args:?}");
    assert_eq!(place.read("demo.json"), labels, "{args:?}");
}

#[test]
fn an_input_with_two_names_was_checked_twice() {
    let place = place();
    let whole = place.path().join("demo.json").display().to_string();
    for inputs in [
        &["demo.json", "."][..],
        &["demo.json", "./demo.json"],
        &["d/../demo.json", "demo.json", &whole],
        &[".", "./."],
    ] {
        let args = ["check", "--output", "json"].iter().chain(inputs);
        let report = run(place.path(), args).report();
        let found = report.0["inputs"].as_array().unwrap();
        let paths: Vec<&str> = found
            .iter()
            .map(|it| it["path"].as_str().unwrap())
            .collect();
        assert_eq!(
            paths.iter().filter(|it| it.ends_with("demo.json")).count(),
            1,
            "{paths:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_a_file_of_its_own_and_named_beside_it_none() {
    let place = place();
    fs::create_dir(place.at("e")).unwrap();
    fs::copy(place.at("demo.json"), place.at("e/a.json")).unwrap();
    std::os::unix::fs::symlink("a.json", place.at("e/b.json")).unwrap();
    let inputs = |args: &[&str]| {
        let args = ["check", "--no-texts", "--output", "json"]
            .iter()
            .chain(args);
        let report = run(place.path(), args).report();
        report.0["inputs"].as_array().unwrap().len()
    };
    assert_eq!(inputs(&["e"]), 2);
    assert_eq!(inputs(&["e", "e/."]), 2);
    assert_eq!(inputs(&["e/a.json", "e/b.json"]), 1);
}

#[test]
fn two_outputs_of_one_name_are_a_clear_error_and_neither_is_lost() {
    let place = place();
    let to = ["convert", "demo.json", "--to", "aml", "-o", "x", "--force"];
    for (more, words) in [
        (
            &["--output", "json=x"][..],
            "`-o x` and `--output json=x` are one file",
        ),
        (&["--losses", "x"], "`-o x` and `--losses x` are one file"),
        (
            &["--losses", "./x"],
            "`-o x` and `--losses ./x` are one file",
        ),
        (&["--losses", "d/../x"], "are one file"),
        (&["--losses", "y", "--output", "json=y"], "are one file"),
        (
            &["--output", "json=y", "--output", "human=d/../y"],
            "are one file",
        ),
        (
            &["--texts-out", "d", "--losses", "d/l.txt"],
            "one of the texts that go to the same folder",
        ),
        (&["--output", "json=demo.json"], "which is an input"),
        (&["--losses", "demo.json"], "which is an input"),
    ] {
        refused(&place, &[&to, more].concat(), words);
    }
    let over = ["convert", "demo.json", "--to", "aml", "--force", "-o"];
    refused(&place, &[&over[..], &["demo.json"]].concat(), "an input");
    let check = ["check", "demo.json", "--output"];
    refused(
        &place,
        &[&check[..], &["json=./demo.json"]].concat(),
        "an input",
    );
    refused(
        &place,
        &["check", ".", "--output", "json=demo.json"],
        "which is an input",
    );
    place.write("c.toml", "");
    let config = [
        "check",
        "demo.json",
        "--config",
        "c.toml",
        "--output",
        "json=c.toml",
    ];
    let done = crate::support::run_configured(place.path(), config, b"").expect(2);
    done.says("which is the configuration file");
    let shard = ["check", "demo.jsonl", "--shard", "0:", "--partial"];
    refused(&place, &[&shard[..], &["demo.jsonl"]].concat(), "an input");
    run(place.path(), [&shard[..], &["p"]].concat()).expect(0);
    refused(
        &place,
        &["merge", "p", "--output", "json=p"],
        "a result of a shard",
    );
    let merge = ["merge", "p", "--force", "--output", "json=demo.jsonl"];
    refused(&place, &merge, "which is the label file");
}

#[test]
fn files_that_nobody_knows_were_written_over() {
    let place = place();
    place.write("notes.md", "to be kept");
    place.write("old.jsonl", "{\"ledger\":1}");
    let text = "note01.txt";
    let convert = ["convert", "demo.json", "--to", "aml", "-o", "new"];
    let shard = ["check", "demo.jsonl", "--shard", "0:", "--partial"];
    let report = format!("human={text}");
    let cases: [(&[&str], &[&str], &str); 7] = [
        (
            &["check", "demo.json", "--output"],
            &["json=notes.md"],
            "is no report of labelwright",
        ),
        (
            &convert,
            &["--output", "human=notes.md"],
            "is no report of labelwright",
        ),
        (
            &convert,
            &["--losses", "old.jsonl"],
            "old.jsonl exists; `--force` replaces it",
        ),
        (
            &shard,
            &["old.jsonl"],
            "old.jsonl exists; `--force` replaces it",
        ),
        (
            &convert[..4],
            &["-o", "notes.md"],
            "notes.md exists; `--force` replaces it",
        ),
        (&convert, &["--output", &report], "the text of a document"),
        (&convert, &["--losses", text], "the text of a document"),
    ];
    for (command, more, words) in cases {
        let args = [command, more].concat();
        refused(&place, &args, words);
        assert_eq!(place.read("notes.md"), "to be kept", "{args:?}");
        assert_eq!(place.read("old.jsonl"), "{\"ledger\":1}", "{args:?}");
        // Force replaces what nobody needs, and never a text.
        let forced = [&args[..], &["--force"]].concat();
        if words.contains("document") {
            refused(&place, &forced, words);
        } else {
            run(place.path(), &forced).expect(0);
            let _ = fs::remove_file(place.at("new"));
            place.write("notes.md", "to be kept");
            place.write("old.jsonl", "{\"ledger\":1}");
        }
    }
    // Reports take the place of reports, and of nothing.
    place.write("r", "");
    for format in ["json=r", "human=r", "json=r", "human=r"] {
        run(place.path(), ["check", "demo.json", "--output", format]).expect(0);
        assert!(!place.read("r").is_empty(), "{format}");
    }
}

#[test]
fn a_folders_ledgers_are_not_written_over() {
    let place = place();
    place.write("in/demo.json", place.read("demo.json"));
    place.write("l/demo.losses.jsonl", "to be kept");
    let convert = [
        "convert", "in", "--to", "aml", "--out", "out", "--texts", ".",
    ];
    let convert = [&convert[..], &["--losses", "l"]].concat();
    run(place.path(), &convert)
        .expect(2)
        .says("exists; `--force` replaces it");
    assert_eq!(place.read("l/demo.losses.jsonl"), "to be kept");
    run(place.path(), [&convert[..], &["--force"]].concat()).expect(0);
    assert_ne!(place.read("l/demo.losses.jsonl"), "to be kept");
    // A ledger of an earlier run goes with its product.
    place.write("in/demo.json", place.read("demo.json") + "\n");
    run(place.path(), [&convert[..], &["--resume"]].concat()).expect(0);
}

#[cfg(unix)]
#[test]
fn a_second_name_of_an_input_is_the_input() {
    let place = place();
    fs::hard_link(place.at("demo.json"), place.at("second.json")).unwrap();
    let args = [
        "convert",
        "demo.json",
        "--to",
        "aml",
        "--force",
        "-o",
        "second.json",
    ];
    refused(&place, &args, "which is an input");
}

#[cfg(unix)]
#[test]
fn two_outputs_of_one_name_are_found_through_links_too() {
    use std::os::unix::fs::symlink;
    let place = place();
    symlink("x", place.at("dangling")).unwrap();
    symlink("dangling", place.at("further")).unwrap();
    symlink("d", place.at("e")).unwrap();
    symlink("demo.json", place.at("input")).unwrap();
    let to = ["convert", "demo.json", "--to", "aml", "--force", "-o"];
    for (out, ledger, words) in [
        ("x", "dangling", "are one file"),
        ("further", "x", "are one file"),
        ("d/x", "e/x", "are one file"),
        ("x", "input", "which is an input"),
        ("input", "x", "which is an input"),
    ] {
        refused(
            &place,
            &[&to[..], &[out, "--losses", ledger]].concat(),
            words,
        );
    }
    // A pipe, or nothing at all, is for as many as like.
    let nowhere = ["/dev/null", "--losses", "/dev/null"];
    run(place.path(), [&to[..], &nowhere].concat()).expect(0);
}

#[test]
fn a_report_on_a_folder_is_written_again_but_over_no_file_of_it() {
    let place = place();
    // An earlier report in the folder is found there, and is none of the inputs.
    let check = ["check", ".", "--output", "json=report.json"];
    run(place.path(), check).expect(0);
    run(place.path(), check).expect(0);
    place.write("in/demo.json", place.read("demo.json"));
    let convert = [
        "convert", "in", "--to", "aml", "--out", "out", "--texts", ".",
    ];
    for (more, words) in [
        (
            &["--output", "json=out/demo.jsonl"][..],
            "which is an output",
        ),
        (&["--output", "json=in/demo.json"], "which is an input"),
        (
            &["--output", "json=out/.labelwright-manifest.jsonl"],
            "which is the manifest",
        ),
        (
            &["--losses", "l", "--output", "json=l/demo.losses.jsonl"],
            "which is a ledger",
        ),
    ] {
        refused(&place, &[&convert, more].concat(), words);
    }
    place.write("l/demo.losses.jsonl", "");
    let ledgers = ["--losses", "l", "--restore", "l"];
    refused(
        &place,
        &[&convert[..], &ledgers].concat(),
        "which is put back",
    );
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let mode = |name: &str| fs::metadata(place.at(name)).unwrap().permissions().mode() & 0o7777;
    for wanted in [0o664, 0o600, 0o666, 0o640] {
        for name in ["x", "l", "r"] {
            place.write(name, "old");
            fs::set_permissions(place.at(name), fs::Permissions::from_mode(wanted)).unwrap();
        }
        let to = ["convert", "demo.json", "--to", "aml", "-o", "x", "--force"];
        let beside = ["--losses", "l", "--output", "json=r"];
        run(place.path(), [&to[..], &beside].concat()).expect(0);
        assert_ne!(place.read("x"), "old");
        assert_eq!(["x", "l", "r"].map(mode), [wanted; 3]);
        // Nothing of the mode is left for the next round.
        for name in ["x", "l", "r"] {
            fs::remove_file(place.at(name)).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_dangling_link_as_output_is_followed() {
    use std::os::unix::fs::symlink;
    let place = place();
    symlink("d/new", place.at("first")).unwrap();
    symlink("first", place.at("out")).unwrap();
    let to = ["convert", "demo.json", "--to", "aml", "-o"];
    run(place.path(), [&to[..], &["out"]].concat()).expect(0);
    assert!(fs::symlink_metadata(place.at("out")).unwrap().is_symlink());
    assert_eq!(names(&place.at("d")), ["new"]);
    assert_eq!(place.read("d/new"), place.read("demo.jsonl"));
    // Now it is a file, and needs to be replaced by force.
    run(place.path(), [&to[..], &["out"]].concat())
        .expect(2)
        .says("--force");
    run(place.path(), [&to[..], &["out", "--force"]].concat()).expect(0);
    assert!(fs::symlink_metadata(place.at("out")).unwrap().is_symlink());
    symlink("round", place.at("about")).unwrap();
    symlink("about", place.at("round")).unwrap();
    run(place.path(), [&to[..], &["round", "--force"]].concat())
        .expect(2)
        .says("round");
    assert!(
        fs::symlink_metadata(place.at("round"))
            .unwrap()
            .is_symlink()
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_a_text_was_written_through() {
    let place = place();
    let text = "note01.txt";
    std::os::unix::fs::symlink(text, place.at("link.json")).unwrap();
    let words = place.read(text);
    let convert = ["convert", "demo.jsonl", "--to", "language", "--force"];
    for args in [
        [&convert[..], &["-o", "link.json"]].concat(),
        [&convert[..], &["-o", "new.json", "--losses", "link.json"]].concat(),
        vec![
            "sync",
            "--project",
            "demo.json",
            "--labels",
            "demo.jsonl",
            "-o",
            "link.json",
            "--force",
        ],
        vec![
            "check",
            "demo.jsonl",
            "--write-baseline",
            "link.json",
            "--force",
        ],
        vec![
            "check",
            "demo.jsonl",
            "--shard",
            "0:",
            "--partial",
            "link.json",
            "--force",
        ],
    ] {
        refused(&place, &args, "may be the text of a document");
        assert_eq!(place.read(text), words, "{args:?}");
    }
}
