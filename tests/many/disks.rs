//! Outputs that there is no room for, or something else in the place of.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{classes, fates, manifest, owned, with};
use crate::support::{PROGRAM, TempFolder, names, run};

#[test]
fn a_file_in_the_place_of_a_folder_fails_what_would_go_there() {
    let place = TempFolder::new();
    let (root, out) = (place.path(), place.at("out"));
    for name in ["in/a.jsonl", "in/b/c.jsonl", "in/d.jsonl"] {
        place.write(name, classes(2));
    }
    place.write("out/b", "precious");
    let done = run(root, with(&["--force"])).expect(2);
    done.says("error: cannot write out/b: ");
    let want = [
        ("a.jsonl", "converted"),
        ("b/c.jsonl", "failed"),
        ("d.jsonl", "converted"),
    ];
    assert_eq!(fates(&out), owned(&want));
    assert_eq!(fs::read_to_string(out.join("b")).unwrap(), "precious");
    let to = [
        "convert",
        "in/a.jsonl",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "out/b/c.json",
    ];
    let done = run(root, to).expect(2);
    done.says("cannot write out/b/c.json: ");
    // The manifest cannot be there either.
    fs::remove_dir_all(&out).unwrap();
    fs::create_dir_all(out.join(".labelwright-manifest.jsonl")).unwrap();
    let done = run(root, with(&[])).expect(2);
    done.says("cannot write out/.labelwright-manifest.jsonl");
    assert_eq!(names(&out), [".labelwright-manifest.jsonl"]);
}

/// Converts a small and a large file to a folder that has room for the small one only.
fn fill(root: &Path, wrap: &[&str]) {
    let out = root.join("out");
    fs::create_dir_all(root.join("in")).unwrap();
    fs::write(root.join("in/a.jsonl"), classes(2)).unwrap();
    fs::write(root.join("in/b.jsonl"), classes(5_000)).unwrap();
    fs::write(root.join("in/c.jsonl"), classes(3)).unwrap();
    fs::write(out.join("b.json"), "precious").unwrap();
    let convert = with(&["--force", "--isolated", "--jobs", "1"]);
    let args = [wrap, &[PROGRAM], &convert].concat();
    let done = Command::new(args[0])
        .args(&args[1..])
        .current_dir(root)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("error: cannot write out/b.json: "),
        "{stderr}"
    );
    assert_eq!(fs::read_to_string(out.join("b.json")).unwrap(), "precious");
    assert_eq!(
        names(&out),
        [".labelwright-manifest.jsonl", "a.json", "b.json", "c.json"]
    );
    let want = [
        ("a.jsonl", "converted"),
        ("b.jsonl", "failed"),
        ("c.jsonl", "converted"),
    ];
    assert_eq!(fates(&out), owned(&want));
    let error = manifest(&out)["b.jsonl"]["error"].to_string();
    assert!(error.contains("cannot write out/b.json: "), "{error}");
}

#[test]
fn a_full_disk_fails_the_file_that_has_no_room() {
    let place = TempFolder::new();
    let out = place.at("out");
    fs::create_dir(&out).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=96k", "tmpfs"])
        .arg(&out)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no file system can be mounted here");
        return;
    }
    let filled = std::panic::catch_unwind(|| fill(place.path(), &[]));
    let gone = Command::new("umount").arg(&out).status();
    assert!(gone.unwrap().success());
    if let Err(panic) = filled {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn a_limit_on_the_size_of_files_is_like_a_full_disk() {
    // In blocks of 512 bytes. The system sends a signal too, heard or not.
    for before in ["ulimit -f 64", "trap '' XFSZ; ulimit -f 64"] {
        let place = TempFolder::new();
        fs::create_dir(place.at("out")).unwrap();
        let script = format!("{before}; exec \"$0\" \"$@\"");
        fill(place.path(), &["sh", "-c", &script]);
    }
}
