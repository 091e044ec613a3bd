//! Standard input and output: read twice, full, closed, or with nothing to say.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::demo;
use crate::support::{TempFolder, aml_line, aml_span, command, run, run_with};

#[test]
fn a_refused_conversion_prints_nothing() {
    let done = run(
        &demo(),
        ["convert", "demo.jsonl", "--to", "language", "--no-texts"],
    )
    .expect(1);
    assert!(done.stdout.is_empty());
    done.says("span-unproven");
}

#[test]
fn standard_input_is_read_twice() {
    let labels = fs::read(demo().join("demo.json")).unwrap();
    let args = [
        "check",
        "-",
        "--stdin-filename",
        "demo.json",
        "--output",
        "json",
    ];
    let done = run_with(&demo(), args, &labels).expect(0);
    assert_eq!(done.report().0["inputs"][0]["path"], "demo.json");
    assert_eq!(done.report().0["inputs"][0]["labels"], 288);
    let elsewhere = TempFolder::new();
    let name = demo().join("x.json");
    let args = [
        "convert",
        "-",
        "--to",
        "aml",
        "--stdin-filename",
        name.to_str().unwrap(),
    ];
    let done = run_with(elsewhere.path(), args, &labels).expect(0);
    assert!(done.stdout == fs::read(demo().join("demo.jsonl")).unwrap());
}

#[cfg(unix)]
#[test]
fn a_full_output_is_status_2() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        eprintln!("skipped: this system has no /dev/full");
        return;
    }
    for args in [
        &["check", "demo.json"][..],
        &["convert", "demo.json", "--to", "aml"],
        &["rules", "--output", "json"],
        &["--help"],
        &["check", "--help"],
        &["--version"],
    ] {
        let done = command(&demo())
            .args(args)
            .stdout(fs::OpenOptions::new().write(true).open(full).unwrap())
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        let stderr = String::from_utf8_lossy(&done.stderr);
        let want = "error: cannot write standard output: ";
        assert!(stderr.contains(want), "{args:?}: {stderr}");
    }
    let done = run(
        &demo(),
        ["convert", "demo.json", "--to", "aml", "-o", "/dev/full"],
    )
    .expect(2);
    done.says("/dev/full");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = command(&demo())
        .args(["convert", "demo.json", "--to", "aml", "--isolated"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// A label file with a finding in each of its lines.
fn findings_in_every_line(lines: usize) -> String {
    let line = |number: usize| {
        let url = format!("AmlDatastore://store/{number}.txt");
        aml_line(&url, &[aml_span("A", 5, 3)]) + "\n"
    };
    (0..lines).map(line).collect()
}

#[test]
fn many_findings_without_a_temporary_folder_are_status_2() {
    let place = TempFolder::new();
    let missing = place.at("no-such-folder");
    let check = |lines| {
        let name = format!("{lines}.jsonl");
        place.write(&name, findings_in_every_line(lines));
        command(place.path())
            .args(["check", &name, "--no-texts", "--isolated"])
            .envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, &missing)))
            .output()
            .unwrap()
    };
    // Few findings stay in memory, and need no such folder.
    assert_eq!(check(100).status.code(), Some(1));
    let done = check(64_001);
    assert_eq!(done.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&done.stderr);
    let named = missing.display().to_string();
    assert!(stderr.contains("temporary folder"), "{stderr}");
    assert!(stderr.contains(&named), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_long_report_stops_where_its_reader_does() {
    use std::io::Read;
    let place = TempFolder::new();
    place.write("labels.jsonl", findings_in_every_line(2_000));
    let check = |stdout: Stdio| {
        command(place.path())
            .args(["check", "labels.jsonl", "--no-texts", "--isolated"])
            .args(["--output", "json"])
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut child = check(Stdio::piped());
    let mut start = [0; 10];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert!(done.stderr.is_empty());
    let full = Path::new("/dev/full");
    if full.exists() {
        let full = fs::OpenOptions::new().write(true).open(full).unwrap();
        let done = check(full.into()).wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(2));
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert!(stderr.contains("standard output"), "{stderr}");
    }
}
