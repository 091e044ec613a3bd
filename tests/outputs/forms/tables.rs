//! Tables, test suites and summaries.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::super::{NAME, args, corpus, report};
use super::findings;
use crate::support::{TempFolder, aml_line, aml_span, run};

#[test]
fn a_row_of_the_table_is_a_finding() {
    let text = report("csv", NAME, &[]);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let findings = findings(NAME);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), findings.len());
    for (row, finding) in rows.iter().zip(&findings) {
        for (column, cell) in columns.iter().zip(row) {
            let want = match column.as_str() {
                "fix" => finding["fix"]["applicability"].clone(),
                _ => finding.get(column).cloned().unwrap_or_default(),
            };
            let want = match want {
                Value::Null => String::new(),
                Value::String(text) => text,
                other => other.to_string(),
            };
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
            // What acts on something is escaped, and a formula begins with an apostrophe.
            let shown = cell
                .strip_prefix('\'')
                .filter(|_| want.starts_with('='))
                .unwrap_or(cell);
            let plain = |text: &str| text.replace("\\u{3a}", ":").replace("\\u{5b}", "[");
            if !want.contains(char::is_control) && !want.contains('\u{202e}') {
                assert_eq!(plain(shown), plain(&want), "{column}");
            }
        }
    }
    assert!(
        rows.iter()
            .any(|row| row.iter().any(|cell| cell.starts_with("'=HYPERLINK")))
    );
    let marked = report("csv", NAME, &["--csv-bom"]);
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(&*text));
    // No other form has one.
    for form in ["jsonl", "gitlab", "junit"] {
        assert_eq!(report(form, NAME, &["--csv-bom"]), report(form, NAME, &[]));
    }
}

/// A suite: its name, and of its cases which have which name and whether they failed.
struct Suite {
    name: String,
    counts: [u64; 2],
    cases: Vec<(String, bool)>,
}

/// The suites of a report, which is well-formed.
fn suites(text: &str) -> Vec<Suite> {
    let mut reader = Reader::from_str(text);
    let mut suites: Vec<Suite> = Vec::new();
    let (mut sums, mut open) = ([0, 0], Vec::new());
    loop {
        let event = reader.read_event().unwrap();
        let (start, is_empty) = match &event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let of = |name: &str| {
            let found = start.try_get_attribute(name).unwrap()?;
            Some(
                found
                    .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                    .unwrap()
                    .into_owned(),
            )
        };
        let count = |name: &str| of(name).unwrap().parse::<u64>().unwrap();
        let element = start.name().0.to_owned();
        let above = open.last().map(String::as_str);
        match (&*element, above) {
            ("testsuites", None) => sums = [count("tests"), count("failures")],
            ("testsuite", Some("testsuites")) => suites.push(Suite {
                name: of("name").unwrap(),
                counts: [count("tests"), count("failures")],
                cases: Vec::new(),
            }),
            ("testcase", Some("testsuite")) => {
                assert!(of("classname").is_some());
                let cases = &mut suites.last_mut().unwrap().cases;
                cases.push((of("name").unwrap(), false));
            }
            ("failure", Some("testcase")) => {
                assert!(of("message").is_some() && of("type").is_some());
                suites.last_mut().unwrap().cases.last_mut().unwrap().1 = true;
            }
            ("system-out", Some("testcase")) => {}
            other => panic!("{other:?}"),
        }
        if !is_empty {
            open.push(element);
        }
    }
    let sum = |at: usize| suites.iter().map(|suite| suite.counts[at]).sum::<u64>();
    assert_eq!(sums, [sum(0), sum(1)]);
    for suite in &suites {
        let failed = suite.cases.iter().filter(|case| case.1).count();
        assert_eq!(
            suite.counts,
            [suite.cases.len() as u64, failed as u64],
            "{}",
            suite.name
        );
        let names: BTreeSet<&str> = suite.cases.iter().map(|case| &*case.0).collect();
        assert_eq!(names.len(), suite.cases.len(), "names are their own");
    }
    suites
}

#[test]
fn a_case_fails_where_the_run_does() {
    let all = suites(&report("junit", NAME, &[]));
    let names: Vec<&str> = all.iter().map(|suite| &*suite.name).collect();
    assert_eq!(names, [NAME, "clean.jsonl", "empty.jsonl", "labelwright"]);
    assert_eq!(all[1].cases, [("no findings".to_owned(), false)]);
    let findings = findings(NAME);
    let errors = findings
        .iter()
        .filter(|it| it["severity"] == "error")
        .count();
    let failed = |suites: &[Suite]| suites.iter().map(|it| it.counts[1]).sum::<u64>();
    assert_eq!(failed(&all), errors as u64 + 1, "and the verdict");
    let strict = suites(&report("junit", NAME, &["--fail-on", "note"]));
    assert_eq!(failed(&strict), findings.len() as u64 + 1);
    let place = corpus(NAME);
    let lax = args(NAME, &["--fail-on", "never", "--output", "junit"]);
    let lax = suites(&run(place.path(), lax).expect(0).text());
    assert_eq!((failed(&lax), lax.len()), (0, 3));
    // What no finding fails for is said too.
    let few = [
        "--fail-on",
        "never",
        "--max-warnings",
        "0",
        "--output",
        "junit",
    ];
    let few = suites(&run(place.path(), args(NAME, &few)).expect(1).text());
    assert_eq!(failed(&few), 1);
    assert_eq!(
        few.last().unwrap().cases,
        [("the verdict".to_owned(), true)]
    );
}

/// The tags in a text, by their names.
fn tags(text: &str) -> BTreeSet<&str> {
    let tags = text.split('<').skip(1);
    let end = |tag: &str| tag.find(['>', ' ']).unwrap_or(tag.len());
    tags.map(|tag| &tag[..end(tag)]).collect()
}

/// A line without what stands for a character by its number.
fn without_entities(line: &str) -> String {
    let mut parts = line.split("&#");
    let first = parts.next().unwrap_or_default().to_owned();
    let end = |part: &str| part.find(';').expect("the end of an entity") + 1;
    parts.fold(first, |line, part| line + &part[end(part)..])
}

#[test]
fn no_markup_of_a_summary_comes_from_data() {
    let text = report("markdown", NAME, &[]);
    // A comment stands in what would be the address of a mailbox.
    let own = [
        "!--", "/code", "/details", "/summary", "br", "code", "details", "summary",
    ];
    assert_eq!(tags(&text), BTreeSet::from(own));
    for line in text.lines() {
        let is_row = line.starts_with('|');
        assert_eq!(is_row, line.contains('|'), "{line}");
        // Outside of tables and headings nothing but our own marks is left.
        let rest = without_entities(line.trim_start_matches(['#', '-', '|', ' ']));
        assert!(
            !rest.contains(['`', '*', '_', '[', ']', '#', '@', '\\', '~', '$']),
            "{line}"
        );
    }
    for words in [
        "not ready",
        "| 3 | 5 | 9 |",
        "span-empty",
        "HYPERLINK",
        "A</code> | 0 | 0 |",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let place = corpus(NAME);
    let ready = [
        "check",
        "clean.jsonl",
        "--select",
        "offsets",
        "--output",
        "markdown",
    ];
    let ready = run(place.path(), ready).expect(0).text();
    assert!(ready.starts_with("## labelwright: ready\n"), "{ready}");
}

#[test]
fn a_summary_has_room_in_a_job() {
    let place = TempFolder::new();
    place.write("1.txt", "Rome ".repeat(5000));
    let long = |number: usize| format!("{number}{}", "<".repeat(1000));
    let labels: Vec<String> = (0..3000)
        .map(|at| aml_span(&long(at), at * 5, at * 5))
        .collect();
    place.write(
        "a.jsonl",
        aml_line("AmlDatastore://ds/1.txt", &labels) + "\n",
    );
    let check = ["check", "a.jsonl", "--output", "markdown"];
    let text = run(place.path(), check).expect(1).text();
    assert!(text.len() < 1 << 20, "{}", text.len());
    assert!(
        text.contains("2990 more findings") && text.contains("2800 more labels"),
        "{text}"
    );
}

#[test]
fn concise_says_what_it_leaves_out() {
    let findings = findings(NAME);
    let text = report("concise", NAME, &[]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), findings.len());
    for (line, finding) in lines.iter().zip(&findings) {
        let text = |name: &str| finding[name].as_str().unwrap();
        let said = format!(
            "{}: {}[{}] ",
            finding["column"],
            text("severity"),
            text("rule")
        );
        assert!(line.contains(&said), "{line}");
    }
    let some = report(
        "concise",
        NAME,
        &["--max-diagnostics", "2", "--min-severity", "warning"],
    );
    let some: Vec<&str> = some.lines().collect();
    let notes = findings
        .iter()
        .filter(|it| it["severity"] == "note")
        .count();
    let more = findings.len() - notes - 2;
    assert_eq!(some.len(), 4);
    assert!(
        some[..2].iter().all(|line| line.contains(": error[")),
        "{some:?}"
    );
    assert!(
        some[2].starts_with(&format!("… and {more} more findings;")),
        "{some:?}"
    );
    assert!(
        some[3].starts_with(&format!("… and {notes} lighter finding;")),
        "{some:?}"
    );
    assert!(report("concise", NAME, &["--color", "always"]).contains("\u{1b}[31merror["));
}

#[test]
fn a_case_of_junit_has_one_name_however_its_file_is_named() {
    let place = TempFolder::new();
    place.write(
        "sub/a.jsonl",
        aml_line("AmlDatastore://s/1.txt", &[]) + "\n",
    );
    let whole = place.at("sub/a.jsonl").to_str().unwrap().to_owned();
    for path in ["sub/a.jsonl", "./sub/../sub/a.jsonl", "sub", &whole] {
        let report = run(place.path(), ["check", path, "--output", "junit"])
            .expect(1)
            .text();
        let names: Vec<&str> = report.split("classname=\"").skip(1).collect();
        let own = names
            .iter()
            .filter(|name| name.starts_with("sub/a.jsonl\""));
        // The last case is the verdict's.
        assert_eq!(own.count(), names.len() - 1, "{path}: {report}");
        assert!(report.contains("<testsuite name=\"sub/a.jsonl\""), "{path}");
    }
}
