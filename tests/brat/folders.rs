//! Which folders are read as brat's, and where new ones may be written.

use super::{convert, folder, labels, letters};
use crate::support::{
    ENTITIES, TempFolder, language_document, language_label, language_project, run,
};

#[test]
fn a_folder_is_told_by_its_files() {
    let place = letters();
    let report = run(place.path(), ["check", "in", "--output", "json"]).report();
    assert_eq!(report.0["inputs"][0]["format"], "brat");
    assert_eq!(report.0["inputs"][0]["documents"], 3);
    // Files of other programs do not change that, and a label file does.
    place.write("in/package.json", "{\"name\": \"x\", \"version\": \"1\"}");
    let report = run(place.path(), ["check", "in", "--output", "json"]).report();
    assert_eq!(report.0["inputs"][0]["format"], "brat");
    let project = language_project(ENTITIES, &["Person"], &[]);
    place.write("in/labels.json", project);
    let report = run(place.path(), ["check", "in", "--output", "json"]).report();
    assert_eq!(report.0["inputs"][0]["format"], "language");
    let args = ["check", "in", "--format", "brat", "--output", "json"];
    let report = run(place.path(), args).report();
    assert_eq!(report.0["inputs"][0]["format"], "brat");
}

#[test]
fn a_single_file_has_its_text_beside_it() {
    let place = folder(&[("a", "Ada", "T1\tPerson 0 3\tAda\n"), ("b", "Bob", "")]);
    let args = [
        "check",
        "in/a.ann",
        "--select",
        "offsets,shape",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(0).report();
    assert_eq!(report.0["inputs"][0]["format"], "brat");
    assert_eq!(report.0["inputs"][0]["labels"], 1);
}

#[test]
fn other_commands_read_folders_too() {
    let place = letters();
    let shown = run(place.path(), ["show", "in", "--isolated"]).expect(0);
    assert!(shown.text().contains("K\u{f6}ln"), "{}", shown.text());
    run(place.path(), ["stats", "in"]).expect(0);
    run(place.path(), ["diff", "in", "in", "--isolated"]).expect(0);
    run(place.path(), ["check", "in", "--fix"])
        .expect(2)
        .says("in is a folder of files, and only a single file can be fixed");
    convert(
        &place,
        "in",
        "language",
        "x.json",
        &["--drop-labels", "City"],
    )
    .expect(2)
    .says("the options for edits are for a single file");
    convert(&place, "in", "brat", "in", &[])
        .expect(2)
        .says("is the input");
}

#[test]
fn a_folder_in_its_own_format_is_a_copy() {
    let place = letters();
    place.write("in/odd.txt", "Ada met Bob");
    place.write(
        "in/odd.ann",
        "T7\tPerson 0 3;8 11\tAda Bob\r\n#1\tAnnotatorNotes T7\thm\n",
    );
    convert(&place, "in", "brat", "new", &[]).expect(0);
    for path in crate::support::files(&place.at("in")) {
        let name = path.strip_prefix(place.at("in")).unwrap().to_owned();
        let copy = std::fs::read(place.at("new").join(&name)).unwrap();
        assert!(copy == std::fs::read(&path).unwrap(), "{}", name.display());
    }
}

#[test]
fn sets_are_folders() {
    let place = letters();
    convert(&place, "in", "language", "out.json", &[]).expect(0);
    assert_eq!(
        labels(&place, "out.json"),
        [
            "test/bob.txt Test Person 0+3",
            "test/bob.txt Test City 12+2",
            "test/bob.txt Test Date 18+5",
            "train/ada.txt Train Person 5+10",
            "train/ada.txt Train City 30+4",
        ]
    );
}

/// A folder with a project of one document.
fn project() -> TempFolder {
    let labels = [language_label("Person", 0, 3)];
    let document = language_document("a.txt", None, 4, &labels);
    let place = TempFolder::new();
    place.write(
        "in.json",
        language_project(ENTITIES, &["Person"], &[document]),
    );
    place.write("a.txt", "Ada.");
    place
}

#[test]
fn a_folder_is_new_or_empty_or_forced_and_texts_stay() {
    let place = project();
    let to = |out: &str, more: &[&str]| convert(&place, "in.json", "brat", out, more);
    to("new", &[]).expect(0).says("to new");
    assert_eq!(place.read("new/a.ann"), "T1\tPerson 0 3\tAda\n");
    assert_eq!(place.read("new/a.txt"), "Ada.");
    to("new", &[])
        .expect(2)
        .says("exists; `--force` replaces it");
    std::fs::remove_file(place.at("new/annotation.conf")).unwrap();
    to("new", &[]).expect(2).says("new is not empty");
    place.write("new/a.ann", "T1\tCity 0 3\tAda\n");
    to("new", &["--force"]).expect(0);
    assert_eq!(place.read("new/a.ann"), "T1\tPerson 0 3\tAda\n");
    place.write("new/a.txt", "another text");
    to("new", &["--force"])
        .expect(2)
        .says("another text of this name is in new");
    assert_eq!(place.read("new/a.txt"), "another text");
    to("-", &[]).expect(2).says("name it with `-o DIR`");
    to("in.json", &["--force"]).expect(2).says("is a file");
    to("x", &["--texts-out", "y"])
        .expect(2)
        .says("leave out `--texts-out`");
    convert(&place, ".", "brat", "x", &[])
        .expect(2)
        .says("one by one");
}

#[test]
fn a_conversion_that_is_refused_leaves_no_folder() {
    let place = project();
    std::fs::remove_file(place.at("a.txt")).unwrap();
    convert(&place, "in.json", "brat", "new", &[]).expect(1);
    assert!(!place.at("new").exists());
}
