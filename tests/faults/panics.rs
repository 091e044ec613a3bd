//! What nobody expects is told in plain words.

use std::process::Command;

use crate::support::{PROGRAM, TempFolder};

#[test]
fn a_folder_that_cannot_be_closed_is_told_in_plain_words() {
    let place = TempFolder::new();
    place.write("in/labels.jsonl", "");
    let trace = place.at("trace");
    let done = Command::new("strace")
        .args(["-f", "-qq", "-o"])
        .arg(&trace)
        .args([
            "-P",
            "in",
            "-e",
            "trace=close",
            "-e",
            "inject=close:error=EIO",
        ])
        .args([PROGRAM, "check", "in", "--isolated"])
        .current_dir(place.path())
        .env_remove("RUST_BACKTRACE")
        .output();
    let injected = std::fs::read_to_string(&trace).unwrap_or_default();
    let Some(done) = done.ok().filter(|_| injected.contains("INJECTED")) else {
        eprintln!("skipped: strace cannot be run here");
        return;
    };
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(101), "{stderr}");
    let want = "error: something happened that labelwright does not expect: unexpected error";
    assert!(stderr.contains(want), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
}
