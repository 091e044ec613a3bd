//! Files and folders that change or vanish while they are worked on.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::time::Duration;

use labelwright::internals::input::Source;
use labelwright::internals::operations;
use labelwright::internals::pipeline::{Error, Options};

use super::processes::{end, finish, has_temporary, head, pipe, start, writer};
use super::{classes, fates, owned, with};
use crate::support::{Report, TempFolder, conversion, run};

#[test]
fn a_file_that_changes_while_it_is_read_counts_for_nothing() {
    let place = TempFolder::new();
    let path = place.at("a.jsonl");
    fs::write(&path, classes(3)).unwrap();
    let options = Options::default();
    let conversion = conversion("language");
    let both = |source: &Source| {
        let (mut out, mut ledger) = (Vec::new(), Vec::new());
        let converted = operations::convert(source, &conversion, &options, &mut out, &mut ledger);
        [operations::check(source, None, None, &options), converted]
    };
    let source = Source::open(&path).unwrap();
    assert!(both(&source).iter().all(Result::is_ok));
    let mut file = OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(classes(1).as_bytes()).unwrap();
    for result in both(&source) {
        let error = result.unwrap_err();
        assert!(matches!(&error, Error::Changed { path } if path.ends_with("a.jsonl")));
        assert!(
            error
                .to_string()
                .ends_with("a.jsonl was changed while it was read")
        );
    }
    // As many bytes, but later.
    let source = Source::open(&path).unwrap();
    file.set_modified(std::time::SystemTime::now() + Duration::from_secs(9))
        .unwrap();
    assert!(both(&source).iter().all(Result::is_err));
    // A file that is replaced is read to its end; a copy is nobody's to change.
    let source = Source::open(&path).unwrap();
    place.write("new", "other");
    fs::rename(place.at("new"), &path).unwrap();
    assert!(both(&source).iter().all(Result::is_ok));
    let source = Source::spooled(classes(2).as_bytes(), &path).unwrap();
    assert!(both(&source).iter().all(Result::is_ok));
}

#[test]
fn a_conversion_of_a_file_that_changes_leaves_the_old_output() {
    let place = TempFolder::new();
    let root = place.path();
    if !pipe(&root.join("ledger")) {
        return;
    }
    fs::write(root.join("a.json"), Vec::new()).unwrap();
    fs::write(root.join("a.jsonl"), classes(3)).unwrap();
    let to = [
        "convert",
        "a.jsonl",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "made.json",
    ];
    run(root, to).expect(0);
    let (input, out) = (root.join("made.json"), root.join("back.jsonl"));
    fs::write(&out, "precious").unwrap();
    let back = [
        "convert",
        "made.json",
        "--to",
        "aml",
        "--no-texts",
        "-o",
        "back.jsonl",
        "--force",
        "--restore",
        "ledger",
    ];
    let child = start(root, &back);
    // The ledger is opened after the label file, so that is open by now.
    let mut ledger = writer(&root.join("ledger"));
    let mut text = fs::read_to_string(&input).unwrap();
    text.push('\n');
    fs::write(&input, text).unwrap();
    ledger
        .write_all(head("aml", "language").as_bytes())
        .unwrap();
    finish(ledger, &root.join("ledger"));
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(2), "{stderr}");
    assert_eq!(stderr, "error: made.json was changed while it was read\n");
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious");
    assert!(!has_temporary(root));
}

#[test]
fn an_input_that_vanishes_is_the_only_one_to_fail() {
    let place = TempFolder::new();
    let root = place.path();
    fs::create_dir_all(root.join("in")).unwrap();
    fs::create_dir_all(root.join("kept")).unwrap();
    if !pipe(&root.join("first")) || !pipe(&root.join("kept/a.losses.jsonl")) {
        return;
    }
    let gone = root.join("in/b.jsonl");
    for name in ["a", "b", "c"] {
        fs::write(root.join(format!("in/{name}.jsonl")), classes(2)).unwrap();
    }
    let args = [
        "check",
        "first",
        "in",
        "--no-texts",
        "--jobs",
        "1",
        "--output",
        "json",
    ];
    let args = [&args[..], &["--format", "aml"]].concat();
    let child = start(root, &args);
    let mut first = writer(&root.join("first"));
    // Whoever reads the first file has listed all of them. (`first` comes before `in`.)
    fs::remove_file(&gone).unwrap();
    first.write_all(classes(1).as_bytes()).unwrap();
    drop(first);
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(
        stderr.starts_with("error: cannot read in/b.jsonl: "),
        "{stderr}"
    );
    assert!(
        stderr.contains("\nchecked 3 files, 5 documents, "),
        "{stderr}"
    );
    let report = Report::read(&root.join("stdout"));
    assert_eq!(report.0["summary"]["documents"], 5);

    fs::write(&gone, classes(2)).unwrap();
    let args = with(&["--restore", "kept", "--jobs", "1"]);
    let child = start(root, &args);
    let ledger = root.join("kept/a.losses.jsonl");
    let mut first = writer(&ledger);
    fs::remove_file(&gone).unwrap();
    let head = head("language", "aml");
    first.write_all(head.as_bytes()).unwrap();
    finish(first, &ledger);
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(
        stderr.starts_with("error: cannot read in/b.jsonl: "),
        "{stderr}"
    );
    let want = [
        ("a.jsonl", "converted"),
        ("b.jsonl", "failed"),
        ("c.jsonl", "converted"),
    ];
    assert_eq!(fates(&root.join("out")), owned(&want));
}

#[test]
fn texts_that_vanish_fail_the_files_after() {
    let place = TempFolder::new();
    let root = place.path();
    for name in ["in", "kept", "docs"] {
        fs::create_dir(root.join(name)).unwrap();
    }
    let ledger = root.join("kept/a.losses.jsonl");
    if !pipe(&ledger) {
        return;
    }
    for name in ["a", "b"] {
        fs::write(root.join(format!("in/{name}.jsonl")), classes(2)).unwrap();
    }
    let args = [
        "convert",
        "in",
        "--to",
        "language",
        "--texts",
        "docs",
        "--out",
        "out",
        "--restore",
        "kept",
        "--jobs",
        "1",
    ];
    let child = start(root, &args);
    let mut first = writer(&ledger);
    fs::remove_dir(root.join("docs")).unwrap();
    first.write_all(head("language", "aml").as_bytes()).unwrap();
    finish(first, &ledger);
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.starts_with("error: cannot read docs: "), "{stderr}");
    let fates = fates(&root.join("out"));
    assert_eq!(fates[1], ("b.jsonl".to_owned(), "failed".to_owned()));
    assert_ne!(fates[0].1, "failed");
}
