//! One cause, one finding: shapes, near copies, and what a fix leaves.

use std::process::{Command, Stdio};

use super::said;
use crate::support::{
    ENTITIES, ONE_CLASS, PROGRAM, TempFolder, aml_line, aml_span, language_document,
    language_label, language_project, run,
};

/// What is said of a file by some rules: the message and the number of places.
fn told(place: &TempFolder, name: &str, rules: &str) -> Vec<(String, String)> {
    let found = said(place, &[name, "--no-texts", "--select", rules]);
    let found = found.into_iter();
    found
        .map(|[_, message, _, places]| (message, places))
        .collect()
}

fn want(all: &[(&str, &str)]) -> Vec<(String, String)> {
    let all = all.iter();
    all.map(|(message, places)| ((*message).to_owned(), (*places).to_owned()))
        .collect()
}

#[test]
fn a_member_that_is_wrong_in_many_records_is_one_finding() {
    let place = TempFolder::new();
    let labels = [language_label("City", 0, 4)];
    let document = |index: usize| language_document(&format!("{index}.txt"), None, 4, &labels);
    let file = |change: &dyn Fn(usize, String) -> String| {
        let documents = (0..4).map(|index| change(index, document(index)));
        let documents: Vec<String> = documents.collect();
        place.write("in.json", language_project(ENTITIES, &["City"], &documents));
    };
    // Of two unknown members each is one cause.
    file(&|index, one| {
        let name = if index == 3 { "note" } else { "mark" };
        one.replace("\"language\"", &format!("\"{name}\":1,\"language\""))
    });
    let found = told(&place, "in.json", "unknown-member");
    let mark = "the contract has no member `mark`, which is in 3 places";
    let note = "the contract has no member `note` here";
    assert_eq!(found, want(&[(mark, "3"), (note, "1")]));
    // A misspelled one has another remedy.
    file(&|_, one| one.replace("\"entities\"", "\"entites\""));
    let found = said(
        &place,
        &["in.json", "--no-texts", "--select", "unknown-member"],
    );
    let words = "the contract has no member `entites`, which is in 4 places";
    assert_eq!(
        found,
        [["unknown-member", words, "did you mean `entities`?", "4"]]
    );
    file(&|_, one| {
        one.replace("\"language\":\"en-us\"", "\"dataset\":null")
            .replace("\"offset\":0,", "")
    });
    let found = told(&place, "in.json", "null-member,missing-member");
    let missing = "the required member `offset` is absent in 4 places";
    let null = "the optional member `dataset` is null in 4 places";
    let mut all = want(&[(null, "4"), (missing, "4")]);
    all.sort();
    let mut found = found;
    found.sort();
    assert_eq!(found, all);
    // What can be read weighs less and is another finding.
    file(&|index, one| {
        let length = [
            "\"length\":\"4\"",
            "\"length\":4.0",
            "\"length\":[]",
            "\"length\":\"x\"",
        ][index];
        one.replace("\"length\":4", length)
    });
    let found = told(&place, "in.json", "wrong-type");
    let several = found.iter().find(|(_, places)| places == "3").unwrap();
    assert!(
        several
            .0
            .contains(", found something else in 3 places, such as the string"),
        "{found:?}"
    );
    assert_eq!(found.len(), 2, "{found:?}");
    file(&|_, one| {
        one.replace(
            "\"entities\"",
            "\"class\":{\"category\":\"City\"},\"entities\"",
        )
    });
    let found = told(&place, "in.json", "member-of-another-kind");
    let words = "`class` belongs to single-label classification, and this project is entity \
        recognition; it is in 4 places";
    assert_eq!(found, want(&[(words, "4")]));
}

#[test]
fn other_shapes_that_repeat_are_one_finding_too() {
    let place = TempFolder::new();
    let document = |index: usize| {
        format!(r#"{{"location":"{index}.txt","language":"en-us","class":[{{"category":"A"}}]}}"#)
    };
    let documents: Vec<String> = (0..3).map(document).collect();
    place.write("in.json", language_project(ONE_CLASS, &["A"], &documents));
    let words = "`class` is an array with one item in 3 documents, where one object belongs";
    assert_eq!(
        told(&place, "in.json", "class-as-array"),
        want(&[(words, "3")])
    );
    let lines = [
        "s3://bucket/1.txt",
        "s3://bucket/2.txt",
        "AmlDatastore://ds",
    ];
    let lines = lines.map(|url| aml_line(url, &[aml_span("City", 0, 4)]) + "\n");
    place.write("in.jsonl", lines.concat());
    let found = told(&place, "in.jsonl", "bad-document-url");
    let places: Vec<&str> = found.iter().map(|(_, places)| &**places).collect();
    assert_eq!(places, ["2", "1"], "{found:?}");
    assert!(
        found[0]
            .0
            .starts_with("`image_url` is no address of a document in 2 places: ")
    );
}

#[test]
fn near_copies_are_one_finding_with_their_places() {
    let place = TempFolder::new();
    let mut documents = Vec::new();
    for (set, end) in [("Train", "Lisbon"), ("Test", "Porto")] {
        for number in 0..3 {
            let name = format!("{set}{number}.txt");
            let words = (0..40).map(|word| format!("word{}", word * (number + 2)));
            let text = format!("{} {end}", words.collect::<Vec<_>>().join(" "));
            place.write(&name, &text);
            documents.push(language_document(&name, Some(set), text.len(), &[]));
        }
    }
    place.write("in.json", language_project(ENTITIES, &["A"], &documents));
    let found = said(&place, &["in.json", "--select", "split-near-leak"]);
    let words = "3 documents in Test are nearly the same as documents in Train: `Test0.txt` and \
        `Train0.txt` (94.74 %), `Test1.txt` and `Train1.txt` (94.74 %), `Test2.txt` and \
        `Train2.txt` (94.74 %)";
    let help = "put both into one set, or delete one of them";
    assert_eq!(found, [["split-near-leak", words, help, "3"]]);
}

#[test]
fn a_label_that_a_fix_leaves_undeclared_has_all_its_places() {
    let place = TempFolder::new();
    // What is so long is no name, and not declared by a fix.
    let long = "Town ".repeat(90);
    let label = |at: usize| language_label(&long, at * 5, 4);
    let labels: Vec<String> = (0..3).map(label).collect();
    let mut documents = Vec::new();
    for index in 0..4 {
        let name = format!("{index}.txt");
        place.write(&name, "Oslo Oslo Oslo");
        documents.push(language_document(&name, Some("train"), 14, &labels));
    }
    let file = language_project(ENTITIES, &["City"], &documents);
    let rules = "label-undeclared,dataset-unknown";
    for fix in [&[][..], &["--unsafe-fixes"]] {
        place.write("labels.json", &file);
        let args = ["check", "labels.json", "--select", rules, "--fix"];
        let args = args.iter().chain(fix);
        let report = place.at("report.json");
        let to = format!("json={}", report.display());
        let done = run(place.path(), args.chain(&["--output", &to])).expect(1);
        let report = crate::support::Report::read(&report);
        let found = report.findings().iter();
        let undeclared = found.clone().find(|it| it["rule"] == "label-undeclared");
        let undeclared = undeclared.unwrap_or_else(|| panic!("{}", done.stderr));
        assert_eq!(undeclared["places_total"], 12, "{fix:?}");
        assert_eq!(undeclared["places"].as_array().unwrap().len(), 11);
        let places = &undeclared["places"];
        assert!(places[0]["line"].is_u64() && places[10]["document"] == "3.txt");
        assert_eq!(found.count(), 1, "{fix:?}");
        done.says("fixed 4 findings in labels.json");
    }
}

/// What a terminal of so many columns gets of a check.
fn on_a_terminal(place: &TempFolder, columns: usize) -> Option<String> {
    let command =
        format!("stty rows 24 cols {columns}; '{PROGRAM}' check labels.json --no-texts --isolated");
    let done = Command::new("script")
        .args(["-q", "-e", "-c", &command, "typescript"])
        .current_dir(place.path())
        .env("TERM", "xterm")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if done.ok()?.code() != Some(1) {
        return None;
    }
    let seen = std::fs::read(place.at("typescript")).unwrap();
    let seen = String::from_utf8_lossy(&seen).replace('\r', "");
    let lines = seen.lines().filter(|line| !line.starts_with("Script "));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn the_verdict_fits_the_terminal() {
    let place = TempFolder::new();
    let labels = [language_label("Town", 9, 0)];
    let document = language_document("1.txt", Some("train"), 14, &labels);
    place.write(
        "labels.json",
        language_project(ENTITIES, &["City"], &[document]),
    );
    let piped = run(place.path(), ["check", "labels.json", "--no-texts"]).expect(1);
    let verdict = piped.verdict();
    assert!(verdict.chars().count() > 60, "{verdict}");
    let Some(narrow) = on_a_terminal(&place, 40) else {
        eprintln!("skipped: there is no `script` to make a terminal");
        return;
    };
    let (_, told) = narrow.rsplit_once("not ready:").unwrap();
    let told = format!("not ready:{told}");
    assert!(told.lines().count() > 1, "{narrow}");
    assert_eq!(
        told.split_whitespace().collect::<Vec<_>>().join(" "),
        verdict
    );
    for line in narrow.lines() {
        assert!(line.chars().count() <= 40, "{line:?}");
    }
    let wide = on_a_terminal(&place, 200).unwrap();
    assert!(wide.lines().any(|line| line == verdict), "{wide}");
}
