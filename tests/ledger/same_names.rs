//! Several documents of one name: each had the facts of the first.

use std::fs;

use serde_json::{Value, json};

use super::{convert, said};
use crate::support::{Run, TempFolder};

/// Three documents have one name; `dataset` has no place among the categories of Label Studio.
const ROWS: &str = "id,text,class,split,source\n\
    1,Trains run again.,Traffic,train,desk\n\
    3,The bridge.,Traffic,dev,desk\n\
    3,The harbour.,Sport,test,wire\n\
    3,Two.,Sport,,wire\n";

fn place(rows: &str) -> TempFolder {
    let place = TempFolder::new();
    place.write("in.csv", rows);
    place
}

fn there(place: &TempFolder, to: &str) {
    convert(place, ["in.csv", to, "out"], &["--losses", "ledger"]).expect(0);
}

fn back(place: &TempFolder, to: &str) -> Run {
    let more = ["--from", to, "--restore", "ledger"];
    convert(place, ["out", "csv", "back.csv"], &more)
}

#[test]
fn each_has_its_own_set() {
    for to in ["label-studio", "spacy", "doccano", "spacy-tuples"] {
        for jobs in ["1", "2", "5"] {
            let place = place(ROWS);
            let more = ["--losses", "ledger", "--jobs", jobs];
            convert(&place, ["in.csv", to, "out"], &more).expect(0);
            back(&place, to).expect(0);
            let rows = fs::read_to_string(place.at("back.csv")).unwrap();
            assert_eq!(rows, ROWS, "{to} with {jobs} jobs");
        }
    }
}

/// The second of many is not the first, wherever batches end.
#[test]
fn of_many_each_has_its_own() {
    let row = |number: u32| {
        let id = if number.is_multiple_of(3) {
            7
        } else {
            10_000 + number
        };
        format!("{id},The text of {number}.,Sport,source {number}\n")
    };
    let rows =
        "id,text,class,source\n".to_owned() + &(0..3_000).map(row).collect::<Vec<_>>().concat();
    let place = place(&rows);
    there(&place, "spacy");
    back(&place, "spacy").expect(0);
    let found = fs::read_to_string(place.at("back.csv")).unwrap();
    assert!(found == rows, "each of the rows has its source again");
}

#[test]
fn a_ledger_says_which_of_them_a_fact_is_about() {
    let place = place(ROWS);
    there(&place, "spacy");
    let ledger = fs::read_to_string(place.at("ledger")).unwrap();
    let mut found = Vec::new();
    for line in ledger.lines().skip(1) {
        let fact: Value = serde_json::from_str(line).unwrap();
        if fact["pointer"] == "/4" {
            found.push(fact["occurrence"].clone());
        }
    }
    assert_eq!(
        found,
        [Value::Null, json!([1, 3]), json!([2, 3]), json!([3, 3])]
    );
}

/// Which of them is gone cannot be known, and what belongs to whom neither.
#[test]
fn facts_about_one_of_several_are_not_guessed() {
    let place = place(ROWS);
    there(&place, "spacy");
    let lines = fs::read_to_string(place.at("out")).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    place.write("out", [lines[0], lines[1], lines[3]].join("\n"));
    let told = said(&back(&place, "spacy").expect(0));
    let rows = fs::read_to_string(place.at("back.csv")).unwrap();
    assert_eq!(
        rows,
        "id,text,class,split,source\n\
         1,Trains run again.,Traffic,train,desk\n\
         3.txt,The bridge.,Traffic,Dev,\n\
         3.txt,Two.,Sport,,\n"
    );
    assert!(
        told.contains("8 facts of the ledger find no place"),
        "{told}"
    );
}

/// Where the target has no names, texts stand for them, and one may come twice too. A document without a
/// text is left out, so the others do not stand where they stood.
#[test]
fn documents_of_one_text_behind_one_that_was_left_out() {
    let place = TempFolder::new();
    place.write("a.txt", "Ada saw Rome.");
    place.write("b.txt", "Ada saw Rome.");
    let line = |name: &str, confidence: f64| {
        json!({
            "image_url": format!("AmlDatastore://s/{name}.txt"),
            "label": "Trip",
            "label_confidence": confidence,
        })
    };
    let lines = [line("none", 0.1), line("a", 0.2), line("b", 0.3)];
    place.write(
        "in.jsonl",
        lines.each_ref().map(|line| format!("{line}\n")).concat(),
    );
    let there = ["--texts", ".", "--skip-invalid", "--losses", "ledger"];
    convert(&place, ["in.jsonl", "spacy-tuples", "out"], &there).expect(0);
    let back = ["--from", "spacy-tuples", "--restore", "ledger"];
    let texts = ["--texts-out", "texts"];
    let back = [&back[..], &texts[..]].concat();
    convert(&place, ["out", "aml", "back.jsonl"], &back).expect(0);
    let found = fs::read_to_string(place.at("back.jsonl")).unwrap();
    let found: Vec<Value> = found
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(found, lines[1..]);
}

#[test]
fn an_occurrence_that_cannot_be_is_refused() {
    for occurrence in ["[0,2]", "[3,2]", "[1,1]", "[1]", "[-1,2]", "2"] {
        let place = place(ROWS);
        there(&place, "spacy");
        let ledger = fs::read_to_string(place.at("ledger")).unwrap();
        place.write("ledger", ledger.replace("[1,3]", occurrence));
        let told = back(&place, "spacy").expect(2).stderr;
        assert!(told.contains("is no line of a ledger"), "{told}");
    }
}

/// The second has no class, and an export of Azure ML has no form for such a document.
#[test]
fn facts_of_a_document_that_the_target_does_not_hold_went_to_its_namesake() {
    let place = TempFolder::new();
    let rows = "text,label,name,extra\n\
        same,Refund,a.txt,one\n\
        same,,a.txt,two\n\
        same,Urgent,a.txt,three\n";
    place.write("in.csv", rows);
    let there = ["--losses", "ledger", "--texts-out", "texts"];
    let told = said(&convert(&place, ["in.csv", "aml", "out"], &there).expect(0));
    assert!(!told.contains("without a class"), "{told}");
    let back = ["--from", "aml", "--restore", "ledger", "--texts", "texts"];
    let told = said(&convert(&place, ["out", "csv", "back.csv"], &back).expect(0));
    assert!(!told.contains("finds no place"), "{told}");
    assert_eq!(fs::read_to_string(place.at("back.csv")).unwrap(), rows);
}

/// One was there before, and another came into the product.
#[test]
fn facts_of_the_only_document_of_a_name_went_to_a_new_one_too() {
    let place = TempFolder::new();
    let line = |name: &str, who: &str| {
        let spans = json!([{"start": 0, "end": 3, "label": "P"}]);
        let record = json!({"text": format!("Ada saw {who}"), "spans": spans, "meta": {"file": name}, "answer": "accept", "who": who});
        format!("{record}\n")
    };
    place.write("in.jsonl", line("a.txt", "one") + &line("b.txt", "two"));
    convert(
        &place,
        ["in.jsonl", "huggingface", "out"],
        &["--losses", "ledger"],
    )
    .expect(0);
    let lines = fs::read_to_string(place.at("out")).unwrap();
    let first = lines.lines().next().unwrap();
    place.write("out", format!("{first}\n{first}\n"));
    let back = ["--from", "huggingface", "--restore", "ledger"];
    let told = said(&convert(&place, ["out", "spacy", "back"], &back).expect(0));
    assert!(told.contains("facts of the ledger find no place"), "{told}");
    let found = fs::read_to_string(place.at("back")).unwrap();
    assert!(!found.contains("\"who\""), "{found}");
}
