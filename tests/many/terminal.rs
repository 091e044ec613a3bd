//! What people see of work that takes its time.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::classes;
use super::processes::{end, pipe, start, writer};
use crate::support::{PROGRAM, TempFolder};

#[test]
fn one_file_that_takes_its_time_is_summed_up() {
    let place = TempFolder::new();
    let (root, input) = (place.path(), place.at("in.jsonl"));
    if !pipe(&input) {
        return;
    }
    let to = ["--to", "language", "-o", "out.json"];
    for (verb, more) in [("check", &["--select", "syntax"][..]), ("convert", &to)] {
        let child = start(root, &[&[verb, "in.jsonl", "--no-texts"], more].concat());
        let mut pipe = writer(&input);
        sleep(Duration::from_millis(1050));
        pipe.write_all(classes(2).as_bytes()).unwrap();
        drop(pipe);
        let (status, stderr) = end(root, child);
        assert_eq!(status, Some(0), "{stderr}");
        let mut last = stderr.lines().rev();
        let verdict = "ready: 2 documents, 2 labels, 0 errors, ";
        assert!(last.next().unwrap().starts_with(verdict), "{stderr}");
        let want = format!("{verb}ed 1 file, 2 documents, 174 B in ");
        assert!(last.next().unwrap().starts_with(&want), "{stderr}");
        let stdout = fs::read_to_string(root.join("stdout")).unwrap();
        assert!(!stdout.contains(&want), "{stdout}");
    }
}

/// Runs the program with stderr on a terminal, and a pipe as the first input that lets it wait.
/// Tells what the terminal got, and what is on stdout.
fn on_a_terminal(root: &Path, more: &str) -> Option<(String, Vec<u8>)> {
    let _ = fs::remove_file(root.join("first"));
    if !pipe(&root.join("first")) {
        return None;
    }
    let command = format!(
        "'{PROGRAM}' check first second.jsonl gone.jsonl --no-texts --jobs 1 --isolated --format aml --select syntax {more} >out"
    );
    let terminal = Command::new("script")
        .args(["-q", "-e", "-c", &command, "typescript"])
        .current_dir(root)
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut terminal) = terminal else {
        eprintln!("skipped: there is no `script` to make a terminal");
        return None;
    };
    let mut first = writer(&root.join("first"));
    fs::remove_file(root.join("gone.jsonl")).unwrap();
    sleep(Duration::from_millis(1600));
    first.write_all(classes(1).as_bytes()).unwrap();
    drop(first);
    assert_eq!(terminal.wait().unwrap().code(), Some(2));
    let seen = fs::read(root.join("typescript")).unwrap();
    let seen = String::from_utf8_lossy(&seen).into_owned();
    Some((seen, fs::read(root.join("out")).unwrap()))
}

#[test]
fn a_bar_is_shown_on_a_terminal_and_leaves_nothing() {
    let place = TempFolder::new();
    let root = place.path();
    fs::write(root.join("second.jsonl"), classes(20)).unwrap();
    fs::write(root.join("gone.jsonl"), classes(20)).unwrap();
    let Some((seen, report)) = on_a_terminal(root, "") else {
        return;
    };
    assert!(seen.contains("0 of 3 files"), "{seen:?}");
    assert!(seen.contains("0 B of "), "{seen:?}");
    // Nothing of it is on stdout, and it is gone before each message and at the end.
    let report = String::from_utf8(report).unwrap();
    assert!(
        report.ends_with("2 files: 21 documents, 21 labels; 0 errors, 0 warnings, 0 notes\n"),
        "{report}"
    );
    assert!(!report.contains("of 3 files"), "{report}");
    let line = seen
        .lines()
        .find(|line| line.contains("error: cannot read gone.jsonl"));
    let (bar, _) = line.unwrap().split_once("error:").unwrap();
    assert!(
        bar.ends_with("\r\u{1b}[2K") || bar.ends_with("\u{1b}[2K\r"),
        "{bar:?}"
    );
    let (bar, _) = seen.split_once("checked 2 files, 21 documents").unwrap();
    let after = bar.rsplit_once("files").unwrap().1;
    assert!(
        after.contains("\u{1b}[2K") && !after.ends_with("left"),
        "{after:?}"
    );
    // Whoever wants it quiet sees none.
    fs::write(root.join("gone.jsonl"), classes(20)).unwrap();
    let (seen, _) = on_a_terminal(root, "-q").unwrap();
    assert!(!seen.contains("of 3 files"), "{seen:?}");
    assert!(seen.contains("error: cannot read gone.jsonl"), "{seen:?}");
}
