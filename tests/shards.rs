//! Shards: what several runs over stretches of one file come to, put together, is what one run
//! over the whole file says.

mod across;
mod changes;
mod conversions;
mod excerpted;
mod hostile;
mod promised;
mod refused;
mod spark;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use labelwright::internals::formats::find;
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{self, Moved, Part};
use labelwright::internals::pipeline::{Options, Outcome};
use proptest::prelude::*;

use crate::support::{TempFolder, aml_line, aml_span, every_report, fixtures, label_files, run};

/// What shards leave out.
const LEFT_OUT: &str = "surface-unlabeled,surface-unlabeled-in-document";

/// What both ways are asked. Shards leave out by themselves what needs all texts.
fn options(quick: bool) -> Options {
    let mut options = Options {
        snippets: 20,
        quick,
        ..Options::default()
    };
    let rules = ["surface-unlabeled", "surface-unlabeled-in-document"];
    options.levels.ignore(&rules.map(str::to_owned)).unwrap();
    options
}

/// The ranges between places.
fn ranges(places: &[u64]) -> Vec<Range<u64>> {
    let mut places = places.to_vec();
    places.push(0);
    places.push(u64::MAX);
    places.sort_unstable();
    places.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

fn part(bytes: Range<u64>, with_lines: bool) -> Part {
    Part { bytes, with_lines }
}

/// The shards of a file, each written to a file of its own, and put together in any order. Where there
/// are three, they carry their lines.
fn merged(path: &Path, texts: Option<&Texts>, places: &[u64]) -> Outcome {
    let with_lines = places.len() == 2;
    let source = Source::open(path).unwrap();
    let folder = TempFolder::new();
    let mut partials = Vec::new();
    for (number, range) in ranges(places).into_iter().enumerate() {
        let mut out = Vec::new();
        let options = Options {
            jobs: 1 + number % 2,
            batch_bytes: 1 << (number % 12),
            quick: number % 3 > 0,
            ..options(true)
        };
        let part = part(range, with_lines);
        operations::shard(&source, None, texts, &options, &part, &mut out).unwrap();
        let partial = folder.at(number.to_string());
        std::fs::write(&partial, out).unwrap();
        partials.insert(number / 2, partial);
    }
    let partials: Vec<&Path> = partials.iter().map(PathBuf::as_path).collect();
    let merged = operations::merge(&partials, &Moved::default(), &options(true), || ()).unwrap();
    assert_eq!(merged.path, path);
    merged.outcome
}

fn whole(path: &Path, texts: Option<&Texts>) -> Outcome {
    let source = Source::open(path).unwrap();
    operations::check(&source, None, texts, &options(true)).unwrap()
}

/// The reports of an outcome, with what the folders hold that no file lists.
fn reports(mut outcome: Outcome) -> BTreeMap<&'static str, String> {
    let options = options(true);
    let outcomes = std::slice::from_mut(&mut outcome);
    operations::unlisted(outcomes, &[&options]).unwrap();
    let reports = every_report(outcomes, 20).into_iter();
    reports
        .map(|(format, report)| (format, String::from_utf8(report).unwrap()))
        .collect()
}

#[test]
fn every_fixture_in_shards_gives_the_report_of_the_whole() {
    let is_lines = |path: &PathBuf| path.extension().is_some_and(|name| name == "jsonl");
    let mut seen = 0;
    for path in label_files().into_iter().filter(is_lines) {
        let source = Source::open(&path).unwrap();
        let told = operations::recognized(&source).unwrap();
        // One that is an array, or could be of two formats, is not cut at its lines.
        let is_cut = |name: &str| find(name).is_some_and(|format| format.info().layout.is_lines);
        if !told.is_some_and(|(format, _)| is_cut(format.name())) {
            continue;
        }
        seen += 1;
        let folders = [
            path.parent().unwrap().to_owned(),
            fixtures().join("rules/texts"),
        ];
        let texts = Texts::open(&folders, true).unwrap();
        let length = std::fs::metadata(&path).unwrap().len();
        for texts in [Some(&texts), None] {
            let want = reports(whole(&path, texts));
            for places in [
                vec![],
                vec![length / 2],
                vec![length / 3, length / 3, length - 1],
                (0..16).map(|step| step * length / 16).collect(),
            ] {
                let found = reports(merged(&path, texts, &places));
                assert_eq!(found, want, "{} cut at {places:?}", path.display());
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_line_belongs_to_the_shard_that_holds_its_first_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("labels.jsonl");
    let line = |name: &str| format!(r#"{{"image_url":"AmlDatastore://d/{name}.txt","label":"A"}}"#);
    let lines = [line("a"), line("bb"), line("ccc")];
    for end in ["\n", ""] {
        let text = lines.join("\n") + end;
        std::fs::write(&path, &text).unwrap();
        let source = Source::open(&path).unwrap();
        let length = text.len() as u64;
        let newlines = (0..).zip(text.bytes()).filter(|(_, byte)| *byte == b'\n');
        let starts: Vec<u64> = [0]
            .into_iter()
            .chain(newlines.map(|(at, _)| at + 1))
            .collect();
        let starts = &starts[..lines.len()];
        for at in 0..length + 3 {
            for range in [at..at, at..at + 1, at..u64::MAX] {
                let want = starts.iter().filter(|start| range.contains(start)).count();
                assert_eq!(held(&source, &range), want as u64, "{range:?} of {length}");
            }
        }
        let want = reports(whole(&path, None));
        let places = [length - 1, length, length + 1, length + 9];
        assert_eq!(reports(merged(&path, None, &places)), want);
    }
    // The end of a line that is longer than what is read of it at a time.
    let long = lines[0].replace('}', &(" ".repeat(150_000) + "}"));
    std::fs::write(&path, [&long, "\n", &lines[1]].concat()).unwrap();
    let source = Source::open(&path).unwrap();
    let end = long.len() as u64 + 1;
    for at in [1, 70_000, end - 1, end] {
        assert_eq!(held(&source, &(0..at)), 1, "{at}");
        assert_eq!(held(&source, &(at..end + 1)), 1, "{at}");
    }
}

/// How many documents begin in a stretch of a file.
fn held(source: &Source, range: &Range<u64>) -> u64 {
    let options = Options {
        jobs: 1,
        ..options(true)
    };
    let part = part(range.clone(), false);
    operations::shard(source, None, None, &options, &part, &mut Vec::new()).unwrap()
}

/// A document of the corpora below: which text it has, where it lies, and its labels.
#[derive(Clone, Debug)]
struct Case {
    text: usize,
    folder: usize,
    name: usize,
    labels: Vec<(usize, i64, i64)>,
    broken: bool,
}

fn case() -> impl Strategy<Value = Case> {
    let label = (0_usize..3, 0_i64..40, 1_i64..12);
    let labels = prop::collection::vec(label, 0..4);
    let rare = prop::bool::weighted(0.05);
    (0_usize..6, 0_usize..2, 0_usize..9, labels, rare).prop_map(
        |(text, folder, name, labels, broken)| Case {
            text,
            folder,
            name,
            labels,
            broken,
        },
    )
}

const TEXTS: [&str; 6] = [
    "Ann lives in Brunlund and works there for the harbour office.",
    "Ann lives in Brunlund and works there for the harbour office.",
    "\u{1f600} Ann lives in Brunlund and works there, caf\u{e9} next door.",
    "ANN\r\nBRUNLUND\r\nHARBOUR OFFICE\r\nsecond floor to the left",
    "",
    "A quite different text about nothing in particular, a bit longer than the others are.",
];

/// Writes a corpus. Documents of one name in two folders have one text file, which is neither's.
fn write(folder: &Path, cases: &[Case], ends: bool) -> PathBuf {
    let mut lines = String::new();
    for case in cases {
        if case.broken {
            lines.push_str("{\"image_url\": \n");
            continue;
        }
        let name = format!("d{}.txt", case.name);
        std::fs::write(folder.join(&name), TEXTS[case.text]).unwrap();
        let labels = case.labels.iter().map(|(label, start, length)| {
            let label = ["Name", "TempFolder", "Office"][*label];
            aml_span(label, start, start + length)
        });
        let labels: Vec<String> = labels.collect();
        let url = format!("AmlDatastore://ds/f{}/{name}", case.folder);
        lines.push_str(&aml_line(&url, &labels));
        lines.push('\n');
    }
    if !ends {
        lines.pop();
    }
    let path = folder.join("labels.jsonl");
    std::fs::write(&path, lines).unwrap();
    path
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_corpus_in_any_shards_gives_the_report_of_the_whole(
        cases in prop::collection::vec(case(), 1..16),
        places in prop::collection::vec(0_u64..2000, 0..5),
        ends in any::<bool>(),
    ) {
        prop_assume!(cases.iter().any(|case| !case.broken));
        let folder = TempFolder::new();
        let path = write(folder.path(), &cases, ends);
        let texts = Texts::open(&[folder.path().to_owned()], true).unwrap();
        let want = reports(whole(&path, Some(&texts)));
        let found = reports(merged(&path, Some(&texts), &places));
        prop_assert_eq!(found, want);
    }
}

/// A folder with a corpus of six documents, in which there is something to find.
fn corpus() -> TempFolder {
    let folder = TempFolder::new();
    let cases = (0..6).map(|number| Case {
        text: [0, 1, 3, 4, 5, 0][number],
        folder: 0,
        name: number,
        labels: vec![(number % 3, 0, 9), (0, 9, 17), (1, 60, 12)],
        broken: false,
    });
    write(folder.path(), &cases.collect::<Vec<_>>(), true);
    folder
}

/// Checks a stretch of the corpus.
fn shard(folder: &Path, bytes: &str, partial: &str, more: &[&str]) {
    let args = [
        "check",
        "labels.jsonl",
        "--shard",
        bytes,
        "--partial",
        partial,
        "--force",
    ];
    let run = run(folder, args.iter().chain(more)).expect(0);
    assert_eq!((run.text(), run.stderr), (String::new(), String::new()));
}

#[test]
fn merge_prints_what_one_check_prints() {
    let folder = corpus();
    let folder = folder.path();
    for more in [
        &[][..],
        &["--no-texts"],
        &["--select", "offsets", "--deny", "span-cuts-word"],
    ] {
        shard(folder, "0:300", "a", more);
        shard(folder, "300:500", "b", more);
        shard(folder, "500:", "c", more);
        for output in ["json", "human"] {
            let whole = ["check", "labels.jsonl", "--ignore", LEFT_OUT];
            let output = ["--output", output, "--fail-on", "warning"];
            let whole = run(folder, whole.iter().chain(more).chain(&output)).expect(1);
            let merged = run(folder, ["merge", "c", "a", "b"].iter().chain(&output)).expect(1);
            assert_eq!(merged.text(), whole.text());
            assert_eq!(merged.stderr, whole.stderr);
        }
    }
    // Where the shards could not know the unit, the file is checked again, and it is said.
    let line = aml_line("AmlDatastore://d/u.txt", &[aml_span("A", 3, 6)]);
    std::fs::write(folder.join("u.txt"), "\u{1f600} Ann is here").unwrap();
    std::fs::write(folder.join("labels.jsonl"), line).unwrap();
    shard(folder, "0:", "a", &[]);
    let merged = run(folder, ["merge", "a", "--output", "json"]);
    assert_eq!(merged.report().0["inputs"][0]["offsets"], "utf16");
    merged.says("checked again as a whole");
}
