//! `labelwright show`: documents with their labels and findings.

use crate::support::{TempFolder, aml_line, aml_span, fixtures, run};

/// A label file with one document.
fn corpus(text: &str, labels: &str) -> TempFolder {
    let folder = TempFolder::new();
    folder.write("sub/a.txt", text);
    folder.write("b.txt", "Bob\n");
    let file = format!(
        r#"{{"projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit",
"metadata":{{"projectKind":"CustomEntityRecognition","storageInputContainerName":"c","projectName":"p",
"multilingual":false,"description":"","language":"en-us"}},
"assets":{{"projectKind":"CustomEntityRecognition","entities":[{{"category":"Person"}},{{"category":"City"}}],
"documents":[
{{"location":"sub/a.txt","language":"en-us","dataset":"Train","entities":[{{"regionOffset":0,"regionLength":{},"labels":[{labels}]}}]}},
{{"location":"b.txt","language":"en-us","entities":[]}}]}}}}"#,
        text.encode_utf16().count()
    );
    folder.write("labels.json", file);
    folder
}

fn label(category: &str, offset: usize, length: usize) -> String {
    format!(r#"{{"category":"{category}","offset":{offset},"length":{length}}}"#)
}

#[test]
fn labels_stand_below_their_words_and_findings_in_the_margin() {
    let labels = [
        label("Person", 3, 3),
        label("City", 16, 2),
        label("City", 50, 9),
    ]
    .join(",");
    let folder = corpus("😀 Ada\nlives in New York\n", &labels);
    let shown = run(folder.path(), ["show", "labels.json", "a.txt"]).expect(0);
    let out = shown.text();
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[0].starts_with("sub/a.txt  Train, en-us, 3 labels, "),
        "{out}"
    );
    let at = |line: &str| {
        lines
            .iter()
            .position(|it| *it == line)
            .unwrap_or_else(|| panic!("{line}\n{out}"))
    };
    let ada = at("     1 │ 😀 Ada");
    assert_eq!(lines[ada + 1], "       │    ─── Person");
    let york = at("W    2 │ lives in New York");
    assert_eq!(lines[york + 1], "       │          ── City");
    assert!(
        lines[york + 2].starts_with("       ╰ warning[span-cuts-word]: `City`"),
        "{out}"
    );
    at("         City at 50..59 has no place in the text");
    assert!(out.contains("error[span-out-of-bounds]"), "{out}");
}

#[test]
fn a_document_is_found_by_the_end_of_its_name_and_a_wrong_name_is_an_error() {
    let folder = corpus("Ada\n", &label("Person", 0, 3));
    for name in ["a.txt", "sub/a.txt"] {
        let out = run(folder.path(), ["show", "labels.json", name])
            .expect(0)
            .text();
        assert!(out.contains("Ada") && !out.contains("Bob"), "{name}: {out}");
    }
    let wrong = run(folder.path(), ["show", "labels.json", "sub/b.txt"]).expect(2);
    wrong.says("lists no document `sub/b.txt`; did you mean `sub/a.txt`?");
    run(folder.path(), ["show", "sub/a.txt"]).expect(2);
}

#[test]
fn without_a_name_the_first_documents_are_shown() {
    let folder = fixtures().join("pairs/demo");
    let shown = run(&folder, ["show", "demo.json", "--max-documents", "2"]).expect(0);
    let out = shown.text();
    assert!(
        out.contains("note01.txt") && out.contains("note02.txt"),
        "{out}"
    );
    assert!(!out.contains("note03.txt"), "{out}");
    shown.says("6 more documents");
}

#[test]
fn no_data_reaches_the_terminal_or_the_page_as_it_is() {
    let text = "\u{1b}[31mred\u{202e} <script>alert(1)</script>\n";
    let folder = corpus(text, &label("Person", 0, 4));
    let shown = run(
        folder.path(),
        ["show", "labels.json", "a.txt", "--color", "never"],
    );
    let out = String::from_utf8(shown.stdout).unwrap();
    assert!(
        !out.contains('\u{1b}') && !out.contains('\u{202e}'),
        "{out}"
    );
    let page = run(
        folder.path(),
        ["show", "labels.json", "a.txt", "--output", "html"],
    );
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(
        !page.contains("<script") && !page.contains('\u{202e}'),
        "{page}"
    );
    assert!(
        page.contains("&lt;script&gt;") && page.contains("script-src 'none'"),
        "{page}"
    );
}

#[test]
fn a_classification_shows_its_classes() {
    let folder = fixtures().join("language");
    let out = run(&folder, ["show", "multi.json"]).expect(0).text();
    assert!(out.contains("Santé"), "{out}");
}

#[test]
fn records_of_one_name_have_each_its_own_findings() {
    let folder = TempFolder::new();
    folder.write("1.txt", "Ada saw Rome");
    let line =
        |start: u64, end: u64| aml_line("AmlDatastore://s/1.txt", &[aml_span("City", start, end)]);
    folder.write("a.jsonl", [line(8, 11), line(0, 2)].join("\n") + "\n");
    let shown = run(folder.path(), ["show", "a.jsonl"]).expect(0).text();
    assert_eq!(
        shown.matches("it takes `Rom` of `Rome`").count(),
        1,
        "{shown}"
    );
    assert_eq!(
        shown.matches("it takes `Ad` of `Ada`").count(),
        1,
        "{shown}"
    );
}
