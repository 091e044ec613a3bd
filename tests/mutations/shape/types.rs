//! Values of another type than they should be.

use serde_json::{Value, json};

use super::edits::{header, within};
use crate::mutations::clean::Base::{
    Aml, AmlMulti, AmlSingle, Healthcare, Multi, Ner, Sentiment, Single, Summaries,
};
use crate::mutations::corpus::Place;
use crate::mutations::defect::{Defect, defect};

pub(super) fn defects() -> Vec<Defect> {
    let mut all = Vec::new();
    for value in [
        json!("12"),
        json!(12.5),
        json!(true),
        Value::Null,
        json!([12]),
        json!(3_000_000_000_u64),
        json!(1e300),
    ] {
        all.push(within(
            "wrong-type",
            Ner,
            "/entities/*/labels/*/offset",
            value,
        ));
    }
    let wrong = |base, pattern, value| within("wrong-type", base, pattern, value);
    all.extend([
        wrong(Ner, "/entities/*/labels/*/length", json!("7")),
        wrong(Ner, "/entities/*/labels/*/category", json!(7)),
        wrong(Ner, "/entities/*/labels/*", json!("Place")),
        wrong(Ner, "/entities/*/labels", json!({})),
        wrong(Ner, "/entities/*/regionLength", json!("500")),
        wrong(Ner, "/entities/*/regionOffset", Value::Null),
        wrong(Ner, "/entities/*", json!([])),
        wrong(Ner, "/entities", json!({})),
        wrong(Ner, "/language", json!(1)),
        wrong(Ner, "/location", json!(12)),
        wrong(Single, "/class", json!("Refund")),
        wrong(Single, "/class/category", json!(["Refund"])),
        wrong(Single, "/location", Value::Null),
        wrong(Multi, "/classes", json!({ "category": "Refund" })),
        wrong(Multi, "/classes/*", json!("Refund")),
        wrong(Sentiment, "/sentimentSpans", json!("positive")),
        wrong(Sentiment, "/sentimentSpans/*/length", json!(5.5)),
        wrong(Summaries, "/summaryLocation", json!(["short0.txt"])),
        wrong(Aml, "/label/*/offsetStart", json!("12")),
        wrong(Aml, "/label/*/offsetEnd", json!(12.5)),
        wrong(Aml, "/label/*/label", json!(3)),
        wrong(Aml, "/label/*", json!(["Place", 0, 4])),
        wrong(Aml, "/label", Value::Null),
        wrong(Aml, "/label", json!({ "label": "Place" })),
        wrong(Aml, "/image_url", json!(["AmlDatastore://a/b.txt"])),
        wrong(Aml, "/label_confidence", json!("1.0")),
        wrong(Aml, "/label_confidence/*", json!("1.0")),
        wrong(AmlSingle, "/label", Value::Null),
        wrong(AmlMulti, "/label/*", Value::Null),
        header("wrong-type", Ner, "/metadata/multilingual", json!("true")),
        header("wrong-type", Ner, "/metadata/projectName", json!(7)),
        header("wrong-type", Ner, "/metadata/settings", json!([])),
        header(
            "wrong-type",
            Ner,
            "/metadata/settings/confidenceThreshold",
            json!("0.7"),
        ),
        header("wrong-type", Ner, "/metadata", json!([])),
        header(
            "wrong-type",
            Ner,
            "/assets/entities",
            json!({ "category": "Place" }),
        ),
        header(
            "wrong-type",
            Ner,
            "/assets/documents",
            json!({ "note01.txt": [] }),
        ),
        header("wrong-type", Single, "/assets/classes", json!("Refund")),
        header("wrong-type", Ner, "/projectFileVersion", json!(2022)),
        header("wrong-type", Ner, "/stringIndexType", Value::Null),
        header(
            "wrong-type",
            Healthcare,
            "/assets/entities/0/list/sublists",
            json!({}),
        ),
    ]);
    // What is read all the same.
    all.extend([
        defect(
            "wrong-type",
            Ner,
            "an offset as a floating-point number",
            |corpus| {
                let spot = corpus.any_label();
                let (start, _) = corpus.numbers(&spot);
                #[expect(clippy::cast_precision_loss, reason = "offsets are small")]
                let spelled = json!(start as f64);
                corpus.label(&spot)["offset"] = spelled;
                Place::Document(spot.document, format!("{}/offset", spot.pointer))
            },
        ),
        defect(
            "wrong-type",
            Ner,
            "a region that begins at minus zero",
            |corpus| {
                let document = corpus.any_document();
                corpus.document(document)["entities"][0]["regionOffset"] = json!(-0.0);
                Place::Document(document, "/entities/0/regionOffset".to_owned())
            },
        ),
        defect(
            "wrong-type",
            Aml,
            "an end as a floating-point number",
            |corpus| {
                let spot = corpus.any_label();
                let (_, end) = corpus.numbers(&spot);
                #[expect(clippy::cast_precision_loss, reason = "offsets are small")]
                let spelled = json!(end as f64);
                corpus.label(&spot)["offsetEnd"] = spelled;
                Place::Document(spot.document, format!("{}/offsetEnd", spot.pointer))
            },
        ),
    ]);
    all
}
