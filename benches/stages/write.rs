//! Writing documents whose labels are placed already.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use labelwright::internals::alignment::{AlignedDocument, TextState};
use labelwright::internals::formats::languages::Languages;
use labelwright::internals::formats::{self, Output, Plan, Writer, Written};
use labelwright::internals::model::{Document, Kind, Project, UnitChoice};
use labelwright::internals::text::Unit;

use super::corpus::{Spelling, records};
use super::read::documents;

const DOCUMENTS: usize = 10_000;
const WAYS: [&str; 2] = ["aml", "language"];

/// The ceiling: copying the bytes that are written.
#[divan::bench(args = WAYS)]
fn copied(bencher: Bencher<'_, '_>, to: &str) {
    let records = records(Spelling::Lines, DOCUMENTS);
    let documents = documents(records.iter().map(String::as_str));
    let aligned = aligned(&documents);
    let mut written = Output::default();
    write(&*writer(to), &aligned, &mut written);
    let written = written.main;
    let mut out = Vec::with_capacity(written.len());
    let bencher = bencher.counter(BytesCount::of_slice(&written));
    bencher.bench_local(|| {
        out.clear();
        out.extend_from_slice(black_box(&written));
        black_box(&out);
    });
}

/// `Writer::document` into one buffer that is large enough.
#[divan::bench(args = WAYS)]
fn documents_written(bencher: Bencher<'_, '_>, to: &str) {
    let records = records(Spelling::Lines, DOCUMENTS);
    let documents = documents(records.iter().map(String::as_str));
    let aligned = aligned(&documents);
    let writer = writer(to);
    let mut out = Output::default();
    write(&*writer, &aligned, &mut out);
    let bencher = bencher.counter(BytesCount::of_slice(&out.main));
    bencher.bench_local(|| {
        out.main.clear();
        write(&*writer, black_box(&aligned), &mut out);
        black_box(&out);
    });
}

fn write(writer: &dyn Writer, documents: &[AlignedDocument<'_>], out: &mut Output) {
    for aligned in documents {
        let written = Written {
            aligned,
            length: 600,
            entries: &[],
            script: None,
        };
        writer.document(written, out, &mut |_| ());
        out.main.extend_from_slice(writer.separator());
    }
}

/// The documents with the numbers that they are written with.
fn aligned<'a>(documents: &'a [Document<'a>]) -> Vec<AlignedDocument<'a>> {
    let unit = UnitChoice::Given(Unit::CodePoint);
    let aligned = documents.iter().map(|document| {
        let mut aligned = AlignedDocument::new(document, TextState::NotAsked, unit, false);
        aligned.keep_numbers(Unit::CodePoint);
        aligned
    });
    aligned.collect()
}

fn writer(to: &str) -> Box<dyn Writer> {
    let format = formats::find(to).expect("a format");
    let source = Project::default();
    let mut plan = Plan {
        project: Project {
            kind: Some(Kind::EntityRecognition),
            ..Project::default()
        },
        labels: vec!["City".into(), "Date".into(), "Person".into()],
        unit: format.info().unit.written(),
        splits: false,
        dataset: None,
        datastore: String::new(),
        prefix: String::new(),
        languages: Languages::default(),
        assumed: Vec::new(),
        wishes: formats::Wishes::default(),
        restored: None,
    };
    format.complete(&mut plan, &source, "bench");
    format.writer(plan)
}
