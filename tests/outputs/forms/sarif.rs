//! SARIF, member by member: what OASIS and GitHub ask for, and nothing that they do not know.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::{CHECK_MANY, NAME, args, corpus, many, report};
use super::findings;
use crate::support::{TempFolder, run};

/// The members that an object must have, and those that it may have beside them.
#[track_caller]
fn members(value: &Value, must: &[&str], may: &[&str]) {
    let names: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for name in must {
        assert!(names.contains(name), "{name} is missing: {value}");
    }
    for name in names {
        assert!(
            must.contains(&name) || may.contains(&name),
            "{name}: {value}"
        );
    }
}

#[track_caller]
fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[track_caller]
fn has_text(value: &Value) {
    members(value, &["text"], &[]);
    assert!(!value["text"].as_str().unwrap().is_empty());
}

#[track_caller]
fn physical(location: &Value, is_whole: bool) {
    members(location, &["artifactLocation"], &["region"]);
    artifact(&location["artifactLocation"]);
    let Some(region) = location.get("region") else {
        assert!(!is_whole, "{location}");
        return;
    };
    let ends = ["endLine", "endColumn"];
    let bytes = ["byteOffset", "byteLength"];
    let start = ["startLine", "startColumn"];
    let must = if is_whole {
        [&start[..], &ends].concat()
    } else {
        start.to_vec()
    };
    members(region, &must, &[&ends[..], &bytes].concat());
    for name in must {
        assert!(region[name].as_u64().unwrap() >= 1, "{region}");
    }
    if is_whole {
        let place = |line: &str, column: &str| (region[line].as_u64(), region[column].as_u64());
        assert!(
            place("startLine", "startColumn") <= place("endLine", "endColumn"),
            "{region}"
        );
    }
}

/// A relative reference without a way up, or a file in full; and nothing but characters of a URI.
#[track_caller]
fn artifact(location: &Value) {
    members(location, &["uri"], &[]);
    let uri = location["uri"].as_str().unwrap();
    let path = uri.strip_prefix("file:///").unwrap_or(uri);
    assert!(
        !path.split('/').any(|name| matches!(name, "" | "." | "..")),
        "{uri}"
    );
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
    assert!(path.bytes().all(is_plain), "{uri}");
}

/// Insists on a log of ours. Answers the results.
#[track_caller]
pub(crate) fn sound(log: &Value) -> Vec<Value> {
    const LEVELS: [&str; 4] = ["none", "note", "warning", "error"];
    members(log, &["$schema", "version", "runs"], &[]);
    assert_eq!(log["version"], "2.1.0");
    let [run] = list(&log["runs"]) else {
        panic!("one run")
    };
    members(
        run,
        &["tool", "invocations", "artifacts", "columnKind", "results"],
        &[],
    );
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    members(
        driver,
        &["name", "semanticVersion", "rules", "notifications"],
        &[],
    );
    let rules = list(&driver["rules"]);
    let mut ids = BTreeSet::new();
    for rule in rules {
        let described = ["id", "shortDescription", "fullDescription", "help"];
        members(
            rule,
            &[&described[..], &["defaultConfiguration", "properties"]].concat(),
            &[],
        );
        has_text(&rule["shortDescription"]);
        has_text(&rule["fullDescription"]);
        members(&rule["help"], &["text", "markdown"], &[]);
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        assert!(LEVELS.contains(&level));
        assert!(ids.insert(rule["id"].as_str().unwrap()), "{rule}");
    }
    for file in list(&run["artifacts"]) {
        members(file, &["location", "roles", "encoding"], &[]);
        artifact(&file["location"]);
    }
    let mut prints = BTreeSet::new();
    for result in list(&run["results"]) {
        let must = [
            "ruleId",
            "ruleIndex",
            "level",
            "message",
            "locations",
            "partialFingerprints",
        ];
        members(result, &must, &["relatedLocations", "fixes", "properties"]);
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(LEVELS.contains(&result["level"].as_str().unwrap()));
        has_text(&result["message"]);
        let [location] = list(&result["locations"]) else {
            panic!("one location")
        };
        members(location, &["physicalLocation"], &["logicalLocations"]);
        physical(&location["physicalLocation"], true);
        let related = result.get("relatedLocations").map(list).unwrap_or_default();
        for (index, place) in related.iter().enumerate() {
            members(place, &["id", "physicalLocation"], &["message"]);
            assert_eq!(place["id"], index + 1);
            physical(&place["physicalLocation"], false);
        }
        let print = &result["partialFingerprints"];
        members(print, &["primaryLocationLineHash"], &[]);
        let file = location["physicalLocation"]["artifactLocation"]["uri"].to_string();
        assert!(prints.insert((file, print.to_string())), "{result}");
        for fix in result.get("fixes").map(list).unwrap_or_default() {
            members(fix, &["description", "artifactChanges"], &[]);
            has_text(&fix["description"]);
            for change in list(&fix["artifactChanges"]) {
                members(change, &["artifactLocation", "replacements"], &[]);
                for replacement in list(&change["replacements"]) {
                    members(replacement, &["deletedRegion", "insertedContent"], &[]);
                    members(&replacement["insertedContent"], &["text"], &[]);
                }
            }
        }
    }
    list(&run["results"]).to_vec()
}

#[test]
fn a_log_is_one_that_others_read() {
    let log: Value = serde_json::from_str(&report("sarif", NAME, &[])).unwrap();
    let results = sound(&log);
    let findings = findings(NAME);
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(&findings) {
        assert_eq!(result["ruleId"], finding["rule"]);
        assert_eq!(result["level"], finding["severity"]);
        let print = finding["fingerprint"].as_str().unwrap();
        let hash = result["partialFingerprints"]["primaryLocationLineHash"].as_str();
        assert_eq!(hash, Some(&*format!("{print}:1")));
    }
}

/// The byte of a place, counted without the program's help.
fn byte(text: &str, line: &Value, column: &Value) -> usize {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap() - 1;
    let (line, column) = (number(line), number(column));
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text[start..].char_indices().map(|(at, _)| at);
    start + rest.chain([text.len() - start]).nth(column).unwrap()
}

#[test]
fn regions_are_the_bytes_of_findings_and_fixes_fix() {
    let place = corpus(NAME);
    let log = run(place.path(), args(NAME, &["--output", "sarif"]))
        .expect(1)
        .text();
    let log: Value = serde_json::from_str(&log).unwrap();
    let text = place.read(NAME);
    let mut fixed = 0;
    for result in sound(&log) {
        let region = &result["locations"][0]["physicalLocation"];
        if region["artifactLocation"]["uri"] == "empty.jsonl" {
            continue;
        }
        let bytes = |region: &Value| {
            let start = byte(&text, &region["startLine"], &region["startColumn"]);
            let end = byte(&text, &region["endLine"], &region["endColumn"]);
            assert_eq!(region["byteOffset"], start, "{result}");
            assert_eq!(region["byteLength"], end - start, "{result}");
            start..end
        };
        bytes(&region["region"]);
        let changes = result.get("fixes").map(|it| &it[0]["artifactChanges"][0]);
        if let Some(change) = changes {
            let mut new = text.clone();
            for replacement in list(&change["replacements"]).iter().rev() {
                let inserted = replacement["insertedContent"]["text"].as_str().unwrap();
                new.replace_range(bytes(&replacement["deletedRegion"]), inserted);
            }
            place.write("new.jsonl", new);
            let again = ["check", "new.jsonl", "--select", super::super::SELECT];
            let again = [&again[..], &["--offsets", "codepoint", "--output", "json"]].concat();
            let again = run(place.path(), again).expect(1).report();
            let print = result["partialFingerprints"]["primaryLocationLineHash"].as_str();
            let print = print.unwrap().strip_suffix(":1").unwrap();
            let is_left = again.findings().iter().any(|it| it["fingerprint"] == print);
            assert!(!is_left, "{result}");
            fixed += 1;
        }
    }
    assert!(fixed >= 4, "{fixed} fixes");
}

#[test]
fn more_results_than_are_taken_are_left_out_and_told() {
    let place = TempFolder::new();
    place.write("a.jsonl", many(24_990, 20));
    let check = [&CHECK_MANY[..], &["--output", "sarif"]].concat();
    let log = run(place.path(), check).expect(1).text();
    let log: Value = serde_json::from_str(&log).unwrap();
    let results = sound(&log);
    assert_eq!(results.len(), 25_000);
    let levels: Vec<&str> = results
        .iter()
        .map(|it| it["level"].as_str().unwrap())
        .collect();
    assert!(levels[..20].iter().all(|level| *level == "error"));
    assert!(levels[20..].iter().all(|level| *level == "note"));
    let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    let told = told["message"]["text"].as_str().unwrap();
    assert!(
        told.starts_with("10 results of the lightest are left out"),
        "{told}"
    );
}

#[test]
fn further_places_are_related_locations() {
    let place = TempFolder::new();
    let lines = (0..30).map(|_| "{\"image_url\":\"AmlDatastore://ds/a/%2e/1.txt\",\"label\":[]}\n");
    place.write("in/a.jsonl", lines.collect::<String>());
    let check = ["check", "../in/a.jsonl", "--no-texts", "--output", "sarif"];
    std::fs::create_dir(place.at("here")).unwrap();
    let log = run(&place.at("here"), check).text();
    let log: Value = serde_json::from_str(&log).unwrap();
    let results = sound(&log);
    let folder = std::fs::canonicalize(place.path()).unwrap();
    let uri = format!("file://{}/in/a.jsonl", folder.display());
    assert!(
        results
            .iter()
            .any(|it| it.get("relatedLocations").is_some()),
        "{log}"
    );
    for result in &results {
        let found = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(*found, *uri);
    }
}
