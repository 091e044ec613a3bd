//! Corpora without a fault.

use std::sync::LazyLock;

use labelwright::internals::rules::settings::Profile;
use labelwright::internals::text::Unit;
use serde_json::{Value, json};

use super::corpus::Corpus;
use super::labels::length;
use crate::support::fixtures;

/// The corpora, each made once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Base {
    /// The demo in Azure AI Language.
    Ner,
    /// The demo in Azure ML.
    Aml,
    /// Entities on words that are repeated, in Azure AI Language and in Azure ML.
    Wards,
    AmlWards,
    /// One class a document.
    Single,
    AmlSingle,
    /// Several classes a document; no texts.
    Multi,
    AmlMulti,
    Sentiment,
    Healthcare,
    Summaries,
    /// A project that is to be connected to Azure Machine Learning.
    Connect,
}

impl Base {
    pub(super) const ALL: [Self; 12] = [
        Self::Ner,
        Self::Aml,
        Self::Wards,
        Self::AmlWards,
        Self::Single,
        Self::AmlSingle,
        Self::Multi,
        Self::AmlMulti,
        Self::Sentiment,
        Self::Healthcare,
        Self::Summaries,
        Self::Connect,
    ];

    pub(super) fn corpus(self) -> Corpus {
        static MADE: LazyLock<Vec<Corpus>> =
            LazyLock::new(|| Base::ALL.into_iter().map(written).collect());
        let index = Self::ALL.iter().position(|base| *base == self);
        MADE[index.unwrap()].clone()
    }
}

fn written(base: Base) -> Corpus {
    let mut corpus = make(base);
    corpus.texts.write();
    corpus
}

fn make(base: Base) -> Corpus {
    match base {
        Base::Ner => demo("demo.json"),
        Base::Aml => demo("demo.jsonl"),
        Base::Wards => wards("CustomEntityRecognition"),
        Base::AmlWards => to_aml(&wards("CustomEntityRecognition"), Unit::CodePoint),
        Base::Healthcare => wards("CustomHealthcare"),
        Base::Single => single(),
        Base::AmlSingle => to_aml(&single(), Unit::CodePoint),
        Base::Multi => multi(),
        Base::AmlMulti => to_aml(&multi(), Unit::CodePoint),
        Base::Sentiment => sentiment(),
        Base::Summaries => summaries(),
        Base::Connect => connect(),
    }
}

fn demo(name: &str) -> Corpus {
    let folder = fixtures().join("pairs/demo");
    let file = std::fs::read_to_string(folder.join(name)).unwrap();
    let file: Value = if name == "demo.json" {
        serde_json::from_str(&file).unwrap()
    } else {
        let lines = file.lines();
        lines
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .collect()
    };
    let mut corpus = Corpus::new(file);
    for name in crate::support::names(&folder) {
        if name.starts_with("note") {
            corpus = corpus.text_file(&name, std::fs::read(folder.join(&name)).unwrap());
        }
    }
    corpus
}

/// A project of a kind, with these declarations (by their member) and documents.
fn project(kind: &str, declared: Option<(&str, Value)>, documents: &[Value]) -> Value {
    let mut project = json!({
        "projectFileVersion": "2023-04-01",
        "stringIndexType": "Utf16CodeUnit",
        "metadata": {
            "projectKind": kind,
            "storageInputContainerName": "notes",
            "projectName": "Night-notes_1.0",
            "multilingual": false,
            "description": "Notes of the night shift.",
            "language": "en-us",
            "settings": {},
        },
        "assets": { "projectKind": kind, "documents": documents },
    });
    if let Some((member, declared)) = declared {
        project["assets"][member] = declared;
    }
    project
}

/// Words in an order that no two texts share.
fn words(seed: usize, number: usize) -> Vec<&'static str> {
    const WORDS: [&str; 32] = [
        "kettle", "lamp", "window", "garden", "ladder", "paper", "bread", "table", "button",
        "river", "candle", "basket", "copper", "ribbon", "pencil", "market", "bottle", "carpet",
        "hammer", "pillow", "saddle", "teapot", "wagon", "violin", "anchor", "barrel", "cellar",
        "drawer", "engine", "feather", "gravel", "harbour",
    ];
    let mut state = seed as u64 + 1;
    let mut word = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        WORDS[usize::try_from(state >> 59).unwrap()]
    };
    (0..number).map(|_| word()).collect()
}

/// Every fifth document is in Test.
fn dataset(index: usize) -> &'static str {
    if index % 5 == 4 { "Test" } else { "Train" }
}

/// 15 documents with seven labels of each of two types; `night ward` stands in each.
fn wards(kind: &str) -> Corpus {
    let mut corpus = Corpus::new(Value::Null);
    let mut documents = Vec::new();
    for index in 0..15 {
        let mut text = String::new();
        let mut labels = Vec::new();
        for line in 0..7 {
            let number = index * 7 + line;
            let ward = match line {
                0 => "night ward".to_owned(),
                1 => format!("Ward of the {} {number}", words(number, 1)[0]),
                _ => format!("{} house {number}", words(number, 1)[0]),
            };
            let rest = words(900 + number, 6).join(" ");
            let syrup = ["syrup", "Syrup"][line % 2];
            let dose = format!("{} mg of {syrup} {number}", number + 3);
            for (category, piece) in [
                ("", "On the round in "),
                ("Ward", &*ward),
                ("", ", somebody took "),
                ("Dosage", &*dose),
                ("", &*format!(" by the {rest}.\n")),
            ] {
                if !category.is_empty() {
                    let (offset, length) = (text.len(), piece.len());
                    labels
                        .push(json!({ "category": category, "offset": offset, "length": length }));
                }
                text.push_str(piece);
            }
        }
        let region = json!({ "regionOffset": 0, "regionLength": text.len(), "labels": labels });
        let location = format!("ward{index}.txt");
        documents.push(json!({
            "location": location, "language": "en-us", "dataset": dataset(index),
            "entities": [region],
        }));
        corpus = corpus.text_file(&location, text);
    }
    let declared = if kind == "CustomHealthcare" {
        json!([
            { "category": "Ward", "compositionSetting": "separateComponents", "list": { "sublists": [
                { "listKey": "night ward", "synonyms": [{ "language": "en", "values": ["night ward"] }] }
            ] } },
            { "category": "Dosage", "prebuilts": [{ "category": "Dosage" }] },
        ])
    } else {
        json!([{ "category": "Ward" }, { "category": "Dosage" }])
    };
    corpus.file = project(kind, Some(("entities", declared)), &documents);
    corpus
}

/// 120 documents with one of two classes.
fn single() -> Corpus {
    let mut corpus = Corpus::new(Value::Null);
    let mut documents = Vec::new();
    for index in 0..120 {
        let location = format!("mail{index}.txt");
        let category = ["Refund", "Delivery"][index % 2];
        documents.push(json!({
            "location": location, "language": "en-us", "dataset": dataset(index),
            "class": { "category": category },
        }));
        corpus = corpus.text_file(&location, format!("{}.\n", words(index, 40).join(" ")));
    }
    let declared = json!([{ "category": "Refund" }, { "category": "Delivery" }]);
    let kind = "CustomSingleLabelClassification";
    corpus.file = project(kind, Some(("classes", declared)), &documents);
    corpus
}

/// 250 documents with one or two of three classes.
fn multi() -> Corpus {
    const NAMES: [&str; 3] = ["Refund", "Delivery", "Complaint"];
    let documents = (0..250).map(|index| {
        let mut classes = vec![json!({ "category": NAMES[index % 3] })];
        if index % 2 == 0 {
            classes.push(json!({ "category": NAMES[(index + 1) % 3] }));
        }
        json!({
            "location": format!("mail{index}.txt"), "language": "en-us", "dataset": dataset(index),
            "classes": classes,
        })
    });
    let declared = NAMES.map(|name| json!({ "category": name }));
    let kind = "CustomMultiLabelClassification";
    let declared = Some(("classes", json!(declared)));
    Corpus::new(project(kind, declared, &documents.collect::<Vec<_>>()))
}

/// 12 documents with seven sentences of each sentiment, and a long one without any.
fn sentiment() -> Corpus {
    let mut corpus = Corpus::new(Value::Null);
    let mut documents = Vec::new();
    for index in 0..12 {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for line in 0..21 {
            let category = ["negative", "neutral", "positive"][line % 3];
            let sentence = format!("Then the {}", words(index * 21 + line, 6).join(" "));
            let (offset, length) = (text.len(), sentence.len());
            spans.push(json!({ "category": category, "offset": offset, "length": length }));
            text.push_str(&sentence);
            text.push_str(". ");
        }
        text.push_str("At last ");
        text.push_str(&words(5_000 + index, 120).join(" "));
        text.push_str(".\n");
        let location = format!("review{index}.txt");
        documents.push(json!({
            "location": location, "language": "en-us", "dataset": dataset(index),
            "sentimentSpans": spans,
        }));
        corpus = corpus.text_file(&location, text);
    }
    corpus.file = project("CustomTextSentiment", None, &documents);
    corpus
}

fn summaries() -> Corpus {
    let mut corpus = Corpus::new(Value::Null);
    let mut documents = Vec::new();
    for index in 0..12 {
        let (location, summary) = (format!("report{index}.txt"), format!("short{index}.txt"));
        documents.push(json!({
            "location": location, "summaryLocation": summary, "language": "en-us",
            "dataset": dataset(index),
        }));
        corpus = corpus.text_file(&location, format!("{}.\n", words(index, 60).join(" ")));
        corpus = corpus.text_file(&summary, format!("{}.\n", words(700 + index, 9).join(" ")));
    }
    corpus.file = project("CustomAbstractiveSummarization", None, &documents);
    corpus
}

fn connect() -> Corpus {
    let mut corpus = single();
    corpus.texts.clear();
    corpus.settings.profile = Profile::AmlConnect;
    for document in corpus.documents_mut() {
        document.as_object_mut().unwrap().remove("dataset");
    }
    corpus
}

/// The same labels in Azure ML, offsets counted in a unit.
pub(super) fn to_aml(language: &Corpus, unit: Unit) -> Corpus {
    let mut lines = Vec::new();
    for (index, document) in language.documents().iter().enumerate() {
        let location = document["location"].as_str().unwrap();
        let url = format!("AmlDatastore://workspaceblobstore/{location}");
        let (label, confidence) = if let Some(class) = document.get("class") {
            (class["category"].clone(), json!(1.0))
        } else if let Some(classes) = document.get("classes") {
            let names = classes.as_array().unwrap().iter();
            let names: Vec<&Value> = names.map(|class| &class["category"]).collect();
            (json!(names), json!(vec![1.0; names.len()]))
        } else {
            let text = language.text(index);
            let count = |byte: usize| length(&text[..byte], unit);
            let labels = language.labels_of(index).into_iter().map(|spot| {
                json!({
                    "label": spot.category, "offsetStart": count(spot.start),
                    "offsetEnd": count(spot.end),
                })
            });
            let labels: Vec<Value> = labels.collect();
            (json!(labels), json!(vec![1.0; labels.len()]))
        };
        lines.push(json!({ "image_url": url, "label": label, "label_confidence": confidence }));
    }
    let mut corpus = Corpus::new(json!(lines));
    corpus.texts = language.texts.clone();
    corpus.counted = unit;
    corpus
}
