//! Names of documents against a folder of texts.

use std::fs;
use std::path::Path;

use labelwright::internals::input::NewTexts;
use labelwright::internals::operations;
use labelwright::{Options, Source, Texts};
use serde_json::json;
use tempfile::TempDir;

use super::read::expected;
use super::reports::reports;

/// What stands in files outside the folder, and may stand in no report.
const SECRET: &str = "nobody may read this";
const INSIDE: &str = "Rome is old";

thread_local! {
    static PLACE: TempDir = place();
}

/// A folder of texts with links that lead out of it, and what lies around it.
fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    fs::create_dir_all(at("texts/sub/deep")).unwrap();
    fs::create_dir(at("outside")).unwrap();
    for name in ["texts/1.txt", "texts/sub/2.txt", "texts/sub/deep/3.txt"] {
        fs::write(at(name), INSIDE).unwrap();
    }
    for name in ["secret.txt", "outside/1.txt", "outside/4.txt"] {
        fs::write(at(name), SECRET).unwrap();
    }
    #[cfg(unix)]
    for (to, link) in [
        ("../secret.txt", "link.txt"),
        ("../outside", "out"),
        ("..", "sub/up"),
        ("loop", "loop"),
        ("/dev/zero", "zero.txt"),
        ("1.txt", "good.txt"),
    ] {
        std::os::unix::fs::symlink(to, at("texts").join(link)).unwrap();
    }
    place
}

/// Names of documents, one a line, lead to no file outside the folder: no document gets its text, no
/// report has a word of it, and no new file stands there.
pub fn location(data: &[u8]) {
    let names = String::from_utf8_lossy(data);
    let names: Vec<&str> = names.split('\n').take(16).collect();
    PLACE.with(|place| read(place.path(), &names));
    written(&names);
}

/// Names in label files.
fn read(place: &Path, names: &[&str]) {
    let line = |name: &&str| {
        let url = format!("AmlDatastore://store/{name}");
        let line =
            json!({"image_url": url, "label": [{"label": "A", "offsetStart": 0, "offsetEnd": 4}]});
        format!("{line}\n")
    };
    let lines: String = names.iter().map(line).collect();
    let document = |name: &&str| json!({"location": name, "language": "en-us", "entities": []});
    let documents: Vec<_> = names.iter().map(document).collect();
    let project = json!({
        "projectFileVersion": "2023-04-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": "CustomEntityRecognition",
            "storageInputContainerName": "c",
            "projectName": "p",
            "multilingual": false,
            "language": "en-us",
        },
        "assets": {
            "projectKind": "CustomEntityRecognition",
            "entities": [{"category": "A"}],
            "documents": documents,
        },
    });
    let texts = Texts::open(&[place.join("texts")], true).unwrap();
    let texts = texts.with_label_folder(place);
    let options = Options {
        snippets: 20,
        ..Options::default()
    };
    for file in [lines, project.to_string()] {
        let source = Source::in_memory(file, &place.join("labels"));
        let outcome = operations::check(&source, None, Some(&texts), &options);
        let outcome = expected(outcome).expect("a label file");
        for (report, text) in reports(&[outcome]) {
            assert!(!text.contains(SECRET), "{report}: {text}");
        }
        let corpus = expected(labelwright::read(&source, Some(&texts), &options));
        for document in corpus.expect("a label file").documents().unwrap() {
            let document = document.unwrap();
            let text = document.text.as_deref();
            assert!(matches!(text, None | Some(INSIDE)), "{document:?}");
        }
    }
}

/// Names of new files.
fn written(names: &[&str]) {
    let place = tempfile::tempdir().unwrap();
    let new = place.path().join("new");
    fs::create_dir(&new).unwrap();
    fs::write(place.path().join("secret.txt"), SECRET).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", new.join("up")).unwrap();
    let texts = NewTexts::open(&new).unwrap();
    let taken = names
        .iter()
        .filter(|name| texts.write(name, INSIDE.as_bytes()).is_ok());
    let taken = taken.count();
    let kept = texts.keep();
    let around = fs::read_dir(place.path()).unwrap();
    let mut around: Vec<_> = around.map(|entry| entry.unwrap().file_name()).collect();
    around.sort();
    assert_eq!(around, ["new", "secret.txt"], "of {names:?}");
    let secret = fs::read_to_string(place.path().join("secret.txt")).unwrap();
    assert_eq!(secret, SECRET, "of {names:?}");
    assert!(taken > 0 || kept.is_ok(), "{kept:?}");
}
