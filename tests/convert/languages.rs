//! The languages of a new project: what documents, their scripts and the user say.

use std::path::Path;

use labelwright::{Conversion, FormatName, Options, Product, Source, Texts};
use serde_json::Value;

use crate::support::{
    ENTITIES, ONE_CLASS, Run, TempFolder, class_document, fixtures, language_project, run,
};

const ENGLISH: &str = "The van left the harbour early on Monday, with two crates of new kettles.";
const FRENCH: &str = "Le camion venait de Nîmes et avait une heure de retard à cause de la neige.";
const THAI: &str = "วันนี้รถคันแรกออกจากท่าเรือแต่เช้า พร้อมลังสองใบ";
const JAPANESE: &str = "五月三日の朝、横浜の倉庫から木箱が二つ届きました。";
const CHINESE: &str = "收货地点：苏州门市部。本车共装三箱，由苏州发出，途经无锡，不得倒置，不得淋雨。\
    下一车定于周五上午发出，届时请派两人到场卸货，并当面清点灯具的数量，如有破损请立即拍照留底。";
const SHORT: &str = "No. 12, rev. B";

/// A folder with these texts, and an Azure ML export with a class for each.
fn export(texts: &[&str]) -> TempFolder {
    let place = TempFolder::new();
    let mut lines = String::new();
    for (number, text) in texts.iter().enumerate() {
        place.write(format!("{number}.txt"), text);
        let url = format!("AmlDatastore://workspaceblobstore/{number}.txt");
        let line = format!(r#"{{"image_url":"{url}","label":"A","label_confidence":1.0}}"#);
        lines.extend([&line, "\n"]);
    }
    place.write("in.jsonl", lines);
    place
}

/// Converts an input to a Language file, which its own check has to take.
fn converted(folder: &Path, input: &str, more: &[&str]) -> (Value, Run) {
    let args = ["convert", input, "--to", "language", "-o", "-"];
    let done = run(folder, args.iter().chain(more)).expect(0);
    let project = serde_json::from_slice(&done.stdout).unwrap();
    (project, done)
}

/// The language of the project, whether it is multilingual, and the languages of the documents.
fn languages(project: &Value) -> (&str, bool, Vec<&str>) {
    let metadata = &project["metadata"];
    let documents = project["assets"]["documents"].as_array().unwrap();
    let own = documents
        .iter()
        .map(|one| one["language"].as_str().unwrap());
    let multilingual = metadata["multilingual"].as_bool().unwrap();
    (
        metadata["language"].as_str().unwrap(),
        multilingual,
        own.collect(),
    )
}

/// What a check says of languages in a project whose texts lie in a folder.
fn said_of(folder: &Path, project: &Value) -> Vec<String> {
    let place = TempFolder::new();
    place.write("made.json", project.to_string());
    let texts = folder.to_str().unwrap();
    let args = ["check", "made.json", "--texts", texts, "--output", "json"];
    let report = run(place.path(), args.iter().chain(&["--fail-on", "never"])).report();
    let rules = report.rules().into_iter();
    let rules = rules.filter(|rule| rule.starts_with("language-"));
    rules.map(str::to_owned).collect()
}

#[test]
fn the_demo_is_of_several_languages() {
    let folder = fixtures().join("pairs/demo");
    let (project, done) = converted(&folder, "demo.jsonl", &[]);
    let (language, multilingual, own) = languages(&project);
    assert_eq!((language, multilingual), ("en-us", true));
    let en = "en-us";
    let (zh, none): (_, [&str; 0]) = ("zh-hans", []);
    let want = [
        en, en, en, en, en, "el", "ar", "he", "ja", zh, "hi", en, en, en, "ja", "ar", zh, en,
    ];
    assert_eq!(own, want);
    done.says("language `en-us` (--language)");
    let said = done.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    let by_script = "multilingual `true` (--multilingual); 9 documents got a language by the \
        script of the text: 2 in `ar`, 1 in `el`, 1 in `he`, 1 in `hi`, 2 in `ja`, 2 in `zh-hans`";
    assert!(said.contains(by_script), "{said}");
    assert_eq!(said_of(&folder, &project), none);
    // The other direction needs no language.
    run(&folder, ["convert", "demo.json", "--to", "aml", "-o", "-"]).expect(0);
}

#[test]
fn most_documents_tell_the_language() {
    let latin = [ENGLISH, FRENCH, SHORT];
    let half = [THAI, ENGLISH, THAI, ENGLISH];
    let several = [THAI, JAPANESE, JAPANESE, SHORT, CHINESE];
    for (texts, language, multilingual, own) in [
        (&latin[..], "en-us", false, vec!["en-us"; 3]),
        (&[THAI, THAI, THAI], "th", false, vec!["th"; 3]),
        (&[THAI, SHORT, "— 7 —", "12 %"], "th", false, vec!["th"; 4]),
        (&half, "en-us", true, vec!["th", "en-us", "th", "en-us"]),
        // A long text in Chinese is none in Japanese, though Japanese is written in Han too.
        (
            &several,
            "ja",
            true,
            vec!["th", "ja", "ja", "ja", "zh-hans"],
        ),
    ] {
        let place = export(texts);
        let (project, done) = converted(place.path(), "in.jsonl", &[]);
        assert_eq!(
            languages(&project),
            (language, multilingual, own),
            "{texts:?}"
        );
        done.says(&format!("language `{language}`"));
        let rules = said_of(place.path(), &project);
        assert!(rules.is_empty(), "{texts:?}: {rules:?}");
    }
}

#[test]
fn what_the_user_says_holds() {
    let place = export(&[THAI, JAPANESE, ENGLISH]);
    let own = |of: [&'static str; 3]| of.to_vec();
    for (more, language, multilingual, documents) in [
        (
            &["--multilingual", "false"][..],
            "en-us",
            false,
            own(["en-us"; 3]),
        ),
        (
            &["--language", "ja"],
            "ja",
            true,
            own(["th", "ja", "en-us"]),
        ),
        (
            &["--language", "uk", "--multilingual", "false"],
            "uk",
            false,
            own(["uk"; 3]),
        ),
        (
            &["--language", "fr", "--multilingual"],
            "fr",
            true,
            own(["th", "ja", "fr"]),
        ),
        // Without texts nothing tells.
        (&["--no-texts"], "en-us", false, own(["en-us"; 3])),
    ] {
        let (project, done) = converted(place.path(), "in.jsonl", more);
        assert_eq!(
            languages(&project),
            (language, multilingual, documents),
            "{more:?}"
        );
        for option in ["--language", "--multilingual"] {
            let is_assumed = done.stderr.contains(&format!("({option})"));
            assert_eq!(
                is_assumed,
                !more.contains(&option),
                "{more:?}: {}",
                done.stderr
            );
        }
    }
}

#[test]
fn what_documents_give_comes_before_their_scripts() {
    let place = export(&[THAI, FRENCH, FRENCH, JAPANESE]);
    let document = |number: usize, language: &str| {
        let culture = format!(r#""culture":"{language}","#);
        let culture = if language.is_empty() { "" } else { &culture };
        format!(r#"{{"location":"{number}.txt",{culture}"intents":[0]}}"#)
    };
    for (given, language, multilingual, own) in [
        (["fr", "fr", "fr", "fr"], "fr", false, ["fr"; 4]),
        (
            ["fr-FR", "fr", "fr", "FR"],
            "fr",
            false,
            ["fr-FR", "fr", "fr", "FR"],
        ),
        (
            ["th", "fr", "fr", "ja"],
            "fr",
            true,
            ["th", "fr", "fr", "ja"],
        ),
        (["", "fr", "fr", ""], "fr", true, ["th", "fr", "fr", "ja"]),
    ] {
        let documents = (0..).zip(given).map(|(number, of)| document(number, of));
        let documents = documents.collect::<Vec<_>>().join(",");
        let old = format!(r#"{{"intentNames":["A"],"documents":[{documents}]}}"#);
        place.write("old.json", old);
        let (project, _) = converted(place.path(), "old.json", &[]);
        assert_eq!(
            languages(&project),
            (language, multilingual, own.to_vec()),
            "{given:?}"
        );
        // A ledger keeps the project as it would be in today's shape, but reads no text for it.
        let to = ["convert", "old.json", "--to", "aml", "-o", "mid", "--force"];
        run(place.path(), to.iter().chain(&["--losses", "ledger"])).expect(0);
        let (back, _) = converted(place.path(), "mid", &["--restore", "ledger"]);
        if given.contains(&"") {
            assert_eq!(languages(&back), ("fr", false, vec!["fr"; 4]));
        } else {
            assert_eq!(
                languages(&back),
                (language, multilingual, own.to_vec()),
                "{given:?}"
            );
        }
    }
}

#[test]
fn texts_of_a_table_tell_too() {
    let place = TempFolder::new();
    let rows = [THAI, ENGLISH, THAI].map(|text| format!("\"{text}\",A\n"));
    place.write("in.csv", format!("text,label\n{}", rows.concat()));
    let out = ["--texts-out", "texts"];
    let (project, _) = converted(place.path(), "in.csv", &out);
    assert_eq!(languages(&project), ("th", true, vec!["th", "en-us", "th"]));
    assert_eq!(place.read("texts/in-0002.txt"), ENGLISH);
    assert!(said_of(&place.at("texts"), &project).is_empty());
}

#[test]
fn a_ledger_has_the_last_word() {
    let place = export(&[THAI, JAPANESE, ENGLISH]);
    let documents = [class_document("0.txt", "A"), class_document("1.txt", "A")];
    // Not one of them says its language, and the project says what is not so.
    let project = language_project(ONE_CLASS, &["A"], &documents);
    for (multilingual, new) in [("false", "en-us"), ("true", "ja")] {
        let was = format!("\"multilingual\":{multilingual}");
        let project = project.replace("\"multilingual\":false", &was);
        place.write("in.json", &project);
        let to = [
            "convert",
            "in.json",
            "--to",
            "aml",
            "-o",
            "mid.jsonl",
            "--force",
        ];
        run(place.path(), to.iter().chain(&["--losses", "ledger"])).expect(0);
        let (back, _) = converted(place.path(), "mid.jsonl", &["--restore", "ledger"]);
        let project: Value = serde_json::from_str(&project).unwrap();
        assert_eq!(back, project);
        // A document that came later gets what the project says.
        let lines = place.read("mid.jsonl").replacen("0.txt", "new.txt", 1);
        place.write("mid.jsonl", lines);
        place.write("new.txt", JAPANESE);
        let (back, _) = converted(place.path(), "mid.jsonl", &["--restore", "ledger"]);
        let documents = &back["assets"]["documents"];
        let seen = (&documents[0]["language"], &documents[1]["language"]);
        assert_eq!(seen, (&new.into(), &Value::Null));
    }
}

#[test]
fn what_scripts_would_change_on_the_way_back_is_told() {
    let place = export(&[THAI, THAI, ENGLISH]);
    let document = |number: usize| {
        let class = class_document(&format!("{number}.txt"), "A");
        class.replacen(',', ",\"language\":\"en-us\",", 1)
    };
    let documents = [0, 1, 2].map(document);
    place.write("in.json", language_project(ONE_CLASS, &["A"], &documents));
    let to = ["convert", "in.json", "--to", "aml", "-o", "mid.jsonl"];
    let done = run(place.path(), to).expect(0);
    let said = done.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    let again = "document language `en-us` (--language), multilingual `false` (--multilingual)";
    assert!(said.contains(again), "{said}");
    let more = ["--language", "en-us", "--multilingual", "false"];
    let (back, _) = converted(place.path(), "mid.jsonl", &more);
    assert_eq!(languages(&back), ("en-us", false, vec!["en-us"; 3]));
}

#[test]
fn threads_and_batches_change_nothing() {
    let texts = [ENGLISH, THAI, JAPANESE, CHINESE, SHORT, THAI, THAI];
    let all: Vec<&str> = texts.into_iter().cycle().take(4000).collect();
    let place = export(&all);
    let made = ["1", "2", "8"].map(|jobs| {
        let (project, done) = converted(place.path(), "in.jsonl", &["--jobs", jobs]);
        assert_eq!(languages(&project).0, "th");
        let findings = done.stderr.split("converted ").next().unwrap().to_owned();
        (done.stdout, findings)
    });
    assert!(made[0] == made[1] && made[1] == made[2]);
}

/// A file in memory that counts how often it is begun again.
#[derive(Default)]
struct Counted(Vec<u8>, usize);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Product for Counted {
    fn restart(&mut self) -> std::io::Result<()> {
        self.1 += 1;
        Product::restart(&mut self.0)
    }

    fn amend(&mut self, place: u64, bytes: &[u8]) -> std::io::Result<()> {
        self.0.amend(place, bytes)
    }
}

#[test]
fn a_conversion_begins_again_once_and_only_where_it_must() {
    for (texts, times) in [
        (&[ENGLISH, FRENCH, SHORT][..], 0),
        (&[THAI], 1),
        (&[THAI, ENGLISH, JAPANESE], 1),
    ] {
        let place = export(texts);
        let source = Source::in_memory(place.read("in.jsonl"), Path::new("in.jsonl"));
        let named = texts.iter().enumerate();
        let named = named.map(|(number, text)| (format!("{number}.txt"), text.as_bytes().to_vec()));
        let texts = Texts::in_memory(named);
        let conversion = Conversion::new(FormatName::find("language").unwrap(), Some(&texts));
        let mut out = Counted::default();
        let options = Options::default();
        labelwright::convert(&source, &conversion, &options, &mut out).unwrap();
        assert_eq!(out.1, times);
        let project: Value = serde_json::from_slice(&out.0).unwrap();
        assert_eq!(project["metadata"]["projectKind"], ONE_CLASS);
    }
}

#[test]
fn spans_are_written_as_before() {
    let place = export(&[THAI]);
    let url = "AmlDatastore://workspaceblobstore/0.txt";
    let span = crate::support::aml_span("City", 0, 6);
    place.write("in.jsonl", crate::support::aml_line(url, &[span]) + "\n");
    let (project, _) = converted(place.path(), "in.jsonl", &[]);
    assert_eq!(project["metadata"]["projectKind"], ENTITIES);
    let region = &project["assets"]["documents"][0]["entities"][0];
    assert_eq!(region["regionLength"], THAI.encode_utf16().count());
    assert_eq!(region["labels"][0]["length"], 6);
}
