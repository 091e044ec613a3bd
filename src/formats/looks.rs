//! What a file looks like that no format knows.

use super::keys::top_keys;
use super::{FORMATS, tags};
use crate::diagnostics::Looks;
use crate::json::Node;
use crate::text::misspelled;

/// What a file looks like that no format knows: by the text that it begins with, and the keys of the
/// objects in that.
pub(super) fn looks(text: &str, objects: &[Vec<String>]) -> Looks {
    if text.is_empty() {
        return Looks::Empty;
    }
    let bare = without_comments(text);
    if bare.len() < text.len() && bare.starts_with(['{', '[']) {
        return Looks::Commented {
            ours: first_keys(bare).is_some_and(|keys| are_ours(&keys)),
        };
    }
    if !text.starts_with(['{', '[']) {
        return name_text(text);
    }
    let inner = text.trim_start_matches(['{', '[']).trim_start();
    if inner.is_empty()
        || (inner.starts_with('"') && first_keys(text).is_some_and(|keys| keys.is_empty()))
    {
        return Looks::Unfinished;
    }
    if inner.starts_with('\'') {
        return Looks::SingleQuotes;
    }
    if text.starts_with('[') {
        return Looks::Array {
            ours: first_keys(text).is_some_and(|keys| are_ours(&keys)),
        };
    }
    let has = |object: &[String], names: &[&str]| {
        let has = |name: &&str| object.iter().any(|key| key == name);
        names.iter().all(has)
    };
    let mut objects = objects.iter();
    if objects.any(|object| has(object, &["images", "annotations"])) {
        return Looks::Coco;
    }
    match top_keys(text) {
        keys if keys.is_empty() => Looks::EmptyObject,
        keys => Looks::Object {
            ours: are_ours(&keys),
            keys,
        },
    }
}

/// The keys of the object that a text begins with, or that the array does that it begins with.
fn first_keys(text: &str) -> Option<Vec<String>> {
    let object = text.trim_start_matches('[').trim_start();
    object.starts_with('{').then(|| top_keys(object))
}

/// Whether an object with these keys was meant to be of a format: it has two of the format's, or
/// three that are nearly so. One alone, such as `metadata`, many other programs have.
fn are_ours(keys: &[String]) -> bool {
    FORMATS.iter().any(|format| {
        let known = format.info().keys;
        let is_known = |key: &&String| known.contains(&key.as_str());
        let is_near =
            |key: &&String| is_known(key) || misspelled(key, known.iter().copied()).is_some();
        keys.iter().filter(is_known).count() >= 2 || keys.iter().filter(is_near).count() >= 3
    })
}

/// A text without the comments that it begins with, which some programs allow in JSON.
fn without_comments(text: &str) -> &str {
    let mut rest = text;
    loop {
        let after = if rest.starts_with("//") {
            rest.split_once('\n')
        } else if rest.starts_with("/*") {
            rest.split_once("*/")
        } else {
            None
        };
        match after {
            Some((_, after)) => rest = after.trim_start(),
            None => return rest,
        }
    }
}

/// What a text looks like that begins with no object or array.
fn name_text(text: &str) -> Looks {
    if text.contains('\0') {
        return Looks::Binary;
    }
    if Node::parse(text).is_ok() {
        return Looks::Value;
    }
    let lines: Vec<&str> = text
        .lines()
        .take(20)
        .filter(|line| !line.trim().is_empty())
        .collect();
    let is_tagged = |word: &str| {
        let tag = word.rsplit_once('|').map(|(_, tag)| tag);
        tag.is_some_and(tags::is_tag)
    };
    let is_iob = |line: &&str| line.split_whitespace().all(is_tagged);
    if !lines.is_empty() && lines.iter().all(is_iob) {
        return Looks::Iob;
    }
    if text.starts_with('<') {
        return Looks::Markup;
    }
    for (separator, name) in [('\t', "TSV"), (',', "CSV")] {
        let columns = |line: &&str| line.matches(separator).count();
        let first = lines.first().map_or(0, columns);
        if first > 0 && lines.len() > 1 && lines.iter().all(|line| columns(line) >= first) {
            return Looks::Table(name);
        }
    }
    Looks::Text
}
