//! The manifest of a folder's conversion.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use labelwright::internals::input::hash;

const NAME: &str = ".labelwright-manifest.jsonl";
const LINE: &str = r#"{"image_url":"AmlDatastore://store/1.txt","label":[{"label":"City","offsetStart":0,"offsetEnd":4}]}"#;
/// An output of an input that is there, by somebody else.
const PRECIOUS: &str = "made by hand\n";

/// Whatever the manifest of an earlier run says, a conversion of the folder ends with one of its
/// three statuses, touches nothing but its outputs, and replaces none that no line lays claim to. If
/// it was done, the next run finds all done. `program` runs with arguments, and says with which status
/// it ended. What stands in the manifest at the end is returned.
pub fn manifest(data: &[u8], program: impl Fn(&[OsString]) -> u8) -> Vec<u8> {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    for folder in ["in", "out"] {
        fs::create_dir(at(folder)).unwrap();
    }
    let inputs = [
        ("in/1.txt", "Rome is old"),
        ("in/a.jsonl", LINE),
        ("in/b.jsonl", LINE),
        ("in/c.jsonl", "{\"image_url\":"),
        ("secret.txt", "as it was"),
    ];
    for (name, text) in inputs {
        fs::write(at(name), text).unwrap();
    }
    fs::write(at("out/a.json"), PRECIOUS).unwrap();
    fs::write(at("out").join(NAME), data).unwrap();

    let run = || {
        let status = program(&args(place.path()));
        assert!(status < 3, "status {status}");
        for (name, text) in inputs {
            assert_eq!(fs::read_to_string(at(name)).unwrap(), text, "{name}");
        }
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 3);
        status
    };
    run();
    let claim = hash(PRECIOUS.as_bytes()).unwrap();
    let claim = format!("{claim:016x}");
    let is_claimed = data.windows(claim.len()).any(|it| it == claim.as_bytes());
    let output = fs::read_to_string(at("out/a.json")).unwrap();
    assert!(is_claimed || output == PRECIOUS, "{output}");
    let written = fs::read(at("out").join(NAME)).unwrap();
    let outputs = files(&at("out"));
    run();
    // Times in the manifest are those of the outputs, which stay.
    assert_eq!(files(&at("out")), outputs);
    written
}

/// A conversion of the folder that goes on.
fn args(place: &Path) -> Vec<OsString> {
    let words = ["convert", "in", "--to", "language", "--out", "out"];
    let words = words.map(|word| match word {
        "in" | "out" => place.join(word).into(),
        word => word.into(),
    });
    let more = ["--resume", "--quiet", "--isolated", "--jobs", "1"].map(Into::into);
    words.into_iter().chain(more).collect()
}

/// The outputs in a folder, with their bytes.
fn files(folder: &Path) -> Vec<(OsString, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let entries = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let mut files: Vec<_> = entries
        .map(|entry| (entry.file_name(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}
