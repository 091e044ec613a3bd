//! What the user says of a source goes into its ledger, and the way back needs no option for it.

use std::fs;

use super::{convert, said};
use crate::support::TempFolder;

/// Writes a file, converts it with a ledger under what is `told`, and back without; answers what came back.
fn there_and_back(text: &str, [from, to, name]: [&str; 3], told: &[&str]) -> String {
    let place = TempFolder::new();
    place.write(name, text);
    place.write("names", "P\nQ\n");
    let mut more = vec!["--from", from, "--losses", "ledger"];
    let mut back = vec!["--from", to, "--restore", "ledger"];
    if to == "aml" || to == "language" {
        more.extend(["--texts-out", "texts"]);
        back.extend(["--texts", "texts"]);
    }
    more.extend(told);
    convert(&place, [name, to, "out"], &more).expect(0);
    let done = convert(&place, ["out", from, "back"], &back).expect(0);
    assert!(!said(&done).contains("no place"), "{}", done.stderr);
    fs::read_to_string(place.at("back")).unwrap()
}

#[test]
fn the_ledger_of_a_table_with_told_columns_was_refused() {
    let table = "name,body,label\nq.txt,Ada met,P\nr.txt,\"Bob, too\",Q\n";
    let columns = ["csv", "aml", "in.csv"];
    let told = ["--text-key", "body"];
    assert_eq!(there_and_back(table, columns, &told), table);
    let table = "who,text,body,label\nq.txt,short,Ada met,P\nr.txt,s,\"Bob, too\",Q\n";
    let told = ["--text-key", "body", "--name-key", "who"];
    assert_eq!(there_and_back(table, columns, &told), table);
    let columns = ["csv", "language", "in.csv"];
    assert_eq!(there_and_back(table, columns, &told), table);
}

/// A task of Label Studio with the annotations of two people.
const TASK: &str = r#"[{"id":1,"data":{"text":"Ada met Bob","name":"a.txt"},"annotations":[{"id":1,"completed_by":7,"result":[{"id":"r1","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":3,"labels":["P"]}}]},{"id":2,"completed_by":8,"result":[{"id":"r2","from_name":"label","to_name":"text","type":"labels","value":{"start":8,"end":11,"labels":["P"]}}]}]}]"#;

#[test]
fn the_ledger_of_one_annotator_of_several_was_refused() {
    for (annotator, to) in [("7", "huggingface"), ("8", "huggingface"), ("7", "aml")] {
        let told = ["--annotator", annotator];
        let back = there_and_back(TASK, ["label-studio", to, "in.json"], &told);
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(&back), value(TASK), "{annotator} {to}");
    }
}

#[test]
fn the_ledger_of_labels_that_are_numbers_was_refused() {
    let line = "{\"text\":\"Ada met\",\"label\":1,\"name\":\"a.txt\"}\n";
    let told = ["--label-names", "names"];
    let back = there_and_back(line, ["huggingface", "csv", "in.jsonl"], &told);
    assert_eq!(back, line);
}

#[test]
fn a_ledger_that_has_not_kept_what_was_told_is_read_with_what_is_told_again() {
    let place = TempFolder::new();
    place.write("in.json", TASK);
    let told = ["--annotator", "7"];
    let save = ["--losses", "ledger", "--annotator", "7"];
    convert(&place, ["in.json", "huggingface", "out"], &save).expect(0);
    let ledger = fs::read_to_string(place.at("ledger")).unwrap();
    let kept = r#","told":{"annotator":"7"}"#;
    assert!(ledger.contains(kept), "{ledger}");
    place.write("ledger", ledger.replace(kept, ""));
    let back = ["--from", "huggingface", "--restore", "ledger"];
    convert(&place, ["out", "label-studio", "back"], &back).expect(2);
    convert(
        &place,
        ["out", "label-studio", "back"],
        &[&back[..], &told].concat(),
    )
    .expect(0);
}

#[test]
fn the_member_that_was_told_to_hold_the_text_or_the_name_lost_its_own_name() {
    let formats = [
        (
            "huggingface",
            "{\"content\":\"Ada met\",\"label\":\"P\",\"who\":\"a.txt\",\"text\":\"short\",\"name\":\"Ada\"}\n",
        ),
        (
            "doccano",
            "{\"body\":\"Ada met\",\"label\":[[0,3,\"P\"]],\"who\":\"a.txt\",\"text\":\"Ada met\",\"name\":\"Ada\"}\n",
        ),
        (
            "spacy",
            "{\"content\":\"Ada met\",\"spans\":[{\"start\":0,\"end\":3,\"label\":\"P\"}],\"answer\":\"accept\",\"text\":\"short\",\"who\":\"a.txt\"}\n",
        ),
        (
            "label-studio",
            r#"[{"data":{"content":"Ada met","who":"a.txt","text":"short","name":"Ada"},"annotations":[{"result":[{"id":"r1","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":3,"labels":["P"]}}]}]}]"#,
        ),
    ];
    for (from, file) in formats {
        for to in ["aml", "csv", "spacy-tuples"] {
            let has_classes = from == "huggingface";
            if from == to || has_classes == (to == "spacy-tuples") || !has_classes && to == "csv" {
                continue;
            }
            let key = if from == "doccano" { "body" } else { "content" };
            let told = ["--text-key", key, "--name-key", "who"];
            let back = there_and_back(file, [from, to, "in"], &told);
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(value(&back), value(file), "{from} {to}");
        }
    }
}
