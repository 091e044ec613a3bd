//! What documents are found, and what is said of those that are not.

use super::*;
use std::borrow::Cow;

fn address(path: &str, shortens: bool) -> Address<'_> {
    Address {
        written: Cow::Borrowed(path),
        path: 0..path.len(),
        container: None,
        is_composed: false,
        shortens,
    }
}

fn folder(files: &[&str]) -> (tempfile::TempDir, Texts) {
    let root = tempfile::tempdir().unwrap();
    for file in files {
        let path = root.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file).unwrap();
    }
    let texts = Texts::open(&[root.path().to_owned()], true).unwrap();
    (root, texts)
}

fn read(texts: &Texts, path: &str) -> Option<String> {
    let mut buffer = Vec::new();
    let found = texts.read(&address(path, true), &Contested::default(), &mut buffer);
    let found = found.unwrap();
    matches!(found, Lookup::Read(_)).then(|| String::from_utf8(buffer).unwrap())
}

#[test]
fn a_url_shortens_and_a_location_does_not() {
    let (_root, texts) = folder(&["b/1.txt", "2.txt"]);
    assert_eq!(read(&texts, "a/b/1.txt").as_deref(), Some("b/1.txt"));
    assert_eq!(read(&texts, "a/b/2.txt").as_deref(), Some("2.txt"));
    let mut buffer = Vec::new();
    let found = texts.read(
        &address("a/2.txt", false),
        &Contested::default(),
        &mut buffer,
    );
    assert!(matches!(found, Ok(Lookup::Missing(absent)) if absent.near.is_none()));
}

#[test]
fn a_file_that_two_documents_fall_back_to_is_neither_s() {
    let (_root, texts) = folder(&["1.txt", "x/2.txt", "2.txt"]);
    let claim =
        |path: &str| match texts.read(&address(path, true), &Contested::default(), &mut Vec::new())
        {
            Ok(Lookup::Read(claim)) => claim,
            other => panic!("{path}: {other:?}"),
        };
    let paths = ["a/1.txt", "b/1.txt", "x/2.txt", "2.txt", "y/2.txt", "2.txt"];
    let contested = Contested::new(paths.map(claim).to_vec());
    let read = |path: &str| {
        let found = texts.read(&address(path, true), &contested, &mut Vec::new());
        matches!(found, Ok(Lookup::Read(_)))
    };
    assert_eq!(paths.map(read), [false, false, true, true, false, true]);
}

#[test]
fn near_names() {
    let (_root, texts) = folder(&["Caf\u{e9} 1.txt"]);
    let near = |path: &str| {
        let found = texts.read(&address(path, true), &Contested::default(), &mut Vec::new());
        match found {
            Ok(Lookup::Missing(absent)) => absent.near,
            other => panic!("{path}: {other:?}"),
        }
    };
    let want = Some("Caf\u{e9} 1.txt".to_owned());
    assert_eq!(near("x/cafe\u{301} 1.txt"), want);
    assert_eq!(near("Caf%C3%A9%201.TXT"), want);
    assert_eq!(near("2.txt"), None);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let (root, texts) = folder(&["in.txt"]);
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::os::unix::fs::symlink(outside.path(), root.path().join("out.txt")).unwrap();
    std::os::unix::fs::symlink("in.txt", root.path().join("link.txt")).unwrap();
    let found =
        |path: &str| texts.read(&address(path, true), &Contested::default(), &mut Vec::new());
    assert!(matches!(found("out.txt"), Ok(Lookup::Unsafe(_))));
    assert!(matches!(found("link.txt"), Ok(Lookup::Read(_))));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let (root, texts) = folder(&[]);
    std::fs::create_dir(root.path().join("d.txt")).unwrap();
    let found = texts.read(
        &address("d.txt", true),
        &Contested::default(),
        &mut Vec::new(),
    );
    assert!(matches!(found, Ok(Lookup::Unreadable(_))));
}

#[cfg(unix)]
#[test]
fn nothing_is_taken_out_of_a_pipe() {
    use std::io::{Read, Write};

    let (root, texts) = folder(&[]);
    let path = root.path().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    if !made.is_ok_and(|status| status.success()) {
        // This system has none.
        return;
    }
    let both_ends = std::fs::File::options().read(true).write(true).open(path);
    let mut pipe = both_ends.unwrap();
    pipe.write_all(b"Ada").unwrap();
    let pipe_address = address("pipe.txt", true);
    let found = texts.read(&pipe_address, &Contested::default(), &mut Vec::new());
    assert!(matches!(found, Ok(Lookup::Unreadable(why)) if why == "it is not a file"));
    let mut waiting = [0; 3];
    pipe.read_exact(&mut waiting).unwrap();
    assert_eq!(&waiting, b"Ada");
}

#[test]
fn texts_of_any_length_are_read_to_their_end() {
    const SHORT: usize = 1 << 14;
    let (root, texts) = folder(&[]);
    let mut buffer = Vec::new();
    for length in [3 * SHORT, 0, 1, SHORT - 1, SHORT, SHORT + 1, 7, 99_999] {
        let letters = (b'a'..b'x').cycle();
        let bytes: Vec<u8> = letters.take(length).collect();
        std::fs::write(root.path().join("a.txt"), &bytes).unwrap();
        let address = address("a.txt", true);
        let none = Contested::default();
        let length = length as u64;
        for most in [length, length + 1, 1 << 20] {
            let found = texts.read_listed(&address, &none, most, &mut buffer, None);
            assert!(matches!(found, Ok(Lookup::Read(_))), "{length} of {most}");
            assert!(buffer == bytes, "{length} of {most}");
        }
        if length > 0 {
            let found = texts.read_listed(&address, &none, length - 1, &mut buffer, None);
            let found = found.unwrap();
            assert!(matches!(found, Lookup::TooLong(all) if all == length));
        }
    }
}
