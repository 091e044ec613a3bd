//! The JSON Schema of the file, made from the rules and thresholds that there are.

use serde_json::{Map, Value, json};

use super::keys::{FAIL_ON, KEYS, LEVELS};
use crate::rules::meta::Group;
use crate::rules::settings::{Profile, Slot, Threshold, Thresholds};
use crate::rules::{Choice, allowed, metas};
use crate::text::Unit;

/// The JSON Schema (2020-12) of `labelwright.toml`, for editors that complete it.
#[must_use]
pub fn schema() -> Value {
    let mut top = table(false);
    top["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    top["title"] = json!("labelwright.toml");
    top["description"] = json!("What labelwright asks of label files.");
    top["$defs"] = json!({
        "level": { "enum": LEVELS },
        "name": { "enum": names().map(|(name, _, _)| name).collect::<Vec<_>>() },
        "ignorable": { "enum": names().map(|(name, _, _)| name).filter(|name| is_ignorable(name))
            .collect::<Vec<_>>() },
        "rules": rules(),
        "thresholds": thresholds(),
        "override": table(true),
    });
    top
}

/// The schema of the file, or of one override.
fn table(in_override: bool) -> Value {
    let mut properties = Map::new();
    for key in KEYS.iter().filter(|key| key.is_allowed(in_override)) {
        let mut value = value(key.name);
        value["description"] = json!(key.about);
        properties.insert(key.name.to_owned(), value);
    }
    let mut table = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "not": { "required": ["texts", "no-texts"], "properties": { "no-texts": { "const": true } } },
    });
    if in_override {
        table["required"] = json!(["paths"]);
    }
    table
}

/// The schema of a key's value.
fn value(key: &str) -> Value {
    match key {
        "paths" | "texts" | "exclude" => {
            json!({ "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } })
        }
        "select" => json!({ "type": "array", "items": { "$ref": "#/$defs/name" } }),
        "ignore" => json!({ "type": "array", "items": { "$ref": "#/$defs/ignorable" } }),
        "rules" => json!({ "$ref": "#/$defs/rules" }),
        "thresholds" => json!({ "$ref": "#/$defs/thresholds" }),
        "no-texts" => json!({ "type": "boolean", "default": false }),
        "offsets" => {
            let units = Unit::ALL.map(Unit::name);
            let words: Vec<&str> = ["auto"].into_iter().chain(units).collect();
            json!({ "enum": words, "default": "auto" })
        }
        "profile" => json!({
            "enum": Profile::ALL.map(Profile::name),
            "default": Profile::default().name(),
        }),
        "fail-on" => json!({ "enum": FAIL_ON, "default": "error" }),
        "max-warnings" => json!({ "type": "integer", "minimum": 0 }),
        "overrides" => json!({ "type": "array", "items": { "$ref": "#/$defs/override" } }),
        _ => json!({}),
    }
}

/// What `rules`, `select` and `ignore` may name, with what it is and the severity it has.
fn names() -> impl Iterator<Item = (&'static str, String, Option<&'static str>)> {
    let all = ("all", "Every rule.".to_owned(), None);
    let groups = Group::ALL.map(|group| {
        let about = format!("Every rule of the group {}.", group.name());
        (group.name(), about, None)
    });
    let rules = metas().into_iter().map(|meta| {
        let about = format!("Finds {}.", meta.summary);
        let level = if meta.on_request {
            "off"
        } else {
            meta.severity.name()
        };
        (meta.name, about, Some(level))
    });
    [all].into_iter().chain(groups).chain(rules)
}

/// Whether a rule or group may be turned off: errors of syntax may not, nor weigh less.
fn is_ignorable(name: &str) -> bool {
    allowed(name, Choice::Off).is_ok()
}

fn rules() -> Value {
    let mut properties = Map::new();
    for (name, about, severity) in names() {
        let mut level = if is_ignorable(name) {
            json!({ "$ref": "#/$defs/level", "description": about })
        } else {
            json!({ "const": "error", "description": about })
        };
        if let Some(severity) = severity {
            level["default"] = json!(severity);
        }
        properties.insert(name.to_owned(), level);
    }
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn thresholds() -> Value {
    let threshold = |one: &Threshold| {
        let mut defaults = Thresholds::default();
        let mut value = match one.place {
            Slot::Count(place) => {
                json!({ "type": "integer", "minimum": 1, "default": place(&mut defaults) })
            }
            Slot::Share(place) => json!({
                "type": "number", "minimum": 0, "maximum": 1, "default": place(&mut defaults),
            }),
            Slot::Factor(place) => json!({
                "type": "number", "exclusiveMinimum": 0, "default": place(&mut defaults),
            }),
        };
        value["description"] = json!(one.about.trim());
        (one.key(), value)
    };
    let properties: Map<String, Value> = Thresholds::ALL.iter().map(threshold).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}
