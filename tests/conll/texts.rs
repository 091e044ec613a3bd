//! Tokens and the texts that they were cut from.

use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations;
use labelwright::internals::pipeline::Options;
use std::fmt::Write as _;

use super::{convert, documents, folder};
use crate::support::{Report, TempFolder, run};

fn check(place: &TempFolder, status: i32) -> Report {
    let args = [
        "check",
        "x.conll",
        "--select",
        "documents",
        "--ignore",
        "document-unlisted",
        "--texts",
        "docs",
        "--output",
        "json",
    ];
    run(place.path(), args).expect(status).report()
}

#[test]
fn labels_get_their_places_in_the_text_that_has_the_tokens() {
    let tokens =
        "😀 O\nAda B-P\nByron I-P\n, O\ndid O\nn't O\n\n-LRB- O\n`` O\nParis B-C\n'' O\n-RRB- O\n";
    let place = folder("x.conll", tokens);
    place.write("docs/b/one.txt", "😀 Ada\r\nByron, didn't\n");
    place.write("docs/two.txt", "(\"Paris\")");
    place.write("docs/three.txt", "Paris");
    convert(
        &place,
        "x.conll",
        "language",
        "out.json",
        &["--texts", "docs"],
    )
    .expect(0);
    let want = ["b/one.txt - P \"Ada\\r\\nByron\"", "two.txt - C \"Paris\""];
    assert_eq!(documents(&place, "out.json", "docs"), want);
    assert_eq!(check(&place, 0).rules(), [""; 0]);
}

#[test]
fn the_first_token_that_does_not_fit_is_told() {
    let place = folder("x.conll", "# id = 1\nAda B-P\nsaw O\nBob B-P\n");
    place.write("docs/1.txt", "Ada met Bob");
    let report = check(&place, 1);
    let found = &report.findings()[0];
    let message = "the token `saw` does not stand in `1.txt`, which has `met Bob` there";
    assert_eq!(found["message"], message);
    assert_eq!((&found["line"], &found["column"]), (&3.into(), &1.into()));
    let done = convert(
        &place,
        "x.conll",
        "language",
        "out.json",
        &["--texts", "docs"],
    );
    done.expect(1);
    assert!(!place.at("out.json").exists());
}

#[test]
fn a_text_that_begins_alike_is_named_and_none_is_said_where_there_is_none() {
    let same = "The quick brown fox jumps over the lazy dog ";
    let row = |word: &str| format!("{word} O\n");
    let tokens: String = same
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(row)
        .collect();
    let place = folder("x.conll", format!("{tokens}now B-T\n\nelsewhere B-T\n"));
    place.write("docs/1.txt", format!("{same}then"));
    let report = check(&place, 1);
    let messages: Vec<&str> = report
        .findings()
        .iter()
        .map(|found| found["message"].as_str().unwrap())
        .collect();
    let want = [
        "the token `now` does not stand in `1.txt`, which has `then` there",
        "no text has these tokens",
    ];
    assert_eq!(messages, want);
}

#[test]
fn a_document_without_its_text_is_left_out_where_the_user_says_so() {
    let place = folder("x.conll", "Ada B-P\n\nEve B-P\n");
    place.write("docs/1.txt", "Ada");
    let args = ["--texts", "docs", "--skip-invalid", "--fail-on", "never"];
    convert(&place, "x.conll", "language", "out.json", &args).expect(0);
    assert_eq!(documents(&place, "out.json", "docs"), ["1.txt - P \"Ada\""]);
}

#[test]
fn texts_that_are_alike_are_ambiguous_and_a_name_settles_it() {
    let place = folder("x.conll", "Ada B-P\n");
    place.write("docs/1.txt", "Ada");
    place.write("docs/2.txt", "Ada\n");
    let report = check(&place, 0);
    assert_eq!(report.rules(), ["document-ambiguous"]);
    place.write("x.conll", "Ada B-P\n\nAda B-P\n");
    let report = check(&place, 1);
    assert!(
        report.rules().contains(&"document-duplicate"),
        "{:?}",
        report.rules()
    );
    let done = convert(
        &place,
        "x.conll",
        "language",
        "out.json",
        &["--texts", "docs"],
    );
    done.expect(1);
    place.write("x.conll", "# id = 2\nAda B-P\n\n# id = 1\nAda B-P\n");
    assert_eq!(check(&place, 0).rules(), [""; 0]);
}

#[test]
fn a_text_that_is_made_of_tokens_is_told() {
    let place = folder("x.conll", "Ada B-P\n. O\n\nBob B-P\n");
    let args = [
        "check",
        "x.conll",
        "--select",
        "documents",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(0).report();
    assert_eq!(report.rules(), ["text-rebuilt"]);
    let message = report.findings()[0]["message"].as_str().unwrap();
    assert!(
        message.starts_with("the texts of 2 documents are their tokens"),
        "{message}"
    );
    let done = convert(&place, "x.conll", "language", "out.json", &[]).expect(2);
    done.says("--texts-out");
}

#[test]
fn sentences_of_one_text_are_one_document() {
    let tokens = "Ada B-P\n. O\n\nByron B-P\n! O\n\nOne O\n\nAda B-P\nElse O\n\nAda B-P\n. O\n";
    let place = folder("x.conll", tokens);
    place.write("docs/1.txt", "Ada. Byron!\n\nOne");
    place.write("docs/2.txt", "Ada Else");
    place.write("docs/3.txt", "Ada. Byron? One");
    place.write("docs/4.txt", "Ada.");
    // A text as a whole goes before the beginning of another, so the first sentence is `4.txt`.
    let report = check(&place, 1);
    assert!(
        report.rules().contains(&"tokens-not-in-text"),
        "{:?}",
        report.rules()
    );
    std::fs::remove_file(place.at("docs/4.txt")).unwrap();
    place.write("x.conll", tokens.strip_suffix("\nAda B-P\n. O\n").unwrap());
    convert(
        &place,
        "x.conll",
        "language",
        "out.json",
        &["--texts", "docs"],
    )
    .expect(0);
    let want = ["1.txt - P \"Ada\", P \"Byron\"", "2.txt - P \"Ada\""];
    assert_eq!(documents(&place, "out.json", "docs"), want);
}

#[test]
fn where_batches_end_does_not_matter_to_what_texts_put_together() {
    let mut tokens = String::new();
    let mut texts = Vec::new();
    for number in 0..40 {
        let name = format!("{number}.txt");
        texts.push((
            name,
            format!("This is text {number}. It has two.\n").into_bytes(),
        ));
        let _ = write!(
            tokens,
            "This O\nis O\ntext O\n{number} B-N\n. O\n\nIt O\nhas O\ntwo B-N\n. O\n\n"
        );
    }
    let texts = Texts::in_memory(texts);
    let outcome = |batch_bytes, jobs| {
        let source =
            Source::in_memory(tokens.clone().into_bytes(), std::path::Path::new("x.conll"));
        let options = Options {
            batch_bytes,
            jobs,
            ..Options::default()
        };
        operations::check(&source, None, Some(&texts), &options).unwrap()
    };
    let whole = outcome(1 << 16, 1);
    assert_eq!((whole.input.documents, whole.input.labels), (40, 80));
    for batch_bytes in [1, 7, 64, 300, 1000] {
        assert_eq!(outcome(batch_bytes, 2), whole, "{batch_bytes}");
    }
}

#[test]
fn a_mark_that_a_text_begins_with_is_no_part_of_it() {
    let place = folder("x.conll", "z O\n\n\u{feff}Ada B-P\nmet O\n");
    place.write("docs/1.txt", "\u{feff}Ada met");
    place.write("docs/2.txt", "z");
    convert(
        &place,
        "x.conll",
        "language",
        "out.json",
        &["--texts", "docs"],
    )
    .expect(0);
    let project = place.read("out.json").replace([' ', '\n'], "");
    assert!(project.contains("\"offset\":0,\"length\":3"), "{project}");
    convert(
        &place,
        "x.conll",
        "aml",
        "out.jsonl",
        &["--texts-out", "made"],
    )
    .expect(0);
    assert_eq!(place.read("made/x-0002.txt"), "Ada met");
}
