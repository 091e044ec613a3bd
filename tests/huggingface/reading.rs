//! What records are read as.

use labelwright::internals::formats::{Detected, detect};

use super::{fixture, folder, labels, to_language};

#[test]
fn spans_and_classes_are_told() {
    for (name, is_told) in [
        ("spans.jsonl", true),
        ("other.jsonl", true),
        ("numbers.jsonl", true),
        ("marks.jsonl", true),
        ("single.jsonl", false),
        ("multi.jsonl", false),
    ] {
        let told = detect(fixture(name).as_bytes());
        let is_it =
            matches!(&told, Detected::Format(format, _) if format.info().name == "huggingface");
        assert_eq!(is_it, is_told, "{name}");
        assert!(is_told || matches!(told, Detected::Undecided(_)), "{name}");
    }
}

#[test]
fn spans_are_read_from_any_of_their_members() {
    let want = [
        "Weststadt",
        "9:40",
        "Nele",
        "Øresund",
        "Ottilie Å. Berg",
        "Zoe\u{308}",
        "東京",
    ];
    for name in ["spans.jsonl", "other.jsonl"] {
        let place = folder("in.jsonl", &fixture(name));
        to_language(&place, "in.jsonl", &["--fail-on", "never"]).expect(0);
        let words = labels(&place).into_iter();
        let words = words.filter_map(|line| Some(line.splitn(4, ' ').nth(3)?.to_owned()));
        let words: Vec<String> = words.collect();
        assert_eq!(words[..7], want, "{name}");
    }
}

#[test]
fn one_class_or_any_number() {
    let place = folder("in.jsonl", &fixture("single.jsonl"));
    to_language(&place, "in.jsonl", &[]).expect(0);
    let want = ["cups.txt - Damage", "lamp.txt - Delivery", "thanks.txt -"];
    assert_eq!(labels(&place), want);
    assert!(
        place
            .read("out.json")
            .contains("CustomSingleLabelClassification")
    );
    let place = folder("in.jsonl", &fixture("multi.jsonl"));
    to_language(&place, "in.jsonl", &[]).expect(0);
    assert!(
        place
            .read("out.json")
            .contains("CustomMultiLabelClassification")
    );
    assert_eq!(labels(&place)[1], "cups.txt - Refund");
}

#[test]
fn numbers_are_refused_without_their_names() {
    for name in ["numbers.jsonl", "marks.jsonl"] {
        let place = folder("in.jsonl", &fixture(name));
        let done = to_language(&place, "in.jsonl", &[]).expect(1);
        done.says("labels-are-numbers");
        assert!(!place.at("out.json").exists(), "{name}");
    }
}

#[test]
fn names_are_given_by_a_file() {
    let place = folder("in.jsonl", &fixture("numbers.jsonl"));
    place.write("names.txt", "Delivery\nDamage\n");
    to_language(&place, "in.jsonl", &["--label-names", "names.txt"]).expect(0);
    let want = [
        "in-0001.txt - Damage",
        "in-0002.txt - Delivery",
        "in-0003.txt - Delivery",
    ];
    assert_eq!(labels(&place), want);
    // A number that has none of the names is told.
    place.write("names.txt", "Delivery\n");
    std::fs::remove_file(place.at("out.json")).unwrap();
    let done = to_language(&place, "in.jsonl", &["--label-names", "names.txt"]).expect(1);
    done.says("`--label-names` has 1 name");
}

#[test]
fn a_list_with_a_mark_for_each_name_is_one_of_marks() {
    let place = folder("in.jsonl", &fixture("marks.jsonl"));
    place.write("names.txt", "Damage\nDelivery\nRefund\n");
    to_language(&place, "in.jsonl", &["--label-names", "names.txt"]).expect(0);
    let want = [
        "in-0001.txt - Damage",
        "in-0001.txt - Refund",
        "in-0002.txt - Delivery",
        "in-0003.txt -",
    ];
    assert_eq!(labels(&place), want);
    // A 0 and a 1 for two names may be both classes, or the second.
    let place = folder("in.jsonl", r#"{"text":"a","labels":[0,1]}"#);
    place.write("names.txt", "Damage\nDelivery\n");
    let done = to_language(&place, "in.jsonl", &["--label-names", "names.txt"]).expect(1);
    done.says("may be two classes or the marks of one");
    let place = folder("in.jsonl", r#"{"text":"a","labels":[0.0,1.0]}"#);
    place.write("names.txt", "Damage\nDelivery\n");
    to_language(&place, "in.jsonl", &["--label-names", "names.txt"]).expect(0);
    assert_eq!(labels(&place), ["in-0001.txt - Delivery"]);
}
