//! What nobody may see is in no report: signatures, and with `--redact` the words of documents.

use std::fs;
use std::path::Path;

use super::FORMS;
use crate::support::{TempFolder, aml_line, aml_span, args, files, fixtures, names, run};

/// All forms, as files of a run.
fn outputs() -> Vec<String> {
    let forms = FORMS.into_iter().chain(["human", "html"]);
    forms
        .flat_map(|form| ["--output".to_owned(), format!("{form}=out.{form}")])
        .collect()
}

/// Insists that a word is in none of the reports of a run, nor on its streams.
#[track_caller]
fn hides(folder: &Path, command: &[String], word: &str) -> bool {
    let done = run(folder, command);
    let streams = format!("{}{}", done.text(), done.stderr);
    assert!(!streams.contains(word), "{command:?}: {streams}");
    let mut reports = names(folder);
    reports.retain(|name| name.starts_with("out."));
    for name in &reports {
        let report = fs::read_to_string(folder.join(name)).unwrap();
        let line = report.lines().find(|line| line.contains(word));
        assert!(line.is_none(), "{command:?} {name}: {line:?}");
        fs::remove_file(folder.join(name)).unwrap();
    }
    !reports.is_empty()
}

#[test]
fn a_signature_is_in_no_report() {
    const WORD: &str = "SeCrEt";
    let place = TempFolder::new();
    place.write(
        "1.txt",
        format!("See https://a/b?sv=1&sig={WORD} for Rome."),
    );
    let name = format!("A?sig={WORD}");
    let spans = [
        aml_span(&name, 4, 4),
        aml_span(&name, 10, 27),
        aml_span(&name, "1.0", 90),
    ];
    let lines = [
        aml_line("AmlDatastore://ds/1.txt", &spans),
        aml_line(
            &format!("https://x.blob.core.windows.net/d/2.txt?sig={WORD}"),
            &spans,
        ),
        aml_line(
            &format!("https://x.blob.core.windows.net/d/2.txt?sig={WORD}"),
            &spans,
        ),
    ];
    place.write("a.jsonl", lines.join("\n") + "\n");
    let check: Vec<String> = ["check", "a.jsonl"].map(str::to_owned).to_vec();
    assert!(hides(
        place.path(),
        &[check.clone(), outputs()].concat(),
        WORD
    ));
    let more = ["--redact", "--show-labelers"].map(str::to_owned).to_vec();
    assert!(hides(
        place.path(),
        &[check, more, outputs()].concat(),
        WORD
    ));
}

/// The word that stands in every text.
const WORD: &str = "qxz";

/// A text of which every word is made of that word: as long as before, and the same at each place.
fn masked(text: &str) -> String {
    let mut run = 0;
    text.chars()
        .map(|char| {
            if !char.is_ascii_alphabetic() {
                run = 0;
                return char;
            }
            let letter = char::from(WORD.as_bytes()[run % WORD.len()]);
            run += 1;
            if char.is_ascii_uppercase() {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        })
        .collect()
}

/// Copies a folder, with another word in every text.
fn copy(place: &TempFolder, from: &Path, to: &str) {
    for path in files(from) {
        let name = path.strip_prefix(from).unwrap();
        let bytes = fs::read(&path).unwrap();
        let is_text = path.extension().is_some_and(|it| it == "txt");
        match String::from_utf8(bytes) {
            Ok(text) if is_text => place.write(Path::new(to).join(name), masked(&text)),
            Ok(text) => place.write(Path::new(to).join(name), text),
            Err(other) => place.write(Path::new(to).join(name), other.into_bytes()),
        }
    }
}

#[test]
fn hidden_words_are_in_no_report() {
    let place = TempFolder::new();
    copy(&place, &fixtures().join("rules/texts"), "texts");
    let redact = || "--redact".to_owned();
    let mut told = 0;
    for rule in names(&fixtures().join("rules")) {
        let bad = fixtures().join("rules").join(&rule).join("bad");
        if !bad.is_dir() {
            continue;
        }
        let here = format!("{rule}/bad");
        copy(&place, &bad, &here);
        let folder = place.at(&here);
        let command = args(&bad);
        told += usize::from(hides(
            &folder,
            &[command.clone(), vec![redact()], outputs()].concat(),
            WORD,
        ));
        if command[0] == "check" {
            for ways in [&["--diff"][..], &["--diff", "--unsafe-fixes"], &["--fix"]] {
                let ways: Vec<String> = ways.iter().map(|it| (*it).to_owned()).collect();
                // Changes come in the place of reports.
                let reports = if ways[0] == "--diff" {
                    Vec::new()
                } else {
                    outputs()
                };
                hides(
                    &folder,
                    &[command.clone(), vec![redact()], ways, reports].concat(),
                    WORD,
                );
            }
        }
    }
    assert!(told > 80, "{told}");
}

#[test]
fn hidden_words_of_a_table_are_in_no_report() {
    let place = TempFolder::new();
    let rows = format!(
        "text,label\n{WORD} {WORD}a,A\n,A\n{WORD} {WORD}a,B\n\"{WORD}\n{WORD}\",B,{WORD}\n{WORD},"
    );
    place.write("a.csv", rows);
    let check: Vec<String> = ["check", "a.csv", "--redact"].map(str::to_owned).to_vec();
    assert!(hides(
        place.path(),
        &[check.clone(), outputs()].concat(),
        WORD
    ));
    let open = [check[..2].to_vec(), outputs()].concat();
    run(place.path(), open);
    let shown = names(place.path())
        .into_iter()
        .filter(|name| name.starts_with("out."));
    let shown = shown.filter(|name| place.read(name).contains(WORD)).count();
    assert!(
        shown > 1,
        "without it the words are shown in {shown} reports"
    );
}

#[test]
fn hidden_words_that_stand_in_the_label_file_itself_are_in_no_report() {
    let text = format!("The patient {WORD} was here.");
    let brat = |entry: &str| {
        let place = TempFolder::new();
        place.write("br/a.txt", &text);
        place.write("br/a.ann", entry.replace("WORD", WORD));
        (place, "br", "brat")
    };
    let file = |format: &'static str, name: &'static str, content: &str| {
        let place = TempFolder::new();
        place.write(name, content.replace("WORD", WORD));
        (place, name, format)
    };
    let cases = [
        brat("T1\tPer 12 15\tWORD\n"),
        brat("T1\tPer 12 15\tWORDy\n"),
        brat("T1 Per 12 15\tWORD\n"),
        brat("T1\tPer 12 x\tWORD\n"),
        brat("T1\tPer 12 15\tWORD\nWORD\n"),
        file("csv", "a.csv", "WORD fell ill,A\nBob WORD too,B\n"),
        file("csv", "a.csv", "WORD,WORD,A\nBob WORD too,B,C\n"),
        file(
            "spacy",
            "a.jsonl",
            "{\"text\":\"WORD fell\",\"spans\":\"WORD fell\"}\n\"WORD\"\n",
        ),
        file(
            "label-studio",
            "a.json",
            "[{\"data\":\"WORD fell\"},\"WORD\"]",
        ),
        file(
            "spacy-tuples",
            "a.json",
            "[[\"WORD met\",{\"entities\":[]}],\"WORD fell ill\"]",
        ),
        file(
            "doccano",
            "a.jsonl",
            "{\"text\":\"WORD\",\"label\":[[\"WORD fell\",1,\"a\"]]}\n[\"WORD\"]\n",
        ),
        file(
            "huggingface",
            "a.jsonl",
            "{\"tokens\":\"WORD fell\",\"ner_tags\":[\"O\"]}\n",
        ),
        file(
            "conll",
            "a.conll",
            "WORD\nWORD B-x\nWORD fell ill x\n\nWORD I-y\n",
        ),
    ];
    for (place, input, format) in cases {
        let check = ["check", input, "--format", format, "--redact"];
        let check: Vec<String> = check.map(str::to_owned).to_vec();
        hides(place.path(), &[check, outputs()].concat(), WORD);
    }
}
