//! The command line: exit statuses, streams, and files that are whole or not there.

mod bug_report;
mod colours;
mod findings;
mod help;
mod init;
mod missing;
mod outputs;
mod page;
mod preview;
mod same_files;
mod streams;
mod verdicts;

use std::fs;
use std::path::PathBuf;

use labelwright::internals::rules::RULES;

use crate::support::{TempFolder, fixtures, root, run, run_configured};

fn demo() -> PathBuf {
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
            "possible values: human, concise",
        ),
        (&["check", "demo.json", "--jobs", "0"], "--jobs"),
        (&["convert"], "INPUT"),
        (
            &["convert", "demo.json", "--to", "yaml"],
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
fn a_folder_without_label_files_is_status_2() {
    let place = TempFolder::new();
    place.write("package.json", "{\"name\": 1}");
    fs::create_dir(place.at(".hidden")).unwrap();
    fs::copy(demo().join("demo.json"), place.at(".hidden/demo.json")).unwrap();
    let done = run(place.path(), ["check", ".", "-v"]).expect(2);
    done.says("skipped ./package.json");
    // Named by the user, it must say what it is.
    let done = run(place.path(), ["check", "package.json", "--output", "json"]).expect(1);
    assert_eq!(done.report().rules(), ["not-a-label-file"]);
    assert_eq!(
        done.report().0["inputs"][0]["format"],
        serde_json::Value::Null
    );
}

#[test]
fn a_truncated_file_could_be_ignored_into_a_pass() {
    let place = TempFolder::new();
    let whole = fs::read_to_string(demo().join("demo.jsonl")).unwrap();
    place.write("cut.jsonl", &whole[..whole.len() - 40]);
    let check = |more: &[&str]| {
        let args = [&["check", "cut.jsonl", "--no-texts"], more].concat();
        run(place.path(), args)
    };
    for (more, words) in [
        (
            ["--ignore", "syntax"],
            "the errors of `syntax` cannot be turned off",
        ),
        (
            ["--ignore", "truncated-file"],
            "findings of `truncated-file` cannot be turned off",
        ),
        (["--warn", "syntax"], "the errors of `syntax` stay errors"),
    ] {
        let done = check(&more).expect(2);
        done.says(words);
        assert!(done.stdout.is_empty(), "{more:?}");
    }
    // Whoever ignores all rules, or names others, does not mean these.
    for more in [
        ["--ignore", "all"],
        ["--warn", "all"],
        ["--select", "split"],
    ] {
        let done = check(&[&more[..], &["--output", "json"]].concat()).expect(1);
        assert!(
            done.report().rules().contains(&"truncated-file"),
            "{more:?}"
        );
    }
    place.write("labelwright.toml", "rules.all = 'off'\n");
    let args = ["check", "cut.jsonl", "--no-texts", "--output", "json"];
    let done = run_configured(place.path(), args, b"").expect(1);
    assert_eq!(done.report().rules(), ["truncated-file"]);
}

#[test]
fn a_group_is_explained_by_its_rules() {
    let told = run(root(), ["explain", "split"]).expect(0).text();
    assert!(told.starts_with("split\n"), "{told}");
    let known = RULES.iter().map(|rule| rule.meta());
    for meta in known {
        let is_told = told.contains(&format!("  {} ", meta.name));
        assert_eq!(
            is_told,
            meta.group.name() == "split",
            "{}: {told}",
            meta.name
        );
    }
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
