//! What a terminal may act on, in names of files and in data: it reaches no terminal raw.

#![cfg(unix)]

use std::ffi::OsStr;
use std::path::Path;

use crate::support::{TempFolder, aml_line, aml_span, command, run};

/// An escape sequence in two spellings, and a turn of the direction of text.
const EVIL: &str = "\u{1b}[2J\u{9b}31m\u{202e}\r\u{7}";

/// Runs the program as on a terminal, and insists on a status and on streams that are harmless.
#[track_caller]
fn harmless(folder: &Path, args: &[&str], status: i32) -> String {
    let mut command = command(folder);
    command.args(args).env("CLICOLOR_FORCE", "1");
    if ["check", "convert", "merge"].contains(&args[0]) && !args.contains(&"--config") {
        command.arg("--isolated");
    }
    let done = command.output().unwrap();
    let all = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(done.status.code(), Some(status), "{args:?}: {all:?}");
    let all = all.concat();
    for evil in ["\u{1b}[2J", "\u{9b}", "\u{202e}", "\r", "\u{7}"] {
        assert!(!all.contains(evil), "{args:?}: {all:?}");
    }
    assert!(all.contains("202e"), "the name or value is shown: {all:?}");
    all
}

#[test]
fn names_of_files_reach_no_terminal_raw() {
    let place = TempFolder::new();
    let name = format!("a{EVIL}");
    let labels = format!("{name}.jsonl");
    let label = aml_span("A", 0, 4);
    place.write("in/1.txt", "Rome");
    place.write(
        format!("in/{labels}"),
        aml_line("AmlDatastore://ds/1.txt", &[label]) + "\n",
    );
    place.write(format!("in/{name}.json"), "{}");
    place.write(
        format!("{name}.toml"),
        format!("[rules]\n\"{EVIL}\" = 1\n").replace(EVIL, "\\u202e"),
    );
    let (folder, inside) = (place.path(), place.at("in"));
    harmless(folder, &["check", "in", "-v"], 0);
    harmless(&inside, &["check", &labels], 0);
    harmless(&inside, &["check", &labels, "--output", "json"], 0);
    harmless(&inside, &["check", &name], 2);
    harmless(&inside, &["check", &format!("{name}.json")], 1);
    harmless(&inside, &["check", &labels, "--texts", &name], 2);
    harmless(
        &inside,
        &["check", &labels, "--output", &format!("json={name}/x")],
        2,
    );
    harmless(&inside, &["check", &labels, &format!("--{name}")], 2);
    harmless(&inside, &["check", &labels, "--output", &name], 2);
    harmless(&inside, &["check", &labels, "--select", &name], 2);
    harmless(&inside, &["explain", &name], 2);
    harmless(&inside, &[&name], 2);
    let config = format!("../{name}.toml");
    harmless(&inside, &["check", &labels, "--config", &config], 2);
    harmless(
        &inside,
        &["convert", &labels, "--to", "language", "-o", &name, "-q"],
        0,
    );
    harmless(
        &inside,
        &["convert", &labels, "--to", "language", "-o", &name],
        2,
    );
    harmless(&inside, &["convert", &labels, "--to", "csv"], 1);
    harmless(folder, &["convert", "in", "--to", "csv", "--out", "out"], 1);
    harmless(
        &inside,
        &[
            "check",
            &labels,
            "--shard",
            "0:",
            "--partial",
            &format!("{name}/x"),
        ],
        2,
    );
    let partial = ["check", &labels, "--shard", "0:", "--partial", "p"];
    run(&inside, partial).expect(0);
    harmless(&inside, &["merge", "p"], 0);
    harmless(&inside, &["merge", &labels], 2);
}

#[test]
fn data_reaches_no_terminal_raw() {
    let place = TempFolder::new();
    // Raw in the file are those that JSON allows so.
    let raw = "\u{9b}31m\u{202e}\u{7f}";
    let escaped = "\\u001b[2J\\u0007\\r\\u202e";
    let span = format!(r#"{{"label":"{raw}{escaped}","offsetStart":0,"offsetEnd":4.0,"{raw}":1}}"#);
    let line = format!(r#"{{"image_url":"AmlDatastore://ds/{raw}.txt","label":[{span}]}}"#);
    place.write("a.jsonl", line + "\n");
    place.write(format!("{raw}.txt"), format!("Ro{EVIL}me {raw}"));
    let folder = place.path();
    harmless(folder, &["check", "a.jsonl"], 0);
    harmless(folder, &["check", "a.jsonl", "--output", "json"], 0);
    harmless(folder, &["check", "a.jsonl", "--diff", "--unsafe-fixes"], 1);
    harmless(folder, &["check", "a.jsonl", "--schema-strict"], 0);
    place.write(
        "l",
        format!("{{\"ledger\":1,\"tool\":\"x\",\"from\":\"{escaped}\",\"to\":\"aml\"}}\n"),
    );
    let restore = [
        "convert",
        "a.jsonl",
        "--to",
        "language",
        "-o",
        "b",
        "--restore",
        "l",
    ];
    harmless(folder, &restore, 2);
    let version = format!("{{\"partial\":2,\"tool\":\"{escaped}\"}}\n");
    place.write("p", version);
    harmless(folder, &["merge", "p"], 2);
}

#[test]
fn the_json_report_has_the_values_that_it_had() {
    let place = TempFolder::new();
    let name = format!("{EVIL}.json");
    place.write(&name, "[]");
    let args = ["check", &name, "--output", "json"].map(OsStr::new);
    let report = run(place.path(), args).expect(1).report();
    assert_eq!(report.0["inputs"][0]["path"], name.as_str());
}
