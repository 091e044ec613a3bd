//! Options that say of label files what these do not say themselves.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

use super::help::heading;
use super::terminal::Failure;
use crate::formats::{DocumentBreak, Told};

/// Options that say of label files what these do not say themselves.
#[derive(clap::Args)]
pub(super) struct ToldFlags {
    /// Member or column of the text
    ///
    /// It is for formats whose files have the texts inside.
    #[arg(long, value_name = "KEY", help_heading = heading::INPUT)]
    text_key: Option<String>,

    /// Member or column of the document's name
    ///
    /// It is for formats whose files have the texts inside. A document without a name is called
    /// after its file and its place in it.
    #[arg(long, value_name = "KEY", help_heading = heading::INPUT)]
    name_key: Option<String>,

    /// File with the names of numbered labels
    ///
    /// One name a line; the first is that of the number 0.
    #[arg(long, value_name = "FILE", help_heading = heading::INPUT)]
    label_names: Option<PathBuf>,

    /// Whose annotation of several to read
    ///
    /// The number or the e-mail address of a person, as the file has it. It is for Label Studio.
    #[arg(long, value_name = "NAME", help_heading = heading::INPUT)]
    annotator: Option<String>,

    /// What ends a document in CoNLL
    ///
    /// Without this option the file tells it.
    #[arg(long, value_name = "BREAK", help_heading = heading::INPUT)]
    document_break: Option<Break>,
}

/// `--document-break`
#[derive(Clone, Copy, ValueEnum)]
enum Break {
    /// A blank line
    Blank,
    /// A line that begins with `-DOCSTART-`
    Docstart,
    /// The end of the file
    File,
}

impl ToldFlags {
    /// What they say.
    ///
    /// Fails where the file with the names of labels cannot be read.
    pub(super) fn told(&self) -> Result<Arc<Told>, Failure> {
        let names = |path: &PathBuf| match std::fs::read_to_string(path) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                Ok(text.lines().map(str::to_owned).collect())
            }
            Err(error) => Err(format!("cannot read {}: {error}", path.display())),
        };
        Ok(Arc::new(Told {
            text_key: self.text_key.clone(),
            name_key: self.name_key.clone(),
            label_names: self.label_names.as_ref().map(names).transpose()?,
            annotator: self.annotator.clone(),
            document_break: self.document_break.map(|word| match word {
                Break::Blank => DocumentBreak::Blank,
                Break::Docstart => DocumentBreak::Docstart,
                Break::File => DocumentBreak::File,
            }),
        }))
    }
}
