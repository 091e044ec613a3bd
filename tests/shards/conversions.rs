//! Conversions in shards: what they come to, put together, is what one conversion of the whole file writes
//! and says.

use std::fs;
use std::path::Path;

use labelwright::internals::formats::FormatName;
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{self, Conversion, Metadata, Shards};
use labelwright::internals::pipeline::Options;
use labelwright::internals::text::Unit;
use proptest::prelude::*;

use super::{Case, case, corpus, part, ranges, reports, write};
use crate::corpora::any_lines;
use crate::support::{TempFolder, aml_line, aml_span, fixtures, label_files, run};

/// What is asked of a conversion.
#[derive(Clone, Copy, Debug)]
struct Asked {
    skip_invalid: bool,
    language: Option<&'static str>,
    dataset: Option<&'static str>,
    unit: Option<Unit>,
}

const PLAIN: Asked = Asked {
    skip_invalid: false,
    language: None,
    dataset: None,
    unit: None,
};

fn any_asked() -> impl Strategy<Value = Asked> {
    let language = prop::sample::select(vec![None, None, Some("ja"), Some("en-us")]);
    let dataset = prop::sample::select(vec![None, Some("Test")]);
    let unit = prop::sample::select(vec![None, Some(Unit::CodePoint), Some(Unit::Utf16)]);
    let asked = (any::<bool>(), language, dataset, unit);
    asked.prop_map(|(skip_invalid, language, dataset, unit)| Asked {
        skip_invalid,
        language,
        dataset,
        unit,
    })
}

fn options() -> Options {
    Options {
        snippets: 20,
        ..Options::default()
    }
}

fn conversion(asked: Asked, texts: Option<&Texts>) -> Conversion<'_> {
    Conversion {
        unit: asked.unit,
        skip_invalid: asked.skip_invalid,
        metadata: Metadata {
            language: asked.language.map(str::to_owned),
            dataset: asked.dataset,
            ..Metadata::default()
        },
        ..Conversion::new(FormatName::find("language").unwrap(), texts)
    }
}

/// What comes of a conversion: the file, unless it is refused, and all reports.
type Made = (Option<String>, Vec<(&'static str, String)>);

fn made(path: &Path, conversion: &Conversion<'_>, options: &Options) -> Made {
    let source = Source::open(path).unwrap();
    let (mut product, mut ledger) = (Vec::new(), std::io::sink());
    let outcome =
        operations::convert(&source, conversion, options, &mut product, &mut ledger).unwrap();
    let product = (!outcome.refused).then(|| String::from_utf8(product).unwrap());
    (product, reports(outcome).into_iter().collect())
}

/// Converts a file as a whole and in shards, and compares. Answers whether the documents of the shards
/// were of use.
fn compare(path: &Path, texts: Option<&Texts>, asked: Asked, places: &[u64]) -> bool {
    let whole = made(path, &conversion(asked, texts), &options());
    let source = Source::open(path).unwrap();
    let folder = TempFolder::new();
    let mut partials = Vec::new();
    for (number, range) in ranges(places).into_iter().enumerate() {
        let mut out = Vec::new();
        let options = Options {
            jobs: 1 + number % 2,
            batch_bytes: 1 << (number % 12),
            quick: number % 3 > 0,
            ..options()
        };
        let part = part(range, number % 2 == 1);
        let conversion = conversion(asked, texts);
        operations::convert_shard(&source, &conversion, &options, &part, &mut out).unwrap();
        let partial = folder.at(number.to_string());
        fs::write(&partial, out).unwrap();
        partials.insert(number / 2, partial);
    }
    let shards = Shards::open(partials).unwrap();
    let joined = Conversion {
        shards: Some(&shards),
        ..conversion(asked, texts)
    };
    let found = made(path, &joined, &options());
    let place = format!("{} cut at {places:?}", path.display());
    assert_eq!(found.0, whole.0, "{place}");
    for (found, whole) in found.1.iter().zip(&whole.1) {
        assert_eq!(found, whole, "{place}");
    }
    !shards.were_left()
}

#[test]
fn every_export_among_the_fixtures_in_shards_becomes_the_project_of_the_whole() {
    let (mut seen, mut of_use) = (0, 0);
    for path in label_files() {
        let is_lines = path.extension().is_some_and(|name| name == "jsonl");
        let source = Source::open(&path).unwrap();
        let told = operations::recognized(&source).unwrap();
        if !is_lines || told.is_none_or(|(format, _)| format.name() != "aml") {
            continue;
        }
        let folders = [
            path.parent().unwrap().to_owned(),
            fixtures().join("rules/texts"),
        ];
        let texts = Texts::open(&folders, true).unwrap();
        let length = fs::metadata(&path).unwrap().len();
        for (texts, asked) in [
            (Some(&texts), PLAIN),
            (
                Some(&texts),
                Asked {
                    skip_invalid: true,
                    ..PLAIN
                },
            ),
            (None, PLAIN),
        ] {
            for places in [
                vec![],
                vec![length / 2],
                (0..8).map(|step| step * length / 8).collect(),
            ] {
                seen += 1;
                of_use += u64::from(compare(&path, texts, asked, &places));
            }
        }
    }
    assert!(seen > 100, "{seen}");
    // Else nothing would be shown.
    assert!(of_use > seen / 2, "{of_use} of {seen}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_corpus_in_any_shards_becomes_the_project_of_the_whole(
        cases in prop::collection::vec(case(), 1..16),
        places in prop::collection::vec(0_u64..2000, 0..5),
        asked in any_asked(),
        ends in any::<bool>(),
    ) {
        prop_assume!(cases.iter().any(|case| !case.broken));
        let folder = TempFolder::new();
        let path = write(folder.path(), &cases, ends);
        let texts = Texts::open(&[folder.path().to_owned()], true).unwrap();
        compare(&path, Some(&texts), asked, &places);
        // All labels stand where they should, so the file becomes a project.
        let within = |case: &Case| Case {
            labels: vec![(case.name % 3, 0, 3)],
            text: [0, 2, 5][case.text % 3],
            folder: 0,
            broken: false,
            ..case.clone()
        };
        let cases: Vec<Case> = cases.iter().map(within).collect();
        let path = write(folder.path(), &cases, ends);
        compare(&path, Some(&texts), asked, &places);
    }

    #[test]
    fn any_kind_of_export_in_shards_becomes_the_project_of_the_whole(
        (lines, text) in any_lines(),
        places in prop::collection::vec(0_u64..900, 0..4),
        asked in any_asked(),
    ) {
        let folder = TempFolder::new();
        for inner in ["f", "g/h"] {
            fs::create_dir_all(folder.at(inner)).unwrap();
            for number in 0..6 {
                folder.write(format!("{inner}/{number}.txt"), &text);
            }
        }
        folder.write("labels.jsonl", lines);
        let texts = Texts::open(&[folder.path().to_owned()], true).unwrap();
        compare(&folder.at("labels.jsonl"), Some(&texts), asked, &places);
    }
}

/// Converts a part of the corpus of [`corpus`].
fn shard(folder: &TempFolder, bytes: &str, partial: &str, more: &[&str]) {
    let args = ["convert", "labels.jsonl", "--to", "language", "--force"];
    let part = ["--shard", bytes, "--partial", partial];
    let all = args.iter().chain(&part).chain(more);
    let run = run(folder.path(), all).expect(0);
    assert_eq!((run.text(), run.stderr), (String::new(), String::new()));
}

/// The options of a conversion of the corpus.
const CONVERT: [&str; 7] = [
    "convert",
    "labels.jsonl",
    "--to",
    "language",
    "--skip-invalid",
    "--fail-on",
    "never",
];

#[test]
fn the_program_puts_a_conversion_together() {
    let folder = corpus();
    let out = ["-o", "project.json", "--project-name", "p"];
    let whole = run(folder.path(), CONVERT.iter().chain(&out)).expect(0);
    let project = folder.read("project.json");
    fs::remove_file(folder.at("project.json")).unwrap();
    for (bytes, partial) in [("0:300", "a"), ("300:500", "b"), ("500:", "c")] {
        shard(&folder, bytes, partial, &["--skip-invalid"]);
    }
    let partials = ["--partials", "b", "c", "a"];
    let joined = run(folder.path(), CONVERT.iter().chain(&out).chain(&partials)).expect(0);
    assert_eq!(folder.read("project.json"), project);
    assert_eq!(joined.stderr, whole.stderr);
    // No text is read again, and none needs to be there but those that are the same.
    fs::remove_file(folder.at("d3.txt")).unwrap();
    let again = ["-o", "again.json", "--project-name", "p"];
    run(folder.path(), CONVERT.iter().chain(&again).chain(&partials)).expect(0);
    assert_eq!(folder.read("again.json"), project);
}

#[test]
fn what_no_shard_can_know_is_said_and_converted_as_a_whole() {
    let folder = TempFolder::new();
    folder.write("u.txt", "\u{1f600} Ann is here");
    let line = aml_line("AmlDatastore://d/u.txt", &[aml_span("A", 3, 6)]);
    folder.write("labels.jsonl", line);
    shard(&folder, "0:", "a", &[]);
    let convert = [
        "convert",
        "labels.jsonl",
        "--to",
        "language",
        "--partials",
        "a",
    ];
    let joined = run(folder.path(), convert).expect(0);
    joined.says("so it was gone over as a whole");
    assert!(
        joined.text().contains("\"offset\": 3,"),
        "{}",
        joined.text()
    );
    // Shards that are told the unit are of use.
    shard(&folder, "0:", "a", &["--offsets", "utf16"]);
    let told = run(folder.path(), convert.iter().chain(&["--offsets", "utf16"])).expect(0);
    assert!(!told.stderr.contains("as a whole"), "{}", told.stderr);
    assert_eq!(told.text(), joined.text());
}

#[test]
fn results_that_do_not_fit_the_conversion_are_refused() {
    let folder = corpus();
    let path = folder.path();
    shard(&folder, "0:300", "a", &[]);
    shard(&folder, "300:", "b", &[]);
    super::shard(path, "0:", "checked", &[]);
    let refuse = |args: &[&str], why: &str| {
        let all = ["convert", "labels.jsonl", "--to", "language"];
        let run = run(path, all.iter().chain(args)).expect(2);
        run.says(why);
        assert_eq!(run.text(), "");
    };
    refuse(&["--partials", "a"], "the shards miss bytes");
    refuse(&["--partials", "checked"], "give it to `merge`");
    let together = &["--partials", "a", "b"];
    refuse(
        &[together, &["--dataset", "Test"][..]].concat(),
        "what was asked of the conversion differs",
    );
    refuse(
        &[together, &["--language", "de"][..]].concat(),
        "what was asked of the conversion differs",
    );
    refuse(
        &[together, &["--no-texts"][..]].concat(),
        "what was asked of the check differs",
    );
    refuse(
        &[together, &["--losses", "l"][..]].concat(),
        "without shards",
    );
    refuse(
        &[together, &["--sample", "3"][..]].concat(),
        "without shards",
    );
    let part = &["--shard", "0:9", "--partial", "p"];
    refuse(
        &[part, &["-o", "project.json"][..]].concat(),
        "give `-o` with",
    );
    refuse(
        &[part, &["--redact"][..]].concat(),
        "give `--redact` to `convert --partials`",
    );
    refuse(
        &[part, &["--output", "json=r"][..]].concat(),
        "give `--output` to `convert --partials`",
    );
    assert!(!folder.at("p").exists());
    let aml = [
        "convert",
        "labels.jsonl",
        "--to",
        "spacy",
        "--shard",
        "0:9",
        "--partial",
        "p",
    ];
    run(path, aml)
        .expect(2)
        .says("only conversions to Azure AI Language can be");
    let merged = run(path, ["merge", "a", "b"]).expect(2);
    merged.says("give it to `convert --partials`");
    // The file has changed since.
    let lines = folder.read("labels.jsonl").replacen("Name", "Nome", 1);
    folder.write("labels.jsonl", lines);
    refuse(together, "are not what they were when a shard read them");
}

#[test]
fn a_result_that_was_changed_writes_no_project() {
    let folder = corpus();
    shard(&folder, "0:", "a", &["--skip-invalid"]);
    let whole = fs::read(folder.at("a")).unwrap();
    let convert = [&CONVERT[..], &["-o", "project.json", "--partials", "a"]].concat();
    // What stands behind the findings ends the file: a cut anywhere in it is noticed.
    let end = whole.len();
    for cut in (end - 200..end).step_by(7).chain([end - 1]) {
        fs::write(folder.at("a"), &whole[..cut]).unwrap();
        run(folder.path(), &convert).expect(2);
        assert!(!folder.at("project.json").exists(), "{cut}");
    }
    let text = String::from_utf8_lossy(&whole);
    let sums = text
        .lines()
        .find(|line| line.contains("\"target_names\""))
        .unwrap();
    let start = whole
        .windows(9)
        .position(|bytes| bytes == &sums.as_bytes()[..9])
        .unwrap();
    let bytes = sums.rfind("\"documents\":").unwrap() + start;
    let mut changed = whole.clone();
    changed[bytes + "\"documents\":".len()] ^= 1;
    fs::write(folder.at("a"), changed).unwrap();
    run(folder.path(), &convert).expect(2);
    assert!(!folder.at("project.json").exists());
}
