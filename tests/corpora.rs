//! Random label files that hold everything their format may.

use std::fmt::Write;

use proptest::prelude::*;

/// Lines of an AML file of one kind in canonical layout, with everything that a Language file
/// has no place for, and the text that all documents share.
pub(crate) fn any_lines() -> impl Strategy<Value = (String, String)> {
    let value = prop::sample::select(vec![
        "1.000000000000000005",
        "1e400",
        "-0",
        "\"\\u00e9\\/\"",
        "{\"a\":[1,{}]}",
        "null",
        "[]",
    ]);
    let confidence = prop::sample::select(vec!["1.0", "0.25", "1", "0.5e0"]);
    let line = (
        prop::collection::vec(
            (
                0_usize..6,
                0_usize..3,
                confidence,
                prop::option::weighted(0.2, value.clone()),
            ),
            0..5,
        ),
        prop::option::weighted(0.7, Just(())),
        prop::collection::vec(("[a-z]{3}_x", value), 0..3),
        prop::option::weighted(0.4, Just("Someone")),
        prop::sample::select(vec!["f", "f", "g/h"]),
    );
    let lines = prop::collection::vec(line, 1..6);
    (lines, 0_usize..3).prop_map(|(lines, kind)| {
        let words = ["Rome", "Oslo", "Bonn", "Lima", "Kyiv", "Nice"];
        let mut out = String::new();
        for (number, (labels, confident, unknown, labeler, folder)) in lines.into_iter().enumerate() {
            let url = format!("AmlDatastore://store/{folder}/{number}.txt");
            write!(out, "{{\"image_url\":\"{url}\",\"label\":").unwrap();
            let mut parts = Vec::new();
            let mut confidences = Vec::new();
            let first = (0, 0, "0.75", None);
            let labels = if kind == 0 && labels.is_empty() { vec![first] } else { labels };
            let labels = if kind == 0 { labels[..1].to_vec() } else { labels };
            // At least one label tells the kind of the file.
            let labels = if number == 0 && labels.is_empty() { vec![first] } else { labels };
            for (word, label, confidence, member) in labels {
                let name = ["A", "B b", "ü"][label];
                parts.push(if kind == 2 {
                    let (start, end) = (5 * word, 5 * word + 4);
                    let member = member.map_or_else(String::new, |raw| format!(",\"m~/\":{raw}"));
                    format!("{{\"label\":\"{name}\",\"offsetStart\":{start},\"offsetEnd\":{end}{member}}}")
                } else {
                    format!("\"{name}\"")
                });
                confidences.push(confidence);
            }
            let (parts, confidences) = (parts.join(","), confidences.join(","));
            if kind == 0 {
                write!(out, "{parts}").unwrap();
            } else {
                write!(out, "[{parts}]").unwrap();
            }
            if confident.is_some() && kind == 0 {
                write!(out, ",\"label_confidence\":{confidences}").unwrap();
            } else if confident.is_some() {
                write!(out, ",\"label_confidence\":[{confidences}]").unwrap();
            }
            if let Some(labeler) = labeler {
                write!(out, ",\"labeler\":\"{labeler}\",\"labeling_time_in_seconds\":12.50").unwrap();
            }
            let mut seen = std::collections::BTreeSet::new();
            for (name, raw) in unknown {
                if seen.insert(name.clone()) {
                    write!(out, ",\"{name}\":{raw}").unwrap();
                }
            }
            out.push_str("}\n");
        }
        (out, words.join(" "))
    })
}

/// Makes choices out of random bytes, and the first of each when they are used up.
pub(crate) struct Dice<'a>(pub(crate) std::slice::Iter<'a, u8>);

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % sides
    }

    fn pick<'v>(&mut self, values: &[&'v str]) -> &'v str {
        values[self.roll(values.len())]
    }

    /// An object of these members, raw, sometimes in another order and with one that is unknown.
    fn object(&mut self, mut members: Vec<String>) -> String {
        if self.roll(3) == 1 {
            let name = self.pick(&["zz", "a/b", "m~n", "é"]);
            let value = self.pick(&[
                "1.000000000000000005",
                "null",
                "[1,{\"q\":[]}]",
                "-0",
                "\"\\u00e9\"",
            ]);
            members.push(format!("\"{name}\": {value}"));
        }
        if self.roll(2) == 1 {
            members.reverse();
        }
        format!("{{{}}}", members.join(", "))
    }
}

const CATEGORIES: [&str; 4] = ["City", "Größe", "日付", "a\\\"b"];
/// The text of all documents of [`any_language_file`].
pub(crate) const TEXT: &str = "Rome met 😀 in 東京.\r\nThen Lima.";

/// A Language file of one of the three kinds that have a counterpart, with all that it may hold.
pub(crate) fn any_language_file(dice: &mut Dice<'_>, kind: usize) -> String {
    let length = TEXT.encode_utf16().count();
    let offsets = |at: usize| TEXT.chars().take(at).map(char::len_utf16).sum::<usize>();
    let chars = TEXT.chars().count();
    let span = |dice: &mut Dice<'_>| {
        let (a, b) = (dice.roll(chars), dice.roll(chars));
        let (start, end) = (offsets(a.min(b)), offsets(a.max(b) + 1));
        (start, end - start)
    };
    let category = |dice: &mut Dice<'_>| format!("\"category\": \"{}\"", dice.pick(&CATEGORIES));
    let mut documents = Vec::new();
    for number in 0..=dice.roll(5) {
        let folder = dice.pick(&["", "sub/", "é "]);
        let mut members = vec![format!("\"location\": \"{folder}d{number}.txt\"")];
        if let language @ ("\"de\"" | "null" | "\"en-us\"") =
            dice.pick(&["\"en-us\"", "\"de\"", "null", ""])
        {
            members.push(format!("\"language\": {language}"));
        }
        if let dataset @ ("\"Test\"" | "null") = dice.pick(&["", "\"Test\"", "null"]) {
            members.push(format!("\"dataset\": {dataset}"));
        }
        // The first document tells what the lines of the AML file are.
        let labels = if number == 0 { 9 } else { dice.roll(10) };
        match (kind, labels) {
            (_, 0) => {}
            (0, 1) => members.push("\"entities\": null".to_owned()),
            (0, 2) => members.push("\"entities\": []".to_owned()),
            (0, _) => {
                let mut regions = Vec::new();
                for _ in 0..=dice.roll(3) {
                    let mut labels = Vec::new();
                    for _ in 0..=dice.roll(3) {
                        let (offset, length) = span(dice);
                        let name = category(dice);
                        let numbers = [
                            format!("\"offset\": {offset}"),
                            format!("\"length\": {length}"),
                        ];
                        labels.push(dice.object([vec![name], numbers.to_vec()].concat()));
                    }
                    let (offset, length) = if dice.roll(2) == 0 {
                        (0, length)
                    } else {
                        span(dice)
                    };
                    regions.push(dice.object(vec![
                        format!("\"regionOffset\": {offset}"),
                        format!("\"regionLength\": {length}"),
                        format!("\"labels\": [{}]", labels.join(", ")),
                    ]));
                }
                members.push(format!("\"entities\": [{}]", regions.join(", ")));
            }
            (1, 1) => members.push("\"class\": null".to_owned()),
            (1, 2) => members.push(format!("\"class\": [{{{}}}]", category(dice))),
            (1, _) => {
                let name = category(dice);
                members.push(format!("\"class\": {}", dice.object(vec![name])));
            }
            (_, 1) => members.push("\"classes\": null".to_owned()),
            (_, 2) => members.push("\"classes\": []".to_owned()),
            _ => {
                let name = category(dice);
                members.push(format!("\"classes\": [{}]", dice.object(vec![name])));
            }
        }
        documents.push(dice.object(members));
    }
    let kind_name = [
        "CustomEntityRecognition",
        "CustomSingleLabelClassification",
        "CustomMultiLabelClassification",
    ][kind];
    let declared = ["entities", "classes", "classes"][kind];
    let first = dice.object(vec!["\"category\": \"City\"".to_owned()]);
    let mut metadata = vec![
        format!("\"projectKind\": \"{kind_name}\""),
        "\"storageInputContainerName\": \"c\", \"projectName\": \"p\"".to_owned(),
        format!("\"language\": \"{}\"", dice.pick(&["en-us", "de"])),
    ];
    if dice.roll(2) == 1 {
        metadata.push("\"multilingual\": true, \"description\": null, \"settings\": {\"confidenceThreshold\": 0.50}".to_owned());
    }
    let assets = dice.object(vec![
        format!("\"projectKind\": \"{kind_name}\""),
        format!("\"{declared}\": [{first}, {{\"category\": \"unused\"}}]"),
        format!("\"documents\": [{}]", documents.join(", ")),
    ]);
    let metadata = dice.object(metadata);
    dice.object(vec![
        "\"projectFileVersion\": \"2023-04-01\", \"stringIndexType\": \"Utf16CodeUnit\"".to_owned(),
        format!("\"metadata\": {metadata}"),
        format!("\"assets\": {assets}"),
    ])
}
