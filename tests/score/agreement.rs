//! `score --agreement`: two labelers.

use serde_json::Value;

use super::made::{document, folder, project};
use crate::support::{ONE_CLASS, TempFolder, class_document, language_project, run};

fn json_of(folder: &TempFolder) -> Value {
    let args = [
        "score",
        "--agreement",
        "gold.json",
        "other.json",
        "--output",
        "json",
    ];
    serde_json::from_slice(&run(folder.path(), args).expect(0).stdout).unwrap()
}

#[test]
fn spans_have_f1_and_nothing_beyond_chance() {
    let text = "Ada met Bob in Rome";
    let folder = folder(&[document(
        "a.txt",
        text,
        &[("Ada", "Person"), ("Rome", "City")],
    )]);
    folder.write(
        "other.json",
        project(&[document(
            "a.txt",
            text,
            &[("Ada", "Person"), ("Bob", "Person")],
        )]),
    );
    let scored = json_of(&folder);
    assert_eq!(scored["customEntityRecognitionEvaluation"]["microF1"], 0.5);
    assert!(scored.get("agreement").is_none());
    let shown = run(
        folder.path(),
        ["score", "--agreement", "gold.json", "other.json"],
    )
    .expect(0)
    .text();
    assert!(
        shown.starts_with("Agreement of gold.json and other.json"),
        "{shown}"
    );
    assert!(shown.contains("only the first has it"), "{shown}");
    assert!(!shown.contains("precision"), "{shown}");
}

#[test]
fn kappa_of_one_class_a_document() {
    let folder = TempFolder::new();
    let side = |classes: [&str; 5]| {
        let documents = classes.iter().enumerate();
        let documents = documents.map(|(at, class)| class_document(&format!("{at}.txt"), class));
        language_project(ONE_CLASS, &[], &documents.collect::<Vec<_>>())
    };
    (0..5).for_each(|at| folder.write(format!("{at}.txt"), "x"));
    folder.write("gold.json", side(["A", "A", "B", "B", "A"]));
    folder.write("other.json", side(["A", "B", "B", "B", "A"]));
    let agreement = &json_of(&folder)["agreement"];
    // po = 4/5, pe = 3/5 * 2/5 + 2/5 * 3/5 = 12/25.
    assert_eq!(agreement["observed"], 0.8);
    let want = (0.8 - 0.48) / (1.0 - 0.48);
    assert!((agreement["cohenKappa"].as_f64().unwrap() - want).abs() < 1e-12);
    let args = [
        "score",
        "--agreement",
        "gold.json",
        "other.json",
        "--fail-under",
        "kappa=0.7",
    ];
    run(folder.path(), args)
        .expect(1)
        .says("not met: `kappa` is 0.6154");
}
