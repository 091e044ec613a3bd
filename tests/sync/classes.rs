//! Classes of documents.

use serde_json::Value;

use super::new;
use crate::support::{ONE_CLASS, Run, TempFolder, class_document, language_project, run};

/// Puts the classes of the export into the project, without the texts.
fn sync(folder: &TempFolder) -> Run {
    let args = [
        "sync",
        "--project",
        "project.json",
        "--labels",
        "export.jsonl",
        "--no-texts",
        "--force",
        "-o",
        "new.json",
    ];
    run(folder.path(), args)
}

#[test]
fn one_class_changes_in_place() {
    let folder = TempFolder::new();
    let documents = [
        class_document("1.txt", "A"),
        class_document("2.txt", "B"),
        r#"{"location":"3.txt"}"#.to_owned(),
    ];
    folder.write(
        "project.json",
        language_project(ONE_CLASS, &["A", "B"], &documents),
    );
    let line = |name: &str, class: &str| {
        format!("{{\"image_url\":\"AmlDatastore://s/{name}\",\"label\":\"{class}\"}}\n")
    };
    let lines = [
        line("1.txt", "A"),
        line("2.txt", "C"),
        line("3.txt", "A"),
        line("4.txt", "B"),
    ];
    folder.write("export.jsonl", lines.concat());
    sync(&folder).expect(0);
    let want = [
        class_document("1.txt", "A"),
        class_document("2.txt", "C"),
        class_document("3.txt", "A"),
        class_document("4.txt", "B"),
    ];
    let want = language_project(ONE_CLASS, &["A", "B", "C"], &want);
    assert_eq!(
        folder
            .read("new.json")
            .replace("{ \"category\"", "{\"category\"")
            .replace("\": \"C\" }", "\":\"C\"}"),
        want
    );
}

#[test]
fn several_classes_change_in_place() {
    let folder = TempFolder::new();
    let many = |classes: &str| format!(r#"{{"location":"1.txt","classes":[{classes}]}}"#);
    let kind = "CustomMultiLabelClassification";
    let project = |classes: &str| language_project(kind, &["A", "B"], &[many(classes)]);
    folder.write(
        "project.json",
        project(r#"{"category":"A"},{"category":"B"}"#),
    );
    for (export, want) in [
        (r#"["B"]"#, r#"{"category":"B"}"#),
        (
            r#"["A","B","A2"]"#,
            r#"{"category":"A"},{"category":"B"},{"category":"A2"}"#,
        ),
        ("[]", ""),
    ] {
        let line = format!("{{\"image_url\":\"AmlDatastore://s/1.txt\",\"label\":{export}}}\n");
        folder.write(
            "export.jsonl",
            line + "{\"image_url\":\"AmlDatastore://s/9.txt\",\"label\":[\"A\"]}\n",
        );
        sync(&folder).expect(0);
        assert_eq!(
            new(&folder)["assets"]["documents"][0]["classes"],
            serde_json::from_str::<Value>(&format!("[{want}]")).unwrap()
        );
    }
}

#[test]
fn a_name_that_may_be_several_is_refused() {
    let folder = TempFolder::new();
    let documents = [class_document("1.txt", "A")];
    folder.write(
        "project.json",
        language_project(ONE_CLASS, &["A"], &documents),
    );
    let line =
        |name: &str| format!("{{\"image_url\":\"AmlDatastore://s/{name}\",\"label\":\"A\"}}\n");
    folder.write("export.jsonl", line("a/1.txt") + &line("b/1.txt"));
    sync(&folder)
        .expect(1)
        .says("1.txt: its name and several others of the two files end alike");
    folder.write("export.jsonl", line("a/2.txt") + &line("b/2.txt"));
    sync(&folder)
        .expect(1)
        .says("b/2.txt: the project would have two documents of its name");
    assert!(!folder.at("new.json").exists());
}
