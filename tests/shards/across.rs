//! What shards say of documents that lie in others.

use labelwright::internals::corpus::likeness::Subset;
use labelwright::internals::corpus::{Statistics, Suspect};
use labelwright::internals::diagnostics::Location;
use labelwright::internals::json::Pointer;
use labelwright::internals::model::Address;

use super::{LEFT_OUT, shard};
use crate::support::run;

/// A line about a document, with spans as labels.
fn labeled(name: &str, labels: &[(&str, i64, i64)]) -> String {
    let labels = labels.iter().map(|(label, start, end)| {
        format!(r#"{{"label":"{label}","offsetStart":{start},"offsetEnd":{end}}}"#)
    });
    let labels: Vec<String> = labels.collect();
    let labels = labels.join(",");
    format!(r#"{{"image_url":"AmlDatastore://ds/{name}.txt","label":[{labels}]}}"#) + "\n"
}

/// A line about a document, or a picture, with a class.
fn classed(file: &str, class: &str) -> String {
    format!(r#"{{"image_url":"AmlDatastore://ds/{file}","label":{class}}}"#) + "\n"
}

/// Checks a file in two shards and as a whole, and compares. The second shard counts its records
/// from 0, so its first ones seem to come before the last ones of the first shard; `rule` has its
/// one finding on the `line` that shows whether they were counted anew.
#[track_caller]
fn compare(
    texts: &[(&str, &str)],
    [first, second]: [&[String]; 2],
    more: &[&str],
    (rule, line): (&str, u64),
) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (name, text) in texts {
        std::fs::write(folder.join(format!("{name}.txt")), text).unwrap();
    }
    let (first, second) = (first.concat(), second.concat());
    std::fs::write(folder.join("labels.jsonl"), format!("{first}{second}")).unwrap();
    shard(folder, &format!("0:{}", first.len()), "a", more);
    shard(folder, &format!("{}:", first.len()), "b", more);
    for output in ["json", "human"] {
        let output = ["--output", output];
        let whole = ["check", "labels.jsonl", "--ignore", LEFT_OUT];
        let whole = run(folder, whole.iter().chain(more).chain(&output));
        let merged = run(folder, ["merge", "a", "b"].iter().chain(&output));
        assert_eq!(merged.text(), whole.text(), "{rule}");
        assert_eq!(merged.stderr, whole.stderr, "{rule}");
        assert_eq!(merged.status, whole.status, "{rule}");
        if output[1] == "json" {
            let report = whole.report();
            let found = report.findings().iter();
            let found = found.filter(|finding| finding["rule"] == rule);
            let lines: Vec<_> = found.map(|finding| finding["line"].as_u64()).collect();
            assert_eq!(lines, [Some(line)], "{rule}: {}", whole.text());
        }
    }
}

#[test]
fn what_came_first_is_known_across_shards() {
    let without = &["--no-texts"][..];
    let plain = |name: &str| labeled(name, &[("A", 0, 3)]);
    let picture = classed("p.jpg", r#""A""#);
    let one_class = classed("c.txt", r#""A""#);
    let prediction = classed("d.txt", r#""A,B","label_confidence":[0.9,0.1]"#);
    let before = [plain("a"), plain("b"), picture.clone()];
    let after = [picture.clone(), plain("c")];
    compare(&[], [&before, &after], without, ("image-record", 3));
    let before = [one_class.clone(), one_class.clone(), prediction.clone()];
    let after = [prediction, one_class.clone()];
    compare(&[], [&before, &after], without, ("prediction-record", 3));
    let before = [
        picture.clone(),
        picture.clone(),
        plain("a"),
        one_class.clone(),
    ];
    compare(&[], [&before, &[one_class]], without, ("mixed-kinds", 4));
    let unnamed = |name: &str| labeled(name, &[("", 0, 3)]);
    let before = [plain("a"), unnamed("b")];
    compare(&[], [&before, &[unnamed("c")]], without, ("label-name", 2));
    let before = [picture.clone(), picture, plain("a")];
    compare(&[], [&before, &[plain("b")]], &[], ("document-missing", 3));
}

#[test]
fn what_texts_show_is_said_of_the_right_documents_across_shards() {
    // Few places of a surface have another label, and the first of them is in the second shard.
    let texts = ["a", "b", "c", "d", "e", "f"].map(|name| (name, "Paris in spring"));
    let place = |name: &str| labeled(name, &[("City", 0, 5)]);
    let before = ["a", "b", "c", "d"].map(place);
    let after = [place("e"), labeled("f", &[("Person", 0, 5)])];
    compare(&texts, [&before, &after], &[], ("surface-conflict", 6));
    // The same text at the end of both shards, of which the second begins with a document that
    // has none.
    let texts = [("a", "One"), ("b", "Two"), ("d", "Two")];
    let line = |name: &str| labeled(name, &[("A", 0, 3)]);
    let (before, after) = (["a", "b"].map(line), ["c", "d"].map(line));
    compare(&texts, [&before, &after], &[], ("document-same-text", 4));
    // Documents in UTF-16 after two that do not tell; the first three of them are named.
    let counted = "\u{1f600} Ann met Bob";
    let mut texts = vec![("a", "Ann met Bob"), ("b", "Ann met Bob")];
    texts.extend(["c", "d", "e", "f", "g"].map(|name| (name, counted)));
    let line = |name: &str| labeled(name, &[("A", 0, 3), ("A", 8, 11)]);
    let moved = |name: &str| labeled(name, &[("A", 3, 6), ("A", 11, 14)]);
    let before = [line("a"), line("b"), moved("c"), moved("d")];
    let after = ["e", "f", "g"].map(moved);
    let unit = ["--offsets", "codepoint"];
    compare(
        &texts,
        [&before, &after],
        &unit,
        ("offset-unit-mismatch", 3),
    );
}

/// No lines show these: they have no languages, splits, declarations or plain locations; whose
/// address occurs twice is found when the shards are put together; and where the unit is not
/// settled the whole file is checked again.
#[test]
fn statistics_that_are_shifted_are_those_that_were_counted_from_there() {
    let location = || Location {
        bytes: 0..1,
        pointer: Some(Pointer::root()),
        document: None,
    };
    let address = Address {
        written: "a-b.txt".into(),
        path: 0..7,
        container: None,
        shortens: false,
        is_composed: false,
    };
    let suspect = Suspect {
        identity: "a".to_owned(),
        container: None,
        path: "a".to_owned(),
        location: location(),
        record: 0..1,
    };
    let counted = |from: u64| {
        let mut statistics = Statistics::default();
        statistics.languages.add("en-us", from, location);
        statistics.languages.add("fr", from + 2, location);
        statistics.odd_names.add(&address, from + 1, location);
        statistics.ambiguous.add(from + 1, 1, location);
        let undeclared = statistics.undeclared.entry("A".to_owned()).or_default();
        undeclared.add(from + 2, 1, location);
        statistics.suspects.insert(from, suspect.clone());
        statistics.suspects.insert(from + 3, suspect.clone());
        let text = "one two three four five six seven";
        statistics.likeness.add_sketch(from, Subset::Train, text);
        statistics.likeness.add_sketch(from + 1, Subset::Test, text);
        statistics
    };
    assert_eq!(counted(0).languages.iter().count(), 2);
    assert_eq!(counted(0).odd_names.seen.count, 1);
    for by in [1, 7] {
        let mut shifted = counted(2);
        shifted.shift(by);
        assert_eq!(shifted, counted(2 + by));
        assert_ne!(shifted.likeness, counted(2).likeness);
    }
}
