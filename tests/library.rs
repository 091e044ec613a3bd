//! The crate as other programs use it: label files and texts in memory, and nothing else.

use std::path::{Path, PathBuf};

use labelwright::{
    Conversion, Diagnostic, FileTarget, FormatName, Kind, Options, Source, Texts, Unit,
};

use crate::support::{TempFolder, aml_line, aml_span, every_report, fixtures};

fn demo(name: &str) -> Vec<u8> {
    std::fs::read(fixtures().join("pairs/demo").join(name)).unwrap()
}

/// The texts of the demo, in memory.
fn demo_texts() -> Texts {
    let names = (1..=18).map(|number| format!("note{number:02}.txt"));
    Texts::in_memory(names.map(|name| (name.clone(), demo(&name))))
}

/// A line about the document of that name.
fn line(name: &str, start: i64, end: i64) -> String {
    let url = format!("AmlDatastore://store/{name}");
    aml_line(&url, &[aml_span("City", start, end)]) + "\n"
}

fn rules(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.rule).collect()
}

#[test]
fn what_is_in_memory_is_judged_as_what_is_on_disk() {
    let options = Options::default();
    for name in ["demo.json", "demo.jsonl"] {
        let source = Source::in_memory(demo(name), Path::new(name));
        let texts = demo_texts();
        let from_memory = labelwright::check(&source, Some(&texts), &options).unwrap();
        assert_eq!(from_memory.input.labels, 288, "{name}");
        let path = fixtures().join("pairs/demo").join(name);
        let source = Source::open(&path).unwrap();
        let texts = Texts::open(&[source.folder().to_owned()], true).unwrap();
        let from_disk = labelwright::check(&source, Some(&texts), &options).unwrap();
        assert!(from_memory.diagnostics == from_disk.diagnostics, "{name}");
    }
}

#[test]
fn a_conversion_in_memory_gives_the_bytes_of_the_program() {
    let source = Source::in_memory(demo("demo.json"), Path::new("demo.json"));
    let texts = demo_texts();
    let aml = FormatName::find("aml").unwrap();
    let conversion = Conversion::new(aml, Some(&texts));
    let mut out = Vec::new();
    let options = Options::default();
    let outcome = labelwright::convert(&source, &conversion, &options, &mut out).unwrap();
    assert!(!outcome.refused);
    assert!(out == demo("demo.jsonl"));
}

#[test]
fn documents_come_with_spans_that_are_proved() {
    let source = Source::in_memory(demo("demo.jsonl"), Path::new("demo.jsonl"));
    let texts = demo_texts();
    let options = Options::default();
    let corpus = labelwright::read(&source, Some(&texts), &options).unwrap();
    assert_eq!(
        (corpus.format(), corpus.kind()),
        ("aml", Some(Kind::EntityRecognition))
    );
    assert_eq!(corpus.unit(), Some(Unit::CodePoint));
    let documents: Vec<_> = corpus.documents().unwrap().map(Result::unwrap).collect();
    assert_eq!(documents.len(), 18);
    let spans = || documents.iter().flat_map(|document| &document.spans);
    assert_eq!(spans().count(), 288);
    assert!(spans().all(|span| span.bytes.is_some()));
    // The same spans, as the other format counts them.
    let source = Source::in_memory(demo("demo.json"), Path::new("demo.json"));
    let other = labelwright::read(&source, Some(&texts), &options).unwrap();
    assert_eq!(other.unit(), Some(Unit::Utf16));
    for (one, other) in documents.iter().zip(other.documents().unwrap()) {
        let other = other.unwrap();
        let ranges = |document: &labelwright::LabeledDocument| {
            let spans = document.spans.iter();
            let spans = spans.map(|span| (span.category.clone(), span.bytes.clone()));
            spans.collect::<Vec<_>>()
        };
        assert_eq!(one.text, other.text);
        assert_eq!(ranges(one), ranges(&other));
    }
}

#[test]
fn the_unit_that_the_documents_tell_is_that_of_the_stream() {
    // Counted in UTF-16: the words stand behind an emoji of two code units.
    let lines = |from: i64| {
        let line = |number| line(&format!("{number}.txt"), from, from + 3);
        (1..=6).map(line).collect::<Vec<_>>().concat()
    };
    let text = "\u{1f600} Ada met Bob.";
    let texts = Texts::in_memory((1..=6).map(|n| (format!("{n}.txt"), text.into())));
    for (from, unit) in [(3, Unit::Utf16), (2, Unit::CodePoint)] {
        let source = Source::in_memory(lines(from), Path::new("export.jsonl"));
        let options = Options::default();
        let corpus = labelwright::read(&source, Some(&texts), &options).unwrap();
        assert_eq!(corpus.unit(), Some(unit));
        for document in corpus.documents().unwrap() {
            let document = document.unwrap();
            let bytes = document.spans[0].bytes.clone().unwrap();
            assert_eq!(&document.text.unwrap()[bytes], "Ada");
        }
    }
}

#[test]
fn what_is_no_label_file_is_an_error_of_reading() {
    let source = Source::in_memory("hello", Path::new("x.json"));
    let failed = labelwright::read(&source, None, &Options::default())
        .err()
        .unwrap();
    assert_eq!(
        failed.to_string(),
        "x.json is no label file: it is plain text"
    );
}

#[test]
fn a_folder_is_the_files_of_one_extension_in_it() {
    let place = TempFolder::new();
    let good = line("1.txt", 0, 4);
    place.write("part-2.jsonl", good.replace("1.txt", "2.txt"));
    place.write("part-1.jsonl", good.trim_end());
    place.write(".hidden.jsonl", "{");
    place.write("notes.txt", "no label file");
    std::fs::create_dir(place.at("below.jsonl")).unwrap();
    let source = Source::in_folder(place.path(), "jsonl").unwrap();
    let corpus = labelwright::read(&source, None, &Options::default()).unwrap();
    let documents = corpus.documents().unwrap();
    let names: Vec<String> = documents.map(|document| document.unwrap().name).collect();
    assert_eq!(names, ["1.txt", "2.txt"]);
    let none = Source::in_folder(place.path(), "csv").unwrap_err();
    assert_eq!(none.kind(), std::io::ErrorKind::NotFound);
    assert!(none.to_string().contains("there is no .csv file in"));
}

#[test]
fn several_files_are_one_corpus_and_findings_name_their_file() {
    let place = TempFolder::new();
    let good = line("1.txt", 0, 4);
    let bad = line("2.txt", 5, 90);
    // The first file does not end with a line end.
    place.write(
        "a.jsonl",
        format!("{good}{}", good.replace("1.txt", "3.txt").trim_end()),
    );
    place.write(
        "b.jsonl",
        format!("{}{bad}", good.replace("1.txt", "4.txt")),
    );
    let texts = Texts::in_memory((1..=4).map(|n| (format!("{n}.txt"), b"Rome is old.".to_vec())));
    let open = |name: &str| Source::open(&place.at(name)).unwrap();
    let joined = Source::joined(vec![open("a.jsonl"), open("b.jsonl")]).unwrap();
    let mut options = Options::default();
    options.levels.select(&["offsets".to_owned()]).unwrap();
    let outcome = labelwright::check(&joined, Some(&texts), &options).unwrap();
    assert_eq!(outcome.input.documents, 4);
    let found = outcome.diagnostics.to_vec().unwrap();
    assert_eq!(rules(&found), ["span-out-of-bounds"]);
    assert_eq!(found[0].position.map(|position| position.0), Some(2));
    let (path, _) = outcome.file_of(&found[0]);
    assert_eq!(PathBuf::from(path), place.at("b.jsonl"));
    let report = String::from_utf8(every_report(&[outcome], 10).remove("json").unwrap()).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let finding = &report["diagnostics"][0];
    let bytes = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
    let text = place.read("b.jsonl");
    let shown = &text[bytes("byte_start")..bytes("byte_end")];
    assert!(shown.contains("90"), "{shown}");
    // What lies in one JSON value cannot go on in another file.
    let language = |name: &str| Source::in_memory(demo("demo.json"), Path::new(name));
    let joined = Source::joined(vec![language("a.json"), language("b.json")]).unwrap();
    let outcome = labelwright::check(&joined, None, &options).unwrap();
    assert_eq!(
        rules(&outcome.diagnostics.to_vec().unwrap()),
        ["not-a-label-file"]
    );
}

#[test]
fn tables_of_a_folder_are_one_corpus() {
    let place = TempFolder::new();
    place.write("a.csv", "text,label\none,x\n\"two\n2\",y");
    place.write("b.csv", "\u{feff}text,label\nthree,x\n");
    let source = Source::in_folder(place.path(), "csv").unwrap();
    let options = Options::default();
    let corpus = labelwright::read(&source, None, &options).unwrap();
    let documents = corpus.documents().unwrap().map(Result::unwrap);
    let documents: Vec<_> = documents.map(|one| (one.name, one.text.unwrap())).collect();
    let want = [
        ("a-0001.txt", "one"),
        ("a-0002.txt", "two\n2"),
        ("b-0001.txt", "three"),
    ];
    assert_eq!(
        documents,
        want.map(|(name, text)| (name.to_owned(), text.to_owned()))
    );
    let outcome = labelwright::check(&source, None, &options).unwrap();
    let found = outcome.diagnostics.to_vec().unwrap();
    let mark = found
        .iter()
        .find(|finding| finding.rule == "byte-order-mark");
    let mark = mark.expect("the second file has a mark");
    assert_eq!(mark.position, Some((1, 1)));
    assert!(outcome.file_of(mark).0.ends_with("b.csv"));
    // By columns of another file a row would say what it does not.
    place.write("b.csv", "label,text\nx,three\n");
    let source = Source::in_folder(place.path(), "csv").unwrap();
    let outcome = labelwright::check(&source, None, &options).unwrap();
    let found = outcome.diagnostics.to_vec().unwrap();
    assert_eq!(rules(&found), ["wrong-type"]);
    assert!(outcome.file_of(&found[0]).0.ends_with("b.csv"));
    assert_eq!(outcome.input.documents, 0);
}

#[test]
fn a_mark_at_the_start_of_a_later_file_is_no_part_of_its_first_line() {
    let bytes = |name: &str| line(name, 0, 4);
    let first = Source::in_memory(bytes("1.txt"), Path::new("a.jsonl"));
    let later = format!("\u{feff}{}", bytes("2.txt"));
    let later = Source::in_memory(later, Path::new("b.jsonl"));
    let joined = Source::joined(vec![first, later]).unwrap();
    let outcome = labelwright::check(&joined, None, &Options::default()).unwrap();
    assert_eq!(outcome.input.documents, 2);
    let found = outcome.diagnostics.to_vec().unwrap();
    let mark = found
        .iter()
        .find(|finding| finding.rule == "byte-order-mark");
    let mark = mark.expect("there is one");
    let (path, start) = outcome.file_of(mark);
    assert_eq!(
        (path, mark.bytes.clone()),
        ("b.jsonl", Some(start..start + 3))
    );
    let invalid = found.iter().find(|finding| finding.rule == "invalid-json");
    assert!(invalid.is_none(), "{invalid:?}");
}

#[test]
fn a_fix_leaves_the_source_as_it_is() {
    let line = line("1.txt", 0, 5);
    let source = Source::in_memory(line.clone(), Path::new("export.jsonl"));
    let texts = Texts::in_memory([("1.txt".to_owned(), b"Rome is old.".to_vec())]);
    let options = Options::default();
    let fixed = labelwright::fix(&source, Some(&texts), &options, false).unwrap();
    let fixed = fixed.expect("white space at an edge can be fixed");
    let length = fixed.length().unwrap();
    let after = String::from_utf8(fixed.bytes(0..length).unwrap()).unwrap();
    assert!(after.contains("\"offsetEnd\":4"), "{after}");
    let before = source.bytes(0..line.len() as u64).unwrap();
    assert_eq!(before, line.as_bytes());
    assert!(
        labelwright::fix(&fixed, Some(&texts), &options, false)
            .unwrap()
            .is_none()
    );
}

/// Texts that were written, in memory.
#[derive(Default)]
struct Written(std::sync::Mutex<Vec<(String, Vec<u8>)>>);

impl FileTarget for Written {
    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.0
            .lock()
            .unwrap()
            .push((name.to_owned(), bytes.to_vec()));
        Ok(())
    }

    fn restart(&self) -> std::io::Result<()> {
        self.0.lock().unwrap().clear();
        Ok(())
    }
}

#[test]
fn texts_inside_a_table_go_where_the_caller_wants_them() {
    let table = "text,label\n\"a\r\nb\",X\nc,Y\n";
    let source = Source::in_memory(table, Path::new("t.csv"));
    let aml = FormatName::find("aml").unwrap();
    let written = Written::default();
    let mut conversion = Conversion::new(aml, None);
    let options = Options::default();
    let mut out = Vec::new();
    let refused = labelwright::convert(&source, &conversion, &options, &mut out);
    assert!(refused.err().unwrap().to_string().contains("--texts-out"));
    conversion.files = Some(&written);
    let outcome = labelwright::convert(&source, &conversion, &options, &mut out).unwrap();
    assert!(!outcome.refused);
    let files = written.0.into_inner().unwrap();
    let want = [("t-0001.txt", &b"a\r\nb"[..]), ("t-0002.txt", b"c")];
    assert_eq!(
        files,
        want.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
    );
}
