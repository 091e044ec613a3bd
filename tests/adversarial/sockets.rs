//! The program asks the system for nothing that reaches another machine, or another program.

#![cfg(target_os = "linux")]

use super::watched::{attacked, watched};
use crate::support::Call;

#[test]
fn no_command_asks_for_a_socket() {
    let texts = ["--texts", "texts", "--isolated"];
    let commands: &[&[&str]] = &[
        &["check", "labels.json"],
        &["check", "labels.json", "--fix"],
        &[
            "check",
            "labels.json",
            "--output",
            "sarif=out/r",
            "--write-baseline",
            "out/known",
        ],
        &[
            "check",
            "labels.jsonl",
            "--shard",
            "0:",
            "--partial",
            "part",
        ],
        &["stats", "labels.json"],
        &["show", "labels.json"],
        &[
            "split",
            "labels.json",
            "-o",
            "out/split",
            "--test-count",
            "1",
        ],
        &["diff", "labels.json", "labels.jsonl"],
        &["score", "labels.json", "labels.jsonl"],
        &[
            "convert",
            "labels.json",
            "--to",
            "spacy",
            "-o",
            "out/spacy.jsonl",
            "--skip-invalid",
        ],
        &["convert", "in", "--to", "language", "-o", "out"],
        &[
            "sync",
            "--project",
            "labels.json",
            "--labels",
            "labels.jsonl",
            "-o",
            "out/sync",
        ],
    ];
    let others: &[&[&str]] = &[
        &["merge", "part", "--isolated"],
        &["rules"],
        &["explain", "document-missing"],
        &["schema", "report"],
        &["init", "out"],
        &["completions", "bash"],
        &["man"],
        &["help"],
        &["--version"],
    ];
    let place = attacked();
    let commands = commands.iter().map(|args| [*args, &texts].concat());
    for args in commands.chain(others.iter().map(|args| args.to_vec())) {
        let Some((_, found)) = watched(&place, "network", &args) else {
            return;
        };
        // Whoever hands a pipe to signal_hook has it asked whether it is a socket. It is none.
        let asks = |call: &&Call| call.name == "sendto" && call.rest.contains("ENOTSOCK");
        let wrong: Vec<&Call> = found.iter().filter(|call| !asks(call)).collect();
        assert!(wrong.is_empty(), "{args:?}: {wrong:?}");
    }
}
