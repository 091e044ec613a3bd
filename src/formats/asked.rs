//! What the user says of files where these do not say it themselves, and of how new ones are
//! written.

use serde::{Deserialize, Serialize};

/// What the user says of label files that are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The member or column that holds the text (`--text-key`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_key: Option<String>,
    /// The member or column that holds the name of the document (`--name-key`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_key: Option<String>,
    /// The names of labels that are numbers: that of 0 first (`--label-names`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_names: Option<Vec<String>>,
    /// Whose annotation of several is meant (`--annotator`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotator: Option<String>,
    /// What ends a document in a file of tokens (`--document-break`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_break: Option<DocumentBreak>,
}

impl Told {
    /// Nothing.
    pub const NOTHING: &'static Self = &Self {
        text_key: None,
        name_key: None,
        label_names: None,
        annotator: None,
        document_break: None,
    };

    /// Whether it is nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self == Self::NOTHING
    }
}

/// What ends a document in a file of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentBreak {
    /// A blank line.
    Blank,
    /// A line that begins with `-DOCSTART-`.
    Docstart,
    /// The end of the file.
    File,
}

/// What the user asks of a file that is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// How CoNLL is written (`--conll-profile`).
    pub conll_profile: ConllProfile,
    /// How labels on words are written for Hugging Face data sets (`--huggingface-form`).
    pub huggingface_form: HuggingfaceForm,
    /// The option with which the user asks for one of the forms of the target's format, if one was
    /// given. A file that stays in its format is not written anew, so it is refused then.
    pub form_option: Option<&'static str>,
    /// What becomes of overlapping spans where the target cannot hold them (`--overlap`).
    pub overlap: Overlap,
}

/// Whose CoNLL is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConllProfile {
    /// That of Azure ML's export and of its AutoML: token, blank, tag; a blank line between
    /// documents.
    #[default]
    Aml,
    /// That of doccano: token, tab, tag; a blank line between documents.
    Doccano,
    /// That of the shared task of 2003: four columns, and a `-DOCSTART-` line before each document.
    Conll2003,
}

/// How labels on words are written for Hugging Face data sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HuggingfaceForm {
    /// As spans beside the text.
    #[default]
    Spans,
    /// As tokens with a tag each, without the text.
    Tokens,
}

/// What becomes of spans that overlap, where the target has no form for that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlap {
    /// The conversion is refused.
    #[default]
    Refuse,
    /// Of spans that overlap the longest stays; of equally long ones the first.
    Longest,
    /// Of spans that overlap the one that begins first stays; of those the longest.
    First,
}
