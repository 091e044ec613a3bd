//! The published schema of `labelwright.toml` and the parser know the same keys and values.

use std::fs;

use labelwright::internals::config::{Config, schema};
use labelwright::internals::rules::meta::Group;
use labelwright::internals::rules::metas;
use labelwright::internals::rules::settings::{Threshold, Thresholds};
use serde_json::{Value, json};

use crate::support::root;

#[test]
fn the_schema_is_not_stale() {
    let path = root().join("schemas/config.schema.json");
    let page = format!("{:#}\n", schema());
    if std::env::var_os("LABELWRIGHT_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == page,
        "schemas/config.schema.json is stale; `LABELWRIGHT_BLESS=1 cargo test config` writes it anew"
    );
}

/// A JSON value as TOML, on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| format!("\"{name}\" = {}", inline(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

fn toml(config: &Value) -> String {
    let members = config.as_object().unwrap().iter();
    let lines = members.map(|(name, value)| format!("\"{name}\" = {}", inline(value)));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_schema_and_the_parser_come_to_one_verdict() {
    let validator = crate::schemas::validator("config");
    let mut tried = (0, 0);
    let mut compare = |config: &Value| {
        let parsed = Config::parse(&toml(config));
        assert_eq!(
            parsed.is_ok(),
            validator.is_valid(config),
            "{config}: {parsed:?}"
        );
        if parsed.is_ok() {
            tried.0 += 1;
        } else {
            tried.1 += 1;
        }
    };
    let mut known: Vec<&str> = metas().iter().map(|meta| meta.name).collect();
    known.extend(Group::ALL.map(Group::name));
    known.extend(["all", "no-such-rule", "rules", ""]);
    for name in known {
        compare(&json!({ "select": [name], "ignore": [name] }));
        for level in ["off", "note", "warning", "error"] {
            compare(&json!({ "rules": { name: level } }));
        }
        compare(&json!({ "overrides": [{ "paths": ["*"], "rules": { name: "note" } }] }));
        compare(&json!({ name: "off" }));
    }
    let mut keys: Vec<String> = Thresholds::ALL.iter().map(Threshold::key).collect();
    keys.extend(["rare_label", "no-such-threshold"].map(str::to_owned));
    for key in keys {
        for value in [
            json!(1),
            json!(0),
            json!(0.5),
            json!(1.5),
            json!(-1),
            json!(40),
            json!("1"),
        ] {
            compare(&json!({ "thresholds": { &key: value } }));
        }
    }
    let values = [
        json!(true),
        json!(false),
        json!(0),
        json!(3),
        json!(-1),
        json!("auto"),
        json!("utf16"),
        json!("utf8"),
        json!("codepoint"),
        json!("grapheme"),
        json!("import"),
        json!("aml-connect"),
        json!("error"),
        json!("warning"),
        json!("note"),
        json!("never"),
        json!(""),
        json!([]),
        json!([""]),
        json!(["a"]),
        json!([1]),
        json!({}),
        json!([{}]),
        json!([{ "paths": ["a"] }]),
    ];
    for key in [
        "paths",
        "select",
        "ignore",
        "rules",
        "thresholds",
        "texts",
        "no-texts",
        "offsets",
        "profile",
        "fail-on",
        "max-warnings",
        "overrides",
        "no_texts",
    ] {
        for value in &values {
            compare(&json!({ key: value }));
            compare(&json!({ "overrides": [{ "paths": ["x"], key: value }] }));
            compare(&json!({ "texts": ["x"], key: value }));
        }
    }
    assert!(tried.0 > 200 && tried.1 > 200, "{tried:?}");
}
