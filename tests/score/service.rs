//! What Azure AI Language answers: results, summaries, jobs.

use serde_json::{Value, json};

use super::made::{Made, document, folder, job, place};
use crate::support::{ONE_CLASS, TempFolder, class_document, language_project, run};

const TEXT: &str = "Ada met Bob in Rome";

fn in_set<'a>(name: &'a str, set: &'a str) -> Made<'a> {
    Made {
        set: Some(set),
        ..document(name, TEXT, &[("Ada", "Person"), ("Rome", "City")])
    }
}

fn json_of(folder: &TempFolder, args: &[&str]) -> Value {
    let all = ["score", "gold.json"].iter().chain(args).copied();
    let all = all.chain(["--output", "json"]);
    serde_json::from_slice(&run(folder.path(), all).expect(0).stdout).unwrap()
}

fn entity(words: &str, label: &str) -> Value {
    let (offset, length) = place(TEXT, words);
    json!({ "category": label, "offset": offset, "length": length })
}

fn result(location: &str, expected: &[Value], predicted: &[Value]) -> Value {
    json!({ "location": location, "customEntityRecognitionResult": { "entities": [
        { "expectedEntities": expected, "predictedEntities": predicted } ] } })
}

#[test]
fn a_result_has_the_test_documents_alone() {
    let folder = folder(&[in_set("a.txt", "Train"), in_set("b.txt", "Test")]);
    let gold = [entity("Ada", "Person"), entity("Rome", "City")];
    let found = [entity("Ada", "Person"), entity("Bob", "Person")];
    folder.write(
        "result.json",
        json!({ "value": [result("b.txt", &gold, &found)] }).to_string(),
    );
    let scored = json_of(&folder, &["result.json"]);
    assert_eq!(scored["documents"]["compared"], 1);
    let notes = &scored["notes"];
    let want = "1 document of GOLD outside the test set left out: not in PREDICTED";
    assert_eq!(notes, &json!([want]));
    let label = |name: &str| scored["customEntityRecognitionEvaluation"]["entities"][name].clone();
    assert_eq!(label("Person")["falsePositiveCount"], 1);
    assert_eq!(label("City")["falseNegativeCount"], 1);
    assert_eq!(scored["errors"]["missing"], 1);
    assert_eq!(scored["worst"][0]["errors"][0]["predicted"]["words"], "Bob");
}

#[test]
fn pages_go_together_and_other_expectations_are_told() {
    let folder = folder(&[in_set("a.txt", "Test"), in_set("b.txt", "Test")]);
    let gold = [entity("Ada", "Person"), entity("Rome", "City")];
    let first =
        json!({ "value": [result("a.txt", &gold, &gold)], "nextLink": "https://x/?skip=1" });
    let second = json!({ "value": [result("b.txt", &gold[..1], &gold)] });
    folder.write("1.json", first.to_string());
    folder.write("2.json", second.to_string());
    let scored = json_of(&folder, &["1.json", "2.json"]);
    assert_eq!(scored["documents"]["withoutError"], 2);
    let notes = scored["notes"].to_string();
    assert!(
        notes.contains(
            "1 document with other gold labels than the service was told to expect: `b.txt`"
        ),
        "{notes}"
    );
    // One page alone lacks a test document.
    let run = run(folder.path(), ["score", "gold.json", "1.json"]).expect(1);
    run.says("1.json is one of several pages (`nextLink`)");
}

#[test]
fn a_job_counts_graphemes_and_its_ids_have_no_ending() {
    let text = "e\u{301}\r\n👩\u{200d}👩\u{200d}👧 Ada";
    let folder = folder(&[document("docs-a.txt", text, &[("Ada", "Person")])]);
    // One cluster each: the letter with its accent, the line end, the family, the blank.
    folder.write("job.json", job(&[("docs-a", &[("Ada", 4, 3, "Person")])]));
    let scored = json_of(&folder, &["job.json"]);
    assert_eq!(scored["documents"]["withoutError"], 1);
}

#[test]
fn a_summary_is_shown_and_compared_with_the_test_set() {
    let folder = folder(&[in_set("a.txt", "Train"), in_set("b.txt", "Test")]);
    let label = |true_positives: u64, f1: f64| {
        json!({ "f1": f1, "precision": f1, "recall": f1, "truePositivesCount": true_positives,
            "trueNegativesCount": 0, "falsePositivesCount": 0, "falseNegativesCount": 0 })
    };
    let summary = |person: u64, f1: f64| {
        json!({ "projectKind": "CustomEntityRecognition", "customEntityRecognitionEvaluation": {
            "confusionMatrix": {}, "entities": { "Person": label(person, 1.0), "City": label(1, 1.0) },
            "microF1": f1, "microPrecision": 1, "microRecall": 1,
            "macroF1": 1, "macroPrecision": 1, "macroRecall": 1 } })
        .to_string()
    };
    folder.write("summary.json", summary(1, 1.0));
    let scored = json_of(&folder, &["summary.json"]);
    assert_eq!(scored["notes"].as_array().unwrap().len(), 1);
    assert_eq!(scored["customEntityRecognitionEvaluation"]["microF1"], 1.0);
    assert!(scored.get("semeval").is_none());
    folder.write("other.json", summary(3, 0.5));
    let notes = json_of(&folder, &["other.json"])["notes"].to_string();
    assert!(
        notes.contains(
            "the test set of GOLD has 1 label in other numbers than the summary: `Person` 1 and 3"
        ),
        "{notes}"
    );
    assert!(
        notes.contains("the summary states other figures than its counts make"),
        "{notes}"
    );
}

#[test]
fn one_class_and_sets_of_classes() {
    let folder = TempFolder::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        folder.write(name, "x");
    }
    let classes = [("a.txt", "X"), ("b.txt", "Y"), ("c.txt", "Y")];
    let documents = classes.map(|(name, class)| class_document(name, class));
    folder.write("gold.json", language_project(ONE_CLASS, &[], &documents));
    let single = |location: &str, expected: &str, predicted: &str| {
        json!({ "location": location, "customSingleLabelClassificationResult":
            { "expectedClass": expected, "predictedClass": predicted } })
    };
    let all = [
        single("a.txt", "X", "X"),
        single("b.txt", "Y", "X"),
        single("c.txt", "Y", "Y"),
    ];
    folder.write("result.json", json!({ "value": all }).to_string());
    let scored = json_of(&folder, &["result.json"]);
    let found = &scored["customSingleLabelClassificationEvaluation"];
    // One false positive is the false negative of another class, so all three are the accuracy.
    for name in ["microF1", "microPrecision", "microRecall"] {
        assert!((found[name].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-12);
    }
    assert_eq!(
        found["confusionMatrix"]["Y"]["X"],
        json!({ "rawValue": 1.0, "normalizedValue": 50.0 })
    );
    assert_eq!(found["classes"]["X"]["trueNegativeCount"], 1);
    assert_eq!(
        scored["confusions"],
        json!([{ "gold": "Y", "predicted": "X", "count": 1 }])
    );

    let many = r#"[{"location":"a.txt","classes":[{"category":"X"},{"category":"Y"}]},
        {"location":"b.txt","classes":[]}]"#;
    let project = language_project("CustomMultiLabelClassification", &[], &[]);
    folder.write(
        "gold.json",
        project.replace(r#""documents":[]"#, &format!(r#""documents":{many}"#)),
    );
    let multi = json!([
        { "location": "a.txt", "customMultiLabelClassificationResult": { "predictedClasses": ["X"] } },
        { "location": "b.txt", "customMultiLabelClassificationResult": { "predictedClasses": ["Y"] } },
    ]);
    folder.write("result.json", multi.to_string());
    let scored = json_of(&folder, &["result.json"]);
    let found = &scored["customMultiLabelClassificationEvaluation"];
    assert!(found.get("confusionMatrix").is_none());
    let counts = |class: &str| {
        [
            "truePositive",
            "trueNegative",
            "falsePositive",
            "falseNegative",
        ]
        .map(|name| {
            found["classes"][class][format!("{name}Count")]
                .as_u64()
                .unwrap()
        })
    };
    assert_eq!((counts("X"), counts("Y")), ([1, 1, 0, 0], [0, 0, 1, 1]));
}

#[test]
fn sentiments_have_the_names_of_their_own_summary() {
    let folder = folder(&[in_set("a.txt", "Test")]);
    let span = json!({ "category": "positive", "offset": 0, "length": 3 });
    let project = language_project("CustomTextSentiment", &[], &[]);
    let document = json!({ "location": "a.txt", "sentimentSpans": [span] });
    let project = project.replace(r#""documents":[]"#, &format!(r#""documents":[{document}]"#));
    folder.write("gold.json", project);
    let result = json!([{ "location": "a.txt", "customTextSentimentResult":
        { "expectedSentimentSpans": [span], "predictedSentimentSpans": [span] } }]);
    folder.write("result.json", result.to_string());
    let scored = json_of(&folder, &["result.json"]);
    let found = &scored["customTextSentimentEvaluation"];
    assert_eq!(found["microF1"], 1.0);
    let spans = &found["spanSentimentsEvaluation"];
    assert_eq!(spans["sentiments"]["positive"]["truePositiveCount"], 1);
    // It can be the baseline of another time.
    folder.write("old.json", scored.to_string());
    json_of(
        &folder,
        &["result.json", "--baseline", "old.json", "--fail-on-drop"],
    );
}

#[test]
fn a_check_names_these_files_and_passes_them_over_in_a_folder() {
    let folder = folder(&[in_set("a.txt", "Train")]);
    let files = [
        (
            "result.json",
            json!({ "value": [result("a.txt", &[], &[])] }).to_string(),
            "an evaluation result",
        ),
        ("job.json", job(&[("a", &[])]), "a prediction job"),
        (
            "summary.json",
            json!({ "customHealthcareEvaluation": {} }).to_string(),
            "an evaluation summary",
        ),
    ];
    for (name, text, what) in &files {
        folder.write(name, text);
        let checked = run(folder.path(), ["check", name]).expect(1).text();
        let want = format!("this is no label file: it is {what} of Azure AI Language");
        assert!(checked.contains(&want), "{checked}");
        assert!(checked.contains("labelwright score GOLD"), "{checked}");
    }
    let checked = run(folder.path(), ["check", "."]).expect(0).text();
    assert!(!checked.contains("not-a-label-file"), "{checked}");
}
