//! All ways to write but conversions of files.

use super::{Case, PLAIN, export, lines, project, texts};

pub(in crate::faults::writes) fn a_fix() -> Case {
    Case {
        make: |place| {
            texts(place);
            place.write("labels.jsonl", lines(".0"));
        },
        args: &[
            "check",
            "labels.jsonl",
            "--texts",
            "texts",
            "--fix",
            "--unsafe-fixes",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["labels.jsonl", "/tmp"],
        ..PLAIN
    }
}

pub(in crate::faults::writes) fn a_split() -> Case {
    Case {
        make: |place| {
            project(place);
            place.write("split.json", "an old file\n");
        },
        args: &[
            "split",
            "project.json",
            "--texts",
            "texts",
            "--test-count",
            "1",
            "-o",
            "split.json",
            "--output",
            "json=split-report.json",
            "--force",
            "--isolated",
        ],
        named: &["split.json", "split-report.json"],
        ..PLAIN
    }
}

pub(in crate::faults::writes) fn a_sync() -> Case {
    Case {
        make: project,
        args: &[
            "sync",
            "--project",
            "project.json",
            "--labels",
            "labels.jsonl",
            "--texts",
            "texts",
            "-o",
            "new.json",
            "--output",
            "json=sync.json",
            "--isolated",
        ],
        named: &["new.json", "sync.json"],
        ..PLAIN
    }
}

pub(in crate::faults::writes) fn a_baseline() -> Case {
    Case {
        make: |place| {
            export(place);
            place.write("labels.jsonl", lines("") + &lines("4"));
        },
        args: &[
            "check",
            "labels.jsonl",
            "--texts",
            "texts",
            "--write-baseline",
            "known.jsonl",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["known.jsonl"],
        ..PLAIN
    }
}

pub(in crate::faults::writes) fn reports() -> Case {
    Case {
        args: &[
            "check",
            "labels.jsonl",
            "--texts",
            "texts",
            "--jobs",
            "1",
            "--isolated",
            "--output",
            "json=r.json",
            "--output",
            "sarif=r.sarif",
            "--output",
            "html=r.html",
            "--output",
            "csv=r.csv",
            "--output",
            "junit=r.xml",
            "--output",
            "human=r.txt",
        ],
        named: &["r.json", "r.sarif", "r.html", "r.csv", "r.xml", "r.txt"],
        ..PLAIN
    }
}

pub(in crate::faults::writes) fn a_partial_result() -> Case {
    Case {
        args: &[
            "check",
            "labels.jsonl",
            "--texts",
            "texts",
            "--shard",
            "0:",
            "--partial",
            "part",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["part"],
        ..PLAIN
    }
}

pub(in crate::faults::writes) fn standard_output() -> Case {
    Case {
        args: &[
            "convert",
            "labels.jsonl",
            "--to",
            "language",
            "--texts",
            "texts",
            "--losses",
            "facts.jsonl",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["standard output", "facts.jsonl", "/tmp"],
        ..PLAIN
    }
}

pub(in crate::faults::writes) fn standard_input() -> Case {
    Case {
        stdin: Some("labels.jsonl"),
        args: &[
            "convert",
            "-",
            "--to",
            "language",
            "--texts",
            "texts",
            "-o",
            "out.json",
            "--jobs",
            "1",
            "--isolated",
        ],
        named: &["out.json", "/tmp"],
        ..PLAIN
    }
}
