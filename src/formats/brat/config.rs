//! `annotation.conf`: the labels of a folder.

use std::ops::Range;

use serde_json::value::RawValue;

use crate::diagnostics::{Issue, Location};
use crate::formats::{Header, byte_order_mark};
use crate::json::Pointer;
use crate::json::cut::Outline;
use crate::model::{Declaration, Kind};

/// The section with the labels on text.
const ENTITIES: &str = "entities";

/// The other sections. brat wants all of them.
const OTHERS: [&str; 3] = ["relations", "events", "attributes"];

/// Reads what stands once: the file with the labels, where the outline is of one.
pub(super) fn header(outline: &Outline) -> Header {
    let mut header = Header::default();
    header.project.kind = Some(Kind::EntityRecognition);
    let mut note = |issue, bytes: Range<u64>| {
        let location = Location {
            bytes,
            pointer: None,
            document: None,
        };
        header.issues.push((issue, Some(location)));
    };
    if outline.byte_order_mark {
        note(Issue::ByteOrderMark, byte_order_mark().bytes);
    }
    if let Some((place, limit)) = outline.too_large {
        let length = None;
        note(Issue::TooLong { length, limit }, place..place + 1);
        return header;
    }
    match std::str::from_utf8(&outline.bytes) {
        Ok(text) => {
            header.project.declared = declared(text, outline);
            if !text.is_empty() {
                let spelled = serde_json::to_string(text).ok();
                header.raw = spelled.and_then(|spelled| RawValue::from_string(spelled).ok());
            }
        }
        Err(error) => {
            let place = outline.place(error.valid_up_to());
            note(Issue::InvalidUtf8, place..place + 1);
            header.project.declarations_unread = true;
        }
    }
    header
}

/// The labels in the section for them. Tabs in front of a name say what it is a kind of, which is not
/// kept; a name behind `!` groups others, and is no label. Blanks part a name from its other
/// spellings; what is in brackets is a macro.
fn declared(text: &str, outline: &Outline) -> Vec<Declaration> {
    let (mut declared, mut section, mut at) = (Vec::new(), "", 0);
    for whole in text.split_inclusive('\n') {
        let start = at;
        at += whole.len();
        let line = whole.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let name = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'));
        if let Some(name) = name {
            section = name;
            continue;
        }
        let name = line.split_whitespace().next().unwrap_or_default();
        // A line of dashes parts groups in the page's list.
        let is_rule = name.bytes().all(|byte| byte == b'-');
        if section != ENTITIES || name.starts_with(['!', '<']) || is_rule {
            continue;
        }
        let from = start + (whole.len() - whole.trim_start().len());
        declared.push(Declaration {
            name: name.to_owned(),
            pointer: Pointer::root(),
            bytes: outline.range(&(from..from + name.len())),
        });
    }
    declared
}

/// Such a file as it was, with these labels in it: new ones come first in their section.
pub(super) fn put_back<'a>(text: &str, labels: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    let outline = Outline {
        bytes: text.as_bytes().to_vec(),
        length: text.len() as u64,
        ..Outline::default()
    };
    let declared = declared(text, &outline);
    let is_new = |label: &&str| declared.iter().all(|known| known.name != *label);
    let new: Vec<&str> = labels.filter(is_new).collect();
    let heading = format!("[{ENTITIES}]");
    let mut waits = !new.is_empty();
    for line in text.split_inclusive('\n') {
        out.extend_from_slice(line.as_bytes());
        if waits && line.trim() == heading {
            waits = false;
            if !line.ends_with('\n') {
                out.push(b'\n');
            }
            for label in &new {
                out.extend_from_slice(label.as_bytes());
                out.push(b'\n');
            }
        }
    }
    if waits {
        if !text.is_empty() && !text.ends_with('\n') {
            out.push(b'\n');
        }
        write(new.into_iter(), out);
    }
}

/// Writes such a file, with all of its sections.
pub(super) fn write<'a>(labels: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("[{ENTITIES}]\n").as_bytes());
    for label in labels {
        out.extend_from_slice(label.as_bytes());
        out.push(b'\n');
    }
    for section in OTHERS {
        out.extend_from_slice(format!("\n[{section}]\n").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Range<u64>)> {
        let outline = Outline {
            bytes: text.as_bytes().to_vec(),
            pieces: vec![(0, 0)],
            length: text.len() as u64,
            ..Outline::default()
        };
        let declared = header(&outline).project.declared.into_iter();
        declared.map(|label| (label.name, label.bytes)).collect()
    }

    #[test]
    fn labels_are_those_of_the_first_section() {
        let text = "# ours\n<POG>=Person|City\n[entities]\n!Living\n\tPerson | Mensch\n-----\n\
                    City\tArg:<ANY>\r\n\n[relations]\nKnows\tArg1:Person\n[attributes]\nNegated\n";
        let start = text.find("Person |").unwrap() as u64;
        let city = text.find("City\t").unwrap() as u64;
        let want = [
            ("Person".to_owned(), start..start + 6),
            ("City".to_owned(), city..city + 4),
        ];
        assert_eq!(read(text), want);
        assert_eq!(read(""), []);
    }

    #[test]
    fn a_file_is_put_back_with_new_labels_in_their_section() {
        let back = |text: &str, labels: &[&str]| {
            let mut out = Vec::new();
            put_back(text, labels.iter().copied(), &mut out);
            String::from_utf8(out).unwrap()
        };
        let text = "# ours\n[entities]\n\tPerson\n[events]\n";
        assert_eq!(back(text, &["Person"]), text);
        let want = "# ours\n[entities]\nCity\n\tPerson\n[events]\n";
        assert_eq!(back(text, &["City", "Person"]), want);
        assert!(back("[events]", &["City"]).starts_with("[events]\n[entities]\nCity\n"));
    }

    #[test]
    fn what_is_written_is_read() {
        let mut out = Vec::new();
        write(["Person", "City"].into_iter(), &mut out);
        let text = String::from_utf8(out).unwrap();
        let want = "[entities]\nPerson\nCity\n\n[relations]\n\n[events]\n\n[attributes]\n";
        assert_eq!(text, want);
        let names: Vec<String> = read(&text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Person", "City"]);
    }
}
