//! `labelwright split`: documents in Train and Test, or in folds.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::{
    ENTITIES, TempFolder, aml_line, aml_span, class_document, language_document, language_label,
    language_project as project, run,
};

/// A project of so many documents, of which every third has `Rare` and all have `Often`.
fn entities(documents: usize) -> String {
    let document = |number: usize| {
        let rare = number
            .is_multiple_of(3)
            .then(|| language_label("Rare", 4, 3));
        let labels: Vec<String> = [language_label("Often", 0, 3)]
            .into_iter()
            .chain(rare)
            .collect();
        language_document(&format!("{number:02}.txt"), None, 12, &labels)
    };
    let documents: Vec<String> = (0..documents).map(document).collect();
    project(ENTITIES, &["Often", "Rare"], &documents)
}

/// The sets of a written project, by location.
fn sets(file: &str) -> BTreeMap<String, String> {
    let project: Value = serde_json::from_str(file).unwrap();
    let documents = project["assets"]["documents"].as_array().unwrap();
    let set = |document: &Value| {
        let text = |name: &str| document[name].as_str().unwrap_or("none").to_owned();
        (text("location"), text("dataset"))
    };
    documents.iter().map(set).collect()
}

fn in_test(sets: &BTreeMap<String, String>) -> BTreeSet<&str> {
    let test = sets.iter().filter(|(_, set)| *set == "Test");
    test.map(|(location, _)| &**location).collect()
}

#[test]
fn a_project_gets_its_sets_and_every_other_byte_stays() {
    let folder = TempFolder::new();
    let before = entities(15);
    folder.write("labels.json", &before);
    let args = ["split", "labels.json", "--no-texts", "-o", "out.json"];
    let shown = run(folder.path(), args).expect(0).text();
    assert!(
        shown.starts_with("15 documents: Test 3 (20.0 %), Train 12 (80.0 %)\n"),
        "{shown}"
    );
    let after = folder.read("out.json");
    let text = after.clone();
    let without = text
        .replace(r#","dataset":"Train""#, "")
        .replace(r#","dataset":"Test""#, "");
    assert_eq!(without, before);
    let sets = sets(&after);
    assert_eq!(in_test(&sets).len(), 3);
    assert!(sets.values().all(|set| set == "Train" || set == "Test"));
    // A third has the rare label, in the test set too.
    let rare = in_test(&sets)
        .into_iter()
        .filter(|name| name[..2].parse::<u32>().unwrap() % 3 == 0);
    assert!((1..=2).contains(&rare.count()), "{sets:?}");
    // What is split already is split again, and the service's names take the place of others.
    let odd = text.replace(r#""dataset":"Test""#, r#""dataset":"test""#);
    folder.write("odd.json", odd);
    let args = ["split", "odd.json", "--no-texts", "-o", "again.json"];
    let shown = run(folder.path(), args).expect(0).text();
    assert!(
        shown.contains("before: ") && shown.contains("after:  "),
        "{shown}"
    );
    assert_eq!(folder.read("again.json"), after);
}

#[test]
fn the_order_of_the_file_and_the_threads_change_nothing_and_the_seed_does() {
    let folder = TempFolder::new();
    let document = |number: usize| {
        language_document(
            &format!("{number:02}.txt"),
            None,
            9,
            &[language_label("A", 0, 3)],
        )
    };
    let forward: Vec<String> = (0..20).map(document).collect();
    let backward: Vec<String> = forward.iter().rev().cloned().collect();
    folder.write("a.json", project(ENTITIES, &["A"], &forward));
    folder.write("b.json", project(ENTITIES, &["A"], &backward));
    let split = |file: &str, seed: &str| {
        let args = ["split", file, "--no-texts", "--seed", seed, "-o", "-", "-q"];
        sets(&run(folder.path(), args).expect(0).text())
    };
    assert_eq!(split("a.json", "1"), split("b.json", "1"));
    assert_ne!(split("a.json", "1"), split("a.json", "2"));
}

#[test]
fn equal_texts_and_groups_stay_together() {
    let folder = TempFolder::new();
    let mut lines = Vec::new();
    for number in 0..20 {
        // Each text is there twice; and a near copy of it, in a folder of its own.
        let words: Vec<String> = (0..60)
            .map(|word| format!("w{}", (number / 2) * 100 + word))
            .collect();
        let text = words.join(" ");
        let near = text.replacen('w', "changed w", 1);
        for (place, text) in [("a", &text), ("b", &near)] {
            let name = format!("{place}{}/{number:02}.txt", number % 5);
            folder.write(format!("docs/{name}"), text);
            lines.push(aml_line(
                &format!("AmlDatastore://store/{name}"),
                &[aml_span("A", 0, 2)],
            ));
        }
    }
    folder.write("export.jsonl", lines.join("\n") + "\n");
    let table = |options: &[&str]| {
        let args = ["split", "export.jsonl", "--texts", "docs", "-o", "-", "-q"];
        let out = run(folder.path(), args.iter().chain(options))
            .expect(0)
            .text();
        let mut rows = out.lines();
        assert_eq!(rows.next(), Some("document,dataset"));
        let rows: BTreeMap<String, String> = rows
            .map(|row| row.split_once(',').unwrap())
            .map(|(document, set)| (document.to_owned(), set.to_owned()))
            .collect();
        assert_eq!(rows.len(), 40);
        rows
    };
    let number = |name: &str| name[3..5].parse::<u32>().unwrap();
    let whole = |rows: &BTreeMap<String, String>, key: &dyn Fn(&str) -> String| {
        let mut sets: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (name, set) in rows {
            sets.entry(key(name)).or_default().insert(set);
        }
        sets.values().all(|sets| sets.len() == 1)
    };
    let by_text = |name: &str| format!("{}{}", &name[..1], number(name) / 2);
    let by_near = |name: &str| format!("{}", number(name) / 2);
    let by_folder = |name: &str| name[..2].to_owned();
    let plain = table(&[]);
    assert!(whole(&plain, &by_text));
    assert!(!whole(&plain, &by_near));
    assert!(whole(&table(&["--group-near"]), &by_near));
    let grouped = table(&["--group-by", "^([^/]+)/", "--test-ratio", "0.5"]);
    assert!(whole(&grouped, &by_folder) && whole(&grouped, &by_text));
}

#[test]
fn kept_documents_stay_and_the_others_fill_up() {
    let folder = TempFolder::new();
    let document = |number: usize| {
        let set = match number {
            0..2 => Some("Test"),
            2..6 => Some("Train"),
            _ => None,
        };
        language_document(
            &format!("{number:02}.txt"),
            set,
            9,
            &[language_label("A", 0, 3)],
        )
    };
    let documents: Vec<String> = (0..20).map(document).collect();
    folder.write("labels.json", project(ENTITIES, &["A"], &documents));
    let args = [
        "split",
        "labels.json",
        "--no-texts",
        "--keep",
        "--test-count",
        "5",
        "-o",
        "out.json",
    ];
    let shown = run(folder.path(), args).expect(0).text();
    assert!(
        shown.contains("6 documents kept where they were"),
        "{shown}"
    );
    let sets = sets(&folder.read("out.json"));
    assert_eq!(in_test(&sets).len(), 5);
    for (number, (_, set)) in sets.iter().enumerate().take(6) {
        assert_eq!(set, if number < 2 { "Test" } else { "Train" });
    }
    // More is kept than is wanted: that is said.
    let args = [
        "split",
        "labels.json",
        "--no-texts",
        "--keep",
        "--test-count",
        "1",
    ];
    let shown = run(folder.path(), args).expect(0).text();
    assert!(
        shown.contains("not met: Test has 2 documents instead of 1: 6 documents"),
        "{shown}"
    );
}

#[test]
fn folds_are_a_table() {
    let folder = TempFolder::new();
    folder.write("labels.json", entities(11));
    let args = [
        "split",
        "labels.json",
        "--no-texts",
        "--folds",
        "3",
        "-o",
        "folds.csv",
        "--output",
        "json",
    ];
    let report: Value = serde_json::from_slice(&run(folder.path(), args).expect(0).stdout).unwrap();
    let table = folder.read("folds.csv");
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for row in table.lines().skip(1) {
        *counts.entry(row.split_once(',').unwrap().1).or_default() += 1;
    }
    assert_eq!(counts, BTreeMap::from([("1", 4), ("2", 4), ("3", 3)]));
    assert!(table.starts_with("document,fold\n"));
    for set in report["sets"].as_array().unwrap() {
        assert_eq!(set["documents"], counts[set["name"].as_str().unwrap()]);
    }
    let often = &report["after"]["labels"]["Often"]["documents"];
    assert_eq!(often, &serde_json::json!({"1": 4, "2": 4, "3": 3}));
}

/// What a refused split says; nothing is written.
fn refused(file: &str, options: &[&str]) -> String {
    let folder = TempFolder::new();
    folder.write("labels.json", file);
    let args = ["split", "labels.json", "--no-texts", "-o", "out.json"];
    let done = run(folder.path(), args.iter().chain(options)).expect(1);
    assert!(!folder.path().join("out.json").exists());
    assert!(done.stdout.is_empty());
    done.stderr
}

#[test]
fn what_cannot_be_split_is_told_and_nothing_is_written() {
    let unlabeled: Vec<String> = (0..12)
        .map(|number| language_document(&format!("{number}.txt"), None, 9, &[]))
        .collect();
    let said = refused(&project(ENTITIES, &["A"], &unlabeled), &[]);
    assert!(
        said.contains("none of its 12 documents has a label"),
        "{said}"
    );
    let said = refused(&project(ENTITIES, &["A"], &[]), &[]);
    assert!(said.contains("it has no documents"), "{said}");
    let said = refused(&entities(2), &[]);
    assert!(
        said.contains("of 2 documents Test would get none"),
        "{said}"
    );
    let said = refused(&entities(5), &["--test-count", "5"]);
    assert!(said.contains("and Train none"), "{said}");
    let said = refused(&entities(5), &["--folds", "6"]);
    assert!(said.contains("cannot make 6 sets"), "{said}");
    let said = refused(&entities(20), &["--test-count", "4", "--group-by", "^[01]"]);
    assert!(
        said.contains("do not make a Test of 4 documents: the largest has 10 documents"),
        "{said}"
    );
    let said = refused(&entities(20), &["--group-near"]);
    assert!(said.contains("name their folder with `--texts`"), "{said}");
    let classes: Vec<String> = (0..9)
        .map(|number| class_document(&format!("{number}.txt"), "A"))
        .collect();
    let said = refused(
        &project("CustomSingleLabelClassification", &["A", "B"], &classes),
        &[],
    );
    assert!(
        said.contains("all its documents have the class `A`"),
        "{said}"
    );
    let broken = entities(9).replacen(r#""offset":0"#, r#""offset":"#, 1);
    let said = refused(&broken, &[]);
    assert!(said.contains("not all of it can be read"), "{said}");
}

#[test]
fn wrong_numbers_are_wrong_arguments() {
    let folder = TempFolder::new();
    folder.write("labels.json", entities(9));
    for (options, words) in [
        (&["--test-ratio", "1"][..], "above 0 and below 1"),
        (&["--test-ratio", "NaN"], "above 0 and below 1"),
        (&["--folds", "1"], "1 is not in 2.."),
        (&["--group-by", "("], "regex parse error"),
        (
            &["--test-ratio", "0.2", "--test-count", "3"],
            "cannot be used with",
        ),
    ] {
        let args = ["split", "labels.json"];
        run(folder.path(), args.iter().chain(options))
            .expect(2)
            .says(words);
    }
    run(
        folder.path(),
        ["split", "labels.json", "-o", "labels.json", "--force"],
    )
    .expect(2)
    .says("would be written over labels.json");
}

#[test]
fn a_document_that_is_listed_twice_has_one_row_in_the_table() {
    let folder = TempFolder::new();
    let names = ["a.txt", "b.txt", "c.txt", "a.txt", "d.txt", "e.txt"];
    let line = |name: &&str| aml_line(&format!("AmlDatastore://s/{name}"), &[aml_span("A", 0, 2)]);
    let lines: Vec<String> = names.iter().map(line).collect();
    folder.write("export.jsonl", lines.join("\n") + "\n");
    let args = ["split", "export.jsonl", "--no-texts", "-o", "sets.csv"];
    run(folder.path(), args).expect(0);
    let table = folder.read("sets.csv");
    assert_eq!(table.lines().count(), 6, "{table}");
}

#[test]
fn a_test_set_that_is_too_small_is_told_as_the_cause() {
    let folder = TempFolder::new();
    let document = |number: usize| {
        let label = if number.is_multiple_of(2) { "A" } else { "B" };
        let labels = [language_label(label, 0, 3)];
        language_document(&format!("{number:02}.txt"), None, 9, &labels)
    };
    let documents: Vec<String> = (0..20).map(document).collect();
    folder.write("labels.json", project(ENTITIES, &["A", "B"], &documents));
    let args = ["split", "labels.json", "--no-texts", "--test-count", "1"];
    let shown = run(folder.path(), args).expect(0).text();
    assert!(
        shown.contains("a set of 1 document has no room for each label; ask for a larger one"),
        "{shown}"
    );
}

#[test]
fn sets_that_are_kept_are_told_as_the_cause_and_not_groups() {
    let document = |number: usize| {
        let labels = [language_label("A", 0, 3)];
        language_document(&format!("{number:02}.txt"), Some("Train"), 9, &labels)
    };
    let documents: Vec<String> = (0..20).map(document).collect();
    let said = refused(&project(ENTITIES, &["A"], &documents), &["--keep"]);
    assert!(
        said.contains(
            "20 documents stay in the set that they have, so that Test gets 0 instead of 4"
        ),
        "{said}"
    );
}
