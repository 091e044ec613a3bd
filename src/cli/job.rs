//! What is to be done with one input.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::terminal::Failure;
use crate::config::Lookup;
use crate::input::{Packs, Source, Texts};
use crate::pipeline::{Error, Options};
use crate::report::Gate;

/// What is to be done with one input, by its configuration file and the flags.
pub(super) struct Job {
    /// What the pipeline is asked to do.
    pub(super) options: Options,
    /// What makes the exit status 1.
    pub(super) gate: Gate,
    /// Where documents are looked up.
    pub(super) lookup: Lookup,
    /// The configuration file that says so, if one does.
    pub(super) texts_by: Option<PathBuf>,
    /// The packs of texts that it shares with the other inputs of the run.
    pub(super) packs: Packs,
    /// Whether it is known to be the only one of the run.
    pub(super) is_alone: bool,
}

impl Job {
    /// The folders that the documents of a label file are looked up in; `None` where they are
    /// done without.
    pub(super) fn texts(&self, source: &Source) -> Result<Option<Texts>, Failure> {
        let texts = match &self.lookup {
            Lookup::Nowhere => return Ok(None),
            Lookup::Beside => self.open(&[source.folder().to_owned()], false)?,
            Lookup::Folders(folders) => {
                let texts = self.open(folders, true)?;
                texts.with_label_folder(source.folder())
            }
        };
        Ok(Some(if self.is_alone {
            texts.of_one_label_file()
        } else {
            texts
        }))
    }

    fn open(&self, folders: &[PathBuf], given: bool) -> Result<Texts, Failure> {
        let opened = Texts::open_among(folders, given, &self.packs);
        opened.map_err(|(path, source)| {
            Box::new(Error::Read {
                path: match &self.texts_by {
                    Some(file) => {
                        let (path, file) = (path.display(), file.display());
                        format!("{path}, which `texts` in {file} names")
                    }
                    None => path.display().to_string(),
                },
                source,
            }) as Failure
        })
    }
}

/// Makes sure that the folders of texts that the user names can be opened, before any file is
/// worked on.
pub(super) fn try_texts<'a>(jobs: impl Iterator<Item = &'a Job>) -> Result<(), Failure> {
    let mut known = BTreeSet::new();
    for job in jobs {
        if let Lookup::Folders(folders) = &job.lookup
            && known.insert(folders)
        {
            job.open(folders, true)?;
        }
    }
    Ok(())
}
