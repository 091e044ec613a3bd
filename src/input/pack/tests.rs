//! What is read of a pack, and which bytes are none.

mod hostile;

use std::path::Path;

use super::*;
use crate::input::files::Files;

/// A pack in memory.
fn opened(bytes: &[u8]) -> io::Result<Pack> {
    Pack::open(Source::in_memory(bytes, Path::new("a.pack")))
}

/// The bytes of a pack of folders, each with the names and the bytes of its texts.
fn packed(folders: &[&[(&str, &str)]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = PackWriter::new(&mut bytes).unwrap();
    for folder in folders {
        for (name, text) in *folder {
            assert!(writer.add(name, text.as_bytes()).is_ok());
        }
        writer.end_folder();
    }
    writer.finish().unwrap();
    bytes
}

/// The text of that name.
fn text(pack: &Pack, folder: usize, name: &str) -> io::Result<Option<String>> {
    let mut buffer = b"left over".to_vec();
    let found = pack.read(folder, name, 1_000, &mut buffer)?;
    Ok(found.map(|length| {
        assert_eq!(length, buffer.len() as u64);
        String::from_utf8(buffer).unwrap()
    }))
}

const TWO: &[&[(&str, &str)]] = &[
    &[
        ("a-b.txt", "one"),
        ("a.txt", ""),
        ("a/b/c.txt", "two"),
        ("caf\u{e9}.txt", "\u{1f600}"),
    ],
    &[("a.txt", "of the second")],
];

#[test]
fn texts_are_read_by_folder_and_name() {
    let pack = opened(&packed(TWO)).unwrap();
    assert_eq!(pack.folders(), 2);
    for (number, folder) in TWO.iter().enumerate() {
        let listed: Vec<(&str, u64)> = pack.texts(number).collect();
        let expected: Vec<_> = folder
            .iter()
            .map(|(name, it)| (*name, it.len() as u64))
            .collect();
        assert_eq!(listed, expected);
        for (name, expected) in *folder {
            assert_eq!(
                text(&pack, number, name).unwrap().as_deref(),
                Some(*expected)
            );
        }
    }
    assert_eq!(text(&pack, 1, "a-b.txt").unwrap(), None);
    assert_eq!(text(&pack, 2, "a.txt").unwrap(), None);
    // Of one that is too long its length is told.
    let mut buffer = Vec::new();
    assert_eq!(pack.read(0, "a-b.txt", 2, &mut buffer).unwrap(), Some(3));
    assert_eq!(buffer, b"");
    assert!(
        text(&opened(&packed(&[])).unwrap(), 0, "a.txt")
            .unwrap()
            .is_none()
    );
    assert!(
        text(&opened(&packed(&[&[]])).unwrap(), 0, "a.txt")
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_pack_finds_what_its_folder_finds() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join("docs").join(name);
    for name in [
        "a.txt",
        "a/b.txt",
        "a/b/c.txt",
        "a b/c.md",
        "a0",
        "a-",
        "caf\u{e9}/x/y.txt",
    ] {
        // A name that is a file on disk cannot be a folder as well.
        let name = name.replace("a/b.txt", "a/d.txt");
        std::fs::create_dir_all(at(&name).parent().unwrap()).unwrap();
        std::fs::write(at(&name), &name).unwrap();
    }
    let mut bytes = Vec::new();
    let mut writer = PackWriter::new(&mut bytes).unwrap();
    let mut left = LeftOut::default();
    assert!(gather(&place.path().join("docs"), &mut writer, &mut left).is_ok());
    assert_eq!(left, LeftOut::default());
    assert_eq!(writer.finish().unwrap().texts, 7);
    std::fs::write(place.path().join("a.pack"), bytes).unwrap();
    let open = |name: &str| {
        Files::open(&place.path().join(name), &Packs::default())
            .unwrap()
            .remove(0)
    };
    let (folder, pack) = (open("docs"), open("a.pack"));

    let read = |files: &Files, name: &str| {
        let mut buffer = Vec::new();
        let found = files.read(name, 1_000, &mut buffer);
        found
            .map(|length| (length, buffer))
            .map_err(|error| error.to_string())
    };
    let steps = [
        "a",
        "a.txt",
        "a b",
        "b",
        "c.txt",
        "d.txt",
        "caf\u{e9}",
        "x",
        "y.txt",
        ".",
        "",
        "A",
    ];
    let mut found = 0;
    let mut compare = |name: &str| {
        let expected = read(&folder, name);
        found += usize::from(matches!(expected, Ok((Some(_), _))));
        assert_eq!(read(&pack, name), expected, "{name:?}");
    };
    for first in steps {
        compare(first);
        for second in steps {
            // An absolute path is refused before.
            if first.is_empty() {
                continue;
            }
            compare(&format!("{first}/{second}"));
            for third in steps {
                compare(&format!("{first}/{second}/{third}"));
                compare(&format!("{first}/./{second}//{third}"));
            }
        }
    }
    assert!(found > 10, "{found}");

    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    let names = |files: &Files| {
        let names = files.names().map(|name| name.unwrap().unwrap());
        sorted(names.collect())
    };
    assert_eq!(names(&pack), names(&folder));
    assert_eq!(
        sorted(pack.below().unwrap()),
        sorted(folder.below().unwrap())
    );
    for way in ["", "a", "a/b", "a b", "caf\u{e9}", "caf\u{e9}/x", "x"] {
        let entries = |files: &Files| {
            let mut all = Vec::new();
            let listed = files.each_entry(way, |name, kind| all.push(format!("{name} {kind:?}")));
            listed.unwrap();
            sorted(all)
        };
        assert_eq!(entries(&pack), entries(&folder), "{way:?}");
    }
}

/// A pack whose index says what it likes, with all its hashes as they should be: where folders end,
/// where the name and the bytes of each text end, and the names. There are 10 bytes of texts.
fn made_up(ends: &[u64], rows: &[(u64, u64)], names: &[u8]) -> Vec<u8> {
    let mut bytes = [&head::header()[..], b"0123456789"].concat();
    let start = bytes.len();
    bytes.extend(ends.iter().flat_map(|end| end.to_le_bytes()));
    for (name, text) in rows {
        for number in [*name, *text, 0] {
            bytes.extend(number.to_le_bytes());
        }
    }
    bytes.extend(names);
    let head = Head {
        index: start as u64,
        folders: ends.len() as u64,
        texts: rows.len() as u64,
        names: names.len() as u64,
        hash: XxHash3_64::oneshot(&bytes[start..]),
    };
    bytes.extend(head.footer());
    bytes
}

#[test]
fn what_is_hidden_is_read_and_not_listed() {
    let bytes = made_up(&[2], &[(2, 20), (6, 26)], b".aa/.b");
    let files = Files::Packed(opened(&bytes).unwrap().into(), 0);
    assert_eq!(files.below().unwrap(), [""; 0]);
    let mut buffer = Vec::new();
    for name in [".a", "a/.b"] {
        // It is there, and the hash that was made up is not its own.
        let error = files.read(name, 1_000, &mut buffer).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_what_is_hidden_are_left_out_and_counted() {
    use std::os::unix::fs::symlink;
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    for name in ["a/1.txt", "a/.hidden.txt", ".git/config", "b\\c.txt"] {
        std::fs::create_dir_all(at(name).parent().unwrap()).unwrap();
        std::fs::write(at(name), name).unwrap();
    }
    symlink("a/1.txt", at("link.txt")).unwrap();
    symlink("a", at("a/loop")).unwrap();
    symlink("/etc/passwd", at("out.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    let (mut bytes, mut left) = (Vec::new(), LeftOut::default());
    let mut writer = PackWriter::new(&mut bytes).unwrap();
    assert!(gather(place.path(), &mut writer, &mut left).is_ok());
    assert_eq!(writer.finish().unwrap(), Packed { texts: 1, bytes: 7 });
    assert_eq!(bytes, packed(&[&[("a/1.txt", "a/1.txt")]]));
    let expected = LeftOut {
        hidden: 2,
        links: 3,
        others: 2,
    };
    assert_eq!(left, expected);
}
