//! A product and its ledger belong together.

use std::fs;

use labelwright::internals::input::hash;
use serde_json::Value;

use super::{EMPTY_DOCUMENT, TO_AML, entities};
use crate::support::{TempFolder, run};

#[test]
fn the_head_of_a_ledger_names_its_product() {
    let place = TempFolder::new();
    place.write("in.json", entities(&[EMPTY_DOCUMENT]));
    run(place.path(), TO_AML.iter().chain(&["--losses", "l"])).expect(0);
    let product = fs::read(place.at("out")).unwrap();
    let ledger = fs::read_to_string(place.at("l")).unwrap();
    let head: Value = serde_json::from_str(ledger.lines().next().unwrap()).unwrap();
    assert_eq!(
        head["product"],
        format!("{:016x}", hash(&product[..]).unwrap())
    );
    // It is told where they are not a pair.
    let back = [
        "convert",
        "out",
        "--to",
        "language",
        "--no-texts",
        "--restore",
        "l",
    ];
    let more = ["--offsets", "utf16", "--fail-on", "never"];
    let is_told = |words: &str| {
        let run = run(place.path(), back.iter().chain(&more));
        run.stderr.contains(words)
    };
    assert!(!is_told("was written with another out"));
    place.write("out", [&product[..], b"\n"].concat());
    assert!(is_told("was written with another out"));
}
