//! Which files are such exports.

use labelwright::internals::formats::{Detected, detect};

use super::{exports, fixture};
use crate::support::names;

/// The format of a file, or what it looks like instead.
fn told(file: impl AsRef<[u8]>) -> String {
    match detect(file.as_ref()) {
        Detected::Format(format, _) => format.info().name.to_owned(),
        Detected::Undecided(_) => "undecided".to_owned(),
        Detected::Other(looks) => looks.to_string(),
    }
}

#[test]
fn every_fixture_is_told() {
    for name in names(&exports()) {
        assert_eq!(told(fixture(&name)), "label-studio", "{name}");
    }
}

#[test]
fn a_first_task_that_is_longer_than_what_is_looked_at_is_told() {
    let long = "word ".repeat(20_000);
    for start in [
        format!(r#"[{{"data":{{"text":"{long}"}},"annotations":[]}}]"#),
        format!(r#"[{{"id":1,"annotations":[],"data":{{"text":"{long}"}}}}]"#),
        format!(r#"{{"data":{{"text":"{long}"}},"annotations":[]}}"#),
    ] {
        assert_eq!(told(start), "label-studio");
    }
}

#[test]
fn tasks_by_themselves_are_told_too() {
    let task = r#"{"data":{"text":"x"},"annotations":[]}"#;
    for file in [
        format!("{task}\n{task}\n"),
        format!("\u{feff}[{task}]"),
        r#"[{"data":{"text":"x"},"predictions":[]}]"#.to_owned(),
    ] {
        assert_eq!(told(&file), "label-studio", "{file}");
    }
}

#[test]
fn near_misses_are_other_files() {
    for file in [
        r#"[{"text":"x"}]"#,
        r#"[{"data":[1],"annotations":[]}]"#,
        r#"{"images":[],"annotations":[],"categories":[]}"#,
        r#"[{"id":1,"data":{"text":"x"}}]"#,
    ] {
        assert_ne!(told(file), "label-studio", "{file}");
    }
}

#[test]
fn its_tables_with_labels_as_json_are_named() {
    let head = "annotation_id,annotator,id,label,lead_time,text\n";
    let row = r#"1,1,1,"[{""start"":0,""end"":2,""labels"":[""P""]}]",5,"Bo""#;
    let what = told(format!("{head}{row}\n"));
    assert!(what.contains("export of Label Studio"), "{what}");
}
