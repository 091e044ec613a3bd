//! What a conversion of a folder makes, and what it does not make.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{classes, contents, fates, manifest, owned, place, with};
use crate::support::run;

#[test]
fn a_folder_is_converted_to_a_folder() {
    let place = place();
    let done = run(place.path(), with(&["-v"])).expect(0);
    assert!(done.stdout.is_empty(), "{}", done.text());
    done.says("skipped in/package.json");
    let out = place.at("out");
    let made = contents(&out);
    let want = ["a.json", "b/c.json", "b/d.json"];
    assert!(made.keys().eq(want.map(Path::new)), "{made:?}");
    for name in ["a", "b/c", "b/d"] {
        let input = format!("in/{name}.jsonl");
        let args = ["convert", &input, "--to", "language", "--no-texts"];
        let alone = run(place.path(), args).expect(0);
        assert!(
            made[&PathBuf::from(format!("{name}.json"))] == alone.stdout,
            "{name}"
        );
    }
    let manifest = manifest(&out);
    assert!(manifest.keys().eq(["a.jsonl", "b/c.jsonl", "b/d.jsonl"]));
    let line = &manifest["b/c.jsonl"];
    assert_eq!(line["output"], "b/c.json");
    assert_eq!(line["status"], "converted");
    assert_eq!(
        (&line["documents"], &line["labels"]),
        (&5.into(), &5.into())
    );
    assert_eq!(
        (&line["errors"], &line["warnings"], &line["notes"]),
        (&0.into(), &0.into(), &1.into())
    );
    for (stamp, path) in [("read", "in/b/c.jsonl"), ("written", "out/b/c.json")] {
        let bytes = fs::read(place.at(path)).unwrap();
        assert_eq!(line[stamp]["size"], bytes.len(), "{path}");
        let hash = twox_hash::XxHash3_64::oneshot(&bytes);
        assert_eq!(line[stamp]["xxh3"], format!("{hash:016x}"), "{path}");
        let modified = fs::metadata(place.at(path)).unwrap().modified().unwrap();
        let since = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let since = format!("{}.{:09}", since.as_secs(), since.subsec_nanos());
        assert_eq!(line[stamp]["modified"], since, "{path}");
    }
    // The manifest and the outputs are no inputs, and can be checked as a folder.
    let back = [
        "convert",
        "out",
        "--to",
        "aml",
        "--no-texts",
        "--out",
        "back",
    ];
    let done = run(place.path(), back).expect(0);
    done.says("converted 3 files, 10 documents");
    let done = run(
        place.path(),
        ["check", "out", "--no-texts", "--output", "json"],
    );
    assert_eq!(done.report().0["inputs"].as_array().unwrap().len(), 3);
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let place = place();
    let out = place.at("out");
    let bad = place.at("in/b/bad.jsonl");
    fs::write(&bad, "{\"image_url\":1\n").unwrap();
    let done = run(place.path(), with(&[])).expect(1);
    done.says("not converted: in/b/bad.jsonl\n");
    let want = [
        ("a.jsonl", "converted"),
        ("b/bad.jsonl", "refused"),
        ("b/c.jsonl", "converted"),
        ("b/d.jsonl", "converted"),
    ];
    assert_eq!(fates(&out), owned(&want));
    let line = &manifest(&out)["b/bad.jsonl"];
    assert!(
        line["errors"].as_u64().unwrap() > 0 && line.get("written").is_none(),
        "{line}"
    );
    assert!(!out.join("b/bad.json").exists());
    // A file that was there before is nobody's to replace.
    fs::remove_dir_all(&out).unwrap();
    fs::create_dir_all(out.join("b/d.json")).unwrap();
    fs::write(out.join("a.json"), "precious").unwrap();
    for more in [&[][..], &["--resume"]] {
        let done = run(place.path(), with(more)).expect(2);
        done.says("error: out/a.json exists; `--force` replaces it\n");
        done.says("out/b/d.json");
        assert_eq!(fs::read_to_string(out.join("a.json")).unwrap(), "precious");
        assert!(out.join("b/c.json").is_file());
        let manifest = manifest(&out);
        assert_eq!(manifest["a.jsonl"]["status"], "failed");
        assert_eq!(
            manifest["a.jsonl"]["error"],
            "out/a.json exists; `--force` replaces it"
        );
        let _ = fs::remove_file(out.join("b/c.json"));
    }
    let done = run(place.path(), with(&["--force"])).expect(2);
    assert!(!done.stderr.contains("out/a.json"), "{}", done.stderr);
    assert!(
        fs::read_to_string(out.join("a.json"))
            .unwrap()
            .contains("Refund")
    );
}

#[test]
fn ledgers_of_a_folder_bring_all_back() {
    let place = place();
    let original = classes(4).replace(
        "\"label_confidence\":1.0",
        "\"label_confidence\":0.25,\"who\":[7]",
    );
    place.write("in/b/c.jsonl", &original);
    run(place.path(), with(&["--losses", "kept", "--deny-loss"])).expect(0);
    let ledgers = contents(&place.at("kept"));
    let want = ["a.losses.jsonl", "b/c.losses.jsonl", "b/d.losses.jsonl"];
    assert!(
        ledgers.keys().eq(want.map(Path::new)),
        "{:?}",
        ledgers.keys()
    );
    // A ledger that is not there is not put back.
    fs::remove_file(place.at("kept/a.losses.jsonl")).unwrap();
    let back = [
        "convert",
        "out",
        "--to",
        "aml",
        "--no-texts",
        "-o",
        "back",
        "--restore",
        "kept",
    ];
    run(place.path(), back).expect(0);
    assert_eq!(place.read("back/b/c.jsonl"), original);
    assert_eq!(place.read("back/b/d.jsonl"), classes(2));
    let plain = place.read("back/a.jsonl");
    assert!(
        plain.contains("workspaceblobstore") || plain.contains("AmlDatastore://ds/"),
        "{plain}"
    );
    // A ledger of the wrong direction fails its file and no other.
    let there = [
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "there",
        "--restore",
        "kept",
    ];
    let done = run(place.path(), there).expect(2);
    done.says("the ledger is of a conversion from aml to language");
    assert_eq!(
        fates(&place.at("there")),
        owned(&[
            ("a.jsonl", "converted"),
            ("b/c.jsonl", "failed"),
            ("b/d.jsonl", "failed")
        ])
    );
}
