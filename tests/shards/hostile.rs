//! Results of shards that no shard has written.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use labelwright::internals::operations::{self, Moved};
use serde_json::{Value, json};

use super::{corpus, options, shard};
use crate::support::{every_report, run};

/// The lines of a partial.
fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

fn write(path: &Path, lines: &[Value]) {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

#[test]
fn a_partial_that_says_what_cannot_be_is_refused() {
    let folder = corpus();
    let folder = folder.path();
    shard(folder, "0:300", "a", &[]);
    shard(folder, "300:", "b", &[]);
    let mut good = lines(&folder.join("b"));
    let place = |found: &Value| found["excerpt"]["span"]["end"].as_u64() > Some(0);
    let finding = good.iter().position(place).expect("a finding in a text");
    let start = good[0]["lines"]["start"].clone();
    let place = json!({"start": start, "position": null, "document": null});
    good[finding]["places"] = json!({"total": 2, "others": [place]});
    write(&folder.join("b"), &good);
    run(folder, ["merge", "a", "b", "--fail-on", "never"]).expect(0);
    let most = u64::MAX;
    let cases = [
        (0, "/lines/end", json!(0)),
        (0, "/asked/offsets", json!("feet")),
        (0, "/asked/settings/thresholds/near_leak", json!(7.0)),
        (0, "/asked/settings/thresholds/record_bytes", json!(0)),
        (1, "/records", json!(most)),
        (1, "/unreadable", json!(most)),
        (1, "/statistics/documents/unassigned", json!(most)),
        (1, "/statistics/labels/Name/unassigned", json!(most)),
        (1, "/votes/differing", json!(most)),
        (finding, "/excerpt/span", json!({"start": 500, "end": 900})),
        (finding, "/excerpt/span", json!({"start": 9, "end": 2})),
        (finding, "/excerpt/text", json!("")),
        (finding, "/excerpt/line", json!(most)),
        (finding, "/bytes", json!({"start": 500, "end": 400})),
        (finding, "/bytes", json!({"start": 0, "end": 9})),
        (finding, "/bytes/end", json!(most)),
        (finding, "/pointer", json!("label")),
        (finding, "/rule", json!("no-rule")),
        (finding, "/places/others/0/start", json!(0)),
        (finding, "/places/others/0/start", json!(most)),
        (finding, "/places/others/0/position", json!([most, most])),
        (finding, "/places/total", json!(1)),
        (finding, "/places/total", json!(most)),
    ];
    for (line, pointer, value) in cases {
        let mut bad = good.clone();
        *bad[line].pointer_mut(pointer).expect(pointer) = value.clone();
        write(&folder.join("bad"), &bad);
        let run = run(folder, ["merge", "a", "bad"]);
        let said = format!("{pointer} = {value}: {}", run.stderr);
        assert_eq!((run.status, run.text()), (2, String::new()), "{said}");
        assert!(run.stderr.contains("cannot read bad"), "{said}");
    }
}

/// The pointers to all values in a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// What may stand in the place of a value.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(_) => [0, 1, 1 << 40, i64::MAX as u64, u64::MAX]
            .map(Value::from)
            .to_vec(),
        Value::String(_) => vec![json!(""), json!("\u{1f600}/~\u{1b}[31m")],
        Value::Bool(is) => vec![json!(!is)],
        Value::Null => vec![json!(0), json!([0, 0]), json!("x")],
        Value::Array(items) => {
            let turned: Vec<&Value> = items.iter().rev().collect();
            let twice: Vec<&Value> = items.iter().chain(items).collect();
            vec![json!([]), json!(turned), json!(twice)]
        }
        Value::Object(members) => {
            let mut changed = vec![json!({})];
            if let (Some(start), Some(end)) = (members.get("start"), members.get("end")) {
                changed.push(json!({"start": end, "end": start}));
            }
            changed
        }
    }
}

#[test]
fn no_change_to_a_partial_makes_merge_panic() {
    let folder = corpus();
    let folder = folder.path();
    shard(folder, "0:300", "a", &[]);
    shard(folder, "300:", "b", &[]);
    let mut good = lines(&folder.join("b"));
    good.truncate(8);
    let count = good.len() - 2;
    good.push(json!({"findings": count}));
    let absolute = |lines: &mut [Value]| {
        lines[0]["path"] = json!(folder.join("labels.jsonl"));
        lines[0]["asked"]["texts"][0][0] = json!(folder);
    };
    absolute(&mut good);
    let mut first = lines(&folder.join("a"));
    absolute(&mut first);
    write(&folder.join("a"), &first);
    let (a, bad) = (folder.join("a"), folder.join("bad"));
    let mut tried = 0;
    let mut merged = 0;
    for line in 0..good.len() {
        let mut all = Vec::new();
        pointers(&good[line], "", &mut all);
        for pointer in all {
            // What was asked of the check, and where, is whoever's own who asks.
            if pointer.starts_with("/asked/texts") || pointer == "/path" {
                continue;
            }
            for value in others(good[line].pointer(&pointer).unwrap()) {
                let mut lines = good.clone();
                *lines[line].pointer_mut(&pointer).unwrap() = value.clone();
                write(&bad, &lines);
                tried += 1;
                let done = catch_unwind(AssertUnwindSafe(|| {
                    let merged =
                        operations::merge(&[&a, &bad], &Moved::default(), &options(true), || ());
                    if let Ok(mut merged) = merged {
                        every_report(std::slice::from_mut(&mut merged.outcome), 20);
                        return 1;
                    }
                    0
                }));
                assert!(done.is_ok(), "line {line}, {pointer} = {value}");
                merged += done.unwrap_or(0);
            }
        }
    }
    assert!(tried > 500 && merged > 0, "{tried}, {merged}");
}
