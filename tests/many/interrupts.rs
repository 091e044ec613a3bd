//! Runs that are ended from outside, and what the next one makes of that.

use std::fs;
use std::path::Path;

use super::processes::{end, has_temporary, send, start, start_after, wait_until};
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
    wait_until(|| out.join("a.json").exists() && has_temporary(&out));
    send("TERM", &child);
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(143), "{stderr}");
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

/// The conversion of one large file.
const ONE: [&str; 7] = [
    "convert",
    "labels.jsonl",
    "--to",
    "language",
    "--no-texts",
    "--out",
    "out.json",
];

/// Whether a signal reaches the programs that this one starts.
fn is_heard(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let is_ignored = mask.unwrap_or(0) & (1 << (signal - 1)) != 0;
    if is_ignored {
        eprintln!("skipped: the signal {signal} is ignored here");
    }
    !is_ignored
}

#[test]
fn each_signal_has_the_status_that_shells_expect() {
    let place = TempFolder::new();
    place.write("labels.jsonl", classes(300_000));
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        if !is_heard(number) {
            continue;
        }
        let child = start(place.path(), &ONE);
        wait_until(|| has_temporary(place.path()));
        send(name, &child);
        let (status, stderr) = end(place.path(), child);
        assert_eq!(status, Some(128 + number), "{name}: {stderr}");
        let left = names(place.path());
        assert_eq!(left, ["labels.jsonl", "stderr", "stdout"], "{name}");
    }
}

#[test]
fn a_signal_that_a_run_is_to_ignore_does_not_end_it() {
    if !Path::new("/proc/self/status").exists() {
        eprintln!("skipped: this system does not tell which signals are ignored");
        return;
    }
    let place = TempFolder::new();
    place.write("labels.jsonl", classes(30_000));
    // As `nohup` has it, and `&` in a script.
    let child = start_after(place.path(), "trap '' HUP INT", &ONE);
    wait_until(|| has_temporary(place.path()) || place.at("out.json").exists());
    send("HUP", &child);
    send("INT", &child);
    let (status, stderr) = end(place.path(), child);
    assert_eq!(status, Some(0), "{stderr}");
    assert!(place.at("out.json").exists());
}

#[test]
fn what_a_killed_run_has_left_goes_with_the_next() {
    let place = TempFolder::new();
    let (root, out) = (place.path(), place.at("out"));
    place.write("in/a/b.jsonl", classes(300_000));
    let mut child = start(root, &with(&["--losses", "facts"]));
    wait_until(|| has_temporary(&out.join("a")) && has_temporary(&place.at("facts/a")));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(has_temporary(&out.join("a")) && out.join(".labelwright.lock").exists());
    // What somebody else is writing there stays.
    let other = out.join(".labelwright-other.tmp");
    let held = fs::File::create(&other).unwrap();
    held.lock().unwrap();
    place.write("in/a/b.jsonl", classes(3));
    run(root, with(&["--losses", "facts", "--resume"])).expect(0);
    assert_eq!(names(&out.join("a")), ["b.json"]);
    assert_eq!(names(&place.at("facts/a")), ["b.losses.jsonl"]);
    let left = [".labelwright-manifest.jsonl", ".labelwright-other.tmp", "a"];
    assert_eq!(names(&out), left);
}

#[test]
fn two_runs_on_one_folder_are_one_too_many() {
    let place = TempFolder::new();
    let (root, out) = (place.path(), place.at("out"));
    place.write("in/a.jsonl", classes(3));
    place.write("in/b.jsonl", classes(60_000));
    let child = start(root, &with(&["--jobs", "1"]));
    wait_until(|| out.join("a.json").exists() && has_temporary(&out));
    for more in ["--resume", "--force"] {
        let done = run(root, with(&[more])).expect(2);
        let process = child.id();
        done.says(&format!(
            "error: another run (process {process}) is writing to out; wait for its end"
        ));
    }
    // One that only looks goes on.
    run(root, ["check", "in/a.jsonl", "--no-texts"]).expect(0);
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(0), "{stderr}");
    let want = [("a.jsonl", "converted"), ("b.jsonl", "converted")];
    assert_eq!(fates(&out), owned(&want));
    let made = [".labelwright-manifest.jsonl", "a.json", "b.json"];
    assert_eq!(names(&out), made);
}
