//! Where what was put together once was not what one check says.

use std::fs;

use super::{LEFT_OUT, corpus, shard};
use crate::support::{TempFolder, aml_line, aml_span, run, run_with};

#[test]
fn merge_wrote_its_report_over_a_text() {
    let folder = corpus();
    let (text, path) = (folder.read("d0.txt"), folder.path());
    fs::create_dir(folder.at("t")).unwrap();
    for number in 0..6 {
        let name = format!("d{number}.txt");
        fs::copy(folder.at(&name), folder.at("t").join(name)).unwrap();
    }
    run(path, ["pack", "t", "-o", "t.pack"]).expect(0);
    let pack = fs::read(folder.at("t.pack")).unwrap();
    let refuse = |more: &[&str], why: &str| {
        let merge = ["merge", "part", "--force"];
        run(path, merge.iter().chain(more)).expect(2).says(why);
        assert_eq!(folder.read("d0.txt"), text);
        assert_eq!(fs::read(folder.at("t.pack")).unwrap(), pack);
    };
    let (text_of, a_pack) = ("may be the text of a document", "a pack of texts");
    for texts in [&[][..], &["--texts", "."]] {
        shard(path, "0:", "part", texts);
        refuse(&["--output", "json=d0.txt"], text_of);
    }
    refuse(&["--texts", "t.pack", "--output", "json=t.pack"], a_pack);
    shard(path, "0:", "part", &["--texts", "t.pack"]);
    refuse(&["--output", "json=t.pack"], a_pack);
    shard(path, "0:", "part", &["--no-texts"]);
    run(
        path,
        [
            "merge",
            "part",
            "--output",
            "json=report.txt",
            "--fail-on",
            "never",
        ],
    )
    .expect(0);
}

#[test]
fn documents_that_occur_twice_were_lost_where_the_beginning_tells_the_kind() {
    let folder = TempFolder::new();
    let line = |at: usize| {
        let (label, name) = (["A", "B"][at % 2], at % 3);
        format!(r#"{{"text":"Cup {at}.","label":"{label}","name":"d{name}.txt"}}"#) + "\n"
    };
    let lines: Vec<String> = (0..6).map(line).collect();
    let (half, length) = (lines[..3].concat(), lines.concat().len());
    folder.write("e.jsonl", lines.concat());
    let name = [
        "check",
        "-",
        "--stdin-filename",
        "e.jsonl",
        "--format",
        "huggingface",
    ];
    let middle = half.len();
    let shards = [
        (format!("0:{middle}"), "a", half),
        (format!("{middle}:"), "b", lines.concat()),
    ];
    for (bytes, partial, input) in shards {
        let length = length.to_string();
        let part = ["--shard", &bytes, "--partial", partial];
        let whence = ["--stdin-offset", "0", "--stdin-length", &length];
        let part = part.iter().chain(&whence);
        run_with(folder.path(), name.iter().chain(part), input.as_bytes()).expect(0);
    }
    let output = ["--output", "json"];
    let whole = [
        "check",
        "e.jsonl",
        "--format",
        "huggingface",
        "--ignore",
        LEFT_OUT,
    ];
    let whole = run(folder.path(), whole.iter().chain(&output)).expect(1);
    let rules = whole.report();
    let twice = rules
        .rules()
        .into_iter()
        .filter(|rule| *rule == "document-duplicate");
    assert_eq!(twice.count(), 3);
    let merge = ["merge", "a", "b", "--input", "e.jsonl"];
    let merged = run(folder.path(), merge.iter().chain(&output)).expect(1);
    assert_eq!(merged.text(), whole.text());
}

#[test]
fn texts_that_lie_elsewhere_were_not_those_that_the_shards_had_listed() {
    let folder = TempFolder::new();
    for texts in ["t", "moved", "other"] {
        fs::create_dir(folder.at(texts)).unwrap();
        folder.write(format!("{texts}/d.txt"), "Ann\n");
        folder.write(format!("{texts}/e.txt"), "Bob\n");
    }
    let line = |name: &str| aml_line(&format!("AmlDatastore://ds/{name}"), &[aml_span("P", 0, 3)]);
    let output = ["--output", "json"];
    for (names, rule, number) in [
        (["x/d.txt", "y/d.txt"], "document-missing", 2),
        (["d.txt", "f/g.txt"], "document-unlisted", 1),
    ] {
        let first = line(names[0]) + "\n";
        folder.write("l.jsonl", first.clone() + &line(names[1]) + "\n");
        for folders in [&["moved"][..], &["moved", "other"]] {
            let texts = folders.iter().flat_map(|name| ["--texts", *name]);
            let whole = ["check", "l.jsonl", "--ignore", LEFT_OUT];
            let whole = run(
                folder.path(),
                whole.into_iter().chain(texts.clone()).chain(output),
            );
            let whole = whole.expect(1).report();
            let theirs = folders
                .iter()
                .map(|name| if *name == "moved" { "t" } else { *name });
            let theirs: Vec<&str> = theirs.flat_map(|name| ["--texts", name]).collect();
            let check = ["check", "l.jsonl", "--force"];
            let middle = first.len().to_string();
            let shards = [(format!("0:{middle}"), "a"), (format!("{middle}:"), "b")];
            for (bytes, partial) in &shards {
                let part = ["--shard", bytes, "--partial", partial];
                run(folder.path(), check.iter().chain(&part).chain(&theirs)).expect(0);
            }
            let merge = ["merge", "a", "b"].into_iter();
            let merged = run(folder.path(), merge.chain(texts).chain(output)).expect(1);
            let merged = merged.report();
            let found = merged.rules().into_iter().filter(|name| *name == rule);
            assert_eq!((merged.rules(), found.count()), (whole.rules(), number));
        }
        let merge = ["merge", "a", "b", "--texts", "moved"];
        run(folder.path(), merge).expect(2).says("in 2 folders");
    }
}

#[test]
fn what_was_said_of_the_label_file_was_forgotten_when_shards_were_merged() {
    let folder = TempFolder::new();
    let line = |at: usize| {
        let name = at % 2;
        format!(r#"{{"body":"Cup {at}.","label":"A","file":"d{name}.txt"}}"#) + "\n"
    };
    let lines: Vec<String> = (0..4).map(line).collect();
    folder.write("e.jsonl", lines.concat());
    let keys = ["--text-key", "body", "--name-key", "file"];
    let check = ["check", "e.jsonl", "--format", "huggingface", "--force"];
    let shard = |bytes: &str, partial: &str, more: &[&str]| {
        let part = ["--shard", bytes, "--partial", partial];
        run(folder.path(), check.iter().chain(&part).chain(more)).expect(0);
    };
    let middle = lines[0].len() * 2;
    shard(&format!("0:{middle}"), "a", &keys);
    shard(&format!("{middle}:"), "b", &keys);
    let output = ["--output", "json"];
    let whole = check.iter().chain(&keys).chain(&output);
    let whole = run(folder.path(), whole.chain(&["--ignore", LEFT_OUT])).expect(1);
    assert!(whole.report().rules().contains(&"document-duplicate"));
    let merged = run(folder.path(), ["merge", "a", "b"].iter().chain(&output)).expect(1);
    assert_eq!(merged.text(), whole.text());
    shard(&format!("{middle}:"), "b", &keys[..2]);
    let refused = run(folder.path(), ["merge", "a", "b"]).expect(2);
    refused.says("what was asked of the check differs");
}

#[test]
fn a_finding_lost_its_other_places_between_shard_and_merge() {
    let folder = TempFolder::new();
    folder.write("d.txt", "Paris, Paris and Paris");
    let labels = [
        aml_span("City", 0, 5),
        aml_span("Person", 7, 12),
        aml_span("City", 17, 22),
    ];
    folder.write("labels.jsonl", aml_line("AmlDatastore://ds/d.txt", &labels));
    shard(folder.path(), "0:", "part", &[]);
    let output = ["--output", "json"];
    let whole = ["check", "labels.jsonl", "--ignore", LEFT_OUT];
    let whole = run(folder.path(), whole.iter().chain(&output)).expect(0);
    let report = whole.report();
    let conflict = |found: &&serde_json::Value| found["rule"] == "surface-conflict-in-document";
    assert!(
        report.findings().iter().any(|found| conflict(&found)),
        "{}",
        whole.text()
    );
    let merged = run(folder.path(), ["merge", "part"].iter().chain(&output)).expect(0);
    assert_eq!(merged.text(), whole.text());
}

#[test]
fn merge_printed_words_of_documents_that_it_was_to_leave_out() {
    let folder = TempFolder::new();
    let long = "a \u{200b} b".repeat(12);
    let others = "Oslo Roma Bonn Kiel Graz Linz Bern Genf";
    let text = format!("Brunlund, Brunlund\n{long}\n{long}\n{others}");
    let spans = [("A", 0, 8), ("B", 10, 18), ("A", 19, 79), ("B", 80, 140)];
    // Where all words of a label have another one too, nothing is said.
    let alone = (0..8).map(|at| (["A", "B"][at / 4], 141 + 5 * at, 145 + 5 * at));
    let spans = spans.into_iter().chain(alone);
    let labels = spans.map(|(label, start, end)| aml_span(label, start, end));
    let labels: Vec<String> = labels.collect();
    folder.write("d.txt", text);
    folder.write("l.jsonl", aml_line("AmlDatastore://ds/d.txt", &labels));
    let part = ["--shard", "0:", "--partial", "part"];
    run(folder.path(), ["check", "l.jsonl"].iter().chain(&part)).expect(0);
    for output in ["json", "human", "sarif"] {
        let output = ["--redact", "--output", output];
        let whole = ["check", "l.jsonl", "--ignore", LEFT_OUT];
        let whole = run(folder.path(), whole.iter().chain(&output)).expect(0);
        let merged = run(folder.path(), ["merge", "part"].iter().chain(&output)).expect(0);
        assert!(!merged.text().contains("Brunlund"), "{}", merged.text());
        if output[2] == "json" {
            let hidden = "in this document `********` is labeled";
            assert!(whole.text().contains(hidden), "{}", whole.text());
        }
        if output[2] != "sarif" {
            assert_eq!(merged.text(), whole.text());
        }
    }
}

#[test]
fn a_shard_passed_over_what_it_was_asked_of_the_report() {
    let folder = corpus();
    let check = [
        "check",
        "labels.jsonl",
        "--shard",
        "0:",
        "--partial",
        "part",
    ];
    for (option, named) in [
        (&["--output", "json=x.json"][..], "--output"),
        (&["--output", "human"], "--output"),
        (&["--max-diagnostics", "3"], "--max-diagnostics"),
        (&["--min-severity", "error"], "--min-severity"),
        (&["--report-max", "3"], "--report-max"),
        (&["--csv-bom"], "--csv-bom"),
        (&["--fail-on", "warning"], "--fail-on"),
        (&["--max-warnings", "3"], "--max-warnings"),
        (&["--redact"], "--redact"),
    ] {
        let refused = run(folder.path(), check.iter().chain(option)).expect(2);
        refused.says(named);
        refused.says("to `merge`");
        assert!(!folder.at("part").exists() && !folder.at("x.json").exists());
    }
}

#[test]
fn merge_forgot_that_it_was_to_say_who_labeled() {
    let folder = TempFolder::new();
    folder.write("d.txt", "Ann lives here");
    let line = aml_line("AmlDatastore://ds/d.txt", &[aml_span("A", 1, 3)]);
    let line = line.replacen('{', r#"{"labeler":"Jo","#, 1);
    folder.write("l.jsonl", line);
    let output = ["--output", "json"];
    let show = ["--show-labelers"];
    let part = [
        "check",
        "l.jsonl",
        "--shard",
        "0:",
        "--partial",
        "part",
        "--force",
    ];
    let whole = ["check", "l.jsonl", "--ignore", LEFT_OUT];
    let whole = run(folder.path(), whole.iter().chain(&output).chain(&show));
    assert!(whole.text().contains("\"Jo\""), "{}", whole.text());
    run(folder.path(), part.iter().chain(&show)).expect(0);
    let merge = ["merge", "part"];
    for more in [&[][..], &show] {
        let merged = run(folder.path(), merge.iter().chain(&output).chain(more));
        assert_eq!((merged.status, merged.text()), (whole.status, whole.text()));
    }
    run(folder.path(), part).expect(0);
    let refused = run(folder.path(), merge.iter().chain(&show)).expect(2);
    refused.says("it does not say who labeled");
}

#[test]
fn documents_were_called_after_two_files_where_the_label_file_has_another_name() {
    let folder = TempFolder::new();
    let line = r#"{"text":"Cup","label":"A"}"#.to_owned() + "\n";
    fs::create_dir(folder.at("there")).unwrap();
    for name in ["e.jsonl", "other.jsonl", "there/e.jsonl"] {
        folder.write(name, line.repeat(4));
    }
    let format = ["--format", "huggingface"];
    let part = ["check", "e.jsonl", "--shard", "0:", "--partial", "part"];
    run(folder.path(), part.iter().chain(&format)).expect(0);
    let merge = |input: &str| {
        let merge = ["merge", "part", "--fail-on", "never", "--input", input];
        run(folder.path(), merge)
    };
    merge("there/e.jsonl").expect(0);
    let refused = merge("other.jsonl").expect(2);
    refused.says("called after their file, which was `e.jsonl`");
}

#[test]
fn a_stretch_past_the_last_number_overflowed() {
    let folder = TempFolder::new();
    let most = u64::MAX.to_string();
    for offset in [u64::MAX, u64::MAX - 3] {
        let offset = offset.to_string();
        let args = ["check", "-", "--shard", "0:", "--partial", "z"];
        let part = ["--stdin-offset", &offset, "--stdin-length", &most];
        let args = args.iter().chain(&part);
        let refused = run_with(folder.path(), args, b"abc\n").expect(2);
        refused.says("has no such stretch");
    }
}

#[test]
fn a_result_of_another_form_was_said_to_be_of_another_release() {
    let folder = corpus();
    shard(folder.path(), "0:", "part", &[]);
    let part = folder.read("part");
    let (_, rest) = part.split_once(',').unwrap();
    folder.write("part", format!("{{\"partial\":1,{rest}"));
    let refused = run(folder.path(), ["merge", "part"]).expect(2);
    refused.says("its form is 1, and this labelwright");
    folder.write(
        "part",
        format!(
            "{{\"partial\":1,{}",
            rest.replacen("\"tool\":\"", "\"tool\":\"9", 1)
        ),
    );
    let refused = run(folder.path(), ["merge", "part"]).expect(2);
    refused.says("it was written by labelwright 9");
}
