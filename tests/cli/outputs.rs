//! Files that are written: replaced when that is asked for, and never by half a file.

use std::fs;

use super::demo;
use crate::support::{Report, TempFolder, names, run};

#[test]
fn an_existing_file_is_replaced_by_force_only() {
    let place = TempFolder::new();
    let out = place.at("out.jsonl");
    fs::write(&out, "precious\n").unwrap();
    let to = out.to_str().unwrap();
    let done = run(&demo(), ["convert", "demo.json", "--to", "aml", "-o", to]).expect(2);
    done.says("--force");
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious\n");
    run(
        &demo(),
        ["convert", "demo.json", "--to", "aml", "-o", to, "--force"],
    )
    .expect(0);
    assert!(fs::read(&out).unwrap() == fs::read(demo().join("demo.jsonl")).unwrap());
    assert_eq!(
        names(place.path()),
        ["out.jsonl"],
        "no temporary file is left"
    );
}

#[test]
fn a_refused_conversion_leaves_the_old_file() {
    let place = TempFolder::new();
    let out = place.at("out.json");
    fs::write(&out, "precious\n").unwrap();
    let to = out.to_str().unwrap();
    let args = [
        "convert",
        "demo.jsonl",
        "--to",
        "language",
        "--no-texts",
        "-o",
        to,
        "--force",
    ];
    run(&demo(), args).expect(1);
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious\n");
    assert_eq!(
        names(place.path()),
        ["out.json"],
        "no temporary file is left"
    );
}

#[test]
fn reports_go_to_several_places() {
    let place = TempFolder::new();
    let saved = place.at("report.json");
    fs::write(&saved, "").unwrap();
    let json = format!("json={}", saved.display());
    let done = run(
        &demo(),
        ["check", "demo.json", "--output", "human", "--output", &json],
    )
    .expect(0);
    assert!(
        done.text().contains("18 documents, 288 labels"),
        "{}",
        done.text()
    );
    assert_eq!(Report::read(&saved).0["summary"]["labels"], 288);
}
