//! What the page may ask, and what it is answered.

use labelwright::Unit;
use labelwright::internals::formats::FORMATS;
use labelwright::internals::report::REPORTS;
use serde::Deserialize;
use serde_json::{Value, json};

/// What the page asks.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Request {
    /// What there is to choose from.
    Choices,
    /// Takes files, whose bytes stand one after the other in the payload.
    Add {
        /// Path and number of bytes of each.
        files: Vec<(String, usize)>,
    },
    /// Checks label files.
    Check(Asked),
    /// The report of the last check in one of its forms.
    Report {
        /// The name of the form.
        form: String,
    },
    /// Findings to show.
    Rows(RowsAsked),
    /// Fixes a label file that was checked.
    Fix(FixAsked),
    /// Converts a label file that was checked.
    Convert(ConvertAsked),
}

/// What is to be checked, and how.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Asked {
    /// Paths of label files, and of folders that hold some.
    pub inputs: Vec<InputAsked>,
    /// Where the documents are looked for.
    pub texts: Place,
    /// The format of the label files; nothing lets their content tell.
    pub format: String,
    /// What their offsets count; nothing lets their labels tell.
    pub offsets: String,
    /// What the files are for; nothing means an import.
    pub profile: String,
    /// Whether the words of documents are left out.
    pub redact: bool,
}

/// A label file or a folder.
#[derive(Clone, Debug, Deserialize)]
pub struct InputAsked {
    /// Its path.
    pub path: String,
    /// Whether it is a folder.
    #[serde(default)]
    pub folder: bool,
}

/// Where documents are looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Beside each label file.
    #[default]
    Beside,
    /// Nowhere: they are done without.
    Nowhere,
    /// In these folders.
    Folders(Vec<String>),
}

/// Which findings are to be shown.
#[derive(Clone, Debug, Deserialize)]
pub struct RowsAsked {
    /// Those of the last conversion, and not of the check.
    #[serde(default)]
    pub conversion: bool,
    /// Their severity.
    pub severity: String,
    /// Their rule.
    pub rule: String,
    /// How many of them are passed over.
    pub from: u64,
    /// How many are wanted at most.
    pub most: usize,
}

/// What is to be fixed.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct FixAsked {
    /// The number of the label file in the answer to the check.
    pub input: usize,
    /// Whether what may change a label's meaning is fixed too.
    #[serde(rename = "unsafe")]
    pub unsafe_too: bool,
}

/// What is to be converted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct ConvertAsked {
    /// The number of the label file in the answer to the check.
    pub input: usize,
    /// The name of the format that is written.
    pub to: String,
    /// Whether labels that cannot be converted truthfully are left out.
    pub skip_invalid: bool,
    /// What the new project is called.
    pub name: Option<String>,
    /// Its storage container.
    pub container: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The datastore of addresses.
    pub datastore: Option<String>,
    /// What paths in addresses begin with.
    pub prefix: Option<String>,
}

/// What the page is answered.
#[derive(Debug, Default)]
pub struct Answer {
    /// What there is to know.
    pub header: Value,
    /// Bytes that come with it: files, one after the other.
    pub payload: Vec<u8>,
}

impl Answer {
    /// An answer without bytes.
    #[must_use]
    pub const fn of(header: Value) -> Self {
        Self {
            header,
            payload: Vec::new(),
        }
    }
}

/// What offsets may count: the name on the command line, the unit, and in words.
pub(crate) const OFFSETS: [(&str, Unit, &str); 5] = [
    ("utf16", Unit::Utf16, "UTF-16 code units"),
    ("codepoint", Unit::CodePoint, "code points"),
    ("utf8", Unit::Utf8, "bytes of UTF-8"),
    ("grapheme", Unit::Grapheme, "characters (grapheme clusters)"),
    (
        "grapheme10",
        Unit::Grapheme10,
        "characters as doccano counts them",
    ),
];

/// What there is to choose from.
pub(crate) fn choices() -> Value {
    let formats = FORMATS.iter().map(|format| {
        let info = format.info();
        json!({
            "name": info.name,
            "title": info.title,
            "reads": format.is_read(),
            "extensions": info.extensions,
            "folder": info.layout.folder.is_some(),
        })
    });
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "formats": formats.collect::<Vec<_>>(),
        "offsets": OFFSETS.map(|(name, _, words)| json!({ "name": name, "words": words })),
        "reports": REPORTS.iter().map(|report| report.name()).collect::<Vec<_>>(),
    })
}
