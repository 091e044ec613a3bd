//! Records of tokens with a tag each.

use std::borrow::Cow;

use super::wire::{COLUMNS, MEMBERS, SPANS, TAGS, TOKENS};
use crate::alignment::align;
use crate::diagnostics::{Issue, Located, count};
use crate::formats::fields::{Field, Fields, array, located, string};
use crate::formats::inline::{heading, name_of, numbered};
use crate::formats::tags::{self, Tag};
use crate::formats::{Context, Record, RecordForm};
use crate::json::Kind;
use crate::model::{
    Body, Document, Extras, Foreign, Kind as Project, Label, Labels, TokenPlace, Tokens,
};

/// The members with tokens and with tags, where a record has both and its labels are no spans.
pub(super) fn of<'a>(line: &Fields<'a>) -> Option<(Field<'a>, Field<'a>)> {
    let list = |name: &&str| line.find(name).filter(|it| it.node.kind() == Kind::Array);
    let tokens = list(&TOKENS)?;
    let is_token = tokens
        .node
        .items()
        .first()
        .is_none_or(|it| it.kind() == Kind::String);
    let tags = TAGS.iter().find_map(list)?;
    let has_spans = SPANS
        .iter()
        .any(|name| *name != "ner" && list(&name).is_some());
    (is_token && !has_spans).then_some((tokens, tags))
}

/// Reads a record of tokens.
pub(super) fn read<'a>(
    line: &Fields<'a>,
    (tokens, tags): (&Field<'a>, &Field<'a>),
    record: &Record<'a>,
    context: &Context<'_>,
    issues: &mut Vec<Located>,
) -> (Document<'a>, RecordForm) {
    let mut frame = heading(line, record, context, issues);
    let told = [&context.told.text_key, &context.told.name_key];
    let told: Vec<&str> = told.into_iter().filter_map(|key| key.as_deref()).collect();
    let known: Vec<&'static str> = MEMBERS
        .iter()
        .chain(&TAGS)
        .chain(&COLUMNS)
        .copied()
        .chain([TOKENS])
        .collect();
    let unknown = frame.unused + line.unknown_beside(&known, &told, issues);
    let columns = COLUMNS.iter().any(|name| line.find(name).is_some());
    let mut lost = vec![(Foreign::Tokens, 1)];
    if columns {
        lost.push((Foreign::TokenColumn, 1));
    }
    let extras = Extras {
        unknown,
        lost,
        ..Extras::default()
    };
    let words = words(record.text, tokens, issues);
    let written = written(record.text, tags, context, issues);
    let body = words.as_ref().map(|words| {
        let name = name_of(line, context.told.name_key.as_deref());
        body(line, record.text, words, name.is_some())
    });
    let labels = match (&body, &words, written) {
        (Some(tokens), Some(words), Some(written)) if words.len() == written.len() => {
            labels(tokens, &written, record.text, tags, issues)
        }
        (_, Some(words), Some(written)) => {
            let issue = Issue::WrongType {
                name: format!("`{}`", tags.pointer.last()),
                expected: "a tag for each token",
                found: format!(
                    "{} for {}",
                    count(written.len() as u64, "tag"),
                    count(words.len() as u64, "token")
                ),
                readable: false,
            };
            issues.push(located(record.text, issue, tags));
            None
        }
        _ => None,
    };
    let unreadable = u64::from(labels.is_none());
    let labels = Labels::entities(labels.unwrap_or_default(), None);
    frame.text = Cow::Borrowed("");
    let mut document = frame.document(record, labels, extras, unreadable);
    document.body = Body::Tokens(body.unwrap_or_default());
    (document, RecordForm::Kind(Project::EntityRecognition))
}

/// A token and where it stands.
type Word<'a> = (Cow<'a, str>, Field<'a>);

/// The tokens; nothing, with a fact, where one is no string.
fn words<'a>(text: &str, field: &Field<'a>, issues: &mut Vec<Located>) -> Option<Vec<Word<'a>>> {
    let items = array(text, field, issues)?;
    let word = |item: Field<'a>| Some((string(text, &item, issues)?, item));
    items.into_iter().map(word).collect()
}

/// The tags as they are spelled, numbers by the names that the user gives; nothing, with a fact, where
/// one is neither.
fn written<'a>(
    text: &str,
    field: &Field<'a>,
    context: &Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<Vec<Word<'a>>> {
    let items = array(text, field, issues)?;
    let tag = |item: Field<'a>| {
        let tag = match item.node.kind() {
            Kind::Number => numbered(text, &item, context, issues)?,
            _ => string(text, &item, issues)?,
        };
        Some((tag, item))
    };
    items.into_iter().map(tag).collect()
}

/// The tokens with one blank between each two; or, where the record has a text that they stand in,
/// that text.
fn body(line: &Fields<'_>, record: &str, words: &[Word<'_>], is_named: bool) -> Tokens {
    let source = |field: &Field<'_>| {
        let start = field
            .node
            .raw()
            .as_ptr()
            .addr()
            .wrapping_sub(record.as_ptr().addr());
        start..start.wrapping_add(field.node.raw().len())
    };
    let stated = line
        .find("text")
        .and_then(|field| field.node.string()?.ok());
    let places = stated
        .as_deref()
        .map(|text| align(text, words.iter().map(|(word, _)| &**word)));
    let mut tokens = Tokens {
        is_named,
        ..Tokens::default()
    };
    if let (Some(text), Some(Ok(places))) = (stated, places) {
        tokens.is_stated = true;
        tokens.text = text.into_owned();
        let places = places.into_iter().zip(words);
        tokens.places = places
            .map(|(text, (_, field))| TokenPlace {
                text,
                source: source(field),
            })
            .collect();
        return tokens;
    }
    for (word, field) in words {
        if !tokens.text.is_empty() {
            tokens.text.push(' ');
        }
        let start = tokens.text.len();
        tokens.text.push_str(word);
        tokens.places.push(TokenPlace {
            text: start..tokens.text.len(),
            source: source(field),
        });
    }
    tokens
}

/// The labels that tags make.
fn labels<'a>(
    tokens: &Tokens,
    written: &[Word<'a>],
    text: &str,
    field: &Field<'a>,
    issues: &mut Vec<Located>,
) -> Option<Vec<Label<'a>>> {
    let nameless = written
        .iter()
        .find(|(tag, _)| tag.len() == 2 && tag.ends_with('-'));
    if let Some((tag, item)) = nameless {
        let issue = Issue::WrongType {
            name: format!("`{}`", field.pointer.last()),
            expected: "the name of a label behind each prefix",
            found: format!("`{tag}`"),
            readable: false,
        };
        issues.push(located(text, issue, item));
        return None;
    }
    let tags: Vec<Tag<'_>> = written.iter().map(|(tag, _)| tags::of(tag)).collect();
    let (entities, faults) = tags::entities(&tags, &[]);
    for (index, fault) in faults {
        if let Some((tag, item)) = written.get(index) {
            let tag = tag.to_string();
            issues.push(located(text, Issue::TagScheme { tag, fault }, item));
        }
    }
    let firsts: Vec<usize> = entities.iter().map(|one| one.tokens.start).collect();
    let labels = tags::labels(entities, tokens)
        .into_iter()
        .map(|label| Label {
            category: Cow::Owned(label.category.into_owned()),
            span: label.span,
            region: label.region,
            // The tag of its first token is its place.
            index: firsts.get(label.index).copied().unwrap_or(label.index),
            covered: label
                .covered
                .map(|covered| Cow::Owned(covered.into_owned())),
        });
    Some(labels.collect())
}
