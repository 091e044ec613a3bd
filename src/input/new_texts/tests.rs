//! What becomes of texts that get files.

use super::*;

#[test]
fn a_folder_that_is_new_goes_where_nothing_is_kept() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("new");
    let texts = NewTexts::open(&path).unwrap();
    texts.write("1.ann", b"T1").unwrap();
    assert!(path.is_dir());
    drop(texts);
    assert!(!path.exists());
}

#[test]
fn files_of_one_extension_may_be_replaced() {
    let root = tempfile::tempdir().unwrap();
    for name in ["1.ann", "1.txt"] {
        std::fs::write(root.path().join(name), "old").unwrap();
    }
    let texts = NewTexts::open(root.path()).unwrap().replacing("ann");
    texts.write("1.ann", b"new").unwrap();
    texts.keep().unwrap();
    assert_eq!(std::fs::read(root.path().join("1.ann")).unwrap(), b"new");
    let refused = texts.write("1.txt", b"new").unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
}

#[cfg(unix)]
#[test]
fn what_is_there_and_no_file_is_not_written_through() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    std::fs::write(at("2.txt"), "two").unwrap();
    // The name of a text that is being written leads to another text.
    std::os::unix::fs::symlink("2.txt", at(".labelwright-0.tmp")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(at("3.txt"))
        .status();
    assert!(made.unwrap().success());
    let texts = NewTexts::open(root.path()).unwrap();
    // Nobody ever writes to that pipe, and an empty text is not equal to it.
    for bytes in [&b""[..], b"three"] {
        let refused = texts.write("3.txt", bytes).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
        texts.restart().unwrap();
    }
    texts.write("1.txt", b"one").unwrap();
    texts.keep().unwrap();
    assert_eq!(std::fs::read(at("1.txt")).unwrap(), b"one");
    assert_eq!(std::fs::read(at("2.txt")).unwrap(), b"two");
}

#[test]
fn equal_texts_are_left_and_others_refused() {
    let root = tempfile::tempdir().unwrap();
    let texts = NewTexts::open(&root.path().join("texts")).unwrap();
    texts.write("a/1.txt", b"one\r\n").unwrap();
    texts.write("a/1.txt", b"one\r\n").unwrap();
    let twice = texts.write("a/1.txt", b"two").unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::AlreadyExists);
    texts.keep().unwrap();
    texts.restart().unwrap();
    texts.write("a/1.txt", b"one\r\n").unwrap();
    texts.restart().unwrap();
    for other in [&b"one"[..], b"one\r\n\n", b""] {
        let refused = texts.write("a/1.txt", other).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
        texts.restart().unwrap();
    }
    for outside in ["../1.txt", "/1.txt", "a/../../1.txt"] {
        assert!(texts.write(outside, b"x").is_err(), "{outside}");
    }
    let written = std::fs::read(root.path().join("texts/a/1.txt")).unwrap();
    assert_eq!(written, b"one\r\n");
    let all = std::fs::read_dir(root.path().join("texts/a")).unwrap();
    assert_eq!(all.count(), 1, "nothing unfinished stays");
}

#[test]
fn what_is_not_kept_is_not_there() {
    let root = tempfile::tempdir().unwrap();
    let texts = NewTexts::open(root.path()).unwrap();
    let names = || std::fs::read_dir(root.path()).unwrap().count();
    texts.write("1.txt", b"one").unwrap();
    assert_eq!(names(), 0);
    texts.restart().unwrap();
    texts.write("2.txt", b"").unwrap();
    texts.write("\u{e9}.txt", b"three\0").unwrap();
    texts.keep().unwrap();
    assert_eq!(names(), 2, "not what was thrown away");
    let written = std::fs::read(root.path().join("\u{e9}.txt")).unwrap();
    assert_eq!(written, b"three\0");
    // Between a text put aside and its file somebody else may make one.
    texts.restart().unwrap();
    texts.write("4.txt", b"four").unwrap();
    std::fs::write(root.path().join("4.txt"), "other").unwrap();
    let (path, error) = texts.keep().unwrap_err();
    assert_eq!(path, root.path().join("4.txt"));
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
}

#[test]
fn a_file_that_cannot_be_made_left_those_before_it() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    std::fs::create_dir(at("old")).unwrap();
    for name in ["old/same.txt", "1.ann"] {
        std::fs::write(at(name), "same").unwrap();
    }
    let texts = NewTexts::open(root.path()).unwrap().replacing("ann");
    for name in [
        "new/a/1.txt",
        "new/2.txt",
        "old/3.txt",
        "old/same.txt",
        "1.ann",
        "4.txt",
    ] {
        texts.write(name, b"same").unwrap();
    }
    // Somebody else is quicker.
    std::fs::write(at("4.txt"), "other").unwrap();
    assert_eq!(texts.keep().unwrap_err().0, at("4.txt"));
    assert!(!at("new").exists() && !at("old/3.txt").exists());
    for name in ["old/same.txt", "1.ann"] {
        assert_eq!(std::fs::read(at(name)).unwrap(), b"same");
    }
    assert_eq!(std::fs::read(at("4.txt")).unwrap(), b"other");
}

#[test]
fn a_file_of_somebody_else_was_taken_for_an_unfinished_one() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    let others = [
        "1.txt.labelwright.tmp",
        ".labelwright-0.tmp",
        ".labelwright-1.tmp",
    ];
    for name in others {
        std::fs::write(at(name), "theirs").unwrap();
    }
    let texts = NewTexts::open(root.path()).unwrap();
    let long = format!("{}.txt", "n".repeat(250));
    for name in ["1.txt", &long] {
        texts.write(name, b"ours").unwrap();
    }
    texts.keep().unwrap();
    for name in others {
        assert_eq!(std::fs::read(at(name)).unwrap(), b"theirs");
    }
    assert_eq!(std::fs::read(at(&long)).unwrap(), b"ours");
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 5);
}
