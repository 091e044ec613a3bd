//! A machine without what a run needs is status 2, and no finding.

use std::path::Path;

use super::run_after;
use crate::support::{ONE_CLASS, language_project, sure_aml_line};
use crate::support::{TempFolder, aml_line, aml_span, class_document, command, run};

/// Two documents with one text, so that it is read again at the end, and one without.
fn place() -> TempFolder {
    let place = TempFolder::new();
    let mut lines = String::new();
    for name in ["1.txt", "2.txt", "3.txt"] {
        let span = aml_span("Person", 0, 3);
        lines += &(sure_aml_line(&format!("AmlDatastore://ds/{name}"), &[span]) + "\n");
        place.write(Path::new("texts").join(name), "Ada wrote to Bob today.");
    }
    place.write("labels.jsonl", lines);
    place
}

#[test]
fn too_many_open_files_are_no_missing_documents() {
    let place = place();
    let check = ["check", "labels.jsonl", "--texts", "texts", "--jobs", "1"];
    let shard = ["--shard", "0:", "--partial", "partial", "--force"];
    let convert = [
        "convert",
        "labels.jsonl",
        "--to",
        "language",
        "--texts",
        "texts",
        "--force",
        "--jobs",
        "1",
        "-o",
        "out.json",
    ];
    let shard = [&check[..], &shard].concat();
    for args in [&check[..], &shard, &convert] {
        let mut texts = 0;
        for most in 4..24 {
            let done = run_after(place.path(), &format!("ulimit -n {most}"), args);
            let said = done.text() + &done.stderr;
            assert!(!said.contains("document-missing"), "{most}: {said}");
            if done.status != 0 {
                assert_eq!(done.status, 2, "{most}: {said}");
                assert!(said.contains("Too many open files"), "{most}: {said}");
            }
            texts += u32::from(said.contains("cannot read texts/1.txt: Too many"));
        }
        let opens_texts_last = args != convert;
        assert!(!opens_texts_last || texts > 0, "{args:?}");
    }
}

#[test]
fn a_text_that_the_disk_does_not_give_is_no_missing_document() {
    // Nobody can read the first byte of this one.
    if std::fs::read("/proc/self/mem")
        .err()
        .map(|error| error.raw_os_error())
        != Some(Some(5))
    {
        eprintln!("skipped: no file here fails to be read");
        return;
    }
    let place = TempFolder::new();
    place.write(
        "labels.jsonl",
        aml_line("AmlDatastore://ds/mem", &[]) + "\n",
    );
    let texts = ["--texts", "/proc/self"];
    for args in [
        &["check", "labels.jsonl"][..],
        &["check", "labels.jsonl", "--jobs", "1"],
        &["check", "labels.jsonl", "--fix"],
        &["check", "labels.jsonl", "--shard", "0:", "--partial", "p"],
        &["convert", "labels.jsonl", "--to", "language", "-o", "o"],
    ] {
        let done = run(place.path(), [args, &texts].concat()).expect(2);
        done.says("error: cannot read /proc/self/mem: ");
        assert!(!done.text().contains("document-missing"), "{args:?}");
    }
    // A file of the other reader.
    let language = language_project(ONE_CLASS, &["A"], &[class_document("mem", "A")]);
    place.write("labels.json", language);
    let done = run(
        place.path(),
        [&["check", "labels.json"][..], &texts].concat(),
    )
    .expect(2);
    done.says("error: cannot read /proc/self/mem: ");
    assert!(!place.at("o").exists());
}

#[test]
fn a_text_that_is_not_a_file_is_a_finding_still() {
    let place = place();
    std::fs::remove_file(place.at("texts/1.txt")).unwrap();
    std::fs::create_dir(place.at("texts/1.txt")).unwrap();
    std::fs::remove_file(place.at("texts/2.txt")).unwrap();
    std::os::unix::fs::symlink("2.txt", place.at("texts/2.txt")).unwrap();
    let args = [
        "check",
        "labels.jsonl",
        "--texts",
        "texts",
        "--output",
        "json",
    ];
    let report = run(place.path(), args).expect(1).report();
    assert_eq!(report.0["summary"]["rules"]["document-missing"], 2);
}

#[test]
fn a_ledger_without_room_is_named() {
    let place = TempFolder::new();
    // What the ledger gets of each line is longer than what the product gets.
    let extra = "x".repeat(300);
    let line = |number: usize| {
        format!(
            "{{\"image_url\":\"AmlDatastore://ds/{number}.txt\",\"label\":\"A\",\"label_confidence\":1.0,\"more\":\"{extra}\"}}\n"
        )
    };
    place.write("labels.jsonl", (0..1_000).map(line).collect::<String>());
    let args = [
        "convert",
        "labels.jsonl",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "out.json",
        "--losses",
        "facts.jsonl",
    ];
    let done = run_after(place.path(), "trap '' XFSZ; ulimit -f 500", &args).expect(2);
    done.says("error: cannot write facts.jsonl: ");
    assert_eq!(crate::support::names(place.path()), ["labels.jsonl"]);
}

#[test]
fn a_temporary_folder_without_room_is_named() {
    let place = place();
    let missing = place.at("no-such-folder");
    let done = command(place.path())
        .args(["convert", "labels.jsonl", "--to", "language", "--texts"])
        .args(["texts", "--isolated"])
        .envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, &missing)))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{stderr}");
    let named = format!("the temporary folder {}", missing.display());
    assert!(stderr.contains(&named), "{stderr}");
}
