//! The one model of which the service's specification publishes the figures: documents of our own with
//! labels that stand to one another as those of that model do give the same figures.
//!
//! The figures are those of `SuccessfulGetModelEvaluationSummary.json` (Azure/azure-rest-api-specs,
//! analyzetext-authoring). Four documents have 12 labels each. Of 48 labels one address is found in
//! part (13 of its 29 characters that are not blank), one interest rate takes in a character of the gap
//! behind it (of 959), and one address more is found in a gap (2 characters of 21).

use serde_json::{Value, json};

use crate::support::{
    ENTITIES, TempFolder, language_document, language_label, language_project, run,
};

const LABELS: [&str; 12] = [
    "Date",
    "BorrowerName",
    "BorrowerAddress",
    "BorrowerCity",
    "BorrowerState",
    "LenderName",
    "LenderAddress",
    "LenderCity",
    "LenderState",
    "LoanAmountWords",
    "LoanAmountNumbers",
    "Interest",
];

/// The address that is found in part: 34 characters, of which 29 are not blank, and of the last 15 13.
const ADDRESS: &str = "2948 North 4521 Ben Road 7654321 09";
/// The part of it that is found.
const FOUND: &str = "Road 7654321 09";

/// A document with its gold and its predicted labels, each as offset, length and label.
#[derive(Default)]
struct Document {
    text: String,
    gold: Vec<(usize, usize, &'static str)>,
    predicted: Vec<(usize, usize, &'static str)>,
}

/// The documents of the test set. All characters are ASCII, so that bytes are UTF-16 code units.
fn documents() -> Vec<Document> {
    (0..4).map(document).collect()
}

fn document(number: usize) -> Document {
    let mut made = Document::default();
    for label in LABELS {
        let gap = match (number, label) {
            // 21 characters that are not blank, two of which are taken for an address.
            (1, "LenderName") => " who is the undersigned as ",
            _ => " the next is: ",
        };
        if number == 1 && label == "LenderName" {
            let at = made.text.len() + gap.find("is").unwrap();
            made.predicted.push((at, 2, "BorrowerAddress"));
        }
        made.text.push_str(gap);
        let words = match (number, label) {
            (0, "BorrowerAddress") => ADDRESS,
            _ => "something",
        };
        let (start, length) = (made.text.len(), words.len());
        made.gold.push((start, length, label));
        made.predicted.push(match (number, label) {
            (0, "BorrowerAddress") => (start + length - FOUND.len(), FOUND.len(), label),
            // A blank and a character of the gap behind it.
            (2, "Interest") => (start, length + 2, label),
            _ => (start, length, label),
        });
        made.text.push_str(words);
    }
    let last = if number == 2 { 959 } else { 40 };
    made.text.push(' ');
    made.text.push_str(&"x".repeat(last));
    made.text.push_str("\r\n");
    made
}

fn name(number: usize) -> String {
    format!("{}.txt", number + 11)
}

fn labels(labels: &[(usize, usize, &str)]) -> Vec<String> {
    let spelled = labels.iter();
    spelled
        .map(|(start, length, label)| language_label(label, *start, *length))
        .collect()
}

fn project(side: fn(&Document) -> &Vec<(usize, usize, &'static str)>) -> String {
    let documents = documents();
    let documents = documents.iter().enumerate().map(|(number, document)| {
        let labels = labels(side(document));
        language_document(&name(number), Some("Test"), document.text.len(), &labels)
    });
    language_project(ENTITIES, &LABELS, &documents.collect::<Vec<_>>())
}

/// The evaluation result that the service would give.
fn result() -> Value {
    let entities = |all: &[(usize, usize, &str)]| {
        let all = all.iter();
        let all = all.map(|(offset, length, category)| {
            json!({ "category": category, "offset": offset, "length": length })
        });
        all.collect::<Vec<_>>()
    };
    let documents = documents();
    let documents = documents.iter().enumerate().map(|(number, it)| {
        json!({ "projectKind": ENTITIES, "location": name(number), "language": "en-us",
            "customEntityRecognitionResult": { "entities": [ {
                "expectedEntities": entities(&it.gold), "predictedEntities": entities(&it.predicted),
                "regionOffset": 0, "regionLength": it.text.len() } ] } })
    });
    json!({ "value": documents.collect::<Vec<_>>() })
}

fn folder() -> TempFolder {
    let folder = TempFolder::new();
    for (number, document) in documents().iter().enumerate() {
        folder.write(name(number), &document.text);
    }
    folder.write("gold.json", project(|it| &it.gold));
    folder.write("predicted.json", project(|it| &it.predicted));
    folder.write("result.json", result().to_string());
    folder
}

#[track_caller]
fn near(found: &Value, want: f64) {
    let found = found
        .as_f64()
        .unwrap_or_else(|| panic!("{found} is a number"));
    // The service counts in numbers of 24 bits.
    let most = 1e-7 * want.abs().max(1.0);
    assert!((found - want).abs() <= most, "{found} is not {want}");
}

#[test]
fn the_published_figures() {
    let folder = folder();
    for predicted in ["predicted.json", "result.json"] {
        let scored = run(
            folder.path(),
            ["score", "gold.json", predicted, "--output", "json"],
        );
        let scored: Value = serde_json::from_slice(&scored.expect(0).stdout).unwrap();
        assert_eq!(scored["projectKind"], ENTITIES);
        let found = &scored["customEntityRecognitionEvaluation"];
        near(&found["microF1"], 0.948_453_66);
        near(&found["microPrecision"], 0.938_775_54);
        near(&found["microRecall"], 0.958_333_3);
        near(&found["macroF1"], 0.951_388_9);
        near(&found["macroPrecision"], 0.945_833_4);
        near(&found["macroRecall"], 0.958_333_3);
        let label = &found["entities"]["BorrowerAddress"];
        near(&label["f1"], 0.666_666_686_534_881_6);
        near(&label["precision"], 0.600_000_023_841_857_9);
        near(&label["recall"], 0.75);
        let counts = |label: &str| {
            let names = [
                "truePositive",
                "trueNegative",
                "falsePositive",
                "falseNegative",
            ];
            let label = &found["entities"][label];
            names.map(|name| label[format!("{name}Count")].as_u64().unwrap())
        };
        assert_eq!(counts("BorrowerAddress"), [3, 0, 2, 1]);
        assert_eq!(counts("Interest"), [3, 0, 1, 1]);
        assert_eq!(counts("Date"), [4, 0, 0, 0]);
    }
}

#[test]
fn the_published_matrix() {
    let folder = folder();
    let args = ["score", "gold.json", "result.json", "--output", "json"];
    let scored = run(folder.path(), args).expect(0);
    let scored: Value = serde_json::from_slice(&scored.stdout).unwrap();
    let matrix = &scored["customEntityRecognitionEvaluation"]["confusionMatrix"];
    let cell = |gold: &str, predicted: &str, raw: f64, normalized: f64| {
        let cell = &matrix[gold][predicted];
        near(&cell["rawValue"], raw);
        near(&cell["normalizedValue"], normalized);
    };
    cell(
        "BorrowerAddress",
        "BorrowerAddress",
        3.448_275_8,
        86.206_894,
    );
    cell("BorrowerAddress", "$none", 0.551_724_14, 13.793_103);
    cell("Interest", "Interest", 4.0, 100.0);
    cell("Date", "Date", 4.0, 100.0);
    cell("$none", "$none", 51.903_72, 99.814_85);
    cell("$none", "BorrowerAddress", 0.095_238_1, 0.183_150_19);
    cell("$none", "Interest", 0.001_042_752_9, 0.002_005_294);
    let cells = |row: &str| matrix[row].as_object().unwrap().len();
    assert_eq!(
        (cells("$none"), cells("Date"), cells("BorrowerAddress")),
        (3, 1, 2)
    );
    assert_eq!(matrix.as_object().unwrap().len(), 13);
}
