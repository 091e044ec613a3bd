//! What a comparison looks like, and that data does nothing but stand in it.

use super::made::{document, folder, project};
use crate::support::{TempFolder, run};

const TEXT: &str = "Ada <b>met</b> Bob at https://a/?sig=SECRET in Rome";

fn sides() -> TempFolder {
    let labels = [("Ada", "Per<son>"), ("Rome", "City|x"), ("Bob", "=1+1")];
    let folder = folder(&[document("a.txt", TEXT, &labels)]);
    let found = [
        ("Ada", "City|x"),
        ("in Rome", "City|x"),
        ("met", "::error::"),
    ];
    folder.write("found.json", project(&[document("a.txt", TEXT, &found)]));
    folder
}

fn shown(folder: &TempFolder, args: &[&str]) -> String {
    let all = ["score", "gold.json", "found.json"].iter().chain(args);
    run(folder.path(), all).expect(0).text()
}

#[test]
fn the_words_with_the_labels_of_both_sides() {
    let shown = shown(&sides(), &[]);
    for line in [
        "1 document, 0 without an error; 3 labels gold, 3 predicted, 0 the same",
        "     4 errors",
        "     1 missing   in gold, and nothing predicted is near",
        "     1 boundary  right label, wrong edge",
        "     1 label     right span, wrong label",
        "     1 `Per<son>` predicted as `City|x`",
        "     gold │ ━━━ Per<son>   ━━━ =1+1                        ━━━━ City|x",
    ] {
        assert!(shown.lines().any(|it| it == line), "{line}\n{shown}");
    }
    assert!(shown.contains("https://a/?**********"), "{shown}");
    assert!(!shown.contains("::error"), "{shown}");
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
}

#[test]
fn no_words_where_none_are_wanted() {
    let folder = sides();
    for form in ["human", "json", "markdown", "html", "csv"] {
        let shown = shown(&folder, &["--redact", "--output", form]);
        for words in ["Ada", "Bob", "SECRET"] {
            assert!(!shown.contains(words), "{form}: {shown}");
        }
        // Labels are no words of documents.
        assert!(shown.contains("City"), "{form}: {shown}");
    }
    let shown = shown(&folder, &["--redact"]);
    assert!(
        shown.contains("label  gold: `Per<son>` 0..3, predicted: `City|x` 0..3"),
        "{shown}"
    );
    assert!(!self::shown(&folder, &["--worst", "0"]).contains("most errors"));
}

#[test]
fn a_page_holds_data_as_text() {
    let page = shown(&sides(), &["--output", "html"]);
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains("Content-Security-Policy"));
    assert!(page.contains("&lt;b&gt;met&lt;/b&gt;"), "words are escaped");
    assert!(!page.contains("<b>met"), "words are escaped");
    assert!(!page.contains("SECRET"));
    // Each open element is closed.
    for element in ["table", "div", "section", "article", "span"] {
        let open = page.matches(&format!("<{element}")).count();
        assert_eq!(
            open,
            page.matches(&format!("</{element}>")).count(),
            "{element}"
        );
    }
    assert!(
        page.contains("<td class=\"n h5\""),
        "the matrix has dark cells"
    );
}

#[test]
fn a_table_and_a_comment() {
    let folder = sides();
    let table = shown(&folder, &["--output", "csv"]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(
        lines[0],
        "of,label,precision,recall,f1,true_positives,false_positives,false_negatives,gold,predicted"
    );
    assert_eq!(
        lines[1],
        "label,':\\u{3a}error:\\u{3a},0,0,0,0,1,0,0,1".replacen('\'', "", 1)
    );
    assert_eq!(lines[2], "label,'=1+1,0,0,0,0,0,1,1,0");
    assert_eq!(
        lines.last(),
        Some(&"type,,0.3333333333333333,0.3333333333333333,0.3333333333333333,,,,,")
    );
    let comment = shown(&folder, &["--output", "markdown"]);
    assert!(comment.starts_with("## labelwright: score\n"), "{comment}");
    assert!(comment.contains("<code>City&#124;x</code>"), "{comment}");
}

#[test]
fn several_forms_at_once_and_without_texts() {
    let folder = sides();
    let args = [
        "--no-texts",
        "--output",
        "json=out.json",
        "--output",
        "csv=out.csv",
        "--output",
        "human",
    ];
    let shown = shown(&folder, &args);
    assert!(
        shown.contains("note: without the text of 1 document spans are compared by their numbers"),
        "{shown}"
    );
    let json: serde_json::Value = serde_json::from_str(&folder.read("out.json")).unwrap();
    assert!(
        json["customEntityRecognitionEvaluation"]
            .get("confusionMatrix")
            .is_none()
    );
    assert_eq!(json["documents"]["withoutText"], 1);
    assert_eq!(json["errors"]["boundary"], 1);
    // All of them are reports of labelwright, and replaced as such.
    self::shown(&folder, &args);
    let human = ["--output", "human=out.txt.report"];
    self::shown(&folder, &human);
    self::shown(&folder, &human);
}
