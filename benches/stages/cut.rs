//! Cutting a label file into batches, beside what it costs to look at its bytes at all.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use labelwright::internals::json::cut::BATCH_BYTES;
use memchr::memchr_iter;

use super::corpus::{Spelling, label_file};

const DOCUMENTS: usize = 30_000;

/// The ceiling: counting the newlines, as `wc -l` does.
#[divan::bench(args = Spelling::ALL)]
fn newlines(bencher: Bencher<'_, '_>, spelling: Spelling) {
    let bytes = label_file(spelling, DOCUMENTS);
    let bencher = bencher.counter(BytesCount::of_slice(&bytes));
    bencher.bench(|| memchr_iter(b'\n', black_box(&bytes)).count());
}

/// The other ceiling: copying the bytes into a batch, which is part of cutting.
#[divan::bench(args = Spelling::ALL)]
fn copied(bencher: Bencher<'_, '_>, spelling: Spelling) {
    let bytes = label_file(spelling, DOCUMENTS);
    let bencher = bencher.counter(BytesCount::of_slice(&bytes));
    let mut batch = Vec::with_capacity(BATCH_BYTES);
    bencher.bench_local(|| {
        for chunk in black_box(&bytes).chunks(BATCH_BYTES) {
            batch.clear();
            batch.extend_from_slice(chunk);
            black_box(&batch);
        }
    });
}

/// `Lines` or `Elements`, whichever is for such a file, from memory.
#[divan::bench(args = Spelling::ALL)]
fn records(bencher: Bencher<'_, '_>, spelling: Spelling) {
    let bytes = label_file(spelling, DOCUMENTS);
    let bencher = bencher.counter(BytesCount::of_slice(&bytes));
    bencher.bench(|| {
        let mut cutter = spelling.cutter(black_box(&bytes));
        let (mut count, mut buffer) = (0, Vec::new());
        while let Some(batch) = cutter.next(buffer).expect("memory can be read") {
            count += batch.records.len();
            buffer = batch.bytes;
        }
        assert_eq!(count, DOCUMENTS);
    });
}
