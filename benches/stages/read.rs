//! Reading records that are cut already.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use labelwright::internals::formats::{self, Context, Record};
use labelwright::internals::model::{Document, Kind, Project};
use labelwright::internals::text::Unit;

use super::corpus::{Spelling, records};
use super::typed;

const DOCUMENTS: usize = 10_000;

/// The ceiling: `serde_json` into structs that borrow, and nothing proved.
#[divan::bench(args = Spelling::ALL)]
fn typed(bencher: Bencher<'_, '_>, spelling: Spelling) {
    each_record(bencher, spelling, |record| {
        typed::parse(spelling, record.text);
    });
}

/// `Format::read`, which looks for whatever is wrong with the record too.
#[divan::bench(args = Spelling::ALL)]
fn read(bencher: Bencher<'_, '_>, spelling: Spelling) {
    with_format(bencher, spelling, true);
}

/// The same by the careful reader alone, as a record is read that something is wrong with.
#[divan::bench(args = Spelling::ALL)]
fn read_with_care(bencher: Bencher<'_, '_>, spelling: Spelling) {
    with_format(bencher, spelling, false);
}

fn with_format(bencher: Bencher<'_, '_>, spelling: Spelling, quick: bool) {
    let (name, unit) = match spelling {
        Spelling::Lines => ("aml", Unit::CodePoint),
        Spelling::Minified | Spelling::Pretty => ("language", Unit::Utf16),
    };
    let format = formats::find(name).expect("a format");
    let kind = Some(Kind::EntityRecognition);
    let project = Project {
        kind,
        ..Project::default()
    };
    each_record(bencher, spelling, |record| {
        let context = Context {
            project: &project,
            kind,
            unit,
            quick,
            stems: &[],
            datasets: None,
            file_splits: true,
            told: labelwright::internals::formats::Told::NOTHING,
            before: 0,
        };
        let reading = format.read(record, context);
        assert!(reading.issues.is_empty());
        black_box(reading);
    });
}

fn each_record(bencher: Bencher<'_, '_>, spelling: Spelling, read: impl Fn(Record<'_>) + Sync) {
    let records = records(spelling, DOCUMENTS);
    let bytes: usize = records.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for (index, text) in (0..).zip(black_box(&records)) {
            read(Record {
                index,
                in_file: (0, index),
                start: 0,
                text,
                ends_file: false,
            });
        }
    });
}

/// The documents of the lines of an export.
pub(crate) fn documents<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Document<'a>> {
    let format = formats::find("aml").expect("a format");
    let context = Context {
        project: &Project::default(),
        kind: Some(Kind::EntityRecognition),
        unit: Unit::CodePoint,
        quick: true,
        stems: &[],
        datasets: None,
        file_splits: true,
        told: labelwright::internals::formats::Told::NOTHING,
        before: 0,
    };
    let read = |(index, text)| {
        let record = Record {
            index,
            in_file: (0, index),
            start: 0,
            text,
            ends_file: false,
        };
        let reading = format.read(record, context);
        reading.document.expect("a document")
    };
    (0..).zip(lines).map(read).collect()
}
