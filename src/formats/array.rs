//! What stands around the records of a file that is one array, or has them by themselves.

use std::borrow::Cow;

use super::{Header, Record, audit, byte_order_mark};
use crate::diagnostics::{Issue, Location};
use crate::json::cut::Outline;
use crate::json::{Kind, Node, Pointer};

/// Reads it. `expected` is what the file should be, as a noun phrase: `an array of tasks`.
pub(super) fn header(outline: &Outline, expected: &'static str) -> Header {
    let mut header = Header::default();
    header.project.without_array = outline.bare > 0;
    let mut note = |issue, bytes| {
        let location = Location {
            bytes,
            pointer: Some(Pointer::root()),
            document: None,
        };
        header.issues.push((issue, Some(location)));
    };
    if outline.byte_order_mark {
        note(Issue::ByteOrderMark, byte_order_mark().bytes);
    }
    for (place, what) in &outline.strays {
        let issue = Issue::InvalidJson((*what).to_owned());
        note(issue, *place..place + 1);
    }
    if let Some((place, limit)) = outline.too_large {
        let length = None;
        note(Issue::TooLong { length, limit }, place..place + 1);
        header.project.documents_unread = true;
        return header;
    }
    let broken = outline.ends_in_record || !outline.strays.is_empty();
    let mut bytes = Cow::Borrowed(&*outline.bytes);
    if broken {
        // That the file is broken is said where it breaks.
        bytes.to_mut().extend_from_slice(&outline.unclosed);
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) => {
            let place = outline.place(error.valid_up_to());
            note(Issue::InvalidUtf8, place..place + 1);
            return header;
        }
    };
    if outline.bare > 0 && text.trim_ascii().is_empty() {
        return header;
    }
    let record = Record {
        index: 0,
        in_file: (0, 0),
        start: 0,
        text,
        ends_file: true,
    };
    let mut found = Vec::new();
    let root = audit::parse(&record, &mut found);
    for found in found.into_iter().filter(|_| !broken) {
        let bytes = if found.issue == Issue::TruncatedFile {
            outline.length.saturating_sub(1)..outline.length
        } else {
            outline.range(&found.bytes)
        };
        note(found.issue, bytes);
    }
    let is_array = |node: Node<'_>| node.kind() == Kind::Array;
    if let Some(root) = root.filter(|root| !is_array(*root)) {
        let issue = Issue::WrongType {
            name: "the file".to_owned(),
            expected,
            found: root.kind().to_string(),
            readable: false,
        };
        note(issue, outline.range(&(0..text.len())));
        header.project.documents_unread = true;
    }
    header
}

/// The pointer from the root of the file, or of a line, to a record.
pub(super) fn record_pointer(without_array: bool, index: u64) -> Pointer {
    let root = Pointer::root();
    if without_array {
        root
    } else {
        root.item(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::cut::{Cut, Elements, Sizes};

    fn issues(text: &str) -> Vec<&'static str> {
        let sizes = Sizes {
            batch: 5,
            record: 1 << 20,
        };
        let mut cutter = Elements::new(Box::new(text.as_bytes()), sizes, &[&[]]).or_bare();
        while cutter.next(Vec::new()).unwrap().is_some() {}
        let header = header(&cutter.outline(), "an array");
        header
            .issues
            .iter()
            .map(|(issue, _)| issue.rule())
            .collect()
    }

    #[test]
    fn what_stands_around_records_is_checked() {
        for good in ["[]", " [ {}, {\"a\":[1]} ]\n", "{\"a\":1}", "{}\n{}\n"] {
            assert!(issues(good).is_empty(), "{good}");
        }
        assert_eq!(issues("\u{feff}[{}]"), ["byte-order-mark"]);
        assert_eq!(issues("[{},]"), ["invalid-json"]);
        assert_eq!(issues("[{}] x"), ["invalid-json"]);
        assert_eq!(issues("{}]"), ["invalid-json"]);
        assert_eq!(issues("[{}"), ["truncated-file"]);
        assert_eq!(issues("\"x\""), ["wrong-type"]);
        // The record says that it is cut.
        assert!(issues("[{\"a\":").is_empty());
    }
}
