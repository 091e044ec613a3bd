//! Checks from the label file to the findings, with all rules and a warm page cache.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::thread;

use divan::Bencher;
use divan::counter::ItemsCount;
use labelwright::internals::input::Source;
use labelwright::internals::input::Texts;
use labelwright::internals::operations;
use labelwright::internals::pipeline::Options;

use super::corpus::LARGE;
use super::documents::{DOCUMENTS, folder};

/// A label file, and how many threads work on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run(pub(crate) &'static str, pub(crate) usize);

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(file, jobs) = self;
        write!(f, "{file}, {}", Threads(*jobs))
    }
}

/// Of the folder of documents, the label files whose texts are there.
pub(crate) const WITH_TEXTS: [Run; 4] = [
    Run("labels.jsonl", 1),
    Run("labels.jsonl", 2),
    Run("labels.json", 1),
    Run("labels.json", 2),
];

/// The large ones, which have no texts.
pub(crate) const WITHOUT_TEXTS: [Run; 4] = [
    Run("large.jsonl", 1),
    Run("large.jsonl", 2),
    Run("large.json", 1),
    Run("large.json", 2),
];

/// So many threads.
#[derive(Clone, Copy, Debug)]
struct Threads(usize);

impl fmt::Display for Threads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let threads = if self.0 == 1 { "thread" } else { "threads" };
        write!(f, "{} {threads}", self.0)
    }
}

/// The ceiling with texts: opening each and proving that it is UTF-8, on as many threads as the check
/// has. Each thread reads a stretch of them.
#[divan::bench(args = [Threads(1), Threads(2)])]
fn texts_read(bencher: Bencher<'_, '_>, threads: Threads) {
    let folder = folder().join("texts");
    let read = &|numbers: Range<usize>| {
        let mut buffer = Vec::new();
        for number in numbers {
            let file = File::open(folder.join(format!("d{number}.txt")));
            buffer.clear();
            let read = file.and_then(|mut file| file.read_to_end(&mut buffer));
            read.expect("a text");
            assert!(simdutf8::basic::from_utf8(&buffer).is_ok());
        }
    };
    let edge = &|thread: usize| DOCUMENTS * thread / threads.0;
    let bencher = bencher.counter(ItemsCount::new(DOCUMENTS));
    bencher.bench_local(|| {
        thread::scope(|scope| {
            for thread in 0..threads.0 {
                scope.spawn(move || read(edge(thread)..edge(thread + 1)));
            }
        });
    });
}

#[divan::bench(args = WITH_TEXTS)]
fn with_texts(bencher: Bencher<'_, '_>, run: Run) {
    let texts = Texts::open(&[folder().join("texts")], true).expect("the texts");
    check(bencher, run, Some(&texts), DOCUMENTS);
}

#[divan::bench(args = WITHOUT_TEXTS)]
fn without_texts(bencher: Bencher<'_, '_>, run: Run) {
    check(bencher, run, None, LARGE);
}

fn check(bencher: Bencher<'_, '_>, run: Run, texts: Option<&Texts>, documents: usize) {
    let Run(file, jobs) = run;
    let source = Source::open(&folder().join(file)).expect("a label file");
    let options = Options {
        jobs,
        ..Options::default()
    };
    let bencher = bencher.counter(ItemsCount::new(documents));
    bencher.bench_local(|| {
        let done = operations::check(&source, None, texts, &options).expect("a check");
        assert_eq!(done.input.documents, documents as u64);
    });
}
