//! Laws that hold for every fixture: nothing depends on threads, on the size of a batch, on
//! which reader read a record, or on how many findings stay in memory.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use labelwright::internals::diagnostics::store::Budget;
use labelwright::internals::formats;
use labelwright::internals::input::{Source, Texts};
use labelwright::internals::operations::{self, Conversion};
use labelwright::internals::pipeline::{Error, Options, Outcome};
use labelwright::internals::rules::Applicability;
use labelwright::internals::text::Unit;

use crate::support::{
    TempFolder, aml_line, aml_span, conversion, every_report, fixtures, label_files,
    language_document, language_label,
};

fn runs() -> Vec<Options> {
    let all = [
        (1, 1 << 20, true, 64_000),
        (1, 1, true, 64_000),
        (2, 7, true, 1),
        (3, 64, false, 2),
        (1, 1 << 20, false, 0),
    ];
    let options = all.map(|(jobs, batch_bytes, quick, findings_in_memory)| Options {
        jobs,
        batch_bytes,
        quick,
        budget: Budget::new(findings_in_memory),
        ..Options::default()
    });
    options.into()
}

fn texts(path: &Path) -> Texts {
    let folders = [
        path.parent().unwrap().to_owned(),
        fixtures().join("rules/texts"),
    ];
    Texts::open(&folders, true).unwrap()
}

#[test]
fn one_report_for_any_threads_batches_and_reader() {
    for path in label_files() {
        let source = Source::open(&path).unwrap();
        let texts = texts(&path);
        let check =
            |options: &Options| operations::check(&source, None, Some(&texts), options).unwrap();
        let outcomes: Vec<Outcome> = runs().iter().map(check).collect();
        for other in &outcomes[1..] {
            assert_eq!(*other, outcomes[0], "{}", path.display());
        }
    }
}

#[test]
fn one_output_for_any_threads_batches_and_reader() {
    for path in label_files() {
        let source = Source::open(&path).unwrap();
        let texts = texts(&path);
        // What becomes a folder of files needs one: tests/brat has it.
        let formats = formats::FORMATS.iter();
        for to in formats.filter(|to| to.info().layout.folder.is_none()) {
            let conversion = Conversion {
                texts: Some(&texts),
                skip_invalid: true,
                save_losses: true,
                ..conversion(to.info().name)
            };
            let convert = |options: &Options| {
                let (mut out, mut ledger) = (Vec::new(), Vec::new());
                let outcome =
                    operations::convert(&source, &conversion, options, &mut out, &mut ledger);
                // Texts inside want a folder of their own: tests/bridges has it.
                let outcome = match outcome {
                    Err(Error::TextsInside(..)) => None,
                    other => Some(other.unwrap()),
                };
                if outcome.as_ref().is_none_or(|outcome| outcome.refused) {
                    // What a refused conversion wrote means nothing.
                    return (Vec::new(), Vec::new(), outcome);
                }
                (out, ledger, outcome)
            };
            let results: Vec<_> = runs().iter().map(convert).collect();
            for other in &results[1..] {
                assert!(
                    *other == results[0],
                    "{} to {}",
                    path.display(),
                    to.info().name
                );
            }
        }
    }
}

/// The reports of all fixtures in one run, whose findings share that much room.
fn reports(findings_in_memory: usize) -> BTreeMap<&'static str, Vec<u8>> {
    let budget = Budget::new(findings_in_memory);
    let options = || Options {
        budget: budget.clone(),
        snippets: 20,
        ..Options::default()
    };
    let check = |path| {
        let source = Source::open(path).unwrap();
        operations::check(&source, None, Some(&texts(path)), &options()).unwrap()
    };
    let paths = label_files();
    let mut outcomes: Vec<Outcome> = paths.iter().map(|path| check(path)).collect();
    let options = options();
    let asked = vec![&options; outcomes.len()];
    operations::unlisted(&mut outcomes, &asked).unwrap();
    every_report(&outcomes, usize::MAX)
}

#[test]
fn one_report_however_many_findings_stay_in_memory() {
    let want = reports(64_000);
    let found = want["json"]
        .windows(7)
        .filter(|it| it == b"\"rule\":")
        .count();
    assert!(found > 500, "{found}");
    // None at all, one, two, and most of them.
    for cap in [0, 1, 2, found - 1] {
        assert!(reports(cap) == want, "{cap}");
    }
}

/// A record with more findings than a batch holds in memory, between two others.
#[test]
fn one_report_however_many_findings_a_record_has() {
    let line = |name: &str, labels: usize| {
        let span = |at: usize| {
            // Each overlaps the one before it, and the order is not that of the text.
            let start = 5 * (labels - at);
            aml_span("A", start, start + 7)
        };
        let spans: Vec<String> = (0..labels).map(span).collect();
        aml_line(&format!("AmlDatastore://s/{name}"), &spans)
    };
    let lines = [
        line("a b.pdf", 2),
        line("c d.pdf", 3500),
        line("e f.pdf", 3),
    ];
    let folder = TempFolder::new();
    let path = folder.at("export.jsonl");
    std::fs::write(&path, lines.join("\n")).unwrap();
    let check = |findings_in_memory: usize, jobs: usize| {
        let options = Options {
            jobs,
            budget: Budget::new(findings_in_memory),
            ..Options::default()
        };
        let source = Source::open(&path).unwrap();
        operations::check(&source, None, None, &options).unwrap()
    };
    let want = check(1_000_000, 1);
    assert!(want.diagnostics.len() > 3500, "{}", want.diagnostics.len());
    for (findings_in_memory, jobs) in [(0, 1), (16, 2), (20_000, 1), (64_000, 2)] {
        assert!(
            check(findings_in_memory, jobs) == want,
            "{findings_in_memory}"
        );
    }
}

#[test]
fn one_fixed_file_however_many_findings_stay_in_memory() {
    let mut fixed = 0;
    for path in label_files() {
        let source = Source::open(&path).unwrap();
        let texts = texts(&path);
        let fix = |findings_in_memory| {
            let options = Options {
                budget: Budget::new(findings_in_memory),
                ..Options::default()
            };
            let fixed =
                operations::fix(&source, None, Some(&texts), &options, Applicability::Unsafe)
                    .unwrap();
            let bytes = fixed.source.map(|source| {
                let mut bytes = Vec::new();
                source.reader().unwrap().read_to_end(&mut bytes).unwrap();
                bytes
            });
            (bytes, fixed.before, fixed.outcome, fixed.fixed)
        };
        let want = fix(64_000);
        fixed += usize::from(want.0.is_some());
        assert!(fix(0) == want, "{}", path.display());
    }
    assert!(fixed > 20, "{fixed}");
}

#[test]
fn one_report_wherever_the_header_stands() {
    let metadata = r#""metadata":{"projectKind":"CustomEntityRecognition","storageInputContainerName":"c","projectName":"p","multilingual":false,"language":"en-us"}"#;
    let top = r#""projectFileVersion":"2022-05-01","stringIndexType":"Utf16CodeUnit""#;
    let entities = r#""projectKind":"CustomEntityRecognition","entities":[{"category":"A"}]"#;
    let document = |name| language_document(name, None, 9, &[language_label("A", 0, 3)]);
    let documents = format!(
        r#""documents":[{},{}]"#,
        document("a.txt"),
        document("b.txt")
    );
    let files = [
        // All of it before the documents; some of it behind them; something new there; a bracket
        // too many.
        format!("{{{top},{metadata},\"assets\":{{{entities},{documents}}}}}"),
        format!("{{\"assets\":{{{entities},{documents}}},{top},{metadata}}}"),
        format!("{{{top},{metadata},\"assets\":{{{documents},{entities}}}}}"),
        format!("{{{top},{metadata},\"assets\":{{{entities},{documents},\"new\":1}}}}"),
        format!("{{{top},{metadata},\"assets\":{{{entities},{documents}}},{metadata}}}"),
        format!("{{{top},{metadata},\"assets\":{{{entities},{documents}}}}}}}"),
    ];
    for text in files {
        let source = Source::spooled(text.as_bytes(), Path::new("labels.json")).unwrap();
        let conversion = Conversion {
            unit: Some(Unit::Utf16),
            ..conversion("aml")
        };
        let runs = [1, 40, 1 << 20].map(|batch_bytes| {
            let options = || Options {
                batch_bytes,
                ..Options::default()
            };
            let mut out = Vec::new();
            let converted = operations::convert(
                &source,
                &conversion,
                &options(),
                &mut out,
                &mut std::io::sink(),
            );
            let converted = converted.unwrap();
            if converted.refused {
                out.clear();
            }
            let checked = operations::check(&source, None, None, &options()).unwrap();
            (checked, converted, out)
        });
        assert!(runs[0] == runs[2] && runs[1] == runs[2], "{text}");
        assert!(runs[0].1.refused || runs[0].2.len() > 100, "{text}");
    }
}
