//! Conversions of fixtures, and conversions that must be refused.

mod commas;
mod edits;
mod languages;
mod losses;
mod names;
mod options;
mod seams;
mod several;

use std::fs;
use std::path::Path;

use crate::support::{
    ONE_CLASS, Report, TempFolder, aml_line, aml_span, class_document, fixtures, language_project,
    run, sure_aml_line,
};

/// Metadata that the demo's export does not carry.
const DEMO: [&str; 10] = [
    "--project-name",
    "demo",
    "--container",
    "workspaceblobstore",
    "--language",
    "en-us",
    "--description",
    "",
    "--multilingual",
    "false",
];

fn converted(folder: &Path, args: &[&str]) -> Vec<u8> {
    let mut all = vec!["convert"];
    all.extend(args);
    run(folder, all).expect(0).stdout
}

#[test]
fn the_worked_examples_byte_for_byte() {
    for name in ["emoji", "crlf"] {
        let folder = fixtures().join("pairs").join(name);
        let read = |name: &str| fs::read(folder.join(name)).unwrap();
        let to_language = ["labels.jsonl", "--to", "language", "--project-name", "demo"];
        assert!(
            converted(&folder, &to_language) == read("labels.json"),
            "{name}"
        );
        let to_aml = ["labels.json", "--to", "aml"];
        assert!(
            converted(&folder, &to_aml) == read("labels.jsonl"),
            "{name}"
        );
    }
}

#[test]
fn the_demo_in_both_directions() {
    let folder = fixtures().join("pairs/demo");
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    assert!(converted(&folder, &["demo.json", "--to", "aml"]) == read("demo.jsonl"));
    // What AML cannot hold is left out of the comparison: languages, splits and description.
    let mut args = vec!["demo.jsonl", "--to", "language"];
    args.extend(DEMO);
    let made: serde_json::Value = serde_json::from_slice(&converted(&folder, &args)).unwrap();
    let mut want: serde_json::Value = serde_json::from_slice(&read("demo.json")).unwrap();
    want["metadata"]["description"] = "".into();
    want["metadata"]["multilingual"] = false.into();
    for document in want["assets"]["documents"].as_array_mut().unwrap() {
        document["language"] = "en-us".into();
        document.as_object_mut().unwrap().remove("dataset");
    }
    assert_eq!(made, want);
}

#[test]
fn the_same_format_comes_out_byte_for_byte() {
    let folder = fixtures().join("pairs/demo");
    for (name, format) in [("demo.json", "language"), ("demo.jsonl", "aml")] {
        let out = converted(&folder, &[name, "--to", format]);
        assert!(out == fs::read(folder.join(name)).unwrap(), "{name}");
    }
    // Any spelling is kept: a byte-order mark, blanks, line ends, odd escapes, no final newline.
    let odd = "\u{feff}{ \"image_url\" : \"AmlDatastore:\\/\\/ds/a.txt\",\t\"label\":[ ], \
        \"x\" : 1.000000000000000005 }\r\n\n{\"image_url\":\"AmlDatastore://ds/b.txt\",\"label\":[]}  ";
    let place = TempFolder::new();
    place.write("odd.jsonl", odd);
    let out = converted(place.path(), &["odd.jsonl", "--to", "aml", "--no-texts"]);
    assert_eq!(String::from_utf8(out).unwrap(), odd);
}

#[test]
fn offsets_are_written_in_the_unit_that_is_asked_for() {
    let folder = fixtures().join("pairs/emoji");
    for (unit, want) in [
        ("utf16", "\"offsetStart\":3,\"offsetEnd\":6"),
        ("codepoint", "\"offsetStart\":2,\"offsetEnd\":5"),
        ("utf8", "\"offsetStart\":5,\"offsetEnd\":8"),
        ("grapheme", "\"offsetStart\":2,\"offsetEnd\":5"),
    ] {
        let aml = converted(&folder, &["labels.json", "--to", "aml", "--offsets", unit]);
        let text = String::from_utf8(aml.clone()).unwrap();
        assert!(text.contains(want), "{unit}: {text}");
        let place = TempFolder::new();
        place.write("labels.jsonl", aml);
        let texts = folder.to_str().unwrap();
        let back = [
            "labels.jsonl",
            "--to",
            "language",
            "--offsets",
            unit,
            "--texts",
            texts,
        ];
        let back = [&back[..], &["--project-name", "demo"]].concat();
        let want = fs::read(folder.join("labels.json")).unwrap();
        assert!(converted(place.path(), &back) == want, "{unit}");
    }
}

/// A folder with one text and one AML line on it.
fn line(text: &str, spans: &[String]) -> TempFolder {
    let place = TempFolder::new();
    place.write("a.txt", text);
    let url = "AmlDatastore://workspaceblobstore/a.txt";
    place.write("in.jsonl", aml_line(url, spans) + "\n");
    place
}

fn span(start: usize, end: usize) -> String {
    aml_span("City", start, end)
}

/// Runs a conversion that must be refused, and gives the rules of its report.
fn refused(place: &Path, args: &[&str]) -> Vec<String> {
    let all = [
        &["convert", "in.jsonl", "--to", "language", "-o", "out.json"],
        args,
    ]
    .concat();
    let all = [&all[..], &["--output", "json=report.json"]].concat();
    run(place, all).expect(1);
    assert!(
        !place.join("out.json").exists(),
        "a refused conversion writes nothing"
    );
    let report = Report::read(&place.join("report.json"));
    report.rules().into_iter().map(str::to_owned).collect()
}

#[test]
fn what_is_not_proved_is_not_converted() {
    let past = line("Rome", &[span(0, 9)]);
    assert_eq!(
        refused(past.path(), &[]),
        ["span-out-of-bounds", "span-unproven"]
    );
    let split = line("😀 Rome", &[span(1, 6)]);
    let rules = refused(split.path(), &["--offsets", "utf16"]);
    assert_eq!(rules, ["span-splits-character", "span-unproven"]);
    let without = line("Rome", &[span(0, 4)]);
    assert_eq!(refused(without.path(), &["--no-texts"]), ["span-unproven"]);
    let ambiguous = line("😀東京東京", &[span(2, 3)]);
    assert_eq!(
        refused(ambiguous.path(), &[]),
        ["aml-unit-ambiguous", "span-unproven"]
    );
}

#[test]
fn numbers_are_copied_where_the_user_vouches_for_them() {
    let place = line("Rome", &[span(5, 9), span(0, 4)]);
    let args = [
        "convert",
        "in.jsonl",
        "--to",
        "language",
        "--no-texts",
        "--offsets",
        "utf16",
    ];
    let report = ["--output", "json=report.json", "-o", "out.json"];
    run(place.path(), args.into_iter().chain(report)).expect(0);
    let out = place.read("out.json");
    assert!(out.contains("\"regionLength\": 9,"), "{out}");
    let report = Report::read(&place.at("report.json"));
    let told = report
        .rules()
        .iter()
        .filter(|rule| **rule == "region-too-short")
        .count();
    assert_eq!(told, 1);
}

#[test]
fn what_is_invalid_can_be_left_out() {
    let place = line("Rome is old", &[span(0, 4), span(8, 99)]);
    let args = [
        "convert",
        "in.jsonl",
        "--to",
        "language",
        "--skip-invalid",
        "-o",
        "out.json",
    ];
    let done = run(place.path(), args.into_iter().chain(["--output", "json"]));
    // The defect itself is still an error.
    let done = done.expect(1);
    assert!(done.report().rules().contains(&"lossy-conversion"));
    let out: serde_json::Value =
        serde_json::from_slice(&fs::read(place.at("out.json")).unwrap()).unwrap();
    let region = &out["assets"]["documents"][0]["entities"][0];
    assert_eq!(region["labels"].as_array().unwrap().len(), 1);
    assert_eq!(region["regionLength"], 11);
}

#[test]
fn a_document_without_labels_is_a_negative_sample() {
    let place = line("Rome", &[]);
    let second = sure_aml_line("AmlDatastore://workspaceblobstore/b.txt", &[span(0, 4)]);
    let first = place.read("in.jsonl");
    place.write("in.jsonl", format!("{first}{second}\n"));
    place.write("b.txt", "Oslo");
    let out = converted(place.path(), &["in.jsonl", "--to", "language"]);
    let out: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let want = serde_json::json!([{ "regionOffset": 0, "regionLength": 4, "labels": [] }]);
    assert_eq!(out["assets"]["documents"][0]["entities"], want);
}

#[test]
fn documents_that_fall_back_to_one_text_have_none() {
    let place = TempFolder::new();
    place.write("1.txt", "Rome");
    let line = |folder: &str| {
        let url = format!("AmlDatastore://ds/{folder}/1.txt");
        sure_aml_line(&url, &[span(0, 4)]) + "\n"
    };
    place.write("in.jsonl", line("a") + &line("b"));
    let args = [
        "check",
        "in.jsonl",
        "--texts",
        ".",
        "--output",
        "json",
        "--ignore",
        "label-rare,document-count",
    ];
    let report = run(place.path(), args).expect(1).report();
    assert_eq!(report.rules(), ["document-missing", "document-missing"]);
    let rules = refused(place.path(), &["--texts", "."]);
    assert!(
        rules.contains(&"location-collision".to_owned()),
        "{rules:?}"
    );
}

#[test]
fn the_first_folder_that_has_a_text_wins_and_in_it_the_longest_path() {
    let place = tempfile::tempdir().unwrap();
    let url = "AmlDatastore://ds/a/b/1.txt";
    let lines = format!("{{\"image_url\":\"{url}\",\"label\":[{}]}}\n", span(0, 4));
    fs::write(place.path().join("in.jsonl"), lines).unwrap();
    let files = [
        "x/a/b/1.txt",
        "x/b/1.txt",
        "x/1.txt",
        "y/a/b/1.txt",
        "y/b/1.txt",
        "y/1.txt",
    ];
    for (number, file) in files.iter().enumerate() {
        let path = place.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // The length of a text tells which it is.
        fs::write(path, format!("Rome{}", ".".repeat(number))).unwrap();
    }
    let found = |texts: [&str; 2]| {
        let [first, second] = texts;
        let args = [
            "in.jsonl", "--to", "language", "--texts", first, "--texts", second,
        ];
        let out: serde_json::Value =
            serde_json::from_slice(&converted(place.path(), &args)).unwrap();
        let length = out["assets"]["documents"][0]["entities"][0]["regionLength"].as_u64();
        files[usize::try_from(length.unwrap()).unwrap() - 4]
    };
    // Of the files in the order in which they are looked for, all are there, then all but the
    // first, and so on.
    for texts in [["x", "y"], ["y", "x"]] {
        let order = texts.map(|folder| files.iter().filter(move |file| file.starts_with(folder)));
        let order: Vec<&str> = order.into_iter().flatten().copied().collect();
        assert_eq!(order.len(), 6);
        let mut aside = Vec::new();
        for file in order {
            assert_eq!(found(texts), file, "{texts:?}");
            let path = place.path().join(file);
            aside.push((path.clone(), fs::read(&path).unwrap()));
            fs::remove_file(path).unwrap();
        }
        for (path, text) in aside {
            fs::write(path, text).unwrap();
        }
    }
}

#[test]
fn the_first_folder_with_a_name_like_that_of_a_missing_text_is_the_one_that_is_told() {
    let place = tempfile::tempdir().unwrap();
    let line = r#"{"image_url":"AmlDatastore://ds/ab.txt","label":"A"}"#;
    fs::write(place.path().join("in.jsonl"), line).unwrap();
    for (folder, name) in [("x", "a%62.txt"), ("y", "%61b.txt")] {
        fs::create_dir(place.path().join(folder)).unwrap();
        fs::write(place.path().join(folder).join(name), "Rome").unwrap();
    }
    let select = ["--select", "document-missing", "--output", "json"];
    for (texts, name) in [(["x", "y"], "a%62.txt"), (["y", "x"], "%61b.txt")] {
        let args = [
            "check", "in.jsonl", "--texts", texts[0], "--texts", texts[1],
        ];
        let report = run(place.path(), args.iter().chain(&select))
            .expect(1)
            .report();
        let help = &report.findings()[0]["help"];
        assert_eq!(*help, format!("did you mean `{name}`?"), "{texts:?}");
    }
}

#[test]
fn a_document_that_is_listed_twice_is_found_in_either_direction() {
    let place = TempFolder::new();
    let twice = vec![class_document("a.txt", "A"); 2];
    place.write("labels.json", language_project(ONE_CLASS, &["A"], &twice));
    let line = r#"{"image_url":"AmlDatastore://c/a.txt","label":"A","label_confidence":1.0}"#;
    let lines = format!("{line}\n{line}\n");
    place.write("labels.jsonl", lines);
    for (from, to) in [("labels.json", "aml"), ("labels.jsonl", "language")] {
        let args = [
            "convert",
            from,
            "--to",
            to,
            "--no-texts",
            "-o",
            "out",
            "--force",
            "--output",
            "json",
        ];
        let report = run(place.path(), args).report();
        assert!(
            report.rules().contains(&"document-duplicate"),
            "{from}: {:?}",
            report.rules()
        );
    }
}

#[test]
fn offsets_that_count_something_else_are_not_written() {
    let folder = fixtures().join("rules/offset-unit-mismatch/bad");
    let mut args = vec![
        "convert",
        "labels.json",
        "--texts",
        ".",
        "--texts",
        "../../texts",
    ];
    args.extend(["--to", "aml"]);
    let refused = run(&folder, args.clone()).expect(1);
    assert!(refused.stdout.is_empty());
    let said = &refused.stderr;
    assert!(said.contains("offset-unit-mismatch"), "{said}");
    assert!(said.contains("check --fix --unsafe-fixes"), "{said}");
    assert!(said.contains("nothing was written"), "{said}");
    // Whoever does not believe it may say so.
    args.extend(["--ignore", "offset-unit-mismatch"]);
    assert!(!run(&folder, args).expect(0).stdout.is_empty());
}
