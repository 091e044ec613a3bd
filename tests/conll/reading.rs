//! Files in every scheme and with every kind of columns.

use super::{convert, documents, fixture, folder, rebuilt};
use crate::support::run;

#[test]
fn every_scheme_has_the_same_labels() {
    for name in [
        "iob2.conll",
        "iob1.conll",
        "bioes.conll",
        "bilou.conll",
        "ioe.conll",
        "columns.conll",
        "windows.conll",
    ] {
        let place = folder(name, fixture(name));
        let stem = name.strip_suffix(".conll").unwrap();
        let want = format!(
            "{stem}-0001.txt - Person \"Ada Byron\", Person \"Bob\", City \"San Juan Bautista\""
        );
        assert_eq!(rebuilt(&place, name, &[]), [want]);
        let text = place.read(format!("made/{stem}-0001.txt"));
        assert_eq!(text, "Ada Byron met Bob in San Juan Bautista .", "{name}");
    }
}

#[test]
fn comments_name_documents_and_give_their_texts() {
    let place = folder("universal.conllu", fixture("universal.conllu"));
    let shown = rebuilt(&place, "universal.conllu", &[]);
    let want = "letter.txt - Person \"Ada Byron\", Person \"Bob\", City \"San Juan Bautista\"";
    assert_eq!(shown, [want]);
    assert_eq!(
        place.read("made/letter.txt"),
        "Ada Byron met Bob in San Juan Bautista."
    );
    let tokens = "# id = a\nAda B-P\n\n# id = b\n# text = # tag O\n# O\ntag B-T\nO O\n";
    let place = folder("x.conll", tokens);
    assert_eq!(
        rebuilt(&place, "x.conll", &[]),
        ["a.txt - P \"Ada\"", "b.txt - T \"tag\""]
    );
}

#[test]
fn names_of_labels_may_have_blanks_and_dashes() {
    let tokens = "Ada B-Full Name\nByron I-Full Name\n. O\n\ncell B-multi-tissue_x\n";
    let place = folder("x.conll", tokens);
    let want = [
        "x-0001.txt - Full Name \"Ada Byron\"",
        "x-0002.txt - multi-tissue_x \"cell\"",
    ];
    assert_eq!(rebuilt(&place, "x.conll", &[]), want);
    let place = folder("x.conll", "Ada PER\nmet O\nBob PER\n");
    let want = ["x-0001.txt - PER \"Ada\", PER \"Bob\""];
    assert_eq!(rebuilt(&place, "x.conll", &["--from", "conll"]), want);
}

#[test]
fn what_ends_a_document_is_told_from_the_file_or_by_the_user() {
    let marks = "-DOCSTART- -X- O O\n\na O\n\nb B-X\n\n-DOCSTART- -X- O O\n\nc B-X\n";
    let place = folder("x.conll", marks);
    let two = ["x-0001.txt - X \"b\"", "x-0002.txt - X \"c\""];
    assert_eq!(rebuilt(&place, "x.conll", &[]), two);
    assert_eq!(place.read("made/x-0001.txt"), "a\nb");
    std::fs::remove_dir_all(place.at("made")).unwrap();
    let by = |told: &str| rebuilt(&place, "x.conll", &["--document-break", told]);
    assert_eq!(by("blank").len(), 3);
    std::fs::remove_dir_all(place.at("made")).unwrap();
    assert_eq!(by("file"), ["x-0001.txt - X \"b\", X \"c\""]);
}

#[test]
fn the_files_of_a_corpus_are_one_input_and_their_names_are_sets() {
    let place = folder("train.conll", "Ada B-P\n\nBob B-P\n");
    place.write("test.conll", "Eve B-P");
    place.write("dev.conll", "Zoe B-P");
    let args = [
        "convert",
        "train.conll",
        "test.conll",
        "--to",
        "language",
        "--texts-out",
        "docs",
        "-o",
        "out.json",
        "--losses",
        "ledger",
    ];
    run(place.path(), args).expect(0);
    let want = [
        "train-0001.txt Train P \"Ada\"",
        "train-0002.txt Train P \"Bob\"",
        "test-0001.txt Test P \"Eve\"",
    ];
    assert_eq!(documents(&place, "out.json", "docs"), want);
    let done = convert(
        &place,
        "dev.conll",
        "language",
        "dev.json",
        &["--texts-out", "dev"],
    );
    done.expect(0).says("dev.json");
}

#[test]
fn hugging_face_has_tokens_too() {
    let tokens = concat!(
        r#"{"id":"a","tokens":["Ada","Byron","met","東京","."],"ner_tags":["B-P","I-P","O","B-C","O"]}"#,
        "\n",
        r#"{"id":"b","tokens":["Bob"],"ner_tags":["O"],"pos_tags":[1]}"#,
        "\n",
    );
    let place = folder("x.jsonl", tokens);
    let want = ["a.txt - P \"Ada Byron\", C \"東京\"", "b.txt - "];
    assert_eq!(rebuilt(&place, "x.jsonl", &[]), want);
    let numbers = r#"{"tokens":["Ada","met","Bob"],"ner_tags":[1,0,1]}"#;
    let place = folder("n.jsonl", format!("{numbers}\n"));
    place.write("names.txt", "O\nB-Person\nI-Person\n");
    let names = ["--label-names", "names.txt"];
    let want = ["n-0001.txt - Person \"Ada\", Person \"Bob\""];
    assert_eq!(rebuilt(&place, "n.jsonl", &names), want);
    let report = run(place.path(), ["check", "n.jsonl", "--output", "json"]).report();
    assert!(
        report.rules().contains(&"labels-are-numbers"),
        "{:?}",
        report.rules()
    );
    let ragged = r#"{"tokens":["Ada","met"],"ner_tags":["O"]}"#;
    let place = folder("r.jsonl", format!("{ragged}\n"));
    let args = [
        "check",
        "r.jsonl",
        "--format",
        "huggingface",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(1).report();
    let mut found = report.findings().iter();
    let found = found.find(|found| found["rule"] == "wrong-type").unwrap();
    assert_eq!(found["pointer"], "/ner_tags");
    assert_eq!(
        found["message"],
        "`ner_tags`: expected a tag for each token, found 1 tag for 2 tokens"
    );
}
