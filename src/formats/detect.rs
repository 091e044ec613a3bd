//! Tells what a file is by what stands in it, never by its name.

use std::cell::OnceCell;

use super::keys::{first_items, top_keys};
use super::looks::looks;
use super::{FORMATS, Format};
use crate::diagnostics::Looks;
use crate::evaluation::service::{ServiceFile, recognize};
use crate::json::Node;
use crate::text::Encoding;

/// How many bytes of a file are looked at.
pub const HEAD_BYTES: u64 = 1 << 16;

/// How many records are looked at to tell a format by their members.
const RECORDS: usize = 100;

/// What a file is.
#[derive(Clone)]
pub enum Detected {
    /// A label file of this format, and the sign by which it is told, as a noun phrase.
    Format(&'static dyn Format, &'static str),
    /// A label file of one of these formats, and nothing in it tells which.
    Undecided(Vec<&'static dyn Format>),
    /// Something else: what it looks like.
    Other(Looks),
}

/// The beginning of a file, as formats look at it.
#[derive(Debug)]
pub struct Head<'a> {
    /// The text, without a byte-order mark and blanks before it. Its end may be cut.
    pub text: &'a str,
    /// The keys at the top of the objects that it holds: of the one that it begins with, if it
    /// does, and of those that its first lines begin with.
    pub objects: Vec<Vec<String>>,
    records: OnceCell<Vec<Node<'a>>>,
}

/// How much a file's beginning looks like a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// Not at all.
    No,
    /// So much, and the sign by which it is told, as a noun phrase. The format with the most is
    /// taken, and of equals the first of [`FORMATS`].
    Fits(u32, &'static str),
    /// It may be one of its files as well as one of another format that answers the same; where no
    /// other does and none fits, it is taken for one. With the sign, as a noun phrase.
    Perhaps(&'static str),
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
            records: OnceCell::new(),
        }
    }

    /// The first whole records, at most [`RECORDS`]: the items of the array that it begins with, or
    /// the lines that are JSON. A record that is cut is none of them, nor is a line that is no JSON.
    #[must_use]
    pub fn records(&self) -> &[Node<'a>] {
        self.records.get_or_init(|| {
            if let Some(items) = self.text.strip_prefix('[') {
                let items = first_items(items).filter_map(|item| Node::parse(item).ok());
                return items.take(RECORDS).collect();
            }
            let lines = self
                .text
                .lines()
                .filter(|line| line.starts_with(['{', '[']));
            let records = lines.filter_map(|line| Node::parse(line).ok());
            records.take(RECORDS).collect()
        })
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
    match head {
        [0x1f, 0x8b, ..] => return Detected::Other(Looks::Gzip),
        [b'P', b'K', 3 | 5, ..] => return Detected::Other(Looks::Zip),
        _ => {}
    }
    let mut packed = FORMATS.iter().map(|format| format.detect_bytes(head));
    if let Some(looks) = packed.find_map(|looks| looks) {
        return Detected::Other(looks);
    }
    if let Some(encoding) = Encoding::of(head) {
        return Detected::Other(Looks::Encoded(encoding));
    }
    let text = String::from_utf8_lossy(head);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_start();
    let head = Head::new(text);
    if let Some(file) = service(&head) {
        return Detected::Other(Looks::Service(file.to_string()));
    }
    if let Some(finding) = head.objects.first().filter(|keys| is_finding(keys)) {
        return Detected::Other(Looks::Object {
            ours: false,
            keys: finding.clone(),
        });
    }
    let (mut best, mut most, mut perhaps) = (None, 0, Vec::new());
    for format in FORMATS {
        match format.detect(&head) {
            Match::Broken(what) => return Detected::Other(Looks::Broken(what)),
            // Of equals the first is taken.
            Match::Fits(weight, sign) if weight > most => {
                (best, most) = (Some((*format, sign)), weight);
            }
            Match::Perhaps(sign) => perhaps.push((*format, sign)),
            Match::Fits(..) | Match::No => {}
        }
    }
    if let Some((format, sign)) = best {
        return Detected::Format(format, sign);
    }
    match perhaps[..] {
        [] => Detected::Other(looks(head.text, &head.objects)),
        [(format, sign)] => Detected::Format(format, sign),
        _ => Detected::Undecided(perhaps.into_iter().map(|(format, _)| format).collect()),
    }
}

/// The format whose records are the files of a folder whose names end so, without the dot.
#[must_use]
pub fn folder_format(extension: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| {
        let info = format.info();
        info.layout.folder.is_some() && info.extensions.contains(&extension)
    })
}

/// Whether an object with these keys is a finding, as labelwright's own reports and baselines have
/// them a line: it has a label and a text too.
fn is_finding(keys: &[String]) -> bool {
    let has = |name: &str| keys.iter().any(|key| key == name);
    has("rule") && has("fingerprint")
}

/// Whether a file's beginning, of at most [`HEAD_BYTES`], is or may be of a format.
#[must_use]
pub fn is_of(head: &[u8], format: &dyn Format) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_start();
    matches!(
        format.detect(&Head::new(text)),
        Match::Fits(..) | Match::Perhaps(_)
    )
}

/// What file of the service begins with these bytes that is no label file: one with predictions or with
/// figures, which `score` reads.
#[must_use]
pub fn service_file(head: &[u8]) -> Option<ServiceFile> {
    let text = String::from_utf8_lossy(head);
    service(&Head::new(text.trim_start_matches('\u{feff}').trim_start()))
}

fn service(head: &Head<'_>) -> Option<ServiceFile> {
    let keys = if head.is_object() {
        top_keys(head.text)
    } else {
        Vec::new()
    };
    let is_json = head.text.starts_with(['{', '[']);
    recognize(head.text, &keys).filter(|_| is_json)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Nature;

    fn name(text: &str) -> String {
        match detect(text.as_bytes()) {
            Detected::Format(format, _) => format.info().name.to_owned(),
            Detected::Other(looks) => looks.to_string(),
            Detected::Undecided(_) => "undecided".to_owned(),
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
        assert_eq!(name(array), "a JSON array");
        assert_eq!(name("Url,Label\nx,y\n"), "csv");
        assert_eq!(name("{oops}\n{\"image_url\":\"x\"}"), "aml");
        assert_eq!(name(r#"{"a":{"image_url":1},"metadata":{}}"#), "language");
    }

    #[test]
    fn other_files() {
        let records = r#"[{"image_url":"x","label":[]}]"#;
        assert_eq!(name(records), "a JSON array of records");
        assert_eq!(name("Ada B-Person\nmet O\n\n"), "conll");
        assert_eq!(
            name("Ada|B-Person met|O\n"),
            "tokens as `token|tag`, many a line"
        );
        assert_eq!(name("a,b\nx,y\n"), "a CSV table");
        assert_eq!(name(""), "an empty file");
        assert_eq!(name("hello"), "plain text");
        assert_eq!(name("{\"x\": 1}"), "a JSON object with the members `x`");
        let spread = "{\n  \"image_url\": \"x\",\n  \"label\": []\n}\n";
        assert!(name(spread).contains("several lines"), "{}", name(spread));
        assert_eq!(name("PK\u{3}\u{4}"), Looks::Zip.to_string());
        assert_eq!(name("\u{0}\u{1}\u{2}"), "binary data");
        assert_eq!(name("{}"), "a JSON object without members");
        for unfinished in ["{", " [{\n", "{\"projectFi", "[{\""] {
            assert_eq!(name(unfinished), Looks::Unfinished.to_string());
        }
        for quoted in ["{'image_url': 'x'}", "[{'a': 1}]"] {
            assert_eq!(name(quoted), Looks::SingleQuotes.to_string());
        }
        assert_eq!(
            name("// settings\n/* all */ {\"a\": 1}"),
            "JSON with comments"
        );
        assert_eq!(name("null"), "a JSON value that is no object");
        let coco = r#"{"images":[],"annotations":[],"categories":[]}"#;
        assert_eq!(name(coco), "a COCO file of an image project");
    }

    /// What is done with a file of that text in a folder.
    fn nature(text: &str) -> Nature {
        match detect(text.as_bytes()) {
            Detected::Other(looks) => looks.nature(),
            Detected::Format(..) | Detected::Undecided(_) => panic!("{text}"),
        }
    }

    #[test]
    fn json_of_other_programs_is_told_from_what_was_to_be_a_label_file() {
        for foreign in [
            r#"{"name": "x", "version": "1.0.0"}"#,
            "// for the editor\n{ \"compilerOptions\": {} }",
            r#"{"Metadata": {}, "Resources": {}}"#,
            r#"[{"text": "Ada", "label": [[0, 3, "P"]]}]"#,
            r#"[{"label": "Home", "imageUrl": "home.png"}]"#,
            "{}",
            "[]",
            "17",
            r#"{"value":[{"location":"1","customEntityRecognitionResult":{}}]}"#,
            r#"{"customEntityRecognitionEvaluation":{}}"#,
            r#"{"stringIndexType":"","tasks":{"items":[{"kind":"CustomEntityRecognitionLROResults"}]}}"#,
            r#"{"path":"a.json","rule":"span-empty","label":"City","fingerprint":"00","text":"ff"}"#,
        ] {
            assert_eq!(nature(foreign), Nature::Foreign, "{foreign}");
        }
        for ours in [
            r#"[{"image_url": "x", "label": []}]"#,
            r#"[{"metadata": {}, "assets": {}}]"#,
            r#"{"StringIndexType": "", "Metadata": {}, "Assets": {}}"#,
            "{\n\"image_url\": \"x\",\n\"label\": []\n}",
            "// all\n{\"metadata\": {}, \"assets\": {}}",
            "PK\u{3}\u{4}",
            "a\0b\0c\0d\0",
            "\0\0\u{1}",
        ] {
            assert_eq!(nature(ours), Nature::Unreadable, "{ours}");
        }
        for unknown in [
            "",
            " \n",
            "{",
            "{\"meta",
            "hello",
            "a,b\n1,2\n",
            "{'a': 1}",
            "<a/>",
        ] {
            assert_eq!(nature(unknown), Nature::Unknown, "{unknown}");
        }
    }
}
