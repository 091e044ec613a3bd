//! A document without a class has no line in an export of classes. A ledger has it as a whole, and puts it
//! back where it stood.

use std::fs;

use serde_json::Value;

use super::{convert, said};
use crate::support::TempFolder;

/// Files of three documents, of which the first and the last have no class.
const FILES: [(&str, &str); 5] = [
    (
        "doccano",
        "{\"id\":1,\"text\":\"text a\",\"name\":\"a.txt\",\"label\":[],\"Comments\":[]}\n\
         {\"id\":2,\"text\":\"text b\",\"name\":\"b.txt\",\"label\":[\"X\"],\"Comments\":[]}\n\
         {\"id\":3,\"text\":\"text c\",\"name\":\"c.txt\",\"label\":[],\"Comments\":[\"d\"]}\n",
    ),
    (
        "huggingface",
        "{\"text\":\"text a\",\"label\":null,\"name\":\"a.txt\"}\n\
         {\"text\":\"text b\",\"label\":\"X\",\"name\":\"b.txt\",\"more\":1}\n\
         {\"text\":\"text c\",\"label\":null,\"name\":\"c.txt\",\"more\":2}\n",
    ),
    (
        "csv",
        "text,label,name,more\ntext a,,a.txt,1\ntext b,X,b.txt,2\n\"text, c\",,c.txt,3\n",
    ),
    (
        "label-studio",
        r#"[{"id":1,"data":{"text":"text a","name":"a.txt"},"annotations":[{"id":1,"result":[]}]},
{"id":2,"data":{"text":"text b","name":"b.txt"},"annotations":[{"id":2,"result":[{"id":"r","from_name":"label","to_name":"text","type":"choices","value":{"choices":["X"]}}]}]},
{"id":3,"data":{"text":"text c","name":"c.txt","more":3},"annotations":[{"id":3,"result":[]}]}]"#,
    ),
    (
        "spacy",
        "{\"text\":\"text a\",\"meta\":{\"file\":\"a.txt\"}}\n\
         {\"text\":\"text b\",\"label\":\"X\",\"meta\":{\"file\":\"b.txt\"},\"answer\":\"accept\"}\n\
         {\"text\":\"text c\",\"meta\":{\"file\":\"c.txt\"}}\n",
    ),
];

#[test]
fn a_document_without_a_class_came_back_to_projects_only() {
    for (from, file) in FILES {
        let place = TempFolder::new();
        place.write("in", file);
        let way = [
            "--from",
            from,
            "--texts-out",
            "texts",
            "--losses",
            "ledger",
            "--deny-loss",
        ];
        convert(&place, ["in", "aml", "out.jsonl"], &way).expect(0);
        let out = fs::read_to_string(place.at("out.jsonl")).unwrap();
        assert_eq!(out.lines().count(), 1, "{from}: {out}");
        let back = ["--texts", "texts", "--restore", "ledger", "--deny-loss"];
        let done = convert(&place, ["out.jsonl", from, "back"], &back).expect(0);
        assert!(
            !said(&done).contains("finds no place"),
            "{from}: {}",
            done.stderr
        );
        let back = fs::read_to_string(place.at("back")).unwrap();
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        match from {
            "csv" => assert_eq!(back, file),
            "label-studio" => assert_eq!(value(&back), value(file)),
            // The members of a document that was written anew stand in another order.
            _ => {
                let values = |text: &str| text.lines().map(value).collect::<Vec<_>>();
                assert_eq!(values(&back), values(file), "{from}");
            }
        }
    }
}

#[test]
fn a_row_in_a_ledger_is_no_way_to_more_rows() {
    let place = TempFolder::new();
    place.write("in", FILES[2].1);
    let way = [
        "--from",
        "csv",
        "--texts-out",
        "texts",
        "--losses",
        "ledger",
    ];
    convert(&place, ["in", "aml", "out.jsonl"], &way).expect(0);
    let ledger = fs::read_to_string(place.at("ledger")).unwrap();
    let row = r#"["text a","","a.txt","1"]"#;
    assert!(ledger.contains(row), "{ledger}");
    let back = ["--texts", "texts", "--restore", "ledger"];
    for other in [
        r#"["text a","","a.txt","1\nx,Y,y.txt,1","2"]"#,
        r#"["text a","","a.txt"]"#,
        r#"["text a","X","a.txt","1"]"#,
        r#"["text a","","b.txt","1"]"#,
        r#"{"text":"text a"}"#,
    ] {
        place.write("ledger", ledger.replace(row, other));
        convert(&place, ["out.jsonl", "csv", "back"], &back).expect(2);
        assert!(!place.at("back").exists(), "{other}");
    }
}
