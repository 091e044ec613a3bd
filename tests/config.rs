//! `labelwright.toml` on the command line: where it is found, what wins, what it changes.

mod schema;

use std::fs;
use std::path::Path;

use crate::support::{
    Run, TempFolder, fixtures, messages_of_their_own_severity, names, root, run_configured,
};

/// A folder with a label file that draws one warning, `label-rare`: `River` has 49 instances.
/// Its documents lie apart from it, in `docs`.
fn project(config: &str) -> TempFolder {
    let place = TempFolder::new();
    let at = |name: &str| place.at(name);
    for folder in ["labels/de", "docs"] {
        fs::create_dir_all(at(folder)).unwrap();
    }
    let bad = fixtures().join("rules/label-rare/bad/labels.json");
    fs::copy(bad, at("labels/de/labels.json")).unwrap();
    let texts = fixtures().join("rules/texts");
    for name in names(&texts) {
        fs::copy(texts.join(&name), at("docs").join(&name)).unwrap();
    }
    fs::write(at("labelwright.toml"), config).unwrap();
    place
}

fn check(folder: &Path, args: &[&str]) -> Run {
    let all = ["check"].iter().chain(args).chain(&["--output", "json"]);
    run_configured(folder, all, b"")
}

const INPUT: &str = "labels/de/labels.json";

#[test]
fn it_is_found_upwards_from_the_input() {
    let place = project("texts = ['docs']\n");
    // With its texts nothing but the rare label is found, from wherever the program is run.
    let from = |folder: &str, input: &str| {
        let report = check(&place.at(folder), &[input]).expect(0).report();
        assert_eq!(report.rules(), ["label-rare"], "{folder}: {input}");
    };
    from("", INPUT);
    from("", "labels");
    from("labels/de", "labels.json");
    from("docs", "../labels/de/../de/labels.json");
    let elsewhere = TempFolder::new();
    let absolute = place.at(INPUT);
    let absolute = absolute.to_str().unwrap();
    let report = check(elsewhere.path(), &[absolute]).expect(0).report();
    assert_eq!(report.rules(), ["label-rare"]);

    let without = check(place.path(), &[INPUT, "--isolated"])
        .expect(1)
        .report();
    assert_eq!(without.rules(), ["label-rare", "document-missing"]);

    // The nearest one speaks alone.
    place.write("labels/labelwright.toml", "rules.coverage = 'off'");
    let report = check(place.path(), &[INPUT]).expect(1).report();
    assert_eq!(report.rules(), ["document-missing"]);
}

#[test]
fn standard_input_is_configured_by_its_name_or_the_current_folder() {
    let place = project("no-texts = true\n[rules]\nlabel-rare = 'error'\n");
    let labels = fs::read(place.at(INPUT)).unwrap();
    let args = ["check", "-", "--output", "json"];
    let here = run_configured(&place.at("docs"), args, &labels).expect(1);
    assert_eq!(here.report().findings()[0]["severity"], "error");

    let elsewhere = TempFolder::new();
    let name = place.at("no/such/folder/x.json");
    let named = ["--stdin-filename", name.to_str().unwrap()];
    let there = run_configured(elsewhere.path(), args.iter().chain(&named), &labels).expect(1);
    assert_eq!(there.report().rules(), ["label-rare"]);
}

#[test]
fn a_file_can_be_named_or_none_wanted() {
    let place = project("this is = no TOML");
    let other = place.at("docs/strict.toml");
    // Folders and patterns in it are relative to where it lies.
    let strict = "texts = ['.']\n[[overrides]]\npaths = ['../labels/*/*.json']\n\
                  rules.label-rare = 'error'\n";
    fs::write(&other, strict).unwrap();
    let named = ["--config", "docs/strict.toml"];
    let report = check(place.path(), &[INPUT, named[0], named[1]])
        .expect(1)
        .report();
    assert_eq!(report.rules(), ["label-rare"]);
    check(place.path(), &[INPUT, "--isolated", "--no-texts"]).expect(0);
    let both = check(place.path(), &[INPUT, named[0], named[1], "--isolated"]).expect(2);
    both.says("--isolated");
    let absent = check(place.path(), &[INPUT, "--config", "absent.toml"]).expect(2);
    absent.says("cannot read absent.toml");
    let chatty = check(place.path(), &[INPUT, named[0], named[1], "-v"]).expect(1);
    chatty.says("configured by docs/strict.toml");
}

#[test]
fn flags_win() {
    let config = "select = ['split']\nno-texts = true\nfail-on = 'never'\nmax-warnings = 0\n\
                  [rules]\nlabel-rare = 'off'\n";
    let place = project(config);
    let rules = |args: &[&str], status: i32| {
        let all: Vec<&str> = [INPUT].iter().chain(args).copied().collect();
        let report = check(place.path(), &all).expect(status).report();
        report
            .rules()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert!(rules(&[], 0).is_empty());
    assert_eq!(
        rules(&["--select", "label-rare"], 1),
        ["label-rare"],
        "above max-warnings"
    );
    let more = ["--select", "label-rare", "--max-warnings", "1"];
    assert_eq!(rules(&more, 0), ["label-rare"]);
    let select = ["--select", "label-rare", "--deny", "label-rare"];
    assert_eq!(rules(&select, 0), ["label-rare"], "fail-on is never");
    let fails = [&select[..], &["--fail-on", "error"]].concat();
    assert_eq!(rules(&fails, 1), ["label-rare"]);
    assert!(rules(&["--select", "coverage", "--ignore", "label-rare"], 0).is_empty());
    let texts = ["--select", "documents", "--texts", "labels"];
    assert_eq!(rules(&texts, 0)[0], "document-missing");
}

#[test]
fn thresholds_change_findings() {
    let place = project("no-texts = true\n[thresholds]\nrare-label = 49\n");
    assert!(
        check(place.path(), &[INPUT])
            .expect(0)
            .report()
            .rules()
            .is_empty()
    );
    let stricter = "no-texts = true\nthresholds.rare-label = 1000\nrules.label-rare = 'note'\n";
    place.write("labelwright.toml", stricter);
    let report = check(place.path(), &[INPUT]).expect(0).report();
    assert_eq!(report.rules(), ["label-rare"]);
    assert_eq!(report.findings()[0]["places_total"], 2);
    assert_eq!(report.findings()[0]["severity"], "note");
}

#[test]
fn overrides_are_for_some_paths() {
    let config = "texts = ['docs']\n[rules]\nlabel-rare = 'error'\n\
                  [[overrides]]\npaths = ['labels/de']\nrules.label-rare = 'warning'\n\
                  [[overrides]]\npaths = ['labels/de/old*']\nno-texts = true\nrules.all = 'off'\n";
    let place = project(config);
    let file = place.at(INPUT);
    fs::copy(&file, place.at("labels/top.json")).unwrap();
    fs::copy(&file, place.at("labels/de/old.json")).unwrap();
    let report = check(place.path(), &["labels"]).expect(1).report();
    let found = report.findings().iter().map(|finding| {
        let path = Path::new(finding["path"].as_str().unwrap());
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, finding["severity"].as_str().unwrap().to_owned())
    });
    let found: Vec<(String, String)> = found.collect();
    let want = [("labels.json", "warning"), ("top.json", "error")];
    assert_eq!(
        found,
        want.map(|(name, severity)| (name.to_owned(), severity.to_owned()))
    );
}

#[test]
fn each_input_is_weighed_by_its_own_file() {
    let place = project("no-texts = true\nmax-warnings = 1\n");
    let lenient = place.at("labels/fr");
    fs::create_dir(&lenient).unwrap();
    fs::copy(place.at(INPUT), lenient.join("a.json")).unwrap();
    fs::write(lenient.join("labelwright.toml"), "no-texts = true\n").unwrap();
    // One warning each, and the limit speaks of one of them.
    check(place.path(), &["labels"]).expect(0);
    check(place.path(), &["labels", "--max-warnings", "1"]).expect(1);
    // Two under one limit.
    fs::copy(place.at(INPUT), place.at("labels/b.json")).unwrap();
    check(place.path(), &["labels"]).expect(1);
    check(place.path(), &["labels/fr", "--fail-on", "note"]).expect(1);
    fs::write(
        lenient.join("labelwright.toml"),
        "no-texts = true\nfail-on = 'warning'\n",
    )
    .unwrap();
    check(place.path(), &["labels/de"]).expect(0);
    check(place.path(), &["labels/de", "labels/fr"]).expect(1);
}

#[test]
fn a_wrong_file_is_status_2_and_says_where() {
    let place = project("fail-on = 'error'\n\n[tresholds]\n[rules]\nlabel-rar = 'off'\n");
    for (folder, input, name) in [
        ("", INPUT, "labelwright.toml".to_owned()),
        ("docs", "../labels", {
            let real = place.path().canonicalize().unwrap();
            real.join("labelwright.toml").display().to_string()
        }),
    ] {
        let done = check(&place.at(folder), &[input]).expect(2);
        let want = format!(
            "error: {name}:3:2: unknown key `tresholds`; did you mean `thresholds`?\n\
             error: {name}:5:1: no rule or group is called `label-rar`; did you mean `label-rare`?\n"
        );
        assert_eq!(done.stderr, want);
        assert!(done.stdout.is_empty());
    }
    place.write("labelwright.toml", b"fail-on = '\xff'");
    let done = check(place.path(), &[INPUT]).expect(2);
    done.says("cannot read labelwright.toml");
}

#[test]
fn a_folder_of_texts_that_is_not_there_is_status_2() {
    let place = project("texts = ['dcos']\n");
    let done = check(place.path(), &[INPUT]).expect(2);
    done.says("cannot read dcos, which `texts` in labelwright.toml names: ");
    let done = check(place.path(), &[INPUT, "--texts", "dosc"]).expect(2);
    done.says("cannot read dosc: ");
}

#[test]
fn conversions_are_configured_too() {
    let place = project("texts = ['docs']\noffsets = 'utf8'\nfail-on = 'note'\n");
    let file = place.at("docs/a0.txt");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n")).unwrap();
    let args = [
        "convert",
        INPUT,
        "--to",
        "aml",
        "--output",
        "json=report.json",
        "-o",
        "out.jsonl",
    ];
    // `a0.txt` is longer than its region now: a warning.
    run_configured(place.path(), args, b"").expect(1);
    let report = crate::support::Report::read(&place.at("report.json"));
    assert!(
        report.rules().contains(&"region-too-short"),
        "{:?}",
        report.rules()
    );
    let flags = ["--force", "--fail-on", "error"];
    run_configured(place.path(), args.iter().chain(&flags), b"").expect(0);
    let in_bytes = fs::read(place.at("out.jsonl")).unwrap();
    let flags = ["--force", "--fail-on", "error", "--offsets", "codepoint"];
    run_configured(place.path(), args.iter().chain(&flags), b"").expect(0);
    let in_points = fs::read(place.at("out.jsonl")).unwrap();
    assert_eq!(in_bytes != in_points, !text_is_ascii(place.path()));
}

fn text_is_ascii(place: &Path) -> bool {
    let docs = place.join("docs");
    names(&docs)
        .iter()
        .all(|name| fs::read(docs.join(name)).unwrap().is_ascii())
}

#[test]
fn the_example_of_the_page_works() {
    let page = fs::read_to_string(root().join("docs/configuration.md")).unwrap();
    let example = page
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let place = project(example);
    let report = check(place.path(), &[INPUT]).expect(0).report();
    // Both labels have fewer instances than it asks for.
    assert_eq!(report.rules(), ["label-rare"]);
    assert_eq!(report.findings()[0]["places_total"], 2);
    assert_eq!(report.findings()[0]["severity"], "note");
    fs::create_dir(place.at("labels/drafts")).unwrap();
    fs::copy(place.at(INPUT), place.at("labels/drafts/a.json")).unwrap();
    let report = check(place.path(), &["labels/drafts"]).expect(0).report();
    assert!(report.rules().is_empty(), "{:?}", report.rules());
}

#[test]
fn levels_weigh_more_than_what_a_message_asks_for() {
    let place = messages_of_their_own_severity();
    // The severities of document-missing, label-name and wrong-type.
    let with = |levels: &str, more: &[&str], status: i32| {
        let config =
            format!("select = ['document-missing', 'label-name', 'wrong-type']\n[rules]\n{levels}");
        fs::write(place.path().join("labelwright.toml"), config).unwrap();
        let args = [&["labels.jsonl"], more].concat();
        let report = check(place.path(), &args).expect(status).report();
        let weighed = report.findings().iter().map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            (text("rule"), text("severity"))
        });
        let mut weighed: Vec<(String, String)> = weighed.collect();
        weighed.sort();
        let severities = weighed.into_iter().map(|(_, severity)| severity);
        severities.collect::<Vec<_>>()
    };
    assert_eq!(with("", &[], 1), ["error", "error", "warning"]);
    let rules = "document-missing = 'note'\nlabel-name = 'warning'\nwrong-type = 'note'\n";
    assert_eq!(with(rules, &[], 0), ["note", "warning", "note"]);
    let groups = "documents = 'error'\ncoverage = 'note'\nshape = 'error'\n";
    assert_eq!(with(groups, &[], 1), ["error", "note", "error"]);
    assert_eq!(with("all = 'note'\n", &[], 0), ["note"; 3]);
    let flags = ["--warn", "all"];
    assert_eq!(with(groups, &flags, 0), ["warning"; 3], "flags win");
}
