//! When a fix is withheld, and that it is told.

use std::fs;

use serde_json::{Value, json};

use crate::support::{ONE_CLASS, TempFolder, class_document, fixtures, language_project, run};

/// The demo project, changed.
struct Project {
    folder: TempFolder,
    texts: String,
}

impl Project {
    fn new(change: impl FnOnce(&mut Value)) -> Self {
        let demo = fixtures().join("pairs/demo");
        let text = fs::read_to_string(demo.join("demo.json")).unwrap();
        let mut project = serde_json::from_str(&text).unwrap();
        change(&mut project);
        let folder = TempFolder::new();
        fs::write(folder.at("labels.json"), project.to_string()).unwrap();
        Self {
            folder,
            texts: demo.to_str().unwrap().to_owned(),
        }
    }

    /// What is said on the way, and the project afterwards.
    fn fix(&self, flags: &[&str]) -> (String, Value) {
        let args = ["check", "labels.json", "--texts", &self.texts];
        let done = run(self.folder.path(), args.iter().chain(flags));
        assert_ne!(done.status, 2, "{}", done.stderr);
        (done.stderr, self.now())
    }

    fn now(&self) -> Value {
        let text = fs::read_to_string(self.folder.at("labels.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

const ALL: [&str; 2] = ["--fix", "--unsafe-fixes"];

/// The labels of all documents, in their order.
fn labels(project: &mut Value) -> Vec<&mut Value> {
    let documents = project["assets"]["documents"].as_array_mut().unwrap();
    let regions = documents
        .iter_mut()
        .flat_map(|document| document["entities"].as_array_mut().unwrap());
    let labels = regions.flat_map(|region| region["labels"].as_array_mut().unwrap());
    labels.collect()
}

/// The numbers of all labels and regions.
fn numbers(project: &Value) -> Vec<Value> {
    let documents = project["assets"]["documents"].as_array().unwrap().iter();
    documents
        .map(|document| document["entities"].clone())
        .collect()
}

fn right() -> Value {
    Project::new(|_| {}).now()
}

fn moved(label: &mut Value, by: i64) {
    label["offset"] = json!(label["offset"].as_i64().unwrap() + by);
}

#[test]
fn right_spans_that_uncover_a_note_were_put_back() {
    let project = Project::new(|project| {
        for label in labels(project) {
            moved(label, 1);
        }
    });
    // Where the words are right, some of them are found elsewhere without a label.
    let (said, now) = project.fix(&ALL);
    assert_eq!(numbers(&now), numbers(&right()));
    assert!(said.contains("fixed 1 finding"), "{said}");
    assert!(!said.contains("did not fix"), "{said}");
}

#[test]
fn a_label_was_not_declared_since_it_is_rare() {
    let project = Project::new(|project| labels(project)[0]["category"] = json!("Shop"));
    let (said, now) = project.fix(&["--fix"]);
    let declared = now["assets"]["entities"].as_array().unwrap();
    assert!(declared.contains(&json!({"category": "Shop"})), "{said}");
}

#[test]
fn an_empty_span_stayed_since_its_label_is_rare_without_it() {
    let project = Project::new(|project| labels(project)[0]["length"] = json!(0));
    let count = |mut project: Value| labels(&mut project).len();
    let before = count(project.now());
    let (said, now) = project.fix(&ALL);
    assert_eq!(count(now), before - 1, "{said}");
}

#[test]
fn a_fix_that_does_harm_is_withheld_and_told() {
    let folder = TempFolder::new();
    let documents: Vec<String> = (0..12)
        .map(|number| class_document(&format!("{number}.txt"), "Thing"))
        .collect();
    let text = language_project(ONE_CLASS, &["Thing", "Place"], &documents);
    folder.write("labels.json", &text);
    // Without its second class the service would not take the project.
    let told =
        "did not fix 1 finding of `label-unused` in labels.json: would cause `too-few-labels`";
    for flags in [ALL, ["--unsafe-fixes", "--diff"]] {
        let args = ["check", "labels.json", "--no-texts"].into_iter();
        let done = run(folder.path(), args.chain(flags));
        assert!(done.stderr.contains(told), "{}", done.stderr);
        assert_eq!(folder.read("labels.json"), text);
    }
}

#[test]
fn the_declaration_that_was_meant_was_removed() {
    let project = Project::new(|project| {
        let names = ["place", "Place "].iter().cycle();
        let places = labels(project).into_iter();
        let places = places.filter(|label| label["category"] == "Place");
        for (label, name) in places.zip(names) {
            label["category"] = json!(name);
        }
    });
    for flags in [
        &["--fix", "--unsafe-fixes", "--ignore", "label-undeclared"][..],
        &ALL,
    ] {
        let (_, now) = project.fix(flags);
        let declared = now["assets"]["entities"].as_array().unwrap();
        assert!(declared.contains(&json!({"category": "Place"})), "{now}");
    }
}

#[test]
fn safe_fixes_destroyed_the_evidence_of_a_shift() {
    let project = Project::new(|project| {
        // Without the other documents the cause is not certain.
        let documents = project["assets"]["documents"].as_array_mut().unwrap();
        documents.truncate(1);
        let count = labels(project).len();
        for label in labels(project).into_iter().take(count / 3) {
            label["length"] = json!(label["length"].as_i64().unwrap() + 1);
        }
    });
    let before = project.now();
    let (said, now) = project.fix(&["--fix"]);
    assert_eq!(numbers(&now), numbers(&before), "{said}");
    let told = "of `span-edge-whitespace` in labels.json: the spans of the document are in doubt";
    assert!(said.contains(told), "{said}");
}

#[test]
fn a_span_that_cuts_a_word_at_its_other_edge_was_trimmed() {
    let project = Project::new(|project| {
        let label = labels(project).swap_remove(0);
        moved(label, 1);
    });
    let before = project.now();
    let (said, now) = project.fix(&["--fix"]);
    assert_eq!(numbers(&now), numbers(&before), "{said}");
}

#[test]
fn one_slip_is_fixed() {
    let project = Project::new(|project| {
        let label = labels(project).swap_remove(0);
        label["length"] = json!(label["length"].as_i64().unwrap() + 1);
    });
    let (said, now) = project.fix(&["--fix"]);
    assert_eq!(numbers(&now), numbers(&right()), "{said}");
}
