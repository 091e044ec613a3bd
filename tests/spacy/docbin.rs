//! `DocBin`s that are written.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::{convert, fixture, folder};

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
    unpacked
}

/// The bytes of a member: what stands behind its key, without its own heading of two bytes.
fn member<'b>(file: &'b [u8], key: &str, length: usize) -> &'b [u8] {
    let key = key.as_bytes();
    let at = file.windows(key.len()).position(|window| window == key);
    let start = at.unwrap() + key.len() + 2;
    &file[start..start + length]
}

#[test]
fn labels_are_at_the_edges_of_tokens() {
    let line =
        r#"[["<b>Bob</b> x",{"entities":[[3,6,"PERSON"]]}],["ok",{"entities":[]}],["?",{}]]"#;
    let place = folder("in.json", line);
    convert(&place, "in.json", "docbin", "out.spacy", &[]).expect(0);
    let file = unpacked(&std::fs::read(place.at("out.spacy")).unwrap());
    // < b > Bob < / b > x, then ok, then ?
    assert_eq!(
        member(&file, "lengths", 12),
        [9, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    );
    assert_eq!(
        member(&file, "spaces", 11),
        [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    );
    // The heading of a longer member has a byte more.
    let tokens = member(&file, "tokens", 1 + 11 * 24);
    let tokens = if tokens.len() > 256 {
        &tokens[1..]
    } else {
        tokens
    };
    let rows: Vec<(u64, u64)> = tokens
        .chunks_exact(24)
        .map(|row| {
            let number = |at: usize| u64::from_le_bytes(row[at..at + 8].try_into().unwrap());
            (number(8), number(16))
        })
        .collect();
    let outside = (2, 0);
    assert_eq!(rows[..3], [outside; 3]);
    assert_eq!(rows[3], (3, 380), "spaCy's own number of PERSON");
    assert_eq!(rows[4..10], [outside; 6]);
    assert_eq!(
        rows[10],
        (0, 0),
        "nobody has said anything of the last text"
    );
}

#[test]
fn the_bytes_hang_on_nothing_but_the_corpus() {
    let place = folder("in.jsonl", fixture("spacy/spans.jsonl"));
    convert(&place, "in.jsonl", "docbin", "one.spacy", &["--jobs", "1"]).expect(0);
    convert(&place, "in.jsonl", "docbin", "two.spacy", &["--jobs", "3"]).expect(0);
    let read = |name: &str| std::fs::read(place.at(name)).unwrap();
    assert_eq!(read("one.spacy"), read("two.spacy"));
}

#[test]
fn each_set_is_a_file_and_the_next_step_is_said() {
    let lines = String::from_utf8(fixture("spacy/spans.jsonl")).unwrap();
    // The last document is in no set.
    let lines: Vec<&str> = lines.lines().take(3).collect();
    let place = folder("in.jsonl", lines.join("\n"));
    let done = convert(&place, "in.jsonl", "docbin", "all.spacy", &[]);
    done.expect(0)
        .says("python -m spacy train config.cfg --paths.train all.spacy");
    let more = ["--split-by", "dataset"];
    convert(&place, "in.jsonl", "docbin", "parts.spacy", &more).expect(0);
    let names = crate::support::names(place.path());
    let parts = names.iter().filter(|name| name.starts_with("parts"));
    assert!(parts.count() >= 2, "{names:?}");
}
