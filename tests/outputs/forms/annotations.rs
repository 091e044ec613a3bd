//! Commands of GitHub and Azure Pipelines, and the list of GitLab.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::{CHECK_MANY, NAME, many, report};
use super::findings;
use crate::support::{TempFolder, run};

/// What a runner makes of an escaped value.
fn decoded(value: &str, escapes: &[(&str, &str)]) -> String {
    let mut value = value.to_owned();
    for (escape, char) in escapes {
        value = value.replace(escape, char);
    }
    value
}

#[test]
fn github_reads_what_was_meant() {
    let findings = findings(NAME);
    let text = report("github", NAME, &[]);
    assert_eq!(text.lines().count(), findings.len());
    let mut seen = BTreeSet::new();
    for line in text.lines() {
        let (command, rest) = line[2..].split_once(' ').unwrap();
        let (properties, message) = rest.split_once("::").unwrap();
        let escapes = [
            ("%3A", ":"),
            ("%2C", ","),
            ("%0D", "\r"),
            ("%0A", "\n"),
            ("%25", "%"),
        ];
        let properties = properties.split(',').map(|it| it.split_once('=').unwrap());
        let properties: BTreeMap<&str, String> = properties
            .map(|(name, value)| (name, decoded(value, &escapes)))
            .collect();
        let message = decoded(message, &escapes[2..]);
        let severity = if command == "notice" { "note" } else { command };
        let is_meant = |finding: &&Value| {
            let place = |name: &str, of: &str| {
                properties.get(name).map(|it| it.parse::<u64>().unwrap()) == finding[of].as_u64()
            };
            finding["severity"] == severity
                && finding["path"] == *properties["file"]
                && place("line", "line")
                && place("col", "column")
                && properties["title"]
                    == format!("labelwright {}", finding["rule"].as_str().unwrap())
        };
        let finding = findings.iter().find(is_meant).expect("the finding");
        assert!(seen.insert(finding["fingerprint"].to_string()), "{line}");
        let help = finding["help"].as_str().unwrap();
        assert!(message.ends_with(&format!("\nhelp: {help}")), "{message}");
    }
    assert_eq!(seen.len(), findings.len());
}

#[test]
fn azure_reads_what_was_meant() {
    let findings = findings(NAME);
    let text = report("azure", NAME, &[]);
    let (mut commands, mut notes) = (0, 0);
    for line in text.lines() {
        let Some(rest) = line.strip_prefix("##vso[task.logissue ") else {
            assert!(line.contains(": note["), "{line}");
            notes += 1;
            continue;
        };
        let (properties, message) = rest.split_once(']').unwrap();
        let properties = properties.split(';').map(|it| it.split_once('=').unwrap());
        let properties: BTreeMap<&str, &str> = properties.collect();
        let names: Vec<&str> = properties.keys().copied().collect();
        assert_eq!(
            names,
            ["code", "columnnumber", "linenumber", "sourcepath", "type"]
        );
        assert!(["error", "warning"].contains(&properties["type"]));
        let line = properties["linenumber"].parse::<u64>().unwrap();
        let is_meant =
            |finding: &&Value| finding["rule"] == properties["code"] && finding["line"] == line;
        let finding = findings.iter().find(is_meant).expect("the finding");
        let help = finding["help"].as_str().unwrap();
        assert!(message.ends_with(&format!("%0Ahelp: {help}")), "{message}");
        commands += 1;
    }
    let count = |severity: &str| {
        findings
            .iter()
            .filter(|it| it["severity"] == severity)
            .count()
    };
    assert_eq!(
        (commands, notes),
        (count("error") + count("warning"), count("note"))
    );
}

#[test]
fn the_last_annotation_says_how_many_more_there_are() {
    let place = TempFolder::new();
    for (lines, shown, more) in [(10, 10, None), (11, 9, Some(2)), (40, 9, Some(31))] {
        place.write("a.jsonl", many(lines, lines));
        for (form, error, note) in [
            ("github", "::error ", "::notice "),
            ("azure", "##vso[task.logissue type=error", "a.jsonl:"),
        ] {
            let check = [&CHECK_MANY[..], &["--output", form]].concat();
            let text = run(place.path(), check).expect(1).text();
            let lines: Vec<&str> = text.lines().collect();
            let of = |start: &str, of: &str| {
                let found = |line: &&&str| line.starts_with(start) && line.contains(of);
                lines.iter().filter(found).count()
            };
            assert_eq!(of(error, "line"), shown, "{text}");
            assert_eq!(of(note, "blank"), shown, "{text}");
            let told = more.map(|more| format!("and {more} more errors: no more than 10"));
            let ends = told.is_none_or(|told| of(error, &told) == 1);
            assert!(
                ends && lines.len() == 2 * (shown + usize::from(more.is_some())),
                "{text}"
            );
        }
    }
}

#[test]
fn gitlab_tells_every_finding_from_the_others() {
    let text = report("gitlab", NAME, &[]);
    assert!(text.starts_with('['));
    let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
    let findings = findings(NAME);
    assert_eq!(issues.len(), findings.len());
    let mut prints = BTreeSet::new();
    for (issue, finding) in issues.iter().zip(&findings) {
        let names: Vec<&String> = issue.as_object().unwrap().keys().collect();
        assert_eq!(
            names,
            [
                "check_name",
                "description",
                "fingerprint",
                "location",
                "severity"
            ]
        );
        let severity = match finding["severity"].as_str().unwrap() {
            "error" => "critical",
            "warning" => "minor",
            _ => "info",
        };
        assert_eq!(issue["severity"], severity);
        let line = finding.get("line").cloned().unwrap_or(1.into());
        assert_eq!(issue["location"]["lines"]["begin"], line);
        assert_eq!(issue["location"]["path"], finding["path"]);
        assert!(prints.insert(issue["fingerprint"].to_string()), "{issue}");
    }
    // Equal files have equal findings, which are told apart all the same.
    let place = TempFolder::new();
    place.write("a.jsonl", many(2, 2));
    place.write("b.jsonl", many(2, 2));
    let check = [&CHECK_MANY[..], &["b.jsonl", "--output", "gitlab"]].concat();
    let issues = run(place.path(), check).expect(1).text();
    let issues: Vec<Value> = serde_json::from_str(&issues).unwrap();
    let prints: BTreeSet<String> = issues
        .iter()
        .map(|it| it["fingerprint"].to_string())
        .collect();
    assert_eq!(issues.len(), 8);
    assert_eq!(prints.len(), issues.len());
}
