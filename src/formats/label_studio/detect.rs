//! What tells a file of Label Studio.

use crate::formats::keys::top_keys;
use crate::formats::{Head, Match};
use crate::json::{Kind, Node};

/// The members of a task of which one stands beside `data`.
const LISTS: [&str; 3] = ["annotations", "predictions", "completions"];

/// More than formats answer that look at keys alone.
const WEIGHT: u32 = 3;

/// How much a file's beginning looks like an export or a file for import.
pub(super) fn detect(head: &Head<'_>) -> Match {
    if !head.text.starts_with(['{', '[']) {
        return table(head.text);
    }
    let records = head.records();
    if records.iter().any(is_task) || is_cut_task(head) {
        return Match::Fits(WEIGHT, "tasks with `data` and `annotations`");
    }
    if records.iter().any(is_min) {
        return Match::Fits(
            WEIGHT,
            "records with `annotation_id` and `lead_time` (JSON_MIN)",
        );
    }
    Match::No
}

/// Its own table has the labels as JSON in a cell, which is more than a table of classes has.
fn table(text: &str) -> Match {
    let first = text.lines().next().unwrap_or_default();
    let has = |name: &str| first.contains(name);
    let is_its = ["annotation_id", "annotator", "lead_time"]
        .into_iter()
        .all(has);
    let has_json = ["\"\"start\"\":", "\"\"choices\"\":"]
        .iter()
        .any(|sign| text.contains(sign));
    if is_its && has_json {
        let what = "a CSV or TSV export of Label Studio, whose cells hold the labels as JSON; export \
                    the project as JSON";
        return Match::Broken(what.to_owned());
    }
    Match::No
}

fn is_task(record: &Node<'_>) -> bool {
    let members = record.members();
    let has = |name: &str, kind: Kind| {
        let mut named = members.iter().filter(|member| member.key() == name);
        named.any(|member| member.value.kind() == kind)
    };
    has("data", Kind::Object) && LISTS.into_iter().any(|list| has(list, Kind::Array))
}

fn is_min(record: &Node<'_>) -> bool {
    let members = record.members();
    let has = |name: &str| members.iter().any(|member| member.key() == name);
    has("annotation_id") && (has("lead_time") || has("annotator")) && !has("data")
}

/// Whether the first record, which is longer than what is looked at, is a task as far as it goes.
fn is_cut_task(head: &Head<'_>) -> bool {
    let text = head.text.strip_prefix('[').unwrap_or(head.text);
    let text = text.trim_ascii_start();
    if !text.starts_with('{') || !head.records().is_empty() {
        return false;
    }
    let keys = top_keys(text);
    let has = |name: &str| keys.iter().any(|key| key == name);
    let has_list = LISTS.into_iter().any(has);
    // An export begins with the id, and a file for import with the data.
    has_list && (has("data") || has("id")) || begins_with_data(text)
}

/// Whether an object begins with a member `data` that is an object.
fn begins_with_data(object: &str) -> bool {
    let mut rest = object;
    ["{", "\"data\"", ":", "{"].into_iter().all(|token| {
        let after = rest.trim_ascii_start().strip_prefix(token);
        rest = after.unwrap_or_default();
        after.is_some()
    })
}
