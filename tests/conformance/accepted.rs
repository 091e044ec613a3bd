//! Cases that are JSON.

use super::{Case, alone, as_file, as_line, as_member, case, comes_back, hidden};

/// Numbers, each spelled in a way of its own.
const NUMBERS: [&str; 32] = [
    "0",
    "-0",
    "1",
    "-1",
    "9",
    "10",
    "1234567890",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "123456789012345678901234567890",
    "0.0",
    "-0.0",
    "0.5",
    "1.50",
    "3.141592653589793",
    "0.1000000000000000055511151231257827",
    "1e0",
    "1E0",
    "1e+0",
    "1e-0",
    "1E+10",
    "1E-10",
    "0e0",
    "0e+1",
    "-0e-1",
    "1.5e3",
    "-1.5E-3",
    "1e05",
    "1e00",
    "2.2250738585072014e-308",
];

/// Strings, without their quotes.
const STRINGS: [&str; 40] = [
    "",
    " ",
    "a",
    "\\\"",
    "\\\\",
    "\\/",
    "/",
    "\\b",
    "\\f",
    "\\n",
    "\\r",
    "\\t",
    "\\u0000",
    "\\u001f",
    "\\u0022",
    "\\u005C",
    "\\u002f",
    "\\u0061",
    "\\u00e9",
    "\\u00E9",
    "\\u20ac",
    "\\uD83D\\uDE00",
    "\\ud83d\\ude00",
    "\\uFFFF",
    "\\uFFFE",
    "\\uFEFF",
    "\\u2028\\u2029",
    "a\\\\\\\"b",
    "\\\\u0000",
    "\u{7f}",
    "\u{80}",
    "é",
    "e\u{301}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{ffff}",
    "\u{10ffff}",
    "\u{1f469}\u{1f3fd}\u{200d}\u{1f692}",
    "// no comment /* either */",
];

/// Arrays, objects and what may stand between their parts.
const VALUES: [&str; 40] = [
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[ ]",
    "{ }",
    "[\t]",
    "[1]",
    "[1,2]",
    "[ 1 , 2 ]",
    "[[]]",
    "[[],[]]",
    "[{}]",
    "[null]",
    "[null,1,\"a\",{}]",
    "[\"a\",[\"b\",[\"c\"]]]",
    "[true,false]",
    "[-0]",
    "[1e1]",
    "[\"]\"]",
    "[\"[\"]",
    "[\"\\\"]\"]",
    "[\",\"]",
    "{\"a\":1}",
    "{\"a\":1,\"b\":2}",
    "{\"a\" : 1}",
    "{ \"a\":1 }",
    "{\"\":0}",
    "{\"a\":{\"a\":{\"a\":[]}}}",
    "{\"a\\u0000b\":1}",
    "{\"\\u0061\":1}",
    "{\"a b\":1}",
    "{\"}\":\"{\"}",
    "{\":\":\":\"}",
    "{\"\\\\\":\"\\\\\"}",
    "{\"\u{1f600}\":\"\u{1f600}\"}",
    "{\"a\":[1,{\"b\":[2]}]}",
    "{\"a\":null,\"A\":null}",
    "{\"__proto__\":1}",
];

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    cases.extend(NUMBERS.map(|number| case(format!("the number {number}"), number)));
    let string = |text: &str| case(format!("the string {text:?}"), format!("\"{text}\""));
    cases.extend(STRINGS.map(string));
    cases.extend(VALUES.map(|value| case(format!("the value {value:?}"), value)));
    for (name, blank) in [("space", " "), ("tab", "\t"), ("several", " \t \t ")] {
        cases.push(case(
            format!("{name} before and behind"),
            format!("{blank}[1]{blank}"),
        ));
        let inside =
            format!("{{{blank}\"a\"{blank}:{blank}[{blank}1{blank},{blank}2{blank}]{blank}}}");
        cases.push(case(format!("{name} inside"), inside));
    }
    for depth in [2, 10, 60, 120] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        cases.push(case(format!("{depth} arrays"), open + &close));
        let (open, close) = ("{\"a\":".repeat(depth), "}".repeat(depth));
        cases.push(case(format!("{depth} objects"), open + "1" + &close));
    }
    for length in [100, 5_000] {
        cases.push(case(
            format!("a string of {length}"),
            format!("\"{}\"", "é".repeat(length)),
        ));
        cases.push(case(
            format!("a number of {length} digits"),
            "7".repeat(length),
        ));
        cases.push(case(
            format!("an array of {length}"),
            format!("[{}0]", "0,".repeat(length)),
        ));
    }
    cases
}

#[test]
fn what_is_json_is_read() {
    let cases = cases();
    assert!(cases.len() >= 120, "{}", cases.len());
    for (name, json) in cases {
        assert_eq!(as_file(&json), [""; 0], "{name}, as a file");
        assert_eq!(as_line(&json), [""; 0], "{name}, as a line");
        assert_eq!(
            hidden(as_member(&json), "labels.jsonl", "aml"),
            [""; 0],
            "{name}, as a member"
        );
        comes_back(&name, &json);
        // No label file is so small, but each is read as far as to know that.
        assert_eq!(alone(&json), ["not-a-label-file"], "{name}, alone");
    }
}

#[test]
fn line_ends_may_stand_between_the_parts_of_a_file() {
    for blank in ["\n", "\r\n", "\r", "\n\t\n"] {
        for value in ["[1,2]", "{\"a\":[true]}", "\"a\"", "7"] {
            let json = value.replace(',', &format!("{blank},{blank}"));
            let json = format!("{blank}{json}{blank}");
            assert_eq!(as_file(json.as_bytes()), [""; 0], "{json:?}");
        }
    }
}
