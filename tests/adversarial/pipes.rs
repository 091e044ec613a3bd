//! Pipes, devices and links in places that a file should be in: nobody waits for them or writes through them.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{line, trap};
use crate::support::{TempFolder, command, finished, run};

/// Makes a pipe that nobody writes to.
fn pipe(path: &Path) {
    let _ = fs::remove_file(path);
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

/// Insists that a run ends, and says that something is not a file.
#[track_caller]
fn refused(place: &TempFolder, args: &[&str], name: &str) {
    let mut command = command(place.path());
    command.args(args).arg("--isolated");
    let done = finished(&mut command, Duration::from_secs(60)).unwrap();
    assert!(!done.succeeded, "{args:?}: {}", done.output);
    assert!(done.output.contains(name), "{args:?}: {}", done.output);
}

/// A folder with a label file, and its text.
fn place() -> TempFolder {
    let place = trap();
    place.write("texts/1.txt", "Rome");
    place.write("in/labels.jsonl", line("AmlDatastore://ds/1.txt"));
    place
}

/// The result of a shard of the whole label file, which stands in `part` as well.
fn shard(place: &TempFolder) -> String {
    let check = [
        "check",
        "in/labels.jsonl",
        "--texts",
        "texts",
        "--shard",
        "0:",
        "--partial",
        "part",
    ];
    run(place.path(), check).expect(0);
    place.read("part")
}

#[test]
fn a_result_of_a_shard_that_names_a_pipe_or_a_device_is_refused() {
    let place = place();
    let part = shard(&place);
    assert!(part.contains("\"in/labels.jsonl\""));
    pipe(&place.at("pipe"));
    for other in ["pipe", "/dev/zero", "texts"] {
        place.write("part", part.replace("in/labels.jsonl", other));
        refused(
            &place,
            &["merge", "part"],
            &format!("cannot read {other}: it is not a file"),
        );
    }
}

#[test]
fn a_manifest_that_is_no_file_is_neither_waited_for_nor_written_through() {
    let place = place();
    fs::create_dir(place.at("out")).unwrap();
    let manifest = place.at("out/.labelwright-manifest.jsonl");
    let convert = [
        "convert", "in", "--to", "language", "--texts", "texts", "-o", "out",
    ];
    let named = "cannot write out/.labelwright-manifest.jsonl: it is not a file";
    pipe(&manifest);
    refused(&place, &convert, named);
    fs::remove_file(&manifest).unwrap();
    place.write("precious", "words");
    symlink("../precious", &manifest).unwrap();
    for more in ["--force", "--resume"] {
        refused(&place, &[&convert[..], &[more]].concat(), named);
        assert_eq!(place.read("precious"), "words");
    }
}

#[test]
fn a_pipe_with_the_name_of_a_new_text_is_not_waited_for() {
    let place = place();
    place.write("t.csv", "text,label,name\none,A,1.txt\ntwo,B,2.txt\n");
    fs::create_dir(place.at("docs")).unwrap();
    pipe(&place.at("docs/1.txt"));
    let args = [
        "convert",
        "t.csv",
        "--to",
        "language",
        "-o",
        "o.json",
        "--texts-out",
        "docs",
    ];
    refused(
        &place,
        &args,
        "cannot write 1.txt: another text of this name is in docs",
    );
    assert!(!place.at("o.json").exists());
}

#[test]
fn a_pipe_called_gitignore_is_not_waited_for() {
    let place = place();
    place.write("in/more/labels.jsonl", line("AmlDatastore://ds/1.txt"));
    for (name, named) in [
        ("in/.gitignore", "in/.gitignore"),
        ("in/more/.ignore", "in/more/.ignore"),
    ] {
        pipe(&place.at(name));
        let check = ["check", "in", "--texts", "texts"];
        let why =
            format!("cannot read {named}: it is not a file; `--no-ignore` looks at all files");
        refused(&place, &check, &why);
        let mut all = command(place.path());
        all.args(check).args(["--no-ignore", "--isolated"]);
        let done = finished(&mut all, Duration::from_secs(60)).unwrap();
        assert!(done.succeeded, "{}", done.output);
        fs::remove_file(place.at(name)).unwrap();
    }
}

#[test]
fn a_pipe_called_gitignore_above_a_folder_is_not_waited_for() {
    let place = place();
    fs::create_dir(place.at(".git")).unwrap();
    pipe(&place.at(".gitignore"));
    let why = ".gitignore: it is not a file; `--no-ignore` looks at all files";
    refused(&place, &["check", "in", "--texts", "texts"], why);
}

#[test]
fn a_link_called_gitignore_is_not_followed_out_of_a_folder() {
    let place = place();
    place.write("outside", "labels.jsonl");
    symlink("../outside", place.at("in/.gitignore")).unwrap();
    let why = "cannot read in/.gitignore: it is a link, and these are not followed; `--no-ignore`";
    refused(&place, &["check", "in", "--texts", "texts"], why);
}

#[test]
fn a_result_of_a_shard_that_names_another_file_shows_nothing_of_it() {
    let place = place();
    let part = shard(&place);
    let length = place.read("in/labels.jsonl").len();
    for (words, why) in [
        ("precious".repeat(length), "it is not as long as it was"),
        (
            "precious!".repeat(length)[..length].to_owned(),
            "are not what they were when a shard read them",
        ),
    ] {
        place.write("other", words);
        place.write("part", part.replace("in/labels.jsonl", "other"));
        let mut merge = command(place.path());
        merge.args(["merge", "part", "--isolated"]);
        let done = finished(&mut merge, Duration::from_secs(60)).unwrap();
        assert!(!done.succeeded, "{}", done.output);
        assert!(done.output.contains(why), "{}", done.output);
        assert!(!done.output.contains("precious"), "{}", done.output);
    }
}
