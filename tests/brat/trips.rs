//! From folders to other formats and back.

use proptest::prelude::*;

use super::{convert, folder, labels, letters};
use crate::support::{ENTITIES, TempFolder, language_document, language_label, language_project};

#[test]
fn a_folder_goes_to_a_project_and_back() {
    let place = letters();
    convert(&place, "in", "language", "out.json", &[]).expect(0);
    convert(&place, "out.json", "brat", "back", &["--texts", "in"]).expect(0);
    for name in [
        "train/ada.txt",
        "test/bob.txt",
        "test/bob.ann",
        "nobody.ann",
    ] {
        assert_eq!(
            place.read(format!("back/{name}")),
            place.read(format!("in/{name}"))
        );
    }
    let conf = "[entities]\nPerson\nCity\nDate\n\n[relations]\n\n[events]\n\n[attributes]\n";
    assert_eq!(place.read("back/annotation.conf"), conf);
    convert(
        &place,
        "back",
        "language",
        "again.json",
        &["--project-name", "in"],
    )
    .expect(0);
    assert_eq!(place.read("again.json"), place.read("out.json"));
}

#[test]
fn what_the_other_format_cannot_hold_is_told() {
    let place = letters();
    let done = convert(&place, "in", "aml", "out.jsonl", &["--output", "json"]).expect(0);
    let report = done.report();
    let told = report
        .findings()
        .iter()
        .find(|found| found["rule"] == "lossy-conversion");
    assert_eq!(
        told.unwrap()["message"],
        "the target format cannot hold relations (1), attributes and notes (2), splits (2)"
    );
    let more = ["--deny-loss", "--fail-on", "never"];
    convert(&place, "in", "aml", "other.jsonl", &more);
    assert!(!place.at("other.jsonl").exists());
}

#[test]
fn a_ledger_brings_back_every_line() {
    let place = letters();
    let save = ["--losses", "lost.jsonl", "--deny-loss"];
    convert(&place, "in", "language", "out.json", &save).expect(0);
    let put_back = ["--texts", "in", "--restore", "lost.jsonl"];
    convert(&place, "out.json", "brat", "back", &put_back).expect(0);
    for path in crate::support::files(&place.at("in")) {
        let name = path.strip_prefix(place.at("in")).unwrap().to_owned();
        let back = place.read(std::path::Path::new("back").join(&name));
        assert_eq!(
            back,
            std::fs::read_to_string(&path).unwrap(),
            "{}",
            name.display()
        );
    }
    // A label that is gone takes the lines about it with it.
    let project = place.read("out.json");
    let mut project: serde_json::Value = serde_json::from_str(&project).unwrap();
    let documents = project["assets"]["documents"].as_array_mut().unwrap();
    for document in documents {
        let labels = document["entities"][0]["labels"].as_array_mut().unwrap();
        labels.retain(|label| label["category"] != "City");
    }
    place.write("less.json", project.to_string());
    convert(&place, "less.json", "brat", "less", &put_back).expect(0);
    let want = "T1\tPerson 5 8;10 15\tAda Byron\nR1\tKnows Arg1:T1 Arg2:T1\t\n";
    assert_eq!(place.read("less/train/ada.ann"), want);
}

#[test]
fn a_project_comes_back_with_its_unlabeled_documents() {
    let place = TempFolder::new();
    let labels = [language_label("Person", 0, 3)];
    let mut documents = vec![language_document("a.txt", Some("Test"), 4, &labels)];
    documents.push(documents[0].replace("a.txt", "b.txt").replace(
        &documents[0][documents[0].find("\"entities\"").unwrap()..],
        "\"entities\":[]}",
    ));
    place.write(
        "in.json",
        language_project(ENTITIES, &["Person", "City"], &documents),
    );
    place.write("a.txt", "Ada.");
    place.write("b.txt", "Bob.");
    let save = ["--losses", "lost.jsonl", "--deny-loss"];
    convert(&place, "in.json", "brat", "out", &save).expect(0);
    assert!(!place.at("out/b.ann").exists());
    assert_eq!(place.read("out/b.txt"), "Bob.");
    convert(
        &place,
        "out",
        "language",
        "back.json",
        &["--restore", "lost.jsonl"],
    )
    .expect(0);
    let value =
        |name: &str| -> serde_json::Value { serde_json::from_str(&place.read(name)).unwrap() };
    assert_eq!(value("back.json"), value("in.json"));
}

#[test]
fn stretches_with_words_between_them_are_refused_or_left_out() {
    let place = folder(&[(
        "a",
        "Ada met Bob Eve",
        "T1\tPerson 0 3;8 11\tAda Bob\nT2\tPerson 12 15\tEve\n",
    )]);
    let refused = convert(&place, "in", "language", "out.json", &["--output", "json"]).expect(1);
    let report = refused.report();
    assert_eq!(report.rules(), ["span-unproven"]);
    let message = report.findings()[0]["message"].as_str().unwrap();
    assert!(message.contains("several stretches"), "{message}");
    convert(&place, "in", "language", "out.json", &["--skip-invalid"]).expect(0);
    assert_eq!(labels(&place, "out.json"), ["a.txt - Person 12+3"]);
}

#[test]
fn labels_that_brat_has_no_form_for_are_told() {
    let text = "Ada\r\n\r\nByron";
    let document = |label: String| {
        let place = TempFolder::new();
        let document = language_document("a.txt", None, 12, &[label]);
        place.write(
            "in.json",
            language_project(ENTITIES, &["First Name"], &[document]),
        );
        place.write("a.txt", text);
        place
    };
    let place = document(language_label("First Name", 0, 12));
    convert(&place, "in.json", "brat", "out", &[])
        .expect(0)
        .says("names of labels (1)");
    assert_eq!(
        place.read("out/a.ann"),
        "T1\tFirst_Name 0 3;7 12\tAda Byron\n"
    );
    assert!(
        place
            .read("out/annotation.conf")
            .starts_with("[entities]\nFirst_Name\n")
    );
    let place = document(language_label("First Name", 0, 5));
    convert(&place, "in.json", "brat", "out", &[])
        .expect(1)
        .says("line break at an edge");
}

#[test]
fn a_byte_order_mark_is_counted_and_kept() {
    let place = TempFolder::new();
    let document = language_document("a.txt", None, 11, &[language_label("Person", 8, 3)]);
    place.write(
        "in.json",
        language_project(ENTITIES, &["Person"], &[document]),
    );
    place.write("a.txt", "\u{feff}Ada met Bob");
    convert(&place, "in.json", "brat", "out", &[]).expect(0);
    assert_eq!(place.read("out/a.ann"), "T1\tPerson 9 12\tBob\n");
    assert_eq!(place.read("out/a.txt"), "\u{feff}Ada met Bob");
    convert(&place, "out", "language", "back.json", &[]).expect(0);
    assert_eq!(labels(&place, "back.json"), ["a.txt - Person 8+3"]);
}

/// Texts with what counts differently or ends lines somewhere, and where their labels are.
fn marked() -> impl Strategy<Value = Vec<(String, Vec<(usize, usize)>)>> {
    const PIECES: [&str; 16] = [
        "Ada",
        "b",
        " ",
        "\n",
        "\r\n",
        "\u{1f600}",
        "\u{e9}",
        "e\u{301}",
        "\u{6771}",
        "\t",
        "\u{2028}",
        "\u{85}",
        "\u{b}",
        "\u{1c}",
        "\u{a0}",
        "\u{1f1eb}\u{1f1f7}",
    ];
    let piece = prop::sample::select(&PIECES[..]);
    let text = prop::collection::vec(piece, 1..16);
    let document = (text, prop::collection::vec((0_usize..16, 1_usize..6), 0..5));
    let document = document.prop_map(|(pieces, spans)| {
        let pieces = [vec!["x "], pieces].concat();
        let edge = |number: usize| pieces.iter().take(number).map(|it| it.len()).sum::<usize>();
        let spans = spans
            .into_iter()
            .map(|(from, length)| (edge(from), edge(from + length)));
        let text = pieces.concat();
        let white = |char: char| char.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&char);
        let is_fine = |(from, to): &(usize, usize)| {
            let words = &text[*from..*to];
            !words.is_empty() && !words.starts_with(white) && !words.ends_with(white)
        };
        let spans = spans.filter(is_fine).collect();
        (text, spans)
    });
    prop::collection::vec(document, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn spans_come_back_as_they_were(documents in marked()) {
        let place = TempFolder::new();
        let mut written = Vec::new();
        for (number, (text, spans)) in documents.iter().enumerate() {
            let name = format!("{number:02}.txt");
            let utf16 = |text: &str| text.encode_utf16().count();
            let labels: Vec<String> = spans
                .iter()
                .map(|(from, to)| {
                    let length = utf16(&text[*from..*to]);
                    language_label("Person", utf16(&text[..*from]), length)
                })
                .collect();
            written.push(language_document(&name, None, utf16(text), &labels));
            place.write(&name, text);
        }
        place.write("in.json", language_project(ENTITIES, &["Person"], &written));
        let done = convert(&place, "in.json", "brat", "out", &[]);
        prop_assert_eq!(done.status, 0, "{}", done.stderr);
        let done = convert(&place, "out", "language", "back.json", &[]);
        prop_assert_eq!(done.status, 0, "{}", done.stderr);
        prop_assert_eq!(labels(&place, "back.json"), labels(&place, "in.json"));
        // Every line of an annotation file is one for Python too.
        for number in 0..documents.len() {
            let annotations = place.read(format!("out/{number:02}.ann"));
            let ends = ['\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}'];
            prop_assert!(!annotations.contains(ends), "{annotations:?}");
        }
    }
}
