//! Every command with names of files, documents, labels and members that a terminal, a page or a log may act on: no
//! output has them raw, in whatever form it is.

#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::support::{TempFolder, aml_line, aml_span, command};

/// Escape sequences in two spellings, a bell, a line that is overwritten, turns of the direction of text, ends of
/// lines that are no LF, a mark, and what logs of builds take for commands.
const EVIL: &str = "\u{1b}[2J\u{9b}31m\u{7}\u{8}\r\u{7f}\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}\u{2029}\
    \u{feff}::error::x##vso[task]";

/// Whether a character may stand in an output.
fn is_harmless(char: char) -> bool {
    let turns = [
        '\u{200e}', '\u{200f}', '\u{61c}', '\u{feff}', '\u{2028}', '\u{2029}',
    ];
    let is_turn = turns.contains(&char)
        || ('\u{202a}'..='\u{202e}').contains(&char)
        || ('\u{2066}'..='\u{2069}').contains(&char);
    matches!(char, '\n' | '\t') || !char.is_control() && !is_turn
}

/// Runs the program, and insists that it ends as it should and that no stream has anything raw. Answers what it said.
#[track_caller]
fn harmless(folder: &Path, args: &[impl AsRef<OsStr>], statuses: &[i32]) -> String {
    let args: Vec<&OsStr> = args.iter().map(AsRef::as_ref).collect();
    let mut command = command(folder);
    let done = command.args(&args).output().unwrap();
    let mut said = String::new();
    for bytes in [done.stdout, done.stderr] {
        let text = String::from_utf8(bytes).unwrap();
        // A table for spreadsheets has the line ends of RFC 4180.
        let lines = text.replace("\r\n", "\n");
        let raw = lines.chars().find(|char| !is_harmless(*char));
        assert_eq!(raw, None, "{args:?}: {text:?}");
        let commands = ["\n::", "\n##vso"];
        let is_for_logs =
            args.contains(&OsStr::new("github")) || args.contains(&OsStr::new("azure"));
        let is_command = commands.iter().any(|sign| lines.contains(sign));
        assert!(is_for_logs || !is_command, "{args:?}: {text}");
        said += &text;
    }
    let status = done.status.code();
    assert!(
        status.is_some_and(|it| statuses.contains(&it)),
        "{args:?}: {status:?}: {said}"
    );
    said
}

/// A folder with exports that agree about little, and a project of the first.
struct Place {
    folder: TempFolder,
    /// The first and the second export, by their names.
    exports: [String; 2],
}

fn place() -> Place {
    let folder = TempFolder::new();
    let document = format!("d{}.txt", EVIL.split("::").next().unwrap());
    let name = format!("AmlDatastore://ds/{document}");
    let span = |name: &str, start: u64, end: u64| aml_span(&format!("{name}{EVIL}"), start, end);
    let line = |name: &str, spans: &[String]| aml_line(name, spans) + "\n";
    let second = "AmlDatastore://ds/2.txt";
    folder.write(
        format!("texts/{document}"),
        format!("Rome {EVIL} is old {EVIL}"),
    );
    folder.write("texts/2.txt", "Rome is old, Oslo too");
    let exports = ["a", "b"].map(|name| format!("{name}{EVIL}.jsonl"));
    let first =
        line(&name, &[span("L", 0, 4)]) + &line(second, &[span("L", 0, 4), span("B", 13, 17)]);
    let other = line(&name, &[span("L", 0, 3)]) + &line(second, &[span("Z", 13, 17)]);
    folder.write(&exports[0], first);
    folder.write(&exports[1], other);
    let place = Place { folder, exports };
    let project = [
        "convert",
        &place.exports[0],
        "--to",
        "language",
        "-o",
        "p.json",
        "--texts",
        "texts",
    ];
    harmless(place.folder.path(), &project, &[0]);
    place
}

#[test]
fn no_form_of_any_report_has_anything_raw() {
    let place = place();
    let (folder, [first, second]) = (place.folder.path(), &place.exports);
    let forms: [(&[&str], &[&str]); 7] = [
        (
            &["check", second],
            &[
                "human", "concise", "json", "jsonl", "csv", "sarif", "junit", "github", "gitlab",
                "azure", "html",
            ],
        ),
        (
            &["stats", first, second],
            &["human", "json", "csv", "markdown", "html"],
        ),
        (
            &["diff", first, second],
            &["human", "json", "markdown", "html"],
        ),
        (
            &["score", first, second],
            &["human", "json", "csv", "markdown", "html"],
        ),
        (&["show", second], &["human", "html"]),
        (
            &[
                "split",
                "p.json",
                "--test-count",
                "1",
                "-o",
                "s.json",
                "--force",
            ],
            &["human", "json"],
        ),
        (
            &[
                "sync",
                "--project",
                "p.json",
                "--labels",
                second,
                "-o",
                "y.json",
                "--force",
            ],
            &["human", "json"],
        ),
    ];
    for (args, forms) in forms {
        for form in forms {
            let more = ["--texts", "texts", "--output", form];
            let args: Vec<&str> = args.iter().chain(&more).copied().collect();
            let said = harmless(folder, &args, &[0, 1]);
            assert!(said.contains("202e"), "{args:?} shows no name: {said}");
        }
    }
    let said = harmless(folder, &["bug-report", first], &[0]);
    assert!(!said.contains("202e"), "it has data: {said}");
}

#[test]
fn no_error_of_any_command_has_anything_raw() {
    let place = place();
    let (folder, first) = (place.folder.path(), &*place.exports[0]);
    let inside = format!("{EVIL}/x");
    let texts = ["--texts", "texts"];
    let errors: &[&[&str]] = &[
        &["check", EVIL],
        &["stats", EVIL],
        &["show", EVIL],
        &["show", first, EVIL],
        &["show", first, "--output", EVIL],
        &["diff", first, EVIL],
        &["diff", EVIL, first],
        &["score", first, EVIL],
        &["score", first, first, "--baseline", first],
        &["split", EVIL],
        &["split", first, "-o", &inside],
        &["sync", "--project", EVIL, "--labels", first, "-o", "x"],
        &["sync", "--project", "p.json", "--labels", EVIL, "-o", "x"],
        &[
            "sync",
            "--project",
            "p.json",
            "--labels",
            first,
            "--base",
            EVIL,
            "-o",
            "x",
        ],
        &[
            "sync",
            "--project",
            "p.json",
            "--labels",
            first,
            "-o",
            &inside,
        ],
        &["merge", EVIL],
        &["merge", first],
        &["bug-report", EVIL, "--config", EVIL],
        &["convert", first, "--to", "aml", "-o", &inside],
        &[
            "convert",
            first,
            "--to",
            "aml",
            "-o",
            "x",
            "--restore",
            first,
        ],
        &[
            "convert",
            first,
            "--to",
            "aml",
            "-o",
            "x",
            "--rename",
            &format!("no{EVIL}=x"),
        ],
        &[
            "convert",
            first,
            "--to",
            "aml",
            "-o",
            "x",
            "--project-name",
            EVIL,
        ],
        &["check", first, "--baseline", first],
        &["check", first, "--write-baseline", &inside],
        &["init", &inside],
        &["schema", EVIL],
        &["completions", EVIL],
        &["help", EVIL],
    ];
    for args in errors {
        let reads = [
            "check", "convert", "diff", "score", "show", "split", "stats", "sync",
        ];
        let more = if reads.contains(&args[0]) {
            &texts[..]
        } else {
            &[]
        };
        let args: Vec<&str> = args.iter().chain(more).copied().collect();
        let said = harmless(folder, &args, &[1, 2]);
        assert!(said.contains("202e"), "{args:?} shows no name: {said}");
    }
}

#[test]
fn what_is_written_is_named_without_anything_raw() {
    let place = place();
    let (folder, first) = (place.folder.path(), &*place.exports[0]);
    let out = |ending: &str| format!("o{EVIL}.{ending}");
    for format in [
        "aml",
        "language",
        "label-studio",
        "spacy",
        "doccano",
        "huggingface",
        "conll",
        "csv",
        "brat",
    ] {
        let (made, losses) = (out(format), out("losses"));
        let to = [
            "convert",
            first,
            "--to",
            format,
            "-o",
            &made,
            "--texts",
            "texts",
            "--overlap",
            "longest",
        ];
        let more = ["--losses", &losses, "--skip-invalid", "--force"];
        let args: Vec<&str> = to.iter().chain(&more).copied().collect();
        let said = harmless(folder, &args, &[0, 1]);
        assert!(said.contains("202e"), "{args:?} shows no name: {said}");
    }
    let report = out("report");
    let report = [
        "check",
        first,
        "--texts",
        "texts",
        "--output",
        &format!("json={report}"),
    ];
    harmless(folder, &report, &[0, 1]);
}

#[test]
fn names_that_are_not_utf_8_and_halves_of_characters_reach_no_output_raw() {
    let place = place();
    let folder = place.folder.path();
    let name = OsStr::from_bytes(b"n\xff\x1b[2J.jsonl");
    fs::copy(place.folder.at(&place.exports[0]), folder.join(name)).unwrap();
    for command in ["check", "stats", "show", "split", "merge", "bug-report"] {
        let args: [OsString; 2] = [command.into(), name.to_owned()];
        harmless(folder, &args, &[0, 1, 2]);
    }
    for command in ["diff", "score"] {
        let args: [OsString; 3] = [command.into(), name.to_owned(), name.to_owned()];
        harmless(folder, &args, &[0, 1, 2]);
    }
    let label = aml_span("A", 0, 4).replace("\"A\"", "\"\\ud800\\u001b[2J\"");
    place.folder.write(
        "half.jsonl",
        aml_line("AmlDatastore://ds/2.txt", &[label]) + "\n",
    );
    for command in ["check", "stats", "show"] {
        harmless(
            folder,
            &[command, "half.jsonl", "--texts", "texts"],
            &[0, 1],
        );
    }
}
