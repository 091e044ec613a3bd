//! A shard whose bytes come from standard input: the beginning of the file, and a stretch of it.

use std::fs;

use crate::support::{Run, TempFolder, run, run_with};

use super::{LEFT_OUT, corpus};

/// Checks a stretch of `labels.jsonl`, of which standard input has `head` bytes and those from `place` on
/// to the end of the line that the last byte of the shard stands in.
fn shard(folder: &TempFolder, [start, end]: [usize; 2], head: usize, place: usize) -> Run {
    let file = fs::read(folder.at("labels.jsonl")).unwrap();
    let end = end.min(file.len());
    let line = file[end - 1..].iter().position(|byte| *byte == b'\n');
    let last = line.map_or(file.len(), |length| end + length);
    let input = [&file[..head], &file[place..last]].concat();
    let numbers = [head, place, file.len()].map(|number| number.to_string());
    let args = [
        "check",
        "-",
        "--stdin-filename",
        "labels.jsonl",
        "--texts",
        ".",
        "--shard",
        &format!("{start}:{end}"),
        "--partial",
        "-",
        "--stdin-head",
        &numbers[0],
        "--stdin-offset",
        &numbers[1],
        "--stdin-length",
        &numbers[2],
    ];
    run_with(folder.path(), args, &input)
}

#[test]
fn shards_of_standard_input_give_the_report_of_the_whole() {
    let folder = corpus();
    let length = fs::metadata(folder.at("labels.jsonl")).unwrap().len();
    let length = usize::try_from(length).unwrap();
    for cuts in [
        vec![],
        vec![300, 500],
        vec![length / 2],
        vec![1, length - 1],
    ] {
        let mut places = vec![0];
        places.extend(&cuts);
        places.push(length);
        let mut partials = Vec::new();
        for (number, ends) in places.windows(2).enumerate() {
            let (head, place) = match ends[0] {
                start if start > 450 => (450, start - 1),
                _ => (0, 0),
            };
            let done = shard(&folder, [ends[0], ends[1]], head, place).expect(0);
            let name = format!("part-{number}");
            folder.write(&name, &done.stdout);
            partials.push(name);
        }
        let texts = ["--texts", ".", "--output", "json", "--fail-on", "warning"];
        let whole = ["check", "labels.jsonl", "--ignore", LEFT_OUT];
        let whole = run(folder.path(), whole.iter().chain(&texts)).expect(1);
        let merge = ["merge"]
            .into_iter()
            .chain(partials.iter().map(String::as_str));
        let merged = run(folder.path(), merge.chain(texts)).expect(1);
        assert_eq!(merged.text(), whole.text(), "{cuts:?}");
    }
}

#[test]
fn the_label_file_and_the_texts_may_lie_elsewhere_when_they_are_merged() {
    let folder = corpus();
    let output = ["--output", "json", "--fail-on", "warning"];
    let args = [
        "check",
        "labels.jsonl",
        "--texts",
        ".",
        "--shard",
        "0:",
        "--partial",
    ];
    run(folder.path(), args.iter().chain(&["part"])).expect(0);
    let other = TempFolder::new();
    fs::rename(folder.at("part"), other.at("part")).unwrap();
    let merge = |more: &[&str]| {
        run(
            other.path(),
            ["merge", "part"].iter().chain(more).chain(&output),
        )
    };
    let refused = merge(&[]).expect(2);
    refused.says("cannot read labels.jsonl");
    let (file, texts) = (folder.at("labels.jsonl"), folder.path().to_str().unwrap());
    let file = file.to_str().unwrap();
    let there = ["--texts", texts];
    let whole = ["check", file, "--ignore", LEFT_OUT];
    let whole = run(other.path(), whole.iter().chain(&output).chain(&there)).expect(1);
    let merged = merge(&["--input", file, "--texts", texts]).expect(1);
    assert_eq!(merged.text(), whole.text());
    let changed = fs::read_to_string(file).unwrap().replace("Name", "Eman");
    fs::write(file, changed).unwrap();
    merge(&["--input", file, "--texts", texts]).expect(2);
}

#[test]
fn results_that_carry_their_lines_need_no_label_file() {
    let folder = corpus();
    let output = ["--output", "json", "--fail-on", "warning"];
    let whole = [
        "check",
        "labels.jsonl",
        "--texts",
        ".",
        "--ignore",
        LEFT_OUT,
    ];
    let whole = run(folder.path(), whole.iter().chain(&output)).expect(1);
    for (number, bytes) in ["0:300", "300:500", "500:"].into_iter().enumerate() {
        let name = format!("part-{number}");
        let args = ["check", "labels.jsonl", "--texts", ".", "--with-lines"];
        let part = ["--shard", bytes, "--partial", &name];
        run(folder.path(), args.iter().chain(&part)).expect(0);
    }
    let hidden = folder.at("hidden");
    fs::rename(folder.at("labels.jsonl"), &hidden).unwrap();
    let merge = || {
        run(
            folder.path(),
            ["merge", "part-2", "part-0", "part-1"]
                .iter()
                .chain(&output),
        )
    };
    assert_eq!(merge().expect(1).text(), whole.text());
    // Where one does not carry them, the file is asked for.
    fs::rename(&hidden, folder.at("labels.jsonl")).unwrap();
    let bare = [
        "check",
        "labels.jsonl",
        "--texts",
        ".",
        "--shard",
        "300:500",
        "--partial",
        "part-1",
        "--force",
    ];
    run(folder.path(), bare).expect(0);
    assert_eq!(merge().expect(1).text(), whole.text());
    fs::rename(folder.at("labels.jsonl"), &hidden).unwrap();
    merge().expect(2).says("cannot read labels.jsonl");
    // One that is cut off, or whose lines are others, is refused.
    fs::rename(&hidden, folder.at("labels.jsonl")).unwrap();
    let first = fs::read(folder.at("part-0")).unwrap();
    let lines = first.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for at in [lines, lines + 3, lines + 9, lines + 40] {
        let mut changed = first.clone();
        changed[at] ^= 1;
        for bytes in [&first[..at], &changed] {
            folder.write("part-0", bytes);
            merge().expect(2).says("part-0");
        }
    }
}

#[test]
fn a_stretch_that_is_not_whole_is_told() {
    let folder = corpus();
    // The line of the last byte is cut off.
    let file = fs::read(folder.at("labels.jsonl")).unwrap();
    let length = file.len().to_string();
    let part = |input: &[u8], bytes: &str, more: &[&str]| {
        let args = [
            "check",
            "-",
            "--stdin-filename",
            "labels.jsonl",
            "--texts",
            ".",
        ];
        let what = ["--shard", bytes, "--partial", "part", "--force"];
        run_with(folder.path(), args.iter().chain(&what).chain(more), input)
    };
    let all = ["--stdin-offset", "0", "--stdin-length", &length];
    part(&file[..310], "0:300", &all)
        .expect(2)
        .says("the file goes on at byte 310");
    // Nothing of the beginning is there.
    let behind = ["--stdin-offset", "300", "--stdin-length", &length];
    part(&file[300..], "301:", &behind)
        .expect(2)
        .says("give more of it");
    // More than the file has.
    let short = ["--stdin-offset", "0", "--stdin-length", "10"];
    part(&file, "0:", &short)
        .expect(2)
        .says("a file of 10 bytes has no such stretch");
    part(&file, "0:", &[]).expect(2).says("`--stdin-offset`");
    assert!(!folder.at("part").exists());
    let args = [
        "check",
        "labels.jsonl",
        "--shard",
        "0:",
        "--partial",
        "part",
    ];
    let named = run(folder.path(), args.iter().chain(&all)).expect(2);
    named.says("give `-` as the label file");
}

#[test]
fn a_beginning_that_reaches_behind_the_stretch_was_not_read_on() {
    let folder = corpus();
    let file = fs::read(folder.at("labels.jsonl")).unwrap();
    // Every shard gets the same beginning, the first one too.
    let first = shard(&folder, [0, 119], file.len(), 0).expect(0);
    let second = shard(&folder, [119, file.len()], file.len(), 118).expect(0);
    fs::write(folder.at("a"), first.stdout).unwrap();
    fs::write(folder.at("b"), second.stdout).unwrap();
    let output = ["--output", "json", "--fail-on", "never"];
    let whole = [
        "check",
        "labels.jsonl",
        "--texts",
        ".",
        "--ignore",
        LEFT_OUT,
    ];
    let whole = run(folder.path(), whole.iter().chain(&output)).expect(0);
    let merged = run(folder.path(), ["merge", "a", "b"].iter().chain(&output)).expect(0);
    assert_eq!(merged.text(), whole.text());
}
