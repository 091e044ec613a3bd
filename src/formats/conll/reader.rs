//! Reads documents.

use std::borrow::Cow;
use std::ops::Range;

use super::rows::{Block, block};
use crate::alignment::align;
use crate::diagnostics::{Issue, Located, TagFault};
use crate::formats::names::address;
use crate::formats::tags::{self, Entity, Tag};
use crate::formats::{Context, Reading, Record, RecordForm};
use crate::json::{Locator, Pointer};
use crate::model::{
    At, Body, Document, Extras, Foreign, Kind, Labels, Notation, TokenPlace, Tokens,
};

/// Reads a document.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Reading<'a> {
    let noted = |(issue, bytes): (Issue, Range<usize>)| Located {
        issue,
        pointer: Pointer::root(),
        bytes,
    };
    let unread = |issues| Reading {
        document: None,
        form: RecordForm::Unreadable,
        issues,
        edits: Vec::new(),
    };
    let block = match block(record.text) {
        Ok(block) => block,
        Err(faults) => return unread(faults.into_iter().map(noted).collect()),
    };
    if block.words.is_empty() {
        return unread(Vec::new());
    }
    let (entities, faults) = entities(&block);
    let faults = faults.into_iter().map(|(index, fault)| {
        let word = &block.words[index];
        let tag = word.tag.to_owned();
        noted((Issue::TagScheme { tag, fault }, word.tagged.clone()))
    });
    let issues: Vec<Located> = faults.collect();
    let tokens = tokens(&block);
    let labels = tags::labels(entities, &tokens);
    let mut lost = vec![(Foreign::Tokens, 1)];
    if block.has_columns {
        lost.push((Foreign::TokenColumn, 1));
    }
    let stem = context.stem(&record);
    let name = Cow::Borrowed(block.name.unwrap_or_default());
    let document = Document {
        index: record.index,
        start: record.start,
        source: record.text,
        address: address(name, record.in_file.1, stem),
        body: Body::Tokens(tokens),
        language: None,
        split: None,
        labels: Labels::entities(labels, None),
        notation: Notation::Plain,
        extras: Extras {
            lost,
            ..Extras::default()
        },
        unreadable: 0,
    };
    Reading {
        document: Some(document),
        form: RecordForm::Kind(Kind::EntityRecognition),
        issues,
        edits: Vec::new(),
    }
}

/// The labels of a document by its words, and what is wrong with tags, by the word.
pub(super) fn entities<'a>(block: &Block<'a>) -> (Vec<Entity<'a>>, Vec<(usize, TagFault)>) {
    let tags: Vec<Tag<'a>> = block.words.iter().map(|word| tags::of(word.tag)).collect();
    let borders: Vec<usize> = block.sentences.iter().map(|(first, _)| *first).collect();
    tags::entities(&tags, &borders)
}

/// The words as a text: with one blank between each two, and LF between sentences; or, where comments
/// give the texts of sentences and the words stand in them, these.
fn tokens(block: &Block<'_>) -> Tokens {
    let mut tokens = Tokens {
        is_stated: true,
        is_named: block.name.is_some(),
        ..Tokens::default()
    };
    let ends = block.sentences.iter().skip(1).map(|(first, _)| *first);
    let ends = ends.chain([block.words.len()]);
    for ((first, stated), end) in block.sentences.iter().zip(ends) {
        let words = block.words.get(*first..end).unwrap_or_default();
        if !tokens.text.is_empty() {
            tokens.text.push('\n');
        }
        let from = tokens.text.len();
        let places = stated.and_then(|text| align(text, words.iter().map(|word| word.token)).ok());
        let mut add = |place: Range<usize>, source: &Range<usize>| {
            tokens.places.push(TokenPlace {
                text: from + place.start..from + place.end,
                source: source.clone(),
            });
        };
        if let (Some(text), Some(places)) = (stated, places) {
            for (place, word) in places.into_iter().zip(words) {
                add(place, &word.source);
            }
            tokens.text.push_str(text);
            continue;
        }
        let mut at = 0;
        let mut sentence = String::new();
        for word in words {
            if at > 0 {
                sentence.push(' ');
                at += 1;
            }
            add(at..at + word.token.len(), &word.source);
            sentence.push_str(word.token);
            at += word.token.len();
        }
        tokens.text.push_str(&sentence);
        tokens.is_stated = false;
    }
    tokens
}

/// The bytes of what may be named in a record.
#[derive(Default)]
struct Places {
    /// Its first row.
    first: Option<Range<usize>>,
    /// The rows of each label.
    labels: Vec<Option<Range<usize>>>,
}

impl Places {
    fn of(record: &str) -> Self {
        let Ok(block) = block(record) else {
            return Self::default();
        };
        let rows = |words: Range<usize>| {
            let words = block.words.get(words)?;
            Some(words.first()?.source.start..words.last()?.tagged.end)
        };
        let (entities, _) = entities(&block);
        Self {
            first: rows(0..1),
            labels: entities.iter().map(|it| rows(it.tokens.clone())).collect(),
        }
    }
}

/// The bytes of a place in a record.
pub(super) fn place(document: &Document<'_>, locator: &Locator<'_>, at: At) -> Range<usize> {
    let places = locator.once(|| Places::of(document.source));
    let found = match at {
        At::Label(index) => {
            let index = document.spans().get(index).map(|label| label.index);
            index.and_then(|index| places.labels.get(index)?.clone())
        }
        _ => places.first.clone(),
    };
    found.unwrap_or(0..document.source.len())
}
