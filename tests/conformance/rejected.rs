//! Cases that are no JSON.

use super::{Case, alone, as_file, as_line, as_member, case, hidden};

const NUMBERS: [&str; 43] = [
    "+1",
    "++1",
    "-",
    "--1",
    "- 1",
    "-a",
    "01",
    "-01",
    "00",
    "0123",
    "-012",
    ".5",
    "-.5",
    "+.5",
    "1.",
    "-1.",
    "1.e1",
    "0.e1",
    ".e1",
    "1e",
    "1E",
    "1e+",
    "1e-",
    "1e+-1",
    "1ee1",
    "1e1.5",
    "1e 1",
    "1.2.3",
    "1..2",
    "1_000",
    "1 000",
    "0x1F",
    "0b1",
    "0o7",
    "1f",
    "1L",
    "1n",
    "NaN",
    "-NaN",
    "Infinity",
    "-Infinity",
    "inf",
    "\u{ff11}",
];

const WORDS: [&str; 24] = [
    "tru",
    "truee",
    "True",
    "TRUE",
    "fals",
    "falsee",
    "False",
    "FALSE",
    "nul",
    "nulll",
    "Null",
    "NULL",
    "nil",
    "None",
    "undefined",
    "yes",
    "a",
    "abc",
    "true false",
    "nullnull",
    "t",
    "n",
    "\u{e9}",
    "truе",
];

/// What is wrong with the parts of arrays and objects.
const VALUES: [&str; 64] = [
    "[",
    "]",
    "[[]",
    "[]]",
    "[1",
    "[1,",
    "[,",
    "[,]",
    "[,1]",
    "[1,]",
    "[1,,2]",
    "[1 2]",
    "[1;2]",
    "[1:2]",
    "[\"a\"",
    "[\"a\",",
    "[\"a\":1]",
    "[\"a\" \"b\"]",
    "[}",
    "[1}",
    "[1)",
    "(1)",
    "<1>",
    "{",
    "}",
    "{{}",
    "{}}",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{,}",
    "{,\"a\":1}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1;\"b\":2}",
    "{\"a\"}",
    "{\"a\",\"b\"}",
    "{\"a\" 1}",
    "{\"a\"::1}",
    "{\"a\":1:2}",
    "{\"a\"=1}",
    "{\"a\"=>1}",
    "{:1}",
    "{\"a\":}",
    "{1:1}",
    "{null:1}",
    "{true:1}",
    "{[]:1}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":'b'}",
    "{\"a\":1]",
    "{[}]",
    "[{]}",
    "[1]x",
    "[1],",
    "{}{}",
    "[][]",
    "\"a\"\"b\"",
    "1 2",
    "{\"a\":1}#",
    "*",
];

const STRINGS: [&str; 34] = [
    "\"",
    "\"a",
    "a\"",
    "\"\\\"",
    "\"\\",
    "\"\\u\"",
    "\"\\u0\"",
    "\"\\u00\"",
    "\"\\u000\"",
    "\"\\u000g\"",
    "\"\\u00 0\"",
    "\"\\u+123\"",
    "\"\\u-123\"",
    "\"\\uD83D\\u\"",
    "\"\\uD83D\\uDE0\"",
    "\"\\U0041\"",
    "\"\\x41\"",
    "\"\\0\"",
    "\"\\1\"",
    "\"\\'\"",
    "\"\\ \"",
    "\"\\\u{e9}\"",
    "\"\\\u{1f600}\"",
    "'a'",
    "`a`",
    "\u{201c}a\u{201d}",
    "\u{ab}a\u{bb}",
    "a",
    "\"a\" b",
    "b \"a\"",
    "[\"a]",
    "{\"a:1}",
    "\"\\u{41}\"",
    "\"a\\\n\"",
];

/// White space that JSON does not have, comments, and other marks.
const MARKS: [&str; 26] = [
    "\u{b}1",
    "\u{c}1",
    "1\u{c}",
    "\u{a0}1",
    "1\u{a0}",
    "\u{2028}1",
    "\u{2029}1",
    "\u{3000}1",
    "\u{200b}1",
    "\u{85}1",
    "1\u{feff}",
    "[\u{feff}]",
    "[\u{a0}]",
    "[1\u{a0}]",
    "\u{0}1",
    "1\u{0}",
    "[\u{0}]",
    "\u{1}",
    "// a\n1",
    "1 // a",
    "/* a */1",
    "1/**/",
    "[1/*,*/]",
    "# a\n1",
    "1 # a",
    "<!-- a -->1",
];

/// Bytes that are no UTF-8, in a string.
const BYTES: [(&str, &[u8]); 22] = [
    ("a continuation byte alone", b"\x80"),
    ("the last of them", b"\xbf"),
    ("two of them", b"\x80\x80"),
    ("the start of a character of two", b"\xc3"),
    ("the start of one of three", b"\xe2\x82"),
    ("the start of one of four", b"\xf0\x9f\x98"),
    ("a start behind a start", b"\xc3\xc3"),
    ("a character that is cut by a letter", b"\xe2\x82a"),
    ("NUL in two bytes", b"\xc0\x80"),
    ("a slash in two bytes", b"\xc0\xaf"),
    ("a letter in two bytes", b"\xc1\xa1"),
    ("a slash in three bytes", b"\xe0\x80\xaf"),
    ("a slash in four bytes", b"\xf0\x80\x80\xaf"),
    ("the first high surrogate", b"\xed\xa0\x80"),
    ("the last low surrogate", b"\xed\xbf\xbf"),
    ("a pair of surrogates", b"\xed\xa0\xbd\xed\xb8\x80"),
    ("behind the last code point", b"\xf4\x90\x80\x80"),
    ("a start of five bytes", b"\xf8\x88\x80\x80\x80"),
    ("a start of six bytes", b"\xfc\x84\x80\x80\x80\x80"),
    ("the byte FE", b"\xfe"),
    ("the byte FF", b"\xff"),
    ("Latin-1", b"caf\xe9"),
];

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    cases.extend(NUMBERS.map(|number| case(format!("the number {number:?}"), number)));
    cases.extend(WORDS.map(|word| case(format!("the word {word:?}"), word)));
    cases.extend(VALUES.map(|value| case(format!("the value {value:?}"), value)));
    // One that holds a line end is two lines.
    let strings = STRINGS.iter().filter(|text| !text.contains('\n'));
    cases.extend(strings.map(|string| case(format!("the string {string:?}"), *string)));
    let marks = MARKS.iter().filter(|text| !text.contains('\n'));
    cases.extend(marks.map(|mark| case(format!("the mark {mark:?}"), *mark)));
    for code in (0..0x20_u8).filter(|code| *code != b'\n') {
        cases.push(case(
            format!("the byte {code:#04x} in a string"),
            [b"\"a", &[code][..], b"b\""].concat(),
        ));
    }
    for code in b'!'..=b'~' {
        if !b"\"\\/bfnrtu".contains(&code) {
            let string = [b"\"\\", &[code][..], b"\""].concat();
            cases.push(case(format!("the escape \\{}", char::from(code)), string));
        }
    }
    cases
}

#[test]
fn what_is_no_json_is_told() {
    let cases = cases();
    assert!(cases.len() >= 280, "{}", cases.len());
    let told = |found: &[&str]| {
        found
            .iter()
            .any(|rule| ["invalid-json", "truncated-file"].contains(rule))
    };
    for (name, json) in cases {
        assert!(
            told(&as_line(&json)),
            "{name}, as a line: {:?}",
            as_line(&json)
        );
        let member = hidden(as_member(&json), "labels.jsonl", "aml");
        assert!(told(&member), "{name}, as a member: {member:?}");
        let file = as_file(&json);
        assert!(told(&file), "{name}, as a file: {file:?}");
        assert!(!alone(&json).is_empty(), "{name}, alone");
    }
}

#[test]
fn line_ends_do_not_stand_in_strings() {
    for json in ["\"a\nb\"", "\"a\\\nb\"", "[\"a\n\"]", "{\"a\nb\":1}"] {
        let file = as_file(json.as_bytes());
        assert!(file.contains(&"invalid-json"), "{json:?}: {file:?}");
    }
}

#[test]
fn what_is_no_utf_8_is_told() {
    for (name, bytes) in BYTES {
        let json = [b"\"", bytes, b"\""].concat();
        assert!(
            as_line(&json).contains(&"invalid-utf8"),
            "{name}, as a line"
        );
        let member = hidden(as_member(&json), "labels.jsonl", "aml");
        assert!(member.contains(&"invalid-utf8"), "{name}, as a member");
        assert!(
            as_file(&json).contains(&"invalid-utf8"),
            "{name}, as a file"
        );
    }
}
