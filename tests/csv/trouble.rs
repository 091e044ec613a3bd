//! Tables that mean harm, or look like it.

use std::fmt::Write;

use labelwright::internals::input::Source;
use labelwright::internals::operations;
use labelwright::internals::pipeline::Options;

use super::{documents, folder, message, report, to_language};
use crate::support::{TempFolder, run, run_configured};

/// The rules of a check for what can be read.
fn rules(place: &TempFolder, more: &[&str]) -> Vec<String> {
    let args = [
        "check",
        "table.csv",
        "--select",
        "syntax,shape,documents",
        "--output",
        "json",
    ];
    let done = run(place.path(), args.iter().chain(more));
    assert!(done.remarks().is_empty(), "{}", done.stderr);
    let report = done.report();
    report.rules().into_iter().map(str::to_owned).collect()
}

#[test]
fn a_cell_may_be_huge() {
    let text = "a \"quoted\" line\r\n".repeat(if cfg!(debug_assertions) {
        1 << 16
    } else {
        1 << 20
    });
    let table = format!(
        "text,label,name\n\"{}\",A,1.txt\nb,B,2.txt\n",
        text.replace('"', "\"\"")
    );
    let place = folder("table.csv", table);
    to_language(&place, "table.csv", &["--fail-on", "never"]).expect(0);
    assert!(place.read("docs/1.txt") == text);
    assert_eq!(place.read("docs/2.txt"), "b");
}

#[test]
fn a_nul_is_a_character_of_a_text() {
    let place = folder(
        "table.csv",
        "text,label,name\na\0b,A,1.txt\n\"\0\",B,2.txt\n",
    );
    to_language(&place, "table.csv", &["--fail-on", "never"]).expect(0);
    assert_eq!(place.read("docs/1.txt"), "a\0b");
    let place = folder("table.csv", "text,label,name\na,A,1\0.txt\n");
    to_language(&place, "table.csv", &[])
        .expect(2)
        .says("it holds a NUL");
}

#[test]
fn a_carriage_return_outside_of_quotes_is_a_finding() {
    // Many programs end a row there, and of rows that end with two the class would have one.
    let place = folder("table.csv", "text,label\na\rb,A\n\"c\rd\",B\n");
    assert_eq!(rules(&place, &[]), ["wrong-type"]);
    let place = folder("table.csv", "text,label\r\r\na,A\r\r\n");
    assert_eq!(rules(&place, &[]), ["wrong-type"]);
    let refused = report(&place, "table.csv", 1, &[]);
    let found = refused.findings().iter();
    let found: Vec<_> = found.filter(|it| it["rule"] == "wrong-type").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["places_total"], 2);
}

#[test]
fn a_table_without_rows_has_no_documents() {
    for table in ["text,label", "text,label\n", "\u{feff}text,label\r\n"] {
        let place = folder("table.csv", table);
        let found = rules(&place, &["--ignore", "byte-order-mark"]);
        assert!(found.is_empty(), "{found:?}");
        let told = message(&report(&place, "table.csv", 1, &[]), "no-counterpart");
        assert!(told.contains("does not tell its kind"), "{told}");
    }
}

#[test]
fn a_quote_behind_a_byte_order_mark_opens_a_cell() {
    let place = folder("table.csv", "\u{feff}\"text\";\"label\"\r\n\"a\";\"A\"\r\n");
    assert_eq!(rules(&place, &[]), ["byte-order-mark"]);
    let place = folder("table.csv", "\u{feff}\"two\nlines\";text;label\nx;a;A\n");
    assert_eq!(rules(&place, &[]), ["byte-order-mark", "unknown-member"]);
    to_language(&place, "table.csv", &[]).expect(0);
    assert_eq!(documents(&place, "out.json"), ["table-0001.txt - [\"A\"]"]);
}

#[test]
fn a_column_that_is_there_twice_in_any_case_is_a_finding() {
    let place = folder("table.csv", "text,label,TEXT, label \na,A,b,B\n");
    assert_eq!(rules(&place, &[]), ["duplicate-key", "duplicate-key"]);
    // The first is read, and the other counts among what is lost.
    let told = message(&report(&place, "table.csv", 1, &[]), "lossy-conversion");
    assert!(told.contains("unknown members (2)"), "{told}");
    assert_eq!(documents(&place, "out.json"), ["table-0001.txt - [\"A\"]"]);
}

#[test]
fn an_unclosed_quote_takes_the_rest_and_says_where_it_opens() {
    let place = folder("table.csv", "text,label\na,A\n\"b,B\nc,C\nd,D\n");
    let args = [
        "check",
        "table.csv",
        "--select",
        "syntax",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(1).report();
    assert_eq!(report.rules(), ["truncated-file"]);
    let found = &report.findings()[0];
    assert_eq!(
        (found["line"].as_u64(), found["column"].as_u64()),
        (Some(3), Some(1))
    );
    assert_eq!(report.0["summary"]["documents"], 1);
}

#[test]
fn a_row_over_the_limit_is_told_and_the_others_are_read() {
    let long = "x\n".repeat(600);
    let place = folder("table.csv", format!("text,label\na,A\n\"{long}\",B\nb,A\n"));
    place.write("labelwright.toml", "[thresholds]\nrecord-bytes = 1000\n");
    let args = [
        "check",
        "table.csv",
        "--select",
        "syntax",
        "--output",
        "json",
    ];
    let report = run_configured(place.path(), args, b"").expect(1).report();
    assert_eq!(report.rules(), ["invalid-json"]);
    assert_eq!(report.findings()[0]["line"], 3);
    assert_eq!(report.0["summary"]["documents"], 2);
    let source = Source::open(&place.at("table.csv")).unwrap();
    let outcome = |batch_bytes| {
        let mut options = Options {
            batch_bytes,
            ..Options::default()
        };
        options.settings.thresholds.record_bytes = 1000;
        operations::check(&source, None, None, &options).unwrap()
    };
    let whole = outcome(1 << 20);
    for batch_bytes in (1..40).chain([64, 100, 500]) {
        assert_eq!(outcome(batch_bytes), whole, "by {batch_bytes}");
    }
}

#[test]
fn a_first_row_over_the_limit_is_not_held() {
    let long = "x".repeat(5000);
    for batch_bytes in [1, 7, 100, 1 << 20] {
        let place = folder("table.csv", format!("text,label,\"{long}\"\na,A,x\n"));
        let source = Source::open(&place.at("table.csv")).unwrap();
        let mut options = Options {
            batch_bytes,
            ..Options::default()
        };
        options.settings.thresholds.record_bytes = 1000;
        let format = labelwright::internals::formats::find("csv");
        let outcome = operations::check(&source, format, None, &options).unwrap();
        assert_eq!(outcome.input.documents, 0, "by {batch_bytes}");
        let found: Vec<_> = outcome.diagnostics.iter().collect();
        assert_eq!(found.len(), 1, "by {batch_bytes}");
    }
}

#[test]
fn a_text_that_begins_with_a_byte_order_mark_is_told_and_written_without() {
    let place = folder("table.csv", "text,label,name\n\u{feff}a,A,1.txt\n");
    // In the table it is a character like any other; at the beginning of a file it would be a mark.
    assert_eq!(rules(&place, &[]), [""; 0]);
    let done = to_language(&place, "table.csv", &[]).expect(0);
    done.says("byte-order marks that texts begin with (1)");
    assert_eq!(place.read("docs/1.txt"), "a");
}

#[test]
fn shards_and_schemas_are_not_for_tables() {
    let place = folder("table.csv", "text,label\na,A\n");
    let args = ["check", "table.csv", "--shard", "0:9", "--partial", "part"];
    let done = run(place.path(), args).expect(2);
    done.says("shards are stretches of the lines of a JSONL label file");
    let args = [
        "check",
        "table.csv",
        "--schema-strict",
        "--select",
        "syntax,shape",
    ];
    run(place.path(), args).expect(0);
}

#[test]
fn many_rows_of_any_length_are_all_read() {
    let mut table = "text,label,name\n".to_owned();
    for row in 0..2000 {
        let text = "l\n".repeat(row % 50);
        let class = ["A", "B"][row % 2];
        writeln!(table, "\"{row}{text}\",{class},{row}.txt").unwrap();
    }
    let place = folder("table.csv", table);
    let args = [
        "check",
        "table.csv",
        "--select",
        "syntax,shape",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(0).report();
    assert_eq!(report.0["summary"]["documents"], 2000);
    assert_eq!(report.0["summary"]["labels"], 2000);
}
