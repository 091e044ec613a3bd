//! Several inputs that become one.

use serde_json::{Value, json};

use crate::support::{
    ENTITIES, ONE_CLASS, Run, TempFolder, aml_line, aml_span, class_document, language_document,
    language_label, language_project, run,
};

const TEXT: &str = "Ada saw Rome 😀 in May";

/// A folder with two texts; the first has an emoji before its last words.
fn folder() -> TempFolder {
    let folder = TempFolder::new();
    folder.write("docs/1.txt", TEXT);
    folder.write("docs/2.txt", "Bob stayed at home\n");
    folder
}

fn aml(name: &str, spans: &[String]) -> String {
    aml_line(&format!("AmlDatastore://store/{name}"), spans) + "\n"
}

fn unite(folder: &TempFolder, inputs: &[&str], options: &[&str]) -> Run {
    let args = [
        "convert", "--to", "language", "--texts", "docs", "-o", "out.json", "--force",
    ];
    run(folder.path(), args.iter().chain(inputs).chain(options))
}

/// The documents of what was written: location, and its labels.
fn documents(folder: &TempFolder) -> Vec<(String, Value)> {
    let project: Value = serde_json::from_str(&folder.read("out.json")).unwrap();
    let documents = project["assets"]["documents"].as_array().unwrap();
    let labels = |it: &Value| it["entities"][0]["labels"].clone();
    let one = |it: &Value| (it["location"].as_str().unwrap().to_owned(), labels(it));
    documents.iter().map(one).collect()
}

#[test]
fn documents_that_both_have_get_the_labels_of_both() {
    let folder = folder();
    // May: 18 in code points, 19 in UTF-16 code units.
    folder.write(
        "a.jsonl",
        aml(
            "1.txt",
            &[aml_span("Person", 0, 3), aml_span("Month", 18, 21)],
        ),
    );
    let labels = [
        language_label("Place", 8, 4),
        language_label("Month", 19, 3),
    ];
    let one = language_document("1.txt", Some("Test"), 22, &labels);
    let two = language_document(
        "2.txt",
        Some("Train"),
        19,
        &[language_label("Person", 0, 3)],
    );
    folder.write(
        "b.json",
        language_project(ENTITIES, &["Place", "Month", "Person"], &[one, two]),
    );
    let done = unite(&folder, &["a.jsonl", "b.json"], &[]).expect(0);
    done.says("b.json: 1 document more, 1 that were there");
    let label = |name: &str, offset: u64, length: u64| json!({"category": name, "offset": offset, "length": length});
    let want = [
        (
            "1.txt".to_owned(),
            json!([
                label("Person", 0, 3),
                label("Place", 8, 4),
                label("Month", 19, 3)
            ]),
        ),
        ("2.txt".to_owned(), json!([label("Person", 0, 3)])),
    ];
    assert_eq!(documents(&folder), want);
    let project: Value = serde_json::from_str(&folder.read("out.json")).unwrap();
    assert_eq!(
        project["assets"]["entities"],
        json!([{"category": "Person"}, {"category": "Month"}, {"category": "Place"}])
    );
    // The other way round the second one's project is kept, to the byte, but for the one label.
    unite(&folder, &["b.json", "a.jsonl"], &[]).expect(0);
    let before = folder.read("b.json");
    let added = before.replace(
        &language_label("Place", 8, 4),
        &format!(
            "{},{}",
            language_label("Person", 0, 3),
            language_label("Place", 8, 4)
        ),
    );
    assert_eq!(folder.read("out.json"), added);
}

#[test]
fn with_itself_a_project_stays_as_it_is() {
    let folder = folder();
    let one = language_document("1.txt", None, 22, &[language_label("Place", 8, 4)]);
    folder.write(
        "a.json",
        language_project(ENTITIES, &["Place"], std::slice::from_ref(&one)),
    );
    folder.write("b.json", language_project(ENTITIES, &["Place"], &[one]));
    unite(&folder, &["a.json", "b.json"], &[]).expect(0);
    assert_eq!(folder.read("out.json"), folder.read("a.json"));
}

#[test]
fn labels_in_conflict_are_told_and_nothing_is_written() {
    let folder = folder();
    folder.write("a.jsonl", aml("1.txt", &[aml_span("Place", 8, 12)]));
    folder.write("b.jsonl", aml("1.txt", &[aml_span("City", 8, 12)]));
    let done = unite(&folder, &["a.jsonl", "b.jsonl"], &[]).expect(1);
    done.says("not converted: nothing was written");
    let report = unite(&folder, &["a.jsonl", "b.jsonl"], &["--output", "json"])
        .expect(1)
        .report();
    let findings = report.findings().iter();
    let mut findings = findings.filter(|found| found["rule"] == "inputs-conflict");
    let (found, None) = (findings.next().expect("a conflict"), findings.next()) else {
        panic!("one conflict");
    };
    let want = "`1.txt` has `City` on `Rome` at 1:9 here, and `Place` on `Rome` at 1:9 in an earlier input";
    assert_eq!(found["message"], want);
    assert_eq!(
        (&found["path"], &found["line"]),
        (&json!("b.jsonl"), &json!(1))
    );
    let classes =
        |class: &str| language_project(ONE_CLASS, &["A", "B"], &[class_document("1.txt", class)]);
    folder.write("a.json", classes("A"));
    folder.write("b.json", classes("B"));
    unite(&folder, &["a.json", "b.json"], &[])
        .expect(1)
        .says("inputs-conflict");
    assert!(!folder.path().join("out.json").exists());
}

#[test]
fn documents_of_one_name_and_two_texts_need_another_name() {
    let folder = TempFolder::new();
    folder.write("a/1.txt", "Ada saw Rome");
    folder.write("b/1.txt", "Rome was fine");
    folder.write("a/one.jsonl", aml("1.txt", &[aml_span("Place", 8, 12)]));
    folder.write("b/two.jsonl", aml("1.txt", &[aml_span("Place", 0, 4)]));
    let unite = |options: &[&str]| {
        let args = [
            "convert",
            "a/one.jsonl",
            "b/two.jsonl",
            "--to",
            "language",
            "-o",
            "out.json",
        ];
        run(folder.path(), args.iter().chain(options))
    };
    unite(&[]).expect(1).says("1.txt");
    assert!(!folder.path().join("out.json").exists());
    unite(&["--prefix-by-file"]).expect(0);
    let found = documents(&folder);
    let names: Vec<&str> = found.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["one-1.txt", "two-1.txt"]);
    assert_eq!(found[0].1[0]["offset"], 8);
    assert_eq!(found[1].1[0]["offset"], 0);
}

#[test]
fn documents_of_one_name_at_two_addresses_are_one_only_by_their_text() {
    let folder = folder();
    let at = |store: &str, spans: &[String]| {
        aml_line(&format!("AmlDatastore://{store}/1.txt"), spans) + "\n"
    };
    folder.write("a.jsonl", at("north/a", &[aml_span("Person", 0, 3)]));
    folder.write("b.jsonl", at("south/b", &[aml_span("Place", 8, 12)]));
    // The text is the same for both, as the folder says.
    let done = unite(&folder, &["a.jsonl", "b.jsonl"], &[]).expect(0);
    done.says(
        "b.jsonl: 1 document at another address than in earlier inputs, with the same text: the first at \
         `AmlDatastore://south/b/1.txt`, in a.jsonl at `AmlDatastore://north/a/1.txt`",
    );
    // Classes need no text, so that none shows whether these are one document.
    let class = |store: &str| {
        format!("{{\"image_url\":\"AmlDatastore://{store}/1.txt\",\"label\":\"A\"}}\n")
    };
    folder.write("c.jsonl", class("north/a"));
    folder.write("d.jsonl", class("south/a"));
    let unite = |inputs: &[&str], options: &[&str]| {
        let args = [
            "convert",
            "--to",
            "language",
            "-o",
            "classes.json",
            "--force",
        ];
        run(folder.path(), args.iter().chain(inputs).chain(options))
    };
    let report = unite(&["c.jsonl", "d.jsonl"], &["--output", "json"])
        .expect(1)
        .report();
    let mut findings = report.findings().iter();
    let found = findings.find(|found| found["rule"] == "inputs-conflict");
    assert_eq!(
        found.expect("a conflict")["message"],
        "`1.txt` cannot be united with an earlier input: it stands at `AmlDatastore://south/a/1.txt` here and \
         at `AmlDatastore://north/a/1.txt` in c.jsonl, and no text shows that both are one document; name the \
         folder of the texts with `--texts`"
    );
    assert!(!folder.path().join("classes.json").exists());
    unite(&["c.jsonl", "d.jsonl"], &["--prefix-by-file"]).expect(0);
    unite(&["c.jsonl", "d.jsonl"], &["--texts", "docs"]).expect(0);
    // Other spellings of one address are one address.
    let spelled = class("north/a").replace("AmlDatastore://", "azureml://datastores/");
    folder.write("e.jsonl", spelled.replace("north/a", "north/paths/a"));
    unite(&["c.jsonl", "e.jsonl"], &[]).expect(0);
}

#[test]
fn what_does_not_go_together_is_refused() {
    let folder = folder();
    folder.write("a.jsonl", aml("1.txt", &[aml_span("Place", 8, 12)]));
    let classes = language_project(ONE_CLASS, &["A", "B"], &[class_document("1.txt", "A")]);
    folder.write("b.json", classes);
    unite(&folder, &["a.jsonl", "b.json"], &[])
        .expect(1)
        .says("single-label classification");
    folder.write("c.csv", "text,label\nHello,A\nBye,B\n");
    unite(&folder, &["a.jsonl", "c.csv"], &[])
        .expect(2)
        .says("c.csv has its texts inside");
    unite(&folder, &["a.jsonl", "b.json"], &["--losses", "l.jsonl"])
        .expect(2)
        .says("`--losses` is for a single input");
    unite(&folder, &["a.jsonl", "docs"], &[])
        .expect(2)
        .says("a folder is converted file by file");
    folder.write("d.jsonl", aml("1.txt", &[aml_span("Place", 8, 99)]));
    unite(&folder, &["a.jsonl", "d.jsonl"], &[])
        .expect(1)
        .says("nothing was written");
    assert!(!folder.path().join("out.json").exists());
}

#[test]
fn united_files_can_be_edited_and_go_to_any_format() {
    let folder = folder();
    folder.write(
        "a.jsonl",
        aml(
            "1.txt",
            &[aml_span("Person", 0, 3), aml_span("Month", 18, 21)],
        ),
    );
    folder.write(
        "b.jsonl",
        aml("1.txt", &[aml_span("Place", 8, 12)]) + &aml("2.txt", &[aml_span("Person", 0, 3)]),
    );
    let args = [
        "convert",
        "a.jsonl",
        "b.jsonl",
        "--to",
        "aml",
        "--texts",
        "docs",
        "--drop-labels",
        "Person",
        "-o",
        "-",
    ];
    let lines = run(folder.path(), args).expect(0).text();
    let labels: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["label"].clone())
        .collect();
    let label = |name: &str, start: u64, end: u64| json!({"label": name, "offsetStart": start, "offsetEnd": end});
    assert_eq!(
        labels[0],
        json!([label("Place", 8, 12), label("Month", 18, 21)])
    );
    assert_eq!(labels[1], json!([]));
}
