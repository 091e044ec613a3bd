use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

mod reference;

/// Arrays at two depths, of which only one is met.
const DOCUMENTS: [&[&str]; 2] = [&["assets", "documents"], &["documents"]];

/// A limit that nothing here reaches.
const NONE: u64 = u64::MAX;

/// What a cutter made of a text.
#[derive(Debug, PartialEq)]
struct Found {
    /// The records by their places in the text, and whether they are too long to be read.
    records: Vec<(Range<usize>, bool)>,
    outline: String,
}

impl Found {
    fn new(records: Vec<(Range<usize>, bool)>, outline: &Outline) -> Self {
        let outline = format!("{outline:?}");
        Self { records, outline }
    }

    fn whole(records: Vec<Range<usize>>, limit: u64, outline: &Outline) -> Self {
        let judged = records.into_iter().map(|record| {
            let long = record.len() as u64 > limit;
            (record, long)
        });
        Self::new(judged.collect(), outline)
    }
}

/// Cuts a text, and insists that the batches tile it and hold what the text does.
fn drain(cutter: &mut dyn Cut, text: &[u8], sizes: Sizes) -> (Found, Outline) {
    let usize = |place: u64| usize::try_from(place).unwrap();
    let mut records = Vec::new();
    let mut at = 0;
    let mut buffer = Vec::new();
    while let Some(batch) = cutter.next(buffer).unwrap() {
        assert_eq!(batch.start, at, "batches tile the file");
        assert!(batch.end > batch.start, "no batch is empty");
        assert_eq!(batch.first, records.len() as u64);
        assert_eq!(batch.limit, sizes.record);
        at = batch.end;
        if let Some(skipped) = &batch.skipped {
            assert!(batch.bytes.is_empty() && batch.records.is_empty());
            assert!(skipped.end - skipped.start > sizes.record);
            assert!(batch.start <= skipped.start && skipped.end <= batch.end);
            records.push((usize(skipped.start)..usize(skipped.end), true));
        } else {
            assert_eq!(batch.bytes, text[usize(batch.start)..usize(batch.end)]);
        }
        for record in &batch.records {
            let start = usize(batch.start) + record.start;
            let long = record.len() as u64 > sizes.record;
            records.push((start..start + record.len(), long));
        }
        let most = sizes.record.saturating_add(3 * sizes.batch as u64 + 3);
        assert!(batch.bytes.len() as u64 <= most.max(64));
        buffer = batch.bytes;
    }
    let outline = cutter.outline();
    assert_eq!(outline.length, at);
    if outline.too_large.is_none() {
        assert_eq!(
            at,
            text.len() as u64,
            "the batches reach the end of the file"
        );
    }
    (Found::new(records, &outline), outline)
}

fn lines(text: &[u8], sizes: Sizes) -> Found {
    drain(&mut Lines::new(Box::new(text), sizes), text, sizes).0
}

fn elements(text: &[u8], sizes: Sizes) -> (Found, Outline) {
    drain(
        &mut Elements::new(Box::new(text), sizes, &DOCUMENTS),
        text,
        sizes,
    )
}

/// The lines of a text, by the standard library.
fn lines_of(text: &[u8]) -> (Vec<Range<usize>>, Outline) {
    let mark = text.starts_with(BYTE_ORDER_MARK);
    let mut at = if mark { BYTE_ORDER_MARK.len() } else { 0 };
    let mut found = Vec::new();
    for line in text[at..].split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        found.push(at..end - usize::from(line.ends_with(b"\n")));
        at = end;
    }
    let outline = Outline {
        byte_order_mark: mark,
        length: text.len() as u64,
        ..Outline::default()
    };
    (found, outline)
}

/// Every batch size that can matter for a text of that length, and one that holds it all.
fn batches(length: usize) -> impl Iterator<Item = usize> {
    (1..=length.min(200)).chain([length + 1, 1 << 20])
}

#[track_caller]
fn same_lines(text: &[u8], limit: u64) {
    let (records, outline) = lines_of(text);
    let want = Found::whole(records, limit, &outline);
    for batch in batches(text.len()) {
        let record = limit;
        let found = lines(text, Sizes { batch, record });
        assert_eq!(
            found,
            want,
            "{:?} by {batch}",
            String::from_utf8_lossy(text)
        );
    }
}

/// Insists that the blocks cut as the bytes do.
#[track_caller]
fn same_elements(text: &[u8], limit: u64) {
    let (records, outline) = reference::cut(text);
    let want = Found::whole(records, limit, &outline);
    for batch in batches(text.len()) {
        let record = limit;
        let found = elements(text, Sizes { batch, record }).0;
        assert_eq!(
            found,
            want,
            "{:?} by {batch}",
            String::from_utf8_lossy(text)
        );
    }
}

fn records(text: &str) -> Vec<&str> {
    same_elements(text.as_bytes(), NONE);
    let found = elements(text.as_bytes(), SIZES).0;
    found.records.into_iter().map(|(at, _)| &text[at]).collect()
}

const SIZES: Sizes = Sizes {
    batch: BATCH_BYTES,
    record: NONE,
};

#[test]
fn lines_end_at_newlines() {
    for text in [
        "",
        "\n",
        "a",
        "a\n",
        "\u{feff}",
        "\u{feff}a\r\n\nbcd\nef",
        "one\ntwo\n\n",
    ] {
        for limit in [1, 2, 3, NONE] {
            same_lines(text.as_bytes(), limit);
        }
    }
}

#[test]
fn documents_in_any_place() {
    let inner = r#"[{"a":"]}\"\\"} , {"b":[1,{}]}]"#;
    let want = [r#"{"a":"]}\"\\"}"#, r#"{"b":[1,{}]}"#];
    assert_eq!(records(&format!(r#"{{"documents":{inner},"z":1}}"#)), want);
    assert_eq!(
        records(&format!(
            r#"{{"m":{{"documents":[0]}},"assets":{{"e":[{{}}],"documents":{inner}}}}}"#
        )),
        want
    );
    assert_eq!(records(&format!("{{\"\\u0064ocuments\": {inner}}}")), want);
}

#[test]
fn words_that_are_no_key_do_not_count() {
    assert!(
        records(r#"{"a":"documents","b":["documents",[1]],"assets":{"x":{"documents":[2]}}}"#)
            .is_empty()
    );
    assert!(records(r#"{"documents":{"a":[1]}}"#).is_empty());
}

#[test]
fn the_outline_is_the_rest() {
    let text = r#"{"assets":{"documents":[{"a":1},{"b":2}],"projectKind":"x"},"metadata":{}}"#;
    let batch = 7;
    let (_, outline) = elements(text.as_bytes(), Sizes { batch, ..SIZES });
    for (index, byte) in outline.bytes.iter().enumerate() {
        let place = usize::try_from(outline.place(index)).unwrap();
        assert_eq!(*byte, text.as_bytes()[place]);
    }
    let rest = String::from_utf8(outline.bytes).unwrap();
    assert_eq!(
        rest,
        r#"{"assets":{"documents":[],"projectKind":"x"},"metadata":{}}"#
    );
}

#[test]
fn items_of_every_type() {
    assert_eq!(
        records(r#"{"documents":[1, "a,]", null ,true,[2]]}"#),
        ["1", "\"a,]\"", "null", "true", "[2]"]
    );
}

#[test]
fn strays_are_named() {
    let stray = |text: &str| {
        records(text);
        let (_, outline) = elements(text.as_bytes(), SIZES);
        let strays = outline.strays.into_iter();
        strays.map(|stray| stray.0).collect::<Vec<_>>()
    };
    assert_eq!(stray(r#"{"documents":[{},{}]}"#), [0; 0]);
    assert_eq!(stray(r#"{"documents":[{},]}"#), [17]);
    assert_eq!(stray(r#"{"documents":[,{}]}"#), [14]);
    assert_eq!(stray(r#"{"documents":[{} {}]}"#), [17]);
    assert_eq!(stray(r#"{"documents":[{}}"#), [16]);
}

#[test]
fn a_file_that_stops() {
    let text = r#"{"assets":{"documents":[{"a":1},{"b":"#;
    assert_eq!(records(text)[1], r#"{"b":"#);
    let (_, outline) = elements(text.as_bytes(), SIZES);
    assert!(outline.ends_in_record);
    assert_eq!(outline.unclosed, b"]}}");
}

#[test]
fn a_record_over_the_limit_is_passed_over() {
    // The first, one in the middle and the last, each at the limit and one over it.
    let long = |length: usize| format!(r#"{{"a":"{}"}}"#, "]}\\\"".repeat(length / 4 - 2));
    let length = 100;
    let record = long(length);
    assert_eq!(record.len(), length);
    for place in 0..3 {
        let mut all = [r#"{"s":1}"#; 3];
        all[place] = &record;
        let file = format!("{{\"documents\": [ {} ]\n}}", all.join(" ,\n"));
        let stops = &file[..file.find(&record).unwrap() + length - 1];
        for limit in [7, length as u64 - 1, length as u64] {
            if limit > 40 {
                same_elements(file.as_bytes(), limit);
                same_elements(stops.as_bytes(), limit);
            }
            for end in ["", "\n", "\r\n"] {
                let file = format!("\u{feff}{}{end}", all.join("\n"));
                same_lines(file.as_bytes(), limit);
            }
        }
        let limit = length as u64 - 1;
        let sizes = Sizes {
            batch: 16,
            record: limit,
        };
        let (found, _) = elements(file.as_bytes(), sizes);
        let over = found.records.iter().map(|(_, over)| *over);
        assert_eq!(over.collect::<Vec<_>>(), [0, 1, 2].map(|one| one == place));
    }
    for item in ["1".repeat(90), format!("\"{}\"", "x,".repeat(45))] {
        let file = format!(r#"{{"documents":[0,{item},1]}}"#);
        same_elements(file.as_bytes(), 50);
        same_elements(&file.as_bytes()[..90], 50);
    }
}

#[test]
fn an_outline_over_the_limit_ends_the_reading() {
    let filler = "x".repeat(100);
    let documents = r#""documents":[{"a":1},{"b":2}]"#;
    let before = format!(r#"{{"x":"{filler}",{documents}}}"#);
    let after = format!(r#"{{{documents},"x":["{filler}"]}}"#);
    for (file, records) in [(&before, 0), (&after, 2)] {
        let (_, outline) = reference::cut(file.as_bytes());
        let length = outline.bytes.len() as u64;
        same_elements(file.as_bytes(), length);
        for limit in [length - 1, 60] {
            for batch in batches(file.len()) {
                let record = limit;
                let (found, cut) = elements(file.as_bytes(), Sizes { batch, record });
                let index = usize::try_from(limit).unwrap();
                assert_eq!(cut.too_large, Some((outline.place(index), limit)));
                assert!(cut.bytes.is_empty());
                // The last byte of the outline comes after the documents in both.
                let want = if limit > 60 { 2 } else { records };
                assert_eq!(found.records.len(), want, "by {batch}");
            }
        }
    }
    // What is broken before the limit is said by the reader of the outline, which gets that far.
    let broken = format!(r#"{{"x":]{filler}"#);
    for batch in batches(broken.len()) {
        let (_, cut) = elements(broken.as_bytes(), Sizes { batch, record: 20 });
        assert_eq!(cut.too_large, None);
        assert_eq!(cut.bytes, broken.as_bytes()[..20]);
    }
}

#[test]
fn every_fixture_is_cut_as_before() {
    fn visit(folder: &std::path::Path, count: &mut usize) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, count);
                continue;
            }
            let text = std::fs::read(&path).unwrap();
            let (records, outline) = reference::cut(&text);
            let want = Found::whole(records, NONE, &outline);
            let (lines_want, lines_outline) = lines_of(&text);
            let lines_want = Found::whole(lines_want, NONE, &lines_outline);
            for batch in [1, 7, 63, 64, 65, 1000, BATCH_BYTES] {
                let sizes = Sizes { batch, ..SIZES };
                let name = path.display();
                assert_eq!(elements(&text, sizes).0, want, "{name} by {batch}");
                assert_eq!(lines(&text, sizes), lines_want, "{name} by {batch}");
            }
            *count += 1;
        }
    }
    let mut count = 0;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    visit(&root.join("fixtures"), &mut count);
    assert!(count > 100, "{count} fixtures");
}

/// Pieces of which most files made of them are broken.
const SOUP: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\"",
    "\\",
    "\\\\",
    "\\\"",
    ",",
    ":",
    " ",
    "\n",
    "1",
    "true",
    "\"a\":",
    "\"documents\":[",
    "\"assets\":{",
    "é",
    "{\"x\":[1,{}]}",
    "\"}],{\"",
    "                                                                    ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn soup_is_cut_as_before(
        mark: bool,
        start in select(["", "{\"documents\":[", "{\"assets\":{\"documents\":[{"].as_slice()),
        soup in vec(select(SOUP.as_slice()), 0..60),
    ) {
        let mark = if mark { "\u{feff}" } else { "" };
        let text = format!("{mark}{start}{}", soup.concat());
        same_elements(text.as_bytes(), NONE);
        same_lines(text.as_bytes(), NONE);
        same_lines(text.as_bytes(), 5);
    }

    #[test]
    fn limits_do_not_hang_on_batches(
        start in select(["{\"documents\":[", "{\"assets\":{\"documents\":[{"].as_slice()),
        soup in vec(select(SOUP.as_slice()), 0..60),
        record in 1..200_u64,
    ) {
        let text = format!("{start}{}", soup.concat());
        let whole = elements(text.as_bytes(), Sizes { batch: BATCH_BYTES, record });
        for batch in batches(text.len()) {
            let found = elements(text.as_bytes(), Sizes { batch, record });
            // A file that is not read on ends where its batch did.
            let length = |found: &Outline| format!("{:?}", Outline { length: 0, ..found.clone() });
            prop_assert_eq!(&found.0.records, &whole.0.records, "by {}", batch);
            prop_assert_eq!(length(&found.1), length(&whole.1), "by {}", batch);
        }
    }
}

/// The records that are cut from `text` at the arrays of `paths`.
fn items(text: &'static str, paths: &'static [ArrayPath]) -> Vec<&'static str> {
    let mut cutter = Elements::new(
        Box::new(text.as_bytes()),
        Sizes {
            batch: 7,
            record: 1 << 20,
        },
        paths,
    );
    let mut found = Vec::new();
    while let Some(batch) = cutter.next(Vec::new()).unwrap() {
        let start = usize::try_from(batch.start).unwrap();
        let place = |range: &Range<usize>| &text[start + range.start..start + range.end];
        found.extend(batch.records.iter().map(place));
    }
    found
}

#[test]
fn any_array_can_be_cut() {
    assert_eq!(items("[{\"a\":[1]}, 2]", &[&[]]), ["{\"a\":[1]}", "2"]);
    assert_eq!(items("{\"a\":[1]}", &[&[]]), [""; 0]);
    let deep = "{\"a\":{\"x\":[0],\"b\":{\"c\":[1,2]}},\"c\":[3]}";
    assert_eq!(items(deep, &[&["a", "b", "c"]]), ["1", "2"]);
    assert_eq!(items(deep, &[&["c"], &["a", "x"]]), ["0", "3"]);
    assert_eq!(items("[{\"c\":[1]}]", &[&["c"]]), [""; 0]);
}
