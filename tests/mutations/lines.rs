//! Lines of Azure ML that are of something else, or whose parts do not fit one another.

use serde_json::{Value, json};

use super::clean::Base::{Aml, AmlMulti, AmlSingle};
use super::corpus::Place;
use super::defect::{Defect, defect};
use super::shape::{short, within};

pub(super) fn defects() -> Vec<Defect> {
    let image = json!({
        "image_url": "AmlDatastore://workspaceblobstore/shelf.jpg",
        "image_details": { "format": "jpg", "width": "640px", "height": "480px" },
        "label": "Kettle", "label_confidence": 1.0,
    });
    let polygon = json!({
        "image_url": "AmlDatastore://workspaceblobstore/shelf.png",
        "label": [{ "label": "Kettle", "topX": 0.1, "topY": 0.1, "bottomX": 0.5, "bottomY": 0.5 }],
    });
    let prediction = json!({
        "image_url": "AmlDatastore://workspaceblobstore/mail900.txt",
        "label": "Refund,Delivery", "label_confidence": [0.91, 0.3],
    });
    let class = json!({
        "image_url": "AmlDatastore://workspaceblobstore/note01.txt", "label": "Refund",
        "label_confidence": 1.0,
    });
    let classes = json!({
        "image_url": "AmlDatastore://workspaceblobstore/mail0.txt", "label": ["Refund"],
        "label_confidence": [1.0],
    });
    // A record in place of another one, or added to the file.
    let strays = [
        ("image-record", Aml, image.clone()),
        ("image-record", AmlSingle, image),
        ("image-record", Aml, polygon),
        ("prediction-record", AmlSingle, prediction.clone()),
        ("prediction-record", AmlMulti, prediction),
        ("mixed-kinds", Aml, class),
        ("mixed-kinds", AmlSingle, classes),
    ];
    let strays = strays.into_iter().map(|(rule, base, record)| {
        defect(
            rule,
            base,
            format!("among the records {}", short(&record)),
            move |corpus| {
                // The first record that has a kind is the one that the file is of.
                let at = corpus.pick((1..corpus.documents().len()).collect());
                let mut record = record.clone();
                if rule == "mixed-kinds" {
                    record["image_url"] = corpus.documents()[at]["image_url"].clone();
                    corpus.documents_mut()[at] = record;
                } else {
                    corpus.documents_mut().insert(at, record);
                }
                Place::Document(at, String::new())
            },
        )
    });
    let mut all: Vec<Defect> = strays.collect();
    for (name, change) in [
        (
            "one is lost",
            (|list| drop(list.pop())) as fn(&mut Vec<Value>),
        ),
        ("one too many", |list| list.push(json!(1.0))),
        ("none is left", Vec::clear),
        ("above one", |list| list[0] = json!(1.5)),
        ("in percent", |list| list.fill(json!(97))),
        ("below zero", |list| list[0] = json!(-0.1)),
    ] {
        for base in [Aml, AmlMulti] {
            all.push(defect("confidence-mismatch", base, name, move |corpus| {
                let document = corpus.any_document();
                change(
                    corpus.document(document)["label_confidence"]
                        .as_array_mut()
                        .unwrap(),
                );
                Place::Document(document, "/label_confidence".to_owned())
            }));
        }
    }
    all.push(within(
        "confidence-mismatch",
        AmlSingle,
        "/label_confidence",
        json!(2.0),
    ));
    for (form, part) in [
        ("", "a name alone"),
        ("docs/", "a path"),
        ("ftp://host/docs/", "another protocol"),
        ("https://example.org/docs/", "a web page"),
        (
            "AmlDatastore://workspaceblobstore/docs//",
            "an empty folder",
        ),
        ("azureml://datastores/workspaceblobstore/", "no paths"),
    ] {
        all.push(defect("bad-document-url", Aml, part, move |corpus| {
            let document = corpus.any_document();
            let name = corpus.location(document).unwrap();
            corpus.document(document)["image_url"] = json!(format!("{form}{name}"));
            Place::Document(document, "/image_url".to_owned())
        }));
    }
    all
}
