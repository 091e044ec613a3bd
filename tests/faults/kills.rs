//! A run that is killed while it takes the place of an old file.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Instant;

use crate::support::{TempFolder, aml_span, command, names, sure_aml_line};

/// How many runs are killed, by the environment variable of this name; few without it.
const KILLS: &str = "LABELWRIGHT_KILLS";

/// A conversion over an old output and an old ledger.
fn start(folder: &Path) -> Child {
    let mut command = command(folder);
    command
        .args([
            "convert",
            "labels.jsonl",
            "--to",
            "language",
            "--texts",
            "texts",
            "-q",
            "--isolated",
        ])
        .args(["-o", "out.json", "--losses", "facts.jsonl", "--force"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

#[test]
fn a_killed_run_leaves_the_old_file_or_the_new_one() {
    let kills = std::env::var(KILLS).ok().and_then(|it| it.parse().ok());
    let kills: u32 = kills.unwrap_or(40);
    let place = TempFolder::new();
    let line = |number: u32| {
        let name = format!("{number}.txt");
        place.write(
            format!("texts/{name}"),
            format!("Ada wrote {number} letters to Bob."),
        );
        sure_aml_line(
            &format!("AmlDatastore://ds/{name}"),
            &[aml_span("Person", 0, 3)],
        ) + "\n"
    };
    let lines: String = (0..200).map(line).collect();
    place.write("labels.jsonl", lines);
    let begun = Instant::now();
    assert!(start(place.path()).wait().unwrap().success());
    let whole = begun.elapsed();
    let new = ["out.json", "facts.jsonl"].map(|name| place.read(name));
    let old = ["an old project\n", "an old ledger\n"];
    let (mut killed, mut left, mut made) = (0, 0, 0);
    for number in 0..kills {
        for (name, text) in ["out.json", "facts.jsonl"].iter().zip(old) {
            place.write(name, text);
        }
        let mut child = start(place.path());
        // From before its beginning to after its end.
        sleep(whole.mul_f64(1.3 * f64::from(number) / f64::from(kills)));
        // It may have ended.
        let _ = child.kill();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let now = ["out.json", "facts.jsonl"].map(|name| place.read(name));
        for which in 0..2 {
            let is_whole = now[which] == old[which] || now[which] == new[which];
            assert!(is_whole, "after {number}: {}", now[which]);
        }
        // The product comes first, and its ledger names it.
        assert!(now[0] == new[0] || now[1] == old[1], "after {number}");
        made += u32::from(now[0] == new[0]);
        let known = ["facts.jsonl", "labels.jsonl", "out.json", "texts"];
        let strays = names(place.path())
            .into_iter()
            .filter(|name| !known.contains(&&**name));
        let strays: Vec<String> = strays.collect();
        let is_own = |name: &String| name.starts_with(".labelwright-");
        assert!(strays.iter().all(is_own), "{strays:?}");
        left += u32::from(!strays.is_empty());
        // What was left is in nobody's way.
        if number % 10 == 0 {
            assert!(start(place.path()).wait().unwrap().success());
            assert_eq!(
                ["out.json", "facts.jsonl"].map(|name| place.read(name)),
                new
            );
        }
        for name in strays {
            fs::remove_file(place.at(name)).unwrap();
        }
    }
    eprintln!(
        "{killed} of {kills} were killed before their end; {left} left a temporary file; {made} had the new file"
    );
    assert!(killed > kills / 4, "{killed} of {kills} were killed");
}
