//! What documents are called in the target, where two would be called the same.

use serde_json::Value;

use crate::support::{Run, TempFolder, aml_span, run, sure_aml_line};

/// An export with a label in each document, and the text of both.
fn export(urls: [&str; 2]) -> TempFolder {
    let folder = TempFolder::new();
    let [first, second] = urls;
    let lines = [
        sure_aml_line(first, &[aml_span("P", 0, 3)]),
        sure_aml_line(second, &[aml_span("P", 8, 11)]),
    ];
    folder.write("in.jsonl", lines.map(|line| line + "\n").concat());
    folder.write("1.txt", "Ann and Bob are here.");
    folder.write("a/1.txt", "Ann and Bob are here.");
    folder
}

fn convert(folder: &TempFolder, to: &str, out: &str) -> Run {
    let args = ["convert", "in.jsonl", "--to", to, "-o", out];
    run(
        folder.path(),
        args.iter().chain(&["--output", "json=report.json"]),
    )
}

fn check(folder: &TempFolder) -> Vec<String> {
    let args = ["check", "in.jsonl", "--select", "documents", "--output"];
    let report = run(folder.path(), args.iter().chain(&["json"])).report();
    report
        .rules()
        .iter()
        .map(|rule| (*rule).to_owned())
        .collect()
}

/// The rules of the errors of the conversion before, and what the first says.
fn errors(folder: &TempFolder) -> (Vec<String>, String) {
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let findings = report["diagnostics"].as_array().unwrap().iter();
    let errors: Vec<&Value> = findings.filter(|it| it["severity"] == "error").collect();
    let rules = errors
        .iter()
        .map(|it| it["rule"].as_str().unwrap().to_owned());
    let first = errors.first().map(|it| it["message"].as_str().unwrap());
    (rules.collect(), first.unwrap_or_default().to_owned())
}

#[test]
fn documents_of_two_datastores_were_written_under_one_location() {
    for (one, other) in [
        ("AmlDatastore://ds1/1.txt", "AmlDatastore://ds2/1.txt"),
        ("AmlDatastore://ds1/a/1.txt", "AmlDatastore://ds2/a/1.txt"),
        (
            "https://one.blob.core.windows.net/c/1.txt?sig=a",
            "https://two.blob.core.windows.net/c/1.txt?sig=a",
        ),
    ] {
        let folder = export([one, other]);
        for (to, out) in [
            ("language", "out.json"),
            ("spacy", "out.jsonl"),
            ("label-studio", "tasks.json"),
            ("brat", "out"),
        ] {
            convert(&folder, to, out).expect(1);
            let (rules, said) = errors(&folder);
            assert_eq!(rules, ["location-collision"], "{to} {one}");
            assert!(!said.contains("sig="), "{said}");
            let (one, other) = (one.split('?').next(), other.split('?').next());
            let both = format!("`{}` and `{}` would both", one.unwrap(), other.unwrap());
            assert!(said.starts_with(&both), "{said}");
            assert!(!folder.at(out).exists(), "{to} {one:?}");
        }
    }
}

#[test]
fn one_document_with_two_urls_passed_for_two() {
    let long = "azureml://subscriptions/1/resourcegroups/r/workspaces/w/datastores/ds/paths/1.txt";
    let other_case = long.replace("subscriptions", "Subscriptions");
    let with_service = long.replacen(
        "/workspaces",
        "/providers/Microsoft.MachineLearningServices/workspaces",
        1,
    );
    for (one, other) in [
        ("AmlDatastore://ds/1.txt", "AmlDatastore://ds/1.txt"),
        ("AmlDatastore://ds/1.txt", "amldatastore://ds/1.txt"),
        (
            "AmlDatastore://ds/1.txt",
            "azureml://datastores/ds/paths/1.txt",
        ),
        (long, &other_case),
        (long, &with_service),
        (
            "https://acc.blob.core.windows.net/c/1.txt?sig=a",
            "https://ACC.blob.core.windows.net/c/1.txt?sig=b",
        ),
        (
            "https://me:pw@acc.blob.core.windows.net/c/1.txt",
            "http://acc.blob.core.windows.net/c/1.txt#x",
        ),
    ] {
        let folder = export([one, other]);
        assert_eq!(check(&folder), ["document-duplicate"], "{other}");
        convert(&folder, "language", "out.json").expect(1);
        assert_eq!(errors(&folder).0, ["document-duplicate"], "{other}");
        let project = folder.read("out.json");
        assert_eq!(project.matches(r#""location": "1.txt""#).count(), 2);
        // The first of them is kept.
        let fix = ["check", "in.jsonl", "--fix", "--unsafe-fixes"];
        run(folder.path(), fix.iter().chain(&["--fail-on", "never"])).expect(0);
        assert_eq!(folder.read("in.jsonl").lines().count(), 1, "{other}");
        assert!(folder.read("in.jsonl").contains(one));
    }
}

#[test]
fn a_workspace_that_is_named_may_be_another_one() {
    let long = "azureml://subscriptions/1/resourcegroups/r/workspaces/w/datastores/ds/paths/1.txt";
    let other = long.replace("/w/", "/v/");
    for (one, other) in [(long, &*other), (long, "AmlDatastore://ds/1.txt")] {
        let folder = export([one, other]);
        convert(&folder, "language", "out.json").expect(1);
        assert_eq!(errors(&folder).0, ["location-collision"], "{other}");
    }
}

#[test]
fn an_export_of_two_datastores_is_copied_as_it_is() {
    let folder = export(["AmlDatastore://ds1/1.txt", "AmlDatastore://ds2/1.txt"]);
    convert(&folder, "aml", "out.jsonl").expect(0);
    assert_eq!(folder.read("out.jsonl"), folder.read("in.jsonl"));
}

#[test]
fn two_texts_of_one_name_are_still_told_where_no_document_is_to_blame() {
    let folder = TempFolder::new();
    let inside =
        |text: &str| format!(r#"{{"text":"{text}","meta":{{"name":"1.txt"}},"spans":[]}}"#);
    folder.write("in.jsonl", ["one", "two"].map(inside).join("\n"));
    let args = [
        "convert",
        "in.jsonl",
        "--from",
        "spacy",
        "--name-key",
        "meta.name",
    ];
    let to = ["--to", "brat", "-o", "out"];
    let done = run(folder.path(), args.iter().chain(&to));
    assert_ne!(done.status, 0, "{}", done.stderr);
    assert!(!folder.at("out").exists());
}
