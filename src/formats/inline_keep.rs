//! What a ledger keeps of records with the text in them: how their members are called and spelled, and
//! those that only their own tool knows.

use serde_json::value::RawValue;

use super::fields::Field;
use super::inline::name;
use super::ledger::{
    LabelKey, LedgerEntry, LedgerHead, Sort, compact, find, matches, noted_keys, own_keys,
};
use super::names::address;
use super::whole;
use crate::alignment::AlignedDocument;
use crate::json::{Kind, Node, Pointer};
use crate::model::Body;

/// The member of the text in records that are written.
pub(super) const TEXT: &str = "text";

/// The member of the name in records that are written.
pub(super) const NAME: &str = "name";

/// Whether this can be a head of such records: it holds nothing but formats and units.
pub(super) fn may_head(head: &LedgerHead) -> bool {
    head.project.is_none() && head.undeclared.is_empty() && head.datastore.is_none()
}

/// What is known of a record before its facts are noted.
pub(super) struct Noted<'n, 'a> {
    /// Members that a text can stand in.
    pub(super) texts: &'n [&'n str],
    /// The member that it stands in, where the user says so.
    pub(super) told: Option<&'n str>,
    /// The member that its name stands in, if it has one.
    pub(super) name: Option<Field<'a>>,
    /// The member that its labels stand in, if it has one.
    pub(super) labels: Option<Field<'a>>,
    /// The member that they would be written to, and its value.
    pub(super) written: (&'static str, &'n [u8]),
}

/// Notes the facts of a document, which is called `location` in the target.
pub(super) fn entries(
    aligned: &AlignedDocument<'_>,
    location: &str,
    noted: &Noted<'_, '_>,
    out: &mut Vec<LedgerEntry>,
) {
    let document = aligned.document;
    let Ok(record) = Node::parse(document.source) else {
        return;
    };
    let mut note = |fact, key: &str, value: Option<Box<RawValue>>, labels| {
        out.push(LedgerEntry {
            value,
            labels,
            ..LedgerEntry::new(location, fact, Pointer::root().key(key))
        });
    };
    let is = |field: &Option<Field<'_>>, key: &str| {
        field
            .as_ref()
            .is_some_and(|field| field.pointer.last() == key)
    };
    // A target without names knows the document by its text.
    let is_name = |value| makes(value, location) || makes(value, document.address.path());
    let mut texts = 0;
    for member in record.members() {
        let key = member.key();
        let value = || compact(member.value.raw());
        if is(&noted.labels, &key) {
            let (name, written) = noted.written;
            let same = value().is_some_and(|value| value.get().as_bytes() == written);
            // The mark goes, so the numbers as they are spelled mean nothing any more.
            let is_marked =
                matches!(&document.body, Body::Inline(text) if text.starts_with('\u{feff}'));
            if !is_marked && (key != name || !same) {
                note(Sort::Labels, &key, value(), Some(noted_keys(aligned)));
            }
        } else if is(&noted.name, &key) && is_name(member.value) {
            let is_written = key == NAME && is_string(member.value, location);
            if !is_written {
                note(Sort::Address, &key, value(), None);
            }
        } else if texts == 0
            && noted.told.is_none_or(|told| key == told)
            && is_text(member.value, &document.body)
        {
            texts += 1;
            if noted.told.is_none() && key != TEXT && noted.texts.contains(&&*key) {
                note(Sort::Member, &key, None, None);
            }
        } else {
            note(Sort::Member, &key, value(), None);
        }
    }
}

/// Whether a value makes that name of a document.
fn makes(value: Node<'_>, location: &str) -> bool {
    let name = name(value);
    !name.trim().is_empty() && address(name, 0, "").path() == location
}

fn is_string(value: Node<'_>, wanted: &str) -> bool {
    matches!(value.string(), Some(Ok(found)) if found == wanted)
}

fn is_text(value: Node<'_>, body: &Body<'_>) -> bool {
    matches!(body, Body::Inline(text) if is_string(value, text))
}

/// Whether this can be an entry that [`entries`] has noted of records whose text can stand in `texts`
/// and whose labels in `lists`.
pub(super) fn may_note(entry: &LedgerEntry, texts: &[&str], lists: &[&str]) -> bool {
    let name = entry.pointer.last();
    let is_member = entry.pointer.tokens().count() == 1;
    let value = entry.value.as_deref().map(|value| Node::parse(value.get()));
    let kind = value.and_then(Result::ok).map(Node::kind);
    let is_known = match entry.fact {
        Sort::Member => kind.is_some() || texts.contains(&&*name),
        Sort::Labels => kind.is_some() && lists.contains(&&*name) && entry.labels.is_some(),
        Sort::Address => matches!(kind, Some(Kind::String | Kind::Number)),
        Sort::LeftOut => return true,
        Sort::Document => return whole::may_note(entry),
        Sort::Confidence | Sort::LabelMember | Sort::Spelling | Sort::Name => false,
    };
    is_member && is_known
}

/// What a ledger keeps of a document that is written.
pub(super) struct Kept<'e> {
    /// The member that its text stands in.
    pub(super) text: String,
    /// The member that its name stands in, with its value.
    name: Option<(String, &'e RawValue)>,
    labels: Option<&'e LedgerEntry>,
    members: Vec<(String, &'e RawValue)>,
}

impl<'e> Kept<'e> {
    /// `told` is the member of the text, where the user has said it.
    pub(super) fn of(entries: &'e [LedgerEntry], told: Option<&str>) -> Self {
        let member = |entry: &'e LedgerEntry| Some((entry.pointer.last(), entry.value.as_deref()?));
        let members = entries.iter().filter(|entry| entry.fact == Sort::Member);
        let text = members.clone().find(|entry| entry.value.is_none());
        Self {
            text: match (told, text) {
                (Some(told), _) => told.to_owned(),
                (None, Some(entry)) => entry.pointer.last(),
                (None, None) => TEXT.to_owned(),
            },
            name: find(entries, Sort::Address).and_then(member),
            labels: find(entries, Sort::Labels),
            members: members.filter_map(member).collect(),
        }
    }

    /// The member that its labels stand in, where it is not that of new records.
    pub(super) fn list(&self) -> Option<String> {
        self.labels.map(|entry| entry.pointer.last())
    }

    /// A member that is kept.
    pub(super) fn member(&self, name: &str) -> Option<&'e RawValue> {
        let mut members = self.members.iter();
        members
            .find(|(key, _)| key == name)
            .map(|(_, value)| *value)
    }

    /// The labels as they were spelled, where they are what they were.
    pub(super) fn same_labels(&self, aligned: &AlignedDocument<'_>) -> Option<&'e RawValue> {
        let entry = self.labels?;
        let then = entry.labels.as_deref().unwrap_or_default();
        let now = written_keys(aligned);
        let found = matches(&now, then);
        let is_same = now.len() == then.iter().filter(|key| key.stands()).count()
            && found.iter().all(Option::is_some);
        entry.value.as_deref().filter(|_| is_same)
    }

    /// The labels as they were spelled, where they are what they were; those of them that still are,
    /// with new ones behind them as `spell` writes them, where they are spans.
    pub(super) fn labels(
        &self,
        aligned: &AlignedDocument<'_>,
        mut spell: impl FnMut(usize, &mut Vec<u8>),
        out: &mut Vec<u8>,
    ) -> bool {
        let Some(entry) = self.labels else {
            return false;
        };
        let Some(value) = entry.value.as_deref() else {
            return false;
        };
        if let Some(same) = self.same_labels(aligned) {
            out.extend_from_slice(same.get().as_bytes());
            return true;
        }
        let then = entry.labels.as_deref().unwrap_or_default();
        let now = written_keys(aligned);
        let found = matches(&now, then);
        let items = Node::parse(value.get())
            .map(Node::items)
            .unwrap_or_default();
        let are_spans = now.iter().all(|key| matches!(key, LabelKey::Span(..)));
        if !are_spans || items.len() != then.len() {
            return false;
        }
        let mut order: Vec<usize> = (0..now.len()).collect();
        order.sort_by_key(|index| found[*index].unwrap_or(usize::MAX));
        out.push(b'[');
        for (number, index) in order.into_iter().enumerate() {
            if number > 0 {
                out.push(b',');
            }
            match found[index].and_then(|then| items.get(then)) {
                Some(item) => out.extend_from_slice(item.raw().as_bytes()),
                None => spell(index, out),
            }
        }
        out.push(b']');
        true
    }

    /// Writes the name of the document as it was, if it is kept.
    pub(super) fn name(&self, out: &mut Vec<u8>) -> bool {
        if let Some((key, value)) = &self.name {
            push(key, value, out);
        }
        self.name.is_some()
    }

    /// Whether a member of that name is kept.
    pub(super) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(key, _)| key == name)
    }

    /// Writes the other members, but for those that are `written` already.
    pub(super) fn members(&self, written: &[&str], out: &mut Vec<u8>) {
        let own = self.name.as_ref().map(|(key, _)| &**key);
        let list = self.list();
        for (key, value) in &self.members {
            let is_written = written.contains(&&**key)
                || Some(&**key) == own
                || Some(key) == list.as_ref()
                || *key == self.text;
            if !is_written {
                push(key, value, out);
            }
        }
    }
}

/// The labels of a document that are written, by what they are in the file that is read: a ledger
/// speaks of them so.
fn written_keys(aligned: &AlignedDocument<'_>) -> Vec<LabelKey> {
    let spans = &aligned.spans;
    let is_written = |index: usize| spans.get(index).is_none_or(|span| span.target.is_some());
    let keys = own_keys(aligned.document).into_iter().enumerate();
    let written = keys.filter(|(index, _)| is_written(*index));
    written.map(|(_, key)| key).collect()
}

fn push(key: &str, value: &RawValue, out: &mut Vec<u8>) {
    out.push(b',');
    super::write::string(key, out);
    out.push(b':');
    out.extend_from_slice(value.get().as_bytes());
}
