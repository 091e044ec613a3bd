//! Shards: what several runs over stretches of one file come to, put together, is what one run
//! over the whole file says.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use labelwright::input::Source;
use labelwright::input::Texts;
use labelwright::operations;
use labelwright::pipeline::{Options, Outcome};
use proptest::prelude::*;

use crate::support::{every_report, fixtures, label_files, run};

/// What both ways are asked. Shards leave out `surface-unlabeled` by themselves.
fn options(quick: bool) -> Options {
    let mut options = Options {
        snippets: 20,
        quick,
        ..Options::default()
    };
    let rule = "surface-unlabeled".to_owned();
    options.levels.ignore(&[rule]).unwrap();
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

/// The shards of a file, each written to a file of its own, and put together in any order.
fn merged(path: &Path, texts: Option<&Texts>, places: &[u64]) -> Outcome {
    let source = Source::open(path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut partials = Vec::new();
    for (number, range) in ranges(places).into_iter().enumerate() {
        let mut out = Vec::new();
        let options = Options {
            jobs: 1 + number % 2,
            batch_bytes: 1 << (number % 12),
            quick: number % 3 > 0,
            ..options(true)
        };
        operations::shard(&source, None, texts, &options, &range, &mut out).unwrap();
        let partial = folder.path().join(number.to_string());
        std::fs::write(&partial, out).unwrap();
        partials.insert(number / 2, partial);
    }
    let partials: Vec<&Path> = partials.iter().map(PathBuf::as_path).collect();
    operations::merge(&partials, &options(true), || ()).unwrap()
}

fn whole(path: &Path, texts: Option<&Texts>) -> Outcome {
    let source = Source::open(path).unwrap();
    operations::check(&source, None, texts, &options(true)).unwrap()
}

/// The reports of an outcome, with what the folders hold that no file lists.
fn reports(mut outcome: Outcome) -> BTreeMap<&'static str, String> {
    let options = options(true);
    let outcomes = std::slice::from_mut(&mut outcome);
    operations::unlisted(outcomes, &[&options.levels]).unwrap();
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
        if !operations::is_label_file(&source).unwrap() {
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
            let (label, end) = (["Name", "Place", "Office"][*label], start + length);
            format!(r#"{{"label":"{label}","offsetStart":{start},"offsetEnd":{end}}}"#)
        });
        let labels: Vec<String> = labels.collect();
        let labels = labels.join(",");
        let folder = case.folder;
        let line =
            format!(r#"{{"image_url":"AmlDatastore://ds/f{folder}/{name}","label":[{labels}]}}"#);
        lines.push_str(&line);
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
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path(), &cases, ends);
        let texts = Texts::open(&[folder.path().to_owned()], true).unwrap();
        let want = reports(whole(&path, Some(&texts)));
        let found = reports(merged(&path, Some(&texts), &places));
        prop_assert_eq!(found, want);
    }
}

/// A folder with a corpus of six documents, in which there is something to find.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
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
            let whole = ["check", "labels.jsonl", "--ignore", "surface-unlabeled"];
            let output = ["--output", output, "--fail-on", "warning"];
            let whole = run(folder, whole.iter().chain(more).chain(&output)).expect(1);
            let merged = run(folder, ["merge", "c", "a", "b"].iter().chain(&output)).expect(1);
            assert_eq!(merged.text(), whole.text());
            assert_eq!(merged.stderr, whole.stderr);
        }
    }
    // Where the shards could not know the unit, the file is checked again, and it is said.
    let line = r#"{"image_url":"AmlDatastore://d/u.txt","label":[{"label":"A","offsetStart":3,"offsetEnd":6}]}"#;
    std::fs::write(folder.join("u.txt"), "\u{1f600} Ann is here").unwrap();
    std::fs::write(folder.join("labels.jsonl"), line).unwrap();
    shard(folder, "0:", "a", &[]);
    let merged = run(folder, ["merge", "a", "--output", "json"]);
    assert_eq!(merged.report().0["inputs"][0]["offsets"], "utf16");
    assert!(
        merged.stderr.contains("checked again as a whole"),
        "{}",
        merged.stderr
    );
}

#[test]
fn shards_that_do_not_make_a_whole_are_refused() {
    let folder = corpus();
    let folder = folder.path();
    let refuse = |partials: &[&str], why: &str| {
        let run = run(folder, ["merge"].iter().chain(partials)).expect(2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert_eq!(run.text(), "");
    };
    shard(folder, "0:300", "a", &[]);
    shard(folder, "300:", "b", &[]);
    shard(folder, "300:", "other", &["--no-texts"]);
    refuse(&["a"], "the shards miss bytes");
    refuse(&["b"], "the shards miss bytes 0 to");
    refuse(&["a", "b", "b"], "the shards have twice bytes");
    refuse(&["a", "other"], "what was asked of the check differs");
    refuse(&["a", "gone"], "cannot read gone");
    refuse(&["labels.jsonl"], "it is no result of `check --shard`");
    let text = std::fs::read_to_string(folder.join("b")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() > 3, "there are findings to lose");
    std::fs::write(folder.join("cut"), lines[..lines.len() - 1].join("\n")).unwrap();
    refuse(&["a", "cut"], "it was cut off");
    let without_one = [&lines[..2], &lines[3..]].concat().join("\n");
    std::fs::write(folder.join("less"), without_one + "\n").unwrap();
    refuse(&["a", "less"], "findings are missing");
    let labels = std::fs::read_to_string(folder.join("labels.jsonl")).unwrap();
    std::fs::write(folder.join("labels.jsonl"), labels + "\n").unwrap();
    refuse(&["a", "b"], "it is not as long as it was");
    std::fs::remove_file(folder.join("labels.jsonl")).unwrap();
    refuse(&["a", "b"], "cannot read labels.jsonl");
}

#[test]
fn what_cannot_be_divided_is_refused() {
    let folder = corpus();
    let folder = folder.path();
    std::fs::write(
        folder.join("p.json"),
        r#"{"projectFileVersion":"2022-05-01"}"#,
    )
    .unwrap();
    let refuse = |args: &[&str], why: &str| {
        let run = run(folder, ["check"].iter().chain(args)).expect(2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert!(!folder.join("out").exists());
    };
    let shard = ["--shard", "0:9", "--partial", "out"];
    let with = |args: &[&'static str]| [args, &shard].concat();
    refuse(&with(&["p.json"]), "which has no lines");
    refuse(&with(&["-"]), "standard input cannot be divided");
    refuse(
        &with(&["labels.jsonl", "p.json"]),
        "a part of one label file",
    );
    refuse(&with(&["labels.jsonl", "--fix"]), "a shard only checks");
    refuse(&["labels.jsonl", "--shard", "0:9"], "--partial");
    refuse(
        &["labels.jsonl", "--shard", "9", "--partial", "out"],
        "no range of bytes",
    );
    let full = ["labels.jsonl", "--shard", "0:", "--partial", "gone/out"];
    refuse(&full, "cannot write gone/out");
}
