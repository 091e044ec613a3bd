//! What a ledger lost, or put back otherwise, without a word.

use std::fs;

use serde_json::{Value, json};

use super::{convert, said};
use crate::support::TempFolder;

fn read(place: &TempFolder, name: &str) -> String {
    fs::read_to_string(place.at(name)).unwrap()
}

#[test]
fn a_folder_of_an_export_was_doubled_by_way_of_other_formats() {
    let place = TempFolder::new();
    place.write("texts/docs/a.txt", "Ada met Bob");
    let line = r#"{"image_url":"AmlDatastore://ws/docs/a.txt","label":[{"label":"P","offsetStart":0,"offsetEnd":3}],"label_confidence":[0.5],"labeler":"me"}"#;
    place.write("in.jsonl", format!("{line}\n"));
    for to in [
        "label-studio",
        "doccano",
        "huggingface",
        "spacy",
        "spacy-tuples",
    ] {
        let there = ["--texts", "texts", "--losses", "ledger"];
        convert(&place, ["in.jsonl", to, "out"], &there).expect(0);
        let new = format!("new-{to}");
        let back = ["--from", to, "--texts-out", &new, "--restore", "ledger"];
        convert(&place, ["out", "aml", "back.jsonl"], &back).expect(0);
        assert_eq!(read(&place, "back.jsonl"), read(&place, "in.jsonl"), "{to}");
    }
}

#[test]
fn an_emoji_before_a_tagged_token_made_a_new_ledger_unfit() {
    let place = TempFolder::new();
    place.write("texts/a.txt", "😀 Ada");
    place.write("in.conll", "😀 O\nAda B-P\n");
    let there = ["--from", "conll", "--texts", "texts", "--losses", "ledger"];
    convert(&place, ["in.conll", "language", "out.json"], &there).expect(0);
    let back = ["--texts", "texts", "--restore", "ledger"];
    convert(&place, ["out.json", "conll", "back.conll"], &back).expect(0);
    assert_eq!(read(&place, "back.conll"), read(&place, "in.conll"));
}

#[test]
fn names_of_numbers_made_a_new_ledger_unfit() {
    let place = TempFolder::new();
    place.write("names", "bad\ngood\n");
    place.write("in.jsonl", "{\"text\":\"so good\",\"label\":1}\n");
    let names = ["--label-names", "names"];
    let there = [&names[..], &["--from", "huggingface", "--losses", "ledger"]].concat();
    convert(&place, ["in.jsonl", "label-studio", "out.json"], &there).expect(0);
    let back = [
        &names[..],
        &["--from", "label-studio", "--restore", "ledger"],
    ]
    .concat();
    convert(&place, ["out.json", "huggingface", "back.jsonl"], &back).expect(0);
    let back: Value = serde_json::from_str(&read(&place, "back.jsonl")).unwrap();
    assert_eq!(
        (&back["text"], &back["label"]),
        (&json!("so good"), &json!(1))
    );
}

/// Where each document has one class, the target may not tell that it could have several.
#[test]
fn a_project_of_several_classes_came_back_as_one_of_one() {
    let place = TempFolder::new();
    place.write("texts/a.txt", "Oslo");
    let line = |confidence: f64| {
        let line = json!({
            "image_url": "AmlDatastore://ws/a.txt",
            "label": ["City"],
            "label_confidence": [confidence],
        });
        format!("{line}\n")
    };
    for confidence in [0.5, 1.0] {
        place.write("in.jsonl", line(confidence));
        for to in [
            "doccano",
            "label-studio",
            "spacy-tuples",
            "spacy",
            "huggingface",
        ] {
            let there = ["--texts", "texts", "--losses", "ledger"];
            convert(&place, ["in.jsonl", to, "out"], &there).expect(0);
            let new = format!("new-{to}");
            let back = ["--from", to, "--texts-out", &new, "--restore", "ledger"];
            convert(&place, ["out", "aml", "back.jsonl"], &back).expect(0);
            assert_eq!(read(&place, "back.jsonl"), line(confidence), "{to}");
        }
    }
}

#[test]
fn documents_that_vanish_are_counted_and_kept_for_people() {
    let place = TempFolder::new();
    place.write("texts/a.txt", "Ada");
    place.write("texts/b.txt", "   \n");
    let line = |name: &str| {
        let label = json!({"label": "P", "offsetStart": 0, "offsetEnd": 3});
        let labels = if name == "a" {
            json!([label])
        } else {
            json!([])
        };
        json!({
            "image_url": format!("AmlDatastore://ws/{name}.txt"),
            "label": labels,
            "label_confidence": if name == "a" { json!([1.0]) } else { json!([]) },
        })
    };
    place.write("in.jsonl", format!("{}\n{}\n", line("a"), line("b")));
    let there = ["--texts", "texts", "--losses", "ledger"];
    let told = said(&convert(&place, ["in.jsonl", "conll", "out"], &there).expect(0));
    assert!(told.contains("documents left out (1)"), "{told}");
    let ledger = read(&place, "ledger");
    let kept: Vec<Value> = ledger
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|fact: &Value| fact["document"] == "b.txt")
        .collect();
    assert_eq!(kept.len(), 1, "{ledger}");
    assert_eq!(
        (&kept[0]["fact"], &kept[0]["value"]),
        (&json!("left-out"), &line("b"))
    );
}

#[test]
fn a_label_that_was_left_out_stayed_out_without_a_word() {
    let place = TempFolder::new();
    let record = json!({
        "text": "Ada met Bob",
        "spans": [
            {"start": 0, "end": 7, "label": "P"},
            {"start": 4, "end": 11, "label": "Q"},
        ],
        "meta": {"file": "a.txt"},
        "answer": "accept",
    });
    place.write("in.jsonl", format!("{record}\n"));
    let there = ["--overlap", "longest", "--losses", "ledger"];
    convert(&place, ["in.jsonl", "spacy-tuples", "out"], &there).expect(0);
    let back = ["--from", "spacy-tuples", "--restore", "ledger"];
    let told = said(&convert(&place, ["out", "spacy", "back"], &back).expect(0));
    let is_back = read(&place, "back").contains("\"Q\"");
    let is_told = told.contains("1 fact of the ledger finds no place");
    assert!(is_back != is_told, "{told}");
}

#[test]
fn names_of_labels_that_the_target_spells_otherwise_were_lost() {
    let place = TempFolder::new();
    place.write("texts/a.txt", "Ada met Bob");
    let line = |second: &str| {
        format!(
            r#"{{"image_url":"AmlDatastore://ws/a.txt","label":[{{"label":"Full Name","offsetStart":0,"offsetEnd":3,"note":1}},{{"label":"{second}","offsetStart":8,"offsetEnd":11}}],"label_confidence":[0.5,0.25]}}"#
        ) + "\n"
    };
    for to in ["brat", "conll"] {
        let out = format!("out-{to}");
        place.write("in.jsonl", line("City"));
        let profile: &[&str] = if to == "conll" {
            &["--conll-profile", "2003"]
        } else {
            &[]
        };
        let there = [
            &["--texts", "texts", "--losses", "ledger", "--deny-loss"],
            profile,
        ]
        .concat();
        convert(&place, ["in.jsonl", to, &out], &there).expect(0);
        let texts = if to == "brat" {
            ["--texts-out", "new"]
        } else {
            ["--texts", "texts"]
        };
        let back = [&["--from", to, "--restore", "ledger"][..], &texts].concat();
        let told = said(&convert(&place, [&out, "aml", "back.jsonl"], &back).expect(0));
        assert_eq!(read(&place, "back.jsonl"), line("City"), "{to}: {told}");
    }
    // Two that come to one name cannot be told apart.
    place.write("in.jsonl", line("Full_Name"));
    let there = [
        "--texts",
        "texts",
        "--losses",
        "ledger",
        "--conll-profile",
        "2003",
    ];
    let told = said(&convert(&place, ["in.jsonl", "conll", "out-two"], &there).expect(0));
    assert!(told.contains("names of labels (1)"), "{told}");
}

#[test]
fn of_equal_labels_one_that_is_gone_is_counted() {
    let place = TempFolder::new();
    let label = |note: Option<&str>| {
        let mut label = json!({"label": "P", "offsetStart": 0, "offsetEnd": 3});
        if let Some(note) = note {
            label["note"] = json!(note);
        }
        label
    };
    let line = json!({
        "image_url": "AmlDatastore://ws/a.txt",
        "label": [label(None), label(Some("second"))],
        "label_confidence": [1.0, 1.0],
    });
    place.write("texts/a.txt", "Ada met Bob");
    place.write("in.jsonl", format!("{line}\n"));
    let there = ["--texts", "texts", "--losses", "ledger"];
    convert(&place, ["in.jsonl", "language", "out.json"], &there).expect(0);
    let mut project: Value = serde_json::from_str(&read(&place, "out.json")).unwrap();
    let labels = &mut project["assets"]["documents"][0]["entities"][0]["labels"];
    labels.as_array_mut().unwrap().pop().unwrap();
    place.write("out.json", project.to_string());
    let back = ["--texts", "texts", "--restore", "ledger"];
    let told = said(&convert(&place, ["out.json", "aml", "back.jsonl"], &back).expect(0));
    assert!(!read(&place, "back.jsonl").contains("second"));
    assert!(
        told.contains("1 fact of the ledger finds no place"),
        "{told}"
    );
}

/// The target has them in the order of the text.
#[test]
fn ids_of_labels_that_were_not_in_the_order_of_the_text_were_lost() {
    let place = TempFolder::new();
    let tuples = r#"[["Ada met Bob.",{"entities":[[8,11,"P","Q1"],[0,3,"P","Q2"]]}]]"#;
    place.write("in.json", tuples);
    let from = ["--from", "spacy-tuples", "--losses", "ledger"];
    for to in ["doccano", "language", "label-studio"] {
        let texts = format!("texts-{to}");
        let out: &[&str] = if to == "language" {
            &["--texts-out", &texts]
        } else {
            &[]
        };
        convert(&place, ["in.json", to, "out"], &[&from[..], out].concat()).expect(0);
        let texts: &[&str] = if to == "language" {
            &["--texts", &texts]
        } else {
            &[]
        };
        let back = ["--from", to, "--restore", "ledger"];
        convert(
            &place,
            ["out", "spacy-tuples", "back"],
            &[&back[..], texts].concat(),
        )
        .expect(0);
        let values = ["in.json", "back"]
            .map(|name| -> Value { serde_json::from_str(&read(&place, name)).unwrap() });
        assert_eq!(values[0], values[1], "{to}");
    }
}

/// They made a project of entities with classes in it.
#[test]
fn classes_alone_in_a_file_of_spans_are_none_of_a_project_of_entities() {
    let place = TempFolder::new();
    let tuples = r#"[["Ada met Bob.",{"entities":[[8,11,"P"]]}],["Cid ran.",{"entities":[],"cats":{"K":1.0}}],["Dan sat.",{"cats":{"K":1.0}}]]"#;
    place.write("in.json", tuples);
    for to in ["language", "aml", "doccano", "huggingface"] {
        let texts = format!("texts-{to}");
        let is_apart = matches!(to, "language" | "aml");
        let texts_out: &[&str] = if is_apart {
            &["--texts-out", &texts]
        } else {
            &[]
        };
        let there = [
            &["--from", "spacy-tuples", "--losses", "ledger"][..],
            texts_out,
        ]
        .concat();
        convert(&place, ["in.json", to, "out"], &there).expect(0);
        let written = read(&place, "out");
        let uses = ["\"category\": \"K\"", "[\"K\"]", "\"label\":\"K\""]
            .map(|it| written.matches(it).count());
        // A project declares it, since some document has it.
        assert!(
            uses.iter().sum::<usize>() <= usize::from(to == "language"),
            "{to}: {written}"
        );
        let texts_in: &[&str] = if is_apart { &["--texts", &texts] } else { &[] };
        let back = [&["--from", to, "--restore", "ledger"][..], texts_in].concat();
        convert(&place, ["out", "spacy-tuples", "back"], &back).expect(0);
        let values = ["in.json", "back"]
            .map(|name| -> Value { serde_json::from_str(&read(&place, name)).unwrap() });
        assert_eq!(values[0], values[1], "{to}");
    }
}

/// What the user says of the unit is about the other side, where each label says what it covers.
#[test]
fn offsets_came_back_in_the_unit_that_was_told_of_the_other_side() {
    let place = TempFolder::new();
    let text = "\u{1f600} Ada met \u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} Émile in Köln, éa.";
    let start = text.chars().position(|char| char == 'É').unwrap();
    let task = json!([{
        "id": 1,
        "data": {"text": text},
        "annotations": [{"id": 2, "result": [{
            "id": "r1", "from_name": "label", "to_name": "text", "type": "labels",
            "value": {"start": start, "end": start + 5, "text": "Émile", "labels": ["P"]},
        }]}],
    }]);
    place.write("in.json", task.to_string());
    for unit in ["grapheme10", "utf16"] {
        let there = ["--offsets", unit, "--losses", "ledger"];
        convert(&place, ["in.json", "doccano", "out"], &there).expect(0);
        for again in [&[][..], &["--offsets", unit]] {
            let back = [&["--from", "doccano", "--restore", "ledger"][..], again].concat();
            convert(&place, ["out", "label-studio", "back"], &back).expect(0);
            let back: Value = serde_json::from_str(&read(&place, "back")).unwrap();
            let value = &back[0]["annotations"][0]["result"][0]["value"];
            let want = (json!(start), json!(start + 5));
            assert_eq!(
                (value["start"].clone(), value["end"].clone()),
                want,
                "{unit} {again:?}"
            );
        }
    }
}
