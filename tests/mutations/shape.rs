//! Files that a program wrote, or a person edited, otherwise than the contract has it.

use serde_json::{Value, json};

use super::clean::Base::{
    self, Aml, AmlMulti, AmlSingle, Connect, Healthcare, Multi, Ner, Sentiment, Single, Summaries,
};
use super::corpus::{Corpus, Place};
use super::{Defect, defect};

/// A pointer from a document to something in it, with `*` for any item.
fn any_in(corpus: &Corpus, document: usize, pattern: &str) -> String {
    let mut pointer = String::new();
    for token in pattern.split('/').skip(1) {
        if token == "*" {
            let list = corpus.documents()[document].pointer(&pointer).unwrap();
            let indices = (0..list.as_array().unwrap().len()).collect();
            pointer = format!("{pointer}/{}", corpus.pick::<usize>(indices));
        } else {
            pointer = format!("{pointer}/{token}");
        }
    }
    pointer
}

fn parent(pointer: &str) -> (String, String) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    (parent.to_owned(), name.to_owned())
}

/// Sets something in the header.
fn header(rule: &'static str, base: Base, pointer: &'static str, value: Value) -> Defect {
    let name = format!("{pointer} is {}", short(&value));
    defect(rule, base, name, move |corpus| {
        let (parent, name) = parent(pointer);
        corpus.file.pointer_mut(&parent).unwrap()[name] = value.clone();
        Place::Header(pointer.to_owned())
    })
}

/// Sets something in a document.
pub(super) fn within(
    rule: &'static str,
    base: Base,
    pattern: &'static str,
    value: Value,
) -> Defect {
    let name = format!("{pattern} is {}", short(&value));
    defect(rule, base, name, move |corpus| {
        let document = corpus.any_document();
        let pointer = any_in(corpus, document, pattern);
        let (parent, name) = parent(&pointer);
        let parent = corpus.document(document).pointer_mut(&parent).unwrap();
        match parent {
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
            other => other[name] = value.clone(),
        }
        Place::Document(document, pointer)
    })
}

pub(super) fn short(value: &Value) -> String {
    value.to_string().chars().take(60).collect()
}

/// Takes a member out of the header.
fn header_without(base: Base, pointer: &'static str) -> Defect {
    let rule = if pointer == "/stringIndexType" {
        "string-index-type"
    } else {
        "missing-member"
    };
    defect(rule, base, format!("{pointer} is absent"), move |corpus| {
        let (parent, name) = parent(pointer);
        let object = corpus.file.pointer_mut(&parent).unwrap();
        object.as_object_mut().unwrap().remove(&name).unwrap();
        Place::Header(parent)
    })
}

/// Takes a member out of a document.
fn without(base: Base, pattern: &'static str) -> Defect {
    let name = format!("{pattern} is absent");
    defect("missing-member", base, name, move |corpus| {
        let document = corpus.any_document();
        let pointer = any_in(corpus, document, pattern);
        let (parent, name) = parent(&pointer);
        let object = corpus.document(document).pointer_mut(&parent).unwrap();
        object.as_object_mut().unwrap().remove(&name).unwrap();
        Place::Document(document, parent)
    })
}

fn missing() -> Vec<Defect> {
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

fn types() -> Vec<Defect> {
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

fn members() -> Vec<Defect> {
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

fn kinds() -> Vec<Defect> {
    let mut all = vec![
        header(
            "kind-unknown",
            Ner,
            "/metadata/projectKind",
            json!("CustomNER"),
        ),
        header(
            "kind-unknown",
            Ner,
            "/assets/projectKind",
            json!("EntityRecognition"),
        ),
        header(
            "kind-unknown",
            Single,
            "/assets/projectKind",
            json!("CustomSingleClassification"),
        ),
        header(
            "kind-case",
            Ner,
            "/metadata/projectKind",
            json!("customEntityRecognition"),
        ),
        header(
            "kind-case",
            Multi,
            "/assets/projectKind",
            json!("customMultiLabelClassification"),
        ),
        header(
            "kind-case",
            Sentiment,
            "/assets/projectKind",
            json!("CUSTOMTEXTSENTIMENT"),
        ),
        header(
            "string-index-type",
            Ner,
            "/stringIndexType",
            json!("UnicodeCodePoint"),
        ),
        header(
            "string-index-type",
            Single,
            "/stringIndexType",
            json!("TextElements_v8"),
        ),
        header(
            "string-index-type",
            Summaries,
            "/stringIndexType",
            json!("utf16CodeUnit"),
        ),
        header(
            "version-unknown",
            Ner,
            "/projectFileVersion",
            json!("2022-05"),
        ),
        header(
            "version-unknown",
            Healthcare,
            "/projectFileVersion",
            json!("2031-01-01"),
        ),
    ];
    // `assets` has the last word, so that is where a mismatch is told.
    for (base, kind) in [
        (Ner, "CustomSingleLabelClassification"),
        (Single, "CustomMultiLabelClassification"),
        (Multi, "CustomSingleLabelClassification"),
        (Sentiment, "CustomAbstractiveSummarization"),
    ] {
        let name = format!("metadata says {kind}");
        all.push(defect("kind-mismatch", base, name, move |corpus| {
            corpus.file["metadata"]["projectKind"] = json!(kind);
            Place::Header("/assets/projectKind".to_owned())
        }));
    }
    for kind in ["Conversation", "Orchestration", "CustomQuestionAnswering"] {
        for part in ["metadata", "assets"] {
            all.push(defect(
                "unsupported-kind",
                Ner,
                format!("{part} says {kind}"),
                move |corpus| {
                    corpus.file[part]["projectKind"] = json!(kind);
                    Place::Header(String::new())
                },
            ));
        }
    }
    all.push(defect(
        "unsupported-kind",
        Ner,
        "a project with utterances",
        |corpus| {
            corpus.file["assets"]["utterances"] = json!([{ "text": "open it", "intent": "Read" }]);
            Place::Header(String::new())
        },
    ));
    all.push(defect("legacy-shape", Ner, "the draft of 2022", |corpus| {
        let top = corpus.file.as_object_mut().unwrap();
        let version = top.remove("projectFileVersion").unwrap();
        top.insert("project-file-version".to_owned(), version);
        Place::Header(String::new())
    }));
    all.push(defect(
        "legacy-shape",
        Ner,
        "the extractors of 2021",
        |corpus| {
            let mut documents = corpus.documents().clone();
            for document in &mut documents {
                let mut regions = document["entities"].take();
                for label in regions[0]["labels"].as_array_mut().unwrap() {
                    label["extractorName"] = label["category"].take();
                    label.as_object_mut().unwrap().remove("category");
                }
                let members = document.as_object_mut().unwrap();
                members.remove("entities");
                members.insert("extractors".to_owned(), regions);
            }
            let names = ["Place", "Date", "Product"].map(|name| json!({ "name": name }));
            corpus.file = json!({ "extractors": names, "documents": documents });
            Place::Header(String::new())
        },
    ));
    all
}

pub(super) fn defects() -> Vec<Defect> {
    let mut all = missing();
    all.extend(types());
    all.extend(members());
    all.extend(kinds());
    all
}
