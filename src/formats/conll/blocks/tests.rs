use proptest::prelude::*;

use super::*;

/// The records, cut in batches of about so many bytes.
fn cut(text: &str, batch: usize, record: u64, told: Option<DocumentBreak>) -> Vec<String> {
    let sizes = Sizes { batch, record };
    let mut cutter = Blocks::new(Box::new(text.as_bytes()), sizes, told);
    let (mut records, mut at) = (Vec::new(), 0);
    while let Some(batch) = cutter.next(Vec::new()).unwrap() {
        assert_eq!(batch.start, at, "batches tile the file");
        at = batch.end;
        if let Some(skipped) = &batch.skipped {
            let bytes =
                usize::try_from(skipped.start).unwrap()..usize::try_from(skipped.end).unwrap();
            records.push(format!("({})", text[bytes].len()));
        }
        let bytes = |range: &Range<usize>| batch.bytes[range.clone()].to_vec();
        let all = batch.records.iter().map(bytes);
        records.extend(all.map(|record| String::from_utf8(record).unwrap()));
    }
    assert_eq!(at, text.len() as u64);
    records
}

/// The records, which are the same for any batch size.
fn records(text: &str, told: Option<DocumentBreak>) -> Vec<String> {
    let whole = cut(text, 1 << 16, 1 << 20, told);
    for batch in 1..text.len() + 2 {
        assert_eq!(cut(text, batch, 1 << 20, told), whole, "{batch}: {text:?}");
    }
    whole
}

#[test]
fn a_blank_line_ends_a_document() {
    let text = "\u{feff}\r\nAda B-PER\r\nmet O\r\n \r\n\r\n# id = b\n\nBob O\n\n\n";
    assert_eq!(
        records(text, None),
        ["Ada B-PER\r\nmet O", "# id = b\n\nBob O"]
    );
    assert_eq!(records("Ada O", None), ["Ada O"]);
    assert_eq!(records("\n \n", None), [""; 0]);
    assert_eq!(records("", None), [""; 0]);
}

#[test]
fn a_mark_ends_one_where_the_file_has_marks() {
    let text = "-DOCSTART- -X- O O\n\na O\n\nb O\n-DOCSTART- -X- O O\n\nc O\n";
    let two = [
        "-DOCSTART- -X- O O\n\na O\n\nb O",
        "-DOCSTART- -X- O O\n\nc O",
    ];
    assert_eq!(records(text, None), two);
    assert_eq!(records(text, Some(DocumentBreak::Docstart)), two);
    let blank = [
        "-DOCSTART- -X- O O\n\na O",
        "b O",
        "-DOCSTART- -X- O O\n\nc O",
    ];
    assert_eq!(records(text, Some(DocumentBreak::Blank)), blank);
    assert_eq!(records(text, Some(DocumentBreak::File)), [text.trim_end()]);
    let newdoc = "# newdoc id = a\n# s\na O\n\nb O\n\n# newdoc\nc O\n";
    let two = ["# newdoc id = a\n# s\na O\n\nb O", "# newdoc\nc O"];
    assert_eq!(records(newdoc, None), two);
}

#[test]
fn a_record_that_is_too_long_is_not_held() {
    let long = "word B-PER\n".repeat(500);
    let text = format!("a O\n\n{long}\n\nb O\n");
    for batch in [3, 16, 64, 5000, 9000] {
        let cut = cut(&text, batch, 100, None);
        let long = (long.len() - 1).to_string();
        if cut[1].starts_with('(') {
            assert_eq!(cut, ["a O", &format!("({long})"), "b O"], "{batch}");
        } else {
            // It lay in the batch as a whole; nobody reads it.
            assert_eq!(cut.len(), 3);
        }
    }
    let line = format!("a O\n\n{} O\n\n{} O\n", "x".repeat(4000), "y".repeat(4000));
    assert_eq!(cut(&line, 16, 100, None), ["a O", "(4002)", "(4002)"]);
}

proptest! {
    #[test]
    fn the_borders_of_batches_do_not_matter(
        lines in prop::collection::vec(
            prop::sample::select(vec!["a O", "", " ", "# id = x", "# newdoc", "-DOCSTART- O", "# O", "b\tB-X\r"]),
            0..12,
        ),
        batch in 1_usize..50,
        record in 1_u64..60,
        mode in prop::sample::select(vec![None, Some(DocumentBreak::Blank), Some(DocumentBreak::File)]),
    ) {
        let text = lines.join("\n");
        prop_assert_eq!(cut(&text, batch, 1 << 20, mode), cut(&text, 1 << 16, 1 << 20, mode));
        // The places of what is not held fit too.
        cut(&text, batch, record, mode);
    }
}
