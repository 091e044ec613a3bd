//! Files as they are written.

use super::{convert, documents, folder};
use crate::support::{
    ENTITIES, TempFolder, language_document, language_label, language_project, run,
};

/// A project with one document and these labels: name, offset and length.
fn project(text: &str, labels: &[(&str, usize, usize)]) -> TempFolder {
    let names: Vec<&str> = labels.iter().map(|(name, ..)| *name).collect();
    let labels: Vec<String> = labels
        .iter()
        .map(|(name, offset, length)| language_label(name, *offset, *length))
        .collect();
    let length = text.encode_utf16().count();
    let document = language_document("1.txt", None, length, &labels);
    let place = folder("in.json", language_project(ENTITIES, &names, &[document]));
    place.write("docs/1.txt", text);
    place
}

fn write(place: &TempFolder, more: &[&str]) -> String {
    let more = [&["--texts", "docs", "--force"], more].concat();
    convert(place, "in.json", "conll", "out.conll", &more).expect(0);
    place.read("out.conll")
}

#[test]
fn each_profile_has_its_lines() {
    let text = "Ada Byron met Émile.\r\nIn 東京, 2022.";
    let place = project(text, &[("Full Name", 0, 9), ("City", 25, 2)]);
    let aml = "Ada B-Full Name\nByron I-Full Name\nmet O\nÉ O\nmile O\n. O\nIn O\n東京 B-City\n, O\n2022 O\n. O\n";
    assert_eq!(write(&place, &[]), aml);
    let doccano = "Ada\tB-Full_Name\nByron\tI-Full_Name\nmet\tO\nÉmile\tO\n.\tO\nIn\tO\n東京\tB-City\n,\tO\n2022\tO\n.\tO\n";
    assert_eq!(write(&place, &["--conll-profile", "doccano"]), doccano);
    let of_2003 = "-DOCSTART- -X- O O\n\nAda -X- _ B-Full_Name\nByron -X- _ I-Full_Name\nmet -X- _ O\n\
        Émile -X- _ O\n. -X- _ O\n\nIn -X- _ O\n東京 -X- _ B-City\n, -X- _ O\n2022 -X- _ O\n. -X- _ O\n";
    assert_eq!(write(&place, &["--conll-profile", "2003"]), of_2003);
}

#[test]
fn edges_inside_a_word_cut_it() {
    let place = project("unbelievable", &[("X", 2, 7)]);
    assert_eq!(write(&place, &[]), "un O\nbelieva B-X\nble O\n");
    let place = project("AdaBob", &[("P", 3, 3), ("P", 0, 3)]);
    assert_eq!(write(&place, &[]), "Ada B-P\nBob B-P\n");
}

#[test]
fn what_would_be_read_as_something_else_is_cut() {
    let place = project("-DOCSTART- x", &[("P", 0, 10)]);
    assert_eq!(write(&place, &[]), "- B-P\nDOCSTART- I-P\nx O\n");
    let place = project("#a=b", &[("P", 0, 4)]);
    let args = ["--conll-profile", "2003"];
    let written = write(&place, &args);
    convert(
        &place,
        "out.conll",
        "language",
        "back.json",
        &["--texts", "docs"],
    )
    .expect(0);
    assert_eq!(
        documents(&place, "back.json", "docs"),
        ["1.txt - P \"#a=b\""],
        "{written}"
    );
}

#[test]
fn labels_that_overlap_are_refused_or_left_out() {
    let place = project("New York City", &[("A", 4, 9), ("B", 0, 8), ("C", 4, 9)]);
    let args = ["--texts", "docs", "--output", "json"];
    let report = convert(&place, "in.json", "conll", "out.conll", &args)
        .expect(1)
        .report();
    let mut found = report.findings().iter();
    let found = found
        .find(|found| found["rule"] == "no-counterpart")
        .unwrap();
    let message = "CoNLL has no form for labels that overlap: 2 labels in 1 document";
    assert_eq!(found["message"], message);
    assert!(
        found["help"]
            .as_str()
            .unwrap()
            .contains("--overlap longest")
    );
    assert!(
        found["pointer"].as_str().unwrap().ends_with("/labels/0"),
        "{found}"
    );
    assert!(!place.at("out.conll").exists());
    let longest = write(&place, &["--overlap", "longest"]);
    assert_eq!(longest, "New O\nYork B-A\nCity I-A\n");
    let first = write(&place, &["--overlap", "first", "--losses", "ledger"]);
    assert_eq!(first, "New B-B\nYork I-B\nCity O\n");
    assert_eq!(place.read("ledger").matches("\"left-out\"").count(), 2);
    let args = ["--texts", "docs", "--overlap", "first", "--force"];
    let done = convert(&place, "in.json", "conll", "out.conll", &args).expect(0);
    done.says("overlapping labels left out (2)");
}

#[test]
fn spans_without_a_token_are_refused() {
    let place = project("Ada met", &[("A", 3, 1)]);
    let args = ["--texts", "docs", "--output", "json"];
    let report = convert(&place, "in.json", "conll", "out.conll", &args)
        .expect(1)
        .report();
    assert!(
        report.rules().contains(&"span-unproven"),
        "{:?}",
        report.rules()
    );
}

#[test]
fn a_file_comes_out_as_it_is() {
    let content = "a\tB-X\r\nb\tO\r\n\r\n\r\nc\tS-Y";
    let place = folder("x.conll", content);
    let args = ["convert", "x.conll", "--to", "conll", "-o", "out.conll"];
    run(place.path(), args).expect(0);
    assert_eq!(place.read("out.conll"), content);
}
