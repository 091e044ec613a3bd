//! Each report has the form that its readers ask for.

mod annotations;
mod sarif;
mod tables;

use serde_json::Value;

use super::{COMMAND, FORMS, NAME, args, corpus, report};
use crate::support::run;

/// The findings of the folder, from the JSON report.
fn findings(name: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(&report("json", name, &[])).unwrap();
    report["diagnostics"].as_array().unwrap().clone()
}

#[test]
fn no_report_acts_on_a_terminal_or_commands_a_runner() {
    for form in FORMS.into_iter().chain(["human"]) {
        let text = report(form, NAME, &[]);
        for evil in ["\u{1b}", "\u{202e}", "\u{9b}"] {
            assert!(!text.contains(evil), "{form}: {evil:?}");
        }
        for line in text.lines() {
            // Their own commands stand at the start.
            let rest = match form {
                "azure" => line
                    .strip_prefix("##vso[task.logissue type=")
                    .unwrap_or(line),
                "github" => {
                    let own = ["::error ", "::warning ", "::notice "].into_iter();
                    let mut own = own.filter_map(|own| line.strip_prefix(own));
                    let rest = own.next().expect("a command");
                    let (_, message) = rest.split_once("::").expect("a message");
                    assert!(!message.contains("::"), "{line}");
                    rest
                }
                _ => line,
            };
            for evil in ["##[", "##vso[", COMMAND] {
                assert!(!rest.contains(evil), "{form}: {line}");
            }
            assert!(!rest.trim_start().starts_with("::"), "{form}: {line}");
            if ["concise", "human", "azure", "markdown"].contains(&form) {
                assert!(!rest.contains("::"), "{form}: {line}");
            }
        }
    }
}

#[test]
fn a_line_of_jsonl_is_a_finding_of_the_json_report() {
    let lines = report("jsonl", NAME, &[]);
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let lines: Vec<Value> = lines.collect();
    let severities = ["error", "warning", "note"];
    for severity in severities {
        assert!(
            lines.iter().any(|it| it["severity"] == severity),
            "{severity}"
        );
    }
    assert_eq!(lines, findings(NAME));
}

#[test]
fn any_number_of_reports_come_from_one_run() {
    let place = corpus(NAME);
    let mut more = Vec::new();
    for form in FORMS {
        more.extend(["--output".to_owned(), format!("{form}=out.{form}")]);
    }
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let done = run(place.path(), args(NAME, &more)).expect(1);
    assert_eq!(done.text(), "");
    for form in FORMS {
        assert_eq!(
            place.read(format!("out.{form}")),
            report(form, NAME, &[]),
            "{form}"
        );
    }
    // Its own reports are replaced, and nothing else is.
    run(place.path(), args(NAME, &more)).expect(1);
    for form in FORMS {
        let out = format!("{form}=precious");
        place.write("precious", "{\"mine\": 1}\nerror: mine\n");
        let done = run(place.path(), args(NAME, &["--output", &out])).expect(2);
        done.says("is no report of labelwright");
        assert_eq!(place.read("precious"), "{\"mine\": 1}\nerror: mine\n");
    }
}

#[test]
fn a_report_may_take_the_place_of_one_in_another_form() {
    let place = corpus(NAME);
    for form in FORMS {
        let out = format!("{form}=report");
        run(place.path(), args(NAME, &["--output", &out])).expect(1);
    }
    // Nor does it matter that nothing was found.
    for form in FORMS {
        let out = format!("{form}=none");
        let clean = [
            "check",
            "clean.jsonl",
            "--select",
            "offsets",
            "--output",
            &out,
        ];
        run(place.path(), clean).expect(0);
        run(place.path(), clean).expect(0);
    }
}

#[test]
fn a_conversion_and_a_merge_report_in_every_form() {
    let place = corpus("a.jsonl");
    let partial = |bytes: &str, to: &str| {
        let shard = ["check", "a.jsonl", "--select", "offsets,syntax"];
        let shard = [&shard[..], &["--shard", bytes, "--partial", to]].concat();
        run(place.path(), shard)
    };
    partial("0:100", "p1");
    partial("100:", "p2");
    for form in FORMS {
        let whole = [
            "check",
            "a.jsonl",
            "--select",
            "offsets,syntax",
            "--output",
            form,
        ];
        let whole = run(place.path(), whole).expect(1).text();
        let merged = run(place.path(), ["merge", "p1", "p2", "--output", form])
            .expect(1)
            .text();
        if form == "sarif" {
            // What would fix a finding of a document, a shard does not say.
            let strip = |text: &str| {
                let mut log: Value = serde_json::from_str(text).unwrap();
                let results = log["runs"][0]["results"].as_array_mut().unwrap();
                for result in results {
                    result.as_object_mut().unwrap().remove("fixes");
                }
                log
            };
            assert_eq!(strip(&merged), strip(&whole));
            assert!(!merged.contains("\"fixes\"") && whole.contains("\"fixes\""));
        } else {
            assert_eq!(merged, whole, "{form}");
        }
        let out = format!("{form}=converted.{form}");
        let convert = ["convert", "a.jsonl", "--to", "language", "-o", "x.json"];
        run(place.path(), [&convert[..], &["--output", &out]].concat()).expect(1);
        assert!(
            !place.read(format!("converted.{form}")).is_empty(),
            "{form}"
        );
    }
}
