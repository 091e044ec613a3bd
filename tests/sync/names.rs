//! Which document of the project gets the labels of which of the export.

use serde_json::Value;

use super::new;
use crate::support::{
    ENTITIES, ONE_CLASS, Run, TempFolder, aml_line, aml_span, class_document, language_document,
    language_label, language_project, run,
};

fn project(documents: &[(&str, &str)]) -> String {
    let documents = documents.iter();
    let documents: Vec<String> = documents
        .map(|(name, class)| class_document(name, class))
        .collect();
    language_project(ONE_CLASS, &["A", "B"], &documents)
}

fn export(documents: &[(&str, &str)]) -> String {
    let lines = documents.iter().map(|(name, class)| {
        format!("{{\"image_url\":\"AmlDatastore://s/{name}\",\"label\":\"{class}\"}}\n")
    });
    lines.collect()
}

fn corpus(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> TempFolder {
    let folder = TempFolder::new();
    folder.write("project.json", project(ours));
    folder.write("export.jsonl", export(theirs));
    folder
}

fn sync(folder: &TempFolder, project: &str, more: &[&str]) -> Run {
    let args = [
        "sync",
        "--project",
        project,
        "--labels",
        "export.jsonl",
        "--no-texts",
        "--force",
    ];
    let to = ["-o", "new.json"];
    run(folder.path(), args.iter().chain(more).chain(&to))
}

/// The documents of `new.json`: location and class.
fn classes(folder: &TempFolder) -> Vec<(String, String)> {
    let new = new(folder);
    let documents = new["assets"]["documents"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    documents
        .map(|it| (text(&it["location"]), text(&it["class"]["category"])))
        .collect()
}

#[test]
fn labels_go_to_the_document_of_their_name_and_not_to_one_that_is_its_end() {
    for ours in [
        [("1.txt", "A"), ("x/1.txt", "A")],
        [("x/1.txt", "A"), ("1.txt", "A")],
    ] {
        let folder = corpus(&ours, &[("x/1.txt", "B")]);
        sync(&folder, "project.json", &[]).expect(0);
        let want = ours.map(|(name, _)| {
            let class = if name == "1.txt" { "A" } else { "B" };
            (name.to_owned(), class.to_owned())
        });
        assert_eq!(classes(&folder), want);
    }
}

#[test]
fn a_document_that_came_under_a_short_name_is_found_again() {
    let folder = corpus(&[("q/a.txt", "A")], &[("q/a.txt", "B"), ("r/a.txt", "A")]);
    sync(&folder, "project.json", &[]).expect(0);
    let once = folder.read("new.json");
    sync(&folder, "new.json", &[])
        .expect(2)
        .says("would be written over");
    folder.write("again.json", &once);
    sync(&folder, "again.json", &[]).expect(0);
    assert_eq!(folder.read("new.json"), once);
}

#[test]
fn a_short_name_that_the_next_sync_could_not_tell_is_refused_at_once() {
    let folder = corpus(&[("q/a.txt", "A")], &[("p/q/a.txt", "B"), ("r/a.txt", "A")]);
    let done = sync(&folder, "project.json", &[]).expect(1);
    done.says(
        "as `a.txt` it could not be told from other documents of the export at the next sync",
    );
    assert!(!folder.at("new.json").exists());
}

#[test]
fn a_project_that_lists_a_document_twice_is_refused() {
    let folder = corpus(
        &[("a.txt", "A"), ("a.txt", "A"), ("b.txt", "A")],
        &[("a.txt", "B")],
    );
    for more in [&[][..], &["--prune"]] {
        let done = sync(&folder, "project.json", more).expect(1);
        done.says("a.txt: the project lists it twice");
        assert!(!folder.at("new.json").exists());
    }
}

#[test]
fn with_an_ancestor_prune_keeps_what_the_project_has_added_or_changed() {
    let ours = [
        ("1.txt", "A"),
        ("2.txt", "B"),
        ("3.txt", "A"),
        ("new.txt", "A"),
    ];
    let folder = corpus(&ours, &[("1.txt", "A")]);
    folder.write(
        "base.json",
        project(&[("1.txt", "A"), ("2.txt", "A"), ("3.txt", "A")]),
    );
    let prune = ["--prune", "--base", "base.json"];
    let report = [&prune[..], &["--output", "json=report.json"]].concat();
    sync(&folder, "project.json", &report).expect(1);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["conflicts"][0]["removed_by"], "export");
    let done = sync(&folder, "project.json", &prune).expect(1);
    done.says("2.txt: the export lacks it, and the project has changed it");
    assert!(!folder.at("new.json").exists());
    let names = |prefer: &str| -> Vec<String> {
        let more = [&prune[..], &["--prefer", prefer]].concat();
        sync(&folder, "project.json", &more).expect(0);
        classes(&folder).into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(names("project"), ["1.txt", "2.txt", "new.txt"]);
    assert_eq!(names("export"), ["1.txt", "new.txt"]);
}

#[test]
fn nothing_is_written_over_the_text_of_a_document() {
    let folder = corpus(&[("1.txt", "A")], &[("1.txt", "B")]);
    folder.write("docs/1.txt", "one");
    folder.write("docs/2.txt", "two");
    let sync = [
        "sync",
        "--project",
        "project.json",
        "--labels",
        "export.jsonl",
    ];
    let sync = [
        &sync[..],
        &["--texts", "docs", "--force", "-o", "docs/2.txt"],
    ]
    .concat();
    let report = ["--texts", "docs", "--output", "json=docs/2.txt"];
    let pair = ["project.json", "export.jsonl"];
    let diff = [&["diff"], &pair[..], &report].concat();
    let score = [&["score", "--force"], &pair[..], &report].concat();
    for args in [sync, diff, score] {
        let done = run(folder.path(), args).expect(2);
        done.says("would be written over what may be the text of a document");
        assert_eq!(folder.read("docs/2.txt"), "two");
    }
}

#[test]
fn a_label_that_moves_is_declared_where_it_never_was() {
    let folder = TempFolder::new();
    folder.write("1.txt", "Ada Byron met Bob");
    let documents = [language_document(
        "1.txt",
        None,
        17,
        &[language_label("P", 0, 3)],
    )];
    let declared_other = language_project(ENTITIES, &["Other"], &documents);
    folder.write("project.json", declared_other);
    let line = aml_line("AmlDatastore://s/1.txt", &[aml_span("P", 0, 9)]);
    folder.write("export.jsonl", line);
    let args = [
        "sync",
        "--project",
        "project.json",
        "--labels",
        "export.jsonl",
    ];
    let done = run(folder.path(), args.iter().chain(&["-o", "new.json"])).expect(0);
    done.says("1 label declared from now on");
    assert_eq!(new(&folder)["assets"]["entities"][1]["category"], "P");
}

#[test]
fn a_list_of_labels_that_is_absent_is_no_label() {
    let folder = TempFolder::new();
    folder.write("1.txt", "Ada met Bob");
    let document = language_document("1.txt", None, 11, &[]).replace(r#","labels":[]"#, "");
    folder.write(
        "project.json",
        language_project(ENTITIES, &["P"], &[document]),
    );
    let line = aml_line("AmlDatastore://s/1.txt", &[aml_span("P", 0, 3)]);
    folder.write("export.jsonl", line);
    let args = [
        "sync",
        "--project",
        "project.json",
        "--labels",
        "export.jsonl",
    ];
    let done = run(folder.path(), args.iter().chain(&["-o", "new.json"])).expect(1);
    done.says("1.txt: not all of its labels can be read; `labelwright check` says why");
}
