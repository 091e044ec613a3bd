//! Writes records of tokens: `{"id":"0","tokens":["Ada"],"ner_tags":["B-Person"],"name":"1.txt"}`.
//!
//! Tags are strings in IOB2, so that no names of labels have to stand elsewhere.

use std::borrow::Cow;

use super::wire::{TAGS, TOKENS};
use crate::alignment::{AlignedDocument, align};
use crate::formats::inline_keep::{Kept, TEXT};
use crate::formats::tokenize::{Placed, Tokenizer, by_tokens, placed, tagged};
use crate::formats::write::string;
use crate::json::Node;
use crate::text::Text;

/// A tag: the name of a label and whether its token is the first of that; nothing outside of labels.
type Tag<'l> = Option<(&'l str, bool)>;

/// The tokens that a ledger keeps of a record; none where it was no record of tokens.
pub(super) fn tokens_of<'e>(kept: &Kept<'e>) -> Vec<Cow<'e, str>> {
    let is_tags = kept.list().is_some_and(|key| TAGS.contains(&&*key));
    let list = kept.member(TOKENS).filter(|_| is_tags);
    list.map(words).unwrap_or_default()
}

/// Writes the members of a record, with the tokens that it had before, if it had some.
pub(super) fn record(
    aligned: &AlignedDocument<'_>,
    text: &Text<'_>,
    (kept, old): (&Kept<'_>, &[Cow<'_, str>]),
    name: &str,
    out: &mut Vec<u8>,
) {
    let is_new = old.is_empty();
    if is_new {
        member("id", out);
        string(name, out);
        out.push(b',');
    }
    let labels = placed(aligned, text, spelled);
    let (words, tags): (Vec<Cow<'_, str>>, Vec<Tag<'_>>) = retagged(text.as_str(), old, &labels)
        .unwrap_or_else(|| {
            let tokens = tagged(text.as_str(), &labels, Tokenizer::Words);
            let word = |range| Cow::Borrowed(text.as_str().get(range).unwrap_or_default());
            tokens
                .into_iter()
                .map(|(range, tag)| (word(range), tag))
                .unzip()
        });
    member(TOKENS, out);
    list(words.iter(), |word, out| string(word, out), out);
    out.push(b',');
    let key = kept.list().filter(|key| TAGS.contains(&&**key));
    member(key.as_deref().unwrap_or(TAGS[0]), out);
    match kept.same_labels(aligned) {
        // They may be numbers, or of another scheme.
        Some(value) if words.len() == old.len() => out.extend_from_slice(value.get().as_bytes()),
        _ => list(tags.iter(), |tag, out| string(&written(**tag), out), out),
    }
    kept.name(out);
    if let Some(text) = kept.member(TEXT) {
        out.push(b',');
        member(TEXT, out);
        out.extend_from_slice(text.get().as_bytes());
    }
    kept.members(if is_new { &["id", TOKENS] } else { &[TOKENS] }, out);
}

/// The name of a label as a tag can hold it: any but none at all.
pub(super) fn spelled(name: &str) -> Cow<'_, str> {
    Cow::Borrowed(if name.is_empty() { "_" } else { name })
}

/// Tokens that the text was cut into before, with the labels that it has now; nothing where they are
/// not those of the text, or a label ends within one.
fn retagged<'l>(
    text: &str,
    words: &[Cow<'l, str>],
    labels: &'l [Placed<'_>],
) -> Option<(Vec<Cow<'l, str>>, Vec<Tag<'l>>)> {
    if words.is_empty() {
        return None;
    }
    let places = align(text, words.iter().map(|word| &**word)).ok()?;
    let mut tags: Vec<Tag<'l>> = vec![None; words.len()];
    for (covered, name) in by_tokens(&places, labels)? {
        for (index, tag) in tags.get_mut(covered)?.iter_mut().enumerate() {
            *tag = Some((name, index == 0));
        }
    }
    Some((words.to_vec(), tags))
}

/// The strings of a list.
fn words(list: &serde_json::value::RawValue) -> Vec<Cow<'_, str>> {
    let items = Node::parse(list.get()).map(Node::items).unwrap_or_default();
    let words = items.into_iter().map(|item| item.string()?.ok());
    words.collect::<Option<_>>().unwrap_or_default()
}

/// A tag as it is written.
fn written(tag: Tag<'_>) -> Cow<'static, str> {
    match tag {
        Some((name, true)) => format!("B-{name}").into(),
        Some((name, false)) => format!("I-{name}").into(),
        None => "O".into(),
    }
}

fn member(key: &str, out: &mut Vec<u8>) {
    string(key, out);
    out.push(b':');
}

fn list<T>(
    items: impl Iterator<Item = T>,
    mut one: impl FnMut(&T, &mut Vec<u8>),
    out: &mut Vec<u8>,
) {
    let mut separator = b'[';
    for item in items {
        out.push(separator);
        separator = b',';
        one(&item, out);
    }
    out.extend_from_slice(if separator == b'[' { b"[]" } else { b"]" });
}
