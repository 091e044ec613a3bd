//! Reads a task that is exactly as Label Studio exports it, or as labelwright writes it.

use std::borrow::Cow;
use std::ops::Range;

use super::super::data::{Data, name_of, split};
use super::super::issues::ACCOUNT;
use super::super::made::Made;
use super::super::region::is_silent;
use super::super::wire::{COLUMNS, LANGUAGE, NAMES, RegionType, SETS, TEXT};
use crate::diagnostics::Located;
use crate::formats::{Context, Reading, Record};
use crate::json::{Cursor, Pointer, once};
use crate::model::{Class, Foreign, Label};
use crate::text::Span;

/// A piece of the record as it is spelled.
type Raw<'a> = &'a str;

/// Reads a task; nothing where there is something to say of it but that it names an account.
pub(super) fn read<'a>(record: Record<'a>, context: Context<'_>) -> Option<Reading<'a>> {
    let told = context.told;
    if told.text_key.is_some() || told.name_key.is_some() {
        return None;
    }
    let mut cursor = Cursor::new(record.text);
    let (mut data, mut annotation, mut id) = (None, None, None);
    let (mut predictions, mut others) = (None, Keys::default());
    cursor.object(|cursor, key| match key {
        "data" => once(&mut data, read_data(cursor)?),
        "annotations" => once(&mut annotation, read_annotations(cursor)?),
        "predictions" => {
            // Where there are some, they are looked through for what they are of.
            cursor.array(|_| None)?;
            once(&mut predictions, ())
        }
        "completions" | "annotation_id" => None,
        "id" => {
            others.add(key)?;
            once(&mut id, cursor.raw(skip)?)
        }
        _ => {
            others.add(key)?;
            skip(cursor)
        }
    })?;
    cursor.end()?;
    if annotation.is_none() && others.0.len() > usize::from(id.is_some()) {
        // One of the others may have been meant to be it.
        return None;
    }
    let (members, text_bytes) = data?;
    let data = members.data(record, &text_bytes)?;
    let mut made = Made::new(record, context, data.text.clone());
    let mut issues = Vec::new();
    made.unlabeled = true;
    if let Some(Some(annotation)) = annotation {
        made.unlabeled = false;
        annotation.into_made(record, context, &mut made, &mut issues)?;
    }
    let others = others.0.len() as u64;
    made.lost.push((Foreign::Bookkeeping, others));
    let name = name_of(&data.name, id);
    let (document, form) = made.document(name, data, &mut issues)?;
    Some(Reading {
        document: Some(document),
        form,
        issues,
        edits: Vec::new(),
    })
}

/// The keys of an object that were met. One that stands twice needs care.
#[derive(Default)]
struct Keys<'a>(Vec<&'a str>);

impl<'a> Keys<'a> {
    fn add(&mut self, key: &'a str) -> Option<()> {
        let is_new = !self.0.contains(&key);
        self.0.push(key);
        is_new.then_some(())
    }
}

/// Passes a plain value, or an array of such, or an empty object. What is more than that may have a
/// key that stands twice.
fn skip(cursor: &mut Cursor<'_>) -> Option<()> {
    match cursor.peek()? {
        b'{' => cursor.object(|_, _| None),
        b'[' => cursor.array(skip_plain),
        _ => skip_plain(cursor),
    }
}

fn skip_plain(cursor: &mut Cursor<'_>) -> Option<()> {
    match cursor.peek()? {
        b'"' => cursor.string().map(|_| ()),
        b't' => cursor.pass(b"true"),
        b'f' => cursor.pass(b"false"),
        b'n' => cursor.pass(b"null"),
        _ => cursor.number().map(|_| ()),
    }
}

/// The members of `data`: the strings with their values.
struct Members<'a> {
    text: Cow<'a, str>,
    strings: Vec<(&'a str, Cow<'a, str>)>,
    /// Members that are no strings and not null.
    others: u64,
}

fn read_data<'a>(cursor: &mut Cursor<'a>) -> Option<(Members<'a>, Raw<'a>)> {
    let (mut text, mut spelled) = (None, None);
    let (mut keys, mut strings, mut others) = (Keys::default(), Vec::new(), 0);
    cursor.object(|cursor, key| {
        keys.add(key)?;
        if key == TEXT {
            // The value is read where it stands, and its place is kept.
            let mut value = None;
            spelled = Some(cursor.raw(|cursor| once(&mut value, cursor.string()?))?);
            text = value;
            return Some(());
        }
        match cursor.peek()? {
            b'"' => strings.push((key, cursor.string()?)),
            b'n' => cursor.pass(b"null")?,
            _ => {
                skip(cursor)?;
                others += 1;
            }
        }
        Some(())
    })?;
    let members = Members {
        text: text?,
        strings,
        others,
    };
    Some((members, spelled?))
}

impl<'a> Members<'a> {
    /// What the careful reader makes of them.
    fn data(self, record: Record<'a>, spelled: &str) -> Option<Data<'a>> {
        let find = |names: &[&str]| {
            let mut names = names.iter();
            names.find_map(|name| self.strings.iter().find(|(key, _)| key == name))
        };
        let (name, language, set) = (find(&NAMES), find(&[LANGUAGE]), find(&SETS));
        let known = [name, language, set].into_iter().flatten().count();
        let value = |found: Option<&(&'a str, Cow<'a, str>)>| found.map(|(_, value)| value.clone());
        Some(Data {
            text_at: Pointer::root().key("data").key(TEXT),
            text_bytes: range(record, spelled)?,
            name: value(name).unwrap_or_default(),
            language: value(language).filter(|language| !language.is_empty()),
            split: value(set).and_then(split),
            unknown: self.others + (self.strings.len() - known) as u64,
            text: self.text,
        })
    }
}

/// The bytes of a piece of a record.
fn range(record: Record<'_>, piece: &str) -> Option<Range<usize>> {
    let start = (piece.as_ptr() as usize).checked_sub(record.text.as_ptr() as usize)?;
    Some(start..start + piece.len())
}

/// An annotation.
struct Annotation<'a> {
    regions: Vec<Region<'a>>,
    account: Option<Raw<'a>>,
    columns: Vec<(&'static str, Raw<'a>)>,
    others: u64,
}

/// The one annotation, if there is one.
fn read_annotations<'a>(cursor: &mut Cursor<'a>) -> Option<Option<Annotation<'a>>> {
    let mut found = None;
    cursor.array(|cursor| once(&mut found, read_annotation(cursor)?))?;
    Some(found)
}

fn read_annotation<'a>(cursor: &mut Cursor<'a>) -> Option<Annotation<'a>> {
    let (mut regions, mut keys) = (None, Keys::default());
    let mut columns = [None; COLUMNS.len()];
    let mut others = 0;
    cursor.object(|cursor, key| {
        keys.add(key)?;
        if key == "result" {
            let mut read = Vec::new();
            cursor.array(|cursor| {
                read.push(Region::read(cursor)?);
                Some(())
            })?;
            return once(&mut regions, read);
        }
        if let Some(column) = COLUMNS.iter().position(|column| *column == key) {
            columns[column] = Some(cursor.raw(skip_plain)?);
            return Some(());
        }
        others += 1;
        if key == "was_cancelled" {
            return cursor.pass(b"false");
        }
        skip(cursor)
    })?;
    let columns = COLUMNS.into_iter().zip(columns);
    let columns = columns.filter_map(|(name, raw)| Some((name, raw?)));
    let columns: Vec<_> = columns.filter(|(_, raw)| *raw != "null").collect();
    let account = columns.iter().find(|(name, _)| *name == COLUMNS[0]);
    Some(Annotation {
        regions: regions?,
        account: account.map(|(_, raw)| *raw),
        columns,
        others,
    })
}

impl<'a> Annotation<'a> {
    fn into_made(
        self,
        record: Record<'a>,
        context: Context<'_>,
        made: &mut Made<'a, '_>,
        issues: &mut Vec<Located>,
    ) -> Option<()> {
        let annotation = Pointer::root().key("annotations").item(0);
        if let Some(raw) = self.account {
            issues.push(Located {
                issue: ACCOUNT,
                pointer: annotation.key(COLUMNS[0]),
                bytes: range(record, raw)?,
            });
        }
        let result = annotation.key("result");
        made.extras.spans_at.push((0, result.clone()));
        made.spans.reserve(self.regions.len());
        for (number, region) in self.regions.into_iter().enumerate() {
            match region.kind {
                RegionType::Labels => {
                    let (start, end) = region.place?;
                    let unit = context.unit;
                    let span = Span { unit, start, end };
                    let covered = region.covered.filter(|covered| !is_silent(covered));
                    // One without a label is worth a word.
                    region.names.first()?;
                    made.has_spans = true;
                    for (index, category) in region.names.into_iter().enumerate() {
                        made.spans.push(Label {
                            category,
                            span,
                            region: number,
                            index,
                            covered: covered.clone(),
                        });
                    }
                }
                RegionType::Choices if region.has_start => {
                    made.lost.push((Foreign::Attribute, 1));
                }
                RegionType::Choices => {
                    let pointer = result.item(number).key("value").key("choices");
                    let first = made.classes.len();
                    made.extras.classes_at.push((first, pointer));
                    for (index, category) in region.names.into_iter().enumerate() {
                        made.classes.push(Class {
                            category,
                            index,
                            spelled: None,
                        });
                    }
                }
                RegionType::Relation => made.lost.push((Foreign::Relation, 1)),
                RegionType::Other => made.lost.push((Foreign::Attribute, 1)),
                RegionType::HyperText | RegionType::Media(_) => return None,
            }
        }
        made.columns = self.columns;
        made.lost.push((Foreign::Bookkeeping, self.others));
        Some(())
    }
}

/// A region.
struct Region<'a> {
    kind: RegionType,
    place: Option<(i64, i64)>,
    has_start: bool,
    covered: Option<Cow<'a, str>>,
    /// Its labels or choices.
    names: Vec<Cow<'a, str>>,
}

impl<'a> Region<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Option<Self> {
        let (mut kind, mut value, mut keys) = (None, None, Keys::default());
        let (mut from, mut to) = (false, false);
        cursor.object(|cursor, key| {
            keys.add(key)?;
            match key {
                "type" => {
                    kind = Some(RegionType::of(cursor.plain_string()?));
                    Some(())
                }
                "value" => once(&mut value, Value::read(cursor)?),
                _ => {
                    from |= key == "from_name";
                    to |= key == "to_name";
                    skip(cursor)
                }
            }
        })?;
        let kind = kind?;
        if matches!(kind, RegionType::Relation | RegionType::Other) {
            return Some(Self {
                kind,
                place: None,
                has_start: false,
                covered: None,
                names: Vec::new(),
            });
        }
        let value = value.filter(|_| from && to)?;
        let names = match kind {
            RegionType::Labels => value.labels?,
            RegionType::Choices if value.start.is_none() => value.choices?,
            _ => Vec::new(),
        };
        Some(Self {
            kind,
            place: value.start.zip(value.end),
            has_start: value.start.is_some(),
            covered: value.covered,
            names,
        })
    }
}

/// The value of a region.
#[derive(Default)]
struct Value<'a> {
    start: Option<i64>,
    end: Option<i64>,
    covered: Option<Cow<'a, str>>,
    labels: Option<Vec<Cow<'a, str>>>,
    choices: Option<Vec<Cow<'a, str>>>,
}

impl<'a> Value<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Option<Self> {
        let (mut value, mut keys) = (Self::default(), Keys::default());
        cursor.object(|cursor, key| {
            keys.add(key)?;
            match key {
                "start" => once(&mut value.start, cursor.integer()?),
                "end" => once(&mut value.end, cursor.integer()?),
                "text" if cursor.peek()? == b'"' => once(&mut value.covered, cursor.string()?),
                "labels" => once(&mut value.labels, names(cursor)?),
                "choices" => once(&mut value.choices, names(cursor)?),
                _ => skip(cursor),
            }
        })?;
        Some(value)
    }
}

/// The strings of an array.
fn names<'a>(cursor: &mut Cursor<'a>) -> Option<Vec<Cow<'a, str>>> {
    let mut names = Vec::with_capacity(1);
    cursor.array(|cursor| {
        names.push(cursor.string()?);
        Some(())
    })?;
    Some(names)
}
