//! What a table is read as.

use serde_json::Value;

use super::{documents, fixture, folder, message, report, to_language};
use crate::support::names;

/// The kind of the project in `out.json`.
fn kind(place: &crate::support::TempFolder) -> String {
    let project: Value = serde_json::from_str(&place.read("out.json")).unwrap();
    project["metadata"]["projectKind"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn one_class_a_document() {
    let place = folder("single.csv", fixture("single.csv"));
    to_language(&place, "single.csv", &["--deny-loss"]).expect(0);
    assert_eq!(kind(&place), "CustomSingleLabelClassification");
    assert_eq!(
        documents(&place, "out.json"),
        [
            "kettle.txt Train [\"Damage\"]",
            "money.txt Train [\"Refund\"]",
            "lid.txt Test [\"Damage\"]",
            "bag.txt Test [\"Refund\"]",
        ]
    );
    assert_eq!(
        place.read("docs/lid.txt"),
        "The lid does not close any more."
    );
}

#[test]
fn a_list_anywhere_is_several_classes_everywhere() {
    let place = folder("multi.csv", fixture("multi.csv"));
    to_language(&place, "multi.csv", &["--deny-loss"]).expect(0);
    assert_eq!(kind(&place), "CustomMultiLabelClassification");
    assert_eq!(
        documents(&place, "out.json"),
        [
            "parcel.txt - [\"Delivery\", \"Damage\"]",
            "thanks.txt - []",
            "chair.txt - [\"Delivery\"]",
            "driver.txt - [\"driver's report\", \"Damage\"]",
        ]
    );
    let place = folder("mixed.csv", "text,label\na,x\nb,\nc,\"['x','y']\"\n");
    to_language(&place, "mixed.csv", &[]).expect(0);
    assert_eq!(kind(&place), "CustomMultiLabelClassification");
    assert_eq!(
        documents(&place, "out.json"),
        [
            "mixed-0001.txt - [\"x\"]",
            "mixed-0002.txt - []",
            "mixed-0003.txt - [\"x\", \"y\"]",
        ]
    );
}

#[test]
fn lists_are_written_by_python_and_by_json() {
    let table =
        "text;label\na;['caf\\xe9', \"it's\"]\nb;\"[\"\"\\ud83d\\ude00\"\"]\"\nc;[u'x',]\nd;[ ]\n";
    let place = folder("lists.csv", table);
    to_language(&place, "lists.csv", &[]).expect(0);
    assert_eq!(
        documents(&place, "out.json"),
        [
            "lists-0001.txt - [\"café\", \"it's\"]",
            "lists-0002.txt - [\"😀\"]",
            "lists-0003.txt - [\"x\"]",
            "lists-0004.txt - []",
        ]
    );
}

#[test]
fn a_list_of_anything_else_is_no_class() {
    for list in ["[1, 2]", "['a' 'b']", "[a, b]", "['a'"] {
        let place = folder("table.csv", format!("text;label\na;x\nb;{list}\n"));
        if list.ends_with(']') {
            let refused = report(&place, "table.csv", 1, &[]);
            assert_eq!(refused.rules(), ["wrong-type"], "{list}");
            let told = message(&refused, "wrong-type");
            assert!(told.contains("a class, or a list of strings"), "{told}");
            assert!(!place.at("out.json").exists());
            to_language(&place, "table.csv", &["--skip-invalid"]).expect(1);
        } else {
            to_language(&place, "table.csv", &[]).expect(0);
        }
        assert_eq!(documents(&place, "out.json").len(), 2);
    }
    // Brackets alone make no list.
    let place = folder("table.csv", "text,label\na,[x]\n");
    to_language(&place, "table.csv", &[]).expect(0);
    assert_eq!(
        documents(&place, "out.json"),
        ["table-0001.txt - [\"[x]\"]"]
    );
}

#[test]
fn a_document_without_a_name_is_called_after_its_row() {
    let place = folder("unnamed.csv", fixture("unnamed.csv"));
    to_language(&place, "unnamed.csv", &[]).expect(0);
    let want = ["unnamed-0001.txt", "unnamed-0002.txt", "unnamed-0003.txt"];
    assert_eq!(names(&place.at("docs")), want);
    // Blank rows count, so that a name holds where they are filled.
    let place = folder(
        "few.csv",
        "text,label,name\na,x,\n\nb,y,B.TXT\nc,z,\nd,x,7\n",
    );
    to_language(&place, "few.csv", &[]).expect(0);
    assert_eq!(
        names(&place.at("docs")),
        ["7.txt", "B.TXT", "few-0001.txt", "few-0004.txt"]
    );
}

#[test]
fn a_table_from_standard_input_names_its_documents_too() {
    let place = crate::support::TempFolder::new();
    let args = [
        "convert",
        "-",
        "--to",
        "language",
        "--texts-out",
        "docs",
        "-o",
        "out.json",
    ];
    crate::support::run_with(place.path(), args, b"text,label\na,x\n").expect(0);
    assert_eq!(names(&place.at("docs")), ["stdin-0001.txt"]);
}

#[test]
fn other_separators_and_line_ends() {
    let place = folder("stay.csv", fixture("semicolon-bom.csv"));
    to_language(&place, "stay.csv", &[]).expect(0);
    assert_eq!(place.read("docs/stay-0001.txt"), "The soup was cold, sadly");
    assert_eq!(
        documents(&place, "out.json")[2],
        "stay-0003.txt - [\"Food\"]"
    );
    let place = folder("films.tsv", fixture("table.tsv"));
    to_language(&place, "films.tsv", &[]).expect(0);
    assert_eq!(place.read("docs/films-0002.txt"), "I left\tafter an hour");
    assert_eq!(
        documents(&place, "out.json")[1],
        "films-0002.txt - [\"bad\"]"
    );
}

#[test]
fn a_text_is_its_cell_character_for_character() {
    let place = folder("quoted.csv", fixture("quoted.csv"));
    to_language(&place, "quoted.csv", &[]).expect(0);
    for (name, text) in [
        ("hi.txt", "He said \"hi\", twice."),
        (
            "notice.txt",
            "Dear all,\r\n\r\nthe meeting moves to noon.\r\n",
        ),
        ("emoji.txt", "line one\nline two 😀 👩\u{200d}🔧"),
        ("edges.txt", "  blanks at both edges\t"),
        ("pipe.txt", "5\" pipe; 2 m"),
        ("sum.txt", "=SUM(A1:A9)"),
    ] {
        assert_eq!(place.read(format!("docs/{name}")), text);
    }
}

#[test]
fn sets_have_several_names() {
    let table = "text,label,split\na,x,TRAIN\nb,x, test\nc,x,\nd,x,Dev\ne,x,val\n";
    let place = folder("table.csv", table);
    let report = report(&place, "table.csv", 0, &[]);
    let sets: Vec<String> = documents(&place, "out.json");
    let sets: Vec<&str> = sets
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    assert_eq!(sets, ["Train", "Test", "-", "-", "-"]);
    let told = message(&report, "lossy-conversion");
    assert!(told.contains("splits (2)"), "{told}");
}
