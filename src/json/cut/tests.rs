//! Small files, each with something that a cutter may take for something else.

use super::*;

mod reference;
mod soup;
mod tiling;

use self::tiling::{
    Found, NONE, SIZES, batches, elements, line_ranges, lines, lines_of, records, same_elements,
    same_lines,
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
fn threads_cut_lines_as_one_does() {
    let mut text = String::from("\u{feff}");
    for number in 0..400_usize {
        let line = "xyz".repeat(number % 7 * (number % 31));
        text.push_str(&line);
        text.push('\n');
    }
    for (batch, record) in [(1, NONE), (64, NONE), (64, 100), (300, 400), (5000, 7)] {
        let sizes = Sizes { batch, record };
        let want = lines(text.as_bytes(), sizes);
        for threads in 2..6 {
            let found = line_ranges(text.as_bytes(), sizes, threads);
            assert_eq!(found, want, "{sizes:?}, {threads} threads");
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "a line of megabytes takes Miri hours")]
fn a_line_of_megabytes_is_held_once() {
    // Longer than `LONG`, so that two threads meet at two such lines.
    let line = "x".repeat(3 << 20);
    let text = format!("a\n{line}\nb\n{line}\n{line}\nc");
    let sizes = Sizes {
        batch: 1 << 16,
        record: NONE,
    };
    let want = lines(text.as_bytes(), sizes);
    assert_eq!(line_ranges(text.as_bytes(), sizes, 4), want);
}

#[test]
fn a_range_that_cannot_be_read_lets_nobody_wait() {
    struct Broken;
    impl ReadAt for Broken {
        fn length(&self) -> u64 {
            100
        }

        fn read_at(&self, place: u64, size: usize, buffer: &mut Vec<u8>) -> std::io::Result<()> {
            if place < 20 {
                return Err(std::io::Error::other("broken"));
            }
            buffer.resize(buffer.len() + size, b'\n');
            Ok(())
        }
    }
    let sizes = Sizes {
        batch: 50,
        record: NONE,
    };
    let cutter = LineRanges::new(Broken, Box::new(std::io::empty()), sizes);
    let ranges = cutter.ranges().unwrap();
    std::thread::scope(|scope| {
        let later = scope.spawn(|| ranges.cut(1, Vec::new(), &mut |_| ()).is_err());
        assert!(ranges.cut(0, Vec::new(), &mut |_| ()).is_err());
        assert!(later.join().unwrap());
    });
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
#[cfg_attr(miri, ignore = "all fixtures are megabytes, which takes hours")]
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
