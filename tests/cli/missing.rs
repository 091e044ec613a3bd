//! What is said where texts are not found: where they were looked for, and where they are.

use crate::support::{TempFolder, aml_line, aml_span, fixtures, names, run};

/// A label file in `labels`, and its ten documents in `docs` beside that folder.
fn apart() -> TempFolder {
    let place = TempFolder::new();
    let labels = fixtures().join("rules/label-rare/bad/labels.json");
    place.write("labels/labels.json", std::fs::read(labels).unwrap());
    let texts = fixtures().join("rules/texts");
    for name in names(&texts) {
        let text = std::fs::read(texts.join(&name)).unwrap();
        place.write(format!("docs/{name}"), text);
    }
    place
}

/// The words of help of `document-missing`, each once.
fn helps(place: &TempFolder, folder: &str, args: &[&str]) -> Vec<String> {
    let args = [
        &["check"],
        args,
        &["--select", "document-missing", "--output", "json"],
    ]
    .concat();
    let report = run(&place.at(folder), args).expect(1).report();
    let findings = report.findings().iter();
    let helps = findings.map(|finding| finding["help"].as_str().unwrap().to_owned());
    let mut helps: Vec<String> = helps.collect();
    helps.sort();
    helps.dedup();
    helps
}

#[test]
fn a_folder_beside_the_label_file_s_own_has_the_texts() {
    let place = apart();
    let want = ["they are in `docs`: give `--texts docs`"];
    assert_eq!(helps(&place, "", &["labels/labels.json"]), want);
    let want = ["they are in `../docs`: give `--texts ../docs`"];
    assert_eq!(helps(&place, "labels", &["labels.json"]), want);
    // As the user is told, so it works.
    let args = ["check", "labels.json", "--texts", "../docs"];
    let report = run(
        &place.at("labels"),
        [&args[..], &["--output", "json"]].concat(),
    );
    assert_eq!(report.report().rules(), ["label-rare"]);
}

#[test]
fn each_document_is_told_of_where_a_folder_was_named() {
    let place = apart();
    place.write("empty/x.txt", "");
    let args = ["labels/labels.json", "--texts", "empty"];
    let want = ["it is in `docs`: give `--texts docs`"];
    assert_eq!(helps(&place, "", &args), want);
    std::fs::rename(place.at("docs"), place.at("empty/my texts")).unwrap();
    let want = ["it is in `empty/my texts`: give `--texts 'empty/my texts'`"];
    assert_eq!(helps(&place, "", &args), want);
    std::fs::remove_dir_all(place.at("empty/my texts")).unwrap();
    let want = ["it was looked for under exactly this name in `empty`"];
    assert_eq!(helps(&place, "", &args), want);
    let want = ["it was looked for under exactly this name in `empty` and `labels`"];
    let more = [&args[..], &["--texts", "labels"]].concat();
    assert_eq!(helps(&place, "", &more), want);
}

#[test]
fn some_of_an_export_s_texts_are_elsewhere() {
    let place = TempFolder::new();
    let line = |name: &str| {
        let url = format!("AmlDatastore://store/2024/{name}");
        aml_line(&url, &[aml_span("A", 0, 3)]) + "\n"
    };
    place.write("a.jsonl", line("1.txt") + &line("2.txt") + &line("3.txt"));
    place.write("deep/er/1.txt", "One of them.");
    place.write("deep/er/2.txt", "One of them.");
    place.write("other/3.txt", "One of them.");
    let want = ["2 of them are in `deep/er`: give `--texts deep/er`"];
    assert_eq!(helps(&place, "", &["a.jsonl"]), want);
    let found = helps(&place, "", &["a.jsonl", "--texts", "deep/er"]);
    assert_eq!(found, ["it is in `other`: give `--texts other`"]);
    // A conversion says the same, where it is a warning.
    let args = [
        "convert",
        "a.jsonl",
        "--to",
        "language",
        "--offsets",
        "codepoint",
    ];
    run(place.path(), args).says("give `--texts deep/er`");
}

#[cfg(unix)]
#[test]
fn nothing_outside_is_named() {
    let place = apart();
    std::fs::create_dir(place.at("labels/inner")).unwrap();
    std::fs::rename(
        place.at("labels/labels.json"),
        place.at("labels/inner/labels.json"),
    )
    .unwrap();
    let want = ["name their folder with `--texts DIR`, or do without them with `--no-texts`"];
    // Two levels up is no neighbour, and a link leads nowhere.
    std::os::unix::fs::symlink("../docs", place.at("labels/link")).unwrap();
    assert_eq!(helps(&place, "labels", &["inner/labels.json"]), want);
}

/// An export whose first two documents have one name in different folders, and a third one.
fn of_one_name(place: &TempFolder, third: &str) {
    let line = |path: &str| aml_line(&format!("AmlDatastore://ds/{path}"), &[aml_span("P", 0, 3)]);
    let lines = ["x/1.txt", "y/1.txt", third].map(|path| line(path) + "\n");
    place.write("labels.jsonl", lines.concat());
}

#[test]
fn a_text_that_two_documents_would_share_was_called_absent() {
    let place = TempFolder::new();
    place.write("1.txt", "Ann and Bob are here.");
    place.write("2.txt", "Ann and Bob are here.");
    let want = "`1.txt` would be the text of this document and of another, so it is taken for neither; \
        put each text under the path of its own document";
    for third in ["2.txt", "x/1.txt"] {
        of_one_name(&place, third);
        for args in [&["labels.jsonl"][..], &["labels.jsonl", "--texts", "."]] {
            let helps = helps(&place, "", args);
            assert_eq!(helps.last().unwrap(), want, "{third} {args:?}: {helps:?}");
            assert!(helps.iter().all(|help| !help.contains("give")), "{helps:?}");
        }
    }
}

#[test]
fn a_folder_was_named_where_two_documents_would_share_its_text() {
    let place = TempFolder::new();
    place.write("docs/1.txt", "Ann and Bob are here.");
    of_one_name(&place, "2.txt");
    let want = "name their folder with `--texts DIR`, or do without them with `--no-texts`";
    assert_eq!(helps(&place, "", &["labels.jsonl"]), [want]);
    place.write("docs/2.txt", "Ann and Bob are here.");
    let want = "1 of them is in `docs`: give `--texts docs`";
    assert_eq!(helps(&place, "", &["labels.jsonl"]), [want]);
}
