//! Healthcare projects as Microsoft has them.

use std::fs;

use serde_json::Value;

use super::language;
use crate::support::{TempFolder, run};

#[test]
fn healthcare_regions_without_an_extent_lacked_members() {
    let text = fs::read_to_string(language().join("healthcare.json")).unwrap();
    let mut project: Value = serde_json::from_str(&text).unwrap();
    let folder = TempFolder::new();
    let rules = |project: &Value| {
        folder.write("labels.json", project.to_string());
        let texts = language();
        let more = [
            "check",
            "labels.json",
            "--select",
            "shape,offsets",
            "--output",
            "json",
        ];
        let more = more
            .into_iter()
            .chain(["--schema-strict", "--texts", texts.to_str().unwrap()]);
        let done = run(folder.path(), more.chain(["--fail-on", "never"]));
        let report = done.report();
        report
            .rules()
            .iter()
            .map(|rule| (*rule).to_owned())
            .collect::<Vec<_>>()
    };
    let before = rules(&project);
    for document in project["assets"]["documents"].as_array_mut().unwrap() {
        for region in document["entities"].as_array_mut().into_iter().flatten() {
            let region = region.as_object_mut().unwrap();
            region.remove("regionOffset");
            region.remove("regionLength");
        }
    }
    let missing = |rules: &[String]| {
        rules
            .iter()
            .filter(|rule| *rule == "missing-member")
            .count()
    };
    assert_eq!(missing(&rules(&project)), missing(&before));
    // One of the two alone is half of an extent.
    let region = &mut project["assets"]["documents"][0]["entities"][0];
    region["regionOffset"] = 0.into();
    assert_eq!(missing(&rules(&project)), missing(&before) + 1);
}
