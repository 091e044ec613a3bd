//! Sides in different formats.

use super::made::{document, folder};
use crate::support::{TempFolder, aml_line, aml_span, run};

#[test]
fn documents_without_names_are_found_by_their_texts() {
    let folder = TempFolder::new();
    folder.write("a.csv", "text,label\nGood,X\nBad,Y\nGood,X\nFine,X\n");
    folder.write("b.csv", "text,label\nBad,Y\nGood,X\nGood,Y\nFine,X\n");
    let shown = run(folder.path(), ["score", "a.csv", "b.csv"])
        .expect(0)
        .text();
    assert!(shown.contains("4 documents, 3 without an error"), "{shown}");
    assert!(shown.contains("1 `X` predicted as `Y`"), "{shown}");
    let both = run(folder.path(), ["score", "--agreement", "a.csv", "b.csv"])
        .expect(0)
        .text();
    assert!(
        both.contains("75.0 % of the documents have the same label from both"),
        "{both}"
    );
    assert!(both.contains("Cohen's kappa: 0.5000"), "{both}");
}

#[test]
fn units_and_formats_do_not_matter() {
    let text = "\u{1f600} Ada met Bob";
    let folder = folder(&[document("a.txt", text, &[("Ada", "P"), ("Bob", "P")])]);
    let spans = [aml_span("P", 2, 5), aml_span("P", 10, 13)];
    folder.write("p.jsonl", aml_line("AmlDatastore://s/docs/a.txt", &spans));
    for args in [["gold.json", "p.jsonl"], ["p.jsonl", "gold.json"]] {
        let all = ["score"]
            .into_iter()
            .chain(args)
            .chain(["--offsets", "codepoint"]);
        let shown = run(folder.path(), all).expect(0).text();
        assert!(shown.contains("1 document, 1 without an error"), "{shown}");
    }
}

#[test]
fn texts_are_looked_for_beside_gold_too() {
    let text = "\u{1f600} Ada met Bob";
    let folder = folder(&[document("a.txt", text, &[("Ada", "P")])]);
    let spans = [aml_span("P", 2, 5)];
    folder.write(
        "runs/7/p.jsonl",
        aml_line("AmlDatastore://s/docs/a.txt", &spans),
    );
    let args = [
        "score",
        "gold.json",
        "runs/7/p.jsonl",
        "--offsets",
        "codepoint",
    ];
    let shown = run(folder.path(), args).expect(0).text();
    assert!(shown.contains("1 document, 1 without an error"), "{shown}");
}
