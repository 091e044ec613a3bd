//! What is found and what is said of it: chosen, weighed, counted, and the same for any threads.

use std::fs;

use super::demo;
use crate::support::{
    TempFolder, aml_line, aml_span, args, fixtures, messages_of_their_own_severity, run,
};

#[test]
fn rules_can_be_chosen_and_weighed() {
    let folder = fixtures().join("rules/label-rare/bad");
    let args = args(&folder);
    let with = |more: &[&str], status: i32| {
        let more = more.iter().map(|arg| (*arg).to_owned());
        let all = args
            .iter()
            .cloned()
            .chain(more)
            .chain(["--output".to_owned(), "json".to_owned()]);
        run(&folder, all).expect(status).report()
    };
    assert_eq!(with(&[], 0).rules(), ["label-rare"]);
    assert_eq!(with(&["--ignore", "coverage"], 0).rules(), [""; 0]);
    assert_eq!(with(&["--select", "offsets,split"], 0).rules(), [""; 0]);
    assert_eq!(with(&["--select", "label-rare"], 0).rules(), ["label-rare"]);
    assert_eq!(
        with(&["--deny", "label-rare"], 1).findings()[0]["severity"],
        "error"
    );
    assert_eq!(
        with(&["--warn", "coverage"], 0).findings()[0]["severity"],
        "warning"
    );
    let both = with(&["--deny", "label-rare", "--warn", "coverage"], 1);
    assert_eq!(
        both.findings()[0]["severity"],
        "error",
        "a rule's own name weighs more"
    );
    with(&["--fail-on", "warning"], 1);
    with(&["--max-warnings", "0"], 1);
    with(&["--max-warnings", "1"], 0);
    with(&["--deny", "all", "--fail-on", "never"], 0);
}

#[test]
fn statistics_count_the_findings_by_rule() {
    let folder = fixtures().join("rules");
    let inputs = [
        "check",
        "span-empty/bad",
        "spans-duplicate/bad",
        "label-rare/bad",
        "label-rare/bad/../bad",
        "--texts",
        "texts",
    ];
    let with = |more: &[&str]| run(&folder, inputs.iter().chain(more)).expect(1);
    let json = with(&["--output", "json"]);
    let report = json.report();
    let table = with(&["--statistics"]).text();
    let (lines, totals) = table.split_once("\n\n").unwrap();
    let mut lines = lines.lines();
    let titles = lines.next().unwrap().split_whitespace();
    let titles: Vec<&str> = titles.collect();
    let want = [
        "findings",
        "documents",
        "labels",
        "fixable",
        "unsafe",
        "severity",
        "rule",
    ];
    assert_eq!(titles, want);
    let mut counted = Vec::new();
    let findings = report.findings();
    for line in lines {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let number = |column: usize| cells[column].parse::<usize>().unwrap_or(0);
        let (severity, rule) = (cells[5], cells[6]);
        let of_it = || {
            let of_it = findings.iter().filter(|it| it["rule"] == rule);
            of_it.filter(|it| it["severity"] == severity)
        };
        assert_eq!(number(0), of_it().count(), "{line}");
        // Label files of several folders have documents of the same names.
        let mut documents: Vec<String> = of_it()
            .filter(|it| !it["document"].is_null())
            .map(|it| format!("{} {}", it["path"], it["document"]))
            .collect();
        documents.sort();
        documents.dedup();
        assert_eq!(number(1), documents.len(), "{line}");
        let mut labels: Vec<&str> = of_it().filter_map(|it| it["label"].as_str()).collect();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(number(2), labels.len(), "{line}");
        let fixed = |how: &str| {
            of_it()
                .filter(|it| it["fix"]["applicability"] == how)
                .count()
        };
        assert_eq!(
            (number(3), number(4)),
            (fixed("safe"), fixed("unsafe")),
            "{line}"
        );
        counted.push((severity == "warning", usize::MAX - number(0), rule));
    }
    assert!(counted.len() >= 3, "{table}");
    assert!(counted.is_sorted(), "{table}");
    let sum: usize = counted.iter().map(|(_, rest, _)| usize::MAX - rest).sum();
    assert_eq!(sum, findings.len());
    // The rest stays: the totals, and what machines get.
    let findings = with(&[]).text();
    assert_eq!(Some(totals), findings.rsplit("\n\n").next());
    assert!(with(&["--output", "json", "--statistics"]).stdout == json.stdout);
    let clean = run(&demo(), ["check", "demo.json", "--statistics"]).expect(0);
    let totals = "demo.json: 18 documents, 288 labels; 0 errors, 0 warnings, 0 notes\n";
    assert_eq!(clean.text(), totals);
}

#[test]
fn the_report_depends_on_no_number_of_threads() {
    let inputs = [
        "check",
        "demo",
        "emoji",
        "../rules/span-empty/bad",
        "--output",
        "json",
    ];
    let folder = fixtures().join("pairs");
    let runs =
        ["1", "2", "7"].map(|jobs| run(&folder, inputs.into_iter().chain(["--jobs", jobs])).stdout);
    assert!(runs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn one_bad_record_does_not_hide_the_next() {
    let place = TempFolder::new();
    place.write("1.txt", "Rome");
    let good = aml_line("AmlDatastore://ds/1.txt", &[aml_span("City", 0, 9)]);
    let mut file = b"{\"image_url\":\n\xff\xfe{}\n[1]\n".to_vec();
    file.extend(good.as_bytes());
    place.write("in.jsonl", file);
    let args = [
        "check",
        "in.jsonl",
        "--format",
        "aml",
        "--ignore",
        "label-rare",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(1).report();
    assert_eq!(
        report.rules(),
        [
            "invalid-json",
            "invalid-utf8",
            "wrong-type",
            "span-out-of-bounds"
        ]
    );
    let lines: Vec<_> = report
        .findings()
        .iter()
        .map(|found| found["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [1, 2, 3, 4]);
}

#[test]
fn nothing_outside_the_folder_is_opened() {
    let place = TempFolder::new();
    let texts = place.at("texts");
    fs::create_dir(&texts).unwrap();
    place.write("secret.txt", "secret");
    let names = [
        "../secret.txt",
        "a/../../secret.txt",
        "/etc/hostname",
        "..\\secret.txt",
        "C:/x.txt",
        "a\0b",
    ];
    let line = |name: &str| aml_line(&format!("AmlDatastore://ds/{name}"), &[]) + "\n";
    let lines = names.map(line).concat();
    place.write("in.jsonl", lines);
    let args = [
        "check",
        "in.jsonl",
        "--texts",
        "texts",
        "--output",
        "json",
        "--select",
        "documents",
    ];
    let report = run(place.path(), args).expect(1).report();
    // An absolute path leaves an empty segment in a URL, which is said as such too.
    assert_eq!(report.rules(), ["location-unsafe"; 6]);
}

#[test]
fn a_check_that_found_no_text_passed() {
    let place = TempFolder::new();
    place.write("labels.json", fs::read(demo().join("demo.json")).unwrap());
    let check = |more: &[&str], status: i32| {
        let args = [&["check", "labels.json", "--output", "json"], more].concat();
        run(place.path(), args).expect(status).report()
    };
    let report = check(&[], 1);
    assert_eq!(report.rules(), ["document-missing"]);
    assert_eq!(report.findings()[0]["severity"], "error");
    assert!(check(&["--no-texts"], 0).rules().is_empty());
    // One text that is there leaves the others missing, each by itself.
    let text = "note01.txt";
    place.write(text, fs::read(demo().join(text)).unwrap());
    assert_eq!(check(&[], 1).rules(), ["document-missing"; 17]);
    // A conversion that needs no text warns, and writes its output.
    let lines = fixtures().join("aml/multi-class.jsonl");
    place.write("classes.jsonl", fs::read(lines).unwrap());
    let to = [
        "convert",
        "classes.jsonl",
        "--to",
        "language",
        "-o",
        "out.json",
    ];
    run(place.path(), to)
        .expect(0)
        .says("warning[document-missing]");
    assert!(place.at("out.json").exists());
    run(place.path(), [&to[..], &["--force", "--no-texts"]].concat()).expect(0);
}

#[test]
fn what_the_user_asks_for_weighs_more_than_what_a_message_does() {
    let place = messages_of_their_own_severity();
    let with = |rule: &str, more: [&str; 2], status: i32| {
        let args = ["check", "labels.jsonl", "--output", "json", "--select"];
        let args = args.into_iter().chain([rule]).chain(more);
        let report = run(place.path(), args).expect(status).report();
        assert_eq!(report.rules(), [rule]);
        report.findings()[0]["severity"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let unasked = ["--fail-on", "error"];
    assert_eq!(with("wrong-type", unasked, 0), "warning");
    for name in ["wrong-type", "shape", "all"] {
        assert_eq!(with("wrong-type", ["--deny", name], 1), "error", "{name}");
    }
    assert_eq!(with("label-name", unasked, 1), "error");
    for name in ["label-name", "coverage", "all"] {
        assert_eq!(with("label-name", ["--warn", name], 0), "warning", "{name}");
    }
}
