//! The quick reader answers what the careful one does, or nothing.

use labelwright::internals::formats::{self, Context, Record, Told};
use labelwright::internals::model::{Kind, Project};
use labelwright::internals::text::Unit;
use serde_json::{Value, json};

use super::fixture;

/// What reading a record gives, as it is shown.
fn read(text: &str, kind: Option<Kind>, quick: bool) -> String {
    let format = formats::find("label-studio").unwrap();
    let project = Project::default();
    let record = Record {
        index: 3,
        in_file: (0, 3),
        start: 100,
        text,
        ends_file: false,
    };
    let context = Context {
        project: &project,
        kind,
        unit: Unit::CodePoint,
        quick,
        stems: &["tasks".to_owned()],
        datasets: None,
        file_splits: true,
        told: Told::NOTHING,
        before: 0,
    };
    format!("{:?}", format.read(record, context))
}

#[track_caller]
fn same(text: &str) {
    for kind in [None, Some(Kind::SingleLabelClassification)] {
        let (quick, careful) = (read(text, kind, true), read(text, kind, false));
        assert_eq!(quick, careful, "{kind:?}: {text}");
    }
}

/// The pointers to all values in a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                places(member, &format!("{at}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// A record, and each that has one value changed, gone, or one more.
fn variants(record: &Value) -> Vec<String> {
    let mut all = vec![
        record.to_string(),
        serde_json::to_string_pretty(record).unwrap(),
    ];
    let mut found = Vec::new();
    places(record, "", &mut found);
    for place in found {
        let others = [json!(null), json!(-1), json!("x"), json!([7]), json!({})];
        for other in others {
            let mut changed = record.clone();
            *changed.pointer_mut(&place).unwrap() = other;
            all.push(changed.to_string());
        }
        let mut changed = record.clone();
        if let Some(Value::Object(object)) = changed.pointer_mut(&place) {
            for key in object.keys().cloned().collect::<Vec<_>>() {
                let mut less = record.clone();
                let object = less.pointer_mut(&place).unwrap().as_object_mut().unwrap();
                let value = object.remove(&key).unwrap();
                all.push(less.to_string());
                let object = less.pointer_mut(&place).unwrap().as_object_mut().unwrap();
                object.insert(format!("{key}s"), value);
                all.push(less.to_string());
            }
            object.insert("more".to_owned(), json!("x"));
            all.push(changed.to_string());
        }
    }
    all
}

#[test]
fn both_readers_give_the_same_of_every_record_and_every_change_of_one() {
    for (name, number) in [
        ("export.json", 0),
        ("export.json", 2),
        ("export.json", 4),
        ("spans.json", 4),
        ("classes.json", 0),
        ("completions.json", 1),
        ("min.json", 0),
    ] {
        let file: Value = serde_json::from_str(&fixture(name)).unwrap();
        for variant in variants(&file[number]) {
            same(&variant);
        }
    }
}

#[test]
fn spellings_that_are_odd_need_care() {
    let tasks = fixture("spans.json");
    let task = serde_json::from_str::<Vec<Value>>(&tasks).unwrap()[0].to_string();
    for (from, to) in [
        ("\"start\":2", "\"start\":2.0"),
        ("\"start\":2", "\"start\":2,\"start\":3"),
        ("\"start\"", "\"st\\u0061rt\""),
        ("Noor", "\\ud800"),
        ("\"id\":\"1-1\"", "\"id\":\"1-1\",\"id\":\"1-1\""),
        (
            "{\"annotations\"",
            "{\"x\":{\"y\":1,\"y\":2},\"annotations\"",
        ),
    ] {
        let changed = task.replacen(from, to, 1);
        assert_ne!(changed, task, "{from}");
        same(&changed);
    }
}
