//! Any corpus goes to Label Studio and back with the same labels.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{convert, folder, labels, to_language};

/// Texts with what is counted in more than one way: astral characters, line ends, combining marks.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Bo",
        " ",
        "\u{1f600}",
        "\r\n",
        "e\u{301}",
        "\u{6771}\u{4eac}",
        "\u{1f1eb}\u{1f1f7}",
        "\u{a0}",
        "x",
    ]);
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// A document: its text, and spans in code points.
fn document() -> impl Strategy<Value = (String, Vec<(usize, usize, &'static str)>)> {
    (
        text(),
        prop::collection::vec((0..12_usize, 1..6_usize, 0..2_usize), 0..5),
    )
        .prop_map(|(text, spans)| {
            let length = text.chars().count();
            let spans = spans.into_iter().filter_map(|(start, long, name)| {
                let start = start.min(length);
                let end = (start + long).min(length);
                (end > start).then_some((start, end, ["Person", "Place"][name]))
            });
            let spans = spans.collect();
            (text, spans)
        })
}

/// A text, and its spans: start, end and label.
type Labeled = (String, Vec<(usize, usize, &'static str)>);

fn tasks(documents: &[Labeled]) -> Value {
    let tasks = documents.iter().enumerate().map(|(number, (text, spans))| {
        let regions = spans.iter().enumerate().map(|(index, (start, end, name))| {
            json!({
                "id": format!("{}-{}", number + 1, index + 1),
                "from_name": "label", "to_name": "text", "type": "labels",
                "value": {"start": start, "end": end, "labels": [name]},
            })
        });
        json!({
            "data": {"text": text, "name": format!("{number}.txt"), "language": "en-us"},
            "annotations": [{"result": regions.collect::<Vec<_>>()}],
        })
    });
    tasks.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn spans_come_back(documents in prop::collection::vec(document(), 1..4)) {
        let mut documents = documents;
        documents.push(("Bo".to_owned(), vec![(0, 2, "Person")]));
        let tasks = tasks(&documents);
        let place = folder(tasks.to_string());
        // Spans that were drawn by lot may well look shifted.
        let lot = ["--fail-on", "never", "--ignore", "offset-unit-mismatch"];
        let more = [&["--offsets", "codepoint"], &lot[..]].concat();
        let done = to_language(&place, &more);
        prop_assume!(done.status == 0);
        let texts = [&["--texts", "docs"], &lot[..]].concat();
        convert(&place, "out.json", "label-studio", "back.json", &texts).expect(0);
        let back: Value = serde_json::from_str(&place.read("back.json")).unwrap();
        prop_assert_eq!(back, tasks);
        let first = labels(&place, "out.json");
        place.write("tasks.json", place.read("back.json"));
        to_language(&place, &more).expect(0);
        prop_assert_eq!(labels(&place, "out.json"), first);
    }
}
