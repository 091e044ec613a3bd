//! The words that a schema allows are those that the program writes.

use labelwright::internals::diagnostics::{Applicability, Severity};
use labelwright::internals::text::Unit;
use serde_json::{Value, json};

use super::schema;

/// All lists of words that a schema has for members of a name.
fn words(schema: &Value, member: &str, found: &mut Vec<Vec<Value>>) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members {
                if name == member && value["enum"].is_array() {
                    found.push(value["enum"].as_array().unwrap().clone());
                }
                words(value, member, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, member, found)),
        _ => {}
    }
}

#[test]
fn the_words_of_a_schema_are_those_that_the_program_writes() {
    let units: Vec<Value> = Unit::ALL.map(|unit| json!(unit.name())).to_vec();
    let all = |more: Value, units: &[Value]| [units, &[more]].concat();
    let severities = Severity::ALL
        .map(|severity| json!(severity.name()))
        .to_vec();
    let fixes = [Applicability::Safe, Applicability::Unsafe];
    let fixes = fixes.map(|fix| json!(fix.name())).to_vec();
    for (name, member, count, want) in [
        ("report", "offsets", 1, all(json!(null), &units)),
        ("losses", "offsets", 1, units.clone()),
        ("losses", "target_offsets", 1, units.clone()),
        ("config", "offsets", 2, all(json!("auto"), &units)),
        ("report", "severity", 1, severities.clone()),
        ("config", "fail-on", 1, all(json!("never"), &severities)),
        ("config", "level", 1, all(json!("off"), &severities)),
        ("report", "applicability", 1, fixes),
    ] {
        let mut found = Vec::new();
        words(&schema(name), member, &mut found);
        assert_eq!(found.len(), count, "{name} {member}");
        for mut found in found {
            let mut want = want.clone();
            found.sort_by_key(Value::to_string);
            want.sort_by_key(Value::to_string);
            assert_eq!(found, want, "{name} {member}");
        }
    }
}
