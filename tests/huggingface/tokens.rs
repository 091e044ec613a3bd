//! Records of tokens: written where the user asks for them, and read back by the texts.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{convert, lines};
use crate::support::{ENTITIES, TempFolder, language_document, language_label, language_project};

const TOKENS: [&str; 2] = ["--huggingface-form", "tokens"];

/// A label: its name, and offset and length in UTF-16 code units.
type Span<'a> = (&'a str, usize, usize);

/// A text and its labels.
type Labeled<'a> = (&'a str, &'a [Span<'a>]);

/// A folder with a project of these documents, in `in.json`. The texts are in `docs`.
fn project(documents: &[Labeled<'_>]) -> TempFolder {
    let place = TempFolder::new();
    let mut written = Vec::new();
    for (number, (text, labels)) in documents.iter().enumerate() {
        let name = format!("{number}.txt");
        let labels = labels
            .iter()
            .map(|(name, at, length)| language_label(name, *at, *length));
        let labels: Vec<String> = labels.collect();
        let length = text.encode_utf16().count();
        written.push(language_document(&name, None, length, &labels));
        place.write(format!("docs/{name}"), text);
    }
    let declared = ["Person", "Full Name", "City"];
    place.write("in.json", language_project(ENTITIES, &declared, &written));
    place
}

/// The lines that the project becomes.
fn written(place: &TempFolder, more: &[&str]) -> Vec<Value> {
    let args = [&["--texts", "docs"], &TOKENS, more].concat();
    convert(place, "in.json", "huggingface", "out.jsonl", &args).expect(0);
    lines(&place.read("out.jsonl"))
}

/// The documents of a Language file.
fn documents(place: &TempFolder, name: &str) -> Value {
    let project: Value = serde_json::from_str(&place.read(name)).unwrap();
    project["assets"]["documents"].clone()
}

#[test]
fn tags_are_names_and_tokens_end_where_labels_do() {
    let place = project(&[
        (
            "\u{1f600} Ada met Zoé-Anne.\r\n",
            &[("Full Name", 11, 3), ("Person", 3, 3)],
        ),
        ("Nobody here", &[]),
    ]);
    let want = [
        json!({
            "id": "0.txt",
            "tokens": ["\u{1f600}", "Ada", "met", "Zoé", "-", "Anne", "."],
            "ner_tags": ["O", "B-Person", "O", "B-Full Name", "O", "O", "O"],
        }),
        json!({"id": "1.txt", "tokens": ["Nobody", "here"], "ner_tags": ["O", "O"]}),
    ];
    assert_eq!(written(&place, &[]), want);
    // In the middle of a word too.
    let place = project(&[("unAdable", &[("Person", 2, 3)])]);
    assert_eq!(
        written(&place, &[])[0]["tokens"],
        json!(["un", "Ada", "ble"])
    );
}

#[test]
fn what_tokens_cannot_hold_is_told() {
    let place = project(&[("Ada  met", &[("Person", 0, 4)])]);
    let args = [&["--texts", "docs"], &TOKENS[..]].concat();
    let done = convert(&place, "in.json", "huggingface", "out.jsonl", &args).expect(0);
    done.says("texts (1)");
    done.says("white space at the edges of labels (1)");
    let args = [&args[..], &["--deny-loss"]].concat();
    convert(&place, "in.json", "huggingface", "out.jsonl", &args).expect(1);
}

#[test]
fn labels_that_overlap_are_refused_or_left_out_as_the_user_says() {
    let place = project(&[("Ada Byron met", &[("Person", 0, 3), ("Full Name", 0, 9)])]);
    let args = [&["--texts", "docs"], &TOKENS[..]].concat();
    let done = convert(&place, "in.json", "huggingface", "out.jsonl", &args).expect(1);
    done.says("--overlap");
    let tags = &written(&place, &["--overlap", "longest"])[0]["ner_tags"];
    assert_eq!(*tags, json!(["B-Full Name", "I-Full Name", "O"]));
    // As spans they stay.
    let args = ["--texts", "docs"];
    convert(&place, "in.json", "huggingface", "out.jsonl", &args).expect(0);
    assert_eq!(
        lines(&place.read("out.jsonl"))[0]["entities"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn labels_of_nothing_but_white_space_are_refused() {
    let place = project(&[("Ada  met", &[("Person", 3, 2)])]);
    let args = [&["--texts", "docs", "--fail-on", "never"], &TOKENS[..]].concat();
    convert(&place, "in.json", "huggingface", "out.jsonl", &args).expect(1);
    assert!(!place.at("out.jsonl").exists());
}

#[test]
fn classes_have_one_form() {
    let place = TempFolder::new();
    place.write("docs/0.txt", "The parcel never came.");
    let document = crate::support::class_document("0.txt", "Refund");
    place.write(
        "in.json",
        language_project(crate::support::ONE_CLASS, &["Refund"], &[document]),
    );
    let want = json!({"text": "The parcel never came.", "label": "Refund", "name": "0.txt"});
    assert_eq!(written(&place, &[]), [want]);
}

#[test]
fn records_of_tokens_come_back_by_a_ledger() {
    // Numbers of documents and of tags, other columns, another scheme, a text beside the tokens.
    let was = concat!(
        r#"{"id":"7","tokens":["Ada","met","Bob","Byron"],"ner_tags":["S-Person","O","B-Person","E-Person"],"pos_tags":[1,2,1,1]}"#,
        "\n",
        r#"{"tokens":["Nobody","here","."],"tags":["O","O","O"],"source":"mail"}"#,
        "\n",
        r#"{"id":8,"text":"In San Juan","tokens":["In","San","Juan"],"ner_tags":["O","B-City","I-City"]}"#,
        "\n",
    );
    let place = TempFolder::new();
    for (name, text) in [
        ("a", "Ada met\r\nBob Byron"),
        ("b", "Nobody here."),
        ("c", "In San Juan"),
    ] {
        place.write(format!("docs/{name}.txt"), text);
    }
    place.write("in.jsonl", was);
    let args = ["--texts", "docs", "--losses", "ledger"];
    convert(&place, "in.jsonl", "language", "out.json", &args).expect(0);
    let args = ["--texts", "docs", "--restore", "ledger"];
    convert(&place, "out.json", "huggingface", "back.jsonl", &args).expect(0);
    assert_eq!(lines(&place.read("back.jsonl")), lines(was));
    // A label that is new has its tag, on the tokens that there were.
    let changed = place.read("out.json").replacen(
        r#""labels": []"#,
        r#""labels": [{"category": "Person", "offset": 0, "length": 6}]"#,
        1,
    );
    assert_ne!(changed, place.read("out.json"));
    place.write("out.json", changed);
    convert(&place, "out.json", "huggingface", "back.jsonl", &args).expect(0);
    let back = lines(&place.read("back.jsonl"));
    assert_eq!(back[1]["tags"], json!(["B-Person", "O", "O"]));
    assert_eq!(back[0], lines(was)[0]);
}

#[test]
fn texts_of_tokens_need_no_folder_where_they_are_named() {
    let place = project(&[("Ada met", &[("Person", 0, 3)])]);
    written(&place, &[]);
    let args = ["--texts", "docs"];
    convert(&place, "out.jsonl", "language", "back.json", &args).expect(0);
    assert_eq!(documents(&place, "back.json")[0]["location"], "0.txt");
    // But a record with its text inside does, beside them.
    let inline =
        r#"{"text":"Bob met","entities":[{"start":0,"end":3,"label":"Person"}],"name":"b.txt"}"#;
    place.write("both.jsonl", place.read("out.jsonl") + inline + "\n");
    let done = convert(&place, "both.jsonl", "language", "both.json", &args).expect(2);
    done.says("--texts-out");
    assert!(!place.at("both.json").exists());
    let args = ["--texts", "docs", "--texts-out", "new"];
    convert(&place, "both.jsonl", "language", "both.json", &args).expect(0);
    assert_eq!(place.read("new/b.txt"), "Bob met");
    assert!(!place.at("new/0.txt").exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn spans_come_back_by_their_texts_and_a_ledger(
        documents in prop::collection::vec(
            prop::collection::vec(
                (
                    prop::sample::select(vec!["Ada", "\u{1f600}", "Zoe\u{308}", "\u{6771}\u{4eac}", "don't", "``", "-LRB-", "("]),
                    prop::sample::select(vec![" ", "\r\n", "\u{a0}", "\u{1c}", ""]),
                    any::<bool>(),
                ),
                1..8,
            ),
            1..5,
        ),
    ) {
        let mut texts: Vec<(String, Vec<Span<'_>>)> = Vec::new();
        for (number, words) in documents.iter().enumerate() {
            let mut text = format!("No{number} ");
            let mut labels = Vec::new();
            for (word, gap, is_labeled) in words {
                let at = text.encode_utf16().count();
                text.push_str(word);
                if *is_labeled {
                    labels.push(("Person", at, word.encode_utf16().count()));
                }
                text.push_str(gap);
            }
            labels.reverse();
            texts.push((text, labels));
        }
        prop_assume!(texts.iter().any(|(_, labels)| !labels.is_empty()));
        let all: Vec<Labeled<'_>> =
            texts.iter().map(|(text, labels)| (&**text, &**labels)).collect();
        let place = project(&all);
        written(&place, &["--losses", "ledger", "--fail-on", "never", "--ignore", "offset-unit-mismatch"]);
        let args = ["--texts", "docs", "--restore", "ledger", "--fail-on", "never", "--ignore", "offset-unit-mismatch"];
        convert(&place, "out.jsonl", "language", "back.json", &args).expect(0);
        let value = |name| serde_json::from_str::<Value>(&place.read(name)).unwrap();
        prop_assert_eq!(value("back.json"), value("in.json"));
    }
}
