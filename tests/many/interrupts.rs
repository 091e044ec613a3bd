//! Runs that are ended from outside, and what the next one makes of that.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::processes::{end, has_temporary, start};
use super::{classes, contents, fates, manifest, owned, with};
use crate::support::{TempFolder, names, run};

#[test]
fn an_interrupt_leaves_the_old_output_and_a_manifest_to_go_by() {
    let place = TempFolder::new();
    let root = place.path();
    let (input, out) = (root.join("in"), root.join("out"));
    fs::create_dir_all(&input).unwrap();
    fs::create_dir_all(&out).unwrap();
    fs::write(input.join("a.jsonl"), classes(2)).unwrap();
    fs::write(input.join("b.jsonl"), classes(300_000)).unwrap();
    fs::write(input.join("c.jsonl"), classes(3)).unwrap();
    fs::write(out.join("b.json"), "precious").unwrap();
    let to = with(&["--jobs", "1"]);
    let child = start(root, &[&to[..], &["--force"]].concat());
    // Under way is the second file once the first is there, and something else that is not.
    let begun = Instant::now();
    let is_writing = || out.join("a.json").exists() && has_temporary(&out);
    while !is_writing() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "nothing is written"
        );
        sleep(Duration::from_millis(1));
    }
    let killed = Command::new("kill").arg(child.id().to_string()).status();
    assert!(killed.unwrap().success());
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(130), "{stderr}");
    assert_eq!(
        names(&out),
        [".labelwright-manifest.jsonl", "a.json", "b.json"]
    );
    assert_eq!(fs::read_to_string(out.join("b.json")).unwrap(), "precious");
    assert_eq!(fates(&out), owned(&[("a.jsonl", "converted")]));
    let made = contents(&out);
    // The rest is done by the next run, but for what is not the program's own.
    fs::write(input.join("b.jsonl"), classes(4)).unwrap();
    let done = run(root, [&to[..], &["--resume"]].concat()).expect(2);
    done.says("error: out/b.json exists; `--force`");
    let want = [
        ("a.jsonl", "unchanged"),
        ("b.jsonl", "failed"),
        ("c.jsonl", "converted"),
    ];
    assert_eq!(fates(&out), owned(&want));
    fs::remove_file(out.join("b.json")).unwrap();
    run(root, [&to[..], &["--resume"]].concat()).expect(0);
    assert_eq!(manifest(&out)["b.jsonl"]["documents"], 4);
    assert!(contents(&out)[Path::new("a.json")] == made[Path::new("a.json")]);
}

#[test]
fn a_killed_run_that_was_replacing_its_own_output_can_go_on() {
    let place = TempFolder::new();
    let (root, out) = (place.path(), place.at("out"));
    place.write("in/a.jsonl", classes(2));
    run(root, with(&[])).expect(0);
    // The line of an output comes before the output: here it never came.
    let path = out.join(".labelwright-manifest.jsonl");
    let line = fs::read_to_string(&path).unwrap();
    let mut next: serde_json::Value = serde_json::from_str(&line).unwrap();
    next["written"]["xxh3"] = "0000000000000000".into();
    next["written"]["modified"] = "1.000000000".into();
    fs::write(&path, format!("{line}{next}\n")).unwrap();
    run(root, with(&["--resume"])).expect(0);
    assert_eq!(fates(&out), owned(&[("a.jsonl", "converted")]));
}
