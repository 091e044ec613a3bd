//! The report for people: the gravest first, those of a rule together, and every line fits.

mod causes;

use std::fmt::Write;

use labelwright::internals::diagnostics::Severity;
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations;
use labelwright::internals::pipeline::{Options, Outcome};
use labelwright::internals::report::{self, EXAMPLES, Emitter, ReportSettings};
use labelwright::internals::text::Unit;
use textwrap::core::display_width;

use crate::support::{
    ENTITIES, TempFolder, aml_line, aml_span, fixtures, label_files, language_document,
    language_label, language_project, run,
};

fn check(path: &std::path::Path, texts: &[std::path::PathBuf]) -> Outcome {
    let source = Source::open(path).unwrap();
    let texts = Texts::open(texts, true).unwrap();
    let mut options = Options {
        snippets: EXAMPLES,
        unit: Some(Unit::CodePoint),
        reach: true,
        ..Options::default()
    };
    // It would speak for all others.
    options.levels.ignore(&["spans-adrift".to_owned()]).unwrap();
    operations::check(&source, None, Some(&texts), &options).unwrap()
}

fn told(outcome: &Outcome, width: usize, limit: usize, least: Severity) -> String {
    emitted(outcome, settings(width, limit, least))
}

fn settings(width: usize, limit: usize, least: Severity) -> ReportSettings {
    ReportSettings {
        color: false,
        links: false,
        width,
        limit,
        least,
        statistics: false,
        fixable: false,
        examples: 5,
        mark: false,
    }
}

fn emitted(outcome: &Outcome, settings: ReportSettings) -> String {
    let report = report::Report {
        outcomes: std::slice::from_ref(outcome),
        ..report::Report::default()
    };
    let mut out = Vec::new();
    let human: &dyn Emitter = report::find("human").unwrap();
    human.emit(&report, &settings, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_line_of_every_fixture_fits() {
    let texts = fixtures().join("rules/texts");
    for path in label_files() {
        let folder = path.parent().unwrap().to_owned();
        let outcome = check(&path, &[folder, texts.clone()]);
        for width in [40, 80] {
            let settings = settings(width, usize::MAX, Severity::Note);
            let counted = ReportSettings {
                statistics: true,
                fixable: true,
                ..settings
            };
            let text = emitted(&outcome, settings) + &emitted(&outcome, counted);
            for line in text.lines() {
                assert!(
                    display_width(line) <= width,
                    "{width}: {}: {line}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn words_in_any_script_have_their_mark_under_them() {
    let place = TempFolder::new();
    let text = "👩🏽 wrote: 東京都の天気は晴れ、Jose\u{301} met Ada\r\nLovelace in ";
    let text = format!("{text}القاهرة{}", " and so on".repeat(20));
    place.write("1.txt", &text);
    let at = |words: &str| text[..text.find(words).unwrap()].chars().count();
    let span = |words: &str| {
        let start = at(words);
        aml_span("A", start, start + words.chars().count())
    };
    let spans = [span("晴れ、Jose"), span("da\r\nLovelac"), span("لقاهرة")];
    let line = aml_line("AmlDatastore://ds/1.txt", &spans);
    place.write("labels.jsonl", line + "\n");
    let outcome = check(&place.at("labels.jsonl"), &[place.path().to_owned()]);
    let mut marked = Vec::new();
    for width in [40, 80, 120] {
        let text = told(&outcome, width, 100, Severity::Warning);
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            let Some(start) = pair[1]
                .strip_prefix("   · ")
                .and_then(|line| line.find('─'))
            else {
                continue;
            };
            assert!(display_width(pair[0]) <= width, "{text}");
            let length = pair[1].matches('─').count();
            let Some(words) = pair[0].get(2..).and_then(|line| line.strip_prefix(" │ ")) else {
                continue;
            };
            let (mut column, mut under) = (0, String::new());
            for char in words.chars() {
                if (start..start + length).contains(&column) {
                    under.push(char);
                }
                column += display_width(char.encode_utf8(&mut [0; 4]));
            }
            marked.push(under);
        }
    }
    for words in ["晴れ、Jose", "⟦da↵Lovelac⟧", "⟦لقاهرة⟧"] {
        let times = marked.iter().filter(|under| *under == words).count();
        assert!(times >= 3, "{words}: {marked:?}");
    }
}

/// A Language file with two errors at its end, after so many warnings.
fn two_errors_behind(warnings: usize) -> TempFolder {
    let place = TempFolder::new();
    let text = "Oslo ".repeat(warnings);
    place.write("1.txt", &text);
    let mut labels: Vec<String> = (0..warnings)
        .map(|index| language_label("City", index * 5, 5))
        .collect();
    labels.push(language_label("City", 5 * warnings + 7, 4));
    labels.push(language_label("City", 5 * warnings + 9, 4));
    let document = language_document("1.txt", None, text.len(), &labels);
    place.write(
        "labels.json",
        language_project(ENTITIES, &["City"], &[document]),
    );
    place
}

#[test]
fn errors_are_not_lost_behind_warnings() {
    let place = two_errors_behind(2_402);
    let outcome = check(&place.at("labels.json"), &[place.path().to_owned()]);
    let text = told(&outcome, 80, 1, Severity::Note);
    assert!(
        text.starts_with("error[span-out-of-bounds]: 2 findings\n"),
        "{text}"
    );
    assert!(text.contains("more rules; `--max-diagnostics`"), "{text}");
    assert!(!text.contains("warning["), "{text}");
    let text = told(&outcome, 80, 100, Severity::Note);
    assert!(
        text.contains("\nwarning[span-edge-whitespace]: 2402 findings\n"),
        "{text}"
    );
    assert_eq!(text.matches("ends with white space").count(), 3, "{text}");
    assert!(text.lines().count() < 120, "{text}");
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    let more = " and 2399 more findings at labels.json:1:";
    assert!(text.contains(more), "{text}");
    assert!(text.contains(" and 2394 more help: "), "{text}");
}

#[test]
fn what_is_printed_is_not_what_is_judged() {
    let place = two_errors_behind(40);
    let args = ["check", "labels.json", "--ignore", "spans-adrift"];
    for least in ["error", "warning", "note"] {
        let gate = ["--fail-on", "never", "--max-warnings", "0"];
        let more = [&gate[..], &["--min-severity", least]].concat();
        let done = run(place.path(), args.iter().chain(&more)).expect(1);
        let text = done.text();
        let shown = |severity: &str| text.contains(&format!("{severity}["));
        assert_eq!(shown("warning"), least != "error", "{text}");
        assert!(shown("error"), "{text}");
        assert!(text.contains("; 2 errors, "), "the totals stay: {text}");
        done.says(" warnings, 0 allowed by --max-warnings\n");
    }
    let more = ["--statistics", "--min-severity", "error"];
    let table = run(place.path(), args.iter().chain(&more));
    let table = table.expect(1).text();
    let first = table.lines().nth(1).unwrap();
    let cells: Vec<&str> = first.split_whitespace().collect();
    assert_eq!(
        cells,
        ["2", "1", "1", "-", "-", "error", "span-out-of-bounds"]
    );
    assert!(
        table.ends_with("\n40 findings can be fixed with `--fix`\n"),
        "{table}"
    );
    assert!(!table.contains("span-edge-whitespace"), "{table}");
}

#[test]
fn one_cause_is_one_finding_with_its_places() {
    let place = TempFolder::new();
    let mut documents = Vec::new();
    for index in 0..1_205 {
        let name = format!("a/{index}.txt");
        place.write(&name, "Oslo");
        documents.push(language_document(&name, None, 4, &[]));
    }
    place.write(
        "labels.json",
        language_project(ENTITIES, &["City"], &documents),
    );
    let args = ["check", "labels.json", "--select", "location-nested"];
    let text = run(place.path(), args).expect(0).text();
    let mut want = String::from(
        "warning[location-nested]: 1205 documents lie in folders, not at the root of the container\n",
    );
    write!(want, "   ╭─[labels.json:").unwrap();
    assert!(text.starts_with(&want), "{text}");
    assert!(text.contains("  also at labels.json:"), "{text}");
    assert!(text.contains(" and 1199 more\n"), "{text}");
    let json = [&args[..], &["--output", "json"]].concat();
    let report = run(place.path(), json).expect(0).report();
    let [finding] = report.findings() else {
        panic!("{}", report.0);
    };
    assert_eq!(finding["places_total"], 1205);
    assert_eq!(finding["document"], "a/0.txt");
    let places = finding["places"].as_array().unwrap();
    assert_eq!(places.len(), 1000);
    assert_eq!(places[0]["document"], "a/1.txt");
    assert_eq!(places[0]["path"], "labels.json");
    assert!(places[0]["line"].is_u64() && places[0]["column"].is_u64());
    assert_eq!(report.0["summary"]["warnings"], 1);
    assert_eq!(report.0["summary"]["rules"]["location-nested"], 1);
}

/// What is said of a file, as rule, message, help and how many places there are.
fn said(place: &TempFolder, args: &[&str]) -> Vec<[String; 4]> {
    let all = [&["check"], args, &["--output", "json"]].concat();
    let report = run(place.path(), all).report();
    let findings = report.findings().iter();
    let said = findings.map(|finding| {
        let places = finding["places_total"].as_u64().unwrap_or(1).to_string();
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        [text("rule"), text("message"), text("help"), places]
    });
    said.collect()
}

#[test]
fn a_label_that_is_not_declared_is_not_also_rare() {
    let place = TempFolder::new();
    let label = |name: &str| [language_label(name, 0, 4)];
    let documents: Vec<String> = ["Train", "Test", "Train"]
        .iter()
        .zip(["City", "City", "Town"])
        .enumerate()
        .map(|(index, (set, name))| {
            let name = (format!("{index}.txt"), label(name));
            place.write(&name.0, format!("Oslo {index}"));
            language_document(&name.0, Some(set), 6, &name.1)
        })
        .collect();
    place.write(
        "labels.json",
        language_project(ENTITIES, &["City"], &documents),
    );
    let rules = ["labels.json", "--select"];
    let all = "label-undeclared,label-rare,label-missing-in-test,label-imbalance";
    let rare = "`City` has 2 instances; about 50 are advised";
    let found = said(&place, &[&rules[..], &[all]].concat());
    let found: Vec<&str> = found.iter().map(|said| &*said[1]).collect();
    let undeclared = "`Town` is not declared; it is used by 1 label in 1 document";
    assert_eq!(found, [rare, undeclared]);
    // Where nothing is said of declarations, it is rare, and both are one finding.
    let found = said(&place, &["labels.json", "--select", "label-rare"]);
    let want = "2 labels have few instances: `City` 2, `Town` 1; about 50 are advised";
    assert_eq!(found.len(), 1);
    assert_eq!((&*found[0][1], &*found[0][3]), (want, "2"));
}

#[test]
fn a_label_that_is_not_declared_has_all_its_places() {
    let place = TempFolder::new();
    let labels: Vec<String> = (0..3).map(|at| language_label("Town", at * 5, 4)).collect();
    let mut documents = Vec::new();
    for index in 0..4 {
        let name = format!("{index}.txt");
        place.write(&name, "Oslo Oslo Oslo");
        documents.push(language_document(&name, None, 14, &labels));
    }
    place.write(
        "labels.json",
        language_project(ENTITIES, &["City"], &documents),
    );
    let args = ["check", "labels.json", "--select", "label-undeclared"];
    for jobs in ["1", "3"] {
        let more = ["--output", "json", "--jobs", jobs];
        let report = run(place.path(), [&args[..], &more].concat())
            .expect(1)
            .report();
        let [finding] = report.findings() else {
            panic!("{}", report.0);
        };
        assert_eq!(finding["places_total"], 12);
        let places = finding["places"].as_array().unwrap();
        let shown = [finding].into_iter().chain(places);
        let mut shown: Vec<(u64, &str)> = shown
            .map(|it| {
                (
                    it["column"].as_u64().unwrap(),
                    it["document"].as_str().unwrap(),
                )
            })
            .collect();
        let in_order = shown.clone();
        shown.sort_unstable();
        shown.dedup();
        assert_eq!(shown, in_order);
        assert_eq!(shown.len(), 12);
        assert_eq!((shown[0].1, shown[11].1), ("0.txt", "3.txt"));
    }
    let text = run(place.path(), args).expect(1).text();
    assert!(text.contains("  also at labels.json:1:"), "{text}");
    assert!(text.contains(" and 6 more\n"), "{text}");
}

#[test]
fn rules_about_the_edges_of_one_span_are_one_finding() {
    let place = TempFolder::new();
    place.write("1.txt", "met Dylan Williams there");
    let line = aml_line("AmlDatastore://ds/1.txt", &[aml_span("Person", 5, 19)]);
    place.write("labels.jsonl", line + "\n");
    let found = said(&place, &["labels.jsonl", "--select", "offsets"]);
    assert_eq!(
        found,
        [[
            "span-cuts-word",
            "`Person` at 5..19 cuts a word: it takes `ylan` of `Dylan`, and ends with white space \
             (U+0020)",
            "label `Dylan Williams`, unless a part of a word is meant",
            "1"
        ]]
    );
    let found = said(
        &place,
        &["labels.jsonl", "--select", "span-edge-whitespace"],
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0][0], "span-edge-whitespace");
}

#[test]
fn a_folded_finding_is_fixed_at_all_its_places() {
    let place = TempFolder::new();
    let document = |index: usize| {
        let name = format!("{index}.txt");
        place.write(&name, "Oslo");
        let label = [language_label("City", 0, 4)];
        language_document(&name, Some("train"), 4, &label)
    };
    let documents: Vec<String> = (0..7).map(document).collect();
    place.write(
        "labels.json",
        language_project(ENTITIES, &["City"], &documents),
    );
    let args = ["labels.json", "--select", "dataset-unknown"];
    let found = said(&place, &args);
    let want = "7 documents have a dataset that is neither `Train` nor `Test`, such as `train`";
    assert_eq!(found.len(), 1);
    assert_eq!((&*found[0][1], &*found[0][3]), (want, "7"));
    let done = run(place.path(), [&["check"], &args[..], &["--fix"]].concat()).expect(0);
    done.says("fixed 7 findings in labels.json");
    assert_eq!(place.read("labels.json").matches("\"Train\"").count(), 7);
}
