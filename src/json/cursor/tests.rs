//! What it reads is what `serde_json` reads.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::json::is_plain;

/// Reads any value, as far as the cursor can.
fn value(cursor: &mut Cursor<'_>) -> Option<Value> {
    Some(match cursor.peek()? {
        b'{' => {
            let mut members = serde_json::Map::new();
            cursor.object(|cursor, key| {
                members.insert(key.to_owned(), value(cursor)?);
                Some(())
            })?;
            Value::Object(members)
        }
        b'[' => {
            let mut items = Vec::new();
            cursor.array(|cursor| {
                items.push(value(cursor)?);
                Some(())
            })?;
            Value::Array(items)
        }
        b'"' => Value::String(cursor.string()?.into_owned()),
        _ => {
            let mut other = cursor.clone();
            if let Some(integer) = cursor.integer() {
                return Some(Value::from(integer));
            }
            let number = other.number()?;
            *cursor = other;
            serde_json::from_str(number).expect("a number")
        }
    })
}

fn whole(text: &str) -> Option<Value> {
    let mut cursor = Cursor::new(text);
    let value = value(&mut cursor)?;
    cursor.end()?;
    Some(value)
}

#[test]
fn a_number_is_given_as_it_is_spelled() {
    for spelled in [
        "0", "-0", "7", "-12", "1.5", "-0.25", "1e5", "1E+5", "2.5e-3", "10.01",
    ] {
        let text = format!(" {spelled} ,");
        let mut cursor = Cursor::new(&text);
        assert_eq!(cursor.number(), Some(spelled));
        assert_eq!(cursor.peek(), Some(b','), "{spelled}");
        let mut cursor = Cursor::new(spelled);
        assert_eq!(cursor.number(), Some(spelled));
        assert!(cursor.end().is_some(), "{spelled}");
    }
    for none in [
        "", "-", "+1", ".5", "1.", "1.x", "1e", "1e+", "-x", "x", "e5",
    ] {
        assert_eq!(Cursor::new(none).number(), None, "{none}");
    }
    assert_eq!(Cursor::new("01").number(), Some("0"));
    assert_eq!(Cursor::new("0").integer(), Some(0));
}

#[test]
fn nothing_but_white_space_is_passed_before_what_is_asked_for() {
    let mut cursor = Cursor::new("true \n\ttrue");
    assert!(cursor.pass(b"true").is_some() && cursor.pass(b"true").is_some());
    assert!(cursor.end().is_some());
    for other in ["", "tru", "xtrue", " xtrue", " tru"] {
        assert_eq!(Cursor::new(other).pass(b"true"), None, "{other}");
    }
}

#[test]
fn what_is_gone_over_is_given_as_it_is_spelled() {
    let mut cursor = Cursor::new(" \"a\\u0062\" ,");
    let spelled = cursor.raw(|cursor| cursor.string().map(|_| ()));
    assert_eq!(spelled, Some("\"a\\u0062\""));
    assert_eq!(cursor.raw(|_| None), None);
}

#[test]
fn a_member_that_comes_again_is_given_up() {
    let mut slot = None;
    assert_eq!((once(&mut slot, 1), once(&mut slot, 2)), (Some(()), None));
}

#[test]
fn gives_up_where_json_ends() {
    for text in [
        "",
        "{",
        "[1,]",
        "[,1]",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "01",
        "1.",
        ".5",
        "-",
        "1e",
        "+1",
        "\"\u{1}\"",
        "\"a",
        "\"\\x\"",
        "\"\\ud800\"",
        "[1] 2",
        "true",
        "\"\\\"",
        "\"abcdefgh\\",
    ] {
        assert_eq!(whole(text), None, "{text}");
    }
    assert_eq!(
        whole(" [ -12 , \"a\\n\u{e9}\" ] ").unwrap().to_string(),
        "[-12,\"a\\né\"]"
    );
    for text in ["9223372036854775807", "-", "", "01", "-01", "1.0", "1e3"] {
        assert_eq!(Cursor::new(text).integer(), None, "{text}");
    }
    let mut number = String::new();
    for digit in "123456789012345678".chars() {
        number.push(digit);
        for behind in ["", ",", "]", " ", "}}}}}}}}", "/:zé😀\u{ff}", "\u{0}\u{7f}"] {
            for sign in ["", "-"] {
                let spelled = format!("{sign}{number}");
                let read = Cursor::new(&format!("{spelled}{behind}")).integer();
                assert_eq!(read, spelled.parse().ok(), "{spelled}{behind}");
            }
        }
    }
    for many in [
        "1234567890123456789",
        "01,,,,,,,,",
        "1.0,,,,,,,",
        "1e3,,,,,,",
        "-01,,,,,",
    ] {
        assert_eq!(Cursor::new(many).integer(), None, "{many}");
    }
    assert_eq!(Cursor::new("0,,,,,,,,").integer(), Some(0));
    assert_eq!(Cursor::new("-120]").integer(), Some(-120));
    assert_eq!(Cursor::new("-0").integer(), None);
    assert_eq!(Cursor::new("12.0").integer(), None);
}

#[test]
fn every_stop_is_seen_at_every_place() {
    for stop in ['"', '\\', '\u{0}', '\u{1f}'] {
        for before in 0..20 {
            for other in ["a", "é", "\u{7f}", "!", "#", "]", "[", "\u{80}"] {
                let text = format!("{}{stop}{}", other.repeat(before), "zzzzzzzzz");
                let mut cursor = Cursor::new(&text);
                cursor.pass_plain();
                assert_eq!(cursor.at, other.len() * before, "{text:?}");
                let text = format!("{}{stop}", other.repeat(before));
                assert!(!is_plain(&text), "{text:?}");
                assert!(!is_plain(&format!("{text}zz")), "{text:?}");
                assert!(!is_plain(&format!("{text}zzzzz")), "{text:?}");
                assert!(is_plain(&other.repeat(before)), "{other:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn what_it_accepts_serde_json_reads_alike(
        text in r#"[ \[\]{}:,"\\a0-9.eE+\-u\x00-\x1fé😀]{0,24}"#,
    ) {
        if let Some(read) = whole(&text) {
            // The last of two equal keys counts in both.
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), read);
        }
    }

    #[test]
    fn it_accepts_what_serde_json_writes(
        names in prop::collection::vec("[^\"\\\\\\x00-\\x1f]{0,12}", 0..4),
        texts in prop::collection::vec(".{0,20}", 0..4),
        numbers in prop::collection::vec(-1_000_000_i64..1_000_000, 0..4),
        pretty in any::<bool>(),
    ) {
        let object: serde_json::Map<_, _> =
            names.into_iter().map(|name| (name, Value::from(texts.clone()))).collect();
        let all = serde_json::json!([object, numbers, texts]);
        let text = if pretty {
            serde_json::to_string_pretty(&all).unwrap()
        } else {
            all.to_string()
        };
        prop_assert_eq!(whole(&text), Some(all));
    }
}
