//! What other formats cannot hold of a task, and how it is put back.

use serde_json::value::RawValue;

use super::canonical;
use super::data::{keys, texts};
use super::place::{data, labels_of, text as text_of};
use super::wire::{ANNOTATIONS, LANGUAGE, NAMES, SETS, TEXT};
use crate::alignment::AlignedDocument;
use crate::formats::layout::{close, line, raw_key, value};
use crate::formats::ledger::{LabelKey, LedgerEntry, Sort, compact, matches, noted_keys, own_keys};
use crate::formats::write::{number, string};
use crate::formats::{Told, Written, whole};
use crate::json::{Kind, Node, Pointer};
use crate::model::Document;
use crate::text::Span;

/// Notes the facts of a task.
pub(super) fn entries(
    aligned: &AlignedDocument<'_>,
    name: &str,
    told: &Told,
    out: &mut Vec<LedgerEntry>,
) {
    let document = aligned.document;
    let (Ok(task), Some((holder, place))) = (Node::parse(document.source), data(document)) else {
        return;
    };
    let entry = |fact, pointer: Pointer, value: Option<Box<RawValue>>| LedgerEntry {
        value,
        ..LedgerEntry::new(name, fact, pointer)
    };
    let root = Pointer::root();
    if place == root {
        // A record of `JSON_MIN` does not come back as one. What it has is kept for people.
        let value = compact(document.source);
        out.push(entry(Sort::LeftOut, root, value));
        return;
    }
    of_data(
        document,
        holder,
        (&place, told),
        &mut |fact, pointer, value| {
            out.push(entry(fact, pointer, value));
        },
    );
    let mut annotations = None;
    for member in task.members() {
        let name = member.key();
        match &*name {
            "data" => {}
            _ if ANNOTATIONS.contains(&&*name) => {
                if annotations.is_none() || name == ANNOTATIONS[0] {
                    annotations = Some((name, member.value));
                }
            }
            _ => {
                let value = compact(member.value.raw());
                out.push(entry(Sort::Member, root.key(&name), value));
            }
        }
    }
    let (pointer, raw) = match &annotations {
        Some((name, raw)) => (root.key(name), compact(raw.raw())),
        None => (root.key(ANNOTATIONS[0]), None),
    };
    let is_rebuilt = match &raw {
        Some(raw) => rebuilt(document).is_some_and(|made| made.get() == raw.get()),
        None => document.extras.unlabeled,
    };
    if !is_rebuilt {
        // Which of the annotations is read is told by the place of its regions.
        let chosen = document.extras.spans_at.first();
        let pointer = chosen.map_or(pointer, |(_, chosen)| chosen.clone());
        let mut kept = entry(Sort::Labels, pointer, raw);
        kept.labels = Some(noted_keys(aligned));
        out.push(kept);
    }
}

/// Notes the members of `data`, but for those that come back by themselves.
fn of_data(
    document: &Document<'_>,
    holder: Node<'_>,
    (place, told): (&Pointer, &Told),
    note: &mut dyn FnMut(Sort, Pointer, Option<Box<RawValue>>),
) {
    let found = keys(holder, text_of(document), document.address.path());
    let members = holder.members();
    let listed: Vec<(String, &str)> = members
        .iter()
        .map(|member| (member.key().into_owned(), member.value.raw()))
        .collect();
    let is_told = told.text_key.is_some();
    let text_key = told.text_key.as_deref().or(found.text.as_deref());
    let text_key = text_key.unwrap_or(TEXT);
    // What is not found again without being told of it gets the usual name.
    let mut sole = texts(&listed, None);
    let is_sole = (sole.next(), sole.next()) == (Some(text_key), None);
    let has_text = members.iter().any(|member| member.key() == TEXT);
    if !is_told && text_key != TEXT && is_sole && !has_text {
        note(Sort::Member, place.key(text_key), None);
    }
    let is_string = |name: &&&str| {
        let named = |member: &&crate::json::Member<'_>| member.key() == **name;
        let found = members.iter().rfind(named);
        found.is_some_and(|found| found.value.kind() == Kind::String)
    };
    let told_name = told.name_key.as_deref();
    let told_name = told_name.filter(|name| *name != text_key && is_string(&name));
    let usual = told_name.or_else(|| NAMES.iter().find(is_string).copied());
    let told_member = |name: &str| members.iter().rfind(|member| member.key() == name);
    let told_member = told_name.and_then(told_member);
    let told_member = told_member.map(|member| (member.key().into_owned(), member.value));
    let named = told_member.or(found.name);
    let name_key = named.as_ref().map(|(key, _)| &**key);
    match &named {
        Some((key, named)) if usual == Some(&**key) => {
            let path = document.address.path();
            let is_written = named.string().and_then(Result::ok).as_deref() == Some(path);
            if key != NAMES[0] || !is_written {
                note(Sort::Address, place.key(key), compact(named.raw()));
            }
        }
        None if usual.is_none() && document.address.path().starts_with("task-") => {
            note(Sort::Address, place.key(NAMES[0]), None);
        }
        _ => {}
    }
    if document.language.is_none() && !members.iter().any(|member| member.key() == LANGUAGE) {
        note(Sort::Member, place.key(LANGUAGE), None);
    }
    for member in &members {
        let key = member.key();
        let raw = member.value.raw();
        let has_set = document.split.is_some();
        let is_set = has_set && key == SETS[0] && matches!(raw, "\"Train\"" | "\"Test\"");
        let is_language = key == LANGUAGE && document.language.is_some();
        let is_own = key == text_key || name_key == Some(&*key) && usual == name_key;
        if !(is_own || is_set || is_language) {
            note(Sort::Member, place.key(&key), compact(raw));
        }
    }
}

/// `annotations` as the writer would write them for the labels as they stand in the file.
fn rebuilt(document: &Document<'_>) -> Option<Box<RawValue>> {
    let mut out = Vec::new();
    let spans = document.spans().iter();
    let spans = spans.map(|label| (&*label.category, label.span));
    canonical::annotations(document, spans, &mut out, |_| {});
    let text = std::str::from_utf8(&out).ok()?;
    let (_, made) = text.split_once(": ")?;
    compact(made.strip_suffix(',')?)
}

/// Whether this can be an entry that [`entries`] has noted: its value is of a sort that can stand
/// where the writer puts it, beside no other of that name.
pub(super) fn may_note(entry: &LedgerEntry) -> bool {
    let tokens: Vec<String> = entry.pointer.tokens().collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let value = entry.value.as_deref().map(|value| Node::parse(value.get()));
    let kind = value.and_then(Result::ok).map(Node::kind);
    match (entry.fact, &tokens[..]) {
        (Sort::Address, ["data", name]) => {
            let is_there = kind == Some(Kind::String);
            is_there || NAMES.contains(name) && kind.is_none()
        }
        (Sort::Member, ["data", name]) => *name != TEXT || kind.is_some(),
        (Sort::Member, [name]) => *name != "data" && !ANNOTATIONS.contains(name) && kind.is_some(),
        (Sort::Labels, [name] | [name, _, "result"]) => {
            ANNOTATIONS.contains(name)
                && entry.labels.is_some()
                && matches!(kind, None | Some(Kind::Array | Kind::Null))
        }
        (Sort::Document, _) => whole::may_note(entry),
        (Sort::LeftOut, _) => true,
        _ => false,
    }
}

/// What a ledger keeps of a task, but for its labels.
#[derive(Default)]
pub(super) struct Kept<'e> {
    /// The member that holds the text, where it is not `text`.
    pub(super) text_key: Option<String>,
    /// The member that names the document, and its value.
    pub(super) name: Option<(String, &'e str)>,
    /// Whether nothing named it.
    pub(super) without_name: bool,
    /// Whether the task said no language.
    pub(super) without_language: bool,
    /// Other members of `data`: name and JSON text.
    pub(super) data: Vec<(String, &'e str)>,
    /// Other members of the task.
    pub(super) task: Vec<(String, &'e str)>,
}

impl<'e> Kept<'e> {
    pub(super) fn of(entries: &'e [LedgerEntry]) -> Self {
        let mut kept = Self::default();
        for entry in entries {
            let key = entry.pointer.last();
            let value = entry.value.as_deref().map(RawValue::get);
            let in_data = entry.pointer.tokens().count() == 2;
            match (entry.fact, value) {
                (Sort::Address, None) => kept.without_name = true,
                (Sort::Address, Some(value)) => kept.name = Some((key, value)),
                (Sort::Member, Some(value)) if in_data => kept.data.push((key, value)),
                (Sort::Member, None) if key == LANGUAGE => kept.without_language = true,
                (Sort::Member, None) => kept.text_key = Some(key),
                (Sort::Member, Some(value)) => kept.task.push((key, value)),
                _ => {}
            }
        }
        kept
    }
}

/// Writes the annotations as a ledger keeps them, with the labels that still stand and new ones;
/// answers whether it could.
pub(super) fn annotations(written: Written<'_, '_>, out: &mut Vec<u8>) -> bool {
    let Some(entry) = crate::formats::ledger::find(written.entries, Sort::Labels) else {
        return false;
    };
    let document = written.aligned.document;
    let tokens: Vec<String> = entry.pointer.tokens().collect();
    let (Some(name), Some(raw)) = (tokens.first(), entry.value.as_deref()) else {
        // There were none.
        return document.labels.count() == 0;
    };
    let Ok(list) = Node::parse(raw.get()) else {
        return false;
    };
    let chosen = tokens.get(1).and_then(|token| token.parse::<usize>().ok());
    let Some(chosen) = chosen else {
        if document.labels.count() == 0 {
            canonical::raw_member(2, name, raw.get(), out);
            return true;
        }
        return false;
    };
    line(2, out);
    string(name, out);
    out.extend_from_slice(b": [");
    for (index, annotation) in list.items().into_iter().enumerate() {
        line(3, out);
        if index != chosen || annotation.kind() != Kind::Object {
            value(3, annotation, out);
            continue;
        }
        out.push(b'{');
        for member in annotation.members() {
            raw_key(4, member.name.raw(), out);
            if member.key() == "result" {
                result(written, entry, member.value, out);
            } else {
                value(4, member.value, out);
            }
        }
        close(3, b'}', out);
    }
    close(2, b']', out);
    true
}

/// The regions of the chosen annotation: those whose labels still stand, and of others what still
/// does; all that is no label; and new labels behind them.
fn result(written: Written<'_, '_>, entry: &LedgerEntry, regions: Node<'_>, out: &mut Vec<u8>) {
    let document = written.aligned.document;
    let then = entry.labels.as_deref().unwrap_or_default();
    let mut now = vec![None; then.len()];
    let mut new = Vec::new();
    let found = matches(&own_keys(document), then);
    for (index, found) in found.into_iter().enumerate() {
        match found.and_then(|found| now.get_mut(found)) {
            Some(then) => *then = Some(index),
            None => new.push(index),
        }
    }
    let is_span = |key: &&LabelKey| !matches!(key, LabelKey::Class(_));
    let spans = then.iter().filter(is_span).count();
    // The first that was not come upon yet, of the spans and of the classes.
    let (mut next_span, mut next_class) = (0, spans);
    out.push(b'[');
    let mut count = 0;
    for region in regions.items() {
        count += 1;
        let Some((list, items)) = labels_of(region) else {
            line(5, out);
            value(5, region, out);
            continue;
        };
        let (next, end) = if list == "choices" {
            (&mut next_class, then.len())
        } else {
            (&mut next_span, spans)
        };
        let is_of_kind = if list == "choices" {
            document.labels.classes.is_some()
        } else {
            document.labels.spans.is_some()
        };
        if !is_of_kind {
            // They are of another kind than the labels of the project.
            line(5, out);
            value(5, region, out);
            continue;
        }
        let (mut standing, mut span) = (Vec::new(), None);
        for item in items {
            let name = item.string().and_then(Result::ok).unwrap_or_default();
            let is_it = then.get(*next).filter(|_| *next < end);
            if is_it.is_none_or(|key| key.name() != name) {
                continue;
            }
            if let Some(index) = now[*next] {
                standing.push(item);
                let target = written.aligned.spans.get(index);
                span = span.or(target.and_then(|span| span.target));
            }
            *next += 1;
        }
        if !standing.is_empty() {
            kept_region(region, list, &standing, span, out);
        }
    }
    let labels = document.spans();
    let mut classes = Vec::new();
    for index in new {
        let target = written.aligned.spans.get(index).and_then(|it| it.target);
        match (labels.get(index), target) {
            (Some(label), Some(span)) => {
                canonical::span_region(document.index, count, &label.category, span, out);
                count += 1;
            }
            (Some(_), None) => {}
            (None, _) => classes.extend(document.classes().get(index - labels.len())),
        }
    }
    if !classes.is_empty() {
        let names = classes.iter().map(|class| &*class.category);
        canonical::class_region(document.index, count, names, out);
    }
    close(4, b']', out);
}

/// A region with the labels that still stand, at the place that they have.
fn kept_region(
    region: Node<'_>,
    list: &str,
    standing: &[Node<'_>],
    span: Option<Span>,
    out: &mut Vec<u8>,
) {
    line(5, out);
    out.push(b'{');
    for member in region.members() {
        raw_key(6, member.name.raw(), out);
        if member.key() != "value" {
            value(6, member.value, out);
            continue;
        }
        out.push(b'{');
        for member in member.value.members() {
            raw_key(7, member.name.raw(), out);
            let is_number = member.value.kind() == Kind::Number;
            match (&*member.key(), span) {
                ("start", Some(span)) if is_number => offset(span.start, out),
                ("end", Some(span)) if is_number => offset(span.end, out),
                (key, _) if key == list => {
                    out.push(b'[');
                    for item in standing {
                        line(8, out);
                        value(8, *item, out);
                    }
                    close(7, b']', out);
                }
                _ => value(7, member.value, out),
            }
        }
        close(6, b'}', out);
    }
    close(5, b'}', out);
}

fn offset(value: i64, out: &mut Vec<u8>) {
    number(value, out);
    out.push(b',');
}
