//! What changes between a shard and the putting together counts for nothing.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::time::{Duration, SystemTime};

use labelwright::internals::input::Source;
use labelwright::internals::operations;
use labelwright::internals::pipeline::Error;

use super::{corpus, options, part, shard};
use crate::support::run;

/// Puts the shards together; the status, and what is said of it.
fn merge(folder: &Path, partials: &[&str]) -> (i32, String) {
    let more = ["--output", "json", "--fail-on", "never"];
    let run = run(folder, ["merge"].iter().chain(partials).chain(&more));
    assert_eq!(run.status == 0, !run.stdout.is_empty());
    (run.status, run.stderr)
}

/// Replaces a word by one of the same length, and sets the time of the last change where one is
/// given.
fn edit(path: &Path, [from, to]: [&str; 2], time: Option<SystemTime>) {
    assert_eq!(from.len(), to.len());
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replace(from, to)).unwrap();
    if let Some(time) = time {
        let file = OpenOptions::new().append(true).open(path).unwrap();
        file.set_modified(time).unwrap();
    }
}

#[test]
fn an_edit_of_the_same_length_after_a_shard_is_not_missed() {
    let folder = corpus();
    let folder = folder.path();
    let labels = folder.join("labels.jsonl");
    shard(folder, "0:300", "a", &[]);
    shard(folder, "300:", "b", &[]);
    assert_eq!(merge(folder, &["a", "b"]).0, 0);
    let time = fs::metadata(&labels).unwrap().modified().unwrap();
    let later = time + Duration::from_secs(9);
    // Who only touches the file, or copies it, has changed nothing.
    edit(&labels, ["Name", "Name"], Some(later));
    assert_eq!(merge(folder, &["a", "b"]).0, 0);
    for when in [None, Some(time)] {
        edit(&labels, ["Name", "Nome"], when);
        let (status, said) = merge(folder, &["a", "b"]);
        assert_eq!(status, 2, "{said}");
        assert!(
            said.contains("are not what they were when a shard read them"),
            "{said}"
        );
        let is_kept = said.contains("though the time of its last change is the same");
        assert_eq!(is_kept, when.is_some(), "{said}");
        edit(&labels, ["Nome", "Name"], when);
    }
    // One of the shards has seen the edit, and the other has not.
    let text = fs::read_to_string(&labels).unwrap();
    fs::write(&labels, text.replacen("d0.txt", "d9.txt", 1)).unwrap();
    shard(folder, "300:", "b", &[]);
    assert_eq!(merge(folder, &["a", "b"]).0, 2);
    shard(folder, "0:300", "a", &[]);
    assert_eq!(merge(folder, &["a", "b"]).0, 0);
}

#[test]
fn a_file_that_changes_while_a_shard_reads_it_counts_for_nothing() {
    let folder = corpus();
    let path = folder.at("labels.jsonl");
    let source = Source::open(&path).unwrap();
    let of = |source: &Source| {
        operations::shard(
            source,
            None,
            None,
            &options(true),
            &part(0..300, false),
            &mut vec![],
        )
    };
    assert!(of(&source).is_ok());
    let later = SystemTime::now() + Duration::from_secs(9);
    edit(&path, ["Name", "Nome"], Some(later));
    let error = of(&source).unwrap_err();
    assert!(matches!(error, Error::Changed { .. }), "{error}");
}

#[test]
fn a_text_that_changes_after_it_was_read_counts_for_nothing() {
    let folder = corpus();
    let folder = folder.path();
    shard(folder, "0:300", "a", &[]);
    shard(folder, "300:", "b", &[]);
    // The texts of the first and the last document are the same, which is proved by reading them
    // again.
    let path = folder.join("d5.txt");
    let text = fs::read(&path).unwrap();
    let refused = |said: &str| {
        assert!(said.contains("the text f0/d5.txt was changed"), "{said}");
    };
    fs::write(&path, "something else").unwrap();
    let (status, said) = merge(folder, &["a", "b"]);
    assert_eq!(status, 2, "{said}");
    refused(&said);
    fs::remove_file(&path).unwrap();
    let (status, said) = merge(folder, &["a", "b"]);
    assert_eq!(status, 2, "{said}");
    refused(&said);
    fs::write(&path, text).unwrap();
    assert_eq!(merge(folder, &["a", "b"]).0, 0);
}
