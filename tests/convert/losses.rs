//! What a conversion says is lost.

use std::fs;

use super::{line, refused, span};
use crate::support::{
    ONE_CLASS, Report, TempFolder, class_document, fixtures, language_project, run,
};

#[test]
fn labels_that_cannot_be_read_are_losses() {
    let unread = r#"{"label":"City","offsetStart":"here","offsetEnd":7}"#;
    let place = line("Rome is old", &[span(0, 4), unread.to_owned(), span(8, 99)]);
    let only_unread = line("Rome is old", &[span(0, 4), unread.to_owned()]);
    assert_eq!(refused(only_unread.path(), &[]), ["wrong-type"]);
    // With a ledger the label whose place is not proved is in there, and the other one nowhere.
    let kept = ["--losses", "ledger.jsonl"];
    for (more, lost) in [(&[][..], 2), (&kept, 1)] {
        let skip = [
            "--skip-invalid",
            "-o",
            "out.json",
            "--force",
            "--output",
            "json",
        ];
        let args = ["convert", "in.jsonl", "--to", "language"].into_iter();
        let args = args.chain(skip).chain(more.iter().copied());
        let report = run(place.path(), args).expect(1).report();
        let lossy = report.findings().iter();
        let lossy = lossy.filter(|found| found["rule"] == "lossy-conversion");
        let messages: Vec<&str> = lossy
            .map(|found| found["message"].as_str().unwrap())
            .collect();
        let left_out = format!("labels left out ({lost})");
        assert_eq!(messages.len(), 1, "{more:?}");
        assert!(messages[0].contains(&left_out), "{more:?}: {messages:?}");
        let denied = [&["--skip-invalid", "--deny-loss", "--force"], more].concat();
        fs::remove_file(place.path().join("out.json")).unwrap();
        assert!(refused(place.path(), &denied).contains(&"lossy-conversion".to_owned()));
    }
}

#[test]
fn losses_are_summed_up_and_can_be_denied() {
    let folder = fixtures().join("pairs/demo");
    let place = TempFolder::new();
    let report = place.at("report.json");
    let saved = format!("json={}", report.display());
    let args = ["convert", "demo.json", "--to", "aml", "--output", &saved];
    run(&folder, args).expect(0);
    let findings = Report::read(&report);
    let lossy = findings
        .findings()
        .iter()
        .find(|found| found["rule"] == "lossy-conversion");
    let message = lossy.unwrap()["message"].as_str().unwrap();
    for part in [
        "splits (18)",
        "document languages (18)",
        "project metadata (3)",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let out = run(&folder, args.into_iter().chain(["--deny-loss"])).expect(1);
    assert!(out.stdout.is_empty());
}

#[test]
fn labels_that_documents_use_are_no_unused_declarations() {
    let documents = [class_document("a.txt", "A"), class_document("b.txt", "B")];
    let lost = |declared: &[&str]| {
        let place = TempFolder::new();
        place.write("in.json", language_project(ONE_CLASS, declared, &documents));
        let args = ["convert", "in.json", "--to", "aml", "--no-texts"];
        let args = args.into_iter().chain(["-o", "out", "--output", "json"]);
        let report = run(place.path(), args).expect(0).report();
        let mut lossy = report.findings().iter();
        let lossy = lossy.find(|found| found["rule"] == "lossy-conversion");
        lossy.unwrap()["message"].as_str().unwrap().to_owned()
    };
    let [used, order, unused] = [&["A", "B"][..], &["B", "A"], &["A", "C", "B", "D"]].map(lost);
    assert!(!used.contains("declaration"), "{used}");
    assert!(order.contains("orders of declaration (1)"), "{order}");
    assert!(!order.contains("unused"), "{order}");
    assert!(unused.contains("unused declarations (2)"), "{unused}");
    assert!(!unused.contains("orders"), "{unused}");
}

#[test]
fn labels_below_a_misspelled_name_were_lost_in_silence() {
    let demo = fixtures().join("pairs/demo/demo.json");
    let whole = fs::read_to_string(demo).unwrap();
    let (header, documents) = whole.split_once("\"documents\"").unwrap();
    let misspelled = |right: &str, wrong: &str| {
        let documents = documents.replace(&format!("\"{right}\""), &format!("\"{wrong}\""));
        format!("{header}\"documents\"{documents}")
    };
    let place = TempFolder::new();
    for (right, wrong, file) in [
        ("entities", "entites", misspelled("entities", "entites")),
        ("labels", "lables", misspelled("labels", "lables")),
        ("category", "Category", misspelled("category", "Category")),
        (
            "documents",
            "documets",
            whole.replacen("documents", "documets", 1),
        ),
        ("assets", "asset", whole.replacen("assets", "asset", 1)),
    ] {
        place.write("in.json", &file);
        let args = ["--no-texts", "--output", "json"];
        let check = run(place.path(), [&["check", "in.json"], &args[..]].concat());
        let report = check.expect(1).report();
        let errors = report.findings().iter();
        let mut errors = errors.filter(|found| found["severity"] == "error");
        let first = errors.next().unwrap();
        assert_eq!(first["rule"], "unknown-member", "{wrong}");
        assert_eq!(first["help"], format!("did you mean `{right}`?"));
        let byte = |key: &str| usize::try_from(first[key].as_u64().unwrap()).unwrap();
        let bytes = ["byte_start", "byte_end"].map(byte);
        assert_eq!(file[bytes[0]..bytes[1]], format!("\"{wrong}\""));
        assert!(
            errors.all(|found| found["rule"] == "unknown-member"),
            "{wrong}"
        );
        let to = [
            "convert",
            "in.json",
            "--to",
            "aml",
            "-o",
            "out.jsonl",
            "--no-texts",
        ];
        run(place.path(), to).expect(1).says("not converted");
        assert!(!place.at("out.jsonl").exists(), "{wrong}");
    }
}
