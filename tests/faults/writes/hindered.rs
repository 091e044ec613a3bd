//! Places that cannot be written to, or have no room, for each case.

use std::fs;
use std::process::Command;

use super::cases::{self, Case};
use super::{begin, finish, state};
use crate::support::{PROGRAM, TempFolder, command, skipped};

/// Whether a shell can do something in a name space of its own, such as mount.
fn can(shell: &str) -> bool {
    let place = TempFolder::new();
    fs::create_dir(place.at("tmp")).unwrap();
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-ec", shell, "true"]);
    let done = command.current_dir(place.path()).output();
    done.is_ok_and(|done| done.status.success())
}

/// Runs every case after what a shell has done before, and insists that it says why it could not be done, and
/// that no file has changed.
#[track_caller]
fn refused(before: &[&str], shell: &str, reason: &str) {
    for case in cases::all() {
        let place = begin(&case);
        let old = state(place.path());
        let mut command = Command::new(before[0]);
        command.args(&before[1..]).args(["sh", "-ec"]);
        command
            .arg(format!("{shell}\nexec \"$0\" \"$@\""))
            .arg(PROGRAM);
        command.args(case.args).current_dir(place.path());
        let done = finish(command, &place, &case);
        let stderr = String::from_utf8_lossy(&done.stderr);
        let what = format!("{}: {stderr}", case.args.join(" "));
        assert_eq!(done.status.code(), Some(2), "{what}");
        assert!(stderr.contains(reason), "{what}");
        let is_named = case.named.iter().any(|path| stderr.contains(path));
        assert!(is_named, "no path: {what}");
        let mut now = state(place.path());
        // One without a line says nothing to a later run.
        now.retain(|name, bytes| !(name.ends_with("manifest.jsonl") && bytes.is_empty()));
        assert!(now == old, "{what}{:?}", now.keys());
    }
}

#[test]
fn a_limit_of_no_bytes_for_a_file_is_told_by_every_command_that_writes() {
    refused(&["env"], "ulimit -f 0", "File too large");
}

#[test]
fn a_folder_that_may_only_be_read_is_told_by_every_command_that_writes() {
    let shell = "mount --bind . .\nmount -o remount,bind,ro .\ncd \"$PWD\"";
    if !can(shell) {
        skipped("nothing can be mounted here");
        return;
    }
    refused(&["unshare", "-m"], shell, "Read-only file system");
}

#[test]
fn a_temporary_folder_without_room_is_told_where_one_is_needed() {
    // The name of one folder is another file system, of 64 KiB that are taken.
    let shell =
        "mount -t tmpfs -o size=64k tmpfs tmp\ncat /dev/zero > tmp/full 2>/dev/null || true";
    if !can(shell) {
        skipped("nothing can be mounted here");
        return;
    }
    let needing = [
        cases::an_output_with_texts(),
        cases::a_folder_of_brat(),
        cases::a_fix(),
        cases::standard_input(),
    ];
    for case in needing {
        let place = begin(&case);
        let old = state(place.path());
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-ec"]);
        command
            .arg(format!("{shell}\nexec \"$0\" \"$@\""))
            .arg(PROGRAM);
        command.args(case.args).current_dir(place.path());
        let done = finish(command, &place, &case);
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{stderr}");
        let folder = format!("the temporary folder {}", place.at("tmp").display());
        assert!(stderr.contains(&folder), "{stderr}");
        assert!(stderr.contains("No space left on device"), "{stderr}");
        assert_eq!(state(place.path()), old, "{stderr}");
    }
}

#[test]
fn findings_that_the_temporary_folder_has_no_room_for_are_told() {
    // More than stay in memory, and more than 1 MiB.
    let shell = "mount -t tmpfs -o size=1m tmpfs tmp";
    if !can(shell) {
        skipped("nothing can be mounted here");
        return;
    }
    let place = TempFolder::new();
    fs::create_dir(place.at("tmp")).unwrap();
    let line = "{\"image_url\":\"AmlDatastore://ds/1.txt\",\"label\":\"A\"}\n";
    place.write("labels.jsonl", line.repeat(70_000));
    let mut command = Command::new("unshare");
    command
        .args(["-m", "sh", "-ec"])
        .arg(format!("{shell}\nexec \"$0\" \"$@\""))
        .arg(PROGRAM);
    command.args([
        "check",
        "labels.jsonl",
        "--format",
        "aml",
        "--no-texts",
        "--isolated",
        "--jobs",
        "1",
    ]);
    let done = command
        .current_dir(place.path())
        .env("TMPDIR", place.at("tmp"))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{stderr}");
    let want = format!(
        "cannot keep findings in the temporary folder {}",
        place.at("tmp").display()
    );
    assert!(stderr.contains(&want), "{stderr}");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    for case in cases::all() {
        let args: Vec<String> = case
            .args
            .iter()
            .map(|arg| into_missing(&case, arg))
            .collect();
        if args.iter().eq(case.args.iter()) {
            continue;
        }
        let place = begin(&case);
        let old = state(place.path());
        let mut command = command(place.path());
        command.args(&args);
        let done = finish(command, &place, &case);
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains("gone/"), "{args:?}: {stderr}");
        assert_eq!(state(place.path()), old, "{args:?}: {stderr}");
    }
}

/// An argument with a file to write, in a folder that is not there. Folders to write to are made.
fn into_missing(case: &Case, arg: &str) -> String {
    let (form, path) = arg
        .split_once('=')
        .map_or(("", arg), |(form, path)| (form, path));
    let is_file = ["out.json", "split.json", "new.json", "known.jsonl", "part"].contains(&path);
    let is_report = !form.is_empty() && case.args.contains(&"--output");
    match (is_report, is_file) {
        (true, _) => format!("{form}=gone/{path}"),
        (false, true) => format!("gone/{path}"),
        (false, false) => arg.to_owned(),
    }
}

#[test]
fn a_full_device_is_told_by_every_command() {
    let place = begin(&cases::a_sync());
    let device = || fs::OpenOptions::new().write(true).open("/dev/full");
    if device().is_err() {
        skipped("there is no /dev/full here");
        return;
    }
    let texts = ["--texts", "texts", "--isolated"];
    let commands: &[&[&str]] = &[
        &["check", "labels.jsonl"],
        &["check", "labels.jsonl", "--output", "json"],
        &["check", "labels.jsonl", "--output", "html"],
        &["convert", "labels.jsonl", "--to", "language"],
        &["convert", "labels.jsonl", "--to", "docbin"],
        &["stats", "labels.jsonl"],
        &["show", "labels.jsonl"],
        &["diff", "labels.jsonl", "project.json"],
        &["score", "labels.jsonl", "labels.jsonl"],
        &["split", "labels.jsonl", "--test-count", "1"],
        &["split", "project.json", "--test-count", "1", "-o", "-"],
        &[
            "sync",
            "--project",
            "project.json",
            "--labels",
            "labels.jsonl",
            "-o",
            "-",
        ],
        &[
            "sync",
            "--project",
            "project.json",
            "--labels",
            "labels.jsonl",
            "--diff",
        ],
    ];
    let others: &[&[&str]] = &[
        &["rules"],
        &["explain", "document-missing"],
        &["schema", "report"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
        &["--version"],
        &["help", "check"],
    ];
    let commands = commands.iter().map(|args| [*args, &texts].concat());
    for args in commands.chain(others.iter().map(|args| args.to_vec())) {
        let mut command = command(place.path());
        let done = command
            .args(&args)
            .stdout(device().unwrap())
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{args:?}: {stderr}");
        let want = "error: cannot write standard output: ";
        assert!(stderr.contains(want), "{args:?}: {stderr}");
    }
    let out = [
        "convert",
        "labels.jsonl",
        "--to",
        "language",
        "-o",
        "/dev/full",
        "--force",
    ];
    let mut command = command(place.path());
    let done = command.args([&out[..], &texts].concat()).output().unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("error: cannot write /dev/full: "),
        "{stderr}"
    );
}
