//! What the program opens, as strace sees it: nothing outside of what the user names, whatever label files,
//! ledgers, manifests and results of shards say.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use super::{document, language, line};
use crate::support::{Call, TempFolder, calls, traced};

/// Where every program on the system looks, and this one too, with the reason.
const SYSTEM: [(&str, &str); 9] = [
    ("/etc/ld.so.cache", "where the libraries lie"),
    ("/etc/ld.so.preload", "which libraries come first"),
    ("/lib", "the libraries of C"),
    ("/usr/lib", "the same"),
    (
        "/proc/self/maps",
        "where the stack ends, for a message when it overflows",
    ),
    ("/proc/self/cgroup", "how many threads may run"),
    ("/sys/fs/cgroup", "the same"),
    ("/proc/self/status", "which signals are to be ignored"),
    ("/dev/null", "for a standard stream that is closed"),
];

/// The folders and files that the commands here name.
const NAMED: [&str; 8] = [
    "texts", "labels", "in", "out", "losses", "tmp", "part", "ledger",
];

/// Names of documents that lead out, or try to.
const CLIMBING: [&str; 12] = [
    "../secret.txt",
    "a/../../secret.txt",
    "/etc/passwd",
    "//etc/passwd",
    "..\\secret.txt",
    "C:\\secret.txt",
    "link-out.txt",
    "link-absolute.txt",
    "folder-out/secret.txt",
    "loop.txt",
    "device.txt",
    "pipe.txt",
];

/// A folder in which much leads out. Beside `texts` lie secrets.
pub(super) fn attacked() -> TempFolder {
    let place = TempFolder::new();
    for folder in ["tmp", "texts/a", "outside", "out"] {
        fs::create_dir_all(place.at(folder)).unwrap();
    }
    place.write("secret.txt", "secret");
    place.write("outside/secret.txt", "secret");
    place.write("texts/1.txt", "Rome is old");
    let texts = place.at("texts");
    symlink("../secret.txt", texts.join("link-out.txt")).unwrap();
    symlink(place.at("secret.txt"), texts.join("link-absolute.txt")).unwrap();
    symlink("../outside", texts.join("folder-out")).unwrap();
    symlink("loop.txt", texts.join("loop.txt")).unwrap();
    symlink("/dev/zero", texts.join("device.txt")).unwrap();
    let made = Command::new("mkfifo").arg(texts.join("pipe.txt")).status();
    assert!(made.unwrap().success());
    let names = CLIMBING.iter().chain(&["1.txt"]);
    let documents: Vec<String> = names
        .clone()
        .map(|name| document(name, 6, &[(0, 4)]))
        .collect();
    place.write("labels.json", language(&documents.join(",")));
    let lines = names
        .clone()
        .map(|name| line(&format!("AmlDatastore://ds/{name}")));
    place.write("labels.jsonl", lines.collect::<String>());
    let inline = names.map(|name| {
        let name = serde_json::Value::from(*name);
        format!("{{\"text\":\"Rome is old\",\"spans\":[],\"meta\":{{\"name\":{name}}}}}\n")
    });
    place.write("labels-inline.jsonl", inline.collect::<String>());
    place.write("in/a.jsonl", line("AmlDatastore://ds/1.txt"));
    place
}

/// Runs the program, and answers its calls. It may take its time, but it must end: a pipe that nobody writes to
/// would hold it up.
pub(super) fn watched(
    place: &TempFolder,
    calls_of: &str,
    args: &[&str],
) -> Option<(Option<i32>, Vec<Call>)> {
    let traces = TempFolder::new();
    let trace = traces.at("trace");
    let flags = ["-e", &format!("trace={calls_of}")];
    let mut command = traced(place.path(), &trace, &flags, args)?;
    command.env("TMPDIR", place.at("tmp")).stdin(Stdio::null());
    let done = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert!(
        matches!(done.status.code(), Some(0..=2)),
        "{args:?}: {stderr}"
    );
    let found = calls(&fs::read_to_string(trace).unwrap());
    assert!(
        !stderr.contains("secret") || stderr.contains("secret.txt"),
        "{stderr}"
    );
    Some((done.status.code(), found))
}

/// A path without `.` and `..`, as the names say it.
fn lexical(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The first string of a call's arguments.
fn quoted(rest: &str) -> &str {
    rest.split('"').nth(1).unwrap_or_default()
}

/// What a call has opened, or would have: where the system says it, and where the names lead.
fn opened(call: &Call, folder: &Path) -> Vec<PathBuf> {
    let start = call.rest.split(['<', '>']).nth(1).map_or(folder, Path::new);
    let asked = lexical(&start.join(quoted(&call.rest)));
    let got = call.rest.rsplit_once(" = ").map_or("", |(_, got)| got);
    let got = got.split(['<', '>']).nth(1).map(PathBuf::from);
    // `/proc/1234` is this very process.
    let own = got.filter(|path| !path.starts_with("/proc"));
    [Some(asked), own].into_iter().flatten().collect()
}

/// Whether a path is one of those that may be opened.
fn is_named(path: &Path, folder: &Path) -> bool {
    let path = path.to_str().unwrap().trim_end_matches("(deleted)");
    if SYSTEM.iter().any(|(begin, _)| path.starts_with(begin)) {
        return true;
    }
    let Some(below) = path.strip_prefix(folder.to_str().unwrap()) else {
        return false;
    };
    let below = below.trim_start_matches('/');
    let is_temporary = below.starts_with(".labelwright-");
    below.is_empty() || is_temporary || NAMED.iter().any(|name| below.starts_with(name))
}

/// Insists that nothing else is opened.
#[track_caller]
fn assert_inside(place: &TempFolder, found: &[Call], args: &[&str]) {
    let folder = fs::canonicalize(place.path()).unwrap();
    let mut wrong = BTreeSet::new();
    for call in found {
        for path in opened(call, &folder) {
            // The system refuses what leads out of a folder that is opened beneath.
            let is_refused = call.rest.contains("RESOLVE_BENEATH") && call.rest.contains(") = -1 ");
            if !is_named(&path, &folder) && !is_refused {
                wrong.insert(format!("{} by {}({}", path.display(), call.name, call.rest));
            }
        }
    }
    assert!(wrong.is_empty(), "{args:?}: {wrong:#?}");
}

const OPENS: &str = "open,openat,openat2,creat";

#[test]
fn names_and_links_open_nothing_outside() {
    let texts = ["--texts", "texts", "--isolated"];
    for file in ["labels.json", "labels.jsonl"] {
        for args in [
            &["check", file][..],
            &["check", file, "--fix"],
            &["check", file, "--output", "html=out/r.html"],
            &["stats", file],
            &["show", file],
            &["split", file, "-o", "out/split", "--test-count", "1"],
            &["diff", file, "labels.json"],
            &["score", file, file],
            &[
                "convert",
                file,
                "--to",
                "spacy",
                "-o",
                "out/spacy.jsonl",
                "--skip-invalid",
            ],
            &[
                "convert",
                file,
                "--to",
                "brat",
                "-o",
                "out/brat",
                "--skip-invalid",
            ],
            &[
                "sync",
                "--project",
                "labels.json",
                "--labels",
                file,
                "-o",
                "out/sync",
            ],
            &["check", file, "--shard", "0:", "--partial", "part"],
        ] {
            let place = attacked();
            let args = [args, &texts].concat();
            let Some((_, found)) = watched(&place, OPENS, &args) else {
                return;
            };
            assert!(
                found.iter().any(|call| call.rest.contains("labels.json")),
                "{args:?}"
            );
            assert_inside(&place, &found, &args);
        }
    }
}

#[test]
fn packs_open_nothing_outside() {
    let place = attacked();
    // The others are links, which a pack has none of: of what is missing the folders near are listed.
    let names = CLIMBING[..6].iter().chain(&["1.txt"]);
    let lines = names.map(|name| line(&format!("AmlDatastore://ds/{name}")));
    place.write("labels.jsonl", lines.collect::<String>());
    let check = ["check", "labels.jsonl", "--texts", "out/texts.pack"];
    for args in [
        &["pack", "texts", "-o", "out/texts.pack"][..],
        &[&check[..], &["--isolated"]].concat(),
        &["pack", "--extract", "out/texts.pack", "-o", "out/new"],
    ] {
        let Some((_, found)) = watched(&place, OPENS, args) else {
            return;
        };
        assert!(
            found.iter().any(|call| call.rest.contains("texts")),
            "{args:?}"
        );
        assert_inside(&place, &found, args);
    }
    assert_eq!(crate::support::names(&place.at("out/new")), ["1.txt"]);
    assert_eq!(place.read("out/new/1.txt"), "Rome is old");
}

#[test]
fn names_of_texts_inside_write_nothing_outside() {
    let place = attacked();
    for out in ["texts", "out/new"] {
        let to = [
            "--to",
            "language",
            "-o",
            "out/l.json",
            "--force",
            "--isolated",
            "--texts-out",
            out,
        ];
        let args = [&["convert", "labels-inline.jsonl"], &to[..]].concat();
        let Some((status, found)) = watched(&place, OPENS, &args) else {
            return;
        };
        assert_ne!(status, Some(0), "{args:?}");
        assert_inside(&place, &found, &args);
        assert_eq!(place.read("secret.txt"), "secret");
        assert_eq!(place.read("outside/secret.txt"), "secret");
    }
}

#[test]
fn ledgers_and_manifests_open_nothing_outside() {
    let place = attacked();
    let outside = place.at("secret.txt").display().to_string();
    let convert = [
        "convert",
        "in",
        "--to",
        "language",
        "--texts",
        "texts",
        "-o",
        "out",
        "--isolated",
        "--resume",
    ];
    let Some(_) = watched(&place, OPENS, &convert) else {
        return;
    };
    // A manifest that says of an input or an output that it lies elsewhere.
    let manifest = place.read("out/.labelwright-manifest.jsonl");
    for other in [
        "../secret.txt",
        &outside,
        "/etc/passwd",
        "a/../../secret.txt",
    ] {
        for name in ["a.jsonl", "a.json"] {
            let member = format!("\"{name}\"");
            assert!(manifest.contains(&member), "{manifest}");
            let changed = manifest.replace(&member, &format!("\"{other}\""));
            place.write("out/.labelwright-manifest.jsonl", changed);
            let (_, found) = watched(&place, OPENS, &convert).unwrap();
            assert_inside(&place, &found, &convert);
        }
    }
    // A ledger whose names and documents lie elsewhere.
    place.write("labels-one.jsonl", line("AmlDatastore://ds/1.txt"));
    let texts = ["--texts", "texts", "--isolated", "--force"];
    let save = [
        "convert",
        "labels-one.jsonl",
        "--to",
        "language",
        "-o",
        "out/one.json",
        "--losses",
        "ledger",
    ];
    watched(&place, OPENS, &[&save[..], &texts].concat()).unwrap();
    let ledger = place.read("ledger");
    for other in ["../secret.txt", &outside, "/etc/passwd"] {
        place.write("ledger", ledger.replace("1.txt", other));
        let restore = [
            "convert",
            "out/one.json",
            "--to",
            "aml",
            "-o",
            "out/back.jsonl",
            "--restore",
            "ledger",
        ];
        let args = [&restore[..], &texts].concat();
        let (_, found) = watched(&place, OPENS, &args).unwrap();
        assert_inside(&place, &found, &args);
    }
}

#[test]
fn a_text_that_is_swapped_for_a_link_is_not_followed() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let place = attacked();
    let documents: Vec<String> = (0..200)
        .map(|_| document("swapped.txt", 6, &[(0, 4)]))
        .collect();
    place.write("labels.json", language(&documents.join(",")));
    place.write("texts/swapped.txt", "Rome is old");
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (text, new) = (place.at("texts/swapped.txt"), place.at("texts/swapped.new"));
            while !is_done.load(Ordering::Relaxed) {
                symlink("../secret.txt", &new).unwrap();
                fs::rename(&new, &text).unwrap();
                fs::write(&new, "Rome is old").unwrap();
                fs::rename(&new, &text).unwrap();
            }
        });
        let args = [
            "check",
            "labels.json",
            "--texts",
            "texts",
            "--isolated",
            "-q",
        ];
        let runs: Vec<_> = (0..5)
            .filter_map(|_| watched(&place, OPENS, &args))
            .collect();
        is_done.store(true, Ordering::Relaxed);
        for (_, found) in runs {
            assert_inside(&place, &found, &args);
        }
    });
}
