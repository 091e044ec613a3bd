//! JSON as programs spell it: compact, with blanks, in ASCII alone, with members in any order.

use std::fmt::Write;

use serde_json::Value;

/// How a file is spelled.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
pub(super) struct Style {
    /// Blanks a level, or everything on one line.
    pub(super) indent: Option<usize>,
    /// Whether a blank follows `,` and `:`, as Python has it.
    pub(super) spaced: bool,
    /// Whether other characters than those of ASCII are escaped.
    pub(super) ascii: bool,
    /// Whether members stand in the reverse of the contract's order.
    pub(super) reversed: bool,
    /// What ends a line.
    pub(super) eol: &'static str,
    /// Whether the last line has an end too.
    pub(super) closed: bool,
}

/// What `json.dumps` of JavaScript and most writers of JSON Lines give.
pub(super) const COMPACT: Style = Style {
    indent: None,
    spaced: false,
    ascii: false,
    reversed: false,
    eol: "\n",
    closed: true,
};

/// As the demo is spelled.
pub(super) const PRETTY: Style = Style {
    indent: Some(2),
    spaced: true,
    ..COMPACT
};

/// The members in the contract's order; others follow.
const ORDER: [&str; 31] = [
    "projectFileVersion",
    "stringIndexType",
    "metadata",
    "assets",
    "projectKind",
    "storageInputContainerName",
    "projectName",
    "multilingual",
    "description",
    "location",
    "summaryLocation",
    "language",
    "settings",
    "dataset",
    "regionOffset",
    "regionLength",
    "entities",
    "classes",
    "class",
    "sentimentSpans",
    "documents",
    "labels",
    "category",
    "offset",
    "length",
    "image_url",
    "label",
    "offsetStart",
    "offsetEnd",
    "label_confidence",
    "prebuilts",
];

impl Style {
    /// A project, or the lines of a JSON Lines file where `lines` says so.
    pub(super) fn file(&self, value: &Value, lines: bool) -> Vec<u8> {
        let mut out = String::new();
        if lines {
            for (index, line) in value.as_array().unwrap().iter().enumerate() {
                if index > 0 {
                    out.push_str(self.eol);
                }
                self.value(line, 0, &mut out);
            }
        } else {
            self.value(value, 0, &mut out);
        }
        if self.closed {
            out.push_str(self.eol);
        }
        out.into_bytes()
    }

    fn value(&self, value: &Value, level: usize, out: &mut String) {
        match value {
            Value::Array(items) => {
                let items = items.iter().map(|item| (None, item));
                self.list('[', items.collect(), ']', level, out);
            }
            Value::Object(members) => {
                let mut all: Vec<_> = members.iter().collect();
                let place = |key: &str| ORDER.iter().position(|known| *known == key);
                all.sort_by_key(|(key, _)| place(key).unwrap_or(ORDER.len()));
                if self.reversed {
                    all.reverse();
                }
                let all = all.into_iter().map(|(key, value)| (Some(key), value));
                self.list('{', all.collect(), '}', level, out);
            }
            Value::String(text) => self.string(text, out),
            other => write!(out, "{other}").unwrap(),
        }
    }

    fn list(
        &self,
        open: char,
        items: Vec<(Option<&String>, &Value)>,
        close: char,
        level: usize,
        out: &mut String,
    ) {
        out.push(open);
        let empty = items.is_empty();
        for (index, (key, value)) in items.into_iter().enumerate() {
            if index > 0 {
                out.push(',');
                out.push_str(if self.spaced && self.indent.is_none() {
                    " "
                } else {
                    ""
                });
            }
            self.line(level + 1, out);
            if let Some(key) = key {
                self.string(key, out);
                out.push_str(if self.spaced { ": " } else { ":" });
            }
            self.value(value, level + 1, out);
        }
        if !empty {
            self.line(level, out);
        }
        out.push(close);
    }

    fn line(&self, level: usize, out: &mut String) {
        if let Some(blanks) = self.indent {
            out.push_str(self.eol);
            out.push_str(&" ".repeat(blanks * level));
        }
    }

    fn string(&self, text: &str, out: &mut String) {
        let spelled = Value::from(text).to_string();
        for char in spelled.chars() {
            if self.ascii && !char.is_ascii() {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").unwrap();
                }
            } else {
                out.push(char);
            }
        }
    }
}
