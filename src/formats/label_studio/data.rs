//! `data`: the text of a task, and what is said of it.

use std::borrow::Cow;
use std::ops::Range;

use super::wire::{LANGUAGE, NAMES, SETS, TEXT};
use crate::diagnostics::{Issue, Located};
use crate::formats::fields::{self, Field, Fields, located};
use crate::formats::sets;
use crate::formats::{Context, Told};
use crate::json::{Kind, Node, Pointer};
use crate::model::Split;

/// What `data` says.
pub(super) struct Data<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where it stands in the record.
    pub(super) text_at: Pointer,
    pub(super) text_bytes: Range<usize>,
    /// The name of the document; empty where there is none.
    pub(super) name: Cow<'a, str>,
    pub(super) language: Option<Cow<'a, str>>,
    pub(super) split: Option<Split<'a>>,
    /// How many members say something else.
    pub(super) unknown: u64,
}

/// Reads the object that holds the text: `data` of a task, or a whole object of a `JSON_MIN` export,
/// of which `others` are no data. `None` where there is no text.
pub(super) fn data<'a>(
    whole: &'a str,
    fields: &Fields<'a>,
    own: &Field<'a>,
    others: &[&str],
    context: Context<'_>,
    issues: &mut Vec<Located>,
) -> Option<Data<'a>> {
    let told = context.told;
    let members = fields.rest(others);
    let key = text_key(fields, &members, told, own, whole, issues)?;
    let field = fields.find(&key)?;
    let text = fields::string(whole, &field, issues)?;
    let name_key = told.name_key.as_deref().into_iter().chain(NAMES);
    let mut names = name_key.filter(|name| *name != key && is_string(fields, name));
    let name_key = names.next().map(str::to_owned);
    let name = name_key.as_deref().and_then(|name| fields.find(name));
    let string = |field: Field<'a>| field.node.string()?.ok();
    let mut known = vec![&*key];
    known.extend(name_key.as_deref());
    let language = fields.find(LANGUAGE).and_then(string);
    if language.is_some() {
        known.push(LANGUAGE);
    }
    let sets = SETS.into_iter().find(|set| is_string(fields, set));
    known.extend(sets);
    let set = sets.and_then(|set| fields.find(set)).and_then(string);
    let unknown = members.iter().filter(|(member, raw)| {
        // A null says nothing.
        !known.contains(&&**member) && *raw != "null"
    });
    Some(Data {
        unknown: unknown.count() as u64,
        text,
        text_bytes: field.node.range_in(whole).unwrap_or_default(),
        text_at: field.pointer,
        name: name.and_then(string).unwrap_or_default(),
        language: language.filter(|language| !language.is_empty()),
        split: set.and_then(split),
    })
}

fn is_string(fields: &Fields<'_>, name: &str) -> bool {
    let found = fields.find(name);
    found.is_some_and(|field| field.node.kind() == Kind::String)
}

/// The key of the text: the one that the user says, `text`, or that of the only string that is
/// nothing else. Where there is none, that is noted.
fn text_key(
    fields: &Fields<'_>,
    members: &[(String, &str)],
    told: &Told,
    own: &Field<'_>,
    whole: &str,
    issues: &mut Vec<Located>,
) -> Option<String> {
    let mut wrong = |expected, found: &str| {
        let issue = Issue::WrongType {
            name: "the data of the task".to_owned(),
            expected,
            found: found.to_owned(),
            readable: false,
        };
        issues.push(located(whole, issue, own));
        None
    };
    if let Some(key) = &told.text_key {
        if fields.find(key).is_some() {
            return Some(key.clone());
        }
        return wrong(
            "a member of the name that `--text-key` gives",
            "none of that name",
        );
    }
    if fields.find(TEXT).is_some() {
        return Some(TEXT.to_owned());
    }
    let mut strings = texts(members, told.name_key.as_deref());
    match (strings.next(), strings.next()) {
        (Some(one), None) => Some(one.to_owned()),
        (Some(_), Some(_)) => wrong(
            "a member `text`, or the name of the one that holds the text with `--text-key`",
            "several members that are strings",
        ),
        (None, _) => {
            fields.required(TEXT, issues);
            None
        }
    }
}

/// The members that may be the text where none is called so: strings that are nothing else.
pub(super) fn texts<'m>(
    members: &'m [(String, &str)],
    name_key: Option<&'m str>,
) -> impl Iterator<Item = &'m str> {
    let is_other = move |key: &str| {
        let is_name = NAMES.contains(&key) || name_key == Some(key);
        is_name || SETS.contains(&key) || key == LANGUAGE
    };
    let strings = members.iter().filter(|(_, raw)| raw.starts_with('"'));
    let strings = strings.map(|(key, _)| &**key);
    strings.filter(move |key| !is_other(key))
}

/// The set of that name.
pub(super) fn split(name: Cow<'_, str>) -> Option<Split<'_>> {
    if name.is_empty() {
        return None;
    }
    let set = sets::called(&name);
    Some(set.unwrap_or(Split::Other(name)))
}

/// What a text is that is no text but the place of one, as a noun phrase. `ends` are the offsets at
/// which spans end.
///
/// Label Studio stores uploads under `/data/upload/`, and a `Text` with `valueType="url"` loads what
/// its value names (documentation of Label Studio 1.23).
pub(super) fn reference(text: &str, mut ends: impl Iterator<Item = i64>) -> Option<&'static str> {
    const OWN: [&str; 5] = [
        "/data/upload/",
        "/data/local-files/",
        "s3://",
        "gs://",
        "azure-blob://",
    ];
    const FILES: [&str; 16] = [
        ".txt", ".html", ".htm", ".md", ".csv", ".pdf", ".jpg", ".jpeg", ".png", ".gif", ".bmp",
        ".webp", ".svg", ".mp3", ".wav", ".mp4",
    ];
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return None;
    }
    let is_own = OWN.iter().any(|start| text.starts_with(start));
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    // A text may well be a link; then no label ends behind it, and it names no file.
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let names_file = FILES
        .iter()
        .any(|ending| path.to_ascii_lowercase().ends_with(ending));
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
    let is_reference = is_own || is_web && (names_file || ends.any(|end| end > length));
    is_reference
        .then_some("data by its address (`valueType=\"url\"`), so that no text is in the file")
}

/// The name of a document: the one that is given, or one made of the id of the task, as it is
/// spelled.
pub(super) fn name_of<'a>(name: &Cow<'a, str>, id: Option<&str>) -> Cow<'a, str> {
    let is_id = |id: &&str| id.starts_with(|first: char| first.is_ascii_digit() || first == '"');
    match id.filter(is_id).map(|id| id.trim_matches('"')) {
        Some(id) if name.trim().is_empty() && !id.is_empty() => format!("task-{id}").into(),
        _ => name.clone(),
    }
}

/// The members of the object that holds the text, by what they are of a document that was read.
pub(super) struct Keys<'a> {
    pub(super) text: Option<String>,
    pub(super) name: Option<(String, Node<'a>)>,
}

/// Finds the members that a document took its text and name from.
pub(super) fn keys<'a>(holder: Node<'a>, text: &str, path: &str) -> Keys<'a> {
    let members = holder.members();
    let string = |node: Node<'a>| node.string().and_then(Result::ok);
    let is_text = |name: &str| {
        let found = members.iter().rfind(|member| member.key() == name);
        found.and_then(|found| string(found.value)).as_deref() == Some(text)
    };
    let mut keys = members.iter().map(|member| member.key().into_owned());
    let found = if is_text(TEXT) {
        Some(TEXT.to_owned())
    } else {
        keys.find(|key| is_text(key))
    };
    let stem = path.strip_suffix(".txt").unwrap_or(path);
    let is_name = |node: Node<'a>| {
        let name = string(node);
        name.is_some_and(|name| name == path || name == stem)
    };
    let usual = NAMES.iter().filter_map(|name| {
        let mut found = members.iter();
        found.rfind(|member| member.key() == *name)
    });
    let mut all = usual.chain(&members);
    let name = all.find(|member| is_name(member.value));
    Keys {
        text: found,
        name: name.map(|member| (member.key().into_owned(), member.value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_by_its_address_is_told_from_a_link() {
        let is = |text: &str, end| reference(text, [end].into_iter()).is_some();
        assert!(is("/data/upload/3/ab-a.txt", 0));
        assert!(is("https://example.org/a.txt?x=1", 3));
        assert!(is("https://example.org/a", 1000));
        assert!(!is("https://example.org/a", 5));
        assert!(!is("see https://example.org/a.txt", 5));
        assert!(!is("Ada", 1000));
    }
}
