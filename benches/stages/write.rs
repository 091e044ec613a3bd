//! Writing documents whose labels are placed already.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use labelwright::formats::{self, Placed, Plan, Writer};
use labelwright::model::{Document, Kind, Project};
use labelwright::text::Span;

use super::corpus::{Spelling, records};
use super::read::documents;

const DOCUMENTS: usize = 10_000;
const WAYS: [&str; 2] = ["aml", "language"];

/// The ceiling: copying the bytes that are written.
#[divan::bench(args = WAYS)]
fn copied(bencher: Bencher<'_, '_>, to: &str) {
    let records = records(Spelling::Lines, DOCUMENTS);
    let (documents, spans) = placed(&records);
    let mut written = Vec::new();
    write(&*writer(to), &documents, &spans, &mut written);
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
    let (documents, spans) = placed(&records);
    let writer = writer(to);
    let mut out = Vec::new();
    write(&*writer, &documents, &spans, &mut out);
    let bencher = bencher.counter(BytesCount::of_slice(&out));
    bencher.bench_local(|| {
        out.clear();
        write(&*writer, black_box(&documents), &spans, &mut out);
        black_box(&out);
    });
}

fn write(
    writer: &dyn Writer,
    documents: &[Document<'_>],
    spans: &[Vec<Option<Span>>],
    out: &mut Vec<u8>,
) {
    for (document, spans) in documents.iter().zip(spans) {
        let placed = Placed {
            spans,
            length: 600,
            entries: &[],
        };
        writer.document(document, placed, out, &mut |_| ());
        out.extend_from_slice(writer.separator());
    }
}

/// The documents, and the spans that they are written with.
fn placed(records: &[String]) -> (Vec<Document<'_>>, Vec<Vec<Option<Span>>>) {
    let documents = documents(records.iter().map(String::as_str));
    let spans = documents.iter().map(|document| {
        let labels = document.spans().iter();
        labels.map(|label| Some(label.span)).collect()
    });
    let spans = spans.collect();
    (documents, spans)
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
        unit: format.default_unit(),
        dataset: None,
        datastore: String::new(),
        prefix: String::new(),
        assumed: Vec::new(),
        restored: None,
    };
    format.complete(&mut plan, &source, "bench");
    format.writer(plan)
}
