//! Tokens with a tag each: CoNLL, BIO and their kin, one token a line.
//!
//! There is no specification but that of the shared task of 2003 and of CoNLL-U; the rest is habit.
//! What stands here was learned from what spaCy 3.8, seqeval 1.2.2, doccano 1.8.4, Label Studio 1.23
//! and azureml-automl-dnn-nlp 1.62 write and read.
//!
//! # A file
//!
//! ```text
//! Ada B-Person
//! Byron I-Person
//! met O
//! 東京 B-City
//!
//! Nobody O
//! ```
//!
//! - A line is a token and what is said of it, in columns parted by blanks or, where there is a tab, by
//!   tabs. The token comes first and the tag last. In a file of two columns the tag is the rest of
//!   the line, so that names of labels may have blanks. CoNLL-U has ten columns, the token in the
//!   second, and the tag in the last (`ner=B-PER`).
//! - Tags are `O`, and `B-`, `I-` (also `E-`, `S-`, `L-`, `U-`) with the name of a label: IOB1, IOB2,
//!   IOE, BIOES and BILOU are told by what stands together in a document. A name without a prefix is
//!   a tag too.
//! - A document ends at a blank line; where the file begins with `-DOCSTART-` or `# newdoc`, at the
//!   next of these, and blank lines end sentences. `--document-break` says it otherwise.
//! - `#` begins a comment before the first token of a sentence, unless the line is a row. `# id = …`
//!   and `# newdoc id = …` name the document, `# text = …` gives the text of the sentence.
//! - A file called `train`, `test` or `dev` (or with that at an end of its name) gives its documents
//!   that set.
//!
//! # The text
//!
//! It is not there. With `--texts` it is looked for: a text that differs from the tokens in nothing but
//! white space (and in a few spellings of tokenizers) is the one, and every label gets its place in
//! it. Otherwise tokens with one blank between each two stand for it, with LF between sentences; it
//! is said that they do (`text-rebuilt`). There are no offsets, so there is no unit.
//!
//! # Bytes
//!
//! Read are UTF-8 with and without a byte-order mark, LF and CR LF. Written are UTF-8 and LF, tags in
//! IOB2, in one of three profiles: see [`ConllProfile`](crate::formats::ConllProfile).

mod blocks;
mod detect;
mod keep;
mod lines;
mod reader;
mod rows;
mod wire;
mod writer;

use std::io::Read;

use super::ledger::{LedgerEntry, LedgerHead};
use super::{
    ConllProfile, Context, DocumentBreak, Format, Head, Header, Info, Layout, LedgerFacts,
    LedgerSource, Match, NewCorpus, Place, Plan, Reading, Record, TextPlace, Told, UnitRule,
    Writer,
};
use crate::alignment::AlignedDocument;
use crate::diagnostics::Issue;
use crate::json::cut::{Cut, Outline, Sizes};
use crate::json::{Locator, Pointer};
use crate::model::{At, Document, Kind, Project};
use crate::text::squeezed::squeezed;

/// The format.
pub struct Conll;

static INFO: Info = Info {
    name: "conll",
    title: "CoNLL",
    extensions: &["conll", "conllu", "iob", "bio", "iob2"],
    layout: Layout::BLOCKS,
    unit: UnitRule::None,
    texts: TextPlace::Tokens,
    declares: false,
    splits: false,
    file_splits: true,
    kinds: &[Kind::EntityRecognition],
    keys: &[],
    private: &[],
};

impl Format for Conll {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn detect(&self, head: &Head<'_>) -> Match {
        if detect::is_json(head.text) {
            return Match::No;
        }
        // Before a table, which may have such cells in its last column.
        detect::sign(head.text).map_or(Match::No, |sign| Match::Fits(9, sign))
    }

    fn may_be(&self, head: &[u8]) -> bool {
        let head = String::from_utf8_lossy(head.trim_ascii_start());
        !head.starts_with('{') || !detect::is_json(&head)
    }

    fn can_follow(&self, first: &[u8], later: &[u8], told: &Told) -> bool {
        match told.document_break {
            Some(DocumentBreak::File) => false,
            Some(DocumentBreak::Blank | DocumentBreak::Docstart) => true,
            None => lines::first_mark(first) == lines::first_mark(later),
        }
    }

    fn cutter<'a>(&self, input: Box<dyn Read + Send + 'a>, sizes: Sizes) -> Box<dyn Cut + 'a> {
        Box::new(blocks::Blocks::new(input, sizes, None))
    }

    fn cutter_as_told<'a>(
        &self,
        input: Box<dyn Read + Send + 'a>,
        sizes: Sizes,
        told: &Told,
    ) -> Box<dyn Cut + 'a> {
        Box::new(blocks::Blocks::new(input, sizes, told.document_break))
    }

    fn content(&self, record: &str) -> Option<String> {
        let is_marked = record
            .lines()
            .any(|line| lines::is_docstart(line.as_bytes()));
        let block = rows::block(record)
            .ok()
            .filter(|block| block.name.is_none() && !is_marked)?;
        let tokens: String = block.words.iter().map(|word| word.token).collect();
        Some(squeezed(&tokens))
    }

    fn header(&self, outline: &Outline) -> Header {
        let mut header = Header::default();
        if outline.byte_order_mark {
            let place = super::byte_order_mark();
            header.issues.push((Issue::ByteOrderMark, Some(place)));
        }
        header
    }

    fn read<'a>(&self, record: Record<'a>, context: Context<'_>) -> Reading<'a> {
        reader::read(record, context)
    }

    fn record_pointer(&self, _project: &Project, _index: u64) -> Option<Pointer> {
        None
    }

    fn place(
        &self,
        _project: &Project,
        (document, locator): (&Document<'_>, &Locator<'_>),
        at: At,
    ) -> Place {
        Place::Bytes(reader::place(document, locator, at))
    }

    fn ledger(&self) -> Option<&dyn LedgerSource> {
        Some(self)
    }

    fn sorts_spans(&self) -> bool {
        true
    }

    fn complete(&self, _plan: &mut Plan, _source: &Project, _stem: &str) {}

    fn writer(&self, plan: Plan) -> Box<dyn Writer> {
        Box::new(writer::ConllWriter::new(plan))
    }

    fn next_step(&self, new: &NewCorpus<'_>) -> Option<String> {
        let path = new.path;
        Some(match new.wishes.conll_profile {
            ConllProfile::Aml => format!(
                "give {path} to AutoML as its training or validation data, or to spaCy with `spacy convert -c \
                 ner`; keep the texts, since it has none"
            ),
            ConllProfile::Doccano => {
                format!("import {path} into doccano as CoNLL; keep the texts, since it has none")
            }
            ConllProfile::Conll2003 => format!(
                "give {path} to spaCy with `spacy convert -c ner`, or to what else reads four columns (AutoML \
                 of Azure ML does not); keep the texts, since it has none"
            ),
        })
    }
}

impl LedgerSource for Conll {
    fn head(&self, _facts: LedgerFacts<'_>, _head: &mut LedgerHead) {}

    fn may_head(&self, head: &LedgerHead) -> bool {
        head.project.is_none() && head.undeclared.is_empty() && head.datastore.is_none()
    }

    fn may_note(&self, entry: &LedgerEntry) -> bool {
        keep::may_note(entry)
    }

    fn entries(
        &self,
        _project: &Project,
        aligned: &AlignedDocument<'_>,
        name: &str,
        _head: &LedgerHead,
        out: &mut Vec<LedgerEntry>,
    ) {
        keep::entries(aligned, name, out);
    }
}
