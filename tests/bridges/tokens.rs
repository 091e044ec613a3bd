//! Hugging Face has two forms. That of tokens has no texts, and goes to every format and back as well.

use labelwright::internals::model::Kind;
use labelwright::internals::text::Unit;

use super::{convert, formats, labels, place_of, unit_after, unit_of};
use crate::support::{ENTITIES, TempFolder, language_label, language_project, run};

#[test]
fn tokens_of_hugging_face_go_to_every_format_and_back() {
    let place = TempFolder::new();
    let mut documents = Vec::new();
    for (number, text) in [
        "Ada\r\nByron met \u{1f600} Bob.",
        "In San Juan, \u{6771}\u{4eac}",
    ]
    .into_iter()
    .enumerate()
    {
        let (name, length) = (format!("{number}.txt"), text.encode_utf16().count());
        place.write(format!("docs/{name}"), text);
        let spans: &[(&str, usize, usize)] = match number {
            0 => &[("Person", 0, 10), ("Person", 18, 3)],
            _ => &[("City", 3, 8), ("City", 13, 2)],
        };
        let spans = spans
            .iter()
            .map(|(label, at, length)| language_label(label, *at, *length));
        let spans = spans.collect::<Vec<_>>().join(",");
        documents.push(format!(
            r#"{{"location":"{name}","language":"en-us","entities":[{{"regionOffset":0,"regionLength":{length},"labels":[{spans}]}}]}}"#
        ));
    }
    place.write(
        "in.json",
        language_project(ENTITIES, &["Person", "City"], &documents),
    );
    std::fs::create_dir(place.at("made")).unwrap();
    let wanted = labels(&place.at("in.json"));
    let all = formats(Kind::EntityRecognition);
    let find = |name: &str| *all.iter().find(|info| info.name == name).unwrap();
    let (language, tokens) = (find("language"), find("huggingface"));
    let to_tokens = |from: &str, at: &str, out: &str, given: Option<Unit>| {
        let args = [
            "convert",
            at,
            "--from",
            from,
            "--to",
            "huggingface",
            "-o",
            out,
        ];
        let form = ["--huggingface-form", "tokens", "--fail-on", "never"];
        let texts: &[&str] = if from == "brat" {
            &[]
        } else {
            &["--texts", "docs"]
        };
        let unit: &[&str] = given.map_or(&[], |_| &["--offsets"]);
        let name: Vec<&str> = given.iter().map(|unit| unit.name()).collect();
        run(
            place.path(),
            [&args[..], &form, texts, unit, &name].concat(),
        )
        .expect(0);
        assert!(!place.read(out).contains("entities"), "{from}");
    };
    to_tokens("language", "in.json", "at.jsonl", None);
    for other in &all {
        if other.name == "huggingface" {
            continue;
        }
        let there = place_of(other, "there");
        let given = unit_of(tokens, other);
        convert(&place, (tokens, "at.jsonl"), (other, &there), given).expect(0);
        let back = format!("back-{}.jsonl", other.name);
        to_tokens(other.name, &there, &back, unit_after(tokens, other, given));
        let home = format!("home-{}.json", other.name);
        convert(&place, (tokens, &back), (language, &home), None).expect(0);
        assert_eq!(labels(&place.at(&home)), wanted, "{}", other.name);
    }
}
