//! Files whose names are no UTF-8: each is itself, and none is the one that it looks like.

#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{TempFolder, run};

/// What the name looks like where it is shown, and another file may be called.
const LOOKS_LIKE: &str = "lab\u{fffd}";

/// A name that is no UTF-8.
fn odd(ending: &str) -> PathBuf {
    let bytes = [b"lab\xff", ending.as_bytes()].concat();
    PathBuf::from(OsStr::from_bytes(&bytes))
}

/// A label file of one document and one label, which ends at this number.
fn line(end: &str) -> String {
    let label = format!(r#"{{"label":"City","offsetStart":0,"offsetEnd":{end}}}"#);
    format!("{{\"image_url\":\"AmlDatastore://ds/1.txt\",\"label\":[{label}]}}\n")
}

#[test]
fn a_fix_of_a_name_that_is_not_utf_8_writes_no_other_file() {
    let place = TempFolder::new();
    let (name, other) = (odd(".jsonl"), format!("{LOOKS_LIKE}.jsonl"));
    place.write("1.txt", "Rome is old");
    place.write(&name, line("4.0"));
    place.write(&other, "precious\n");
    let args = [OsStr::new("check"), name.as_os_str()];
    let flags = ["--fix", "--unsafe-fixes"].map(OsStr::new);
    run(place.path(), args.into_iter().chain(flags)).expect(0);
    assert_eq!(place.read(&name), line("4"));
    assert_eq!(place.read(&other), "precious\n");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 3);
}

#[test]
fn shards_of_a_name_that_is_not_utf_8_are_merged_with_their_own_file_and_texts() {
    let place = TempFolder::new();
    let name = odd(".jsonl");
    place.write(&name, line("4"));
    // As long as the file, and with an error.
    place.write(format!("{LOOKS_LIKE}.jsonl"), line("9"));
    place.write(odd("").join("1.txt"), "Rome");
    let texts = [OsStr::new("--texts"), odd("").as_os_str()].map(OsStr::to_owned);
    let check = [OsStr::new("check"), name.as_os_str()].map(OsStr::to_owned);
    let whole: Vec<_> = check.into_iter().chain(texts).collect();
    let shard = ["--shard", "0:", "--partial", "part"].map(|arg| OsStr::new(arg).to_owned());
    run(place.path(), whole.iter().cloned().chain(shard)).expect(0);
    let json = ["--output", "json"].map(|arg| OsStr::new(arg).to_owned());
    let merged = run(place.path(), ["merge", "part", "--output", "json"]).expect(0);
    let whole = run(place.path(), whole.into_iter().chain(json)).expect(0);
    assert_eq!(merged.text(), whole.text());
}

#[test]
fn a_manifest_keeps_names_that_are_not_utf_8_apart() {
    let place = TempFolder::new();
    place.write("in/1.txt", "Rome");
    place.write("in".to_owned() + "/" + LOOKS_LIKE + ".jsonl", line("4"));
    place.write(PathBuf::from("in").join(odd(".jsonl")), line("3"));
    let convert = [
        "convert", "in", "--to", "language", "--out", "out", "--resume",
    ];
    run(place.path(), convert).expect(0);
    let manifest = place.read("out/.labelwright-manifest.jsonl");
    let inputs: Vec<Value> = manifest
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["input"].clone())
        .collect();
    assert_eq!(inputs.len(), 2, "{manifest}");
    assert_ne!(inputs[0], inputs[1]);
    run(place.path(), convert).expect(0).says("2 unchanged");
}

#[test]
fn a_report_may_go_to_a_name_that_is_not_utf_8() {
    let place = TempFolder::new();
    place.write("1.txt", "Rome");
    place.write("labels.jsonl", line("4"));
    let output = [b"json=".as_slice(), odd(".json").as_os_str().as_bytes()].concat();
    let args = ["check", "labels.jsonl", "--output"].map(OsStr::new);
    run(
        place.path(),
        args.into_iter().chain([OsStr::from_bytes(&output)]),
    )
    .expect(0);
    assert!(place.at(odd(".json")).is_file());
}
