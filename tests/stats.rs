//! `labelwright stats`: the numbers are those of the corpus, in every form.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{
    ENTITIES, ONE_CLASS, TempFolder, aml_line, aml_span, class_document, fixtures, label_files,
    language_document, language_label, language_project, run,
};

/// Three documents with two labels that share words, overlap, and are in sets.
fn corpus() -> TempFolder {
    let folder = TempFolder::new();
    let texts = [
        "Paris met Paul in Paris.",
        "Oslo and Paris, Rome.",
        "Nobody was there at all.",
    ];
    for (index, text) in (1..).zip(texts) {
        folder.write(format!("{index}.txt"), text);
    }
    let label = language_label;
    let documents = [
        language_document(
            "1.txt",
            Some("Train"),
            24,
            &[
                label("Person", 0, 5),
                label("Person", 10, 4),
                label("City", 18, 5),
                label("Event", 0, 23),
                label("Event", 10, 13),
            ],
        ),
        language_document(
            "2.txt",
            Some("Train"),
            21,
            &[label("City", 0, 4), label("City", 9, 5)],
        ),
        language_document("3.txt", Some("Test"), 24, &[]),
    ];
    let names = ["City", "Person", "Event", "Unused"];
    folder.write(
        "labels.json",
        language_project(ENTITIES, &names, &documents),
    );
    folder
}

fn json(folder: &TempFolder, args: &[&str]) -> Value {
    let args = ["stats", "--output", "json"].iter().chain(args);
    let done = run(folder.path(), args).expect(0);
    serde_json::from_str(&done.text()).unwrap()
}

#[test]
fn the_numbers_are_those_of_the_corpus() {
    let folder = corpus();
    let page = json(&folder, &["labels.json"]);
    let input = &page["inputs"][0];
    assert_eq!(input["kind"], ENTITIES);
    assert_eq!(
        (&input["documents"], &input["labels"]),
        (&3.into(), &7.into())
    );
    let statistics = &input["statistics"];
    let documents = &statistics["documents"];
    for (key, want) in [
        ("total", 3),
        ("Train", 2),
        ("Test", 1),
        ("unassigned", 0),
        ("labeled", 2),
        ("with_none", 1),
        ("with_one", 0),
        ("with_several", 2),
    ] {
        assert_eq!(documents[key], want, "{key}");
    }
    assert_eq!(statistics["instances"]["Train"], 7);
    // The long event holds the short one and all else; the short one holds two.
    let overlaps = &statistics["spans"]["overlaps"];
    assert_eq!(
        *overlaps,
        serde_json::json!({ "nested": 6, "crossing": 0, "equal": 0 })
    );
    assert_eq!(statistics["texts"]["characters"]["most"], 24);
    assert_eq!(statistics["surfaces"]["distinct"], 5);
    let languages = serde_json::json!([{ "name": "en-us", "documents": 3 }]);
    assert_eq!(statistics["languages"], languages);
    let labels = statistics["labels"].as_array().unwrap();
    let names: Vec<&str> = labels
        .iter()
        .map(|it| it["label"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["City", "Event", "Person", "Unused"]);
    let city = &labels[0];
    assert_eq!(
        (&city["instances"]["total"], &city["documents"]),
        (&3.into(), &2.into())
    );
    assert_eq!(city["distinct_surfaces"], 2);
    let top =
        serde_json::json!([{ "surface": "Paris", "count": 2 }, { "surface": "Oslo", "count": 1 }]);
    assert_eq!(city["top_surfaces"], top);
    assert_eq!(city["characters"]["median"], 5);
    assert_eq!(labels[1]["words"]["most"], 5);
    // `Paris` is a city twice of three times: 0.918 bits at two of three places.
    assert_eq!(city["ambiguity"], 0.612);
    assert_eq!(labels[1]["ambiguity"], 0.0);
    assert_eq!(labels[3]["instances"]["total"], 0);
}

#[test]
fn the_summary_is_that_of_a_check() {
    let mut compared = 0;
    for path in label_files() {
        let of = |command: &str| {
            let output = ["--output", "json", "--no-texts"];
            let path = path.to_str().unwrap();
            run(&fixtures(), [command, path].iter().chain(&output))
        };
        let (check, stats) = (of("check"), of("stats"));
        if stats.status == 2 {
            // It is no label file.
            assert_ne!(check.status, 0, "{}", path.display());
            continue;
        }
        let page = |text: &str| {
            let page = serde_json::from_str::<Value>(text);
            page.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let (check, mut stats) = (page(&check.text()), page(&stats.text()));
        for key in ["documents", "labels", "categories"] {
            let (own, want) = (&stats["summary"][key], &check["summary"][key]);
            assert_eq!(own, want, "{key} of {}", path.display());
        }
        stats["inputs"][0]
            .as_object_mut()
            .unwrap()
            .remove("statistics");
        assert_eq!(check["inputs"], stats["inputs"], "{}", path.display());
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn several_inputs_add_up() {
    let folder = corpus();
    folder.write("1.txt.old", "");
    let texts = folder
        .read("labels.json")
        .replace("projectName\":\"", "projectName\":\"x");
    folder.write("more.json", texts);
    let page = json(&folder, &["."]);
    assert_eq!(page["inputs"].as_array().unwrap().len(), 2);
    assert_eq!(page["summary"]["documents"], 6);
    let total = &page["summary"]["statistics"];
    assert_eq!(total["labels"][0]["instances"]["total"], 6);
    assert_eq!(total["labels"][0]["distinct_surfaces"], 2);
    let human = run(folder.path(), ["stats", "."]).expect(0).text();
    assert!(human.contains("\nall 2 files\n"), "{human}");
    let rows = run(folder.path(), ["stats", ".", "--output", "csv"])
        .expect(0)
        .text();
    assert_eq!(rows.lines().count(), 1 + 2 * 4);
}

#[test]
fn lines_fit_the_terminal() {
    let folder = fixtures().join("pairs/demo");
    let human = run(&folder, ["stats", "."]).expect(0).text();
    for line in human.lines() {
        let width = textwrap::core::display_width(line);
        assert!(width <= 80, "{width}: {line}");
        assert_eq!(line, line.trim_end());
    }
}

#[test]
fn words_and_people_are_told_where_they_may_be() {
    let folder = TempFolder::new();
    folder.write("a.txt", "Ada met Ben.");
    let line = |labeler: &str| {
        let line = aml_line("AmlDatastore://store/a.txt", &[aml_span("Secret", 0, 3)]);
        line.replacen('{', &format!("{{\"labeler\":\"{labeler}\","), 1)
    };
    folder.write("labels.jsonl", line("Jo Doe"));
    let forms = ["human", "json", "csv", "markdown", "html"];
    for form in forms {
        let print = |args: &[&str]| {
            let own = ["stats", "labels.jsonl", "--output", form];
            run(folder.path(), own.iter().chain(args)).expect(0).text()
        };
        assert!(print(&[]).contains("Ada"), "{form}");
        assert!(!print(&[]).contains("Jo Doe"), "{form}");
        assert!(!print(&["--redact"]).contains("Ada"), "{form}");
        let named = print(&["--show-labelers"]).contains("Jo Doe");
        assert_eq!(named, form != "csv", "{form}");
    }
    let one = json(&folder, &["labels.jsonl"]);
    let labelers = &one["inputs"][0]["statistics"]["labelers"];
    assert_eq!(*labelers, serde_json::json!({ "count": 1 }));
}

#[test]
fn names_act_on_nothing() {
    let folder = TempFolder::new();
    let name = "\\u001b[31m|<b>=`@x";
    let text = "\u{1b}[31mA | <b>B";
    folder.write("a.txt", text);
    let label = language_label(name, 0, text.encode_utf16().count());
    let document = language_document(
        "a.txt",
        Some("Train"),
        text.encode_utf16().count(),
        &[label],
    );
    folder.write(
        "labels.json",
        language_project(ENTITIES, &[name], &[document]),
    );
    for form in ["human", "json", "csv", "markdown", "html"] {
        let done = run(folder.path(), ["stats", "labels.json", "--output", form]).expect(0);
        let text = done.text();
        assert!(!text.contains('\u{1b}'), "{form}: {text}");
        if form == "html" {
            assert!(!text.contains("<b>B"), "{text}");
        }
    }
}

#[test]
fn what_is_left_out_is_said() {
    let folder = corpus();
    let cut = folder.read("labels.json");
    folder.write("cut.json", &cut[..cut.len() / 2]);
    let done = run(folder.path(), ["stats", "cut.json"]).expect(0);
    assert!(
        done.text().contains("`labelwright check` says why"),
        "{}",
        done.text()
    );
    let done = run(folder.path(), ["stats", "cut.json", "--output", "csv"]).expect(0);
    done.says("cut.json: ");
    let page = json(&folder, &["labels.json", "--no-texts"]);
    let left_out = &page["inputs"][0]["statistics"]["left_out"];
    assert_eq!(left_out.as_array().unwrap().len(), 1, "{left_out}");
    std::fs::remove_file(folder.at("3.txt")).unwrap();
    let human = run(folder.path(), ["stats", "labels.json"])
        .expect(0)
        .text();
    assert!(
        human.contains("note: the text of 1 document is missing"),
        "{human}"
    );
}

#[test]
fn what_cannot_be_read_prints_nothing() {
    let folder = corpus();
    folder.write("other.txt", "plain words");
    for args in [
        &["stats", "none.json"][..],
        &["stats", "other.txt"],
        &["stats", "labels.json", "other.txt"],
        &["stats", "labels.json", "--output", "xml"],
        &["stats", "labels.json", "--output", "json=labels.json"],
        &["stats", "labels.json", "--output", "csv=1.txt"],
    ] {
        let before = (folder.read("labels.json"), folder.read("1.txt"));
        let done = run(folder.path(), args);
        assert_eq!((done.status, done.stdout.len()), (2, 0), "{args:?}");
        assert!(!done.stderr.is_empty(), "{args:?}");
        assert_eq!(before, (folder.read("labels.json"), folder.read("1.txt")));
    }
}

#[test]
fn threads_change_nothing() {
    let folder = TempFolder::new();
    let mut documents = Vec::new();
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for index in 0..4_000 {
        let class = format!("Class{}", index % 7);
        *classes.entry(class.clone()).or_default() += 1;
        documents.push(class_document(&format!("{index}.txt"), &class));
    }
    let names: Vec<&str> = classes.keys().map(String::as_str).collect();
    folder.write(
        "labels.json",
        language_project(ONE_CLASS, &names, &documents),
    );
    let print = |jobs: &str| {
        let args = [
            "stats",
            "labels.json",
            "--no-texts",
            "--output",
            "json",
            "--jobs",
            jobs,
        ];
        run(folder.path(), args).expect(0).text()
    };
    assert_eq!(print("1"), print("3"));
    let page: Value = serde_json::from_str(&print("2")).unwrap();
    assert_eq!(
        page["inputs"][0]["statistics"]["labels"][0]["instances"]["total"],
        572
    );
}

#[test]
fn a_text_without_words_was_read() {
    let folder = corpus();
    folder.write("2.txt", " \n ");
    folder.write("3.txt", "");
    let page = json(&folder, &["labels.json"]);
    let statistics = &page["inputs"][0]["statistics"];
    let texts = &statistics["texts"];
    assert_eq!((&texts["read"], &texts["unread"]), (&3.into(), &0.into()));
    assert_eq!(texts["characters"]["least"], 0, "{texts}");
    let human = run(folder.path(), ["stats", "labels.json"])
        .expect(0)
        .text();
    assert!(!human.contains("could not be read"), "{human}");
}
