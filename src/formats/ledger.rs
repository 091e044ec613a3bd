//! The ledger: facts that the target of a conversion cannot hold, kept beside it.
//!
//! It is JSONL. The first line is a [`LedgerHead`]; every other line is a [`LedgerEntry`], one fact of one
//! document. The format that a fact comes from both notes it and puts it back, so nobody else
//! needs to know what it means. Facts about labels name them by what they are in the target
//! ([`LabelKey`]), so that they apply only where the same label still stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::Told;
use crate::alignment::AlignedDocument;
use crate::json::Pointer;
use crate::model::{Document, Label};
use crate::text::Span;

/// The first line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerHead {
    /// The version of the ledger's form.
    pub ledger: u32,
    /// The version of the program that wrote it.
    pub tool: String,
    /// The format that the facts come from.
    pub from: String,
    /// The format that could not hold them.
    pub to: String,
    /// XXH3-64 of the file that it was written with, in 16 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What the source is labeled with, by the name that the kind has in a Language file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The unit of the offsets on the side that does not fix its own; where neither does, in the
    /// source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offsets: Option<String>,
    /// The unit of the offsets in the target, where neither side fixes its own and they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_offsets: Option<String>,
    /// The datastore of all URLs, where they share one and its folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub datastore: Option<String>,
    /// The folder of all URLs, without slashes at its ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// What the user said of the source, without which it is read otherwise.
    #[serde(default, skip_serializing_if = "Told::is_nothing")]
    pub told: Told,
    /// What stands once in the source, with an empty array of documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<Box<RawValue>>,
    /// Labels that the target spells otherwise: by their names there those in the source.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub label_names: BTreeMap<String, String>,
    /// Labels that documents use and the project does not declare; they stay so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undeclared: Vec<String>,
}

impl LedgerHead {
    /// The head of a ledger that keeps nothing but what was left out.
    #[must_use]
    pub fn bare(from: &str, to: &str) -> Self {
        Self {
            ledger: VERSION,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            product: None,
            kind: None,
            offsets: None,
            target_offsets: None,
            datastore: None,
            prefix: None,
            told: Told::default(),
            project: None,
            label_names: BTreeMap::new(),
            undeclared: Vec::new(),
        }
    }
}

/// The version of the ledger's form that is written and read.
pub const VERSION: u32 = 1;

/// One fact about one document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// The document, by the location that it has in a Language file.
    pub document: String,
    /// What sort of fact it is.
    pub fact: Sort,
    /// Its place in the source; in a JSONL file from the root of the line.
    pub pointer: Pointer,
    /// The value as the source spells it; absent where the fact is that there is none.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub value: Option<Box<RawValue>>,
    /// The labels that the fact is about, as they stand in the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<LabelKey>>,
    /// How many equal labels come before the one that the fact is about.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub nth: usize,
    /// Which of several documents of that name it is about; absent where there was only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurrence: Option<Occurrence>,
}

impl LedgerEntry {
    /// A fact without a value and without labels.
    #[must_use]
    pub fn new(document: &str, fact: Sort, pointer: Pointer) -> Self {
        Self {
            document: document.to_owned(),
            fact,
            pointer,
            value: None,
            labels: None,
            nth: 0,
            occurrence: None,
        }
    }

    /// How many of the labels that it is about are not among those that stand `now`.
    #[must_use]
    pub fn gone(&self, now: &[LabelKey]) -> u64 {
        match self.labels.as_deref() {
            None => 0,
            Some([key]) if key.stands() => {
                let equal = now.iter().filter(|other| *other == key).count();
                u64::from(equal <= self.nth)
            }
            Some(then) => {
                let found = matches(now, then).iter().flatten().count();
                let stood = then.iter().filter(|key| key.stands()).count();
                (stood - found) as u64
            }
        }
    }
}

/// Which of the documents of one name a document is, counted from one in the order of the target, and how many
/// of them the target has: two or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence(pub u64, pub u64);

impl Occurrence {
    /// Whether there can be such a one.
    #[must_use]
    pub fn is_sound(self) -> bool {
        let Self(number, of) = self;
        of >= 2 && (1..=of).contains(&number)
    }
}

/// A value that is there: `null` too, which plain `Option` takes for absence.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::<RawValue>::deserialize(deserializer).map(Some)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature is serde's"
)]
const fn is_zero(nth: &usize) -> bool {
    *nth == 0
}

/// The fact of that sort, if there is one.
#[must_use]
pub fn find(entries: &[LedgerEntry], sort: Sort) -> Option<&LedgerEntry> {
    entries.iter().find(|entry| entry.fact == sort)
}

/// What sort of fact an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// The address of the document.
    Address,
    /// A member of the document.
    Member,
    /// The confidences of its labels.
    Confidence,
    /// A member of one label.
    LabelMember,
    /// The spelling of a class that is no string.
    Spelling,
    /// How the labels stand in the document: regions and all.
    Labels,
    /// A document that the target has no form for.
    Document,
    /// The name of a document, where the target has none.
    Name,
    /// A label or document that was left out because it cannot be converted truthfully. It is
    /// kept for people; nothing puts it back.
    LeftOut,
}

/// A label as it stands in the target: its name, and for a span start and exclusive end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LabelKey {
    /// A span.
    Span(String, i64, i64),
    /// A span that was left out of the target. It keeps the place of its label among those of the
    /// source, and no label that stands is equal to it.
    LeftOut(String, (), ()),
    /// A class.
    Class((String,)),
}

impl LabelKey {
    /// The name of the label.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Span(name, ..) | Self::LeftOut(name, ..) | Self::Class((name,)) => name,
        }
    }

    /// Whether it stands in the target.
    #[must_use]
    pub const fn stands(&self) -> bool {
        !matches!(self, Self::LeftOut(..))
    }
}

/// The keys of all labels of a document, in its order: as they stand in the target, or
/// that they were left out of it. What a fact is about is noted so.
#[must_use]
pub fn noted_keys(aligned: &AlignedDocument<'_>) -> Vec<LabelKey> {
    let labels = aligned.document.spans().iter().zip(&aligned.spans);
    let spans = labels.map(|(label, span)| match span.target {
        Some(span) => span_key(label, span),
        None => LabelKey::LeftOut(label.category.to_string(), (), ()),
    });
    spans.chain(class_keys(aligned.document)).collect()
}

/// The keys of a document's labels as they stand in the target. Labels that are left out have
/// none.
#[must_use]
pub fn keys(aligned: &AlignedDocument<'_>) -> Vec<LabelKey> {
    let mut keys = noted_keys(aligned);
    keys.retain(LabelKey::stands);
    keys
}

/// Whether the labels `now` are those that were noted, but for those that were left out. Their order is
/// not asked: some formats sort them, or have them as a set.
#[must_use]
pub fn are_same(now: &[LabelKey], then: &[LabelKey]) -> bool {
    let stood = || then.iter().filter(|key| key.stands());
    let is_as_it_was = stood().eq(now);
    is_as_it_was || {
        let (mut now, mut stood): (Vec<_>, Vec<_>) = (now.iter().collect(), stood().collect());
        now.sort_unstable();
        stood.sort_unstable();
        now == stood
    }
}

fn span_key(label: &Label<'_>, span: Span) -> LabelKey {
    LabelKey::Span(label.category.to_string(), span.start, span.end)
}

fn class_keys(document: &Document<'_>) -> impl Iterator<Item = LabelKey> {
    let classes = document.classes().iter();
    classes.map(|class| LabelKey::Class((class.category.to_string(),)))
}

/// The keys of a document's labels as they stand in the document itself.
#[must_use]
pub fn own_keys(document: &Document<'_>) -> Vec<LabelKey> {
    let spans = document.spans().iter();
    let spans = spans.map(|label| span_key(label, label.span));
    spans.chain(class_keys(document)).collect()
}

/// For each of `now` the index of the same label in `then`; equal ones are told apart by their
/// order. Each index is given once.
#[must_use]
pub fn matches(now: &[LabelKey], then: &[LabelKey]) -> Vec<Option<usize>> {
    let mut free: BTreeMap<&LabelKey, Vec<usize>> = BTreeMap::new();
    for (index, key) in then.iter().enumerate().rev() {
        free.entry(key).or_default().push(index);
    }
    now.iter().map(|key| free.get_mut(key)?.pop()).collect()
}

/// JSON text without the white space between its tokens; every token keeps its spelling.
#[must_use]
pub fn compact(json: &str) -> Option<Box<RawValue>> {
    let mut text = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for char in json.chars() {
        if in_string {
            text.push(char);
            match char {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
        } else if !matches!(char, ' ' | '\t' | '\n' | '\r') {
            in_string = char == '"';
            text.push(char);
        }
    }
    RawValue::from_string(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sorts_of_facts_are_those_of_the_schema() {
        let schema = include_str!("../../schemas/losses.schema.json");
        let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        let fact = &schema["$defs"]["entry"]["properties"]["fact"]["enum"];
        // The name of an unknown sort is answered with those of all.
        let error = serde_json::from_str::<Sort>("\"none\"").unwrap_err();
        let error = error.to_string();
        let known: Vec<&str> = error.split('`').skip(3).step_by(2).collect();
        assert_eq!(*fact, serde_json::json!(known));
    }

    #[test]
    fn compacting_keeps_every_token() {
        let text = "{ \"a b\" : [ 1.50,\r\n\t\"\\\" \\\\\" ] }";
        assert_eq!(
            compact(text).unwrap().get(),
            "{\"a b\":[1.50,\"\\\" \\\\\"]}"
        );
    }

    #[test]
    fn equal_labels_are_told_apart_by_order() {
        let key = |name: &str| LabelKey::Class((name.to_owned(),));
        let then = [key("a"), key("b"), key("a")];
        let now = [key("a"), key("a"), key("a"), key("b")];
        assert_eq!(matches(&now, &then), [Some(0), Some(2), None, Some(1)]);
    }

    #[test]
    fn labels_are_the_same_in_any_order() {
        let span = |name: &str, start| LabelKey::Span(name.to_owned(), start, 9);
        let out = LabelKey::LeftOut("a".to_owned(), (), ());
        let then = [span("a", 1), out, span("b", 2), span("a", 1)];
        let now = [span("a", 1), span("b", 2), span("a", 1)];
        assert!(are_same(&now, &then));
        let sorted = [span("a", 1), span("a", 1), span("b", 2)];
        assert!(are_same(&sorted, &then));
        assert!(!are_same(&now[..2], &then));
        assert!(!are_same(
            &[span("a", 1), span("b", 2), span("b", 2)],
            &then
        ));
        assert!(!are_same(
            &[span("a", 2), span("b", 2), span("a", 1)],
            &then
        ));
    }

    #[test]
    fn keys_are_arrays() {
        let span = LabelKey::Span("City".to_owned(), 0, 4);
        assert_eq!(serde_json::to_string(&span).unwrap(), "[\"City\",0,4]");
        let class = LabelKey::Class(("Refund".to_owned(),));
        assert_eq!(serde_json::to_string(&class).unwrap(), "[\"Refund\"]");
        let left_out = LabelKey::LeftOut("City".to_owned(), (), ());
        assert_eq!(
            serde_json::to_string(&left_out).unwrap(),
            "[\"City\",null,null]"
        );
        for key in [span, class, left_out] {
            let text = serde_json::to_string(&key).unwrap();
            assert_eq!(serde_json::from_str::<LabelKey>(&text).unwrap(), key);
        }
    }
}
