//! Words for names that do not exist, or stand elsewhere.

use crate::config::keys::KEYS;
use crate::diagnostics::quote;
use crate::rules;
use crate::rules::settings::Thresholds;

/// Words for a key that the file, or an override, does not have.
pub(super) fn unknown_key(name: &str, in_override: bool) -> String {
    if let Some(known) = KEYS.iter().find(|known| known.name == name) {
        return if known.is_allowed(false) {
            format!("`{name}` holds for all label files, so it belongs at the top of the file")
        } else {
            format!("`{name}` belongs under `[[overrides]]`")
        };
    }
    if rules::expand(name).is_ok() {
        let table = if in_override {
            "overrides.rules"
        } else {
            "rules"
        };
        return format!("`{name}` is a rule or a group, so it belongs under `[{table}]`");
    }
    if Thresholds::ALL.iter().any(|one| one.key() == name) {
        let table = if in_override {
            "overrides.thresholds"
        } else {
            "thresholds"
        };
        return format!("`{name}` is a threshold, so it belongs under `[{table}]`");
    }
    let keys = KEYS.iter().filter(|known| known.is_allowed(in_override));
    let message = format!("unknown key {}", quote(name));
    unknown(&message, name, keys.map(|known| known.name))
}

/// Words for a key of the file that a table has swallowed: in TOML everything after a `[table]`
/// belongs to it.
pub(super) fn stray_key(name: &str) -> Option<String> {
    let known = KEYS.iter().any(|known| known.name == name);
    known
        .then(|| format!("`{name}` is a key of the file, so it belongs before the first `[table]`"))
}

/// The message with the nearest name that exists, or with all of them.
pub(super) fn unknown<'k>(
    message: &str,
    name: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> String {
    if let Some(nearest) = crate::text::nearest(name, known.clone()) {
        return format!("{message}; did you mean `{nearest}`?");
    }
    let all: Vec<String> = known.map(|key| format!("`{key}`")).collect();
    format!("{message}; there are {}", all.join(", "))
}
