//! What a file looks like that no format knows.

use std::fmt;

use super::quote;
use crate::text::Encoding;

/// What a file looks like that is no label file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Looks {
    /// An archive of gzip.
    Gzip,
    /// An archive of zip, which documents of Excel and Word are too.
    Zip,
    /// Documents of spaCy, packed.
    DocBin,
    /// Text in another encoding than UTF-8.
    Encoded(Encoding),
    /// Bytes that are no text.
    Binary,
    /// Nothing, or nothing but white space.
    Empty,
    /// JSON that stops before its first member.
    Unfinished,
    /// A JSON array.
    Array {
        /// Whether its items have members that a format has.
        ours: bool,
    },
    /// A JSON object without members.
    EmptyObject,
    /// JSON with comments before it.
    Commented {
        /// Whether it has members that a format has.
        ours: bool,
    },
    /// A dictionary as Python prints it, with single quotes.
    SingleQuotes,
    /// The file of an image project.
    Coco,
    /// A file of the service with predictions or figures, which `score` reads: what it is, as a noun
    /// phrase.
    Service(String),
    /// A JSON object with these members.
    Object {
        /// Their names.
        keys: Vec<String>,
        /// Whether they are nearly those that a format has.
        ours: bool,
    },
    /// A JSON value that is no object.
    Value,
    /// Tokens and tags, several of them a line.
    Iob,
    /// XML or HTML.
    Markup,
    /// A table without the columns that are needed: `CSV` or `TSV`.
    Table(&'static str),
    /// Text of no known form.
    Text,
    /// A label file of one of these formats, by their names; nothing in it tells which.
    Undecided(Vec<&'static str>),
    /// A label file that cannot be read as it is, or not as what the user says that it is: what it
    /// is, as a noun phrase.
    Broken(String),
}

/// What is done with a file that is no label file, where it is found in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// It is or was to be a label file, or nobody can say what it is: that is an error.
    Unreadable,
    /// It is like nothing: it is passed over, and counted.
    Unknown,
    /// It is JSON of another program, and nobody needs to hear of it.
    Foreign,
}

impl Looks {
    /// What is done with it in a folder.
    #[must_use]
    pub const fn nature(&self) -> Nature {
        match self {
            Self::Gzip
            | Self::Zip
            | Self::Encoded(_)
            | Self::Binary
            | Self::Broken(_)
            | Self::Undecided(_) => Nature::Unreadable,
            Self::Array { ours } | Self::Commented { ours } | Self::Object { ours, .. } => {
                if *ours {
                    Nature::Unreadable
                } else {
                    Nature::Foreign
                }
            }
            Self::Empty
            | Self::DocBin
            | Self::Unfinished
            | Self::SingleQuotes
            | Self::Iob
            | Self::Markup
            | Self::Table(_)
            | Self::Text => Nature::Unknown,
            Self::EmptyObject | Self::Coco | Self::Service(_) | Self::Value => Nature::Foreign,
        }
    }

    /// Whether its bytes are no text in UTF-8, whatever format the user says that it has.
    #[must_use]
    pub const fn is_no_text(&self) -> bool {
        matches!(
            self,
            Self::Gzip | Self::Zip | Self::DocBin | Self::Encoded(_) | Self::Binary
        )
    }
}

/// A noun phrase.
impl fmt::Display for Looks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "a gzip archive",
            Self::Zip => "a zip archive (or an Excel or Word file)",
            Self::DocBin => "a DocBin of spaCy, which is written and not read",
            Self::Encoded(encoding) => return write!(f, "text saved as {encoding}"),
            Self::Binary => "binary data",
            Self::Empty => "an empty file",
            Self::Unfinished => "JSON that stops before its first member",
            Self::Array { ours: true } => "a JSON array of records",
            Self::Array { ours: false } => "a JSON array",
            Self::EmptyObject => "a JSON object without members",
            Self::Commented { .. } => "JSON with comments",
            Self::SingleQuotes => "JSON with single quotes, as Python prints it",
            Self::Coco => "a COCO file of an image project",
            Self::Object { keys, .. } => {
                let shown: Vec<String> = keys.iter().take(4).map(|key| quote(key)).collect();
                return write!(f, "a JSON object with the members {}", shown.join(", "));
            }
            Self::Value => "a JSON value that is no object",
            Self::Iob => "tokens as `token|tag`, many a line",
            Self::Markup => "XML or HTML",
            Self::Table(kind) => return write!(f, "a {kind} table"),
            Self::Text => "plain text",
            Self::Undecided(names) => {
                let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                return write!(f, "a file of {}", quoted.join(" or of "));
            }
            Self::Broken(what) | Self::Service(what) => what,
        })
    }
}
