//! What a check says of tasks, and where.

use serde_json::Value;

use super::{check, fixture, folder};
use crate::support::{Report, run};

/// Rule and pointer of each finding, in the order of the file.
fn found(report: &Report) -> Vec<String> {
    let findings = report.findings().iter();
    let placed = findings.filter(|finding| finding["pointer"].is_string());
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    placed
        .map(|finding| format!("{} {}", text(finding, "rule"), text(finding, "pointer")))
        .collect()
}

#[test]
fn each_fault_is_found_at_its_place() {
    let report = check(fixture("hostile.json"), &["--select", "shape,offsets"]);
    let value = |task: usize| format!("/{task}/annotations/0/result/0/value");
    let want = [
        format!("span-out-of-bounds {}", value(0)),
        format!("span-negative {}", value(1)),
        format!("span-reversed {}", value(2)),
        format!("span-empty {}", value(3)),
        format!("wrong-type {}/start", value(4)),
        format!("wrong-type {}/end", value(4)),
        format!("wrong-type {}/start", value(5)),
        format!("wrong-type {}/end", value(5)),
        format!("importer-rejects {}/labels", value(6)),
        "missing-member /7/annotations/0/result/0".to_owned(),
        "importer-rejects /8/annotations/0/result/0".to_owned(),
        "importer-rejects /9/annotations/0/result/0".to_owned(),
        format!("wrong-type {}/labels/0", value(10)),
        "wrong-type /11/annotations/0/result".to_owned(),
        "missing-member /12/annotations/0".to_owned(),
        "wrong-type /13/annotations".to_owned(),
        "wrong-type /14/data/text".to_owned(),
        "wrong-type /15/data".to_owned(),
        "missing-member /16/data".to_owned(),
        "missing-member /17".to_owned(),
        "unsupported-kind /18/data/text".to_owned(),
        "unsupported-kind /19/annotations/0/result/0".to_owned(),
        "wrong-type /20".to_owned(),
    ];
    assert_eq!(found(&report), want);
}

#[test]
fn numbers_are_called_by_their_names() {
    let report = check(fixture("hostile.json"), &["--select", "span-negative"]);
    let message = report.findings()[0]["message"].as_str().unwrap();
    assert!(message.contains("`start` -3"), "{message}");
}

#[test]
fn one_task_has_pointers_from_its_root() {
    let task = fixture("one-task.json").replace("\"end\": 6", "\"end\": 600");
    let report = check(task, &["--select", "span-out-of-bounds"]);
    assert_eq!(
        found(&report),
        ["span-out-of-bounds /annotations/0/result/0/value"]
    );
}

#[test]
fn a_record_of_the_lossy_export_has_its_own_places() {
    let records = fixture("min.json").replace("\"end\": 21", "\"end\": 2100");
    let args = ["--select", "span-out-of-bounds", "--offsets", "codepoint"];
    let report = check(records, &args);
    assert_eq!(found(&report), ["span-out-of-bounds /0/label/1"]);
}

#[test]
fn several_labels_of_a_region_are_spans_that_conflict() {
    let report = check(fixture("export.json"), &["--select", "spans-conflict"]);
    assert_eq!(
        found(&report),
        ["spans-conflict /2/annotations/0/result/1/value"]
    );
}

#[test]
fn rendered_html_is_refused_and_plain_text_in_it_is_read() {
    let report = check(fixture("hypertext.json"), &["--select", "shape"]);
    let found = found(&report);
    assert!(found.contains(&"unsupported-kind /0/annotations/0/result/0/value".to_owned()));
    let refused = found
        .iter()
        .filter(|found| found.starts_with("unsupported"));
    assert_eq!(refused.count(), 1);
}

#[test]
fn what_the_importer_refuses_is_said() {
    let task = r#"{"data":{"text":"Bo","name":"a"},"annotations":[{"result":[]}]}"#;
    let tool = |file: String| {
        let report = check(file, &["--select", "importer-rejects"]);
        let message = report
            .findings()
            .first()
            .map(|found| found["message"].clone());
        message
            .unwrap_or_default()
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(tool(format!("[{task}]")), "");
    assert_eq!(tool(task.to_owned()), "");
    assert!(tool(format!("\u{feff}[{task}]")).contains("byte-order mark"));
    assert!(tool(format!("{task}\n{task}\n")).contains("one after the other"));
    let old = format!("[{}]", task.replace("annotations", "completions"));
    assert!(tool(old).contains("takes the task without its labels"));
    let account = task.replace("\"result\"", "\"completed_by\":77,\"result\"");
    assert!(tool(format!("[{account}]")).contains("`completed_by`"));
}

#[test]
fn who_labeled_is_never_shown() {
    let tasks = fixture("two-people.json").replace("\"Eve\"", "\"Zoltana\"");
    let place = folder(tasks);
    for output in ["human", "json", "html", "sarif"] {
        let done = run(place.path(), ["check", "tasks.json", "--output", output]);
        for private in ["eve@example.org", "Zoltana"] {
            assert!(!done.text().contains(private), "{output}");
            assert!(!done.stderr.contains(private), "{output}");
        }
    }
}

#[test]
fn spans_are_fixed_where_they_stand() {
    let task = |start: i64, end: i64| {
        format!(
            r#"[{{"data":{{"text":"a Bo Ek b","name":"a"}},"annotations":[{{"result":[
            {{"from_name":"l","to_name":"t","type":"labels","id":"x",
            "value":{{"start":{start},"end":{end},"labels":["P"]}}}}]}}]}}]"#
        )
    };
    let place = folder(task(1, 8));
    let args = ["check", "tasks.json", "--fix", "--fail-on", "never"];
    run(place.path(), args).expect(0);
    assert_eq!(place.read("tasks.json"), task(2, 7));
}

#[test]
fn a_mark_in_the_text_counts() {
    let task = |start: i64, end: i64| {
        format!(
            "[{{\"data\":{{\"text\":\"\u{feff}Bo Ek b\",\"name\":\"a\"}},\"annotations\":[{{\"result\":\
            [{{\"from_name\":\"l\",\"to_name\":\"t\",\"type\":\"labels\",\"value\":{{\"start\":{start},\
            \"end\":{end},\"labels\":[\"P\"]}}}}]}}]}}]"
        )
    };
    for start in [0, 1] {
        let report = check(task(start, 6), &["--select", "offsets"]);
        assert_eq!(found(&report), [""; 0]);
    }
    // A fix counts it as well.
    let place = folder(task(1, 7));
    let args = ["check", "tasks.json", "--fix", "--fail-on", "never"];
    run(place.path(), args).expect(0);
    assert_eq!(place.read("tasks.json"), task(1, 6));
}
