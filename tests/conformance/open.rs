//! Cases that RFC 8259 leaves open, and what labelwright makes of them.

use super::{alone, as_file, as_line, as_member, comes_back, hidden};

/// Numbers that no machine number is: they are kept as they are spelled.
#[test]
fn numbers_of_any_size_are_read_and_kept() {
    for number in [
        "1e400",
        "-1e400",
        "1e-400",
        "123e65536",
        "0.4e00669999999999999999999999",
        "-1e+9999",
    ] {
        assert_eq!(as_line(number.as_bytes()), [""; 0], "{number}");
        assert_eq!(as_file(number.as_bytes()), [""; 0], "{number}");
        comes_back(number, number.as_bytes());
    }
}

/// Half of a pair is a character that no text has. It is told, and kept where nobody knows the member.
#[test]
fn lone_surrogates_are_told_where_they_are_read_and_kept_where_they_are_not() {
    for escape in [
        "\\uD800",
        "\\udbff",
        "\\uDC00",
        "\\udfff",
        "\\uDE00\\uD83D",
        "\\uD83D\\uD83D",
        "\\uD83Dx",
        "\\uD83D\\n",
        "\\uD83D\\u0041",
    ] {
        let value = format!("\"{escape}\"");
        let label = format!(
            r#"{{"image_url":"AmlDatastore://store/1.txt","label":[{{"label":{value},"offsetStart":0,"offsetEnd":1}}],"label_confidence":[1]}}"#
        );
        let found = hidden(label.into_bytes(), "labels.jsonl", "aml");
        assert_eq!(found, ["lone-surrogate"], "{escape}");
        assert_eq!(
            hidden(as_member(value.as_bytes()), "labels.jsonl", "aml"),
            ["lone-surrogate"],
            "{escape}"
        );
        comes_back(escape, value.as_bytes());
    }
}

/// Two members of one name: readers disagree about which of them counts, so it is an error.
#[test]
fn a_name_stands_once_in_an_object_that_is_read() {
    let twice = br#"{"image_url":"a","image_url":"b","label":[],"label_confidence":[]}"#;
    assert_eq!(
        hidden(twice.to_vec(), "labels.jsonl", "aml"),
        ["duplicate-key"]
    );
    // The same name by another spelling.
    let escaped = br#"{"image_url":"a","image\u005furl":"b","label":[],"label_confidence":[]}"#;
    assert_eq!(
        hidden(escaped.to_vec(), "labels.jsonl", "aml"),
        ["duplicate-key"]
    );
    // In a value that nobody reads too: whoever reads it next may lose one of them.
    let inside = br#"{"a":1,"a":2}"#;
    let found = hidden(as_member(inside), "labels.jsonl", "aml");
    assert_eq!(found, ["duplicate-key"]);
}

/// A byte-order mark before the first value is passed over, with a finding of its own.
#[test]
fn a_byte_order_mark_stands_at_the_start_alone() {
    assert_eq!(as_file("\u{feff}{}".as_bytes()), ["invalid-json"]);
    let line = super::LINE;
    assert_eq!(
        hidden(
            format!("\u{feff}{line}\n").into_bytes(),
            "labels.jsonl",
            "aml"
        ),
        [""; 0]
    );
    assert_eq!(as_line("\u{feff}{}".as_bytes()), ["invalid-json"]);
}

/// 128 levels are read, as `serde_json` does.
#[test]
fn what_nests_too_deep_is_told() {
    for (depth, is_fine) in [
        (127, true),
        (128, true),
        (129, false),
        (500, false),
        (100_000, false),
    ] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let inner = if open == "[" { "" } else { "1" };
            let json = open.repeat(depth) + inner + &close.repeat(depth);
            let found = as_line(json.as_bytes());
            assert_eq!(found.is_empty(), is_fine, "{depth} {open}: {found:?}");
            if !is_fine {
                assert_eq!(found, ["nesting-too-deep"], "{depth} {open}");
            }
        }
        // Brackets that are never closed are no deeper trouble.
        let found = as_line("[".repeat(depth).as_bytes());
        assert!(!found.is_empty(), "{depth}");
    }
}

/// Two values, and none at all.
#[test]
fn a_file_is_one_value_and_so_is_a_line() {
    for json in ["", " ", "\n", "\r\n \t"] {
        assert_eq!(alone(json.as_bytes()), ["not-a-label-file"], "{json:?}");
    }
    for json in ["{} {}", "1 2", "[] 1", "\"a\" null"] {
        assert_eq!(as_line(json.as_bytes()), ["invalid-json"], "{json:?}");
    }
}
