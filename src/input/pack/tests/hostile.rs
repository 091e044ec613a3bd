//! Bytes that are no pack, or one that was altered: each is refused, with the reason and the place.

use super::super::head::{FOOTER, MAGIC};
use super::*;

/// Why bytes are no pack.
#[track_caller]
fn refused(bytes: &[u8]) -> String {
    let error = opened(bytes).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{error}");
    error.to_string()
}

#[test]
fn a_pack_that_is_cut_off_is_none() {
    let whole = packed(TWO);
    for length in 0..whole.len() {
        let why = refused(&whole[..length]);
        if length < MAGIC.len() {
            assert!(
                why.contains("neither a folder nor a text pack"),
                "{length}: {why}"
            );
        } else {
            assert!(
                why.contains(&format!("at byte {length}: it ends there")),
                "{length}: {why}"
            );
        }
    }
    let longer = [&whole[..], b"\n"].concat();
    assert!(refused(&longer).contains("it ends there"));
}

#[test]
fn no_byte_can_be_another() {
    let whole = packed(TWO);
    let texts: usize = TWO
        .iter()
        .flat_map(|all| all.iter())
        .map(|(_, text)| text.len())
        .sum();
    let texts = 16..16 + texts;
    for at in 0..whole.len() {
        for bit in [0x01, 0x20, 0x80] {
            let mut altered = whole.clone();
            altered[at] ^= bit;
            if !texts.contains(&at) {
                refused(&altered);
                continue;
            }
            let pack = opened(&altered).unwrap();
            let mut wrong = Vec::new();
            for (number, folder) in TWO.iter().enumerate() {
                for (name, expected) in *folder {
                    match text(&pack, number, name) {
                        Ok(found) => assert_eq!(found.as_deref(), Some(*expected)),
                        Err(error) => wrong.push(error.to_string()),
                    }
                }
            }
            assert_eq!(wrong.len(), 1, "{at}: {wrong:?}");
            assert!(
                wrong[0].contains("not the one that was packed"),
                "{wrong:?}"
            );
        }
    }
}

#[test]
fn another_version_is_said_to_be_one() {
    let mut bytes = packed(TWO);
    bytes[8..12].copy_from_slice(&7_u32.to_le_bytes());
    assert!(refused(&bytes).contains("of version 7, and this program reads version 1"));
    assert!(refused(b"\x89LWPACK\n\x02\0\0\0").contains("of version 2"));
    assert!(refused(b"").contains("neither a folder nor a text pack"));
    assert!(refused(b"PK\x03\x04").contains("neither a folder nor a text pack"));
}

#[test]
fn an_index_that_lies_is_refused() {
    let good = made_up(&[2], &[(1, 20), (2, 26)], b"ab");
    assert_eq!(opened(&good).unwrap().texts(0).count(), 2);
    let far = u64::MAX;
    for (bytes, why) in [
        (
            made_up(&[2], &[(1, 27), (2, 26)], b"ab"),
            "a text has no place there",
        ),
        (
            made_up(&[2], &[(1, 20), (2, 19)], b"ab"),
            "a text has no place there",
        ),
        (
            made_up(&[2], &[(1, 15), (2, 26)], b"ab"),
            "a text has no place there",
        ),
        (
            made_up(&[2], &[(1, far), (2, 26)], b"ab"),
            "a text has no place there",
        ),
        (
            made_up(&[2], &[(1, 20), (2, 25)], b"ab"),
            "byte 25: these bytes are of no text",
        ),
        (
            made_up(&[0], &[], b""),
            "byte 16: these bytes are of no text",
        ),
        (
            made_up(&[2], &[(3, 20), (2, 26)], b"ab"),
            "a name has no place there",
        ),
        (
            made_up(&[2], &[(2, 20), (1, 26)], b"ab"),
            "a name has no place there",
        ),
        (
            made_up(&[2], &[(far, 20), (far, 26)], b"ab"),
            "a name has no place there",
        ),
        (
            made_up(&[2], &[(1, 20), (3, 26)], "a\u{e9}b".as_bytes()),
            "these bytes are of no name",
        ),
        (
            made_up(&[1], &[(2, 26)], "a\u{e9}".as_bytes()),
            "a name has no place there",
        ),
        (made_up(&[1], &[(2, 26)], b"a\xff"), "a name is no UTF-8"),
        (
            made_up(&[2], &[(1, 20), (2, 26)], b"aa"),
            "twice, or not in the order",
        ),
        (
            made_up(&[2], &[(1, 20), (2, 26)], b"ba"),
            "twice, or not in the order",
        ),
        (
            made_up(&[3], &[(1, 20), (2, 26)], b"ab"),
            "a folder has no texts there",
        ),
        (
            made_up(&[far], &[(1, 20), (2, 26)], b"ab"),
            "a folder has no texts there",
        ),
        (
            made_up(&[2, 1], &[(1, 20), (2, 26)], b"ab"),
            "a folder has no texts there",
        ),
        (
            made_up(&[1], &[(1, 20), (2, 26)], b"ab"),
            "some texts are in no folder",
        ),
        (
            made_up(&[], &[(1, 20), (2, 26)], b"ab"),
            "some texts are in no folder",
        ),
    ] {
        let found = refused(&bytes);
        assert!(found.contains(why), "{found}, not {why}");
    }
    // The same name in two folders is no name twice.
    assert!(opened(&made_up(&[1, 2], &[(1, 20), (2, 26)], b"aa")).is_ok());
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in [
        "", "..", "../a", "a/../b", "a/..", "/a", "//a", "a/", "a//b", ".", "./a", "a/./b", "C:a",
        "a\\b", "..\\a", "a\0",
    ] {
        let length = name.len() as u64;
        let why = refused(&made_up(&[1], &[(length, 26)], name.as_bytes()));
        assert!(
            why.contains("none of a text in a folder"),
            "{name:?}: {why}"
        );
    }
    for name in [
        "a",
        "a b",
        "...",
        "a..b",
        ".hidden",
        "caf\u{e9}/\u{5d0}",
        "-",
        "a\nb",
    ] {
        let length = name.len() as u64;
        assert!(
            opened(&made_up(&[1], &[(length, 26)], name.as_bytes())).is_ok(),
            "{name:?}"
        );
    }
}

#[test]
fn numbers_that_the_file_does_not_back_ask_for_no_memory() {
    let whole = packed(TWO);
    let from = whole.len() - usize::try_from(FOOTER).unwrap();
    let head = Head::of(&Source::in_memory(whole.clone(), Path::new("a"))).unwrap();
    let with = |head: Head| [&whole[..from], &head.footer()].concat();
    assert!(opened(&with(head)).is_ok());
    for large in [
        1,
        1 << 32,
        u64::MAX / 24,
        u64::MAX / 8 + 1,
        u64::MAX - 7,
        u64::MAX,
    ] {
        for wrong in [
            Head {
                index: large,
                ..head
            },
            Head {
                folders: large,
                ..head
            },
            Head {
                texts: large,
                ..head
            },
            Head {
                names: large,
                ..head
            },
            Head {
                folders: large,
                texts: large,
                names: large,
                ..head
            },
        ] {
            let why = refused(&with(wrong));
            assert!(why.contains("the index is not where it should be"), "{why}");
        }
    }
    assert!(refused(&with(Head { hash: 0, ..head })).contains("the index was altered"));
}
