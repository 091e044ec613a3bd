//! What changes in a label file and leaves its findings what they were.

use proptest::prelude::*;

use super::corpus::{Corpus, Place};
use crate::support::{TempFolder, fixtures, run};

/// A Language project with findings, with room between its values.
#[test]
fn lines_may_move() {
    let bad = fixtures().join("rules/span-cuts-word/bad/labels.json");
    let source = std::fs::read_to_string(bad).unwrap();
    let texts = fixtures().join("rules/texts");
    let place = TempFolder::new();
    let baseline = |label_file: &str| {
        place.write("labels.json", label_file);
        let mut args = vec!["check", "labels.json", "--write-baseline", "known.jsonl"];
        args.extend(["--texts", texts.to_str().unwrap()]);
        run(place.path(), args).expect(0);
        place.read("known.jsonl")
    };
    let first = baseline(&source);
    assert!(first.contains("span-cuts-word"), "{first}");
    let value: serde_json::Value = serde_json::from_str(&source).unwrap();
    for moved in [
        source.replace('\n', "\n\n"),
        source.replace('\n', "\r\n"),
        value.to_string(),
        serde_json::to_string_pretty(&value).unwrap(),
    ] {
        assert_ne!(moved, source);
        assert_eq!(baseline(&moved), first);
    }
}

#[test]
fn documents_may_get_another_name() {
    let mut corpus = Corpus::bad();
    let place = Place::of(&corpus);
    // What a reader notes, before any text is read.
    let wrong = r#"{"image_url":"AmlDatastore://store/four.txt","label":[{"label":"City","offsetStart":-1,"offsetEnd":4}]}"#;
    place.0.write("four.txt", "Oslo lies by the sea.");
    let with_wrong = |name: &str| wrong.replace("four.txt", name) + "\n";
    place
        .0
        .write("labels.jsonl", corpus.aml() + &with_wrong("four.txt"));
    let done = place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    assert!(place.0.read("known.jsonl").contains("span-negative"));
    done.says("wrote 12 findings");
    for document in &mut corpus.0 {
        std::fs::remove_file(place.0.at(&document.name)).unwrap();
        document.name.insert_str(0, "new-");
    }
    std::fs::remove_file(place.0.at("four.txt")).unwrap();
    place.put(&corpus);
    place.0.write("new-four.txt", "Oslo lies by the sea.");
    place
        .0
        .write("labels.jsonl", corpus.aml() + &with_wrong("new-four.txt"));
    let done = place.check(&["--baseline", "known.jsonl"]).expect(0);
    done.says("known.jsonl: 0 new, 12 known, 0 fixed");
}

/// The same words in another text are another finding, also where the known one was fixed.
#[test]
fn a_finding_in_another_text_is_new() {
    let mut corpus = Corpus::bad();
    let text = "Wellington has a harbour.";
    let mut other = corpus.0[0].clone();
    (other.name, other.text, other.labels) = ("four.txt".to_owned(), text, Vec::new());
    corpus.0.push(other);
    let place = Place::of(&corpus);
    place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    corpus.remove("one.txt", 27, 34);
    corpus.label("four.txt", 0, 7, "City");
    place.put(&corpus);
    let done = place.check(&["--baseline", "known.jsonl", "--output", "json"]);
    let report = done.report();
    assert_eq!(report.rules(), ["span-cuts-word"], "{}", done.stderr);
    assert_eq!(report.findings()[0]["document"], "four.txt");
}

/// The same two documents with one text: which of them is meant tells the name, then the order.
#[test]
fn each_known_finding_is_taken_once() {
    let mut corpus = Corpus::bad();
    let mut twin = corpus.0[0].clone();
    twin.name = "twin.txt".to_owned();
    let place = Place::of(&corpus);
    place.check(&["--write-baseline", "known.jsonl"]).expect(0);
    corpus.0.push(twin);
    place.put(&corpus);
    let spans = ["--select", "span-cuts-word,span-edge-whitespace"];
    let args = [
        &spans[..],
        &["--baseline", "known.jsonl", "--output", "json"],
    ]
    .concat();
    let report = place.check(&args).report();
    let documents = report.findings().iter().map(|it| it["document"].as_str());
    assert_eq!(documents.collect::<Vec<_>>(), [Some("twin.txt"); 2]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Documents in another order, and labels without a finding before and between the others.
    #[test]
    fn order_and_neighbours_do_not_matter(
        order in Just(vec![0, 1, 2]).prop_shuffle(),
        at in prop::collection::vec((0..3_usize, 0..4_usize), 0..4),
    ) {
        let bad = Corpus::bad();
        let place = Place::of(&bad);
        let first = place.baseline(&bad);
        let mut other = Corpus(order.iter().map(|index| bad.0[*index].clone()).collect());
        // A label for each document that nothing is wrong with.
        let harmless = [("one.txt", 2, 6, "City"), ("two.txt", 4, 9, "River"), ("three.txt", 31, 37, "City")];
        let mut used = Vec::new();
        for (document, before) in at {
            let (name, start, end, label) = harmless[document];
            if used.contains(&document) {
                continue;
            }
            used.push(document);
            let labels = &mut other.document(name).labels;
            labels.insert(before.min(labels.len()), (start, end, label));
        }
        prop_assert_eq!(place.baseline(&other), first);
    }

    /// Of the labels that go, exactly the findings go; of those that come, exactly the findings are new.
    #[test]
    fn what_is_new_and_what_is_fixed_adds_up(
        taken in prop::collection::vec(any::<bool>(), 10),
        spans in prop::collection::vec((0..3_usize, 0..30_usize, 1..8_usize), 0..4),
    ) {
        let bad = Corpus::bad();
        let mut other = bad.clone();
        let mut taken = taken.into_iter();
        for document in &mut other.0 {
            document.labels.retain(|_| taken.next().unwrap());
        }
        for (document, start, length) in spans {
            let name = bad.0[document].name.clone();
            other.label(&name, start, start + length, "City");
        }
        let place = Place::of(&bad);
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
        let before = lines(&place.baseline(&bad));
        place.check(&["--write-baseline", "known.jsonl"]).expect(0);
        let after = lines(&place.baseline(&other));
        let done = place.check(&["--baseline", "known.jsonl", "--fail-on", "never"]).expect(0);
        let expected = format!(
            "known.jsonl: {} new, {} known, {} fixed",
            after.difference(&before).count(),
            after.intersection(&before).count(),
            before.difference(&after).count(),
        );
        prop_assert!(done.stderr.contains(&expected), "{}: {}", expected, done.stderr);
    }
}
