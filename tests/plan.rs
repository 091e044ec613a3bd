//! `plan`: the shards of a plan, checked one by one and put together, are the whole.

use std::path::Path;

use serde_json::{Value, json};

use crate::schemas::validator;
use crate::support::{TempFolder, aml_line, aml_span, language_project, run};

/// A folder with two exports, a project, and what is no label file.
fn folder() -> TempFolder {
    let folder = TempFolder::new();
    for (name, documents) in [("a.jsonl", 9), ("b.jsonl", 1)] {
        let line = |number| {
            let url = format!("AmlDatastore://ds/docs/{number}.txt");
            // The last one has a label past the end of its text.
            aml_line(&url, &[aml_span("City", 0, 4 + number / 8)]) + "\n"
        };
        folder.write(name, (0..documents).map(line).collect::<String>());
    }
    for number in 0..9 {
        folder.write(format!("docs/{number}.txt"), "Rome");
    }
    let project = language_project(crate::support::ENTITIES, &["City"], &[]);
    folder.write("project.json", project);
    folder.write("other.json", "{\"name\": 1}");
    folder
}

/// What `plan` prints, each line proved by the published schema.
fn plan(folder: &Path, args: &[&str]) -> Vec<Value> {
    let schema = validator("plan");
    let done = run(folder, ["plan"].iter().chain(args)).expect(0);
    assert_eq!(done.stderr, "");
    let text = done.text();
    assert!(text.is_empty() || text.ends_with('\n'));
    let shards = text.lines().map(|line| {
        let shard: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<String> = schema
            .iter_errors(&shard)
            .map(|it| it.to_string())
            .collect();
        assert!(errors.is_empty(), "{line}: {errors:?}");
        shard
    });
    shards.collect()
}

fn length(folder: &TempFolder, name: &str) -> u64 {
    std::fs::metadata(folder.at(name)).unwrap().len()
}

#[test]
fn a_plan_that_is_carried_out_gives_the_report_of_a_check() {
    let folder = folder();
    let shards = plan(folder.path(), &["a.jsonl", "--shard-size", "100B"]);
    assert!(shards.len() > 5, "{shards:?}");
    let mut partials = Vec::new();
    for shard in &shards {
        assert_eq!(shard["path"], "a.jsonl");
        assert_eq!(shard["shards"], shards.len());
        let number = shard["shard"].as_u64().unwrap();
        assert_eq!(number, partials.len() as u64);
        let (start, end) = (shard["start"].as_u64(), shard["end"].as_u64());
        let (start, end) = (start.unwrap(), end.unwrap());
        assert!(end - start <= 100, "{shard}");
        let (range, out) = (format!("{start}:{end}"), format!("part-{number}"));
        let args = ["check", "a.jsonl", "--shard", &range, "--partial", &out];
        run(folder.path(), args).expect(0);
        partials.push(out);
    }
    let args = ["merge", "--output", "json"].map(str::to_owned);
    let merged = run(folder.path(), args.into_iter().chain(partials)).expect(1);
    let ignored = "surface-unlabeled,surface-unlabeled-in-document";
    let args = ["check", "a.jsonl", "--output", "json", "--ignore", ignored];
    let whole = run(folder.path(), args).expect(1);
    assert!(whole.text().contains("span-out-of-bounds"));
    assert_eq!(merged.text(), whole.text());
}

#[test]
fn a_driver_is_told_all_it_needs() {
    let folder = folder();
    let size = length(&folder, "a.jsonl");
    let shards = plan(folder.path(), &["a.jsonl", "--shards", "2"]);
    let [first, second] = &shards[..] else {
        panic!("{shards:?}");
    };
    let identity = first["identity"].as_str().unwrap();
    let expected = json!({
        "plan": 1, "path": "a.jsonl", "format": "aml", "size": size, "identity": identity,
        "shard": 0, "shards": 2, "start": 0, "end": size / 2,
    });
    assert_eq!(*first, expected);
    let expected = json!({
        "plan": 1, "path": "a.jsonl", "format": "aml", "size": size, "identity": identity,
        "shard": 1, "shards": 2, "start": size / 2, "end": size,
    });
    assert_eq!(*second, expected);
    // The same file under another name, at another time, has the same identity.
    folder.write("copy.jsonl", folder.read("a.jsonl"));
    let copy = plan(folder.path(), &["copy.jsonl"]);
    assert_eq!(copy[0]["identity"], identity);
    assert_eq!(
        (&copy[0]["start"], &copy[0]["end"]),
        (&json!(0), &json!(size))
    );
    folder.write("copy.jsonl", folder.read("a.jsonl").replace("City", "Town"));
    assert_ne!(
        plan(folder.path(), &["copy.jsonl"])[0]["identity"],
        identity
    );
}

#[test]
fn what_cannot_be_divided_is_one_line_that_says_so() {
    let folder = folder();
    folder.write("odd.jsonl", "no label\n");
    let shards = plan(folder.path(), &["project.json", "odd.jsonl"]);
    let told = |shard: &Value, member: &str| shard[member].as_str().unwrap_or_default().to_owned();
    let [odd, project] = &shards[..] else {
        panic!("{shards:?}");
    };
    for (shard, format) in [(odd, Value::Null), (project, json!("language"))] {
        for member in ["shard", "shards", "start", "end"] {
            assert!(shard[member].is_null(), "{shard}");
        }
        assert_eq!(shard["format"], format);
    }
    assert!(
        told(project, "whole").ends_with("which has no lines"),
        "{project}"
    );
    assert!(!told(odd, "whole").is_empty(), "{odd}");
    // A folder of brat is one label file.
    folder.write("brat/1.txt", "Rome");
    folder.write("brat/1.ann", "T1\tCity 0 4\tRome\n");
    folder.write("brat/2.ann", "");
    let shards = plan(folder.path(), &["brat"]);
    assert_eq!(shards.len(), 1, "{shards:?}");
    assert_eq!(
        (&shards[0]["format"], &shards[0]["path"]),
        (&json!("brat"), &json!("brat"))
    );
    assert!(shards[0]["shard"].is_null());
}

#[test]
fn inputs_are_those_that_a_check_takes() {
    let folder = folder();
    let paths = |args: &[&str]| {
        let shards = plan(folder.path(), args);
        let paths = shards
            .iter()
            .map(|shard| shard["path"].as_str().unwrap().to_owned());
        paths.collect::<Vec<_>>()
    };
    let all = ["./a.jsonl", "./b.jsonl", "./project.json"];
    assert_eq!(paths(&["."]), all);
    assert_eq!(paths(&[]), all);
    assert_eq!(paths(&[".", "--exclude", "b*"]), [all[0], all[2]]);
    assert_eq!(paths(&["b.jsonl", "a.jsonl"]), ["a.jsonl", "b.jsonl"]);
    assert_eq!(
        paths(&["?.jsonl", "--shards", "2"]),
        ["a.jsonl", "a.jsonl", "b.jsonl", "b.jsonl"]
    );
}

#[test]
fn nothing_is_printed_of_a_plan_that_cannot_be_made() {
    let folder = folder();
    for (args, why) in [
        (&["a.jsonl", "gone.jsonl"][..], "cannot read gone.jsonl"),
        (&["-"], "standard input cannot be divided among shards"),
        (&["docs"], "no label file found"),
        (
            &["a.jsonl", "--shard-size", "0"],
            "it must be one byte at least",
        ),
        (&["a.jsonl", "--shard-size", "64M"], "`M` may mean MB"),
        (&["a.jsonl", "--shards", "0"], "zero"),
        (
            &["a.jsonl", "--shards", "2", "--shard-size", "1MB"],
            "cannot be used with",
        ),
    ] {
        let done = run(folder.path(), ["plan"].iter().chain(args)).expect(2);
        done.says(why);
        assert_eq!(done.text(), "", "{args:?}");
    }
}

#[test]
fn little_of_a_large_file_is_read() {
    let folder = folder();
    let line = folder.read("b.jsonl");
    let file = std::fs::File::create(folder.at("large.jsonl")).unwrap();
    std::io::Write::write_all(&mut &file, line.as_bytes()).unwrap();
    // A terabyte that takes no room: nobody reads so much in a test.
    let Ok(()) = file.set_len(1 << 40) else {
        return;
    };
    let shards = plan(folder.path(), &["large.jsonl", "--shard-size", "256GiB"]);
    let starts: Vec<u64> = shards
        .iter()
        .map(|it| it["start"].as_u64().unwrap())
        .collect();
    assert_eq!(starts, [0, 1 << 38, 2 << 38, 3 << 38]);
}
