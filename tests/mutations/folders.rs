//! Defects of folders: a label file that is passed over, an input that is written over.

use std::fs;

use super::clean::Base;
use super::corpus::Corpus;
use crate::support::{TempFolder, files, run};

/// A folder with the label file and the texts of a corpus.
fn folder(corpus: &Corpus) -> (TempFolder, &'static str) {
    let place = TempFolder::new();
    for (name, bytes) in &*corpus.texts {
        place.write(name, bytes);
    }
    let name = if corpus.aml {
        "labels.jsonl"
    } else {
        "labels.json"
    };
    place.write(name, corpus.spelled());
    (place, name)
}

fn wide(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let text = format!("{mark}{text}");
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn no_label_file_of_a_folder_is_passed_over() {
    let spoils: [(&str, fn(&str) -> Vec<u8>); 7] = [
        ("UTF-16 LE", |text| wide(text, true, u16::to_le_bytes)),
        ("UTF-16 BE", |text| wide(text, true, u16::to_be_bytes)),
        ("no mark", |text| wide(text, false, u16::to_le_bytes)),
        ("an archive", |text| {
            [b"PK\x03\x04\x14\x00", text.as_bytes()].concat()
        }),
        ("gzip", |text| {
            [b"\x1f\x8b\x08\x00", text.as_bytes()].concat()
        }),
        ("an array", |text| {
            let lines: Vec<&str> = text.lines().collect();
            let is_lines = lines.iter().all(|line| line.starts_with('{'));
            let inner = if is_lines {
                lines.join(",\n")
            } else {
                text.to_owned()
            };
            format!("[{inner}]").into_bytes()
        }),
        ("nothing", |_| Vec::new()),
    ];
    for base in Base::ALL {
        let corpus = base.corpus();
        for (what, spoil) in spoils {
            let (place, name) = folder(&corpus);
            place.write(name, spoil(&place.read(name)));
            let args = ["check", ".", "--output", "json"];
            let report = run(place.path(), args).expect(1).report();
            assert_eq!(report.rules(), ["not-a-label-file"], "{base:?}: {what}");
            assert_eq!(report.findings()[0]["path"], format!("./{name}"));
        }
    }
}

#[test]
fn no_input_is_written_over() {
    for base in Base::ALL {
        let corpus = base.corpus();
        let (place, name) = folder(&corpus);
        let before: Vec<_> = files(place.path())
            .into_iter()
            .map(|path| (fs::read(&path).unwrap(), path))
            .collect();
        assert!(!before.is_empty());
        let to = if corpus.aml { "language" } else { "aml" };
        // The first text stands for all of them.
        for (_, target) in before.iter().take(3) {
            let target = target.strip_prefix(place.path()).unwrap();
            let target = target.to_str().unwrap();
            let reports = ["human", "json"].map(|format| format!("{format}={target}"));
            for more in [
                &["convert", name, "--to", to, "-o", target][..],
                &["convert", name, "--to", to, "-o", "new", "--losses", target],
                &["check", name, "--output", &reports[0]],
                &["check", ".", "--output", &reports[1]],
                &["check", name, "--shard", "0:", "--partial", target],
            ] {
                let args = [more, &["--force"]].concat();
                let done = run(place.path(), args).expect(2);
                assert!(done.stdout.is_empty(), "{base:?}: {more:?}");
            }
        }
        for (bytes, path) in &before {
            assert!(fs::read(path).unwrap() == *bytes, "{}", path.display());
        }
        assert_eq!(files(place.path()).len(), before.len(), "{base:?}");
    }
}
