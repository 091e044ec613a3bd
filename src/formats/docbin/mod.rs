//! `DocBin`: documents of spaCy in one binary file, what `spacy train` learns from. Written only.
//!
//! What stands here was learned from spaCy 3.8.18, which was run, and from its source
//! (explosion/spaCy, f69c32f7, `spacy/tokens/_serialize.py` and `spacy/strings.pyx`).
//!
//! # A file
//!
//! One zlib stream of one `MessagePack` map:
//!
//! | key | value |
//! |---|---|
//! | `version` | `"0.1"` |
//! | `attrs` | what is told of a token, by numbers: 65 its text, 77 where it stands in an entity, 78 the entity's label |
//! | `tokens` | these numbers, 64 bits each, little-endian: a row a token, all documents after each other |
//! | `spaces` | a byte a token: 1 where a blank follows it |
//! | `lengths` | 32 bits each, little-endian: how many tokens each document has |
//! | `strings` | all texts of tokens and all labels, sorted |
//! | `cats` | a map for each document: a number for each class |
//! | `flags` | a map for each document: whether the blanks are known |
//! | `span_groups` | bytes for each document; none where it has no groups |
//!
//! - A string is told by its hash, `MurmurHash64A` of its UTF-8 with the seed 1; the empty one by 0. The
//!   456 names of spaCy's own (`PERSON`, `DATE`, `nsubj`, …) are told by their number instead.
//! - Where a token stands in an entity: 1 inside, 2 outside, 3 at its beginning, and 0 where nobody
//!   has said it. A text that was not labeled has 0 everywhere.
//! - A text is its tokens, with a blank behind those that have one. So any text can be cut at the
//!   edges of its labels, and no label is lost in the file. In training spaCy lays these tokens
//!   over those of its own tokenizer, and passes over labels whose edges lie inside one of them.
//! - Entities cannot overlap. Nothing says what a document is called; the set that it belongs to
//!   is the file that it stands in.

mod detect;
mod file;
mod hash;
mod spool;
mod tokens;
mod wire;
mod writer;

use std::io::Read;

use super::{
    Context, Format, Head, Header, Info, Layout, Match, NewCorpus, Place, Plan, Reading, Record,
    RecordForm, TextPlace, UnitRule, Writer,
};
use crate::diagnostics::{Issue, Located, Looks};
use crate::json::cut::{Cut, Lines, Outline, Sizes};
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project};
use crate::text::Unit;

/// The format.
pub struct Docbin;

static INFO: Info = Info {
    name: "docbin",
    title: "spaCy's DocBin",
    extensions: &["spacy"],
    layout: Layout {
        has_header: false,
        is_lines: false,
        joins: false,
        folder: None,
    },
    unit: UnitRule::Fixed(Unit::Utf8),
    texts: TextPlace::Inline,
    declares: false,
    splits: false,
    file_splits: false,
    kinds: &[
        Kind::EntityRecognition,
        Kind::SingleLabelClassification,
        Kind::MultiLabelClassification,
    ],
    keys: &[],
    private: &[],
};

impl Format for Docbin {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, _head: &Head<'_>) -> Match {
        Match::No
    }

    fn detect_bytes(&self, head: &[u8]) -> Option<Looks> {
        detect::is_docbin(head).then_some(Looks::DocBin)
    }

    fn may_be(&self, _head: &[u8]) -> bool {
        false
    }

    fn is_read(&self) -> bool {
        false
    }

    fn has_names(&self) -> bool {
        false
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(Lines::new(input, sizes))
    }

    fn header(&self, _outline: &Outline) -> Header {
        Header::default()
    }

    fn read<'a>(&self, record: Record<'a>, _context: Context<'_>) -> Reading<'a> {
        Reading {
            document: None,
            form: RecordForm::Unreadable,
            issues: vec![Located {
                issue: Issue::NotALabelFile(Looks::DocBin),
                pointer: Pointer::root(),
                bytes: 0..record.text.len(),
            }],
            edits: Vec::new(),
        }
    }

    fn record_pointer(&self, _project: &Project, _index: u64) -> Option<Pointer> {
        None
    }

    fn place(
        &self,
        _project: &Project,
        (document, _): (&Document<'_>, &Locator<'_>),
        _at: At,
    ) -> Place {
        Place::Bytes(0..document.source.len())
    }

    fn complete(&self, _plan: &mut Plan, _source: &Project, _stem: &str) {}

    fn lists_labels(&self) -> bool {
        true
    }

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::DocbinWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        let task = match new.kind {
            Some(Kind::SingleLabelClassification) => "textcat",
            Some(Kind::MultiLabelClassification) => "textcat_multilabel",
            _ => "ner",
        };
        Some(format!(
            "`python -m spacy init config config.cfg --lang en --pipeline {task}`, then `python -m spacy \
             train config.cfg --paths.train {} --paths.dev DEV.spacy --output model` (`--split-by \
             dataset` writes a file for each set)",
            new.path
        ))
    }
}
