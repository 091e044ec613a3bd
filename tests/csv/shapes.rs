//! Tables of other tools: what their columns are, and how they spell classes.

use serde_json::Value;

use super::{convert, documents, folder, report, to_language};
use crate::support::run;

/// The documents that a table becomes.
fn read(table: &str, more: &[&str]) -> Vec<String> {
    let place = folder("in.csv", table);
    let more = [&["--fail-on", "never"], more].concat();
    to_language(&place, "in.csv", &more).expect(0);
    documents(&place, "out.json")
}

#[test]
fn the_user_can_name_the_columns() {
    let table = "key,body,label\na,one,A\nb,two,B\n";
    let named = ["--text-key", "body", "--name-key", "key", "--from", "csv"];
    assert_eq!(read(table, &named), ["a.txt - [\"A\"]", "b.txt - [\"B\"]"]);
    let place = folder("in.csv", table);
    let wrong = ["--text-key", "words", "--from", "csv"];
    let report = report(&place, "in.csv", 1, &wrong);
    assert!(
        report.rules().contains(&"wrong-type"),
        "{:?}",
        report.rules()
    );
    // A column that is called `text` gives way to the one that the user names.
    let table = "text,body,label\nno,one,A\n";
    let place = folder("in.csv", table);
    to_language(&place, "in.csv", &["--text-key", "body"]).expect(0);
    assert_eq!(place.read("docs/in-0001.txt"), "one");
}

#[test]
fn doccano_joins_classes() {
    let table = "id,text,label,Comments\n1,a,Refund#Urgent,\n2,b,Refund,\n3,c,,\n";
    let want = [
        "1.txt - [\"Refund\", \"Urgent\"]",
        "2.txt - [\"Refund\"]",
        "3.txt - []",
    ];
    assert_eq!(read(table, &[]), want);
    // Elsewhere the sign is one of a name.
    let table = "id,text,label\n1,a,C#\n2,b,Refund\n";
    assert_eq!(
        read(table, &[]),
        ["1.txt - [\"C#\"]", "2.txt - [\"Refund\"]"]
    );
}

#[test]
fn columns_may_mark_the_documents_of_a_class() {
    let table = "text,Refund,Urgent\na,1,1\nb,0,0\nc,0,1\n";
    let want = [
        "in-0001.txt - [\"Refund\", \"Urgent\"]",
        "in-0002.txt - []",
        "in-0003.txt - [\"Urgent\"]",
    ];
    assert_eq!(read(table, &[]), want);
    let place = folder("in.csv", "text,Refund,Urgent\na,1,1\nb,0,2\n");
    let args = [
        "check",
        "in.csv",
        "--format",
        "csv",
        "--select",
        "wrong-type",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(1).report();
    let found = &report.findings()[0];
    assert_eq!(
        (&found["line"], &found["column"]),
        (&Value::from(3), &Value::from(5))
    );
}

#[test]
fn a_table_may_have_paths_instead_of_texts() {
    let table = "Url,Label\nAmlDatastore://workspaceblobstore/UI/a.txt,Refund\n";
    let place = folder("in.csv", table);
    place.write("UI/a.txt", "Send it back.");
    let args = [
        "check",
        "in.csv",
        "--select",
        "documents,shape",
        "--output",
        "json",
    ];
    assert_eq!(run(place.path(), args).report().rules(), [""; 0]);
    to_language(&place, "in.csv", &[]).expect(0);
    assert_eq!(documents(&place, "out.json"), ["UI/a.txt - [\"Refund\"]"]);
}

#[test]
fn what_is_read_by_nobody_is_told_with_the_way_out() {
    for (table, words) in [
        (
            "__label__Refund Send it back.\n",
            "columns `text` and `label`",
        ),
        (
            "annotation_id,annotator,id,lead_time,sentiment,text\n1,1,1,2,good,x\n",
            "export JSON there",
        ),
    ] {
        let place = folder("in.csv", table);
        run(place.path(), ["check", "in.csv", "--isolated"]);
        let done = convert(
            &place,
            "in.csv",
            "language",
            "out.json",
            &["--texts-out", "docs"],
        );
        assert!(done.status != 0);
        let said = format!("{}{}", done.text(), done.stderr);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{said}");
    }
}
