//! The gates that can be pasted: whatever they call must be there, and do what they say.

use std::fs;
use std::process::Command;

use crate::support::{TempFolder, fixtures, python_with, root, run};

/// The files that call the program.
const FILES: [&str; 5] = [
    ".pre-commit-hooks.yaml",
    "action.yml",
    "ci/azure-pipelines.yml",
    "ci/gitlab.yml",
    "docs/ci.md",
];

fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The commands in a text: what comes after `labelwright` in lines that call it.
fn commands(text: &str) -> Vec<Vec<String>> {
    let starts = [
        "labelwright check",
        "entry: labelwright check",
        "- labelwright check",
        "labels: ; labelwright check",
    ];
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        let Some(start) = starts.iter().find(|start| line.starts_with(**start)) else {
            continue;
        };
        let rest = line[start.len()..].split("||").next().unwrap();
        found.push(rest.split_whitespace().map(str::to_owned).collect());
    }
    found
}

#[test]
fn every_option_in_the_gates_is_one_of_the_program() {
    let help = run(root(), ["check", "--help"]).expect(0).text();
    let mut count = 0;
    for file in FILES {
        let commands = commands(&text(file));
        assert!(!commands.is_empty(), "{file} calls nothing");
        for word in commands
            .iter()
            .flatten()
            .filter(|word| word.starts_with("--"))
        {
            let name = word.split('=').next().unwrap();
            let is_there = help
                .split_whitespace()
                .any(|it| it.trim_matches(',') == name);
            assert!(is_there, "{file}: {name}");
            count += 1;
        }
    }
    assert!(count > 15, "{count}");
}

#[test]
fn every_form_of_report_in_the_gates_is_there() {
    let forms: Vec<&str> = labelwright::internals::report::REPORTS
        .iter()
        .map(|emitter| emitter.name())
        .collect();
    for file in FILES {
        for words in commands(&text(file)) {
            for pair in words.windows(2).filter(|pair| pair[0] == "--output") {
                let form = pair[1].trim_matches('"').split('=').next().unwrap();
                assert!(forms.contains(&form), "{file}: {form}");
            }
        }
    }
}

/// The script of a step: the lines below `run: |` or `bash: |` that calls the program.
fn script(text: &str, key: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let calls = lines
        .iter()
        .position(|line| line.trim().starts_with("labelwright check"));
    let calls = calls.unwrap();
    let start = lines[..calls]
        .iter()
        .rposition(|line| line.trim_start_matches("- ").trim().ends_with(key));
    let start = start.unwrap() + 1;
    let indent = lines[start].len() - lines[start].trim_start().len();
    let body = lines[start..].iter().take_while(|line| {
        line.trim().is_empty() || line.len() - line.trim_start().len() >= indent
    });
    body.map(|line| line.get(indent..).unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Runs a script of a step in a folder with a label file, as a runner does.
fn run_script(script: &str, folder: &TempFolder, variables: &[(&str, &str)]) -> (i32, String) {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_labelwright"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let done = Command::new("bash")
        .args(["-e", "-c", script])
        .current_dir(folder.path())
        .env("PATH", path)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    (
        done.status.code().unwrap(),
        String::from_utf8_lossy(&done.stdout).into_owned(),
    )
}

/// A folder with a label file that something is wrong with.
fn bad() -> TempFolder {
    let folder = TempFolder::new();
    let from = fixtures().join("rules/span-empty/bad/labels.json");
    folder.write("labels.json", fs::read(from).unwrap());
    for text in fs::read_dir(fixtures().join("rules/texts")).unwrap() {
        let path = text.unwrap().path();
        folder.write(
            format!("docs/{}", path.file_name().unwrap().display()),
            fs::read(&path).unwrap(),
        );
    }
    folder
}

#[test]
#[cfg(unix)]
fn the_action_reports_and_fails_as_the_check_does() {
    let folder = bad();
    let summary = folder.at("summary.md");
    let variables = [
        ("PATHS", "labels.json"),
        ("TEXTS", "docs"),
        ("BASELINE", ""),
        ("FAIL_ON", "error"),
        ("ARGS", "--isolated"),
        ("SARIF", "out.sarif"),
        ("RUNNER_TEMP", folder.path().to_str().unwrap()),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
    ];
    let script = script(&text("action.yml"), "run: |");
    let (status, out) = run_script(&script, &folder, &variables);
    assert_eq!(status, 1, "{out}");
    assert!(out.starts_with("::error file=labels.json,line="), "{out}");
    assert!(folder.read("summary.md").contains("span-empty"));
    assert!(
        folder
            .read("out.sarif")
            .contains("\"ruleId\":\"span-empty\"")
    );
    let never: Vec<_> = variables
        .iter()
        .map(|(name, value)| {
            if *name == "FAIL_ON" {
                (*name, "never")
            } else {
                (*name, *value)
            }
        })
        .collect();
    assert_eq!(run_script(&script, &folder, &never).0, 0);
}

#[test]
#[cfg(unix)]
fn the_steps_for_azure_report_and_fail_as_the_check_does() {
    let folder = bad();
    fs::create_dir(folder.at("reports")).unwrap();
    let reports = folder.at("reports");
    let variables = [
        ("PATHS", "labels.json"),
        ("ARGS", "--texts docs --isolated"),
        ("REPORTS", reports.to_str().unwrap()),
    ];
    let script = script(&text("ci/azure-pipelines.yml"), "bash: |");
    let (status, out) = run_script(&script, &folder, &variables);
    assert_eq!(status, 1, "{out}");
    assert!(
        out.contains("##vso[task.logissue type=error;sourcepath=labels.json"),
        "{out}"
    );
    assert!(out.contains("##vso[task.uploadsummary]"), "{out}");
    for (name, words) in [
        ("xml", "span-empty"),
        ("md", "span-empty"),
        ("html", "<!doctype html>"),
    ] {
        assert!(
            folder
                .read(format!("reports/labelwright.{name}"))
                .contains(words),
            "{name}"
        );
    }
}

/// Runs a program in a repository, with the one that is tested on the path.
fn in_repository(folder: &TempFolder, program: &std::path::Path, args: &[&str]) -> (i32, String) {
    let tested = std::path::Path::new(env!("CARGO_BIN_EXE_labelwright"));
    let tested = tested.parent().unwrap().display();
    let path = format!("{tested}:{}", std::env::var("PATH").unwrap());
    let done = Command::new(program)
        .args(args)
        .current_dir(folder.path())
        .env("PATH", path)
        .env("PRE_COMMIT_HOME", folder.at(".cache"))
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    (done.status.code().unwrap(), out)
}

#[test]
#[cfg(unix)]
fn the_hooks_work_in_the_real_pre_commit() {
    let git = std::path::Path::new("git");
    let Some(python) = python_with(&["pre-commit==4.2.0"]) else {
        return;
    };
    if Command::new(git).arg("--version").output().is_err() {
        eprintln!("skipped: git is missing");
        return;
    }
    let folder = bad();
    folder.write("package.json", "{\"name\": \"x\"}");
    folder.write("labelwright.toml", "texts = [\"docs\"]\n");
    // The program is on the path here, so that nothing is built.
    let hooks = text(".pre-commit-hooks.yaml").replace("language: rust", "language: system");
    let hooks: Vec<String> = hooks.lines().map(|line| format!("  {line}")).collect();
    let config = format!("repos:\n- repo: local\n  hooks:\n{}\n", hooks.join("\n"));
    folder.write(".pre-commit-config.yaml", config);
    for args in [
        &["init", "-q", "."][..],
        &["add", "package.json", "labels.json", "docs"],
    ] {
        assert_eq!(in_repository(&folder, git, args).0, 0);
    }
    let hook = |id: &str| in_repository(&folder, &python, &["-m", "pre_commit", "run", id]);
    for id in ["labelwright", "labelwright-all"] {
        let (status, out) = hook(id);
        assert_eq!(status, 1, "{out}");
        assert!(out.contains("error[span-empty]"), "{out}");
        assert!(!out.contains("package.json"), "{out}");
    }
    let good = fs::read(fixtures().join("rules/span-empty/good/labels.json")).unwrap();
    folder.write("labels.json", good);
    assert_eq!(in_repository(&folder, git, &["add", "labels.json"]).0, 0);
    for id in ["labelwright", "labelwright-all"] {
        let (status, out) = hook(id);
        assert_eq!(status, 0, "{out}");
    }
}

/// A hook is given all files that changed.
#[test]
fn named_files_of_other_programs_are_passed_over_where_that_is_asked_for() {
    let folder = bad();
    folder.write("package.json", "{\"name\": \"x\"}");
    folder.write("events.jsonl", "{\"event\": 1}\n");
    let check = |files: &[&str], more: &[&str]| {
        let texts = ["--texts", "docs"];
        run(folder.path(), [&["check"], files, &texts, more].concat())
    };
    let foreign = ["package.json", "events.jsonl"];
    check(&foreign, &[]).expect(1).says("not-a-label-file");
    // None is left, and a report is written all the same.
    let done = check(&foreign, &["--as-found", "--output", "json"]).expect(0);
    assert_eq!(done.report().findings().len(), 0);
    assert_eq!(
        done.verdict(),
        "ready: 0 documents, 0 labels, 0 errors, 0 warnings"
    );
    let all = ["package.json", "labels.json", "events.jsonl"];
    let done = check(&all, &["--as-found", "--output", "json"]).expect(1);
    assert_eq!(done.report().rules(), ["span-empty"]);
    check(&all, &["--as-found", "--exclude", "labels.json"]).expect(0);
    check(&all[1..2], &["--exclude", "labels.json"]).expect(1);
    // What was to be a label file and cannot be read is told.
    folder.write(
        "broken.json",
        "{\"projectFileVersion\": \"2022-05-01\", \"assets\":",
    );
    check(&["broken.json"], &["--as-found"]).expect(1);
    // What is not there is no other program's.
    check(&["gone.json"], &["--as-found"]).expect(2);
}
