//! What is compared between documents: texts, and the words that labels stand on.

mod documents;

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{
    ENTITIES, ONE_CLASS, TempFolder, class_document, language_document, language_label,
    language_project, run,
};

/// A document of an entity project: its name, its set, its text, and the words that are labeled.
struct Doc<'a>(&'a str, Option<&'a str>, &'a str, &'a [(&'a str, &'a str)]);

/// Writes texts and a label file about them. A word is labeled where it stands first, a repeated
/// one at its next place.
fn corpus(documents: &[Doc<'_>]) -> TempFolder {
    let folder = TempFolder::new();
    let mut written = Vec::new();
    for Doc(name, set, text, labeled) in documents {
        folder.write(name, text);
        let mut from = 0;
        let labels = labeled.iter().map(|(words, label)| {
            let start = from + text[from..].find(words).unwrap();
            from = start + words.len();
            let offset = text[..start].encode_utf16().count();
            language_label(label, offset, words.encode_utf16().count())
        });
        let labels: Vec<String> = labels.collect();
        let length = text.encode_utf16().count();
        written.push(language_document(name, *set, length, &labels));
    }
    let project = language_project(ENTITIES, &["A", "B"], &written);
    folder.write("labels.json", project);
    folder
}

/// Changes the label file of such a folder.
fn edit(folder: &TempFolder, change: impl Fn(&mut Value)) {
    let mut project = serde_json::from_str(&folder.read("labels.json")).unwrap();
    change(&mut project);
    folder.write("labels.json", project.to_string());
}

const RULES: [&str; 10] = [
    "document-duplicate",
    "document-same-text",
    "split-leak",
    "split-near-leak",
    "surface-conflict",
    "surface-conflict-in-document",
    "surface-unlabeled",
    "surface-unlabeled-in-document",
    "surface-seldom-labeled",
    "label-monotone",
];

/// What these rules say of a label file: the rule, the document and the message.
fn said(folder: &Path, file: &str) -> Vec<(String, String, String)> {
    let select = format!("--select={}", RULES.join(","));
    let run = run(folder, ["check", file, "--output", "json", &select]);
    assert_ne!(run.status, 2, "{}", run.stderr);
    let report = run.report();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = report.findings().iter();
    findings
        .map(|finding| {
            let rule = text(finding, "rule");
            (rule, text(finding, "document"), text(finding, "message"))
        })
        .collect()
}

/// The same without the messages.
fn rules(folder: &TempFolder) -> Vec<(String, String)> {
    let said = said(folder.path(), "labels.json").into_iter();
    said.map(|(rule, document, _)| (rule, document)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let expected = expected.iter();
    expected
        .map(|(rule, document)| ((*rule).to_owned(), (*document).to_owned()))
        .collect()
}

#[test]
fn a_repeated_text_is_one_finding_and_a_leak_is_no_repeat() {
    let (train, test) = (Some("Train"), Some("Test"));
    let same = "One text for all.";
    let folder = corpus(&[
        Doc("1.txt", test, same, &[]),
        Doc("2.txt", train, same, &[]),
        Doc("3.txt", train, same, &[]),
        Doc("4.txt", None, same, &[]),
        Doc("5.txt", test, same, &[]),
        Doc("6.txt", test, "Another text.", &[]),
        Doc("7.txt", test, "\u{feff}Another text.", &[]),
        Doc("8.txt", train, " ", &[]),
        Doc("9.txt", train, " ", &[]),
    ]);
    let expected = [
        ("split-leak", "1.txt"),
        ("document-same-text", "3.txt"),
        ("document-same-text", "7.txt"),
    ];
    assert_eq!(rules(&folder), pairs(&expected));
    let said = said(folder.path(), "labels.json");
    let messages = [
        "2 documents in Test have the same text as `2.txt` in Train: `1.txt`, `5.txt`",
        "2 documents have the same text as `2.txt`: `3.txt`, `4.txt`",
        "the document `7.txt` has the same text as `6.txt`",
    ];
    assert!(said.iter().map(|said| &*said.2).eq(messages), "{said:?}");
}

#[test]
fn one_location_twice_is_not_also_the_same_text() {
    let folder = corpus(&[
        Doc("1.txt", Some("Train"), "A text.", &[]),
        Doc("1.txt", Some("Test"), "A text.", &[]),
    ]);
    assert_eq!(rules(&folder), pairs(&[("document-duplicate", "1.txt")]));
}

#[test]
fn one_file_under_two_urls_is_not_the_same_text_twice() {
    let folder = TempFolder::new();
    folder.write("1.txt", "A text.");
    folder.write("2.txt", "A text.");
    let line = |url: &str| json!({"image_url": url, "label": "A"}).to_string();
    let urls = [
        "AmlDatastore://a/1.txt",
        "AmlDatastore://b/1.txt",
        "AmlDatastore://a/2.txt",
    ];
    let lines = urls.map(line).join("\n");
    folder.write("labels.jsonl", lines + "\n");
    let said = said(folder.path(), "labels.jsonl");
    let said: Vec<(&str, &str)> = said
        .iter()
        .map(|(rule, document, _)| (&**rule, &**document))
        .collect();
    assert_eq!(said, [("document-same-text", "2.txt")]);
}

#[test]
fn classes_and_summaries_have_texts_too() {
    let folder = TempFolder::new();
    for name in ["1.txt", "2.txt", "s.txt", "t.txt"] {
        folder.write(name, "The same.");
    }
    let documents = ["1.txt", "2.txt"].map(|name| class_document(name, "X"));
    let project = language_project(ONE_CLASS, &["X", "Y"], &documents);
    folder.write("labels.json", project);
    assert_eq!(rules(&folder), pairs(&[("document-same-text", "2.txt")]));
    let documents = [("1.txt", "s.txt"), ("2.txt", "t.txt")]
        .map(|(name, of)| json!({"location": name, "summaryLocation": of}).to_string());
    let project = language_project("CustomAbstractiveSummarization", &[], &documents);
    folder.write("labels.json", project);
    assert_eq!(rules(&folder), pairs(&[("document-same-text", "2.txt")]));
}

#[test]
fn the_nearest_text_is_named() {
    let words: Vec<String> = (0..60).map(|number| format!("word{number}")).collect();
    let changed = |places: &[usize]| {
        let mut words = words.clone();
        for place in places {
            "another".clone_into(&mut words[*place]);
        }
        words.join(" ")
    };
    let (near, nearer, test) = (changed(&[0, 59]), changed(&[0]), changed(&[]));
    let far = changed(&[10, 20, 30, 40]);
    let folder = corpus(&[
        Doc("near.txt", Some("Train"), &near, &[]),
        Doc("nearer.txt", Some("Train"), &nearer, &[]),
        Doc("far.txt", Some("Test"), &far, &[]),
        Doc("test.txt", Some("Test"), &test, &[]),
        Doc("other.txt", None, &changed(&[1]), &[]),
    ]);
    let said = said(folder.path(), "labels.json");
    let [(rule, document, message)] = &said[..] else {
        panic!("{said:?}");
    };
    assert_eq!((&**rule, &**document), ("split-near-leak", "test.txt"));
    // 55 of 57 shingles.
    let expected = "`test.txt` in Test is nearly the same as `nearer.txt` in Train: 96.49 % of \
        their 5-word shingles are in both";
    assert_eq!(message, expected);
}

#[test]
fn words_are_compared_where_their_labels_have_a_sure_place() {
    let oslo = ("Oslo", "A");
    let three = Doc("1.txt", None, "Oslo, Oslo and Oslo", &[oslo, oslo, oslo]);
    let forgotten = Doc("2.txt", None, "Rome, Oslo", &[("Rome", "A")]);
    let folder = corpus(&[three, forgotten]);
    assert_eq!(rules(&folder), pairs(&[("surface-unlabeled", "2.txt")]));

    // One label past the end: nothing in that document is sure.
    edit(&folder, |project| {
        project["assets"]["documents"][1]["entities"][0]["labels"][0]["offset"] = json!(90);
    });
    assert_eq!(rules(&folder), []);
}

#[test]
fn two_labels_on_one_place_are_no_conflict_between_places() {
    let a = ("Oslo", "A");
    let four = Doc("1.txt", None, "Oslo Oslo Oslo Oslo", &[a, a, a, a]);
    let folder = corpus(&[four, Doc("2.txt", None, "Oslo", &[("Oslo", "B")])]);
    assert_eq!(rules(&folder), pairs(&[("surface-conflict", "2.txt")]));

    edit(&folder, |project| {
        let labels = &mut project["assets"]["documents"][1]["entities"][0]["labels"];
        let mut other = labels[0].clone();
        other["category"] = json!("A");
        labels.as_array_mut().unwrap().push(other);
    });
    assert_eq!(rules(&folder), []);
}

#[test]
fn a_text_that_is_too_long_to_be_kept_is_read_again() {
    let oslo = ("Oslo", "A");
    let three = Doc("1.txt", None, "Oslo, Oslo and Oslo", &[oslo, oslo, oslo]);
    let long = format!("Rome{}Oslo", "\n".repeat(65 << 20));
    let short = Doc("3.txt", None, "Rome, Oslo", &[("Rome", "A")]);
    let folder = corpus(&[three, Doc("2.txt", None, &long, &[("Rome", "A")]), short]);
    let both = [
        ("surface-unlabeled", "2.txt"),
        ("surface-unlabeled", "3.txt"),
    ];
    assert_eq!(rules(&folder), pairs(&both));
}
