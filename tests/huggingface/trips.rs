//! To other formats and back.

use super::{convert, fixture, folder, lines, to_language};
use crate::support::fixtures;

#[test]
fn what_is_written_is_what_was_read() {
    for name in ["spans.jsonl", "single.jsonl", "multi.jsonl"] {
        let place = folder("in.jsonl", &fixture(name));
        to_language(&place, "in.jsonl", &[]).expect(0);
        let args = ["--texts", "docs"];
        let done = convert(&place, "out.json", "huggingface", "back.jsonl", &args);
        done.expect(0)
            .says("load_dataset(\"json\", data_files=\"back.jsonl\")");
        let (back, was) = (place.read("back.jsonl"), fixture(name));
        if name == "single.jsonl" {
            // Azure has no document of such a project without a class.
            assert_eq!(lines(&back)[..2], lines(&was)[..2]);
        } else {
            assert_eq!(back, was, "{name}");
        }
    }
}

#[test]
fn a_ledger_brings_back_what_only_these_records_hold() {
    for name in ["spans.jsonl", "other.jsonl", "multi.jsonl", "marks.jsonl"] {
        let place = folder("in.jsonl", &fixture(name));
        place.write("names.txt", "Damage\nDelivery\nRefund\n");
        let names = ["--label-names", "names.txt"];
        let losses = ["--losses", "ledger"];
        to_language(&place, "in.jsonl", &[losses, names].concat()).expect(0);
        let args = ["--texts", "docs", "--restore", "ledger"];
        let done = convert(&place, "out.json", "huggingface", "back.jsonl", &args);
        if name == "marks.jsonl" {
            // Numbers are read again with their names only.
            continue;
        }
        done.expect(0);
        assert_eq!(
            lines(&place.read("back.jsonl")),
            lines(&fixture(name)),
            "{name}"
        );
    }
}

#[test]
fn a_ledger_brings_back_what_only_language_holds() {
    let place = crate::support::TempFolder::new();
    let source = fixtures().join("pairs/demo/demo.json");
    let texts = source.parent().unwrap().to_str().unwrap().to_owned();
    place.write("in.json", std::fs::read(&source).unwrap());
    let args = ["--texts", &texts, "--losses", "ledger"];
    convert(&place, "in.json", "huggingface", "mid.jsonl", &args).expect(0);
    let args = ["--restore", "ledger", "--texts-out", "docs"];
    convert(&place, "mid.jsonl", "language", "back.json", &args).expect(0);
    assert_eq!(place.read("back.json"), place.read("in.json"));
}
