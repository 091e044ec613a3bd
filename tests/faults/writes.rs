//! The system refuses what the program asks of it to write, once for each time that it asks.
//!
//! Each case is run whole first, and strace tells what it asked for. Then it is run again for each of these
//! calls and each reason, from the same beginning, and that one call fails. Either the run says so, with
//! status 2 and what it could not write, and each file is as it was or as it should become; or nothing was lost,
//! and all is as in the first run.

mod cases;
mod hindered;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, UNIX_EPOCH};

use self::cases::Case;
use crate::support::{Call, TempFolder, calls, files, traced};

/// The reasons.
const ERRORS: [&str; 4] = ["ENOSPC", "EIO", "EDQUOT", "EINTR"];

/// What is refused.
const CALLS: &str = "write,pwrite64,writev,copy_file_range,sendfile,splice,fsync,fdatasync,rename,renameat,\
    renameat2,link,linkat,ftruncate,fchmod,openat,openat2,mkdir,mkdirat,close";

/// What a run came to.
struct Ended {
    status: Option<i32>,
    stderr: String,
    trace: String,
    files: BTreeMap<String, Vec<u8>>,
}

/// The files of a folder by their names. Times are left out of manifests.
fn state(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let found = files(folder).into_iter().map(|path| {
        let mut bytes = std::fs::read(&path).unwrap();
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        if name.ends_with("manifest.jsonl") {
            bytes = without_times(&String::from_utf8(bytes).unwrap()).into_bytes();
        }
        if name == "part" {
            // The result of a shard names its folder, and its last line tells that it is whole.
            bytes.drain(..bytes.len().saturating_sub(15));
        }
        (name, bytes)
    });
    found.collect()
}

/// A manifest without the times of files.
fn without_times(manifest: &str) -> String {
    let mut parts = manifest.split(r#""modified":""#);
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        text.push_str(part.split_once('"').unwrap().1);
    }
    text
}

/// Makes the files that a case begins with.
fn begin(case: &Case) -> TempFolder {
    let place = TempFolder::new();
    std::fs::create_dir(place.at("tmp")).unwrap();
    (case.make)(&place);
    // Some files that are written have the times of others.
    for path in files(place.path()) {
        let file = File::options().append(true).open(path).unwrap();
        let time = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        file.set_modified(time).unwrap();
    }
    place
}

/// Runs a case. `None` where strace cannot be had.
fn run(place: &TempFolder, case: &Case, flags: &[&str]) -> Option<Ended> {
    let traces = TempFolder::new();
    let trace = traces.at("trace");
    let command = traced(place.path(), &trace, flags, case.args)?;
    let done = finish(command, place, case);
    Some(Ended {
        status: done.status.code(),
        stderr: String::from_utf8_lossy(&done.stderr).into_owned(),
        trace: std::fs::read_to_string(trace).unwrap(),
        files: state(place.path()),
    })
}

fn finish(mut command: Command, place: &TempFolder, case: &Case) -> std::process::Output {
    let stdin = match case.stdin {
        Some(name) => File::open(place.at(name)).unwrap().into(),
        None => Stdio::null(),
    };
    command
        .env("TMPDIR", place.at("tmp"))
        .stdin(stdin)
        .output()
        .unwrap()
}

/// Whether a call is one for something in a folder that is written, or for standard output: not for libraries,
/// inputs that are opened, or words on stderr.
fn writes(call: &Call, folder: &Path) -> bool {
    let folder = folder.to_str().unwrap();
    if call.name.starts_with("openat") {
        let flags = ["O_CREAT", "O_WRONLY", "O_RDWR", "O_TMPFILE"];
        return call.rest.contains(folder) && flags.iter().any(|flag| call.rest.contains(flag));
    }
    let descriptor = call.rest.split(['>', ',', ')']).next().unwrap_or_default();
    let (number, path) = descriptor.split_once('<').unwrap_or((descriptor, folder));
    // That std panics where a folder cannot be closed is for another test.
    let is_folder = call.name == "close" && Path::new(path).is_dir();
    (path.starts_with(folder) && !is_folder) || (number == "1" && call.name == "write")
}

/// Whether a run may go on as if nothing had been: what is lost is nothing that was asked for, or was safe.
fn may_go_on(call: &Call, error: &str) -> bool {
    // A call that was interrupted is made again.
    error == "EINTR"
        // What was written was given to the system and proved to have come there.
        || call.name == "close"
        // Who waits for a folder is told less.
        || call.rest.contains(".labelwright.lock")
        // Without a second name of the old file there is no way back, and it is said where one was needed.
        || call.name.starts_with("link")
}

/// Looks what comes of a case whose calls fail one by one.
#[track_caller]
fn sweep(case: &Case) {
    let listed = format!("trace={CALLS}");
    let place = begin(case);
    let old = state(place.path());
    let Some(whole) = run(&place, case, &["-e", &listed]) else {
        return;
    };
    assert_eq!(whole.status, Some(case.status), "{}", whole.stderr);
    let mut asked: Vec<Call> = calls(&whole.trace);
    asked.retain(|call| writes(call, place.path()));
    let (mut tries, mut told_closes) = (0, 0);
    for call in &asked {
        for error in ERRORS {
            let inject = format!("inject={}:error={error}:when={}", call.name, call.nth);
            let only = format!("trace={}", call.name);
            let place = begin(case);
            let ended = run(&place, case, &["-e", &only, "-e", &inject]).unwrap();
            let what = format!(
                "{error} for {}({}\n{}\nstatus {:?}, {}\nfiles: {:?}",
                call.name,
                call.rest,
                case.args.join(" "),
                ended.status,
                ended.stderr,
                ended.files.keys().collect::<Vec<_>>()
            );
            assert!(
                ended.trace.contains("(INJECTED)"),
                "it did not fail: {what}"
            );
            tries += 1;
            told_closes += u32::from(call.name == "close" && ended.status == Some(2));
            if call.rest.contains("/lost/.labelwright-") && ended.status == Some(2) {
                assert!(
                    ended.stderr.contains("cannot write lost/"),
                    "another file is named: {what}"
                );
            }
            judge(case, &old, &whole, &ended, may_go_on(call, error), &what);
            if let Some(args) = case.again {
                let done = run(&place, &Case { args, ..*case }, &["-e", "trace=fsync"]).unwrap();
                let what = format!("the next run: {}\n{what}", done.stderr);
                assert_eq!(done.status, Some(case.status), "{what}");
                assert!(done.files.keys().eq(whole.files.keys()), "{what}");
            }
        }
    }
    eprintln!("{tries} calls failed of: {}", case.args.join(" "));
    // A disk behind a network may tell only then that it has no room.
    assert!(
        told_closes > 0,
        "no file was closed with a look at what that gave"
    );
}

#[track_caller]
fn judge(
    case: &Case,
    old: &BTreeMap<String, Vec<u8>>,
    whole: &Ended,
    ended: &Ended,
    may_go_on: bool,
    what: &str,
) {
    if may_go_on && ended.status == whole.status {
        assert_eq!(ended.files, whole.files, "{what}");
        return;
    }
    assert_eq!(ended.status, Some(2), "{what}");
    let names = |path: &&str| ended.stderr.contains(*path);
    let is_named = case.named.iter().any(names);
    assert!(
        ended.stderr.contains("error: ") && is_named,
        "no path: {what}"
    );
    for (name, bytes) in &ended.files {
        let allowed = [old.get(name), whole.files.get(name)];
        // What a run that went on says of itself may be another thing: that a file failed.
        let is_own = name.ends_with("manifest.jsonl");
        assert!(
            is_own || allowed.contains(&Some(bytes)),
            "{name} is neither old nor new: {what}"
        );
    }
    for name in old.keys() {
        assert!(ended.files.contains_key(name), "{name} is gone: {what}");
    }
}

/// A test for each case, so that they run side by side.
macro_rules! sweeps {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                sweep(&cases::$name());
            }
        )*
    };
}

sweeps! {
    a_new_output
    an_old_output
    an_output_with_a_ledger
    an_output_with_texts
    a_folder_of_brat
    a_folder_of_outputs
    a_fix
    a_split
    a_sync
    a_baseline
    reports
    a_partial_result
    standard_output
    standard_input
}
