//! What goes wrong outside of the files: full disks, files that vanish or change, interrupts.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use labelwright::input::Source;
use labelwright::operations::{self, Conversion, Metadata};
use labelwright::pipeline::{Error, Options};

use super::{classes, contents, fates, manifest, owned};
use crate::support::{names, run};

/// Starts the program in a folder; what it says goes to files there.
fn start(folder: &Path, args: &[&str]) -> Child {
    let file = |name: &str| File::create(folder.join(name)).unwrap();
    Command::new(env!("CARGO_BIN_EXE_labelwright"))
        .args(args)
        .arg("--isolated")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(file("stdout"))
        .stderr(file("stderr"))
        .spawn()
        .unwrap()
}

/// Waits for the end, and tells the status and what was said on stderr.
fn end(folder: &Path, mut child: Child) -> (Option<i32>, String) {
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
        }
        sleep(Duration::from_millis(5));
    };
    (status, fs::read_to_string(folder.join("stderr")).unwrap())
}

/// Whether a file is being written to a folder.
fn has_temporary(folder: &Path) -> bool {
    let names = names(folder);
    names
        .iter()
        .any(|name| name.starts_with(".labelwright-") && !name.contains("manifest"))
}

/// Makes a pipe with a name, where this system has them.
fn pipe(path: &Path) -> bool {
    let made = Command::new("mkfifo").arg(path).status();
    let made = made.is_ok_and(|status| status.success());
    if !made {
        eprintln!("skipped: no named pipe can be made");
    }
    made
}

/// Opens a pipe for writing, which takes until somebody reads from it.
fn writer(path: &Path) -> File {
    OpenOptions::new().write(true).open(path).unwrap()
}

/// Ends what was written to a pipe, which is opened once more by whoever read it.
fn finish(pipe: File, path: &Path) {
    drop(pipe);
    let path = path.to_owned();
    // Nobody can tell when that is, so it is tried again and again; the last one waits in vain.
    std::thread::spawn(move || {
        while let Ok(again) = OpenOptions::new().write(true).open(&path) {
            sleep(Duration::from_millis(20));
            drop(again);
            sleep(Duration::from_millis(20));
        }
    });
}

/// The first line of a ledger, and the last.
fn head(from: &str, to: &str) -> String {
    format!("{{\"ledger\":1,\"tool\":\"0.1.0\",\"from\":\"{from}\",\"to\":\"{to}\"}}\n")
}

#[test]
fn a_file_that_changes_while_it_is_read_counts_for_nothing() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.jsonl");
    fs::write(&path, classes(3)).unwrap();
    let options = Options::default();
    let language = labelwright::formats::find("language").unwrap();
    let conversion = Conversion {
        from: None,
        to: language,
        texts: None,
        unit: None,
        metadata: Metadata::default(),
        skip_invalid: false,
        deny_loss: false,
        save_losses: false,
        restore: None,
        files: None,
    };
    let both = |source: &Source| {
        let (mut out, mut ledger) = (Vec::new(), Vec::new());
        let converted = operations::convert(source, &conversion, &options, &mut out, &mut ledger);
        [operations::check(source, None, None, &options), converted]
    };
    let source = Source::open(&path).unwrap();
    assert!(both(&source).iter().all(Result::is_ok));
    let mut file = OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(classes(1).as_bytes()).unwrap();
    for result in both(&source) {
        let error = result.unwrap_err();
        assert!(matches!(&error, Error::Changed { path } if path.ends_with("a.jsonl")));
        assert!(
            error
                .to_string()
                .ends_with("a.jsonl was changed while it was read")
        );
    }
    // As many bytes, but later.
    let source = Source::open(&path).unwrap();
    file.set_modified(std::time::SystemTime::now() + Duration::from_secs(9))
        .unwrap();
    assert!(both(&source).iter().all(Result::is_err));
    // A file that is replaced is read to its end; a copy is nobody's to change.
    let source = Source::open(&path).unwrap();
    fs::write(place.path().join("new"), "other").unwrap();
    fs::rename(place.path().join("new"), &path).unwrap();
    assert!(both(&source).iter().all(Result::is_ok));
    let source = Source::spooled(classes(2).as_bytes(), &path).unwrap();
    assert!(both(&source).iter().all(Result::is_ok));
}

#[test]
fn a_conversion_of_a_file_that_changes_leaves_the_old_output() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    if !pipe(&root.join("ledger")) {
        return;
    }
    fs::write(root.join("a.json"), Vec::new()).unwrap();
    fs::write(root.join("a.jsonl"), classes(3)).unwrap();
    let to = [
        "convert",
        "a.jsonl",
        "--to",
        "language",
        "--no-texts",
        "-o",
        "made.json",
    ];
    run(root, to).expect(0);
    let (input, out) = (root.join("made.json"), root.join("back.jsonl"));
    fs::write(&out, "precious").unwrap();
    let back = [
        "convert",
        "made.json",
        "--to",
        "aml",
        "--no-texts",
        "-o",
        "back.jsonl",
        "--force",
        "--restore",
        "ledger",
    ];
    let child = start(root, &back);
    // The ledger is opened after the label file, so that is open by now.
    let mut ledger = writer(&root.join("ledger"));
    let mut text = fs::read_to_string(&input).unwrap();
    text.push('\n');
    fs::write(&input, text).unwrap();
    ledger
        .write_all(head("aml", "language").as_bytes())
        .unwrap();
    finish(ledger, &root.join("ledger"));
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(2), "{stderr}");
    assert_eq!(stderr, "error: made.json was changed while it was read\n");
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious");
    assert!(!has_temporary(root));
}

#[test]
fn an_input_that_vanishes_is_the_only_one_to_fail() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    fs::create_dir_all(root.join("in")).unwrap();
    fs::create_dir_all(root.join("kept")).unwrap();
    if !pipe(&root.join("first")) || !pipe(&root.join("kept/a.losses.jsonl")) {
        return;
    }
    let gone = root.join("in/b.jsonl");
    for name in ["a", "b", "c"] {
        fs::write(root.join(format!("in/{name}.jsonl")), classes(2)).unwrap();
    }
    let args = [
        "check",
        "first",
        "in",
        "--no-texts",
        "--jobs",
        "1",
        "--output",
        "json",
    ];
    let args = [&args[..], &["--format", "aml"]].concat();
    let child = start(root, &args);
    let mut first = writer(&root.join("first"));
    // Whoever reads the first file has listed all of them. (`first` comes before `in`.)
    fs::remove_file(&gone).unwrap();
    first.write_all(classes(1).as_bytes()).unwrap();
    drop(first);
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(
        stderr.starts_with("error: cannot read in/b.jsonl: "),
        "{stderr}"
    );
    assert!(
        stderr.contains("\nchecked 3 files, 5 documents, "),
        "{stderr}"
    );
    let report = crate::support::Report::read(&root.join("stdout"));
    assert_eq!(report.0["summary"]["documents"], 5);

    fs::write(&gone, classes(2)).unwrap();
    let args = [
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "--out",
        "out",
        "--restore",
        "kept",
        "--jobs",
        "1",
    ];
    let child = start(root, &args);
    let ledger = root.join("kept/a.losses.jsonl");
    let mut first = writer(&ledger);
    fs::remove_file(&gone).unwrap();
    let head = head("language", "aml");
    first.write_all(head.as_bytes()).unwrap();
    finish(first, &ledger);
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(
        stderr.starts_with("error: cannot read in/b.jsonl: "),
        "{stderr}"
    );
    let want = [
        ("a.jsonl", "converted"),
        ("b.jsonl", "failed"),
        ("c.jsonl", "converted"),
    ];
    assert_eq!(fates(&root.join("out")), owned(&want));
}

#[test]
fn texts_that_vanish_fail_the_files_after() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    for name in ["in", "kept", "docs"] {
        fs::create_dir(root.join(name)).unwrap();
    }
    let ledger = root.join("kept/a.losses.jsonl");
    if !pipe(&ledger) {
        return;
    }
    for name in ["a", "b"] {
        fs::write(root.join(format!("in/{name}.jsonl")), classes(2)).unwrap();
    }
    let args = [
        "convert",
        "in",
        "--to",
        "language",
        "--texts",
        "docs",
        "--out",
        "out",
        "--restore",
        "kept",
        "--jobs",
        "1",
    ];
    let child = start(root, &args);
    let mut first = writer(&ledger);
    fs::remove_dir(root.join("docs")).unwrap();
    first.write_all(head("language", "aml").as_bytes()).unwrap();
    finish(first, &ledger);
    let (status, stderr) = end(root, child);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.starts_with("error: cannot read docs: "), "{stderr}");
    let fates = fates(&root.join("out"));
    assert_eq!(fates[1], ("b.jsonl".to_owned(), "failed".to_owned()));
    assert_ne!(fates[0].1, "failed");
}

#[test]
fn one_file_that_takes_its_time_is_summed_up() {
    let place = tempfile::tempdir().unwrap();
    let (root, input) = (place.path(), place.path().join("in.jsonl"));
    if !pipe(&input) {
        return;
    }
    let to = ["--to", "language", "-o", "out.json"];
    for (verb, more) in [("check", &["--select", "syntax"][..]), ("convert", &to)] {
        let child = start(root, &[&[verb, "in.jsonl", "--no-texts"], more].concat());
        let mut pipe = writer(&input);
        sleep(Duration::from_millis(1050));
        pipe.write_all(classes(2).as_bytes()).unwrap();
        drop(pipe);
        let (status, stderr) = end(root, child);
        assert_eq!(status, Some(0), "{stderr}");
        let last = stderr.lines().last().unwrap();
        let want = format!("{verb}ed 1 file, 2 documents, 174 B in ");
        assert!(last.starts_with(&want), "{stderr}");
        let stdout = fs::read_to_string(root.join("stdout")).unwrap();
        assert!(!stdout.contains(&want), "{stdout}");
    }
}

#[test]
fn an_interrupt_leaves_the_old_output_and_a_manifest_to_go_by() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    let (input, out) = (root.join("in"), root.join("out"));
    fs::create_dir_all(&input).unwrap();
    fs::create_dir_all(&out).unwrap();
    fs::write(input.join("a.jsonl"), classes(2)).unwrap();
    fs::write(input.join("b.jsonl"), classes(300_000)).unwrap();
    fs::write(input.join("c.jsonl"), classes(3)).unwrap();
    fs::write(out.join("b.json"), "precious").unwrap();
    let to = [
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "--out",
        "out",
        "--jobs",
        "1",
    ];
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
    assert!(
        done.stderr.contains("error: out/b.json exists; `--force`"),
        "{}",
        done.stderr
    );
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
    let place = tempfile::tempdir().unwrap();
    let (root, out) = (place.path(), place.path().join("out"));
    fs::create_dir_all(root.join("in")).unwrap();
    fs::write(root.join("in/a.jsonl"), classes(2)).unwrap();
    let to = [
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "--out",
        "out",
    ];
    run(root, to).expect(0);
    // The line of an output comes before the output: here it never came.
    let path = out.join(".labelwright-manifest.jsonl");
    let line = fs::read_to_string(&path).unwrap();
    let mut next: serde_json::Value = serde_json::from_str(&line).unwrap();
    next["written"]["xxh3"] = "0000000000000000".into();
    next["written"]["modified"] = "1.000000000".into();
    fs::write(&path, format!("{line}{next}\n")).unwrap();
    run(root, [&to[..], &["--resume"]].concat()).expect(0);
    assert_eq!(fates(&out), owned(&[("a.jsonl", "converted")]));
}

#[test]
fn a_file_in_the_place_of_a_folder_fails_what_would_go_there() {
    let place = tempfile::tempdir().unwrap();
    let (root, out) = (place.path(), place.path().join("out"));
    for name in ["in/a.jsonl", "in/b/c.jsonl", "in/d.jsonl"] {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        fs::write(root.join(name), classes(2)).unwrap();
    }
    fs::create_dir(&out).unwrap();
    fs::write(out.join("b"), "precious").unwrap();
    let to = [
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "--out",
        "out",
        "--force",
    ];
    let done = run(root, to).expect(2);
    assert!(
        done.stderr.contains("error: cannot write out/b: "),
        "{}",
        done.stderr
    );
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
    assert!(
        done.stderr.contains("cannot write out/b/c.json: "),
        "{}",
        done.stderr
    );
    // The manifest cannot be there either.
    fs::remove_dir_all(&out).unwrap();
    fs::create_dir_all(out.join(".labelwright-manifest.jsonl")).unwrap();
    let to = [
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "--out",
        "out",
    ];
    let done = run(root, to).expect(2);
    assert!(
        done.stderr
            .contains("cannot write out/.labelwright-manifest.jsonl"),
        "{}",
        done.stderr
    );
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
    let program = env!("CARGO_BIN_EXE_labelwright");
    let convert = [
        program,
        "convert",
        "in",
        "--to",
        "language",
        "--no-texts",
        "--force",
    ];
    let folder = ["--out", "out", "--isolated", "--jobs", "1"];
    let args = [wrap, &convert[..], &folder[..]].concat();
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
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
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
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("out")).unwrap();
    // In blocks of 512 bytes; the signal would end the program otherwise.
    fill(
        place.path(),
        &["sh", "-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""],
    );
}

/// Runs the program with stderr on a terminal, and a pipe as the first input that lets it wait.
/// Tells what the terminal got, and what is on stdout.
fn on_a_terminal(root: &Path, more: &str) -> Option<(String, Vec<u8>)> {
    let _ = fs::remove_file(root.join("first"));
    if !pipe(&root.join("first")) {
        return None;
    }
    let program = env!("CARGO_BIN_EXE_labelwright");
    let command = format!(
        "'{program}' check first second.jsonl gone.jsonl --no-texts --jobs 1 --isolated --format aml --select syntax {more} >out"
    );
    let terminal = Command::new("script")
        .args(["-q", "-e", "-c", &command, "typescript"])
        .current_dir(root)
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut terminal) = terminal else {
        eprintln!("skipped: there is no `script` to make a terminal");
        return None;
    };
    let mut first = writer(&root.join("first"));
    fs::remove_file(root.join("gone.jsonl")).unwrap();
    sleep(Duration::from_millis(1600));
    first.write_all(classes(1).as_bytes()).unwrap();
    drop(first);
    assert_eq!(terminal.wait().unwrap().code(), Some(2));
    let seen = fs::read(root.join("typescript")).unwrap();
    let seen = String::from_utf8_lossy(&seen).into_owned();
    Some((seen, fs::read(root.join("out")).unwrap()))
}

#[test]
fn a_bar_is_shown_on_a_terminal_and_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    fs::write(root.join("second.jsonl"), classes(20)).unwrap();
    fs::write(root.join("gone.jsonl"), classes(20)).unwrap();
    let Some((seen, report)) = on_a_terminal(root, "") else {
        return;
    };
    assert!(seen.contains("0 of 3 files"), "{seen:?}");
    assert!(seen.contains("0 B of "), "{seen:?}");
    // Nothing of it is on stdout, and it is gone before each message and at the end.
    let report = String::from_utf8(report).unwrap();
    assert!(
        report.ends_with("2 files: 21 documents, 21 labels; 0 errors, 0 warnings, 0 notes\n"),
        "{report}"
    );
    assert!(!report.contains("of 3 files"), "{report}");
    let line = seen
        .lines()
        .find(|line| line.contains("error: cannot read gone.jsonl"));
    let (bar, _) = line.unwrap().split_once("error:").unwrap();
    assert!(
        bar.ends_with("\r\u{1b}[2K") || bar.ends_with("\u{1b}[2K\r"),
        "{bar:?}"
    );
    let (bar, _) = seen.split_once("checked 2 files, 21 documents").unwrap();
    let after = bar.rsplit_once("files").unwrap().1;
    assert!(
        after.contains("\u{1b}[2K") && !after.ends_with("left"),
        "{after:?}"
    );
    // Whoever wants it quiet sees none.
    fs::write(root.join("gone.jsonl"), classes(20)).unwrap();
    let (seen, _) = on_a_terminal(root, "-q").unwrap();
    assert!(!seen.contains("of 3 files"), "{seen:?}");
    assert!(seen.contains("error: cannot read gone.jsonl"), "{seen:?}");
}
