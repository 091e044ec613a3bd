//! A project and an export that were both changed since they had one ancestor.

use serde_json::{Value, json};

use super::{labels, new, sync};
use crate::support::{
    ENTITIES, TempFolder, aml_line, aml_span, language_document, language_label, language_project,
};

const TEXT: &str = "Ada met Bob, Cyd met Dan.\n";

/// Labels of one document: name, start and end.
type Labels<'a> = &'a [(&'a str, usize, usize)];

fn project(documents: &[(&str, Labels<'_>)]) -> String {
    let documents: Vec<String> = documents
        .iter()
        .map(|(name, spans)| {
            let labels = spans
                .iter()
                .map(|(label, start, end)| language_label(label, *start, end - start));
            language_document(name, None, TEXT.len(), &labels.collect::<Vec<_>>())
        })
        .collect();
    language_project(ENTITIES, &["Person", "City"], &documents)
}

fn export(documents: &[(&str, Labels<'_>)]) -> String {
    let lines = documents.iter().map(|(name, spans)| {
        let spans: Vec<String> = spans
            .iter()
            .map(|(label, start, end)| aml_span(label, start, end))
            .collect();
        aml_line(&format!("AmlDatastore://store/{name}"), &spans) + "\n"
    });
    lines.collect()
}

/// The three files, over texts of any name.
fn corpus(
    base: &[(&str, Labels<'_>)],
    ours: &[(&str, Labels<'_>)],
    theirs: &[(&str, Labels<'_>)],
) -> TempFolder {
    let folder = TempFolder::new();
    for (name, _) in base.iter().chain(ours).chain(theirs) {
        folder.write(name, TEXT);
    }
    folder.write("base.json", project(base));
    folder.write("project.json", project(ours));
    folder.write("export.jsonl", export(theirs));
    folder
}

const ADA: (&str, usize, usize) = ("Person", 0, 3);
const BOB: (&str, usize, usize) = ("Person", 8, 11);
const CYD: (&str, usize, usize) = ("Person", 13, 16);

#[test]
fn what_only_one_side_changed_is_kept_or_taken() {
    let base: Labels<'_> = &[ADA, BOB];
    // The project has another label for Ada, the export found Cyd and gave up Bob.
    let ours: Labels<'_> = &[("City", 0, 3), BOB];
    let theirs: Labels<'_> = &[ADA, CYD];
    let folder = corpus(&[("1.txt", base)], &[("1.txt", ours)], &[("1.txt", theirs)]);
    sync(&folder, &["--base", "base.json"]).expect(0);
    let label = |name: &str, start| (name.to_owned(), start, 3);
    assert_eq!(
        labels(&new(&folder), 0),
        [label("City", 0), label("Person", 13)]
    );
    // Without the ancestor the labels are those of the export.
    sync(&folder, &["--force"]).expect(0);
    assert_eq!(
        labels(&new(&folder), 0),
        [label("Person", 0), label("Person", 13)]
    );
}

#[test]
fn what_both_changed_differently_is_refused_until_a_side_is_preferred() {
    let base: Labels<'_> = &[ADA, BOB];
    let ours: Labels<'_> = &[("City", 0, 3), BOB];
    let theirs: Labels<'_> = &[("Name", 0, 3), BOB, CYD];
    let folder = corpus(&[("1.txt", base)], &[("1.txt", ours)], &[("1.txt", theirs)]);
    let refused = sync(&folder, &["--base", "base.json"]).expect(1);
    refused.says(
        "1 conflict\n  1.txt: before `Person` on `Ada` at 1:1, in the project `City` on `Ada` at 1:1, \
         in the export `Name` on `Ada` at 1:1\n",
    );
    refused
        .says("refused: 1 conflict; `--prefer project` or `--prefer export` says which side wins");
    assert!(!folder.at("new.json").exists());
    for (side, name) in [("project", "City"), ("export", "Name")] {
        let args = ["--base", "base.json", "--prefer", side, "--force"];
        sync(&folder, &args).expect(0);
        let label = |name: &str, start| (name.to_owned(), start, 3);
        let want = [label(name, 0), label("Person", 8), label("Person", 13)];
        assert_eq!(labels(&new(&folder), 0), want);
    }
    let args = ["--base", "base.json", "--output", "json=report.json"];
    sync(&folder, &[&args[..], &["--force"]].concat()).expect(1);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["conflicts"][0]["project"]["label"], json!("City"));
    assert_eq!(report["summary"]["written"], json!(false));
}

#[test]
fn a_document_that_the_project_removed_stays_out_unless_the_export_changed_it() {
    let two: &[(&str, Labels<'_>)] = &[("1.txt", &[ADA]), ("2.txt", &[BOB])];
    let one: &[(&str, Labels<'_>)] = &[("1.txt", &[ADA])];
    let folder = corpus(two, one, two);
    let done = sync(&folder, &["--base", "base.json"]).expect(0);
    done.says("1 document left out, which the project has removed since the ancestor\n  2.txt");
    assert_eq!(folder.read("new.json"), folder.read("project.json"));
    let changed: &[(&str, Labels<'_>)] = &[("1.txt", &[ADA]), ("2.txt", &[BOB, CYD])];
    let folder = corpus(two, one, changed);
    let refused = sync(&folder, &["--base", "base.json"]).expect(1);
    refused.says("2.txt: the project has removed it, and the export has changed it");
    sync(&folder, &["--base", "base.json", "--prefer", "project"]).expect(0);
    assert_eq!(folder.read("new.json"), folder.read("project.json"));
    sync(
        &folder,
        &["--base", "base.json", "--prefer", "export", "--force"],
    )
    .expect(0);
    assert_eq!(labels(&new(&folder), 1).len(), 2);
}
