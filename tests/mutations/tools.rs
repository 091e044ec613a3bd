//! Files of Label Studio that their own tool would not take, or that several people have labeled.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::clean::Base::Ner;
use super::corpus::{Corpus, Place};
use super::defect::{Defect, defect};

/// The task that a document is in Label Studio, with its offsets in code points.
fn task(corpus: &Corpus, index: usize) -> Value {
    let document = &corpus.documents()[index];
    let text = corpus.text(index);
    let units: Vec<u16> = text.encode_utf16().collect();
    let points = |unit: &Value| {
        let unit = usize::try_from(unit.as_u64().unwrap()).unwrap();
        String::from_utf16(&units[..unit]).unwrap().chars().count()
    };
    let labels = document["entities"].as_array().unwrap().iter();
    let labels = labels.flat_map(|region| region["labels"].as_array().unwrap());
    let regions = labels.enumerate().map(|(number, label)| {
        let end = label["offset"].as_u64().unwrap() + label["length"].as_u64().unwrap();
        json!({
            "id": format!("{index}-{number}"),
            "from_name": "label", "to_name": "text", "type": "labels",
            "value": {
                "start": points(&label["offset"]), "end": points(&json!(end)),
                "labels": [label["category"]],
            },
        })
    });
    let regions: Vec<Value> = regions.collect();
    json!({
        "data": {
            "text": text, "name": document["location"], "dataset": document["dataset"],
            "language": document["language"],
        },
        "annotations": [{ "result": regions }],
    })
}

/// Makes a file of Label Studio of the corpus, a task a line, of which one is spoiled.
fn spoil(corpus: &mut Corpus, change: impl Fn(&mut Value)) -> Place {
    let spoiled = corpus.any_document();
    let mut file = "[\n".to_owned();
    for index in 0..corpus.documents().len() {
        let mut task = task(corpus, index);
        if index == spoiled {
            change(&mut task);
        }
        let comma = if index + 1 < corpus.documents().len() {
            ","
        } else {
            ""
        };
        let _ = writeln!(file, "{task}{comma}");
    }
    file.push_str("]\n");
    corpus.bytes = Some(file.into_bytes());
    corpus.texts.clear();
    Place::Line(spoiled + 2)
}

pub(super) fn defects() -> Vec<Defect> {
    type Change = fn(&mut Value);
    let all: [(&str, &str, Change); 6] = [
        ("importer-rejects", "an account of another server", |task| {
            task["annotations"][0]["completed_by"] = json!(77);
        }),
        (
            "importer-rejects",
            "the e-mail address of an account",
            |task| {
                task["annotations"][0]["completed_by"] = json!("eve@example.org");
            },
        ),
        (
            "importer-rejects",
            "the name of before version 1.0",
            |task| {
                let task = task.as_object_mut().unwrap();
                let annotations = task.remove("annotations").unwrap();
                task.insert("completions".to_owned(), annotations);
            },
        ),
        ("importer-rejects", "a region without a label", |task| {
            let result = task["annotations"][0]["result"].as_array_mut().unwrap();
            let mut region = result[0].clone();
            region["value"]["labels"] = json!([]);
            result.push(region);
        }),
        ("importer-rejects", "a region without its control", |task| {
            let region = task["annotations"][0]["result"][0].as_object_mut().unwrap();
            region.remove("from_name");
        }),
        ("several-annotators", "a second annotation", |task| {
            let annotations = task["annotations"].as_array_mut().unwrap();
            annotations.push(json!({ "result": [] }));
        }),
    ];
    let all = all.into_iter();
    all.map(|(rule, name, change)| defect(rule, Ner, name, move |corpus| spoil(corpus, change)))
        .collect()
}
