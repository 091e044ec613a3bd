//! Which files are such tables.

use labelwright::internals::formats::{Detected, detect};

use super::{fixture, folder, tables};
use crate::support::{names, run};

/// The format of a file, or what it looks like instead.
fn told(file: impl AsRef<[u8]>) -> String {
    match detect(file.as_ref()) {
        Detected::Format(format, _) => format.info().name.to_owned(),
        Detected::Undecided(_) => "undecided".to_owned(),
        Detected::Other(looks) => looks.to_string(),
    }
}

#[test]
fn every_fixture_is_told() {
    let names = names(&tables());
    assert_eq!(names.len(), 8);
    for name in names {
        assert_eq!(told(fixture(&name)), "csv", "{name}");
    }
}

#[test]
fn columns_have_any_order_case_quotes_and_separator() {
    for table in [
        "text,label\n",
        "text,label",
        "LABEL,Text\nx,a\n",
        "\"text\",\"label\"\n\"a\",\"x\"\n",
        "\u{feff}\"text\";\"label\"\r\n\"a\nb\";x\r\n",
        "\u{feff}\"a\nb\";text;label\r\nq;a;x\r\n",
        "id\tsentence\ttarget\n1\ta, b\tx\n",
        "content|category\na|x\n",
        "text,label\n5\" pipe,x\n6\" pipe,y\n",
        "Url,Label\nAmlDatastore://ds/a.txt,x\n",
        "text,Refund,Urgent\na,1,0\n",
        // Few rows without all of their cells are faults of a table.
        "text,label\na,x\nb\nc,y\n",
    ] {
        assert_eq!(told(table), "csv", "{table:?}");
    }
}

#[test]
fn near_misses_are_other_files() {
    for (file, what) in [
        ("a,Refund\nb,Urgent\n", "a CSV table"),
        ("text,name\na,1.txt\n", "a CSV table"),
        ("text,Refund,Urgent\na,1,perhaps\n", "a CSV table"),
        ("text,read\na,1\n", "a CSV table"),
        ("text\na\nb\n", "plain text"),
        ("text label\na x\n", "plain text"),
        ("text,label\na\nb\nc\n", "plain text"),
        ("A text, with a label, and\nmore of it\n", "plain text"),
        (
            "__label__Refund text\n",
            "a file of fastText, which has no columns; write a table with the columns `text` and `label`",
        ),
        ("Ada B-Person\nmet O\n", "conll"),
        ("Ada|B-Person met|O\n", "tokens as `token|tag`, many a line"),
        ("{\"text\":\"a\",\"label\":\"x\"}\n", "undecided"),
        ("[\"text\",\"label\"]\n", "a JSON array"),
        ("", "an empty file"),
    ] {
        assert_eq!(told(file), what, "{file:?}");
    }
    let utf16: Vec<u8> = "\u{feff}text\tlabel\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(told(utf16), "text saved as UTF-16 LE");
}

#[test]
fn what_is_nearly_such_a_table_is_told_what_to_do() {
    for (table, words) in [
        ("sep=;\r\ntext;label\r\na;x\r\n", "remove that line"),
        ("text,label\ra,x\rb,y\r", "save it with LF or CR LF"),
    ] {
        let place = folder("table.csv", table);
        let done = run(place.path(), ["check", "table.csv", "--output", "json"]).expect(1);
        let report = done.report();
        assert_eq!(report.rules(), ["not-a-label-file"]);
        let message = report.findings()[0]["message"].as_str().unwrap();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn a_table_that_is_not_told_is_read_where_the_user_says_so() {
    // Most rows are ragged; those that are not are read.
    let place = folder("table.csv", "text,label\na\nb\nc,x\n");
    let args = [
        "check",
        "table.csv",
        "--format",
        "csv",
        "--select",
        "shape",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(1).report();
    assert_eq!(report.rules(), ["wrong-type"]);
    assert_eq!(report.findings()[0]["places_total"], 2);
    assert_eq!(report.0["summary"]["documents"], 1);
    // A table without the columns has no documents.
    let place = folder("table.csv", "Link,Label\nAmlDatastore://ds/a.txt,x\n");
    let report = run(place.path(), args).expect(1).report();
    assert_eq!(report.rules(), ["missing-member", "unknown-member"]);
    assert_eq!(report.0["summary"]["documents"], 0);
}
