//! What is deeper, longer or more than anybody means.

use std::fs;
use std::path::Path;

use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations;
use labelwright::internals::pipeline::Options;

use super::{args, check, check_large, document, language, line, trap};
use crate::support::{Report, TempFolder, aml_line, aml_span, run, run_configured, sure_aml_line};

#[test]
fn nesting_is_bounded() {
    const LEVELS: usize = 200_000;
    let place = trap();
    place.write("texts/1.txt", "Rome");
    let closed = format!("{}{}", "[".repeat(LEVELS), "]".repeat(LEVELS));
    let objects = format!("{}1{}", r#"{"a":"#.repeat(LEVELS), "}".repeat(LEVELS));
    let good = document("1.txt", 4, &[(0, 4)]);
    for deep in [&closed, &objects] {
        // In a document, in the header, and as a line.
        let in_document = format!(r#"{{"x":{deep},{}"#, &good[1..]);
        place.write("labels.json", language(&in_document));
        assert_eq!(check(&place, "labels.json").rules(), ["nesting-too-deep"]);
        let whole = language(&good);
        place.write("labels.json", format!(r#"{{"x":{deep},{}"#, &whole[1..]));
        assert_eq!(check(&place, "labels.json").rules(), ["nesting-too-deep"]);
        let good = line("AmlDatastore://ds/1.txt");
        let deep_line = format!(r#"{{"x":{deep},{}"#, &good[1..]);
        place.write("labels.jsonl", format!("{good}{deep_line}"));
        let report = check(&place, "labels.jsonl");
        assert!(
            report.rules().contains(&"nesting-too-deep"),
            "{:?}",
            report.rules()
        );
        assert_eq!(report.findings()[0]["line"], 2);
    }
    let whole = language(&good);
    let open = format!(
        "{}{}",
        &whole[..whole.len() - 2],
        r#","x":["#.repeat(LEVELS)
    );
    place.write("labels.json", open);
    assert_eq!(check(&place, "labels.json").rules(), ["nesting-too-deep"]);
    place.write("labels.json", "[".repeat(LEVELS));
    assert_eq!(check(&place, "labels.json").rules(), ["not-a-label-file"]);
}

#[test]
fn a_line_may_be_huge() {
    let place = trap();
    place.write("texts/1.txt", "Rome");
    // An unoptimized program takes ten seconds for 64 MiB.
    let bytes = if cfg!(debug_assertions) { 8 } else { 64 } << 20;
    let filler = "é".repeat(bytes / 2);
    let good = line("AmlDatastore://ds/1.txt");
    let huge = format!(r#"{{"x":"{filler}",{}"#, &good[1..]);
    let broken = good.replace(":4", ":5");
    place.write("labels.jsonl", format!("{huge}{broken}"));
    let report = check_large(&place, "labels.jsonl");
    assert_eq!(report.rules(), ["document-duplicate", "span-out-of-bounds"]);
    let lines = report
        .findings()
        .iter()
        .map(|finding| finding["line"].as_u64());
    assert_eq!(lines.collect::<Vec<_>>(), [Some(2), Some(2)]);
}

/// A check with a limit for records, by the report for machines; and that every size of a batch
/// finds the same.
fn check_limited(place: &TempFolder, name: &str, limit: usize) -> Report {
    place.write(
        "labelwright.toml",
        format!("[thresholds]\nrecord-bytes = {limit}\n"),
    );
    let done = run_configured(place.path(), args(name).chain(["--output", "json"]), b"");
    assert!(done.remarks().is_empty(), "{}", done.stderr);
    let source = Source::open(&place.at(name)).unwrap();
    let texts = Texts::open(&[place.at("texts")], true).unwrap();
    let outcome = |batch_bytes| {
        let mut options = Options {
            batch_bytes,
            ..Options::default()
        };
        options.settings.thresholds.record_bytes = limit as u64;
        operations::check(&source, None, Some(&texts), &options).unwrap()
    };
    let whole = outcome(1 << 20);
    for batch_bytes in (1..40).chain([64, 100, 500]) {
        assert_eq!(outcome(batch_bytes), whole, "{name} by {batch_bytes}");
    }
    done.report()
}

#[test]
fn a_record_over_the_limit_is_reported_and_the_others_are_read() {
    let place = trap();
    let mut documents = Vec::new();
    let mut lines = Vec::new();
    for name in ["1.txt", "2.txt", "3.txt"] {
        place.write(format!("texts/{name}"), "Rome");
        documents.push(document(name, 4, &[(0, 4)]));
        let line = line(&format!("AmlDatastore://ds/{name}"));
        lines.push(line.trim_end().to_owned());
    }
    let filler = "]}\u{e9}".repeat(100);
    let longer = |record: &str| format!(r#"{{"x":"{filler}",{}"#, &record[1..]);
    for which in 0..3 {
        for end in ["", "\n"] {
            let (mut documents, mut lines) = (documents.clone(), lines.clone());
            documents[which] = longer(&documents[which]);
            lines[which] = longer(&lines[which]);
            let project = language(&documents.join(",\n  ")) + end;
            let export = lines.join("\n") + end;
            for (name, file, record, line, column, pointer) in [
                (
                    "labels.json",
                    project,
                    &documents[which],
                    which + 1,
                    3,
                    format!("/assets/documents/{which}"),
                ),
                (
                    "labels.jsonl",
                    export,
                    &lines[which],
                    which + 1,
                    1,
                    String::new(),
                ),
            ] {
                place.write(name, &file);
                // A header has more than any of its documents here.
                let outline = file.find("[{\"location").unwrap_or(0) + 10;
                assert!(outline < record.len(), "the limit is about the record");
                let report = check_limited(&place, name, record.len());
                assert_eq!(report.rules(), [""; 0], "{name} {which}");
                let report = check_limited(&place, name, record.len() - 1);
                assert_eq!(report.rules(), ["invalid-json"], "{name} {which}");
                let finding = &report.findings()[0];
                let start = file.find(record.as_str()).unwrap();
                assert_eq!(finding["byte_start"], start);
                assert_eq!(finding["byte_end"], start + record.len());
                assert_eq!(finding["line"], line);
                if name == "labels.jsonl" || which > 0 {
                    assert_eq!(finding["column"], column);
                }
                assert_eq!(finding["pointer"], pointer);
                let message = finding["message"].as_str().unwrap();
                let words = format!(
                    "of {} bytes is over the limit of {} bytes",
                    record.len(),
                    record.len() - 1
                );
                assert!(message.contains(&words), "{message}");
                assert_eq!(report.0["inputs"][0]["documents"], 2);
                // What was not read cannot be written.
                for to in ["aml", "language"] {
                    let args = ["convert", name, "--to", to, "-o", "out", "--texts", "texts"];
                    let done = run_configured(place.path(), args, b"").expect(1);
                    done.says("invalid-json");
                    assert!(!place.at("out").exists());
                }
            }
        }
    }
}

#[test]
fn a_file_with_too_much_around_its_documents_is_reported_once() {
    let place = trap();
    place.write("texts/1.txt", "Rome");
    let good = language(&document("1.txt", 4, &[(0, 4)]));
    let outline = good.len() - document("1.txt", 4, &[(0, 4)]).len();
    let filler = "x".repeat(1000);
    let before = format!(r#"{{"x":"{filler}",{}"#, &good[1..]);
    let after = format!(r#"{},"x":["{filler}"]}}"#, &good[..good.len() - 1]);
    for (file, documents) in [(before, 0), (after, 1)] {
        place.write("labels.json", &file);
        let more = file.len() - good.len();
        let report = check_limited(&place, "labels.json", outline + more);
        assert_eq!(report.rules(), [""; 0]);
        let report = check_limited(&place, "labels.json", 800);
        assert_eq!(report.rules(), ["invalid-json"]);
        let finding = &report.findings()[0];
        let message = finding["message"].as_str().unwrap();
        assert!(message.contains("around the documents"), "{message}");
        let place_of = 800 + documents * document("1.txt", 4, &[(0, 4)]).len();
        assert_eq!(finding["byte_start"], place_of);
        assert_eq!(report.0["inputs"][0]["documents"], documents);
        let args = [
            "convert",
            "labels.json",
            "--to",
            "aml",
            "-o",
            "out",
            "--texts",
            "texts",
        ];
        run_configured(place.path(), args, b"").expect(1);
        assert!(!place.at("out").exists());
    }
}

#[test]
fn a_document_may_have_a_hundred_thousand_labels() {
    const LABELS: usize = 100_000;
    let place = trap();
    place.write("texts/1.txt", "Rome ".repeat(LABELS));
    let length = 5 * LABELS;
    let check = |labels: &[(usize, usize)]| {
        place.write("labels.json", language(&document("1.txt", length, labels)));
        check_large(&place, "labels.json")
    };
    let mut labels: Vec<(usize, usize)> = (0..LABELS).map(|at| (5 * at, 4)).collect();
    assert!(check(&labels).rules().is_empty());
    labels[LABELS - 1].1 = 6;
    let report = check(&labels);
    assert_eq!(report.rules(), ["span-out-of-bounds"]);
    assert_eq!(
        report.findings()[0]["pointer"],
        format!("/assets/documents/0/entities/0/labels/{}", LABELS - 1)
    );
    // All the same, or each within the one before: findings for each label, not for each pair.
    labels.truncate(LABELS / 10);
    labels.fill((0, 4));
    let report = check(&labels);
    assert_eq!(report.rules(), vec!["spans-duplicate"; labels.len() - 1]);
    for (inset, label) in labels.iter_mut().enumerate() {
        *label = (inset, length - 2 * inset);
    }
    let report = check(&labels);
    let overlaps = report.rules().into_iter();
    let overlaps = overlaps.filter(|rule| *rule == "spans-overlap").count();
    assert!((1..labels.len()).contains(&overlaps), "{overlaps}");
}

#[test]
fn a_document_that_is_too_long_to_be_held_as_it_is_written_is_written_all_the_same() {
    // Some 120 bytes a label in the canonical layout, and 16 MiB are held.
    const LABELS: usize = 150_000;
    let place = trap();
    place.write("texts/1.txt", "Rome ".repeat(LABELS));
    place.write("texts/2.txt", "Rome");
    let line = |name: &str, labels: usize| {
        let spans = (0..labels).map(|at| aml_span("City", 5 * at, 5 * at + 4));
        let url = format!("AmlDatastore://workspaceblobstore/{name}");
        sure_aml_line(&url, &spans.collect::<Vec<_>>()) + "\n"
    };
    let lines = [line("2.txt", 1), line("1.txt", LABELS), line("3.txt", 0)].concat();
    place.write("texts/3.txt", "Rome");
    place.write("labels.jsonl", lines.clone());
    for (from, to, out) in [
        ("labels.jsonl", "language", "out.json"),
        ("out.json", "aml", "back.jsonl"),
    ] {
        let args = [
            "convert",
            from,
            "--to",
            to,
            "-o",
            out,
            "--texts",
            "texts",
            "-q",
            "--fail-on",
            "never",
        ];
        run(place.path(), args).expect(0);
    }
    let length = fs::metadata(place.at("out.json")).unwrap().len();
    assert!(length > 17 << 20, "{length}");
    let back = place.read("back.jsonl");
    assert!(back == lines);
}

#[test]
fn a_text_took_memory_for_all_that_its_file_says_it_has() {
    let folder = TempFolder::new();
    let text = fs::File::create(folder.at("1.txt")).unwrap();
    // Nothing of it is on the disk.
    text.set_len(100 << 30).unwrap();
    fs::write(folder.at("2.txt"), "Ada lives here").unwrap();
    let lines = ["1.txt", "2.txt"]
        .map(|name| aml_line(&format!("AmlDatastore://d/{name}"), &[aml_span("A", 0, 3)]));
    fs::write(folder.at("labels.jsonl"), lines.join("\n")).unwrap();
    let check = || {
        let done = run_configured(
            folder.path(),
            [
                "check",
                "labels.jsonl",
                "--select",
                "documents",
                "--output",
                "json",
            ],
            b"",
        );
        let report = done.report();
        let findings = report.findings().iter();
        findings
            .map(|finding| finding["message"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let long =
        "the document `1.txt` has 107374182400 bytes, and 268435456 is the most that is read";
    assert_eq!(check(), [long]);
    fs::write(
        folder.at("labelwright.toml"),
        "[thresholds]\ntext-bytes = 13\n",
    )
    .unwrap();
    assert_eq!(
        check(),
        [
            "the document `1.txt` has 107374182400 bytes, and 13 is the most that is read",
            "the document `2.txt` has 14 bytes, and 13 is the most that is read",
        ]
    );
}

#[test]
fn names_of_10_kb_were_kept_many_times() {
    let long = "n".repeat(10_000);
    let line = |number: usize| {
        format!(
            r#"{{"image_url":"AmlDatastore://d/{number}.txt","label":"{long}{}"}}"#,
            number % 3
        )
    };
    let lines: Vec<String> = (0..9).map(line).collect();
    let source = Source::in_memory(lines.join("\n"), Path::new("labels.jsonl"));
    let outcome = operations::check(&source, None, None, &Options::default()).unwrap();
    let names: Vec<usize> = outcome
        .categories
        .iter()
        .map(|(name, _)| name.len())
        .collect();
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|length| *length < 500), "{names:?}");
    assert!(
        outcome
            .categories
            .iter()
            .all(|(_, counts)| counts.total() == 3)
    );
    let findings = outcome.diagnostics.to_vec().unwrap();
    let name = findings.iter().find(|finding| finding.rule == "label-name");
    let message = &name.unwrap().message;
    assert!(
        message.ends_with("has 10001 characters; the service takes at most 50"),
        "{message}"
    );
}
