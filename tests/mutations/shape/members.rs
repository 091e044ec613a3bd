//! Members that are missing, unknown, empty, or of another kind.

use serde_json::{Value, json};

use super::edits::{header, header_misspelled, header_without, misspelled, within, without};
use crate::mutations::clean::Base::{
    Aml, AmlMulti, AmlSingle, Connect, Healthcare, Multi, Ner, Sentiment, Single, Summaries,
};
use crate::mutations::corpus::Place;
use crate::mutations::defect::{Defect, defect};

pub(super) fn missing() -> Vec<Defect> {
    let mut all = Vec::new();
    for pointer in [
        "/projectFileVersion",
        "/stringIndexType",
        "/metadata",
        "/assets",
        "/metadata/projectKind",
        "/metadata/storageInputContainerName",
        "/metadata/projectName",
        "/metadata/language",
        "/assets/projectKind",
        "/assets/entities",
        "/assets/documents",
    ] {
        all.push(header_without(Ner, pointer));
    }
    for base in [Single, Multi] {
        all.push(header_without(base, "/assets/classes"));
    }
    all.extend([
        header_without(Healthcare, "/assets/entities"),
        header_without(Ner, "/assets/entities/1/category"),
        header_without(Healthcare, "/assets/entities/1/prebuilts/0/category"),
        header_without(Summaries, "/assets/projectKind"),
        without(Ner, "/location"),
        without(Summaries, "/location"),
        without(Summaries, "/summaryLocation"),
        without(Single, "/class/category"),
        without(Multi, "/classes/*/category"),
        without(Aml, "/image_url"),
        without(Aml, "/label"),
        without(AmlSingle, "/label"),
        without(AmlMulti, "/image_url"),
        without(Aml, "/label/*/label"),
        without(Aml, "/label/*/offsetStart"),
        without(Aml, "/label/*/offsetEnd"),
        without(Healthcare, "/entities/*/regionLength"),
    ]);
    for pattern in [
        "/entities/*/regionOffset",
        "/entities/*/regionLength",
        "/entities/*/labels",
        "/entities/*/labels/*/category",
        "/entities/*/labels/*/offset",
        "/entities/*/labels/*/length",
    ] {
        all.push(without(Ner, pattern));
    }
    for pattern in [
        "/sentimentSpans/*/category",
        "/sentimentSpans/*/offset",
        "/sentimentSpans/*/length",
    ] {
        all.push(without(Sentiment, pattern));
    }
    all
}

/// Names with a letter too many, too few or in the wrong case, where the right one is absent.
pub(super) fn misspellings() -> Vec<Defect> {
    let mut all = Vec::new();
    for (pointer, wrong) in [
        ("/projectFileVersion", "projectFileversion"),
        ("/stringIndexType", "stringIndextype"),
        ("/metadata", "metaData"),
        ("/assets", "asset"),
        ("/metadata/projectName", "ProjectName"),
        ("/metadata/multilingual", "multiLingual"),
        ("/assets/projectKind", "projectKnd"),
        ("/assets/entities", "entites"),
        ("/assets/documents", "documets"),
        ("/assets/entities/1/category", "catgory"),
    ] {
        all.push(header_misspelled(Ner, pointer, wrong));
    }
    for (base, pattern, wrong) in [
        (Ner, "/location", "Location"),
        (Ner, "/entities", "entites"),
        (Healthcare, "/entities", "entity"),
        (Ner, "/entities/*/regionLength", "regionLenght"),
        (Ner, "/entities/*/labels", "lables"),
        (Ner, "/entities/*/labels/*/category", "Category"),
        (Ner, "/entities/*/labels/*/offset", "ofset"),
        (Single, "/class", "Class"),
        (Single, "/class/category", "catagory"),
        (Multi, "/classes", "clases"),
        (Multi, "/classes/*/category", "categories"),
        (Sentiment, "/sentimentSpans", "sentimentspans"),
        (Summaries, "/summaryLocation", "summarylocation"),
        (Aml, "/image_url", "imageUrl"),
        (Aml, "/label", "labels"),
        (AmlSingle, "/label", "Label"),
        (AmlMulti, "/label", "lable"),
        (Aml, "/label/*/offsetStart", "offset_start"),
        (Aml, "/label/*/offsetEnd", "offsetend"),
        (Aml, "/label/*/label", "labl"),
    ] {
        all.push(misspelled(base, pattern, wrong));
    }
    all
}

pub(super) fn defects() -> Vec<Defect> {
    let other = |base, pattern, value| within("member-of-another-kind", base, pattern, value);
    let unknown = |base, pattern| within("unknown-member", base, pattern, json!({ "by": 1 }));
    let null = |base, pattern| within("null-member", base, pattern, Value::Null);
    let mut all = vec![
        header("unknown-member", Ner, "/exportedBy", json!("a script")),
        header("unknown-member", Ner, "/metadata/owner", json!("nobody")),
        header(
            "unknown-member",
            Ner,
            "/metadata/settings/threshold",
            json!(0.5),
        ),
        header("unknown-member", Ner, "/assets/intents_", json!([])),
        header(
            "unknown-member",
            Ner,
            "/assets/entities/0/colour",
            json!("red"),
        ),
        unknown(Ner, "/dataSet"),
        unknown(Ner, "/entities/*/text"),
        unknown(Ner, "/entities/*/labels/*/text"),
        unknown(Single, "/class/confidence"),
        unknown(Multi, "/classes/*/confidence"),
        unknown(Sentiment, "/sentimentSpans/*/score"),
        unknown(Summaries, "/summary"),
        unknown(Aml, "/text"),
        unknown(Aml, "/label/*/text"),
        unknown(AmlSingle, "/labels"),
        header("null-member", Ner, "/metadata/description", Value::Null),
        header("null-member", Ner, "/metadata/multilingual", Value::Null),
        header("null-member", Ner, "/metadata/settings", Value::Null),
        header(
            "null-member",
            Ner,
            "/assets/entities/2/description",
            Value::Null,
        ),
        null(Ner, "/language"),
        null(Single, "/language"),
        null(Aml, "/label_confidence"),
        null(Aml, "/labeler"),
        null(AmlSingle, "/labeling_time_in_seconds"),
        header("member-of-another-kind", Ner, "/assets/classes", json!([])),
        header(
            "member-of-another-kind",
            Single,
            "/assets/entities",
            json!([]),
        ),
        header(
            "member-of-another-kind",
            Sentiment,
            "/assets/classes",
            json!([]),
        ),
        other(Ner, "/class", json!({ "category": "Refund" })),
        other(Ner, "/classes", json!([])),
        other(Ner, "/summaryLocation", json!("short.txt")),
        other(Single, "/classes", json!([{ "category": "Refund" }])),
        other(Single, "/entities", json!([])),
        other(Multi, "/class", json!({ "category": "Refund" })),
        other(Multi, "/sentimentSpans", json!([])),
        other(Sentiment, "/entities", json!([])),
        other(Healthcare, "/class", json!({ "category": "Ward" })),
        other(Summaries, "/classes", json!([])),
    ];
    for (base, old, new) in [(Single, "class", "classes"), (Multi, "classes", "class")] {
        let name = format!("{new} instead of {old}");
        all.push(defect(
            "member-of-another-kind",
            base,
            name,
            move |corpus| {
                let document = corpus.any_document();
                let members = corpus.document(document).as_object_mut().unwrap();
                let value = members.remove(old).unwrap();
                let value = match value {
                    Value::Array(mut items) => items.remove(0),
                    one => json!([one]),
                };
                members.insert(new.to_owned(), value);
                Place::Document(document, format!("/{new}"))
            },
        ));
    }
    for base in [Single, Connect] {
        all.push(defect(
            "class-as-array",
            base,
            "one class in an array",
            |corpus| {
                let document = corpus.any_document();
                let class = &mut corpus.document(document)["class"];
                *class = json!([class.take()]);
                Place::Document(document, "/class".to_owned())
            },
        ));
    }
    all
}
