//! The command line: exit statuses, streams, and files that are whole or not there.

use std::fs;
use std::path::Path;

use crate::support::{
    Report, fixtures, messages_of_their_own_severity, names, root, run, run_with,
};

fn demo() -> std::path::PathBuf {
    fixtures().join("pairs/demo")
}

#[test]
fn what_cannot_be_done_is_status_2() {
    let folder = demo();
    for (args, want) in [
        (&["check", "no-such-file.json"][..], "no-such-file.json"),
        (&["check", "demo.json", "--no-such-flag"], "--no-such-flag"),
        (
            &["check", "demo.json", "--select", "span-emty"],
            "did you mean `span-empty`",
        ),
        (
            &["check", "demo.json", "--texts", "no-such-folder"],
            "no-such-folder",
        ),
        (
            &["check", "demo.json", "--output", "yaml"],
            "possible values: human, json",
        ),
        (&["check", "demo.json", "--jobs", "0"], "--jobs"),
        (&["check"], "INPUT"),
        (
            &["convert", "demo.json", "--to", "conll"],
            "possible values: aml, language",
        ),
        (
            &[
                "convert",
                "demo.json",
                "--to",
                "aml",
                "-o",
                "no/such/folder.jsonl",
            ],
            "no/such",
        ),
        (
            &["convert", "demo.json", "--to", "aml", "--output", "json"],
            "standard output is taken",
        ),
        (&["explain", "span-emty"], "span-empty"),
        (&["schema", "nothing"], "possible values"),
        (&["no-such-command"], "no-such-command"),
    ] {
        let done = run(&folder, args).expect(2);
        assert!(done.stderr.contains(want), "{args:?}: {}", done.stderr);
        assert!(done.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn an_existing_file_is_replaced_by_force_only() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out.jsonl");
    fs::write(&out, "precious\n").unwrap();
    let to = out.to_str().unwrap();
    let done = run(&demo(), ["convert", "demo.json", "--to", "aml", "-o", to]).expect(2);
    assert!(done.stderr.contains("--force"), "{}", done.stderr);
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious\n");
    run(
        &demo(),
        ["convert", "demo.json", "--to", "aml", "-o", to, "--force"],
    )
    .expect(0);
    assert!(fs::read(&out).unwrap() == fs::read(demo().join("demo.jsonl")).unwrap());
    assert_eq!(
        names(place.path()),
        ["out.jsonl"],
        "no temporary file is left"
    );
}

#[test]
fn a_refused_conversion_leaves_the_old_file() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out.json");
    fs::write(&out, "precious\n").unwrap();
    let to = out.to_str().unwrap();
    let args = [
        "convert",
        "demo.jsonl",
        "--to",
        "language",
        "--no-texts",
        "-o",
        to,
        "--force",
    ];
    run(&demo(), args).expect(1);
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious\n");
    assert_eq!(
        names(place.path()),
        ["out.json"],
        "no temporary file is left"
    );
}

#[test]
fn a_refused_conversion_prints_nothing() {
    let done = run(
        &demo(),
        ["convert", "demo.jsonl", "--to", "language", "--no-texts"],
    )
    .expect(1);
    assert!(done.stdout.is_empty());
    assert!(done.stderr.contains("span-unproven"), "{}", done.stderr);
}

#[test]
fn standard_input_is_read_twice() {
    let labels = fs::read(demo().join("demo.json")).unwrap();
    let args = [
        "check",
        "-",
        "--stdin-filename",
        "demo.json",
        "--output",
        "json",
    ];
    let done = run_with(&demo(), args, &labels).expect(0);
    assert_eq!(done.report().0["inputs"][0]["path"], "demo.json");
    assert_eq!(done.report().0["inputs"][0]["labels"], 288);
    let elsewhere = tempfile::tempdir().unwrap();
    let name = demo().join("x.json");
    let args = [
        "convert",
        "-",
        "--to",
        "aml",
        "--stdin-filename",
        name.to_str().unwrap(),
    ];
    let done = run_with(elsewhere.path(), args, &labels).expect(0);
    assert!(done.stdout == fs::read(demo().join("demo.jsonl")).unwrap());
}

#[cfg(unix)]
#[test]
fn a_full_output_is_status_2() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        eprintln!("skipped: this system has no /dev/full");
        return;
    }
    for args in [
        &["check", "demo.json"][..],
        &["convert", "demo.json", "--to", "aml"],
    ] {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_labelwright"))
            .args(args)
            .arg("--isolated")
            .current_dir(demo())
            .stdout(fs::OpenOptions::new().write(true).open(full).unwrap())
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(2), "{args:?}");
    }
    let done = run(
        &demo(),
        ["convert", "demo.json", "--to", "aml", "-o", "/dev/full"],
    )
    .expect(2);
    assert!(done.stderr.contains("/dev/full"), "{}", done.stderr);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_labelwright"))
        .args(["convert", "demo.json", "--to", "aml", "--isolated"])
        .current_dir(demo())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// A label file with a finding in each of its lines.
fn findings_in_every_line(lines: usize) -> String {
    let line = |number| {
        let url = format!("AmlDatastore://store/{number}.txt");
        let label = r#"{"label":"A","offsetStart":5,"offsetEnd":3}"#;
        format!("{{\"image_url\":\"{url}\",\"label\":[{label}]}}\n")
    };
    (0..lines).map(line).collect()
}

#[test]
fn many_findings_without_a_temporary_folder_are_status_2() {
    let place = tempfile::tempdir().unwrap();
    let missing = place.path().join("no-such-folder");
    let check = |lines| {
        let name = format!("{lines}.jsonl");
        fs::write(place.path().join(&name), findings_in_every_line(lines)).unwrap();
        std::process::Command::new(env!("CARGO_BIN_EXE_labelwright"))
            .args(["check", &name, "--no-texts", "--isolated"])
            .current_dir(place.path())
            .envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, &missing)))
            .output()
            .unwrap()
    };
    // Few findings stay in memory, and need no such folder.
    assert_eq!(check(100).status.code(), Some(1));
    let done = check(64_001);
    assert_eq!(done.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&done.stderr);
    let named = missing.display().to_string();
    assert!(stderr.contains("temporary folder"), "{stderr}");
    assert!(stderr.contains(&named), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_long_report_stops_where_its_reader_does() {
    use std::io::Read;
    let place = tempfile::tempdir().unwrap();
    fs::write(
        place.path().join("labels.jsonl"),
        findings_in_every_line(2_000),
    )
    .unwrap();
    let check = |stdout: std::process::Stdio| {
        std::process::Command::new(env!("CARGO_BIN_EXE_labelwright"))
            .args(["check", "labels.jsonl", "--no-texts", "--isolated"])
            .args(["--output", "json"])
            .current_dir(place.path())
            .stdout(stdout)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut child = check(std::process::Stdio::piped());
    let mut start = [0; 10];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert!(done.stderr.is_empty());
    let full = Path::new("/dev/full");
    if full.exists() {
        let full = fs::OpenOptions::new().write(true).open(full).unwrap();
        let done = check(full.into()).wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(2));
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert!(stderr.contains("standard output"), "{stderr}");
    }
}

#[test]
fn rules_can_be_chosen_and_weighed() {
    let folder = fixtures().join("rules/label-rare/bad");
    let args = crate::support::args(&folder);
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
    for (rule, group) in [("wrong-type", "shape"), ("document-missing", "documents")] {
        assert_eq!(with(rule, unasked, 0), "warning", "{rule}");
        for name in [rule, group, "all"] {
            assert_eq!(with(rule, ["--deny", name], 1), "error", "{rule} by {name}");
        }
    }
    assert_eq!(with("label-name", unasked, 1), "error");
    for name in ["label-name", "coverage", "all"] {
        assert_eq!(with("label-name", ["--warn", name], 0), "warning", "{name}");
    }
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
    let mut counted: Vec<(u64, &str)> = Vec::new();
    for line in lines.lines() {
        let mut words = line.split_whitespace();
        let count = words.next().unwrap().parse().unwrap();
        let rule = words.next().unwrap();
        let meta = labelwright::rules::find(rule).unwrap().meta();
        if let Some(fix) = meta.fix {
            assert_eq!(words.next(), Some(fix.name()), "{line}");
        }
        assert!(line.ends_with(meta.summary), "{line}");
        counted.push((count, rule));
    }
    let want = report.0["summary"]["rules"].as_object().unwrap();
    assert_eq!(counted.len(), want.len());
    for (count, rule) in &counted {
        assert_eq!(want[*rule], *count, "{rule}");
    }
    assert!(counted.len() >= 3, "{table}");
    let sorted = |pair: &[(u64, &str)]| (pair[1].0, pair[0].1) < (pair[0].0, pair[1].1);
    assert!(counted.windows(2).all(sorted), "{table}");
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
fn reports_go_to_several_places() {
    let place = tempfile::tempdir().unwrap();
    let saved = place.path().join("report.json");
    fs::write(&saved, "old").unwrap();
    let json = format!("json={}", saved.display());
    let done = run(
        &demo(),
        ["check", "demo.json", "--output", "human", "--output", &json],
    )
    .expect(0);
    assert!(
        done.text().contains("18 documents, 288 labels"),
        "{}",
        done.text()
    );
    assert_eq!(Report::read(&saved).0["summary"]["labels"], 288);
}

#[test]
fn a_folder_without_label_files_is_status_2() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("package.json"), "{\"name\": 1}").unwrap();
    fs::create_dir(place.path().join(".hidden")).unwrap();
    fs::copy(
        demo().join("demo.json"),
        place.path().join(".hidden/demo.json"),
    )
    .unwrap();
    let done = run(place.path(), ["check", ".", "-v"]).expect(2);
    assert!(
        done.stderr.contains("skipped ./package.json"),
        "{}",
        done.stderr
    );
    // Named by the user, it must say what it is.
    let done = run(place.path(), ["check", "package.json", "--output", "json"]).expect(1);
    assert_eq!(done.report().rules(), ["not-a-label-file"]);
    assert_eq!(
        done.report().0["inputs"][0]["format"],
        serde_json::Value::Null
    );
}

#[test]
fn one_bad_record_does_not_hide_the_next() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("1.txt"), "Rome").unwrap();
    let good = r#"{"image_url":"AmlDatastore://ds/1.txt","label":[{"label":"City","offsetStart":0,"offsetEnd":9}]}"#;
    let mut file = b"{\"image_url\":\n\xff\xfe{}\n[1]\n".to_vec();
    file.extend(good.as_bytes());
    fs::write(place.path().join("in.jsonl"), file).unwrap();
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
    let place = tempfile::tempdir().unwrap();
    let texts = place.path().join("texts");
    fs::create_dir(&texts).unwrap();
    fs::write(place.path().join("secret.txt"), "secret").unwrap();
    let names = [
        "../secret.txt",
        "a/../../secret.txt",
        "/etc/hostname",
        "..\\secret.txt",
        "C:/x.txt",
        "a\\u0000b",
    ];
    let line = |name: &str| {
        let name = name.replace('\\', "\\\\").replace("\\\\u0000", "\\u0000");
        format!("{{\"image_url\":\"AmlDatastore://ds/{name}\",\"label\":[]}}\n")
    };
    let lines = names.map(line).concat();
    fs::write(place.path().join("in.jsonl"), lines).unwrap();
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
fn rules_are_listed_and_explained() {
    let listed = run(root(), ["rules", "--output", "json"]).expect(0);
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let table = run(root(), ["rules"]).expect(0).text();
    for rule in listed.as_array().unwrap() {
        let name = rule["rule"].as_str().unwrap();
        assert!(table.contains(name));
        let keys: Vec<&String> = rule.as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), 6, "{keys:?}");
        let told = run(root(), ["explain", name]).expect(0).text();
        for section in ["Why it matters", "Example", "How to fix", "Source"] {
            assert!(told.contains(section), "{name}: {section}");
        }
        let told = run(root(), ["explain", name, "--output", "json"]).expect(0);
        let mut told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
        let members = told.as_object_mut().unwrap();
        for section in ["why", "example", "remedy", "source"] {
            let text = members.remove(section);
            let text = text.as_ref().and_then(serde_json::Value::as_str);
            assert!(
                text.is_some_and(|text| text.len() > 10),
                "{name}: {section}"
            );
        }
        assert_eq!(&told, rule, "the rest is its entry in the list");
    }
}
