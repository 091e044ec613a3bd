//! Every command with a pack in place of a folder, and what a pack that is damaged does to them.

use std::collections::BTreeMap;
use std::path::Path;

use super::{folder, pack};
use crate::support::{TempFolder, files, fixtures, names, run};

/// A folder with the demo: its texts in `docs`, a project, and the same labels in every format whose
/// files are without their texts, or have them as tokens.
fn demo() -> TempFolder {
    let place = TempFolder::new();
    for file in files(&fixtures().join("pairs/demo")) {
        let bytes = std::fs::read(&file).unwrap();
        match file.extension().and_then(|end| end.to_str()) {
            Some("txt") => {
                let name = file.file_name().unwrap().to_str().unwrap();
                place.write(format!("docs/{name}"), bytes);
            }
            Some("json") => place.write("project.json", bytes),
            _ => place.write("export.jsonl", bytes),
        }
    }
    for (to, out, form) in [
        ("conll", "labels.conll", None),
        ("huggingface", "tokens.jsonl", Some("tokens")),
        ("doccano", "doccano.jsonl", None),
        ("brat", "brat", None),
    ] {
        let mut args = vec![
            "convert",
            "project.json",
            "--to",
            to,
            "--texts",
            "docs",
            "-o",
            out,
        ];
        if let Some(form) = form {
            args.extend(["--huggingface-form", form]);
        }
        run(place.path(), args).expect(0);
    }
    // One document that is missing, one text that nobody lists.
    std::fs::rename(place.at("docs/note07.txt"), place.at("docs/nobody-s.txt")).unwrap();
    pack(place.path(), &["docs"], "docs.pack");
    place
}

/// What a run prints and what it leaves in `out`, with the folder called as the pack is.
fn done(
    place: &Path,
    args: &[&str],
    texts: &str,
) -> (i32, String, String, BTreeMap<String, Vec<u8>>) {
    let out = place.join("out");
    std::fs::create_dir(&out).unwrap();
    let args: Vec<&str> = args
        .iter()
        .map(|arg| if *arg == "TEXTS" { texts } else { *arg })
        .collect();
    let done = run(place, &args);
    let text = |text: String| text.replace(&format!("`{texts}`"), "`TEXTS`");
    let read = |path: std::path::PathBuf| {
        let name = path
            .strip_prefix(&out)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let bytes = match String::from_utf8(std::fs::read(path).unwrap()) {
            Ok(report) => text(report).into_bytes(),
            Err(binary) => binary.into_bytes(),
        };
        (name, bytes)
    };
    let written = files(&out).into_iter().map(read).collect();
    std::fs::remove_dir_all(&out).unwrap();
    (done.status, text(done.text()), text(done.stderr), written)
}

/// Command lines over the demo, each without its `--texts`.
fn commands() -> Vec<String> {
    let without_texts = ["project.json", "export.jsonl"];
    let others = ["labels.conll", "tokens.jsonl", "doccano.jsonl", "brat"];
    let mut all = Vec::new();
    for file in without_texts.iter().chain(&others) {
        all.push(format!(
            "check {file} --output json --output human=out/report"
        ));
        all.push(format!(
            "check {file} --output html=out/report --statistics"
        ));
        all.push(format!("stats {file} --output json"));
    }
    for file in without_texts {
        for (to, out) in [
            ("language", "file"),
            ("aml", "file"),
            ("spacy", "file"),
            ("conll", "file"),
            ("brat", "folder"),
            ("huggingface", "file"),
            ("label-studio", "file"),
            ("docbin", "file"),
        ] {
            let strict = "--skip-invalid --fail-on never";
            all.push(format!("convert {file} --to {to} -o out/{out} {strict}"));
        }
        all.push(format!("check {file} --diff"));
        all.push(format!("show {file}"));
        all.push(format!("split {file} -o out/split.json --test-count 3"));
        all.push(format!("score {file} export.jsonl"));
        all.push(format!("diff {file} project.json"));
    }
    let more = [
        "sync --project project.json --labels export.jsonl -o out/s.json",
        "check . --output sarif --quiet",
        "convert labels.conll --to language -o out/l.json --skip-invalid",
    ];
    all.extend(more.map(str::to_owned));
    all
}

/// Insists that commands do the same with the texts of a folder and with those of its pack, and says how
/// many files they wrote.
fn compare(place: &Path, commands: &[String]) -> usize {
    let mut written = 0;
    for command in commands {
        let args: Vec<&str> = command.split(' ').chain(["--texts", "TEXTS"]).collect();
        let of_folder = done(place, &args, "docs");
        let of_pack = done(place, &args, "docs.pack");
        assert!(of_folder.0 < 2, "{command}: {}", of_folder.2);
        assert_eq!(of_pack, of_folder, "{command}");
        written += of_folder.3.len();
    }
    written
}

#[test]
fn every_command_does_with_a_pack_what_it_does_with_the_folder() {
    let place = demo();
    let written = compare(place.path(), &commands());
    assert!(written > 30, "{written}");
}

#[test]
fn whatever_is_wrong_with_a_document_is_so_in_a_pack() {
    let place = folder();
    pack(place.path(), &["docs"], "docs.pack");
    let commands = [
        "check labels.jsonl --output json --output human=out/report",
        "check labels.jsonl --diff",
        "convert labels.jsonl --to language -o out/p.json --skip-invalid",
    ];
    compare(place.path(), &commands.map(str::to_owned));
}

#[test]
fn shards_find_their_pack_again() {
    let place = demo();
    let length = std::fs::metadata(place.at("export.jsonl")).unwrap().len();
    let merged = |texts: &str| {
        for (shard, out) in [
            (format!("0:{}", length / 2), "a"),
            (format!("{}:", length / 2), "b"),
        ] {
            let args = [
                "check",
                "export.jsonl",
                "--texts",
                texts,
                "--force",
                "--shard",
            ];
            run(
                place.path(),
                args.into_iter().chain([&*shard, "--partial", out]),
            )
            .expect(0);
        }
        let done = run(place.path(), ["merge", "a", "b", "--output", "json"]).expect(1);
        done.text().replace(&format!("`{texts}`"), "`TEXTS`")
    };
    assert_eq!(merged("docs.pack"), merged("docs"));
}

#[test]
fn a_configuration_may_name_a_pack() {
    let place = demo();
    place.write("labelwright.toml", "texts = [\"docs.pack\"]\n");
    let configured = crate::support::run_configured(
        place.path(),
        ["check", "export.jsonl", "--output", "json"],
        b"",
    );
    let args = [
        "check",
        "export.jsonl",
        "--output",
        "json",
        "--texts",
        "docs.pack",
    ];
    assert_eq!(
        configured.expect(1).text(),
        run(place.path(), args).expect(1).text()
    );
}

#[test]
fn a_pack_that_is_damaged_is_told_with_its_place() {
    let place = demo();
    let whole = std::fs::read(place.at("docs.pack")).unwrap();
    let commands = [
        &["check", "export.jsonl"][..],
        &["check", "labels.conll"],
        &[
            "convert",
            "export.jsonl",
            "--to",
            "language",
            "-o",
            "out.json",
        ],
        &["stats", "project.json"],
        &["diff", "export.jsonl", "project.json"],
    ];
    let refuse = |why: &str| {
        for command in commands {
            let args = [command, &["--texts", "docs.pack"]].concat();
            let done = run(place.path(), &args).expect(2);
            assert!(
                done.stderr.contains("cannot read docs.pack"),
                "{args:?}: {}",
                done.stderr
            );
            assert!(done.stderr.contains(why), "{args:?}: {}", done.stderr);
        }
    };
    // The first byte of a text, which stands where the one before it ends.
    let at = 16
        + std::fs::metadata(place.at("docs/nobody-s.txt"))
            .unwrap()
            .len();
    let mut altered = whole.clone();
    altered[usize::try_from(at).unwrap()] ^= 1;
    place.write("docs.pack", &altered);
    refuse(&format!(
        "the pack is damaged at byte {at}: the text there is not the one that was packed"
    ));
    refuse("cannot read docs.pack/note01.txt: ");
    place.write("docs.pack", &whole[..whole.len() - 1]);
    refuse(&format!(
        "damaged at byte {}: it ends there, and was longer",
        whole.len() - 1
    ));
    let mut altered = whole.clone();
    let at = whole.len() - 60;
    altered[at] ^= 1;
    place.write("docs.pack", &altered);
    refuse("the index was altered");
    place.write("docs.pack", "no pack");
    refuse("it is neither a folder nor a text pack");
    assert!(!names(place.path()).contains(&"out.json".to_owned()));
}

#[test]
fn a_pack_that_is_read_is_not_written_over() {
    let place = demo();
    let before = std::fs::read(place.at("docs.pack")).unwrap();
    for args in [
        &[
            "convert",
            "export.jsonl",
            "--to",
            "language",
            "-o",
            "docs.pack",
        ][..],
        &["check", "export.jsonl", "--output", "json=docs.pack"],
        &["split", "export.jsonl", "-o", "docs.pack"],
        &["stats", "export.jsonl", "--output", "json=docs.pack"],
        &[
            "score",
            "export.jsonl",
            "project.json",
            "--output",
            "json=docs.pack",
        ],
        &[
            "sync",
            "--project",
            "project.json",
            "--labels",
            "export.jsonl",
            "-o",
            "docs.pack",
        ],
        &[
            "check",
            "export.jsonl",
            "--shard",
            "0:",
            "--partial",
            "docs.pack",
        ],
    ] {
        let args = [args, &["--texts", "docs.pack", "--force"]].concat();
        let done = run(place.path(), &args).expect(2);
        done.says("docs.pack, which is a pack of texts");
        assert!(
            std::fs::read(place.at("docs.pack")).unwrap() == before,
            "{args:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_pack_left_out_a_text_whose_name_is_like_a_drive_in_a_folder() {
    let place = TempFolder::new();
    let name = "sub/Q: and A.txt";
    std::fs::create_dir_all(place.at("docs/sub")).unwrap();
    place.write(format!("docs/{name}"), "Ann lives here");
    place.write("docs/Q: top.txt", "No name of a label file leads to it");
    let label = r#""label":[{"label":"A","offsetStart":0,"offsetEnd":3}]"#;
    let line = format!(r#"{{"image_url":"AmlDatastore://ds/x/{name}",{label}}}"#);
    place.write("labels.jsonl", line);
    run(place.path(), ["pack", "docs", "-o", "docs.pack"]).expect(0);
    let check = |texts: &str| {
        let check = [
            "check",
            "labels.jsonl",
            "--output",
            "json",
            "--texts",
            texts,
        ];
        run(place.path(), check).report()
    };
    let [folder, pack] = ["docs", "docs.pack"].map(check);
    assert!(!folder.rules().contains(&"document-missing"));
    assert_eq!(pack.rules(), folder.rules());
}
