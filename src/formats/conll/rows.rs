//! The rows of a document as tokens with tags, whatever the columns are.

use std::ops::Range;

use super::lines::{Line, Row, lines, name_in};
use super::wire::{KEYS, UNIVERSAL};
use crate::diagnostics::{Issue, count};
use crate::formats::tags;

/// The document that the rows of a record are of.
#[derive(Debug, Default)]
pub(super) struct Block<'a> {
    /// The name that a comment gives it.
    pub(super) name: Option<&'a str>,
    /// The place of that comment's sureness, of the names that comments may give.
    sureness: usize,
    pub(super) words: Vec<Word<'a>>,
    /// Its sentences: the first word of each, and the text that a comment gives it.
    pub(super) sentences: Vec<(usize, Option<&'a str>)>,
    /// Whether there are columns beside those of token and tag.
    pub(super) has_columns: bool,
    /// Whether the rows are those of CoNLL-U, whose tags are no column of their own.
    pub(super) is_universal: bool,
}

/// A token and its tag.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) token: &'a str,
    /// The bytes of the token in the record.
    pub(super) source: Range<usize>,
    pub(super) tag: &'a str,
    /// The bytes of the tag in the record.
    pub(super) tagged: Range<usize>,
}

/// An issue and its bytes in the record.
pub(super) type Noted = (Issue, Range<usize>);

/// The words of a record. Where a row has no token or no tag, nothing is known of the document.
pub(super) fn block(record: &str) -> Result<Block<'_>, Vec<Noted>> {
    let mut block = Block {
        sureness: usize::MAX,
        ..Block::default()
    };
    let (mut rows, mut text, mut is_new) = (Vec::new(), None, true);
    for line in lines(record) {
        match line {
            Line::Blank | Line::Docstart => {
                is_new = true;
                text = None;
            }
            Line::Comment(key, value) => {
                if key.eq_ignore_ascii_case("text") {
                    text = Some(value);
                }
                if let Some(sureness) = name_in(key).filter(|sureness| *sureness < block.sureness)
                    && !value.is_empty()
                {
                    (block.name, block.sureness) = (Some(value), sureness);
                }
            }
            Line::Row(row) => {
                if std::mem::take(&mut is_new) {
                    block.sentences.push((rows.len(), text.take()));
                }
                rows.push(row);
            }
        }
    }
    if is_universal(&rows) {
        (block.has_columns, block.is_universal) = (true, true);
        universal(&rows, &mut block);
        pass_mark(&mut block);
        return Ok(block);
    }
    let column = tag_column(&rows)?;
    block.has_columns = column > 1;
    block.words = rows.iter().map(|row| word(row, column)).collect();
    pass_mark(&mut block);
    let nameless = |word: &&Word<'_>| word.tag.len() == 2 && word.tag.ends_with('-');
    let nameless: Vec<Noted> = block.words.iter().filter(nameless).map(no_name).collect();
    if nameless.is_empty() {
        Ok(block)
    } else {
        Err(nameless)
    }
}

/// Takes a byte-order mark off the first token: a text begins behind it.
fn pass_mark(block: &mut Block<'_>) {
    if let Some(first) = block.words.first_mut() {
        first.token = first.token.strip_prefix('\u{feff}').unwrap_or(first.token);
    }
}

fn word<'a>(row: &Row<'a>, column: usize) -> Word<'a> {
    Word {
        token: row.column(0),
        source: row.bytes_of(0),
        tag: row.rest(column),
        tagged: row.bytes_from(column),
    }
}

fn no_name(word: &Word<'_>) -> Noted {
    let issue = Issue::WrongType {
        name: "the tag".to_owned(),
        expected: "the name of a label behind the prefix",
        found: format!("`{}`", word.tag),
        readable: false,
    };
    (issue, word.tagged.clone())
}

/// The column of the tags. It is the last one; but where a name has blanks, its tag is the rest of
/// the line.
fn tag_column(rows: &[Row<'_>]) -> Result<usize, Vec<Noted>> {
    let counts = || rows.iter().map(|row| row.columns.len());
    let (least, most) = (counts().min().unwrap_or(2), counts().max().unwrap_or(2));
    let fits = |column: usize| rows.iter().all(|row| tags::is_tag(row.rest(column)));
    if least == most && least >= 2 {
        let column = least - 1;
        let is_named = !fits(column) && column > 1 && fits(1);
        return Ok(if is_named { 1 } else { column });
    }
    if least >= 2 && fits(least - 1) {
        return Ok(least - 1);
    }
    // Of two counts that occur alike the larger is meant: something is missing in the others.
    let often = |number: usize| counts().filter(|count| *count == number).count();
    let usual = (2..=most)
        .max_by_key(|number| (often(*number), *number))
        .unwrap_or(2);
    let odd = rows.iter().filter(|row| row.columns.len() != usual);
    Err(odd.map(|row| ragged(row, usual)).collect())
}

fn ragged(row: &Row<'_>, usual: usize) -> Noted {
    let found = row.columns.len();
    let issue = Issue::WrongType {
        name: "the row".to_owned(),
        expected: if found < 2 {
            "a token and its tag"
        } else {
            "as many columns as the rows around it"
        },
        found: format!(
            "{} where {} usual",
            count(found as u64, "column"),
            if usual == 1 {
                "1 is".to_owned()
            } else {
                format!("{usual} are")
            },
        ),
        readable: false,
    };
    (issue, row.bytes())
}

/// Whether rows are those of CoNLL-U: ten columns, the first of which is a number or two.
fn is_universal(rows: &[Row<'_>]) -> bool {
    let is_number = |char: char| char.is_ascii_digit() || matches!(char, '-' | '.');
    let is = |row: &Row<'_>| {
        row.columns.len() == UNIVERSAL
            && row.line.contains('\t')
            && row
                .column(0)
                .starts_with(|char: char| char.is_ascii_digit())
            && row.column(0).chars().all(is_number)
    };
    !rows.is_empty() && rows.iter().all(is)
}

/// Reads rows of CoNLL-U. Words that are written as one, such as `3-4 didn't`, are taken apart where
/// they make up what is written, and are one token otherwise.
fn universal<'a>(rows: &[Row<'a>], block: &mut Block<'a>) {
    let starts: Vec<usize> = block.sentences.iter().map(|(first, _)| *first).collect();
    let mut sentence = 0;
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        while starts.get(sentence).is_some_and(|start| *start <= at) {
            block.sentences[sentence].0 = block.words.len();
            sentence += 1;
        }
        at += 1;
        let number = row.column(0);
        if number.contains('.') {
            continue;
        }
        let Some((from, to)) = number.split_once('-') else {
            block.words.push(universal_word(row));
            continue;
        };
        let span = from.parse().ok().zip(to.parse().ok());
        let (from, to): (usize, usize) = span.unwrap_or((1, 0));
        let parts = (to + 1).saturating_sub(from);
        let parts: Vec<Word<'a>> = rows
            .iter()
            .skip(at)
            .take(parts)
            .map(universal_word)
            .collect();
        let spelled: String = parts.iter().map(|part| part.token).collect();
        if spelled == row.column(1) {
            continue;
        }
        at += parts.len();
        let tagged = parts
            .iter()
            .find(|part| tags::of(part.tag) != tags::Tag::Outside);
        let whole = universal_word(row);
        block.words.push(match tagged {
            Some(part) => Word {
                tag: part.tag,
                tagged: part.tagged.clone(),
                ..whole
            },
            None => whole,
        });
    }
}

fn universal_word<'a>(row: &Row<'a>) -> Word<'a> {
    let last = row.column(UNIVERSAL - 1);
    let tag_of = |part: &'a str| {
        let (key, tag) = part.split_once('=')?;
        let is_key = KEYS.iter().any(|known| known.eq_ignore_ascii_case(key));
        (is_key && tags::is_tag(tag)).then_some(tag)
    };
    let named = last.split('|').find_map(tag_of);
    let bare = last.split('|').find(|part| tags::has_prefix(part));
    Word {
        token: row.column(1),
        source: row.bytes_of(1),
        tag: named.or(bare).unwrap_or("O"),
        tagged: row.bytes_of(UNIVERSAL - 1),
    }
}
