//! Conversions from the label file to bytes, with a warm page cache.
//!
//! What a conversion without texts is measured against: a loop on one thread that only parses
//! the records of the same file, `typed_loop`.

use std::fs::{self, File};
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, IntoCounter, ItemsCount};
use labelwright::internals::formats::FormatName;
use labelwright::internals::input::Source;
use labelwright::internals::input::Texts;
use labelwright::internals::operations::{self, Conversion, Target};
use labelwright::internals::pipeline::Options;
use labelwright::internals::text::Unit;

use super::check::{Run, WITH_TEXTS, WITHOUT_TEXTS};
use super::corpus::{LARGE, Spelling, records};
use super::documents::{DOCUMENTS, folder};
use super::typed;

/// One thread, the file read as a whole, the borders of its records known.
#[divan::bench(args = ["large.jsonl", "large.json"])]
fn typed_loop(bencher: Bencher<'_, '_>, file: &str) {
    let spelling = match file {
        "large.jsonl" => Spelling::Lines,
        _ => Spelling::Minified,
    };
    let path = folder().join(file);
    let lengths: Vec<usize> = borders(&path, &records(spelling, LARGE));
    let bencher = bencher.counter(BytesCount::new(size(&path)));
    bencher.bench_local(|| {
        let bytes = fs::read(&path).expect("a label file");
        let mut rest = simdutf8::basic::from_utf8(&bytes).expect("UTF-8");
        for pair in lengths.chunks_exact(2) {
            let record = &rest[pair[0]..][..pair[1]];
            typed::parse(spelling, record);
            rest = &rest[pair[0] + pair[1]..];
        }
    });
}

/// Without texts: the numbers are copied. The output goes to `io::sink()`.
#[divan::bench(args = WITHOUT_TEXTS)]
fn to_sink(bencher: Bencher<'_, '_>, run: Run) {
    let counter = BytesCount::new(size(&folder().join(run.0)));
    convert(bencher, counter, run, None, &mut std::io::sink());
}

/// Without texts, into a file beside the label file.
#[divan::bench(args = WITHOUT_TEXTS)]
fn to_file(bencher: Bencher<'_, '_>, run: Run) {
    let mut out = File::create(folder().join("converted")).expect("a file");
    let counter = BytesCount::new(size(&folder().join(run.0)));
    convert(bencher, counter, run, None, &mut out);
    out.set_len(0).expect("the file");
}

/// With texts, to `io::sink()`.
#[divan::bench(args = WITH_TEXTS)]
fn with_texts(bencher: Bencher<'_, '_>, run: Run) {
    let texts = Texts::open(&[folder().join("texts")], true).expect("the texts");
    let counter = ItemsCount::new(DOCUMENTS);
    convert(bencher, counter, run, Some(&texts), &mut std::io::sink());
}

fn convert(
    bencher: Bencher<'_, '_>,
    counter: impl IntoCounter,
    Run(file, jobs): Run,
    texts: Option<&Texts>,
    out: Target<'_>,
) {
    let source = Source::open(&folder().join(file)).expect("a label file");
    let to = Path::new(file).extension().expect("an extension");
    let to = if to == "jsonl" { "language" } else { "aml" };
    let options = Options {
        jobs,
        ..Options::default()
    };
    let conversion = Conversion {
        unit: texts.is_none().then_some(Unit::Utf16),
        ..Conversion::new(FormatName::find(to).expect("a format"), texts)
    };
    bencher.counter(counter).bench_local(|| {
        out.restart().expect("an empty output");
        let ledger = &mut std::io::sink();
        let done = operations::convert(&source, &conversion, &options, out, ledger);
        assert!(!done.expect("a conversion").refused);
    });
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).expect("a label file").len()
}

/// For each record how many bytes to leave out before it, and how many it has.
fn borders(path: &Path, records: &[String]) -> Vec<usize> {
    let text = fs::read_to_string(path).expect("a label file");
    let (mut at, mut lengths) = (0, Vec::new());
    for record in records {
        let gap = text[at..].find(&**record).expect("the record");
        lengths.extend([gap, record.len()]);
        at += gap + record.len();
    }
    lengths
}
