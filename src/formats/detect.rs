//! Tells what a file is by what stands in it, never by its name.

use super::{FORMATS, Format};
use crate::json::{Kind, Node};

/// How many bytes of a file are looked at.
pub const HEAD_BYTES: u64 = 1 << 16;

/// What a file is.
#[derive(Clone)]
pub enum Detected {
    /// A label file of this format.
    Format(&'static dyn Format),
    /// Something else: what it looks like, as a noun phrase or a sentence's end.
    Other(String),
}

/// The beginning of a file, as formats look at it.
#[derive(Debug)]
pub struct Head<'a> {
    /// The text, without a byte-order mark and blanks before it. Its end may be cut.
    pub text: &'a str,
    /// The keys at the top of the objects that it holds: of the one that it begins with, if it
    /// does, and of those that its first lines begin with.
    pub objects: Vec<Vec<String>>,
}

/// How much a file's beginning looks like a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// Not at all.
    No,
    /// So much; the format with the most is taken.
    Weight(u32),
    /// It is of that format, and cannot be read as it stands: what it is, as a noun phrase.
    Broken(String),
}

impl<'a> Head<'a> {
    fn new(text: &'a str) -> Self {
        // The first line may be the broken one, so some of the next are asked too.
        let lines = text.lines().take(20);
        let mut starts = Vec::new();
        if text.starts_with('{') {
            starts.push(text);
            starts.extend(lines.filter(|line| line.starts_with('{')));
        } else {
            // Whole records may follow.
            let whole = |line: &&str| line.starts_with('{') && Node::parse(line).is_ok();
            starts.extend(lines.filter(whole));
        }
        Self {
            text,
            objects: starts.into_iter().map(top_keys).collect(),
        }
    }

    /// Whether it begins with a JSON object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.text.starts_with('{')
    }

    /// Whether it begins with a JSON array that is spread over lines.
    #[must_use]
    pub fn is_spread_array(&self) -> bool {
        self.text.starts_with("[\n") || self.text.starts_with("[\r")
    }

    /// How many of `keys` an object has at its top: the most that one of them has.
    #[must_use]
    pub fn known(&self, keys: &[&str]) -> u32 {
        let known = |object: &Vec<String>| {
            let found = object.iter().filter(|key| keys.contains(&key.as_str()));
            u32::try_from(found.count()).unwrap_or(u32::MAX)
        };
        self.objects.iter().map(known).max().unwrap_or(0)
    }
}

/// Looks at the first bytes of a file, [`HEAD_BYTES`] of them where there are as many.
#[must_use]
pub fn detect(head: &[u8]) -> Detected {
    let other = |what: &str| Detected::Other(what.to_owned());
    match head {
        [0x1f, 0x8b, ..] => return other("a gzip archive"),
        [b'P', b'K', 3 | 5, ..] => return other("a zip archive (or an Excel or Word file)"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return other("text in UTF-16"),
        _ => {}
    }
    let text = String::from_utf8_lossy(head);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_start();
    if text.is_empty() {
        return other("an empty file");
    }
    let head = Head::new(text);
    let (mut best, mut most) = (None, 0);
    for format in FORMATS {
        match format.detect(&head) {
            Match::Broken(what) => return Detected::Other(what),
            // Of equals the first is taken.
            Match::Weight(weight) if weight > most => (best, most) = (Some(*format), weight),
            Match::Weight(_) | Match::No => {}
        }
    }
    if let Some(format) = best {
        return Detected::Format(format);
    }
    if text.starts_with('[') {
        return other("a JSON array of records");
    }
    if !head.is_object() {
        return Detected::Other(name_text(text));
    }
    let has = |object: &[String], names: &[&str]| {
        let has = |name: &&str| object.iter().any(|key| key == name);
        names.iter().all(has)
    };
    let mut objects = head.objects.iter();
    if objects.any(|object| has(object, &["images", "annotations"])) {
        return other("a COCO file of an image project");
    }
    match top_keys(text).as_slice() {
        [] => other("a JSON object without members"),
        keys => {
            let shown: Vec<String> = keys
                .iter()
                .take(4)
                .map(|key| crate::diagnostics::quote(key))
                .collect();
            Detected::Other(format!(
                "a JSON object with the members {}",
                shown.join(", ")
            ))
        }
    }
}

/// What a text that is no JSON looks like.
fn name_text(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .take(20)
        .filter(|line| !line.trim().is_empty())
        .collect();
    let is_tag = |tag: &str| tag == "O" || tag.starts_with("B-") || tag.starts_with("I-");
    let conll = |line: &&str| {
        line.starts_with("-DOCSTART-") || line.split_whitespace().next_back().is_some_and(is_tag)
    };
    if !lines.is_empty() && lines.iter().all(conll) {
        return "CoNLL (one token and its tag a line)".to_owned();
    }
    if text.starts_with('<') {
        return "XML or HTML".to_owned();
    }
    for (separator, name) in [('\t', "a TSV table"), (',', "a CSV table")] {
        let columns = |line: &&str| line.matches(separator).count();
        let first = lines.first().map_or(0, columns);
        if first > 0 && lines.len() > 1 && lines.iter().all(|line| columns(line) >= first) {
            return name.to_owned();
        }
    }
    "plain text".to_owned()
}

/// Whether the first object of the text goes over more than one line.
pub(super) fn is_spread(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim();
    let open = |line: &str| Node::parse(line).is_err_and(|error| error.truncated);
    // A cut line of a file that is all one line is no sign.
    open(line)
        && text
            .lines()
            .nth(1)
            .is_some_and(|next| !next.trim_start().starts_with('{'))
}

/// The keys at the top of the object that `text` begins with, as far as it goes. Needs no
/// valid JSON.
fn top_keys(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let (mut keys, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    let mut wants_key = false;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at);
                if depth == 1 && wants_key {
                    let key = Node::parse(&text[at..end])
                        .ok()
                        .filter(|key| key.kind() == Kind::String);
                    if let Some(Some(Ok(key))) = key.map(Node::string) {
                        keys.push(key.into_owned());
                    }
                }
                wants_key = false;
                at = end;
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                wants_key = depth == 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            b',' => wants_key = depth == 1,
            _ => {}
        }
        at += 1;
    }
    keys
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> String {
        match detect(text.as_bytes()) {
            Detected::Format(format) => format.info().name.to_owned(),
            Detected::Other(what) => what,
        }
    }

    #[test]
    fn label_files() {
        assert_eq!(
            name(r#"{"image_url":"AmlDatastore://a/b.txt","label":[]}"#),
            "aml"
        );
        assert_eq!(name("\u{feff}\r\n{\r\n \"assets\": {"), "language");
        assert_eq!(name("{\"image_url\":oops}\n{\"image_url\":\"x\"}"), "aml");
        assert_eq!(name("oops\n{\"image_url\":\"x\"}\n"), "aml");
        assert_eq!(name("[1]\n{\"image_url\":\"x\"}\n"), "aml");
        let array = "[\n{\"image_url\":\"x\"},\n{\"image_url\":\"y\"}\n]";
        assert_eq!(name(array), "a JSON array of records");
        assert_eq!(name("{oops}\n{\"image_url\":\"x\"}"), "aml");
        assert_eq!(name(r#"{"a":{"image_url":1},"metadata":{}}"#), "language");
    }

    #[test]
    fn other_files() {
        assert_eq!(name("[{\"image_url\":\"x\"}]"), "a JSON array of records");
        assert_eq!(
            name("Ada B-Person\nmet O\n\n"),
            "CoNLL (one token and its tag a line)"
        );
        assert_eq!(name("Url,Label\nx,y\n"), "a CSV table");
        assert_eq!(name(""), "an empty file");
        assert_eq!(name("hello"), "plain text");
        assert_eq!(name("{\"x\": 1}"), "a JSON object with the members `x`");
        let spread = "{\n  \"image_url\": \"x\",\n  \"label\": []\n}\n";
        assert!(name(spread).contains("several lines"), "{}", name(spread));
        let coco = r#"{"images":[],"annotations":[],"categories":[]}"#;
        assert_eq!(name(coco), "a COCO file of an image project");
    }
}
